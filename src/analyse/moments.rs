//! Mean and spread of a sample that arrives in pieces.

use serde::{Deserialize, Serialize};

/// How many values, their sum, and the sum of their squared distances from the mean.
///
/// Pieces merge by the formula of Chan, Golub and LeVeque (1983), which keeps its accuracy where the sum of squares would
/// lose it. Merged in the same order the result has the same bits, whichever thread computed the pieces.
///
/// ```
/// use partnersim::analyse::moments::Moments;
/// let mut whole = Moments::of(&[2.0, 4.0, 4.0, 4.0]);
/// whole.merge(&Moments::of(&[5.0, 5.0, 7.0, 9.0]));
/// assert_eq!(whole.mean(), 5.0);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Moments {
    n: u64,
    /// Kept rather than the mean: counts and months then have means without rounding.
    sum: f64,
    squares: f64,
}

impl Moments {
    /// The moments of a column.
    pub fn of(values: &[f64]) -> Moments {
        if values.is_empty() {
            return Moments::default();
        }
        let sum = total(values, |value| value);
        let mean = sum / values.len() as f64;
        let squares = total(values, |value| (value - mean) * (value - mean));
        Moments { n: values.len() as u64, sum, squares }
    }

    /// Takes up the moments of the values that follow.
    pub fn merge(&mut self, next: &Moments) {
        if next.n == 0 {
            return;
        }
        if self.n == 0 {
            *self = *next;
            return;
        }
        let n = self.n + next.n;
        let apart = next.mean() - self.mean();
        self.squares += next.squares + apart * apart * (self.n as f64 * next.n as f64 / n as f64);
        self.sum += next.sum;
        self.n = n;
    }

    /// What is held, to be kept and put together again by [`Moments::from_parts`]: number, sum, squared distances.
    pub fn parts(&self) -> (u64, f64, f64) {
        (self.n, self.sum, self.squares)
    }

    /// The moments that were taken apart by [`Moments::parts`].
    pub fn from_parts((n, sum, squares): (u64, f64, f64)) -> Moments {
        Moments { n, sum, squares }
    }

    /// The moments of the values with the opposite sign.
    pub fn negated(&self) -> Moments {
        Moments { sum: 0.0 - self.sum, ..*self }
    }

    /// Number of values.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Arithmetic mean; NaN of no values.
    pub fn mean(&self) -> f64 {
        self.sum / self.n as f64
    }

    /// Standard deviation of the population the sample stands for (divisor n − 1); NaN of fewer than two values.
    pub fn sd(&self) -> f64 {
        if self.n < 2 { f64::NAN } else { (self.squares / (self.n - 1) as f64).sqrt() }
    }

    /// Monte Carlo standard error of the mean: how far it would typically move with other draws.
    pub fn mc_standard_error(&self) -> f64 {
        self.sd() / (self.n as f64).sqrt()
    }
}

/// Sums in eight partial sums, which the compiler turns into vector additions; the order is fixed, and so are the bits.
#[inline(always)]
fn total(values: &[f64], term: impl Fn(f64) -> f64) -> f64 {
    let mut partial = [0.0; 8];
    let (eights, rest) = values.as_chunks::<8>();
    for eight in eights {
        for k in 0..8 {
            partial[k] += term(eight[k]);
        }
    }
    for (k, &value) in rest.iter().enumerate() {
        partial[k] += term(value);
    }
    let [a, b, c, d, e, f, g, h] = partial;
    ((a + b) + (c + d)) + ((e + f) + (g + h))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// NIST statistical reference data sets, `NumAcc3`: mean 1000000.2, sd 0.1, a test of cancellation.
    #[test]
    fn moments_are_those_certified_by_nist() {
        let mut values = vec![1_000_000.2];
        for _ in 0..500 {
            values.extend([1_000_000.1, 1_000_000.3]);
        }
        let moments = Moments::of(&values);
        assert_eq!(moments.n(), 1001);
        assert!((moments.mean() - 1_000_000.2).abs() < 1e-8);
        assert!((moments.sd() - 0.1).abs() < 1e-9, "{}", moments.sd());
        assert!((moments.mc_standard_error() - 0.1 / 1001f64.sqrt()).abs() < 1e-10);
    }

    #[test]
    fn the_sample_of_the_textbook_has_mean_5_and_sd_two_point_one_four() {
        let moments = Moments::of(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]);
        assert_eq!(moments.mean(), 5.0);
        assert!((moments.sd() - (32.0f64 / 7.0).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn too_few_values_have_no_spread() {
        assert!(Moments::of(&[]).mean().is_nan());
        assert!(Moments::of(&[3.0]).sd().is_nan());
        assert_eq!(Moments::of(&[3.0]).mean(), 3.0);
    }

    proptest! {
        #[test]
        fn merged_pieces_equal_the_whole(values in prop::collection::vec(-1e6..1e6f64, 2..600), cut in 0usize..600) {
            let cut = cut.min(values.len());
            let whole = Moments::of(&values);
            let mut merged = Moments::of(&values[..cut]);
            merged.merge(&Moments::of(&values[cut..]));
            prop_assert_eq!(merged.n(), whole.n());
            prop_assert!((merged.mean() - whole.mean()).abs() <= 1e-9);
            prop_assert!((merged.sd() - whole.sd()).abs() <= 1e-9 * whole.sd().max(1.0));
        }
    }
}
