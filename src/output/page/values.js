// Shows the values of a picture where the pointer is, or from the keyboard, and puts what is folded away at the end of what is printed.
// Without it every mark still has its title and every picture its table.
'use strict';
(() => {
  const marks = (svg) => [...svg.querySelectorAll('title')].map((title) => title.parentNode).filter((mark) => mark !== svg);
  const told = (mark) => [...mark.children].find((child) => child.nodeName === 'title').textContent;

  const lively = (plot) => {
    const output = document.createElement('p');
    output.className = 'value';
    output.setAttribute('role', 'status');
    plot.append(output);
    let at = -1;
    let shown = null;
    const svg = () => [...plot.querySelectorAll('svg')].find((svg) => svg.getClientRects().length > 0);

    // Above the mark, or below it where there is no room, and never beyond the picture.
    const place = (mark) => {
      const [box, frame] = [mark.getBoundingClientRect(), plot.getBoundingClientRect()];
      const left = box.x + box.width / 2 - frame.x - output.offsetWidth / 2;
      const above = box.y - frame.y - output.offsetHeight - 8;
      output.style.left = `${Math.max(0, Math.min(left, frame.width - output.offsetWidth))}px`;
      output.style.top = `${above > -40 ? above : box.y - frame.y + Math.min(box.height, 40) + 8}px`;
    };
    const show = (mark) => {
      if (mark === shown) return;
      if (shown) shown.classList.remove('shown');
      shown = mark;
      output.textContent = mark ? told(mark) : '';
      if (!mark) return;
      mark.classList.add('shown');
      place(mark);
    };

    // A mark under the pointer, else the nearest one within reach.
    const nearest = (event) => {
      const all = svg() ? marks(svg()) : [];
      const away = (mark) => {
        const box = mark.getBoundingClientRect();
        const beyond = (low, high, value) => Math.max(low - value, 0, value - high);
        return Math.hypot(beyond(box.left, box.right, event.clientX), beyond(box.top, box.bottom, event.clientY));
      };
      const size = (mark) => mark.getBoundingClientRect().width * mark.getBoundingClientRect().height;
      const sorted = all.map((mark) => [away(mark), size(mark), mark]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      return sorted.length > 0 && sorted[0][0] < 24 ? sorted[0][2] : null;
    };
    plot.addEventListener('pointermove', (event) => show(nearest(event)));
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

  // On paper tables stand at the end, numbered, and where each stood is said which it is.
  let folded = [];
  let moved = [];
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll('details:not([open])')];
    folded.forEach((details) => { details.open = true; });
    moved = [...document.querySelectorAll('details.numbers')].map((details, k) => {
      const place = document.createElement('p');
      place.className = 'see';
      place.textContent = `${details.firstElementChild.textContent}: A${k + 1}, at the end.`;
      details.replaceWith(place);
      document.getElementById('appendix').append(details);
      return [details, place];
    });
  });
  addEventListener('afterprint', () => {
    moved.forEach(([details, place]) => place.replaceWith(details));
    folded.forEach((details) => { details.open = false; });
    [moved, folded] = [[], []];
  });
})();
