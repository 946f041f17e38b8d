// Keeping and sharing: the link, the scenario as a file out and in, and the command that gives the same numbers.

import { link } from "./address_bar.mjs";
import { faultWords } from "../shared/faults.mjs";
import { announce, fill, make } from "../shared/dom.mjs";
import { LARGEST_FILE, command, tomlName, secondIn, textIn, withSecond } from "./files.mjs";
import { FEWEST_REPLICATIONS, MOST_CHANGES, START, baseOf, setups } from "../state/state.mjs";
import { keepFile } from "../shared/painting.mjs";
import { number, text } from "../shared/text.mjs";

// Faults of a file that are shown; whoever has more mends these first.
const MOST_FAULTS = 30;
// Replications that a file may ask for and have at once.
const MOST_AT_ONCE = 10000;

export function share(page, root) {
  const parts = [linkPart(page), outPart(page), inPart(page), commandPart(page)];
  fill(root, parts.map((part) => part.root));
  const update = () => parts.forEach((part) => part.update?.());
  page.state.watch(update);
  update();
}

// The link: in a field from which it can be taken by hand where a page may not write to the clipboard.
function linkPart(page) {
  const shown = make("input", { type: "text", id: "link", readonly: true, onfocus: () => shown.select() });
  const tooLong = make("p", { class: "notice", hidden: true }, text("share.too_long"));
  const copied = copyButton(text("share.copy_link"), async () => (await link(page)).link);
  let turn = 0;
  return {
    root: make("div", {}, make("h3", {}, text("share.link")), make("label", { for: "link" }, text("share.link_about")), make("div", { class: "row link" }, shown, copied), tooLong),
    async update() {
      turn += 1;
      const mine = turn;
      const { link: address, isWhole } = await link(page);
      if (mine !== turn) return;
      shown.value = address;
      tooLong.hidden = isWhole;
      copied.disabled = !isWhole;
    },
  };
}

// A button that copies what `told` gives, and says so.
function copyButton(label, told) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(await told());
      button.textContent = text("share.copied");
      announce(text("share.copied"));
    } catch {
      announce(text("share.not_copied"));
      button.textContent = text("share.not_copied");
    }
    setTimeout(() => (button.textContent = label), 3000);
  };
  const button = make("button", { type: "button", onclick: copy }, label);
  return button;
}

// Set-ups as files. The first tells the second too, so that the page can take both back from it.
function outPart(page) {
  const { state, data, engine } = page;
  const said = make("p", { class: "bad" });
  const save = async (at) => {
    said.textContent = "";
    try {
      const { name, text: file } = await fileOf(at);
      keepFile(name, "application/toml", file);
      announce(text("share.saved", { name }));
    } catch (error) {
      said.textContent = text("share.not_saved", { message: error.message });
    }
  };
  const first = make("button", { type: "button", onclick: () => save(0) }, text("share.save"));
  const second = make("button", { type: "button", onclick: () => save(1) }, text("share.save_second"));
  async function fileOf(at) {
    const now = state.get();
    const setup = setups(now, data.lessons)[at];
    const file = await engine.write({ ...setup, changes: [...setup.changes, ["replications", String(now.replications)]] });
    const name = tomlName(baseOf(now, data.lessons).name + (at === 1 ? "_second" : ""));
    return { name, text: at === 0 ? withSecond(file, name, now.second) : file };
  }
  return {
    root: make("div", {}, make("h3", {}, text("share.out")), make("p", {}, text("share.out_about")), make("div", { class: "row" }, first, second), said),
    update: () => (second.hidden = state.get().second === null),
  };
}

