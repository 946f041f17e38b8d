// What the signs of the living picture mean.

import { draw, make } from "../shared/dom.mjs";
import { mouth, THIN_TRUST } from "./measure.mjs";
import { money, number, text } from "../shared/text.mjs";

// The key, with what a bead stands for.
export function pictureKey(scale, hasGrant, isMany, isOpen) {
  const amount = { money: money(scale.bead) };
  const few = () => [
    [tieSign(7, "none"), text("picture.key.trust")],
    [tieSign(2.5, "3 5"), text("picture.key.little_trust", { below: number(THIN_TRUST, 1) })],
    [[discSign(10, "member", 0.95), discSign(31, "member", 0.05)], text("picture.key.face")],
    [beadSign("given", draw("circle", { class: "sample", r: 4 })), text("picture.key.given", amount)],
    [beadSign("back", draw("path", { class: "sample", d: "M0-5L5 0L0 5L-5 0Z" })), text("picture.key.back", amount)],
  ];
  const many = () => [
    [tieSign(4, "none"), text("picture.key.trusted")],
    [discSign(20, "dot", null), text("picture.key.dot")],
  ];
  const rows = [
    ...(isMany ? many() : few()),
    [draw("circle", { class: "core", cx: 20, cy: 12, r: 9 }), text("picture.key.joint")],
    hasGrant ? [beadSign("grant", draw("path", { class: "sample", d: "M-4-4H4V4H-4Z" })), text("picture.key.grant", amount)] : null,
    [discSign(20, "left", null), text("picture.key.left")],
  ];
  const list = make("ul", {}, rows.filter((row) => row !== null).map(([signs, told]) => keyRow(signs, told)));
  const size = make("p", { class: "aside" }, text("picture.key.size"));
  return make("details", { class: "picture-key", open: isOpen }, make("summary", {}, text("picture.key.title")), list, size);
}

function keyRow(signs, told) {
  const look = { class: "living sign", width: 40, height: 24, viewBox: "0 0 40 24", "aria-hidden": "true" };
  return make("li", {}, draw("svg", look, signs), make("span", {}, told));
}

function tieSign(width, dashes) {
  return draw("line", { class: "tie", x1: 2, x2: 38, y1: 12, y2: 12, "stroke-width": width, "stroke-dasharray": dashes });
}

function discSign(x, kind, morale) {
  const face = morale === null ? null : draw("path", { class: "lips", fill: "none", d: mouth(morale, 9) });
  return draw("g", { class: `place ${kind}`, transform: `translate(${x} 12)` }, draw("circle", { class: "disc", r: 9 }), face);
}

function beadSign(kind, shape) {
  return draw("g", { class: `flow ${kind}`, transform: "translate(20 12)" }, shape);
}
