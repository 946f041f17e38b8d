// The words of a language as its file has them, for tests: tables, texts in double quotes, and lists of such texts.

import { readFileSync } from "node:fs";

export function strings(code) {
  const file = readFileSync(new URL(`../../strings/${code}.toml`, import.meta.url), "utf8");
  // A list over several lines is put into one.
  const lines = file.replace(/ = \[\n([^]*?),?\n\]/g, (_, list) => ` = [${list.replace(/\s*\n\s*/g, " ")}]`).split("\n");
  const whole = {};
  let table = whole;
  for (const line of lines) {
    const head = /^\[+(.+?)\]+$/.exec(line);
    const entry = /^("?[\w.]+"?) = (.+)$/.exec(line);
    if (head) {
      table = whole;
      for (const [, quoted, plain] of head[1].matchAll(/"([^"]*)"|([\w-]+)/g)) table = table[quoted ?? plain] ??= {};
    } else if (entry && /^["[]/.test(entry[2])) {
      table[entry[1].replaceAll('"', "")] = JSON.parse(entry[2]);
    }
  }
  return whole;
}
