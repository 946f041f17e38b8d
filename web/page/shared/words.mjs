// What the words mean that a reader may not know, and the ways there from where they are used.

import { make } from "./dom.mjs";
import { text } from "./text.mjs";

// In the order they are read.
const WORDS = [
  "replication", "world", "interval", "clear", "survival", "twin", "premium", "median", "middle_half", "gain", "failed", "grant", "coordination", "set_up",
];

// The list of words, folded away.
export function wordList() {
  const back = make("button", { type: "button", class: "plain", hidden: true, onclick: goBack }, text("results.words.back"));
  const entries = WORDS.flatMap((word) => [
    make("dt", { id: `word-${word}`, tabindex: -1 }, text(`results.words.${word}.name`)),
    make("dd", {}, text(`results.words.${word}.meaning`)),
  ]);
  return make("details", { class: "words", id: "words" }, make("summary", {}, text("results.words.title")), make("dl", {}, entries), back);
}

// Where somebody came from to look a word up.
let cameFrom = null;

function goBack(event) {
  event.currentTarget.hidden = true;
  cameFrom?.focus();
}

// Buttons that lead to the meanings of some words.
export function wordLinks(...words) {
  const go = (word) => (event) => lookUp(word, event.currentTarget);
  const link = (word) => make("button", { type: "button", class: "plain", onclick: go(word) }, text(`results.words.${word}.name`));
  return make("p", { class: "word-links" }, make("span", {}, text("results.words.ask")), words.map(link));
}

function lookUp(word, from) {
  cameFrom = from;
  const list = document.getElementById("words");
  list.open = true;
  list.querySelector("button").hidden = false;
  document.getElementById(`word-${word}`).focus();
}
