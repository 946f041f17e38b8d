//! `summary.csv`: one row for each outcome of a scenario.

use super::Report;
use super::column::Column;
use super::table::{Cell, Table};
use crate::analyse::findings::Spread;
use crate::model::outcomes::OUTCOMES;
use std::io::{self, Write};

/// Its columns.
pub fn columns() -> Vec<Column> {
    let unit = "see column unit";
    let mut columns = vec![
        Column::scenario(),
        Column::text("outcome", "Column of runs.csv that the row is about."),
        Column::text("title", "What the outcome is called."),
        Column::text("unit", "Unit of mean, sd, mc_standard_error, quantiles and target."),
        Column::whole("replications", "Replications the row rests on.", "replications"),
    ];
    columns.extend(Column::spread());
    columns.extend([
        Column::number("target", "Value the outcome is held against.", unit),
        Column::number(
            "share_above_target",
            "Share of the replications in which the outcome is greater than target.",
            "share",
        ),
        Column::number("share_above_target_low", "Lower bound of its 95 % interval (Wilson).", "share"),
        Column::number("share_above_target_high", "Upper bound of its 95 % interval (Wilson).", "share"),
    ]);
    columns
}

/// Writes it.
///
/// # Errors
/// What writing reports.
pub fn write(report: &Report, to: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new(to, &columns())?;
    for (outcome, finding) in OUTCOMES.iter().zip(&report.findings.outcomes) {
        let mut row = vec![
            Cell::Text(&report.scenario.name),
            Cell::Text(outcome.column),
            Cell::Text(outcome.title),
            Cell::Text(outcome.unit),
            Cell::Whole(report.findings.replications),
        ];
        row.extend(spread_cells(&finding.spread));
        let above = &finding.above_target;
        row.extend([finding.target, above.value, above.interval.low, above.interval.high].map(Cell::Number));
        table.row(&row)?;
    }
    table.finish()
}

/// The cells under [`Column::spread`].
pub(super) fn spread_cells<'a>(spread: &Spread) -> impl Iterator<Item = Cell<'a>> + use<'a> {
    let Spread { mean, sd, quantiles } = *spread;
    [mean.value, sd, mean.mc_standard_error].into_iter().chain(quantiles).map(Cell::Number)
}
