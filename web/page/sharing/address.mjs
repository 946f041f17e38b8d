// The state as the end of an address, and back: #lesson=free_riding&communication.quality=0.7&second.trust.initial=0.8&n=2000
//
// A scenario from a file goes along packed. What cannot be understood is left out and told; the rest is kept.

import { FEWEST_REPLICATIONS, MOST_CHANGES, MOST_REPLICATIONS, START, lessonAt, openedWith } from "../state/state.mjs";

// Characters an address may have, and bytes a scenario in it may unpack to.
export const LONGEST_ADDRESS = 65536;
const LARGEST_SCENARIO = 1000000;
// Notes on what could not be taken; the rest is only counted.
const MOST_NOTES = 30;
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
    else await takePart(state, asked, key, value, { lessons, languages, note });
  }
  return { state: completed(state, asked, lessons), notes: fewer(notes) };
}

// So many notes that they can be read; what was only counted before is counted on.
export function fewer(notes) {
  const told = notes.filter(({ key }) => key !== "more");
  const counted = notes.reduce((sum, { key, count }) => (key === "more" ? sum + count : sum), Math.max(told.length - MOST_NOTES, 0));
  return counted === 0 ? told : [...told.slice(0, MOST_NOTES), { key: "more", count: counted }];
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

async function takePart(state, asked, key, value, { lessons, languages, note }) {
  const number = () => (/^\d{1,15}$/.test(value) ? Number(value) : null);
  switch (key) {
    case "language":
      if (languages.includes(value)) state.language = value;
      else note("language", key, value);
      return;
    case "lesson":
      if (lessons.some(({ name }) => name === value)) state.lesson = value;
      else note("lesson", key, value);
      return;
    case "from":
      asked.from = lessons.find(({ name }) => name === value);
      if (!asked.from) note("lesson", key, value);
      else state.base = asked.from.scenario;
      return;
    case "n": {
      const n = number();
      const used = n === null ? START.replications : Math.min(Math.max(n, FEWEST_REPLICATIONS), MOST_REPLICATIONS);
      if (used !== n) note("number", key, value, used);
      state.replications = used;
      return;
    }
    case "replication":
      if (number() === null) note("number", key, value, START.replication);
      else state.replication = number();
      return;
    case "seed":
      if (/^\d{1,20}$/.test(value) && BigInt(value) <= LARGEST_SEED) state.seed = BigInt(value).toString();
      else note("seed", key, value);
      return;
    case "file":
      asked.file = Array.from(value).slice(0, LONGEST_NAME).join("");
      return;
    case "scenario":
      await takeScenario(state, value, note);
      return;
    case "first":
      if (value === "none") asked.isFirstBare = true;
      else note("unknown", key, value);
      return;
    case "second":
      if (value === "none" || value === "same") asked.said = value;
      else note("unknown", key, value);
      return;
    default:
      takeChange(asked, key, value, note);
  }
}

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
