//! What a person reads of an experiment on the terminal: where each quantity is lowest and highest, what the levels do, the policies.

use super::super::terminal::{grid, wrapped};
use crate::analyse::findings::Estimate;
use crate::experiment::design::marginal::Level;
use crate::output::experiment::Found;
use crate::output::experiment::words::{extremes, figures, is_compared, shown, signed, title, words};

/// Rows of a table of effects that a page holds.
const MOST_EFFECTS: usize = 24;

pub(super) fn tables(found: &Found, width: usize) -> Vec<String> {
    let is_one_policy = found.experiment.policies.len() < 2;
    let mut tables = Vec::new();
    if is_one_policy && is_compared(found) {
        tables.push(ends(found, width));
    }
    if !found.effects.is_empty() {
        tables.push(effects(found, width));
    }
    if !is_one_policy {
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
    let legend =
        "Error: one standard error, from the luck of the replications. points.csv has the values of each point.";
    format!("{table}\n{}", wrapped(legend, width, ""))
}

/// What each level makes of each quantity.
fn effects(found: &Found, width: usize) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut n_effects = 0;
    for quantity in shown(found) {
        let of_it = found.effects.iter().filter(|effect| effect.quantity == quantity);
        for (position, effect) in of_it.enumerate() {
            n_effects += 1;
            let name = if position == 0 { title(&found.asked.quantities[quantity]) } else { String::new() };
            let against = effect.against.as_ref().map_or("as it is".to_string(), Level::text);
            let factor = &found.experiment.factors[effect.factor].name;
            let level = format!("{factor}: {against} → {}", effect.level.text());
            let (estimate, interval) = (effect.difference.estimate, effect.difference.interval);
            let is_clear = interval.low > 0.0 || interval.high < 0.0;
            rows.push(vec![name, level, signed(&estimate, &interval), if is_clear { "yes" } else { "no" }.to_string()]);
        }
    }
    rows.truncate(MOST_EFFECTS);
    let table =
        grid(&["Outcome", "Change", "Difference (95 % interval)", "Clear"], &["Outcome", "Change"], rows, width);
    let told = match n_effects > MOST_EFFECTS {
        true => format!("\nNot shown: {} more rows, which are in effects.csv.", n_effects - MOST_EFFECTS),
        false => String::new(),
    };
    format!("{table}{told}")
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
    let legend =
        "Error: one standard error, as with other worlds and other replications. Every policy meets the same worlds.";
    format!("{table}\n{}", wrapped(legend, width, ""))
}
