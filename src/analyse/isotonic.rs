//! The monotone curve nearest to a noisy one.

/// Least-squares fit that never falls, with a positive weight for each value: the pool-adjacent-violators algorithm (Ayer,
/// Brunk, Ewing, Reid and Silverman 1955; Barlow, Bartholomew, Bremner and Brunk 1972). Neighbours that fall are replaced by
/// their weighted mean until none do.
///
/// ```
/// use partnersim::analyse::isotonic::rising;
/// assert_eq!(rising(&[1.0, 3.0, 2.0, 4.0], &[1.0; 4]), [1.0, 2.5, 2.5, 4.0]);
/// ```
///
/// # Panics
/// When values and weights differ in length.
pub fn rising(values: &[f64], weights: &[f64]) -> Vec<f64> {
    assert_eq!(values.len(), weights.len(), "every value has a weight");
    let mut pools: Vec<Pool> = Vec::with_capacity(values.len());
    for (&value, &weight) in values.iter().zip(weights) {
        let mut pool = Pool { mean: value, weight, size: 1 };
        while let Some(last) = pools.pop_if(|last| last.mean >= pool.mean) {
            pool = last.joined(&pool);
        }
        pools.push(pool);
    }
    pools.iter().flat_map(|pool| std::iter::repeat_n(pool.mean, pool.size)).collect()
}

/// Least-squares fit that never rises.
pub fn falling(values: &[f64], weights: &[f64]) -> Vec<f64> {
    let turned: Vec<f64> = values.iter().map(|value| -value).collect();
    rising(&turned, weights).into_iter().map(|value| -value).collect()
}

/// Neighbours that share one fitted value.
struct Pool {
    mean: f64,
    weight: f64,
    size: usize,
}

impl Pool {
    fn joined(&self, next: &Pool) -> Pool {
        let weight = self.weight + next.weight;
        // Equal means stay as they are, without rounding.
        let share = next.weight / weight;
        Pool { mean: self.mean + share * (next.mean - self.mean), weight, size: self.size + next.size }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_fit_is_that_of_r() {
        // R: isoreg(c(1,0,4,3,3,5,4,2,0))$yf, the example of its manual.
        let fit = rising(&[1.0, 0.0, 4.0, 3.0, 3.0, 5.0, 4.0, 2.0, 0.0], &[1.0; 9]);
        let of_r = [0.5, 0.5, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0];
        assert!(fit.iter().zip(of_r).all(|(a, b)| (a - b).abs() < 1e-12), "{fit:?}");
    }

    #[test]
    fn a_pool_has_the_weighted_mean_worked_by_hand() {
        // 6 with weight 1 before 3 with weight 2 makes 4.
        assert_eq!(rising(&[1.0, 6.0, 3.0], &[1.0, 1.0, 2.0]), [1.0, 4.0, 4.0]);
        // Falling, 1 with weight 2 before 6 with weight 1 makes 8/3, which is below 3: all three make 11/4.
        let fit = falling(&[1.0, 6.0, 3.0], &[2.0, 1.0, 1.0]);
        assert!(fit.iter().all(|value| (value - 2.75).abs() < 1e-12), "{fit:?}");
    }

    proptest! {
        #[test]
        fn the_fit_rises_keeps_the_mean_and_leaves_alone_what_rises(values in prop::collection::vec(-5.0..5.0f64, 1..20)) {
            let weights = vec![1.0; values.len()];
            let fit = rising(&values, &weights);
            prop_assert!(fit.windows(2).all(|pair| pair[0] <= pair[1]));
            prop_assert!((fit.iter().sum::<f64>() - values.iter().sum::<f64>()).abs() < 1e-9);
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            prop_assert_eq!(rising(&fit, &weights), fit);
            prop_assert_eq!(rising(&sorted, &weights), sorted);
        }
    }
}
