// The page and the command line: the same scenario gives the same bytes, table by table.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { downloaded } from "../browser.mjs";

const LESSONS = new URL("../../../scenarios/lessons/", import.meta.url).pathname;

// Tables that a set-up has on the page, all of them.
const TABLES = ["summary.csv", "series.csv", "survival.csv", "partners.csv", "assumptions.csv", "distributions.csv"];

// Runs a command as somebody types it, in a folder, with the program that is tested in the path.
function typed(command, folder) {
  const path = [dirname(process.env.PARTNERSIM_PROGRAM), process.env.PATH].join(delimiter);
  return promisify(execFile)("sh", ["-c", command], { cwd: folder, env: { ...process.env, PATH: path } });
}

async function inFolder(work) {
  const folder = await mkdtemp(join(tmpdir(), "partnersim-same-bits-"));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// The page once it has run what its address says.
async function ran(open, fragment) {
  const page = await open({ fragment });
  const skip = page.locator(".lesson-predict button.plain");
  if (await skip.isVisible()) await skip.click();
  await page.locator("#results .results:not(.stale)").waitFor();
  await page.locator(".exports > summary").click();
  return page;
}

const saved = (page, button) => downloaded(page, () => button.click());

const savedToml = (page) => saved(page, page.locator("#share button", { hasText: "Save the set-up (.toml)" }));

// Who set a value is another where a change went into a file; the value is not.
const byNobody = (bytes) => Buffer.from(bytes.toString().replaceAll(",'--set,", ",scenario,"));

// Compares every table of a list that the page gives with what the command line wrote.
async function areSame(page, part, lead, folder) {
  const names = (await page.locator(".exports > div > div").nth(part).locator("button").allInnerTexts()).map((name) => name.replace(lead, ""));
  assert.ok(names.length > 0);
  for (const name of names) {
    const ours = await saved(page, page.locator(".exports").getByRole("button", { name: lead + name, exact: true }));
    const theirs = await readFile(join(folder, name));
    const [one, other] = [ours.bytes, theirs].map(name === "assumptions.csv" ? byNobody : (bytes) => bytes);
    assert.ok(one.equals(other), `${name} is another:\n${differing(one.toString(), other.toString())}`);
  }
  return names;
}

// The last row of a table, by its columns.
async function lastRow(path) {
  const rows = (await readFile(path, "utf8")).trim().split("\n").map((line) => line.split(","));
  return Object.fromEntries(rows[0].map((head, at) => [head, rows.at(-1)[at]]));
}

// The first line in which two texts differ.
function differing(ours, theirs) {
  const [page, command] = [ours.split("\n"), theirs.split("\n")];
  const at = page.findIndex((line, k) => line !== command[k]);
  return `line ${at + 1}\npage:         ${page[at]}\ncommand line: ${command[at]}`;
}

// A lesson as it comes, 2,000 replications: all its tables, and what the page shows first is of them.
export async function a_lesson_gives_the_bytes_of_the_command_line(open) {
  await inFolder(async (folder) => {
    const page = await ran(open, "#lesson=shared_vision&second=none&n=2000");
    await typed(`partnersim run '${join(LESSONS, "shared_vision.toml")}' --replications 2000 --out out --quiet`, folder);
    assert.deepEqual((await areSame(page, 0, "", join(folder, "out"))).sort(), [...TABLES].sort());
    // Of every 100 replications, with the interval, whose ends are rounded outwards.
    const { share_together: share, share_together_low: low, share_together_high: high } = await lastRow(join(folder, "out/survival.csv"));
    const [often, between] = [Math.round(share * 100), `(${Math.floor(low * 100)}–${Math.ceil(high * 100)}%)`];
    const lasting = await page.locator(".answer:visible").first().innerText();
    assert.ok(lasting.includes(`In ${often} of 100 replications ${between} the partnership still stands`), `${share} from ${low} to ${high} is told as ${lasting}`);
  });
}

// What a reader set by hand, as the file that the page saves.
export async function changed_controls_give_the_bytes_of_the_file_that_is_saved(open) {
  await inFolder(async (folder) => {
    const page = await ran(open, "#lesson=communication_breakdown&second=none&n=2000");
    const slider = page.locator("#setup .field input[type=range]");
    await slider.first().press("ArrowRight");
    await slider.nth(1).press("End");
    await page.waitForFunction(() => location.hash.split("&").filter((part) => part.includes(".")).length === 2);
    await page.locator("#results .results:not(.stale)").waitFor();
    const { name, bytes } = await savedToml(page);
    await writeFile(join(folder, name), bytes);
    await typed(`partnersim run ${name} --out out --quiet`, folder);
    assert.ok((await areSame(page, 0, "", join(folder, "out"))).includes("summary.csv"));
  });
}

// Two set-ups, by the command that stands in the file that is saved.
export async function two_set_ups_give_the_bytes_of_the_command_in_the_file(open) {
  await inFolder(async (folder) => {
    const page = await ran(open, "#lesson=free_riding&communication.quality=0.55&n=2000");
    const { name, bytes } = await savedToml(page);
    await writeFile(join(folder, name), bytes);
    const command = bytes.toString().match(/^# Second set-up: (partnersim compare .*)$/m)[1];
    await typed(`${command} --out out --quiet`, folder);
    assert.ok((await areSame(page, 2, "", join(folder, "out"))).includes("paired.csv"));
    // The first of both, by itself, is what the file gives by itself.
    await typed(`partnersim run ${name} --out alone --quiet`, folder);
    await areSame(page, 0, "first_", join(folder, "alone"));
  });
}
