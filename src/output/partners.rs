//! `partners.csv`: one row for each partner of a scenario: how it fared together, and alone.

use super::Report;
use super::column::Column;
use super::sheet::{Sheet, Value};
use crate::model::outcomes::{Measure, PARTNER_MEASURES};

/// The paired difference, declared as the other measures are.
const GAIN: Measure = Measure {
    column: "gain_thousand_pounds",
    title: "Gain",
    meaning: "Net benefit together less net benefit alone, paired by replication.",
    unit: "thousand pounds",
};

/// Its columns.
pub fn columns() -> Vec<Column> {
    let mut columns = vec![
        Column::scenario(),
        Column::text("partner", "Name of the partner."),
        Column::text("sector", "Its sector."),
        Column::whole("replications", "Replications the row rests on.", "replications"),
    ];
    columns.extend(PARTNER_MEASURES.iter().chain([&GAIN]).flat_map(Column::estimate));
    columns
}

/// The table.
pub fn sheet(report: &Report) -> Sheet {
    let mut sheet = Sheet::new("partners", "How each partner fared, together and alone", columns());
    for (partner, finding) in report.scenario.inputs.partners.iter().zip(&report.findings.partners) {
        let texts = [&report.scenario.name, &partner.name, &partner.sector];
        let mut row = texts.map(|text| text.as_str().into()).to_vec();
        row.push(report.findings.replications.into());
        for estimate in finding.measures.iter().chain([&finding.gain]) {
            row.extend([estimate.value, estimate.mc_standard_error].map(Value::Number));
        }
        sheet.push(row);
    }
    sheet
}
