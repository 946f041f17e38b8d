//! How precise a run became, in words and for the manifest.

use super::Report;
use super::figure::{counted, decimals_to_show, grouped};
use crate::analyse::precision::{Precision, Reached, Within};
use crate::experiment::quantity::Quantity;
use serde::{Deserialize, Serialize};

/// What the manifest says of the precision a run was to reach.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PrecisionEntry {
    /// Confidence with which the intervals of all looks hold together.
    pub confidence: f64,
    /// Replications run at least.
    pub min_replications: u64,
    /// Replications run at most.
    pub max_replications: u64,
    /// Looks planned at most.
    pub looks: usize,
    /// Replications at which the goals were judged last.
    pub replications: u64,
    /// Whether all goals were reached.
    pub reached: bool,
    /// The goals.
    pub goals: Vec<GoalEntry>,
}

/// What the manifest says of one goal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalEntry {
    /// The quantity, as it was asked for.
    pub quantity: String,
    /// The half-width asked for, in the quantity's unit or as a percentage of its estimate.
    pub asked: String,
    /// The estimate; nothing where there is none.
    pub estimate: Option<f64>,
    /// The half-width reached.
    pub half_width: Option<f64>,
    /// Whether it is as narrow as asked.
    pub reached: bool,
    /// Where not, about how many replications would be enough.
    pub replications_needed: Option<u64>,
}

impl PrecisionEntry {
    /// The entry of what became of the goals.
    pub fn of(precision: &Precision) -> PrecisionEntry {
        let goals = precision.goals.iter().map(|Reached { goal, known, needed }| GoalEntry {
            quantity: goal.quantity.to_string(),
            asked: goal.within.to_string(),
            estimate: known.value.is_finite().then_some(known.value),
            half_width: known.half_width.is_finite().then_some(known.half_width),
            reached: goal.is_reached(known),
            replications_needed: *needed,
        });
        PrecisionEntry {
            confidence: precision.confidence,
            min_replications: precision.bounds[0],
            max_replications: precision.bounds[1],
            looks: precision.looks,
            replications: precision.replications,
            reached: precision.is_reached(),
            goals: goals.collect(),
        }
    }
}

/// What was reached, each goal that was not with what it would take, and what the intervals mean.
pub fn sentences(report: &Report) -> Vec<String> {
    report.ended.precision.map_or_else(Vec::new, told)
}

/// The same of whatever was to be known so well.
pub fn told(precision: &Precision) -> Vec<String> {
    let replications = counted(precision.replications, "replication");
    let is_reached = |reached: &&Reached| precision.is_look && reached.goal.is_reached(&reached.known);
    let reached: Vec<String> = precision.goals.iter().filter(is_reached).map(found).collect();
    let mut sentences = Vec::new();
    if !reached.is_empty() {
        sentences.push(format!("Precise enough after {replications}: {}.", reached.join("; ")));
    }
    let others = precision.goals.iter().filter(|reached| !is_reached(reached));
    sentences.extend(others.map(|reached| missed(reached, precision, &replications)));
    let percent = grouped(100.0 * precision.confidence, 2);
    let percent = percent.trim_end_matches('0').trim_end_matches('.');
    let looks = match precision.looks {
        1 => String::new(),
        n => format!(", and allow for looking up to {n} times whether they are narrow enough"),
    };
    sentences.push(format!("The intervals after ± hold with {percent} % confidence each{looks}."));
    sentences
}

/// A goal that was not reached.
fn missed(reached: &Reached, precision: &Precision, replications: &str) -> String {
    if reached.known.value.is_nan() {
        // A quantity that some replications do not have is no number.
        return format!(
            "Not precise after {replications}: {} is not defined in every one of them.",
            reached.goal.quantity
        );
    }
    let found = found(reached);
    if !precision.is_look {
        return format!("Interrupted after {replications} with {found}.");
    }
    let limit = if precision.replications >= precision.bounds[1] { ", the most allowed" } else { "" };
    let needed =
        reached.needed.map_or_else(String::new, |n| format!("; about {} would be enough", grouped(rough(n), 0)));
    format!("Not precise enough after {replications}{limit}: {found}{needed}.")
}

