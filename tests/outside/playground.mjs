// The playground in a browser, from its file and without network: node playground.mjs [--firefox] PAGE [CHECK…], in Chromium where nothing
// is said. Prints for every check its name and what was wrong, as JSON. The browser starts once for all.
//
// A check is a function that a file of `playground/` exports, under the name by which `playground.rs` asks for it. It is given
// `open(wishes)`, which opens the page and waits until it is ready, and throws where something is not as it should be. What every page
// must keep to is looked at after each: it asked for nothing, and said nothing on the console. A check with `isAlone` is made when the
// others are done.

import { readdir } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { launched } from "./browser.mjs";

// Every file of the folder, and what it exports.
const folder = new URL("./playground/", import.meta.url);
const files = (await readdir(folder)).filter((name) => name.endsWith(".mjs")).sort();
const CHECKS = (await Promise.all(files.map((name) => import(new URL(name, folder))))).flatMap(Object.entries);

// So many pages compute side by side.
const AT_ONCE = 3;

// Longer than any answer takes on a machine that does other things too, in milliseconds.
const PATIENCE = 60_000;

const FIREFOX = "--firefox";
const given = process.argv.slice(2);
const name = given.includes(FIREFOX) ? "firefox" : "chromium";
const [path, ...wanted] = given.filter((one) => one !== FIREFOX);
const address = pathToFileURL(path).href;

// Opens the page for a check. `fragment` is what stands behind the # of its address; the rest are wishes to the browser, such as
// `viewport`, `colorScheme`, `reducedMotion` or `bypassCSP`, which lets axe in. What the browser says of a page that a check does harm to
// is expected: `expects` is a regular expression that takes it. `before` is what is done in the page before its own scripts.
async function open(browser, opened, { fragment = "", waits = true, expects = null, before = null, ...wishes }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, offline: true, acceptDownloads: true, ...wishes });
  context.setDefaultTimeout(PATIENCE);
  if (before !== null) await context.addInitScript(before);
  const page = await context.newPage();
  const seen = { asked: [], said: [] };
  opened.push({ context, seen });
  page.on("request", (request) => {
    const url = request.url();
    if (url.split("#")[0] !== address && !/^(blob|data):/.test(url)) seen.asked.push(url);
  });
  page.on("pageerror", (error) => seen.said.push(String(error)));
  page.on("console", (message) => {
    if (!expects?.test(message.text())) seen.said.push(message.text());
  });
  page.on("dialog", (dialog) => {
    seen.said.push(`dialog ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.goto(address + fragment);
  if (waits) await page.waitForSelector("html[data-ready]", { state: "attached" });
  return page;
}

// What is wrong by one check: null where nothing is.
async function wrong(browser, check) {
  const opened = [];
  try {
    await check((wishes = {}) => open(browser, opened, wishes));
    const asked = opened.flatMap(({ seen }) => seen.asked);
    const said = opened.flatMap(({ seen }) => seen.said);
    if (asked.length) return `the page asked for ${asked.join(", ")}`;
    return said.length ? `the page said ${said.join("\n")}` : null;
  } catch (error) {
    const said = opened.flatMap(({ seen }) => seen.said);
    return [error.stack, ...said].join("\n");
  } finally {
    for (const { context } of opened) await context.close();
  }
}

const asked = CHECKS.filter(([name]) => wanted.length === 0 || wanted.includes(name));
// Long ones first, so that none is waited for at the end.
const together = asked.filter(([, check]) => !check.isAlone).sort(([, one], [, other]) => (other.isLong ?? false) - (one.isLong ?? false));
const alone = asked.filter(([, check]) => check.isAlone);

const found = await launched(name, async (browser) => {
  const found = [];
  const work = async (waiting) => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, check] = next;
      const begun = performance.now();
      found.push({ name, wrong: await wrong(browser, check), seconds: Math.round((performance.now() - begun) / 100) / 10 });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, () => work(together)));
  await work(alone);
  return found;
});
console.log(JSON.stringify(found));
