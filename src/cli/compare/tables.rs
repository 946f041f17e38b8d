//! A comparison on the terminal: each set-up against the first, and which change carries how much.

use super::super::terminal::{grid, wrapped};
use crate::analyse::comparison::{Difference, Verdict};
use crate::experiment::quantity::Variable;
use crate::output::comparison::amount::{brief, brief_signed};
use crate::output::comparison::sentences::{explained, is_small};
use crate::output::comparison::sheets::verdict;
use crate::output::comparison::{Compared, Explanation};
use crate::output::figure::grouped;

/// Letters of a set-up's name in a heading at most.
const LONGEST_NAME: usize = 28;
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
    let headings = ["Outcome", &first, &second, "Difference (95 %)", "Same world", "Two worlds", ""];
    let shown = compared.question.shown.iter().filter_map(|variable| compared.comparison.difference(setup, *variable));
    let rows: Vec<Vec<String>> = shown.map(|difference| row(compared, setup, difference)).collect();
    let drawn = |columns: &[usize], width: usize| {
        let headings: Vec<&str> = columns.iter().map(|&column| headings[column]).collect();
        let rows = rows.iter().map(|row| columns.iter().map(|&column| row[column].clone()).collect()).collect();
        grid(&headings, &["Outcome", ""], rows, width)
    };
    // The means stand in the sentences too.
    let whole = drawn(&[0, 1, 2, 3, 4, 5, 6], usize::MAX);
    let fits = whole.lines().all(|line| line.chars().count() <= width);
    let table = if fits { whole } else { drawn(&[0, 3, 4, 5, 6], width) };
    let [name, against] = [setup, 0].map(|setup| compared.setups[setup].name.as_str());
    // Of two set-ups the title says which they are.
    let heading = if compared.setups.len() > 2 { format!("{name} against {against}\n") } else { String::new() };
    let counted = compared.question.shown.iter().any(|variable| variable.is_yes_or_no());
    let counted =
        if counted { "What happens or does not, such as failing, is counted in 100 replications. " } else { "" };
    let shown = compared.question.shown.iter().filter_map(|variable| compared.comparison.difference(setup, *variable));
    let small = if shown.into_iter().any(is_small) {
        " In brackets: clear, but less than what matters, which unless --difference gives it is 1 in 100 or a tenth of the standard deviation."
    } else {
        ""
    };
    let legend = format!(
        "{counted}Same world: in how many of 100 {name} does better : worse than {against} where both live in the same world; two \
         worlds: where each lives in one of its own. The rest of the 100 is the same.{small}"
    );
    format!("{heading}{table}\n{}", wrapped(&legend, width, ""))
}

fn row(compared: &Compared, setup: usize, difference: &Difference) -> Vec<String> {
    let variable = difference.variable;
    let at = Variable::all().position(|other| other == variable).unwrap_or(0);
    let [first, second] = [0, setup].map(|setup| compared.comparison.setups[setup][at].spread.mean);
    let width = 4.0 * f64::max(first.mc_standard_error, second.mc_standard_error);
    let in_100 = |share: f64| if share.is_nan() { "–".to_string() } else { grouped(100.0 * share, 0) };
    let [better, _, worse] = &difference.same_world;
    let apart = &difference.two_worlds;
    let paired = &difference.paired;
    let is_same = difference.verdict == Verdict::Same;
    vec![
        variable.title().to_string(),
        brief(variable, first.value, width),
        brief(variable, second.value, width),
        if is_same { "none".to_string() } else { brief_signed(variable, paired.mean.value, &paired.interval) },
        format!("{} : {}", in_100(better.value), in_100(worse.value)),
        format!("{} : {}", in_100(apart.greater), in_100(apart.less)),
        match difference.verdict {
            Verdict::Unclear => "not clear".to_string(),
            clear if is_small(difference) => format!("({})", verdict(clear)),
            clear => verdict(clear).to_string(),
        },
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
    let drawn = |with_change: bool, n_outcomes: usize, width: usize| {
        let outcomes = &taken_apart[..n_outcomes.min(taken_apart.len())];
        let change = with_change.then_some("From and to");
        let headings: Vec<&str> =
            ["Change"].into_iter().chain(change).chain(outcomes.iter().map(|variable| variable.title())).collect();
        let rows = order.iter().take(MOST_LEVERS).map(|&number| {
            let lever = &explanation.levers[number];
            let amount = |variable: &Variable| {
                let part = explanation.parts.part(number, at(variable));
                brief_signed(*variable, part.mean.value, &part.interval)
            };
            let told = [lever.key.clone()].into_iter().chain(with_change.then(|| lever.change.clone()));
            told.chain(outcomes.iter().map(amount)).collect()
        });
        grid(&headings, &["Change", "From and to"], rows.collect(), width)
    };
    let fits = |table: &String| table.lines().all(|line| line.chars().count() <= width);
    // The words for a change stand in levers.csv too; an outcome less is told before a name is broken.
    let narrower = [(true, TAKEN_APART), (false, TAKEN_APART), (false, 2), (false, 1)];
    let tables = narrower.map(|(with_change, n_outcomes)| drawn(with_change, n_outcomes, usize::MAX));
    let table = tables.into_iter().find(fits).unwrap_or_else(|| drawn(false, 1, width));
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

fn short(name: &str) -> String {
    if name.chars().count() <= LONGEST_NAME {
        return name.to_string();
    }
    let kept: String = name.chars().take(LONGEST_NAME - 1).collect();
    format!("{kept}…")
}
