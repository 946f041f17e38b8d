//! `summary.csv`: one row for each outcome of a scenario, then how many replications failed, and of those how many by each cause.

use super::Report;
use super::column::Column;
use super::table::{Cell, Table};
use crate::analyse::distribution::Precision;
use crate::analyse::findings::{Share, Spread};
use crate::model::outcomes::{CAUSES, OUTCOMES};
use std::io::{self, Write};

/// Its columns.
pub fn columns() -> Vec<Column> {
    let unit = "see column unit";
    let mut columns = vec![
        Column::scenario(),
        Column::outcome(),
        Column::text("title", "What the outcome is called."),
        Column::text("unit", "Unit of mean, sd, mc_standard_error, quantiles and target."),
        Column::whole("replications", "Replications the row rests on.", "replications"),
    ];
    columns.extend(Column::spread());
    columns.extend(Column::held_against());
    columns.push(Column::number("sd_mc_standard_error", "Monte Carlo standard error of sd.", unit));
    for name in ["q05", "q25", "q50", "q75", "q95"] {
        let meaning = |end: &str| {
            format!(
                "{end} bound of the 95 % interval of {name} (order statistics); empty where there are too few replications for one."
            )
        };
        columns.push(Column::number(&format!("{name}_low"), &meaning("Lower"), unit));
        columns.push(Column::number(&format!("{name}_high"), &meaning("Upper"), unit));
    }
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
        row.extend(precision_cells(&finding.precision));
        table.row(&row)?;
    }
    let failures = &report.findings.failures;
    table.row(&share_cells(report, "failed", "Failed", &failures.share, report.findings.replications))?;
    for (cause, share) in CAUSES[1..].iter().zip(&failures.causes) {
        let name = format!("cause_{}", cause.name);
        table.row(&share_cells(
            report,
            &name,
            &format!("Cause of failure: {}", cause.words),
            share,
            failures.share.count,
        ))?;
    }
    table.finish()
}

/// A row on something that happened or not in `n` replications: an outcome of 1 or 0 held against 0.
fn share_cells<'a>(report: &'a Report, name: &'a str, title: &'a str, share: &Share, n: u64) -> Vec<Cell<'a>> {
    let (sd, mc_standard_error) = share.spread(n);
    let texts = [report.scenario.name.as_str(), name, title, "0 or 1"].map(Cell::Text);
    let numbers = [share.value, sd, mc_standard_error].into_iter().chain([f64::NAN; 5]);
    let numbers = numbers.chain([0.0, share.value, share.interval.low, share.interval.high]);
    let numbers = numbers.chain([share.sd_mc_standard_error(n)]).chain([f64::NAN; 10]);
    texts.into_iter().chain([Cell::Whole(n)]).chain(numbers.map(Cell::Number)).collect()
}

/// The cells that say how well standard deviation and quantiles are known.
fn precision_cells<'a>(precision: &Precision) -> impl Iterator<Item = Cell<'a>> + use<'a> {
    let Precision { quantiles, sd_mc_standard_error } = *precision;
    let ends = quantiles.into_iter().flat_map(|interval| [interval.low, interval.high]);
    [sd_mc_standard_error].into_iter().chain(ends).map(Cell::Number)
}

/// The cells under [`Column::spread`].
pub(super) fn spread_cells<'a>(spread: &Spread) -> impl Iterator<Item = Cell<'a>> + use<'a> {
    let Spread { mean, sd, quantiles } = *spread;
    [mean.value, sd, mean.mc_standard_error].into_iter().chain(quantiles).map(Cell::Number)
}
