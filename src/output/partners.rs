//! `partners.csv`: one row for each partner of a scenario: how it fared together, and alone.

use super::Report;
use super::column::Column;
use super::table::{Cell, Table};
use crate::model::outcomes::{Measure, PARTNER_MEASURES};
use std::io::{self, Write};

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

/// Writes it.
///
/// # Errors
/// What writing reports.
pub fn write(report: &Report, to: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new(to, &columns())?;
    for (partner, finding) in report.scenario.inputs.partners.iter().zip(&report.findings.partners) {
        let mut row = vec![
            Cell::Text(&report.scenario.name),
            Cell::Text(&partner.name),
            Cell::Text(&partner.sector),
            Cell::Whole(report.findings.replications),
        ];
        for estimate in finding.measures.iter().chain([&finding.gain]) {
            row.extend([estimate.value, estimate.mc_standard_error].map(Cell::Number));
        }
        table.row(&row)?;
    }
    table.finish()
}
