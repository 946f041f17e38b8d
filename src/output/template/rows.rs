//! The sheets that are read: each part of the scenario in rows and columns.

use super::allowed::{self, ROWS, explained, listed};
use super::cells::{self, Style, heads, note};
use super::reference::{OUTCOMES_SHEET, PARAMETERS, looked_up, n_levers};
use crate::model::outcomes::OUTCOMES;
use crate::model::parameter::{Parameter, Scope};
use crate::scenario::check::{fields, keys};
use crate::scenario::faults::Faults;
use crate::scenario::notation::key;
use crate::scenario::parse::tree::{Entry, Value};
use crate::scenario::parse::{Parsed, Table};
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

/// Columns of a partner that everybody is asked for.
const FIRST_OF_PARTNER: &[&str] =
    &["sector", "count", "variation", "resources.money", "resources.staff", "resources.day_cost", "reach"];

/// The settings of a stretch of the text that was read without a fault.
fn settings<'e>(entries: &'e [Entry], own: &[&'static str], scope: Scope) -> Vec<(&'static str, &'e Value)> {
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

/// A sheet with a row for each partner, need, event or intervention.
pub(super) struct Rows<'p> {
    name: &'static str,
    scope: Scope,
    own: &'static [&'static str],
    tables: &'p [Table],
    columns: Vec<String>,
}

/// The four sheets that have such rows.
pub(super) fn tables(parsed: &Parsed) -> Vec<Rows<'_>> {
    let skills = free(&parsed.needs, "skills", fields::NEED, Scope::Need);
    let needs: Vec<String> = parsed.needs.iter().filter_map(Table::name).map(str::to_owned).collect();
    let mut partners = Rows {
        name: "Partners",
        scope: Scope::Partner,
        own: fields::PARTNER,
        tables: &parsed.partners,
        columns: FIRST_OF_PARTNER.iter().map(|column| (*column).to_owned()).collect(),
    };
    let used = partners.used();
    let is_grouped = |column: &&String| column.starts_with("skills.") || column.starts_with("goals.");
    partners.add(used.iter().filter(|column| !is_grouped(column)).cloned());
    partners.add(skills.iter().map(|skill| format!("skills.{skill}")));
    partners.add(needs.iter().map(|need| format!("goals.{need}")));
    let rows = |name, scope, own, tables, further: Vec<String>| {
        let columns = keys(scope).map(str::to_owned).chain(further).collect();
        Rows { name, scope, own, tables, columns }
    };
    let of_needs = skills.iter().map(|skill| format!("skills.{skill}")).collect();
    let partners_column = || vec!["partners".to_owned()];
    vec![
        partners,
        rows("Needs", Scope::Need, fields::NEED, &parsed.needs, of_needs),
        rows("Events", Scope::Event, fields::DATED, &parsed.events, partners_column()),
        rows("Interventions", Scope::Intervention, fields::DATED, &parsed.interventions, partners_column()),
    ]
}

/// The names of a group in tables, each once.
fn free(tables: &[Table], group: &str, own: &[&'static str], scope: Scope) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for table in tables {
        for (key, value) in settings(&table.entries, own, scope) {
            if let Value::Table(entries) = value
                && key == group
            {
                let new = entries.iter().map(|entry| &entry.key);
                for name in new {
                    if !names.contains(name) {
                        names.push(name.clone());
                    }
                }
            }
        }
    }
    names
}

impl Rows<'_> {
    /// The columns that some row needs.
    fn used(&self) -> Vec<String> {
        let mut used: Vec<String> = Vec::new();
        for table in self.tables {
            for (column, _) in self.cells(table) {
                if column != "name" && !used.contains(&column) {
                    used.push(column);
                }
            }
        }
        used
    }

    /// What a row says, by column; a name in a group stands as it is.
    fn cells<'e>(&self, table: &'e Table) -> Vec<(String, &'e Value)> {
        let mut cells = Vec::new();
        for (key, value) in settings(&table.entries, self.own, self.scope) {
            match value {
                Value::Table(entries) if ["skills", "goals"].contains(&key) => {
                    cells.extend(entries.iter().map(|entry| (format!("{key}.{}", entry.key), &entry.item.value)));
                }
                value => cells.push((key.to_owned(), value)),
            }
        }
        cells
    }

    fn add(&mut self, columns: impl Iterator<Item = String>) {
        for column in columns {
            if !self.columns.contains(&column) {
                self.columns.push(column);
            }
        }
    }

    pub(super) fn sheet(&self, sheet: &mut Worksheet, style: &Style) -> Result<(), XlsxError> {
        sheet.set_name(self.name)?;
        let columns: Vec<&str> = std::iter::once("name").chain(self.columns.iter().map(String::as_str)).collect();
        let width =
            |column: &&str| if *column == "name" { 28.0 } else { (column.chars().count() as f64 + 3.0).max(13.0) };
        let named: Vec<(&str, f64)> = columns.iter().map(|column| (*column, width(column))).collect();
        heads(sheet, &named, style)?;
        sheet.set_freeze_panes(1, 1)?;
        for (position, column) in columns.iter().enumerate() {
            self.explain(sheet, position as u16, column)?;
        }
        for (row, table) in self.tables.iter().enumerate() {
            for (column, value) in self.cells(table) {
                if let Some(position) = columns.iter().position(|known| *known == column) {
                    cells::write(sheet, row as u32 + 1, position as u16, value, style)?;
                }
            }
        }
        Ok(())
    }

    /// The note on a column, and what may stand in it.
    fn explain(&self, sheet: &mut Worksheet, position: u16, column: &str) -> Result<(), XlsxError> {
        let rows = (1, ROWS);
        let parameter: Option<&Parameter> = fields::parameter(self.scope, column);
        if let Some(parameter) = parameter {
            allowed::parameter(sheet, rows, position, parameter)?;
            return note(sheet, position, &explained(parameter));
        }
        match column {
            "name" => note(sheet, position, "Its name; no two may have the same."),
            "sector" => note(
                sheet,
                position,
                "A word, such as council or charity: partners of different sectors are further apart.",
            ),
            "count" => {
                allowed::whole(sheet, rows, position, (1, 200))?;
                note(
                    sheet,
                    position,
                    "How many partners this row stands for; they are called name-1, name-2 and so on.",
                )
            }
            "variation" => {
                allowed::number_or_text(sheet, rows, position, (0.0, 2.0), "coefficient of variation")?;
                note(
                    sheet,
                    position,
                    "How much the partners that a row stands for differ in money and staff: 0.3 is about 30 %.",
                )
            }
            "partners" => note(
                sheet,
                position,
                "Names of the partners concerned, with semicolons between them; all of them where it is empty.",
            ),
            _ if column.starts_with("goals.") => {
                allowed::number_or_text(sheet, rows, position, (0.0, 1.0), "share")?;
                note(sheet, position, "How much the partner cares for this need, 0 to 1; drawn where it is empty.")
            }
            _ if self.scope == Scope::Partner => {
                allowed::number_or_text(sheet, rows, position, (0.0, 1e6), "weight")?;
                note(
                    sheet,
                    position,
                    "How much of its working days a partner gives to work of this skill. The weights of a row are scaled to sum to one; a row without any splits them evenly.",
                )
            }
            _ => {
                allowed::number_or_text(sheet, rows, position, (0.0, 1e6), "weight")?;
                note(sheet, position, "How much of this skill the need takes, against the other skills.")
            }
        }
    }
}
