import assert from "node:assert/strict";
import { test } from "node:test";
import { LONGEST_ADDRESS, read, written } from "../sharing/address.mjs";
import { START, opened } from "../state/state.mjs";

const LESSONS = [
  { name: "shared_vision", scenario: { name: "shared_vision", text: "title = \"Vision\"\n" } },
  { name: "free_riding", scenario: { name: "free_riding", text: "title = \"Riding\"\n" }, second: { "monitoring.sanction": 0.5 } },
  { name: "over_ambition", scenario: { name: "over_ambition", text: "" }, first: { "morale.aspiration": "1.2" } },
];
const LANGUAGES = ["en", "de"];
const from = (address) => read(address, LESSONS, LANGUAGES);
const keys = ({ notes }) => notes.map(({ key }) => key);

async function packedBy(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return Buffer.from(await new Response(stream).arrayBuffer()).toString("base64url");
}

test("every kind of state comes back from its address as it was", async () => {
  const states = [
    { lesson: "shared_vision" },
    { lesson: "free_riding" },
    { lesson: "free_riding", second: {} },
    { lesson: "free_riding", second: { "monitoring.sanction": "0.5" } },
    { lesson: "shared_vision", first: { "communication.quality": "0.7", horizon_months: "48" }, replications: 2000 },
    { lesson: "shared_vision", second: { "trust.initial": "{ uniform = [0.2, 0.4] }" }, replication: 17, seed: "18446744073709551615" },
    { lesson: null, base: LESSONS[1].scenario },
    { lesson: "over_ambition" },
    { lesson: "over_ambition", first: { "morale.aspiration": "1.2" }, second: { "trust.initial": "0.3" } },
    { lesson: null, base: { name: "Ämter & <b>co</b>.toml", text: "# ü€😀\n[[partner]]\nname = \"a=b&c#d%\"\n".repeat(300) } },
    { lesson: "free_riding", base: { name: "x", text: "" }, language: "de" },
    { lesson: "shared_vision", first: { 'partner."a.b; c:d=e&f#g%h+i".resources.money': "12.5", "sharing.rule": "need" } },
    { lesson: "shared_vision", first: { "intervention.facilitator": '{ kind = "facilitated_events", start = 1 }', "__proto__.x": "1" } },
  ];
  for (const changes of states) {
    const state = { ...START, ...changes };
    const { address, isWhole } = await written(state, LESSONS);
    assert.ok(isWhole);
    assert.match(address, /^[\x21-\x7e]*$/);
    const back = await from(address);
    assert.deepEqual(back.notes, [], address);
    assert.deepEqual({ ...back.state }, state, address);
  }
});

test("the order of changes is kept, since the last of two wins", async () => {
  const first = { "b.x": "1", "a.x": "2", "b.y": "3" };
  const { address } = await written({ ...START, lesson: "shared_vision", first }, LESSONS);
  assert.deepEqual(Object.keys((await from(address)).state.first), Object.keys(first));
});

test("the address of a lesson can be written by hand, and opens the lesson as it is meant", async () => {
  const { state, notes } = await from("lesson=free_riding&communication.quality=0.7&second.trust.initial=0.8&n=2000&replication=17&seed=9");
  assert.deepEqual(notes, []);
  assert.deepEqual({ ...state }, {
    ...START, lesson: "free_riding", first: { "communication.quality": "0.7" }, second: { "trust.initial": "0.8" },
    replications: 2000, replication: 17, seed: "9",
  });
  assert.deepEqual((await from("lesson=free_riding")).state.second, opened(LESSONS[1]).second);
  assert.deepEqual((await from("")).state.lesson, "shared_vision");
});

test("what is wrong in an address is told by its part, and the good parts are kept", async () => {
  const cases = [
    ["n=%zz", "unreadable"],
    ["lesson=nothing", "lesson"],
    ["lesson=__proto__", "lesson"],
    ["from=constructor", "lesson"],
    ["__proto__=1", "unknown"],
    ["constructor=1", "unknown"],
    ["toString", "unknown"],
    ["n=many", "number"],
    ["n=1", "number"],
    ["n=1e9", "number"],
    ["n=100000000", "number"],
    ["replication=-1", "number"],
    ["replication=NaN", "number"],
    ["seed=18446744073709551616", "seed"],
    ["seed=0x10", "seed"],
    ["language=__proto__", "language"],
    ["second=maybe", "unknown"],
    ["communication.quality=", "empty"],
    ["communication.quality=0%00", "unreadable"],
    ["=5", "unknown"],
    ["scenario=!!!", "scenario_broken"],
    ["scenario=AAAA", "scenario_broken"],
    ["scenario=left-out", "left_out"],
    [`scenario=${await packedBy(Buffer.from([0xff, 0xfe, 0x41]))}`, "scenario_broken"],
  ];
  for (const [part, key] of cases) {
    const found = await from(`trust.initial=0.3&${part}&morale.initial=0.4`);
    assert.deepEqual(keys(found), [key], part);
    assert.deepEqual(found.state.first, { "trust.initial": "0.3", "morale.initial": "0.4" }, part);
    assert.ok(found.state.lesson === "shared_vision" && found.state.base === null, part);
    assert.ok(found.state.replications >= 100 && found.state.replications <= 100000, part);
  }
});

test("a small address that would unpack to a great deal is refused", async () => {
  const bomb = await packedBy(Buffer.alloc(45_000_000, 32));
  assert.ok(bomb.length < LONGEST_ADDRESS);
  const found = await from(`scenario=${bomb}`);
  assert.deepEqual(keys(found), ["scenario_large"]);
  assert.equal(found.state.base, null);
});

test("an address longer than the limit is refused whole, and one that would be tells that the scenario is not in it", async () => {
  assert.deepEqual(keys(await from(`trust.initial=${"9".repeat(LONGEST_ADDRESS)}`)), ["too_long"]);
  const noise = Array.from({ length: 40000 }, (_, at) => `# ${(Math.imul(at + 1, 2654435761) >>> 0).toString(36)}`).join("\n");
  const { address, isWhole } = await written({ ...START, base: { name: "noise", text: noise } }, LESSONS);
  assert.ok(!isWhole && address.length < 200);
  assert.deepEqual(keys(await from(address)), ["left_out"]);
});

test("no more changes are taken than a page can hold", async () => {
  const many = Array.from({ length: 2000 }, (_, at) => `partner.p${at}.resources.money=1`).join("&");
  const found = await from(many);
  assert.deepEqual([keys(found), Object.keys(found.state.first).length], [["too_many"], 500]);
});

test("a name is cut between its signs, and what cannot be used is told as far as anybody reads", async () => {
  const scenario = await packedBy("title = \"x\"\n");
  const { state } = await from(`file=${"x".repeat(79)}${encodeURIComponent("😀😀")}&scenario=${scenario}`);
  assert.equal(state.base.name, `${"x".repeat(79)}😀`);
  const { notes } = await from("a&".repeat(1000));
  assert.deepEqual([notes.length, notes.at(-1)], [31, { key: "more", count: 970 }]);
});
