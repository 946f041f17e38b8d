// A page opened in a browser: from a file, without network, with a profile that goes away.

import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

// The modules that `.ci/tools` installed.
export const require = createRequire(join(process.env.PARTNERSIM_NODE, "package.json"));
const { chromium, firefox } = require("playwright-core");

// Where a Firefox puts its downloads, and how often that is looked at, 20 times a second.
const folders = new Map();
const MOST_LOOKS = 600;

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// The rules of accessibility that a page breaks, in which axe is already.
export async function broken(page) {
  const found = await page.evaluate((tags) => axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), TAGS);
  return found.violations.map(({ id, help, nodes }) => ({
    rule: id,
    help,
    places: nodes.map((node) => `${node.target.join(" ")}: ${node.html}\n${node.failureSummary}`),
  }));
}

/// A browser for many looks, `chromium` or `firefox`, as Debian has them: gives what `look(browser)` makes of it.
export async function launched(name, look) {
  const downloads = await mkdtemp(join(tmpdir(), "partnersim-downloads-"));
  const browser = await (name === "firefox" ? launchedFirefox(downloads) : launchedChromium(downloads));
  try {
    return await look(browser);
  } finally {
    await browser.close();
    await rm(downloads, { recursive: true, force: true });
  }
}

const launchedChromium = (downloadsPath) => chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args: FLAGS, downloadsPath });

// Firefox as it is, by the protocol that browsers share. It knows no emulation of colours and motion, which is asked for with every
// context, wanted or not.
async function launchedFirefox(downloadsPath) {
  const browser = await firefox.launch({ executablePath: "/usr/bin/firefox-esr", channel: "moz-firefox", headless: true, downloadsPath });
  folders.set(browser, downloadsPath);
  const session = browser._connection.toImpl(browser)._browserSession;
  const send = session.send.bind(session);
  session.send = (method, asked) => (method === "emulation.setMediaFeaturesOverride" ? Promise.resolve({}) : send(method, asked));
  return browser;
}

/// What a page gives to be kept when `act()` is done: `{ name, bytes }`.
export async function downloaded(page, act) {
  const folder = folders.get(page.context().browser());
  if (folder !== undefined) return downloadedInto(folder, act);
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

// Firefox says nothing of a download, so it is found in its folder, and taken out of it: one at a time. Until it is whole, another of
// its name stands beside it, with `.part` at its end.
async function downloadedInto(folder, act) {
  await act();
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const names = await readdir(folder);
    if (names.length !== 1 || names[0].endsWith(".part")) continue;
    const path = join(folder, names[0]);
    const bytes = await readFile(path);
    if (bytes.length === 0) continue;
    await rm(path);
    return { name: names[0], bytes };
  }
  throw new Error(`nothing was downloaded: ${await readdir(folder)}`);
}

/// Opens a page and gives what `look(page, seen)` makes of it; `seen` lists what it asked of the network and which scripts failed.
export async function opened(path, width, scheme, look) {
  const profile = await mkdtemp(join(tmpdir(), "partnersim-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: "/usr/bin/chromium",
    headless: true,
    args: FLAGS,
    viewport: { width: Number(width), height: 900 },
    colorScheme: scheme,
    offline: true,
  });
  try {
    const page = await context.newPage();
    const seen = { network: [], script: [] };
    page.on("request", (request) => {
      if (!/^(file|data|blob):/.test(request.url())) seen.network.push(request.url());
    });
    page.on("pageerror", (error) => seen.script.push(String(error)));
    await page.goto(pathToFileURL(path).href);
    return await look(page, seen);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}
