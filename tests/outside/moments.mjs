// The moments of the playground that a reader sees, one after the other, and what is looked at in each. Nothing here goes by the words
// of the page, so that it holds in every language.

import { require } from "./browser.mjs";

// What a page is opened with to go through its moments: a lesson with two set-ups. Nothing moves, so that nothing is looked at halfway.
export const BEGINNING = { fragment: "#lesson=free_riding&n=200", reducedMotion: "reduce" };

const FAULTY = { name: "faulty.toml", mimeType: "text/plain", buffer: Buffer.from("title = 5\n[communicaton]\nquality = 3\n") };

// A file that is no scenario, for whoever wants to see it refused.
export const faultyFile = () => FAULTY;

// Waits until what is shown is of what is set.
export async function settled(page) {
  await page.locator("#results .results:not(.stale)").waitFor();
  await page.locator("#run progress").waitFor({ state: "hidden" });
  await page.locator("#results .plot svg:visible").first().waitFor();
}

// Unfolds all that a selector takes, and what comes to light by it.
async function unfolded(page, selector) {
  for (let left = 1; left > 0; ) {
    left = await page.evaluate(async (selector) => {
      const folded = [...document.querySelectorAll(selector)].filter((details) => !details.open);
      for (const details of folded) details.open = true;
      // Parts that are built when they are unfolded, and pictures that are drawn then.
      for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
      return folded.length;
    }, selector);
  }
}

const fold = (page, selector) => page.evaluate((selector) => document.querySelectorAll(selector).forEach((details) => (details.open = false)), selector);

const step = (page, at) => page.locator(".step-door").nth(at).click();

// Goes through the moments: at each it stops and gives its name and the part of the page that is another than before.
export async function* walked(page) {
  yield ["before the prediction", "body"];
  await page.locator(".lesson-predict button.plain").click();
  await page.locator(".lesson-answered").first().waitFor();
  await settled(page);
  await unfolded(page, "details:not(.more, .more details, .why)");
  await page.locator("#picture .month-tables tbody tr").first().waitFor();
  yield ["two set-ups, unfolded", "body"];
  await fold(page, "details");
  for (const [at, name] of [[2, "to notice"], [3, "to try"], [5, "questions"]]) {
    await step(page, at);
    await unfolded(page, "#lesson .lesson-step details");
    yield [name, "#lesson"];
  }
  yield* challenged(page);
  yield* unfoldedControls(page);
  yield* faults(page);
  yield* sheets(page);
  await page.locator("#picture .play").click();
  yield ["playing", "#picture"];
  await page.locator("#picture .play").click();
  await page.locator(".lesson-chooser > summary").click();
  yield ["all lessons", "#lesson"];
  await page.locator(".lesson-card").last().click();
  await page.locator("#lesson .lesson-steps > p").waitFor();
  await settled(page);
  yield ["free play", "body"];
}

// The challenge, up to its best known solution; it has one set-up only.
async function* challenged(page) {
  await step(page, 4);
  await page.locator(".lesson-challenge button.main").click();
  await page.locator(".lesson-verdict:not(.is-open)").waitFor();
  await page.locator("#setup .field input[type=number]").first().fill("0.5");
  await page.locator(".lesson-best > button:visible").click();
  yield ["whether to see the solution", ".lesson-challenge"];
  await page.locator(".lesson-best .notice button").first().click();
  await page.locator(".lesson-solution button").click();
  await page.locator(".lesson-verdict.is-met").waitFor();
  await settled(page);
  await unfolded(page, "#results details, #lesson .lesson-step details");
  yield ["a challenge with its solution", "#lesson"];
  yield ["one set-up, unfolded", "#results"];
  await fold(page, "#results details.exports");
}

async function* unfoldedControls(page) {
  await unfolded(page, "#setup details:not(.more details, .why)");
  await unfolded(page, "#setup .more > div > .groups > details:nth-child(3n), #setup .fields:first-of-type > .field:first-child .why");
  await page.locator("#setup .partners tbody tr").first().waitFor();
  yield ["every control", "#setup"];
  await fold(page, "#setup details");
}

async function* faults(page) {
  const number = page.locator("#setup .field input[type=number]").first();
  const before = await number.inputValue();
  await number.fill("-7");
  await page.locator("#setup .field-fault:visible").first().waitFor();
  await page.setInputFiles("#open-file", FAULTY);
  await page.locator("#share .fault:visible").waitFor();
  yield ["faults", "#setup"];
  yield ["a file that is refused", "#share"];
  await number.fill(before);
  await page.locator("#setup .said > .fault").waitFor({ state: "hidden" });
  await settled(page);
}

async function* sheets(page) {
  await unfolded(page, ".lesson-teachers");
  const doors = page.locator(".lesson-teachers > .row button");
  await doors.nth(0).click();
  yield ["the worksheet", "dialog"];
  await page.keyboard.press("Escape");
  await doors.nth(1).click();
  yield ["whether to see the answers", ".lesson-teachers"];
  await page.locator(".lesson-teachers .notice button").first().click();
  yield ["the answers", "dialog"];
  await page.keyboard.press("Escape");
  await fold(page, ".lesson-teachers");
}

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// The rules of accessibility that a part of a page breaks, in lines; the page must have let the checker in (`bypassCSP`).
export async function brokenRules(page, within) {
  const isThere = await page.evaluate(() => typeof axe === "object");
  if (!isThere) await page.addScriptTag({ path: require.resolve("axe-core") });
  const find = ([within, tags]) => axe.run(within, { runOnly: tags, resultTypes: ["violations"], preload: false });
  const { violations } = await page.evaluate(find, [within, TAGS]);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 5).map(({ target, failureSummary }) => `${target.join(" ")} (${failureSummary.replace(/\s+/g, " ")})`).join("; ")}`);
}

// What is wider than the window, in lines: the page as a whole, with the innermost parts that reach beyond it.
export function tooWide(page) {
  return page.evaluate(() => {
    const beyond = document.documentElement.scrollWidth - innerWidth;
    if (beyond <= 0) return [];
    const reaching = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > innerWidth + 1);
    const innermost = reaching.filter((element) => !reaching.some((other) => other !== element && element.contains(other)));
    return [`the page is ${beyond} pixels too wide`, ...innermost.slice(0, 5).map((element) => element.outerHTML.slice(0, 120))];
  });
}

// What one points at and is smaller than 24 pixels, in lines. A label belongs to its field; what stands in a sentence may be as high as
// its line.
export function tooSmall(page) {
  return page.evaluate(() => {
    const SMALLEST = 24;
    const targets = [...document.querySelectorAll("a[href], button, input, select, summary, textarea, [role=button]")];
    const small = targets.flatMap((element) => {
      const isSeen = element.checkVisibility({ visibilityProperty: true }) && element.closest(".for-readers, .skip") === null;
      if (!isSeen || element.disabled || getComputedStyle(element).display === "inline") return [];
      const place = ["radio", "checkbox"].includes(element.type) ? (element.closest("label") ?? element) : element;
      const { width, height } = place.getBoundingClientRect();
      const isLarge = Math.round(width) >= SMALLEST && Math.round(height) >= SMALLEST;
      return isLarge ? [] : [`${width.toFixed(1)} × ${height.toFixed(1)}: ${element.outerHTML.slice(0, 120)}`];
    });
    return [...new Set(small)].slice(0, 8);
  });
}

// What moves by itself, in lines.
export function moving(page) {
  const told = ({ effect, playState }) => `${playState}: ${effect.target?.outerHTML.slice(0, 120)}`;
  return page.evaluate(`document.getAnimations().filter(({ playState }) => playState === "running").map(${told})`);
}
