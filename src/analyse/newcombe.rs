//! The interval of a difference between two shares that were counted.
//!
//! Method 10 of R. G. Newcombe, for independent samples (*Statistics in Medicine* 17, 1998, 873–890) and for paired ones (the same,
//! 2635–2650): the distances from each share to the ends of its Wilson interval, added as squares. No library has it; it is four lines
//! on [`wilson`].

use super::wilson::{Interval, wilson};

/// A difference between two shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The first share less the second.
    pub value: f64,
    /// Its interval.
    pub interval: Interval,
}

/// In how many pairs something happened to both, to one, to the other, or to neither.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pairs {
    /// To both.
    pub both: u64,
    /// To the first of the pair only.
    pub first_only: u64,
    /// To the second only.
    pub second_only: u64,
    /// To neither.
    pub neither: u64,
}

/// The share of the `first` (how many, of how many) less that of the `second`, two independent samples. NaN where either is empty.
///
/// ```
/// let difference = partnersim::analyse::newcombe::independent((56, 70), (48, 80), 0.95);
/// assert!((difference.value - 0.2).abs() < 1e-12);
/// assert!((difference.interval.low - 0.0524).abs() < 5e-5 && (difference.interval.high - 0.3339).abs() < 5e-5);
/// ```
pub fn independent(first: (u64, u64), second: (u64, u64), confidence: f64) -> Difference {
    Shares::new(first, second, confidence).difference(0.0)
}

/// The share of the first of each pair less that of the second: how much oftener something happened in the one set-up than in the other,
/// in the same worlds.
///
/// ```
/// use partnersim::analyse::newcombe::{Pairs, paired};
/// let difference = paired(Pairs { both: 36, first_only: 12, second_only: 2, neither: 0 }, 0.95);
/// assert!((difference.interval.low - 0.0569).abs() < 5e-5 && (difference.interval.high - 0.3404).abs() < 5e-5);
/// ```
pub fn paired(pairs: Pairs, confidence: f64) -> Difference {
    let n = pairs.n();
    let shares = Shares::new((pairs.both + pairs.first_only, n), (pairs.both + pairs.second_only, n), confidence);
    shares.difference(pairs.correlation())
}

impl Pairs {
    /// Counts the pairs of two columns of equal length, in which something happened where the value is above 0.
    ///
    /// # Panics
    /// When the columns differ in length.
    pub fn of(first: &[f64], second: &[f64]) -> Pairs {
        assert_eq!(first.len(), second.len(), "pairs have two members each");
        let mut pairs = Pairs::default();
        for (first, second) in first.iter().zip(second) {
            *match (*first > 0.0, *second > 0.0) {
                (true, true) => &mut pairs.both,
                (true, false) => &mut pairs.first_only,
                (false, true) => &mut pairs.second_only,
                (false, false) => &mut pairs.neither,
            } += 1;
        }
        pairs
    }

    /// Number of pairs.
    pub fn n(&self) -> u64 {
        self.both + self.first_only + self.second_only + self.neither
    }

    /// The correlation of the two, where positive taken nearer to 0 by half a pair, as Newcombe does; 0 where one never differs.
    fn correlation(&self) -> f64 {
        let [both, first, second, neither] =
            [self.both, self.first_only, self.second_only, self.neither].map(|count| count as f64);
        let spread = ((both + first) * (second + neither) * (both + second) * (first + neither)).sqrt();
        let together = both * neither - first * second;
        let half = self.n() as f64 / 2.0;
        let together = if together > 0.0 { (together - half).max(0.0) } else { together };
        if spread > 0.0 { together / spread } else { 0.0 }
    }
}

/// Two shares with the ends of their Wilson intervals.
struct Shares {
    first: f64,
    second: f64,
    of_first: Interval,
    of_second: Interval,
}

impl Shares {
    fn new(first: (u64, u64), second: (u64, u64), confidence: f64) -> Shares {
        let share = |(count, n): (u64, u64)| count as f64 / n as f64;
        Shares {
            first: share(first),
            second: share(second),
            of_first: wilson(first.0, first.1, confidence),
            of_second: wilson(second.0, second.1, confidence),
        }
    }

