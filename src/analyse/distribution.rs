//! The distribution of one quantity over the replications: exact while it is small, a histogram when it is not.

use super::histogram::Histogram;
use super::mc_error;
use super::order_statistic::{interval_at, quantile_interval};
use super::quantile::quantile;
use super::wilson::Interval;
use serde::{Deserialize, Serialize};

/// The shares at which every result gives quantiles.
pub const LEVELS: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// What is kept of a quantity's values. Values may arrive in any order: the quantiles are the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Distribution {
    /// Every value.
    Kept(Vec<f64>),
    /// Counts by bucket.
    Counted(Histogram),
}

/// How well quantiles and standard deviation are known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Precision {
    /// Intervals of the quantiles at [`LEVELS`] from order statistics; NaN where there are too few values to say.
    pub quantiles: [Interval; 5],
    /// Monte Carlo standard error of the standard deviation.
    pub sd_mc_standard_error: f64,
}

impl Distribution {
    /// Nothing yet. With `keep` every value is kept and quantiles are exact.
    ///
    /// ```
    /// use partnersim::analyse::distribution::Distribution;
    /// let mut months = Distribution::new(true);
    /// months.add(&[36.0, 12.0, 84.0]);
    /// assert_eq!(months.quantiles()[2], 36.0);
    /// ```
    pub fn new(keep: bool) -> Distribution {
        if keep { Distribution::Kept(Vec::new()) } else { Distribution::Counted(Histogram::default()) }
    }

    /// Takes up a column of values.
    pub fn add(&mut self, values: &[f64]) {
        match self {
            Distribution::Kept(kept) => kept.extend_from_slice(values),
            Distribution::Counted(histogram) => histogram.add(values),
        }
    }

    /// Takes up what another holds. In whatever order parts are taken up, the quantiles are the same.
    pub fn merge(&mut self, other: Distribution) {
        match (&mut *self, other) {
            (Distribution::Kept(kept), Distribution::Kept(more)) => kept.extend_from_slice(&more),
            (Distribution::Counted(histogram), Distribution::Kept(more)) => histogram.add(&more),
            (Distribution::Counted(histogram), Distribution::Counted(more)) => histogram.merge(&more),
            (Distribution::Kept(kept), Distribution::Counted(mut histogram)) => {
                histogram.add(kept);
                *self = Distribution::Counted(histogram);
            }
        }
    }

    /// Everything it holds; it is left empty.
    pub fn emptied(&mut self) -> Distribution {
        let empty = Distribution::new(matches!(self, Distribution::Kept(_)));
        std::mem::replace(self, empty)
    }

    /// Goes over to counts where more than `most` values are kept.
    pub fn limit(&mut self, most: u64) {
        if let Distribution::Kept(kept) = self
            && kept.len() as u64 > most
        {
            let mut histogram = Histogram::default();
            histogram.add(kept);
            *self = Distribution::Counted(histogram);
        }
    }

    /// The quantile at any share `p`.
    pub fn quantile(&self, p: f64) -> f64 {
        match self {
            Distribution::Kept(kept) => {
                let mut ascending = kept.clone();
                ascending.sort_unstable_by(f64::total_cmp);
                quantile(&ascending, p)
            }
            Distribution::Counted(histogram) => histogram.quantile(p),
        }
    }

    /// The quantiles at [`LEVELS`].
    pub fn quantiles(&self) -> [f64; 5] {
        self.sorted().quantiles()
    }

    /// The quantiles at any levels.
    pub fn at<const N: usize>(&self, levels: [f64; N]) -> [f64; N] {
        let sorted = self.sorted();
        levels.map(|p| sorted.quantile(p))
    }

    /// Ready for questions of rank.
    pub fn sorted(&self) -> Sorted<'_> {
        match self {
            Distribution::Kept(kept) => Sorted::Kept(ascending(kept)),
            Distribution::Counted(histogram) => Sorted::Counted(histogram),
        }
    }
}

/// The values of a distribution in ascending order.
#[derive(Debug, Clone, PartialEq)]
pub enum Sorted<'a> {
    /// Every value.
    Kept(Vec<f64>),
    /// Counts by bucket.
    Counted(&'a Histogram),
}

