//! What was found, in plain words with its uncertainty.

use super::Report;
use super::figure::{counted, grouped, money, of_100, rounded};
use crate::analyse::evaluation::EvaluationFinding;
use crate::analyse::findings::{Estimate, OutcomeFinding, PartnerFinding};
use crate::analyse::kaplan_meier::Median;
use crate::model::inputs::Setting;
use crate::model::outcomes::{CAUSES, ENDINGS, OUTCOMES};
use crate::model::uncertainty::Uncertainty;

/// Position in `ENDINGS` of the replications that did not dissolve.
const REACHED_HORIZON: usize = 0;

/// The sentences, in the order a reader wants them.
pub fn sentences(report: &Report) -> Vec<String> {
    let mut sentences = vec![survival(report)];
    sentences.extend(median_survival(report));
    sentences.extend(commonest_ending(report));
    sentences.extend(beats_working_alone(report));
    sentences.extend(premium(report));
    sentences.extend(worth_the_effort(report));
    sentences.extend(causes(report));
    if let Some(finding) = &report.findings.evaluation {
        sentences.extend(evaluation(finding, report.findings.replications));
    }
    sentences.extend(targets(report));
    sentences.extend(who_gains(report));
    sentences.extend(super::precision::sentences(report));
    sentences.push(basis(report));
    sentences.extend(left_out(report));
    sentences
}

fn finding<'a>(report: &'a Report, name: &str) -> Option<&'a OutcomeFinding> {
    let position = OUTCOMES.iter().position(|outcome| outcome.name == name)?;
    report.findings.outcomes.get(position)
}

fn survival(report: &Report) -> String {
    let alive = report.findings.ended(REACHED_HORIZON);
    let months = report.scenario.inputs.horizon_months;
    let months = counted(months as u64, "month");
    format!("Still working together after {months} {}.", of_100(&alive, report.findings.replications))
}

/// When half have ended, where it comes to that.
fn median_survival(report: &Report) -> Option<String> {
    let Median { time, interval } = report.findings.survival.median();
    let month = |time: f64| grouped(time, 0);
    let known = match (interval.low.is_nan(), interval.high.is_nan()) {
        (false, false) => format!(" ({}–{})", month(interval.low), month(interval.high)),
        (false, true) => format!(" ({} or later)", month(interval.low)),
        _ => String::new(),
    };
    (!time.is_nan()).then(|| format!("Half have ended by month {}{known}.", month(time)))
}

fn commonest_ending(report: &Report) -> Option<String> {
    let (ending, &count) = report
        .findings
        .endings
        .iter()
        .enumerate()
        .skip(REACHED_HORIZON + 1)
        .max_by_key(|&(k, &n)| (n, usize::MAX - k))?;
    let share = report.findings.ended(ending);
    let told = of_100(&share, report.findings.replications);
    (count > 0).then(|| format!("Commonest reason for an earlier end, {told}: {}.", ENDINGS[ending].1))
}

fn beats_working_alone(report: &Report) -> Option<String> {
    let share = &finding(report, "premium")?.above_zero;
    Some(format!("Beats working alone {}.", of_100(share, report.findings.replications)))
}

fn premium(report: &Report) -> Option<String> {
    let premium = finding(report, "premium")?.spread.mean;
    if premium.mc_standard_error.is_nan() {
        return None;
    }
    let interval = premium.interval();
    let is_nothing = [interval.low, premium.value, interval.high].iter().all(|pounds| money(*pounds) == money(0.0));
    Some(if is_nothing {
        "No difference from working alone on average.".to_string()
    } else if interval.low <= 0.0 && interval.high >= 0.0 {
        format!("No clear difference from working alone on average: {}.", difference(&premium, ""))
    } else {
        format!("Premium: on average {}.", difference(&premium, " than working alone"))
    })
}

/// `£1.2 million less than working alone (£1.1 million to £1.3 million less)`, where `than` says what it is compared to.
fn difference(estimate: &Estimate, than: &str) -> String {
    let interval = estimate.interval();
    let word = |value: f64| if value < 0.0 { "less" } else { "more" };
    let (nearer, further) =
        if estimate.value < 0.0 { (interval.high, interval.low) } else { (interval.low, interval.high) };
    let range = if word(nearer) == word(further) {
        format!("{} to {} {}", money(nearer), money(further), word(further))
    } else {
        format!("{} {} to {} {}", money(interval.low), word(interval.low), money(interval.high), word(interval.high))
    };
    format!("{} {}{than} ({range})", money(estimate.value), word(estimate.value))
}

fn worth_the_effort(report: &Report) -> Option<String> {
    let share = &finding(report, "net_value")?.at_most_zero;
    Some(format!("Joint work was not worth what was put into it {}.", of_100(share, report.findings.replications)))
}

