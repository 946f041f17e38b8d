//! The tables of a comparison: each set-up against the first, the set-ups by themselves, what was changed, and which change
//! carries how much.

use super::sentences::in_words;
use super::{Compared, Explanation, Setup, survival};
use crate::analyse::comparison::{Difference, Verdict};
use crate::analyse::findings::{CONFIDENCE, Share};
use crate::experiment::levers::{Lever, levers};
use crate::experiment::quantity::Variable;
use crate::model::outcomes::Better;
use crate::output::column::Column;
use crate::output::sheet::{Sheet, Value};
use crate::scenario::Scenario;
use std::collections::BTreeMap;

const UNIT: &str = "see column unit";

/// The names of all tables, so that their files can be asked for before there is anything to write.
pub const NAMES: [&str; 6] = ["paired", "setups", "changes", "levers", "lasting", "survival"];

/// The name of the table of what could not be computed, where there is any of that.
pub const FAILURES: &str = "failures";

/// All tables of a comparison, in the order of [`NAMES`].
pub fn sheets(compared: &Compared) -> Vec<Sheet> {
    vec![
        paired(compared),
        setups(compared),
        changes(compared.setups),
        parts(compared),
        survival::lasting(compared),
        survival::survival(compared),
    ]
}

/// The replications that could not be computed, where there are any.
pub fn failures(compared: &Compared) -> Option<Sheet> {
    let mut sheet = Sheet::new(FAILURES, "Replications that could not be computed", failures_columns());
    let seed = compared.setups[0].scenario.seed.to_string();
    for failed in compared.failed {
        sheet.push(vec![
            compared.setups[failed.setup].name.as_str().into(),
            failed.changes.as_deref().unwrap_or("").into(),
            failed.replication.into(),
            seed.as_str().into(),
            failed.message.as_str().into(),
        ]);
    }
    (!sheet.rows.is_empty()).then_some(sheet)
}

/// The columns of `failures`.
pub(in crate::output) fn failures_columns() -> Vec<Column> {
    vec![
        Column::text("setup", "Name of the set-up in which the replication could not be computed."),
        Column::text(
            "changes",
            "The changes that were made, where it was the first set-up with some of those that lead to this one; else empty.",
        ),
        Column::whole(
            "replication",
            "Index of the replication, from 0; it is left out of all set-ups, or of all combinations of changes.",
            "index",
        ),
        Column::text("seed", "Seed of all draws; with the index it names every random number of the replication."),
        Column::text("message", "What the program said."),
    ]
}

fn pair() -> Vec<Column> {
    vec![
        Column::text("setup", "Name of the set-up."),
        Column::text("against", "Name of the set-up that it is held against."),
    ]
}

fn outcome() -> Vec<Column> {
    vec![
        Column::text("outcome", "Short name of the outcome."),
        Column::text("title", "The outcome in words."),
        Column::text("unit", "Unit of the outcome."),
    ]
}

fn share(name: &str, meaning: &str) -> Vec<Column> {
    let of =
        |ending: &str, what: &str| Column::number(&format!("{name}{ending}"), &format!("{what}{meaning}"), "share");
    vec![
        of("", ""),
        of("_low", "Lower bound of the 95 % interval: "),
        of("_high", "Upper bound of the 95 % interval: "),
    ]
}

fn shared(share: &Share) -> [Value; 3] {
    [share.value.into(), share.interval.low.into(), share.interval.high.into()]
}

fn named(variable: Variable) -> [Value; 3] {
    [variable.name(), variable.title(), variable.unit()].map(Into::into)
}

