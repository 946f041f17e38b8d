// The steps of a lesson: predict, what came out, notice, try, questions. Each gives its element and `update`, which brings in what has
// changed and leaves alone what has focus.

import { announce, fill, make, reword } from "../shared/dom.mjs";
import { number, text, texts } from "../shared/text.mjs";
import { answerOf, isAsOpened, isSameChange, judged } from "./judge.mjs";
import { isToPredict, pastPrediction } from "./progress.mjs";
import { opened, valueTexts } from "../state/state.mjs";
import { numbersOf } from "./watch.mjs";

// The words of one thing in a lesson: wordsAt(lesson, "predict", "survival", "question").
export const wordsAt = (lesson, ...keys) => text(["lesson", lesson.name, ...keys].join("."));

// First the idea and the story, then the questions; nothing is shown before they are answered or skipped.
export function predictStep({ page, lesson, progress, note, go }) {
  const asked = lesson.predict ?? [];
  const questions = asked.map((question, at) => predictQuestion(lesson, question, asked.length > 1 ? at + 1 : null, (chosen) => {
    const all = [...progress().chosen];
    all[at] = chosen;
    note({ chosen: all });
    missing.hidden = true;
  }));
  const missing = make("p", { class: "notice", role: "alert", hidden: true }, text("panel.predict.missing"));
  const reveal = (revealed) => {
    note({ revealed });
    go("outcome");
  };
  const answer = () => {
    const isAnswered = questions.every((question, at) => progress().chosen[at] !== undefined);
    if (isAnswered) return reveal("predicted");
    missing.hidden = false;
  };
  const doors = make("p", { class: "row" },
    make("button", { type: "button", class: "main", onclick: answer }, text("panel.predict.reveal")),
    make("button", { type: "button", class: "plain", onclick: () => reveal("skipped") }, text("panel.predict.skip")));
  const replications = make("p", { class: "aside" });
  const kept = make("p", { class: "aside" });
  const onwards = make("p", { class: "row" },
    make("button", { type: "button", class: "main", onclick: () => go("outcome") }, text("panel.next", { step: text("panel.step_outcome") })));
  return {
    element: make("div", { class: "lesson-predict" },
      make("div", {}, make("p", { class: "lesson-story" }, wordsAt(lesson, "story")), lessonIdea(lesson), replications),
      make("div", {}, questions.map(({ element }) => element), missing, doors, kept, onwards)),
    update() {
      const isOpen = isToPredict(lesson, progress());
      reword(replications, text("panel.predict.replications", { count: number(page.state.get().replications) }));
      for (const question of questions) question.element.disabled = !isOpen;
      doors.hidden = !isOpen;
      onwards.hidden = isOpen;
      kept.hidden = isOpen;
      reword(kept, text(progress().revealed === "skipped" ? "panel.predict.skipped" : "panel.predict.kept"));
    },
  };
}

// The idea behind a lesson, in paragraphs.
export function lessonIdea(lesson) {
  return texts(`lesson.${lesson.name}.concept`).map((told) => make("p", {}, told));
}

function predictQuestion(lesson, question, number, choose) {
  const options = question.option.map(({ name }, chosen) => make("label", { class: "check" },
    make("input", { type: "radio", name: `predict-${lesson.name}-${question.name}`, onchange: () => choose(chosen) }),
    make("span", {}, wordsAt(lesson, "predict", question.name, name))));
  const lead = number === null ? "" : `${text("panel.predict.question_of", { number })} `;
  return { element: make("fieldset", { class: "lesson-question" }, make("legend", {}, lead + wordsAt(lesson, "predict", question.name, "question")), options) };
}

// What came out for the lesson as it opened, against what was said.
export function outcomeStep({ page, lesson, progress }) {
  const waiting = make("p", { class: "aside" });
  const answers = make("div", {});
  const back = putBack(page, lesson);
  let told = null;
  return {
    element: make("div", {}, waiting, answers, back.element),
    update() {
      const { outcome, chosen, revealed } = progress();
      const { running, faults } = page.found.get();
      waiting.hidden = outcome !== null;
      answers.hidden = outcome === null;
      if (outcome === null) reword(waiting, waitingWords(page, lesson, running, faults));
      back.update();
      if (outcome === null || told === outcome) return;
      told = outcome;
      const said = revealed === "predicted" ? chosen : [];
      fill(answers,
        (lesson.predict ?? []).map((question, at) => answered(lesson, question, said[at], outcome)),
        make("p", { class: "aside" }, text("panel.outcome.as_opened", { count: number(outcome.replications) })));
    },
  };
}

function waitingWords(page, lesson, running, faults) {
  if (!isAsOpened(page.state.get(), lesson)) return text("panel.outcome.other");
  if (faults.length > 0) return text("panel.outcome.faulty");
  if (running === null) return text("panel.outcome.starting");
  return text("panel.outcome.waiting", { done: number(running.done), of: number(running.of) });
}

const MARKS = { right: "✓", wrong: "✗", close: "≈" };

