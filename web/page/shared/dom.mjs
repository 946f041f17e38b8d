// Elements of the page. Whatever is shown goes in as text, so that nothing from a file or an address can become markup.

import { text, upright } from "./text.mjs";

// An element with attributes and children: make("button", { type: "button", onclick: run }, "Run"). Attributes that are null,
// undefined or false are left out; those that begin with `on` are what is done at an event; children that are null are left out.
export function make(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

// The same in a picture.
export function draw(name, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : isRead(key) ? upright(String(value)) : String(value));
  }
  element.append(...shownOf(children));
  return element;
}

// Whether an attribute holds words.
const isRead = (key) => key === "title" || key.startsWith("aria-");

// The children that there are; a name from a file turns nothing round.
function shownOf(children) {
  const there = children.flat().filter((child) => child !== null && child !== undefined);
  return there.map((child) => (typeof child === "string" ? upright(child) : child));
}

// Gives an element new children.
export function fill(element, ...children) {
  element.replaceChildren(...shownOf(children));
}

// Gives an element an attribute, or takes it away where there is nothing to say.
export function attribute(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

// The element of an id.
export function byId(id) {
  return document.getElementById(id);
}

// Tells who listens to the page what happened, without taking them there.
export function announce(told) {
  byId("status").textContent = told;
}

// A picture that the module drew, as an element. It comes from our own drawing, whose texts are escaped.
export function picture(svg) {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  return document.importNode(parsed, true);
}

// Puts the words into what stands in the page from the beginning.
export function put(root) {
  for (const element of root.querySelectorAll("[data-text]")) element.textContent = text(element.dataset.text);
  for (const element of root.querySelectorAll("[data-label]")) element.setAttribute("aria-label", text(element.dataset.label));
}

// Gives an element other words where they differ, so that nobody is told the same twice.
export function reword(element, words) {
  if (element.textContent !== words) element.textContent = words;
}
