// The pictures of two set-ups that live in the same worlds, as values.

import { listed, number, percent, text } from "../shared/text.mjs";
import { premiumChart, survivalLine } from "./charts.mjs";
import { differenceWithRange, outcomeTitle, outcomeWord, shareRange, shareWithRange, verdictOf } from "../shared/wording.mjs";

// Shares of which more is better, drawn on one axis.
const DRAWN = ["alive", "need_met", "better_off", "trust", "morale", "agreement"];
// Outcomes of which it is told in how many worlds the second does better. Of yes or no most worlds are ties.
const WORLDS = ["premium", "months_survived", "need_met", "better_off", "trust"];

// How a set-up is called.
export function setupName(k) {
  return text(k === 0 ? "compare.first" : "compare.second");
}

// Both survival curves.
export function pairSurvivalChart(result) {
  const curves = result.setups.map((setup) => setup.survival);
  if (curves.some((steps) => steps.length === 0)) return null;
  const end = (last, k) => text("compare.survival.end", { setup: setupName(k), share: percent(last.share), range: shareRange(last) });
  const ends = curves.map((steps, k) => end(steps.at(-1), k));
  const share = (steps, month) => percent(steps.find((step) => step.month === month)?.share, 1);
  return {
    name: "survival_of_both",
    title: text("compare.survival.title"),
    told: text("compare.survival.told", { months: curves[0].at(-1).month, list: listed(ends) }),
    lines: {
      x: { title: text("results.month"), figures: "plain" },
      y: { title: text("results.survival.axis"), figures: "percent" },
      lines: curves.map((steps, k) => survivalLine(setupName(k), steps)),
      rules: [],
    },
    table: {
      head: [text("results.month"), setupName(0), setupName(1)],
      rows: curves[0].map((step) => [number(step.month), ...curves.map((steps) => share(steps, step.month))]),
    },
  };
}

// The premiums of both, in bars with the same edges and on the same scale.
export function pairPremiumCharts(result) {
  const both = result.bars_of_both?.premium ?? [[], []];
  const charts = result.setups.map((setup, k) => premiumChart(setup, both[k]));
  const tallest = Math.max(0, ...charts.flatMap((chart) => chart?.histogram.bins.map(({ height }) => height) ?? []));
  return charts.map((chart, k) => {
    return chart && { ...chart, name: `premium_${k === 0 ? "first" : "second"}`, histogram: { ...chart.histogram, tallest }, title: text("compare.premium", { setup: setupName(k) }) };
  });
}

// The differences in shares, each with its interval.
export function differencesChart(result) {
  const found = DRAWN.filter((name) => typeof result.differences[name]?.mean === "number");
  if (found.length === 0) return null;
  const entries = found.map((name) => ({ name, ...result.differences[name], verdict: verdictOf(result.differences[name]) }));
  const of = (verdict) => listed(entries.filter((entry) => entry.verdict === verdict).map((entry) => outcomeWord(entry.name)));
  const verdicts = ["better", "worse", "better_little", "worse_little", "unclear", "same"].filter((verdict) => of(verdict) !== "");
  const told = verdicts.map((verdict) => text(`compare.differences.${verdict}`, { list: of(verdict) }));
  const row = ({ name, mean, low, high, verdict }) =>
    ({ name: outcomeTitle(name), value: mean, low, high, note: text(`compare.verdict.${verdict}`) });
  return {
    name: "differences",
    title: text("compare.differences.title"),
    told: told.join(" "),
    rows: {
      x: { title: text("compare.differences.axis"), figures: "percent" },
      mark: "dot",
      rows: entries.map(row),
      rules: [{ at: 0, name: text("compare.no_difference") }],
    },
    table: {
      head: [text("compare.outcome"), text("compare.difference"), text("results.interval"), text("compare.verdict_head")],
      rows: entries.map(({ name, verdict, ...found }) => {
        const { value, range } = differenceWithRange(name, found);
        return [outcomeTitle(name), value, range, text(`compare.verdict.${verdict}`)];
      }),
    },
  };
}

// In how many worlds the second does better, as well and worse.
export function worldsChart(result) {
  const found = WORLDS.filter((name) => result.differences[name] && result.differences[name].verdict !== "same");
  if (found.length === 0) return null;
  const entries = found.map((name) => ({ name, shares: ["better", "same", "worse"].map((side) => result.differences[name][side]) }));
  const of = ({ name, shares: [better] }) =>
    text("compare.worlds.told_one", { outcome: outcomeWord(name), better: percent(better.share), range: shareRange(better) });
  return {
    name: "worlds",
    title: text("compare.worlds.title"),
    told: text("compare.worlds.told", { list: listed(entries.slice(0, 3).map(of)) }),
    parts: {
      x: { title: text("compare.worlds.axis"), figures: "percent" },
      parts: ["better", "same", "worse"].map((side) => text(`compare.worlds.${side}`)),
      bars: entries.map(({ name, shares }) => [outcomeTitle(name), shares.map((share) => share.share)]),
    },
    table: {
      head: [text("compare.outcome"), ...["better", "same", "worse"].map((side) => text(`compare.worlds.${side}`))],
      rows: entries.map(({ name, shares }) => [outcomeTitle(name), ...shares.map(({ share, low, high }) => shareWithRange(share, low, high))]),
    },
  };
}
