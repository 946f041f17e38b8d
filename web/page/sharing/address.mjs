// The state as the end of an address, and back: #lesson=free_riding&communication.quality=0.7&second.trust.initial=0.8&n=2000
//
// A scenario from a file goes along packed. What cannot be understood is left out and told; the rest is kept.

import { fewer } from "../state/mended.mjs";
import { FEWEST_REPLICATIONS, MOST_CHANGES, MOST_REPLICATIONS, START, lessonAt, openedWith } from "../state/state.mjs";

// Characters an address may have, and bytes a scenario in it may unpack to.
export const LONGEST_ADDRESS = 65536;
const LARGEST_SCENARIO = 1000000;
const LONGEST_NAME = 80;
const LARGEST_SEED = 18446744073709551615n;
// What stands for a scenario that is too large for an address.
const LEFT_OUT = "left-out";

// The end of an address for a state, without `#`. Where a scenario is too large for it, the address says that it is not in it.
export async function written(state, lessons) {
  const parts = [...addressHead(state), ...(await baseParts(state.base, lessons)), ...addressTail(state, lessons)];
  const address = parts.map(([key, value]) => `${escaped(key)}=${escaped(value)}`).join("&");
  if (address.length <= LONGEST_ADDRESS) return { address, isWhole: true };
  return { address: `file=${escaped((state.base?.name ?? "").slice(0, LONGEST_NAME))}&scenario=${LEFT_OUT}`, isWhole: false };
}

function addressHead(state) {
  const language = state.language === START.language ? [] : [["language", state.language]];
  return state.lesson === null ? language : [...language, ["lesson", state.lesson]];
}

async function baseParts(base, lessons) {
  if (base === null) return [];
  const lesson = lessons.find(({ scenario }) => scenario.text === base.text && scenario.name === base.name);
  if (lesson) return [["from", lesson.name]];
  return [["file", base.name], ["scenario", await deflated(base.text)]];
}

function addressTail(state, lessons) {
  const first = Object.entries(state.first);
  const second = Object.entries(state.second ?? {}).map(([path, value]) => [`second.${path}`, value]);
  const parts = [...first, ...second];
  // A second set-up like the first has to be said; and what there is not, where the lesson would open with it.
  const meant = openedWith(lessonAt(state, lessons));
  if (first.length === 0 && Object.keys(meant.first).length > 0) parts.push(["first", "none"]);
  if (state.second !== null && second.length === 0) parts.push(["second", "same"]);
  if (state.second === null && meant.second !== null) parts.push(["second", "none"]);
  if (state.replications !== START.replications) parts.push(["n", String(state.replications)]);
  if (state.replication !== START.replication) parts.push(["replication", String(state.replication)]);
  if (state.seed !== null) parts.push(["seed", state.seed]);
  return parts;
}

// Halves of signs that stand alone have no form in an address.
const whole = (value) => value.replace(/[\ud800-\udfff]/gu, "\ufffd");

// Keeps what people can read in an address.
function escaped(value) {
  return encodeURIComponent(whole(value)).replace(/%(2C|3A|2F|5B|5D)/g, (code) => decodeURIComponent(code));
}

let lastPacked = { text: null, packed: null };

async function deflated(text) {
  if (lastPacked.text === text) return lastPacked.packed;
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const signs = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  lastPacked = { text, packed: btoa(signs).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "") };
  return lastPacked.packed;
}

// The state that an address tells, and notes of what could not be taken from it: { state, notes: [{ key, …values }] }. The key is that
// of a text under share.address.
export async function read(address, lessons, languages) {
  const notes = [];
  const note = (key, part = "", value = "", used = "") => notes.push({ key, part: shortened(part), value: shortened(value), used });
  const state = { ...START };
  if (address.length > LONGEST_ADDRESS) {
    note("too_long");
    return { state: completed(state, {}, lessons), notes };
  }
  const asked = { first: {}, second: {}, changes: 0 };
  for (const part of address.split("&").filter((part) => part !== "")) {
    const [key, value] = sidesOf(part);
    if (key === null) note("unreadable", part);
    else if (Object.hasOwn(TAKERS, key)) await TAKERS[key]({ state, asked, lessons, languages, note }, value);
    else takeChange(asked, key, value, note);
  }
  return { state: completed(state, asked, lessons), notes: fewer(notes) };
}

