//! `influence.csv`: how closely the main outcomes go with every uncertain input, a row a pair, beside the evidence for the input.

use super::column::Column;
use super::sheet::{Sheet, Value};
use super::{Report, inputs, runs};
use crate::analyse::findings::CONFIDENCE;
use crate::analyse::leaning::{Leaning, Support, leanings, replications};
use crate::model::outcomes::OUTCOMES;
use crate::model::uncertain::{self, path_of};
use crate::scenario::{Assumption, Scenario};
use std::io::{self, Read};

/// The outcomes that are looked at, beside those for which the scenario sets a target, and whether it failed.
const MAIN: [&str; 9] =
    ["months_survived", "alive", "need_met", "value", "net_value", "premium", "better_off", "trust", "morale"];

/// What a partnership's failing is called in the tables of a run.
const FAILED: &str = "failed";

/// Its columns.
pub fn columns() -> Vec<Column> {
    let of_ranks = |name: &str, meaning: &str| Column::number(name, meaning, "correlation");
    vec![
        Column::scenario(),
        Column::text(
            "outcome",
            "Column of runs.csv that the row is about, or failed: dissolved or not worth what was put into it.",
        ),
        Column::text("title", "What the outcome is called."),
        Column::text("input", "The uncertain input, as its column in inputs.csv is called."),
        Column::text("value", "How uncertain it is, as a scenario says it."),
        Column::text("set_by", "Where that comes from, as in assumptions.csv."),
        Column::text("source", "Source of the equation or the default."),
        Column::text("grade", "How well the default is supported; given where the scenario sets the value."),
        Column::whole(
            "replications",
            "Replications the row rests on, the first ones: a quarter of all, from 4,096 to 65,536 where there are as many, and fewer where there are more than 32 inputs.",
            "replications",
        ),
        of_ranks("rank_correlation", "How the outcome goes with the input, -1 to 1 (Spearman)."),
        of_ranks("low", "Lower bound of its 95 % interval (Bonett and Wright)."),
        of_ranks("high", "Upper bound of its 95 % interval."),
        of_ranks(
            "partial",
            "The same, the other inputs held (partial rank correlation); empty where there are more than 128 inputs, too few replications or inputs that determine one another.",
        ),
        of_ranks("partial_low", "Lower bound of its 95 % interval (Fisher)."),
        of_ranks("partial_high", "Upper bound of its 95 % interval."),
        Column::number(
            "share_of_variance",
            "Share of the variance of the outcome's ranks that goes with the input alone: rank_correlation squared.",
            "share",
        ),
        Column::number(
            "share_of_all_inputs",
            "Share of the variance of the outcome's ranks that goes with all inputs together; the rest is luck, or what a ranking cannot show. Empty where partial is.",
            "share",
        ),
        Column::whole("influence_rank", "Place of the input for this outcome, 1 being the closest.", "place"),
    ]
}

/// The table.
pub fn sheet(report: &Report) -> Sheet {
    let mut sheet = Sheet::new("influence", "What the main outcomes lean on", columns());
    let inputs = &report.scenario.inputs;
    let paths: Vec<String> = uncertain::uncertain(inputs).iter().map(|one| one.path(inputs)).collect();
    let evidence: Vec<Option<&Assumption>> = paths.iter().map(|path| assumption(report.scenario, path)).collect();
    for leaning in &report.findings.leanings {
        for (place, support) in leaning.inputs.iter().enumerate() {
            let texts = [&report.scenario.name, &leaning.outcome, title(&leaning.outcome), &paths[support.input]];
            let mut row: Vec<Value> = texts.map(Into::into).to_vec();
            row.extend(match evidence[support.input] {
                Some(Assumption { value, set_by, source, grade, .. }) => {
                    [value, set_by, source, grade].map(|text| text.as_str().into())
                }
                None => [""; 4].map(Into::into),
            });
            row.extend(cells(leaning, support, place));
            sheet.push(row);
        }
    }
    sheet
}

fn cells(leaning: &Leaning, support: &Support, place: usize) -> Vec<Value> {
    let numbers = [
        support.correlation,
        support.interval.low,
        support.interval.high,
        support.partial,
        support.partial_interval.low,
        support.partial_interval.high,
        support.share_of_variance(),
        leaning.explained,
    ];
    let mut cells = vec![leaning.replications.into()];
    cells.extend(numbers.map(Value::Number));
    cells.push((place + 1).into());
    cells
}

