//! How much of what several changes do together is due to each of them.
//!
//! What one change adds depends on which others are already made. Shapley (1953) takes the mean over all orders in which they could
//! be made: the parts sum to the whole, changes that do the same get the same, one that does nothing gets nothing. Up to
//! [`EXACT_LEVERS`] every combination is valued; beyond, orders are sampled in antithetic pairs, an order and its reverse (Mitchell,
//! Cooper, Frank and Holmes 2022), and the error says what that leaves open.

use super::findings::{CONFIDENCE, Estimate};
use super::moments::Moments;
use super::student::t_quantile;
use super::wilson::Interval;
use crate::model::draws::{Draws, Purpose};
use crate::model::math;
use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Up to so many changes every combination of them is valued.
pub const EXACT_LEVERS: usize = 8;
/// About so many combinations are valued where orders are sampled.
const SAMPLED_COMBINATIONS: usize = 256;
/// Fewest and most pairs of orders: fewer than eight would not tell their own error.
const PAIRS: [usize; 2] = [8, 16];

/// Which combinations of changes are to be valued, and which steps between them make up the part of each change.
#[derive(Debug, Clone, PartialEq)]
pub struct Allocation {
    /// Which of the changes each combination makes.
    pub combinations: Vec<Vec<bool>>,
    /// What each change adds to others already made.
    pub steps: Vec<Step>,
    /// Pairs of orders; 1 where all combinations are valued.
    pub groups: usize,
    /// Number of changes.
    pub levers: usize,
}

/// One change made after others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The pair of orders it belongs to.
    pub group: usize,
    /// The change.
    pub lever: usize,
    /// Number of the combination without it.
    pub before: usize,
    /// Number of the combination with it.
    pub after: usize,
    /// How much of the change's part this step decides.
    pub weight: f64,
}

/// The part of each change in each of several variables, summed over replications.
///
/// A part is a mean of differences between combinations, so every replication has its own, and their spread gives the error.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Parts {
    n: u64,
    /// `replications[lever][variable]`: moments of the replications' parts.
    replications: Vec<Vec<Moments>>,
    /// `groups[lever][variable][group]`: sums over replications of the parts by one pair of orders.
    groups: Vec<Vec<Vec<f64>>>,
}

/// The part of one change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Its mean over replications, with the standard error of both replications and sampled orders.
    pub mean: Estimate,
    /// Its interval.
    pub interval: Interval,
}

/// The parts of `n` players in a game that `value` gives the worth of a coalition in.
///
/// ```
/// use partnersim::analyse::shapley::shapley;
/// // One left glove and two right ones: a pair is worth 1.
/// let worth = |holds: &[bool]| f64::from(u8::from(holds[0] && (holds[1] || holds[2])));
/// let parts = shapley(3, worth);
/// assert!((parts[0] - 2.0 / 3.0).abs() < 1e-15 && (parts[1] - 1.0 / 6.0).abs() < 1e-15);
/// ```
pub fn shapley(n: usize, value: impl Fn(&[bool]) -> f64) -> Vec<f64> {
    let allocation = Allocation::exact(n);
    let values: Vec<f64> = allocation.combinations.iter().map(|made| value(made)).collect();
    let mut parts = vec![0.0; n];
    for step in &allocation.steps {
        parts[step.lever] += step.weight * (values[step.after] - values[step.before]);
    }
    parts
}

impl Allocation {
    /// Every combination up to [`EXACT_LEVERS`] changes, beyond that those of sampled orders, always the same for a seed.
    pub fn of(levers: usize, seed: u64) -> Allocation {
        if levers <= EXACT_LEVERS { Allocation::exact(levers) } else { Allocation::sampled(levers, seed) }
    }

    /// Every combination of the changes.
    pub fn exact(levers: usize) -> Allocation {
        let combinations: Vec<Vec<bool>> =
            (0..1usize << levers).map(|mask| (0..levers).map(|lever| mask >> lever & 1 == 1).collect()).collect();
        let without = |lever: usize| (0..1usize << levers).filter(move |mask| mask >> lever & 1 == 0);
        let step = |lever: usize, before: usize| {
            let weight = order_share(levers, before.count_ones() as usize);
            Step { group: 0, lever, before, after: before | 1 << lever, weight }
        };
        let steps = (0..levers).flat_map(|lever| without(lever).map(move |before| step(lever, before)));
        Allocation { steps: steps.collect(), combinations, groups: 1, levers }
    }

