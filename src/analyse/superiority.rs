//! How often one is better than the other: in the same world, and in two worlds that have nothing to do with each other.
//!
//! These are two questions with two answers. In the same world luck strikes both, and a small but steady advantage wins nearly
//! every time. In worlds of their own the one with the better luck mostly wins.

use super::findings::Share;
use super::wilson::{Interval, wilson};
use crate::model::math;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// Pairs by which of the two is greater.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wins {
    /// Pairs in which the second is greater.
    pub greater: u64,
    /// Pairs in which both are the same.
    pub ties: u64,
    /// Pairs in which the second is less.
    pub less: u64,
}

/// How often the second is greater where the two live in worlds of their own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Superiority {
    /// Probability that the second is greater.
    pub greater: f64,
    /// Probability that the two are the same.
    pub ties: f64,
    /// Probability that the second is less.
    pub less: f64,
    /// Standard error of `greater`.
    pub greater_error: f64,
    /// Standard error of `less`.
    pub less_error: f64,
    /// Replications that it rests on.
    pub n: u64,
}

impl Wins {
    /// Of the pairs of two columns of equal length.
    ///
    /// ```
    /// use partnersim::analyse::superiority::Wins;
    /// let wins = Wins::of(&[1.0, 2.0, 3.0], &[2.0, 2.0, 2.0]);
    /// assert_eq!((wins.greater, wins.ties, wins.less), (1, 1, 1));
    /// ```
    pub fn of(first: &[f64], second: &[f64]) -> Wins {
        let mut wins = Wins::default();
        for (first, second) in first.iter().zip(second) {
            match second.total_cmp(first) {
                Ordering::Greater if second > first => wins.greater += 1,
                Ordering::Less if second < first => wins.less += 1,
                // Zero and minus zero too.
                _ => wins.ties += 1,
            }
        }
        wins
    }

    /// Takes up further pairs.
    pub fn merge(&mut self, next: &Wins) {
        self.greater += next.greater;
        self.ties += next.ties;
        self.less += next.less;
    }

    /// The same with first and second exchanged.
    pub fn reversed(&self) -> Wins {
        Wins { greater: self.less, ties: self.ties, less: self.greater }
    }

    /// Number of pairs.
    pub fn n(&self) -> u64 {
        self.greater + self.ties + self.less
    }

    /// The shares of pairs in which the second is greater, the same, less; each with its Wilson interval.
    pub fn shares(&self) -> [Share; 3] {
        [self.greater, self.ties, self.less].map(|count| Share::new(count, self.n()))
    }
}

/// How often the second is greater in worlds of their own, from two columns of the same replications.
///
/// Every replication of the first is held against every *other* replication of the second: a replication lives in one world, so
/// its pair with itself would be in the same. This is the U-statistic of Mann and Whitney (1947) over pairs i ≠ j; the standard
/// errors are those of the jackknife over replications, which knows that the columns are paired.
///
/// ```
/// use partnersim::analyse::superiority::superiority;
/// let found = superiority(&[1.0, 2.0, 3.0], &[2.0, 3.0, 4.0]);
/// // In worlds of their own 1 meets 3 and 4, 2 meets 2 and 4, 3 meets 2 and 3: three are beaten, two tie, one wins.
/// assert_eq!((found.greater, found.ties, found.less), (3.0 / 6.0, 2.0 / 6.0, 1.0 / 6.0));
/// ```
///
/// # Panics
/// When the columns differ in length.
pub fn superiority(first: &[f64], second: &[f64]) -> Superiority {
    assert_eq!(first.len(), second.len(), "the columns are of the same replications");
    let (ascending_first, ascending_second) = (ascending(first), ascending(second));
    // Of each replication: the pairs that it wins or loses on either side, itself left out.
    let mut wins = Vec::with_capacity(first.len());
    let mut losses = Vec::with_capacity(first.len());
    let (mut greater, mut less) = (0u64, 0u64);
    for (&a, &b) in first.iter().zip(second) {
        let itself_wins = u64::from(b > a);
        let itself_loses = u64::from(b < a);
        let [below, above] = around(&ascending_second, a);
        let (wins_against_a, losses_against_a) = (above - itself_wins, below - itself_loses);
        let [below, above] = around(&ascending_first, b);
        let (wins_of_b, losses_of_b) = (below - itself_wins, above - itself_loses);
        greater += wins_of_b;
        less += losses_of_b;
        wins.push(wins_against_a + wins_of_b);
        losses.push(losses_against_a + losses_of_b);
    }
    let n = first.len() as u64;
    let pairs = n as f64 * (n as f64 - 1.0);
    let (p_greater, p_less) = (greater as f64 / pairs, less as f64 / pairs);
    let ties = (pairs - greater as f64 - less as f64) / pairs;
    Superiority {
        greater: p_greater,
        ties,
        less: p_less,
        greater_error: jackknife(greater, &wins),
        less_error: jackknife(less, &losses),
        n,
    }
}

impl Superiority {
    /// The same with first and second exchanged.
    pub fn reversed(&self) -> Superiority {
        Superiority {
            greater: self.less,
            less: self.greater,
            greater_error: self.less_error,
            less_error: self.greater_error,
            ..*self
        }
    }

