// The page by the keyboard alone.

import assert from "node:assert/strict";

// Presses of a key until something is reached, at the most.
const MOST_PRESSES = 300;

// What has focus, and how it is seen: whether it is within the window, has a ring of its own or of its label, and lies on top.
function focused() {
  const element = document.activeElement;
  if (element === document.body) return { told: "body", isBody: true };
  const rings = [element, element.nextElementSibling, element.parentElement, element.parentElement?.parentElement].filter(Boolean);
  const hasRing = rings.some((one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  });
  const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
  const isWithin = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight && width > 0 && height > 0;
  // The middle of what is seen of it.
  const [x, y] = [(Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
  const above = isWithin ? document.elementFromPoint(x, y) : null;
  const isOnTop = above !== null && (element.contains(above) || above.contains(element) || above.closest("label")?.control === element);
  return { told: element.outerHTML.slice(0, 140), isBody: false, isHeading: /^H\d$/.test(element.tagName), hasRing, isWithin, isOnTop };
}

// Presses Tab until what a selector takes has focus; at every stop focus is seen.
async function tabTo(page, selector) {
  for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
    await page.keyboard.press("Tab");
    const now = await page.evaluate(focused);
    assert.equal(now.isBody, false, `focus went beyond the end before ${selector}`);
    assert.ok(now.hasRing && now.isWithin && now.isOnTop, `focus is not seen: ${JSON.stringify(now)}`);
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
  }
  assert.fail(`${selector} is not reached by ${MOST_PRESSES} presses of Tab`);
}

const isFocused = (page) => page.evaluate(() => document.activeElement !== document.body);

export async function the_whole_way_goes_by_the_keyboard(open) {
  const page = await open({ fragment: "#lesson=free_riding&n=200" });
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.matches(".skip")), "the first stop leads past the head");
  for (const question of await page.locator(".lesson-question").all()) {
    const name = await question.locator("input").first().getAttribute("name");
    await tabTo(page, `input[name="${name}"]`);
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
  }
  await tabTo(page, ".lesson-predict button.main");
  await page.keyboard.press("Enter");
  await page.locator(".lesson-answered").first().waitFor();
  assert.ok(await page.evaluate(() => document.activeElement.matches(".lesson-step h3")), "focus goes to what came out");
  await tabTo(page, "#setup .field input[type=number]");
  const path = await page.evaluate(() => document.activeElement.closest(".field").dataset.path);
  const typedIn = page.locator(`[data-path="${path}"] input[type=number]`);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("0.4");
  await tabTo(page, "#setup .field input[type=range]");
  assert.equal(await page.evaluate(() => document.activeElement.value), "0.4");
  await page.keyboard.press("ArrowRight");
  assert.ok(Number(await typedIn.inputValue()) > 0.4);
  await tabTo(page, "#run button.main");
  await page.keyboard.press("Enter");
  await page.waitForFunction((path) => location.hash.includes(path), path);
  await page.locator("#results .results:not(.stale)").waitFor();
  assert.ok(await isFocused(page), "focus is lost by a run");
  await tabTo(page, "#results .chart-tools summary");
  await page.keyboard.press("Enter");
  await page.locator("#results .chart-tools details:focus-within table").waitFor();
  await tabTo(page, "#picture .player .row > button:last-child");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("#picture-month").inputValue(), "2");
  assert.ok(await isFocused(page), "focus is lost by a step");
  await tabTo(page, "#share button");
  await tabTo(page, "#share .row:not(.link) button");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Space")]);
  assert.equal(download.suggestedFilename(), "free_riding.toml");
  assert.ok(await isFocused(page), "focus is lost by saving");
  // On from there one comes out at the end of the page.
  for (let presses = 0; await isFocused(page); presses += 1) {
    assert.ok(presses < MOST_PRESSES, "the page does not end");
    await page.keyboard.press("Tab");
  }
}

export async function a_dialog_keeps_focus_and_escape_closes_it(open) {
  const page = await open({ fragment: "#lesson=free_riding&n=200" });
  await tabTo(page, ".lesson-teachers > summary");
  await page.keyboard.press("Enter");
  await tabTo(page, ".lesson-teachers button");
  const opener = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("Enter");
  await page.locator("dialog[open]").waitFor();
  for (let presses = 0; presses < 8; presses += 1) {
    await page.keyboard.press(presses % 3 === 2 ? "Shift+Tab" : "Tab");
    const isKept = await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest("dialog") !== null);
    assert.ok(isKept, "what is behind a dialog has focus");
  }
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement.textContent), opener);
  // What opens and closes keeps focus where it was.
  await tabTo(page, ".lesson-teachers > .row button:nth-child(2)");
  await page.keyboard.press("Enter");
  assert.ok(await page.evaluate(() => document.activeElement.closest(".lesson-teachers .notice") !== null), "the second question has focus");
}