impl Sorted<'_> {
    /// The quantiles at [`LEVELS`].
    pub fn quantiles(&self) -> [f64; 5] {
        LEVELS.map(|p| self.quantile(p))
    }

    /// The quantile at any level.
    pub fn quantile(&self, p: f64) -> f64 {
        match self {
            Sorted::Kept(ascending) => quantile(ascending, p),
            Sorted::Counted(histogram) => histogram.quantile(p),
        }
    }

    /// How many values there are.
    pub fn n(&self) -> u64 {
        match self {
            Sorted::Kept(ascending) => ascending.len() as u64,
            Sorted::Counted(histogram) => histogram.n(),
        }
    }

    /// The least and the greatest value; NaN of no values.
    pub fn ends(&self) -> [f64; 2] {
        match self {
            Sorted::Kept(ascending) => {
                [ascending.first(), ascending.last()].map(|end| end.copied().unwrap_or(f64::NAN))
            }
            Sorted::Counted(histogram) if histogram.n() == 0 => [f64::NAN; 2],
            Sorted::Counted(histogram) => histogram.ends(),
        }
    }

    /// How many values lie below a number; where only counts by bucket are kept, to within those of one bucket.
    pub fn below(&self, number: f64) -> u64 {
        match self {
            Sorted::Kept(ascending) => ascending.partition_point(|value| *value < number) as u64,
            Sorted::Counted(histogram) => histogram.below(number),
        }
    }

    /// Whether every value is a whole number.
    pub fn is_whole(&self) -> bool {
        match self {
            Sorted::Kept(ascending) => ascending.iter().all(|value| value.fract() == 0.0),
            Sorted::Counted(histogram) => histogram.is_whole(),
        }
    }

    /// The interval of the quantile at a level, from order statistics; NaN where there are too few values to say.
    pub fn quantile_interval(&self, p: f64, confidence: f64) -> Interval {
        match self {
            Sorted::Kept(ascending) => quantile_interval(ascending, p, confidence),
            Sorted::Counted(histogram) => interval_at(histogram.n(), p, confidence, |rank| histogram.value_at(rank)),
        }
    }

    /// How well they and the standard deviation are known, intervals at a confidence such as 0.95.
    ///
    /// ```
    /// use partnersim::analyse::distribution::Distribution;
    /// let mut months = Distribution::new(true);
    /// months.add(&[9.0, 3.0, 5.0, 7.0, 1.0, 11.0]);
    /// let median = months.sorted().precision(0.95).quantiles[2];
    /// assert_eq!((median.low, median.high), (1.0, 11.0));
    /// ```
    pub fn precision(&self, confidence: f64) -> Precision {
        let sd_mc_standard_error = match self {
            Sorted::Kept(ascending) => mc_error::standard_deviation(ascending),
            Sorted::Counted(histogram) => mc_error::standard_deviation_of(histogram.buckets()),
        };
        Precision { quantiles: LEVELS.map(|p| self.quantile_interval(p, confidence)), sd_mc_standard_error }
    }
}

/// In ascending order, so that the order of arrival decides no bit.
fn ascending(values: &[f64]) -> Vec<f64> {
    let mut ascending = values.to_vec();
    ascending.sort_unstable_by(f64::total_cmp);
    ascending
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_of_arrival_does_not_matter() {
        let values: Vec<f64> = (0..1000).map(|k| f64::from(k * 7919 % 1000) - 300.5).collect();
        let reversed: Vec<f64> = values.iter().rev().copied().collect();
        for keep in [true, false] {
            let (mut there, mut back) = (Distribution::new(keep), Distribution::new(keep));
            there.add(&values);
            back.add(&reversed);
            assert_eq!(there.quantiles(), back.quantiles());
            assert_eq!(there.sorted().precision(0.95), back.sorted().precision(0.95));
        }
    }

    #[test]
    fn kept_and_counted_agree_to_half_a_percent() {
        let values: Vec<f64> = (1..=5000).map(|k| f64::from(k) * 1.37).collect();
        let (mut kept, mut counted) = (Distribution::new(true), Distribution::new(false));
        kept.add(&values);
        counted.add(&values);
        for (exact, near) in kept.quantiles().iter().zip(counted.quantiles()) {
            assert!((near / exact - 1.0).abs() < 0.004, "{near} for {exact}");
        }
        let (exact, near) = (kept.sorted().precision(0.95), counted.sorted().precision(0.95));
        for (exact, near) in exact.quantiles.iter().zip(near.quantiles) {
            assert!((near.low / exact.low - 1.0).abs() < 0.004 && (near.high / exact.high - 1.0).abs() < 0.004);
        }
        assert!((near.sd_mc_standard_error / exact.sd_mc_standard_error - 1.0).abs() < 0.01);
    }

    #[test]
    fn kept_values_that_become_too_many_are_counted_as_if_they_had_been_from_the_start() {
        let values: Vec<f64> = (0..1000).map(|k| f64::from(k * 7919 % 1000) - 300.5).collect();
        let mut counted = Distribution::new(false);
        counted.add(&values);
        let mut growing = Distribution::new(true);
        for part in values.chunks(100) {
            growing.add(part);
            growing.limit(550);
        }
        assert_eq!(growing, counted);
        for (first, second) in [(true, true), (true, false), (false, true), (false, false)] {
            let (mut whole, mut rest) = (Distribution::new(first), Distribution::new(second));
            whole.add(&values[..300]);
            rest.add(&values[300..]);
            whole.merge(rest);
            whole.limit(999);
            assert_eq!(whole, counted);
        }
        assert_eq!(counted.quantile(0.25), counted.quantiles()[1]);
    }
}
