//! What a comparison found, in plain words with its uncertainty, and honestly where there is nothing to see.

use super::amount::{level, one_sided, signed, unit};
use super::{Compared, Explanation, Failed, survival};
use crate::analyse::comparison::{Difference, Verdict};
use crate::analyse::distributions::EXACT_REPLICATIONS;
use crate::analyse::findings::{CONFIDENCE, Share};
use crate::analyse::wilson::Interval;
use crate::experiment::quantity::Variable;
use crate::model::outcomes::Better;
use crate::output::figure::{counted, decimals_to_show, grouped, of_100, rounded};

/// Changes named in a sentence at most.
const NAMED: usize = 3;
/// Outcomes whose difference is explained in sentences at most, for each set-up.
const EXPLAINED: usize = 1;
/// Outcomes that a reader asks about first.
const FIRST: [&str; 5] = ["premium", "alive", "need_met", "net_value", "failed"];

/// The sentences, in the order a reader wants them.
pub fn sentences(compared: &Compared) -> Vec<String> {
    let mut told = Vec::new();
    for setup in 1..compared.setups.len() {
        told.extend(of_setup(compared, setup));
    }
    if compared.setups.len() > 2 {
        told.extend(headline(compared, 0).map(|variable| best(compared, variable)));
    }
    told.extend(precision(compared));
    told.extend(horizons(compared));
    told.extend(left_out(compared));
    told.push(basis(compared));
    told
}

/// What sets one further set-up apart from the first.
fn of_setup(compared: &Compared, setup: usize) -> Vec<String> {
    let shown: Vec<&Difference> =
        compared.question.shown.iter().filter_map(|of| compared.comparison.difference(setup, *of)).collect();
    let of = |wanted: &[Verdict]| -> Vec<&Difference> {
        shown.iter().filter(|difference| wanted.contains(&difference.verdict)).copied().collect()
    };
    let mut told: Vec<String> = of(&[Verdict::Better, Verdict::Worse, Verdict::Unclear])
        .into_iter()
        .map(|difference| in_words(compared, setup, difference))
        .collect();
    let same = of(&[Verdict::Same]);
    if same.len() == shown.len() && !shown.is_empty() {
        return vec![format!(
            "{} is the same as {} in every replication, whatever was looked at.",
            name(compared, setup),
            name(compared, 0)
        )];
    }
    told.insert(0, in_short(compared, setup, &shown));
    if !same.is_empty() {
        let titles: Vec<String> = same.iter().map(|difference| lower(difference.variable.title())).collect();
        told.push(format!("The same with {} in every replication: {}.", name(compared, setup), titles.join(", ")));
    }
    told.extend(survival::in_words(compared, setup));
    if let Some(difference) = headline(compared, setup).and_then(|of| compared.comparison.difference(setup, of)) {
        told.extend(two_kinds_of_worlds(compared, setup, difference));
        told.extend(pairing(difference));
    }
    told.extend(why(compared, setup));
    told
}

/// In how many of the outcomes looked at a set-up does better or worse.
fn in_short(compared: &Compared, setup: usize, shown: &[&Difference]) -> String {
    let count = |verdict: Verdict| shown.iter().filter(|difference| difference.verdict == verdict).count();
    let counts = [
        (count(Verdict::Better), "clearly better"),
        (count(Verdict::Worse), "clearly worse"),
        (count(Verdict::Unclear), "not clearly different"),
        (count(Verdict::Same), "the same"),
    ];
    let told: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{word} in {n}")).collect();
    format!(
        "{} against {}: {} of {} looked at.",
        name(compared, setup),
        name(compared, 0),
        told.join(", "),
        counted(shown.len() as u64, "outcome")
    )
}

/// The outcome that most is said of: of those shown and differing the one a reader asks about first.
fn headline(compared: &Compared, setup: usize) -> Option<Variable> {
    let differs = |variable: Variable| {
        let verdict = compared.comparison.difference(setup, variable).map(|difference| difference.verdict);
        verdict != Some(Verdict::Same)
    };
    let shown = || compared.question.shown.iter().copied().filter(|variable| differs(*variable));
    let first = FIRST.iter().find_map(|name| shown().find(|variable| variable.name() == *name));
    first.or_else(|| shown().next())
}

