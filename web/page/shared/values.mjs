// The values of a picture, shown where the pointer or the finger is, or from the keyboard by the arrow keys.

import { make } from "./dom.mjs";
import { text } from "./text.mjs";

// How far from a mark its value is still shown, in pixels.
const REACH = 24;
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

// Makes a box of a picture tell values. Gives what takes each new picture in it: the words of its marks are taken from their titles,
// which browsers would show as well.
export function tellingValues(plot) {
  const output = make("p", { class: "value", role: "status" });
  let marks = [];
  let at = -1;
  let shown = null;

  // Above the mark, or below it where there is no room, and never beyond the picture.
  const place = (mark) => {
    const [box, frame] = [mark.element.getBoundingClientRect(), plot.getBoundingClientRect()];
    const left = box.x + box.width / 2 - frame.x - output.offsetWidth / 2;
    const above = box.y - frame.y - output.offsetHeight - 8;
    output.style.left = `${Math.max(0, Math.min(left, frame.width - output.offsetWidth))}px`;
    output.style.top = `${above > -40 ? above : box.y - frame.y + Math.min(box.height, 40) + 8}px`;
  };
  const show = (mark) => {
    if (mark === shown) return;
    shown?.element.classList.remove("shown");
    shown = mark;
    output.textContent = mark === null ? "" : mark.told;
    if (mark === null) return;
    mark.element.classList.add("shown");
    place(mark);
  };

  plot.tabIndex = 0;
  plot.setAttribute("role", "group");
  plot.setAttribute("aria-label", text("results.plot_label"));
  const point = (event) => show(nearestMark(marks, event.clientX, event.clientY));
  plot.addEventListener("pointermove", point);
  plot.addEventListener("pointerdown", point);
  // A finger that was lifted leaves the value, which it had covered; one that scrolls the page did not ask for it.
  plot.addEventListener("pointerleave", ({ pointerType }) => pointerType !== "touch" && show(null));
  plot.addEventListener("pointercancel", () => show(null));
  plot.addEventListener("blur", () => show(null));
  plot.addEventListener("keydown", (event) => {
    if (event.key === "Escape") show(null);
    const step = STEPS[event.key];
    if (step === undefined || marks.length === 0) return;
    event.preventDefault();
    at = Math.min(Math.max(at + step, 0), marks.length - 1);
    show(marks[at]);
  });

  return (svg) => {
    show(null);
    at = -1;
    marks = [...svg.querySelectorAll("g > title")].map((title) => {
      const mark = { element: title.parentNode, told: title.textContent };
      title.remove();
      return mark;
    });
    plot.replaceChildren(svg, output);
  };
}

// The mark under a point, else the nearest one within reach; of several the smallest.
function nearestMark(marks, x, y) {
  const beyond = (low, high, value) => Math.max(low - value, 0, value - high);
  const measured = marks.map((mark) => {
    const box = mark.element.getBoundingClientRect();
    return { mark, away: Math.hypot(beyond(box.left, box.right, x), beyond(box.top, box.bottom, y)), size: box.width * box.height };
  });
  measured.sort((a, b) => a.away - b.away || a.size - b.size);
  return measured.length > 0 && measured[0].away < REACH ? measured[0].mark : null;
}
