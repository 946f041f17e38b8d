// What a reader changed, with a way back; and what is wrong with it, where a change cannot be.

import { announce, fill, make } from "../shared/dom.mjs";
import { FACILITATED, FACILITATION_PATHS, facilitationOf } from "../shared/facilitator.mjs";
import { parameterName, plainNumber, parameterValue } from "../shared/named.mjs";
import { changesOf, inForce, lessonAt, openedWith } from "../state/state.mjs";
import { text } from "../shared/text.mjs";
import { faultSentence, faultWords } from "../shared/faults.mjs";

// Warnings that are shown.
const MOST_WARNINGS = 5;

export function changes({ state, found, data }, setup) {
  const wrong = make("div", { class: "fault", role: "group", "aria-label": text("controls.faults") });
  const summary = make("summary");
  const list = make("ul", { class: "changes" });
  const all = make("button", { type: "button", onclick: () => putBack() }, "");
  const made = make("details", { class: "changed" }, summary, make("div", {}, list, all));
  const odd = make("div", { class: "aside" });
  let shownFor = "";

  // All changes of a set-up: to those with which the lesson opens, where it has some.
  function putBack() {
    const meant = openedWith(lessonAt(state.get(), data.lessons));
    if (setup.which.at === 0) state.set({ first: meant.first });
    else state.set({ second: meant.second ?? {} });
    announce(text("controls.all_put_back"));
    summary.focus();
  }

  function putOneBack(path) {
    const paths = path === FACILITATED ? FACILITATION_PATHS : [path];
    setup.set(Object.fromEntries(paths.map((own) => [own, null])));
    announce(text("controls.one_put_back", { name: parameterName(path) }));
    summary.focus();
  }

  const back = (path) => make("button", { type: "button", class: "plain", onclick: () => putOneBack(path) }, text("controls.put_back"), make("span", { class: "for-readers" }, ` ${parameterName(path)}`));

  function row([path, value]) {
    return make("li", {}, make("span", {}, text("controls.change", { name: parameterName(path), value })), back(path));
  }

  function showChanges() {
    const at = setup.which.at;
    const rows = changeRows(state.get(), at, found.get().base);
    const key = JSON.stringify([at, rows]);
    if (key === shownFor) return;
    shownFor = key;
    made.hidden = rows.length === 0;
    summary.textContent = text(at === 0 ? "controls.changed" : "controls.changed_second", { count: rows.length });
    all.textContent = text(at === 0 ? "controls.put_all_back" : "controls.put_all_back_second");
    fill(list, rows.map(row));
  }

  function showFaults() {
    const { faults } = found.get();
    wrong.hidden = faults.length === 0;
    if (faults.length === 0) return fill(wrong);
    const one = (fault) => make("li", {}, faultWords(fault), fault.path ? faultBack(state, fault) : null);
    fill(wrong, make("p", {}, text("controls.faults_about")), make("ul", {}, faults.slice(0, 20).map(one)));
  }

  // What looks odd and is allowed.
  function showWarnings() {
    const warnings = (found.get().described[setup.which.at]?.warnings ?? []).slice(0, MOST_WARNINGS);
    odd.hidden = warnings.length === 0;
    const one = (warning) => make("li", {}, faultSentence(warning));
    fill(odd, make("p", {}, text("controls.odd")), make("ul", { lang: "en" }, warnings.map(one)));
  }

  let faultsShown = null;
  let describedShown = null;
  return {
    root: make("div", { class: "said" }, wrong, made, odd),
    update() {
      showChanges();
      if (describedShown !== found.get().described[setup.which.at]) showWarnings();
      describedShown = found.get().described[setup.which.at];
      if (faultsShown === found.get().faults) return;
      faultsShown = found.get().faults;
      showFaults();
      if (faultsShown.length > 0) announce(text("controls.faults_said", { count: faultsShown.length }));
    },
  };
}

// A change that cannot be is taken back in the set-up where it was made.
function faultBack(state, { path, setup }) {
  const takeBack = () => {
    const key = setup === 0 ? "first" : "second";
    const { [path]: _, ...rest } = state.get()[key] ?? {};
    state.set(path === "seed" ? { seed: null } : { [key]: rest });
  };
  return make("button", { type: "button", onclick: takeBack }, text("controls.take_back"));
}

// What a set-up changes, as [path, value in words]; facilitation as one.
function changeRows(state, at, base) {
  const own = changesOf(state, at);
  const rows = Object.entries(own).filter(([path]) => !FACILITATION_PATHS.includes(path)).map(([path, value]) => [path, parameterValue(path, value)]);
  if (!FACILITATION_PATHS.some((path) => path in own)) return rows;
  return [...rows, [FACILITATED, plainNumber(facilitationOf(inForce(state, at), base))]];
}
