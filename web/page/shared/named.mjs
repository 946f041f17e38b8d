// How parameters, their values and where they come from are said.

import { FACILITATED, FACILITATION_PATHS } from "./facilitator.mjs";
import { hasText, model, text } from "./text.mjs";

// Our own words for a parameter. Those of a need are the same for every need.
function ownWord(path, part) {
  const need = needOf(path);
  const key = `controls.slider.${need === null ? path : `need.${need.key}`}.${part}`;
  return hasText(key) ? text(key, { name: need?.name ?? "" }) : null;
}

// Need and key of `need."help at home".demand`; null for other paths.
function needOf(path) {
  const parts = path.match(/^need\.(?:"([^"]*)"|([^".]+))\.(\w+)$/);
  return parts === null ? null : { name: parts[1] ?? parts[2], key: parts[3] };
}

// The path as the module writes it, which puts every name into quotes.
export function canonicalPath(path) {
  const need = needOf(path);
  return need === null ? path : `need."${need.name}".${need.key}`;
}

// What a parameter is called: by our own name where it has one.
export function parameterName(path) {
  if (FACILITATION_PATHS.includes(path)) return parameterName(FACILITATED);
  const partner = partnerOf(path);
  if (partner !== null && hasText(`controls.of_partner.${partner.key}`)) return text(`controls.of_partner.${partner.key}`, { name: partner.name });
  return ownWord(path, "name") ?? model("parameters", path, "name");
}

// Partner and key of "partner.council.resources.money"; null for other paths.
function partnerOf(path) {
  const parts = path.match(/^partner\.(?:"([^"]*)"|([^".]+))\.resources\.(\w+)$/);
  return parts === null ? null : { name: parts[1] ?? parts[2], key: parts[3] };
}

// What stands at the ends of a slider, in words: [low, high]; none where there are no words.
export function endWords(path) {
  const ends = [ownWord(path, "low"), ownWord(path, "high")];
  return ends.every((told) => told !== null) ? ends : [];
}

// One sentence on what it means.
export function meaningOf(path) {
  const told = ownWord(path, "meaning") ?? model("parameters", path, "meaning");
  return told === path ? "" : told;
}

export function unitOf(path) {
  const told = ownWord(path, "unit") ?? model("parameters", path, "unit");
  return told === path ? "" : told;
}

// Where it comes from, and how well that is supported, in plain words.
export function sourceOf(path) {
  const told = ownWord(path, "source");
  if (told !== null) return told;
  const source = model("parameters", path, "source");
  if (source === path) return "";
  const grade = model("parameters", path, "grade").replaceAll(" ", "_");
  return text("controls.source", { source: sourceWords(source), grade: hasText(`controls.grade.${grade}`) ? text(`controls.grade.${grade}`) : grade });
}

// A source without its number in the list of the science document, where it says more than that.
export function sourceWords(source) {
  const plain = source.replace(/\b[MR]\d+(?:, [MR]\d+)*(?: into [MR]\d+)?[;:,]?\s*/g, "").trim();
  return /^[^(]*\p{Letter}{3}/u.test(plain) ? plain : text("controls.source_number", { source });
}

// A word that can be chosen.
export function optionName(path, word) {
  return hasText(`controls.option.${path}.${word}`) ? text(`controls.option.${path}.${word}`) : word.replaceAll("_", " ");
}

// The group of a parameter: the first word of its path.
export function groupOf(path) {
  return path.includes(".") ? path.split(".")[0] : "run";
}

export function groupName(path) {
  const key = `controls.group.${groupOf(path)}`;
  return hasText(key) ? text(key) : groupOf(path);
}

// What is uncertain about a value, in words.
export function uncertainWords(value) {
  const ends = endsOf(value);
  return ends === null ? text("controls.uncertain", { value }) : text("controls.uncertain_between", { low: ends[0], high: ends[1] });
}

// The ends of an uncertainty that has ends, as a scenario writes it: "{ pert = [0.35, 0.6, 0.85] }" goes from 0.35 to 0.85.
export function endsOf(value) {
  const list = value.match(/^\{\s*(?:pert|triangular|uniform)\s*=\s*\[([^[\]]*)\]\s*\}$/)?.[1];
  const numbers = list?.split(",").map(Number) ?? [];
  return numbers.length >= 2 && numbers.every(Number.isFinite) ? [numbers[0], numbers.at(-1)] : null;
}

// A value as one reads it: a word without its quotes, an uncertainty in words.
export function parameterValue(path, value) {
  if (value.startsWith("{")) return uncertainWords(value);
  const word = wordOf(value);
  return Number.isFinite(Number(word)) ? word : optionName(path, word);
}

// A word without the quotes of a scenario file.
export function wordOf(value) {
  return value.replace(/^"(.*)"$/s, "$1").replace(/^'(.*)'$/s, "$1");
}

// A number as a field takes it, without the noise behind its last digit.
export function plainNumber(value) {
  return String(Number(Number(value).toPrecision(6)));
}
