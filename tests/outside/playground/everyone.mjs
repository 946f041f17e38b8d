// The page for everyone: checked by axe, narrow as a phone or enlarged fourfold, and without motion.

import assert from "node:assert/strict";
import { BEGINNING, brokenRules, moving, tooSmall, tooWide, walked } from "../moments.mjs";

// Goes through all moments and gathers what is wrong, so that all of it is told at once.
async function wrongIn(page, look) {
  const wrong = [];
  let last = "the beginning";
  try {
    for await (const [moment, within] of walked(page)) {
      last = moment;
      for (const found of await look(page, within)) wrong.push(`${moment}: ${found}`);
    }
  } catch (error) {
    wrong.push(`after ${last}: ${error.message}`);
  }
  return wrong;
}

// Every other moment on a phone; those between, in turns, on a tablet in the dark and on a wide screen.
const checked = (width, height, colorScheme, isLookedAt) => {
  const check = async (open) => {
    const page = await open({ ...BEGINNING, bypassCSP: true, viewport: { width, height }, colorScheme });
    let moment = 0;
    const look = async (page, within) => {
      moment += 1;
      return isLookedAt(moment) ? brokenRules(page, within) : [];
    };
    assert.deepEqual(await wrongIn(page, look), []);
  };
  return Object.assign(check, { isLong: true });
};

export const no_rule_of_accessibility_is_broken_on_a_phone = checked(360, 800, "light", (moment) => moment % 2 === 1);
export const no_rule_of_accessibility_is_broken_on_a_tablet = checked(768, 1024, "dark", (moment) => moment % 4 === 2);
export const no_rule_of_accessibility_is_broken_on_a_wide_screen = checked(1280, 900, "light", (moment) => moment % 4 === 0);

// With the colours of the system, and in the dark on a wide screen: what one sees first.
export async function no_rule_of_accessibility_is_broken_in_other_colours(open) {
  for (const colours of [{ forcedColors: "active" }, { colorScheme: "dark" }]) {
    const page = await open({ fragment: "#lesson=too_many_partners&second=none&n=200", reducedMotion: "reduce", bypassCSP: true, ...colours });
    await page.locator(".answer:visible").first().waitFor();
    await page.locator("#results .plot svg:visible").first().waitFor();
    assert.deepEqual(await brokenRules(page, "body"), [], JSON.stringify(colours));
    await page.context().close();
  }
}

// As wide as a window of 1280 pixels that is enlarged fourfold.
export async function nothing_is_too_wide_or_too_small_when_enlarged_fourfold(open) {
  const page = await open({ ...BEGINNING, viewport: { width: 320, height: 640 } });
  assert.deepEqual(await wrongIn(page, async (page) => [...(await tooWide(page)), ...(await tooSmall(page)), ...(await moving(page))]), []);
}

// On paper: the lesson, the set-up and what was found, as wide as the paper and with nothing to press.
export async function what_is_printed_is_what_was_found(open) {
  const page = await open({ fragment: "#lesson=too_many_partners&second=none&trust.initial=0.4&n=200", viewport: { width: 700, height: 1000 } });
  await page.locator("#results .plot svg:visible").first().waitFor();
  await page.emulateMedia({ media: "print" });
  // A line of the story is pressed on the page, and is a line on paper.
  assert.equal(await page.locator("button:visible:not(.story-line), progress:visible, input[type=range]:visible").count(), 0);
  assert.deepEqual(await page.locator("main > section:visible, main > div > section:visible").evaluateAll((sections) => sections.map(({ id }) => id)), ["lesson", "setup", "results", "picture"]);
  assert.equal(await page.locator("#results .answer:visible").count(), 3);
  assert.ok((await page.locator("#results .plot svg:visible").count()) >= 3);
  assert.deepEqual(await tooWide(page), []);
  const [ink, paper] = await page.evaluate(() => [getComputedStyle(document.body).color, getComputedStyle(document.documentElement).getPropertyValue("--paper").trim()]);
  assert.equal(paper, "#ffffff");
  assert.match(ink, /^rgb\(([0-5]?\d), ([0-5]?\d), ([0-5]?\d)\)$/, "words on paper are dark");
}
