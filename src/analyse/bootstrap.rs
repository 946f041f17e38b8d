//! The interval of any statistic of a sample, from the sample drawn again from itself.
//!
//! Bias-corrected and accelerated (BCa) intervals of Efron (1987; Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter
//! 14). Libraries tried draw from a generator of their own, so that their result is not ours to repeat; here each resample has its address
//! (`Purpose::Resampling`, the resample as replication), and more resamples never change earlier ones.

use super::moments::Moments;
use super::quantile::quantile;
use super::student::normal_below;
use super::wilson::Interval;
use crate::model::draws::{AddressedGenerator, Draws, Purpose};
use crate::model::math;

/// Resamples that give an interval whose ends would move by about 2 % of its width with other draws.
pub const RESAMPLES: u64 = 2_000;

/// Rows left out one by one for the acceleration; of more rows, so many groups of them are.
const MOST_LEFT_OUT: usize = 1_000;

/// How to resample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resampling {
    /// Seed of the draws.
    pub seed: u64,
    /// Tells apart what is resampled under one seed: the number of the column, say.
    pub stream: u32,
    /// How often.
    pub resamples: u64,
    /// Confidence of the interval.
    pub confidence: f64,
}

/// What resampling says of a statistic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bootstrap {
    /// The statistic of the sample.
    pub value: f64,
    /// Its standard error: the spread over the resamples.
    pub standard_error: f64,
    /// Its BCa interval.
    pub interval: Interval,
    /// Bias correction: how far, in standard deviations of a normal number, the middle resample lies below the sample.
    pub bias: f64,
    /// Acceleration: how the spread changes with the value.
    pub acceleration: f64,
}

/// Resamples `n` rows of which `statistic` is a function of the rows taken, as positions. Rows of several columns are so kept together.
/// NaN where fewer than two rows are or the statistic of some resample is no number.
///
/// ```
/// use partnersim::analyse::bootstrap::{Resampling, bca};
/// let (income, trust) = ([1.0, 2.0, 4.0, 7.0, 9.0, 12.0], [0.1, 0.4, 0.3, 0.5, 0.9, 0.8]);
/// let mean_product = |rows: &[usize]| rows.iter().map(|&k| income[k] * trust[k]).sum::<f64>() / rows.len() as f64;
/// let how = Resampling { seed: 1, stream: 0, resamples: 2000, confidence: 0.95 };
/// let found = bca(6, mean_product, &how);
/// assert!(found.interval.low < found.value && found.value < found.interval.high);
/// assert_eq!(found, bca(6, mean_product, &how));
/// ```
pub fn bca(n: usize, statistic: impl Fn(&[usize]) -> f64, how: &Resampling) -> Bootstrap {
    let rows: Vec<usize> = (0..n).collect();
    let value = statistic(&rows);
    let acceleration = acceleration(&rows, &statistic);
    let mut taken = rows;
    let resampled = (0..how.resamples).map(|resample| {
        let mut draws = how.draws(resample);
        taken.iter_mut().for_each(|row| *row = draws.below(n));
        statistic(&taken)
    });
    of(value, resampled.collect(), acceleration, how)
}

/// As [`bca`] of the mean of a column, whose acceleration needs no leaving out.
///
/// ```
/// use partnersim::analyse::bootstrap::{Resampling, mean};
/// let how = Resampling { seed: 1, stream: 0, resamples: 2000, confidence: 0.95 };
/// let found = mean(&[0.0, 0.0, 1.0, 1.0, 2.0, 9.0, 11.0, 30.0], &how);
/// // The column is skewed: the interval reaches further up than down.
/// assert!(found.interval.high - found.value > found.value - found.interval.low);
/// ```
pub fn mean(values: &[f64], how: &Resampling) -> Bootstrap {
    let n = values.len();
    let value = Moments::of(values).mean();
    let mut taken = vec![0.0; n];
    let resampled = (0..how.resamples).map(|resample| {
        let mut draws = how.draws(resample);
        taken.iter_mut().for_each(|taken| *taken = values[draws.below(n)]);
        Moments::of(&taken).mean()
    });
    let resampled = if n < 2 { Vec::new() } else { resampled.collect() };
    let influence: Vec<f64> = values.iter().map(|one| one - value).collect();
    of(value, resampled, skewness_of(&influence), how)
}

