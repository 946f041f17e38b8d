// The page under a finger, on a phone.

import assert from "node:assert/strict";
import { settled } from "../moments.mjs";

const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true };
const LESSON = "#from=shared_vision&second=none&n=200";

// Waits until the page no longer goes on after a finger that let it go.
const atRest = (page) => page.evaluate(async () => {
  const STILL = 10;
  for (let [still, last] = [0, scrollY]; still < STILL; still = scrollY === last ? still + 1 : 0, last = scrollY) await new Promise(requestAnimationFrame);
});

// A finger that goes from a point of an element to another, both told as shares of its width and height, and is lifted.
async function drawn(page, element, from, to) {
  await element.evaluate((element) => element.scrollIntoView({ block: "center" }));
  await atRest(page);
  const { x, y, width, height } = await element.boundingBox();
  const session = await page.context().newCDPSession(page);
  const touch = (type, touchPoints) => session.send("Input.dispatchTouchEvent", { type, touchPoints });
  const STEPS = 12;
  for (let step = 0; step <= STEPS; step += 1) {
    const [across, down] = [0, 1].map((k) => from[k] + ((to[k] - from[k]) * step) / STEPS);
    await touch(step === 0 ? "touchStart" : "touchMove", [{ x: x + across * width, y: y + down * height }]);
  }
  await touch("touchEnd", []);
  await atRest(page);
}

const SLIDER = '#setup [data-path="communication.quality"] input[type=range]';

export async function a_finger_moves_a_slider_and_leaves_it_where_it_scrolls(open) {
  const page = await open({ fragment: LESSON, ...PHONE });
  await settled(page);
  const slider = page.locator(SLIDER);
  const [before, at] = [await slider.inputValue(), await page.evaluate(() => location.hash)];
  await drawn(page, slider, [0.1, 0.5], [0.1, -6]);
  await page.waitForFunction(() => scrollY > 100);
  assert.equal(await slider.inputValue(), before, "the finger scrolls");
  await settled(page);
  assert.equal(await page.evaluate(() => location.hash), at);
  await drawn(page, slider, [0.3, 0.5], [0.9, 0.5]);
  await page.waitForFunction(() => location.hash.includes("communication.quality=0.9"));
  // A touch by itself is a wish too.
  await drawn(page, slider, [0.2, 0.5], [0.2, 0.5]);
  await page.waitForFunction(() => location.hash.includes("communication.quality=0.2"));
}

export async function a_value_that_a_finger_asked_for_stays_when_it_is_lifted(open) {
  const page = await open({ fragment: LESSON, ...PHONE });
  await settled(page);
  const plot = page.locator("#results .plot:visible").first();
  const value = plot.locator(".value");
  await plot.evaluate((plot) => plot.scrollIntoView({ block: "center" }));
  await plot.tap();
  assert.match(await value.innerText(), /\d/);
  const first = await value.innerText();
  await drawn(page, plot, [0.5, 0.5], [0.9, 0.5]);
  assert.notEqual(await value.innerText(), first, "the value goes with the finger");
  // Where the page is scrolled nothing was asked.
  await drawn(page, plot, [0.5, 0.5], [0.5, -0.5]);
  assert.equal(await value.innerText(), "");
}
