//! What values a factor takes, and which of them stands at a place between 0 and 1.

use crate::model::math;
use crate::model::uncertainty::Uncertainty;
use crate::scenario::notation;
use statrs::distribution::{Beta, ContinuousCDF};

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

/// The value below which an uncertain number lies with probability `p`.
///
/// ```
/// use partnersim::experiment::design::marginal::quantile;
/// use partnersim::model::uncertainty::Uncertainty;
/// assert_eq!(quantile(&Uncertainty::Uniform { low: 2.0, high: 4.0 }, 0.25), 2.5);
/// ```
pub fn quantile(uncertainty: &Uncertainty, p: f64) -> f64 {
    match uncertainty {
        Uncertainty::Fixed(value) => *value,
        Uncertainty::Uniform { low, high } => low + (high - low) * p,
        Uncertainty::Triangular { low, mode, high } => triangular(*low, *mode, *high, p),
        Uncertainty::Pert { low, mode, high } => {
            let width = high - low;
            let (alpha, beta) = (1.0 + 4.0 * (mode - low) / width, 1.0 + 4.0 * (high - mode) / width);
            low + width * beta_quantile(alpha, beta, p)
        }
        Uncertainty::Normal { mean, sd } => mean + sd * math::normal_quantile(p),
        Uncertainty::LogNormal { median, sigma } => median * math::exp(sigma * math::normal_quantile(p)),
        Uncertainty::Beta { alpha, beta } => beta_quantile(*alpha, *beta, p),
        Uncertainty::Discrete(weighted) => {
            let mut ascending = weighted.to_vec();
            ascending.sort_by(|a, b| a.0.total_cmp(&b.0));
            weighted_quantile(&ascending, p)
        }
        Uncertainty::Observed(values) => {
            let mut ascending = values.to_vec();
            ascending.sort_by(f64::total_cmp);
            ascending[((p * ascending.len() as f64) as usize).min(ascending.len() - 1)]
        }
    }
}

fn triangular(low: f64, mode: f64, high: f64, p: f64) -> f64 {
    let width = high - low;
    if p * width < mode - low {
        low + (p * width * (mode - low)).sqrt()
    } else {
        high - ((1.0 - p) * width * (high - mode)).sqrt()
    }
}

/// By halving: the area of `statrs` is right to the last digits, its inverse is not everywhere.
fn beta_quantile(alpha: f64, beta: f64, p: f64) -> f64 {
    let Ok(distribution) = Beta::new(alpha, beta) else { return alpha / (alpha + beta) };
    if p <= 0.0 || p >= 1.0 {
        return p;
    }
    let (mut low, mut high) = (0.0, 1.0);
    // Halving the value itself near nothing, where a shape below 1 puts much of the weight.
    for _ in 0..200 {
        let middle = if high < 1e-3 && low == 0.0 { high * 1e-3 } else { 0.5 * (low + high) };
        if middle <= low || middle >= high {
            break;
        }
        *(if distribution.cdf(middle) < p { &mut low } else { &mut high }) = middle;
    }
    0.5 * (low + high)
}

fn weighted_quantile(ascending: &[(f64, f64)], p: f64) -> f64 {
    let total: f64 = ascending.iter().map(|(_, weight)| weight).sum();
    let mut left = p * total;
    let heavy = || ascending.iter().filter(|(_, weight)| *weight > 0.0);
    for &(value, weight) in heavy() {
        if left < weight {
            return value;
        }
        left -= weight;
    }
    heavy().next_back().map_or(0.0, |(value, _)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_beta_pert_and_triangular_are_those_of_scipy() {
        // SciPy 1.16, stats.beta.ppf and stats.triang.ppf.
        let cases = [
            (Uncertainty::Beta { alpha: 6.0, beta: 4.0 }, 1e-6, 0.048815706430957596),
            (Uncertainty::Beta { alpha: 6.0, beta: 4.0 }, 0.01, 0.2500264494493502),
            (Uncertainty::Beta { alpha: 6.0, beta: 4.0 }, 0.999, 0.9437941101922317),
            (Uncertainty::Beta { alpha: 0.5, beta: 4.0 }, 1e-6, 2.0897959183682215e-13),
            (Uncertainty::Beta { alpha: 0.5, beta: 4.0 }, 0.5, 0.058710801339783646),
            (Uncertainty::Pert { low: 0.1, mode: 0.7, high: 1.5 }, 0.01, 0.21275410055813732),
            (Uncertainty::Pert { low: 0.1, mode: 0.7, high: 1.5 }, 0.9, 1.0920217088781734),
            (Uncertainty::Triangular { low: 1.0, mode: 1.5, high: 3.0 }, 0.1, 1.316227766016838),
            (Uncertainty::Triangular { low: 1.0, mode: 1.5, high: 3.0 }, 0.9, 2.452277442494834),
        ];
        for (uncertainty, p, value) in cases {
            let found = quantile(&uncertainty, p);
            assert!((found / value - 1.0).abs() < 1e-9, "{uncertainty:?} at {p}: {found}, not {value}");
        }
    }

    #[test]
    fn every_form_rises_and_has_the_mean_of_its_distribution() {
        let forms = [
            (Uncertainty::Uniform { low: 1.0, high: 3.0 }, 2.0),
            (Uncertainty::Triangular { low: 0.0, mode: 1.0, high: 5.0 }, 2.0),
            (Uncertainty::Pert { low: 0.0, mode: 1.0, high: 5.0 }, 1.5),
            (Uncertainty::Normal { mean: 4.0, sd: 2.0 }, 4.0),
            (Uncertainty::LogNormal { median: 1.0, sigma: 0.5 }, 1.133_148_453),
            (Uncertainty::Beta { alpha: 2.0, beta: 6.0 }, 0.25),
            (Uncertainty::Discrete(vec![(3.0, 1.0), (1.0, 3.0), (9.0, 0.0)].into()), 1.5),
            (Uncertainty::Observed(vec![5.0, 1.0, 3.0].into()), 3.0),
        ];
        let n = 20_000;
        for (uncertainty, mean) in forms {
            let values: Vec<f64> =
                (0..n).map(|k| quantile(&uncertainty, (f64::from(k) + 0.5) / f64::from(n))).collect();
            assert!(values.is_sorted(), "{uncertainty:?}");
            let found = values.iter().sum::<f64>() / f64::from(n);
            assert!((found - mean).abs() < 2e-3 * mean, "{uncertainty:?}: {found}, not {mean}");
        }
    }

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
