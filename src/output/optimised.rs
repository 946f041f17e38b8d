//! What a search for levers found: its tables, and what a decision maker wants to read of them.

use super::column::Column;
use super::figure::{counted, decimals_for, grouped, money};
use super::sheet::{Sheet, Value};
use crate::analyse::findings::Estimate;
use crate::analyse::optimised::{Measurement, Optimised, Row, difference, recent_rise};
use crate::experiment::quantity::Quantity;
use crate::experiment::search::file::{Asked, Measured};
use crate::experiment::search::lever::{Lever, Range};
use crate::model::outcomes::Better;

/// Names of the tables.
pub const NAMES: [&str; 3] = ["front", "history", "reevaluated"];

/// What the base case is called.
pub const BASE: &str = "base";

/// The tables.
pub fn sheets(asked: &Asked, found: &Optimised) -> Vec<Sheet> {
    vec![front(asked, found), history(asked, found), reevaluated(asked, found)]
}

/// The base case and the front, each with its name.
pub fn rows(found: &Optimised) -> impl Iterator<Item = (String, &Row)> {
    let front = found.front.iter().enumerate().map(|(at, row)| ((at + 1).to_string(), row));
    std::iter::once((BASE.to_string(), &found.base)).chain(front)
}

/// Unit of a quantity in words.
pub fn unit(quantity: &Quantity) -> &'static str {
    match quantity {
        Quantity::Probability(_) => "share",
        Quantity::Mean(variable) if variable.is_yes_or_no() => "share",
        Quantity::Mean(variable) | Quantity::Quantile(variable, _) => variable.unit(),
    }
}

/// One row a candidate, as wide as there are levers and quantities.
fn front(asked: &Asked, found: &Optimised) -> Sheet {
    let levers = asked.levers.iter().map(|lever| (lever.name.clone(), lever.paths.join(" and ")));
    let quantities = asked.quantities().into_iter().map(|quantity| (quantity.to_string(), unit(&quantity)));
    let mut sheet = Sheet::new("front", "Candidates that no other beats", front_columns(levers, quantities));
    for (name, row) in rows(found) {
        let mut cells: Vec<Value> = vec![name.into()];
        cells.extend(
            (0..asked.levers.len()).map(|k| row.values.get(k).map_or("", |value| value.trim_matches('"')).into()),
        );
        cells.push(row.cost.into());
        let found = row.found.iter().flat_map(|one| [one.value.value, one.value.mc_standard_error]);
        cells.extend(found.map(Value::Number));
        cells.extend([row.is_allowed_afresh, row.is_unbeaten_afresh].map(|is| yes_or_no(is).into()));
        sheet.push(cells);
    }
    sheet
}

/// The columns of `front`, of levers with their paths and of quantities with their units.
pub(super) fn front_columns<'u>(
    levers: impl IntoIterator<Item = (String, String)>,
    quantities: impl IntoIterator<Item = (String, &'u str)>,
) -> Vec<Column> {
    let mut columns = vec![Column::text("candidate", "`base`, or the number of a candidate that no other beats.")];
    columns.extend(levers.into_iter().map(|(name, paths)| {
        Column::text(&name, &format!("Value of {paths}; empty where the scenario's own is kept."))
    }));
    columns.push(Column::number("cost", "What the levers cost together.", "that of the file"));
    for (name, unit) in quantities {
        let meaning = format!("{name} in the replications of the search; of the front too good by the winner's curse.");
        columns.push(Column::number(&name, &meaning, unit));
        columns.push(Column::number(&format!("{name}_se"), &format!("Monte Carlo standard error of {name}."), unit));
    }
    columns.push(Column::text("allowed_afresh", "Whether every constraint holds in fresh replications: yes or no."));
    columns.push(Column::text(
        "unbeaten_afresh",
        "Whether no other of the front beats it in fresh replications: yes or no.",
    ));
    columns
}

fn yes_or_no(is: Option<bool>) -> &'static str {
    match is {
        None => "",
        Some(true) => "yes",
        Some(false) => "no",
    }
}

