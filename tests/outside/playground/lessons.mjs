// Lessons as somebody goes through them.

import assert from "node:assert/strict";
import { settled } from "../moments.mjs";

const door = (page, name) => page.locator("#lesson").getByRole("button", { name });

// First nothing is shown; then what came out stands against what was said, with its numbers.
export async function a_lesson_wants_a_prediction_first(open) {
  const page = await open({ fragment: "#lesson=free_riding" });
  const [results, steps] = [page.locator("#results-body"), page.locator(".lesson-steps")];
  assert.doesNotMatch(await results.innerText(), /\d+ of \d+ replications/);
  await door(page, "Show me what happens").click();
  assert.match(await steps.getByRole("alert").innerText(), /Choose an answer/);
  await page.getByLabel("Half or more").check();
  await page.getByLabel("It ends higher").check();
  await door(page, "Show me what happens").click();
  await page.locator(".lesson-answered").first().waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "What came out");
  const [lasting, trust] = await page.locator(".lesson-answered").allInnerTexts();
  assert.match(lasting, /The model says: Half or more[^]*As you expected[^]*\d+% \(\d+–\d+%\)/);
  assert.match(trust, /It ends higher[^]*As you expected[^]*better: \+/);
  assert.match(await results.innerText(), /replications/);
  // What was said stays said.
  await door(page, "Predict").click();
  assert.equal(await page.getByLabel("Fewer than half").isDisabled(), true);
}

// A button of “Try” sets the page, and the lesson can be put back.
export async function tries_set_the_page_and_go_back(open) {
  const page = await open({ fragment: "#lesson=free_riding" });
  await door(page, "Try").click();
  await door(page, "No free riders at all").click();
  await page.waitForFunction(() => location.hash.includes("second.contributions.free_rider_share=0"));
  assert.equal(await door(page, "No free riders at all").getAttribute("aria-pressed"), "true");
  await page.locator(".lesson-watched .aside").waitFor({ state: "hidden" });
  assert.match(await page.locator(".lesson-watched table").innerText(), /→/);
  await door(page, "Put the lesson back").click();
  assert.equal(await door(page, "No free riders at all").getAttribute("aria-pressed"), "false");
  await page.waitForFunction(() => !location.hash.includes("free_rider_share"));
}

// On a phone the table is far below the buttons, so what a button did stands beside it too.
export async function what_a_try_did_stands_beside_it_on_a_phone(open) {
  const page = await open({ fragment: "#lesson=free_riding", viewport: { width: 360, height: 740 } });
  await door(page, "Try").click();
  await door(page, "No free riders at all").click();
  await settled(page);
  const beside = page.locator(".lesson-tries > li", { hasText: "No free riders at all" }).locator("li");
  assert.match((await beside.allInnerTexts()).join(" "), /Trust between members: [\d.]+% → [\d.]+%; clearly better: /);
  assert.equal(await page.locator(".lesson-tries .lesson-numbers:visible").count(), 1);
  await page.setViewportSize({ width: 1280, height: 900 });
  assert.equal(await beside.first().isVisible(), false);
}

// The best known solution is behind two doors, meets the challenge, and what is not allowed is said.
export async function a_challenge_is_met_by_its_solution_alone(open) {
  const page = await open({ fragment: "#lesson=too_many_partners" });
  await door(page, "Challenge").click();
  await door(page, "Begin the challenge").click();
  const standing = page.locator(".lesson-standing > .lesson-verdict");
  await page.locator(".lesson-verdict.is-not_met").waitFor();
  assert.equal(await door(page, "Show the best known solution").isVisible(), false);
  const meetings = page.locator("#setup").getByRole("spinbutton", { name: /meetings/i }).first();
  await meetings.fill("1.5");
  await meetings.press("Enter");
  // What a run finds moves the doors below it; none is pressed at that moment.
  await settled(page);
  await door(page, "Show the best known solution").click();
  await door(page, "Yes, show it").click();
  await door(page, "Put this solution on the page").click();
  await page.locator(".lesson-verdict.is-met").waitFor();
  assert.match(await standing.innerText(), /Challenge met/);
  const partners = page.locator("#setup").getByRole("spinbutton", { name: /partners/i }).first();
  await partners.fill("4");
  await partners.press("Enter");
  await page.locator(".lesson-standing .notice").waitFor();
  await page.locator(".lesson-verdict:not(.is-met):not(.is-open)").waitFor();
  assert.doesNotMatch(await standing.innerText(), /Challenge met/);
  await door(page, "Put these back").click();
  await page.locator(".lesson-verdict.is-met").waitFor();
}

// The worksheet is printed without the page around it.
export async function a_worksheet_is_printed_alone(open) {
  const page = await open({ fragment: "#lesson=shared_vision" });
  await page.locator(".lesson-teachers > summary").click();
  await door(page, "Worksheet to print").click();
  await page.getByRole("dialog").waitFor();
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  assert.equal(await page.locator("#lesson").isVisible(), false);
  assert.match(await page.locator(".printed").innerText(), /^Worksheet: A shared vision[^]*Name:[^]*Three questions/);
  assert.doesNotMatch(await page.locator(".printed").innerText(), /The model says/);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement.textContent === "Worksheet to print");
}

// The answer sheet asks before it opens, and asks nothing where there is no lesson any more.
export async function an_answer_sheet_asks_twice(open) {
  const page = await open({ fragment: "#lesson=shared_vision" });
  await page.locator(".lesson-teachers > summary").click();
  await door(page, "Answers for teachers").click();
  const question = page.locator(".lesson-teachers .notice");
  assert.ok(await question.getByRole("button").first().evaluate((yes) => yes === document.activeElement), "focus goes to the question");
  await question.getByRole("button").first().click();
  assert.match(await page.getByRole("dialog").innerText(), /The model says/);
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement.textContent === "Answers for teachers");
  assert.equal(await question.isVisible(), false);
  await door(page, "Answers for teachers").click();
  await page.locator(".lesson-chooser > summary").click();
  await door(page, "Free play").click();
  assert.equal(await question.isVisible(), false);
}
