//! A parameter and the range it is varied over: `governance.partners=2..20`, `communication.quality=0.2..0.9:0.1`.

use crate::scenario::Override;
use crate::scenario::lever::{Lever, lever};
use crate::scenario::notation::number as written;

/// Steps, about, that a range of numbers is divided into where none is given.
const USUAL_STEPS: f64 = 12.0;

/// Most values that one range may have.
const MOST_VALUES: usize = 200;

/// A parameter and the range it is varied over.
#[derive(Debug, Clone, PartialEq)]
pub struct Vary {
    /// Dotted path, as for `--set`.
    pub path: String,
    /// Least value.
    pub low: f64,
    /// Greatest value.
    pub high: f64,
    /// Distance of the values, where it is given.
    pub step: Option<f64>,
    /// Whether only whole numbers make sense.
    pub is_whole: bool,
    /// Unit in words.
    pub unit: &'static str,
}

impl Vary {
    /// Reads `path=low..high` or `path=low..high:step`.
    ///
    /// ```
    /// use partnersim::experiment::vary::Vary;
    /// let vary = Vary::parse("governance.partners=2..6").unwrap();
    /// assert_eq!(vary.values(), [2.0, 3.0, 4.0, 5.0, 6.0]);
    /// assert!(Vary::parse("sharing.rule=1..2").unwrap_err().contains("word"));
    /// ```
    ///
    /// # Errors
    /// A sentence on what is wrong and what is allowed.
    pub fn parse(text: &str) -> Result<Vary, String> {
        let form = "write it as in governance.partners=2..20 or communication.quality=0.2..0.9:0.1";
        let Override { path, value } = Override::parse(text).map_err(|_| format!("`{text}` gives no range: {form}"))?;
        let (range, step) = value.split_once(':').map_or((value.as_str(), None), |(range, step)| (range, Some(step)));
        let (low, high) = range.split_once("..").ok_or_else(|| format!("`{value}` is not a range: {form}"))?;
        let (low, high) = (number(low)?, number(high.trim_start_matches('='))?);
        let step = step.map(number).transpose()?;
        let (is_whole, unit) = match lever(&path) {
            Some(Lever::Words) => return Err(format!("`{path}` is set to a word, and only numbers have a range")),
            Some(Lever::Whole { unit }) => (true, unit),
            Some(Lever::Number { unit }) => (false, unit),
            // The reading of the scenario says it with the nearest name.
            None => (false, ""),
        };
        let vary = Vary { path, low, high, step, is_whole, unit };
        vary.fault().map_or(Ok(vary), Err)
    }

    fn fault(&self) -> Option<String> {
        let Vary { path, low, high, .. } = self;
        if low >= high {
            return Some(format!("`{path}`: the lowest value, {low}, is not below the highest, {high}"));
        }
        if self.is_whole && [Some(*low), Some(*high), self.step].iter().flatten().any(|value| value.fract() != 0.0) {
            return Some(format!("`{path}` takes whole numbers only"));
        }
        if self.step.is_some_and(|step| step <= 0.0) {
            return Some(format!("`{path}`: the step is not above 0"));
        }
        let n = (high - low) / self.spacing() + 1.0;
        (n > MOST_VALUES as f64 + 0.5).then(|| {
            format!("`{path}`: {} values are more than the {MOST_VALUES} allowed: give a larger step, as in {low}..{high}:{}",
                written(n.floor()), written(((high - low) / 20.0).ceil().max(1.0)))
        })
    }

    fn spacing(&self) -> f64 {
        let usual = if self.is_whole { 1.0 } else { round_step((self.high - self.low) / USUAL_STEPS) };
        self.step.unwrap_or(usual)
    }

    /// Whether nothing lies between its values: whole numbers, or a step that was asked for.
    pub fn is_discrete(&self) -> bool {
        self.is_whole || self.step.is_some()
    }

    /// The values, in ascending order: all whole numbers, every step, or as many as show the course.
    pub fn values(&self) -> Vec<f64> {
        // Rounding must not lose the last value.
        let n = ((self.high - self.low) / self.spacing() + 1e-9).floor() as usize;
        let mut values: Vec<f64> = (0..=n).map(|i| tidy(self.low + i as f64 * self.spacing()).min(self.high)).collect();
        // A usual step reaches the end of the range; one that was asked for is kept to.
        if self.step.is_none() && values[n] < self.high - 1e-9 * (self.high - self.low) {
            values.push(self.high);
        }
        values
    }

    /// The change that sets a value.
    pub fn to(&self, value: f64) -> Override {
        Override { path: self.path.clone(), value: written(value) }
    }
}

/// The step nearest below among 1, 2 and 5 times a power of ten, which people can read.
fn round_step(step: f64) -> f64 {
    let mut unit = 1.0;
    while unit > step {
        unit /= 10.0;
    }
    while unit * 10.0 <= step {
        unit *= 10.0;
    }
    let largest = [5.0, 2.0, 1.0].into_iter().find(|times| times * unit <= step);
    largest.unwrap_or(1.0) * unit
}

/// Without the last digits, which 0.1 + 0.2 would show.
fn tidy(value: f64) -> f64 {
    format!("{value:.12}").parse().unwrap_or(value)
}

fn number(text: &str) -> Result<f64, String> {
    let value = text.trim().parse::<f64>().ok().filter(|value| value.is_finite());
    value.ok_or_else(|| format!("`{}` is not a number", text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_steps_and_usual_values() {
        assert_eq!(Vary::parse("horizon_months=12..36:12").unwrap().values(), [12.0, 24.0, 36.0]);
        assert_eq!(Vary::parse("communication.quality=0.1..0.5:0.1").unwrap().values(), [0.1, 0.2, 0.3, 0.4, 0.5]);
        assert_eq!(Vary::parse("communication.quality=0..1:0.3").unwrap().values(), [0.0, 0.3, 0.6, 0.9]);
        let usual = Vary::parse("communication.quality=0..0.93").unwrap();
        let values = usual.values();
        assert_eq!((values.len(), values[1], values[18], values[19]), (20, 0.05, 0.9, 0.93));
        assert!(!usual.is_discrete() && Vary::parse("governance.partners=2..20").unwrap().is_discrete());
    }

    #[test]
    fn what_is_no_range_is_told() {
        for (text, words) in [
            ("governance.partners", "gives no range"),
            ("governance.partners=5", "not a range"),
            ("governance.partners=2.5..5", "whole numbers only"),
            ("governance.partners=9..5", "not below"),
            ("communication.quality=a..1", "`a` is not a number"),
            ("communication.quality=0..1:0", "not above 0"),
            ("horizon_months=1..1200", "give a larger step"),
            ("governance.lead=1..2", "a word"),
        ] {
            assert!(Vary::parse(text).unwrap_err().contains(words), "{text}: {:?}", Vary::parse(text));
        }
    }
}
