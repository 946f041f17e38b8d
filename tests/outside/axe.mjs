// What axe finds wrong with a page: node axe.mjs PAGE WIDTH SCHEME. Prints a list of rules broken, as JSON.

import { opened, require } from "./browser.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const [path, width, scheme] = process.argv.slice(2);

const violations = await opened(path, width, scheme, async (page, seen) => {
  await page.addScriptTag({ path: require.resolve("axe-core") });
  const found = await page.evaluate((tags) => axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), TAGS);
  const broken = found.violations.map(({ id, help, nodes }) => ({
    rule: id,
    help,
    places: nodes.map((node) => `${node.target.join(" ")}: ${node.html}\n${node.failureSummary}`),
  }));
  if (seen.network.length) broken.push({ rule: "network", help: "a page asks for nothing but itself", places: seen.network });
  if (seen.script.length) broken.push({ rule: "script", help: "no script of a page fails", places: seen.script });
  return broken;
});
console.log(JSON.stringify(violations));