/// The columns of `paired`.
pub(in crate::output) fn paired_columns() -> Vec<Column> {
    let number = |name: &str, meaning: &str, unit: &str| Column::number(name, meaning, unit);
    let same = "Share of the replications in which, living in the same world, it does";
    let two = "Probability that in two worlds that have nothing to do with each other it does";
    let mut columns = [pair(), outcome()].concat();
    columns.extend([
        Column::text("better", "Which way is better: higher or lower."),
        Column::whole("replications", "Replications of each set-up.", "replications"),
        number("mean", "Mean of the set-up.", UNIT),
        number("mean_against", "Mean of the set-up that it is held against.", UNIT),
        number("difference", "Mean difference in the same worlds: set-up less what it is held against.", UNIT),
        number("mc_standard_error", "Monte Carlo standard error of the mean difference.", UNIT),
        number("low", "Lower bound of the 95 % interval of the mean difference (paired t).", UNIT),
        number("high", "Upper bound of the 95 % interval of the mean difference (paired t).", UNIT),
        number("p", "Probability of a mean difference at least so large by chance (paired t).", "probability"),
        number(
            "p_holm",
            "The same adjusted by Holm for all outcomes and set-ups looked at; empty for outcomes that were not asked for.",
            "probability",
        ),
        Column::text(
            "verdict",
            "same (in every replication), unclear, better or worse; clear where p_holm, or p where that is empty, is below 0.05.",
        ),
    ]);
    columns.extend(share("better_same_world", &format!("{same} better.")));
    columns.extend([number("tied_same_world", &format!("{same} as well."), "share")]);
    columns.extend([number("worse_same_world", &format!("{same} worse."), "share")]);
    columns.extend(share("better_two_worlds", &format!("{two} better.")));
    columns.extend([
        number("tied_two_worlds", &format!("{two} as well."), "share"),
        number("worse_two_worlds", &format!("{two} worse."), "share"),
        Column::whole("replications_two_worlds", "Replications that these rest on, the first ones.", "replications"),
        number("cohens_d", "Difference in pooled standard deviations of the two set-ups (Cohen's d).", "standard deviations"),
        number("hedges_g", "The same without its bias in small samples (Hedges' g).", "standard deviations"),
        number("cliffs_delta", "How much likelier it is better than worse in two worlds, -1 to 1 (Cliff's delta).", "probability"),
        number(
            "variance_reduction",
            "By what factor common worlds narrow the variance of the difference; so many times the replications would be needed without.",
            "ratio",
        ),
        number("smallest_difference", "Difference that the next column asks for: given, 0.01 for shares of yes, else a tenth of the standard deviation of what it is held against.", UNIT),
        number("needed_replications", "Replications that would show that difference with 80 % probability.", "replications"),
        Column::text("in_words", "The difference as a sentence."),
    ]);
    columns
}

fn paired(compared: &Compared) -> Sheet {
    let mut sheet = Sheet::new("paired", "Each set-up against the first, in the same worlds", paired_columns());
    for (number, differences) in compared.comparison.differences.iter().enumerate() {
        for difference in differences {
            sheet.push(paired_row(compared, number + 1, difference));
        }
    }
    sheet
}

fn paired_row(compared: &Compared, setup: usize, difference: &Difference) -> Vec<Value> {
    let variable = difference.variable;
    let mean = |setup: usize| compared.comparison.setups[setup][Compared::position(variable)].spread.mean.value;
    let [better, tied, worse] = &difference.same_world;
    let two = &difference.two_worlds;
    let mut row: Vec<Value> = [setup, 0].map(|setup| compared.setups[setup].name.as_str().into()).to_vec();
    row.extend(named(variable));
    row.push(if variable.better() == Better::Higher { "higher" } else { "lower" }.into());
    row.push(compared.comparison.replications.into());
    let paired = &difference.paired;
    let numbers = [
        mean(setup),
        mean(0),
        paired.mean.value,
        paired.mean.mc_standard_error,
        paired.interval.low,
        paired.interval.high,
        paired.p,
        difference.p_adjusted,
    ];
    row.extend(numbers.map(Value::from));
    row.push(verdict(difference.verdict).into());
    row.extend(shared(better));
    row.extend([tied.value, worse.value].map(Value::from));
    let interval = two.interval(CONFIDENCE);
    row.extend([two.greater, interval.low, interval.high, two.ties, two.less].map(Value::from));
    row.push(two.n.into());
    let numbers = [
        difference.effect.cohens_d,
        difference.effect.hedges_g,
        two.cliffs_delta(),
        difference.variance_reduction,
        difference.smallest,
        difference.needed,
    ];
    row.extend(numbers.map(Value::from));
    row.push(in_words(compared, setup, difference).into());
    row
}

/// The word for a verdict in tables.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => "same",
        Verdict::Unclear => "unclear",
        Verdict::Better => "better",
        Verdict::Worse => "worse",
    }
}

