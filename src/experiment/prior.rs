//! What is believed of a parameter before data: any form of uncertainty, on any path of a scenario.

use super::vary::Vary;
use crate::model::math;
use crate::model::uncertainty::Uncertainty;
use crate::scenario::Override;
use crate::scenario::lever::{Lever, lever};
use crate::scenario::notation::{number as written, uncertainty as noted};
use crate::scenario::parse::uncertainty::uncertainty;
use statrs::distribution::{Beta, ContinuousCDF};
use statrs::function::erf::erfc;

/// A parameter with what is believed of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Prior {
    /// Dotted path, as for `--set`.
    pub path: String,
    /// What is believed of it.
    pub belief: Uncertainty,
    /// Whether only whole numbers make sense: then the uncertainty is rounded.
    pub is_whole: bool,
    /// Unit in words.
    pub unit: &'static str,
}

impl Prior {
    /// Reads `path=low..high`, anywhere in which is equally likely, or `path={ pert = [low, likeliest, high] }` in any form of
    /// uncertainty.
    ///
    /// ```
    /// use partnersim::experiment::prior::Prior;
    /// let prior = Prior::parse("trust.initial=0..0.8").unwrap();
    /// assert_eq!(prior.quantile(0.25), 0.2);
    /// let whole = Prior::parse("governance.partners=2..5").unwrap();
    /// assert_eq!([0.1, 0.3, 0.6, 0.9].map(|u| whole.quantile(u)), [2.0, 3.0, 4.0, 5.0]);
    /// ```
    ///
    /// # Errors
    /// A sentence on what is wrong and what is allowed.
    pub fn parse(text: &str) -> Result<Prior, String> {
        let form = "write it as in trust.initial=0.2..0.8 or communication.quality='{ pert = [0.3, 0.6, 0.9] }'";
        let Override { path, value } = Override::parse(text).map_err(|_| format!("`{text}` gives no range: {form}"))?;
        if !value.starts_with('{') {
            let Vary { path, low, high, is_whole, unit, step } = Vary::parse(text)?;
            if step.is_some() {
                return Err(format!("`{path}`: a belief has no step; {form}"));
            }
            // Each whole number gets the same share, the two at the ends too.
            let half = if is_whole { 0.5 } else { 0.0 };
            return Ok(Prior {
                path,
                belief: Uncertainty::Uniform { low: low - half, high: high + half },
                is_whole,
                unit,
            });
        }
        let belief = uncertainty(&value).map_err(|why| format!("`{path}`: {why}"))?;
        let (is_whole, unit) = match lever(&path) {
            Some(Lever::Words) => return Err(format!("`{path}` is set to a word, and only numbers are calibrated")),
            Some(Lever::Whole { unit }) => (true, unit),
            Some(Lever::Number { unit }) => (false, unit),
            // The reading of the scenario says it with the nearest name.
            None => (false, ""),
        };
        if matches!(belief, Uncertainty::Fixed(_)) {
            return Err(format!("`{path}` is fixed: nothing is left to be learnt of it; {form}"));
        }
        Ok(Prior { path, belief, is_whole, unit })
    }

    /// The value below which the parameter lies with probability `u`.
    pub fn quantile(&self, u: f64) -> f64 {
        if !self.is_whole {
            return quantile(&self.belief, u);
        }
        // The very ends of the widened range would round to the next number outside it.
        quantile(&self.belief, math::clamp(u, 1e-9, 1.0 - 1e-9)).round()
    }

    /// The value at a normal score: the prior is standard normal in scores, whatever its form.
    pub fn at_score(&self, score: f64) -> f64 {
        self.quantile(0.5 * erfc(-score / std::f64::consts::SQRT_2))
    }

    /// Mean and standard deviation, from a thousand equally likely values.
    pub fn mean_and_sd(&self) -> (f64, f64) {
        let values = (0..1_000).map(|i| self.quantile((f64::from(i) + 0.5) / 1_000.0));
        let (n, sum, squares) =
            values.fold((0.0, 0.0, 0.0), |(n, sum, squares), x| (n + 1.0, sum + x, squares + x * x));
        let mean: f64 = sum / n;
        (mean, math::max(squares / n - mean * mean, 0.0).sqrt())
    }

    /// The change that sets a value.
    pub fn to(&self, value: f64) -> Override {
        Override { path: self.path.clone(), value: written(value) }
    }

    /// It as it would be written.
    pub fn told(&self) -> String {
        format!("{}={}", self.path, noted(&self.belief))
    }
}

/// The value below which an uncertain number lies with probability `u`, between 0 and 1.
///
/// Beta, and PERT which is a beta, come from `statrs`; the rest is solved by hand.
///
/// ```
/// use partnersim::experiment::prior::quantile;
/// use partnersim::model::uncertainty::Uncertainty;
/// assert_eq!(quantile(&Uncertainty::Triangular { low: 0.0, mode: 1.0, high: 2.0 }, 0.5), 1.0);
/// ```
pub fn quantile(value: &Uncertainty, u: f64) -> f64 {
    match value {
        Uncertainty::Fixed(value) => *value,
        Uncertainty::Uniform { low, high } => low + (high - low) * u,
        Uncertainty::Triangular { low, mode, high } => triangular(*low, *mode, *high, u),
        Uncertainty::Pert { low, mode, high } => {
            let width = high - low;
            low + width * beta(1.0 + 4.0 * (mode - low) / width, 1.0 + 4.0 * (high - mode) / width, u)
        }
        Uncertainty::Normal { mean, sd } => mean + sd * math::normal_quantile(inside(u)),
        Uncertainty::LogNormal { median, sigma } => median * math::exp(sigma * math::normal_quantile(inside(u))),
        Uncertainty::Beta { alpha, beta: second } => beta(*alpha, *second, u),
        Uncertainty::Discrete(weighted) => {
            let mut pairs = weighted.to_vec();
            pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
            stepped(&pairs, u)
        }
        Uncertainty::Observed(values) => {
            let mut pairs: Vec<(f64, f64)> = values.iter().map(|&value| (value, 1.0)).collect();
            pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
            stepped(&pairs, u)
        }
    }
}