/// Of those that failed, the causes of most: at most three, each of one in ten at least.
fn causes(report: &Report) -> Option<String> {
    let failures = &report.findings.failures;
    let mut causes: Vec<_> = CAUSES[1..].iter().zip(&failures.causes).filter(|(_, share)| share.count > 0).collect();
    // Stable: of equals the one that is listed first.
    causes.sort_by_key(|(_, share)| u64::MAX - share.count);
    let told = causes.iter().enumerate().filter(|(k, (_, share))| *k == 0 || (*k < 3 && share.value >= 0.1));
    let told: Vec<String> =
        told.map(|(_, (cause, share))| format!("{} {}", cause.words, of_100(share, failures.share.count))).collect();
    let last = told.last()?;
    let list = match told.len() {
        1 => last.clone(),
        n => format!("{} and {last}", told[..n - 1].join(", ")),
    };
    Some(format!(
        "Dissolved or not worth it {}. What most decided these: {list}.",
        of_100(&failures.share, report.findings.replications)
    ))
}

/// What an evaluator would find beside what is true.
fn evaluation(finding: &EvaluationFinding, n: u64) -> Vec<String> {
    let mut told = Vec::new();
    if !finding.bias.mc_standard_error.is_nan() {
        let interval = finding.bias.interval();
        told.push(format!(
            "An evaluator would on average find {} of the people in need helped; truly it is {}. The bias is {} ({} to {}) in 100 people.",
            in_100(finding.estimate.value, "more", "fewer"),
            in_100(finding.truth.value, "more", "fewer"),
            signed(finding.bias.value),
            signed(interval.low),
            signed(interval.high)
        ));
    }
    told.push(format!(
        "The evaluator would find a clear benefit {}, a clear harm {}, nothing clear {}.",
        of_100(&finding.benefit, n),
        of_100(&finding.harm, n),
        of_100(&finding.nothing, n)
    ));
    let none = n - finding.effective;
    if none > 0 {
        told.push(format!(
            "Where the partnership truly helped nobody more, a clear benefit is found all the same {}.",
            of_100(&finding.false_benefit, none)
        ));
    }
    if finding.effective > 0 {
        told.push(format!("Where it truly helped, that is found {}.", of_100(&finding.power, finding.effective)));
    }
    if finding.enough.is_finite() && !finding.truth.mc_standard_error.is_nan() {
        told.push(format!(
            "Were samples the only source of error, {} people in each arm would find the mean true effect four times in five.",
            grouped(rounded(finding.enough.ceil()), 0)
        ));
    }
    told
}

/// A share as so many in 100, with the word for its direction.
fn in_100(share: f64, more: &str, fewer: &str) -> String {
    format!("{} in 100 {}", grouped(100.0 * share.abs(), 1), if share < 0.0 { fewer } else { more })
}

/// A share as so many in 100, with its sign.
fn signed(share: f64) -> String {
    let figure = grouped(100.0 * share, 1);
    if share > 0.0 { format!("+{figure}") } else { figure }
}

/// One sentence for each target that the scenario itself sets, but for those that other sentences tell.
fn targets(report: &Report) -> Vec<String> {
    let set = OUTCOMES.iter().zip(&report.findings.outcomes);
    let set = set.filter(|(outcome, finding)| {
        let told =
            outcome.name == "alive" || (["premium", "net_value"].contains(&outcome.name) && finding.target == 0.0);
        !told && report.scenario.targets.contains_key(outcome.name)
    });
    set.map(|(outcome, finding)| {
        let told = of_100(&finding.above_target, report.findings.replications);
        // A share or an index needs no word for its unit.
        let is_amount = !["share", "0 or 1", "index, 0 to 1"].contains(&outcome.unit);
        let unit = if is_amount { format!(" {}", outcome.unit) } else { String::new() };
        format!("{}: above {}{unit} {told}.", outcome.title, super::number::text(finding.target))
    })
    .collect()
}

fn who_gains(report: &Report) -> Option<String> {
    let partners = report.scenario.inputs.partners.iter().zip(&report.findings.partners);
    let by_gain = |a: &PartnerFinding, b: &PartnerFinding| a.gain.value.total_cmp(&b.gain.value);
    let most = partners.clone().max_by(|a, b| by_gain(a.1, b.1))?;
    let least = partners.min_by(|a, b| by_gain(a.1, b.1))?;
    if most.1.gain.mc_standard_error.is_nan() || most.0.name == least.0.name {
        return None;
    }
    let first = if most.1.gain.value < 0.0 { "loses least" } else { "gains most" };
    let last = if least.1.gain.value < 0.0 { "loses most" } else { "gains least" };
    let grant = if has_grant(report) { " The premium bears the cost of the grant, the partners do not." } else { "" };
    Some(format!(
        "Of the partners, {} {first} on average, {}; {} {last}, {}.{grant}",
        most.0.name,
        difference(&most.1.gain, " than alone"),
        least.0.name,
        difference(&least.1.gain, "")
    ))
}

fn has_grant(report: &Report) -> bool {
    let nothing = Setting::Number(Uncertainty::Fixed(0.0));
    report.scenario.inputs.values.get("funding.grant").is_some_and(|grant| *grant != nothing)
}

fn basis(report: &Report) -> String {
    let replications = counted(report.findings.replications, "replication");
    let stopped = if report.is_interrupted() {
        let asked = if report.ended.precision.is_some() { "at most" } else { "asked for" };
        format!(" of {} {asked} (interrupted)", grouped(report.scenario.replications as f64, 0))
    } else {
        String::new()
    };
    format!(
        "From {replications}{stopped}, seed {}; in brackets, 95 % intervals of what more replications would give.",
        report.scenario.seed
    )
}

