//! Which tables of a result stand on which sheets, in what order.

use super::book::{Book, Part};
use super::scenarios;
use crate::output::column::Column;
use crate::output::kept::Kept;
use crate::output::sheet::{Sheet, Value};
use std::io;

/// The tables that come first, with the names of their sheets.
const FIRST: &[(&str, &str)] = &[
    ("summary", "Summary"),
    ("setups", "Summary"),
    ("quantiles", "Quantiles"),
    ("paired", "Paired"),
    ("series", "Monthly"),
    ("partners", "Partners"),
    ("sensitivity", "Sensitivity"),
    ("influence", "Sensitivity"),
];

/// All tables of a result but those with a row a replication.
pub fn parts(kept: &Kept) -> Vec<Part> {
    let mut parts = Vec::new();
    let is_first = |sheet: &Sheet| FIRST.iter().any(|(name, _)| *name == sheet.name);
    for (name, shown) in FIRST {
        for sheet in kept.sheets.iter().filter(|sheet| sheet.name == *name) {
            match quantiles_of(sheet) {
                Some((rest, quantiles)) => {
                    let told = format!("{}: means, and shares above the target", sheet.title);
                    parts.push(Part { told, ..Part::owned(shown, rest) });
                    let told = format!("{}: what so many replications in a hundred stay below", sheet.title);
                    parts.push(Part { told, ..Part::owned("Quantiles", quantiles) });
                }
                None => parts.push(Part::new(shown, sheet)),
            }
        }
    }
    parts.extend(scenarios::parts(kept));
    for sheet in kept.sheets.iter().filter(|sheet| !is_first(sheet) && sheet.name != "assumptions") {
        let numbers =
            if sheet.name == "changes" { vec!["value".to_string(), "value_against".to_string()] } else { Vec::new() };
        parts.push(Part { numbers, ..Part::new(&sheet.name, sheet) });
    }
    parts
}

/// A table without its quantiles, and what its rows are about with them alone, where it has both.
fn quantiles_of(sheet: &Sheet) -> Option<(Sheet, Sheet)> {
    let is_quantile = |column: &Column| {
        let name = column.name.as_bytes();
        name.len() >= 3 && name[0] == b'q' && name[1].is_ascii_digit() && name[2].is_ascii_digit()
    };
    let is_name = |column: &Column| {
        ["scenario", "setup", "point", "policy", "outcome", "title", "unit", "replications"]
            .contains(&column.name.as_str())
    };
    let has_quantiles = ["summary", "setups"].contains(&sheet.name.as_str()) && sheet.columns.iter().any(is_quantile);
    has_quantiles.then(|| {
        let rest = with_columns(sheet, |column| !is_quantile(column));
        (rest, with_columns(sheet, |column| is_name(column) || is_quantile(column)))
    })
}

/// A table with some of its columns.
fn with_columns(sheet: &Sheet, is_kept: impl Fn(&Column) -> bool) -> Sheet {
    let kept: Vec<usize> = (0..sheet.columns.len()).filter(|at| is_kept(&sheet.columns[*at])).collect();
    let columns = kept.iter().map(|at| sheet.columns[*at].clone()).collect();
    let row = |row: &Vec<Value>| kept.iter().map(|at| row[*at].clone()).collect();
    Sheet { columns, rows: sheet.rows.iter().map(row).collect(), ..Sheet::new(&sheet.name, &sheet.title, Vec::new()) }
}

/// Fills the sheet that says what every column means, with where it stands in the workbook.
pub fn fill_dictionary(book: &mut Book, at: usize, kept: &Kept) -> io::Result<()> {
    let dictionary = kept.data_dictionary();
    let mut columns = vec![
        Column::text("sheet", "Name of the sheet it stands on."),
        Column::text("heading", "Heading of the column there."),
    ];
    columns.extend(dictionary.columns.iter().cloned());
    let mut sheet = Sheet::new("data_dictionary", "What every column means", columns);
    for page in book.pages.iter().filter(|page| !page.file.is_empty()) {
        for row in dictionary.rows_with("file", &page.file) {
            let name = dictionary.words(row, "column");
            if let Some((_, heading)) = page.headings.iter().find(|(of, _)| of == name) {
                let place = [page.name.as_str(), heading.as_str()].map(Value::from);
                sheet.push(place.into_iter().chain(row.iter().cloned()).collect());
            }
        }
    }
    book.fill(at, &Part::new("Data_dictionary", &sheet))
}
