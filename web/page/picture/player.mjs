// The clock of the living picture and what one moves it with: play, step, a slider for the month, speed.

import { make } from "../shared/dom.mjs";
import { number, text } from "../shared/text.mjs";
import { steadied } from "../shared/touch.mjs";

// Months a second.
const SPEEDS = { slow: 0.5, normal: 1, fast: 3 };

// The player: `{ element, go(month), stop(), span(months, rest) }`. `shown` says what to do with a month: show(month, isByHand), and
// with the time within it while it plays: move(phase), playing(isPlaying). `isCalm()` tells whether motion is unwanted.
export function player(shown, isCalm) {
  let [month, months, rest] = [0, 1, 0];
  let [playing, before, within] = [false, 0, 0];
  // What was meant to happen later happens only if nothing was meant since.
  let [turns, isMoving] = [0, false];

  const play = make("button", { type: "button", class: "main play", onclick: () => (playing ? stop() : start()) });
  const back = stepButton("back", () => go(month - 1));
  const forward = stepButton("forward", () => go(month + 1));
  const bounds = { min: 1, max: 1, step: 1, value: 1 };
  const slider = steadied(make("input", { type: "range", id: "picture-month", ...bounds, oninput: () => go(Number(slider.value) - 1) }));
  const field = make("input", { type: "number", ...bounds, "aria-label": text("picture.month_number"), onchange: typed });
  const option = (value) => make("option", { value, selected: value === "normal" }, text(`picture.speeds.${value}`));
  const speed = make("select", { id: "picture-speed" }, Object.keys(SPEEDS).map(option));
  const element = make(
    "div",
    { class: "player" },
    make("div", { class: "row" }, back, play, forward),
    make("div", { class: "row month-row" }, make("label", { for: "picture-month" }, text("picture.month")), slider, field),
    make("div", { class: "row" }, make("label", { for: "picture-speed" }, text("picture.speed")), speed),
  );

  function typed() {
    const wanted = Math.round(Number(field.value));
    if (Number.isFinite(wanted) && field.value !== "") go(wanted - 1);
    else field.value = month + 1;
  }

  // Goes to a month by hand, which ends the playing.
  function go(wanted) {
    stop();
    put(Math.min(Math.max(wanted, 0), months - 1), true);
  }

  function put(wanted, isByHand) {
    month = wanted;
    slider.value = month + 1;
    slider.setAttribute("aria-valuetext", text("picture.month_of", { month: number(month + 1), of: number(months) }));
    field.value = month + 1;
    back.disabled = month === 0;
    forward.disabled = month === months - 1;
    shown.show(month, isByHand);
  }

  function start() {
    if (month >= months - 1) put(0, false);
    [playing, before, within] = [true, null, 0];
    face();
    later();
  }

  function stop() {
    if (!playing) return;
    playing = false;
    turns += 1;
    face();
    move(false);
  }

  // What is wished of motion may change while it plays. Where nothing moves between months, the page rests between them too.
  function later() {
    turns += 1;
    const turn = turns;
    move(!isCalm());
    if (isMoving) return requestAnimationFrame((now) => turn === turns && frame(now));
    before = null;
    setTimeout(() => turn === turns && tick(), (1000 * (1 - within)) / SPEEDS[speed.value]);
  }

  // A hidden page gets no frames, so time stands still there too.
  function frame(now) {
    const passed = Math.min(now - (before ?? now), 100) / 1000;
    before = now;
    within += passed * SPEEDS[speed.value];
    if (within >= 1 && !next()) return;
    if (!isCalm()) shown.move(within);
    later();
  }

  function tick() {
    if (document.hidden) return later();
    within = 1;
    if (next()) later();
  }

  function move(wanted) {
    if (isMoving !== wanted) shown.playing(wanted);
    isMoving = wanted;
  }

  // Goes on to the next month; false where playing ends there.
  function next() {
    within -= 1;
    put(month + 1, false);
    if (month !== months - 1 && month !== rest) return true;
    ended();
    return false;
  }

  function ended() {
    stop();
    shown.show(month, true);
  }

  function face() {
    play.textContent = text(playing ? "picture.pause" : "picture.play");
  }

  // How many months there are, and the month in which playing comes to rest before the last.
  function span(count, restAt) {
    [months, rest] = [count, restAt];
    slider.max = months;
    field.max = months;
    put(Math.min(month, months - 1), false);
  }

  face();
  return { element, go, stop, span };
}

function stepButton(kind, onclick) {
  return make("button", { type: "button", "aria-label": text(`picture.${kind}_month`), onclick }, text(`picture.${kind}`));
}