// A scenario from a file: chosen, dropped anywhere on the page, or pasted. What is there stays until the new one is sound.
function inPart(page) {
  const input = make("input", { type: "file", id: "open-file", accept: ".toml,text/plain", onchange: () => take(input.files) });
  const said = make("div", { class: "fault", role: "alert", hidden: true });

  const refuse = (...words) => {
    fill(said, ...words);
    said.hidden = false;
    said.scrollIntoView({ block: "nearest" });
  };

  async function take(files) {
    const file = files[0];
    if (!file) return;
    const name = file.name;
    try {
      if (file.size > LARGEST_FILE) return refuse(make("p", {}, text("share.file.too_large", { name, limit: number(LARGEST_FILE / 1000) })));
      const { text: read, wrong } = textIn(new Uint8Array(await file.arrayBuffer()));
      if (wrong) return refuse(make("p", {}, text(`share.file.${wrong}`, { name, limit: number(LARGEST_FILE / 1000) })));
      await open(name, read);
    } catch (error) {
      refuse(make("p", {}, text("share.file.unreadable", { name, message: error.message })));
    } finally {
      input.value = "";
    }
  }

  async function open(name, read) {
    const scenarioName = tomlName(name).replace(/\.toml$/, "");
    const second = secondIn(read);
    const base = { name: scenarioName, text: read };
    const { scenario, faults } = await page.engine.describe({ ...base, changes: [] });
    if (faults) return refuse(...faultList("share.faulty", name, faults));
    const isLarge = second !== null && Object.keys(second).length > MOST_CHANGES;
    const other = second === null || isLarge ? {} : await page.engine.describe({ ...base, changes: Object.entries(second) });
    const isLost = isLarge || other.faults !== undefined;
    said.hidden = true;
    const replications = Math.min(Math.max(scenario.replications, FEWEST_REPLICATIONS), MOST_AT_ONCE);
    page.state.set({ lesson: null, base, first: {}, second: isLost ? null : second, replications, replication: START.replication, seed: null });
    if (isLarge) refuse(make("p", {}, text("share.second_large", { name, most: number(MOST_CHANGES) })));
    if (other.faults) refuse(...faultList("share.second_lost", name, other.faults));
    announce(text("share.opened", { title: scenario.title || scenarioName }));
  }

  takeDropped(take);
  takePasted(take);
  return { root: make("div", {}, make("h3", {}, text("share.in")), make("label", { for: "open-file" }, text("share.in_about")), make("div", { class: "row" }, input), said) };
}

// Files that are dropped anywhere on the page; while one is held above it, it says so.
function takeDropped(take) {
  const zone = make("div", { class: "drop", hidden: true }, make("p", {}, text("share.drop_here")));
  document.body.append(zone);
  const isForUs = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!isForUs(event)) return;
    event.preventDefault();
    zone.hidden = false;
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget === null && (zone.hidden = true));
  document.addEventListener("drop", (event) => {
    zone.hidden = true;
    if (!isForUs(event)) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
}

// Files that are pasted, and texts that are a scenario.
function takePasted(take) {
  document.addEventListener("paste", (event) => {
    if (event.target.closest?.("input, textarea")) return;
    const { files } = event.clipboardData;
    if (files.length > 0) return take(files);
    const pasted = event.clipboardData.getData("text/plain");
    // A link to this page from another place, where it lies elsewhere: what stands behind its # is all that is needed.
    const fragment = /^\s*(?:[^\s#]*\.html)?(#[\w.%]+=\S+)\s*$/.exec(pasted)?.[1];
    if (fragment !== undefined) {
      location.hash = fragment;
      return announce(text("share.link_opened"));
    }
    if (/^[ \t]*\[\[/m.test(pasted)) take([new File([pasted], text("share.pasted"))]);
  });
}

// What the faults of a file led to, and the faults, each with its line.
function faultList(key, name, faults) {
  const items = faults.slice(0, MOST_FAULTS).map((fault) => make("li", {}, faultWords({ ...fault, path: null })));
  const rest = faults.length > MOST_FAULTS ? make("p", {}, text("share.more_faults", { count: faults.length - MOST_FAULTS })) : null;
  return [make("p", {}, text(key, { name, count: faults.length })), make("ul", {}, items), rest];
}

// The command that gives the same numbers from the file.
function commandPart({ state, data }) {
  const shown = make("pre", { tabindex: "0", "aria-label": text("share.command") });
  const told = () => {
    const now = state.get();
    const name = tomlName(baseOf(now, data.lessons).name);
    return `${command(name, now.second ?? {})} --replications ${now.replications}`;
  };
  return {
    root: make("details", {}, make("summary", {}, text("share.command")), make("div", {}, make("p", {}, text("share.command_about")), shown, copyButton(text("share.copy_command"), async () => told()))),
    update: () => (shown.textContent = told()),
  };
}
