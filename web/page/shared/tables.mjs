// Tables of figures, each in a box of its own that scrolls where the page is narrow.

import { fill, make } from "./dom.mjs";

// A table whose first column says what a row is about. Cells are texts or elements.
export function figureTable(caption, head, rows) {
  const headings = head.map((title) => make("th", { scope: "col" }, title));
  const row = ([first, ...cells]) => make("tr", {}, make("th", { scope: "row" }, first), cells.map((cell) => make("td", {}, cell)));
  const table = make("table", {}, make("caption", {}, caption), make("thead", {}, make("tr", {}, headings)), make("tbody", {}, rows.map(row)));
  return make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption }, table);
}

// A table folded away, which is only made when somebody opens it. Gives its element and what takes new figures.
export function foldedTable(summary) {
  const body = make("div");
  const element = make("details", { class: "numbers" }, make("summary", {}, summary), body);
  let table = null;
  const lay = () => {
    if (element.open && table !== null) fill(body, figureTable(table.caption, table.head, table.rows));
  };
  element.addEventListener("toggle", lay);
  const show = (caption, { head, rows }) => {
    table = { caption, head, rows };
    lay();
  };
  return { element, show };
}
