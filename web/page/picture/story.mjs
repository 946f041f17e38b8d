// The story of a replication in words: dated lines, how it came out beside working alone, and why it failed.

import { attribute, make } from "../shared/dom.mjs";
import { listed, money, number, percent, text } from "../shared/text.mjs";

const SHOWN_LOSSES = 3;

// The line of a story as one reads it: "Month 12: hospital trust leaves: …; again in months 14 and 20."
export function storyLine(trace, line) {
  return text("story.line", { month: line.month, told: happeningTold(trace, line), again: againTold(line) });
}

function againTold({ kind, again }) {
  if (again.length === 0) return "";
  const last = again[again.length - 1];
  if (kind === "left") return text("story.others_leave", { count: again.length, n: number(again.length), month: last });
  const shown = again.length <= 4 ? again.length : 3;
  const months = again.slice(0, shown).map((month) => number(month));
  const later = again.length - shown;
  const more = later > 0 ? [text("story.later_ones", { count: later, n: number(later) })] : [];
  return text("story.again", { count: again.length, months: listed([...months, ...more]) });
}

// What happened, without its month.
function happeningTold(trace, line) {
  const values = { ...spellValues(line), name: nameOf(trace, line.partner) };
  switch (line.kind) {
    case "left":
      return text("story.left", { ...values, why: text(`story.why_left.${line.why}`) });
    case "promise_broken":
      return text("story.promise_broken", { ...values, kept: percent(line.share) });
    case "grant_goes_on":
      return text("story.grant_goes_on", { share: percent(line.share) });
    case "event_began":
      return eventTold(trace, line, values);
    case "intervention_started":
    case "intervention_ended":
      return interventionTold(trace, line);
    case "term_ended":
      return text("story.term_ended", { count: line.count, n: number(line.count) });
    case "innovated":
      return text("story.innovated", { count: line.count, n: number(line.count) });
    case "morale_lowest":
    case "morale_highest":
      return text(`story.${line.kind}`, { morale: number(line.morale, 2) });
    case "dissolved":
      return text("story.dissolved", { why: text(`story.endings.${line.ending}`) });
    case "worked_on":
      return text("story.worked_on", { members: number(line.count), of: number(trace.partners.length), count: trace.partners.length });
    default:
      return text(`story.${line.kind}`, values);
  }
}

const nameOf = (trace, partner) => trace.partners[partner]?.name ?? text("story.a_partner");

// How much of money is missing, and for how long.
function spellValues({ months, lasts, share }) {
  if (months === undefined) return {};
  const part = share >= 1 ? text("story.all") : share === 0.5 ? text("story.half") : percent(share);
  const lasting = lasts ? text("story.to_horizon") : text("story.for_months", { count: months, n: number(months) });
  return { part, lasting };
}

function eventTold(trace, line, values) {
  const event = trace.events[line.event];
  const { count, whom } = whomOf(event);
  const what = text(`story.events.${event.kind}`, { count, whom, lasting: values.lasting });
  return text("story.event_began", { name: event.name, what });
}

function interventionTold(trace, line) {
  const given = trace.interventions[line.intervention];
  const what = text(`story.interventions.${given.kind}`);
  return text(`story.${line.kind}`, { name: given.name, what, whom: whomOf(given).whom });
}

// Whom an event or an intervention concerns: a few by name, more by their number.
function whomOf({ partners: names }) {
  if (names.length === 0) return { count: 2, whom: text("story.all_partners") };
  if (names.length <= 3) return { count: names.length, whom: listed(names) };
  return { count: names.length, whom: text("story.and_others", { name: names[0], count: names.length - 1, n: number(names.length - 1) }) };
}

// How it ended, in a sentence.
export function endingTold(trace) {
  const never = trace.ending === "never_formed" || trace.ending === "reached_horizon";
  const key = never ? `story.ended.${trace.ending}` : "story.ended.dissolved";
  const months = Math.round(trace.lasted_months);
  const [count, last] = [trace.partners.length, trace.months[trace.months.length - 1]];
  const members = last.partners.filter((partner) => partner.member).length;
  return text(key, {
    count,
    month: number(months),
    months: number(trace.horizon_months),
    members: number(members),
    of: number(count),
    why: text(`story.endings.${trace.ending}`),
  });
}

