//! What one column of any table says by itself.

use super::bootstrap::{self, Resampling};
use super::distribution::{Distribution, Precision};
use super::findings::{CONFIDENCE, Estimate, Share};
use super::moments::Moments;
use super::wilson::Interval;

/// Of more values the interval of the mean is the plain one: resampling would take long and move its ends by less than can be seen.
pub const MOST_RESAMPLED: usize = 20_000;

/// A column described. Intervals are at [`CONFIDENCE`].
#[derive(Debug, Clone, PartialEq)]
pub struct Described {
    /// Values that are there.
    pub n: u64,
    /// Cells without one.
    pub missing: u64,
    /// The mean.
    pub mean: Estimate,
    /// Its interval: BCa, of more than [`MOST_RESAMPLED`] values the plain one.
    pub mean_interval: Interval,
    /// Standard deviation.
    pub sd: f64,
    /// Quantiles at `distribution::LEVELS`.
    pub quantiles: [f64; 5],
    /// How well quantiles and standard deviation are known.
    pub precision: Precision,
    /// The values above the target.
    pub above: Share,
}

/// Describes a column in which NaN stands for a missing value.
///
/// ```
/// use partnersim::analyse::{bootstrap::{RESAMPLES, Resampling}, described::described};
/// let how = Resampling { seed: 1, stream: 0, resamples: RESAMPLES, confidence: 0.95 };
/// let found = described(&[1.0, 2.0, f64::NAN, 6.0], 1.5, &how);
/// assert_eq!((found.n, found.missing, found.mean.value, found.above.count), (3, 1, 3.0, 2));
/// ```
pub fn described(values: &[f64], target: f64, how: &Resampling) -> Described {
    let known: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
    let moments = Moments::of(&known);
    let mut distribution = Distribution::new(true);
    distribution.add(&known);
    let sorted = distribution.sorted();
    let mean = Estimate::new(&moments);
    let mean_interval =
        if known.len() > MOST_RESAMPLED { mean.interval() } else { bootstrap::mean(&known, how).interval };
    let above = known.iter().filter(|value| **value > target).count() as u64;
    Described {
        n: moments.n(),
        missing: (values.len() - known.len()) as u64,
        mean,
        mean_interval,
        sd: moments.sd(),
        quantiles: sorted.quantiles(),
        precision: sorted.precision(CONFIDENCE),
        above: Share::new(above, moments.n()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::bootstrap::RESAMPLES;

    const HOW: Resampling = Resampling { seed: 1, stream: 0, resamples: RESAMPLES, confidence: CONFIDENCE };

    #[test]
    fn a_column_of_nothing_is_described_as_such() {
        let found = described(&[f64::NAN; 3], 0.0, &HOW);
        assert_eq!((found.n, found.missing, found.above.count), (0, 3, 0));
        assert!(found.mean.value.is_nan() && found.quantiles[2].is_nan() && found.precision.quantiles[2].low.is_nan());
    }

    #[test]
    fn the_interval_of_the_mean_holds_it_and_is_plain_for_very_many_values() {
        let values: Vec<f64> = (0..=MOST_RESAMPLED).map(|k| (k % 101) as f64).collect();
        let (few, many) = (described(&values[..5_000], 0.0, &HOW), described(&values, 0.0, &HOW));
        assert_eq!(many.mean_interval, many.mean.interval());
        let half = |found: &Described| (found.mean_interval.high - found.mean_interval.low) / 2.0;
        assert!((half(&few) / (1.96 * few.mean.mc_standard_error) - 1.0).abs() < 0.06, "{few:?}");
    }
}
