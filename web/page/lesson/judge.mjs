// Judges what a reader of a lesson said and did from what came out. Every verdict on numbers is the module's; here they are only
// brought together.

import { FACILITATED, FACILITATION_PATHS, facilitationOf } from "../shared/facilitator.mjs";
import { wordOf } from "../shared/named.mjs";
import { conditionsIn } from "../state/asked.mjs";
import { inForce, opened, valueTexts } from "../state/state.mjs";

// Whether the set-ups are those with which the lesson opens.
export function isAsOpened(state, lesson) {
  const { first, second } = opened(lesson);
  return state.lesson === lesson.name && state.base === null && state.seed === null
    && isSameChange(state.first, first) && isSameChange(state.second, second);
}

// Whether two sets of changes are the same, in whatever order they stand.
export function isSameChange(one, other) {
  if (one === null || other === null) return one === other;
  const paths = Object.keys(one);
  return paths.length === Object.keys(other).length && paths.every((path) => one[path] === other[path]);
}

// A condition as it came out for a set-up: `{ text, value, low, high, holds }`, or undefined where it was not asked.
export function conditionOf(result, setup, condition) {
  const bare = (words) => words.replace(/\s+/g, "");
  return result?.setups[setup]?.conditions.find(({ text }) => bare(text) === bare(condition));
}

// How an option of a question came out: "met", "not_met", "too_close", or null where the result does not tell. An option is true by
// conditions on one set-up, all of which hold, or by the verdict on what the second changes; clear differences are told from those that
// are not.
function optionCameOut(option, result) {
  const conditions = conditionsIn(option);
  if (conditions.length > 0) return together(conditions.map((condition) => conditionOf(result, setupAt(option), condition)?.holds ?? null));
  const verdict = result?.differences?.[option.outcome]?.verdict;
  if (verdict === undefined) return null;
  return option.verdicts.includes(verdict) ? "met" : "not_met";
}

// How several verdicts stand together: one that is not met is enough, one that is open leaves all open.
function together(verdicts) {
  if (verdicts.includes(null)) return null;
  if (verdicts.includes("not_met")) return "not_met";
  return verdicts.includes("too_close") ? "too_close" : "met";
}

// The set-up that a claim is about.
export function setupAt(claim) {
  return claim.setup === "second" ? 1 : 0;
}

// The answer of a question: `{ right: its number or null, isClose }`. Too close to call is said where no option clearly came out and
// one of them might have.
export function answerOf(question, result) {
  const cameOut = question.option.map((option) => optionCameOut(option, result));
  const right = cameOut.indexOf("met");
  if (right >= 0) return { right, isClose: false };
  return { right: null, isClose: cameOut.includes("too_close") };
}

// What is to be said of a reader's choice: "right", "wrong", "close", or null where the result does not tell.
export function judged(question, chosen, result) {
  const { right, isClose } = answerOf(question, result);
  if (isClose) return "close";
  if (right === null) return null;
  return right === chosen ? "right" : "wrong";
}

// Changed paths that a challenge does not allow, those changed beyond what it allows, and those it starts with that were put back.
export function notAllowed(challenge, state) {
  const start = valueTexts(challenge.start ?? {});
  const changes = inForce(state, 1);
  return [...new Set([...Object.keys(changes), ...Object.keys(start)])]
    .filter((path) => changes[path] !== start[path])
    .filter((path) => !challenge.choice.some((choice) => allows(choice, path, changes[path])));
}

function allows(choice, path, value) {
  const paths = choice.path === FACILITATED ? FACILITATION_PATHS : [choice.path];
  if (!paths.includes(path)) return false;
  if (value === undefined) return true;
  if (choice.options !== undefined) return choice.options.map(String).includes(wordOf(value));
  const size = choice.path === FACILITATED ? facilitationOf({ [path]: value }, null) : Number(value);
  return size >= (choice.low ?? -Infinity) && size <= (choice.high ?? Infinity);
}

// How a challenge stands for the set-up that the reader made, the second one where there are two: `{ conditions, forbidden, verdict }`.
// Its verdict is "met", "not_met", "too_close", "forbidden" where it was met by what it does not allow, or null without a result.
export function challengeStands(challenge, state, result) {
  const setup = (result?.setups.length ?? 1) - 1;
  const conditions = challenge.conditions.map((condition) => conditionOf(result, setup, condition) ?? { text: condition, holds: null });
  const forbidden = notAllowed(challenge, state);
  return { conditions, forbidden, verdict: verdictOf(conditions, forbidden) };
}

function verdictOf(conditions, forbidden) {
  const verdict = together(conditions.map((condition) => condition.holds));
  return verdict === "met" && forbidden.length > 0 ? "forbidden" : verdict;
}
