// What many replications say: three answers, the pictures, tables, files, and what the words mean.

import { announce, fill, make } from "../shared/dom.mjs";
import { number, text } from "../shared/text.mjs";
import { answerCards, basis, failureSentence, gainAnswer, lastingAnswer, worthAnswer } from "./answers.mjs";
import { causesChart, gainsChart, monthlyChart, monthlyChoices, premiumChart, survivalChart } from "./charts.mjs";
import { comparison, pairAnswers } from "./compare.mjs";
import { exportBox } from "./export.mjs";
import { setupName } from "./pair_charts.mjs";
import { chartFigure } from "../shared/figure.mjs";
import { capitalised, howOften } from "../shared/wording.mjs";
import { wordLinks, wordList } from "../shared/words.mjs";

// Builds the part of the page and keeps it up to date.
export function results(page, root) {
  const note = make("p", { class: "note" });
  const notices = make("div");
  const pair = comparison(page);
  const detail = setupDetail(page);
  const files = exportBox(page, () => [...pair.charts(), ...detail.charts()]);
  const body = make("div", { class: "results" }, notices, pair.element, detail.element, files.element, wordList());
  fill(root, note, body);

  const mark = (found) => {
    const why = whyNotShown(found);
    body.hidden = why !== null;
    body.classList.toggle("stale", found.isStale === true);
    note.textContent = why ?? (found.isStale ? text(found.running ? "results.stale_running" : "results.stale") : "");
    note.hidden = note.textContent === "";
  };
  const show = (found) => {
    const { result } = found;
    const told = basis(result, result.setups[0].seed);
    fill(notices, told.map((sentence, k) => make("p", { class: k === 0 ? "basis" : "notice" }, sentence)));
    pair.show(result);
    detail.show(result, found.described);
    files.show(result);
  };
  const follow = (found, before) => {
    mark(found);
    if (!found.result || found.isHidden) return;
    const isNew = found.result !== before.result;
    if (!isNew && !before.isHidden) return;
    show(found);
    if (isNew) announce(headline(found.result));
  };
  page.found.watch(follow);
  follow(page.found.get(), {});
}

// Why there is nothing to see, where there is nothing.
function whyNotShown(found) {
  if (found.isHidden) return text("results.hidden");
  if (found.result) return null;
  return text(found.running ? "results.first_running" : "results.nothing_yet");
}

// The one sentence that is read out when a run is done.
export function headline(result) {
  const [first, second] = result.setups;
  const n = number(result.replications);
  if (second && result.differences) return text("results.announced", { n, told: pairAnswers(result).find(Boolean)?.told[0] ?? "" });
  const often = howOften(first.endings.reached_horizon, first.replications);
  const lasts = text("results.lasts.told", { often, months: first.survival.at(-1)?.month ?? 0 });
  return text("results.announced", { n, told: capitalised(lasts) });
}

// One set-up: its answers and pictures. Of two it is chosen which.
function setupDetail(page) {
  const chosen = make("select", { id: "results-setup", onchange: () => lay() });
  const choice = make("p", { class: "choice" }, make("label", { for: "results-setup" }, text("results.which")), chosen);
  const cards = answerCards(3);
  const why = make("p", { class: "failing" });
  const place = (name) => chartFigure(page, `results-${name}`, 3, () => now?.name ?? "partnersim");
  const [survival, premium, gains, causes] = ["survival", "premium", "gains", "causes"].map(place);
  const monthly = monthlyPart(place("monthly"));
  const pictures = make("div", { class: "charts" }, [survival, premium, gains, causes, monthly].map((part) => part.element));
  const links = wordLinks("replication", "interval", "premium", "twin", "median", "gain", "grant");
  const title = make("summary", {}, make("h3", {}, text("results.detail")));
  const element = make("details", { class: "detail", open: true }, title, choice, cards.element, links, why, pictures);
  let result = null;
  let described = [];
  let now = null;
  let wasPair = null;

  const lay = () => {
    const which = Math.min(Number(chosen.value || 0), result.setups.length - 1);
    now = result.setups[which];
    const scenario = described[which];
    const value = (key) => scenario?.values?.[key]?.number ?? null;
    const hasGrant = (value("funding.grant") ?? 0) > 0;
    const months = scenario?.horizon_months ?? now.survival.at(-1)?.month ?? 0;
    cards.show([lastingAnswer(now, months), worthAnswer(now), gainAnswer(now, hasGrant)]);
    why.textContent = failureSentence(now);
    survival.show(survivalChart(now, hasGrant ? value("funding.grant_end") : null));
    premium.show(premiumChart(now));
    gains.show(gainsChart(now));
    causes.show(causesChart(now));
    monthly.show(now);
  };
  const show = (next, scenarios) => {
    [result, described] = [next, scenarios];
    const isPair = result.setups.length > 1;
    // One set-up alone stands open; of two it is their difference that is looked at first.
    if (isPair !== wasPair) element.open = !isPair;
    wasPair = isPair;
    [title.hidden, choice.hidden] = [!isPair, !isPair];
    offer(chosen, result.setups.map((_, k) => [String(k), setupName(k)]));
    lay();
  };
  return { element, show, charts: () => [survival, premium, gains] };
}

// A measure month by month, of those that a set-up has.
function monthlyPart(figure) {
  const measure = make("select", { id: "results-measure", onchange: () => draw() });
  const label = make("label", { for: "results-measure" }, text("results.monthly.choose"));
  const element = make("div", {}, make("p", { class: "choice" }, label, measure), figure.element);
  let now = null;
  const draw = () => figure.show(element.hidden ? null : monthlyChart(now, measure.value));
  const show = (found) => {
    now = found;
    offer(measure, monthlyChoices(now).map((one) => [one.measure, one.title]));
    element.hidden = measure.options.length === 0;
    draw();
  };
  return { element, show };
}

// Gives a choice its options, and keeps what was chosen where it is still there.
function offer(select, options) {
  const before = select.value;
  const isSame = select.options.length === options.length && options.every(([value], k) => select.options[k].value === value);
  if (isSame) return;
  fill(select, options.map(([value, title]) => make("option", { value }, title)));
  if (options.some(([value]) => value === before)) select.value = before;
}
