import assert from "node:assert/strict";
import { test } from "node:test";
import { basis, failureSentence, gainAnswer, lastingAnswer, worthAnswer } from "../results/answers.mjs";
import { causesChart, gainsChart, monthlyChart, monthlyChoices, premiumChart, survivalChart } from "../results/charts.mjs";
import { differenceSentence, neededWords, pairAnswers, worldsSentence } from "../results/compare.mjs";
import { leverWords } from "../shared/levers.mjs";
import { exported } from "../results/export.mjs";
import { drawable } from "../shared/figure.mjs";
import { fileName, stacked } from "../shared/painting.mjs";
import { differencesChart, pairPremiumCharts, pairSurvivalChart, worldsChart } from "../results/pair_charts.mjs";
import { headline } from "../results/results.mjs";
import { speak } from "../shared/text.mjs";
import { madeUpPair, madeUpResult, madeUpSetup, share } from "./made_up.mjs";
import { strings } from "./strings.mjs";

speak(strings("en"));
const plain = (told) => told.replaceAll("\u2060", "");

test("the first answer tells how often it lasts and what ends it most often", () => {
  const { figure, told } = lastingAnswer(madeUpSetup(), 36);
  assert.equal(figure, "7 in 10");
  assert.equal(told[0], "In 7 of 10 replications (67–73%) the partnership still stands after 36 months.");
  assert.match(told[1], /in 2 of 10 replications/);
});

test("the second answer says more or less than alone, and how often it is less", () => {
  const of = (q50) => worthAnswer(madeUpSetup({ summary: { premium: { ...madeUpSetup().summary.premium, q50 } } }));
  assert.deepEqual([of(120).figure, of(-120).figure], ["£120,000", "£120,000"]);
  assert.match(of(120).unit, /^more than/);
  assert.match(of(-120).unit, /^less than/);
  assert.match(of(120).told.join(" "), /In 3 of 10 replications \(27–33%\) it is below zero/);
});

test("the third answer counts as gaining only whose whole interval is above zero", () => {
  const { figure, told } = gainAnswer(madeUpSetup(), true);
  assert.equal(figure, "1 of 3");
  assert.equal(told[0], "On average, of 3 partners 1 clearly does better together than alone, 1 clearly does worse and for 1 it is not clear.");
  assert.match(told.at(-1), /grant/);
  const [, winner] = madeUpSetup().partners;
  assert.match(gainAnswer(madeUpSetup({ partners: [winner, winner] }), false).told[0], /all 2 partners clearly do better/);
  assert.equal(gainAnswer(madeUpSetup({ partners: [] }), false), null);
});

test("a run that was stopped or is short says so", () => {
  assert.equal(basis(madeUpResult(), "7").length, 1);
  const told = basis(madeUpResult({ replications: 128, is_complete: false }), "7");
  assert.match(told[1], /128 of 1,000/);
  assert.match(told[2], /only 128 replications/);
  assert.match(headline(madeUpResult()), /^1,000 replications done. In 7 of 10/);
});

test("every picture has words, a table as wide as its head, and goes to the module without its table", () => {
  const [found, pair] = [madeUpSetup(), madeUpPair()];
  const single = [survivalChart(found, 24), premiumChart(found), gainsChart(found), causesChart(found), monthlyChart(found, "trust_share")];
  const both = [pairSurvivalChart(pair), ...pairPremiumCharts(pair), differencesChart(pair), worldsChart(pair)];
  for (const chart of [...single, ...both]) {
    assert.ok(chart.title && !chart.title.includes(".") && chart.told.endsWith("."), chart.told);
    assert.ok(chart.table.rows.length > 0 && chart.table.rows.every((row) => row.length === chart.table.head.length), chart.name);
    assert.ok(!/results\.|compare\.|\{\w+\}/.test(JSON.stringify(chart)), chart.name);
    assert.equal(drawable(chart).table, undefined);
  }
  assert.equal(new Set([...single, ...both].map((chart) => chart.name)).size, single.length + both.length);
});

test("bars far out are told and not drawn", () => {
  const chart = premiumChart(madeUpSetup());
  assert.equal(chart.histogram.bins.length, 2);
  assert.match(plain(chart.told), /Not drawn, as they lie far out: 0.4% below −£100,000/);
});

test("nothing is drawn where there is nothing", () => {
  const empty = madeUpSetup({ survival: [], bars: {}, partners: [], causes: { money: { count: 0, share: null, low: null, high: null } }, months: {}, failed: share(0, 1000) });
  assert.deepEqual([survivalChart(empty, null), premiumChart(empty), gainsChart(empty), causesChart(empty), monthlyChart(empty, "trust_share")], Array(5).fill(null));
  assert.deepEqual(monthlyChoices(empty), []);
  assert.match(failureSentence(empty), /^In none/);
});

