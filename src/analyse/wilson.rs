//! The interval of a share that was counted.

use crate::model::math;

/// Between which bounds a share lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// Wilson's score interval (1927) for a share of which `successes` of `n` were counted, at a confidence such as 0.95.
///
/// It stays within 0 and 1 and is sensible where nothing or everything was counted. NaN when `n` is 0.
///
/// ```
/// let share = partnersim::analyse::wilson::wilson(0, 20, 0.95);
/// assert!(share.low == 0.0 && (share.high - 0.161125).abs() < 1e-6);
/// ```
pub fn wilson(successes: u64, n: u64, confidence: f64) -> Interval {
    let z = math::normal_quantile(0.5 + confidence / 2.0);
    let size = n as f64;
    let share = successes as f64 / size;
    let shrink = 1.0 / (1.0 + z * z / size);
    let centre = shrink * (share + z * z / (2.0 * size));
    let half = shrink * z * (share * (1.0 - share) / size + z * z / (4.0 * size * size)).sqrt();
    Interval {
        // Exactly the ends, where rounding would leave 1e-18.
        low: if successes == 0 && n > 0 { 0.0 } else { centre - half },
        high: if successes == n && n > 0 { 1.0 } else { centre + half },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_of_newcombe_1998() {
        // R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3; the first and the last with more digits.
        for (successes, n, low, high) in
            [(81, 263, 0.255_289, 0.366_210), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.161_125)]
        {
            let interval = wilson(successes, n, 0.95);
            let tolerance = if n == 148 { 5e-5 } else { 1e-6 };
            assert!((interval.low - low).abs() < tolerance, "{successes}/{n}: {interval:?}");
            assert!((interval.high - high).abs() < tolerance, "{successes}/{n}: {interval:?}");
        }
    }

    #[test]
    fn everything_counted_mirrors_nothing_counted() {
        let (none, all) = (wilson(0, 29, 0.95), wilson(29, 29, 0.95));
        assert_eq!(all.high, 1.0);
        assert!((all.low - (1.0 - none.high)).abs() < 1e-12);
    }

    #[test]
    fn nothing_is_known_of_no_replications() {
        assert!(wilson(0, 0, 0.95).low.is_nan());
    }
}
