// Opens pages in a browser and prints, as JSON, what is wrong with each: rules of accessibility that it breaks, what it asked the
// network for, what its scripts said, and what an injected script would have left behind.
//
//   node look.mjs FOLDER_OF_MODULES BROWSER PAGE.html…
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [modules, browserPath, ...pages] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const browser = await chromium.launch({ executablePath: browserPath, args: quiet });
const told = [];
const look = async (path, width, colorScheme, bypassCSP) => {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const asked = [];
  const said = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('console', (message) => said.push(message.text()));
  page.on('dialog', (dialog) => { said.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(pathToFileURL(path).href);
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  const plots = await page.locator('.plot').count();
  let value = '';
  if (plots > 0) {
    await page.locator('.plot').first().focus();
    await page.keyboard.press('ArrowRight');
    value = await page.locator('.value').first().textContent();
  }
  const harmed = await page.evaluate(() => String(window.harmed));
  let violations = [];
  if (bypassCSP) {
    await page.evaluate(axe);
    const found = await page.evaluate((rules) => window.axe.run({ runOnly: rules }), rules);
    violations = found.violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`);
  }
  told.push({ path, width, colorScheme, asked: asked.slice(1), said, beyond, plots, value, harmed, violations });
  await context.close();
};
// As a reader opens it, with its policy in force; then with a checker in it, which the policy would not let in.
// The first page is looked at in every way; what the others add to it shows in two.
await Promise.all(pages.map(async (path, at) => {
  await look(path, 1280, 'light', false);
  await look(path, 360, 'dark', true);
  await look(path, 1280, 'light', true);
  if (at > 0) return;
  await look(path, 360, 'light', true);
  await look(path, 1280, 'dark', true);
}));
await browser.close();
console.log(JSON.stringify(told));
