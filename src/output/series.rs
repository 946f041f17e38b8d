//! `series.csv`: one row for each month and measure of a scenario.

use super::Report;
use super::column::Column;
use super::sheet::Sheet;
use super::summary::spread_cells;
use crate::model::outcomes::MONTHLY;

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

/// The table.
pub fn sheet(report: &Report) -> Sheet {
    let mut sheet = Sheet::new("series", "Month by month", columns());
    for (month, spreads) in report.findings.months.iter().enumerate() {
        for (measure, spread) in MONTHLY.iter().zip(spreads) {
            let scenario = report.scenario.name.as_str().into();
            let mut row = vec![scenario, (month + 1).into(), measure.column.into(), measure.unit.into()];
            row.extend(spread_cells(spread));
            sheet.push(row);
        }
    }
    sheet
}
