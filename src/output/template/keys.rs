//! The sheets of keys with values: what belongs to the run, the levers, what holds for every partner, the targets.

use super::allowed::{self, listed};
use super::cells::{self, Style, heads, note};
use super::reference::{OUTCOMES_SHEET, PARAMETERS, looked_up, n_levers};
use crate::model::outcomes::OUTCOMES;
use crate::model::parameter::Scope;
use crate::scenario::check::{fields, keys};
use crate::scenario::faults::Faults;
use crate::scenario::notation::key;
use crate::scenario::parse::Parsed;
use crate::scenario::parse::tree::{Entry, Value};
use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

/// Rows of the levers that look up unit, range and default.
const LOOKED_UP: u32 = 60;

/// Levers that a new scenario begins with, without a value: those that are asked for first.
const FIRST_LEVERS: &[&str] = &[
    "communication.quality",
    "communication.channel",
    "governance.form",
    "funding.grant",
    "funding.grant_end",
    "contributions.pooled_share",
    "trust.initial",
    "sharing.rule",
];

/// The settings of a stretch of the text that was read without a fault.
pub(super) fn settings<'e>(entries: &'e [Entry], own: &[&'static str], scope: Scope) -> Vec<(&'static str, &'e Value)> {
    let known: Vec<&'static str> = own.iter().copied().chain(keys(scope)).collect();
    let found = fields::fields(entries, &known, &mut Faults::default());
    found.into_iter().map(|(key, entry)| (key, &entry.item.value)).collect()
}

fn top(parsed: &Parsed) -> Vec<(&'static str, &Value)> {
    settings(&parsed.top, fields::TOP, Scope::Partnership)
}

/// Title, question, sources and what belongs to the run.
pub(super) fn scenario(sheet: &mut Worksheet, parsed: &Parsed, style: &Style) -> Result<(), XlsxError> {
    const WHAT: [(&str, &str); 7] = [
        ("title", "what it is called"),
        ("question", "what it is to answer"),
        ("source", "where a figure comes from; a row for each"),
        ("concepts", "which of the concepts it shows: `partnersim describe concepts`"),
        ("horizon_months", "months to look ahead, 1 to 1200; 60 where nothing is said"),
        ("replications", "futures to draw; 10000 where nothing is said"),
        ("seed", "a whole number: the same seed gives the same results; 1 where nothing is said"),
    ];
    sheet.set_name("Scenario")?;
    heads(sheet, &[("key", 20.0), ("value", 90.0), ("note", 60.0)], style)?;
    let (mut row, top) = (1, top(parsed));
    for (name, what) in WHAT {
        let found = top.iter().find(|(key, _)| *key == name || (name == "source" && *key == "sources"));
        let values: Vec<&Value> = match found.map(|(_, value)| *value) {
            Some(Value::Array(items)) if name == "source" => items.iter().map(|item| &item.value).collect(),
            Some(value) => vec![value],
            None => Vec::new(),
        };
        for position in 0..values.len().max(1) {
            sheet.write_string(row, 0, name)?;
            sheet.write_string_with_format(row, 2, what, &style.aside)?;
            if let Some(value) = values.get(position) {
                cells::write(sheet, row, 1, value, style)?;
            }
            row += 1;
        }
    }
    Ok(())
}

