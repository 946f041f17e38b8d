// The partners of the scenario as a table, whose money and staff can be changed.

import { attribute, fill, make } from "../shared/dom.mjs";
import { parameterName, plainNumber } from "../shared/named.mjs";
import { inForce, pathWord } from "../state/state.mjs";
import { text } from "../shared/text.mjs";

const RESOURCES = ["money", "staff"];

export function partners({ state, found }, setup) {
  const summary = make("summary");
  const box = make("div", { class: "scroll partners", tabindex: "0", role: "region", "aria-label": text("controls.partners") });
  const root = make("details", {}, summary, make("p", { class: "aside" }, text("controls.partners_about")), box);
  let rows = [];
  let builtFor = "";

  function build(list) {
    const key = JSON.stringify(list.map(({ name, sector }) => [name, sector]));
    if (key === builtFor) return;
    builtFor = key;
    rows = list.map((partner) => partnerRow(partner, setup));
    const heads = ["partner", "sector", ...RESOURCES].map((column) => make("th", { scope: "col", class: RESOURCES.includes(column) ? "number" : null }, text(`controls.column.${column}`)));
    const caption = make("caption", {}, text("controls.partners_units"));
    fill(box, make("table", {}, caption, make("thead", {}, make("tr", {}, heads)), make("tbody", {}, rows.map((row) => row.root))));
  }

  function update() {
    const { described, faults } = found.get();
    const list = (described[setup.which.at] ?? described[0])?.partners ?? [];
    summary.textContent = text("controls.partners_of", { count: list.length });
    if (!root.open) return;
    build(list);
    rows.forEach((row, at) => row.update(list[at], inForce(state.get(), setup.which.at), faults));
  }

  root.addEventListener("toggle", update);
  return { root, update };
}

function partnerRow({ name, sector }, setup) {
  // A path has no way to say a name with a quotation mark in it.
  const isOutOfReach = name.includes('"');
  const cells = RESOURCES.map((column) => {
    const path = `partner.${pathWord(name)}.resources.${column}`;
    const input = make("input", { type: "number", min: 0, step: "any", inputmode: "decimal", "aria-label": parameterName(path), disabled: isOutOfReach, autocomplete: "off" });
    input.addEventListener("input", () => input.value !== "" && setup.set({ [path]: String(Number(input.value)) }));
    input.addEventListener("change", () => input.value === "" && setup.set({ [path]: null }));
    return { column, path, input };
  });
  const root = make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, sector), cells.map(({ input }) => make("td", { class: "number" }, input)));
  const put = (input, told) => {
    const isTyped = document.activeElement === input && (input.value === "" || Number(input.value) === Number(told));
    if (!isTyped && input.value !== told) input.value = told;
  };
  return {
    root,
    update(partner, changes, faults) {
      for (const { column, path, input } of cells) {
        put(input, changes[path] ?? plainNumber(partner[column]));
        attribute(input, "aria-invalid", faults.some((fault) => fault.path === path) ? "true" : null);
      }
    },
  };
}
