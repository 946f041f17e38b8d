//! A choice among policies: its tables, and what a decision maker wants to read of them.

use super::column::Column;
use super::figure::{counted, decimals_for, grouped, money};
use super::sheet::{Sheet, Value};
use crate::analyse::choosing::dominance::{Dominance, Order};
use crate::analyse::choosing::findings::{Choosing, Judged, Outcome, Question};
use crate::analyse::choosing::information::Information;
use crate::analyse::findings::Share;
use crate::model::outcomes::Better;

/// Names of the tables.
pub const NAMES: [&str; 5] = ["choosing", "regret", "dominance", "pareto", "information"];

/// A dominance in fewer resamples than this is not told in a sentence.
const FIRM: f64 = 0.9;

/// The tables.
pub fn sheets(question: &Question, found: &Choosing) -> Vec<Sheet> {
    vec![
        criteria(question, found),
        regret(question, found),
        dominance(question, found),
        pareto(question, found),
        information(question, found),
    ]
}

fn each<'a>(question: &'a Question, found: &'a Choosing) -> impl Iterator<Item = (&'a Outcome, &'a Judged)> {
    question.outcomes.iter().zip(&found.outcomes)
}

/// One row a policy and outcome, with what every criterion says of it.
fn criteria(question: &Question, found: &Choosing) -> Sheet {
    let mut sheet = Sheet::new("choosing", "Each policy by each criterion", criteria_columns());
    for (outcome, judged) in each(question, found) {
        for policy in 0..question.policies.len() {
            sheet.push(criteria_row(question, outcome, judged, policy));
        }
    }
    for (policy, share) in found.all_targets.iter().flatten().enumerate() {
        let mut row: Vec<Value> = vec!["all targets".into(), question.policies[policy].as_str().into(), "".into()];
        row.push(question.worlds.len().into());
        row.extend((0..9).map(|_| Value::Number(f64::NAN)));
        row.extend(["".into(), f64::NAN.into()]);
        row.extend(share_cells(Some(share)));
        row.push("".into());
        sheet.push(row);
    }
    sheet
}

/// The columns of `choosing`.
pub(super) fn criteria_columns() -> Vec<Column> {
    let unit = "that of the outcome";
    vec![
        Column::text(
            "outcome",
            "What the policies are judged by; `all targets` is every outcome with a target together.",
        ),
        Column::text("policy", "Name of the policy."),
        Column::text("better", "Which way is better: higher or lower."),
        Column::whole("worlds", "Worlds that count: those in which the outcome is defined under every policy.", "1"),
        Column::number("mean", "Mean over the worlds.", unit),
        Column::number(
            "standard_error",
            "Standard error of the mean: how far it would typically move with other worlds.",
            unit,
        ),
        Column::number("worst", "Value in the policy's worst world.", unit),
        Column::number("worst_twentieth", "Mean of its worst 5 % of the worlds (conditional value at risk).", unit),
        Column::number("best_share", "Share of the worlds in which no policy is better.", "share"),
        Column::number("best_low", "Lower end of its 95 % Wilson interval.", "share"),
        Column::number("best_high", "Upper end of its 95 % Wilson interval.", "share"),
        Column::number("regret_mean", "Mean of what it gives less than the best policy of each world.", unit),
        Column::number(
            "regret_greatest",
            "The same in the world where it is greatest; rests on one world's replications.",
            unit,
        ),
        Column::text("regret_world", "The world where it is greatest."),
        Column::number("target", "What is good enough.", unit),
        Column::number("target_share", "Share of the worlds in which the target is met (satisficing).", "share"),
        Column::number("target_low", "Lower end of its 95 % Wilson interval.", "share"),
        Column::number("target_high", "Upper end of its 95 % Wilson interval.", "share"),
        Column::text("preferred_by", "Criteria that prefer this policy, separated by semicolons."),
    ]
}

fn criteria_row(question: &Question, outcome: &Outcome, judged: &Judged, policy: usize) -> Vec<Value> {
    let (mean, regret) = (&judged.means[policy], &judged.regrets[policy]);
    let preferred: Vec<&str> =
        judged.preferred.all().filter(|(_, chosen)| *chosen == policy).map(|(criterion, _)| criterion).collect();
    let mut row: Vec<Value> = vec![
        outcome.name.as_str().into(),
        question.policies[policy].as_str().into(),
        better_word(outcome.payoffs.better()).into(),
        outcome.payoffs.n_worlds().into(),
        mean.value.into(),
        mean.mc_standard_error.into(),
        judged.worst[policy].into(),
        judged.worst_few[policy].into(),
    ];
    row.extend(share_cells(Some(&regret.best)));
    row.extend([
        regret.mean.value.into(),
        regret.maximum.into(),
        world_of(question, outcome, regret.worst_world).into(),
    ]);
    row.push(outcome.target.unwrap_or(f64::NAN).into());
    row.extend(share_cells(judged.satisficing.as_ref().map(|shares| &shares[policy])));
    row.push(preferred.join("; ").into());
    row
}