/// The parameters of the partnership that are set, and for a new scenario those that are asked for first.
pub(super) fn levers(sheet: &mut Worksheet, parsed: &Parsed, style: &Style) -> Result<(), XlsxError> {
    sheet.set_name("Levers")?;
    // A program that does not compute what it opens shows nothing for a key that is not there, and no 0.
    sheet.set_formula_result_default("");
    heads(sheet, &[("key", 34.0), ("value", 28.0), ("unit", 24.0), ("allowed", 28.0), ("default", 22.0)], style)?;
    note(
        sheet,
        1,
        "What is not said has its default.\nEach further column with a name of your own is a set-up: what it changes stands in it, and the rest is as in this column.",
    )?;
    let is_lever = |key: &str| key.contains('.');
    let set: Vec<(&str, Option<&Value>)> =
        top(parsed).into_iter().filter(|(key, _)| is_lever(key)).map(|(key, value)| (key, Some(value))).collect();
    let first = FIRST_LEVERS.iter().filter(|_| set.is_empty()).map(|key| (*key, None));
    let rows: Vec<(&str, Option<&Value>)> = set.iter().copied().chain(first).collect();
    let last = (rows.len() as u32).max(LOOKED_UP);
    for row in 1..=last {
        let (name, value) = rows.get(row as usize - 1).copied().unwrap_or(("", None));
        if !name.is_empty() {
            sheet.write_string(row, 0, name)?;
        }
        if let Some(value) = value {
            cells::write(sheet, row, 1, value, style)?;
        }
        if let Some(parameter) = fields::parameter(Scope::Partnership, name) {
            allowed::parameter(sheet, (row, row), 1, parameter)?;
        }
        for (position, known) in looked_up(name).into_iter().enumerate() {
            let (of, at) = (row + 1, position + 2);
            let formula = format!("=IFERROR(VLOOKUP($A{of},{PARAMETERS}!$A:$D,{at},FALSE)&\"\",\"\")");
            let formula = Formula::new(formula).set_result(known);
            sheet.write_formula_with_format(row, position as u16 + 2, formula, &style.aside)?;
        }
    }
    let range = format!("={PARAMETERS}!$A$2:$A${}", n_levers() + 1);
    listed(
        sheet,
        0,
        &range,
        "The list holds the levers of the partnership. A path such as partner.council.resources.money may be a key too.",
    )
}

/// What holds for every partner that does not say otherwise.
pub(super) fn every_partner(sheet: &mut Worksheet, parsed: &Parsed, style: &Style) -> Result<(), XlsxError> {
    sheet.set_name("Every_partner")?;
    heads(sheet, &[("key", 34.0), ("value", 28.0), ("note", 80.0)], style)?;
    let mut row = 1;
    for (name, value) in settings(&parsed.every_partner, fields::EVERY_PARTNER, Scope::Partner) {
        for (name, value) in spread(name, value) {
            sheet.write_string(row, 0, name)?;
            cells::write(sheet, row, 1, value, style)?;
            row += 1;
        }
        if let Some(parameter) = fields::parameter(Scope::Partner, name) {
            allowed::parameter(sheet, (row - 1, row - 1), 1, parameter)?;
            sheet.write_string_with_format(row - 1, 2, parameter.meaning, &style.aside)?;
        }
    }
    Ok(())
}

/// A key with its value; each name of a group by itself.
fn spread<'e>(name: &str, value: &'e Value) -> Vec<(String, &'e Value)> {
    match value {
        Value::Table(entries) if ["skills", "goals"].contains(&name) => {
            entries.iter().map(|entry| (format!("{name}.{}", key(&entry.key)), &entry.item.value)).collect()
        }
        value => vec![(name.to_owned(), value)],
    }
}

/// Outcomes with the values they are held against.
pub(super) fn targets(sheet: &mut Worksheet, parsed: &Parsed, style: &Style) -> Result<(), XlsxError> {
    sheet.set_name("Targets")?;
    heads(sheet, &[("outcome", 26.0), ("target", 16.0), ("note", 80.0)], style)?;
    let entries = top(parsed).into_iter().find(|(key, _)| *key == "targets").map(|(_, value)| value);
    if let Some(Value::Table(entries)) = entries {
        for (row, entry) in entries.iter().enumerate() {
            let row = row as u32 + 1;
            sheet.write_string(row, 0, &entry.key)?;
            cells::write(sheet, row, 1, &entry.item.value, style)?;
            if let Some(outcome) = OUTCOMES.iter().find(|outcome| outcome.name == entry.key) {
                sheet.write_string_with_format(
                    row,
                    2,
                    format!("{} ({})", outcome.meaning, outcome.unit),
                    &style.aside,
                )?;
            }
        }
    }
    let range = format!("={OUTCOMES_SHEET}!$A$2:$A${}", OUTCOMES.len() + 1);
    listed(sheet, 0, &range, "The sheet Outcomes lists all that a target can be set for.")
}
