//! What is believed of a parameter before data: any form of uncertainty, on any path of a scenario.

use super::quantile::quantile;
use super::vary::Vary;
use crate::model::math;
use crate::model::uncertainty::Uncertainty;
use crate::scenario::Override;
use crate::scenario::lever::{Lever, lever};
use crate::scenario::notation::{number as written, uncertainty as noted};
use crate::scenario::parse::uncertainty::uncertainty;
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

#[cfg(test)]
mod tests {
    use super::*;

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
