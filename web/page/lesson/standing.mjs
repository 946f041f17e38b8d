// How a challenge stands, in a few words at the foot of a narrow screen: there its table is far from the controls. Who listens is told
// by the table.

import { fill, make } from "../shared/dom.mjs";
import { challengeStands } from "./judge.mjs";
import { CONDITION_MARKS, conditionValue, conditionWords } from "./conditions.mjs";

// Keeps the bar up to date: `open` gives the lesson whose challenge is open, or nothing.
export function standingBar(page, bar, open) {
  return () => {
    const challenge = open()?.challenge;
    bar.hidden = challenge === undefined;
    if (bar.hidden) return;
    const { result, isStale } = page.found.get();
    bar.classList.toggle("is-stale", isStale);
    fill(bar, challengeStands(challenge, page.state.get(), result).conditions.map(conditionLine));
  };
}

function conditionLine({ text, holds, ...found }) {
  const value = conditionValue({ text, ...found });
  return make("p", { class: `is-${holds ?? "open"}` }, make("strong", {}, `${CONDITION_MARKS[holds] ?? "…"} ${value}`), " ", make("span", {}, conditionWords(text)));
}
