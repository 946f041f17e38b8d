// The page as it comes: from a file, alone, under its policy.

import assert from "node:assert/strict";

export async function comes_alone_and_is_ready(open) {
  const page = await open();
  assert.equal(await page.locator("#fault").isVisible(), false);
  assert.notEqual((await page.title()).trim(), "");
  assert.match(await page.locator("h1").textContent(), /\w/);
  // Each text has its words: a key would show itself.
  const texts = await page.locator("[data-text]").evaluateAll((elements) => elements.map((element) => [element.dataset.text, element.textContent]));
  assert.ok(texts.length > 5);
  for (const [key, shown] of texts) assert.notEqual(shown, key);
}

export async function lets_no_other_script_in(open) {
  const page = await open({ expects: /Content Security Policy/ });
  const blocked = await page.evaluate(async () => {
    const broken = [];
    document.addEventListener("securitypolicyviolation", (event) => broken.push(event.effectiveDirective));
    const script = document.createElement("script");
    script.textContent = "window.harmed = true";
    document.body.append(script);
    const markup = document.createElement("div");
    markup.innerHTML = "<b onclick='window.harmed = true'>b</b>";
    document.body.append(markup);
    markup.firstChild.click();
    await fetch("https://example.org/").catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { broken, harmed: window.harmed === true };
  });
  assert.equal(blocked.harmed, false);
  for (const directive of ["script-src-elem", "script-src-attr", "connect-src"]) assert.ok(blocked.broken.includes(directive), `${directive}: ${blocked.broken}`);
}

export async function reads_before_its_script_runs(open) {
  const page = await open({ javaScriptEnabled: false, waits: false });
  assert.match(await page.title(), /\w/);
  assert.match(await page.locator("noscript").innerText(), /JavaScript/);
  assert.match(await page.locator("h1").textContent(), /\w/);
}