    /// The interval of the probability that the second is greater, symmetric in its log odds so that it stays within 0 and 1. Where
    /// it always or never is, Wilson's for that many replications.
    pub fn interval(&self, confidence: f64) -> Interval {
        let p = self.greater;
        if p <= 0.0 || p >= 1.0 || self.greater_error == 0.0 {
            return match (p <= 0.0, p >= 1.0) {
                (true, _) => wilson(0, self.n, confidence),
                (_, true) => wilson(self.n, self.n, confidence),
                _ => Interval { low: p, high: p },
            };
        }
        let odds = math::ln(p / (1.0 - p));
        let half = math::normal_quantile(0.5 + confidence / 2.0) * self.greater_error / (p * (1.0 - p));
        Interval { low: math::logistic(odds - half), high: math::logistic(odds + half) }
    }

    /// Cliff's delta: how much likelier the second is greater than less, from −1 to 1.
    pub fn cliffs_delta(&self) -> f64 {
        self.greater - self.less
    }
}

fn ascending(values: &[f64]) -> Vec<f64> {
    let mut ascending = values.to_vec();
    ascending.sort_unstable_by(f64::total_cmp);
    ascending
}

/// How many values are below and how many above a bound.
fn around(ascending: &[f64], bound: f64) -> [u64; 2] {
    let below = ascending.partition_point(|value| *value < bound);
    let up_to = ascending.partition_point(|value| *value <= bound);
    [below as u64, (ascending.len() - up_to) as u64]
}

/// Standard error over replications of a share of ordered pairs: `count` of them in all, `of_each` replication's part on both sides.
fn jackknife(count: u64, of_each: &[u64]) -> f64 {
    let n = of_each.len() as f64;
    if n < 3.0 {
        return f64::NAN;
    }
    let pairs_without_one = (n - 1.0) * (n - 2.0);
    // Each pair is a part of two replications, so the mean over those left out is exact.
    let mean = count as f64 * (1.0 - 2.0 / n);
    let squares: f64 =
        of_each.iter().map(|&part| (count as f64 - part as f64 - mean) / pairs_without_one).map(|d| d * d).sum();
    ((n - 1.0) / n * squares).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn share_greater(first: &[f64], second: &[f64]) -> f64 {
        let n = first.len();
        let pairs = (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).filter(|(i, j)| i != j);
        pairs.filter(|&(i, j)| second[j] > first[i]).count() as f64 / (n * (n - 1)) as f64
    }

    /// Leaving out each replication in turn.
    fn brute_jackknife(first: &[f64], second: &[f64]) -> f64 {
        let n = first.len();
        let without = |k: usize| {
            let rest = |column: &[f64]| -> Vec<f64> {
                column.iter().enumerate().filter(|(i, _)| *i != k).map(|(_, value)| *value).collect()
            };
            share_greater(&rest(first), &rest(second))
        };
        let left: Vec<f64> = (0..n).map(without).collect();
        let mean = left.iter().sum::<f64>() / n as f64;
        let squares: f64 = left.iter().map(|value| (value - mean) * (value - mean)).sum();
        ((n as f64 - 1.0) / n as f64 * squares).sqrt()
    }

    #[test]
    fn two_normals_one_sd_apart_give_the_common_language_effect_of_0_76() {
        // McGraw and Wong, Psychological Bulletin 111 (1992): Φ(1/√2) = 0.76025. The order is mixed so that pairs are as good as
        // independent.
        let n = 4001u64;
        let normal = |k: u64| math::normal_quantile((k as f64 + 0.5) / n as f64);
        let first: Vec<f64> = (0..n).map(normal).collect();
        let second: Vec<f64> = (0..n).map(|k| 1.0 + normal(k * 1_723 % n)).collect();
        let found = superiority(&first, &second);
        assert!((found.greater - 0.760_250).abs() < 5e-4, "{found:?}");
        assert!((found.cliffs_delta() - 0.520_5).abs() < 1e-3);
        let interval = found.interval(0.95);
        assert!(interval.low < 0.76 && interval.high > 0.761 && interval.high - interval.low < 0.04, "{interval:?}");
    }

    #[test]
    fn a_steady_advantage_wins_in_the_same_world_and_seldom_in_two() {
        let first: Vec<f64> = (0..1000).map(f64::from).collect();
        let second: Vec<f64> = first.iter().map(|value| value + 0.5).collect();
        assert_eq!(Wins::of(&first, &second).shares()[0].value, 1.0);
        let apart = superiority(&first, &second);
        assert!((apart.greater - 0.5).abs() < 1e-12, "{apart:?}");
    }

    #[test]
    fn the_same_in_all_replications_is_a_tie_without_error() {
        let same = superiority(&[1.0; 10], &[1.0; 10]);
        assert_eq!((same.greater, same.ties, same.less, same.greater_error), (0.0, 1.0, 0.0, 0.0));
        assert_eq!(same.interval(0.95), wilson(0, 10, 0.95));
        assert_eq!(Wins::of(&[0.0, -0.0], &[-0.0, 0.0]).ties, 2);
    }

    proptest! {
        #[test]
        fn the_quick_way_agrees_with_counting_every_pair(
            pairs in prop::collection::vec((0u8..6, 0u8..6), 3..25)
        ) {
            let (first, second): (Vec<f64>, Vec<f64>) =
                pairs.iter().map(|(a, b)| (f64::from(*a), f64::from(*b))).unzip();
            let found = superiority(&first, &second);
            prop_assert!((found.greater - share_greater(&first, &second)).abs() < 1e-12);
            prop_assert!((found.less - share_greater(&second, &first)).abs() < 1e-12);
            prop_assert!((found.greater + found.ties + found.less - 1.0).abs() < 1e-12);
            prop_assert!((found.greater_error - brute_jackknife(&first, &second)).abs() < 1e-12);
            prop_assert!((found.less_error - brute_jackknife(&second, &first)).abs() < 1e-12);
        }
    }
}
