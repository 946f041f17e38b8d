//! `assumptions.csv`: every parameter in force, with where its value and its default come from.

use super::Report;
use super::column::Column;
use super::table::{Cell, Table};
use std::io::{self, Write};

/// Its columns.
pub fn columns() -> Vec<Column> {
    vec![
        Column::scenario(),
        Column::text("parameter", "Key of the parameter, as a scenario sets it."),
        Column::text(
            "belongs_to",
            "Name of the partner, need, event or intervention it belongs to; empty for the partnership's own.",
        ),
        Column::text("value", "Value used, as it would be written in a scenario."),
        Column::text("unit", "Unit of value and default."),
        Column::text("set_by", "Where the value comes from."),
        Column::text("default", "Value when a scenario is silent."),
        Column::text("source", "Source of the equation or the default."),
        Column::text("grade", "How well the default is supported; given where the scenario sets the value."),
    ]
}

/// Writes it.
///
/// # Errors
/// What writing reports.
pub fn write(report: &Report, to: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new(to, &columns())?;
    for line in &report.scenario.assumptions {
        let cells = [
            &report.scenario.name,
            &line.key,
            &line.belongs_to,
            &line.value,
            &line.unit,
            &line.set_by,
            &line.default,
            &line.source,
            &line.grade,
        ];
        table.row(&cells.map(|text| Cell::Text(text)))?;
    }
    table.finish()
}
