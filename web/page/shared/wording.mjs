// What the module found, in words. Nothing is computed here but roundings: every interval and verdict comes from the module.

import { hasText, model, money, number, percent, text } from "./text.mjs";

// How the values of an outcome are written: money in thousand pounds, shares as percentages, others as plain numbers.
const MONEY = new Set(["value", "coordination", "net_value", "premium"]);
const PLAIN_DIGITS = {
  months_survived: 1, survival_after_grant: 1, time_to_agreement: 2, time_to_integrate: 1, delay: 1, partners: 1, people: 0, innovations: 1,
  cost_per_person: 0, inequality: 3, realised: 2, turnover: 1,
};

// A text with its first letter large, to begin a sentence with.
export function capitalised(told) {
  const [first = "", ...rest] = told;
  return first.toLocaleUpperCase() + rest.join("");
}

// An interval of shares, rounded outwards, or it would claim too much: `68–73%`.
export function shareRange({ low, high }) {
  if (isOpen(low, high)) return number(null);
  const digits = shareDigits(low, high);
  const scale = 10 ** (2 + digits);
  // First away from what is but the error of computing it.
  const exactly = (share) => Math.round(share * scale * 1e6) / 1e6;
  const [from, to] = [Math.floor(exactly(low)) / scale, Math.ceil(exactly(high)) / scale];
  return text("results.range", { low: number(100 * from, digits), high: percent(to, digits) });
}

// Digits of a percentage and its interval: where all or nothing is near, one; and so many that its ends do not look the same.
function shareDigits(low, high) {
  return Math.max(low < 0.01 || high > 0.99 ? 1 : 0, intervalDigits(low, high));
}

function intervalDigits(low, high) {
  if (low === high) return 0;
  if (high - low < 0.002) return 2;
  return high - low < 0.02 ? 1 : 0;
}

// Whether an interval lacks an end.
function isOpen(low, high) {
  return (low ?? null) === null || (high ?? null) === null;
}

// In how many replications something happened, with the interval: `in 7 of 10 replications (68–73%)`.
export function howOften(share, n) {
  const values = { n: number(n), count: share.count, of: number(share.count), but: number(n - share.count), range: shareRange(share) };
  const ends = { low: percent(share.low, 1), high: percent(share.high, 1) };
  if (n === 1) return text(share.count === 1 ? "results.often.only" : "results.often.few", values);
  if (share.count === 0) return text("results.often.none", { ...values, ...ends });
  if (share.count === n) return text("results.often.all", { ...values, ...ends });
  if (share.share > 0.985 && n >= 100) return text("results.often.all_but", values);
  const tenths = near(10 * share.share, 0.25);
  if (n >= 20 && tenths > 0 && tenths < 10) return text("results.often.tenths", { ...values, k: number(tenths) });
  if (n < 100 || share.share < 0.015) return text("results.often.few", values);
  return text("results.often.hundredths", { ...values, k: number(100 * share.share) });
}

// A share as one reads it at a glance: `7 in 10`, `72 in 100`.
export function atAGlance(share, n) {
  if (n > 0 && share.count === 0) return text("results.glance.none");
  if (n > 0 && share.count === n) return text("results.glance.all");
  if (n < 20) return text("results.glance.of", { of: number(share.count), n: number(n) });
  const tenths = near(10 * share.share, 0.25);
  if (tenths > 0 && tenths < 10) return text("results.glance.tenths", { k: number(tenths) });
  if (share.share < 0.005 || share.share > 0.995) return text("results.glance.of", { of: number(share.count), n: number(n) });
  return text("results.glance.hundredths", { k: number(100 * share.share) });
}

// The whole number that a number is nearly, or nothing.
function near(value, within) {
  const whole = Math.round(value);
  return Math.abs(value - whole) <= within ? whole : 0;
}

// Shares of the same worlds, which together are all: `6 of 10`, or of 100 where tenths do not tell it.
export function partsOfWorlds(shares, n) {
  const whole = n < 20 ? n : [10, 100].find((of) => {
    const parts = shares.map((share) => Math.round(of * share));
    const isClose = shares.every((share, k) => Math.abs(of * share - parts[k]) <= 0.3);
    const isSeen = shares.every((share, k) => share === 0 || parts[k] > 0);
    return isClose && isSeen && parts.reduce((sum, part) => sum + part, 0) === of;
  }) ?? 100;
  const parts = shares.map((share) => Math.round(whole * share));
  // What rounding adds or takes is given back where it was most, and of several there where one sees it least: at the smallest.
  for (let over = parts.reduce((sum, part) => sum + part, 0) - whole; over !== 0; over -= Math.sign(over)) {
    const added = parts.map((part, k) => Math.sign(over) * (part - whole * shares[k]));
    const most = Math.max(...added);
    const places = parts.map((_, k) => k).filter((k) => added[k] > most - 1e-9);
    parts[places.reduce((one, other) => (shares[other] < shares[one] ? other : one))] -= Math.sign(over);
  }
  return { of: whole, parts: parts.map((part, k) => (part === 0 && shares[k] > 0 ? text("results.under_one") : number(part))) };
}

