//! `evaluation.csv`: what an evaluator would find, beside what is true; only where the scenario has an evaluation.

use super::Report;
use super::column::Column;
use super::sheet::{Sheet, Value};
use crate::analyse::evaluation::EvaluationFinding;
use crate::analyse::findings::{Estimate, Share};
use crate::model::evaluation::DESIGN_KEY;
use crate::model::inputs::Setting;
use crate::scenario::Scenario;

/// Whether the scenario has an evaluation.
pub fn is_wanted(scenario: &Scenario) -> bool {
    matches!(scenario.inputs.values.get(DESIGN_KEY), Some(Setting::Choice(design)) if *design > 0)
}

/// Its columns.
pub fn columns() -> Vec<Column> {
    let unit = "see column unit";
    vec![
        Column::scenario(),
        Column::text("measure", "What the row is about."),
        Column::text("meaning", "What it means."),
        Column::text("unit", "Unit of value, low and high."),
        Column::whole("replications", "Replications the row rests on.", "replications"),
        Column::number("value", "Mean over these replications, or the share of them in which it is so.", unit),
        Column::number("low", "Lower bound of its 95 % interval.", unit),
        Column::number("high", "Upper bound of its 95 % interval.", unit),
    ]
}

/// The table.
pub fn sheet(report: &Report) -> Sheet {
    let mut sheet = Sheet::new("evaluation", "What an evaluator would find, beside what is true", columns());
    if let Some(finding) = &report.findings.evaluation {
        for Row { measure, meaning, unit, n, cells } in rows(finding, report.findings.replications) {
            let texts = [report.scenario.name.as_str(), measure, meaning, unit].map(Value::from);
            sheet.push(texts.into_iter().chain([n.into()]).chain(cells.map(Value::Number)).collect());
        }
    }
    sheet
}

struct Row {
    measure: &'static str,
    meaning: &'static str,
    unit: &'static str,
    n: u64,
    cells: [f64; 3],
}

fn rows(finding: &EvaluationFinding, n: u64) -> Vec<Row> {
    let mean = |measure, meaning, estimate: &Estimate| {
        let interval = estimate.interval();
        let cells = [estimate.value, interval.low, interval.high];
        Row { measure, meaning, unit: "share of the people in need", n, cells }
    };
    let share = |measure, meaning, share: &Share, n| {
        let cells = [share.value, share.interval.low, share.interval.high];
        Row { measure, meaning, unit: "share of replications", n, cells }
    };
    let effective = finding.effective;
    vec![
        mean("true_effect", "Share of the people in need helped in the window, together less alone.", &finding.truth),
        mean("estimate", "What the evaluator would find.", &finding.estimate),
        mean("bias", "What the evaluator would find less the true effect.", &finding.bias),
        mean("standard_error", "The standard error that the evaluator would state.", &finding.standard_error),
        share("clear_benefit", "The evaluator would find a clear benefit.", &finding.benefit, n),
        share("clear_harm", "The evaluator would find a clear harm.", &finding.harm, n),
        share("nothing_clear", "The evaluator would find nothing clear.", &finding.nothing, n),
        share("power", "A clear benefit is found, where the true effect is above zero.", &finding.power, effective),
        share(
            "false_benefit",
            "A clear benefit is found, where the true effect is zero or below.",
            &finding.false_benefit,
            n - effective,
        ),
        Row {
            measure: "sample_enough",
            meaning: "People in each arm that give 80 % power at the mean true effect, were the samples the only source of error.",
            unit: "people",
            n,
            cells: [finding.enough.ceil(), f64::NAN, f64::NAN],
        },
    ]
}
