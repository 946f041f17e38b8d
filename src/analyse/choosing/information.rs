//! What it would be worth to know the world before choosing.
//!
//! With perfect information one takes the best policy of each world, without it the best on average; the difference of the means is the
//! expected value of perfect information (Raiffa and Schlaifer 1961). No study of any kind can be worth more.
//!
//! The best of several noisy means lies above the mean of the best: where each world has few replications, the plain figure rises
//! with the noise alone. It is therefore given beside a corrected one. What a policy gives above the average of all policies in a world is
//! drawn towards its mean so that the variance it has over the worlds is that of the expected values, the part of the noise taken off. Errors
//! are taken as independent between policies; where policies share draws they partly cancel, so the correction is at its most.

use super::Payoffs;
use super::resample::{RESAMPLES, resample};
use crate::analyse::moments::Moments;
use crate::analyse::wilson::Interval;
use crate::model::math;

/// An expected value of information, in the unit of the outcome; never below 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Information {
    /// The value.
    pub value: f64,
    /// The standard error that the choice of worlds gives it, by resampling them; NaN of fewer than two worlds.
    pub standard_error: f64,
}

/// The expected value of perfect information, as it comes and freed from the noise of the replications.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Perfect {
    /// As it comes: too high where replications are few.
    pub plain: Information,
    /// Without the part that is noise; NaN where the standard errors are not known.
    pub corrected: Information,
}

impl Information {
    /// The interval at 95 %.
    pub fn interval(&self) -> Interval {
        let half = math::normal_quantile(0.975) * self.standard_error;
        let low = self.value - half;
        Interval { low: if low < 0.0 { 0.0 } else { low }, high: self.value + half }
    }
}

/// The expected value of perfect information.
///
/// ```
/// use partnersim::analyse::choosing::{Payoffs, information::perfect};
/// use partnersim::model::outcomes::Better;
/// let payoffs = Payoffs::new(Better::Higher, &[vec![10.0, 4.0], vec![2.0, 7.0]], &[]);
/// // The best of each world gives 8.5 on average, the better policy 6.
/// assert_eq!(perfect(&payoffs, 1).plain.value, 2.5);
/// ```
pub fn perfect(payoffs: &Payoffs, seed: u64) -> Perfect {
    let contrasts = contrasts(payoffs);
    let shares: Vec<f64> =
        contrasts.iter().zip(noise(payoffs)).map(|(contrast, noise)| signal_share(contrast, noise)).collect();
    let drawn_in: Vec<Vec<f64>> =
        contrasts.iter().zip(&shares).map(|(contrast, &share)| drawn_in(contrast, share)).collect();
    Perfect { plain: over_resamples(&contrasts, seed), corrected: over_resamples(&drawn_in, seed) }
}

/// What each policy gives in each world above the average of all policies there. The best policy is the same, and what is common
/// to all, often most of the spread, is gone.
pub(crate) fn contrasts(payoffs: &Payoffs) -> Vec<Vec<f64>> {
    let n_policies = payoffs.n_policies();
    let average =
        |world: usize| (0..n_policies).map(|policy| payoffs.goods(policy)[world]).sum::<f64>() / n_policies as f64;
    let averages: Vec<f64> = (0..payoffs.n_worlds()).map(average).collect();
    let of_one = |policy| payoffs.goods(policy).iter().zip(&averages).map(|(good, average)| good - average).collect();
    (0..n_policies).map(of_one).collect()
}

/// Mean of the best policy of each world less the best mean.
pub(crate) fn gain(contrasts: &[Vec<f64>], worlds: impl Iterator<Item = usize>) -> f64 {
    let (mut n, mut sum_of_best, mut sums) = (0.0, 0.0, vec![0.0; contrasts.len()]);
    for world in worlds {
        let mut best = f64::NEG_INFINITY;
        for (contrast, sum) in contrasts.iter().zip(&mut sums) {
            *sum += contrast[world];
            best = best.max(contrast[world]);
        }
        sum_of_best += best;
        n += 1.0;
    }
    let best_sum = sums.into_iter().fold(f64::NEG_INFINITY, f64::max);
    let gain = (sum_of_best - best_sum) / n;
    if gain.is_finite() { math::max(gain, 0.0) } else { f64::NAN }
}

fn over_resamples(contrasts: &[Vec<f64>], seed: u64) -> Information {
    let n = contrasts.first().map_or(0, Vec::len);
    let gains: Vec<f64> = (0..RESAMPLES).map(|k| gain(contrasts, resample(n, seed, k).into_iter())).collect();
    let standard_error = if n < 2 { f64::NAN } else { Moments::of(&gains).sd() };
    Information { value: gain(contrasts, 0..n), standard_error }
}

