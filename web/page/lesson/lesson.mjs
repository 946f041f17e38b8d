// The lesson: which one, its steps, and how far the reader has come with it. How far is kept on the page only; the address has what is set.

import { announce, attribute, byId, fill, make, reword } from "../shared/dom.mjs";
import { listed, text } from "../shared/text.mjs";
import { baseOf, lessonAt, opened, resultKey, store } from "../state/state.mjs";
import { isAsOpened } from "./judge.mjs";
import { UNTOUCHED, isToPredict, lessonTitle } from "./progress.mjs";
import { noticeStep, outcomeStep, predictStep, questionsStep, tryStep } from "./steps.mjs";
import { challengeStep } from "./challenge.mjs";
import { standingBar } from "./standing.mjs";
import { teacherThings } from "./sheet.mjs";
import { watchTable } from "./watch.mjs";
import { leverWords } from "../shared/levers.mjs";
import { wordLinks } from "../shared/words.mjs";

const LESSON_STEPS = ["predict", "outcome", "notice", "try", "challenge", "questions"];
const STEP_MAKERS = { predict: predictStep, outcome: outcomeStep, notice: noticeStep, try: tryStep, challenge: challengeStep, questions: questionsStep };

// Steps beside which the numbers that the lesson watches stand.
const WATCHING = ["outcome", "notice", "try"];

export function lesson(page, root) {
  const progress = store({});
  const current = () => lessonAt(page.state.get(), page.data.lessons);
  const progressOf = (name) => progress.get()[name] ?? UNTOUCHED;
  const note = (name, changes) => progress.set({ [name]: Object.freeze({ ...progressOf(name), ...changes }) });
  let shown = null;

  const head = lessonHead(page, progressOf);
  const body = make("div", { class: "lesson-steps" });
  fill(root, head.element, body);

  const hide = () => {
    const now = current();
    const isHidden = now !== null && isToPredict(now, progressOf(now.name));
    document.documentElement.toggleAttribute("data-predict", isHidden);
    if (page.found.get().isHidden !== isHidden) page.found.set({ isHidden });
  };
  // Whoever comes by an address with a set-up of somebody else came to see that one.
  const arrive = () => {
    const now = current();
    if (now !== null && progressOf(now.name) === UNTOUCHED && !isAsOpened(page.state.get(), now)) note(now.name, { revealed: "skipped", step: "try" });
  };
  const standing = standingBar(page, byId("standing"), () => {
    const now = current();
    return now !== null && progressOf(now.name).step === "challenge" && progressOf(now.name).hasBegun ? now : null;
  });
  const show = () => {
    const now = current();
    if (shown === null || shown.lesson !== now) {
      shown = now === null ? freePlay(page) : lessonSteps(page, now, () => progressOf(now.name), (changes) => note(now.name, changes));
      fill(body, shown.element);
    }
    head.update();
    shown.update();
    standing();
  };

  page.state.watch((state, before) => {
    if (state.lesson !== before.lesson || state.base !== before.base) arrive();
    hide();
    show();
  });
  page.found.watch((found, before) => {
    const now = current();
    const isNew = found.result !== null && found.result !== before.result && found.resultOf === resultKey(page.state.get(), page.data.lessons);
    if (now !== null && isNew && isAsOpened(page.state.get(), now)) note(now.name, { outcome: found.result });
    show();
  });
  progress.watch(() => {
    hide();
    show();
  });
  arrive();
  hide();
  show();
}

// What stands above the steps: the lesson's place and title, the other lessons, the things for teachers.
function lessonHead(page, progressOf) {
  const { lessons } = page.data;
  const heading = byId("lesson-title");
  heading.tabIndex = -1;
  const place = make("p", { class: "lesson-place" });
  const choose = (changes, told) => {
    page.state.set(changes);
    chooser.open = false;
    announce(text("panel.opened", { title: told }));
    heading.focus();
  };
  const cards = lessons.map((entry) => lessonCard(entry, () => choose(opened(entry), lessonTitle(entry))));
  const free = card(text("panel.free_title"), text("panel.free_about"), () => choose(freeSetup(page), text("panel.free_title")));
  const chooserTitle = make("summary", {});
  const chooser = make("details", { class: "lesson-chooser" },
    chooserTitle,
    make("ul", { class: "lesson-cards", role: "list", "aria-label": text("panel.chooser") }, [...cards, free].map(({ element }) => make("li", {}, element))));
  const teachers = teacherThings(page, () => lessonAt(page.state.get(), lessons), progressOf);
  return {
    element: make("div", { class: "lesson-head" }, place, make("div", { class: "lesson-doors" }, chooser, teachers.element)),
    update() {
      const now = lessonAt(page.state.get(), lessons);
      const told = { place: lessons.indexOf(now) + 1, of: lessons.length };
      reword(heading, now === null ? text("panel.free_title") : lessonTitle(now));
      reword(chooserTitle, text(now === null ? "panel.choose_first" : "panel.choose"));
      reword(place, now === null ? "" : text("panel.place", told));
      lessons.forEach((entry, at) => cards[at].update(entry === now, progressOf(entry.name) !== UNTOUCHED));
      free.update(now === null, false);
      teachers.update();
    },
  };
}

