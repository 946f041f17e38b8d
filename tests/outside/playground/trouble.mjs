// The page with what it was not made for: partnerships as large as there can be, files that are made to do harm.

import assert from "node:assert/strict";

const done = (page) => page.waitForFunction(() => /^Done/.test(document.querySelector(".run-told").textContent));
const file = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
const partner = (name) => `[[partner]]\nname = ${JSON.stringify(name)}\nsector = "council"\n`;

function scenario(names, months) {
  return `title = "Trouble \u202eelbuort"\nhorizon_months = ${months}\nreplications = 100\n${names.map(partner).join("")}[[need]]\nname = "need"\nskills = { skill = 1 }\n`;
}

export async function a_partnership_too_large_to_draw_is_run(open) {
  const page = await open({ fragment: "#from=shared_vision&n=100" });
  await done(page);
  const names = Array.from({ length: 200 }, (_, at) => `partner ${at}`);
  await page.setInputFiles("#open-file", file("largest.toml", scenario(names, 150)));
  await page.locator("#picture p:visible", { hasText: "200 partners over 150 months" }).waitFor();
  assert.equal(await page.locator("#picture .living[role=img]:visible").count(), 0);
  await page.waitForFunction(() => /^[1-9][\d,]* of 100 /.test(document.querySelector(".run-told").textContent));
  assert.equal(await page.locator("#fault").isVisible(), false);
  // A smaller one is drawn again.
  await page.setInputFiles("#open-file", file("small.toml", scenario(["one", "two"], 6)));
  await page.locator("#picture .living[role=img]:visible").waitFor();
  await done(page);
}
a_partnership_too_large_to_draw_is_run.isLong = true;

export async function a_second_set_up_in_a_file_that_cannot_be_taken_is_told_and_left_out(open) {
  const page = await open({ fragment: "#from=shared_vision&n=100" });
  await done(page);
  const told = page.locator("#share .fault");
  const many = Array.from({ length: 20000 }, (_, at) => `p${at}.initial=0.5`).join("; ");
  for (const [name, changes, words] of [["many.toml", many, "more than 500 changes"], ["faulty.toml", "trust.initial=7", "Its second set-up has a fault"]]) {
    await page.setInputFiles("#open-file", file(name, `# Second set-up: partnersim compare x.toml --variant 'second: ${changes}'\n${scenario(["one", "two"], 6)}`));
    await told.filter({ hasText: words }).waitFor();
    assert.doesNotMatch(await told.innerText(), /Nothing was changed/);
    await page.waitForFunction((name) => location.hash.startsWith(`#file=${name.replace(".toml", "")}`), name);
    assert.doesNotMatch(await page.evaluate(() => location.hash), /second/);
  }
}

export async function names_that_would_turn_signs_round_turn_nothing(open) {
  const page = await open({ fragment: "#from=shared_vision&n=100" });
  await page.setInputFiles("#open-file", file("turning.toml", scenario(["gain \u202essol", "\u2066two\u200f", "three"], 6)));
  await page.locator("#setup summary", { hasText: "The 3 partners" }).click();
  await page.locator("#picture .living[role=img]:visible").waitFor();
  await page.locator("#results svg").first().waitFor();
  await done(page);
  const turning = await page.evaluate(() => {
    const is = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
    const spoken = [...document.querySelectorAll("[aria-label], [aria-valuetext], [title]")].flatMap((element) => ["aria-label", "aria-valuetext", "title"].map((name) => element.getAttribute(name) ?? ""));
    return [document.body.innerText, document.body.textContent, ...spoken].filter((told) => is.test(told)).map((told) => told.slice(Math.max(told.search(is) - 40, 0), told.search(is) + 40));
  });
  assert.deepEqual(turning, []);
  assert.match(await page.locator("#picture").textContent(), /gain \ufffdssol/);
}

export async function a_paste_of_blank_lines_holds_nothing_up(open) {
  const page = await open({ fragment: "#from=shared_vision&n=100" });
  const took = await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    const begun = performance.now();
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    return performance.now() - begun;
  }, `${"\n".repeat(100_000)}x[[`);
  assert.ok(took < 1000, `${took} ms`);
}

export async function an_address_that_may_not_be_written_stops_nothing(open) {
  const before = () => {
    history.replaceState = () => {
      throw new DOMException("too often", "SecurityError");
    };
  };
  const page = await open({ fragment: "#from=shared_vision&n=100", before });
  await done(page);
  await page.locator('#setup [data-path="communication.quality"] input[type=range]').fill("0.9");
  await page.waitForFunction(() => document.querySelector("#link").value.includes("communication.quality=0.9"));
  await page.locator("#run progress").waitFor({ state: "hidden" });
  await done(page);
}
