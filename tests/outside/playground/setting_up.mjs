// What a reader sets, and how it is kept, shared and brought back.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

const address = (page) => page.evaluate(() => location.hash);
const told = (page) => page.locator(".run-told").innerText();
const done = (page) => page.waitForFunction(() => /^Done/.test(document.querySelector(".run-told").textContent));
const number = (page, name) => page.locator("#setup").getByLabel(name, { exact: true }).first();

const file = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });

export async function a_slider_changes_the_number_the_address_and_the_result(open) {
  const page = await open({ fragment: "#lesson=shared_vision&second=none&n=200" });
  await done(page);
  const slider = page.locator('#setup [data-path="communication.quality"] input[type=range]');
  await slider.fill("0.9");
  assert.equal(await number(page, "Communication quality").inputValue(), "0.9");
  await page.waitForFunction(() => location.hash.includes("communication.quality=0.9"));
  await done(page);
  await page.locator("#setup summary", { hasText: "1 change" }).click();
  await page.getByRole("button", { name: "put back Communication quality" }).click();
  await page.waitForFunction(() => !location.hash.includes("communication.quality"));
}

// A browser by itself would go from one end of a share to the other.
export async function arrow_keys_in_a_number_go_by_the_steps_of_its_slider(open) {
  const page = await open({ fragment: "#lesson=shared_vision&communication.quality=0.55&second=none&n=200" });
  await done(page);
  const quality = number(page, "Communication quality");
  await quality.press("ArrowUp");
  assert.equal(await quality.inputValue(), "0.6");
  await page.waitForFunction(() => location.hash.includes("communication.quality=0.6"));
  await quality.press("ArrowDown");
  await quality.press("ArrowDown");
  assert.equal(await quality.inputValue(), "0.5");
}

export async function every_slider_moves_without_a_fault(open) {
  // Free play shows the sliders that stand first where no lesson asks for others.
  for (const fragment of ["#from=shared_vision&n=100", "#lesson=power_and_tokenism&second=none&n=100"]) {
    const page = await open({ fragment });
    await done(page);
    const sliders = page.locator("#setup [data-path] input[type=range]:visible");
    assert.ok((await sliders.count()) >= 5);
    for (const slider of await sliders.all()) {
      const [low, high] = await slider.evaluate(({ min, max }) => [Number(min), Number(max)]);
      await slider.fill(String(low + Math.round((high - low) * 0.75)));
    }
    await page.waitForFunction(() => /^Done/.test(document.querySelector(".run-told").textContent) && location.hash.includes("="));
    assert.deepEqual(await page.locator("#setup .field-fault:visible").allInnerTexts(), []);
    assert.equal(await page.locator("#setup .faults:visible").count(), 0);
    await page.context().close();
  }
}

export async function a_fault_stands_at_its_field_and_nothing_runs(open) {
  const page = await open({ fragment: "#lesson=shared_vision&n=200" });
  await done(page);
  const quality = number(page, "Communication quality");
  await quality.fill("7");
  const fault = page.locator('#setup [data-path="communication.quality"] .field-fault');
  await fault.filter({ hasText: "give a number from 0 to 1" }).waitFor();
  assert.equal(await quality.getAttribute("aria-invalid"), "true");
  assert.ok((await quality.getAttribute("aria-describedby")).includes(await fault.getAttribute("id")));
  assert.equal(await page.getByRole("button", { name: "Run", exact: true }).isDisabled(), true);
  await page.getByRole("button", { name: "Take this change back" }).click();
  await fault.waitFor({ state: "hidden" });
  assert.equal(await quality.getAttribute("aria-invalid"), null);
}

export async function a_broken_address_is_told_and_its_good_parts_are_kept(open) {
  const broken = ["%zz", "lesson=%3Cscript%3E", "n=1", "seed=-1", "bogus=1", "scenario=AAAA", "communication.qualty=0.4", "__proto__.x=1", "partner.nobody.resources.money=5"];
  for (const part of broken) {
    const page = await open({ fragment: `#trust.initial=0.3&second=none&${part}` });
    await page.locator("#notes li").first().waitFor();
    assert.equal(await page.locator("#notes li").count(), 1, part);
    await page.waitForFunction(() => location.hash.includes("trust.initial=0.3"));
    await page.waitForFunction((part) => !location.hash.slice(1).split("&").includes(part), part);
    await page.locator("#setup .field").nth(3).waitFor();
    await page.context().close();
  }
}