/// One row a generation.
fn history(asked: &Asked, found: &Optimised) -> Sheet {
    let objectives = asked.objectives.iter().map(|objective| objective.measured.to_string());
    let mut sheet = Sheet::new("history", "The search, generation by generation", history_columns(objectives));
    for (at, (generation, covered)) in found.generations.iter().zip(&found.covered).enumerate() {
        let mut cells: Vec<Value> = vec![(at + 1).into(), generation.tried.into(), generation.allowed.into()];
        cells.extend([generation.front.len().into(), (*covered).into()]);
        for (respect, objective) in asked.objectives.iter().enumerate() {
            let best = generation.front.iter().map(|point| point[respect]).fold(f64::NAN, f64::max);
            let value = if objective.better == Better::Lower { 0.0 - best } else { best };
            cells.push(value.into());
        }
        sheet.push(cells);
    }
    sheet
}

/// The columns of `history`, of these objectives.
pub(super) fn history_columns(objectives: impl IntoIterator<Item = String>) -> Vec<Column> {
    let mut columns = vec![
        Column::whole("generation", "Number of the generation, from 1.", "1"),
        Column::whole("tried", "Different candidates tried so far.", "1"),
        Column::whole("allowed", "Living candidates within the budget that break no constraint.", "1"),
        Column::whole("on_front", "Of these, those that no other beats.", "1"),
        Column::number(
            "hypervolume",
            "Share that their front covers of the range of all generations' fronts; it stands still when the search has settled.",
            "share",
        ),
    ];
    columns.extend(objectives.into_iter().map(|objective| {
        let meaning = "The best among them, in the replications of the search.";
        Column::number(&format!("best {objective}"), meaning, "that of the objective")
    }));
    columns
}

/// One row a candidate and quantity.
fn reevaluated(asked: &Asked, found: &Optimised) -> Sheet {
    let mut sheet =
        Sheet::new("reevaluated", "What the search promised and what fresh replications say", reevaluated_columns());
    for (name, row) in rows(found) {
        for (at, quantity) in asked.quantities().iter().enumerate() {
            let found = row.found[at];
            let nothing = Estimate { value: f64::NAN, mc_standard_error: f64::NAN };
            let none = Measurement { value: nothing, gain: nothing };
            let fresh = row.fresh.as_ref().map_or(none, |fresh| fresh[at]);
            let difference = difference(&found.value, &fresh.value);
            let numbers = [
                found.value.value,
                found.value.mc_standard_error,
                fresh.value.value,
                fresh.value.mc_standard_error,
                fresh.value.interval().low,
                fresh.value.interval().high,
                difference.value,
                difference.mc_standard_error,
                found.gain.value,
                found.gain.mc_standard_error,
                fresh.gain.value,
                fresh.gain.mc_standard_error,
                fresh.gain.interval().low,
                fresh.gain.interval().high,
            ];
            let mut cells: Vec<Value> = vec![name.as_str().into(), quantity.to_string().into()];
            cells.extend(numbers.map(Value::Number));
            sheet.push(cells);
        }
    }
    sheet
}

/// The columns of `reevaluated`.
pub(super) fn reevaluated_columns() -> Vec<Column> {
    let of = "that of the quantity";
    vec![
        Column::text("candidate", "`base`, or the number of a candidate in front.csv."),
        Column::text("quantity", "What is measured."),
        Column::number("found", "Its value in the replications of the search.", of),
        Column::number("found_se", "Its Monte Carlo standard error, which does not know of the winner's curse.", of),
        Column::number("fresh", "Its value in replications that the search never saw.", of),
        Column::number("fresh_se", "Its Monte Carlo standard error.", of),
        Column::number("fresh_low", "Lower end of its 95 % interval.", of),
        Column::number("fresh_high", "Upper end of its 95 % interval.", of),
        Column::number(
            "difference",
            "Fresh less found; of a maximum usually below 0: the winner's curse and luck that all share.",
            of,
        ),
        Column::number("difference_se", "Its standard error.", of),
        Column::number("found_gain", "How much more than the base case in the same replications of the search.", of),
        Column::number("found_gain_se", "Its Monte Carlo standard error.", of),
        Column::number("fresh_gain", "How much more than the base case in the same fresh replications.", of),
        Column::number("fresh_gain_se", "Its Monte Carlo standard error.", of),
        Column::number("fresh_gain_low", "Lower end of its 95 % interval.", of),
        Column::number("fresh_gain_high", "Upper end of its 95 % interval.", of),
    ]
}