function answered(lesson, question, chosen, outcome) {
  const { right, isClose } = answerOf(question, outcome);
  const verdict = chosen === undefined ? null : judged(question, chosen, outcome);
  const option = (at) => wordsAt(lesson, "predict", question.name, question.option[at].name);
  const came = right !== null ? option(right) : text(isClose ? "panel.outcome.close_told" : "panel.outcome.untold");
  const line = (head, told) => make("p", { class: "lesson-said" }, make("span", { class: "aside" }, text(head)), " ", make("strong", {}, told));
  return make("div", { class: "lesson-answered" },
    make("p", { class: "lesson-asked" }, wordsAt(lesson, "predict", question.name, "question")),
    chosen === undefined ? null : line("panel.outcome.you_said", option(chosen)),
    line("panel.outcome.model_says", came),
    verdict && make("p", { class: `lesson-verdict is-${verdict}` }, make("span", { "aria-hidden": "true" }, `${MARKS[verdict]} `), text(`panel.outcome.${verdict}`)),
    make("ul", { class: "aside lesson-numbers" }, numbersOf(question.option, outcome).map((told) => make("li", {}, told))),
    right === null ? null : make("p", {}, wordsAt(lesson, "predict", question.name, "because")));
}

// A door back to the lesson as it opened, shown where the set-up is another.
function putBack(page, lesson) {
  const put = () => {
    page.state.set(opened(lesson));
    announce(text("panel.was_put_back"));
  };
  const element = make("p", { class: "row lesson-put-back" }, make("span", { class: "aside" }, text("panel.changed_note")),
    make("button", { type: "button", onclick: put }, text("panel.put_back")));
  return {
    element,
    update() {
      element.hidden = isAsOpened(page.state.get(), lesson);
    },
  };
}

// Three or four things that the results show, each with the numbers of the lesson as it opened.
export function noticeStep({ lesson, progress }) {
  const wait = make("p", { class: "notice" }, text("panel.notice.wait"));
  const things = (lesson.notice ?? []).map(({ name, holds }) => {
    const numbers = make("ul", { class: "aside lesson-numbers" });
    return { holds, numbers, element: make("li", {}, wordsAt(lesson, "notice", name), numbers) };
  });
  const list = make("ul", { class: "lesson-notices" }, things.map(({ element }) => element));
  let shownFor = null;
  return {
    element: make("div", {}, wait, list),
    update() {
      const { outcome } = progress();
      const isEarly = isToPredict(lesson, progress());
      wait.hidden = !isEarly;
      list.hidden = isEarly;
      if (outcome === shownFor) return;
      shownFor = outcome;
      for (const { holds, numbers } of things) fill(numbers, numbersOf(ofTheLesson(holds), outcome).map((told) => make("li", {}, told)));
    },
  };
}

// Claims about the two set-ups of the lesson, not about others that a reader may try.
const ofTheLesson = (claims) => (claims ?? []).filter(({ changes }) => changes === undefined);

// Buttons that change the set-up, each with what to look for.
export function tryStep({ page, lesson, progress, note }) {
  const tries = (lesson.try ?? []).map((entry, at) => {
    const set = setupOfTry(lesson, entry);
    const [label, look] = ["label", "look"].map((key) => wordsAt(lesson, "try", entry.name, key));
    const state = make("span", { class: "aside" });
    // Beside the button where the table of what the lesson watches is far below it.
    const numbers = make("ul", { class: "aside lesson-numbers lesson-at-hand", hidden: true });
    const press = () => {
      page.state.set(set);
      note({ tried: [...new Set([...progress().tried, at])], ...pastPrediction(progress()) });
      announce(text("panel.try.was_set", { label }));
    };
    const button = make("button", { type: "button", onclick: press, "aria-pressed": "false" }, label);
    const asks = make("p", { class: "lesson-look" }, make("span", { class: "aside" }, text("panel.try.look")), " ", look);
    return { set, state, button, numbers, holds: entry.holds ?? [], element: make("li", {}, make("p", { class: "row" }, button, state), asks, numbers) };
  });
  const back = putBack(page, lesson);
  return {
    element: make("div", {}, make("p", { class: "aside" }, text("panel.try.about")), make("ul", { class: "lesson-tries", role: "list" }, tries.map(({ element }) => element)), back.element),
    update() {
      const now = page.state.get();
      const { result, isStale } = page.found.get();
      tries.forEach(({ set, state, button, numbers, holds }, at) => {
        const isSet = now.base === null && isSameChange(now.first, set.first) && isSameChange(now.second, set.second);
        button.setAttribute("aria-pressed", String(isSet));
        reword(state, isSet ? text("panel.try.is_set") : progress().tried.includes(at) ? text("panel.done") : "");
        numbers.hidden = !isSet || isStale || result?.setups.length !== 2;
        if (!numbers.hidden) fill(numbers, numbersOf(holds, result).map((told) => make("li", {}, told)));
      });
      back.update();
    },
  };
}

// What a try sets: its own first set-up or the lesson's, and its second beside it.
function setupOfTry(lesson, entry) {
  const { first } = opened(lesson);
  return { lesson: lesson.name, base: null, first: entry.first ? valueTexts(entry.first) : first, second: entry.second ? valueTexts(entry.second) : null, seed: null };
}

// Three questions, with answers that one opens.
export function questionsStep({ lesson }) {
  const element = make("ol", { class: "lesson-questions" }, texts(`lesson.${lesson.name}.questions`).map(({ question, answer }) =>
    make("li", {}, make("p", {}, question), make("details", {}, make("summary", {}, text("panel.questions.answer")), make("p", {}, answer)))));
  return { element: make("div", {}, make("p", { class: "aside" }, text("panel.questions.about")), element), update() {} };
}