impl Resampling {
    fn draws(&self, resample: u64) -> AddressedGenerator {
        Draws::<1>::new(self.seed, resample).generator(0, Purpose::Resampling, self.stream, 0)
    }
}

/// Puts together the statistic of the sample and those of the resamples.
fn of(value: f64, mut resampled: Vec<f64>, acceleration: f64, how: &Resampling) -> Bootstrap {
    let unknown = Interval { low: f64::NAN, high: f64::NAN };
    let found = Bootstrap { value, standard_error: f64::NAN, interval: unknown, bias: f64::NAN, acceleration };
    if resampled.len() < 2 || !value.is_finite() || resampled.iter().any(|one| !one.is_finite()) {
        return found;
    }
    let standard_error = Moments::of(&resampled).sd();
    resampled.sort_unstable_by(f64::total_cmp);
    if resampled.first() == resampled.last() {
        return Bootstrap { standard_error: 0.0, interval: Interval { low: value, high: value }, bias: 0.0, ..found };
    }
    let n = resampled.len() as f64;
    let less = resampled.partition_point(|one| *one < value);
    let at_most = resampled.partition_point(|one| *one <= value);
    // Resamples equal to the sample count half, and never is all on one side: the correction would be infinite.
    let share = math::clamp((less + at_most) as f64 / (2.0 * n), 0.5 / n, 1.0 - 0.5 / n);
    let bias = math::normal_quantile(share);
    let end = |z: f64| {
        let moved = bias + z;
        quantile(&resampled, normal_below(bias + moved / (1.0 - acceleration * moved)))
    };
    let z = math::normal_quantile(0.5 + how.confidence / 2.0);
    Bootstrap { standard_error, interval: Interval { low: end(-z), high: end(z) }, bias, ..found }
}

/// The acceleration, from the statistic with each row, or each of many groups of rows, left out in turn.
fn acceleration(rows: &[usize], statistic: impl Fn(&[usize]) -> f64) -> f64 {
    let groups = rows.len().min(MOST_LEFT_OUT);
    if groups < 2 {
        return f64::NAN;
    }
    // Every so manieth row: neighbours in a table are often alike.
    let without =
        |group: usize| statistic(&rows.iter().copied().filter(|row| row % groups != group).collect::<Vec<_>>());
    let left: Vec<f64> = (0..groups).map(without).collect();
    let mean = Moments::of(&left).mean();
    skewness_of(&left.iter().map(|one| mean - one).collect::<Vec<_>>())
}