/// What the outcome of a column is called.
fn title(column: &str) -> &'static str {
    OUTCOMES.iter().find(|outcome| outcome.column == column).map_or("Failed", |outcome| outcome.title)
}

/// The line of the assumptions log on the input of a path.
fn assumption<'s>(scenario: &'s Scenario, path: &str) -> Option<&'s Assumption> {
    let bare = |path: &str| path.replace('"', "");
    scenario.assumptions.iter().find(|line| bare(&path_of(&line.key, &line.belongs_to)) == bare(path))
}

/// What the main outcomes of a run of `n` replications lean on, `rows` being its table of replications and `values` that of what was uncertain in each.
///
/// # Errors
/// What reading reports.
pub fn found(scenario: &Scenario, n: u64, rows: impl Read, values: impl Read) -> io::Result<Vec<Leaning>> {
    let n_inputs = uncertain::uncertain(&scenario.inputs).len();
    let is_main = |name: &str| MAIN.contains(&name) || scenario.targets.contains_key(name);
    let main: Vec<usize> = (0..OUTCOMES.len()).filter(|&at| is_main(OUTCOMES[at].name)).collect();
    let rows = runs::read(rows, replications(n, n_inputs), &main)?;
    let inputs = inputs::read(values, n_inputs, &rows.replications)?;
    let outcomes = main.iter().zip(&rows.outcomes);
    let mut columns: Vec<(&str, &[f64])> = outcomes.map(|(&at, column)| (OUTCOMES[at].column, &column[..])).collect();
    columns.push((FAILED, &rows.failed));
    Ok(leanings(&inputs, &columns, CONFIDENCE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::findings::Findings;
    use crate::experiment::fake;
    use crate::output::tests::with_report;

    /// Rows of all but the replications 40 to 59, in which morale is what the first uncertain input was.
    fn rows(scenario: &Scenario) -> Vec<u8> {
        let mut block = fake::block(0, 300);
        let uncertain = uncertain::uncertain(&scenario.inputs);
        let drawn = uncertain::columns(&uncertain, &scenario.inputs, scenario.seed, 0, 300);
        let morale = OUTCOMES.iter().position(|outcome| outcome.name == "morale").unwrap();
        block.outcomes[morale] = drawn[0].clone();
        let mut file = Vec::new();
        runs::write_header(&mut file).unwrap();
        let text = String::from_utf8(runs::Rows::new(scenario).of(&block)).unwrap();
        let sound = text.lines().enumerate().filter(|(r, _)| !(40..60).contains(r)).map(|(_, line)| line);
        file.extend(sound.collect::<Vec<_>>().join("\n").into_bytes());
        file
    }

    #[test]
    fn an_outcome_that_is_an_input_leans_on_it_alone_whatever_is_missing() {
        with_report(300, |report| {
            let mut values = Vec::new();
            inputs::write_header(report.scenario, &mut values).unwrap();
            values.extend(inputs::Rows::new(report.scenario).of(0, 300));
            let leanings = found(report.scenario, 280, rows(report.scenario).as_slice(), values.as_slice()).unwrap();
            let findings = Findings { leanings, ..report.findings.clone() };
            let sheet = sheet(&Report { findings: &findings, ..*report });
            let row = sheet.rows_with("outcome", "morale_share").next().unwrap();
            let inputs = &report.scenario.inputs;
            assert_eq!(sheet.words(row, "input"), uncertain::uncertain(inputs)[0].path(inputs));
            assert_eq!(
                ["rank_correlation", "replications", "influence_rank"].map(|name| sheet.number(row, name)),
                [1.0, 280.0, 1.0]
            );
            assert!((sheet.number(row, "share_of_all_inputs") - 1.0).abs() < 1e-9);
            assert!(sheet.rows_with("outcome", FAILED).count() > 0);
        });
    }

    #[test]
    fn every_uncertain_input_has_its_line_in_the_log_of_assumptions() {
        let scenario = crate::scenario::shipped::find("health_and_social_care").unwrap().load().unwrap();
        for one in uncertain::uncertain(&scenario.inputs) {
            let path = one.path(&scenario.inputs);
            assert!(assumption(&scenario, &path).is_some_and(|line| !line.value.is_empty()), "{path}");
        }
    }
}
