//! `assumptions.csv`: every parameter in force, with where its value and its default come from.

use super::Report;
use super::column::Column;
use super::sheet::{Sheet, Value};
use crate::scenario::{Assumption, Scenario};

/// Its columns.
pub fn columns() -> Vec<Column> {
    vec![
        Column::scenario(),
        Column::text("parameter", "Key of the parameter, as a scenario sets it."),
        Column::text(
            "belongs_to",
            "Name of the partner, need, event or intervention it belongs to; empty for the partnership's own.",
        ),
        Column::text("value", "Value used, as it would be written in a scenario."),
        Column::text("unit", "Unit of value and default."),
        Column::text("set_by", "Where the value comes from."),
        Column::text("default", "Value when a scenario is silent."),
        Column::text("source", "Source of the equation or the default."),
        Column::text("grade", "How well the default is supported; given where the scenario sets the value."),
    ]
}

/// The table.
pub fn sheet(report: &Report) -> Sheet {
    Sheet { rows: rows(report.scenario), ..Sheet::new("assumptions", "Every parameter in force", columns()) }
}

/// A row for every parameter of a scenario.
pub fn rows(scenario: &Scenario) -> Vec<Vec<Value>> {
    let row = |line: &Assumption| {
        let Assumption { key, belongs_to, value, unit, set_by, default, source, grade } = line;
        let cells = [&scenario.name, key, belongs_to, value, unit, set_by, default, source, grade];
        cells.map(|text| text.as_str().into()).to_vec()
    };
    scenario.assumptions.iter().map(row).collect()
}
