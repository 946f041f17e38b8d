//! The value below which a share of a sample lies.

/// Quantile `p` of values in ascending order, interpolated linearly between neighbours (type 7 of Hyndman and Fan 1996,
/// the default of R and NumPy). NaN for an empty sample.
///
/// ```
/// use partnersim::analyse::quantile::quantile;
/// assert_eq!(quantile(&[1.0, 2.0, 4.0, 8.0], 0.5), 3.0);
/// ```
pub fn quantile(ascending: &[f64], p: f64) -> f64 {
    if ascending.is_empty() {
        return f64::NAN;
    }
    between_ranks(ascending.len() as u64, p, |rank| ascending[rank as usize])
}

/// Type 7 for a sample of `n` of which `value` gives the one at a rank, counted from 0 in ascending order.
pub(crate) fn between_ranks(n: u64, p: f64, value: impl Fn(u64) -> f64) -> f64 {
    let position = (n - 1) as f64 * p.clamp(0.0, 1.0);
    let below = position as u64;
    let share = position - below as f64;
    let low = value(below);
    // Without this a quantile that falls on a value would still depend on its neighbour's rounding.
    if share == 0.0 { low } else { low + share * (value(below + 1) - low) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_the_powers_of_two_are_those_of_r() {
        // R: quantile(2^(0:9), c(.05,.1,.25,.5,.75,.9,.95), type = 7)
        let powers: Vec<f64> = (0..10).map(|k| f64::from(1 << k)).collect();
        let expected = [(0.05, 1.45), (0.1, 1.9), (0.25, 5.0), (0.5, 24.0), (0.75, 112.0), (0.9, 281.6), (0.95, 396.8)];
        for (p, value) in expected {
            assert!((quantile(&powers, p) - value).abs() < 1e-9, "{p}: {}", quantile(&powers, p));
        }
    }

    #[test]
    fn the_ends_are_the_least_and_the_greatest_value() {
        assert_eq!(quantile(&[-3.0, 0.0, 9.0], 0.0), -3.0);
        assert_eq!(quantile(&[-3.0, 0.0, 9.0], 1.0), 9.0);
        assert_eq!(quantile(&[7.0], 0.3), 7.0);
        assert!(quantile(&[], 0.5).is_nan());
    }
}