fn setups(compared: &Compared) -> Sheet {
    let mut sheet = Sheet::new("setups", "The set-ups by themselves", setups_columns());
    for (setup, findings) in compared.setups.iter().zip(&compared.comparison.setups) {
        for (variable, finding) in Variable::all().zip(findings) {
            let mut row = vec![setup.name.as_str().into()];
            row.extend(named(variable));
            row.push(compared.comparison.replications.into());
            let spread = &finding.spread;
            row.extend([spread.mean.value, spread.sd, spread.mean.mc_standard_error].map(Value::from));
            row.extend(spread.quantiles.map(Value::from));
            row.push(finding.target.into());
            // What has no target is above none.
            let none = [f64::NAN; 3].map(Value::from);
            row.extend(if finding.target.is_nan() { none } else { shared(&finding.above_target) });
            row.extend([finding.best.value, finding.best_with_others.value].map(Value::from));
            sheet.push(row);
        }
    }
    sheet
}

/// The columns of `setups`.
pub(in crate::output) fn setups_columns() -> Vec<Column> {
    let mut columns = vec![Column::text("setup", "Name of the set-up.")];
    columns.extend(outcome());
    columns.push(Column::whole("replications", "Replications of the set-up.", "replications"));
    columns.extend(Column::spread());
    columns.push(Column::number("target", "What its outcome is held against.", UNIT));
    columns.extend(share("share_above_target", "Share of the replications above the target."));
    columns.push(Column::number("share_best", "Share of the worlds in which no other set-up does as well.", "share"));
    columns.push(Column::number(
        "share_best_with_others",
        "Share of the worlds in which no other set-up does better, and one or more as well.",
        "share",
    ));
    columns
}

/// Every value that differs from the first set-up, and the change it is a part of.
fn changes(setups: &[Setup]) -> Sheet {
    let mut sheet = Sheet::new("changes", "What is changed from the first set-up", changes_columns());
    let Some((first, others)) = setups.split_first() else { return sheet };
    for setup in others {
        let levers = levers(&first.scenario.inputs, &setup.scenario.inputs);
        for [key, belongs_to, before, after, unit] in differing(&first.scenario, &setup.scenario) {
            let lever =
                levers.iter().find(|lever| lever.covers(key, belongs_to)).map_or("", |lever| lever.key.as_str());
            let row = [setup.name.as_str(), first.name.as_str(), lever, key, belongs_to, before, after, unit];
            sheet.push(row.map(Into::into).to_vec());
        }
    }
    sheet
}

/// The columns of `changes`.
pub(in crate::output) fn changes_columns() -> Vec<Column> {
    let mut columns = pair();
    columns.extend([
        Column::text("lever", "The change it is a part of, as in levers.csv; empty for what moves no result."),
        Column::text("key", "Key of the parameter."),
        Column::text(
            "belongs_to",
            "Partner, need, event or intervention it belongs to; empty for the partnership's own.",
        ),
        Column::text("value_against", "Its value in the set-up that it is held against; empty where there is none."),
        Column::text("value", "Its value in the set-up; empty where there is none."),
        Column::text("unit", "Its unit."),
    ]);
    columns
}

/// Key, owner, both values and unit of every assumption that differs: those of the first, then what only the second has.
pub fn differing<'s>(first: &'s Scenario, second: &'s Scenario) -> Vec<[&'s str; 5]> {
    let index = |scenario: &'s Scenario| -> BTreeMap<(&'s str, &'s str), &'s str> {
        let lines = scenario.assumptions.iter();
        lines.map(|line| ((line.key.as_str(), line.belongs_to.as_str()), line.value.as_str())).collect()
    };
    let (before, after) = (index(first), index(second));
    let lines = first.assumptions.iter().chain(&second.assumptions);
    let mut differing: Vec<[&str; 5]> = Vec::new();
    for line in lines {
        let at = (line.key.as_str(), line.belongs_to.as_str());
        let values = [&before, &after].map(|values| values.get(&at).copied().unwrap_or(""));
        let row = [at.0, at.1, values[0], values[1], line.unit.as_str()];
        if values[0] != values[1] && !differing.contains(&row) {
            differing.push(row);
        }
    }
    differing
}

fn parts(compared: &Compared) -> Sheet {
    let mut sheet = Sheet::new("levers", "Which change carries how much of the difference", levers_columns());
    for (setup, explanation) in compared.setups.iter().skip(1).zip(compared.explanations) {
        let Some(explanation) = explanation else { continue };
        for variable in Variable::all() {
            for (number, lever) in explanation.levers.iter().enumerate() {
                let mut row = vec![setup.name.as_str().into(), compared.setups[0].name.as_str().into()];
                row.extend(named(variable));
                row.extend(part_cells(explanation, number, lever, variable));
                sheet.push(row);
            }
        }
    }
    sheet
}

