// Conditions in words: what they ask, and what came out.

import { model, number, percent, text } from "../shared/text.mjs";
import { figuresOf, numberWithRange, outcomeValue, outcomeWithUnit, shareWithRange, valueWithRange } from "../shared/wording.mjs";

export const CONDITION_MARKS = { met: "✓", not_met: "✗", too_close: "≈" };

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

// What a condition is about.
export function quantityWords(condition) {
  const asked = parts(condition);
  return asked === null ? condition : happening(asked);
}

// The name of an outcome for people.
function outcomeName(name) {
  return name === "failed" ? text("panel.watch.failed") : outcomeWithUnit(name);
}

// The parts of a condition, so that it can be put in words: `P(alive > 0) >= 0.7` is { kind: "share", of: "alive", than: ">", level: 0,
// sign: ">=", bound: .7 }; null where it is of another form.
export function parts(condition) {
  const split = /^\s*(.+?)\s*(>=|<=|==|=|>|<)\s*(-?[\d.]+)\s*$/.exec(condition);
  if (split === null) return null;
  const [, left, sign, bound] = split;
  const share = /^P\(\s*([\w.]+)\s*(?:(>=|<=|==|=|>|<)\s*(-?[\d.]+)\s*)?\)$/.exec(left);
  if (share !== null) {
    return { kind: "share", of: share[1], than: share[2] ?? ">", level: Number(share[3] ?? 0), sign, bound: Number(bound) };
  }
  const mean = /^mean\(\s*([\w.]+)\s*\)$/.exec(left);
  return mean === null ? null : { kind: "mean", of: mean[1], sign, bound: Number(bound) };
}
