//! Between which values of a sample a quantile of the population lies, whatever its distribution.
//!
//! How many values of a sample lie below the population's quantile is binomial, so two of its order statistics enclose that quantile
//! with a probability known exactly (Thompson 1936; Conover, *Practical Nonparametric Statistics*, 3rd edition, section 3.2).
//! The binomial probabilities are summed here outwards from the likeliest count: this needs no logarithm and is right for any size, where
//! the incomplete beta function of `statrs` stops after 140 terms and is wrong in the third digit for a million values.

use super::wilson::Interval;

/// Two ranks that enclose a quantile, counted from 0 in ascending order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranks {
    /// Rank of the lower bound.
    pub low: u64,
    /// Rank of the upper bound.
    pub high: u64,
    /// Probability that the values at these ranks enclose the quantile: exact for a continuous quantity, at least that for any other.
    pub coverage: f64,
}

/// The interval of quantile `p` of the population from a sample in ascending order, at a confidence such as 0.95. Each side misses with at
/// most half of what the confidence leaves. NaN where the sample is too small to say so: for the median, fewer than six values at 95 %.
///
/// ```
/// use partnersim::analyse::order_statistic::quantile_interval;
/// let sample: Vec<f64> = (1..=20).map(f64::from).collect();
/// let median = quantile_interval(&sample, 0.5, 0.95);
/// assert_eq!((median.low, median.high), (6.0, 15.0));
/// ```
pub fn quantile_interval(ascending: &[f64], p: f64, confidence: f64) -> Interval {
    interval_at(ascending.len() as u64, p, confidence, |rank| ascending[rank as usize])
}

/// As [`quantile_interval`], of a sample of `n` of which `value` gives the one at a rank, counted from 0 in ascending order.
pub(crate) fn interval_at(n: u64, p: f64, confidence: f64, value: impl Fn(u64) -> f64) -> Interval {
    let ranks = ranks(n, p, confidence);
    ranks.map_or(Interval { low: f64::NAN, high: f64::NAN }, |ranks| Interval {
        low: value(ranks.low),
        high: value(ranks.high),
    })
}

/// The ranks between which quantile `p` lies, of a sample of `n`; `None` where even the least and the greatest value do not reach the
/// confidence on both sides.
///
/// ```
/// let ranks = partnersim::analyse::order_statistic::ranks(10, 0.5, 0.95).unwrap();
/// assert_eq!((ranks.low, ranks.high), (1, 8)); // the second and the ninth
/// assert!((ranks.coverage - 0.9785).abs() < 1e-4);
/// ```
pub fn ranks(n: u64, p: f64, confidence: f64) -> Option<Ranks> {
    if n == 0 || !(p > 0.0 && p < 1.0) {
        return None;
    }
    let counts = Binomial::new(n, p);
    let may_miss = (1.0 - confidence) / 2.0;
    let low = counts.largest_with_less_below(may_miss)?;
    let high = counts.smallest_with_less_above(may_miss)?;
    Some(Ranks { low, high, coverage: counts.between(low + 1, high) })
}

/// The probabilities of how many of a sample lie below a quantile, as far as they are not negligible.
struct Binomial {
    n: u64,
    /// The first count that is not negligible.
    first: u64,
    shares: Vec<f64>,
}

/// What is less likely than this, next to the likeliest count, is left out.
const NEGLIGIBLE: f64 = 1e-22;

impl Binomial {
    fn new(n: u64, p: f64) -> Binomial {
        let odds = p / (1.0 - p);
        let likeliest = (((n + 1) as f64 * p) as u64).min(n);
        let mut below = Vec::new();
        let (mut weight, mut count) = (1.0, likeliest);
        while count > 0 && weight > NEGLIGIBLE {
            weight *= count as f64 / ((n - count + 1) as f64 * odds);
            below.push(weight);
            count -= 1;
        }
        let first = count;
        let mut shares: Vec<f64> = below.into_iter().rev().chain([1.0]).collect();
        (weight, count) = (1.0, likeliest);
        while count < n && weight > NEGLIGIBLE {
            weight *= (n - count) as f64 * odds / (count + 1) as f64;
            shares.push(weight);
            count += 1;
        }
        let total: f64 = shares.iter().sum();
        shares.iter_mut().for_each(|share| *share /= total);
        Binomial { n, first, shares }
    }

