// What many replications say: answers, pictures with their values and tables, files, and two set-ups side by side.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

// The results of a lesson, of one set-up or of both, once its prediction is skipped.
async function results(open, { isPair, ...wishes }) {
  const page = await open({ fragment: "#lesson=free_riding", ...wishes });
  await page.getByRole("button", { name: "Skip the prediction" }).first().click();
  if (!isPair) await page.getByRole("checkbox", { name: "Compare with a second" }).uncheck();
  const shown = page.locator("#results");
  await shown.locator(isPair ? ".pair" : ".detail .answers").waitFor();
  await shown.locator(".results:not(.stale)").waitFor();
  await shown.locator(".plot svg:visible").first().waitFor();
  return { page, shown };
}

async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

export async function answers_come_with_intervals_pictures_and_tables(open) {
  const { page, shown } = await results(open, { isPair: false });
  const answers = await shown.locator(".answers .answer").allInnerTexts();
  assert.equal(answers.length, 3);
  assert.match(answers[0], /replications \([\d.]+–[\d.]+%\) the partnership still stands after \d+ months/);
  assert.match(answers[1], /below zero/);
  assert.match(answers[2], /\d of \d/);
  for (const chart of await shown.locator(".chart:visible").all()) {
    assert.match(await chart.locator(".told").innerText(), /\w.*\.$/s);
    await chart.locator(".plot svg").waitFor();
    await chart.locator("summary").click();
    await chart.locator("tbody tr").first().waitFor();
  }
  await page.locator("#results-measure").selectOption("morale_share");
  await shown.getByRole("heading", { name: "Morale of members" }).waitFor();
}

export async function a_picture_tells_its_values_to_the_keyboard_and_the_pointer(open) {
  const { page, shown } = await results(open, { isPair: false });
  const plot = shown.locator(".chart:visible .plot").first();
  await plot.focus();
  await page.keyboard.press("ArrowRight");
  const first = await plot.locator(".value").innerText();
  await page.keyboard.press("ArrowRight");
  assert.notEqual(first, "");
  assert.notEqual(await plot.locator(".value").innerText(), first);
  await page.keyboard.press("Escape");
  assert.equal(await plot.locator(".value").innerText(), "");
  await plot.locator("svg").hover({ position: { x: 90, y: 150 } });
  assert.match(await plot.locator(".value").innerText(), /^Month \d/);
  const link = shown.getByRole("button", { name: "95% interval" }).first();
  await link.click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "word-interval");
  await shown.getByRole("button", { name: "Back to where I was" }).click();
  assert.ok(await link.evaluate((element) => element === document.activeElement));
}

export async function two_set_ups_are_told_apart_in_words_table_and_pictures(open) {
  const { shown } = await results(open, { isPair: true, viewport: { width: 360, height: 800 } });
  const pair = shown.locator(".pair");
  const answers = await pair.locator(".answer").allInnerTexts();
  assert.equal(answers.length, 3);
  assert.match(answers[0], /\d+% → \d+%[^]*still stand after \d+ months/);
  assert.match(answers[1], /In \d+ of 10+ worlds the second does better on premium over working alone/);
  for (const answer of answers) assert.match(answer, /(clearly|little|no clear difference|the same)/i);
  const verdicts = await pair.locator("table").first().locator(".verdict").allInnerTexts();
  assert.ok(verdicts.length >= 5);
  for (const verdict of verdicts) assert.match(verdict, /(clearly|little|no clear difference|the same)/);
  // Each picture moves what is below it when it comes; nothing is pressed before all are there.
  for (const chart of await pair.locator(".chart:visible").all()) await chart.locator("svg").first().waitFor();
  assert.equal(await pair.locator(".chart:visible svg").count(), await pair.locator(".chart:visible").count());
  const [over, page] = await shown.evaluate((element) => [element.scrollWidth - element.clientWidth, document.documentElement.scrollWidth - innerWidth]);
  assert.ok(over <= 0 && page <= 0, `the results are ${over} wider than their place, the page ${page} than the window`);
  await shown.getByText("Each set-up by itself").click();
  await shown.locator(".answers .answer:visible").nth(2).waitFor();
  assert.equal(await shown.locator(".answers .answer:visible").count(), 3);
}

// Whoever reads a table by the keyboard is still there when a run brings other figures.
export async function a_table_keeps_focus_when_its_figures_change(open) {
  const { page, shown } = await results(open, { isPair: true });
  await shown.getByText("All outcomes").click();
  for (const place of [".pair > .scroll", ".pair > .numbers .scroll"]) {
    const before = await shown.locator(place).innerText();
    await shown.locator(place).focus();
    await page.evaluate(() => {
      const seed = document.querySelector("#seed");
      seed.value = seed.value === "7" ? "8" : "7";
      seed.dispatchEvent(new Event("change"));
    });
    await page.waitForFunction(([place, before]) => document.querySelector(`#results ${place}`).innerText !== before, [place, before]);
    assert.ok(await shown.locator(place).evaluate((element) => element === document.activeElement), `${place} keeps focus`);
  }
}

export async function tables_and_pictures_are_saved_as_files(open) {
  const { page, shown } = await results(open, { isPair: true });
  await shown.getByText("Take the numbers and pictures with you").click();
  const summary = await saved(page, shown.getByRole("button", { name: "second_summary.csv" }));
  assert.equal(summary.name, "second_summary.csv");
  assert.match(summary.bytes.toString(), /^scenario,outcome,.*\n(.+\n){20,}/);
  const paired = await saved(page, shown.getByRole("button", { name: "paired.csv" }));
  assert.match(paired.bytes.toString(), /^setup,against,outcome,/);
  const svg = await saved(page, shown.getByRole("button", { name: "Main pictures in one SVG" }));
  assert.ok(svg.bytes.toString().startsWith("<svg ") && !svg.bytes.includes("var("));
  const png = await saved(page, shown.getByRole("button", { name: /^Save as PNG: How many/ }).first());
  assert.match(png.name, /\.png$/);
  assert.equal(png.bytes.subarray(1, 4).toString(), "PNG");
  assert.ok(png.bytes.length > 10_000, `${png.bytes.length} bytes are an empty picture`);
}
