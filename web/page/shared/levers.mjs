// What sets a second set-up apart from a first, as the module tells it, in words.

import { endsOf, optionName, parameterName } from "./named.mjs";
import { text } from "./text.mjs";

// What was changed, in words: of each lever its name and from what to what.
export function leverWords(levers) {
  return levers.map(({ key, change }) => {
    const name = leverName(key);
    const [from, to] = change.replace(/\{[^{}]*\}/g, uncertainBriefly).split(" → ").map((side) => sideWords(ofEvery(key), side));
    return to === undefined ? text("compare.lever", { name, change: from }) : text("compare.lever_from", { name, from, to });
  });
}

// What was changed, as the controls call it. What is the same for every partner or need stands without a name in the module's answer.
function leverName(key) {
  const [scope, ...rest] = key.split(".");
  const name = rest.join(".");
  if (key === "partners") return parameterName("governance.partners");
  if (scope === "need" && rest.length === 1) return parameterName(`need."${text("compare.every_need")}".${name}`);
  const own = parameterName(ofEvery(key));
  return own === key && (scope === "intervention" || scope === "event") ? text(`compare.${scope}`, { name }) : own;
}

const ofEvery = (key) => key.replace(/^partner\./, "every_partner.");

// A word that was chosen in the words of the controls, with or without the quotes of a scenario.
const sideWords = (key, side) => (/^"?[a-z]\w*"?$/.test(side) ? optionName(key, side.replaceAll('"', "")) : side);

// What is drawn from a list or in another way than between two ends is told as such.
function uncertainBriefly(value) {
  const ends = endsOf(value);
  return ends === null ? text("compare.drawn") : text("compare.uncertain", { low: ends[0], high: ends[1] });
}
