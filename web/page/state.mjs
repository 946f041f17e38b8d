// All that a reader has chosen, as one value, and that value as the end of an address.
//
// `base` is the scenario of a lesson, or a scenario that was brought from a file. `first` and `second` are changes to it: what they
// change by its dotted path, with the value as a scenario file has it. The second set-up is made on top of the first.

// What there is when nothing was chosen.
export const START = Object.freeze({
  language: "en",
  lesson: null,
  base: null,
  first: Object.freeze({}),
  second: null,
  replications: 1000,
  replication: 0,
  seed: null,
});

// Replications that can be asked for.
export const MOST_REPLICATIONS = 100000;

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

// Set-ups as the module takes them: the first, and the second where there is one. `lessons` gives the scenario of a lesson by its name.
export function setups(state, lessons) {
  const { name, text } = state.base ?? lessons[state.lesson].scenario;
  const seed = state.seed === null ? [] : [["seed", state.seed]];
  const of = (changes) => ({ name, text, changes: [...seed, ...Object.entries(changes)] });
  const first = of(state.first);
  return state.second === null ? [first] : [first, of({ ...state.first, ...state.second })];
}