test("causes that were not there are left out, and the commonest is first", () => {
  assert.deepEqual(causesChart(madeUpSetup()).rows.rows.map((row) => row.value), [0.75, 0.25]);
});

test("only measures that have a heading can be followed month by month", () => {
  assert.deepEqual(monthlyChoices(madeUpSetup()).map(({ measure }) => measure), ["trust_share"]);
});

test("both premiums stand in bars with the same edges, each with its own heights", () => {
  const [first, second] = pairPremiumCharts(madeUpPair()).map(({ histogram: { bins } }) => bins);
  assert.deepEqual(first.map(({ from, to }) => [from, to]), second.map(({ from, to }) => [from, to]));
  assert.deepEqual([first, second].map((bins) => bins.map(({ height }) => height)), [[0.296, 0.7, 0], [0.198, 0.5, 0.3]]);
  assert.deepEqual(pairPremiumCharts({ ...madeUpPair(), bars_of_both: {} }), [null, null]);
});

test("a difference is told with its verdict, and an unclear one with what would show it", () => {
  const pair = madeUpPair();
  const told = (name) => plain(differenceSentence(pair, name));
  assert.match(told("alive"), /clearly more partnerships still stand at the end: .* a difference of \+12\.0 points \(\+10\.0 to \+14\.0\)/);
  assert.match(told("premium"), /clearly better with the second set-up, on average £20,000 more/);
  assert.match(told("coordination"), /clearly worse/);
  assert.match(told("need_met"), /^No clear difference in .*About 5,400 replications would show a difference of 1.0 points\.$/);
  assert.match(told("trust"), /the same in every world/);
  pair.differences.need_met.needed = 900;
  assert.match(neededWords(pair, "need_met"), /would most likely have shown/);
  pair.differences.need_met.needed = null;
  assert.equal(neededWords(pair, "need_met"), "");
});

test("what is clear but less than what matters is told as little", () => {
  const pair = madeUpPair();
  Object.assign(pair.differences.alive, { mean: 0.002, low: 0.001, high: 0.003, smallest: 0.01 });
  assert.match(plain(differenceSentence(pair, "alive")), /clear, but less than 1\.0 points/);
  assert.match(differencesChart(pair).told, /Better, but by little: partnerships that still stand\./);
  Object.assign(pair.differences.alive, { high: 0.02 });
  assert.ok(!/but by little/.test(differencesChart(pair).told));
});

test("in how many worlds the second does better is told in whole worlds", () => {
  const pair = madeUpPair();
  assert.equal(worldsSentence(pair, "premium"), "In 6 of 10 worlds the second does better on premium over working alone, in 3 worse, in 1 the same.");
  assert.equal(plain(pairAnswers(pair)[1].told[1]), worldsSentence(pair, "premium"));
  assert.match(worldsSentence(pair, "trust"), /same in every world/);
});

test("what was changed is told, an uncertain value by its ends", () => {
  assert.match(leverWords(madeUpPair().levers)[0], /from uncertain \(0.35 to 0.85\) to 0.8$/);
  assert.match(leverWords([{ key: "a.b", change: "added" }])[0], /a\.b: added$/);
  const told = leverWords([
    { key: "sharing.rule", change: '"equal" → "need"' },
    { key: "need.complexity", change: "0.4 → 0" },
    { key: "partner.envy", change: "{ discrete = [[0, 0.3], [4, 0.1]] } → 0" },
    { key: "intervention.purpose", change: "added" },
    { key: "partners", change: "7 → 3, without fire brigade" },
  ]);
  assert.deepEqual(told, [
    "Sharing rule, from equal to more to the small",
    "the task: complexity, from 0.4 to 0",
    "Envy, from drawn by lot to 0",
    "“purpose”, an intervention: added",
    "Partners, from 7 to 3, without fire brigade",
  ]);
  assert.match(leverWords([{ key: "a.b", change: "{ normal = [1, 2] } → by_need" }])[0], /from drawn by lot to by need$/);
});

test("files are named as on the command line, of two set-ups with which they belong to", () => {
  assert.deepEqual(exported(madeUpResult()).map(({ saved }) => saved), ["summary.csv", "series.csv"]);
  assert.deepEqual(exported(madeUpPair()).map(({ saved, setup }) => [saved, setup]), [
    ["first_summary.csv", 0], ["first_series.csv", 0], ["second_summary.csv", 1], ["second_series.csv", 1], ["setups.csv", null], ["paired.csv", null],
  ]);
  assert.equal(fileName("a/../<b>", "survival"), "a_b_survival");
});

test("pictures one above the other are as wide as the widest and as high as all", () => {
  const svg = (width, height) => `<svg xmlns="x" viewBox="0 0 1 1" width="${width}" height="${height}" role="img"><g/></svg>\n`;
  const both = stacked([svg(300, 100), svg(340, 50.5)]);
  assert.match(both, /^<svg [^>]*width="340" height="150.5"/);
  assert.match(both, /<svg y="100" /);
});
