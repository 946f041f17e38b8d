import assert from "node:assert/strict";
import { test } from "node:test";
import { arrowWidth, beads, leavers, measures, mouth, niceStep, shareWord, standing, tieWidth, trustBetween } from "../picture/measure.mjs";
import { restOf } from "../picture/picture.mjs";
import { another, aroundEnds } from "../picture/replication.mjs";
import { around, boxesMeet, isCrowded, lanes, MOST_SEATS, nameLines, ringLayout, tieWay } from "../picture/ring.mjs";
import { endingTold, storyLine, twinTold, whyTold } from "../picture/story.mjs";
import { runs, spells } from "../picture/strip.mjs";
import { besideAlone, monthTold, noteOf, seatTitle } from "../picture/told.mjs";
import { speak } from "../shared/text.mjs";
import { strings } from "./strings.mjs";

speak(strings("en"));

const names = (count) => Array.from({ length: count }, (_, at) => ["council", "hospital trust", "charity for older people", "general practice-1"][at % 4] + (at < 4 ? "" : ` ${at}`));
const same = (count) => names(count).map(() => 100);

const partner = (change = {}) => ({
  member: true, waiting: false, funded: true, trust: 0.5, trust_received: 0.5, morale: 0.5, goodwill: 5, contributed: 10, benefit: 20, kept: 1, fit: 0.8, ...change,
});
const month = (partners, change = {}) => ({
  alive: true, grant: 0, joint_value: 60, alone_value: 50, value: 100, premium_so_far: 10, trust: 0.5, morale: 0.5, planned: true, events: [], interventions: [],
  partners, ties: [null, 0.9, 0.3, 0.7, null, 0.2, 0.5, 0.2, null], ...change,
});
const gone = partner({ member: false });

// Three partners; the third joins in month 2, the first leaves in month 3, and in month 4 all is over.
function trace(change = {}) {
  return {
    replication: 17, horizon_months: 4, ending: "too_few_partners", cause: "heart", vital_left: false, planned: 2000, lasted_months: 4, premium: -20,
    partners: [{ name: "council", sector: "council", days_a_month: 400, left: { month: 3, why: "little_trust" } }, { name: "surgery", sector: "health", days_a_month: 100 }, { name: "charity", sector: "charity", days_a_month: 25 }],
    months: [
      month([partner(), partner({ morale: 0.1 }), partner({ member: false, waiting: true })], { grant: 12, events: [0], premium_so_far: -5 }),
      month([partner(), partner({ morale: 0.1 }), partner({ funded: false })], { events: [0] }),
      month([gone, partner(), partner()], { ties: [null, null, null, null, null, 0.2, null, 0.3, null] }),
      month([gone, gone, gone], { alive: false, joint_value: 0, ties: Array(9).fill(null), premium_so_far: 0 }),
    ],
    story: { left_out: 0, lines: [{ month: 3, again: [], kind: "left", partner: 0, why: "little_trust" }, { month: 4, again: [], kind: "dissolved", ending: "too_few_partners" }] },
    beside_twin: { value: 400, joint: 180, alone: 408, grant: 12, premium: -20 },
    losses: { money: 0, heart: 900, trust: 40, ambition: 60, shock: 1 },
    events: [{ name: "reform", kind: "policy_change", partners: [] }], interventions: [],
    ...change,
  };
}

test("a name stands on few lines, and what does not fit is cut", () => {
  assert.deepEqual(nameLines("charity for older people", 13, 2), ["charity for", "older people"]);
  assert.deepEqual(nameLines("a b c", 1, 2), ["a", "b …"]);
  assert.equal(nameLines("Donaudampfschifffahrtsgesellschaft", 13, 2)[0].length, 15);
  assert.deepEqual(nameLines("", 13, 2), [""]);
});

test("seats are as far from one another all round", () => {
  const { points } = around(12, 300, 120);
  const gaps = points.map(({ x, y }, at) => Math.hypot(x - points[(at + 1) % 12].x, y - points[(at + 1) % 12].y));
  assert.ok(Math.max(...gaps) < 1.25 * Math.min(...gaps), String(gaps));
  assert.ok(points[0].y < -119.9 && Math.abs(points[0].x) < 0.1);
});

test("names never cover one another, from two partners to as many as have seats, at any width", () => {
  for (const width of [268, 328, 430, 560, 700, 900]) {
    for (let count = 2; count <= MOST_SEATS; count += 1) {
      const layout = ringLayout(names(count), same(count), width, "sponsor");
      assert.equal(isCrowded(layout), false, `${count} partners at ${width} as ${layout.kind}`);
      assert.equal(layout.seats.length, count);
    }
  }
});

test("more partners than have seats are dots within the picture", () => {
  for (const count of [MOST_SEATS + 1, 60, 200]) {
    const layout = ringLayout(names(count), same(count), 328, null);
    assert.equal(layout.kind, "dots");
    for (const { x, y, r } of layout.seats) assert.ok(x > r && x < 328 - r && y > r && y < layout.height - r);
  }
});

