//! Which pictures a result has: one file a kind of result, each picture made from the tables that are kept and nothing else.
//!
//! A picture whose table or columns are missing is left out, so results of other versions can be drawn as far as they go.

mod comparison;
mod dependence;
mod discovery;
mod groups;
mod policies;
mod run;
mod searches;
mod words;

use super::{Chart, Drawing};
use crate::model::outcomes::{OUTCOMES, Outcome};
use crate::output::kept::Kept;
use crate::output::sheet::{Sheet, Value};

/// The pictures of a result, the most important first.
pub fn charts(kept: &Kept) -> Vec<Chart> {
    let mut charts = match kept.about.kind.as_str() {
        "run" => run::charts(kept),
        // A study has the pictures that its tables allow.
        _ => [
            comparison::charts,
            searches::charts,
            policies::charts,
            dependence::charts,
            discovery::charts,
            groups::charts,
        ]
        .iter()
        .flat_map(|charts| charts(kept))
        .collect(),
    };
    charts.retain(|chart| !is_empty(&chart.drawing));
    for k in 1..charts.len() {
        let (before, [chart, ..]) = charts.split_at_mut(k) else { break };
        let is_taken = |name: &str| before.iter().any(|other| other.name == name);
        if is_taken(&chart.name) {
            let free = (2..).map(|n| format!("{}_{n}", chart.name)).find(|name| !is_taken(name));
            chart.name = free.unwrap_or_default();
        }
    }
    charts
}

fn is_empty(drawing: &Drawing) -> bool {
    match drawing {
        Drawing::Lines { lines, .. } => lines.iter().all(|line| line.points.is_empty()),
        Drawing::Histogram { bins, .. } => bins.is_empty(),
        Drawing::Rows { rows, .. } => rows.is_empty(),
        Drawing::Parts { bars, .. } => bars.is_empty(),
        Drawing::Dots { dots, .. } => dots.is_empty(),
    }
}

/// A picture whose table holds these rows and columns of another.
fn chart<'r>(
    [name, title]: [&str; 2],
    told: String,
    drawing: Drawing,
    from: &Sheet,
    rows: impl IntoIterator<Item = &'r [Value]>,
    columns: &[&str],
) -> Chart {
    Chart {
        name: name.to_string(),
        title: title.to_string(),
        told,
        drawing,
        table: picked([name, title], from, rows, columns),
    }
}

/// Some rows and columns of a table, as a table; columns that it has not are left out.
fn picked<'r>(
    [name, title]: [&str; 2],
    from: &Sheet,
    rows: impl IntoIterator<Item = &'r [Value]>,
    columns: &[&str],
) -> Sheet {
    let places: Vec<usize> = columns.iter().filter_map(|column| from.column(column)).collect();
    let mut sheet = Sheet::new(name, title, places.iter().map(|&place| from.columns[place].clone()).collect());
    for row in rows {
        sheet.push(places.iter().map(|&place| row[place].clone()).collect());
    }
    sheet
}

/// The words that stand in a column, each once, in the order in which they first appear.
fn each<'s>(sheet: &'s Sheet, column: &str) -> Vec<&'s str> {
    let mut found: Vec<&str> = Vec::new();
    for row in &sheet.rows {
        let words = sheet.words(row, column);
        if !words.is_empty() && found.last() != Some(&words) && !found.contains(&words) {
            found.push(words);
        }
    }
    found
}

/// A table that has all of these columns.
fn with_columns<'k>(kept: &'k Kept, name: &str, columns: &[&str]) -> Option<&'k Sheet> {
    kept.sheet(name).filter(|sheet| columns.iter().all(|column| sheet.column(column).is_some()))
}

/// What an outcome of a study is called within a sentence: `premium over working alone` for `premium`; anything else as it is.
fn called(outcome: &str) -> String {
    declared(outcome).map_or_else(|| outcome.to_string(), |outcome| words::lower(outcome.title))
}

/// The unit of an outcome of a study; empty where it is not known.
fn unit_of(outcome: &str) -> &'static str {
    declared(outcome).map_or("", |outcome| outcome.unit)
}

/// The outcome that a column of a study is about, by its short name or as the mean of it.
fn declared(outcome: &str) -> Option<&'static Outcome> {
    let bare = outcome.strip_prefix("mean(").and_then(|rest| rest.strip_suffix(')')).unwrap_or(outcome);
    OUTCOMES.iter().find(|declared| declared.name == bare)
}
