//! `summary.csv`: one row for each outcome of a scenario, then how many replications failed, and of those how many by each cause.

use super::Report;
use super::column::Column;
use super::sheet::{Sheet, Value};
use crate::analyse::distribution::Precision;
use crate::analyse::findings::{Share, Spread};
use crate::model::outcomes::{CAUSES, OUTCOMES};

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

/// The table.
pub fn sheet(report: &Report) -> Sheet {
    let mut sheet = Sheet::new("summary", "Every outcome", columns());
    for (outcome, finding) in OUTCOMES.iter().zip(&report.findings.outcomes) {
        let texts = [report.scenario.name.as_str(), outcome.column, outcome.title, outcome.unit];
        let mut row = texts.map(Value::from).to_vec();
        row.push(report.findings.replications.into());
        row.extend(spread_cells(&finding.spread));
        let above = &finding.above_target;
        row.extend([finding.target, above.value, above.interval.low, above.interval.high].map(Value::Number));
        row.extend(precision_cells(&finding.precision));
        sheet.push(row);
    }
    let failures = &report.findings.failures;
    sheet.push(share_cells(report, "failed", "Failed", &failures.share, report.findings.replications));
    for (cause, share) in CAUSES[1..].iter().zip(&failures.causes) {
        let (name, title) = (format!("cause_{}", cause.name), format!("Cause of failure: {}", cause.words));
        sheet.push(share_cells(report, &name, &title, share, failures.share.count));
    }
    sheet
}

/// A row on something that happened or not in `n` replications: an outcome of 1 or 0 held against 0.
fn share_cells(report: &Report, name: &str, title: &str, share: &Share, n: u64) -> Vec<Value> {
    let (sd, mc_standard_error) = share.spread(n);
    let texts = [report.scenario.name.as_str(), name, title, "0 or 1"].map(Value::from);
    let numbers = [share.value, sd, mc_standard_error].into_iter().chain([f64::NAN; 5]);
    let numbers = numbers.chain([0.0, share.value, share.interval.low, share.interval.high]);
    let numbers = numbers.chain([share.sd_mc_standard_error(n)]).chain([f64::NAN; 10]);
    texts.into_iter().chain([Value::Whole(n)]).chain(numbers.map(Value::Number)).collect()
}

/// The cells that say how well standard deviation and quantiles are known.
fn precision_cells(precision: &Precision) -> impl Iterator<Item = Value> + use<> {
    let Precision { quantiles, sd_mc_standard_error } = *precision;
    let ends = quantiles.into_iter().flat_map(|interval| [interval.low, interval.high]);
    [sd_mc_standard_error].into_iter().chain(ends).map(Value::Number)
}

/// The cells under [`Column::spread`].
pub(super) fn spread_cells(spread: &Spread) -> impl Iterator<Item = Value> + use<> {
    let Spread { mean, sd, quantiles } = *spread;
    [mean.value, sd, mean.mc_standard_error].into_iter().chain(quantiles).map(Value::Number)
}
