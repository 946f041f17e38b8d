//! What pairing says of a difference: two set-ups that lived in the same worlds.

use super::findings::Estimate;
use super::moments::Moments;
use super::student::{t_quantile, t_two_sided};
use super::wilson::Interval;
use crate::model::math;

/// The chance with which a study is to find a difference that is there.
pub const POWER: f64 = 0.8;

/// Student's test of paired differences.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paired {
    /// The mean difference and its Monte Carlo standard error.
    pub mean: Estimate,
    /// Standard deviation of the differences.
    pub sd: f64,
    /// The interval of the mean difference.
    pub interval: Interval,
    /// How many standard errors the mean is from nothing; infinite where the same difference was found everywhere.
    pub t: f64,
    /// Probability of a mean at least so far from nothing where there is no difference. 1 where no pair differs; NaN of fewer
    /// than two pairs.
    pub p: f64,
}

/// Student's test of the differences of pairs, from their moments, with an interval at a confidence such as 0.95.
///
/// ```
/// use partnersim::analyse::{moments::Moments, paired::paired};
/// let differences = Moments::of(&[0.3, 0.0, 0.6, -0.1, 0.7, 0.1, 0.6, 0.4]);
/// let interval = paired(&differences, 0.95).interval;
/// assert!((interval.low - 0.0732).abs() < 1e-6 && (interval.high - 0.5768).abs() < 1e-6);
/// ```
pub fn paired(differences: &Moments, confidence: f64) -> Paired {
    let mean = Estimate::new(differences);
    let degrees = differences.n() as f64 - 1.0;
    let error = mean.mc_standard_error;
    // Without spread nothing is uncertain: every pair says the same.
    let half = if error == 0.0 { 0.0 } else { t_quantile(0.5 + confidence / 2.0, degrees) * error };
    let t = if mean.value == 0.0 && error == 0.0 { 0.0 } else { mean.value / error };
    let p = match (error == 0.0, mean.value == 0.0) {
        (true, true) => 1.0,
        (true, false) => 0.0,
        _ => t_two_sided(t, degrees),
    };
    let interval = Interval { low: mean.value - half, high: mean.value + half };
    Paired { mean, sd: differences.sd(), interval, t, p }
}

/// By what factor pairing narrows the variance of a difference: that of two set-ups in worlds of their own, over that of the two
/// in the same. NaN where no pair differs from another.
pub fn variance_reduction(sd_first: f64, sd_second: f64, sd_difference: f64) -> f64 {
    let apart = sd_first * sd_first + sd_second * sd_second;
    if sd_difference > 0.0 { apart / (sd_difference * sd_difference) } else { f64::NAN }
}

/// How many pairs would find a mean difference of at least `smallest` with probability [`POWER`], at a confidence such as 0.95,
/// where the differences spread by `sd`. At least two; NaN where the spread is not known.
///
/// ```
/// use partnersim::analyse::paired::needed_pairs;
/// // Half a standard deviation at 80 % power: 31.4 by the normal approximation.
/// assert_eq!(needed_pairs(2.0, 1.0, 0.95), 32.0);
/// ```
pub fn needed_pairs(sd: f64, smallest: f64, confidence: f64) -> f64 {
    let reach = math::normal_quantile(0.5 + confidence / 2.0) + math::normal_quantile(POWER);
    let ratio = reach * sd / smallest;
    let pairs = (ratio * ratio).ceil();
    if pairs < 2.0 { 2.0 } else { pairs }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eight_pairs_of_the_textbook_differ_by_their_mean_and_interval() {
        let x = [4.1, 3.9, 5.2, 4.4, 4.8, 5.0, 3.7, 4.6];
        let y = [3.8, 3.9, 4.6, 4.5, 4.1, 4.9, 3.1, 4.2];
        let differences: Vec<f64> = x.iter().zip(y).map(|(x, y)| x - y).collect();
        let found = paired(&Moments::of(&differences), 0.95);
        assert!((found.mean.value - 0.325).abs() < 1e-12);
        assert!((found.interval.low - 0.073_200).abs() < 1e-6, "{found:?}");
        assert!((found.interval.high - 0.576_800).abs() < 1e-6, "{found:?}");
        assert!((0.01..0.05).contains(&found.p), "{found:?}");
    }

    #[test]
    fn the_extra_sleep_of_student_has_t_4_06() {
        // Student, "The probable error of a mean", Biometrika 6 (1908); R prints t = 4.0621 on 9 degrees, p = 0.002833,
        // interval 0.7001142 to 2.4598858.
        let differences = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4];
        let found = paired(&Moments::of(&differences), 0.95);
        assert!((found.t - 4.0621).abs() < 5e-5 && (found.p - 0.002_833).abs() < 5e-7, "{found:?}");
        assert!((found.interval.low - 0.700_114_2).abs() < 1e-7 && (found.interval.high - 2.459_885_8).abs() < 1e-7);
    }

    #[test]
    fn of_very_many_pairs_the_interval_is_that_of_the_normal() {
        let values: Vec<f64> = (0..1000).map(|k| f64::from(k % 7)).collect();
        let mut differences = Moments::default();
        (0..2000).for_each(|_| differences.merge(&Moments::of(&values)));
        let found = paired(&differences, 0.95);
        let half = (found.interval.high - found.interval.low) / 2.0;
        assert!((half / found.mean.mc_standard_error - 1.959_965).abs() < 1e-5, "{found:?}");
    }

    #[test]
    fn where_no_pair_differs_nothing_is_found_and_nothing_is_undefined() {
        let none = paired(&Moments::of(&[0.0; 5]), 0.95);
        assert_eq!((none.t, none.p, none.interval), (0.0, 1.0, Interval { low: 0.0, high: 0.0 }));
        let same = paired(&Moments::of(&[2.0; 5]), 0.95);
        assert_eq!((same.p, same.interval.low, same.interval.high), (0.0, 2.0, 2.0));
        assert!(paired(&Moments::of(&[2.0]), 0.95).p.is_nan());
    }

    #[test]
    fn pairing_halves_the_variance_at_a_correlation_of_a_half() {
        // Var(B - A) = 1 + 1 - 2 · 0.5.
        assert_eq!(variance_reduction(1.0, 1.0, 1.0), 2.0);
        assert!(variance_reduction(1.0, 1.0, 0.0).is_nan());
    }

    #[test]
    fn half_the_difference_needs_four_times_the_pairs() {
        // Cohen, Statistical Power Analysis (1988), table 2.4.1: d = 0.2 in pairs, 80 % power: 196 by the normal approximation.
        assert_eq!(needed_pairs(1.0, 0.2, 0.95), 197.0);
        assert_eq!(needed_pairs(1.0, 0.1, 0.95), 785.0);
        assert_eq!(needed_pairs(0.0, 0.1, 0.95), 2.0);
    }
}
