// The challenge of a lesson: what is to be reached, what may be changed, how it stands now, and the best known solution behind a door.

import { announce, fill, make, reword } from "../shared/dom.mjs";
import { text } from "../shared/text.mjs";
import { FACILITATION_PATHS, facilitationOf } from "../shared/facilitator.mjs";
import { optionName, parameterName, parameterValue } from "../shared/named.mjs";
import { opened, valueTexts } from "../state/state.mjs";
import { askedTwice } from "./asked_twice.mjs";
import { challengeStands, isSameChange } from "./judge.mjs";
import { isToPredict, pastPrediction } from "./progress.mjs";
import { CONDITION_MARKS, conditionValue, conditionWords } from "./conditions.mjs";

// Where a challenge starts: with the lesson's scenario and what the challenge sets, one set-up only.
function challengeStart(lesson) {
  return { ...opened(lesson), first: { ...opened(lesson).first, ...valueTexts(lesson.challenge.start ?? {}) }, second: null };
}

export function challengeStep({ page, lesson, progress, note }) {
  const { challenge } = lesson;
  const said = (key) => text(`lesson.${lesson.name}.challenge.${key}`);
  const begin = () => {
    const { replications } = challengeStart(lesson);
    // Fewer than it opens with, and more would be too close to call.
    page.state.set({ ...challengeStart(lesson), replications: Math.max(page.state.get().replications, replications) });
    note({ hasBegun: true, ...pastPrediction(progress()) });
    announce(text("panel.challenge.begun"));
  };
  const beginDoor = make("p", { class: "row" },
    make("button", { type: "button", class: "main", onclick: begin }, text("panel.challenge.begin")),
    make("span", { class: "aside" }, text("panel.challenge.begin_told")));
  const begun = make("p", { class: "aside" }, text("panel.challenge.begun"));
  const standing = challengeStanding(page, lesson);
  const solution = solutionDoor(page, lesson, progress, note);
  return {
    element: make("div", { class: "lesson-challenge" },
      make("div", {},
        make("p", { class: "lesson-goal" }, said("goal")),
        make("p", {}, said("rules")),
        make("p", {}, make("strong", {}, text("panel.challenge.may_change"))),
        make("ul", {}, challenge.choice.map((choice) => make("li", {}, choiceWords(choice)))),
        beginDoor),
      make("div", {}, begun, standing.element,
        make("details", {}, make("summary", {}, text("panel.challenge.hint")), make("p", {}, said("hint"))),
        solution.element)),
    update() {
      const state = page.state.get();
      const { hasBegun, hasChanged } = progress();
      beginDoor.hidden = hasBegun;
      begun.hidden = !hasBegun;
      if (hasBegun && !hasChanged && !isSameChange(state.first, challengeStart(lesson).first)) note({ hasChanged: true });
      standing.element.hidden = isToPredict(lesson, progress());
      standing.update();
      solution.update();
    },
  };
}

// Each goal with its value, its interval and its verdict; then all in one sentence, which is also said aloud when it changes.
function challengeStanding(page, lesson) {
  const rows = make("tbody", {});
  const all = make("p", { class: "lesson-verdict", role: "status" });
  const forbidden = make("p", { class: "notice" });
  const putBack = () => {
    const state = page.state.get();
    const { forbidden: paths } = challengeStands(lesson.challenge, state, null);
    const kept = (changes) => changes && Object.fromEntries(Object.entries(changes).filter(([path]) => !paths.includes(path)));
    page.state.set({ first: { ...kept(state.first), ...valueTexts(lesson.challenge.start ?? {}) }, second: kept(state.second) });
  };
  const putBackDoor = make("button", { type: "button", onclick: putBack }, text("panel.challenge.put_back_these"));
  const forbiddenNames = make("span", {});
  fill(forbidden, forbiddenNames, " ", putBackDoor);
  const heads = ["goal", "now", "verdict"].map((head) => make("th", { scope: "col" }, text(`panel.challenge.${head}`)));
  const table = make("table", {}, make("caption", {}, text("panel.challenge.status")), make("thead", {}, make("tr", {}, heads)), rows);
  let of;
  return {
    element: make("div", { class: "lesson-standing" }, make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": text("panel.challenge.status") }, table), all, forbidden),
    update() {
      const { result, isStale } = page.found.get();
      const stands = challengeStands(lesson.challenge, page.state.get(), isStale ? null : result);
      forbidden.hidden = stands.forbidden.length === 0;
      reword(forbiddenNames, text("panel.challenge.forbidden", { names: stands.forbidden.map(parameterName).join(", ") }));
      reword(all, text(`panel.challenge.all_${stands.verdict ?? "open"}`));
      all.className = `lesson-verdict is-${stands.verdict ?? "open"}`;
      const sign = JSON.stringify(stands.conditions);
      if (of === sign) return;
      of = sign;
      fill(rows, stands.conditions.map((condition) => conditionRow(condition)));
    },
  };
}

function conditionRow(condition) {
  const holds = condition.holds ?? "open";
  return make("tr", {},
    make("th", { scope: "row" }, conditionWords(condition.text)),
    make("td", {}, conditionValue(condition)),
    make("td", { class: `is-${holds}` }, make("span", { "aria-hidden": "true" }, `${CONDITION_MARKS[holds] ?? ""} `), text(`panel.challenge.${holds}`)));
}

// The best known solution, after a try of one's own and a second question.
function solutionDoor(page, lesson, progress, note) {
  const first = make("p", { class: "aside" }, text("panel.challenge.show_first"));
  const words = {
    label: text("panel.challenge.show"), warning: text("panel.challenge.confirm"), yes: text("panel.challenge.confirm_yes"), no: text("panel.challenge.confirm_no"),
  };
  const { door, question } = askedTwice(words, () => {
    note({ isSolutionShown: true });
    heading.focus();
  });
  const heading = make("h4", { tabindex: "-1" }, text("panel.challenge.solution"));
  const use = () => {
    page.state.set({ ...challengeStart(lesson), first: { ...challengeStart(lesson).first, ...valueTexts(lesson.challenge.solution) } });
    announce(text("panel.challenge.was_used"));
  };
  const solution = make("div", { class: "lesson-solution" }, heading, ...solutionWords(lesson),
    make("button", { type: "button", onclick: use }, text("panel.challenge.use")));
  return {
    element: make("div", { class: "lesson-best" }, first, door, question, solution),
    update() {
      const { hasChanged, isSolutionShown } = progress();
      first.hidden = hasChanged || isSolutionShown;
      door.hidden = !hasChanged || isSolutionShown;
      solution.hidden = !isSolutionShown;
    },
  };
}

// What the best known solution sets, and why it works.
export function solutionWords(lesson) {
  const changes = Object.entries(lesson.challenge.solution).map(([path, value]) =>
    make("li", {}, text("panel.challenge.change", { name: parameterName(path), value: settingWords(path, value) })));
  return [make("ul", {}, changes), make("p", {}, text(`lesson.${lesson.name}.challenge.solution`))];
}

// A value that is set, as the controls show it.
function settingWords(path, value) {
  const told = String(value);
  if (path !== FACILITATION_PATHS[0]) return parameterValue(path, told);
  return text("panel.challenge.days_a_month", { count: facilitationOf({ [path]: told }, null) });
}

// What a challenge lets one change, with its bounds.
function choiceWords({ path, low, high, options }) {
  const name = parameterName(path);
  if (options !== undefined) return text("panel.challenge.choice_options", { name, options: options.map((word) => optionName(path, word)).join(", ") });
  return low === undefined ? name : text("panel.challenge.choice_range", { name, low, high });
}