// The value of an outcome as it is written.
export function outcomeValue(name, value) {
  if (value === null || value === undefined) return number(null);
  if (MONEY.has(name)) return money(value);
  if (name in PLAIN_DIGITS) return number(value, PLAIN_DIGITS[name]);
  return percent(value, 1);
}

// How the numbers of an outcome stand at an axis: money, percent or plain.
export function figuresOf(name) {
  if (MONEY.has(name)) return "money";
  return name in PLAIN_DIGITS ? "plain" : "percent";
}

// A value of an outcome with its interval: `38% (35–41%)`, `£12,000 (£3,000 to £14,000)`. What has no spread has no interval.
export function valueWithRange(name, value, low, high) {
  if (low === high || isOpen(low, high)) return outcomeValue(name, value);
  if (figuresOf(name) === "percent") return shareWithRange(value, low, high);
  return withRange(outcomeValue(name, value), outcomeValue(name, low), outcomeValue(name, high));
}

// The same of a share, to the digits that its interval calls for.
export function shareWithRange(value, low, high) {
  return text("results.with_range", { value: percent(value, shareDigits(low, high)), range: shareRange({ low, high }) });
}

// The same of a plain number.
export function numberWithRange(value, low, high) {
  return withRange(number(value, 2), number(low, 2), number(high, 2));
}

function withRange(value, low, high) {
  return text("results.with_range", { value, range: text("results.from_to", { low, high }) });
}

// A difference in an outcome with its sign: `+£12,000`, `−3.0 points`. Differences of shares are points of a hundred: one digit after
// the point, two where one would show nothing.
export function outcomeDifference(name, value) {
  const size = Math.abs(100 * value);
  return difference(name, value, size > 0 && size < 0.1 ? 2 : 1);
}

// A difference and its interval to the same digits: `{ value: "+2.3 points", range: "+1.5 to +3.2" }`.
export function differenceWithRange(name, { mean, low, high }) {
  if (isOpen(low, high)) return { value: outcomeDifference(name, mean), range: number(null) };
  const digits = Math.max(1, intervalDigits(low, high));
  const end = (value) => (figuresOf(name) === "percent" ? inPoints(value, digits) : difference(name, value, digits));
  return { value: difference(name, mean, digits), range: text("results.from_to", { low: end(low), high: end(high) }) };
}

function difference(name, value, digits) {
  if (value === null || value === undefined) return number(null);
  if (figuresOf(name) === "percent") return text("results.points", { n: inPoints(value, digits) });
  return signed(value, (size) => outcomeValue(name, size));
}

function inPoints(share, digits) {
  return signed(share, (size) => number(100 * size, digits));
}

// The verdict on a difference as the key of its words. What is clear may be less than what matters: its whole interval is.
export function verdictOf({ verdict, low, high, smallest }) {
  const isClear = verdict === "better" || verdict === "worse";
  const isLittle = isClear && typeof smallest === "number" && low > -smallest && high < smallest;
  return isLittle ? `${verdict}_little` : verdict;
}

// An amount that has no sign, as of a difference that matters.
export function outcomeSize(name, value) {
  return outcomeDifference(name, value).replace(/^[+−]\u2060/, "");
}

// A number with its sign, which stays beside it; without one where as much as is written of it is nothing.
function signed(value, written) {
  const size = written(Math.abs(value));
  if (size === written(0)) return size;
  return `${value > 0 ? "+" : "−"}\u2060${size}`;
}

// An amount of money beside another: `£12,000 more`, `£3,000 less`, `no difference`.
export function moreOrLess(thousands) {
  if (thousands === null || thousands === undefined) return number(null);
  if (Math.abs(thousands) < 0.0005) return text("results.as_much");
  return text(thousands > 0 ? "results.more" : "results.less", { amount: money(Math.abs(thousands)) });
}

// Money with its sign: `+£12,000`.
export function signedMoney(thousands) {
  if (thousands === null || thousands === undefined) return number(null);
  return signed(thousands, money);
}

// What an interval says of zero: it lies above, below, or on both sides.
export function sideOfZero({ low, high }) {
  if (isOpen(low, high)) return "unclear";
  if (low > 0) return "above";
  return high < 0 ? "below" : "unclear";
}

// The heading of an outcome: a plain one where there is one, else that of the tables.
export function outcomeTitle(name) {
  const key = `results.outcomes.${name}`;
  return hasText(key) ? text(key) : model("outcomes", name, "title");
}

// The same with its unit, where its values are neither money nor shares.
export function outcomeWithUnit(name) {
  const key = `results.unit.${name}`;
  return hasText(key) ? text("results.with_unit", { name: outcomeTitle(name), unit: text(key) }) : outcomeTitle(name);
}

// The same within a sentence.
export function outcomeWord(name) {
  const title = outcomeTitle(name);
  return title.charAt(0).toLocaleLowerCase() + title.slice(1);
}