export async function an_address_that_is_gone_to_is_followed(open) {
  const page = await open({ fragment: "#lesson=shared_vision&n=200" });
  await done(page);
  const before = await page.locator(".scenario-title").innerText();
  await page.evaluate(() => (location.hash = "#lesson=free_riding&n=200"));
  await page.waitForFunction((before) => document.querySelector(".scenario-title").innerText !== before, before);
}

export async function a_run_can_be_stopped_and_says_so(open) {
  const page = await open({ fragment: "#lesson=shared_vision&n=100000" });
  await page.waitForFunction(() => /^[1-9][\d,]* of 100,000/.test(document.querySelector(".run-told").textContent));
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.waitForFunction(() => /^Stopped after/.test(document.querySelector(".run-told").textContent));
  assert.doesNotMatch(await told(page), /100,000/);
}

export async function a_scenario_goes_out_as_a_file_and_comes_back(open) {
  const page = await open({ fragment: "#lesson=free_riding&communication.quality=0.7&second.trust.initial=0.8&n=200" });
  await done(page);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the set-up (.toml)" }).click();
  const saved = await download;
  assert.equal(saved.suggestedFilename(), "free_riding.toml");
  const text = await readFile(await saved.path(), "utf8");
  assert.match(text, /^# Second set-up: partnersim compare free_riding\.toml --variant 'second: trust\.initial=0\.8'\n/);
  assert.match(text, /^replications = 200$/m);
  await page.setInputFiles("#open-file", file("free_riding.toml", text));
  await page.waitForFunction(() => location.hash.includes("scenario="));
  assert.match(await address(page), /^#file=free_riding&scenario=[\w-]+&second\.trust\.initial=0\.8&n=200$/);
  await done(page);
  assert.equal(await number(page, "Communication quality").inputValue(), "0.7");
}

export async function a_file_that_is_no_scenario_is_refused_and_what_was_there_stays(open) {
  const page = await open({ fragment: "#lesson=shared_vision&n=200" });
  await done(page);
  const before = await address(page);
  const refused = page.locator("#share .fault");
  const cases = [
    ["large.toml", " ".repeat(1_000_001), "larger than"],
    ["book.xlsx", "PK\u0003\u0004", "is a workbook"],
    ["picture.png", "a\0b", "is no text"],
    ["empty.toml", "", "is empty"],
    ["faulty.toml", "title = 5\n[communicaton]\nquality = 3\n", "did you mean `communication`?"],
    ["<b>markup</b>.toml", "<script>window.harmed = true</script>", "<b>markup</b>.toml"],
  ];
  for (const [name, text, words] of cases) {
    await page.setInputFiles("#open-file", file(name, text));
    await refused.filter({ hasText: words }).waitFor();
    assert.equal(await refused.locator("b, script").count(), 0, name);
  }
  assert.equal(await address(page), before);
  assert.equal(await page.evaluate(() => window.harmed), undefined);
}

export async function names_with_markup_and_two_hundred_partners_do_no_harm(open) {
  const partner = (_, at) => `[[partner]]\nname = "<img src=x onerror=window.harmed=1> ${at} ${"long".repeat(at % 7 === 0 ? 12 : 1)}"\nsector = "${"x".repeat(80)}"\n`;
  const partners = Array.from({ length: 200 }, partner).join("\n");
  const text = `title = "<script>window.harmed=1</script> & ${"title".repeat(60)}"\nhorizon_months = 6\nreplications = 100\n${partners}\n[[need]]\nname = "<i>need</i>"\nskills = { "<u>skill</u>" = 1 }\n`;
  for (const width of [320, 1280]) {
    const page = await open({ viewport: { width, height: 800 } });
    await page.setInputFiles("#open-file", file("many.toml", text));
    await page.locator("#setup summary", { hasText: "The 200 partners" }).click();
    await page.locator(".partners tbody tr").nth(199).waitFor();
    await done(page);
    assert.equal(await page.evaluate(() => window.harmed), undefined);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `wider than ${width}`);
    await page.context().close();
  }
}
