// What was put right in the address, told where it cannot be overlooked, until the reader has it away.

import { fill, make } from "../shared/dom.mjs";
import { text } from "../shared/text.mjs";

export function notes({ found }, root) {
  const show = (list) => {
    root.hidden = list.length === 0;
    if (list.length === 0) return fill(root);
    const away = make("button", { type: "button", onclick: () => found.set({ notes: [] }) }, text("page.notes_away"));
    fill(root, make("p", {}, text("page.notes_about")), make("ul", {}, list.map((note) => make("li", {}, noteWords(note)))), away);
  };
  found.watch((now, before) => now.notes !== before.notes && show(now.notes));
  show(found.get().notes);
}

// A note in words. What the module says about a scenario is in English in every language.
function noteWords({ key, message, help, ...values }) {
  const told = [text(`share.address.${key}`, values)];
  if (message) told.push(" ", make("span", { lang: "en" }, `${message}${help ? ` (${help})` : ""}`));
  return told;
}
