import assert from "node:assert/strict";
import { test } from "node:test";
import { drawingPhrases, listed, money, percent, speak, text } from "../shared/text.mjs";
import { atAGlance, differenceWithRange, howOften, moreOrLess, numberWithRange, outcomeDifference, outcomeValue } from "../shared/wording.mjs";
import { partsOfWorlds, shareRange, sideOfZero, valueWithRange } from "../shared/wording.mjs";
import { share } from "./made_up.mjs";
import { strings } from "./strings.mjs";

speak(strings("en"));
const plain = (told) => told.replaceAll("\u2060", "");

test("how often is told in tenths where they say it, else in hundredths, else as counts", () => {
  assert.equal(howOften(share(706, 1000), 1000), "in 7 of 10 replications (67–74%)");
  assert.equal(howOften(share(750, 1000), 1000), "in 75 of 100 replications (72–78%)");
  assert.equal(howOften(share(3, 5), 5), "in 3 of 5 replications (57–63%)");
  assert.equal(howOften(share(4, 1000), 1000), "in 4 of 1,000 replications (0.0–3.4%)");
  assert.equal(howOften(share(997, 1000), 1000), "in all but 3 of 1,000 replications (96.7–100.0%)");
});

test("none and all are told as such, with what more replications might show", () => {
  assert.equal(howOften({ count: 0, share: 0, low: 0, high: 0.004 }, 1000), "in none of 1,000 replications (at most 0.4%)");
  assert.equal(howOften({ count: 1000, share: 1, low: 0.996, high: 1 }, 1000), "in all 1,000 replications (at least 99.6%)");
  assert.equal(howOften({ count: 1, share: 1, low: 0.2, high: 1 }, 1), "in the only replication");
  assert.equal(howOften({ count: 0, share: 0, low: 0, high: 0.7935 }, 1), "in 0 of 1 replications (0.0–79.4%)");
});

test("an interval is rounded outwards, but not away from what is exact", () => {
  assert.equal(shareRange({ low: 0.6799, high: 0.7301 }), "67–74%");
  assert.equal(shareRange({ low: 0.58, high: 0.6 }), "58–60%");
  assert.equal(shareRange({ low: null, high: null }), "–");
});

test("at a glance a share is never rounded to none or all that it is not", () => {
  assert.equal(atAGlance(share(706, 1000), 1000), "7 in 10");
  assert.equal(atAGlance(share(996, 1000), 1000), "996 of 1,000");
  assert.equal(atAGlance(share(0, 1000), 1000), "None");
  assert.equal(atAGlance(share(980, 1000), 1000), "98 in 100");
  assert.equal(atAGlance(share(2, 5), 5), "2 of 5");
});

test("parts of worlds add up to all of them", () => {
  assert.deepEqual(partsOfWorlds([0.61, 0.29, 0.1], 1000), { of: 10, parts: ["6", "3", "1"] });
  assert.deepEqual(partsOfWorlds([0.55, 0.35, 0.1], 1000), { of: 100, parts: ["55", "35", "10"] });
  assert.deepEqual(partsOfWorlds([0.916, 0.078, 0.006], 1000).parts, ["92", "8", "less than 1"]);
  assert.deepEqual(partsOfWorlds([0.334, 0.333, 0.333], 1000).parts, ["34", "33", "33"]);
  assert.deepEqual(partsOfWorlds([0.6, 0.4, 0], 5), { of: 5, parts: ["3", "2", "0"] });
  assert.deepEqual(partsOfWorlds([0.997, 0.003, 0], 1000).parts, ["100", "less than 1", "0"]);
});

test("money is told in words at any size and on both sides of zero", () => {
  assert.deepEqual([0, 12.3456, -190.4, 999.6, 1362, -3571].map(money).map(plain), ["£0", "£12,300", "−£190,000", "£1 million", "£1.36 million", "−£3.57 million"]);
  assert.deepEqual([5, -5, 0].map(moreOrLess), ["£5,000 more", "£5,000 less", "just as much"]);
});

