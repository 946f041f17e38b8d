//! What a discovery looks like: sentences that can be quoted, tables, and pictures in characters.

pub mod picture;
pub mod sentences;
pub mod sheets;

use super::figure::{grouped, of_100};
use crate::analyse::discovery::region::Bound;
use crate::analyse::discovery::worlds::{Count, Values, Worlds};
use crate::analyse::findings::Share;
use crate::scenario::wording::{Wording, wording};

/// What was asked of which worlds.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// What happens: `failed`, `premium < 0`.
    pub when: String,
    /// What one observation is called: `world`, `point`, `row`.
    pub noun: &'static str,
    /// Names of the inputs, as in their tables.
    pub names: &'a [String],
    /// The worlds.
    pub worlds: &'a Worlds,
    /// The share of a box that was asked for, where one was.
    pub density: Option<f64>,
    /// Inputs that no scenario sets, each with the grade of evidence of its default.
    pub defaults: &'a [(usize, String)],
}

impl Asked<'_> {
    /// What an input is called in a sentence.
    fn wording(&self, input: usize) -> Wording {
        wording(&self.names[input])
    }

    /// A share of worlds in words: `in 83 of 100 worlds (80–86)`.
    fn of_100(&self, count: Count) -> String {
        let share = Share::new(count.cases as u64, count.n as u64);
        of_100(&share, count.n as u64).replace("replication", self.noun)
    }

    /// A number of worlds: `1,200 worlds`.
    fn counted(&self, n: usize) -> String {
        super::figure::counted(n as u64, self.noun)
    }

    /// What is allowed of an input, for tables: `communication quality at most 0.4`.
    fn restriction(&self, input: usize, bound: &Bound) -> String {
        self.named(input, bound, "")
    }

    /// The same for a sentence: `communication quality is at most 0.4`.
    fn clause(&self, input: usize, bound: &Bound) -> String {
        self.named(input, bound, "is ")
    }

    fn named(&self, input: usize, bound: &Bound, verb: &str) -> String {
        let Wording { words, unit } = self.wording(input);
        let allowed = self.allowed(input, bound);
        let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
        format!("{words} {verb}{allowed}{unit}")
    }

    /// What it is called when it happens: `failures` or `cases`.
    fn cases(&self) -> &'static str {
        if self.when == "failed" { "failures" } else { "cases" }
    }

    /// What is allowed, without the name: `at most 0.4`, `between 0.2 and 0.4`, `lead or shared`.
    fn allowed(&self, input: usize, bound: &Bound) -> String {
        match (bound, &self.worlds.inputs[input]) {
            (Bound::Range { low, high }, _) if low == high => figure(*low),
            (Bound::Range { low, high }, _) => match (low.is_finite(), high.is_finite()) {
                (true, true) if is_just_above(*low) => {
                    format!("above {} and at most {}", figure(low.next_down()), figure(*high))
                }
                (true, true) => format!("between {} and {}", figure(*low), figure(*high)),
                (true, false) if is_just_above(*low) => format!("above {}", figure(low.next_down())),
                (true, false) => format!("at least {}", figure(*low)),
                (false, true) => format!("at most {}", figure(*high)),
                (false, false) => "anything".to_string(),
            },
            (Bound::Among(allowed), Values::Words { words, .. }) => {
                let words = words.iter().zip(allowed).filter(|(_, allowed)| **allowed);
                words.map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" or ")
            }
            _ => String::new(),
        }
    }

    /// All that a box restricts, joined: `communication quality is at most 0.4 and partners is at least 7`.
    fn restrictions<'b>(&self, bounds: impl Iterator<Item = (usize, &'b Bound)>) -> String {
        let told: Vec<String> = bounds.map(|(input, bound)| self.clause(input, bound)).collect();
        listed(&told)
    }
}

/// `one, two and three`.
fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A bound as it was rounded, thousands set apart.
fn figure(value: f64) -> String {
    let plain = super::number::text(value);
    let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    if plain.contains('e') { plain } else { grouped(value, decimals) }
}

/// Whether a lower bound is the least number above one that was rounded, as in the second part of a division.
fn is_just_above(low: f64) -> bool {
    super::number::text(low.next_down()).len() + 6 < super::number::text(low).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_told_in_words_with_their_units() {
        let words = Values::words(&["lead".to_string(), "shared".to_string(), "network".to_string()]);
        let numbers = Values::Numbers(vec![0.0; 3]);
        let worlds = Worlds { inputs: vec![numbers.clone(), words, numbers], cases: vec![false; 3] };
        let names = ["communication.quality", "form", "need.care.value"].map(str::to_string);
        let asked = Asked {
            when: "failed".to_string(),
            noun: "world",
            names: &names,
            worlds: &worlds,
            density: None,
            defaults: &[],
        };
        let inf = f64::INFINITY;
        for (input, bound, told) in [
            (0, Bound::Range { low: -inf, high: 0.4 }, "communication quality at most 0.4"),
            (0, Bound::Range { low: 0.2, high: 0.4 }, "communication quality between 0.2 and 0.4"),
            (0, Bound::Range { low: 0.4f64.next_up(), high: inf }, "communication quality above 0.4"),
            (1, Bound::Among(vec![true, false, true]), "form lead or shared"),
            (2, Bound::Range { low: 5300.0, high: inf }, "value of care at least 5,300 pounds a person"),
        ] {
            assert_eq!(asked.restriction(input, &bound), told);
        }
        let both = [(0, &Bound::Range { low: -inf, high: 0.4 }), (1, &Bound::Among(vec![false, true, false]))];
        assert_eq!(asked.restrictions(both.into_iter()), "communication quality is at most 0.4 and form is network");
        assert_eq!(asked.of_100(Count { n: 1000, cases: 830 }), "in 83 of 100 worlds (80–86)");
        assert_eq!(listed(&["a", "b", "c"].map(str::to_string)), "a, b and c");
    }
}
