// What the page does about a change: it has the set-ups read, shows a replication, and runs them; one thing at a time, and never twice.

import { conditionsOf } from "./asked.mjs";
import { bare, fewer, repaired } from "./mended.mjs";
import { baseOf, changesOf, lessonOf, resultKey, setups } from "./state.mjs";

// What the page has found out before anything was asked.
export const NOTHING = Object.freeze({
  // The scenario as it came, and each set-up of it, as the module describes them.
  base: null,
  described: [],
  // What is wrong with the set-ups; nothing runs meanwhile.
  faults: [],
  // What was put right in the address.
  notes: [],
  running: null,
  result: null,
  resultOf: null,
  isStale: false,
  // One replication of each set-up, month by month.
  traces: [],
  // The set-up that is too large to be followed, if one is: { partners, months }.
  tooLarge: null,
  isHidden: false,
  isAuto: true,
  // What the module said last, where it broke.
  broken: null,
});

// So long after the last change work begins, in milliseconds.
const PAUSE = 250;
// What came with an address is put right so often; what is then still wrong is not worth the waiting.
const MOST_MENDINGS = 5;
// Numbers of ties that traces may have, all together: of the largest partnership there can be, ten years.
const MOST_TIES = 5_000_000;

// Watches the choices and sees to it that what is found keeps up with them. Gives `run` and `stop`.
export function work(page) {
  const { state, found, engine, data } = page;
  const { lessons } = data;
  const turns = { settle: 0, run: 0, trace: 0 };
  let timer = null;
  let ranFor = null;
  let isFromAddress = true;
  let mendings = 0;
  const told = descriptions(engine);

  const key = () => resultKey(state.get(), lessons);

  const broke = (error) => {
    told.forget();
    found.set({ running: null, broken: error.message });
  };

  async function settle(isAsked) {
    clearTimeout(timer);
    turns.settle += 1;
    const mine = turns.settle;
    const now = state.get();
    const asked = setups(now, lessons);
    const whole = { ...baseOf(now, lessons), changes: [] };
    const [base, ...answers] = await told.of([whole, ...asked]);
    if (mine !== turns.settle) return;
    const faults = faultsOf(answers, asked, now);
    if (faults.length > 0) return refuse(faults, now);
    isFromAddress = false;
    found.set({ base: base.scenario ?? null, described: answers.map(({ scenario }) => scenario), faults, broken: null });
    traced().catch(broke);
    if (isAsked || (found.get().isAuto && key() !== ranFor)) await run(asked, now);
  }

  // Faults stop what runs; those that came with an address are put right.
  async function refuse(faults, now) {
    if (isFromAddress) {
      // What was changed meanwhile is not to be lost; it is looked at next.
      if (resultKey(now, lessons) !== key()) return;
      mendings += 1;
      const { changes, notes } = mendings > MOST_MENDINGS ? bare(now) : repaired(faults, now);
      found.set({ notes: fewer([...found.get().notes, ...notes]) });
      if (notes.length > 0) return state.set(changes);
    }
    isFromAddress = false;
    halt();
    found.set({ faults });
  }

  function halt() {
    turns.run += 1;
    ranFor = found.get().resultOf;
    if (found.get().running !== null) engine.stop();
    found.set({ running: null });
  }

  async function run(asked, now) {
    turns.run += 1;
    const mine = turns.run;
    ranFor = resultKey(now, lessons);
    const of = now.replications;
    const since = performance.now();
    found.set({ running: { done: 0, of, since } });
    const onProgress = ({ done }) => mine === turns.run && found.set({ running: { done, of, since } });
    const answer = await engine.run(asked, of, conditionsOf(lessonOf(now, lessons)), onProgress);
    if (mine !== turns.run || answer.replaced) return;
    if (answer.faults) return found.set({ running: null, faults: answer.faults });
    const resultOf = resultKey(now, lessons);
    found.set({ running: null, result: answer.result, resultOf, isStale: resultOf !== key() });
  }

  async function traced() {
    turns.trace += 1;
    const mine = turns.trace;
    const now = state.get();
    const tooLarge = largeAmong(found.get().described);
    if (tooLarge !== null) return found.set({ traces: [], tooLarge });
    const answers = await Promise.all(setups(now, lessons).map((setup) => engine.trace(setup, now.replication)));
    const traces = answers.map(({ trace }) => trace);
    if (mine === turns.trace && traces.every(Boolean)) found.set({ traces, tooLarge });
  }

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => settle(false).catch(broke), PAUSE);
  };

  state.watch((now, before) => {
    const isStale = found.get().resultOf !== null && found.get().resultOf !== key();
    if (isStale !== found.get().isStale) found.set({ isStale });
    if (resultKey(now, lessons) !== resultKey(before, lessons)) later();
    else if (now.replication !== before.replication) traced().catch(broke);
  });

  return {
    begin: () => settle(false).catch(broke),
    run: () => settle(true).catch(broke),
    stop: () => engine.stop(),
    // What comes next is from an address.
    followAddress() {
      isFromAddress = true;
      mendings = 0;
      turns.settle += 1;
      later();
    },
    setAuto(isAuto) {
      found.set({ isAuto });
      if (isAuto) later();
    },
  };
}

// What the module says of set-ups. It is not asked again for what it said the last time: most changes are to one set-up of several.
function descriptions(engine) {
  let known = new Map();
  return {
    of(asked) {
      const before = known;
      const keys = asked.map((setup) => JSON.stringify(setup));
      known = new Map();
      keys.forEach((key, at) => known.set(key, known.get(key) ?? before.get(key) ?? engine.describe(asked[at])));
      return Promise.all(keys.map((key) => known.get(key)));
    },
    forget() {
      known = new Map();
    },
  };
}

// The faults of all set-ups, each once and with the path of the change it belongs to. What is wrong with the first is wrong with the
// second too, and said once.
export function faultsOf(answers, asked, state) {
  const faults = [];
  answers.forEach((answer, at) => {
    for (const fault of answer.faults ?? []) {
      const path = typeof fault.change === "number" ? (asked[at].changes[fault.change]?.[0] ?? null) : null;
      const setup = at === 1 && path !== null && !Object.hasOwn(changesOf(state, 1), path) ? 0 : at;
      const isKnown = faults.some((known) => known.message === fault.message && known.path === path);
      if (!isKnown) faults.push({ ...fault, path, setup });
    }
  });
  return faults;
}

// The larger of the set-ups where their traces would be more than a page can hold, as `{ partners, months }`; null where they are not.
export function largeAmong(described) {
  const sizes = described.map((scenario) => ({ partners: scenario.partners.length, months: scenario.horizon_months }));
  const ties = ({ partners, months }) => partners ** 2 * months;
  if (sizes.reduce((sum, size) => sum + ties(size), 0) <= MOST_TIES) return null;
  return sizes.reduce((one, other) => (ties(other) > ties(one) ? other : one));
}
