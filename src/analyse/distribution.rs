//! The distribution of one quantity over the replications: exact while it is small, a histogram when it is not.

use super::histogram::Histogram;
use super::quantile::quantile;

/// The shares at which every result gives quantiles.
pub const LEVELS: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// What is kept of a quantity's values. Values may arrive in any order: the quantiles are the same.
#[derive(Debug, Clone, PartialEq)]
pub enum Distribution {
    /// Every value.
    Kept(Vec<f64>),
    /// Counts by bucket.
    Counted(Histogram),
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

    /// Takes up what another holds, of the same kind.
    pub fn take_up(&mut self, other: &Distribution) {
        match (self, other) {
            (Distribution::Kept(kept), Distribution::Kept(more)) => kept.extend_from_slice(more),
            (Distribution::Counted(histogram), Distribution::Counted(more)) => histogram.merge(more),
            _ => debug_assert!(false, "what is kept and what is counted do not mix"),
        }
    }

    /// The quantiles at [`LEVELS`].
    pub fn quantiles(&self) -> [f64; 5] {
        self.at(LEVELS)
    }

    /// The quantiles at any levels.
    pub fn at<const N: usize>(&self, levels: [f64; N]) -> [f64; N] {
        match self {
            Distribution::Kept(kept) => {
                let mut ascending = kept.clone();
                ascending.sort_unstable_by(f64::total_cmp);
                levels.map(|p| quantile(&ascending, p))
            }
            Distribution::Counted(histogram) => levels.map(|p| histogram.quantile(p)),
        }
    }
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
    }
}
