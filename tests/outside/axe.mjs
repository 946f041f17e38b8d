// What axe finds wrong with a page: node axe.mjs PAGE WIDTH SCHEME. Prints a list of rules broken, as JSON.

import { broken, opened, require } from "./browser.mjs";

const [path, width, scheme] = process.argv.slice(2);

const violations = await opened(path, width, scheme, async (page, seen) => {
  await page.addScriptTag({ path: require.resolve("axe-core") });
  const found = await broken(page);
  if (seen.network.length) found.push({ rule: "network", help: "a page asks for nothing but itself", places: seen.network });
  if (seen.script.length) found.push({ rule: "script", help: "no script of a page fails", places: seen.script });
  return found;
});
console.log(JSON.stringify(violations));
