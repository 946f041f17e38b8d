//! What an experiment found, in words: what a page shows of it, and the sentences.

use super::Found;
use crate::analyse::effects::Effect;
use crate::analyse::findings::Estimate;
use crate::analyse::wilson::Interval;
use crate::experiment::design::Design;
use crate::experiment::design::marginal::Level;
use crate::experiment::quantity::Quantity;
use crate::model::outcomes::Better;
use crate::output::figure::{counted, decimals_for, decimals_to_show, grouped};
use crate::output::number;

/// Names of outcomes that a page shows where nothing else was asked for.
const HEADLINES: [&str; 4] = ["premium", "alive", "failed", "need_met"];

/// Quantities that a page can show at most.
const MOST_SHOWN: usize = 8;

/// Positions of the quantities that a page shows.
pub fn shown(found: &Found) -> Vec<usize> {
    let quantities = &found.asked.quantities;
    if found.experiment.quantities.is_empty() {
        return HEADLINES
            .iter()
            .filter_map(|name| quantities.iter().position(|one| one.variable().name() == *name))
            .collect();
    }
    (0..quantities.len().min(MOST_SHOWN)).collect()
}

/// A heading for people: `Premium over working alone`, `P(premium > 0)`.
pub fn title(quantity: &Quantity) -> String {
    match quantity {
        Quantity::Mean(variable) => variable.title().to_string(),
        _ => quantity.to_string(),
    }
}

/// A value and its standard error, to as many digits as it supports.
pub fn figures(estimate: &Estimate) -> String {
    let decimals = decimals_to_show(estimate.mc_standard_error, decimals_for(estimate.value));
    let value = grouped(estimate.value, decimals);
    if estimate.mc_standard_error.is_nan() {
        value
    } else {
        format!("{value} ± {}", grouped(estimate.mc_standard_error, decimals))
    }
}

/// A difference with its sign and its interval.
pub fn signed(estimate: &Estimate, interval: &Interval) -> String {
    let decimals = decimals_to_show(estimate.mc_standard_error, decimals_for(estimate.value));
    let digits = |value: f64| grouped(value, decimals);
    let sign = if estimate.value > 0.0 { "+" } else { "" };
    format!("{sign}{} ({} to {})", digits(estimate.value), digits(interval.low), digits(interval.high))
}

/// Factors beyond which a point is told by its number.
const MOST_FACTORS: usize = 4;

/// A point in words: `quality 0.5, form shared; policy pool`; by its number where it has many factors.
pub fn words(found: &Found, set_up: usize) -> String {
    let n = found.experiment.policies.len();
    let value = |level: &Level| match level {
        Level::Number(value) => number::text(to_four_digits(*value)),
        Level::Word(word) => word.clone(),
    };
    let named = found.experiment.factors.iter().zip(&found.points[set_up / n].values);
    let set: Vec<String> = named
        .filter_map(|(factor, level)| level.as_ref().map(|level| format!("{} {}", factor.name, value(level))))
        .collect();
    let set = match set.len() {
        0 => "the scenario as it is".to_string(),
        many if many > MOST_FACTORS => format!("point {}", 1 + set_up / n),
        _ => set.join(", "),
    };
    if n > 1 { format!("{set}; policy {}", found.experiment.policies[set_up % n].name) } else { set }
}

fn to_four_digits(value: f64) -> f64 {
    let mut scale = 1.0;
    while (value * scale).abs() < 1000.0 && scale < 1e12 && value != 0.0 {
        scale *= 10.0;
    }
    (value * scale).round() / scale
}

/// The set-ups with the lowest and the highest value of a quantity.
pub fn extremes(found: &Found, quantity: usize) -> Option<(usize, usize)> {
    let value = |at: &usize| found.findings[*at].quantities[quantity].estimate.value;
    let by = |a: &usize, b: &usize| value(a).total_cmp(&value(b)).then(b.cmp(a));
    let known = || (0..found.findings.len()).filter(|at| !value(at).is_nan());
    known().min_by(by).zip(known().max_by(by))
}

/// Whether its points are compared, and not only rows from which something is estimated.
pub fn is_compared(found: &Found) -> bool {
    !matches!(found.experiment.design, Design::Morris { .. } | Design::Saltelli { .. })
}