test("the area of a disc goes with what a partner has", () => {
  const { seats } = ringLayout(names(3), [400, 100, 0], 900, null);
  assert.ok(Math.abs(seats[0].r - 2 * seats[1].r) < 1e-9 && seats[2].r >= 9);
});

test("boxes that only touch do not meet", () => {
  const box = (left) => ({ left, right: left + 1, top: 0, bottom: 1 });
  assert.ok(boxesMeet(box(0), box(0.5)) && !boxesMeet(box(0), box(1)));
});

test("a tie through the middle is led around it, and one beside it is straight", () => {
  const centre = { x: 100, y: 100 };
  assert.equal(tieWay({ x: 0, y: 0 }, { x: 200, y: 0 }, centre, 50), "M0.0 0.0L200.0 0.0");
  const [, bend] = tieWay({ x: 0, y: 100 }, { x: 200, y: 100 }, centre, 50).match(/Q([\d. -]+) 200/);
  // The middle of such a curve is half way to where it bends.
  assert.equal(Math.abs(Number(bend.split(" ")[1]) - 100) / 2, 50);
});

test("what is given goes to the middle, what comes back goes to the partner, beside one another", () => {
  const { given, back } = lanes({ x: 0, y: 0, r: 10 }, { x: 200, y: 0 }, 40);
  assert.ok(given.from.x < given.to.x && back.from.x > back.to.x && given.from.y === -back.to.y && given.from.y !== 0);
});

test("a tie is the thicker the more trust there is, from half a pixel to eight", () => {
  const widths = [0, 0.3, 0.6, 1].map((trust) => tieWidth(trust, 4));
  assert.deepEqual([widths[0], widths[3]], [0.5, 8]);
  assert.ok(widths[0] < widths[1] && widths[1] < widths[2] && tieWidth(1, 20) < 3);
});

test("trust between two is the mean of both ways, and none where one is no member", () => {
  assert.equal(trustBetween(trace().months[0].ties, 3, 0, 1), 0.8);
  assert.equal(trustBetween(trace().months[2].ties, 3, 0, 1), null);
});

test("beads go with the amount, and a little money still has one", () => {
  assert.deepEqual([0, 0.1, 10, 26, 600, -3].map((amount) => beads(amount, 10)), [0, 1, 1, 3, 6, 0]);
  assert.deepEqual([0, 0.7, 1, 1.2, 3, 7, 30].map(niceStep), [1, 1, 1, 2, 5, 10, 50].map((step, at) => (at === 0 ? 1 : step)));
  assert.ok(arrowWidth(0, 10) === 0 && arrowWidth(10, 10) === 6 && arrowWidth(5, 10) === 3.5);
});

test("pictures side by side have one measure", () => {
  const other = trace({ months: [month([partner({ benefit: 55 })], { premium_so_far: 70 })] });
  const found = measures([trace(), other]);
  assert.deepEqual(found, { flow: 55, bead: 10, joint: 60, low: -5, high: 70 });
});

test("a mouth is straight in the middle, up where morale is high and down where it is low", () => {
  const bent = (morale) => {
    const [, end, middle] = mouth(morale, 20).match(/^M-?[\d.]+ (-?[\d.]+)Q0 (-?[\d.]+)/);
    return Number(middle) - Number(end);
  };
  assert.ok(bent(1) > 0 && bent(0) < 0 && bent(0.5) === 0);
});

test("a share has its word, the ends too", () => {
  assert.deepEqual([0, 0.2, 0.5, 0.79, 1].map(shareWord), ["very_low", "low", "middling", "high", "very_high"]);
});

test("it is told of each partner how it stands, and of those that left when and why", () => {
  const left = leavers(trace());
  assert.deepEqual(left, [{ month: 3, why: "little_trust" }, null, null]);
  const kinds = [0, 1, 2, 3].map((k) => [0, 1, 2].map((at) => standing(trace(), left, k, at)));
  assert.deepEqual(kinds, [["member", "member", "waiting"], ["member", "member", "member"], ["left", "member", "member"], ["left", "apart", "apart"]]);
  const untold = leavers(trace({ story: { lines: [], left_out: 9 } }));
  assert.deepEqual(untold, left, "whether or not the story has room for it");
});

test("the sentences of a month say who is there, who trusts whom, the mood, the money and how it stands", () => {
  assert.equal(
    monthTold(trace(), 0),
    "Month 1: 2 of 3 partners work together. Trust is strongest between council and surgery (very high), weakest between surgery and charity (low). " +
      "Morale is middling, lowest at surgery. The partners put in work worth £20,000 and the sponsor £12,000; joint work was worth £60,000. " +
      "So far, working together is worth £5,000 less than working alone.",
  );
  assert.match(monthTold(trace(), 1), /charity joins\./);
  assert.match(monthTold(trace(), 2), /council leaves: it does not trust the others\. Trust between surgery and charity is low\./);
  assert.match(monthTold(trace(), 3), /^Month 4: the partnership ends here\. So far, .* come out the same\.$/);
});

