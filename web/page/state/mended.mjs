// What came with an address and cannot be: how it is put right, and what is said of it.

// Notes on what could not be taken; the rest is only counted.
const MOST_NOTES = 30;

// What to change so that faults are gone, and what is to be said about it: a change that is wrong is left out, and a scenario that is
// wrong in itself is.
export function repaired(faults, state) {
  const changes = { first: { ...state.first }, second: state.second === null ? null : { ...state.second } };
  const notes = [];
  for (const { path, setup, message, help, line } of faults) {
    const said = { message, help, line };
    if (path === "seed") {
      changes.seed = null;
      notes.push({ key: "change", part: "seed", ...said });
    } else if (path !== null) {
      delete changes[setup === 0 ? "first" : "second"][path];
      notes.push({ key: "change", part: path, ...said });
    } else if (state.base !== null) {
      changes.base = null;
      notes.push({ key: "scenario_faulty", part: state.base.name, ...said });
    }
  }
  return { changes, notes };
}

// The same where mending has no end: all changes are left out, and then the scenario is.
export function bare({ first, second, base }) {
  const isBare = Object.keys(first).length === 0 && second === null;
  return { changes: { first: {}, second: null, seed: null, base: isBare ? null : base }, notes: [{ key: "changes" }] };
}

// So many notes that they can be read; what was only counted before is counted on.
export function fewer(notes) {
  const told = notes.filter(({ key }) => key !== "more");
  const counted = notes.reduce((sum, { key, count }) => (key === "more" ? sum + count : sum), Math.max(told.length - MOST_NOTES, 0));
  return counted === 0 ? told : [...told.slice(0, MOST_NOTES), { key: "more", count: counted }];
}
