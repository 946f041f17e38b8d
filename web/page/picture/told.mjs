// A month in words: what the living picture shows, for those who listen and for those who read.

import { leavers, shareWord, standing, trustBetween } from "./measure.mjs";
import { listed, money, number, percent, text } from "../shared/text.mjs";

// The sentences of a month, from 0: who is there, who came and went, trust, morale, money, and how it stands beside working alone.
export function monthTold(trace, k, left = leavers(trace)) {
  const month = trace.months[k];
  const beside = besideAlone(month);
  if (!month.alive) return [endTold(trace, k, left), beside].join(" ");
  const [members, of] = [month.partners.filter((partner) => partner.member).length, trace.partners.length];
  const told = [
    text("picture.told.members", { month: k + 1, members: number(members), of: number(of), count: of }),
    ...turns(trace, k, left),
    trustTold(trace, k),
    moraleTold(trace, k),
    moneyTold(month),
    beside,
  ];
  return told.filter((sentence) => sentence !== "").join(" ");
}

function endTold(trace, k, left) {
  if (trace.ending === "never_formed") return text("picture.told.never_formed", { month: k + 1 });
  const ended = trace.months.findIndex((month) => !month.alive);
  const key = ended === k ? "picture.told.ends" : "picture.told.ended";
  return [text(key, { month: k + 1, ended: ended + 1 }), ...turns(trace, k, left)].join(" ");
}

// Who came and who went this month.
function turns(trace, k, left) {
  const joined = trace.partners.filter((_, at) => hasJoined(trace, k, at)).map((partner) => partner.name);
  const gone = trace.partners.flatMap((partner, at) => (left[at]?.month === k + 1 ? [leavingTold(partner.name, left[at].why)] : []));
  const join = joined.length === 0 ? [] : [text("picture.told.join", { count: joined.length, names: listed(joined) })];
  return [...join, ...gone];
}

// Whether a partner joins in a month.
export function hasJoined(trace, k, at) {
  return k > 0 && trace.months[k].partners[at].member && trace.months[k - 1].partners[at].waiting;
}

function leavingTold(name, why) {
  return text("picture.told.leaves_why", { name, why: text(`story.why_left.${why}`) });
}

function trustTold(trace, k) {
  const ties = tiesOf(trace, k);
  if (ties.length === 0) return "";
  const named = ({ one, other }) => text("picture.told.pair", { one: trace.partners[one].name, other: trace.partners[other].name });
  const word = ({ trust }) => text(`picture.levels.${shareWord(trust)}`);
  const strongest = ties.reduce((one, other) => (other.trust > one.trust ? other : one));
  const weakest = ties.reduce((one, other) => (other.trust <= one.trust ? other : one));
  if (ties.length === 1) return text("picture.told.one_tie", { pair: named(strongest), word: word(strongest) });
  const values = { strongest: named(strongest), high: word(strongest), weakest: named(weakest), low: word(weakest) };
  return text("picture.told.ties", values);
}

// The ties of a month: `{ one, other, trust }`.
function tiesOf(trace, k) {
  const count = trace.partners.length;
  const found = [];
  for (let one = 0; one < count; one += 1) {
    for (let other = one + 1; other < count; other += 1) {
      const trust = trustBetween(trace.months[k].ties, count, one, other);
      if (trust !== null) found.push({ one, other, trust });
    }
  }
  return found;
}

function moraleTold(trace, k) {
  const month = trace.months[k];
  const members = trace.partners.map((_, at) => at).filter((at) => month.partners[at].member);
  if (members.length === 0 || month.morale === null) return "";
  const lowest = members.reduce((one, other) => (month.partners[other].morale < month.partners[one].morale ? other : one));
  return text("picture.told.morale", { word: text(`picture.levels.${shareWord(month.morale)}`), name: trace.partners[lowest].name });
}

function moneyTold(month) {
  const given = month.partners.reduce((sum, partner) => sum + (partner.member ? partner.contributed : 0), 0);
  const values = { given: money(given), joint: money(month.joint_value), grant: money(month.grant) };
  return text(month.grant > 0 ? "picture.told.money_and_grant" : "picture.told.money", values);
}

// How it stands beside working alone, from the beginning to this month.
export function besideAlone({ premium_so_far: premium }) {
  if (premium === null || premium === undefined) return "";
  const key = premium > 0 ? "ahead" : premium < 0 ? "behind" : "even";
  return text(`picture.told.${key}`, { money: money(Math.abs(premium)) });
}

// What happens at a seat this month, in two or three words; empty for most.
export function noteOf(trace, left, k, at) {
  const partner = trace.months[k].partners[at];
  if (left[at]?.month === k + 1) return text("picture.notes.left", { why: text(`picture.notes.why.${left[at].why}`) });
  if (hasJoined(trace, k, at)) return text("picture.notes.joins");
  return partner.member && !partner.funded ? text("picture.notes.unfunded") : "";
}

// What a partner is and how it fares, to be read when one points at it.
export function seatTitle(trace, left, k, at) {
  const partner = trace.partners[at];
  const now = trace.months[k].partners[at];
  const name = withSector(partner);
  const kind = standing(trace, left, k, at);
  if (kind !== "member") return text(`picture.standing.${kind}`, { name, month: left[at]?.month ?? "" });
  return text("picture.standing.member", {
    name,
    morale: text(`picture.levels.${shareWord(now.morale)}`),
    given: money(now.contributed),
    back: money(now.benefit),
    kept: percent(now.kept),
  });
}

// A partner's name with its sector, where that says more.
export function withSector({ name, sector }) {
  return sector && sector !== name ? text("picture.named", { name, sector }) : name;
}

// What a tie says when one points at it.
export function tieTitle(trace, k, one, other) {
  const { ties } = trace.months[k];
  const count = trace.partners.length;
  return text("picture.tie", {
    one: trace.partners[one].name,
    other: trace.partners[other].name,
    there: number(ties[one * count + other], 2),
    back: number(ties[other * count + one], 2),
  });
}
