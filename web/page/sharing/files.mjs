// Scenarios as files, and the same as a command: what a file carries of the second set-up, and what can be wrong with one that comes.

import { secondName } from "../state/state.mjs";

// Bytes of a file that are read. A scenario has a few thousand.
export const LARGEST_FILE = 1000000;

const SECOND = "# Second set-up: ";
const LONGEST_FILE_NAME = 60;

// The text of a scenario with its second set-up on top, as a comment that is also the command to run it.
export function withSecond(text, file, second) {
  return second === null ? text : `${SECOND}${command(file, second)}\n${text}`;
}

// The changes that make the second set-up, as such a comment has them; null where there is none.
export function secondIn(text) {
  const line = text.split(/\r?\n/, 20).find((one) => one.startsWith(SECOND));
  const told = line?.match(/ --variant '((?:[^']|'\\'')*)'/)?.[1]?.replaceAll("'\\''", "'");
  if (told === undefined) return null;
  const changes = variantParts(told.slice(told.indexOf(":") + 1)).map(variantSides).filter((sides) => sides !== null);
  return Object.fromEntries(changes);
}

// Set-ups on the command line. Where nothing sets a second apart, there is only one to run.
export function command(file, second) {
  const changes = Object.entries(second).map(([path, value]) => `${path}=${variantValue(value)}`);
  if (changes.length === 0) return `partnersim run ${shellWord(file)}`;
  return `partnersim compare ${shellWord(file)} --variant ${shellQuoted(`${secondName(file)}: ${changes.join("; ")}`)}`;
}

// The name of a file for a scenario: letters, digits, dashes and underlines, so that it is a word everywhere.
export function tomlName(name) {
  const plain = name.replace(/\.toml$/i, "").replace(/[^\p{Letter}\p{Number}_-]+/gu, "_").replace(/^_+|_+$/g, "");
  return `${Array.from(plain).slice(0, LONGEST_FILE_NAME).join("") || "scenario"}.toml`;
}

const shellWord = (word) => (/^[\p{Letter}\p{Number}_./-]+$/u.test(word) ? word : shellQuoted(word));
const shellQuoted = (word) => `'${word.replaceAll("'", "'\\''")}'`;

// A value between semicolons: what is neither a number nor a table stands in quotes that nothing in it can close.
function variantValue(value) {
  if (/^[{["]/.test(value) || /^[\w.+-]+$/.test(value)) return value;
  return JSON.stringify(value).replaceAll('\\"', "\\u0022").replaceAll("'", "\\u0027");
}

// What stands between semicolons that are in neither quotes nor brackets.
function variantParts(told) {
  const parts = [""];
  let [quote, depth] = [null, 0];
  for (const sign of told) {
    if (quote !== null) quote = sign === quote ? null : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === "{" || sign === "[") depth += 1;
    else if (sign === "}" || sign === "]") depth = Math.max(depth - 1, 0);
    if (sign === ";" && quote === null && depth === 0) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

// Path and value of `path=value`, parted by the first = outside quotes; null where it is not of that form.
function variantSides(part) {
  const sides = part.match(/^((?:"[^"]*"|[^"=])+)=(.*)$/s);
  if (sides === null) return null;
  const [path, value] = [sides[1].trim(), sides[2].trim()];
  return value === "" ? null : [path, value];
}

// The text in the bytes of a file: { text }, or { wrong } with the name of what is wrong under share.file.
export function textIn(bytes) {
  if (bytes.length > LARGEST_FILE) return { wrong: "too_large" };
  if (bytes.length === 0) return { wrong: "empty" };
  const begins = (...signs) => signs.every((sign, at) => bytes[at] === sign);
  if (begins(0x50, 0x4b, 3, 4) || begins(0xd0, 0xcf, 0x11, 0xe0)) return { wrong: "workbook" };
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) return { wrong: "not_utf8" };
  if (bytes.includes(0)) return { wrong: "binary" };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { wrong: "not_utf8" };
  }
}

