//! How closely two columns go together.

/// Pearson's correlation of two columns of equal length; NaN when either does not vary.
///
/// ```
/// use partnersim::analyse::correlation::pearson;
/// assert_eq!(pearson(&[1.0, 2.0, 3.0], &[6.0, 4.0, 2.0]), -1.0);
/// ```
///
/// # Panics
/// When the columns differ in length.
pub fn pearson(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len(), "a correlation is of pairs");
    let n = a.len() as f64;
    let (mean_a, mean_b) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let (mut both, mut squares_a, mut squares_b) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        both += (x - mean_a) * (y - mean_b);
        squares_a += (x - mean_a) * (x - mean_a);
        squares_b += (y - mean_b) * (y - mean_b);
    }
    both / (squares_a * squares_b).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_set_of_anscombe_correlates_at_0_816() {
        // F. J. Anscombe, The American Statistician 27 (1973): r = 0.81642.
        let x = [10.0, 8.0, 13.0, 9.0, 11.0, 14.0, 6.0, 4.0, 12.0, 7.0, 5.0];
        let y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
        assert!((pearson(&x, &y) - 0.816_420_5).abs() < 1e-7);
    }

    #[test]
    fn a_column_that_does_not_vary_has_no_correlation() {
        assert!(pearson(&[1.0, 2.0], &[3.0, 3.0]).is_nan());
    }
}