/// An estimate with its half-width, and what was asked for.
fn found(Reached { goal, known, .. }: &Reached) -> String {
    let unit = unit(&goal.quantity);
    let decimals = match known.half_width {
        half_width if half_width >= 9.5 => 0,
        half_width if half_width > 0.0 => decimals_to_show(half_width, 0) + 1,
        _ => 2,
    };
    let asked = match goal.within {
        Within::Amount(amount) => amount.to_string(),
        share @ Within::Share(_) => share.to_string().replace('%', " %"),
    };
    let value = grouped(known.value, decimals);
    let quantity = goal.quantity;
    if known.half_width.is_nan() {
        return format!("{quantity} {value}{unit} with an interval not yet known (asked ± {asked})");
    }
    format!("{quantity} {value} ± {}{unit} (asked ± {asked})", grouped(known.half_width, decimals))
}

/// Two digits of a number that is but an extrapolation, rounded upwards.
fn rough(n: u64) -> f64 {
    let (n, mut unit) = (n as f64, 1.0);
    while n / unit > 99.0 {
        unit *= 10.0;
    }
    (n / unit).ceil() * unit
}

/// A unit that needs saying, after a space.
fn unit(quantity: &Quantity) -> String {
    let unit = quantity.variable().unit();
    let is_share = matches!(quantity, Quantity::Probability(_)) || ["share", "0 or 1", "index, 0 to 1"].contains(&unit);
    if is_share { String::new() } else { format!(" {unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::precision::{Goal, Known};
    use crate::output::Ended;
    use crate::output::tests::with_report;

    fn precision(goals: &[(&str, f64, f64, Option<u64>)], replications: u64) -> Precision {
        let goals = goals.iter().map(|&(goal, value, half_width, needed)| Reached {
            goal: Goal::parse(goal).unwrap(),
            known: Known { value, half_width },
            needed,
        });
        Precision {
            confidence: 0.95,
            looks: 21,
            bounds: [1_024, 5_000],
            replications,
            is_look: true,
            goals: goals.collect(),
        }
    }

    #[test]
    fn sentences_say_what_was_asked_what_was_reached_and_what_it_would_take() {
        let goals = [
            ("P(premium > 0)=0.01", 0.512_34, 0.009_71, None),
            ("premium=5%", -12.345, 3.21, Some(134_567)),
            ("cost_per_person=2", f64::NAN, f64::NAN, None),
        ];
        let precision = precision(&goals, 5_000);
        with_report(300, |report| {
            let ended = Ended { precision: Some(&precision), ..Ended::default() };
            let report = &Report { ended, ..*report };
            assert_eq!(
                sentences(report),
                [
                    "Precise enough after 5,000 replications: P(premium > 0) 0.512 ± 0.010 (asked ± 0.01).",
                    "Not precise enough after 5,000 replications, the most allowed: mean(premium) -12.3 ± 3.2 thousand pounds (asked ± 5 %); about 140,000 would be enough.",
                    "Not precise after 5,000 replications: mean(cost_per_person) is not defined in every one of them.",
                    "The intervals after ± hold with 95 % confidence each, and allow for looking up to 21 times whether they are narrow enough.",
                ]
            );
        });
        let entry = PrecisionEntry::of(&precision);
        assert_eq!((entry.reached, entry.goals[0].reached, entry.goals[2].estimate), (false, true, None));
        let json = serde_json::to_string(&entry).unwrap();
        assert_eq!(serde_json::from_str::<PrecisionEntry>(&json).unwrap(), entry);
    }

    #[test]
    fn a_run_that_is_precise_enough_is_complete_with_fewer_than_the_most() {
        let precision = precision(&[("trust=0.1", 0.5, 0.05, None)], 200);
        with_report(200, |report| {
            assert!(report.is_interrupted());
            let ended = Ended { precision: Some(&precision), ..Ended::default() };
            assert!(!Report { ended, ..*report }.is_interrupted());
        });
    }
}
