// What a reader changed, with a way back; and what is wrong with it, where a change cannot be.

import { announce, fill, make } from "../shared/dom.mjs";
import { FACILITATED, FACILITATION_PATHS, facilitationOf } from "../shared/facilitator.mjs";
import { parameterName, plainNumber, parameterValue } from "../shared/named.mjs";
import { changesOf, inForce, lessonAt, openedWith } from "../state/state.mjs";
import { text } from "../shared/text.mjs";
import { faultSentence, faultWords } from "../shared/faults.mjs";

// Faults and warnings that are shown.
const MOST_FAULTS = 20;
const MOST_WARNINGS = 5;

export function changes(page, setup) {
  const parts = [faultsPart(page), changesPart(page, setup), warningsPart(page, setup)];
  return { root: make("div", { class: "said" }, parts.map(({ root }) => root)), update: () => parts.forEach((part) => part.update()) };
}

// What is wrong, which is also said to who listens.
function faultsPart({ state, found }) {
  const root = make("div", { class: "fault", role: "group", "aria-label": text("controls.faults"), hidden: true });
  const one = (fault) => make("li", {}, faultWords(fault), fault.path ? faultBack(state, fault) : null);
  let shown = null;
  return {
    root,
    update() {
      const { faults } = found.get();
      if (shown === faults) return;
      shown = faults;
      root.hidden = faults.length === 0;
      if (faults.length === 0) return fill(root);
      fill(root, make("p", {}, text("controls.faults_about")), make("ul", {}, faults.slice(0, MOST_FAULTS).map(one)));
      announce(text("controls.faults_said", { count: faults.length }));
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

// The changes of a set-up, each with a way back, and one for all.
function changesPart({ state, found, data }, setup) {
  const summary = make("summary");
  const list = make("ul", { class: "changes" });
  const all = make("button", { type: "button", onclick: putAllBack }, "");
  const root = make("details", { class: "changed" }, summary, make("div", {}, list, all));
  let shownFor = "";

  // To those with which the lesson opens, where it has some.
  function putAllBack() {
    const meant = openedWith(lessonAt(state.get(), data.lessons));
    state.set(setup.which.at === 0 ? { first: meant.first } : { second: meant.second ?? {} });
    announce(text("controls.all_put_back"));
    summary.focus();
  }

  function putOneBack(path) {
    const paths = path === FACILITATED ? FACILITATION_PATHS : [path];
    setup.set(Object.fromEntries(paths.map((own) => [own, null])));
    announce(text("controls.one_put_back", { name: parameterName(path) }));
    summary.focus();
  }

  function row([path, value]) {
    const name = parameterName(path);
    const back = make("button", { type: "button", class: "plain", onclick: () => putOneBack(path) }, text("controls.put_back"), make("span", { class: "for-readers" }, ` ${name}`));
    return make("li", {}, make("span", {}, text("controls.change", { name, value })), back);
  }

  return {
    root,
    update() {
      const { at } = setup.which;
      const rows = changeRows(state.get(), at, found.get().base);
      const key = JSON.stringify([at, rows]);
      if (key === shownFor) return;
      shownFor = key;
      root.hidden = rows.length === 0;
      summary.textContent = text(at === 0 ? "controls.changed" : "controls.changed_second", { count: rows.length });
      all.textContent = text(at === 0 ? "controls.put_all_back" : "controls.put_all_back_second");
      fill(list, rows.map(row));
    },
  };
}

// What a set-up changes, as [path, value in words]; facilitation as one.
function changeRows(state, at, base) {
  const own = changesOf(state, at);
  const rows = Object.entries(own).filter(([path]) => !FACILITATION_PATHS.includes(path)).map(([path, value]) => [path, parameterValue(path, value)]);
  if (!FACILITATION_PATHS.some((path) => path in own)) return rows;
  return [...rows, [FACILITATED, plainNumber(facilitationOf(inForce(state, at), base))]];
}

// What looks odd and is allowed.
function warningsPart({ found }, setup) {
  const root = make("div", { class: "aside", hidden: true });
  let shown = null;
  return {
    root,
    update() {
      const now = found.get().described[setup.which.at];
      if (shown === now) return;
      shown = now;
      const warnings = (now?.warnings ?? []).slice(0, MOST_WARNINGS);
      root.hidden = warnings.length === 0;
      fill(root, make("p", {}, text("controls.odd")), make("ul", { lang: "en" }, warnings.map((warning) => make("li", {}, faultSentence(warning)))));
    },
  };
}
