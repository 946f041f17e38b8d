// A picture with all that belongs to it: heading, words, values, the table under it, and itself as a file.

import { fill, make, picture } from "./dom.mjs";
import { text } from "./text.mjs";
import { foldedTable } from "./tables.mjs";
import { tellingValues } from "./values.mjs";
import { fileName, keepPicture } from "./painting.mjs";

// Pictures are not made narrower or wider than this, in pixels.
const NARROWEST = 260;
const WIDEST = 760;
// Less of a change in width is no reason to draw anew.
const STEP = 8;
// The width of a picture that is saved.
const SAVED = 760;

// What the module is asked to draw of a picture: all but its table.
export function drawable({ table, ...chart }) {
  return chart;
}

// A picture that is saved: by itself, and light.
export function drawnToKeep({ engine }, chart, prefix) {
  return engine.draw(drawable(chart), SAVED, prefix, { alone: true, scheme: "light" });
}

// A place for a picture. `show(chart)` draws one, or nothing where it is null; `id` is its own in the page; `level` that of its heading;
// `source()` gives what files are named after.
export function chartFigure(page, id, level, source) {
  const heading = make(`h${level}`);
  const told = make("p", { class: "told", id: `${id}-told` });
  const plot = make("div", { class: "plot" });
  const take = tellingValues(plot);
  const table = foldedTable(text("results.numbers"));
  const files = fileButtons(async () => ({ name: fileName(source(), chart.name), svg: await drawnToKeep(page, chart, `${id}-`) }));
  const tools = make("div", { class: "chart-tools" }, table.element, files.element);
  const element = make("div", { class: "chart", hidden: true }, heading, told, plot, tools);
  let chart = null;
  let width = 0;
  let asked = 0;

  const redraw = async () => {
    if (chart === null || width === 0) return;
    asked += 1;
    const own = asked;
    try {
      const svg = picture(await page.engine.draw(drawable(chart), width, `${id}-`));
      // A picture that was asked for later stands already.
      if (own === asked) take(named(svg, chart.title, `${id}-told`));
    } catch {
      if (own === asked) fill(plot, make("p", {}, text("results.no_picture")));
    }
  };

  const fit = ([{ contentRect }]) => {
    const fitting = Math.floor(Math.min(Math.max(contentRect.width, NARROWEST), WIDEST));
    if (contentRect.width === 0 || Math.abs(fitting - width) < STEP) return;
    width = fitting;
    redraw();
  };
  new ResizeObserver(fit).observe(plot);

  const show = (next) => {
    chart = next;
    element.hidden = chart === null;
    if (chart === null) return;
    heading.textContent = chart.title;
    told.textContent = chart.told;
    files.name(chart.title);
    table.show(chart.title, chart.table);
    redraw();
  };
  return { element, show, chart: () => chart };
}

// A picture with its name and the id of what tells the same. Its title would be shown by the browser wherever one points; as a name it
// is only read out.
function named(svg, name, told) {
  svg.querySelector(":scope > title")?.remove();
  svg.querySelector(":scope > desc")?.remove();
  svg.removeAttribute("aria-labelledby");
  svg.setAttribute("aria-label", name);
  svg.setAttribute("aria-describedby", told);
  return svg;
}

// The buttons that give a picture as a file. `drawn()` gives it as SVG, with its name.
function fileButtons(drawn) {
  const save = (kind) => make("button", { type: "button", class: "plain", onclick: async () => keepPicture(kind, await drawn()) }, text(`results.save_${kind}`));
  const buttons = { svg: save("svg"), png: save("png") };
  const name = (title) => {
    for (const [kind, button] of Object.entries(buttons)) button.setAttribute("aria-label", text(`results.save_${kind}_of`, { title }));
  };
  return { element: make("div", { class: "chart-files" }, buttons.svg, buttons.png), name };
}
