// The living picture: one replication of each set-up, month by month, with what moves it.

import { announce, fill, make, reword } from "../shared/dom.mjs";
import { measures } from "./measure.mjs";
import { pane } from "./pane.mjs";
import { pictureKey } from "./picturekey.mjs";
import { player } from "./player.mjs";
import { replicationChooser } from "./replication.mjs";
import { MOST_SEATS } from "./ring.mjs";
import { endingTold } from "./story.mjs";
import { number, text } from "../shared/text.mjs";

// Where there is less room than this, in pixels, set-ups are not shown beside one another unless asked.
const BESIDE = 640;

// Builds the living picture in its place of the page and keeps it up with what was found.
export function livingPicture(page, root) {
  let [panes, traces] = [[], []];
  const wantsCalm = matchMedia("(prefers-reduced-motion: reduce)");
  const clock = player(
    {
      show(month, isByHand) {
        for (const each of panes) each.show(Math.min(month, each.trace.months.length - 1));
        const heard = panes.filter((each) => !each.element.hidden);
        if (isByHand) announce(heard.map((each) => each.told(Math.min(month, each.trace.months.length - 1))).join(" "));
      },
      move: (phase) => panes.forEach((each) => each.move(phase)),
      playing: (isPlaying) => panes.forEach((each) => each.still(!isPlaying)),
    },
    () => wantsCalm.matches,
  );
  const chooser = replicationChooser(page);
  const which = whichSetUp(() => arrange());
  const hidden = make("p", { class: "aside", hidden: true }, text("picture.hidden"));
  const waiting = make("p", { class: "aside" }, text("picture.waiting"));
  const tooLarge = make("p", { class: "aside", hidden: true });
  const places = make("div", { class: "panes" });
  const [about, room, key] = [make("p", {}, text("picture.about")), make("div", { class: "panes-room" }, places), make("div")];
  const shown = make("div", { class: "picture-parts", hidden: true }, about, clock.element, chooser.element, which.element, room, key);
  fill(root, hidden, waiting, tooLarge, shown);

  // New traces: new panes, in the month that was looked at.
  const take = (found) => {
    const isAnother = traces.length > 0 && found.length > 0 && found[0].replication !== traces[0].replication;
    traces = found;
    if (isAnother) announce(anotherTold(traces));
    const scale = measures(traces);
    const headings = traces.length > 1 ? ["picture.first", "picture.second"].map((title) => text(title)) : [null];
    clock.stop();
    const isOpen = traces.map((_, at) => panes[at]?.isOpen() ?? false);
    panes = traces.map((trace, at) => pane(trace, headings[at], scale, isOpen[at], (month) => clock.go(month)));
    fill(places, panes.map((each) => each.element));
    const hasGrant = traces.some((trace) => trace.months.some((month) => month.grant > 0));
    const isMany = traces.some((trace) => trace.partners.length > MOST_SEATS);
    fill(key, pictureKey(scale, hasGrant, isMany, key.firstChild?.open ?? true));
    arrange();
  };

  const arrange = () => {
    which.element.hidden = traces.length < 2;
    which.prefer(room.clientWidth >= BESIDE ? "both" : "0");
    const chosen = which.chosen();
    panes.forEach((each, at) => (each.element.hidden = traces.length > 1 && chosen !== "both" && chosen !== String(at)));
    places.classList.toggle("side-by-side", traces.length > 1 && chosen === "both");
    panes.forEach((each) => each.fit());
    if (traces.length > 0) clock.span(Math.max(...traces.map((trace) => trace.months.length)), restOf(traces));
  };

  const follow = (found) => {
    const now = found.traces;
    hidden.hidden = !found.isHidden;
    waiting.hidden = found.isHidden || now.length > 0 || found.tooLarge !== null;
    tooLarge.hidden = found.isHidden || found.tooLarge === null;
    if (found.tooLarge !== null) reword(tooLarge, tooLargeWords(found.tooLarge));
    shown.hidden = found.isHidden || now.length === 0;
    if (found.isHidden) clock.stop();
    if (now.length !== traces.length || now.some((trace, at) => trace !== traces[at])) take(now);
    else panes.forEach((each) => each.fit());
  };

  // Where there is room for something else than before, it is laid out anew.
  let width = 0;
  new ResizeObserver(() => {
    if (room.clientWidth !== width) arrange();
    width = room.clientWidth;
  }).observe(room);
  page.found.watch(follow);
  follow(page.found.get());
}

function tooLargeWords({ partners, months }) {
  return text("picture.too_large", { partners: number(partners), months: number(months) });
}

// What is said when another replication is shown.
function anotherTold(traces) {
  return [text("picture.replications.shown", { n: number(traces[0].replication) }), ...traces.map(endingTold)].join(" ");
}

// The month, from 0, in which the last of the partnerships has ended; where one goes on, there is none.
export function restOf(traces) {
  const ends = traces.map((trace) => trace.months.findIndex((month) => !month.alive));
  return ends.every((end) => end > 0) ? Math.max(...ends) : -1;
}

// Which of two set-ups is shown: what is preferred until somebody chooses.
function whichSetUp(onChange) {
  let isChosen = false;
  const choose = () => {
    isChosen = true;
    onChange();
  };
  const choices = ["both", "0", "1"].map((value) => {
    const input = make("input", { type: "radio", name: "picture-set-up", value, checked: value === "both", onchange: choose });
    return { input, label: make("label", { class: "check" }, input, text(`picture.which.${value}`)) };
  });
  const element = make(
    "fieldset",
    { class: "row which", hidden: true },
    make("legend", {}, text("picture.which.title")),
    choices.map(({ label }) => label),
  );
  const prefer = (value) => {
    for (const { input } of choices) if (!isChosen) input.checked = input.value === value;
  };
  return { element, prefer, chosen: () => choices.find(({ input }) => input.checked).input.value };
}