/// What was found, in sentences.
pub fn sentences(asked: &Asked, found: &Optimised) -> Vec<String> {
    let mut sentences = vec![effort(found)];
    if found.front.is_empty() {
        let message =
            "No candidate was within the budget and all constraints: loosen one of them, or widen a lever's range.";
        sentences.push(message.to_string());
    }
    for respect in 0..asked.objectives.len() {
        sentences.extend(best_for(asked, found, respect));
    }
    sentences.extend(front_afresh(found));
    sentences.extend(at_an_end(asked, found));
    sentences.extend(settled(found));
    let (n_refused, first) = &found.refused;
    if let Some(first) = first {
        let n = counted(*n_refused as u64, "candidate");
        sentences.push(format!("The scenario does not allow {n}; of the first it says: {first}."));
    }
    sentences
}

fn effort(found: &Optimised) -> String {
    let tried = counted(found.generations.last().map_or(0, |last| last.tried) as u64, "candidate");
    let generations = counted(found.generations.len() as u64, "generation");
    let budget = match found.n_over_budget {
        0 => String::new(),
        n => format!(", {} of them beyond the budget and not simulated", grouped(n as f64, 0)),
    };
    let front = found.front.len() as u64;
    let left = if front == 1 {
        "1 that no other beats".to_string()
    } else {
        format!("{} that no other beats", grouped(front as f64, 0))
    };
    format!("The search tried {tried} in {generations}{budget}, and ends with {left}.")
}

/// An amount in the unit of a quantity.
fn amount(quantity: &Quantity, value: f64) -> String {
    if value.is_nan() {
        return "–".to_string();
    }
    match unit(quantity) {
        "thousand pounds" => format!("{}{}", if value < 0.0 { "-" } else { "" }, money(value)),
        _ if value != 0.0 && value.abs() < 0.1 => grouped(value, 3),
        _ => grouped(value, decimals_for(value)),
    }
}

/// The candidate that is best by one objective in the fresh replications, what was promised of it, and what is left.
fn best_for(asked: &Asked, found: &Optimised, respect: usize) -> Option<String> {
    let objective = asked.objectives.get(respect)?;
    let Measured::Quantity(quantity) = objective.measured else { return None };
    let at = asked.quantities().iter().position(|one| *one == quantity)?;
    let sign = if objective.better == Better::Higher { 1.0 } else { -1.0 };
    let promised = |row: &Row| sign * row.found[at].value.value;
    let (number, row) = found
        .front
        .iter()
        .enumerate()
        .reduce(|best, other| if promised(other.1) > promised(best.1) { other } else { best })?;
    let levers: Vec<String> = asked
        .levers
        .iter()
        .zip(&row.values)
        .map(|(lever, value)| format!("{} {}", lever.name, value.trim_matches('"').trim_end_matches(".0")))
        .collect();
    let told = |value: f64| amount(&quantity, value);
    let gain = row.found[at].gain.value;
    let mut text = format!(
        "Best found for {quantity}: candidate {} ({}). The search promised {}, {} than the base case",
        number + 1,
        levers.join(", "),
        told(row.found[at].value.value),
        more(&quantity, gain)
    );
    let Some(fresh) = row.fresh.as_ref().map(|fresh| fresh[at]) else {
        text.push_str("; it was not judged afresh, because the search was interrupted.");
        return Some(text);
    };
    let interval = fresh.value.interval();
    let [value, low, high] = [fresh.value.value, interval.low, interval.high].map(told);
    let of_gain = fresh.gain.interval();
    let is_clear = of_gain.low > 0.0 || of_gain.high < 0.0;
    let ends = [of_gain.low, of_gain.high].map(told);
    let kept = if is_clear {
        format!("{} than the base case ({} to {})", more(&quantity, fresh.gain.value), ends[0], ends[1])
    } else {
        format!("no clear difference from the base case ({} to {})", ends[0], ends[1])
    };
    text.push_str(&format!("; fresh replications say {value} ({low} to {high}), {kept}."));
    text.push_str(&curse(&quantity, sign, &row.found[at].gain, &fresh.gain));
    Some(text)
}

