import assert from "node:assert/strict";
import { test } from "node:test";
import { START, store } from "../state/state.mjs";
import { NOTHING, work } from "../state/work.mjs";

const LESSON = { name: "one", scenario: { name: "one", text: "[partnership]" } };

// A page whose engine notes the set-ups that it is asked to describe, by what they change.
function madeUpPage() {
  const asked = [];
  const engine = {
    describe: async (setup) => {
      asked.push(JSON.stringify(setup.changes));
      if (engine.isBroken) throw new Error("broken");
      return { scenario: { name: setup.name } };
    },
    run: async () => ({ result: {} }),
    trace: async () => ({ trace: {} }),
    stop: () => {},
  };
  const page = { state: store({ ...START, lesson: "one" }), found: store(NOTHING), engine, data: { lessons: [LESSON] } };
  const working = work(page);
  // A run works at once on what a change would be waited for.
  const settled = async (changes) => {
    asked.length = 0;
    page.state.set(changes);
    await working.run();
    return [...asked];
  };
  return { ...page, settled };
}

test("the module is asked about a set-up once, and about the scenario as it came once for all changes", async () => {
  const { settled } = madeUpPage();
  assert.deepEqual(await settled({}), ["[]"]);
  assert.deepEqual(await settled({ first: { a: "1" } }), ['[["a","1"]]']);
  assert.deepEqual(await settled({ first: { a: "2" } }), ['[["a","2"]]']);
  assert.deepEqual(await settled({ second: { b: "1" } }), ['[["a","2"],["b","1"]]']);
  assert.deepEqual(await settled({ second: { b: "2" } }), ['[["a","2"],["b","2"]]']);
  assert.deepEqual(await settled({}), []);
  assert.deepEqual(await settled({ base: { name: "own", text: "" }, first: {}, second: null }), ["[]"]);
});

test("what the module broke at is asked again", async () => {
  const { settled, engine, found } = madeUpPage();
  engine.isBroken = true;
  await settled({});
  assert.equal(found.get().broken, "broken");
  engine.isBroken = false;
  assert.deepEqual(await settled({}), ["[]"]);
  assert.equal(found.get().broken, null);
});
