//! `survival.csv`: one row for each month: how many partnerships were still together, and how many ended.

use super::Report;
use super::column::Column;
use super::sheet::{Sheet, Value};

/// Its columns.
pub fn columns() -> Vec<Column> {
    vec![
        Column::scenario(),
        Column::whole("month", "Month, from 1; 0 stands for the time before the first.", "months"),
        Column::whole("at_risk", "Replications still together when the month began.", "replications"),
        Column::whole("ended", "Replications that ended in the month.", "replications"),
        Column::whole(
            "last_seen",
            "Replications still together at the horizon, where looking ends: how much longer they last is not known.",
            "replications",
        ),
        Column::number(
            "share_together",
            "Share of the replications still together after the month (Kaplan–Meier).",
            "share",
        ),
        Column::number("mc_standard_error", "Its Monte Carlo standard error (Greenwood).", "share"),
        Column::number(
            "share_together_low",
            "Lower bound of its 95 % interval (log(−log); while none or all have ended, Wilson).",
            "share",
        ),
        Column::number("share_together_high", "Upper bound of its 95 % interval.", "share"),
    ]
}

/// The table.
pub fn sheet(report: &Report) -> Sheet {
    let mut sheet = Sheet::new("survival", "How many are together month by month", columns());
    for step in &report.findings.survival.steps {
        let counts = [step.time as u64, step.at_risk, step.exits.ended, step.exits.censored];
        let numbers = [step.share, step.standard_error, step.interval.low, step.interval.high];
        let mut row = vec![report.scenario.name.as_str().into()];
        row.extend(counts.map(Value::Whole));
        row.extend(numbers.map(Value::Number));
        sheet.push(row);
    }
    sheet
}