/// The columns of `levers`.
pub(in crate::output) fn levers_columns() -> Vec<Column> {
    let mut columns = [pair(), outcome()].concat();
    columns.extend([
        Column::text("lever", "What was changed."),
        Column::text("change", "From what to what."),
        Column::number("part", "Part of the difference that the change carries (Shapley value): the parts of all changes sum to it.", UNIT),
        Column::number("mc_standard_error", "Monte Carlo standard error of the part, that of sampled orders included.", UNIT),
        Column::number("low", "Lower bound of the 95 % interval of the part.", UNIT),
        Column::number("high", "Upper bound of the 95 % interval of the part.", UNIT),
        Column::number("share_of_difference", "The part over the difference that all changes make together in the same replications; may be above 1 or below 0 where changes work against each other.", "share"),
        Column::whole("replications", "Replications that the parts rest on, the first ones.", "replications"),
        Column::whole("combinations", "Combinations of the changes that were simulated.", "combinations"),
        Column::text("method", "exact, where these were all combinations, or sampled orders."),
    ]);
    columns
}

fn part_cells(explanation: &Explanation, number: usize, lever: &Lever, variable: Variable) -> Vec<Value> {
    let part = explanation.parts.part(number, Compared::position(variable));
    let whole = explanation.difference(variable);
    let share = if whole == 0.0 { f64::NAN } else { part.mean.value / whole };
    vec![
        lever.key.as_str().into(),
        lever.change.as_str().into(),
        part.mean.value.into(),
        part.mean.mc_standard_error.into(),
        part.interval.low.into(),
        part.interval.high.into(),
        share.into(),
        explanation.parts.n().into(),
        explanation.combinations.into(),
        if explanation.is_exact { "exact" } else { "sampled orders" }.into(),
    ]
}

impl Explanation {
    /// What all changes together make in a variable, in the replications that the explanation rests on.
    pub fn difference(&self, variable: Variable) -> f64 {
        let at = Compared::position(variable);
        (0..self.levers.len()).map(|lever| self.parts.part(lever, at).mean.value).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::comparison::tests::with_compared;

    fn cell<'s>(sheet: &'s Sheet, row: usize, column: &str) -> &'s Value {
        let at = sheet.columns.iter().position(|other| other.name == column).unwrap();
        &sheet.rows[row][at]
    }

    fn row(sheet: &Sheet, outcome: &str) -> usize {
        let at = sheet.columns.iter().position(|column| column.name == "outcome").unwrap();
        sheet.rows.iter().position(|row| row[at] == outcome.into()).unwrap()
    }

    #[test]
    fn the_tables_have_their_names_and_hold_what_was_found() {
        with_compared(|compared| {
            let sheets = sheets(compared);
            assert_eq!(sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), NAMES);
            let n_variables = Variable::all().count();
            assert_eq!([0, 1, 3].map(|k| sheets[k].rows.len()), [n_variables, 2 * n_variables, n_variables]);
            let premium = row(&sheets[0], "premium");
            let Value::Number(difference) = cell(&sheets[0], premium, "difference") else { panic!("a number") };
            assert!((difference - 20.0).abs() < 0.5, "{difference}");
            assert_eq!(cell(&sheets[0], premium, "verdict"), &"better".into());
            assert_eq!(cell(&sheets[0], row(&sheets[0], "coordination"), "verdict"), &"worse".into());
            assert_eq!(cell(&sheets[0], row(&sheets[0], "people"), "verdict"), &"same".into());
            let Value::Number(unasked) = cell(&sheets[0], row(&sheets[0], "people"), "p_holm") else {
                panic!("a number")
            };
            assert!(unasked.is_nan());
            let lever = row(&sheets[3], "premium");
            assert_eq!(cell(&sheets[3], lever, "part"), &Value::Number(*difference));
            assert_eq!(cell(&sheets[3], lever, "share_of_difference"), &Value::Number(1.0));
        });
    }

    #[test]
    fn a_value_that_one_of_both_lacks_is_a_change_told_once() {
        let first = crate::experiment::fake::scenario();
        let mut second = first.clone();
        second.assumptions[0].value = "0.8".to_string();
        let mut more = second.assumptions[0].clone();
        more.belongs_to = "council".to_string();
        second.assumptions.push(more);
        let told = differing(&first, &second);
        assert_eq!(told[0], ["communication.quality", "", "0.6", "0.8", "share"]);
        assert_eq!(told[1], ["communication.quality", "council", "", "0.8", "share"]);
        assert_eq!(told.len(), 2);
    }
}
