// The papers for teachers beside the page: the same numbers, and no more paper than one sheet for each learner.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { settled } from "../moments.mjs";

const papers = new URL("../../../docs/teaching/", import.meta.url);
const paper = (lesson, name) => readFile(new URL(`${lesson}/${name}.html`, papers), "utf8");

async function lessons() {
  const entries = await readdir(papers, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
}

// The lines of the table that an answer sheet gives for the lesson as it opens.
const onPaper = (page, text) => page.evaluate((text) => {
  const sheet = new DOMParser().parseFromString(text, "text/html");
  const rows = sheet.querySelectorAll("h2")[1].nextElementSibling.querySelectorAll("tbody tr");
  return [...rows].map((row) => {
    row.querySelectorAll(".small").forEach((aside) => aside.remove());
    const [name, first, second, difference] = [...row.children].map((cell) => cell.textContent);
    return `${name}: ${first} → ${second} ${difference}`.replaceAll("\u2060", "").trim();
  });
}, text.replace(/<style>[^]*<\/style>/, ""));

// The lines of the table that the page shows.
const onPage = (page) => page.locator(".lesson-watched tbody tr").evaluateAll((rows) => rows.map((row) => {
  const [name, values] = row.children;
  const parts = values.children.length > 0 ? [...values.children] : [values];
  return `${name.textContent}: ${parts.map((part) => part.textContent).join(" ")}`.replaceAll("\u2060", "");
}));

// A teacher holds the sheet beside the screen: each number is the same, to the last digit.
export async function answer_sheets_have_the_numbers_of_the_page(open) {
  const names = await lessons();
  assert.equal(names.length, 9);
  for (const name of names) {
    const page = await open({ fragment: `#lesson=${name}` });
    await page.locator(".lesson-predict button.plain").click();
    await page.locator(".lesson-answered").first().waitFor();
    await settled(page);
    const said = await onPage(page);
    assert.ok(said.length >= 5, `${name}: ${said}`);
    assert.deepEqual(await onPaper(page, await paper(name, "answers")), said, name);
    await page.close();
  }
}
answer_sheets_have_the_numbers_of_the_page.isLong = true;

// Printed on both sides a worksheet is one sheet of paper.
export async function a_worksheet_is_one_sheet_of_paper(open) {
  const page = await open({ bypassCSP: true });
  for (const name of await lessons()) {
    await page.setContent(await paper(name, "worksheet"));
    const printed = await page.pdf({ preferCSSPageSize: true });
    const pages = printed.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g).length;
    assert.equal(pages, 2, name);
  }
}

// Where every learner has a copy of the file, a link leads to another's; pasted, it leads to the same place in one's own.
export async function a_link_from_another_machine_is_pasted(open) {
  const page = await open();
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "file:///E:/school/playground.html#lesson=over_ambition&second.morale.aspiration=0.6\n");
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
  });
  await page.getByRole("heading", { name: "Promising too much" }).waitFor();
  await page.waitForFunction(() => location.hash.includes("second.morale.aspiration=0.6"));
}
