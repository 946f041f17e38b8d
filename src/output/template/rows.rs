//! The sheets with a row for each partner, need, event or intervention.

use super::allowed::{self, ROWS, explained};
use super::cells::{self, Style, heads, note};
use super::keys::settings;
use crate::model::parameter::{Parameter, Scope};
use crate::scenario::check::{fields, keys};
use crate::scenario::parse::tree::Value;
use crate::scenario::parse::{Parsed, Table};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Columns of a partner that everybody is asked for.
const FIRST_OF_PARTNER: &[&str] =
    &["sector", "count", "variation", "resources.money", "resources.staff", "resources.day_cost", "reach"];

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
        let width = |column: &&str| match *column {
            "name" => 28.0,
            "sector" => 22.0,
            other => (other.chars().count() as f64 + 3.0).max(16.0),
        };
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