test("differences have a sign, those of shares in points of a hundred", () => {
  assert.deepEqual(["alive", "premium", "partners"].map((name) => plain(outcomeDifference(name, -0.154))), ["−15.4 points", "−£154", "−0.2"]);
  assert.equal(plain(outcomeDifference("trust", 0.02)), "+2.0 points");
  assert.equal(plain(outcomeDifference("trust", -0.0004)), "−0.04 points");
  assert.deepEqual(["trust", "partners", "premium"].map((name) => plain(outcomeDifference(name, -0.00002))), ["0.00 points", "0.0", "£0"]);
  assert.deepEqual([outcomeValue("need_met", 0.5), outcomeValue("premium", 2000), outcomeValue("inequality", 0.5), outcomeValue("people", null)], ["50.0%", "£2 million", "0.500", "–"]);
});

test("a value has the digits that its interval calls for, and none of one where there is no spread", () => {
  assert.equal(valueWithRange("alive", 0.3812, 0.3514, 0.4117), "38% (35–42%)");
  assert.equal(valueWithRange("trust", 0.3812, 0.3781, 0.3844), "38.1% (37.8–38.5%)");
  assert.equal(valueWithRange("trust", 0.38121, 0.38112, 0.38131), "38.12% (38.11–38.14%)");
  assert.equal(valueWithRange("alive", 1, 1, 1), "100.0%");
  assert.equal(valueWithRange("premium", 12, 3, 14), "£12,000 (£3,000 to £14,000)");
  assert.equal(numberWithRange(0.25, 0.2, 0.3), "0.25 (0.20 to 0.30)");
});

test("a difference and both ends of its interval have the same digits", () => {
  const told = (name, mean, low, high) => Object.values(differenceWithRange(name, { mean, low, high })).map(plain);
  assert.deepEqual(told("trust", 0.02345, 0.015, 0.0321), ["+2.3 points", "+1.5 to +3.2"]);
  assert.deepEqual(told("trust", -0.0004, -0.0009, 0.0002), ["−0.04 points", "−0.09 to +0.02"]);
  assert.deepEqual(told("premium", 12, -3, 14), ["+£12,000", "−£3,000 to +£14,000"]);
  assert.deepEqual(told("trust", 0, 0, 0), ["0.0 points", "0.0 to 0.0"]);
  assert.deepEqual(told("trust", 0.1, null, null), ["+10.0 points", "–"]);
});

test("an interval lies on one side of zero only where it does so with both ends", () => {
  assert.deepEqual([[1, 2], [-2, -1], [-1, 1], [0, 1], [null, null]].map(([low, high]) => sideOfZero({ low, high })), ["above", "below", "unclear", "unclear", "unclear"]);
});

test("things in a row end with and", () => {
  assert.deepEqual([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(listed), ["", "a", "a and b", "a, b and c"]);
  assert.equal(percent(0.52, 1), "52.0%");
});

test("pictures get the words and signs of the page's language, what the module fills in left open", () => {
  const phrases = drawingPhrases();
  assert.deepEqual([phrases.range, phrases.percent, phrases.decimal, phrases.group], ["{low} to {high}", "{n}%", ".", ","]);
  assert.deepEqual(Object.entries(phrases).filter(([, told]) => told.startsWith("drawing.")), []);
  speak({ language: { code: "de" } });
  assert.deepEqual([drawingPhrases().decimal, drawingPhrases().group], [",", "."]);
  speak(strings("en"));
});

test("a value that would turn the order of signs round turns nothing, and letters of every script stay", () => {
  assert.equal(text("share.opened", { title: "a\u202eb\u2066c\u200f" }), "Opened: a\ufffdb\ufffdc\ufffd");
  assert.equal(text("share.opened", { title: "שלום العربية 市 👩‍🌾" }), "Opened: שלום العربية 市 👩‍🌾");
});
