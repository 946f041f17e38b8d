//! A comparison on the terminal: each set-up against the first, and which change carries how much.

use super::super::terminal::{grid, wrapped};
use crate::analyse::comparison::{Difference, Verdict};
use crate::experiment::quantity::Variable;
use crate::output::comparison::amount::{bare, signed, unit};
use crate::output::comparison::sentences::explained;
use crate::output::comparison::sheets::verdict;
use crate::output::comparison::{Compared, Explanation};
use crate::output::figure::grouped;

/// Letters of a set-up's name in a heading at most.
const LONGEST_NAME: usize = 20;
/// Outcomes whose difference is taken apart in a table at most.
const TAKEN_APART: usize = 3;
/// Changes that have a row at most.
const MOST_LEVERS: usize = 12;

/// The tables, those of one set-up after those of the other.
pub fn tables(compared: &Compared, width: usize) -> Vec<String> {
    let mut tables = Vec::new();
    for setup in 1..compared.setups.len() {
        tables.push(differences(compared, setup, width));
        let explanation = compared.explanations.get(setup - 1).and_then(Option::as_ref);
        tables.extend(explanation.and_then(|explanation| levers(compared, setup, explanation, width)));
    }
    tables
}

fn differences(compared: &Compared, setup: usize, width: usize) -> String {
    let [first, second] = [0, setup].map(|setup| short(&compared.setups[setup].name));
    let headings =
        ["Outcome", first.as_str(), second.as_str(), "Difference (95 %)", "Same world", "Two worlds", "Unit", ""];
    let shown = compared.question.shown.iter().filter_map(|variable| compared.comparison.difference(setup, *variable));
    let rows = shown.map(|difference| row(compared, setup, difference)).collect();
    let legend = format!(
        "Same world: in how many of 100 {} does better : worse than {} where both live in the same world; two worlds: where each \
         lives in one of its own. The rest is the same.",
        compared.setups[setup].name, compared.setups[0].name
    );
    format!("{}\n{}", grid(&headings, &["Outcome", "Unit", ""], rows, width), wrapped(&legend, width, ""))
}

fn row(compared: &Compared, setup: usize, difference: &Difference) -> Vec<String> {
    let variable = difference.variable;
    let at = Variable::all().position(|other| other == variable).unwrap_or(0);
    let mean = |setup: usize| {
        let mean = &compared.comparison.setups[setup][at].spread.mean;
        bare(variable, mean.value, 4.0 * mean.mc_standard_error)
    };
    let in_100 = |share: f64| if share.is_nan() { "–".to_string() } else { grouped(100.0 * share, 0) };
    let [better, _, worse] = &difference.same_world;
    let apart = &difference.two_worlds;
    let paired = &difference.paired;
    let (told, mark) = match difference.verdict {
        Verdict::Same => ("none".to_string(), "the same".to_string()),
        Verdict::Unclear => (signed(variable, paired.mean.value, &paired.interval), "not clear".to_string()),
        clear => (signed(variable, paired.mean.value, &paired.interval), verdict(clear).to_string()),
    };
    vec![
        variable.title().to_string(),
        mean(0),
        mean(setup),
        told,
        format!("{} : {}", in_100(better.value), in_100(worse.value)),
        format!("{} : {}", in_100(apart.greater), in_100(apart.less)),
        unit(variable).trim().to_string(),
        mark,
    ]
}

/// What each change carries of the clear differences; nothing where one change carries all or nothing is clear.
fn levers(compared: &Compared, setup: usize, explanation: &Explanation, width: usize) -> Option<String> {
    let taken_apart: Vec<Variable> = explained(compared, setup).into_iter().take(TAKEN_APART).collect();
    let leading = taken_apart.first()?;
    if explanation.levers.len() < 2 {
        return None;
    }
    let at = |variable: &Variable| Variable::all().position(|other| other == *variable).unwrap_or(0);
    let mut order: Vec<usize> = (0..explanation.levers.len()).collect();
    let part = |lever: usize| explanation.parts.part(lever, at(leading)).mean.value.abs();
    order.sort_by(|&a, &b| part(b).total_cmp(&part(a)));
    let rows = order.iter().take(MOST_LEVERS).map(|&number| {
        let lever = &explanation.levers[number];
        let mut row = vec![lever.key.clone(), lever.change.clone()];
        row.extend(taken_apart.iter().map(|variable| {
            let part = explanation.parts.part(number, at(variable));
            signed(*variable, part.mean.value, &part.interval)
        }));
        row
    });
    let units: Vec<String> =
        taken_apart.iter().map(|variable| format!("{}{}", variable.title(), in_brackets(*variable))).collect();
    let mut headings = vec!["Change", "From and to"];
    headings.extend(units.iter().map(String::as_str));
    let table = grid(&headings, &["Change", "From and to"], rows.collect(), width);
    let method = if explanation.is_exact { "all" } else { "a sample of the" };
    let rest = order.len().saturating_sub(MOST_LEVERS);
    let left_out =
        if rest > 0 { format!(" Not shown: {rest} further changes; levers.csv has all.") } else { String::new() };
    let legend = format!(
        "What each change carries of the difference: the mean over {method} orders in which the changes could be made, from {} \
         combinations in {} replications (Shapley values). They sum to the difference in these.{left_out}",
        grouped(explanation.combinations as f64, 0),
        grouped(explanation.parts.n() as f64, 0)
    );
    Some(format!("{table}\n{}", wrapped(&legend, width, "")))
}

fn in_brackets(variable: Variable) -> String {
    let unit = unit(variable);
    if unit.is_empty() { String::new() } else { format!(" ({})", unit.trim()) }
}

fn short(name: &str) -> String {
    if name.chars().count() <= LONGEST_NAME {
        return name.to_string();
    }
    let kept: String = name.chars().take(LONGEST_NAME - 1).collect();
    format!("{kept}…")
}
