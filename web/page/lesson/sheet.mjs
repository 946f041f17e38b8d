// The things for teachers: a worksheet and an answer sheet of the lesson, to look at and to print, and a view for the projector.

import { announce, fill, make, reword } from "../shared/dom.mjs";
import { number, text, texts } from "../shared/text.mjs";
import { askedTwice } from "./asked_twice.mjs";
import { answerOf } from "./judge.mjs";
import { lessonTitle } from "./progress.mjs";
import { numbersOf } from "./watch.mjs";
import { lessonIdea, wordsAt } from "./steps.mjs";
import { solutionWords } from "./challenge.mjs";

// Rows of the worksheet's table, and lines to write on below a question.
const ROWS_TO_FILL = 5;
const LINES_TO_FILL = 3;

// A menu of all three. `current` gives the lesson, `progressOf` how far the reader is with it.
export function teacherThings(page, current, progressOf) {
  const dialog = sheetDialog();
  const worksheet = make("button", { type: "button", onclick: () => dialog.open(worksheetOf(current()), worksheet) }, text("panel.sheet.worksheet"));
  const words = {
    label: text("panel.sheet.answers"), warning: text("panel.sheet.answers_warning"), yes: text("panel.sheet.answers_yes"), no: text("panel.sheet.answers_no"),
  };
  const answers = askedTwice(words, () => dialog.open(answersOf(current(), progressOf(current().name).outcome), answers.door));
  const projector = make("button", { type: "button", "aria-pressed": "false", onclick: () => project() }, text("panel.sheet.projector"));

  function project() {
    const isOn = document.documentElement.dataset.projector === undefined;
    if (isOn) document.documentElement.dataset.projector = "yes";
    else delete document.documentElement.dataset.projector;
    projector.setAttribute("aria-pressed", String(isOn));
    announce(text(isOn ? "panel.sheet.projector_on_told" : "panel.sheet.projector_off_told"));
    // Pictures are drawn for the width of their place.
    window.dispatchEvent(new Event("resize"));
  }

  return {
    element: make("details", { class: "lesson-teachers" }, make("summary", {}, text("panel.teachers")),
      make("div", { class: "row" }, worksheet, answers.door, projector), answers.question),
    update() {
      const now = current();
      worksheet.hidden = now === null;
      answers.door.hidden = now === null;
      if (now === null) answers.question.hidden = true;
    },
  };
}

// A dialog that shows a sheet. The sheet is printed alone, whether by its button or by the browser's own means.
function sheetDialog() {
  const heading = make("h2", { id: "sheet-title", tabindex: "-1" });
  const content = make("div", { class: "sheet" });
  const dialog = make("dialog", { class: "sheet-dialog", "aria-labelledby": "sheet-title" },
    make("p", { class: "row sheet-doors" },
      make("button", { type: "button", class: "main", onclick: () => window.print() }, text("panel.sheet.print")),
      make("button", { type: "button", onclick: () => dialog.close() }, text("panel.sheet.close"))),
    heading, content);
  const printed = make("div", { class: "sheet printed", "aria-hidden": "true" });
  document.body.append(dialog, printed);
  window.addEventListener("beforeprint", () => {
    if (!dialog.open) return;
    document.documentElement.dataset.sheet = "yes";
    fill(printed, make("h1", {}, heading.textContent), [...content.children].map((child) => child.cloneNode(true)));
  });
  window.addEventListener("afterprint", () => {
    delete document.documentElement.dataset.sheet;
    fill(printed);
  });
  return {
    open({ title, parts }, door) {
      reword(heading, title);
      fill(content, parts);
      // When a dialog closes, a browser gives focus back to what had it.
      door.focus();
      dialog.showModal();
      heading.focus();
    },
  };
}

const lines = (count = LINES_TO_FILL) => Array.from({ length: count }, () => make("div", { class: "sheet-line" }));

const bold = (words) => make("p", { class: "lesson-asked" }, words);

