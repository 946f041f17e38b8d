import assert from "node:assert/strict";
import { test } from "node:test";
import { START, store } from "../state/state.mjs";
import { NOTHING, largeAmong, work } from "../state/work.mjs";

const LESSONS = [{ name: "one", scenario: { name: "one", text: "title = \"One\"\n" } }];
const SMALL = { scenario: { partners: [{}, {}], horizon_months: 12 } };

// The page without its parts: `describe` says what is wrong with a set-up, or describes it; what set-ups change that are to be described is
// noted.
function page(chosen, describe) {
  const counts = { traced: 0, run: 0 };
  const asked = [];
  const engine = {
    describe: async (setup) => {
      asked.push(JSON.stringify(setup.changes));
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
  const made = { state: store({ ...START, ...chosen }), found: store({ ...NOTHING, notes: [] }), engine, data: { lessons: LESSONS }, counts, asked };
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

test("the module is asked about a set-up once, and about the scenario as it came once for all changes", async () => {
  const { state, work, asked } = page({ lesson: "one" }, () => SMALL);
  // A run works at once on what a change would be waited for.
  const askedBy = async (changes) => {
    asked.length = 0;
    state.set(changes);
    await work.run();
    return [...asked];
  };
  assert.deepEqual(await askedBy({}), ["[]"]);
  assert.deepEqual(await askedBy({ first: { a: "1" } }), ['[["a","1"]]']);
  assert.deepEqual(await askedBy({ first: { a: "2" } }), ['[["a","2"]]']);
  assert.deepEqual(await askedBy({ second: { b: "1" } }), ['[["a","2"],["b","1"]]']);
  assert.deepEqual(await askedBy({ second: { b: "2" } }), ['[["a","2"],["b","2"]]']);
  assert.deepEqual(await askedBy({}), []);
  assert.deepEqual(await askedBy({ base: { name: "own", text: "" }, first: {}, second: null }), ["[]"]);
});

test("what the module broke at is asked again", async () => {
  let isBroken = true;
  const { work, found, asked } = page({ lesson: "one" }, () => {
    if (isBroken) throw new Error("broken");
    return SMALL;
  });
  await work.run();
  assert.equal(found.get().broken, "broken");
  isBroken = false;
  asked.length = 0;
  await work.run();
  assert.deepEqual(asked, ["[]"]);
  assert.equal(found.get().broken, null);
});