fn share_cells(share: Option<&Share>) -> [Value; 3] {
    let [value, low, high] =
        share.map_or([f64::NAN; 3], |share| [share.value, share.interval.low, share.interval.high]);
    [value.into(), low.into(), high.into()]
}

fn world_of(question: &Question, outcome: &Outcome, at: Option<usize>) -> String {
    at.map_or(String::new(), |at| question.worlds[outcome.payoffs.worlds()[at]].clone())
}

fn better_word(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher",
        Better::Lower => "lower",
    }
}

/// One row a world, policy and outcome.
fn regret(question: &Question, found: &Choosing) -> Sheet {
    let mut sheet = Sheet::new("regret", "What each policy gives up in each world", regret_columns());
    for (outcome, judged) in each(question, found) {
        for (at, &world) in outcome.payoffs.worlds().iter().enumerate() {
            for (policy, name) in question.policies.iter().enumerate() {
                let value = outcome.payoffs.as_given(outcome.payoffs.goods(policy)[at]);
                sheet.push(vec![
                    outcome.name.as_str().into(),
                    question.worlds[world].as_str().into(),
                    name.as_str().into(),
                    value.into(),
                    judged.regrets[policy].by_world[at].into(),
                ]);
            }
        }
    }
    sheet
}

/// The columns of `regret`.
pub(super) fn regret_columns() -> Vec<Column> {
    let unit = "that of the outcome";
    vec![
        Column::text("outcome", "What the policies are judged by."),
        Column::text("world", "Name of the world."),
        Column::text("policy", "Name of the policy."),
        Column::number("value", "The outcome's expected value.", unit),
        Column::number(
            "regret",
            "How much less good it is than that of the best policy of the world; 0 for the best.",
            unit,
        ),
    ]
}

/// One row an ordered pair of policies and order.
fn dominance(question: &Question, found: &Choosing) -> Sheet {
    let mut sheet =
        Sheet::new("dominance", "Which policy is better whatever one's attitude to risk", dominance_columns());
    for (outcome, judged) in each(question, found) {
        for one in &judged.dominances {
            sheet.push(vec![
                outcome.name.as_str().into(),
                question.policies[one.policy].as_str().into(),
                question.policies[one.other].as_str().into(),
                if one.order == Order::First { 1usize } else { 2 }.into(),
                usize::from(one.holds).into(),
                one.share_of_resamples.into(),
            ]);
        }
    }
    sheet
}

/// The columns of `dominance`.
pub(super) fn dominance_columns() -> Vec<Column> {
    vec![
        Column::text("outcome", "What the policies are judged by."),
        Column::text("policy", "The policy that may be better."),
        Column::text("other", "The policy it is compared with."),
        Column::whole("order", "1: better for everybody who prefers more; 2: for everybody who also shuns risk.", "1"),
        Column::whole("holds", "1 where it holds in these worlds, else 0.", "0 or 1"),
        Column::number("share_of_resamples", "Share of 500 resamples of the worlds in which it holds.", "share"),
    ]
}

/// One row a policy and respect.
fn pareto(question: &Question, found: &Choosing) -> Sheet {
    let mut sheet = Sheet::new("pareto", "Which policies no other beats in every respect", pareto_columns());
    for (policy, (name, place)) in question.policies.iter().zip(&found.places).enumerate() {
        let means = found.outcomes.iter().map(|judged| judged.means[policy].value);
        let costs = found.costs.iter().map(|costs| costs[policy].value);
        for (respect, mean) in question.outcomes.iter().chain(&question.cost).zip(means.chain(costs)) {
            sheet.push(vec![
                name.as_str().into(),
                respect.name.as_str().into(),
                better_word(respect.payoffs.better()).into(),
                mean.into(),
                usize::from(place.is_on_front).into(),
                place.share_of_resamples.into(),
                place.beaten_by.map_or("", |other| &question.policies[other]).into(),
            ]);
        }
    }
    sheet
}

