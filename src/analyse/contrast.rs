//! One quantity in two groups of rows of any table.

use super::holm::holm;
use super::moments::Moments;
use super::newcombe::{self, Pairs};
use super::paired;
use super::welch::welch;
use super::wilson::Interval;

/// The values of two groups, in which NaN stands for a missing one.
#[derive(Debug, Clone, Copy)]
pub enum Groups<'a> {
    /// Rows that have nothing to do with one another.
    Apart(&'a [f64], &'a [f64]),
    /// Rows of the same world, position by position.
    Paired(&'a [f64], &'a [f64]),
}

/// How the interval of a difference was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Welch's t.
    Welch,
    /// Student's t on the differences of the pairs.
    PairedT,
    /// Newcombe's method 10 for independent shares.
    Newcombe,
    /// Newcombe's method 10 for paired shares.
    PairedNewcombe,
}

/// What the comparison says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    /// Values of the one group, its mean and standard deviation.
    pub one: Moments,
    /// Of the other.
    pub other: Moments,
    /// Whether every value is 0 or 1, so that the means are shares.
    pub is_share: bool,
    /// Mean of the one less mean of the other.
    pub difference: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Its interval.
    pub interval: Interval,
    /// Probability of a difference as large or larger, were there none; by the t test also for shares.
    pub p: f64,
    /// How the interval was made.
    pub method: Method,
}

impl Contrast {
    /// Whether the interval leaves out 0.
    pub fn is_clear(&self) -> bool {
        self.interval.low > 0.0 || self.interval.high < 0.0
    }
}

/// The p-values of several comparisons made at once, adjusted by Holm ([`super::holm`]). A comparison without one, or of what does not
/// vary at all, is no test and gets NaN.
///
/// ```
/// use partnersim::analyse::contrast::{Groups, adjusted, contrast};
/// let found = |by: f64| contrast(Groups::Apart(&[1.0 + by, 2.0 + by, 4.0 + by], &[1.0, 2.0, 4.0]), 0.95);
/// let (near, far) = (found(3.0), found(6.0));
/// let together = adjusted(&[&near, &far]);
/// assert!(together[0] == near.p && together[1] == 2.0 * far.p);
/// ```
pub fn adjusted(contrasts: &[&Contrast]) -> Vec<f64> {
    let is_nothing = |found: &Contrast| found.standard_error == 0.0 && found.difference == 0.0;
    let p = |found: &&Contrast| if is_nothing(found) { f64::NAN } else { found.p };
    holm(&contrasts.iter().map(p).collect::<Vec<_>>())
}

/// Compares two groups; missing values, and pairs with one, are left out.
///
/// ```
/// use partnersim::analyse::contrast::{Groups, contrast};
/// let (with, without) = ([3.0, 5.0, 8.0, 9.0], [2.0, 4.1, 6.9, 8.0]);
/// let paired = contrast(Groups::Paired(&with, &without), 0.95);
/// let apart = contrast(Groups::Apart(&with, &without), 0.95);
/// assert!(paired.is_clear() && !apart.is_clear());
/// ```
///
/// # Panics
/// When paired columns differ in length.
pub fn contrast(groups: Groups, confidence: f64) -> Contrast {
    match groups {
        Groups::Apart(one, other) => apart(&known(one), &known(other), confidence),
        Groups::Paired(one, other) => {
            assert_eq!(one.len(), other.len(), "pairs have two members each");
            let pairs = one.iter().zip(other).filter(|(one, other)| !one.is_nan() && !other.is_nan());
            let (one, other): (Vec<f64>, Vec<f64>) = pairs.unzip();
            of_pairs(&one, &other, confidence)
        }
    }
}

