// Shows the values of a picture where the pointer is, or from the keyboard, and unfolds everything on paper.
// Without it every mark still has its title and every picture its table.
'use strict';
(() => {
  const marks = (svg) => [...svg.querySelectorAll('title')].map((title) => title.parentNode).filter((mark) => mark !== svg);
  const told = (mark) => [...mark.children].find((child) => child.nodeName === 'title').textContent;

  const lively = (plot) => {
    const output = document.createElement('p');
    output.className = 'value';
    output.setAttribute('role', 'status');
    plot.after(output);
    let at = -1;
    let shown = null;
    const show = (mark) => {
      if (shown) shown.classList.remove('shown');
      shown = mark;
      if (mark) mark.classList.add('shown');
      output.textContent = mark ? told(mark) : '';
    };
    const svg = () => [...plot.querySelectorAll('svg')].find((svg) => svg.getClientRects().length > 0);
    const centre = (mark) => {
      const box = mark.getBoundingClientRect();
      return [box.x + box.width / 2, box.y + box.height / 2];
    };
    plot.addEventListener('pointermove', (event) => {
      if (!svg()) return;
      const within = event.target.closest('svg *');
      const direct = within && marks(svg()).find((mark) => mark === within || mark.contains(within));
      const away = (mark) => {
        const [x, y] = centre(mark);
        return Math.hypot(x - event.clientX, y - event.clientY);
      };
      const near = marks(svg()).map((mark) => [away(mark), mark]).sort((a, b) => a[0] - b[0])[0];
      show(direct || (near && near[0] < 40 ? near[1] : null));
    });
    plot.addEventListener('pointerleave', () => show(null));
    plot.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const all = svg() ? marks(svg()) : [];
      if (event.key === 'Escape') show(null);
      if (!step || all.length === 0) return;
      event.preventDefault();
      at = Math.min(Math.max(at + step, 0), all.length - 1);
      show(all[at]);
    });
    plot.addEventListener('blur', () => show(null));
    plot.tabIndex = 0;
    plot.setAttribute('role', 'group');
    plot.setAttribute('aria-label', 'Picture. The arrow keys go through its values.');
  };
  document.querySelectorAll('.plot').forEach((plot) => plot.querySelector('svg') && lively(plot));

  let folded = [];
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll('details:not([open])')];
    folded.forEach((details) => { details.open = true; });
  });
  addEventListener('afterprint', () => folded.forEach((details) => { details.open = false; }));
})();