/// Σu³ / (6 (Σu²)^1.5) of the influences of the rows; 0 where none has any.
fn skewness_of(influences: &[f64]) -> f64 {
    let squares: f64 = influences.iter().map(|u| u * u).sum();
    let cubes: f64 = influences.iter().map(|u| u * u * u).sum();
    if squares > 0.0 { cubes / (6.0 * squares * squares.sqrt()) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::correlation::pearson;

    /// Efron and Tibshirani 1993, table 14.1: spatial data A, 26 children.
    const SPATIAL: [f64; 26] = [
        48.0, 36.0, 20.0, 29.0, 42.0, 42.0, 20.0, 42.0, 22.0, 41.0, 45.0, 14.0, 6.0, 0.0, 33.0, 28.0, 34.0, 4.0, 32.0,
        24.0, 47.0, 41.0, 24.0, 26.0, 30.0, 41.0,
    ];

    fn how(resamples: u64, confidence: f64) -> Resampling {
        Resampling { seed: 3, stream: 0, resamples, confidence }
    }

    fn spatial_variance(rows: &[usize]) -> f64 {
        let mean = rows.iter().map(|&row| SPATIAL[row]).sum::<f64>() / rows.len() as f64;
        rows.iter().map(|&row| (SPATIAL[row] - mean) * (SPATIAL[row] - mean)).sum::<f64>() / rows.len() as f64
    }

    #[test]
    fn the_variance_of_the_spatial_data_has_the_printed_interval() {
        // Efron and Tibshirani 1993, table 14.2: 171.5, 90 % BCa interval (115.8, 259.6) from 2,000 resamples, acceleration .061, bias
        // correction .146. With 200,000 resamples scipy gives (115.4, 260.9).
        let found = bca(26, spatial_variance, &how(20_000, 0.9));
        assert!((found.value - 171.5).abs() < 0.05 && (found.acceleration - 0.061).abs() < 5e-4, "{found:?}");
        assert!((found.interval.low - 115.4).abs() < 1.5 && (found.interval.high - 260.9).abs() < 3.0, "{found:?}");
        assert!((found.bias - 0.146).abs() < 0.05 && (found.standard_error - 41.85).abs() < 1.0, "{found:?}");
    }

    #[test]
    fn the_correlation_of_the_law_schools_has_the_printed_error() {
        // Efron and Tibshirani 1993, table 3.1 and section 6.3: .776, standard error near .132 from 3,200 resamples.
        let lsat =
            [576.0, 635.0, 558.0, 578.0, 666.0, 580.0, 555.0, 661.0, 651.0, 605.0, 653.0, 575.0, 545.0, 572.0, 594.0];
        let gpa = [3.39, 3.30, 2.81, 3.03, 3.44, 3.07, 3.00, 3.43, 3.36, 3.13, 3.12, 2.74, 2.76, 2.88, 2.96];
        let correlation = |rows: &[usize]| {
            let of = |column: &[f64]| rows.iter().map(|&row| column[row]).collect::<Vec<_>>();
            pearson(&of(&lsat), &of(&gpa))
        };
        let found = bca(15, correlation, &how(3_200, 0.95));
        assert!((found.value - 0.776).abs() < 5e-4 && (found.standard_error - 0.133).abs() < 0.008, "{found:?}");
        assert!(found.interval.low < 0.45 && found.interval.high < 0.96, "skewed downwards, within 1: {found:?}");
    }

    #[test]
    fn the_same_address_gives_the_same_bits_and_another_stream_others() {
        let first = mean(&SPATIAL, &how(500, 0.95));
        assert_eq!(first, mean(&SPATIAL, &how(500, 0.95)));
        assert_ne!(first, mean(&SPATIAL, &Resampling { stream: 1, ..how(500, 0.95) }));
        assert_ne!(first, mean(&SPATIAL, &Resampling { seed: 4, ..how(500, 0.95) }));
        // The bits of one result, so that a change of the stream is seen.
        assert_eq!(first.standard_error.to_bits(), 4_613_032_160_925_084_168);
    }

    #[test]
    fn the_mean_by_itself_is_the_mean_as_any_statistic() {
        let any = bca(26, |rows| rows.iter().map(|&row| SPATIAL[row]).sum::<f64>() / 26.0, &how(500, 0.95));
        let own = mean(&SPATIAL, &how(500, 0.95));
        assert!(
            (any.interval.low - own.interval.low).abs() < 1e-9 && (any.interval.high - own.interval.high).abs() < 1e-9
        );
        // Left-out means have a divisor of one less, which the statistic above does not know.
        assert!((any.standard_error - own.standard_error).abs() < 1e-9);
    }

    #[test]
    fn what_does_not_vary_is_exact_and_too_little_is_unknown() {
        let constant = mean(&[4.0; 10], &how(100, 0.95));
        assert_eq!(
            (constant.value, constant.interval, constant.standard_error),
            (4.0, Interval { low: 4.0, high: 4.0 }, 0.0)
        );
        assert!(mean(&[4.0], &how(100, 0.95)).interval.low.is_nan());
        assert!(mean(&[], &how(100, 0.95)).value.is_nan());
        assert!(bca(0, |_| f64::NAN, &how(10, 0.95)).interval.high.is_nan());
    }

    #[test]
    fn many_rows_are_left_out_in_groups_and_the_acceleration_is_much_the_same() {
        let values: Vec<f64> = (0..5_000).map(|k| f64::from(k * 7919 % 5_000).sqrt().sqrt().recip().min(1.0)).collect();
        let mean_of = |rows: &[usize]| rows.iter().map(|&row| values[row]).sum::<f64>() / rows.len() as f64;
        let rows: Vec<usize> = (0..values.len()).collect();
        let exact = mean(&values, &how(2, 0.95)).acceleration;
        let grouped = acceleration(&rows, mean_of);
        assert!((grouped / exact - 1.0).abs() < 0.5 && exact > 0.0, "{grouped} {exact}");
    }
}