/// The columns of `pareto`.
pub(super) fn pareto_columns() -> Vec<Column> {
    vec![
        Column::text("policy", "Name of the policy."),
        Column::text("respect", "Outcome, or cost."),
        Column::text("better", "Which way is better: higher or lower."),
        Column::number("mean", "Mean over the worlds.", "that of the respect"),
        Column::whole(
            "on_front",
            "1 where no other policy is at least as good in every respect and better in one, else 0.",
            "0 or 1",
        ),
        Column::number(
            "share_of_resamples",
            "Share of 500 resamples of the worlds in which it is on the front.",
            "share",
        ),
        Column::text("beaten_by", "A policy that beats it in every respect; empty where none does."),
    ]
}

/// What knowing the world, or one input, would be worth.
fn information(question: &Question, found: &Choosing) -> Sheet {
    let mut sheet = Sheet::new("information", "What it would be worth to know before choosing", information_columns());
    for (outcome, judged) in each(question, found) {
        let mut row = |known: &str, information: &Information, by_chance: f64| {
            let interval = information.interval();
            sheet.push(vec![
                outcome.name.as_str().into(),
                known.into(),
                information.value.into(),
                information.standard_error.into(),
                interval.low.into(),
                interval.high.into(),
                by_chance.into(),
            ]);
        };
        row("everything", &judged.perfect.plain, f64::NAN);
        row("everything, less noise", &judged.perfect.corrected, f64::NAN);
        for ((name, _), partial) in question.inputs.iter().zip(&judged.partial) {
            row(name, &partial.information, partial.by_chance);
        }
    }
    sheet
}

/// The columns of `information`.
pub(super) fn information_columns() -> Vec<Column> {
    let unit = "that of the outcome";
    vec![
        Column::text("outcome", "What the policies are judged by."),
        Column::text("known", "What would be known: `everything`, `everything, less noise`, or the name of an input."),
        Column::number(
            "value",
            "Expected gain from knowing it before choosing. `everything` is too high where replications are few.",
            unit,
        ),
        Column::number("standard_error", "Its standard error from the choice of worlds, by resampling.", unit),
        Column::number("low", "Lower end of its 95 % interval, at least 0.", unit),
        Column::number("high", "Upper end of its 95 % interval.", unit),
        Column::number(
            "by_chance",
            "What 95 of 100 shuffles of the input stay below; a value not above it may be chance.",
            unit,
        ),
    ]
}

/// What was found, in sentences.
pub fn sentences(question: &Question, found: &Choosing) -> Vec<String> {
    let mut sentences = Vec::new();
    for (outcome, judged) in each(question, found) {
        let Some(best) = judged.preferred.by_mean else {
            let name = &outcome.title;
            sentences
                .push(format!("{name}: in no world is it defined under every policy, so there is nothing to compare."));
            continue;
        };
        sentences.push(best_on_average(question, outcome, judged, best));
        sentences.extend(criteria_agree(question, outcome, judged));
        sentences.extend(target(question, outcome, judged));
        sentences.extend(firm_dominances(question, outcome, judged));
        sentences.extend(worth_knowing(question, outcome, judged));
        sentences.extend(left_out(outcome));
    }
    sentences.extend(all_targets(question, found));
    sentences.extend(front(question, found));
    sentences
}

/// The shortest account of it: of each outcome which policy is best on average and whether the criteria disagree, then targets and front.
pub fn headlines(question: &Question, found: &Choosing) -> Vec<String> {
    let mut told = Vec::new();
    for (outcome, judged) in each(question, found) {
        let Some(best) = judged.preferred.by_mean else { continue };
        told.push(best_on_average(question, outcome, judged, best));
        let agree = judged.preferred.all().all(|(_, policy)| policy == best);
        told.extend(criteria_agree(question, outcome, judged).filter(|_| !agree));
        told.extend(target(question, outcome, judged));
    }
    told.extend(all_targets(question, found));
    told.extend(front(question, found));
    told
}

/// An amount of an outcome in its unit.
fn amount(outcome: &Outcome, value: f64) -> String {
    if outcome.unit == "thousand pounds" {
        return format!("{}{}", if value < 0.0 { "-" } else { "" }, money(value));
    }
    let decimals = if value.abs() < 0.1 && value != 0.0 { 3 } else { decimals_for(value) };
    let unit = if outcome.unit.is_empty() || ["share", "0 or 1", "index, 0 to 1"].contains(&outcome.unit.as_str()) {
        String::new()
    } else {
        format!(" {}", outcome.unit)
    };
    format!("{}{unit}", grouped(value, decimals))
}

fn of_worlds(share: &Share, n: usize) -> String {
    let n = counted(n as u64, "world");
    let [low, high] = [share.interval.low.max(0.0), share.interval.high].map(|end| grouped(100.0 * end, 0));
    format!("in {} of {n} ({low}–{high} of 100)", share.count)
}