    fn sampled(levers: usize, seed: u64) -> Allocation {
        let groups = (SAMPLED_COMBINATIONS / (2 * levers)).clamp(PAIRS[0], PAIRS[1]);
        let mut numbers: BTreeMap<Vec<bool>, usize> = BTreeMap::new();
        let mut allocation = Allocation { combinations: Vec::new(), steps: Vec::new(), groups, levers };
        for group in 0..groups {
            let order = order(levers, &mut Draws::<1>::new(seed, group as u64).generator(0, Purpose::Resampling, 0, 0));
            let reverse: Vec<usize> = order.iter().rev().copied().collect();
            for order in [order, reverse] {
                let mut made = vec![false; levers];
                let mut before = allocation.number(&made, &mut numbers);
                for lever in order {
                    made[lever] = true;
                    let after = allocation.number(&made, &mut numbers);
                    allocation.steps.push(Step { group, lever, before, after, weight: 0.5 });
                    before = after;
                }
            }
        }
        allocation
    }

    fn number(&mut self, made: &[bool], numbers: &mut BTreeMap<Vec<bool>, usize>) -> usize {
        if let Some(&number) = numbers.get(made) {
            return number;
        }
        numbers.insert(made.to_vec(), self.combinations.len());
        self.combinations.push(made.to_vec());
        self.combinations.len() - 1
    }

    /// Whether every combination is valued.
    pub fn is_exact(&self) -> bool {
        self.groups == 1
    }
}

/// The share of all orders of `n` in which one comes right after `before` given others: `before! (n − before − 1)! / n!`.
fn order_share(n: usize, before: usize) -> f64 {
    let choices = (1..=before).fold(1.0, |choices, k| choices * (n - k) as f64 / k as f64);
    1.0 / (n as f64 * choices)
}

/// An order in which all are equally likely (Fisher and Yates).
fn order(n: usize, rng: &mut impl Rng) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for last in (1..n).rev() {
        order.swap(last, ((rng.random::<f64>() * (last + 1) as f64) as usize).min(last));
    }
    order
}

impl Parts {
    /// The sums of one block: `values[combination][variable][replication]`.
    pub fn of<C: AsRef<[f64]>, V: AsRef<[C]>>(allocation: &Allocation, values: &[V]) -> Parts {
        let n_variables = values.first().map_or(0, |columns| columns.as_ref().len());
        let size =
            values.first().and_then(|columns| columns.as_ref().first()).map_or(0, |column| column.as_ref().len());
        let mut parts = Parts {
            n: size as u64,
            replications: vec![vec![Moments::default(); n_variables]; allocation.levers],
            groups: vec![vec![vec![0.0; allocation.groups]; n_variables]; allocation.levers],
        };
        for lever in 0..allocation.levers {
            let steps: Vec<&Step> = allocation.steps.iter().filter(|step| step.lever == lever).collect();
            for variable in 0..n_variables {
                let mut of_each = vec![0.0; size];
                for step in &steps {
                    let [before, after] =
                        [step.before, step.after].map(|number| values[number].as_ref()[variable].as_ref());
                    let differences = before.iter().zip(after).map(|(before, after)| step.weight * (after - before));
                    let sum = &mut parts.groups[lever][variable][step.group];
                    for (part, difference) in of_each.iter_mut().zip(differences) {
                        *part += difference;
                        *sum += difference;
                    }
                }
                of_each.iter_mut().for_each(|part| *part /= allocation.groups as f64);
                parts.replications[lever][variable] = Moments::of(&of_each);
            }
        }
        parts
    }

    /// Takes up the sums of the block that follows.
    pub fn merge(&mut self, next: &Parts) {
        if self.n == 0 {
            *self = next.clone();
            return;
        }
        self.n += next.n;
        for (mine, more) in self.replications.iter_mut().flatten().zip(next.replications.iter().flatten()) {
            mine.merge(more);
        }
        let sums = self.groups.iter_mut().flatten().flatten().zip(next.groups.iter().flatten().flatten());
        sums.for_each(|(mine, more)| *mine += more);
    }

