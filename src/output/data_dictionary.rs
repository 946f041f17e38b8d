//! `data_dictionary.csv`: what every column of every table means.

use super::column::Column;
use super::table::{Cell, Table};
use super::{FILES, Report, failures, inputs, runs};
use std::io::{self, Write};

/// Its columns.
pub fn columns() -> Vec<Column> {
    vec![
        Column::text("file", "Name of the table."),
        Column::text("column", "Heading of the column."),
        Column::text("meaning", "What it means."),
        Column::text("unit", "Its unit; empty for text."),
        Column::text("type", "What its cells hold: text, number or whole number."),
    ]
}

/// Writes it.
///
/// # Errors
/// What writing reports.
pub fn write(report: &Report, to: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new(to, &columns())?;
    let tables =
        FILES.iter().filter(|file| (file.is_wanted)(report.scenario)).map(|file| (file.name, (file.columns)()));
    let failures = (!report.ended.faults.is_empty()).then(|| (failures::NAME, failures::columns()));
    let inputs = inputs::is_wanted(report.scenario).then(|| (inputs::NAME, inputs::columns(report.scenario)));
    for (file, columns) in tables.chain([(runs::NAME, runs::columns())]).chain(inputs).chain(failures) {
        for Column { name, meaning, unit, kind } in &columns {
            table.row(&[file, name, meaning, unit, kind.word()].map(Cell::Text))?;
        }
    }
    table.finish()
}
