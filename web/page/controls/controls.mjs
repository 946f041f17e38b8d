// The set-up: which one is changed, the few controls first, what was changed, the rest behind "more", and the partners.

import { changes } from "./changes.mjs";
import { announce, fill, make } from "../shared/dom.mjs";
import { FACILITATED, FACILITATION_PATHS, MOST_FACILITATION, facilitationChanges, facilitationOf } from "../state/facilitator.mjs";
import { field } from "./fields.mjs";
import { more } from "./more.mjs";
import { canonicalPath, parameterValue, wordOf } from "../shared/named.mjs";
import { partners } from "./partners.mjs";
import { FIRST } from "./sliders.mjs";
import { changed, inForce, lessonOf } from "../state/state.mjs";
import { text } from "../shared/text.mjs";

export function controls(page, root) {
  const { state, found, data } = page;
  // Which set-up the controls change. It is how the page is looked at, and no part of what is chosen.
  const which = { at: 0 };
  const setup = {
    which,
    set: (values) => state.set(changed(state.get(), which.at, values)),
    change: (path, value) => setup.set(valuesFor(page, which.at, path, value)),
    shown: (path) => shownOf(page, which.at, path),
    domain: (path) => (path === FACILITATED ? { kind: "number", low: 0, high: MOST_FACILITATION } : found.get().base?.values[canonicalPath(path)]?.domain),
    field: (path) => field(path, setup.domain(path), (value) => setup.change(path, value)),
  };
  const first = make("div", { class: "fields" });
  let fields = [];
  let built = "";

  // The first controls are others where the lesson is another; they are built when the scenario is known.
  function build() {
    const paths = firstPaths(state.get(), data);
    const key = JSON.stringify(paths);
    if (found.get().base === null || key === built) return;
    built = key;
    fields = paths.map(setup.field);
    fill(first, fields.map((one) => one.root));
  }

  // What comes and goes stands below the first controls, so that none moves away beneath a finger.
  const parts = [setupSwitch(page, setup, refresh), { root: first, update: () => {} }, changes(page, setup), more(page, setup), partners(page, setup)];
  fill(root, parts.map((part) => part.root));

  function refresh() {
    if (state.get().second === null) which.at = 0;
    build();
    for (const one of fields) one.update(setup.shown(one.path));
    for (const part of parts) part.update();
  }

  state.watch(refresh);
  found.watch((now, before) => {
    const isOther = now.base !== before.base || now.described !== before.described || now.faults !== before.faults;
    if (isOther) refresh();
  });
  refresh();
}

// What stands first: what the lesson puts there and what its challenge lets one change, or else the few that every partnership has.
export function firstPaths(state, { lessons }) {
  const lesson = lessonOf(state, lessons);
  const own = [...new Set([...(lesson?.sliders ?? []), ...(lesson?.challenge?.choice ?? []).map(({ path }) => path)])];
  return own.length > 0 ? own : FIRST;
}

// What to change so that a control has a value. One that has its own value again is changed no longer.
function valuesFor({ state, found }, at, path, value) {
  const now = state.get();
  const { base } = found.get();
  if (path === FACILITATED) {
    const beneath = facilitationOf(now.first, base);
    const days = value === null ? 0 : Number(value);
    if (at === 1 && (value === null || days === beneath)) return Object.fromEntries(FACILITATION_PATHS.map((own) => [own, null]));
    const months = base?.horizon_months ?? 12;
    return facilitationChanges(days, base, { months, isBeneath: at === 1 && FACILITATION_PATHS[0] in now.first });
  }
  const beneath = (at === 1 ? now.first[path] : undefined) ?? base?.values[canonicalPath(path)]?.value;
  return { [path]: value === null || isSame(value, beneath) ? null : value };
}

function isSame(value, other) {
  if (other === undefined) return false;
  return wordOf(value) === wordOf(other) || (value !== "" && Number(value) === Number(other));
}

// What a control shows.
function shownOf({ state, found }, at, path) {
  const now = state.get();
  const { base, described, faults } = found.get();
  const changes = inForce(now, at);
  if (path === FACILITATED) {
    const fault = faults.find((one) => FACILITATION_PATHS.includes(one.path) && one.setup <= at) ?? null;
    const isDifferent = now.second !== null && FACILITATION_PATHS.some((own) => own in now.second);
    const other = facilitationOf(inForce(now, 1 - at), base);
    return { value: "", number: facilitationOf(changes, base), isUncertain: false, fault, differs: isDifferent ? differsWords(at, String(other)) : "" };
  }
  const key = canonicalPath(path);
  const own = base?.values[key];
  const value = changes[path] ?? own?.value ?? "";
  const isPlain = value !== "" && Number.isFinite(Number(value));
  const entry = changes[path] === undefined ? own : (described[at] ?? described[0])?.values[key];
  const fault = faults.find((one) => one.path === path && one.setup <= at) ?? null;
  const isDifferent = now.second !== null && path in now.second;
  const other = at === 1 ? (now.first[path] ?? own?.value ?? "") : (now.second?.[path] ?? "");
  return {
    value,
    number: isPlain ? Number(value) : (entry?.number ?? null),
    isUncertain: !isPlain && value.startsWith("{"),
    fault,
    differs: isDifferent ? differsWords(at, parameterValue(path, other)) : "",
  };
}

const differsWords = (at, value) => text(at === 1 ? "controls.first_has" : "controls.second_has", { value });

// The switch of the second set-up, and which of both is changed.
function setupSwitch({ state, found }, setup, refresh) {
  const scenario = make("p", { class: "aside scenario-title" });
  const toggle = make("input", { type: "checkbox", onchange: () => choose(toggle.checked) });
  const radio = (at) => make("input", { type: "radio", name: "which-setup", value: at, onchange: () => look(at) });
  const radios = [radio(0), radio(1)];
  const labels = radios.map((one, at) => make("label", { class: "segment" }, one, make("span", {}, text(at === 0 ? "controls.first_setup" : "controls.second_setup"))));
  const group = make("fieldset", { class: "segments" }, make("legend", {}, text("controls.which")), make("div", { class: "row" }, labels));
  const choose = (isOn) => {
    setup.which.at = isOn ? 1 : 0;
    state.set({ second: isOn ? {} : null });
    announce(text(isOn ? "controls.second_on" : "controls.second_off"));
  };
  const look = (at) => {
    setup.which.at = at;
    refresh();
  };
  return {
    root: make("div", { class: "sides" }, scenario, make("label", { class: "check" }, toggle, make("span", {}, text("controls.compare"))), group),
    update() {
      const { base } = found.get();
      scenario.textContent = base === null ? "" : text("controls.scenario", { title: base.title || base.name });
      toggle.checked = state.get().second !== null;
      group.hidden = state.get().second === null;
      radios[setup.which.at].checked = true;
    },
  };
}
