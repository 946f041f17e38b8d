//! What values a factor takes, and which of them stands at a place between 0 and 1.

use crate::experiment::quantile::quantile;
use crate::model::math;
use crate::model::uncertainty::Uncertainty;
use crate::scenario::notation;

/// The values of one factor.
#[derive(Debug, Clone, PartialEq)]
pub enum Marginal {
    /// Some values, all alike.
    Levels(Vec<Level>),
    /// A range or a distribution.
    Spread {
        /// How the value is distributed; a range is uniform.
        uncertainty: Uncertainty,
        /// Whether only whole numbers are allowed.
        is_whole: bool,
    },
    /// What falls to it of a sum that it shares with others.
    Share,
}

/// A value of a factor.
#[derive(Debug, Clone, PartialEq)]
pub enum Level {
    /// A number.
    Number(f64),
    /// A word, as a choice takes it.
    Word(String),
}

/// The part of the unit interval over which a distribution without bounds is spread.
#[derive(Debug, Clone, Copy)]
pub(super) struct Inner {
    low: f64,
    high: f64,
}

/// All of it, to within half a step of a sequence of 32 bits.
pub(super) const WHOLE: Inner = Inner { low: 1.0 / 8_589_934_592.0, high: 1.0 - 1.0 / 8_589_934_592.0 };

/// What lies between the values that one in a hundred stays below and one in a hundred goes above.
pub(super) const GRID: Inner = Inner { low: 0.01, high: 0.99 };

impl Level {
    /// As it is written in a scenario.
    pub fn toml(&self) -> String {
        match self {
            Level::Number(number) => notation::number(*number),
            Level::Word(word) => notation::quoted(word),
        }
    }

    /// As people read it.
    pub fn text(&self) -> String {
        match self {
            Level::Number(number) => notation::number(*number),
            Level::Word(word) => word.clone(),
        }
    }
}

impl Marginal {
    /// The levels, where it has a list of them.
    pub fn levels(&self) -> &[Level] {
        match self {
            Marginal::Levels(levels) => levels,
            _ => &[],
        }
    }

    /// What it is, as it would be written in an experiment file.
    pub fn text(&self) -> String {
        match self {
            Marginal::Levels(levels) => {
                format!("[{}]", levels.iter().map(Level::toml).collect::<Vec<_>>().join(", "))
            }
            Marginal::Spread { uncertainty, .. } => notation::uncertainty(uncertainty),
            Marginal::Share => "share".to_string(),
        }
    }

    /// The value at a place of the unit interval.
    pub(super) fn value(&self, at: f64, inner: Inner) -> Level {
        match self {
            Marginal::Levels(levels) => levels[((at * levels.len() as f64) as usize).min(levels.len() - 1)].clone(),
            Marginal::Spread { uncertainty: Uncertainty::Uniform { low, high }, is_whole: true } => {
                // Each whole number has a stretch of its own.
                Level::Number((low + at * (high - low + 1.0)).floor().min(*high))
            }
            Marginal::Spread { uncertainty, is_whole } => {
                let value = quantile_within(uncertainty, at, &inner);
                Level::Number(if *is_whole { value.round() } else { value })
            }
            Marginal::Share => Level::Number(at),
        }
    }
}

fn quantile_within(uncertainty: &Uncertainty, at: f64, inner: &Inner) -> f64 {
    let has_bounds = !matches!(uncertainty, Uncertainty::Normal { .. } | Uncertainty::LogNormal { .. });
    if has_bounds {
        return quantile(uncertainty, at);
    }
    // A grid is drawn together evenly; of a sample only what touches the ends is moved.
    let is_grid = inner.low > 1e-6;
    let at = if is_grid { inner.low + at * (inner.high - inner.low) } else { math::clamp(at, inner.low, inner.high) };
    quantile(uncertainty, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_whole_numbers_have_stretches_of_the_same_length() {
        let uncertainty = Uncertainty::Uniform { low: 2.0, high: 5.0 };
        let count = Marginal::Spread { uncertainty, is_whole: true };
        let at = [0.0, 0.24, 0.26, 0.5, 0.76, 1.0].map(|at| count.value(at, WHOLE));
        assert_eq!(at, [2.0, 2.0, 3.0, 4.0, 5.0, 5.0].map(Level::Number));
        let words = Marginal::Levels(["a", "b"].map(|word| Level::Word(word.to_string())).to_vec());
        assert_eq!([0.49, 0.5, 1.0].map(|at| words.value(at, WHOLE).text()), ["a", "b", "b"]);
    }

    #[test]
    fn the_ends_of_a_distribution_without_bounds_are_numbers() {
        let normal = Marginal::Spread { uncertainty: Uncertainty::Normal { mean: 0.0, sd: 1.0 }, is_whole: false };
        let number = |level| if let Level::Number(number) = level { number } else { f64::NAN };
        assert!((number(normal.value(0.0, WHOLE)) + 6.3).abs() < 0.1);
        assert!((number(normal.value(1.0, GRID)) - 2.326_348).abs() < 1e-6);
    }
}
