//! From a publisher's table of real partnerships to a scenario that runs.
//!
//! A table, read by a mapping, becomes the text of a scenario: what the table says is taken over, what it does not say is
//! filled by the mapping's stated assumptions, and each assumption is marked in the text. This is a room of its own, above
//! the scenario's, because it writes the scenario language and nothing in that language needs to know of publishers. It
//! opens no file: bytes come in, text goes out.

pub mod cell;
pub mod columns;
mod document;
pub mod mapping;
pub mod organisation;
pub mod plane;
mod project;
pub mod spreadsheet;
pub mod table;
mod write;

pub use document::Entry;

use crate::scenario::nearest::suggestion;
use crate::scenario::{self, diagnostic::Diagnostic};
use csv::StringRecord;
use mapping::Mapping;
use std::collections::{BTreeMap, BTreeSet};
use table::Table;

/// What is to be imported.
#[derive(Debug)]
pub struct Request<'a> {
    /// The table of organisations.
    pub table: &'a Table,
    /// A second table with one row a partnership, for its title and length.
    pub projects: Option<&'a Table>,
    /// How to read them.
    pub mapping: &'a Mapping,
    /// Column and value that pick the partnership; not needed where the table holds one.
    pub select: Option<(&'a str, &'a str)>,
}

/// One partnership of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its number, by the mapping's `group` column.
    pub id: String,
    /// Its name, empty when the table gives none.
    pub name: String,
    /// Rows it has.
    pub n_rows: usize,
}

/// The partnerships a table holds, in its order.
///
/// # Errors
/// When the mapping names columns that the table does not have.
pub fn groups(table: &Table, mapping: &Mapping) -> Result<Vec<Group>, Vec<Diagnostic>> {
    check_columns(table, mapping)?;
    let id = mapping.columns.group.as_ref().and_then(|column| table.column(column));
    let name = mapping.columns.group_name.as_ref().and_then(|column| table.column(column));
    let text =
        |row: &StringRecord, column: Option<usize>| column.map_or(String::new(), |column| row[column].to_string());
    let mut groups: Vec<Group> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for row in &table.rows {
        let id = text(row, id);
        let position = *known.entry(id.clone()).or_insert(groups.len());
        if position == groups.len() {
            groups.push(Group { id, name: text(row, name), n_rows: 0 });
        }
        groups[position].n_rows += 1;
    }
    Ok(groups)
}

/// A partnership turned into a scenario.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The scenario.
    pub text: String,
    /// Number of its partners.
    pub n_partners: usize,
    /// What looks odd in it and is allowed.
    pub warnings: Vec<Diagnostic>,
}

/// Turns one partnership of a table into a scenario and makes sure that it can be run.
///
/// # Errors
/// Every fault of the tables that concerns it, in their order; or what is wrong with the scenario that the mapping makes of them.
///
/// ```
/// use partnersim::import::{Request, mapping::{CORDIS, Mapping}, scenario, table::Table};
/// let mapping = Mapping::read(CORDIS, "cordis.toml").unwrap();
/// let text = "projectID;projectAcronym;name;shortName;activityType;role;order;geolocation;\
///             ecContribution;netEcContribution;totalCost;endOfParticipation\n\
///             1;DEMO;University of A;A;HES;coordinator;1;51.5,-0.1;420000,5;420000,5;420000,5;False\n\
///             1;DEMO;B Ltd;B;PRC;participant;2;48.9,2.3;210000;210000;300000;False\n";
/// let table = Table::read(text.as_bytes(), "demo.csv", None).unwrap();
/// let request = Request { table: &table, projects: None, mapping: &mapping, select: Some(("projectID", "1")) };
/// assert!(scenario(&request).unwrap().text.contains("sector = \"university\""));
/// ```
pub fn scenario(request: &Request<'_>) -> Result<Imported, Vec<Diagnostic>> {
    check_columns(request.table, request.mapping)?;
    let rows = select(request)?;
    let group = request.mapping.columns.group.as_ref().and_then(|column| request.table.column(column));
    let id = group.map_or("", |column| &rows[0][column]);
    let project = project::find(request, id)?;
    let months = project.months.unwrap_or(request.mapping.money.months);
    let partnership = organisation::read(request.table, &rows, request.mapping, months)?;
    let n_partners = partnership.organisations.len();
    if n_partners < 2 {
        let message = format!("{n_partners} of the {} rows of this partnership is a partner", rows.len());
        let help = "a partnership takes at least two; the mapping says under [members] what is left out or merged";
        return Err(vec![whole(&message, help)]);
    }
    let text = write::scenario(request, &rows, &project, &partnership);
    let no_files = |name: &str| Err(format!("{name}: a mapping cannot name partner tables"));
    // A mapping's values are copied unread, so what is wrong with them shows here.
    let checked = scenario::load(&text, "the scenario that the mapping makes", &[], &no_files)?;
    Ok(Imported { text, n_partners, warnings: checked.warnings })
}

/// Reports every column that the mapping names and the table does not have.
fn check_columns(table: &Table, mapping: &Mapping) -> Result<(), Vec<Diagnostic>> {
    let columns = &mapping.columns;
    let single = [
        &columns.group,
        &columns.group_name,
        &columns.full_name,
        &columns.sector,
        &columns.role,
        &columns.order,
        &columns.location,
        &columns.latitude,
        &columns.longitude,
        &columns.left,
    ];
    let named = single.into_iter().flatten().chain(&columns.name).chain(&columns.money);
    let mut faults: Vec<Diagnostic> = Vec::new();
    for name in named.filter(|name| table.column(name).is_none()) {
        let fault = missing_column(table, name);
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn missing_column(table: &Table, name: &str) -> Diagnostic {
    Diagnostic {
        message: format!("there is no column \"{name}\""),
        help: format!(
            "{}; the mapping names it under [columns]",
            suggestion(name, table.columns.iter().map(String::as_str))
        ),
        place: Some(table.place_of_header()),
    }
}

/// The rows of the partnership asked for.
fn select<'a>(request: &Request<'a>) -> Result<Vec<&'a StringRecord>, Vec<Diagnostic>> {
    let table = request.table;
    let mut rows: Vec<&StringRecord> = table.rows.iter().collect();
    if let Some((name, value)) = request.select {
        let column = table.column(name).ok_or_else(|| {
            let names = table.columns.iter().map(String::as_str);
            vec![whole(
                &format!("--select names the column \"{name}\", which {} does not have", table.file),
                &suggestion(name, names),
            )]
        })?;
        rows.retain(|row| &row[column] == value);
        if rows.is_empty() {
            let values: BTreeSet<&str> = table.rows.iter().map(|row| &row[column]).collect();
            let message = format!("no row of {} has \"{value}\" in the column \"{name}\"", table.file);
            return Err(vec![whole(&message, &format!("{}; `--list` shows what there is", suggestion(value, values)))]);
        }
    }
    let group = request.mapping.columns.group.as_ref().and_then(|column| table.column(column));
    let ids: BTreeSet<&str> = group.iter().flat_map(|&column| rows.iter().map(move |row| &row[column])).collect();
    if ids.len() > 1 {
        let name = request.mapping.columns.group.as_deref().unwrap_or("");
        let help = format!("pick one: --select {name}={}; `--list` shows all", ids.first().unwrap_or(&""));
        return Err(vec![whole(&format!("these rows belong to {} partnerships", ids.len()), &help)]);
    }
    Ok(rows)
}

/// A fault of the request as a whole.
fn whole(message: &str, help: &str) -> Diagnostic {
    Diagnostic { message: message.to_string(), help: help.to_string(), place: None }
}
