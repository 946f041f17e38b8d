// The strip below the living picture: how far the partnership is ahead of working alone or behind it, month by month; who came and
// went; which events and interventions ran. What is still to come is pale.

import { draw, fill } from "../shared/dom.mjs";
import { leavers } from "./measure.mjs";
import { nameLines } from "./ring.mjs";
import { hasJoined } from "./told.mjs";
import { money, number, text } from "../shared/text.mjs";

const PLOT = 104;
const ROW = 22;
const MOST_ROWS = 6;
const EDGE = 8;

let strips = 0;

// The strip of a trace: `{ element, show(month) }`, months from 0; `onMonth` is told the month that one points at.
export function strip(trace, width, scale, onMonth) {
  strips += 1;
  const clip = `strip-past-${strips}`;
  const months = trace.months.length;
  const across = (month) => EDGE + ((width - 2 * EDGE) * month) / months;
  const [low, high] = [Math.min(scale.low, 0), Math.max(scale.high, 0)];
  const range = high - low || 1;
  const up = (value) => 20 + ((PLOT - 26) * (high - value)) / range;
  const rows = spells(trace);
  const height = PLOT + 20 + ROW * rows.length + 4;
  const past = draw("rect", { x: 0, y: -9, width: 0, height: height + 18 });
  const now = draw("line", { class: "now", y1: 6, y2: height - 2 });
  const dot = draw("circle", { class: "dot", r: 4.5 });
  const told = draw("text", { class: "strong halo" });
  const element = draw(
    "svg",
    { class: "strip", "aria-hidden": "true", width, height, viewBox: `0 0 ${width} ${height}`, onpointerdown: point, onpointermove: point },
    draw("defs", {}, draw("clipPath", { id: clip }, past)),
    stripAxis(trace, across, up, width),
    draw("g", { class: "coming" }, ran(trace, across, up, rows)),
    draw("g", { "clip-path": `url(#${clip})` }, ran(trace, across, up, rows)),
    draw("text", { class: "halo small", x: width - EDGE, y: up(0) - 4, "text-anchor": "end" }, text("picture.strip.alone")),
    rows.map((row, at) => draw("text", { class: "halo small", x: EDGE, y: PLOT + 34 + ROW * at }, shortened(row.name, width))),
    now,
    dot,
    told,
  );
  function point(event) {
    if (event.type === "pointermove" && event.buttons !== 1) return;
    const { left, width: shown } = element.getBoundingClientRect();
    const along = ((event.clientX - left) / shown) * width;
    onMonth(Math.min(Math.max(Math.floor(((along - EDGE) / (width - 2 * EDGE)) * months), 0), months - 1));
  }
  const show = (k) => {
    const value = trace.months[k].premium_so_far ?? 0;
    const [x, y] = [across(k + 1), up(value)];
    past.setAttribute("width", x.toFixed(1));
    for (const [key, at] of [["x1", x], ["x2", x]]) now.setAttribute(key, at.toFixed(1));
    dot.setAttribute("cx", x.toFixed(1));
    dot.setAttribute("cy", y.toFixed(1));
    const isRight = x > width / 2;
    told.setAttribute("text-anchor", isRight ? "end" : "start");
    told.setAttribute("x", (x + (isRight ? -9 : 9)).toFixed(1));
    told.setAttribute("y", Math.max(13, y - 8).toFixed(1));
    fill(told, text(value < 0 ? "picture.strip.behind" : "picture.strip.ahead", { money: money(Math.abs(value)) }));
  };
  return { element, show };
}

// A name in one line of the strip.
function shortened(name, width) {
  return nameLines(name, Math.floor(width / 7), 1)[0];
}

// The line of working alone, and the months.
function stripAxis(trace, across, up, width) {
  const months = trace.months.length;
  const step = [1, 2, 3, 6, 12, 24, 60, 120].find((each) => ((width - 2 * EDGE) * each) / months >= 44) ?? months;
  const ticks = [];
  for (let month = step; month <= months; month += step) {
    const x = across(month);
    const anchor = x > width - 20 ? "end" : "middle";
    ticks.push(draw("line", { class: "tick", x1: x, x2: x, y1: PLOT, y2: PLOT + 4 }));
    ticks.push(draw("text", { class: "small", x, y: PLOT + 16, "text-anchor": anchor }, number(month)));
  }
  const zero = draw("line", { class: "zero", x1: EDGE, x2: width - EDGE, y1: up(0), y2: up(0) });
  const base = draw("line", { class: "tick", x1: EDGE, x2: width - EDGE, y1: PLOT, y2: PLOT });
  return draw("g", {}, base, zero, ticks);
}

// What happened: the line, those who left and joined, the bands.
function ran(trace, across, up, rows) {
  const points = [[0, 0], ...trace.months.map((month, k) => [k + 1, month.premium_so_far ?? 0])];
  const spots = points.map(([month, value]) => `${across(month).toFixed(1)} ${up(value).toFixed(1)}`);
  const zero = (month) => `L${across(month).toFixed(1)} ${up(0).toFixed(1)}`;
  const area = `M${spots.join("L")}${zero(points.length - 1)}${zero(0)}Z`;
  const bars = rows.flatMap((row, at) =>
    row.runs.map(([from, to]) => {
      const place = { x: across(from), y: PLOT + 21 + ROW * at, width: across(to) - across(from), height: ROW - 4 };
      return draw("rect", { class: `band ${row.kind}`, ...place, rx: 3 });
    }),
  );
  return [
    draw("path", { class: "area", d: area }),
    draw("path", { class: "line", fill: "none", d: `M${spots.join("L")}` }),
    ...bars,
    ...comings(trace, across, up),
  ];
}

// A cross where a partner left, a plus where one joined.
function comings(trace, across, up) {
  const marks = leavers(trace).flatMap((leaving) => (leaving === null ? [] : [{ month: leaving.month, kind: "leaves" }]));
  trace.months.forEach((month, k) => {
    if (month.partners.some((_, at) => hasJoined(trace, k, at))) marks.push({ month: k + 1, kind: "joins" });
  });
  return marks.map(({ month, kind }) => {
    const [x, y] = [across(month), up(0)];
    const cross = `M${x - 5} ${y - 5}L${x + 5} ${y + 5}M${x + 5} ${y - 5}L${x - 5} ${y + 5}`;
    const d = kind === "leaves" ? cross : `M${x - 6} ${y}H${x + 6}M${x} ${y - 6}V${y + 6}`;
    return draw("path", { class: `mark ${kind}`, d, fill: "none" });
  });
}

// Events and interventions as rows: `{ name, kind, runs: [[from, to]] }`, months from 0, `to` not among them.
export function spells(trace) {
  const rows = ["events", "interventions"].flatMap((kind) =>
    trace[kind].map(({ name }, at) => ({ name, kind, runs: runs(trace.months.map((month) => month[kind].includes(at))) })),
  );
  return rows.filter((row) => row.runs.length > 0).slice(0, MOST_ROWS);
}

// Where a row of yes and no says yes.
export function runs(flags) {
  const found = [];
  flags.forEach((flag, at) => {
    const last = found[found.length - 1];
    if (flag && last !== undefined && last[1] === at) last[1] = at + 1;
    else if (flag) found.push([at, at + 1]);
  });
  return found;
}
