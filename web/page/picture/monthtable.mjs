// The numbers of a month as tables: each partner, and the trust of each in each.

import { fill, make } from "../shared/dom.mjs";
import { leavers, standing } from "./measure.mjs";
import { withSector } from "./told.mjs";
import { money, number, percent, text } from "../shared/text.mjs";

// Partners whose trust in each other fits a table that one can read.
const MOST_TIES = 20;

// The tables of a trace: `{ element, show(month) }`. Nothing is written while they are closed. `heading` says of which of two set-ups,
// and is null of one alone.
export function monthTables(trace, heading, isOpen) {
  const left = leavers(trace);
  const label = (told) => (heading === null ? told : text("picture.of_set_up", { heading, told }));
  const partners = partnerTable(trace, left);
  const ties = trace.partners.length <= MOST_TIES ? tieTable(trace) : null;
  let month = 0;
  const write = () => {
    if (!element.open) return;
    partners.show(month);
    ties?.show(month);
  };
  const element = make(
    "details",
    { class: "month-tables", open: isOpen, ontoggle: write },
    make("summary", {}, text("picture.table.open")),
    tableBox(partners.element, label(text("picture.table.partners"))),
    ties === null ? make("p", { class: "aside" }, text("picture.table.no_ties")) : tableBox(ties.element, label(text("picture.table.ties"))),
  );
  const show = (k) => {
    month = k;
    write();
  };
  return { element, show };
}

// A table that is wider than the page is moved within its own box.
function tableBox(table, label) {
  return make("div", { class: "scroll", role: "group", tabindex: "0", "aria-label": label }, table);
}

const COLUMNS = ["standing", "trust", "trust_received", "morale", "kept", "contributed", "benefit"];

function partnerTable(trace, left) {
  const caption = make("caption");
  const kind = (column) => (column === "standing" ? null : "number");
  const heads = COLUMNS.map((column) => make("th", { scope: "col", class: kind(column) }, text(`picture.table.${column}`)));
  const rows = trace.partners.map((partner, at) => {
    const cells = COLUMNS.map((column) => make("td", { class: kind(column) }));
    return { cells, row: make("tr", {}, rowHead(withSector(partner), at), cells) };
  });
  const element = tableOf(caption, text("picture.table.partner"), heads, rows);
  const show = (k) => {
    fill(caption, text("picture.table.partners_in", { month: number(k + 1) }));
    rows.forEach(({ cells }, at) => {
      const told = partnerCells(trace, left, k, at);
      cells.forEach((cell, column) => fill(cell, told[column]));
    });
  };
  return { element, show };
}

function partnerCells(trace, left, k, at) {
  const now = trace.months[k].partners[at];
  const kind = text(`picture.table.is_${standing(trace, left, k, at)}`);
  if (!now.member) return [kind, ...COLUMNS.slice(1).map(() => "–")];
  const shares = [now.trust, now.trust_received, now.morale].map((share) => number(share, 2));
  return [kind, ...shares, percent(now.kept), money(now.contributed), money(now.benefit)];
}

function tieTable(trace) {
  const caption = make("caption");
  const heads = trace.partners.map((partner, at) => make("th", { scope: "col", class: "number", title: partner.name }, number(at + 1)));
  const rows = trace.partners.map((partner, at) => {
    const cells = trace.partners.map(() => make("td", { class: "number" }));
    return { cells, row: make("tr", {}, rowHead(partner.name, at), cells) };
  });
  const element = tableOf(caption, text("picture.table.trust_of"), heads, rows);
  const show = (k) => {
    fill(caption, text("picture.table.ties_in", { month: number(k + 1) }));
    const { ties } = trace.months[k];
    const trust = (one, other) => ties[one * trace.partners.length + other];
    rows.forEach(({ cells }, one) => cells.forEach((cell, other) => fill(cell, number(trust(one, other), 2))));
  };
  return { element, show };
}

function rowHead(name, at) {
  return make("th", { scope: "row" }, text("picture.table.numbered", { n: number(at + 1), name }));
}

function tableOf(caption, corner, heads, rows) {
  const head = make("tr", {}, make("th", { scope: "col" }, corner), heads);
  return make("table", {}, caption, make("thead", {}, head), make("tbody", {}, rows.map(({ row }) => row)));
}
