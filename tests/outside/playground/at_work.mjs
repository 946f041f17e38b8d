// The page while it computes: it answers at once, tells how far it is, and can be stopped.

import assert from "node:assert/strict";

// The longest that a reader waits for an answer, in milliseconds.
const ANSWERS_WITHIN = 100;

// So often it is looked at, as a machine that does other things too may hold up any program.
const LOOKS = 3;

const far = (page) => page.evaluate(() => Number(document.querySelector(".run-told").textContent.match(/^([\d,]+) of/)?.[1].replaceAll(",", "") ?? 0));

// The longest time between two ticks of a timer while 20,000 replications are under way, and what was seen meanwhile.
async function longestWait(page) {
  await page.locator("#run button.main").click();
  await page.waitForFunction(() => /^[1-9][\d,]* of 20,000/.test(document.querySelector(".run-told").textContent));
  const before = await far(page);
  const longest = await page.evaluate(async () => {
    let [longest, last] = [0, performance.now()];
    for (let tick = 0; tick < 60; tick += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      const now = performance.now();
      [longest, last] = [Math.max(longest, now - last), now];
    }
    return longest;
  });
  await page.waitForFunction((before) => {
    const done = document.querySelector(".run-told").textContent.match(/^([\d,]+) of/)?.[1];
    return done !== undefined && Number(done.replaceAll(",", "")) > before;
  }, before);
  await page.locator("#run button:not(.main)").first().click();
  await page.waitForFunction(() => /^Stopped after/.test(document.querySelector(".run-told").textContent));
  return longest;
}

export async function a_run_leaves_the_page_free_and_its_part_is_told_as_one(open) {
  const page = await open({ fragment: "#lesson=shared_vision&second=none&n=20000" });
  const waits = [];
  while (waits.length < LOOKS && !waits.some((wait) => wait <= ANSWERS_WITHIN)) waits.push(await longestWait(page));
  assert.ok(waits.some((wait) => wait <= ANSWERS_WITHIN), `the page answered after ${waits.map(Math.round)} ms`);
  const done = Number((await page.locator(".run-told").innerText()).match(/[\d,]+/)[0].replaceAll(",", ""));
  assert.ok(done > 0 && done < 20000, `${done} replications`);
  // What there is so far is shown, with the number it is of and that it is not all.
  const [basis, notice] = await page.locator("#results .basis, #results .results > div > .notice").allInnerTexts();
  assert.match(basis, new RegExp(done.toLocaleString("en")));
  assert.match(notice ?? "", /stopped/i);
}
// It takes all of the machine.
a_run_leaves_the_page_free_and_its_part_is_told_as_one.isAlone = true;
