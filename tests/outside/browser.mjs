// A page opened in Chromium: from a file, without network, with a profile that goes away.

import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

// The modules that `.ci/tools` installed.
export const require = createRequire(join(process.env.PARTNERSIM_NODE, "package.json"));
const { chromium } = require("playwright-core");

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

/// A browser for many looks: gives what `look(browser)` makes of it.
export async function launched(look) {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args: FLAGS });
  try {
    return await look(browser);
  } finally {
    await browser.close();
  }
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
