// One replication of one set-up as one sees it: what runs, the picture, the same in words, the strip, the story, the numbers.

import { fill, make } from "../shared/dom.mjs";
import { leavers } from "./measure.mjs";
import { monthTables } from "./monthtable.mjs";
import { scene } from "./scene.mjs";
import { storyParts } from "./story.mjs";
import { strip } from "./strip.mjs";
import { monthTold } from "./told.mjs";
import { listed, number, text } from "../shared/text.mjs";

let panes = 0;

// The pane of a trace: `{ element, trace, isOpen(), fit(), show(month), move(phase), still(isStill), told(month) }`, months from 0.
// `heading` is `null` where there is one set-up only; `isOpen` tells whether its tables are.
export function pane(trace, heading, scale, isOpen, onMonth) {
  panes += 1;
  const name = `picture-words-${panes}`;
  const left = leavers(trace);
  const running = make("p", { class: "running aside" });
  const words = make("p", { class: "month-words", id: name });
  const [stage, track] = [make("div", { class: "stage" }), make("div", { class: "track" })];
  const names = make("ol", { class: "seat-names aside" });
  const story = storyParts(trace, heading === null ? "h3" : "h4", onMonth);
  const tables = monthTables(trace, heading, isOpen);
  const caption = make("p", { class: "aside track-title" }, text("picture.strip.title"));
  const shown = make("div", { class: "pane-picture" }, running, stage, names, words, caption, track);
  const element = make(
    "div",
    { class: "pane" },
    heading === null ? null : make("h3", {}, heading),
    make("div", { class: "pane-parts" }, shown, story.element),
    tables.element,
  );
  let [drawn, below, width, rests] = [null, null, 0, true];
  const fit = () => {
    const wanted = Math.floor(stage.clientWidth);
    if (wanted === width || wanted < 120) return;
    width = wanted;
    drawn = scene(trace, width, scale, name);
    drawn.still(rests);
    below = strip(trace, width, scale, onMonth);
    fill(stage, drawn.element);
    fill(track, below.element);
    names.hidden = drawn.layout.kind !== "numbered";
    fill(names, names.hidden ? [] : trace.partners.map((partner) => make("li", {}, partner.name)));
  };
  const still = (isStill) => {
    rests = isStill;
    drawn?.still(isStill);
  };
  const show = (k) => {
    drawn?.show(k);
    below?.show(k);
    fill(running, runningTold(trace, k));
    fill(words, monthTold(trace, k, left));
    story.show(k);
    tables.show(k);
  };
  return {
    element,
    trace,
    isOpen: () => tables.element.open,
    fit,
    show,
    move: (phase) => drawn?.move(phase),
    still,
    told: (k) => (heading === null ? monthTold(trace, k, left) : text("picture.of_set_up", { heading, told: monthTold(trace, k, left) })),
  };
}

// The events and interventions that run in a month.
function runningTold(trace, k) {
  const month = trace.months[k];
  const names = (kind) => month[kind].map((at) => trace[kind][at].name);
  const told = ["events", "interventions"].flatMap((kind) =>
    month[kind].length === 0 ? [] : [text(`picture.running.${kind}`, { names: listed(names(kind)) })],
  );
  return [text("picture.month_of", { month: number(k + 1), of: number(trace.months.length) }), ...told].join(" · ");
}
