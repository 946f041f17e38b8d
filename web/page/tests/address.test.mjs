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

// Numbers that look random and are the same every time.
function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

// What people, mail programs and attackers put into an address.
const KEYS = [
  "lesson", "from", "file", "scenario", "first", "second", "n", "replication", "seed", "language", "second.", "second.a.b", "a.b", "horizon_months",
  "__proto__", "__proto__.x", "constructor.prototype", "toString", "a.b.c.\"d e\"", "", ".", "=", "%", "%00", "%e2%80%ae", "\ud800", "😀", "#", "?utm_source",
];
const VALUES = [
  "", "shared_vision", "free_riding", "over_ambition", "none", "same", "left-out", "en", "de", "0", "-0", "-1", "1e999", "NaN", "0x10", "100", "1e3", "99999999", "18446744073709551615",
  "18446744073709551616", "9".repeat(400), "AAAA", "____", "%", "%zz", "%ed%a0%80", "%0a", "\udc00", "<script>", "{ x = [", "a&b", "0.5", "+", "%2B",
];

test("whatever an address says, it gives a state that the page can have, and whose own address gives it again", async () => {
  const roll = dice(20261122);
  const of = (list) => list[roll(list.length)];
  const noise = () => Array.from({ length: roll(40) }, () => String.fromCharCode(roll(3) === 0 ? roll(65536) : 33 + roll(94))).join("");
  for (let round = 0; round < 3000; round += 1) {
    const part = () => (roll(5) === 0 ? noise() : `${of(KEYS)}=${roll(6) === 0 ? noise() : of(VALUES)}`);
    const whole = Array.from({ length: roll(9) }, part).join("&");
    const address = roll(4) === 0 ? whole.slice(0, roll(whole.length + 1)) : whole;
    const { state, notes } = await from(address);
    assert.ok(notes.every(({ key }) => typeof key === "string") && notes.length <= 31, address);
    assert.ok(state.replications >= 100 && state.replications <= 100000 && Number.isSafeInteger(state.replication) && state.replication >= 0, address);
    assert.ok(state.lesson === null || LESSONS.some(({ name }) => name === state.lesson), address);
    assert.ok(LANGUAGES.includes(state.language) && (state.lesson !== null || state.base !== null), address);
    assert.ok(state.seed === null || BigInt(state.seed) < 2n ** 64n, address);
    assert.equal(Object.getPrototypeOf(state.first), Object.prototype, address);
    const back = await from((await written(state, LESSONS)).address);
    assert.deepEqual([{ ...back.state }, back.notes], [{ ...state }, []], address);
  }
});

test("every state comes back from its address, whatever its names and values", async () => {
  const roll = dice(7);
  const sign = () => of(["a", "Z", "0", "_", "-", " ", "ß", "市", "😀", "\u202e", "\u200b", "%", "&", "=", "#", "+", "\"", "'", "\\", "<", ";", "/", "."]);
  const of = (list) => list[roll(list.length)];
  const word = (most) => Array.from({ length: 1 + roll(most) }, sign).join("");
  const changes = () => Object.fromEntries(Array.from({ length: roll(6) }, () => [`partner."${word(8).replace(/["=]/g, "")}".${of(["resources.money", "trust"])}`, word(12)]));
  for (let round = 0; round < 500; round += 1) {
    const base = of([null, LESSONS[1].scenario, { name: word(20), text: Array.from({ length: roll(300) }, sign).join("") }]);
    const state = {
      ...START, base, lesson: base === null || roll(2) === 0 ? of(LESSONS).name : null, language: of(LANGUAGES), first: changes(), second: of([null, {}, changes()]),
      replications: 100 + roll(99901), replication: roll(1e6), seed: of([null, "0", "18446744073709551615", String(roll(1e9))]),
    };
    const { address, isWhole } = await written(state, LESSONS);
    assert.ok(isWhole && /^[\x21-\x7e]*$/.test(address), address);
    const back = await from(address);
    assert.deepEqual([{ ...back.state }, back.notes], [state, []], address);
  }
});
