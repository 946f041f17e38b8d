// The three answers of many replications, in plain words: does it last, is it worth it, who gains.

import { fill, make } from "../shared/dom.mjs";
import { model, money, number, text } from "../shared/text.mjs";
import { causesOf, endingsOf, gainWords } from "./charts.mjs";
import { atAGlance, capitalised, howOften, sideOfZero, signedMoney } from "../shared/wording.mjs";

// Fewer replications than these say little.
const FEW = 200;

// Does it last?
export function lastingAnswer(found, months) {
  const n = found.replications;
  const alive = found.endings.reached_horizon;
  const [ending] = endingsOf(found);
  const told = [capitalised(text("results.lasts.told", { often: howOften(alive, n), months }))];
  if (ending) told.push(text("results.lasts.ending", { often: howOften(ending, n), ending: model("endings", ending.name) }));
  return { figure: atAGlance(alive, n), unit: text("results.lasts.unit", { months }), told };
}

// Is it worth it?
export function worthAnswer(found) {
  const premium = found.summary.premium;
  const told = [
    text("results.worth.middle", { low: signedMoney(premium.q25), high: signedMoney(premium.q75) }),
    capitalised(text("results.worth.below", { often: howOften(premium.below_zero, found.replications) })),
  ];
  if (premium.mean_low !== null && premium.mean_low !== undefined) {
    const [mean, low, high] = [premium.mean, premium.mean_low, premium.mean_high].map(signedMoney);
    told.push(text("results.worth.mean", { mean, low, high }));
  }
  return { figure: money(Math.abs(premium.q50)), unit: text(premium.q50 < 0 ? "results.worth.less" : "results.worth.more"), told };
}

// Who gains?
export function gainAnswer(found, hasGrant) {
  const partners = found.partners.filter((partner) => partner.gain !== null);
  if (partners.length === 0) return null;
  const gaining = partners.filter((partner) => sideOfZero({ low: partner.gain_low, high: partner.gain_high }) === "above").length;
  const told = gainWords(partners);
  if (hasGrant) told.push(text("results.gains.grant"));
  return { figure: text("results.gains.glance", { k: gaining, n: partners.length }), unit: text("results.gains.unit"), told };
}

// Why it fails, where it does, in a sentence.
export function failureSentence(found) {
  const [first] = causesOf(found);
  if (!first) return text("results.causes.none");
  return text("results.causes.short", { often: howOften(found.failed, found.replications), cause: first.title });
}

// What the answers rest on, and what to hold against them.
export function basis(result, seed) {
  const n = result.replications;
  const told = [text("results.basis", { count: n, n: number(n), seed })];
  if (!result.is_complete) told.push(text("results.stopped", { done: number(n), of: number(result.asked) }));
  if (n < FEW) told.push(text("results.few", { count: n, n: number(n) }));
  return told;
}

// The answers as cards, whose headings are of a level.
export function answerCards(level, name = "answers") {
  const element = make("div", { class: `cards ${name}` });
  const cards = ["lasts", "worth", "gains"].map((name) => {
    const [figure, told] = [make("p", { class: "figure" }), make("div")];
    const card = make("div", { class: "answer" }, make(`h${level}`, {}, text(`results.${name}.question`)), figure, told);
    element.append(card);
    return { card, figure, told };
  });
  const show = (answers) =>
    answers.forEach((answer, k) => {
      cards[k].card.hidden = answer === null;
      if (answer === null) return;
      fill(cards[k].figure, make("strong", {}, answer.figure), " ", answer.unit, answer.verdict);
      fill(cards[k].told, answer.told.map((sentence) => make("p", {}, sentence)));
    });
  return { element, show };
}