/// Variance that the noise of the replications gives each policy's contrast, mean over the worlds; NaN where it is not known.
fn noise(payoffs: &Payoffs) -> Vec<f64> {
    let n_policies = payoffs.n_policies() as f64;
    let squares: Vec<f64> = (0..payoffs.n_policies())
        .map(|policy| Moments::of(&payoffs.errors(policy).iter().map(|error| error * error).collect::<Vec<_>>()).mean())
        .collect();
    let all: f64 = squares.iter().sum();
    squares.iter().map(|square| square * (1.0 - 2.0 / n_policies) + all / (n_policies * n_policies)).collect()
}

/// Share of a contrast's variance that is not noise.
fn signal_share(contrast: &[f64], noise: f64) -> f64 {
    let sd = Moments::of(contrast).sd();
    match (noise.is_nan(), sd > 0.0) {
        (true, _) => f64::NAN,
        (_, true) => math::max(1.0 - noise / (sd * sd), 0.0),
        (_, false) => 1.0,
    }
}

/// The contrast with only that share of its variance left, around the same mean.
fn drawn_in(contrast: &[f64], share: f64) -> Vec<f64> {
    let mean = Moments::of(contrast).mean();
    contrast.iter().map(|value| mean + share.sqrt() * (value - mean)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::payoffs::tests::taha;
    use super::*;
    use crate::model::draws::{Draws, Purpose};
    use crate::model::outcomes::Better;

    /// Two policies whose difference over the worlds is normal with mean `mean` and standard deviation `sd`, seen with noise of
    /// standard error `error` each.
    fn two(n: usize, mean: f64, sd: f64, error: f64) -> Payoffs {
        let normal = |world: usize, j: usize| Draws::<1>::new(9, world as u64).normal(Purpose::Design, 0, 0, j).0[0];
        let world = |k: usize| vec![error * normal(k, 1), mean + sd * normal(k, 0) + error * normal(k, 2)];
        let worlds: Vec<Vec<f64>> = (0..n).map(world).collect();
        Payoffs::new(Better::Higher, &worlds, &vec![vec![error; 2]; n])
    }

    #[test]
    fn the_value_for_a_normal_difference_is_the_unit_normal_loss_integral() {
        // Raiffa and Schlaifer 1961, table II: the loss integral at 0.5 is 0.1978; so for mean 1 and sd 2 it is 0.3956.
        let found = perfect(&two(40_000, 1.0, 2.0, 0.0), 1);
        assert!((found.plain.value - 0.3956).abs() < 0.01, "{found:?}");
        assert!((found.plain.value - found.corrected.value).abs() < 1e-12);
        assert!(found.plain.standard_error > 0.001 && found.plain.standard_error < 0.01);
    }

    #[test]
    fn noise_raises_the_plain_figure_and_the_corrected_one_stays() {
        // Noise of sd 1.5 in each value: the plain figure is that of sd √(4 + 4.5) = 2.915, whose loss integral at 0.343 is 0.2510: 0.732.
        let found = perfect(&two(40_000, 1.0, 2.0, 1.5), 1);
        assert!((found.plain.value - 0.732).abs() < 0.02, "{found:?}");
        assert!((found.corrected.value - 0.3956).abs() < 0.02, "{found:?}");
    }

    #[test]
    fn noise_alone_is_worth_nothing() {
        let found = perfect(&two(5_000, 0.0, 0.0, 1.0), 1);
        assert!(found.plain.value > 0.5 && found.corrected.value < 0.05, "{found:?}");
    }

    #[test]
    fn the_value_of_the_textbook_table_is_that_worked_by_hand() {
        // Best costs 5, 7, 12, 15 have mean 9.75; the best policy has mean 12.5.
        let found = perfect(&taha(), 1);
        assert!((found.plain.value - 2.75).abs() < 1e-12);
        assert!(found.corrected.value.is_nan(), "without standard errors nothing is known of the noise");
    }

    #[test]
    fn with_one_policy_or_one_world_there_is_nothing_to_learn() {
        assert_eq!(perfect(&Payoffs::new(Better::Higher, &[vec![1.0], vec![2.0]], &[]), 1).plain.value, 0.0);
        let one_world = perfect(&Payoffs::new(Better::Higher, &[vec![1.0, 3.0]], &[]), 1).plain;
        assert!(one_world.value == 0.0 && one_world.standard_error.is_nan());
        assert!(perfect(&Payoffs::new(Better::Higher, &[], &[]), 1).plain.value.is_nan());
    }
}
