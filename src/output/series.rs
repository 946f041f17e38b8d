//! `series.csv`: one row for each month and measure of a scenario.

use super::Report;
use super::column::Column;
use super::summary::spread_cells;
use super::table::{Cell, Table};
use crate::model::outcomes::MONTHLY;
use std::io::{self, Write};

/// Its columns.
pub fn columns() -> Vec<Column> {
    let measures: Vec<String> = MONTHLY
        .iter()
        .map(|measure| format!("{}: {}", measure.column, measure.meaning.trim_end_matches('.')))
        .collect();
    let mut columns = vec![
        Column::scenario(),
        Column::whole("month", "Month, from 1.", "months"),
        Column::text("measure", &format!("What is measured. {}.", measures.join("; "))),
        Column::text("unit", "Unit of mean, sd, mc_standard_error and quantiles."),
    ];
    columns.extend(Column::spread());
    columns
}

/// Writes it.
///
/// # Errors
/// What writing reports.
pub fn write(report: &Report, to: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new(to, &columns())?;
    for (month, spreads) in report.findings.months.iter().enumerate() {
        for (measure, spread) in MONTHLY.iter().zip(spreads) {
            let mut row = vec![
                Cell::Text(&report.scenario.name),
                Cell::Whole(month as u64 + 1),
                Cell::Text(measure.column),
                Cell::Text(measure.unit),
            ];
            row.extend(spread_cells(spread));
            table.row(&row)?;
        }
    }
    table.finish()
}
