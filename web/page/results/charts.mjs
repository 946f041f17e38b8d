// The pictures of one set-up, as values: what is drawn, what it says in words, and the numbers under it.

import { hasText, listed, model, money, number, percent, text } from "../shared/text.mjs";
import { howOften, moreOrLess, outcomeTitle, shareRange, sideOfZero, signedMoney } from "../shared/wording.mjs";

// What can be followed month by month, in the order it is offered.
const MONTHLY = [
  "trust_share", "morale_share", "premium_thousand_pounds", "need_met_share", "partners", "goal_agreement_share", "contribution_share",
];
// What the table says of each month.
const FIGURES = ["mean", "q05", "q25", "q50", "q75", "q95"];
// Partners drawn at most; of more the first and the last.
const MOST_PARTNERS = 24;

// How long it lasts. `grantEnd` is the month in which a grant ends, if one does.
export function survivalChart(found, grantEnd) {
  const steps = found.survival;
  if (steps.length === 0) return null;
  const last = steps.at(-1);
  const half = steps.find((step) => step.share <= 0.5);
  const before = grantEnd === null ? undefined : steps.find((step) => step.month === grantEnd && step.month < last.month);
  const told = [
    text("results.survival.told_end", { months: last.month, share: percent(last.share), range: shareRange(last) }),
    half === undefined ? text("results.survival.told_most") : text("results.survival.told_half", { month: half.month }),
    before && text("results.survival.told_grant", { month: before.month, share: percent(before.share) }),
  ];
  return {
    name: "survival",
    title: text("results.survival.title"),
    told: told.filter(Boolean).join(" "),
    lines: {
      x: { title: text("results.month"), figures: "plain" },
      y: { title: text("results.survival.axis"), figures: "percent" },
      lines: [survivalLine(text("results.survival.line"), steps)],
      rules: before ? [{ at: grantEnd, name: text("results.grant_ends") }] : [],
    },
    table: {
      head: [text("results.month"), text("results.survival.axis"), text("results.interval")],
      rows: steps.map((step) => [number(step.month), percent(step.share, 1), shareRange(step)]),
    },
  };
}

// A survival curve with its interval.
export function survivalLine(name, steps) {
  return {
    name,
    is_step: true,
    points: steps.map((step) => [step.month, step.share]),
    bands: [{ name: text("results.interval"), points: steps.map((step) => [step.month, step.low, step.high]) }],
  };
}

// What it brings beyond working alone. `bars` are its own, or those whose edges another picture has too.
export function premiumChart(found, bars = found.bars.premium ?? []) {
  const drawn = bars.filter(isBar);
  const premium = found.summary.premium;
  if (drawn.length === 0 || premium === undefined) return null;
  const title = outcomeTitle("premium");
  const apart = bars.filter((bar) => !isBar(bar)).map((bar) =>
    text(`results.premium.${bar.holds}`, { share: percent(bar.share, 1), at: signedMoney(bar.holds === "below" ? bar.to : bar.from) }));
  const told = [
    text("results.premium.told_median", { median: moreOrLess(premium.q50) }),
    text("results.premium.told_middle", { low: signedMoney(premium.q25), high: signedMoney(premium.q75) }),
    text("results.premium.told_below", { often: howOften(premium.below_zero, found.replications) }),
    apart.length > 0 && text("results.premium.told_apart", { list: listed(apart) }),
  ];
  return {
    name: "premium",
    title: text("results.premium.title"),
    told: told.filter(Boolean).join(" "),
    histogram: {
      x: { title: text("results.premium.axis"), figures: "money" },
      y: { title: text("results.premium.axis_share"), figures: "percent" },
      bins: drawn.map(({ from, to, share }) => ({ from, to, height: share })),
      rules: [{ at: premium.q50, name: text("results.premium.median") }, { at: 0, name: text("results.as_alone") }],
    },
    table: {
      head: [title, text("results.premium.axis_share")],
      rows: bars.map((bar) => [text("results.from_to", { low: signedMoney(bar.from), high: signedMoney(bar.to) }), percent(bar.share, 1)]),
    },
  };
}

// Whether a bar is drawn: the few values far out have none.
function isBar(bar) {
  return bar.holds === undefined || bar.holds === "range";
}

// Who gains and who loses.
export function gainsChart(found) {
  const partners = found.partners.filter((partner) => partner.gain !== null).sort((a, b) => b.gain - a.gain);
  if (partners.length === 0) return null;
  const half = MOST_PARTNERS / 2;
  const drawn = partners.length > MOST_PARTNERS ? [...partners.slice(0, half), ...partners.slice(-half)] : partners;
  const range = (partner) =>
    text("results.from_to", { low: signedMoney(partner.gain_low), high: signedMoney(partner.gain_high) });
  return {
    name: "gains",
    title: text("results.gains.title"),
    told: [...gainWords(partners), ...(drawn.length < partners.length ? [text("results.gains.told_some", { n: MOST_PARTNERS })] : [])].join(" "),
    rows: {
      x: { title: text("results.gains.axis"), figures: "money" },
      mark: "bar",
      rows: drawn.map((partner) => ({
        name: partner.name,
        value: partner.gain,
        low: partner.gain_low,
        high: partner.gain_high,
        note: gainVerdict(partner),
      })),
      rules: [{ at: 0, name: text("results.as_alone") }],
    },
    table: {
      head: [
        text("results.partner"),
        text("results.gains.column"),
        text("results.interval"),
        text("results.gains.verdict"),
        text("results.gains.better_off"),
        text("results.gains.member"),
      ],
      rows: partners.map((partner) => [
        partner.name,
        signedMoney(partner.gain),
        range(partner),
        gainVerdict(partner),
        percent(partner.better_off),
        percent(partner.member_at_end),
      ]),
    },
  };
}

