//! Whether one policy is better than another for everybody who prefers more, or for everybody who also shuns risk.
//!
//! First order: for every level, the one reaches it in at least as large a share of the worlds. Second order: the mean of its worst
//! worlds is at least as high, however many of them are taken (Hadar and Russell 1969). Samples cross by chance, so each finding
//! says in what share of resamples it holds.

use super::Payoffs;
use super::resample::{RESAMPLES, resample};

/// Which dominance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Better for everybody who prefers more to less.
    First,
    /// Better for everybody who moreover shuns risk.
    Second,
}

/// Whether one policy dominates another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dominance {
    /// The better one, by position.
    pub policy: usize,
    /// The other.
    pub other: usize,
    /// Which dominance.
    pub order: Order,
    /// Whether it holds in the worlds as they are.
    pub holds: bool,
    /// Share of resamples of the worlds in which it holds; NaN of fewer than two worlds.
    pub share_of_resamples: f64,
}

/// Whether sample `a` dominates sample `b` of the same size, both in ascending order with more being better: at least as good
/// everywhere and better somewhere.
///
/// ```
/// use partnersim::analyse::choosing::dominance::{Order, dominates};
/// // The same mean, but the second is more spread out: only who shuns risk has a preference.
/// let (sure, risky) = ([2.0, 2.0], [1.0, 3.0]);
/// assert!(!dominates(&sure, &risky, Order::First) && dominates(&sure, &risky, Order::Second));
/// ```
pub fn dominates(a: &[f64], b: &[f64], order: Order) -> bool {
    let (mut ahead, mut is_better) = (0.0, false);
    for (a, b) in a.iter().zip(b) {
        ahead = if order == Order::Second { ahead + (a - b) } else { a - b };
        // What rounding leaves of a difference of sums is none.
        let nothing = if order == Order::Second { 1e-12 * (a.abs() + b.abs()) } else { 0.0 };
        if ahead < -nothing {
            return false;
        }
        is_better |= ahead > nothing;
    }
    is_better
}

/// Every pair of policies in either direction and both orders.
pub fn dominances(payoffs: &Payoffs, seed: u64) -> Vec<Dominance> {
    let pairs = pairs(payoffs.n_policies());
    let orders: Vec<Vec<usize>> = (0..payoffs.n_policies()).map(|policy| ascending(payoffs.goods(policy))).collect();
    let judged = |times: &[u32]| -> Vec<bool> {
        let sorted: Vec<Vec<f64>> =
            (0..payoffs.n_policies()).map(|policy| repeated(payoffs.goods(policy), &orders[policy], times)).collect();
        pairs.iter().map(|&(policy, other, order)| dominates(&sorted[policy], &sorted[other], order)).collect()
    };
    let n = payoffs.n_worlds();
    let holds = judged(&vec![1; n]);
    let mut counts = vec![0u64; pairs.len()];
    for k in 0..RESAMPLES {
        let times = times(n, &resample(n, seed, k));
        judged(&times).iter().zip(&mut counts).for_each(|(&holds, count)| *count += u64::from(holds));
    }
    let share = |count: u64| if n < 2 { f64::NAN } else { count as f64 / RESAMPLES as f64 };
    let found = pairs.iter().zip(holds).zip(counts);
    found
        .map(|((&(policy, other, order), holds), count)| Dominance {
            policy,
            other,
            order,
            holds,
            share_of_resamples: share(count),
        })
        .collect()
}

fn pairs(n_policies: usize) -> Vec<(usize, usize, Order)> {
    let all = (0..n_policies).flat_map(|policy| (0..n_policies).map(move |other| (policy, other)));
    all.filter(|(policy, other)| policy != other)
        .flat_map(|(policy, other)| [Order::First, Order::Second].map(|order| (policy, other, order)))
        .collect()
}

/// The positions of the numbers, from the least number to the greatest.
fn ascending(numbers: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    order.sort_by(|&a, &b| numbers[a].total_cmp(&numbers[b]));
    order
}

/// How often each world is taken.
fn times(n: usize, taken: &[usize]) -> Vec<u32> {
    let mut times = vec![0; n];
    taken.iter().for_each(|&world| times[world] += 1);
    times
}

/// The numbers in ascending order, each as often as it is taken.
fn repeated(numbers: &[f64], order: &[usize], times: &[u32]) -> Vec<f64> {
    order.iter().flat_map(|&at| std::iter::repeat_n(numbers[at], times[at] as usize)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::outcomes::Better;

    #[test]
    fn orders_follow_the_rule_for_ordered_samples() {
        // The rule of Levy, Stochastic Dominance (2006), for ordered samples, worked by hand: 1, 4, 7 beats 1, 3, 7 at first order; 2, 4, 6 beats 1, 4, 7
        // at second order only, as its means of the worst are 2, 3, 4 against 1, 2.5, 4.
        assert!(dominates(&[1.0, 4.0, 7.0], &[1.0, 3.0, 7.0], Order::First));
        assert!(!dominates(&[2.0, 4.0, 6.0], &[1.0, 4.0, 7.0], Order::First));
        assert!(dominates(&[2.0, 4.0, 6.0], &[1.0, 4.0, 7.0], Order::Second));
        assert!(!dominates(&[1.0, 4.0, 7.0], &[2.0, 4.0, 6.0], Order::Second));
    }

    #[test]
    fn nothing_dominates_its_equal() {
        for order in [Order::First, Order::Second] {
            assert!(!dominates(&[1.0, 2.0], &[1.0, 2.0], order));
            assert!(!dominates(&[], &[], order));
        }
    }

    #[test]
    fn a_dominance_that_hangs_on_one_world_is_less_firm_than_one_everywhere() {
        // Policy 1 is better everywhere; policy 2 is as good as policy 0 but for one world in which it is worse.
        let mut worlds: Vec<Vec<f64>> = (0..20).map(|k| f64::from(k)).map(|x| vec![x, x + 0.5, x]).collect();
        worlds[0][2] = -1.0;
        let found = dominances(&Payoffs::new(Better::Higher, &worlds, &[]), 1);
        let of = |policy, other| {
            found.iter().find(|one| (one.policy, one.other, one.order) == (policy, other, Order::First)).unwrap()
        };
        assert!(of(1, 0).holds && of(1, 0).share_of_resamples == 1.0);
        assert!(of(0, 2).holds && !of(2, 0).holds);
        // A resample of 20 misses that world with probability 0.95²⁰ = 0.358.
        assert!((of(0, 2).share_of_resamples - 0.642).abs() < 0.07, "{}", of(0, 2).share_of_resamples);
    }

    #[test]
    fn first_order_implies_second() {
        for k in 0..200 {
            let draw = |salt: u64| {
                let taken = resample(40, k, salt);
                let mut values: Vec<f64> = taken[..6].iter().map(|&at| at as f64).collect();
                values.sort_by(f64::total_cmp);
                values
            };
            let (a, b) = (draw(1), draw(2));
            assert!(!dominates(&a, &b, Order::First) || dominates(&a, &b, Order::Second));
        }
    }
}
