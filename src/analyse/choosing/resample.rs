//! Resamples of worlds, from a stream that is fixed.

use crate::model::draws::{Draws, Purpose};

/// How many resamples an interval rests on.
pub const RESAMPLES: u64 = 500;

/// Which worlds resample number `k` takes, `n` of `n` with replacement. The same for every statistic under one seed, so that what is
/// said of them fits together.
///
/// ```
/// use partnersim::analyse::choosing::resample::resample;
/// assert_eq!(resample(7, 1, 0).len(), 7);
/// assert_eq!(resample(7, 1, 0), resample(7, 1, 0));
/// ```
pub fn resample(n: usize, seed: u64, k: u64) -> Vec<usize> {
    let mut generator = Draws::<1>::new(seed, k).generator(0, Purpose::Resampling, 0, 0);
    (0..n).map(|_| generator.below(n)).collect()
}

/// The numbers from 0 to `n - 1` in a random order.
pub fn shuffled(n: usize, seed: u64, k: u64) -> Vec<usize> {
    let mut generator = Draws::<1>::new(seed, k).generator(0, Purpose::Resampling, 1, 0);
    let mut order: Vec<usize> = (0..n).collect();
    for last in (1..n).rev() {
        order.swap(last, generator.below(last + 1));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_world_is_taken_once_on_average() {
        let mut counts = [0; 5];
        for k in 0..2_000 {
            for world in resample(5, 3, k) {
                counts[world] += 1;
            }
        }
        // 10,000 draws of probability 1/5: five standard deviations are 200.
        assert!(counts.iter().all(|&count: &i32| (count - 2_000).abs() < 200), "{counts:?}");
        assert_ne!(resample(50, 3, 0), resample(50, 4, 0));
    }

    #[test]
    fn a_shuffle_keeps_everything() {
        let mut order = shuffled(20, 1, 2);
        assert_ne!(order, (0..20).collect::<Vec<_>>());
        order.sort_unstable();
        assert_eq!(order, (0..20).collect::<Vec<_>>());
    }
}
