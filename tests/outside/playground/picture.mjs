// The living picture: it moves only when asked, says what it shows, and is of use without motion.

import assert from "node:assert/strict";

// The page past the prediction of its lesson, at what came out.
async function shown(open, wishes = {}) {
  const page = await open({ fragment: "#replication=17", ...wishes });
  const skip = page.locator("#lesson button", { hasText: /skip/i }).first();
  if (await skip.isVisible()) await skip.click();
  await page.locator("#picture .living").first().waitFor();
  // What is said and drawn when the run is done comes between no two things that are looked at.
  await page.locator("#results .results:not(.stale)").waitFor();
  await page.locator("#run progress").waitFor({ state: "hidden" });
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
  await page.locator("#picture .story-line[aria-current]").first().waitFor();
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

// Times that the page asked to draw itself while so many months went by.
async function framesIn(page, months) {
  const asked = await page.evaluate(() => window.frames_asked);
  const before = Number(await month(page));
  // It is looked at by a timer, as looking by frames would ask for them.
  await page.waitForFunction((wanted) => Number(document.querySelector("#picture-month").value) >= wanted, before + months, { polling: 50 });
  return (await page.evaluate(() => window.frames_asked)) - asked;
}

export async function picture_heeds_a_wish_for_less_motion_while_it_plays(open) {
  const before = () => {
    const ask = window.requestAnimationFrame.bind(window);
    window.frames_asked = 0;
    window.requestAnimationFrame = (then) => {
      window.frames_asked += 1;
      return ask(then);
    };
  };
  const page = await shown(open, { before });
  await page.locator("#picture .play").click();
  await page.waitForFunction(() => window.frames_asked > 5);
  assert.equal(await page.locator("#picture .living.still").count(), 0);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.waitForFunction(() => document.querySelector("#picture .living.still") !== null);
  await page.locator("#picture-speed").selectOption("fast");
  // Once a month at most something else draws; by the clock it would be some twenty times.
  const calm = await framesIn(page, 3);
  assert.ok(calm <= 6, `${calm} frames in three months`);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await page.waitForFunction(() => document.querySelector("#picture .living.still") === null);
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
