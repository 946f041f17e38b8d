//! How bad it may get: the worst world, and the mean of the worst few.

use super::Payoffs;

/// The worst value of each policy in any world, turned so that more is better; whoever wants the best of the worst (Wald 1950) takes
/// the policy in which it is greatest. NaN of no world.
pub fn worst(payoffs: &Payoffs) -> Vec<f64> {
    let of_one = |policy| payoffs.goods(policy).iter().copied().fold(f64::NAN, f64::min);
    (0..payoffs.n_policies()).map(of_one).collect()
}

/// The mean of the worst share of the values, of which more is better (conditional value at risk, Rockafellar and Uryasev 2000); where
/// that share ends within a value, that value counts in part. NaN of no values.
///
/// ```
/// use partnersim::analyse::choosing::worst::mean_of_worst;
/// assert_eq!(mean_of_worst(&[4.0, 1.0, 3.0, 2.0], 0.5), 1.5);
/// assert_eq!(mean_of_worst(&[4.0, 1.0, 3.0, 2.0], 0.05), 1.0);
/// ```
pub fn mean_of_worst(goods: &[f64], share: f64) -> f64 {
    let mut ascending = goods.to_vec();
    ascending.sort_by(f64::total_cmp);
    let weight = share * goods.len() as f64;
    let (mut left, mut sum) = (weight, 0.0);
    for good in ascending {
        let taken = left.min(1.0);
        sum += taken * good;
        left -= taken;
        if left <= 0.0 {
            break;
        }
    }
    sum / weight
}

#[cfg(test)]
mod tests {
    use super::super::payoffs::tests::taha;
    use super::*;

    #[test]
    fn the_best_of_the_worst_is_that_of_the_textbook() {
        // Taha, Operations Research: the greatest costs are 25, 23, 21 and 30, so that the third size is chosen.
        assert_eq!(worst(&taha()), [-25.0, -23.0, -21.0, -30.0]);
    }

    #[test]
    fn a_share_that_ends_within_a_value_counts_it_in_part() {
        // (1 + 2 + ½ · 3) / 2.5
        assert!((mean_of_worst(&[5.0, 4.0, 3.0, 2.0, 1.0], 0.5) - 1.8).abs() < 1e-15);
        assert_eq!(mean_of_worst(&[2.0, 6.0], 1.0), 4.0);
        assert!(mean_of_worst(&[], 0.05).is_nan());
    }
}
