//! The sheets Scenarios and Assumptions: what every parameter is in each set-up, and where it comes from.

use super::book::Part;
use crate::output::assumptions;
use crate::output::column::Column;
use crate::output::kept::Kept;
use crate::output::sheet::{Sheet, Value};
use crate::scenario::{self, Scenario};

/// Both sheets, as far as the scenarios of the result can be read.
pub fn parts(kept: &Kept) -> Vec<Part> {
    let scenarios = read(kept);
    let mut parts = Vec::new();
    parts.extend((!scenarios.is_empty()).then(|| side_by_side(&scenarios)));
    let numbers = vec!["value".to_string(), "default".to_string()];
    match kept.sheet("assumptions") {
        Some(sheet) => parts.push(Part { numbers, ..Part::new("Assumptions", sheet) }),
        None if !scenarios.is_empty() => {
            let mut sheet = Sheet::new("assumptions", "Every parameter in force", assumptions::columns());
            sheet.rows = scenarios.iter().flat_map(assumptions::rows).collect();
            parts.push(Part { numbers, file: String::new(), ..Part::new("Assumptions", &sheet) });
        }
        None => {}
    }
    parts
}

/// The scenarios of a result, from their texts. One that a later version of the program does not take is left out.
fn read(kept: &Kept) -> Vec<Scenario> {
    let no_files = |name: &str| Err(format!("{name} is not here"));
    let load = |entry: &crate::output::study::ScenarioEntry| {
        let mut scenario = scenario::load(&entry.text, &format!("{}.toml", entry.name), &[], &no_files).ok()?;
        scenario.name = entry.name.clone();
        Some(scenario)
    };
    kept.about.scenarios.iter().filter_map(load).collect()
}

/// Parameters as rows, set-ups as columns.
fn side_by_side(scenarios: &[Scenario]) -> Part {
    let first = &scenarios[0];
    let is_one = scenarios.len() == 1;
    let mut columns = vec![
        Column::text("parameter", "Key of the parameter, as a scenario sets it."),
        Column::text("belongs_to", "Name of the partner, need, event or intervention it belongs to."),
        Column::text("unit", "Its unit."),
    ];
    columns.push(match is_one {
        true => Column::text(
            "against_default",
            "changed, where the scenario sets another value than the default; else same.",
        ),
        false => Column::text("difference", "differs, where the set-ups have different values; else same."),
    });
    columns.extend(scenarios.iter().map(|scenario| Column::text(&scenario.name, "Value in this set-up.")));
    columns.push(Column::text("default", "Value when a scenario is silent."));
    let names: Vec<String> = columns[4..].iter().map(|column| column.name.clone()).collect();
    let mut sheet = Sheet::new("scenarios", "The scenarios side by side", columns);
    for (key, belongs_to, unit, default) in keys(scenarios) {
        let value = |scenario: &Scenario| {
            let line = scenario.assumptions.iter().find(|line| line.key == key && line.belongs_to == belongs_to);
            line.map_or_else(String::new, |line| line.value.clone())
        };
        let values: Vec<String> = scenarios.iter().map(value).collect();
        let difference = match is_one {
            true if values[0] == default => "same",
            true => "changed",
            false if values.iter().all(|value| *value == values[0]) => "same",
            false => "differs",
        };
        let mut row: Vec<Value> = [key, belongs_to, unit, difference].map(Value::from).to_vec();
        row.extend(values.into_iter().map(Value::from));
        row.push(default.into());
        sheet.push(row);
    }
    let (column, word) = if is_one { ("against_default", "changed") } else { ("difference", "differs") };
    let told = match is_one {
        true => format!("Every parameter of {}, and whether it is as it would be by default", first.title),
        false => "The set-ups side by side: a parameter a row, a set-up a column, and whether they differ".to_string(),
    };
    let marks = (!is_one).then(|| (column.to_string(), word.to_string()));
    Part { told, file: String::new(), numbers: names, marks, ..Part::new("Scenarios", &sheet) }
}

/// Key, owner, unit and default of every parameter that one of the scenarios has, in their order.
fn keys(scenarios: &[Scenario]) -> Vec<(&str, &str, &str, &str)> {
    let mut keys: Vec<(&str, &str, &str, &str)> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for line in scenarios.iter().flat_map(|scenario| &scenario.assumptions) {
        if seen.insert((&line.key, &line.belongs_to)) {
            keys.push((&line.key, &line.belongs_to, &line.unit, &line.default));
        }
    }
    keys
}
