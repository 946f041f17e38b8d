// The page begins here: unpacks what it carries, reads the address, and hands every part of the page its place.

import { follow } from "./sharing/address_bar.mjs";
import { read } from "./sharing/address.mjs";
import { controls } from "./controls/controls.mjs";
import { announce, byId, fill, make, put } from "./shared/dom.mjs";
import { engine } from "./state/engine.mjs";
import { lesson } from "./lesson/lesson.mjs";
import { notes } from "./sharing/notes.mjs";
import { livingPicture } from "./picture/picture.mjs";
import { results } from "./results/results.mjs";
import { run } from "./controls/run.mjs";
import { share } from "./sharing/share.mjs";
import { store } from "./state/state.mjs";
import { hasText, speak, text } from "./shared/text.mjs";
import { NOTHING, work } from "./state/work.mjs";

// The parts of the page by the id of the section they fill.
const PARTS = { lesson, setup: controls, run, results, picture: livingPicture, share };

// Lessons with the text of their scenarios beside them.
function withScenarios({ lessons, scenarios, ...data }) {
  return { ...data, lessons: lessons.map((one) => ({ ...one, scenario: { name: one.name, text: scenarios[one.name] } })) };
}

async function begin() {
  const data = withScenarios(JSON.parse(new TextDecoder().decode(await globalThis.unpacked("data"))));
  const asked = await read(location.hash.slice(1), data.lessons, Object.keys(data.strings));
  speak(data.strings[asked.state.language]);
  document.documentElement.lang = asked.state.language;
  put(document);
  languageChoice(data, asked.state.language);
  const module = await WebAssembly.compile(await globalThis.unpacked("module"));
  const state = store(asked.state);
  const found = store({ ...NOTHING, notes: asked.notes });
  const page = { state, found, data, engine: engine(module, data.worker) };
  page.work = work(page);
  notes(page, byId("notes"));
  sayBroken(page);
  for (const [id, part] of Object.entries(PARTS)) part(page, byId(`${id}-body`));
  follow(page);
  page.work.begin();
  document.documentElement.dataset.ready = "yes";
  announce(text("page.ready"));
}

// A choice of languages where there is more than one. The page begins anew in the one that is chosen, with all else as it was.
function languageChoice({ strings }, spoken) {
  const codes = Object.keys(strings);
  if (codes.length < 2) return;
  const option = (code) => make("option", { value: code, selected: code === spoken, lang: code }, strings[code].language.name);
  const choose = (event) => document.dispatchEvent(new CustomEvent("language", { detail: event.target.value }));
  fill(byId("languages"), make("label", { class: "row" }, text("page.language"), make("select", { onchange: choose }, codes.map(option))));
}

// What is said when the module broke: the page goes on with a new one.
function sayBroken({ found }) {
  found.watch(({ broken: message }, before) => {
    if (message !== before.broken) sayOnTop(message === null ? null : text("page.broken", { message }));
  });
}

function sayOnTop(message) {
  const fault = byId("fault");
  fault.hidden = message === null;
  fault.textContent = message ?? "";
}

// What keeps the page from beginning: an engine that this browser has not or will not start, or else a file that came incomplete.
function sayNotBegun(error) {
  byId("loading").hidden = true;
  const isEngine = typeof WebAssembly === "undefined" || error instanceof WebAssembly.CompileError;
  byId("not-begun").classList.add("now");
  byId("not-begun").hidden = isEngine;
  const key = isEngine ? "page.no_engine" : "page.stopped";
  sayOnTop(hasText(key) ? text(key, { message: error.message }) : error.message);
}

begin().catch(sayNotBegun);
