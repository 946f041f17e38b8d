//! What the outcomes of a run lean on: how closely each goes with every uncertain input, over the replications.
//!
//! Replications draw their inputs by themselves, so a run is an experiment in all of them at once: no design is needed. Spearman's correlation
//! (with the interval of Bonett and Wright 2000) says how an outcome goes with one input; its square is the share of the variance of the
//! outcome's ranks that goes with that input alone. The partial rank correlation (Iman and Conover 1979) holds the others.

use super::sensitivity::rank::{Together, correlation_interval, of_length_one, partial_interval, product, ranks};
use super::wilson::Interval;

/// Replications that are looked at are the first ones: a quarter, at least so many where there are as many, and at most so many. They
/// suffice to tell what matters, and take little time beside the simulation.
const REPLICATIONS: [usize; 2] = [4_096, 65_536];
/// Values of inputs that are looked at, at most: with many inputs fewer replications.
const MOST_VALUES: usize = 1 << 21;
/// Inputs up to which the others can be held.
const MOST_TOGETHER: usize = 128;
/// Replications below which nothing is said.
const LEAST_REPLICATIONS: usize = 20;

/// What an outcome leans on.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaning {
    /// Name of the outcome, as in the tables of a run.
    pub outcome: String,
    /// Replications this rests on.
    pub replications: usize,
    /// Share of the variance of the outcome's ranks that goes with all inputs together; NaN where there are too many to say.
    pub explained: f64,
    /// One entry an input, the closest first.
    pub inputs: Vec<Support>,
}

/// How closely an outcome goes with an input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Support {
    /// Position of the input.
    pub input: usize,
    /// Spearman's correlation.
    pub correlation: f64,
    /// Its interval.
    pub interval: Interval,
    /// Partial rank correlation, the other inputs held; NaN where there are too many to say.
    pub partial: f64,
    /// Its interval.
    pub partial_interval: Interval,
}

impl Support {
    /// Share of the variance of the outcome's ranks that goes with the input alone.
    pub fn share_of_variance(&self) -> f64 {
        self.correlation * self.correlation
    }

    /// Whether the interval is clear of zero.
    pub fn is_clear(&self) -> bool {
        self.interval.low > 0.0 || self.interval.high < 0.0
    }
}

/// How many of the replications to look at where there are so many inputs.
pub fn replications(n: u64, n_inputs: usize) -> usize {
    let quarter = usize::try_from(n / 4).unwrap_or(usize::MAX);
    quarter.clamp(REPLICATIONS[0], REPLICATIONS[1]).min(MOST_VALUES / n_inputs.max(1))
}

/// What each outcome leans on that varies, given as name and column, of equally long columns of inputs; nothing where there are too few
/// replications or no inputs that vary.
///
/// ```
/// use partnersim::analyse::leaning::leanings;
/// let cost: Vec<f64> = (0..40).map(f64::from).collect();
/// let luck: Vec<f64> = (0..40).map(|k| f64::from(k * 7 % 40)).collect();
/// let worth: Vec<f64> = cost.iter().zip(&luck).map(|(cost, luck)| luck - 5.0 * cost).collect();
/// let found = leanings(&[luck, cost], &[("worth", &worth)], 0.95);
/// assert_eq!(found[0].inputs[0].input, 1);
/// assert!(found[0].inputs[0].interval.high < -0.9 && found[0].explained > 0.95);
/// ```
pub fn leanings(inputs: &[Vec<f64>], outcomes: &[(&str, &[f64])], confidence: f64) -> Vec<Leaning> {
    let n = outcomes.first().map_or(0, |(_, column)| column.len());
    let varying: Vec<usize> = (0..inputs.len()).filter(|&input| varies(&inputs[input])).collect();
    if n < LEAST_REPLICATIONS || varying.is_empty() {
        return Vec::new();
    }
    let standing: Vec<Vec<f64>> = varying.iter().map(|&input| of_length_one(ranks(&inputs[input]))).collect();
    let can_hold = varying.len() <= MOST_TOGETHER && n >= 2 * varying.len();
    let together = if can_hold { Together::of_length_one(&standing) } else { None };
    let of_one = |(name, column): &(&str, &[f64])| {
        let with_outcome: Vec<f64> = {
            let outcome = of_length_one(ranks(column));
            standing.iter().map(|input| product(input, &outcome)).collect()
        };
        let regression = together.as_ref().map(|together| together.regression(&with_outcome, n));
        let support = |(place, &correlation): (usize, &f64)| {
            let partial = regression.as_ref().map_or(f64::NAN, |found| found.partial[place]);
            Support {
                input: varying[place],
                correlation,
                interval: correlation_interval(correlation, n, confidence),
                partial,
                partial_interval: partial_interval(partial, n, varying.len(), confidence),
            }
        };
        let mut supports: Vec<Support> = with_outcome.iter().enumerate().map(support).collect();
        // Stable: of equals the one that is listed first.
        supports.sort_by(|a, b| b.correlation.abs().total_cmp(&a.correlation.abs()));
        let explained = regression.map_or(f64::NAN, |found| found.explained);
        Leaning { outcome: (*name).to_string(), replications: n, explained, inputs: supports }
    };
    outcomes.iter().filter(|(_, column)| varies(column)).map(of_one).collect()
}