/// The difference in one outcome as a sentence.
pub fn in_words(compared: &Compared, setup: usize, difference: &Difference) -> String {
    let (variable, title) = (difference.variable, difference.variable.title());
    match difference.verdict {
        Verdict::Same => format!("{title} is the same in every replication."),
        Verdict::Unclear => unclear(compared, difference),
        Verdict::Better | Verdict::Worse => {
            let more = difference.paired.mean.value > 0.0;
            let amount = one_sided(variable, difference.paired.mean.value, &difference.paired.interval);
            let told = match variable.name() {
                "alive" => format!(
                    "{} keeps {amount} {} partnerships in 100 alive{}",
                    name(compared, setup),
                    if more { "more" } else { "fewer" },
                    from_to(compared, setup, variable)
                ),
                "failed" => format!(
                    "With {}, {amount} {} in 100 dissolve or are not worth it{}",
                    name(compared, setup),
                    if more { "more" } else { "fewer" },
                    from_to(compared, setup, variable)
                ),
                _ => format!(
                    "{title}: {amount}{} {} with {}{}",
                    unit(variable),
                    if more { "more" } else { "less" },
                    name(compared, setup),
                    from_to(compared, setup, variable)
                ),
            };
            let good = if difference.verdict == Verdict::Better { "the better" } else { "the worse" };
            let needs_a_word = variable.better() == Better::Lower && variable != Variable::Failed;
            let word = if needs_a_word { format!(", which is {good}") } else { String::new() };
            format!("{told}{word}{}.", if is_small(difference) { small(difference) } else { String::new() })
        }
    }
}

/// Whether it is clear, and its whole interval within the smallest difference that is asked for.
pub fn is_small(difference: &Difference) -> bool {
    let Interval { low, high } = difference.paired.interval;
    let is_clear = matches!(difference.verdict, Verdict::Better | Verdict::Worse);
    is_clear && low > -difference.smallest && high < difference.smallest
}

fn small(difference: &Difference) -> String {
    let smallest = level(difference.variable, difference.smallest, f64::NAN);
    match (difference.smallest_is_given, difference.variable.is_yes_or_no()) {
        (true, _) => format!("; clear, but less than the {smallest} that matters"),
        (false, true) => format!("; clear, but less than {smallest}"),
        (false, false) => "; clear, but less than a tenth of its spread between worlds".to_string(),
    }
}

/// `, 61 against 49`: the means of both.
fn from_to(compared: &Compared, setup: usize, variable: Variable) -> String {
    let [mean, against] =
        [setup, 0].map(|setup| compared.comparison.setups[setup][Compared::position(variable)].spread.mean);
    // As many digits for both as the one known less well can have.
    let width = 4.0 * f64::max(mean.mc_standard_error, against.mc_standard_error);
    let told = |value: f64| super::amount::bare(variable, value, width);
    format!(", {} against {}", told(mean.value), told(against.value))
}

fn unclear(compared: &Compared, difference: &Difference) -> String {
    let Difference { variable, paired, .. } = difference;
    let n = compared.comparison.replications;
    let title = lower(variable.title());
    if paired.mean.mc_standard_error.is_nan() {
        return format!("No clear difference in {title}: one replication shows none.");
    }
    let found = format!("{}{}", signed(*variable, paired.mean.value, &paired.interval), unit(*variable));
    let among = if paired.p < 1.0 - CONFIDENCE { ", as so many outcomes are looked at" } else { "" };
    let begin = format!("No clear difference in {title} at {}{among}: {found}", counted(n, "replication"));
    if difference.needed.is_nan() {
        return format!("{begin}.");
    }
    let smallest = level(*variable, difference.smallest, f64::NAN);
    if difference.needed <= n as f64 {
        format!("{begin}. One of {smallest} would most likely have shown.")
    } else {
        format!("{begin}; about {} would show one of {smallest}.", grouped(rounded(difference.needed), 0))
    }
}

/// Both probabilities of doing better, each named for what it is.
fn two_kinds_of_worlds(compared: &Compared, setup: usize, difference: &Difference) -> Option<String> {
    let n = compared.comparison.replications;
    if n < 3 || difference.variable.is_yes_or_no() {
        return None;
    }
    let [better, tied, worse] = &difference.same_world;
    let apart = &difference.two_worlds;
    let interval = apart.interval(CONFIDENCE);
    let in_100 = |share: f64| grouped(100.0 * share, 0);
    let decimals = decimals_to_show(100.0 * (interval.high - interval.low) / 3.0, 0).min(2);
    let closely = |share: f64| grouped(100.0 * share, decimals);
    Some(format!(
        "In the same world {} does better on {} {}, worse in {} of 100{}; in two worlds that have nothing to do with each other it would do better in {} of 100 ({}–{}).",
        name(compared, setup),
        lower(difference.variable.title()),
        of_100(better, n),
        in_100(worse.value),
        as_well(tied, &in_100),
        closely(apart.greater),
        closely(interval.low),
        closely(interval.high)
    ))
}

fn as_well(tied: &Share, in_100: &dyn Fn(f64) -> String) -> String {
    if tied.count == 0 { String::new() } else { format!(", as well in {}", in_100(tied.value)) }
}

