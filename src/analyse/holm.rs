//! Several tests at once: who looks at many outcomes finds something in one of them by chance.

/// Holm's (1979) adjusted p-values: below 0.05 for any of them no more than once in twenty studies by chance, however the tests
/// hang together. NaN marks what is no test; it stays and does not count.
///
/// ```
/// let adjusted = partnersim::analyse::holm::holm(&[0.01, 0.04, 0.03]);
/// assert_eq!(adjusted, [0.03, 0.06, 0.06]);
/// ```
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).filter(|&k| !p_values[k].is_nan()).collect();
    // Stable: of equals the first one first.
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let mut adjusted = vec![f64::NAN; p_values.len()];
    let mut least = 0.0f64;
    for (rank, &k) in order.iter().enumerate() {
        least = least.max(p_values[k] * (order.len() - rank) as f64).min(1.0);
        adjusted[k] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjusted_values_are_those_worked_by_hand() {
        // Wright, Biometrics 48 (1992), adjusts step by step: the least p times the number of tests, and never below the one before.
        let adjusted = holm(&[0.005, 0.011, 0.02, 0.04, 0.13]);
        for (value, by_hand) in adjusted.iter().zip([0.025, 0.044, 0.06, 0.08, 0.13]) {
            assert!((value - by_hand).abs() < 1e-12, "{adjusted:?}");
        }
        assert_eq!(holm(&[0.6, 0.9]), [1.0, 1.0]);
    }

    #[test]
    fn what_is_no_test_does_not_count() {
        let adjusted = holm(&[f64::NAN, 0.04, 0.01]);
        assert!(adjusted[0].is_nan());
        assert_eq!(adjusted[1..], [0.04, 0.02]);
    }

    #[test]
    fn one_test_needs_no_adjustment() {
        assert_eq!(holm(&[0.03]), [0.03]);
    }
}
