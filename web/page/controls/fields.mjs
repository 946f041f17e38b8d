// One control: a parameter as a number with a slider beside it, or as a choice of words, with what it means and where it comes from.

import { attribute, make } from "../shared/dom.mjs";
import { endWords, meaningOf, parameterName, optionName, plainNumber, sourceOf, uncertainWords, unitOf, wordOf } from "../shared/named.mjs";
import { nextStep, sliderOf } from "./sliders.mjs";
import { modelOption, text } from "../shared/text.mjs";
import { faultSentence } from "../shared/faults.mjs";
import { steadied } from "../shared/touch.mjs";

const ARROWS = { ArrowUp: 1, ArrowDown: -1 };

let lastId = 0;

// A control. `change(value)` is called with what the reader sets, as a scenario file has it. Gives its element, and `update` by which it
// keeps up: { value, number, isUncertain, differs, isFixed, fault }.
export function field(path, domain, change) {
  lastId += 1;
  const id = `field-${lastId}`;
  const said = { state: make("p", { class: "field-state" }), fault: make("p", { class: "field-fault bad", id: `${id}-fault`, lang: "en" }) };
  const input = domain?.kind === "choice" ? choiceInput(path, domain, id, change) : numberInput(path, domain, id, change, said.fault);
  const root = make("div", { class: "field", "data-path": path }, input.elements, said.fault, said.state, whyDetails(path, domain));
  return { path, root, update: (shown) => updateField(input, said, shown) };
}

function updateField(input, said, shown) {
  input.put(shown);
  const told = [];
  if (shown.isUncertain) told.push(uncertainWords(shown.value));
  if (shown.differs) told.push(shown.differs);
  said.state.textContent = told.join(" ");
  said.state.hidden = told.length === 0;
  sayFault(said.fault, input.inputs, shown.fault === null ? "" : faultSentence(shown.fault));
}

// A fault stands at its field, for eyes and for readers.
export function sayFault(root, inputs, told) {
  root.textContent = told;
  root.hidden = told === "";
  for (const input of inputs) attribute(input, "aria-invalid", told === "" ? null : "true");
}

function numberInput(path, domain, id, change, faultRoot) {
  const slider = sliderOf(path, domain);
  const allowed = domain && domain.kind !== "choice" ? { min: domain.low, max: domain.high } : {};
  const labelled = { "aria-labelledby": `${id}-name`, "aria-describedby": `${id}-fault` };
  const number = make("input", { id, type: "number", step: "any", inputmode: "decimal", ...allowed, "aria-describedby": `${id}-unit ${id}-fault`, autocomplete: "off" });
  const range = slider === null ? null : steadied(make("input", { type: "range", min: slider.low, max: slider.high, step: slider.step, ...labelled }));
  const unit = unitOf(path);
  const inputs = [number, range].filter(Boolean);
  const put = ({ number: value, isUncertain }) => {
    // The middle of what is uncertain needs no more digits than anybody knows.
    const told = value === null || value === undefined || !Number.isFinite(value) ? "" : plainNumber(isUncertain ? value.toPrecision(3) : value);
    // What is being typed is left alone, as long as it means the same.
    const isTyped = document.activeElement === number && (number.value === "" || Number(number.value) === Number(told));
    if (!isTyped && number.value !== told) number.value = told;
    if (range !== null && told !== "" && Number(range.value) !== Number(told)) range.value = told;
    range?.setAttribute("aria-valuetext", `${number.value} ${unit}`);
  };
  number.addEventListener("input", () => {
    if (number.value !== "" && number.validity.valid) return change(plainValue(number.value));
    if (number.value === "") return sayFault(faultRoot, [number], text("controls.no_number"));
    // What is not allowed the module refuses in its own words.
    change(plainValue(number.value));
  });
  // Left empty, it shows again what is in force.
  number.addEventListener("change", () => number.value === "" && change(null));
  const set = (value) => {
    number.value = plainNumber(value);
    change(number.value);
  };
  range?.addEventListener("input", () => set(range.value));
  number.addEventListener("keydown", (event) => {
    const direction = ARROWS[event.key];
    if (slider === null || direction === undefined || number.value === "") return;
    event.preventDefault();
    set(nextStep(Number(number.value), direction, slider, domain ?? slider));
  });
  const name = make("label", { for: id, id: `${id}-name` }, parameterName(path));
  const units = unit ? make("span", { class: "field-unit", id: `${id}-unit` }, unit) : null;
  const head = make("div", { class: "field-head" }, make("div", {}, name, " ", units), number);
  const words = endWords(path);
  const ends = slider === null ? null : make("div", { class: "ends", "aria-hidden": "true" }, (words.length ? words : [slider.low, slider.high]).map((end) => make("span", {}, String(end))));
  return { elements: [head, range, ends], inputs, put };
}

// A number that was typed, as a scenario file has it.
const plainValue = (typed) => String(Number(typed));

function choiceInput(path, domain, id, change) {
  const meaning = make("p", { class: "field-unit" });
  const options = domain.options.map((word) => make("option", { value: word }, optionName(path, word)));
  const select = make("select", { id, onchange: () => change(select.value), "aria-describedby": `${id}-fault` }, options);
  const put = ({ value }) => {
    const word = wordOf(value ?? "");
    if (select.value !== word) select.value = word;
    meaning.textContent = modelOption(path, word);
  };
  const head = make("div", { class: "field-head" }, make("label", { for: id }, parameterName(path)), select);
  return { elements: [head, meaning], inputs: [select], put };
}

// What it means, what is allowed and where it comes from, for whoever asks.
function whyDetails(path, domain) {
  const lines = [meaningOf(path), allowedWords(path, domain), sourceOf(path)].filter((line) => line !== "");
  const summary = make("summary", {}, text("controls.why"), make("span", { class: "for-readers" }, ` ${parameterName(path)}`));
  return make("details", { class: "why" }, summary, make("div", {}, lines.map((line) => make("p", {}, line)), make("p", {}, make("code", {}, path))));
}

function allowedWords(path, domain) {
  if (domain?.kind !== "number" && domain?.kind !== "whole") return "";
  return text("controls.allowed", { low: domain.low, high: domain.high, unit: unitOf(path) });
}
