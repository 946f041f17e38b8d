import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { engine } from "../state/engine.mjs";
import { speak } from "../shared/text.mjs";
import { strings } from "./strings.mjs";

// A worker that answers as it is told to, or not at all.
let workers = [];
let answers = () => undefined;

class Told {
  constructor() {
    this.isEnded = false;
    workers.push(this);
  }

  postMessage(message) {
    const said = answers(message);
    if (said !== undefined) queueMicrotask(() => this.onmessage({ data: { id: message.id, ...said } }));
  }

  terminate() {
    this.isEnded = true;
  }
}

beforeEach(() => {
  workers = [];
  globalThis.Worker = Told;
  speak(strings("en"));
  mock.timers.enable({ apis: ["setInterval"] });
});

afterEach(() => mock.timers.reset());

const minutes = (count) => mock.timers.tick(count * 60_000);

test("a worker that says nothing any more is given up, and the next question goes to another", async () => {
  const asked = engine(null, "");
  answers = ({ request }) => (request && workers.length > 1 ? { answer: { text: "whole" } } : undefined);
  const waits = asked.write({});
  minutes(1);
  assert.equal(workers[0].isEnded, false, "too soon");
  minutes(2);
  await assert.rejects(waits, /no longer answered/);
  assert.equal(workers[0].isEnded, true);
  assert.equal(await asked.write({}), "whole");
  minutes(10);
  assert.equal(await asked.write({}), "whole");
  assert.equal(workers.length, 2, "nobody waits for one that has answered");
});

test("one that goes on telling how far it is may take any time, and must end soon when it is stopped", async () => {
  const asked = engine(null, "");
  answers = () => undefined;
  const told = [];
  const run = asked.run([], 1000, [], ({ done }) => told.push(done));
  for (let done = 1; done <= 30; done += 1) {
    minutes(1);
    workers[0].onmessage({ data: { id: 1, progress: { done } } });
  }
  assert.equal(told.length, 30);
  asked.stop();
  minutes(1);
  await assert.rejects(run, /no longer answered/);
});

test("the tables of a result are had as long as the module has them", async () => {
  const asked = engine(null, "");
  answers = ({ begin, request }) => (begin ? { answer: { result: { n: begin.replications } } } : request ? { answer: { text: "csv" } } : undefined);
  const { result: first } = await asked.run([], 100, [], () => {});
  assert.equal(await asked.file("summary.csv", 0, first), "csv");
  const next = asked.run([], 200, [], () => {});
  await assert.rejects(asked.file("summary.csv", 0, first), /made room for another run/);
  const { result: second } = await next;
  await assert.rejects(asked.file("summary.csv", 0, first), /made room for another run/);
  assert.equal(await asked.file("summary.csv", 0, second), "csv");
});

test("a result that comes when another run was begun is not the one that the module has", async () => {
  const asked = engine(null, "");
  answers = () => undefined;
  const runs = [asked.run([], 100, [], () => {}), asked.run([], 200, [], () => {})];
  const finish = (id) => workers[0].onmessage({ data: { id, answer: { result: { id } } } });
  finish(1);
  const { result } = await runs[0];
  await assert.rejects(asked.file("summary.csv", 0, result), /made room/);
  finish(2);
  await runs[1];
});

test("a picture, also one that is saved, has no signs that turn others round", async () => {
  const asked = engine(null, "");
  answers = ({ request }) => (request ? { answer: { svg: "<svg><text>gain \u202essol</text></svg>" } } : undefined);
  assert.equal(await asked.draw({}, 340, "p-"), "<svg><text>gain \ufffdssol</text></svg>");
});