// A sheet to write on: the story, the questions with boxes, what came out, what was tried, the challenge, the three questions.
function worksheetOf(lesson) {
  const said = (...keys) => wordsAt(lesson, ...keys);
  const heads = ["column_tried", "column_expected", "column_seen"].map((head) => make("th", { scope: "col" }, text(`panel.sheet.${head}`)));
  const tried = (lesson.try ?? []).map(({ name }) => make("tr", {}, make("td", {}, said("try", name, "label")), make("td", {}), make("td", {})));
  const empty = Array.from({ length: Math.max(ROWS_TO_FILL - tried.length, 1) }, () => make("tr", {}, make("td", {}), make("td", {}), make("td", {})));
  return {
    title: text("panel.sheet.worksheet_of", { title: lessonTitle(lesson) }),
    parts: [
      make("p", { class: "sheet-names" }, make("span", {}, text("panel.sheet.name_line")), make("span", {}, text("panel.sheet.date_line"))),
      make("p", {}, said("story")),
      make("h3", {}, text("panel.predict.title")),
      (lesson.predict ?? []).map((question) => [
        bold(said("predict", question.name, "question")),
        make("ul", { class: "sheet-boxes" }, question.option.map(({ name }) => make("li", {}, said("predict", question.name, name)))),
        make("p", {}, text("panel.sheet.why")), lines(2),
      ]).flat(),
      make("h3", {}, text("panel.outcome.title")), make("p", {}, text("panel.sheet.came_out")), lines(),
      make("h3", {}, text("panel.notice.title")), make("p", {}, text("panel.sheet.noticed")), lines(),
      make("h3", {}, text("panel.try.title")), make("p", {}, text("panel.sheet.tried")),
      make("table", { class: "sheet-to-fill" }, make("thead", {}, make("tr", {}, heads)), make("tbody", {}, tried, empty)),
      make("h3", {}, text("panel.challenge.title")), make("p", {}, said("challenge", "goal")), make("p", {}, said("challenge", "rules")),
      make("p", {}, text("panel.sheet.challenge_notes")), lines(),
      make("h3", {}, text("panel.questions.title")),
      make("ol", {}, texts(`lesson.${lesson.name}.questions`).map(({ question }) => make("li", {}, question, lines()))),
    ].flat(2),
  };
}

// What the teacher knows: the idea, the model's own answers with their numbers, what to notice, the solution, the answers.
function answersOf(lesson, outcome) {
  const said = (...keys) => wordsAt(lesson, ...keys);
  return {
    title: text("panel.sheet.answers_of", { title: lessonTitle(lesson) }),
    parts: [
      make("h3", {}, text("panel.predict.idea")), lessonIdea(lesson),
      make("h3", {}, text("panel.predict.title")),
      (lesson.predict ?? []).map((question) => [
        bold(said("predict", question.name, "question")),
        make("p", {}, text("panel.outcome.model_says"), " ", make("strong", {}, modelAnswer(lesson, question, outcome))),
        outcome && make("ul", {}, numbersOf(question.option, outcome).map((told) => make("li", {}, told))),
        make("p", {}, said("predict", question.name, "because")),
      ]).flat(),
      outcome && make("p", { class: "aside" }, text("panel.outcome.as_opened", { count: number(outcome.replications) })),
      make("h3", {}, text("panel.notice.title")),
      make("ul", {}, (lesson.notice ?? []).map(({ name }) => make("li", {}, said("notice", name)))),
      make("h3", {}, text("panel.try.title")),
      make("ul", {}, (lesson.try ?? []).map(({ name }) => make("li", {}, make("strong", {}, said("try", name, "label")), " – ", said("try", name, "look")))),
      make("h3", {}, text("panel.challenge.title")), make("p", {}, said("challenge", "goal")), solutionWords(lesson),
      make("h3", {}, text("panel.questions.title")),
      make("ol", {}, texts(`lesson.${lesson.name}.questions`).map(({ question, answer }) => make("li", {}, make("strong", {}, question), make("p", {}, answer)))),
    ].flat(2).filter((part) => part !== null),
  };
}

function modelAnswer(lesson, question, outcome) {
  if (outcome === null) return text("panel.sheet.model_unknown");
  const { right, isClose } = answerOf(question, outcome);
  if (right !== null) return wordsAt(lesson, "predict", question.name, question.option[right].name);
  return text(isClose ? "panel.outcome.close" : "panel.outcome.untold");
}
