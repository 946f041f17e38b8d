// Every other parameter of the partnership, by groups, to be looked for by name. Controls are built when their group is opened.

import { announce, fill, make } from "../shared/dom.mjs";
import { groupName, groupOf, meaningOf, parameterName } from "../shared/named.mjs";
import { text } from "../shared/text.mjs";

export function more({ found }, setup) {
  const search = make("input", { type: "search", id: "more-search", autocomplete: "off", oninput: () => look(search.value) });
  const label = make("label", { for: "more-search" }, text("controls.search"));
  const told = make("p", { class: "aside" });
  const list = make("div", { class: "groups" });
  const root = make("details", { class: "more" }, make("summary", {}, text("controls.more")), make("div", {}, label, search, told, list));
  let groups = [];
  let builtFor = null;

  function build() {
    const keys = Object.keys(found.get().base?.values ?? {});
    const key = keys.join();
    if (key === builtFor || keys.length === 0) return;
    builtFor = key;
    groups = [...byGroup(keys)].map(([name, paths]) => parameterGroup(name, paths, setup));
    fill(list, groups.map((one) => one.root));
  }

  // Shows what has all the words that are looked for, in its name, meaning or path.
  function look(asked) {
    const words = asked.toLowerCase().split(/\s+/).filter(Boolean);
    const counts = groups.map((one) => one.look(words));
    const count = counts.reduce((sum, n) => sum + n, 0);
    told.textContent = words.length === 0 ? "" : text("controls.found", { count });
    if (words.length > 0) announce(told.textContent);
  }

  root.addEventListener("toggle", () => {
    if (!root.open) return;
    build();
    update();
  });

  function update() {
    if (root.open) for (const one of groups) one.update();
  }

  return { root, update };
}

// Paths by their group, in the order in which they come.
function byGroup(paths) {
  const groups = new Map();
  for (const path of paths) groups.set(groupOf(path), [...(groups.get(groupOf(path)) ?? []), path]);
  return groups;
}

function parameterGroup(name, paths, setup) {
  const body = make("div", { class: "fields" });
  const root = make("details", {}, make("summary", {}, text("controls.group_of", { name: groupName(paths[0]), n: paths.length })), body);
  let fields = [];
  const build = () => {
    if (fields.length > 0) return;
    fields = paths.map(setup.field);
    fill(body, fields.map((one) => one.root));
    update();
  };
  const update = () => {
    for (const one of fields) one.update(setup.shown(one.path));
  };
  root.addEventListener("toggle", () => root.open && build());
  return {
    root,
    update,
    // How many of it are shown where words are looked for.
    look(words) {
      const isFound = (path) => words.every((word) => `${parameterName(path)} ${meaningOf(path)} ${path}`.toLowerCase().includes(word));
      const kept = paths.filter(isFound);
      root.hidden = kept.length === 0;
      root.open = words.length > 0 && kept.length > 0;
      if (root.open) build();
      for (const one of fields) one.root.hidden = !kept.includes(one.path);
      return kept.length;
    },
  };
}
