//! What data have taught: a parameter after them against before, and what was observed against what is then predicted.

use super::correlation::pearson;
use super::findings::CONFIDENCE;
use super::moments::Moments;
use super::quantile::quantile;
use super::wilson::Interval;
use crate::model::math;

/// Share of the prior's variance below whose removal the data say next to nothing.
const NOTHING: f64 = 0.2;

/// Share of the prior's variance from whose removal on a parameter counts as learnt.
const MUCH: f64 = 0.5;

/// By how many of its standard deviations a belief may move and still say nothing.
const UNMOVED: f64 = 0.3;

/// Correlation from which on two parameters are known together rather than each by itself.
pub const TRADED: f64 = 0.6;

/// How much the data say of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lesson {
    /// The belief stands where it stood, as far as so many particles can tell.
    Nothing,
    /// It has moved or narrowed somewhat.
    Some,
    /// At least half of its variance is gone.
    Much,
}

/// A parameter after the data.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Learnt {
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// Median.
    pub median: f64,
    /// The middle 95 %.
    pub interval: Interval,
    /// Standard error of the mean, by the effective number of particles.
    pub mc_standard_error: f64,
    /// Share of the prior's variance that the data removed, in normal scores; below 0 where the belief widened.
    pub removed: f64,
    /// How far the belief moved, in standard deviations of the prior.
    pub moved: f64,
    /// What that amounts to.
    pub lesson: Lesson,
}

/// Something observed, held against what the posterior predicts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Median of what is predicted.
    pub median: f64,
    /// The middle 95 % of it.
    pub interval: Interval,
    /// Share of what is predicted that lies below what was observed.
    pub below: f64,
    /// Whether what was observed lies within the interval.
    pub is_within: bool,
}

/// A parameter from equally weighted particles: its values, and their normal scores under the prior.
///
/// ```
/// use partnersim::analyse::posterior::{Lesson, learnt};
/// let found = learnt(&[0.4, 0.5, 0.6], &[-0.1, 0.0, 0.1], 3.0);
/// assert!((found.mean - 0.5).abs() < 1e-12 && found.lesson == Lesson::Much);
/// ```
pub fn learnt(values: &[f64], scores: &[f64], effective_size: f64) -> Learnt {
    let (of_values, of_scores) = (Moments::of(values), Moments::of(scores));
    let (removed, moved) = (1.0 - of_scores.sd() * of_scores.sd(), of_scores.mean());
    // Three standard errors of a variance and of a mean: few particles cannot tell less from nothing.
    let nothing = math::max(NOTHING, 3.0 * (2.0 / effective_size).sqrt());
    let unmoved = math::max(UNMOVED, 3.0 / effective_size.sqrt());
    let lesson = match removed {
        removed if removed >= MUCH => Lesson::Much,
        removed if removed < nothing && moved.abs() < unmoved => Lesson::Nothing,
        _ => Lesson::Some,
    };
    Learnt {
        mean: of_values.mean(),
        sd: of_values.sd(),
        median: quantile(&ascending(values), 0.5),
        interval: middle(values),
        mc_standard_error: of_values.sd() / effective_size.sqrt(),
        removed,
        moved,
        lesson,
    }
}

/// Something observed against equally weighted predictions.
///
/// ```
/// let fit = partnersim::analyse::posterior::fit(2.0, &[1.0, 2.0, 3.0, 4.0]);
/// assert!(fit.is_within && fit.median == 2.5 && fit.below == 0.25);
/// ```
pub fn fit(observed: f64, predicted: &[f64]) -> Fit {
    let interval = middle(predicted);
    Fit {
        median: quantile(&ascending(predicted), 0.5),
        interval,
        below: predicted.iter().filter(|&&value| value < observed).count() as f64 / predicted.len() as f64,
        is_within: (interval.low..=interval.high).contains(&observed),
    }
}

/// Pairs of columns that are known together: their positions and correlation, the closest first.
pub fn traded(columns: &[Vec<f64>]) -> Vec<(usize, usize, f64)> {
    let pairs = (0..columns.len()).flat_map(|i| (i + 1..columns.len()).map(move |j| (i, j)));
    let with = pairs.map(|(i, j)| (i, j, pearson(&columns[i], &columns[j])));
    let mut found: Vec<(usize, usize, f64)> = with.filter(|(_, _, r)| r.abs() >= TRADED).collect();
    found.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()));
    found
}

/// Values that stand for a column, each equally likely: quantiles at the middles of `n` equal shares.
pub fn standing_for(values: &[f64], n: usize) -> Vec<f64> {
    let sorted = ascending(values);
    (0..n).map(|i| quantile(&sorted, (i as f64 + 0.5) / n as f64)).collect()
}

fn middle(values: &[f64]) -> Interval {
    let (sorted, tail) = (ascending(values), (1.0 - CONFIDENCE) / 2.0);
    Interval { low: quantile(&sorted, tail), high: quantile(&sorted, 1.0 - tail) }
}

fn ascending(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(sd: f64, mean: f64) -> Vec<f64> {
        (0..200).map(|i| mean + sd * math::normal_quantile((f64::from(i) + 0.5) / 200.0)).collect()
    }

    #[test]
    fn a_belief_that_stays_teaches_nothing_and_one_that_moves_or_narrows_does() {
        let lesson = |sd, mean| learnt(&scores(sd, mean), &scores(sd, mean), 400.0).lesson;
        assert_eq!(lesson(1.0, 0.0), Lesson::Nothing);
        assert_eq!(lesson(1.0, 0.8), Lesson::Some);
        assert_eq!(lesson(0.8, 0.0), Lesson::Some);
        assert_eq!(lesson(0.5, 0.0), Lesson::Much);
        let found = learnt(&scores(0.5, 0.0), &scores(0.5, 0.0), 100.0);
        assert!((found.removed - 0.75).abs() < 0.01 && (found.mc_standard_error - 0.05).abs() < 0.001);
    }

    #[test]
    fn what_lies_outside_the_middle_is_no_fit() {
        assert!(!fit(3.0, &scores(1.0, 0.0)).is_within && fit(1.5, &scores(1.0, 0.0)).is_within);
    }

    #[test]
    fn what_is_known_together_is_found() {
        let (a, b) = (vec![1.0, 2.0, 3.0, 4.0], vec![4.0, 3.0, 2.0, 1.5]);
        let c = vec![1.0, -1.0, -1.0, 1.0];
        let found = traded(&[a, b, c]);
        assert!(found.len() == 1 && (found[0].0, found[0].1) == (0, 1) && found[0].2 < -0.9, "{found:?}");
    }

    #[test]
    fn standing_values_are_middles_of_equal_shares() {
        let values: Vec<f64> = (0..=10).map(f64::from).collect();
        assert_eq!(standing_for(&values, 5), [1.0, 3.0, 5.0, 7.0, 9.0]);
    }
}