/// How much of the promised gain is gone in fresh replications, and whether that is more than chance.
fn curse(quantity: &Quantity, sign: f64, promised: &Estimate, kept: &Estimate) -> String {
    let fall = difference(kept, promised);
    let lost = sign * fall.value;
    let interval = Estimate { value: lost, ..fall }.interval();
    let told = |value: f64| amount(quantity, value.abs());
    if lost.is_nan() {
        String::new()
    } else if interval.low > 0.0 {
        format!(
            " Of the promised gain {} ({} to {}) was the winner's curse.",
            told(lost),
            told(interval.low),
            told(interval.high)
        )
    } else {
        let word = if lost < 0.0 { "more" } else { "less" };
        format!(
            " That gain is {} {word} than promised, which is within chance (± {}).",
            told(lost),
            told(interval.high - lost)
        )
    }
}

fn more(quantity: &Quantity, gain: f64) -> String {
    let word = if gain < 0.0 { "less" } else { "more" };
    format!("{} {word}", amount(quantity, gain.abs()))
}

fn front_afresh(found: &Optimised) -> Option<String> {
    let n = found.front.len();
    let of = |is: fn(&Row) -> Option<bool>| {
        found.front.iter().map(is).collect::<Option<Vec<bool>>>().map(|all| all.into_iter().filter(|is| *is).count())
    };
    let (allowed, unbeaten) = (of(|row| row.is_allowed_afresh)?, of(|row| row.is_unbeaten_afresh)?);
    (n > 0).then(|| {
        let broken = if allowed < n { format!("; {} break a constraint there", n - allowed) } else { String::new() };
        let all = if unbeaten == n { "all".to_string() } else { format!("{unbeaten} of these") };
        format!("In fresh replications {all} {n} are still beaten by no other{broken}.")
    })
}

/// Levers that the whole front has at an end of their range, beyond which nobody looked.
fn at_an_end(asked: &Asked, found: &Optimised) -> Option<String> {
    let end = |(at, lever): (usize, &Lever)| {
        if matches!(lever.range, Range::Levels(_)) {
            return None;
        }
        let (low, high) = lever.bounds();
        let all = |end: f64| found.front.iter().all(|row| row.values[at] == lever.value(end));
        let told = |word: &str, end: f64| {
            let value = lever.value(end);
            format!("{} at its {word} end ({})", lever.name, value.trim_end_matches(".0"))
        };
        if all(high) {
            Some(told("upper", high))
        } else if all(low) {
            Some(told("lower", low))
        } else {
            None
        }
    };
    let ends: Vec<String> = asked.levers.iter().enumerate().filter_map(end).collect();
    (!ends.is_empty() && !found.front.is_empty())
        .then(|| format!("The whole front has {}: beyond it nobody looked.", ends.join(" and ")))
}

/// Whether the last third of the generations still brought anything.
fn settled(found: &Optimised) -> Option<String> {
    let (n, rise) = recent_rise(&found.covered)?;
    let generations = if n == 1 { "generation".to_string() } else { format!("{n} generations") };
    Some(if rise < 0.01 {
        format!("The search has settled: the last {generations} widened the front by less than 1 %.")
    } else {
        format!(
            "The search may not have settled: the last {generations} still widened the front by {} %. More generations may find better.",
            grouped(100.0 * rise, 0)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_winners_curse_is_told_where_it_is_more_than_chance() {
        let premium = Quantity::parse("premium").unwrap();
        let of = |value, mc_standard_error| Estimate { value, mc_standard_error };
        let told = curse(&premium, 1.0, &of(500.0, 30.0), &of(300.0, 40.0));
        // The fall of 200 has a standard error of 50.
        assert_eq!(told, " Of the promised gain £200,000 (£102,000 to £298,000) was the winner's curse.");
        let told = curse(&premium, 1.0, &of(320.0, 30.0), &of(300.0, 40.0));
        assert_eq!(told, " That gain is £20,000 less than promised, which is within chance (± £98,000).");
        let told = curse(&premium, 1.0, &of(300.0, 30.0), &of(320.0, 40.0));
        assert!(told.contains("£20,000 more than promised"), "{told}");
        // Of a probability of failure less is better: from 20 points less to 5 points less is a fall of 15.
        let failed = Quantity::parse("P(failed)").unwrap();
        let told = curse(&failed, -1.0, &of(-0.2, 0.03), &of(-0.05, 0.04));
        assert!(told.contains("Of the promised gain 0.15 (0.052 to 0.25) was the winner's curse"), "{told}");
    }
}
