//! Observations drawn again, by address: the bootstrap of Efron (1979) that gives the same intervals everywhere.

use super::super::quantile::quantile;
use super::super::wilson::Interval;
use super::UNKNOWN;
use crate::model::draws::{AddressedGenerator, Draws, Purpose};
use rand::Rng;

/// What the numbers of one resample are for.
const WITH_REPLACEMENT: u32 = 0;
const SHUFFLE: u32 = 1;
const NOISE: u32 = 2;

/// How often and from which stream observations are drawn again, and how wide an interval is to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resampling {
    /// How often; with fewer than 2 there are no intervals.
    pub resamples: u32,
    /// Confidence of the intervals, such as 0.95.
    pub confidence: f64,
    /// Seed of the draws.
    pub seed: u64,
}

impl Default for Resampling {
    fn default() -> Resampling {
        Resampling { resamples: 1000, confidence: 0.95, seed: 1 }
    }
}

impl Resampling {
    /// How many times each of `n` observations is taken by a resample of as many.
    ///
    /// ```
    /// use partnersim::analyse::sensitivity::resampling::Resampling;
    /// assert_eq!(Resampling::default().counts(3, 50).iter().sum::<f64>(), 50.0);
    /// ```
    pub fn counts(&self, resample: u32, n: usize) -> Vec<f64> {
        self.counts_of(resample, 0, n)
    }

    /// As [`Resampling::counts`], of one of several parts that are drawn from independently.
    pub fn counts_of(&self, resample: u32, part: u32, n: usize) -> Vec<f64> {
        let mut counts = vec![0.0; n];
        let mut places = Places::new(self.generator(resample, WITH_REPLACEMENT, part));
        for _ in 0..n {
            counts[places.below(n)] += 1.0;
        }
        counts
    }

    /// The values in an order left to chance.
    pub fn shuffled<T: Copy>(&self, resample: u32, values: &[T]) -> Vec<T> {
        let mut shuffled = values.to_vec();
        let mut places = Places::new(self.generator(resample, SHUFFLE, 0));
        for last in (1..shuffled.len()).rev() {
            shuffled.swap(last, places.below(last + 1));
        }
        shuffled
    }

    /// The middle part of what the resamples gave; those that gave nothing are passed over.
    pub fn interval(&self, resampled: &[f64]) -> Interval {
        let ascending = ascending(resampled);
        if ascending.len() < 2 {
            return UNKNOWN;
        }
        let tail = (1.0 - self.confidence) / 2.0;
        Interval { low: quantile(&ascending, tail), high: quantile(&ascending, 1.0 - tail) }
    }

    /// What so large a share of what came of chance alone, at the confidence, stays below; NaN without resamples.
    pub fn ceiling(&self, by_chance: &[f64]) -> f64 {
        quantile(&ascending(by_chance), self.confidence)
    }

    /// A standard normal number for each of `n` observations.
    pub fn normals(&self, resample: u32, n: usize) -> Vec<f64> {
        let draws = Draws::<1>::new(self.seed, u64::from(resample));
        (0..n).map(|at| draws.normal(Purpose::Resampling, 0, NOISE as usize, at).0[0]).collect()
    }

    fn generator(&self, resample: u32, purpose: u32, part: u32) -> AddressedGenerator {
        Draws::<1>::new(self.seed, u64::from(resample)).generator(0, Purpose::Resampling, purpose, part)
    }
}

fn ascending(values: &[f64]) -> Vec<f64> {
    let mut ascending: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    ascending.sort_unstable_by(f64::total_cmp);
    ascending
}

/// Whole numbers below a bound, two from each word of the generator.
struct Places {
    generator: AddressedGenerator,
    spare: Option<u32>,
}

impl Places {
    fn new(generator: AddressedGenerator) -> Places {
        Places { generator, spare: None }
    }

    /// Multiplied instead of divided: the bias is below 2⁻³² times the bound.
    fn below(&mut self, bound: usize) -> usize {
        let half = self.spare.take().unwrap_or_else(|| {
            let word = self.generator.next_u64();
            self.spare = Some(word as u32);
            (word >> 32) as u32
        });
        ((u64::from(half) * bound as u64) >> 32) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_resampled_mean_spreads_as_the_textbook_says() {
        // Efron: the bootstrap's standard error of a mean is the plug-in one, √(Σ(x−x̄)²)/n.
        let values: Vec<f64> = (0..40).map(|k| f64::from(k * k % 17)).collect();
        let resampling = Resampling { resamples: 4000, ..Resampling::default() };
        let n = values.len() as f64;
        let mean_of = |k| resampling.counts(k, values.len()).iter().zip(&values).map(|(c, x)| c * x).sum::<f64>() / n;
        let means: Vec<f64> = (0..resampling.resamples).map(mean_of).collect();
        let moments = crate::analyse::moments::Moments::of(&means);
        let (mean, squares) = (values.iter().sum::<f64>() / n, values.iter().map(|x| x * x).sum::<f64>() / n);
        let exact = ((squares - mean * mean) / n).sqrt();
        assert!((moments.mean() - mean).abs() < 4.0 * exact / 4000f64.sqrt());
        assert!((moments.sd() / exact - 1.0).abs() < 4.0 / 8000f64.sqrt());
    }

    #[test]
    fn a_shuffle_keeps_every_value_and_each_resample_differs() {
        let resampling = Resampling::default();
        let values: Vec<usize> = (0..100).collect();
        let (mut one, two) = (resampling.shuffled(1, &values), resampling.shuffled(2, &values));
        assert!(one != two && one != values);
        one.sort_unstable();
        assert_eq!(one, values);
    }

    #[test]
    fn an_interval_leaves_out_as_much_on_either_side() {
        let values: Vec<f64> = (0..=1000).map(f64::from).collect();
        let interval = Resampling { confidence: 0.9, ..Resampling::default() }.interval(&values);
        assert!((interval.low - 50.0).abs() < 1e-9 && (interval.high - 950.0).abs() < 1e-9);
        assert!(Resampling::default().interval(&[1.0]).low.is_nan());
    }
}