fn apart(one: &[f64], other: &[f64], confidence: f64) -> Contrast {
    let moments = [one, other].map(Moments::of);
    let found = welch(&moments[0], &moments[1], confidence);
    let is_share = are_shares(one, other);
    let interval = if is_share {
        newcombe::independent(counted(one), counted(other), confidence).interval
    } else {
        found.interval
    };
    Contrast {
        one: moments[0],
        other: moments[1],
        is_share,
        difference: found.value,
        standard_error: found.standard_error,
        interval,
        p: found.p,
        method: if is_share { Method::Newcombe } else { Method::Welch },
    }
}

fn of_pairs(one: &[f64], other: &[f64], confidence: f64) -> Contrast {
    let differences: Vec<f64> = one.iter().zip(other).map(|(one, other)| one - other).collect();
    let found = paired::paired(&Moments::of(&differences), confidence);
    let is_share = are_shares(one, other);
    let interval = if is_share { newcombe::paired(Pairs::of(one, other), confidence).interval } else { found.interval };
    Contrast {
        one: Moments::of(one),
        other: Moments::of(other),
        is_share,
        difference: found.mean.value,
        standard_error: found.mean.mc_standard_error,
        interval,
        p: found.p,
        method: if is_share { Method::PairedNewcombe } else { Method::PairedT },
    }
}

fn known(values: &[f64]) -> Vec<f64> {
    values.iter().copied().filter(|value| !value.is_nan()).collect()
}

/// Whether both hold only 0 and 1.
fn are_shares(one: &[f64], other: &[f64]) -> bool {
    let of_either = |values: &[f64]| !values.is_empty() && values.iter().all(|value| *value == 0.0 || *value == 1.0);
    of_either(one) && of_either(other)
}

fn counted(values: &[f64]) -> (u64, u64) {
    (values.iter().filter(|value| **value > 0.0).count() as u64, values.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const X: [f64; 8] = [4.1, 3.9, 5.2, 4.4, 4.8, 5.0, 3.7, 4.6];
    const Y: [f64; 8] = [3.8, 3.9, 4.6, 4.5, 4.1, 4.9, 3.1, 4.2];

    #[test]
    fn paired_columns_differ_by_students_t() {
        // R: t.test(x, y, paired = TRUE): mean .325, 95 % interval .073200 to .576800.
        let found = contrast(Groups::Paired(&X, &Y), 0.95);
        assert!((found.difference - 0.325).abs() < 1e-12 && found.method == Method::PairedT && !found.is_share);
        assert!((found.interval.low - 0.073_200).abs() < 5e-7 && (found.interval.high - 0.576_800).abs() < 5e-7);
    }

    #[test]
    fn missing_values_go_and_take_their_pair_along() {
        let (mut x, mut y) = (X.to_vec(), Y.to_vec());
        x.extend([f64::NAN, 9.0]);
        y.extend([1.0, f64::NAN]);
        let (with, without) = (contrast(Groups::Paired(&x, &y), 0.95), contrast(Groups::Paired(&X, &Y), 0.95));
        assert_eq!(with, without);
        assert_eq!(contrast(Groups::Apart(&x, &y), 0.95).one.n(), 9);
    }

    #[test]
    fn columns_of_yes_and_no_are_compared_as_shares() {
        let column = |yes: usize, n: usize| (0..n).map(|k| f64::from(u8::from(k < yes))).collect::<Vec<_>>();
        let found = contrast(Groups::Apart(&column(56, 70), &column(48, 80)), 0.95);
        assert!(found.is_share && found.method == Method::Newcombe && found.is_clear());
        assert!((found.interval.low - 0.0524).abs() < 5e-5 && (found.interval.high - 0.3339).abs() < 5e-5);
        let found = contrast(Groups::Paired(&column(6, 10), &column(6, 10)), 0.95);
        assert!(found.method == Method::PairedNewcombe && !found.is_clear() && found.p == 1.0);
    }

    #[test]
    fn too_little_is_not_compared() {
        let found = contrast(Groups::Apart(&[1.5], &[2.0, 3.0]), 0.95);
        assert!(found.interval.low.is_nan() && !found.is_clear());
        assert!(contrast(Groups::Paired(&[], &[]), 0.95).difference.is_nan());
    }
}