const lessonCard = (entry, choose) => card(lessonTitle(entry), text(`lesson.${entry.name}.line`), choose);

function card(title, line, choose) {
  const mark = make("span", { class: "lesson-mark" });
  const element = make("button", { type: "button", class: "lesson-card", onclick: choose }, make("strong", {}, title), make("span", {}, line), mark);
  return {
    element,
    update(isChosen, isBegun) {
      attribute(element, "aria-current", isChosen ? "true" : null);
      reword(mark, isChosen ? text("panel.chosen") : isBegun ? text("panel.started") : "");
    },
  };
}

// Free play keeps what is set, as a scenario of one's own.
function freeSetup(page) {
  return { lesson: null, base: baseOf(page.state.get(), page.data.lessons) };
}

function freePlay(page) {
  const told = make("p", {});
  return {
    lesson: null,
    element: told,
    update() {
      const described = page.found.get().described[0];
      reword(told, text("panel.free_now", { title: described?.title ?? page.state.get().base?.name ?? "" }));
    },
  };
}

// The steps of one lesson, each of which one can go to at any time.
function lessonSteps(page, entry, progress, note) {
  const view = { page, lesson: entry, progress, note, go };
  const steps = LESSON_STEPS.filter((name) => (name === "challenge" ? entry.challenge : true));
  const made = Object.fromEntries(steps.map((name) => [name, STEP_MAKERS[name](view)]));
  const watched = watchedNumbers(page, entry);
  const panels = steps.map((name) => make("div", { class: "lesson-step" },
    make("h3", { tabindex: "-1" }, text(`panel.${name}.title`)), made[name].element, stepDoors(steps, name, go)));
  const doors = steps.map((name, at) => make("button", { type: "button", class: "step-door", onclick: () => go(name) },
    make("span", { class: "step-number", "aria-hidden": "true" }, String(at + 1)), make("span", {}, text(`panel.step_${name}`)),
    make("span", { class: "for-readers" })));
  const element = make("div", {},
    make("nav", { "aria-label": text("panel.steps") }, make("ol", { class: "step-list", role: "list" }, doors.map((door) => make("li", {}, door)))),
    make("div", { class: "step-now" }, panels, watched.element));

  function go(name) {
    note({ step: name, seen: [...new Set([...progress().seen, progress().step])] });
    const heading = panels[steps.indexOf(name)].querySelector("h3");
    // The projector view shows no step once something was said.
    (heading.offsetParent === null ? byId("lesson-title") : heading).focus();
  }

  return {
    lesson: entry,
    element,
    update() {
      const { step, seen } = progress();
      steps.forEach((name, at) => {
        panels[at].hidden = name !== step;
        attribute(doors[at], "aria-current", name === step ? "step" : null);
        doors[at].classList.toggle("is-seen", seen.includes(name));
        reword(doors[at].lastChild, seen.includes(name) ? `, ${text("panel.done")}` : "");
      });
      made[step].update();
      watched.element.hidden = !WATCHING.includes(step) || isToPredict(entry, progress());
      watched.update();
    },
  };
}

function stepDoors(steps, name, go) {
  const at = steps.indexOf(name);
  const next = steps[at + 1];
  if (name === "predict") return null;
  return make("p", { class: "row step-ways" },
    make("button", { type: "button", onclick: () => go(steps[at - 1]) }, text("panel.back")),
    next && make("button", { type: "button", class: "main", onclick: () => go(next) }, text("panel.next", { step: text(`panel.step_${next}`) })),
    ["try", "challenge"].includes(name) ? wayTo("setup", text("panel.to_setup")) : wayTo("results", text("panel.to_results")));
}

// A way to another part of the page. It is no link, as what stands behind # in the address is the state.
function wayTo(part, words) {
  const go = () => {
    const title = byId(`${part}-title`);
    title.tabIndex = -1;
    title.focus();
    title.scrollIntoView();
  };
  return make("button", { type: "button", onclick: go }, words);
}

// What sets the second set-up apart, where there is one.
function changedWords(result) {
  const levers = result?.setups.length === 2 ? leverWords(result.levers ?? []) : [];
  return levers.length === 0 ? "" : text("compare.changed", { list: listed(levers) });
}

// The numbers of the set-up that is on the page now.
function watchedNumbers(page, entry) {
  const table = make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": text("panel.watch.title") });
  const updating = make("p", { class: "aside" }, text("panel.watch.updating"));
  const changed = make("p", { class: "lesson-changed" });
  let of = null;
  return {
    element: make("div", { class: "lesson-watched" }, make("h4", {}, text("panel.watch.title")), changed, table, updating, wordLinks("interval", "clear", "premium", "coordination")),
    update() {
      const { result, isStale } = page.found.get();
      updating.hidden = result !== null && !isStale;
      if (of === result) return;
      of = result;
      fill(table, result === null ? null : watchTable(entry.watch ?? [], result));
      reword(changed, changedWords(result));
    },
  };
}