fn varies(column: &[f64]) -> bool {
    column.iter().any(|value| *value != column[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::sensitivity::Index;
    use crate::analyse::sensitivity::rank::influences;
    use crate::model::draws::{Draws, Purpose};

    fn columns(n_inputs: usize, n: u64) -> Vec<Vec<f64>> {
        let uniform = |r, i| Draws::<1>::new(3, r).uniform(Purpose::Design, 0, i, 0)[0];
        (0..n_inputs).map(|i| (0..n).map(|r| uniform(r, i)).collect()).collect()
    }

    #[test]
    fn the_correlations_are_those_of_a_sensitivity_analysis_of_the_same_columns() {
        let inputs = columns(4, 300);
        let outcome: Vec<f64> =
            (0..300).map(|r| inputs[2][r] + 0.3 * inputs[0][r] - inputs[3][r] * inputs[1][r]).collect();
        let slices: Vec<&[f64]> = inputs.iter().map(Vec::as_slice).collect();
        let expected = influences(&slices, &outcome, 0.95).unwrap();
        let found = &leanings(&inputs, &[("outcome", &outcome)], 0.95)[0];
        for support in &found.inputs {
            let of = |index| expected.iter().find(|one| one.input == support.input && one.index == index).unwrap();
            let (spearman, partial) = (of(Index::Spearman), of(Index::PartialRank));
            assert!((support.correlation - spearman.estimate).abs() < 1e-12);
            assert!((support.interval.low - spearman.interval.low).abs() < 1e-12);
            assert!((support.partial - partial.estimate).abs() < 1e-12);
            assert!((support.partial_interval.low - partial.interval.low).abs() < 1e-12);
        }
        assert_eq!(found.inputs[0].input, 2);
        assert!(found.explained > 0.8 && found.explained <= 1.0);
    }

    #[test]
    fn independent_inputs_of_a_sum_share_its_variance_by_their_weights() {
        // Of 3 a + 4 b the variances are as 9 to 16. For ranks of a sum of two uniforms that is near, not exact.
        let inputs = columns(2, 40_000);
        let outcome: Vec<f64> = inputs[0].iter().zip(&inputs[1]).map(|(a, b)| 3.0 * a + 4.0 * b).collect();
        let found = &leanings(&inputs, &[("outcome", &outcome)], 0.95)[0];
        assert!((found.inputs[0].share_of_variance() - 0.64).abs() < 0.03, "{found:?}");
        assert!((found.inputs[1].share_of_variance() - 0.36).abs() < 0.03, "{found:?}");
    }

    #[test]
    fn what_does_not_vary_and_too_few_replications_say_nothing() {
        let mut inputs = columns(2, 50);
        inputs.push(vec![0.5; 50]);
        let (same, outcome) = (vec![1.0; 50], inputs[1].clone());
        let found = leanings(&inputs, &[("same", &same), ("outcome", &outcome)], 0.95);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].inputs.iter().map(|support| support.input).collect::<Vec<_>>(), [1, 0]);
        assert!(leanings(&columns(2, 19), &[("outcome", &outcome[..19])], 0.95).is_empty());
        assert!(leanings(&[], &[("outcome", &outcome)], 0.95).is_empty());
    }

    #[test]
    fn two_inputs_that_determine_one_another_leave_the_correlations_alone() {
        let mut inputs = columns(1, 50);
        inputs.push(inputs[0].iter().map(|x| 1.0 - x).collect());
        let found = &leanings(&inputs, &[("outcome", &inputs[0].clone())], 0.95)[0];
        let [first, second] = [0, 1].map(|place| found.inputs[place].correlation);
        assert!((first.abs() - 1.0).abs() < 1e-12 && (first + second).abs() < 1e-12);
        assert!(found.inputs[0].partial.is_nan() && found.inputs[0].partial_interval.low.is_nan());
    }

    #[test]
    fn many_inputs_take_fewer_replications_and_are_not_held() {
        assert_eq!([1, 32, 64, 4096].map(|inputs| replications(1 << 40, inputs)), [65_536, 65_536, 32_768, 512]);
        assert_eq!([9, 10_000, 100_000].map(|n| replications(n, 9)), [4_096, 4_096, 25_000]);
        let inputs = columns(129, 300);
        let found = &leanings(&inputs, &[("outcome", &inputs[7].clone())], 0.95)[0];
        assert!(found.inputs[0].input == 7 && found.inputs[0].partial.is_nan() && found.explained.is_nan());
    }
}
