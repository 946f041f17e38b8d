//! Means in so few batches that those of thousands of design points can be kept, and still be paired.
//!
//! Replication r adds to batch r modulo 64. Two set-ups under one seed meet the same world in a replication and hence in a batch: the
//! difference of their batches is free of what they share, and its spread over the batches tells how well it is known. Up to 64
//! replications this is the paired t interval itself.

use super::findings::Estimate;
use super::student::t_quantile;
use super::wilson::Interval;

/// Batches that are kept at most.
pub const BATCHES: usize = 64;

/// The sums of a column's batches. The first value is that of a replication whose index is a multiple of [`BATCHES`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Batches {
    /// Number of values.
    pub n: u64,
    /// One sum a batch.
    pub sums: Vec<f64>,
}

/// A difference with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The difference and its Monte Carlo standard error.
    pub estimate: Estimate,
    /// Its interval at a confidence that was asked for.
    pub interval: Interval,
}

impl Batches {
    /// The batches of a column.
    pub fn of(values: &[f64]) -> Batches {
        Batches::starting(0, values)
    }

    /// The batches of the values of consecutive replications from `first` on.
    pub fn starting(first: u64, values: &[f64]) -> Batches {
        let mut sums = vec![0.0; BATCHES];
        let batches = (first..).map(|replication| (replication % BATCHES as u64) as usize);
        batches.zip(values).for_each(|(batch, value)| sums[batch] += value);
        Batches { n: values.len() as u64, sums }
    }

    /// Lets replications that could not be computed count as the mean of the others, so that the batches keep their sizes and can be
    /// paired with those of other set-ups.
    pub fn fill(&mut self, missing: impl Iterator<Item = u64>) {
        if self.sums.is_empty() {
            return;
        }
        let mean = self.sums.iter().sum::<f64>() / self.n as f64;
        for replication in missing {
            self.sums[(replication % BATCHES as u64) as usize] += mean;
            self.n += 1;
        }
    }

    /// Takes up the batches of the values that follow.
    pub fn merge(&mut self, next: &Batches) {
        if self.n == 0 {
            *self = next.clone();
            return;
        }
        self.n += next.n;
        self.sums.iter_mut().zip(&next.sums).for_each(|(mine, more)| *mine += more);
    }

    /// The mean of several set-ups of the same replications, batch by batch; of none, no batches.
    pub fn mean<'b>(set_ups: impl Iterator<Item = &'b Batches>) -> Batches {
        let (mut whole, mut count) = (Batches::default(), 0.0);
        for batches in set_ups {
            if whole.sums.is_empty() {
                whole = Batches { n: batches.n, sums: vec![0.0; batches.sums.len()] };
            }
            whole.sums.iter_mut().zip(&batches.sums).for_each(|(sum, more)| *sum += more);
            count += 1.0;
        }
        whole.sums.iter_mut().for_each(|sum| *sum /= count);
        whole
    }

    /// Number of values in a batch.
    fn size(&self, batch: usize) -> u64 {
        (self.n + BATCHES as u64 - 1 - batch as u64) / BATCHES as u64
    }
}

/// The mean of one set-up less that of another, paired by the replications that both ran.
///
/// ```
/// use partnersim::analyse::batches::{Batches, paired};
/// // R, t.test(x, y, paired = TRUE): mean .325, interval .0732 to .5768.
/// let x = Batches::of(&[4.1, 3.9, 5.2, 4.4, 4.8, 5.0, 3.7, 4.6]);
/// let y = Batches::of(&[3.8, 3.9, 4.6, 4.5, 4.1, 4.9, 3.1, 4.2]);
/// let found = paired(&x, &y, 0.95);
/// assert!((found.estimate.value - 0.325).abs() < 1e-12);
/// assert!((found.interval.low - 0.0732).abs() < 1e-6 && (found.interval.high - 0.5768).abs() < 1e-6);
/// ```
pub fn paired(a: &Batches, b: &Batches, confidence: f64) -> Difference {
    let n = a.n as f64;
    let value = a.sums.iter().zip(&b.sums).map(|(x, y)| x - y).sum::<f64>() / n;
    let filled = (0..a.sums.len().min(b.sums.len())).filter(|&batch| a.size(batch) > 0);
    let (mut squares, mut count) = (0.0, 0.0);
    for batch in filled {
        // By its number of replications a batch weighs, or a smaller one would count for more than it knows.
        let apart = a.sums[batch] - b.sums[batch] - a.size(batch) as f64 * value;
        squares += apart * apart;
        count += 1.0;
    }
    let error = (squares * count / (count - 1.0)).sqrt() / n;
    let half = t_quantile(0.5 + confidence / 2.0, count - 1.0) * error;
    let estimate = Estimate { value, mc_standard_error: error };
    Difference { estimate, interval: Interval { low: value - half, high: value + half } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::moments::Moments;
    use crate::model::draws::{Draws, Purpose};

    #[test]
    fn a_replication_that_is_missing_counts_as_the_mean_of_the_others() {
        let whole = [1.0, 2.0, 6.0, 3.0];
        let mut without = Batches::of(&whole[..2]);
        without.merge(&Batches::starting(3, &whole[3..]));
        without.fill([2].into_iter());
        assert_eq!((without.n, &without.sums[..4]), (4, &[1.0, 2.0, 2.0, 3.0][..]));
        assert_eq!(Batches::starting(62, &whole).sums[..2], [6.0, 3.0]);
    }

    fn column(n: usize, salt: usize) -> Vec<f64> {
        let draw = |k: usize| Draws::<1>::new(1, k as u64).uniform(Purpose::Resampling, 0, salt, 0)[0];
        (0..n).map(draw).collect()
    }

    #[test]
    fn pieces_of_whole_rounds_merge_to_the_batches_of_the_whole() {
        let values = column(300, 1);
        let mut merged = Batches::default();
        for piece in values.chunks(128) {
            merged.merge(&Batches::of(piece));
        }
        let whole = Batches::of(&values);
        assert_eq!(merged.n, whole.n);
        assert!(merged.sums.iter().zip(&whole.sums).all(|(a, b)| (a - b).abs() < 1e-12));
        assert_eq!((0..BATCHES).map(|batch| whole.size(batch)).sum::<u64>(), 300);
    }

    #[test]
    fn the_error_of_batches_is_near_that_of_single_replications() {
        let (x, y) = (column(3_000, 1), column(3_000, 5));
        let apart: Vec<f64> = x.iter().zip(&y).map(|(x, y)| x - y).collect();
        let exact = Moments::of(&apart);
        let found = paired(&Batches::of(&x), &Batches::of(&y), 0.95);
        assert!((found.estimate.value - exact.mean()).abs() < 1e-12);
        let ratio = found.estimate.mc_standard_error / exact.mc_standard_error();
        // Of 64 batches a standard deviation is known to about 9 %.
        assert!((0.7..1.3).contains(&ratio), "{ratio}");
    }

    #[test]
    fn what_both_share_leaves_no_error() {
        let x = column(500, 3);
        let y: Vec<f64> = x.iter().map(|x| x + 2.0).collect();
        let found = paired(&Batches::of(&y), &Batches::of(&x), 0.95);
        assert!((found.estimate.value - 2.0).abs() < 1e-12 && found.estimate.mc_standard_error < 1e-12);
    }

    #[test]
    fn one_replication_has_no_error() {
        let found = paired(&Batches::of(&[3.0]), &Batches::of(&[1.0]), 0.95);
        assert!(found.estimate.value == 2.0 && found.estimate.mc_standard_error.is_nan());
    }
}
