//! Whether two estimates of the same quantities agree within their errors.

use super::findings::Estimate;
use super::holm::holm;
use super::student::normal_below;

/// How two simulations of the same thing hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Draws {
    /// Each has draws of its own.
    Apart,
    /// The replications of one are among those of the other.
    Nested,
}

/// Two estimates of one quantity, held against each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// How many standard errors of their difference they are apart; NaN where neither has an error.
    pub apart: f64,
    /// Probability of being at least so far apart by chance, adjusted by Holm for all quantities looked at.
    pub p: f64,
}

/// Whether pairs of estimates agree. Of nested draws the difference is known better: its variance is that of the smaller less that
/// of the larger.
///
/// ```
/// use partnersim::analyse::agreement::{Draws, agreements};
/// use partnersim::analyse::findings::Estimate;
/// let estimate = |value, mc_standard_error| Estimate { value, mc_standard_error };
/// let found = agreements(&[[estimate(10.0, 3.0), estimate(15.0, 4.0)]], Draws::Apart);
/// assert_eq!(found[0].apart, 1.0);
/// assert!((found[0].p - 0.3173).abs() < 1e-4);
/// ```
pub fn agreements(pairs: &[[Estimate; 2]], draws: Draws) -> Vec<Agreement> {
    let apart: Vec<f64> = pairs.iter().map(|pair| apart(pair, draws)).collect();
    let p: Vec<f64> = apart.iter().map(|apart| 2.0 * normal_below(-apart)).collect();
    apart.into_iter().zip(holm(&p)).map(|(apart, p)| Agreement { apart, p }).collect()
}

fn apart([one, other]: &[Estimate; 2], draws: Draws) -> f64 {
    let [one_variance, other_variance] = [one, other].map(|found| found.mc_standard_error * found.mc_standard_error);
    let variance = match draws {
        Draws::Apart => one_variance + other_variance,
        Draws::Nested => (one_variance - other_variance).abs(),
    };
    let difference = (one.value - other.value).abs();
    if difference == 0.0 { 0.0 } else { difference / variance.sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(value: f64, mc_standard_error: f64) -> Estimate {
        Estimate { value, mc_standard_error }
    }

    #[test]
    fn errors_of_draws_apart_add_up_and_those_of_nested_draws_are_taken_off() {
        // 3-4-5 and 5-4-3.
        let pair = [estimate(0.0, 4.0), estimate(15.0, 3.0)];
        assert_eq!(agreements(&[pair], Draws::Apart)[0].apart, 3.0);
        let pair = [estimate(0.0, 5.0), estimate(-6.0, 4.0)];
        assert_eq!(agreements(&[pair], Draws::Nested)[0].apart, 2.0);
    }

    #[test]
    fn what_is_equal_agrees_and_what_has_no_error_and_differs_does_not() {
        let found = agreements(
            &[[estimate(1.0, 0.0), estimate(1.0, 0.0)], [estimate(1.0, 0.0), estimate(2.0, 0.0)]],
            Draws::Apart,
        );
        assert_eq!((found[0].apart, found[0].p), (0.0, 1.0));
        assert_eq!((found[1].apart, found[1].p), (f64::INFINITY, 0.0));
    }

    #[test]
    fn of_many_quantities_one_may_be_far_apart_by_chance() {
        // 2.2 standard errors: p = .0278 alone, 20 times that among twenty.
        let mut pairs = vec![[estimate(0.0, 1.0), estimate(0.0, 1.0)]; 19];
        pairs.push([estimate(0.0, 0.6), estimate(2.2, 0.8)]);
        assert!((agreements(&pairs[19..], Draws::Apart)[0].p - 0.0278).abs() < 1e-4);
        assert!((agreements(&pairs, Draws::Apart)[19].p - 0.5561).abs() < 1e-3);
    }
}
