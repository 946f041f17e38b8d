//! The sheet Provenance: what it takes to compute the same again, to the last digit.

use super::book::{Book, Part};
use crate::output::column::Column;
use crate::output::kept::Kept;
use crate::output::sheet::Sheet;
use std::io;

/// Puts the sheet.
pub fn put(book: &mut Book, kept: &Kept) -> io::Result<()> {
    let about = &kept.about;
    let columns = vec![Column::text("item", "What is told."), Column::text("value", "What it is.")];
    let mut sheet = Sheet::new("provenance", "Where these numbers come from, and how they come out again", columns);
    let mut add = |item: &str, value: &str| sheet.push(vec![item.into(), value.into()]);
    add("program", &format!("partnersim {}", about.version));
    add("command", &about.command);
    add("seed", &about.seed);
    add("status", if about.is_interrupted { "interrupted: less was computed than was asked for" } else { "complete" });
    add("kind", &about.kind);
    add("points or set-ups", &about.points.to_string());
    add("replications of each", &about.replications.to_string());
    for (setting, value) in &about.settings {
        add(&format!("setting: {setting}"), value);
    }
    for (k, scenario) in about.scenarios.iter().enumerate() {
        let of = |what: &str| match about.scenarios.len() {
            1 => format!("scenario: {what}"),
            _ => format!("scenario {}: {what}", k + 1),
        };
        add(&of("name"), &scenario.name);
        add(&of("title"), &scenario.title);
        add(&of("SHA-256 of all that decides its results"), &scenario.digest);
        scenario.sources.iter().for_each(|source| add(&of("source"), source));
    }
    let of_sheets = kept.sheets.iter().map(|sheet| (sheet.file(), sheet.rows.len() as u64));
    let of_rows = kept.rows.iter().map(|rows| (rows.file(), rows.n_rows));
    for (file, n_rows) in of_sheets.chain(of_rows) {
        add(&format!("file: {file}"), &format!("{n_rows} rows"));
    }
    book.put(&Part { file: String::new(), ..Part::new("Provenance", &sheet) })
}
