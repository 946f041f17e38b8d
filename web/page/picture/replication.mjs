// Which of the many replications is looked at.

import { make } from "../shared/dom.mjs";
import { number, text } from "../shared/text.mjs";

// The field and the buttons: `{ element }`. What is chosen goes to the state of the page.
export function replicationChooser(page) {
  const state = () => page.state.get();
  const choose = (replication) => page.state.set({ replication: aroundEnds(replication, state().replications) });
  const field = make("input", { type: "number", id: "picture-replication", min: 0, step: 1, onchange: typed });
  const of = make("span", { class: "aside" });
  const button = (kind, chosen) => {
    const told = { "aria-label": text(`picture.replications.${kind}_one`), onclick: () => choose(chosen(state())) };
    return make("button", { type: "button", ...told }, text(`picture.replications.${kind}`));
  };
  const buttons = [
    button("previous", ({ replication }) => replication - 1),
    button("next", ({ replication }) => replication + 1),
    button("random", ({ replication, replications }) => another(replication, replications, Math.random())),
  ];
  const element = make(
    "div",
    { class: "row replication" },
    make("label", { for: "picture-replication" }, text("picture.replications.title")),
    field,
    of,
    buttons,
  );
  function typed() {
    const wanted = Math.round(Number(field.value));
    if (Number.isFinite(wanted) && field.value !== "") choose(wanted);
    field.value = state().replication;
  }
  const follow = ({ replication, replications }) => {
    if (document.activeElement !== field) field.value = replication;
    field.max = replications - 1;
    of.textContent = text("picture.replications.of", { last: number(replications - 1) });
  };
  page.state.watch(follow);
  follow(state());
  return { element };
}

// A replication that there is: after the last comes the first.
export function aroundEnds(replication, replications) {
  return ((replication % replications) + replications) % replications;
}

// Another than the one looked at, by a number from 0 to 1 that chance gives.
export function another(replication, replications, chance) {
  if (replications < 2) return 0;
  const chosen = Math.min(Math.floor(chance * (replications - 1)), replications - 2);
  return chosen < replication ? chosen : chosen + 1;
}
