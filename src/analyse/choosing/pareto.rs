//! Which policies no other beats in every outcome at once, and how sure that is.

use super::Payoffs;
use super::resample::{RESAMPLES, resample};
use crate::experiment::search::front::{beats, front};

/// A policy's place among the others, over all outcomes.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Whether no other policy is at least as good in every outcome's mean and better in one.
    pub is_on_front: bool,
    /// Share of resamples of the worlds in which it is on the front; NaN of fewer than two worlds.
    pub share_of_resamples: f64,
    /// The first policy that beats it, where one does.
    pub beaten_by: Option<usize>,
}

/// The place of each policy; the outcomes have the same policies and were made from tables of the same worlds. Worlds count only where
/// every outcome is defined.
///
/// ```
/// use partnersim::analyse::choosing::{Payoffs, pareto::places};
/// use partnersim::model::outcomes::Better;
/// let premium = Payoffs::new(Better::Higher, &[vec![3.0, 1.0, 0.5]], &[]);
/// let cost = Payoffs::new(Better::Lower, &[vec![9.0, 2.0, 4.0]], &[]);
/// let places = places(&[&premium, &cost], 1);
/// assert_eq!(places.iter().map(|place| place.is_on_front).collect::<Vec<_>>(), [true, true, false]);
/// assert_eq!(places[2].beaten_by, Some(1));
/// ```
pub fn places(outcomes: &[&Payoffs], seed: u64) -> Vec<Place> {
    let n_policies = outcomes.iter().map(|outcome| outcome.n_policies()).min().unwrap_or(0);
    let worlds = common_worlds(outcomes);
    let n = worlds.len();
    let means = |taken: &mut dyn Iterator<Item = usize>| -> Vec<Vec<f64>> {
        let mut sums = vec![vec![0.0; outcomes.len()]; n_policies];
        for world in taken {
            for (k, outcome) in outcomes.iter().enumerate() {
                let at = worlds[world][k];
                (0..n_policies).for_each(|policy| sums[policy][k] += outcome.goods(policy)[at]);
            }
        }
        sums
    };
    let points = means(&mut (0..n));
    let on_front = front(&points);
    let mut counts = vec![0u64; n_policies];
    for k in 0..RESAMPLES {
        let points = means(&mut resample(n, seed, k).into_iter());
        front(&points).into_iter().for_each(|policy| counts[policy] += 1);
    }
    let place = |policy: usize| Place {
        is_on_front: n > 0 && on_front.contains(&policy),
        share_of_resamples: if n < 2 { f64::NAN } else { counts[policy] as f64 / RESAMPLES as f64 },
        beaten_by: (0..n_policies).find(|&other| beats(&points[other], &points[policy])),
    };
    (0..n_policies).map(place).collect()
}

/// For each world that every outcome uses its position in each of them.
fn common_worlds(outcomes: &[&Payoffs]) -> Vec<Vec<usize>> {
    let Some((first, others)) = outcomes.split_first() else { return Vec::new() };
    let of = |(at, world): (usize, &usize)| -> Option<Vec<usize>> {
        let elsewhere = others.iter().map(|outcome| outcome.worlds().binary_search(world).ok());
        std::iter::once(Some(at)).chain(elsewhere).collect()
    };
    first.worlds().iter().enumerate().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::outcomes::Better;

    #[test]
    fn a_place_that_hangs_on_chance_is_seen_to() {
        // Policy 1 is ahead of policy 0 in half of the worlds by as much as behind in the others, all but a little; policy 2 never.
        let worlds: Vec<Vec<f64>> = (0..50).map(|k| vec![0.0, if k % 2 == 0 { 1.0 } else { -1.01 }, -5.0]).collect();
        let found = places(&[&Payoffs::new(Better::Higher, &worlds, &[])], 1);
        assert!(found[0].is_on_front && !found[1].is_on_front);
        assert!((0.3..0.7).contains(&found[1].share_of_resamples), "{found:?}");
        assert_eq!((found[2].share_of_resamples, found[2].beaten_by), (0.0, Some(0)));
    }

    #[test]
    fn only_worlds_that_all_outcomes_know_count() {
        let one = Payoffs::new(Better::Higher, &[vec![1.0, 9.0], vec![2.0, 1.0]], &[]);
        let other = Payoffs::new(Better::Higher, &[vec![f64::NAN, 0.0], vec![2.0, 1.0]], &[]);
        let found = places(&[&one, &other], 1);
        assert!(found[0].is_on_front && !found[1].is_on_front && found[0].share_of_resamples.is_nan());
        assert!(places(&[], 1).is_empty());
    }
}