fn best_on_average(question: &Question, outcome: &Outcome, judged: &Judged, best: usize) -> String {
    let (name, title, regret) = (&question.policies[best], &outcome.title, &judged.regrets[best]);
    let n = outcome.payoffs.n_worlds();
    let mean = amount(outcome, judged.means[best].value);
    let lead = match &judged.lead {
        None => String::new(),
        Some(lead) => {
            let over = &question.policies[lead.over];
            let [by, low, high] = [lead.by.value, lead.by.interval().low, lead.by.interval().high];
            if lead.is_clear() {
                let [by, low, high] = [by, low, high].map(|value| amount(outcome, value));
                format!(", {by} ({low} to {high}) better than {over}, the next")
            } else {
                format!(", but there is no clear difference from {over}, the next")
            }
        }
    };
    let cost = if regret.best.count < n as u64 && regret.maximum > 0.0 {
        let elsewhere = amount(outcome, regret.mean_elsewhere);
        let most = amount(outcome, regret.maximum);
        let world = world_of(question, outcome, regret.worst_world);
        format!("; where it is not, it gives up {elsewhere} on average and {most} at most (world {world})")
    } else {
        String::new()
    };
    let ties = if regret.ties > 0 { format!(", level with another in {} of them", regret.ties) } else { String::new() };
    format!("{title}: {name} is best on average ({mean}){lead}. It is best {}{ties}{cost}.", of_worlds(&regret.best, n))
}

fn criteria_agree(question: &Question, outcome: &Outcome, judged: &Judged) -> Option<String> {
    let all: Vec<(&str, usize)> = judged.preferred.all().collect();
    let (_, first) = *all.first()?;
    let title = &outcome.title;
    if question.policies.len() < 2 {
        return None;
    }
    if all.iter().all(|(_, policy)| *policy == first) {
        return Some(format!("{title}: every criterion prefers {}.", question.policies[first]));
    }
    let told = question.policies.iter().enumerate().filter_map(|(policy, name)| {
        let by: Vec<&str> =
            all.iter().filter(|(_, chosen)| *chosen == policy).map(|(criterion, _)| *criterion).collect();
        (!by.is_empty()).then(|| format!("{name} by {}", by.join(", ")))
    });
    Some(format!("{title}: the criteria disagree: {}.", told.collect::<Vec<_>>().join("; ")))
}

fn target(question: &Question, outcome: &Outcome, judged: &Judged) -> Option<String> {
    let (shares, best) = (judged.satisficing.as_ref()?, judged.preferred.by_target?);
    let word = if outcome.payoffs.better() == Better::Higher { "at least" } else { "at most" };
    let target = amount(outcome, outcome.target?);
    let told = of_worlds(&shares[best], question.worlds.len());
    Some(format!(
        "{}: {} reaches the target of {word} {target} most often, {told}.",
        outcome.title, question.policies[best]
    ))
}

fn firm_dominances(question: &Question, outcome: &Outcome, judged: &Judged) -> Option<String> {
    let is_firm = |one: &&Dominance| one.holds && one.share_of_resamples >= FIRM;
    let firm: Vec<&Dominance> = judged.dominances.iter().filter(is_firm).collect();
    let first = |one: &Dominance| {
        firm.iter().any(|other| (other.policy, other.other, other.order) == (one.policy, one.other, Order::First))
    };
    let told = firm.iter().filter(|one| one.order == Order::First || !first(one)).map(|one| {
        let (policy, other) = (&question.policies[one.policy], &question.policies[one.other]);
        let who = if one.order == Order::First { "whoever prefers more" } else { "whoever shuns risk" };
        format!("{policy} over {other} for {who} (in {} of 100 resamples)", grouped(100.0 * one.share_of_resamples, 0))
    });
    let told: Vec<String> = told.collect();
    match told.len() {
        0 if question.policies.len() < 2 => None,
        0 => {
            Some(format!("{}: no policy is firmly better than another whatever one's attitude to risk.", outcome.title))
        }
        n if n > 3 => Some(format!(
            "{}: firmly better whatever one's attitude to risk: {}, and {} more in dominance.csv.",
            outcome.title,
            told[..3].join("; "),
            n - 3
        )),
        _ => Some(format!("{}: firmly better whatever one's attitude to risk: {}.", outcome.title, told.join("; "))),
    }
}

