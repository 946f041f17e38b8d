import assert from "node:assert/strict";
import { test } from "node:test";
import { answerOf, challengeStands, isAsOpened, judged, notAllowed } from "../lesson/judge.mjs";
import { parts } from "../lesson/conditions.mjs";
import { START } from "../state/state.mjs";

const LIVES = "P(alive > 0) >= 0.7";
const CHEAP = "mean(coordination) <= 90";
const LESSON = {
  name: "free_riding",
  second: { "monitoring.interval": "3" },
  predict: [
    { option: [{ conditions: [LIVES] }, { condition: "P(alive > 0) < 0.7" }] },
    { option: [{ outcome: "premium", verdicts: ["better"] }, { outcome: "premium", verdicts: ["worse"] }, { outcome: "premium", verdicts: ["same", "unclear"] }] },
  ],
  challenge: { conditions: [LIVES, CHEAP], choice: [{ path: "trust.initial", low: 0.2, high: 0.8 }, { path: "facilitation", low: 0, high: 4 }, { path: "sharing.rule", options: ["equal", "by_need"] }] },
};

const cameOut = (text, holds) => ({ text, value: .7, low: .68, high: .72, holds });
const result = (lives, cheap, verdict) => ({
  setups: [{ conditions: [cameOut(LIVES, lives), cameOut("P(alive > 0) < 0.7", lives === "met" ? "not_met" : lives === "not_met" ? "met" : "too_close"), cameOut("mean(coordination)<=90", cheap)] }],
  differences: { premium: { verdict } },
});

test("a choice is right where the model did what it says", () => {
  assert.equal(judged(LESSON.predict[0], 0, result("met", "met", "better")), "right");
  assert.equal(judged(LESSON.predict[0], 1, result("met", "met", "better")), "wrong");
  assert.equal(judged(LESSON.predict[0], 1, result("not_met", "met", "better")), "right");
});

test("nobody is right or wrong where it is too close to call", () => {
  assert.equal(judged(LESSON.predict[0], 0, result("too_close", "met", "better")), "close");
  assert.deepEqual(answerOf(LESSON.predict[0], result("too_close", "met", "better")), { right: null, isClose: true });
});

test("no clear difference and no difference at all are one answer", () => {
  assert.equal(answerOf(LESSON.predict[1], result("met", "met", "unclear")).right, 2);
  assert.equal(answerOf(LESSON.predict[1], result("met", "met", "same")).right, 2);
  assert.equal(answerOf(LESSON.predict[1], result("met", "met", "worse")).right, 1);
});

test("without a result nothing is judged", () => {
  assert.equal(judged(LESSON.predict[0], 0, null), null);
  assert.equal(judged(LESSON.predict[1], 0, { setups: [{ conditions: [] }], differences: null }), null);
  assert.equal(challengeStands(LESSON.challenge, START, null).verdict, null);
});

test("a challenge is met when all of it is, and by what it allows alone", () => {
  const allowed = { ...START, first: { "trust.initial": "0.7", "intervention.facilitator.dose": "0.25", "intervention.facilitator.cost": "1.2" } };
  const verdict = (state, ...came) => challengeStands(LESSON.challenge, state, result(...came)).verdict;
  assert.equal(verdict(allowed, "met", "met"), "met");
  assert.equal(verdict(allowed, "met", "not_met"), "not_met");
  assert.equal(verdict(allowed, "too_close", "not_met"), "not_met");
  assert.equal(verdict(allowed, "too_close", "met"), "too_close");
  const other = { ...START, first: { "trust.initial": "0.7" }, second: { "trust.initials": "1" } };
  assert.equal(verdict(other, "met", "met"), "forbidden");
  // What is not met is not said to be, by whatever means.
  assert.equal(verdict(other, "met", "not_met"), "not_met");
  assert.equal(verdict(other, "too_close", "met"), "too_close");
  assert.deepEqual(notAllowed(LESSON.challenge, other), ["trust.initials"]);
});

test("what a challenge allows has its bounds", () => {
  const of = (first) => notAllowed(LESSON.challenge, { ...START, first });
  assert.deepEqual(of({ "trust.initial": "0.8" }), []);
  assert.deepEqual(of({ "trust.initial": "0.81" }), ["trust.initial"]);
  assert.deepEqual(of({ "trust.initial": "{ min = 0, max = 1 }" }), ["trust.initial"]);
  assert.deepEqual(of({ "sharing.rule": "by_need" }), []);
  assert.deepEqual(of({ "sharing.rule": '"by_need"' }), []);
  assert.deepEqual(of({ "sharing.rule": "by_size" }), ["sharing.rule"]);
  const facilitator = (dose) => ({ "intervention.facilitator": `{ kind = "facilitated_events", start = 1, end = 48, dose = ${dose}, cost = 1.2 }` });
  assert.deepEqual(of(facilitator("0.5")), []);
  assert.deepEqual(of(facilitator("0.75")), ["intervention.facilitator"]);
});

test("what the challenge starts with is allowed as long as it stays", () => {
  const challenge = { ...LESSON.challenge, start: { "governance.partners": "9" } };
  assert.deepEqual(notAllowed(challenge, { ...START, first: { "governance.partners": "9" } }), []);
  assert.deepEqual(notAllowed(challenge, { ...START, first: { "governance.partners": "7" } }), ["governance.partners"]);
  assert.deepEqual(notAllowed(challenge, START), ["governance.partners"]);
});

test("with two set-ups the second one is the reader's", () => {
  const two = result("not_met", "met");
  two.setups.push({ conditions: [cameOut(LIVES, "met"), cameOut(CHEAP, "met")] });
  assert.equal(challengeStands(LESSON.challenge, START, two).verdict, "met");
});

test("a lesson is as it opened until something is changed, in whatever order changes stand", () => {
  const opened = { ...START, lesson: "free_riding", second: { "monitoring.interval": "3" } };
  assert.ok(isAsOpened(opened, LESSON));
  assert.ok(!isAsOpened({ ...opened, first: { "trust.initial": "0.2" } }, LESSON));
  assert.ok(!isAsOpened({ ...opened, second: null }, LESSON));
  assert.ok(!isAsOpened({ ...opened, seed: "3" }, LESSON));
  assert.ok(isAsOpened({ ...opened, second: { b: "1", a: "2" } }, { ...LESSON, second: { a: "2", b: "1" } }));
});

test("a condition has parts that can be put in words", () => {
  assert.deepEqual(parts(LIVES), { kind: "share", of: "alive", than: ">", level: 0, sign: ">=", bound: .7 });
  assert.deepEqual(parts("P(failed) < 0.3"), { kind: "share", of: "failed", than: ">", level: 0, sign: "<", bound: .3 });
  assert.deepEqual(parts(CHEAP), { kind: "mean", of: "coordination", sign: "<=", bound: 90 });
  assert.equal(parts("q05(trust) >= 0.3"), null);
});

test("an option of several conditions is right where all of them hold", () => {
  const question = { option: [{ conditions: ["mean(trust) >= 0.2", "mean(trust) < 0.6"], setup: "second" }] };
  const at = (low, high) => ({ setups: [{ conditions: [] }, { conditions: [cameOut("mean(trust) >= 0.2", low), cameOut("mean(trust) < 0.6", high)] }] });
  assert.deepEqual(answerOf(question, at("met", "met")), { right: 0, isClose: false });
  assert.deepEqual(answerOf(question, at("met", "too_close")), { right: null, isClose: true });
  assert.deepEqual(answerOf(question, at("not_met", "too_close")), { right: null, isClose: false });
});
