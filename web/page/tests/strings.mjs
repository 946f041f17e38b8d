// The words of a language as its file has them, for tests: tables, texts in double quotes, their forms, and lists of texts.

import { readFileSync } from "node:fs";

export function strings(code) {
  const file = readFileSync(new URL(`../../strings/${code}.toml`, import.meta.url), "utf8");
  // A list goes into one line, without a comma at its end.
  const lines = file.replace(/ = \[\n[^]*?\n\]/g, (list) => list.replaceAll("\n", " ").replace(/,\s*\]$/, "]")).split("\n");
  const whole = {};
  let table = whole;
  for (const line of lines) {
    const head = /^\[+(.+?)\]+$/.exec(line);
    const entry = /^("?[\w.]+"?) = (.+)$/.exec(line);
    if (head) {
      table = whole;
      for (const [, quoted, plain] of head[1].matchAll(/"([^"]*)"|([\w-]+)/g)) table = table[quoted ?? plain] ??= {};
    } else if (entry && /^(".*"|\[(".*")?\]|\{.*\})$/.test(entry[2])) {
      const forms = entry[2].startsWith("{") ? entry[2].replace(/(\w+) = "/g, '"$1": "') : entry[2];
      table[entry[1].replaceAll('"', "")] = JSON.parse(forms);
    }
  }
  return whole;
}