fn worth_knowing(question: &Question, outcome: &Outcome, judged: &Judged) -> Option<String> {
    if question.policies.len() < 2 {
        return None;
    }
    let perfect = &judged.perfect;
    let is_corrected = !perfect.corrected.value.is_nan();
    let everything = if is_corrected { perfect.corrected } else { perfect.plain };
    let told = |information: &Information| {
        let interval = information.interval();
        let [value, low, high] = [information.value, interval.low, interval.high].map(|value| amount(outcome, value));
        if information.standard_error.is_nan() { value } else { format!("{value} ({low} to {high})") }
    };
    let noise = match is_corrected {
        true => format!("; {} before the noise of the replications is taken off", amount(outcome, perfect.plain.value)),
        false => ", too high by whatever is noise, since no standard errors are given".to_string(),
    };
    let title = &outcome.title;
    let mut text =
        format!("{title}: to know the world before choosing would be worth {} at most{noise}.", told(&everything));
    let mut inputs: Vec<(&str, &Information)> = question
        .inputs
        .iter()
        .zip(&judged.partial)
        .filter(|(_, partial)| partial.is_clear())
        .map(|((name, _), partial)| (name.as_str(), &partial.information))
        .collect();
    inputs.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
    if let Some((name, information)) = inputs.first() {
        text.push_str(&format!(" To know {name} alone first would be worth {}", told(information)));
        match inputs.len() {
            1 => text.push_str("; no other input more than chance."),
            n => text.push_str(&format!("; {} of the others are worth something too: see information.csv.", n - 1)),
        }
    } else if !question.inputs.is_empty() {
        text.push_str(" To know a single input first is, for none of them, clearly worth more than chance gives.");
    }
    Some(text)
}

fn left_out(outcome: &Outcome) -> Option<String> {
    let n = outcome.payoffs.left_out();
    let title = &outcome.title;
    (n > 0).then(|| {
        format!("{title}: {} left out, where it is not defined under some policy.", counted(n as u64, "world"))
    })
}

fn all_targets(question: &Question, found: &Choosing) -> Option<String> {
    let shares = found.all_targets.as_ref()?;
    let n_targets = question.outcomes.iter().filter(|outcome| outcome.target.is_some()).count();
    let best = found.best_by_targets?;
    let told = of_worlds(&shares[best], question.worlds.len());
    (n_targets > 1).then(|| {
        format!("All {n_targets} targets together: {} meets them most often, {told}.", question.policies[best])
    })
}

fn front(question: &Question, found: &Choosing) -> Option<String> {
    let respects = question.outcomes.len() + usize::from(question.cost.is_some());
    if respects < 2 || question.policies.len() < 2 {
        return None;
    }
    let named = |is_on_front: bool| {
        question.policies.iter().zip(&found.places).filter(move |(_, place)| place.is_on_front == is_on_front)
    };
    let on: Vec<String> = named(true)
        .map(|(name, place)| {
            let share = place.share_of_resamples;
            if share.is_nan() {
                name.clone()
            } else {
                format!("{name} (in {} of 100 resamples)", grouped(100.0 * share, 0))
            }
        })
        .collect();
    let off =
        named(false).filter_map(|(name, place)| Some(format!("{name} by {}", question.policies[place.beaten_by?])));
    let off: Vec<String> = off.collect();
    let beaten = if off.is_empty() { String::new() } else { format!(" Beaten in every respect: {}.", off.join(", ")) };
    Some(format!("Over all {respects} respects no other policy beats {}.{beaten}", on.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::choosing::findings::tests::campsite;

    #[test]
    fn the_campsite_is_told_in_words() {
        let question = campsite();
        let found = Choosing::new(&question);
        let told = sentences(&question, &found).join("\n");
        assert!(
            told.contains("size 250 is best on average (£12,500), but there is no clear difference from size 200"),
            "{told}"
        );
        assert!(told.contains("It is best in 2 of 4 worlds"), "{told}");
        // Regrets 3, 0, 0, 8: best in two worlds.
        assert!(told.contains("gives up £5,500 on average and £8,000 at most (world 4)"), "{told}");
        assert!(told.contains("size 300 by worst world"), "{told}");
        assert!(told.contains("since no standard errors are given"), "{told}");
    }

    #[test]
    fn tables_have_a_row_for_everything() {
        let question = campsite();
        let sheets = sheets(&question, &Choosing::new(&question));
        assert_eq!(sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), NAMES);
        // 4 policies and their targets; 4 × 4; ordered pairs in two orders; policies; two of everything and one input.
        assert_eq!(sheets.iter().map(|sheet| sheet.rows.len()).collect::<Vec<_>>(), [8, 16, 24, 4, 3]);
    }
}
