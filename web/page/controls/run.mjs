// Running: how often, at once or when asked, how far it is, and an end before the end.

import { announce, make, reword } from "../shared/dom.mjs";
import { sayFault } from "./fields.mjs";
import { FEWEST_REPLICATIONS, MOST_REPLICATIONS, START } from "../state/state.mjs";
import { number, text } from "../shared/text.mjs";

// Progress is said to who listens this often, in milliseconds.
const SAID_EVERY = 5000;

export function run({ state, found, work }, root) {
  const begin = make("button", { type: "button", class: "main", onclick: () => work.run() }, text("run.run"));
  const stop = make("button", { type: "button", onclick: () => work.stop() }, text("run.stop"));
  const bar = make("progress", { max: 1, value: 0, "aria-label": text("run.progress") });
  const told = make("p", { class: "aside run-told" });
  const auto = make("input", { type: "checkbox", onchange: () => work.setAuto(auto.checked) });
  const times = timesField(state);
  const seed = seedField(state);
  let saidAt = 0;

  function update() {
    const { running, isAuto, faults } = found.get();
    begin.disabled = faults.length > 0;
    stop.disabled = running === null;
    bar.value = running === null ? 0 : running.done / running.of;
    bar.hidden = running === null;
    auto.checked = isAuto;
    times.update();
    seed.update();
    told.textContent = runWords(found.get());
    say(found.get());
  }

  // Long runs are spoken of now and then.
  function say({ running }) {
    if (running === null) return;
    const now = performance.now();
    if (running.done === 0) saidAt = now;
    if (now - saidAt < SAID_EVERY) return;
    saidAt = now;
    announce(told.textContent);
  }

  root.append(
    make("div", { class: "row" }, begin, stop),
    bar,
    told,
    ...times.elements,
    make("label", { class: "check" }, auto, make("span", {}, text("run.auto"))),
    make("details", {}, make("summary", {}, text("run.more")), make("div", {}, seed.elements)),
  );
  state.watch(update);
  found.watch(update);
  update();
}

// How many replications are run.
function timesField(state) {
  const input = make("input", { id: "replications", type: "number", min: FEWEST_REPLICATIONS, max: MOST_REPLICATIONS, step: 1, inputmode: "numeric", "aria-describedby": "replications-own replications-fault", onchange: take });
  const own = make("p", { id: "replications-own", class: "aside" });
  const fault = make("p", { id: "replications-fault", class: "bad" });
  function take() {
    const n = Number(input.value);
    const isSound = input.value !== "" && Number.isInteger(n) && n >= FEWEST_REPLICATIONS && n <= MOST_REPLICATIONS;
    sayFault(fault, [input], isSound ? "" : text("run.replications_wrong", { low: number(FEWEST_REPLICATIONS), high: number(MOST_REPLICATIONS) }));
    if (isSound) state.set({ replications: n });
  }
  const update = () => {
    putChosen(input, fault, String(state.get().replications));
    reword(own, ownWords(state.get()));
  };
  return { elements: [make("div", { class: "field-head" }, make("label", { for: "replications" }, text("run.replications")), input), own, fault], update };
}

// Which worlds are drawn.
function seedField(state) {
  const input = make("input", { id: "seed", type: "text", inputmode: "numeric", autocomplete: "off", maxlength: 20, "aria-describedby": "seed-about seed-fault", onchange: take });
  const fault = make("p", { id: "seed-fault", class: "bad" });
  const about = make("p", { id: "seed-about", class: "aside" }, text("run.seed_about"));
  function take() {
    const isSound = /^\d*$/.test(input.value) && BigInt(input.value || 0) < 2n ** 64n;
    sayFault(fault, [input], isSound ? "" : text("run.seed_wrong"));
    if (isSound) state.set({ seed: input.value === "" ? null : BigInt(input.value).toString() });
  }
  return {
    elements: [make("div", { class: "field-head" }, make("label", { for: "seed" }, text("run.seed")), input), fault, about],
    update: () => putChosen(input, fault, state.get().seed ?? ""),
  };
}

// A field shows what is chosen, unless something is being typed there.
function putChosen(input, fault, value) {
  if (document.activeElement === input || input.value === value) return;
  input.value = value;
  sayFault(fault, [input], "");
}

// Whether the numbers will be those of the lesson's answer sheet.
function ownWords({ lesson, replications }) {
  if (lesson === null) return "";
  return text(replications === START.replications ? "run.replications_own" : "run.replications_other", { n: number(START.replications) });
}

function runWords({ running, result, isStale, faults }) {
  if (running !== null) return progressWords(running, performance.now());
  if (faults.length > 0) return text("run.faulty");
  if (result === null) return text("run.nothing");
  return isStale ? text("run.stale") : doneWords(result);
}

function doneWords({ replications, is_complete: isComplete }) {
  return text(isComplete ? "run.done" : "run.stopped", { count: replications, n: number(replications) });
}

// How far a run is, and how long it will take where that can be told.
export function progressWords({ done, of, since }, now) {
  const far = text("run.far", { done: number(done), of: number(of) });
  const seconds = done === 0 ? 0 : ((now - since) / 1000) * (of / done - 1);
  if (now - since < 1000 || seconds < 1) return far;
  const left = seconds < 90 ? text("run.seconds_left", { count: Math.ceil(seconds) }) : text("run.minutes_left", { count: Math.ceil(seconds / 60) });
  return `${far} ${left}`;
}
