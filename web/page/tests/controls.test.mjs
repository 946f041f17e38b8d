import assert from "node:assert/strict";
import { test } from "node:test";
import { firstPaths } from "../controls/controls.mjs";
import { facilitationChanges, facilitationOf } from "../shared/facilitator.mjs";
import { progressWords } from "../controls/run.mjs";
import { endsOf, sourceWords } from "../shared/named.mjs";
import { shownOf, valuesFor } from "../controls/shown.mjs";
import { FIRST, nextStep, sliderOf } from "../controls/sliders.mjs";
import { changed, pathWord, resultKey, setups, valueText } from "../state/state.mjs";
import { speak } from "../shared/text.mjs";
import { conditionsOf } from "../state/asked.mjs";
import { repaired } from "../state/mended.mjs";
import { faultsOf } from "../state/work.mjs";
import { strings } from "./strings.mjs";

speak(strings("en"));

const LESSONS = [
  { name: "one", scenario: { name: "one", text: "title = \"One\"" }, sliders: ["trust.initial"] },
  { name: "two", scenario: { name: "two", text: "title = \"Two\"" } },
];
const STATE = { lesson: "one", base: null, first: {}, second: null, replications: 1000, seed: null };

test("days of facilitation come back from what they change", () => {
  for (const days of [0.5, 1, 2.5, 8]) {
    const changes = facilitationChanges(days, { interventions: [] }, { months: 36 });
    assert.equal(facilitationOf(changes, null), days);
    assert.match(changes["intervention.facilitator"], new RegExp(`end = 36, dose = ${days / 8},`));
  }
  assert.deepEqual(facilitationChanges(0, { interventions: [] }, { months: 36 }), { "intervention.facilitator": null });
  const none = facilitationChanges(0, { interventions: [] }, { months: 36, isBeneath: true });
  assert.equal(facilitationOf(none, null), 0);
  assert.notEqual(none["intervention.facilitator"], null, "the first set-up has it, so that leaving it out has to be said");
});

test("a facilitator that a scenario has is changed and not replaced", () => {
  const base = { interventions: [{ name: "facilitator", dose: 0.25 }] };
  assert.equal(facilitationOf({}, base), 2);
  const changes = facilitationChanges(4, base, { months: 36 });
  assert.deepEqual(changes, { "intervention.facilitator.dose": "0.5", "intervention.facilitator.cost": "2.4" });
  assert.equal(facilitationOf(changes, base), 4);
});

test("a slider has a sensible range, and none where all that is allowed would be too wide", () => {
  assert.deepEqual(sliderOf("trust.memory", { kind: "number", low: 0, high: 1 }), { low: 0, high: 1, step: 0.01 });
  assert.equal(sliderOf("dialogue.rounds", { kind: "whole", low: 1, high: 50 }).high, 10);
  assert.equal(sliderOf("communication.message_cost", { kind: "number", low: 0, high: 100000 }), null);
  assert.equal(sliderOf("sharing.rule", { kind: "choice", options: ["equal"] }), null);
  assert.equal(sliderOf("nothing.known", undefined), null);
});

test("the ends of an uncertainty are told where it has ends", () => {
  assert.deepEqual(endsOf("{ pert = [0.35, 0.6, 0.85] }"), [0.35, 0.85]);
  assert.deepEqual(endsOf("{ uniform = [0.2, 0.4] }"), [0.2, 0.4]);
  for (const value of ["0.5", "{ normal = [6500, 900] }", "{ pert = [a, b] }", "{ pert = [1] }"]) assert.equal(endsOf(value), null, value);
});

test("what stands first is the lesson's, or the few of every partnership", () => {
  assert.deepEqual(firstPaths(STATE, { lessons: LESSONS }), ["trust.initial"]);
  assert.deepEqual(firstPaths({ ...STATE, lesson: "two" }, { lessons: LESSONS }), FIRST);
  assert.deepEqual(firstPaths({ ...STATE, lesson: null }, { lessons: LESSONS }), FIRST);
});

