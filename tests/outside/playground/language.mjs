// Every word of the page is in the file of its language: with a language in which every text stands in brackets, none stands outside.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { BEGINNING, walked } from "../moments.mjs";

// Puts every text of the page in brackets, as it is read from what the page carries: what one gets from a file of words in which every
// one stands in brackets. The code of the language stays, as numbers are written by it.
function bracketed() {
  const inBrackets = (words, path) => {
    if (path === "language.code") return words;
    if (typeof words === "string") return words === "" ? words : `⟦${words}⟧`;
    if (Array.isArray(words)) return words.map((word) => inBrackets(word, path));
    return Object.fromEntries(Object.entries(words).map(([key, word]) => [key, inBrackets(word, path === "" ? key : `${path}.${key}`)]));
  };
  const { parse } = JSON;
  JSON.parse = (...told) => {
    const value = parse(...told);
    if (!value?.strings?.en) return value;
    const strings = Object.fromEntries(Object.entries(value.strings).map(([code, words]) => [code, inBrackets(words, "")]));
    return { ...value, strings };
  };
}

// Texts that a reader meets in a part of the page: what is shown, what is read out in its place, and what is told where one points.
function met(within) {
  const ATTRIBUTES = ["aria-label", "aria-valuetext", "title", "placeholder", "alt"];
  const own = "code, pre, style, script, [lang]:not(html), .printed, #languages, noscript, #not-begun";
  const found = [];
  const walker = document.createTreeWalker(document.querySelector(within), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const lines = node.parentElement.closest("text")?.querySelectorAll("tspan") ?? [];
    // What goes on in the next line of a picture is one text.
    const told = lines.length > 0 ? Array.from(lines, (line) => line.textContent).join(" ") : node.data;
    if (node.parentElement.closest(own) === null) found.push([told, node.parentElement]);
  }
  for (const element of document.querySelectorAll(`${within}, ${within} *`)) {
    if (element.closest(own) !== null) continue;
    for (const name of ATTRIBUTES) if (element.hasAttribute(name)) found.push([element.getAttribute(name), element]);
  }
  return found.map(([told, element]) => [told, `${element.tagName}.${element.getAttribute("class") ?? ""} in #${element.closest("[id]")?.id}`]);
}

// What is left of a text when all that stands in brackets is taken away, also where it is shortened or goes on in another line.
function outside(told) {
  let [left, before] = [told, null];
  while (left !== before) [left, before] = [left.replace(/⟦[^⟦⟧]*⟧/g, ""), left];
  return left.replace(/⟦.*$/s, "").replace(/^.*⟧/s, "");
}

// Names that a scenario gives, also where a picture breaks one in two, what the browser itself writes in large amounts, and the words by
// which the page names the scenario and its files.
async function namesOf(path) {
  const text = await readFile(path, "utf8");
  const given = [...text.matchAll(/"([^"\n]+)"/g)].map(([, name]) => name);
  const keys = [...text.matchAll(/^\[(?:event|intervention)\.(\w+)\]/gm)].map(([, name]) => name);
  return [...given, ...given.filter((name) => /^\p{Lu}\S+ \p{Lu}\S+$/u.test(name)).flatMap((name) => name.split(" ")), ...keys, "million", "faulty.toml", "free_riding", "second", "partnersim", "CSV", "SVG", "PNG"].sort((a, b) => b.length - a.length);
}

export async function every_word_is_of_the_language(open) {
  const page = await open({ ...BEGINNING, before: bracketed });
  const names = await namesOf(new URL("../../../scenarios/lessons/free_riding.toml", import.meta.url));
  const foreign = new Set();
  // Large numbers as the language writes them, such as 8.4 million.
  const withoutNumbers = (told) => told.replace(/\d[\d.,]* (million|billion|trillion)/g, "");
  const hasWords = (told) => /\p{Letter}{2}/u.test(names.reduce((left, name) => left.replaceAll(name, ""), withoutNumbers(outside(told))));
  let count = 0;
  for await (const [, within] of walked(page)) {
    for (const [told, place] of await page.evaluate(met, within)) {
      count += 1;
      if (hasWords(told)) foreign.add(`${place}: ${told.slice(0, 120)}`);
    }
  }
  assert.ok(count > 2000, `only ${count} texts were met`);
  assert.deepEqual([...foreign], []);
}
