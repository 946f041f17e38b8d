// Two set-ups in the same worlds: what sets the second apart from the first, in words, a table and pictures.

import { make } from "../shared/dom.mjs";
import { listed, money, number, percent, text } from "../shared/text.mjs";
import { answerCards } from "./answers.mjs";
import { chartFigure } from "../shared/figure.mjs";
import { differencesChart, pairPremiumCharts, pairSurvivalChart, worldsChart } from "./pair_charts.mjs";
import { leverWords } from "../shared/levers.mjs";
import { figureTable, foldedTable } from "../shared/tables.mjs";
import { capitalised, differenceWithRange, figuresOf, moreOrLess, outcomeSize, outcomeWithUnit } from "../shared/wording.mjs";
import { outcomeTitle, outcomeValue, outcomeWord, partsOfWorlds, verdictOf } from "../shared/wording.mjs";
import { wordLinks } from "../shared/words.mjs";

// The outcomes that a reader asks about first.
const MAIN = ["alive", "premium", "need_met", "better_off", "trust", "coordination", "inequality"];
// The outcome of which it is told in how many worlds the second does better.
const TOLD = "premium";

// The difference in one outcome as a sentence.
export function differenceSentence(result, name) {
  const found = result.differences[name];
  if (found.verdict === "same") return text("compare.told.same", { outcome: outcomeTitle(name) });
  const [first, second] = result.setups.map((setup) => outcomeValue(name, setup.summary[name].mean));
  const { value, range } = differenceWithRange(name, found);
  const values = { outcome: outcomeTitle(name), first, second, difference: name === "premium" ? moreOrLess(found.mean) : value, range };
  if (found.verdict === "unclear") {
    return `${text("compare.told.unclear", { ...values, outcome: outcomeWord(name) })} ${neededWords(result, name)}`.trim();
  }
  const told = text(`compare.told.${name === "alive" ? "alive" : "clear"}_${found.verdict}`, values);
  if (verdictOf(found) === found.verdict) return told;
  return `${told} ${text("compare.told.little", { smallest: outcomeSize(name, found.smallest) })}`;
}

// How many replications would show a difference that matters.
export function neededWords(result, name) {
  const { needed, smallest } = result.differences[name];
  if (needed === null || smallest === null || needed === undefined) return "";
  const values = { smallest: outcomeSize(name, smallest), n: number(twoDigits(needed)) };
  return text(needed <= result.replications ? "compare.told.would_have_shown" : "compare.told.needed", values);
}

// A count rounded up to two digits, as it is only about so many.
function twoDigits(count) {
  const scale = 10 ** Math.max(0, Math.floor(Math.log10(count)) - 1);
  return Math.ceil(count / scale) * scale;
}

// In how many worlds the second does better.
export function worldsSentence(result, name) {
  const { better, worse, same, verdict } = result.differences[name];
  if (verdict === "same") return text("compare.told.all_worlds_same", { outcome: outcomeWord(name) });
  const { of, parts } = partsOfWorlds([better.share, worse.share, same.share], result.replications);
  const key = same.count === 0 ? "compare.told.worlds" : "compare.told.worlds_same";
  return text(key, { of: number(of), better: parts[0], worse: parts[1], same: parts[2], outcome: outcomeWord(name) });
}

// Whether partnerships last, whether they are worth it and who gains, each of the first set-up against the second; null where an
// outcome is not there.
export function pairAnswers(result) {
  return Object.entries(ANSWERS).map(([name, unit]) => {
    const found = result.differences[name];
    if (!found) return null;
    const [first, second] = result.setups.map((setup) => figureOf(name, setup.summary[name].mean));
    const told = [differenceSentence(result, name), ...(name === TOLD ? [worldsSentence(result, name)] : [])];
    const months = result.setups[0].survival.at(-1)?.month ?? 0;
    return { figure: text("compare.from_to", { first, second }), unit: text(unit, { months }), verdict: verdictOf(found), told: told.map(capitalised) };
  });
}

// The outcomes that answer the three questions, in their order, and what their figures are of.
const ANSWERS = { alive: "results.lasts.unit", [TOLD]: "compare.worth_unit", better_off: "compare.gains_unit" };

// A figure at a glance.
const figureOf = (name, mean) => (figuresOf(name) === "percent" ? percent(mean) : money(mean));

// The row of an outcome in the table of differences.
function differenceRow(result, name) {
  const found = result.differences[name];
  return [
    outcomeWithUnit(name),
    verdictOf(found),
    differenceWithRange(name, found),
    ...result.setups.map((setup) => outcomeValue(name, setup.summary[name].mean)),
  ];
}

// The part of the page; hidden where there is one set-up.
export function comparison(page) {
  const place = (name) => chartFigure(page, `compare-${name}`, 4, () => "partnersim");
  const levers = make("p", { class: "levers" });
  const cards = answerCards(4, "told-first");
  const table = figureTable();
  const all = foldedTable(text("compare.all_outcomes"));
  const figures = {
    survival: place("survival"),
    differences: place("differences"),
    first: place("premium-first"),
    second: place("premium-second"),
    worlds: place("worlds"),
  };
  const pictures = make("div", { class: "charts" }, Object.values(figures).map((figure) => figure.element));
  const title = make("h3", { id: "pair-title" }, text("compare.title"));
  const links = wordLinks("set_up", "world", "interval", "clear", "premium");
  const parts = [title, levers, cards.element, links, table.element, all.element, pictures];
  const element = make("section", { class: "pair", hidden: true, "aria-labelledby": "pair-title" }, parts);

  const show = (result) => {
    element.hidden = result.setups.length < 2 || !result.differences;
    if (element.hidden) return;
    const changed = leverWords(result.levers ?? []);
    levers.textContent = changed.length === 0 ? text("compare.nothing_changed") : text("compare.changed", { list: listed(changed) });
    cards.show(pairAnswers(result).map((answer) => answer && { ...answer, verdict: verdictMark(answer.verdict) }));
    const head = ["outcome", "verdict_head", "difference", "first", "second"].map((key) => text(`compare.${key}`));
    const cells = ([title, verdict, difference, ...means]) => [title, verdictMark(verdict), differenceCell(difference), ...means];
    const rows = (names) => names.map((name) => cells(differenceRow(result, name)));
    const names = Object.keys(result.differences).filter((name) => result.setups[0].summary[name]);
    table.show(text("compare.table"), { head, rows: rows(MAIN.filter((name) => names.includes(name))) });
    all.show(text("compare.all_outcomes"), { head, rows: rows(names) });
    figures.survival.show(pairSurvivalChart(result));
    const [first, second] = pairPremiumCharts(result);
    figures.first.show(first);
    figures.second.show(second);
    figures.differences.show(differencesChart(result));
    figures.worlds.show(worldsChart(result));
  };
  const charts = () => (element.hidden ? [] : [figures.survival, figures.first, figures.second]);
  return { element, show, charts };
}

// A difference above its interval.
function differenceCell({ value, range }) {
  return make("span", {}, value, make("span", { class: "range" }, range));
}

const SIGNS = { better: "▲", better_little: "△", worse: "▼", worse_little: "▽", same: "=", unclear: "≈" };

// A verdict with its sign, so that it is not told by colour alone.
function verdictMark(verdict) {
  const sign = SIGNS[verdict] ?? "";
  return make("span", { class: `verdict ${verdict}` }, make("span", { "aria-hidden": "true" }, sign), ` ${text(`compare.verdict.${verdict}`)}`);
}
