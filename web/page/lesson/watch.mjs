// What a lesson watches, in few numbers: each outcome for each set-up, and what the second changes; and the numbers behind claims.

import { make } from "../shared/dom.mjs";
import { number, percent, text } from "../shared/text.mjs";
import { differenceWithRange, outcomeValue, outcomeWithUnit, shareWithRange, valueWithRange, verdictOf } from "../shared/wording.mjs";
import { conditionsIn } from "../state/asked.mjs";
import { conditionValue, quantityWords } from "./conditions.mjs";
import { conditionOf, setupAt } from "./judge.mjs";

// A paired difference in words: the verdict, the difference, its interval.
function differenceWords(name, found) {
  const verdict = text(`compare.verdict.${verdictOf(found)}`);
  return found.verdict === "same" ? verdict : text("panel.watch.verdict", { verdict, ...differenceWithRange(name, found) });
}

// The numbers behind claims, one line each.
export function numbersOf(claims, result) {
  return [...new Set(claims.flatMap((claim) => (conditionsIn(claim).length > 0 ? ofConditions(claim, result) : ofDifference(claim, result))))];
}

function ofConditions(claim, result) {
  const found = conditionsIn(claim).map((condition) => conditionOf(result, setupAt(claim), condition));
  const name = (condition) => (result.setups.length === 2 ? text("panel.outcome.in_setup", { name: quantityWords(condition), setup: text(`panel.watch.setup_${setupAt(claim)}`) }) : quantityWords(condition));
  return found.filter((one) => one !== undefined).map((one) => text("panel.outcome.of_setup", { name: name(one.text), value: conditionValue(one) }));
}

function ofDifference({ outcome }, { setups, differences }) {
  const difference = differences?.[outcome];
  if (difference === undefined) return [];
  const [first, second] = setups.map(({ summary }) => outcomeValue(outcome, summary[outcome].mean));
  const told = text("panel.outcome.differs", { values: text("panel.watch.from_to", { first, second }), difference: differenceWords(outcome, difference) });
  return [text("panel.outcome.of_setup", { name: outcomeWithUnit(outcome), value: told })];
}

// The table of what a lesson watches, from a result. Of two set-ups both values stand in one line, with what the second changes below.
export function watchTable(outcomes, result) {
  const isPair = result.setups.length === 2 && result.differences !== null;
  const heads = ["measure", isPair ? "both" : "setup"].map((head) => make("th", { scope: "col" }, text(`panel.watch.${head}`)));
  const row = (name) => make("tr", {}, make("th", { scope: "row" }, outcomeWithUnit(name)), make("td", {}, isPair ? pairWords(name, result) : meanWords(name, result)));
  return make("table", {},
    make("caption", {}, text(isPair ? "panel.watch.caption_two" : "panel.watch.caption_one", { count: number(result.replications) })),
    make("thead", {}, make("tr", {}, heads)),
    make("tbody", {}, outcomes.filter((name) => result.setups[0].summary[name] !== undefined).flatMap((name) => [row(name), ...beatingRow(name, result)])));
}

// In how many replications working together beats working alone, below the premium: the form in which lessons ask for it.
function beatingRow(name, { setups }) {
  if (name !== "premium") return [];
  const shares = setups.map(({ summary }) => summary.premium.above_zero);
  const [{ share, low, high }] = shares;
  const [first, second] = shares.map((one) => percent(one.share, 1));
  const told = shares.length === 2 ? text("panel.watch.from_to", { first, second }) : shareWithRange(share, low, high);
  return [make("tr", {}, make("th", { scope: "row" }, text("panel.watch.beats")), make("td", {}, told))];
}

function meanWords(name, { setups: [{ summary }] }) {
  const { mean, mean_low, mean_high } = summary[name];
  return valueWithRange(name, mean, mean_low, mean_high);
}

function pairWords(name, { setups, differences }) {
  const [first, second] = setups.map(({ summary }) => outcomeValue(name, summary[name].mean));
  return [make("div", {}, text("panel.watch.from_to", { first, second })),
    make("div", { class: `is-${differences[name].verdict}` }, differenceWords(name, differences[name]))];
}