fn pairing(difference: &Difference) -> Option<String> {
    let factor = difference.variance_reduction;
    (factor >= 1.5).then(|| {
        format!(
            "Common worlds make the difference in {} as sure as {} times the replications would in worlds of their own.",
            lower(difference.variable.title()),
            grouped(factor, if factor < 10.0 { 1 } else { 0 })
        )
    })
}

/// Which changes carry the clear differences.
fn why(compared: &Compared, setup: usize) -> Vec<String> {
    let Some(explanation) = compared.explanations.get(setup - 1).and_then(Option::as_ref) else { return Vec::new() };
    if let [lever] = explanation.levers.as_slice() {
        return vec![format!("Why: only {} differs ({}); it carries all of this.", lever.key, lever.change)];
    }
    let clear = explained(compared, setup);
    let told = clear.iter().take(EXPLAINED).map(|variable| carries(explanation, *variable));
    told.collect()
}

/// The shown outcomes that clearly differ, those a reader asks about first in front.
pub fn explained(compared: &Compared, setup: usize) -> Vec<Variable> {
    let is_clear = |variable: &Variable| {
        let verdict = compared.comparison.difference(setup, *variable).map(|difference| difference.verdict);
        matches!(verdict, Some(Verdict::Better | Verdict::Worse))
    };
    let mut clear: Vec<Variable> = compared.question.shown.iter().copied().filter(is_clear).collect();
    // Stable: the others stay in their order.
    clear.sort_by_key(|variable| FIRST.iter().position(|name| *name == variable.name()).unwrap_or(FIRST.len()));
    clear
}

/// `Why: of the difference in need met, 8 in 100, communication.quality (0.6 → 0.8) carries 6 (5–7)…`
fn carries(explanation: &Explanation, variable: Variable) -> String {
    let at = Compared::position(variable);
    let mut parts: Vec<_> = explanation
        .levers
        .iter()
        .enumerate()
        .map(|(number, lever)| (lever, explanation.parts.part(number, at)))
        .collect();
    parts.sort_by(|a, b| b.1.mean.value.abs().total_cmp(&a.1.mean.value.abs()));
    let part = |(lever, part): &(&crate::experiment::levers::Lever, crate::analyse::shapley::Part)| {
        format!("{} ({}) {}", lever.key, lever.change, signed(variable, part.mean.value, &part.interval))
    };
    let told: Vec<String> = parts.iter().take(NAMED).map(part).collect();
    let more = explanation.levers.len().saturating_sub(NAMED);
    let rest =
        if more > 0 { format!("; {} more in levers.csv", counted(more as u64, "change")) } else { String::new() };
    format!(
        "Why: of the difference in {}, {}, the changes carry: {}{rest}.",
        lower(variable.title()),
        level(
            variable,
            explanation.difference(variable),
            parts.iter().map(|(_, part)| 4.0 * part.mean.mc_standard_error).fold(0.0, f64::max)
        ),
        told.join(", ")
    )
}

/// Which of more than two set-ups is best.
fn best(compared: &Compared, variable: Variable) -> String {
    let at = Compared::position(variable);
    let best = &compared.comparison.best[at];
    let finding = &compared.comparison.setups[best.setup][at];
    let rivals: Vec<&str> = best.rivals.iter().map(|&rival| name(compared, rival)).collect();
    let clear = if rivals.is_empty() {
        "clearly better than each of the others".to_string()
    } else if rivals.len() + 1 == compared.setups.len() {
        "and not clearly better than any other".to_string()
    } else {
        format!("and not clearly better than {}", rivals.join(" and "))
    };
    format!(
        "Best of all on {}: {}, on average {}, {clear}; alone in front {}.",
        lower(variable.title()),
        name(compared, best.setup),
        level(variable, finding.spread.mean.value, 4.0 * finding.spread.mean.mc_standard_error),
        of_100(&finding.best, compared.comparison.replications)
    )
}

/// Set-ups of different length are not told apart by sums over their months.
fn horizons(compared: &Compared) -> Option<String> {
    let months = compared.setups.iter().map(|setup| setup.scenario.inputs.horizon_months);
    (!compared.are_of_one_length()).then(|| {
        let told: Vec<String> = months.map(|months| months.to_string()).collect();
        format!(
            "Mind: the set-ups run for different times ({} months), and what adds up over months, or is asked of the last one, differs for that alone; --months gives all the same.",
            told.join(", ")
        )
    })
}

/// How precise the differences became, where that was asked.
fn precision(compared: &Compared) -> Vec<String> {
    let mut told = Vec::new();
    let mut last = None;
    for (position, precision) in compared.precision.iter().enumerate() {
        let mut sentences = crate::output::precision::told(precision);
        last = sentences.pop();
        let of = format!("{} less {}", name(compared, position + 1), name(compared, 0));
        told.extend(sentences.into_iter().map(|sentence| format!("{of}: {}", lower(&sentence))));
    }
    told.extend(last);
    told
}