// The replication beside its twin, in sentences.
export function twinTold({ beside_twin: { value, joint, alone, grant, premium } }) {
  const together = grant > 0 ? "story.twin.together_and_grant" : "story.twin.together";
  return [
    text(together, { value: money(value), joint: money(joint), grant: money(grant) }),
    text("story.twin.alone", { alone: money(alone) }),
    text(premium < 0 ? "story.twin.less" : "story.twin.more", { premium: money(Math.abs(premium)) }),
  ];
}

// Why it failed, in sentences; `null` when it did not.
export function whyTold(trace) {
  if (!trace.cause || trace.cause === "none" || trace.ending === "never_formed") return null;
  const losses = Object.entries(trace.losses).filter(([, loss]) => loss > 0);
  losses.sort(([, one], [, other]) => other - one);
  const told = ([cause, loss]) => text("story.loss", { money: money(loss), to: text(`story.losses.${cause}`) });
  const most = losses.slice(0, SHOWN_LOSSES).map(told);
  const ledger = most.length === 0 ? [] : [text("story.ledger", { planned: money(trace.planned), losses: listed(most) })];
  // One that lasted has failed where it was not worth what was put into it, which has to be said first.
  const key = trace.ending === "reached_horizon" ? "story.failed_lasting" : "story.failed";
  return [text(key, { cause: text(`story.causes.${trace.cause}`) }), ...ruleTold(trace), ...ledger];
}

// Where not the largest loss decides what counts as the cause.
function ruleTold({ cause, ending, vital_left: isVital }) {
  if (cause === "shock" && ending === "closed_from_outside") return [text("story.rules.closed")];
  return cause === "partner_left" && isVital ? [text("story.rules.vital_left")] : [];
}

// The story as it stands beside the picture: `{ element, show(month) }`, under headings of a level (`h3`). A line that is chosen goes to
// its month.
export function storyParts(trace, heading, onMonth) {
  const lines = trace.story.lines.map((line) => {
    const button = make("button", { type: "button", class: "story-line", onclick: () => onMonth(line.month - 1) }, storyLine(trace, line));
    return { line, button, item: make("li", {}, button) };
  });
  const left = trace.story.left_out;
  const list = make("ol", { class: "story-lines" }, lines.map(({ item }) => item));
  const why = whyTold(trace);
  const element = make(
    "div",
    { class: "story" },
    make(heading, {}, text("story.title")),
    list,
    left > 0 ? make("p", { class: "aside" }, text("story.left_out", { count: left, n: number(left) })) : null,
    make(heading, {}, text("story.outcome")),
    make("p", { class: "story-end" }, endingTold(trace)),
    why === null ? null : make("p", {}, why.join(" ")),
    make("p", {}, twinTold(trace).join(" ")),
  );
  const show = (k) => {
    for (const { line, button, item } of lines) {
      const isNow = line.month === k + 1 || line.again.includes(k + 1);
      item.className = isNow ? "is-now" : line.month > k + 1 ? "is-coming" : "";
      attribute(button, "aria-current", isNow ? "step" : null);
    }
    followStory(list, lines, k);
  };
  return { element, show };
}

// Brings the first line of a month, or the last before it, into sight, within the box of the list and without moving the page.
function followStory(list, lines, k) {
  const past = lines.filter(({ line }) => line.month <= k + 1);
  const { item } = past.find(({ line }) => line.month === k + 1) ?? past[past.length - 1] ?? lines[0] ?? {};
  if (item === undefined) return;
  const top = item.offsetTop - list.offsetTop;
  if (top < list.scrollTop) list.scrollTop = top;
  const below = top + item.offsetHeight - list.clientHeight;
  if (below > list.scrollTop) list.scrollTop = below;
}
