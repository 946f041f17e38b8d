// What was found as files: every table as on the command line, byte for byte, and the main pictures as one.

import { fill, make } from "../shared/dom.mjs";
import { hasText, text } from "../shared/text.mjs";
import { drawnToKeep } from "../shared/figure.mjs";
import { setupName } from "./pair_charts.mjs";
import { fileName, keepFile, keepPicture, stacked } from "../shared/painting.mjs";

// Pictures that stand in one.
const MOST_PICTURES = 3;

// The files of a result: what each is called, and what is asked of the module for it.
export function exported(result) {
  const isPair = result.setups.length > 1;
  const saved = (name, setup) => (isPair ? `${setup === 0 ? "first" : "second"}_${name}` : name);
  const of = (setup) => result.files.map((name) => ({ name, setup, saved: saved(name, setup) }));
  const both = (result.comparison_files ?? []).map((name) => ({ name, setup: null, saved: name }));
  return [...result.setups.flatMap((_, setup) => of(setup)), ...both];
}

function stem(name) {
  return name.replace(/\.csv$/, "");
}

// The part of the page. `charts()` gives the places of the pictures that are shown, the most important first.
export function exportBox(page, charts) {
  const lists = make("div");
  const fault = make("p", { class: "notice", role: "alert", hidden: true });
  const keepAll = (kind) => trying(fault, () => keepPictures(page, charts(), kind, result));
  const picture = (kind) => make("button", { type: "button", onclick: () => keepAll(kind) }, text(`results.files.all_${kind}`));
  const element = make("details", { class: "exports" },
    make("summary", {}, text("results.files.title")),
    make("p", {}, text("results.files.about")), lists, make("p", { class: "file-buttons" }, picture("svg"), picture("png")), fault);
  let result = null;

  const button = ({ name, setup, saved }) => {
    const keep = async () => keepFile(saved, "text/csv", await page.engine.file(name, setup, result));
    return make("button", { type: "button", lang: "en", onclick: () => trying(fault, keep) }, saved);
  };
  const row = (file) => {
    const key = `results.files.${file.setup === null ? "both" : "of"}.${stem(file.name)}`;
    return make("li", {}, button(file), hasText(key) ? ` ${text(key)}` : "");
  };
  const list = (title, files) =>
    files.length === 0 ? null : make("div", {}, title === null ? null : make("h4", {}, title), make("ul", { class: "files" }, files.map(row)));
  const show = (next) => {
    result = next;
    const files = exported(result);
    const isPair = result.setups.length > 1;
    const of = (setup) => files.filter((file) => file.setup === setup);
    fill(lists,
      result.setups.map((_, setup) => list(isPair ? setupName(setup) : null, of(setup))),
      list(text("results.files.of_both"), of(null)));
  };
  return { element, show };
}

async function trying(fault, work) {
  fault.hidden = true;
  try {
    await work();
  } catch (error) {
    fault.hidden = false;
    fault.textContent = text("results.files.fault", { message: error.message });
  }
}

// The main pictures, one above the other.
async function keepPictures(page, places, kind, result) {
  const shown = places.filter((place) => place.chart() !== null).slice(0, MOST_PICTURES);
  const svgs = await Promise.all(shown.map((place, k) => drawnToKeep(page, place.chart(), `kept-${k}-`)));
  await keepPicture(kind, { name: fileName(result.setups[0].name, "pictures"), svg: stacked(svgs) });
}
