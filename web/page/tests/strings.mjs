// The English words for tests, read from their file: the tables asked for, in which a line is a key and a string.

import { readFileSync } from "node:fs";

// The tables whose names begin with one of `roots`.
export function strings(roots = ["language", "picture", "story"]) {
  const words = {};
  let table = null;
  for (const line of readFileSync(new URL("../../strings/en.toml", import.meta.url), "utf8").split("\n")) {
    const head = line.match(/^\[([\w.]+)\]/);
    const entry = line.match(/^(\w+) = (".*")\s*$/);
    if (head) {
      const path = head[1].split(".");
      table = roots.includes(path[0]) ? path.reduce((above, name) => (above[name] ??= {}), words) : null;
    } else if (line.startsWith("[")) table = null;
    else if (entry && table !== null) table[entry[1]] = JSON.parse(entry[2]);
  }
  return words;
}
