// The picture of one month: partners around the work they do together, ties thick with trust, money on its way. It is built once for a
// replication and a width; a month only moves what is there.

import { draw, fill } from "../shared/dom.mjs";
import { arrowWidth, beads, leavers, measures, MOST_BEADS, mouth, standing, THIN_TRUST, tieWidth, trustBetween } from "./measure.mjs";
import { lanes, ringLayout, spot, tieWay } from "./ring.mjs";
import { noteOf, seatTitle, tieTitle } from "./told.mjs";
import { money, text } from "../shared/text.mjs";

// Half of what the longest note takes, in pixels.
const NOTE = 58;

// The scene of a trace: `{ element, layout, show(month), move(phase), still(isStill) }`, months from 0. `scale` is what `measures` gives,
// `name` the id of the words that tell the same.
export function scene(trace, width, scale = measures([trace]), name = null) {
  const hasGrant = trace.months.some((month) => month.grant > 0);
  const sizes = trace.partners.map((partner) => partner.days_a_month);
  const layout = ringLayout(trace.partners.map((partner) => partner.name), sizes, width, hasGrant ? text("picture.sponsor") : null);
  const left = leavers(trace);
  // With many partners the arrows of all would hide everything.
  const flows = layout.kind === "dots" ? [] : trace.partners.map((_, at) => flowParts(trace, layout, at, scale));
  const parts = [
    tieParts(trace, layout),
    ...flows,
    grantParts(trace, layout, scale),
    jointParts(trace, layout, scale),
    ...trace.partners.map((_, at) => seatParts(trace, layout, left, at)),
  ];
  const label = name === null ? {} : { "aria-labelledby": name };
  const element = draw(
    "svg",
    { class: "living still", role: "img", width, height: layout.height, viewBox: `0 0 ${width} ${layout.height}`, ...label },
    parts.map((part) => part.element),
  );
  const moving = parts.flatMap((part) => part.moving ?? []);
  return {
    element,
    layout,
    show: (k) => parts.forEach((part) => part.show(k)),
    move: (phase) => moving.forEach((flow) => flow.move(phase)),
    still: (isStill) => element.setAttribute("class", isStill ? "living still" : "living"),
  };
}

// Gives an element an attribute where it has another value, so that what stays is not drawn anew.
function give(element, key, value) {
  if (element.getAttribute(key) !== value) element.setAttribute(key, value);
}

// Ties of every pair; with many partners the spokes tell how much each is trusted.
function tieParts(trace, layout) {
  const partners = trace.partners.length;
  const element = draw("g", { class: "ties", fill: "none" });
  if (layout.kind === "dots") return spokeTies(trace, layout, element);
  const pairs = [];
  for (let one = 0; one < partners; one += 1) {
    for (let other = one + 1; other < partners; other += 1) {
      const title = draw("title");
      const way = tieWay(layout.seats[one], layout.seats[other], layout.centre, layout.joint + 12);
      const path = draw("path", { d: way }, title);
      element.append(path);
      pairs.push({ one, other, path, title });
    }
  }
  const show = (k) => {
    for (const { one, other, path, title } of pairs) {
      const trust = trustBetween(trace.months[k].ties, partners, one, other);
      drawTie(path, trust, partners);
      if (trust !== null) title.textContent = tieTitle(trace, k, one, other);
    }
  };
  return { element, show };
}

function spokeTies(trace, layout, element) {
  const paths = layout.seats.map((seat) => draw("path", { d: `M${spot(seat)}L${spot(layout.centre)}` }));
  element.append(...paths);
  const show = (k) =>
    paths.forEach((path, at) => {
      const partner = trace.months[k].partners[at];
      drawTie(path, partner.member ? partner.trust_received : null, 2 * trace.partners.length);
    });
  return { element, show };
}

function drawTie(path, trust, partners) {
  give(path, "class", trust === null ? "tie none" : "tie");
  if (trust === null) return;
  give(path, "stroke-width", tieWidth(trust, partners).toFixed(2));
  give(path, "stroke-dasharray", trust < THIN_TRUST ? "3 5" : "none");
}

// What a partner gives to joint work, and what it gets back.
function flowParts(trace, layout, at, scale) {
  const { given, back } = lanes(layout.seats[at], layout.centre, layout.joint);
  // Beads of different partners do not march in step.
  const begin = (0.382 * at) % 1;
  const gives = flow("given", given, scale, begin);
  const gets = flow("back", back, scale, begin);
  const show = (k) => {
    const partner = trace.months[k].partners[at];
    gives.take(partner.member ? partner.contributed : 0);
    gets.take(partner.member ? partner.benefit : 0);
  };
  return { element: draw("g", {}, gives.element, gets.element), show, moving: [gives, gets] };
}

// One lane: an arrow as wide as the amount, or beads as many as it holds.
function flow(kind, { from, to }, scale, begin = 0) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < 14) return { element: draw("g"), take: () => {}, move: () => {} };
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const neck = { x: to.x - 7 * ux, y: to.y - 7 * uy };
  const shaft = draw("line", { class: "shaft", x1: from.x, y1: from.y, x2: neck.x, y2: neck.y });
  const wing = (side) => spot({ x: neck.x - side * 4.5 * uy, y: neck.y + side * 4.5 * ux });
  const head = draw("path", { class: "head", d: `M${spot(to)}L${wing(1)}L${wing(-1)}Z` });
  const pool = Array.from({ length: MOST_BEADS }, () => bead(kind));
  let shown = 0;
  const take = (amount) => {
    shown = beads(amount, scale.bead);
    const width = arrowWidth(amount, scale.flow);
    give(arrow, "class", width > 0 ? "arrow" : "arrow none");
    give(shaft, "stroke-width", width.toFixed(2));
    pool.forEach((each, at) => give(each, "class", at < shown ? "bead" : "bead none"));
  };
  const move = (phase) => {
    for (let at = 0; at < shown; at += 1) {
      const along = ((begin + phase + at / shown) % 1) * length;
      pool[at].setAttribute("transform", `translate(${spot({ x: from.x + ux * along, y: from.y + uy * along })})`);
    }
  };
  const arrow = draw("g", { class: "arrow" }, shaft, head);
  return { element: draw("g", { class: `flow ${kind}` }, arrow, pool), take, move };
}