/// Away from the ends, where a normal number is infinite.
fn inside(u: f64) -> f64 {
    math::clamp(u, 1e-15, 1.0 - 1e-15)
}

fn beta(alpha: f64, second: f64, u: f64) -> f64 {
    Beta::new(alpha, second).map_or(f64::NAN, |beta| beta.inverse_cdf(math::unit(u)))
}

fn triangular(low: f64, mode: f64, high: f64, u: f64) -> f64 {
    let (width, rise) = (high - low, mode - low);
    if u * width < rise { low + (u * width * rise).sqrt() } else { high - ((1.0 - u) * width * (high - mode)).sqrt() }
}

/// The first value, in ascending order, at which the running weight passes `u` of the whole.
fn stepped(ascending: &[(f64, f64)], u: f64) -> f64 {
    let total: f64 = ascending.iter().map(|(_, weight)| weight).sum();
    let mut left = u * total;
    let found = ascending.iter().find(|(_, weight)| {
        left -= weight;
        left < 0.0
    });
    found.or(ascending.last()).map_or(f64::NAN, |(value, _)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_scipy() {
        for (form, u, expected) in [
            (Uncertainty::Uniform { low: 0.2, high: 0.4 }, 0.25, 0.25),
            // scipy.stats.triang(c=0.25, loc=0.1, scale=0.4).ppf
            (Uncertainty::Triangular { low: 0.1, mode: 0.2, high: 0.5 }, 0.1, 0.163_245_553_203_367_6),
            (Uncertainty::Triangular { low: 0.1, mode: 0.2, high: 0.5 }, 0.9, 0.390_455_488_498_966_8),
            // scipy.stats.beta(3, 3).ppf scaled to 0.3..0.9
            (Uncertainty::Pert { low: 0.3, mode: 0.6, high: 0.9 }, 0.1, 0.447_981_871_973_079_9),
            (Uncertainty::Beta { alpha: 6.0, beta: 4.0 }, 0.3, 0.522_438_859_662_071_5),
            (Uncertainty::Normal { mean: 1.0, sd: 2.0 }, 0.975, 4.919_927_969_080_108),
            (Uncertainty::LogNormal { median: 2.0, sigma: 0.3 }, 0.5, 2.0),
            (Uncertainty::Discrete(vec![(3.0, 1.0), (1.0, 3.0)].into()), 0.7, 1.0),
            (Uncertainty::Observed(vec![3.0, 1.0].into()), 0.7, 3.0),
        ] {
            assert!((quantile(&form, u) - expected).abs() < 1e-9, "{form:?}: {}", quantile(&form, u));
        }
    }

    #[test]
    fn a_score_of_nought_is_the_median_and_scores_rise_with_values() {
        let prior = Prior::parse("communication.quality={ pert = [0.3, 0.5, 0.9] }").unwrap();
        let at = |score: f64| prior.at_score(score);
        assert!((at(0.0) - prior.quantile(0.5)).abs() < 1e-12);
        assert!(at(-8.0) >= 0.3 && at(-1.0) < at(0.0) && at(8.0) <= 0.9);
        let (mean, sd) = prior.mean_and_sd();
        // Mean (0.3 + 4 × 0.5 + 0.9) / 6, variance (mean - low)(high - mean) / 7.
        let exact = 3.2 / 6.0;
        assert!((mean - exact).abs() < 1e-4 && (sd * sd - (exact - 0.3) * (0.9 - exact) / 7.0).abs() < 1e-4);
    }

    #[test]
    fn whole_numbers_stay_within_their_range_and_have_equal_shares() {
        let prior = Prior::parse("governance.partners=2..5").unwrap();
        assert_eq!([0.0, 0.249, 0.251, 0.749, 0.751, 1.0].map(|u| prior.quantile(u)), [2.0, 2.0, 3.0, 4.0, 5.0, 5.0]);
        assert_eq!((prior.at_score(-40.0), prior.at_score(40.0)), (2.0, 5.0));
    }

    #[test]
    fn what_is_no_belief_is_told() {
        for (text, words) in [
            ("trust.initial", "gives no range"),
            ("trust.initial={ pert = [1, 2] }", "needs 3 values"),
            ("trust.initial={ prt = [1, 2, 3] }", "did you mean `pert`?"),
            ("trust.initial={ fixed = 0.4 }", "nothing is left"),
            ("sharing.rule={ uniform = [0, 1] }", "is set to a word"),
            ("trust.initial=0..1:0.1", "no step"),
        ] {
            assert!(Prior::parse(text).unwrap_err().contains(words), "{text}: {:?}", Prior::parse(text));
        }
    }
}
