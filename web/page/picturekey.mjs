// What the signs of the living picture mean.

import { draw, make } from "./dom.mjs";
import { mouth, THIN_TRUST } from "./measure.mjs";
import { money, number, text } from "./text.mjs";

// The key, with what a bead stands for.
export function pictureKey(scale, hasGrant) {
  const line = (width, dashes) => draw("line", { class: "tie", x1: 2, x2: 38, y1: 12, y2: 12, "stroke-width": width, "stroke-dasharray": dashes });
  const face = (x, morale) =>
    draw("g", { class: "place member", transform: `translate(${x} 12)` }, draw("g", { class: "seat" }, draw("circle", { class: "disc", r: 9 }), draw("path", { class: "lips", fill: "none", d: mouth(morale, 9) })));
  const bead = (kind, shape) => draw("g", { class: `flow ${kind}`, transform: "translate(20 12)" }, shape);
  const samples = [
    [[line(7, "none")], text("picture.key.trust")],
    [[line(2.5, "3 5")], text("picture.key.little_trust", { below: number(THIN_TRUST, 1) })],
    [[face(10, 0.95), face(31, 0.05)], text("picture.key.face")],
    [[draw("circle", { class: "core", cx: 20, cy: 12, r: 9 })], text("picture.key.joint")],
    [[bead("given", draw("circle", { class: "sample", r: 4 }))], text("picture.key.given", { money: money(scale.bead) })],
    [[bead("back", draw("path", { class: "sample", d: "M0-5L5 0L0 5L-5 0Z" }))], text("picture.key.back", { money: money(scale.bead) })],
    ...(hasGrant ? [[[bead("grant", draw("path", { class: "sample", d: "M-4-4H4V4H-4Z" }))], text("picture.key.grant", { money: money(scale.bead) })]] : []),
    [[draw("g", { class: "place left" }, draw("g", { class: "seat" }, draw("circle", { class: "disc", cx: 20, cy: 12, r: 9 })))], text("picture.key.left")],
  ];
  return make(
    "details",
    { class: "picture-key", open: true },
    make("summary", {}, text("picture.key.title")),
    make(
      "ul",
      {},
      samples.map(([signs, told]) => make("li", {}, draw("svg", { class: "living sign", width: 40, height: 24, viewBox: "0 0 40 24", "aria-hidden": "true" }, signs), make("span", {}, told))),
    ),
    make("p", { class: "aside" }, text("picture.key.size")),
  );
}
