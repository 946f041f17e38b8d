// The living picture: it moves only when asked, says what it shows, and is of use without motion.

import assert from "node:assert/strict";

// The page past the prediction of its lesson, at what came out.
async function shown(open, wishes = {}) {
  const page = await open({ fragment: "#replication=17", ...wishes });
  const skip = page.locator("#lesson button", { hasText: /skip/i }).first();
  if (await skip.isVisible()) await skip.click();
  await page.locator("#picture .living").first().waitFor();
  // The picture may be there before the run has ended, which is announced.
  await page.waitForFunction(() => /^Done/.test(document.querySelector(".run-told").textContent));
  return page;
}

// Lets a page draw itself so many times.
async function drawn(page, times) {
  await page.evaluate(async (times) => {
    for (let left = times; left > 0; left -= 1) await new Promise(requestAnimationFrame);
  }, times);
}

const month = (page) => page.locator("#picture-month").inputValue();

export async function picture_moves_only_when_asked(open) {
  const page = await shown(open);
  await drawn(page, 30);
  assert.equal(await month(page), "1");
  // What a run found is told once it is done.
  await page.locator("#results .answer:visible").first().waitFor();
  await page.evaluate(() => {
    const status = document.querySelector("#status");
    window.heard = [];
    new MutationObserver(() => window.heard.push(status.textContent)).observe(status, { childList: true });
  });
  await page.locator("#picture-speed").selectOption("fast");
  await page.locator("#picture .play").click();
  assert.equal(await page.locator("#picture .living.still").count(), 0);
  await page.waitForFunction(() => Number(document.querySelector("#picture-month").value) >= 4);
  const beads = await page.locator("#picture .bead:not(.none)").first().getAttribute("transform");
  assert.match(beads, /^translate/);
  await page.locator("#picture .play").click();
  const rested = await month(page);
  await drawn(page, 60);
  assert.equal(await month(page), rested);
  assert.ok((await page.locator("#picture .living.still").count()) > 0);
  // Playing says nothing, a step by hand says the month.
  assert.deepEqual(await page.evaluate(() => window.heard), []);
  await page.locator("#picture-month").press("ArrowRight");
  await page.waitForFunction(() => window.heard.length > 0);
  assert.match((await page.evaluate(() => window.heard)).join(" "), new RegExp(`\\b${Number(rested) + 1}\\b`));
}

export async function picture_says_what_it_shows(open) {
  const page = await shown(open);
  const svg = page.locator("#picture .living[role=img]").first();
  const words = page.locator(`#${await svg.getAttribute("aria-labelledby")}`);
  const first = await words.textContent();
  await page.locator("#picture-month").press("End");
  const last = Number(await month(page));
  assert.ok(last > 1);
  assert.notEqual(await words.textContent(), first);
  // A line of the story goes to its month, and is marked there.
  const line = page.locator("#picture .story-line").first();
  await line.click();
  assert.equal(await line.getAttribute("aria-current"), "step");
  assert.ok(Number(await month(page)) < last);
  await page.locator("#picture .month-tables summary").first().click();
  const rows = await page.locator("#picture .month-tables table").first().locator("tbody tr").count();
  assert.equal(rows, await page.locator("#picture .living").first().locator(".place").count());
}

export async function picture_without_motion_steps(open) {
  const page = await shown(open, { reducedMotion: "reduce" });
  await page.locator("#picture-speed").selectOption("fast");
  await page.locator("#picture .play").click();
  await page.waitForFunction(() => Number(document.querySelector("#picture-month").value) >= 3);
  assert.ok((await page.locator("#picture .living.still").count()) > 0);
  assert.equal(await page.locator("#picture .bead[transform]").count(), 0);
}

export async function picture_goes_to_another_replication(open) {
  const page = await shown(open);
  const field = page.locator("#picture-replication");
  const [before, told] = [Number(await field.inputValue()), await page.locator("#picture .story").first().textContent()];
  await page.locator("#picture .replication button").nth(1).click();
  await page.waitForFunction((told) => document.querySelector("#picture .story").textContent !== told, told);
  assert.equal(Number(await field.inputValue()), before + 1);
  await page.waitForFunction((replication) => location.hash.includes(`replication=${replication}`), before + 1);
}
