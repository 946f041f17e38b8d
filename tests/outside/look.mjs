// What is seen of pages in a browser, as JSON, one entry for each look: node look.mjs PAGE… The browser starts once for all.
//
// Beside what axe finds wrong: what a page asked for, what its scripts said, how wide it is, what the keyboard reads, what an injected
// script would have left behind, and where its tables stand while it is printed.

import { pathToFileURL } from "node:url";
import { broken, launched, require } from "./browser.mjs";

const axe = require.resolve("axe-core");

const look = async (browser, path, width, colorScheme, isChecked) => {
  // The policy of the page would not let the checker in.
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: isChecked, reducedMotion: "reduce", offline: true });
  const page = await context.newPage();
  const [asked, said] = [[], []];
  page.on("request", (request) => asked.push(request.url()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("console", (message) => said.push(message.text()));
  page.on("dialog", (dialog) => {
    said.push(`dialog ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.goto(pathToFileURL(path).href);
  const printed = await page.evaluate(() => {
    const inAppendix = () => document.querySelectorAll("#appendix > details").length;
    const all = document.querySelectorAll("details.numbers").length;
    dispatchEvent(new Event("beforeprint"));
    const during = inAppendix();
    dispatchEvent(new Event("afterprint"));
    const isBack = inAppendix() === 0 && document.querySelectorAll("details.numbers").length === all;
    return all > 0 && during === all && isBack ? "tables at the end, and back in their places" : `${during} of ${all} at the end, ${isBack}`;
  });
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  const plots = await page.locator(".plot").count();
  let value = "";
  if (plots > 0) {
    await page.locator(".plot").first().focus();
    await page.keyboard.press("ArrowRight");
    value = await page.locator(".value").first().textContent();
  }
  const harmed = await page.evaluate(() => String(window.harmed));
  let violations = [];
  if (isChecked) {
    await page.addScriptTag({ path: axe });
    violations = await broken(page);
  }
  if (asked.length > 1) violations.push({ rule: "network", help: "a page asks for nothing but itself", places: asked.slice(1) });
  if (said.length) violations.push({ rule: "script", help: "no script of a page says anything", places: said });
  await context.close();
  return { path, width, colorScheme, beyond, plots, value, harmed, printed, violations };
};

// As a reader opens it, with its policy in force; then with the checker in it. The first page is looked at in every way; what the others
// add to it shows in two.
const looks = await launched("chromium", (browser) => {
  const both = (path) => [look(browser, path, 1280, "light", false), look(browser, path, 360, "dark", true), look(browser, path, 1280, "light", true)];
  const every = (path) => [look(browser, path, 360, "light", true), look(browser, path, 1280, "dark", true)];
  return Promise.all(process.argv.slice(2).flatMap((path, at) => [...both(path), ...(at === 0 ? every(path) : [])]));
});
console.log(JSON.stringify(looks));
