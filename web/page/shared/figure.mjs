// A picture with all that belongs to it: heading, words, values, the table under it, and itself as a file.

import { fill, make, picture } from "./dom.mjs";
import { text } from "./text.mjs";
import { foldedTable } from "./tables.mjs";
import { tellingValues } from "./values.mjs";
import { asPng, fileName, keepFile } from "./painting.mjs";

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
  const save = (kind) => make("button", { type: "button", class: "plain", onclick: () => keep(kind) }, text(`results.save_${kind}`));
  const buttons = { svg: save("svg"), png: save("png") };
  const tools = make("div", { class: "chart-tools" }, table.element, make("div", { class: "chart-files" }, buttons.svg, buttons.png));
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
      if (own === asked) lay(svg);
    } catch {
      if (own === asked) fill(plot, make("p", {}, text("results.no_picture")));
    }
  };
  const lay = (svg) => {
    // Its title would be shown by the browser wherever one points; as a name it is only read out.
    svg.querySelector(":scope > title")?.remove();
    svg.querySelector(":scope > desc")?.remove();
    svg.removeAttribute("aria-labelledby");
    svg.setAttribute("aria-label", chart.title);
    svg.setAttribute("aria-describedby", `${id}-told`);
    take(svg);
  };
  const keep = async (kind) => {
    const drawn = await drawnToKeep(page, chart, `${id}-`);
    const name = fileName(source(), chart.name);
    if (kind === "svg") keepFile(`${name}.svg`, "image/svg+xml", drawn);
    else keepFile(`${name}.png`, "image/png", await asPng(drawn));
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
    const { title } = chart;
    for (const [kind, button] of Object.entries(buttons)) button.setAttribute("aria-label", text(`results.save_${kind}_of`, { title }));
    table.show(chart.title, chart.table);
    redraw();
  };
  return { element, show, chart: () => chart };
}