test("the second set-up is made on top of the first, and the seed is that of both", () => {
  const state = { ...STATE, first: { "a.x": "1", "a.y": "2" }, second: { "a.y": "3" }, seed: "7" };
  const [first, second] = setups(state, LESSONS);
  assert.deepEqual(first.changes, [["a.x", "1"], ["a.y", "2"], ["seed", "7"]]);
  assert.deepEqual(second.changes, [["a.x", "1"], ["a.y", "3"], ["seed", "7"]]);
  assert.notEqual(first.name, second.name);
  assert.equal(setups({ ...state, second: null }, LESSONS).length, 1);
  assert.notEqual(resultKey(state, LESSONS), resultKey({ ...state, replications: 2000 }, LESSONS));
  assert.equal(resultKey(state, LESSONS), resultKey({ ...state, replication: 5 }, LESSONS), "the same numbers, whichever replication is looked at");
});

test("a change is made and put back in the set-up that is looked at", () => {
  const state = { ...STATE, first: { "a.x": "1" }, second: {} };
  assert.deepEqual(changed(state, 0, { "a.y": "2", "a.x": null }), { first: { "a.y": "2" } });
  assert.deepEqual(changed(state, 1, { "a.y": "2" }), { second: { "a.y": "2" } });
  assert.equal(valueText({ kind: "x\"y", doses: [1, "a"] }), '{ kind = "x\\"y", doses = [1, "a"] }');
});

test("a fault is told once, with the change and the set-up it belongs to, and that change is what is left out", () => {
  const state = { ...STATE, base: { name: "f", text: "" }, first: { "a.x": "9", "a.y": "1" }, second: { "a.z": "8" }, seed: "7" };
  const asked = setups(state, LESSONS);
  const bad = (change) => ({ message: `bad ${asked[1].changes[change]?.[0]}`, help: "", change });
  const faults = faultsOf([{ faults: [bad(0)] }, { faults: [bad(0), bad(2)] }], asked, state);
  assert.deepEqual(faults.map(({ path, setup }) => [path, setup]), [["a.x", 0], ["a.z", 1]]);
  const { changes, notes } = repaired(faults, state);
  assert.deepEqual(changes, { first: { "a.y": "1" }, second: {} });
  assert.deepEqual(notes.map(({ key, part }) => [key, part]), [["change", "a.x"], ["change", "a.z"]]);
  const ofText = faultsOf([{ faults: [{ message: "m", change: null, line: 3 }] }], asked, state);
  assert.equal(repaired(ofText, state).changes.base, null, "a scenario that is wrong in itself is left out");
});

test("a lesson's conditions are asked once each", () => {
  const lesson = {
    challenge: { conditions: ["P(alive > 0) >= 0.7", "mean(trust) >= 0.5"] },
    predict: [{ option: [{ name: "a", condition: "P(alive > 0) >= 0.7" }, { name: "b", outcome: "alive", verdicts: ["same"] }] }],
    notice: [{ holds: [{ condition: "P(premium > 0) < 0.6" }] }],
  };
  assert.deepEqual(conditionsOf(lesson), ["P(alive > 0) >= 0.7", "mean(trust) >= 0.5", "P(premium > 0) < 0.6"]);
  assert.deepEqual(conditionsOf(null), []);
});

test("the time left is told when it can be", () => {
  assert.equal(progressWords({ done: 0, of: 1000, since: 0 }, 5000), "0 of 1,000 replications.");
  assert.equal(progressWords({ done: 500, of: 1000, since: 0 }, 500), "500 of 1,000 replications.");
  assert.match(progressWords({ done: 250, of: 1000, since: 0 }, 5000), /15 seconds left/);
  assert.match(progressWords({ done: 1000, of: 100000, since: 0 }, 5000), /9 minutes left/);
});

test("a source is told without its number where it has a name", () => {
  assert.equal(sourceWords("M20 Harkin 2016 (d = .40)"), "Harkin 2016 (d = .40)");
  assert.equal(sourceWords("M24; Marlow 2018 (that quality matters; value ours)"), "Marlow 2018 (that quality matters; value ours)");
  assert.equal(sourceWords("choice of partnersim"), "choice of partnersim");
  assert.match(sourceWords("M16 (which rule is ours)"), /^M16 .*docs\/science\.md/);
  assert.match(sourceWords("M18, R15"), /^M18, R15 /);
});

const BASE = { horizon_months: 36, interventions: [], values: { "trust.initial": { value: "0.4", number: 0.4 }, "sharing.rule": { value: '"equal"', number: null }, "dialogue.goal_spread": { value: "{ pert = [0.1, 0.2, 0.3] }", number: 0.2 } } };
const FOUND = { base: BASE, described: [BASE], faults: [] };

