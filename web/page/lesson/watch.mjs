// What a lesson watches, in few numbers: each outcome for each set-up, and what the second changes. Also a condition, an answer and a
// change in words.

import { make } from "../shared/dom.mjs";
import { model, number, percent, text } from "../shared/text.mjs";
import { differenceWithRange, figuresOf, numberWithRange, outcomeValue, outcomeWithUnit, shareWithRange, valueWithRange, verdictOf } from "../shared/wording.mjs";
import { FACILITATION_PATHS, facilitationOf } from "../state/facilitator.mjs";
import { conditionOf, conditionsIn, parts, setupAt } from "./judge.mjs";
import { optionName, parameterName, parameterValue } from "../shared/named.mjs";

// The name of an outcome for people.
function outcomeName(name) {
  return name === "failed" ? text("panel.watch.failed") : outcomeWithUnit(name);
}

// A paired difference in words: the verdict, the difference, its interval.
function differenceWords(name, found) {
  const verdict = text(`compare.verdict.${verdictOf(found)}`);
  return found.verdict === "same" ? verdict : text("panel.watch.verdict", { verdict, ...differenceWithRange(name, found) });
}

// What a condition asks, in words: "Alive at the horizon, in the share of replications: at least 70 %". One of another form is shown
// as it is written.
export function conditionWords(condition) {
  const asked = parts(condition);
  if (asked === null) return condition;
  const bound = asked.kind === "share" ? percent(asked.bound) : boundWords(asked.of, asked.bound);
  return text(`panel.challenge.condition_${asked.kind}`, { outcome: happening(asked), sign: text(`panel.challenge.${SIGNS[asked.sign]}`), bound });
}

const SIGNS = { ">=": "at_least", "<=": "at_most", ">": "more_than", "<": "less_than", "=": "exactly", "==": "exactly" };

// What occurs or does not: the outcome alone where it is a matter of yes or no, otherwise with its level.
function happening({ kind, of, than, level }) {
  if (kind === "mean" || of === "failed" || model("outcomes", of, "unit") === "0 or 1") return outcomeName(of);
  return text("panel.watch.beyond", { outcome: outcomeName(of), sign: text(`panel.challenge.${SIGNS[than]}`), level: boundWords(of, level) });
}

// A level that somebody set, without digits that say nothing.
function boundWords(name, bound) {
  if (figuresOf(name) === "money") return outcomeValue(name, bound);
  return figuresOf(name) === "percent" ? percent(bound, Number.isInteger(100 * bound) ? 0 : 1) : number(bound, Number.isInteger(bound) ? 0 : 1);
}

// The value of a condition as it came out, with its interval.
export function conditionValue({ text: condition, value, low, high }) {
  if (value === undefined || value === null) return text("panel.challenge.open");
  const asked = parts(condition);
  if (asked === null) return numberWithRange(value, low, high);
  return asked.kind === "share" ? shareWithRange(value, low, high) : valueWithRange(asked.of, value, low, high);
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
  return [text("panel.outcome.of_setup", { name: outcomeName(outcome), value: told })];
}

function quantityWords(condition) {
  const asked = parts(condition);
  return asked === null ? condition : happening(asked);
}

// The table of what a lesson watches, from a result. Of two set-ups both values stand in one line, with what the second changes below.
export function watchTable(outcomes, result) {
  const isPair = result.setups.length === 2 && result.differences !== null;
  const heads = ["measure", isPair ? "both" : "setup"].map((head) => make("th", { scope: "col" }, text(`panel.watch.${head}`)));
  const row = (name) => make("tr", {}, make("th", { scope: "row" }, outcomeName(name)), make("td", {}, isPair ? pairWords(name, result) : meanWords(name, result)));
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

// A value that is set, as the controls show it.
export function settingWords(path, value) {
  const told = String(value);
  if (path !== FACILITATION_PATHS[0]) return parameterValue(path, told);
  return text("panel.challenge.days_a_month", { count: facilitationOf({ [path]: told }, null) });
}

// What a challenge lets one change, with its bounds.
export function choiceWords({ path, low, high, options }) {
  const name = parameterName(path);
  if (options !== undefined) return text("panel.challenge.choice_options", { name, options: options.map((word) => optionName(path, word)).join(", ") });
  return low === undefined ? name : text("panel.challenge.choice_range", { name, low, high });
}
