// What the module says is wrong. Its messages are in English in every language.

import { make } from "./dom.mjs";
import { parameterName } from "./named.mjs";
import { text, upright } from "./text.mjs";

// A fault, or what looks odd, as the module says it.
export function faultSentence({ message, help }) {
  return upright([message, help].filter(Boolean).join(". "));
}

// A fault in words: what is wrong, what is allowed, and the line it stands in where it is of a text.
export function faultWords({ path, line, text: lineText, ...fault }) {
  const where = path ? make("strong", {}, `${parameterName(path)}: `) : line ? make("strong", {}, `${text("share.line", { line })} `) : null;
  const told = make("span", { lang: "en" }, faultSentence(fault));
  const quoted = !path && lineText ? make("pre", {}, lineText.length > 200 ? `${lineText.slice(0, 200)}…` : lineText) : null;
  return make("div", {}, where, told, quoted);
}