fn left_out(report: &Report) -> Option<String> {
    let n = report.ended.faults.len() as u64;
    let (verb, pronoun) = if n == 1 { ("is", "it") } else { ("are", "them") };
    let told = format!(
        "{} could not be computed and {verb} left out; failures.csv names {pronoun}.",
        counted(n, "replication")
    );
    (n > 0).then_some(told)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::tests::with_report;

    #[test]
    fn the_sentences_tell_survival_comparison_worth_target_partners_and_basis() {
        with_report(300, |report| {
            let text = sentences(report).join("\n");
            assert!(
                text.starts_with("Still working together after 3 months in 33 of 100 replications (28–39)."),
                "{text}"
            );
            for part in [
                "Commonest reason for an earlier end, in 33 of 100 replications (28–39): fewer partners were left than the minimum.",
                "Beats working alone in ",
                "Premium: on average £",
                " more than working alone (£",
                "Joint work was not worth what was put into it in ",
                "Dissolved or not worth it in 83 of 100 replications (78–88). What most decided these: money ran out in 20 of 100 replications (15–26), no agreement in 20 of 100 replications (15–26) and broken trust in 20 of 100 replications (15–26).",
                "Premium over working alone: above 10 thousand pounds in ",
                "loses least on average, £",
                "From 300 replications, seed 18446744073709551615; in brackets, 95 % intervals of what more replications would give.",
            ] {
                assert!(text.contains(part), "{part}\nnot in\n{text}");
            }
        });
    }

    #[test]
    fn half_have_ended_is_told_where_it_comes_to_that() {
        use crate::analyse::kaplan_meier::Curve;
        with_report(300, |report| {
            let told = |months: &[f64], ended: &[f64]| {
                let survival = Curve::of(months, ended, 0.95);
                let findings = crate::analyse::findings::Findings { survival, ..report.findings.clone() };
                median_survival(&Report { scenario: report.scenario, findings: &findings, ..*report })
            };
            let months: Vec<f64> = (1..=40).map(f64::from).collect();
            assert_eq!(told(&months, &[1.0; 40]), Some("Half have ended by month 20 (14–26).".to_string()));
            assert_eq!(told(&[1.0, 2.0], &[1.0, 0.0]), Some("Half have ended by month 1 (1 or later).".to_string()));
            assert_eq!(told(&months, &[0.0; 40]), None);
        });
    }

    #[test]
    fn a_mean_whose_interval_covers_zero_is_no_clear_difference() {
        let premium = |value, mc_standard_error| Estimate { value, mc_standard_error };
        assert_eq!(difference(&premium(10.0, 20.0), ""), "£10,000 more (£29,200 less to £49,200 more)");
        assert_eq!(difference(&premium(-10.0, 1.0), " than alone"), "£10,000 less than alone (£8,040 to £12,000 less)");
        with_report(300, |report| {
            let mut findings = report.findings.clone();
            findings.outcomes[7].spread.mean = premium(-1.0, 3.0);
            let text = super::premium(&Report { findings: &findings, ..*report }).unwrap();
            assert!(text.starts_with("No clear difference from working alone on average: £1,000 less"), "{text}");
            findings.outcomes[7].spread.mean = premium(0.0, 0.0);
            let text = super::premium(&Report { findings: &findings, ..*report }).unwrap();
            assert_eq!(text, "No difference from working alone on average.");
        });
    }

    #[test]
    fn what_an_evaluator_would_find_stands_beside_what_is_true() {
        use crate::analyse::evaluation::EvaluationTotals;
        let columns = [vec![0.01, -0.01, 0.03, 0.01], vec![0.1, 0.1, 0.06, -0.02], vec![0.02; 4], vec![0.5; 4]];
        let finding = EvaluationTotals::of(&columns).unwrap().finding();
        let text = evaluation(&finding, 4).join("\n");
        for part in [
            "An evaluator would on average find 6.0 in 100 more of the people in need helped; truly it is 1.0 in 100 more. The bias is +5.0 (",
            "a clear benefit in 3 of 4 replications",
            "a clear harm in none of 4 replications",
            "Where the partnership truly helped nobody more, a clear benefit is found all the same in the only replication.",
            "Where it truly helped, that is found in 2 of 3 replications",
            "39,200 people in each arm",
        ] {
            assert!(text.contains(part), "{part}\nnot in\n{text}");
        }
        assert_eq!([signed(-0.021), signed(0.0), signed(0.3)], ["-2.1", "0.0", "+30.0"]);
    }

    #[test]
    fn an_interrupted_run_says_how_much_of_it_was_done() {
        with_report(200, |report| {
            let last = sentences(report).pop().unwrap();
            assert!(last.starts_with("From 200 replications of 300 asked for (interrupted)"), "{last}");
        });
    }

    #[test]
    fn a_single_replication_claims_no_premium() {
        with_report(1, |report| assert_eq!(premium(report), None));
    }
}
