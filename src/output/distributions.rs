//! `distributions.csv`: a histogram of every outcome that differs between replications, a row a bar.

use super::Report;
use super::column::Column;
use super::sheet::Sheet;
use crate::analyse::bars::Holds;
use crate::model::outcomes::OUTCOMES;

/// Its columns.
pub fn columns() -> Vec<Column> {
    let unit = "see column unit";
    vec![
        Column::scenario(),
        Column::text("outcome", "Column of runs.csv that is counted; only those that differ between replications."),
        Column::text("title", "What the outcome is called."),
        Column::text("unit", "Unit of from and to."),
        Column::text(
            "holds",
            "What the bar counts. range: values from its beginning up to its end, which is the next bar's, or the last one's own; whole: the whole numbers from its beginning to its end, both included; below and above: the few values further out than all other bars, together.",
        ),
        Column::number("from", "Where the bar begins.", unit),
        Column::number("to", "Where it ends.", unit),
        Column::whole(
            "count",
            "Replications in it; of more than 65,536 counted by classes 0.4 % of a value wide, spread evenly where a bar divides a class.",
            "replications",
        ),
        Column::number("share", "Share of all replications.", "share"),
    ]
}

/// The table.
pub fn sheet(report: &Report) -> Sheet {
    let mut sheet = Sheet::new("distributions", "How often each outcome lies where", columns());
    for (outcome, finding) in OUTCOMES.iter().zip(&report.findings.outcomes) {
        for bar in &finding.bars {
            let share = bar.count as f64 / report.findings.replications as f64;
            let texts = [&report.scenario.name, outcome.column, outcome.title, outcome.unit, word(bar.holds)];
            let mut row: Vec<_> = texts.map(Into::into).to_vec();
            row.extend([bar.from.into(), bar.to.into(), bar.count.into(), share.into()]);
            sheet.push(row);
        }
    }
    sheet
}

/// The word for what a bar counts in tables.
pub fn word(holds: Holds) -> &'static str {
    match holds {
        Holds::Range => "range",
        Holds::Whole => "whole",
        Holds::Below => "below",
        Holds::Above => "above",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::tests::with_report;

    #[test]
    fn every_replication_is_in_one_bar_of_each_outcome() {
        with_report(300, |report| {
            let sheet = sheet(report);
            for outcome in OUTCOMES {
                let rows = || sheet.rows_with("outcome", outcome.column);
                let sum = |column: &str| rows().map(|row| sheet.number(row, column)).sum::<f64>();
                assert_eq!(sum("count"), 300.0, "{}", outcome.name);
                assert!((sum("share") - 1.0).abs() < 1e-12);
            }
        });
    }
}