// Round what is given, a diamond what comes back, a square what the sponsor pays.
function bead(kind) {
  if (kind === "given") return draw("circle", { class: "bead none", r: 3.4 });
  return draw("path", { class: "bead none", d: kind === "back" ? "M0-4.6L4.6 0L0 4.6L-4.6 0Z" : "M-3.6-3.6H3.6V3.6H-3.6Z" });
}

function grantParts(trace, layout, scale) {
  const seat = layout.sponsor;
  if (seat === null) return { element: draw("g"), show: () => {} };
  const { given } = lanes(seat, layout.centre, layout.joint);
  const pays = flow("grant", given, scale);
  const title = draw("title");
  const { x, y, r } = seat;
  const box = draw("rect", { class: "box", x: x - r, y: y - r, width: 2 * r, height: 2 * r, rx: 4 });
  const sign = draw("text", { class: "sign", x, y: y + 5, "text-anchor": "middle" }, text("picture.sponsor_sign"));
  const body = draw("g", { class: "sponsor" }, title, box, sign, nameText(seat.label));
  const show = (k) => {
    const { grant } = trace.months[k];
    pays.take(grant);
    give(body, "class", grant > 0 ? "sponsor" : "sponsor none");
    title.textContent = text(grant > 0 ? "picture.sponsor_pays" : "picture.sponsor_pays_nothing", { money: money(grant) });
  };
  return { element: draw("g", {}, pays.element, body), show, moving: [pays] };
}

// The work done together: the inner disc grows with its worth.
function jointParts(trace, layout, scale) {
  const { centre, joint } = layout;
  const core = draw("circle", { class: "core", r: 0 });
  const head = draw("text", { class: "strong", y: -2, "text-anchor": "middle" });
  const below = draw("text", { y: 14, "text-anchor": "middle" });
  const rim = draw("circle", { class: "rim", r: joint });
  const element = draw("g", { class: "joint", transform: `translate(${spot(centre)})` }, rim, core, head, below);
  const ended = trace.months.findIndex((month) => !month.alive);
  const show = (k) => {
    const month = trace.months[k];
    const isOver = !month.alive;
    give(element, "class", isOver ? "joint over" : "joint");
    give(core, "r", isOver || scale.joint <= 0 ? "0" : (joint * Math.sqrt(Math.max(month.joint_value, 0) / scale.joint)).toFixed(1));
    const kind = isOver ? (trace.ending === "never_formed" ? "none" : "over") : "work";
    fill(head, text(`picture.middle.${kind}`));
    fill(below, kind === "work" ? money(month.joint_value) : kind === "over" ? text("picture.middle.month", { month: ended + 1 }) : "");
  };
  return { element, show };
}

// A partner: a disc as large as what it has, a face for its morale, its name, and what became of it this month.
function seatParts(trace, layout, left, at) {
  const seat = layout.seats[at];
  const { r } = seat;
  const title = draw("title");
  const disc = draw("circle", { class: "disc", r });
  const lips = draw("path", { class: "lips", fill: "none" });
  const eye = (side) => draw("circle", { class: "eye", cx: side * 0.32 * r, cy: -0.2 * r, r: Math.max(1.3, r * 0.085) });
  const face = layout.kind === "dots" ? [] : [eye(-1), eye(1), lips];
  const body = draw("g", { transform: `translate(${spot(seat)})` }, title, disc, face);
  const note = draw("text", { class: "note", ...notePlace(layout, seat) });
  const element = draw("g", {}, body, nameText(seat.label), note);
  const show = (k) => {
    const kind = standing(trace, left, k, at);
    give(element, "class", layout.kind === "dots" ? `place dot ${kind}` : `place ${kind}`);
    const { x, y } = kind === "left" || kind === "waiting" ? seat.away : { x: 0, y: 0 };
    element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    const morale = trace.months[k].partners[at].morale ?? 0.5;
    if (layout.kind === "dots") give(disc, "fill-opacity", morale.toFixed(2));
    else give(lips, "d", mouth(morale, r));
    title.textContent = seatTitle(trace, left, k, at);
    const said = layout.kind === "dots" ? "" : noteOf(trace, left, k, at);
    if (note.textContent !== said) note.textContent = said;
  };
  return { element, show };
}

// A note stands below the name, or above it where the disc is below; in the middle it keeps away from the edge of the picture.
function notePlace({ kind, width }, { x, y, r, label }) {
  const isAbove = label.anchor === "middle" && label.y < y;
  const height = isAbove ? label.y - 15 : label.y + 15 * label.lines.length;
  if (kind === "beside") return { x: label.x, y: height, "text-anchor": label.anchor };
  const middle = Math.min(Math.max(x, NOTE), width - NOTE);
  return { x: middle, y: kind === "numbered" && !isAbove ? y + r + 15 : height, "text-anchor": "middle" };
}

function nameText({ x, y, anchor, lines }) {
  const rows = lines.map((line, at) => draw("tspan", { x, y: (y + 15 * at).toFixed(1) }, line));
  return draw("text", { class: "name", "text-anchor": anchor }, rows);
}