    /// Replications summed over.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The part of a change in a variable.
    pub fn part(&self, lever: usize, variable: usize) -> Part {
        let over_replications = Estimate::new(&self.replications[lever][variable]);
        let groups: Vec<f64> = self.groups[lever][variable].iter().map(|sum| sum / self.n as f64).collect();
        let is_exact = groups.len() == 1;
        let of_orders = if is_exact { 0.0 } else { Moments::of(&groups).mc_standard_error() };
        let z = math::normal_quantile(0.5 + CONFIDENCE / 2.0) * over_replications.mc_standard_error;
        // A handful of orders knows its own spread badly: Student's quantile allows for that.
        let t = if is_exact { 0.0 } else { t_quantile(0.5 + CONFIDENCE / 2.0, groups.len() as f64 - 1.0) * of_orders };
        let half = (z * z + t * t).sqrt();
        let (value, error) = (over_replications.value, over_replications.mc_standard_error);
        Part {
            mean: Estimate { value, mc_standard_error: (error * error + of_orders * of_orders).sqrt() },
            interval: Interval { low: value - half, high: value + half },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glove_game_gives_the_scarce_glove_two_thirds() {
        // Osborne and Rubinstein, A Course in Game Theory (1994), market with one seller: 2/3, 1/6, 1/6.
        let worth = |holds: &[bool]| f64::from(u8::from(holds[0] && (holds[1] || holds[2])));
        let parts = shapley(3, worth);
        for (part, by_hand) in parts.iter().zip([2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]) {
            assert!((part - by_hand).abs() < 1e-15, "{parts:?}");
        }
    }

    #[test]
    fn the_airport_game_shares_each_stretch_among_those_who_need_it() {
        // Littlechild and Owen (1973): runways of 1, 3 and 6 cost 1/3, 1/3 + 2/2, 1/3 + 2/2 + 3.
        let needs = [1.0, 3.0, 6.0];
        let cost = |holds: &[bool]| {
            holds.iter().zip(needs).filter(|(holds, _)| **holds).fold(0.0, |most, (_, need)| f64::max(most, need))
        };
        let parts = shapley(3, cost);
        for (part, by_hand) in parts.iter().zip([1.0 / 3.0, 4.0 / 3.0, 13.0 / 3.0]) {
            assert!((part - by_hand).abs() < 1e-12, "{parts:?}");
        }
    }

    /// Three changes of which the second and third are worth something together only, the last of all does nothing.
    fn value(made: &[bool], replication: usize) -> f64 {
        let luck = (replication * 37 % 11) as f64;
        let of = |lever: usize| f64::from(u8::from(made[lever]));
        luck + 2.0 * of(0) + (1.0 + luck) * of(1) * of(2)
    }

    fn parts(allocation: &Allocation, blocks: &[(usize, usize)]) -> Parts {
        let mut parts = Parts::default();
        for &(first, size) in blocks {
            let column = |made: &Vec<bool>| (first..first + size).map(|r| value(made, r)).collect::<Vec<_>>();
            let values: Vec<_> = allocation.combinations.iter().map(|made| vec![column(made)]).collect();
            parts.merge(&Parts::of(allocation, &values));
        }
        parts
    }

    #[test]
    fn parts_sum_to_the_whole_and_are_those_worked_by_hand() {
        let parts = parts(&Allocation::exact(4), &[(0, 7), (7, 4)]);
        assert_eq!(parts.n(), 11);
        // Luck is 0 to 10 once each, 5 on average: the second and third share 6.
        let expected = [2.0, 3.0, 3.0, 0.0];
        for (lever, by_hand) in expected.into_iter().enumerate() {
            let part = parts.part(lever, 0);
            assert!((part.mean.value - by_hand).abs() < 1e-12, "{lever}: {part:?}");
        }
        // Half of luck, whose standard deviation is √11.
        let error = parts.part(1, 0).mean.mc_standard_error;
        assert!((error - 0.5).abs() < 1e-12, "{error}");
        assert_eq!(parts.part(3, 0).interval, Interval { low: 0.0, high: 0.0 });
    }

    #[test]
    fn sampled_orders_keep_the_sum_and_find_the_parts_within_their_error() {
        let levers = 12;
        let allocation = Allocation::of(levers, 7);
        assert!(!allocation.is_exact() && allocation.groups >= PAIRS[0]);
        let parts = parts(&allocation, &[(0, 11)]);
        let means: Vec<f64> = (0..levers).map(|lever| parts.part(lever, 0).mean.value).collect();
        assert!((means.iter().sum::<f64>() - 8.0).abs() < 1e-12, "{means:?}");
        // An order and its reverse share what two changes do together exactly.
        for (mean, exact) in means.iter().zip([2.0, 3.0, 3.0, 0.0]) {
            assert!((mean - exact).abs() < 1e-12, "{means:?}");
        }
        assert_eq!(allocation, Allocation::of(levers, 7));
        assert_ne!(allocation.combinations, Allocation::of(levers, 8).combinations);
    }

    #[test]
    fn what_sampled_orders_leave_open_is_in_the_error() {
        // A threshold that any five of ten changes pass: by symmetry a tenth each.
        let allocation = Allocation::of(10, 1);
        let passes = |made: &Vec<bool>| f64::from(u8::from(made.iter().filter(|made| **made).count() >= 5));
        let values: Vec<_> = allocation.combinations.iter().map(|made| vec![[passes(made); 2]]).collect();
        let parts = Parts::of(&allocation, &values);
        let found: Vec<Part> = (0..10).map(|lever| parts.part(lever, 0)).collect();
        assert!(found.iter().any(|part| part.mean.mc_standard_error > 0.01));
        let held = found.iter().filter(|part| part.interval.low <= 0.1 && 0.1 <= part.interval.high).count();
        assert!(held >= 8, "{found:?}");
    }

    #[test]
    fn no_change_and_one_change_have_nothing_to_share() {
        assert_eq!(shapley(0, |_| 3.0), Vec::<f64>::new());
        assert_eq!(shapley(1, |made| if made[0] { 5.0 } else { 3.0 }), [2.0]);
    }
}