    fn difference(&self, correlation: f64) -> Difference {
        let reach = |a: f64, b: f64| (a * a - 2.0 * correlation * a * b + b * b).max(0.0).sqrt();
        let value = self.first - self.second;
        let low = value - reach(self.first - self.of_first.low, self.of_second.high - self.second);
        let high = value + reach(self.of_first.high - self.first, self.second - self.of_second.low);
        // `max` and `min` would turn a NaN of no values into a bound.
        let interval = if value.is_nan() { Interval { low: value, high: value } } else { Interval { low, high } };
        Difference { value, interval }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(difference: Difference, low: f64, high: f64, tolerance: f64) {
        let Interval { low: got_low, high: got_high } = difference.interval;
        assert!((got_low - low).abs() < tolerance && (got_high - high).abs() < tolerance, "{difference:?}");
    }

    #[test]
    fn independent_differences_are_those_of_the_paper() {
        // Newcombe 1998, pages 873–890, table II, method 10.
        for (first, second, low, high) in [
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((6, 7), (2, 7), 0.0582, 0.8062),
            ((5, 56), (0, 29), -0.0381, 0.1926),
            ((0, 10), (0, 20), -0.1611, 0.2775),
            ((10, 10), (0, 20), 0.6791, 1.0),
        ] {
            near(independent(first, second, 0.95), low, high, 5e-5);
        }
    }

    #[test]
    fn paired_differences_are_those_printed() {
        let pairs = |both, first_only, second_only, neither| Pairs { both, first_only, second_only, neither };
        // Newcombe 1998, pages 2635–2650, method 10.
        near(paired(pairs(36, 12, 2, 0), 0.95), 0.0569, 0.3404, 5e-5);
        near(paired(pairs(54, 0, 0, 0), 0.95), -0.0664, 0.0664, 5e-5);
        // Airways before and after a transplantation: Fagerland, Lydersen and Laake, BMC Medical Research Methodology 14 (2014) 133.
        near(paired(pairs(1, 1, 7, 12), 0.95), -0.507, -0.026, 5e-4);
        // A positive correlation that the correction reaches: the formula worked apart.
        near(paired(pairs(20, 12, 2, 16), 0.95), 0.056_156, 0.329_207, 1e-6);
    }

    #[test]
    fn pairs_narrow_the_interval_where_the_members_go_together() {
        let first: Vec<f64> = (0..100).map(|k| f64::from(u8::from(k < 60))).collect();
        let second: Vec<f64> = (0..100).map(|k| f64::from(u8::from(k < 50))).collect();
        let together = paired(Pairs::of(&first, &second), 0.95);
        let apart = independent((60, 100), (50, 100), 0.95);
        assert!((together.value - apart.value).abs() < 1e-12);
        let width = |difference: Difference| difference.interval.high - difference.interval.low;
        assert!(width(together) < 0.6 * width(apart), "{together:?} {apart:?}");
    }

    proptest! {
        #[test]
        fn a_difference_lies_in_its_interval_and_that_within_all_there_can_be(counts in prop::array::uniform4(0u64..60)) {
            let [both, first_only, second_only, neither] = counts;
            let pairs = Pairs { both, first_only, second_only, neither };
            prop_assume!(pairs.n() > 0);
            for found in [paired(pairs, 0.95), independent((both, both + neither + 1), (first_only, first_only + second_only + 1), 0.9)] {
                let Interval { low, high } = found.interval;
                prop_assert!(-1.0 - 1e-12 <= low && high <= 1.0 + 1e-12, "{:?}", found);
                prop_assert!(low <= found.value + 1e-12 && found.value <= high + 1e-12, "{:?}", found);
            }
            // Whoever comes first, the difference only changes its sign.
            let turned = paired(Pairs { first_only: second_only, second_only: first_only, ..pairs }, 0.95);
            prop_assert!((turned.interval.low + paired(pairs, 0.95).interval.high).abs() < 1e-12);
        }
    }

    #[test]
    fn nothing_is_known_of_no_pairs() {
        assert!(paired(Pairs::default(), 0.95).interval.low.is_nan());
        assert!(independent((0, 0), (1, 2), 0.95).interval.high.is_nan());
    }
}
