// How far a reader has come with a lesson, and what a lesson sets.

import { text } from "../shared/text.mjs";

// How far one is with a lesson of which nothing was done. `revealed` is "no", "predicted" or "skipped"; `outcome` is what came out for
// the lesson as it opened.
export const UNTOUCHED = Object.freeze({
  step: "predict",
  seen: [],
  chosen: [],
  revealed: "no",
  outcome: null,
  tried: [],
  hasBegun: false,
  hasChanged: false,
  isSolutionShown: false,
});

// Whether the reader must say first what is expected before anything is shown.
export function isToPredict(lesson, progress) {
  return (lesson.predict ?? []).length > 0 && progress.revealed === "no";
}

// What to note of whoever goes on to something that comes after the prediction, made or not.
export function pastPrediction({ revealed }) {
  return { revealed: revealed === "no" ? "skipped" : revealed };
}

export function lessonTitle(lesson) {
  return text(`lesson.${lesson.name}.title`);
}
