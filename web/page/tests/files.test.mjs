import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { LARGEST_FILE, command, tomlName, secondIn, textIn, withSecond } from "../sharing/files.mjs";

const SECOND = {
  "communication.quality": "0.8",
  "sharing.rule": "need",
  'partner."O\'Neil; sons: a=b".resources.money': "12.5",
  "governance.lead": "a;b's [1",
  "intervention.facilitator": '{ kind = "facilitated_events", start = 1, end = 36, dose = 0.5, cost = 2.4 }',
  "trust.initial": "{ uniform = [0.2, 0.4] }",
};

test("the second set-up comes back from the comment of a file", () => {
  const text = withSecond("title = \"x\"\n", "town.toml", SECOND);
  assert.ok(text.endsWith("title = \"x\"\n"));
  assert.equal(text.split("\n").length, 3, "one line");
  const back = secondIn(text);
  assert.deepEqual(Object.keys(back), Object.keys(SECOND));
  assert.equal(back["governance.lead"], '"a;b\\u0027s [1"');
  for (const path of Object.keys(SECOND).filter((path) => path !== "governance.lead")) assert.equal(back[path], SECOND[path]);
  assert.equal(secondIn("title = \"x\"\n"), null);
  assert.equal(secondIn("# Second set-up: rm -rf\n"), null);
});

test("a shell takes the command apart as it is meant", () => {
  const typed = command("town's.toml", SECOND).replace(/^partnersim/, "printf '%s\\n'");
  const words = execFileSync("sh", ["-c", typed], { encoding: "utf8" }).trimEnd().split("\n");
  assert.deepEqual(words.slice(0, 3), ["compare", "town's.toml", "--variant"]);
  assert.equal(words.length, 4);
  assert.ok(words[3].startsWith("second: communication.quality=0.8; sharing.rule=need; partner.\"O'Neil; sons"));
});

test("names become words that every file system takes", () => {
  assert.equal(tomlName("free_riding"), "free_riding.toml");
  assert.equal(tomlName("../../<b>Ämter & co</b>.toml"), "b_Ämter_co_b.toml");
  assert.equal(tomlName("///"), "scenario.toml");
  assert.ok(tomlName("x".repeat(500)).length < 80);
});

test("what is no text is known before it is read as a scenario", () => {
  const wrong = (bytes) => textIn(Uint8Array.from(bytes)).wrong;
  assert.equal(textIn(new TextEncoder().encode("title = \"ü\"")).text, "title = \"ü\"");
  assert.equal(wrong([]), "empty");
  assert.equal(wrong([0x50, 0x4b, 3, 4, 0, 0]), "workbook");
  assert.equal(wrong([0x89, 0x50, 0x4e, 0x47, 0]), "binary");
  assert.equal(wrong([0xff, 0xfe, 0x41, 0]), "not_utf8");
  assert.equal(wrong([0x41, 0xfc]), "not_utf8");
  assert.equal(textIn(new Uint8Array(LARGEST_FILE + 1)).wrong, "too_large");
});