test("a control that has its own value again is changed no longer, in the second that of the first", () => {
  const state = { first: { "trust.initial": "0.6" }, second: {} };
  assert.deepEqual(valuesFor(state, FOUND, 0, "trust.initial", "0.40"), { "trust.initial": null });
  assert.deepEqual(valuesFor(state, FOUND, 0, "trust.initial", "0.5"), { "trust.initial": "0.5" });
  assert.deepEqual(valuesFor(state, FOUND, 1, "trust.initial", "0.6"), { "trust.initial": null });
  assert.deepEqual(valuesFor(state, FOUND, 1, "trust.initial", "0.4"), { "trust.initial": "0.4" });
  assert.deepEqual(valuesFor(state, FOUND, 0, "sharing.rule", "equal"), { "sharing.rule": null });
  assert.deepEqual(valuesFor(state, FOUND, 0, "dialogue.goal_spread", null), { "dialogue.goal_spread": null });
});

test("a control shows what is in force in its set-up, and what the other has where that is another", () => {
  const state = { first: { "trust.initial": "0.6" }, second: { "trust.initial": "0.8" } };
  const shown = (at, path) => shownOf(state, FOUND, at, path);
  assert.deepEqual([shown(0, "trust.initial").number, shown(1, "trust.initial").number], [0.6, 0.8]);
  assert.match(shown(0, "trust.initial").differs, /0\.8/);
  assert.match(shown(1, "trust.initial").differs, /0\.6/);
  assert.deepEqual(shown(1, "dialogue.goal_spread"), { value: "{ pert = [0.1, 0.2, 0.3] }", number: 0.2, isUncertain: true, fault: null, differs: "" });
});

test("a fault of the first set-up stands at the field of both, one of the second at its own", () => {
  const state = { first: {}, second: { "trust.initial": "2" } };
  const fault = (setup, at) => shownOf(state, { ...FOUND, faults: [{ path: "trust.initial", setup, message: "no" }] }, at, "trust.initial").fault;
  assert.deepEqual([fault(0, 0), fault(0, 1), fault(1, 0), fault(1, 1)].map((one) => one !== null), [true, true, false, true]);
});

test("facilitation is one control for the keys of an intervention", () => {
  const state = { first: {}, second: null };
  const first = valuesFor(state, FOUND, 0, "facilitation", "2");
  assert.equal(shownOf({ first, second: null }, FOUND, 0, "facilitation").number, 2);
  assert.deepEqual(Object.values(valuesFor({ first, second: {} }, FOUND, 1, "facilitation", "2")), [null, null, null]);
  const second = valuesFor({ first, second: {} }, FOUND, 1, "facilitation", "0");
  const both = { first, second };
  assert.deepEqual([0, 1].map((at) => shownOf(both, FOUND, at, "facilitation").number), [2, 0]);
  assert.match(shownOf(both, FOUND, 1, "facilitation").differs, /2/);
});

test("a word of a path is taken as it stands in its quotes, a backslash too", () => {
  assert.deepEqual(["council", "e\\f", "a. b", "c'd", "市"].map(pathWord), ["council", '"e\\f"', '"a. b"', '"c\'d"', '"市"']);
});

test("an arrow key goes to the next step of the slider and no further than is allowed", () => {
  const [slider, share] = [{ low: 0, high: 1, step: 0.05 }, { low: 0, high: 1 }];
  const near = (found, wanted) => assert.ok(Math.abs(found - wanted) < 1e-9, `${found} is not ${wanted}`);
  near(nextStep(0.55, 1, slider, share), 0.6);
  near(nextStep(0.15, 1, slider, share), 0.2);
  near(nextStep(0.15, -1, slider, share), 0.1);
  near(nextStep(0.557, 1, slider, share), 0.6);
  near(nextStep(0.557, -1, slider, share), 0.55);
  near(nextStep(1, 1, slider, share), 1);
  near(nextStep(0, -1, slider, share), 0);
  // A slider may end before what is allowed.
  near(nextStep(100, 1, { low: 0, high: 100, step: 1 }, { low: 0, high: 10000 }), 101);
  near(nextStep(-0.5, -1, { low: -0.5, high: 0.5, step: 0.01 }, { low: -2, high: 2 }), -0.51);
});