test("a note says what happened to a partner in its month and in no other", () => {
  const left = leavers(trace());
  const noted = [0, 1, 2].map((k) => [0, 2].map((at) => noteOf(trace(), left, k, at)));
  assert.deepEqual(noted, [["", ""], ["", "joins"], ["left: little trust", ""]]);
  assert.match(seatTitle(trace(), left, 2, 0), /left in month 3/);
  assert.match(seatTitle(trace(), left, 0, 1), /surgery \(health\): morale very low/);
});

test("ahead, behind or even is said in words", () => {
  assert.match(besideAlone({ premium_so_far: 3 }), /£3,000 more/);
  assert.equal(besideAlone({ premium_so_far: null }), "");
});

test("a story is told as the command line tells it", () => {
  const told = (line) => storyLine(trace(), { month: 4, again: [], ...line });
  assert.equal(told({ kind: "left", partner: 1, why: "luck", again: [7, 9] }), "Month 4: surgery leaves: a run of setbacks has used up its goodwill; 2 others leave later, the last in month 9.");
  assert.equal(told({ kind: "promise_broken", partner: 2, share: 0.4, again: [5, 9, 11, 20, 22] }), "Month 4: charity keeps only 40% of its promise; again in months 5, 9, 11 and 2 later ones.");
  assert.equal(told({ kind: "plan_renewed", again: [9] }), "Month 4: a new plan is in force; again in month 9.");
  assert.equal(told({ kind: "income_fell", partner: 0, months: 2, lasts: false, share: 0.5 }), "Month 4: council loses half of its income for 2 months.");
  assert.equal(told({ kind: "grant_fell", months: 9, lasts: true, share: 1 }), "Month 4: all of the grant does not arrive to the horizon.");
  assert.equal(told({ kind: "event_began", event: 0, months: 6, lasts: false, share: 0 }), "Month 4: “reform” begins: policy changes for all partners, for 6 months.");
  assert.equal(told({ kind: "worked_on", count: 2 }), "Month 4: the horizon; 2 of 3 partners still work together.");
  assert.equal(told({ kind: "innovated", count: 1 }), "Month 4: a better way of working is adopted, the only one.");
});

test("whatever can happen has its words", () => {
  const kinds = "income_fell reserve_ran_out promise_broken joined left grant_fell grant_ended grant_goes_on event_began intervention_started intervention_ended plan_agreed plan_renewed never_agreed review_found_loss term_ended innovated trust_fell trust_rose morale_lowest morale_highest ahead_of_twin behind_twin never_formed dissolved worked_on";
  const all = { month: 1, again: [], partner: 0, why: "drift", event: 0, intervention: 0, months: 2, lasts: false, share: 0.3, count: 2, morale: 0.4, ending: "wound_up" };
  const given = trace({ interventions: [{ name: "away days", kind: "facilitated_events", partners: ["council", "surgery"] }] });
  for (const kind of kinds.split(" ")) assert.doesNotMatch(storyLine(given, { ...all, kind }), /story\.|\{|undefined|NaN/, kind);
});

test("how it came out has its words, and why it failed names the largest losses", () => {
  assert.equal(endingTold(trace()), "It ended in month 4 of 4: fewer partners were left than the minimum.");
  const lasting = trace({ ending: "reached_horizon", months: trace().months.slice(0, 3) });
  assert.equal(endingTold(lasting), "After 4 months 2 of 3 partners still work together.");
  assert.equal(
    whyTold(trace()).join(" "),
    "Why it failed: lost heart. The agreed work was to be worth £2 million while it lasted; most was lost so: £900,000 to lack of heart, £60,000 to hopes that joint work could not fulfil and £40,000 to lack of trust.",
  );
  assert.match(twinTold(trace()).join(" "), /less the grant of £12,000.*£20,000 less than working alone\.$/);
  assert.equal(whyTold(trace({ cause: "none" })), null);
  // What lasted and failed all the same is first told in what.
  assert.match(whyTold(trace({ ending: "reached_horizon" })).join(" "), /^But its joint work was worth less than was put into it\. What most decided that: lost heart\./);
  assert.match(whyTold(trace({ cause: "partner_left", vital_left: true })).join(" "), /without whom/);
  assert.doesNotMatch(whyTold(trace({ cause: "partner_left" })).join(" "), /without whom/);
});

test("months in which something runs are joined", () => {
  assert.deepEqual(runs([true, true, false, true]), [[0, 2], [3, 4]]);
  assert.deepEqual(spells(trace()), [{ name: "reform", kind: "events", runs: [[0, 2]] }]);
});

test("another replication is another, and after the last comes the first", () => {
  assert.deepEqual([-1, 1000, 17].map((replication) => aroundEnds(replication, 1000)), [999, 0, 17]);
  const chosen = new Set([0, 0.2, 0.4, 0.6, 0.8, 0.99].map((chance) => another(2, 5, chance)));
  assert.deepEqual([...chosen].sort(), [0, 1, 3, 4]);
  assert.equal(another(0, 1, 0.5), 0);
});

test("playing rests where the last partnership has ended", () => {
  assert.equal(restOf([trace()]), 3);
  assert.equal(restOf([trace(), trace({ months: trace().months.slice(0, 2) })]), -1);
});
