//! What a person reads of an experiment on the terminal: where each quantity is lowest and highest, what the levels do, the policies.

use super::super::terminal::grid;
use crate::analyse::findings::Estimate;
use crate::experiment::design::marginal::Level;
use crate::output::experiment::{Found, extremes, figures, shown, signed, title, words};

/// Rows of a table of effects that a page holds.
const MOST_EFFECTS: usize = 24;

pub(super) fn tables(found: &Found, width: usize) -> Vec<String> {
    let mut tables = vec![ends(found, width)];
    if !found.effects.is_empty() {
        tables.push(effects(found, width));
    }
    if found.experiment.policies.len() > 1 {
        tables.push(policies(found, width));
    }
    tables
}

/// Where each quantity is lowest and highest.
fn ends(found: &Found, width: usize) -> String {
    let mut rows = Vec::new();
    for quantity in shown(found) {
        let Some((lowest, highest)) = extremes(found, quantity) else { continue };
        for (which, at) in [("lowest", lowest), ("highest", highest)] {
            let estimate: &Estimate = &found.findings[at].quantities[quantity].estimate;
            let name = if which == "lowest" { title(&found.asked.quantities[quantity]) } else { String::new() };
            rows.push(vec![name, which.to_string(), figures(estimate), words(found, at)]);
        }
    }
    let table = grid(&["Outcome", "End", "Value ± error", "Where"], &["Outcome", "End", "Where"], rows, width);
    format!("{table}\nError: one standard error, from the luck of the replications.")
}

/// What each level makes of each quantity.
fn effects(found: &Found, width: usize) -> String {
    let shown = shown(found);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let of = || found.effects.iter().filter(|effect| shown.contains(&effect.quantity));
    for effect in of().take(MOST_EFFECTS) {
        let against = effect.against.as_ref().map_or("as it is".to_string(), Level::text);
        let difference = effect.difference;
        let is_clear = difference.interval.low > 0.0 || difference.interval.high < 0.0;
        rows.push(vec![
            found.experiment.factors[effect.factor].name.clone(),
            format!("{} rather than {against}", effect.level.text()),
            title(&found.asked.quantities[effect.quantity]),
            signed(&difference.estimate, &difference.interval),
            if is_clear { "" } else { "no clear difference" }.to_string(),
        ]);
    }
    let left_out = of().count().saturating_sub(MOST_EFFECTS);
    let headings = ["Factor", "Level", "Outcome", "Difference (95 % interval)", ""];
    let table = grid(&headings, &["Factor", "Level", "Outcome", ""], rows, width);
    if left_out > 0 { format!("{table}\nNot shown: {left_out} more rows, which are in effects.csv.") } else { table }
}

/// The policies over all worlds.
fn policies(found: &Found, width: usize) -> String {
    let mut rows = Vec::new();
    for quantity in shown(found) {
        for (position, (policy, of)) in found.experiment.policies.iter().zip(found.policies).enumerate() {
            let one = &of[quantity];
            let name = if position == 0 { title(&found.asked.quantities[quantity]) } else { String::new() };
            let against = if position == 0 { "–".to_string() } else { signed(&one.difference, &one.interval) };
            let higher = if position == 0 { "–".to_string() } else { format!("{} of {}", one.greater, one.worlds) };
            rows.push(vec![name, policy.name.clone(), figures(&one.mean), against, higher]);
        }
    }
    let first = &found.experiment.policies[0].name;
    let difference = format!("Against {first} (95 % interval)");
    let headings = ["Outcome", "Policy", "Mean ± error", difference.as_str(), "Higher in worlds"];
    let table = grid(&headings, &["Outcome", "Policy"], rows, width);
    format!("{table}\nError: one standard error, as with other worlds drawn. Every policy meets the same worlds.")
}