// Both sides of `key=value`; nulls where signs are written wrongly, or there are some that no text should have.
function sidesOf(part) {
  const at = part.indexOf("=");
  try {
    const sides = at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
    const [key, value] = sides.map((side) => whole(decodeURIComponent(side)));
    return /[\u0000-\u001f\u007f\u2028\u2029]/.test(key + value) ? [null, null] : [key, value];
  } catch {
    return [null, null];
  }
}

// How each part is taken: into the state, or into what was asked of the set-ups; what cannot be is noted.
const TAKERS = {
  language({ state, languages, note }, value) {
    if (languages.includes(value)) state.language = value;
    else note("language", "language", value);
  },
  lesson({ state, lessons, note }, value) {
    if (lessons.some(({ name }) => name === value)) state.lesson = value;
    else note("lesson", "lesson", value);
  },
  from({ state, asked, lessons, note }, value) {
    asked.from = lessons.find(({ name }) => name === value);
    if (asked.from) state.base = asked.from.scenario;
    else note("lesson", "from", value);
  },
  n({ state, note }, value) {
    const n = countOf(value);
    state.replications = n === null ? START.replications : Math.min(Math.max(n, FEWEST_REPLICATIONS), MOST_REPLICATIONS);
    if (state.replications !== n) note("number", "n", value, state.replications);
  },
  replication({ state, note }, value) {
    state.replication = countOf(value) ?? START.replication;
    if (countOf(value) === null) note("number", "replication", value, START.replication);
  },
  seed({ state, note }, value) {
    if (/^\d{1,20}$/.test(value) && BigInt(value) <= LARGEST_SEED) state.seed = BigInt(value).toString();
    else note("seed", "seed", value);
  },
  file({ asked }, value) {
    asked.file = Array.from(value).slice(0, LONGEST_NAME).join("");
  },
  scenario: ({ state, note }, value) => takeScenario(state, value, note),
  first({ asked, note }, value) {
    if (value === "none") asked.isFirstBare = true;
    else note("unknown", "first", value);
  },
  second({ asked, note }, value) {
    if (value === "none" || value === "same") asked.said = value;
    else note("unknown", "second", value);
  },
};

const countOf = (value) => (/^\d{1,15}$/.test(value) ? Number(value) : null);

async function takeScenario(state, value, note) {
  if (value === LEFT_OUT) return note("left_out");
  const text = await inflated(value);
  if (text === null) note("scenario_broken");
  else if (text === undefined) note("scenario_large");
  else state.base = { name: "scenario", text };
}

// A change of the model has a dotted path; whether there is such a thing the module judges.
function takeChange(asked, key, value, note) {
  const isOfSecond = key.startsWith("second.");
  const path = isOfSecond ? key.slice("second.".length) : key;
  if (!/^[^.=]+\../.test(path) && path !== "horizon_months") return note("unknown", key, value);
  if (value === "") return note("empty", key);
  asked.changes += 1;
  if (asked.changes > MOST_CHANGES) return asked.changes === MOST_CHANGES + 1 ? note("too_many", key) : undefined;
  (isOfSecond ? asked.second : asked.first)[path] = value;
}

// The state with what hangs together: the name of a file goes to its scenario, and a lesson opens with its own changes unless the
// address says otherwise.
function completed(state, asked, lessons) {
  if (state.base !== null && asked.file && !asked.from) state.base = { ...state.base, name: asked.file };
  if (state.lesson === null && state.base === null) state.lesson = lessons[0]?.name ?? null;
  const meant = openedWith(lessonAt(state, lessons));
  const [first, second] = [asked.first ?? {}, asked.second ?? {}];
  state.first = Object.keys(first).length > 0 || asked.isFirstBare ? first : meant.first;
  if (Object.keys(second).length > 0 || asked.said === "same") state.second = second;
  else if (asked.said !== "none") state.second = meant.second;
  return Object.freeze(state);
}

// The text of a packed scenario; null where it is broken, undefined where it is too large.
async function inflated(value) {
  try {
    const signs = atob(value.replace(/-/g, "+").replace(/_/g, "/"));
    const bytes = Uint8Array.from(signs, (sign) => sign.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const parts = [];
    let length = 0;
    for (const reader = stream.getReader(); ; ) {
      const { done, value: part } = await reader.read();
      if (done) break;
      length += part.length;
      if (length > LARGEST_SCENARIO) {
        await reader.cancel();
        return undefined;
      }
      parts.push(part);
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(await new Blob(parts).arrayBuffer());
  } catch {
    return null;
  }
}

const shortened = (text) => (text.length > 60 ? `${Array.from(text).slice(0, 60).join("")}…` : text);