/// Which replications could not be computed, and what became of them.
pub fn left_out(compared: &Compared) -> Option<String> {
    const SHOWN: usize = 5;
    let n = compared.failed.len();
    let first = compared.failed.first()?;
    let of = |failed: &Failed| match &failed.changes {
        None => format!("{} of {}", failed.replication, name(compared, failed.setup)),
        Some(changes) => {
            format!(
                "{} of {} with {changes} of {}",
                failed.replication,
                name(compared, 0),
                name(compared, failed.setup)
            )
        }
    };
    let shown: Vec<String> = compared.failed.iter().take(SHOWN).map(of).collect();
    let more = if n > SHOWN { ", and others" } else { "" };
    let given_up = if compared.explanations.iter().any(Option::is_none)
        && compared.failed.iter().any(|failed| failed.changes.is_some())
    {
        " Where they were too many no reasons are given."
    } else {
        ""
    };
    let left_out = if n == 1 { "is left out of all set-ups" } else { "are left out of all set-ups" };
    Some(format!(
        "{} could not be computed and {left_out}, or of all combinations of changes, so that all are pairs: {}{more}, with seed {}; failures.csv lists them. The first says: {}.{given_up}",
        counted(n as u64, "replication"),
        shown.join(", "),
        compared.setups[0].scenario.seed,
        first.message
    ))
}

fn basis(compared: &Compared) -> String {
    let n = compared.comparison.replications;
    let stopped = if compared.is_interrupted && compared.tried < compared.asked {
        format!(" of {} asked for (interrupted)", grouped(compared.asked as f64, 0))
    } else {
        String::new()
    };
    let ranks = if n > EXACT_REPLICATIONS {
        format!("; what is said of two worlds rests on the first {}", grouped(EXACT_REPLICATIONS as f64, 0))
    } else {
        String::new()
    };
    let looked_at = compared.question.shown.len() * (compared.setups.len() - 1);
    format!(
        "From {}{stopped} of each set-up in the same worlds, seed {}; in brackets, 95 % intervals. Clear means clear among all {} looked at (Holm){ranks}.",
        counted(n, "replication"),
        compared.setups[0].scenario.seed,
        counted(looked_at as u64, "difference")
    )
}

fn name<'c>(compared: &'c Compared, setup: usize) -> &'c str {
    &compared.setups[setup].name
}

/// A title within a sentence.
fn lower(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::comparison::tests::with_compared;

    #[test]
    fn clear_unclear_and_same_are_told_as_such() {
        with_compared(|compared| {
            let text = sentences(compared).join("\n");
            for part in [
                "Premium over working alone: £19,",
                " more with second, ",
                "second keeps 10 (",
                ") more partnerships in 100 alive, 60 against 50.",
                "No clear difference in trust at 300 replications: ",
                "The same with second in every replication: morale.",
                "which is the worse",
                "In the same world second does better on premium over working alone in all 300 replications",
                "in two worlds that have nothing to do with each other it would do better in ",
                "Why: only horizon_months differs (3 → 2); it carries all of this.",
                "Mind: the set-ups run for different times (3, 2 months)",
                "From 300 replications of each set-up in the same worlds, seed 18446744073709551615; ",
                "Clear means clear among all 5 differences looked at (Holm).",
            ] {
                assert!(text.contains(part), "{part}\nnot in\n{text}");
            }
        });
    }

    #[test]
    fn how_many_replications_would_show_a_difference_depends_on_what_matters() {
        with_compared(|compared| {
            let trust = Variable::parse("trust").unwrap();
            let difference = *compared.comparison.difference(1, trust).unwrap();
            let fine = Difference { smallest: 0.001, needed: 1_962_221.0, ..difference };
            assert!(
                unclear(compared, &fine).contains("; about 1,960,000 would show one of "),
                "{}",
                unclear(compared, &fine)
            );
            let coarse = Difference { smallest: 1.0, needed: 2.0, ..difference };
            assert!(
                unclear(compared, &coarse).ends_with("would most likely have shown."),
                "{}",
                unclear(compared, &coarse)
            );
        });
    }

    #[test]
    fn a_clear_difference_too_small_to_matter_is_told_as_such() {
        with_compared(|compared| {
            let premium = Variable::parse("premium").unwrap();
            let difference = *compared.comparison.difference(1, premium).unwrap();
            let small = Difference { smallest: 100.0, smallest_is_given: true, ..difference };
            assert!(in_words(compared, 1, &small).ends_with("; clear, but less than the £100,000 that matters."));
            assert!(!in_words(compared, 1, &difference).contains("matters"));
        });
    }
}
