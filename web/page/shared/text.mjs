// The words of the page, in the language that is chosen, and numbers as that language writes them.

let words = {};
let code = "en";
// What Intl makes is dear to make, and asked for thousands of times.
let writers = new Map();

// Takes the words of a language, as its file in web/strings has them.
export function speak(strings) {
  words = strings;
  code = strings.language.code;
  writers = new Map();
}

// What writes by some options in the language spoken: writer(Intl.NumberFormat, { style: "percent" }).
function writer(Kind, options) {
  const key = `${Kind.name} ${JSON.stringify(options)}`;
  // Of the ways of English, the one in which the page is written.
  if (!writers.has(key)) writers.set(key, new Kind(code === "en" ? "en-GB" : code, options));
  return writers.get(key);
}

const found = (key) => key.split(".").reduce((table, name) => (table === undefined || table === null ? undefined : table[name]), words);

// Whether there is a text of this key.
export function hasText(key) {
  return found(key) !== undefined;
}

// The text of a key, with what stands in braces filled in: text("run.done", { done: 128, of: 1000 }). Where the text has forms for one
// thing and for several, `count` decides. A key that nobody wrote is shown itself, so that it is seen and not the page lost.
export function text(key, values = {}) {
  let form = found(key);
  if (form !== null && typeof form === "object") {
    const plural = writer(Intl.PluralRules, {}).select(Number(values.count));
    form = form[plural] ?? form.other;
  }
  if (typeof form !== "string") return key;
  return form.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? upright(String(values[name])) : whole));
}

// A text without signs that would turn the order of their neighbours round, so that no name reads as another.
export function upright(told) {
  return told.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "\ufffd");
}

// A list that stands under a key, such as the questions of a lesson; empty where there is none.
export function texts(key) {
  const list = found(key);
  return Array.isArray(list) ? list : [];
}

// The text of a parameter, outcome and so on, whose name has dots in itself: model("parameters", "trust.initial", "meaning").
export function model(kind, name, part) {
  const entry = words.model?.[kind]?.[name];
  const told = part === undefined ? entry : entry?.[part];
  return typeof told === "string" ? told : name;
}

// What a word means that a parameter can be, or nothing where that is not told.
export function modelOption(name, word) {
  const told = words.model?.parameters?.[name]?.options?.[word];
  return typeof told === "string" ? told : "";
}

// What the module writes into pictures between the words it is given.
const PHRASES = [
  "range", "interval", "includes", "excludes", "undefined", "month", "percent", "pounds", "short_thousands", "short_millions", "short_billions", "millions", "billions",
];

// These in the language of the page, and how it writes numbers. What stands in braces is filled in by the module.
export function drawingPhrases() {
  const parts = new Intl.NumberFormat(code).formatToParts(12345.6);
  const sign = (kind) => parts.find(({ type }) => type === kind)?.value ?? "";
  const told = PHRASES.map((name) => [name, text(`drawing.${name}`)]);
  return { ...Object.fromEntries(told), decimal: sign("decimal"), group: sign("group") };
}

// Things as a list: "council, police and charity".
export function listed(things) {
  return writer(Intl.ListFormat, { type: "conjunction" }).format(things);
}

// A number with so many digits after the point.
export function number(value, digits = 0) {
  if (value === null || value === undefined) return "–";
  return minus(writer(Intl.NumberFormat, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value));
}

// A share as a percentage: .253 is 25 %.
export function percent(value, digits = 0) {
  if (value === null || value === undefined) return "–";
  return minus(writer(Intl.NumberFormat, { style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value));
}

// Thousand pounds as pounds, in words that one reads at a glance: £1.2 million, £340,000.
export function money(thousands) {
  if (thousands === null || thousands === undefined) return "–";
  const pounds = thousands * 1000;
  const options = { maximumSignificantDigits: 3, maximumFractionDigits: 0, roundingPriority: "lessPrecision" };
  const small = writer(Intl.NumberFormat, { style: "currency", currency: "GBP", ...options });
  if (Math.abs(pounds) < 999500) return minus(small.format(pounds));
  // Browsers write long amounts of money short, as £1.2M; the words stand in the place of the digits.
  const amount = writer(Intl.NumberFormat, { notation: "compact", compactDisplay: "long", maximumSignificantDigits: 3 }).format(Math.abs(pounds));
  const parts = small.formatToParts(Math.sign(pounds));
  return minus(parts.map(({ type, value }) => (type === "integer" ? amount : value)).join(""));
}

// A minus as differences have it, where a language writes a hyphen; it stays beside what follows.
function minus(told) {
  return told.replace("-", "−\u2060");
}