    /// The largest rank, counted from 0, such that the value there lies above the quantile with at most a probability: that is, at most
    /// so many lie below. `None` where already the least value does.
    fn largest_with_less_below(&self, probability: f64) -> Option<u64> {
        let mut cumulated = 0.0;
        let beyond = self.shares.iter().position(|share| {
            cumulated += share;
            cumulated > probability
        })?;
        (self.first + beyond as u64).checked_sub(1)
    }

    /// The smallest rank such that the value there lies below the quantile with at most a probability.
    fn smallest_with_less_above(&self, probability: f64) -> Option<u64> {
        let mut cumulated = 0.0;
        let beyond = self.shares.iter().rposition(|share| {
            cumulated += share;
            cumulated > probability
        })?;
        Some(self.first + beyond as u64).filter(|rank| *rank < self.n)
    }

    /// Probability of a count from `low` to `high`, both among them.
    fn between(&self, low: u64, high: u64) -> f64 {
        let counted = self.shares.iter().zip(self.first..);
        counted.filter(|(_, count)| (low..=high).contains(count)).map(|(share, _)| share).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_for_the_median_are_those_of_the_printed_tables() {
        // Order statistics (counted from 1) that enclose the median at 95 %, as tables print them; coverage of scipy.stats.binom.
        for (n, low, high, coverage) in
            [(6, 1, 6, 0.9688), (10, 2, 9, 0.9785), (20, 6, 15, 0.9586), (30, 10, 21, 0.9572)]
        {
            let ranks = ranks(n, 0.5, 0.95).unwrap();
            assert_eq!((ranks.low + 1, ranks.high + 1), (low, high), "{n}");
            assert!((ranks.coverage - coverage).abs() < 5e-5, "{n}: {}", ranks.coverage);
        }
        assert_eq!(ranks(5, 0.5, 0.95), None);
        assert_eq!(ranks(0, 0.5, 0.95), None);
        assert!(quantile_interval(&[1.0, 2.0], 0.5, 0.95).low.is_nan());
    }

    #[test]
    fn the_coverage_of_conovers_transistors_is_the_printed_one() {
        // Conover, section 3.2, example 1: of 16 transistors the 9th and the 15th enclose the upper quartile with 0.9094.
        assert!((Binomial::new(16, 0.75).between(9, 14) - 0.9094).abs() < 5e-5);
    }

    #[test]
    fn probabilities_of_many_values_are_those_of_scipy() {
        // scipy.stats.binom: cdf(32_768, 65_536, .5) and cdf(49_850, 1_000_000, .05).
        let counts = Binomial::new(65_536, 0.5);
        assert!((counts.between(0, 32_768) - 0.501_558_361_662).abs() < 1e-9);
        let ranks = ranks(1_000_000, 0.05, 0.95).unwrap();
        assert!((ranks.coverage - 0.95).abs() < 1e-3 && ranks.coverage >= 0.95, "{ranks:?}");
        assert!(ranks.low < 49_600 && ranks.low > 49_550 && ranks.high > 50_400 && ranks.high < 50_450, "{ranks:?}");
    }

    #[test]
    fn a_tail_needs_more_values_than_the_middle() {
        assert_eq!(ranks(71, 0.05, 0.95), None);
        assert_eq!(ranks(72, 0.05, 0.95).unwrap().low, 0);
        assert_eq!(ranks(72, 0.95, 0.95).unwrap().high, 71);
    }

    #[test]
    fn intervals_cover_the_quantile_as_often_as_they_state() {
        use crate::model::draws::{Draws, Purpose};
        // Uniform numbers, whose quantile is its share: 4,000 samples of 40.
        let (n, samples) = (40, 4_000);
        let stated = ranks(n, 0.25, 0.9).unwrap().coverage;
        let covers = (0..samples).filter(|&sample| {
            let draws = Draws::<1>::new(5, sample);
            let mut values: Vec<f64> =
                (0..n as usize).map(|k| draws.uniform(Purpose::Resampling, 0, k, 0)[0]).collect();
            values.sort_unstable_by(f64::total_cmp);
            let interval = quantile_interval(&values, 0.25, 0.9);
            interval.low <= 0.25 && 0.25 <= interval.high
        });
        let share = covers.count() as f64 / samples as f64;
        assert!((share - stated).abs() < 4.0 * (stated * (1.0 - stated) / samples as f64).sqrt(), "{share} {stated}");
    }
}