function gainVerdict(partner) {
  return text(`results.gains.side.${sideOfZero({ low: partner.gain_low, high: partner.gain_high })}`);
}

// How many clearly gain and lose, who most and who least.
export function gainWords(partners) {
  const sides = partners.map((partner) => sideOfZero({ low: partner.gain_low, high: partner.gain_high }));
  const count = (side) => sides.filter((found) => found === side).length;
  const sorted = [...partners].sort((a, b) => b.gain - a.gain);
  const [first, last] = [sorted[0], sorted.at(-1)];
  const parts = ["above", "below", "unclear"].filter((side) => count(side) > 0);
  const words = parts.map((side) => text(`results.gains.told_side.${side}`, { count: count(side), n: number(count(side)) }));
  const all = { n: number(partners.length) };
  const told = [parts.length === 1 ? text(`results.gains.told_all.${parts[0]}`, all) : text("results.gains.told", { ...all, list: listed(words) })];
  if (first !== last) {
    const [most, least] = [moreOrLess(first.gain), moreOrLess(last.gain)];
    told.push(text("results.gains.told_ends", { first: first.name, most, last: last.name, least }));
  }
  return told;
}

// What most decided the failures.
export function causesChart(found) {
  const causes = causesOf(found);
  if (causes.length === 0) return null;
  const [first, second] = causes;
  const told = [text("results.causes.told", { often: howOften(found.failed, found.replications) })];
  told.push(text("results.causes.told_first", { cause: first.title, share: percent(first.share), range: shareRange(first) }));
  if (second) told.push(text("results.causes.told_second", { cause: second.title, share: percent(second.share) }));
  return {
    name: "causes",
    title: text("results.causes.title"),
    told: told.join(" "),
    rows: {
      x: { title: text("results.causes.axis"), figures: "percent" },
      mark: "bar",
      rows: causes.map(({ title, share, low, high }) => ({ name: title, value: share, low, high, note: "" })),
      rules: [],
    },
    table: {
      head: [
        text("results.causes.column"),
        text("results.causes.axis"),
        text("results.interval"),
        text("results.causes.count", { n: number(found.failed.count) }),
      ],
      rows: causes.map((cause) => [cause.title, percent(cause.share, 1), shareRange(cause), number(cause.count)]),
    },
  };
}

// The causes that there were, the commonest first.
export function causesOf(found) {
  const entries = Object.entries(found.causes).filter(([name, share]) => name !== "none" && share.count > 0);
  return entries.map(([name, share]) => ({ ...share, title: model("causes", name) })).sort((a, b) => b.count - a.count);
}

// The endings before the horizon that there were, the commonest first.
export function endingsOf(found) {
  const entries = Object.entries(found.endings).filter(([name, share]) => name !== "reached_horizon" && share.count > 0);
  return entries.map(([name, share]) => ({ ...share, name })).sort((a, b) => b.count - a.count);
}

// What can be followed month by month in a result, each with its heading.
export function monthlyChoices(found) {
  const isThere = (measure) => hasText(`results.monthly.${measure}`) && found.months[measure] !== undefined;
  return MONTHLY.filter(isThere).map((measure) => ({ measure, title: text(`results.monthly.${measure}`) }));
}

// How a measure goes month by month, with the middle half and the middle nine in ten of the replications.
export function monthlyChart(found, measure) {
  const months = found.months[measure];
  if (months === undefined || months.length === 0) return null;
  const figures = measure.endsWith("_pounds") ? "money" : measure.endsWith("_share") ? "percent" : "plain";
  const written = { money: money, percent: (value) => percent(value), plain: (value) => number(value, 1) }[figures];
  const [first, last] = [months[0], months.at(-1)];
  const band = (name, low, high) => ({ name, points: months.map((month) => [month.month, month[low], month[high]]) });
  return {
    name: `monthly_${measure}`,
    title: text(`results.monthly.${measure}`),
    told: text("results.monthly.told", {
      first: written(first.q50),
      from: first.month,
      last: written(last.q50),
      to: last.month,
      low: written(last.q05),
      high: written(last.q95),
    }),
    lines: {
      x: { title: text("results.month"), figures: "plain" },
      y: { title: text(`results.monthly.${measure}`), figures },
      lines: [{
        name: text("results.monthly.median"),
        is_step: false,
        points: months.map((month) => [month.month, month.q50]),
        bands: [band(text("results.monthly.nine_in_ten"), "q05", "q95"), band(text("results.monthly.half"), "q25", "q75")],
      }],
      rules: [],
    },
    table: {
      head: ["month", ...FIGURES].map((key) => text(`results.monthly.column.${key}`)),
      rows: months.map((month) => [number(month.month), ...FIGURES.map((key) => written(month[key]))]),
    },
  };
}
