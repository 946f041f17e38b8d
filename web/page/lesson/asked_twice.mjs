// A door that asks a second time before it opens: behind it lies what one should first look for oneself.

import { make } from "../shared/dom.mjs";

// The door and its question, `{ door, question }`, in words `{ label, warning, yes, no }`. `open` is done when the answer is yes.
export function askedTwice({ label, warning, yes, no }, open) {
  const button = (told, onclick) => make("button", { type: "button", onclick }, told);
  const door = button(label, () => ask(true));
  const confirm = button(yes, () => {
    question.hidden = true;
    open();
  });
  const question = make("div", { class: "notice", role: "group", "aria-label": label, hidden: true },
    make("p", {}, warning),
    make("p", { class: "row" }, confirm, button(no, () => ask(false))));
  function ask(isAsked) {
    question.hidden = !isAsked;
    (isAsked ? confirm : door).focus();
  }
  return { door, question };
}
