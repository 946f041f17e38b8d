// The set-up: which one is changed, the few controls first, what was changed, the rest behind "more", and the partners.

import { changes } from "./changes.mjs";
import { announce, fill, make } from "../shared/dom.mjs";
import { FACILITATED, MOST_FACILITATION } from "../shared/facilitator.mjs";
import { field } from "./fields.mjs";
import { more } from "./more.mjs";
import { canonicalPath } from "../shared/named.mjs";
import { partners } from "./partners.mjs";
import { shownOf, valuesFor } from "./shown.mjs";
import { FIRST } from "./sliders.mjs";
import { changed, lessonOf } from "../state/state.mjs";
import { text } from "../shared/text.mjs";

export function controls(page, root) {
  const { state, found, data } = page;
  // Which set-up the controls change. It is how the page is looked at, and no part of what is chosen.
  const which = { at: 0 };
  const setup = {
    which,
    set: (values) => state.set(changed(state.get(), which.at, values)),
    change: (path, value) => setup.set(valuesFor(state.get(), found.get(), which.at, path, value)),
    shown: (path) => shownOf(state.get(), found.get(), which.at, path),
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
