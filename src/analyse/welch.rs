//! The difference between the means of two independent samples.
//!
//! Welch's t (1947) with the degrees of freedom of Satterthwaite (1946): the spreads of the two need not be alike. Three lines on the t
//! distribution of `statrs`. Replications of two set-ups under one seed are not independent but paired; for those this is too wide.

use super::mc_error;
use super::moments::Moments;
use super::student::{t_quantile, t_two_sided};
use super::wilson::Interval;

/// The mean of the first sample less that of the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Welch {
    /// The difference.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Degrees of freedom.
    pub degrees: f64,
    /// Its interval.
    pub interval: Interval,
    /// Probability of a difference as large or larger, were there none.
    pub p: f64,
}

/// Compares two independent samples. Where neither varies the difference is taken as exact; NaN where one has fewer than two values.
///
/// ```
/// use partnersim::analyse::{moments::Moments, welch::welch};
/// let difference = welch(&Moments::of(&[5.0, 6.0, 7.0]), &Moments::of(&[1.0, 2.0, 3.0]), 0.95);
/// assert!((difference.value - 4.0).abs() < 1e-12 && (difference.degrees - 4.0).abs() < 1e-12);
/// ```
pub fn welch(first: &Moments, second: &Moments, confidence: f64) -> Welch {
    let value = first.mean() - second.mean();
    let standard_error = mc_error::difference(first, second);
    if standard_error == 0.0 {
        let p = if value == 0.0 { 1.0 } else { 0.0 };
        return Welch { value, standard_error, degrees: f64::NAN, interval: Interval { low: value, high: value }, p };
    }
    let part = |of: &Moments| of.mc_standard_error() * of.mc_standard_error();
    let (a, b) = (part(first), part(second));
    let degrees = (a + b) * (a + b) / (a * a / (first.n() as f64 - 1.0) + b * b / (second.n() as f64 - 1.0));
    let half = t_quantile(0.5 + confidence / 2.0, degrees) * standard_error;
    Welch {
        value,
        standard_error,
        degrees,
        interval: Interval { low: value - half, high: value + half },
        p: t_two_sided(value / standard_error, degrees),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_drugs_of_student_differ_as_r_prints() {
        // Student, Biometrika 6 (1908), extra hours of sleep; R: t.test(extra ~ group, sleep)
        let first = Moments::of(&[0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]);
        let second = Moments::of(&[1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);
        let found = welch(&first, &second, 0.95);
        assert!((found.value / found.standard_error + 1.8608).abs() < 5e-5);
        assert!((found.degrees - 17.776).abs() < 5e-4 && (found.p - 0.07939).abs() < 5e-6, "{found:?}");
        assert!((found.interval.low + 3.365_483_2).abs() < 1e-6 && (found.interval.high - 0.205_483_2).abs() < 1e-6);
    }

    #[test]
    fn columns_that_do_not_vary_differ_exactly_or_not_at_all() {
        let (two, three) = (Moments::of(&[2.0; 4]), Moments::of(&[3.0; 5]));
        let found = welch(&three, &two, 0.95);
        assert_eq!((found.value, found.interval.low, found.interval.high, found.p), (1.0, 1.0, 1.0, 0.0));
        assert_eq!(welch(&two, &two, 0.95).p, 1.0);
        assert!(welch(&two, &Moments::of(&[1.0]), 0.95).interval.low.is_nan());
    }
}
