import assert from "node:assert/strict";
import { test } from "node:test";
import { START, store } from "../state/state.mjs";
import { NOTHING, largeAmong, work } from "../state/work.mjs";

const LESSONS = [{ name: "one", scenario: { name: "one", text: "title = \"One\"\n" } }];
const SMALL = { scenario: { partners: [{}, {}], horizon_months: 12 } };

// The page without its parts: `describe` says what is wrong with a set-up, or describes it.
function page(chosen, describe) {
  const counts = { described: 0, traced: 0, run: 0 };
  const engine = {
    describe: async (setup) => {
      counts.described += 1;
      return describe(setup);
    },
    trace: async () => {
      counts.traced += 1;
      return { trace: {} };
    },
    run: async () => {
      counts.run += 1;
      return { result: { n: counts.run } };
    },
    stop: () => {},
  };
  const made = { state: store({ ...START, ...chosen }), found: store({ ...NOTHING, notes: [] }), engine, data: { lessons: LESSONS }, counts };
  return { ...made, work: work(made) };
}

// Until nothing is about to happen any more.
const settled = async ({ found }) => {
  const end = performance.now() + 10_000;
  while (found.get().result === null && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
};

test("an address whose changes never go together is put right in a few rounds, with as many notes as can be read", async () => {
  const first = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`event.e${at}.month`, "3"]));
  const last = ({ changes }) => (changes.length === 0 ? SMALL : { faults: [{ message: `too many: ${changes.length}`, help: "", change: changes.length - 1 }] });
  const made = page({ lesson: "one", first }, last);
  await made.work.begin();
  await settled(made);
  assert.equal(made.counts.run, 1);
  assert.deepEqual([made.state.get().first, made.found.get().faults], [{}, []]);
  const notes = made.found.get().notes.map(({ key }) => key);
  assert.deepEqual(notes, [...Array(5).fill("change"), "changes"]);
});

test("a scenario in an address that is never sound is left out in the end", async () => {
  const made = page({ base: { name: "x", text: "x" }, first: { "a.b": "1" } }, ({ text, changes }) =>
    text !== "x" ? SMALL : { faults: [{ message: `${Math.random()}`, help: "", change: changes.length > 0 ? 0 : 7 }] });
  await made.work.begin();
  await settled(made);
  assert.deepEqual([made.state.get().base, made.counts.run], [null, 1]);
});

test("a partnership too large to be followed is run and not lived month by month", async () => {
  const scenario = { partners: Array(200).fill({}), horizon_months: 1200 };
  const made = page({ lesson: "one" }, () => ({ scenario }));
  await made.work.begin();
  await settled(made);
  assert.deepEqual([made.counts.traced, made.counts.run], [0, 1]);
  assert.deepEqual(made.found.get().tooLarge, { partners: 200, months: 1200 });
});

test("what is too large is two together, and the larger is named", () => {
  const of = (partners, months) => ({ partners: Array(partners).fill({}), horizon_months: months });
  assert.equal(largeAmong([of(200, 120)]), null);
  assert.equal(largeAmong([of(2, 1200), of(2, 1200)]), null);
  assert.deepEqual(largeAmong([of(200, 100), of(200, 60)]), { partners: 200, months: 100 });
});
