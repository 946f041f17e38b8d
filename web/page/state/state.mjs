// All that a reader has chosen, as one value. Its form as the end of an address is in sharing/address.mjs.
//
// `base` is a scenario that was brought from a file; without one the scenario of the lesson is meant. `first` and `second` are
// changes to it: what they change by its dotted path, with the value as a scenario file has it. The second set-up is made on top of
// the first.

// What there is when nothing was chosen. The scenarios of the lessons say as many replications, and the answer sheets hold what comes
// of them.
export const START = Object.freeze({
  language: "en",
  lesson: null,
  base: null,
  first: Object.freeze({}),
  second: null,
  // As the scenario of every lesson asks, so that the numbers are those of the papers for teachers.
  replications: 1000,
  replication: 0,
  seed: null,
});

// Replications that can be asked for.
export const FEWEST_REPLICATIONS = 100;
export const MOST_REPLICATIONS = 100000;
// Changes that an address or a file may make to a set-up.
export const MOST_CHANGES = 500;

// A value that is kept and watched: get it, change some of it, be told of every change.
export function store(beginning) {
  let state = beginning;
  const watchers = [];
  return {
    get: () => state,
    set(changes) {
      const before = state;
      state = Object.freeze({ ...state, ...changes });
      for (const watch of watchers) watch(state, before);
    },
    watch(watcher) {
      watchers.push(watcher);
    },
  };
}

// The lesson of a name, or none.
export function lessonOf(state, lessons) {
  return lessons.find(({ name }) => name === state.lesson) ?? null;
}

// The same, but none where the scenario is one from a file: the lesson then has no say in what is set.
export function lessonAt(state, lessons) {
  return state.base === null ? lessonOf(state, lessons) : null;
}

// The scenario that is changed, as name and text. Whoever plays freely and brought no file has that of the first lesson.
export function baseOf(state, lessons) {
  return state.base ?? (lessonOf(state, lessons) ?? lessons[0]).scenario;
}

// What is chosen when a lesson opens: its scenario, with its first changes and its second set-up where it has them.
export function opened(lesson) {
  const { first, second } = openedWith(lesson);
  return { lesson: lesson.name, base: null, first, second, replications: START.replications, replication: START.replication, seed: null };
}

// The changes with which a lesson opens, as texts; none where there is no lesson.
export function openedWith(lesson) {
  return { first: valueTexts(lesson?.first ?? {}), second: lesson?.second ? valueTexts(lesson.second) : null };
}

// Changes whose values are numbers, words or tables, as texts.
export function valueTexts(changes) {
  return Object.fromEntries(Object.entries(changes).map(([path, value]) => [path, valueText(value)]));
}

// A value as a scenario file has it; a word needs no quotes.
export function valueText(value) {
  if (Array.isArray(value)) return `[${value.map(innerValue).join(", ")}]`;
  if (value === null || typeof value !== "object") return String(value);
  return `{ ${Object.entries(value).map(([key, held]) => `${quoted(key)} = ${innerValue(held)}`).join(", ")} }`;
}

const innerValue = (value) => (typeof value === "string" ? JSON.stringify(value) : valueText(value));

// A key as a scenario file has it: in quotes where it is more than letters, digits, dashes and underlines.
function quoted(word) {
  return isPlain(word) ? word : JSON.stringify(word);
}

// A word of a path: what stands in quotes there is taken as it is, a backslash too.
export function pathWord(word) {
  return isPlain(word) ? word : `"${word}"`;
}

const isPlain = (word) => /^[A-Za-z0-9_-]+$/.test(word);

// Set-ups as the module takes them: the first, and the second where there is one. The seed comes last, so that a fault that names a
// change by its number names that of the same number here.
export function setups(state, lessons) {
  const { name, text } = baseOf(state, lessons);
  const seed = state.seed === null ? [] : [["seed", state.seed]];
  const of = (own, changes) => ({ name: own, text, changes: [...Object.entries(changes), ...seed] });
  const first = of(name, state.first);
  return state.second === null ? [first] : [first, of(secondName(name), inForce(state, 1))];
}

// What tables and commands call the second set-up of a scenario: not what the scenario itself is called.
export function secondName(name) {
  return /^second(\.toml)?$/.test(name) ? "other" : "second";
}

// The changes that make a set-up: those of the first, or those that set the second apart from it.
export function changesOf(state, which) {
  return which === 0 ? state.first : (state.second ?? {});
}

// The changes in force in a set-up: the second has those of the first, unless it has its own.
export function inForce(state, which) {
  return which === 0 ? state.first : { ...state.first, ...state.second };
}

// What to set so that a set-up has some values: { path: text, other: null }, where null puts a value back. For the second that is what
// the first has.
export function changed(state, which, values) {
  const changes = { ...changesOf(state, which) };
  for (const [path, value] of Object.entries(values)) {
    if (value === null) delete changes[path];
    else changes[path] = value;
  }
  return which === 0 ? { first: changes } : { second: changes };
}

// What a result belongs to: two states of one key have the same numbers.
export function resultKey(state, lessons) {
  return JSON.stringify([setups(state, lessons), state.replications]);
}
