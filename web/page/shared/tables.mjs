// Tables of figures, each in a box of its own that scrolls where the page is narrow.

import { fill, make } from "./dom.mjs";

// A place for a table, whose first column says what a row is about: cells are texts or elements. It stays where other figures come, and
// so does whoever has moved into it with the keyboard.
export function figureTable() {
  const element = make("div", { class: "scroll", tabindex: 0, role: "region" });
  const row = ([first, ...cells]) => make("tr", {}, make("th", { scope: "row" }, first), cells.map((cell) => make("td", {}, cell)));
  const show = (caption, { head, rows }) => {
    const headings = head.map((title) => make("th", { scope: "col" }, title));
    element.setAttribute("aria-label", caption);
    fill(element, make("table", {}, make("caption", {}, caption), make("thead", {}, make("tr", {}, headings)), make("tbody", {}, rows.map(row))));
  };
  return { element, show };
}

// A table folded away, which is only made when somebody opens it. Gives its element and what takes new figures.
export function foldedTable(summary) {
  const table = figureTable();
  const element = make("details", { class: "numbers" }, make("summary", {}, summary), make("div", {}, table.element));
  let figures = null;
  const lay = () => {
    if (element.open && figures !== null) table.show(...figures);
  };
  element.addEventListener("toggle", lay);
  const show = (...next) => {
    figures = next;
    lay();
  };
  return { element, show };
}
