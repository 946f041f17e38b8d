// What a control shows of a set-up, and what to change so that it has another value. Facilitation is one control for the keys of an
// intervention; every other has a path of its own.

import { FACILITATED, FACILITATION_PATHS, facilitationChanges, facilitationOf } from "../shared/facilitator.mjs";
import { canonicalPath, parameterValue, wordOf } from "../shared/named.mjs";
import { text } from "../shared/text.mjs";
import { inForce } from "../state/state.mjs";

// Months of a scenario that is not known yet.
const MONTHS = 12;

// The changes that give a control a value; null puts back what was. One that has its own value again is changed no longer.
export function valuesFor(state, { base }, at, path, value) {
  if (path === FACILITATED) return facilitationFor(state, base, at, value);
  const beneath = (at === 1 ? state.first[path] : undefined) ?? base?.values[canonicalPath(path)]?.value;
  return { [path]: value === null || isSame(value, beneath) ? null : value };
}

function facilitationFor({ first }, base, at, value) {
  const days = value === null ? 0 : Number(value);
  if (at === 1 && (value === null || days === facilitationOf(first, base))) return Object.fromEntries(FACILITATION_PATHS.map((own) => [own, null]));
  const isBeneath = at === 1 && FACILITATION_PATHS[0] in first;
  return facilitationChanges(days, base, { months: base?.horizon_months ?? MONTHS, isBeneath });
}

function isSame(value, other) {
  if (other === undefined) return false;
  return wordOf(value) === wordOf(other) || (value !== "" && Number(value) === Number(other));
}

// What a control shows: { value, number, isUncertain, fault, differs }. `differs` says what the other set-up has, where it is another.
export function shownOf(state, found, at, path) {
  return path === FACILITATED ? facilitationShown(state, found, at) : parameterShown(state, found, at, path);
}

function facilitationShown(state, { base, faults }, at) {
  const days = (which) => facilitationOf(inForce(state, which), base);
  const isDifferent = FACILITATION_PATHS.some((own) => own in (state.second ?? {}));
  return {
    value: "",
    number: days(at),
    isUncertain: false,
    fault: faultAt(faults, at, FACILITATION_PATHS),
    differs: isDifferent ? differsWords(at, String(days(1 - at))) : "",
  };
}

function parameterShown(state, { base, described, faults }, at, path) {
  const key = canonicalPath(path);
  const own = base?.values[key];
  const change = inForce(state, at)[path];
  const value = change ?? own?.value ?? "";
  const isPlain = value !== "" && Number.isFinite(Number(value));
  const entry = change === undefined ? own : (described[at] ?? described[0])?.values[key];
  const isDifferent = path in (state.second ?? {});
  const other = inForce(state, 1 - at)[path] ?? own?.value ?? "";
  return {
    value,
    number: isPlain ? Number(value) : (entry?.number ?? null),
    isUncertain: !isPlain && value.startsWith("{"),
    fault: faultAt(faults, at, [path]),
    differs: isDifferent ? differsWords(at, parameterValue(path, other)) : "",
  };
}

// What is wrong with one of the paths in a set-up; a fault of the first is one of the second too.
const faultAt = (faults, at, paths) => faults.find(({ path, setup }) => paths.includes(path) && setup <= at) ?? null;

const differsWords = (at, value) => text(at === 1 ? "controls.first_has" : "controls.second_has", { value });