/// The sentences, in the order a reader wants them.
pub fn sentences(found: &Found) -> Vec<String> {
    let experiment = found.experiment;
    let mut sentences = vec![extent(found)];
    for quantity in shown(found) {
        sentences.extend(best(found, quantity).filter(|_| is_compared(found)));
        sentences.extend(strongest(found, quantity));
        sentences.extend(of_policies(found, quantity));
    }
    if experiment.design.is_sample() && is_compared(found) && found.points.len() > 1 {
        sentences.push("The best of many points owes some of its place to luck: run it again with another seed before building on it.".to_string());
    }
    sentences
}

/// How much was run.
pub fn extent(found: &Found) -> String {
    let (points, policies) = (found.points.len() as u64, found.experiment.policies.len() as u64);
    let replications = counted(found.experiment.replications, "replication");
    let crossed = if policies > 1 {
        format!(" under {}", counted(policies, "policy").replace("policys", "policies"))
    } else {
        String::new()
    };
    let kind = found.experiment.design.word().replace('_', " ");
    format!(
        "{} of a design of kind {kind}{crossed}, each with the same {replications}: {} in all.",
        counted(points, "point"),
        grouped((points * policies * found.experiment.replications) as f64, 0)
    )
}

fn best(found: &Found, quantity: usize) -> Option<String> {
    // By their numbers alone points say nothing; the table has them.
    let is_told = found.experiment.factors.len() <= MOST_FACTORS;
    let (lowest, highest) = extremes(found, quantity).filter(|(lowest, highest)| is_told && lowest != highest)?;
    let asked = &found.asked.quantities[quantity];
    let (best, worst) = match asked.variable().better() {
        Better::Lower if !matches!(asked, Quantity::Probability(_)) => (lowest, highest),
        _ => (highest, lowest),
    };
    let value = |at: usize| figures(&found.findings[at].quantities[quantity].estimate);
    let side = |at: usize| if at == highest { "highest" } else { "lowest" };
    Some(format!(
        "{}: {} with {} ({}), {} with {} ({}).",
        title(asked),
        side(best),
        words(found, best),
        value(best),
        side(worst),
        words(found, worst),
        value(worst)
    ))
}

/// The level that makes the greatest clear difference.
fn strongest(found: &Found, quantity: usize) -> Option<String> {
    if found.effects.is_empty() {
        return None;
    }
    let title = title(&found.asked.quantities[quantity]);
    let of_it = found.effects.iter().filter(|effect| effect.quantity == quantity);
    let clear = of_it.filter(|effect| effect.difference.interval.low > 0.0 || effect.difference.interval.high < 0.0);
    let size = |effect: &Effect| effect.difference.estimate.value.abs();
    let Some(most) = clear.max_by(|a, b| size(a).total_cmp(&size(b))) else {
        return Some(format!(
            "{title}: no clear difference from any level of any factor at {}.",
            counted(found.experiment.replications, "replication")
        ));
    };
    let against = most.against.as_ref().map_or("the scenario as it is".to_string(), Level::text);
    Some(format!(
        "{title} depends most on {}: {} rather than {against} makes {}.",
        found.experiment.factors[most.factor].name,
        most.level.text(),
        signed(&most.difference.estimate, &most.difference.interval)
    ))
}

fn of_policies(found: &Found, quantity: usize) -> Option<String> {
    let first = found.experiment.policies.first().filter(|_| found.experiment.policies.len() > 1)?;
    let told = found.experiment.policies.iter().zip(found.policies).skip(1).map(|(policy, of)| {
        let one = &of[quantity];
        let clear = one.interval.low > 0.0 || one.interval.high < 0.0;
        let words = if clear { "" } else { ", no clear difference" };
        format!(
            "{} {} on average, higher in {} of {}{words}",
            policy.name,
            signed(&one.difference, &one.interval),
            one.greater,
            counted(one.worlds, "world")
        )
    });
    Some(format!(
        "{} against {}: {}.",
        title(&found.asked.quantities[quantity]),
        first.name,
        told.collect::<Vec<_>>().join("; ")
    ))
}
