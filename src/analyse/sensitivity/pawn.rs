//! PAWN: how far the cumulated shares of an outcome move when an input becomes known.
//!
//! Pianosi and Wagener (2015, 2018): the rows are parted into slices of the input, and the outcome's distribution within each is set beside that
//! of all by the distance of Kolmogorov and Smirnov. Ten slices between quantiles, as in SALib, so that the same rows give the same numbers; an input
//! of at most ten levels is parted by level.

use super::super::moments::Moments;
use super::super::quantile::quantile;
use super::super::wilson::Interval;
use super::classes::{Classes, by_level};
use super::rank::ascending;
use super::resampling::Resampling;
use super::{Index, Influence};
use crate::model::math;

/// Slices of an input.
const SLICES: usize = 10;

/// The fewest rows that can be parted.
const LEAST_ROWS: usize = 20;

/// The distances of the slices of one input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distances {
    /// Least.
    pub minimum: f64,
    /// Mean.
    pub mean: f64,
    /// Middle.
    pub median: f64,
    /// Greatest.
    pub maximum: f64,
    /// Standard deviation (divisor n) relative to the mean.
    pub variation: f64,
}

/// One of the distances.
type Part = fn(&Distances) -> f64;

/// The distances of an input, from the rows as they are.
///
/// ```
/// use partnersim::analyse::sensitivity::pawn::distances;
/// let x: Vec<f64> = (0..40).map(|k| f64::from(k % 2)).collect();
/// // y is x: knowing it leaves one of two values.
/// assert_eq!(distances(&x, &x).mean, 0.5);
/// ```
pub fn distances(input: &[f64], outcome: &[f64]) -> Distances {
    let order = ascending(outcome);
    summary(&of_classes(outcome, &order, &slices(input), &vec![1.0; outcome.len()]))
}

/// The distances with intervals from drawing rows again; the middle one is clear where it is greater than shuffled rows would show.
///
/// # Errors
/// A sentence when there are too few rows or the outcome does not vary.
pub fn influences(input: &[f64], outcome: &[f64], resampling: &Resampling) -> Result<Vec<Influence>, String> {
    let n = outcome.len();
    if n < LEAST_ROWS {
        return Err(format!("PAWN needs at least {LEAST_ROWS} complete rows; there are {n}"));
    }
    if outcome.iter().all(|y| *y == outcome[0]) {
        return Err("the outcome is the same in every row, so nothing can move it".to_string());
    }
    let (order, classes, ones) = (ascending(outcome), slices(input), vec![1.0; n]);
    let found = summary(&of_classes(outcome, &order, &classes, &ones));
    let again = |resample| summary(&of_classes(outcome, &order, &classes, &resampling.counts(resample, n)));
    let resampled: Vec<Distances> = (0..resampling.resamples).map(again).collect();
    let by_chance = |resample| {
        let shuffled = Classes { of_row: resampling.shuffled(resample, &classes.of_row), n: classes.n };
        summary(&of_classes(outcome, &order, &shuffled, &ones))
    };
    let by_chance: Vec<Distances> = (0..resampling.resamples).map(by_chance).collect();
    let parts: [(Index, Part); 5] = [
        (Index::PawnMedian, |distances| distances.median),
        (Index::PawnMinimum, |distances| distances.minimum),
        (Index::PawnMean, |distances| distances.mean),
        (Index::PawnMaximum, |distances| distances.maximum),
        (Index::PawnVariation, |distances| distances.variation),
    ];
    let influence = |(index, part): (Index, Part)| {
        let ceiling = resampling.ceiling(&by_chance.iter().map(part).collect::<Vec<f64>>());
        Influence {
            input: 0,
            with: None,
            index,
            estimate: part(&found),
            interval: about(part(&found), &resampled.iter().map(part).collect::<Vec<f64>>(), resampling),
            is_clear: classes.n > 1 && (ceiling.is_nan() || part(&found) > ceiling),
        }
    };
    Ok(parts.map(influence).to_vec())
}

/// The interval about an estimate. Rows drawn again lie further apart than the rows themselves, in every slice: what that adds on average is taken off.
fn about(estimate: f64, resampled: &[f64], resampling: &Resampling) -> Interval {
    let added = resampled.iter().sum::<f64>() / resampled.len() as f64 - estimate;
    let interval = resampling.interval(resampled);
    Interval { low: math::max(interval.low - added, 0.0), high: interval.high - added }
}

/// The slices of an input: from one quantile up to, but not with, the next.
fn slices(input: &[f64]) -> Classes {
    if let Some(levels) = by_level(input, SLICES) {
        return levels;
    }
    let order = ascending(input);
    let ordered: Vec<f64> = order.iter().map(|&row| input[row]).collect();
    let edges: Vec<f64> = (0..=SLICES).map(|edge| quantile(&ordered, edge as f64 * (1.0 / SLICES as f64))).collect();
    let slice = |x: f64| (0..SLICES).rev().find(|&slice| edges[slice] <= x && x < edges[slice + 1]);
    Classes { of_row: input.iter().map(|x| slice(*x)).collect(), n: SLICES }
}

/// The greatest distance between the cumulated shares of each class and of all rows, which count as often as `counts` says; classes without rows
/// have none. `order` has the rows by ascending outcome.
fn of_classes(outcome: &[f64], order: &[usize], classes: &Classes, counts: &[f64]) -> Vec<f64> {
    let mut sizes = vec![0.0; classes.n];
    for (class, count) in classes.of_row.iter().zip(counts) {
        if let Some(class) = class {
            sizes[*class] += count;
        }
    }
    let size: f64 = counts.iter().sum();
    let (mut below, mut in_class) = (0.0, vec![0.0; classes.n]);
    let mut apart = vec![0.0f64; classes.n];
    for equals in order.chunk_by(|&a, &b| outcome[a] == outcome[b]) {
        let mut compare = |in_class: &[f64], below: f64| {
            for class in equals.iter().filter_map(|&row| classes.of_row[row]) {
                let distance = (in_class[class] / sizes[class] - below / size).abs();
                // Not a class of nothing, whose share is not defined.
                if distance > apart[class] {
                    apart[class] = distance;
                }
            }
        };
        // A class's own share is flat between its values, so the greatest distance is just before or at one of them.
        compare(&in_class, below);
        for &row in equals {
            below += counts[row];
            if let Some(class) = classes.of_row[row] {
                in_class[class] += counts[row];
            }
        }
        compare(&in_class, below);
    }
    sizes.iter().zip(apart).filter(|(size, _)| **size > 0.0).map(|(_, apart)| apart).collect()
}

fn summary(distances: &[f64]) -> Distances {
    let mut ascending = distances.to_vec();
    ascending.sort_unstable_by(f64::total_cmp);
    let n = ascending.len() as f64;
    let moments = Moments::of(&ascending);
    let mean = moments.mean();
    let sd = if n > 1.0 { moments.sd() * ((n - 1.0) / n).sqrt() } else { 0.0 };
    Distances {
        minimum: quantile(&ascending, 0.0),
        mean,
        median: quantile(&ascending, 0.5),
        maximum: quantile(&ascending, 1.0),
        variation: sd / mean,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::given;
    use super::*;

    #[test]
    fn distances_are_those_that_salib_prints_for_the_same_rows() {
        // SALib 1.6.0, pawn.analyze with S = 10.
        let (inputs, outcome) = given();
        let expected = [
            [0.172, 0.251_159_183_673_469_4, 0.251, 0.36, 0.250_771_132_148_437],
            [0.248, 0.368_155_102_040_816_3, 0.398, 0.506, 0.278_448_673_505_446_2],
            [0.076, 0.123_093_877_551_020_41, 0.107, 0.196_938_775_510_204_08, 0.317_433_349_885_293_3],
            [0.054, 0.074_620_408_163_265_29, 0.072, 0.094, 0.157_936_363_385_027_15],
        ];
        for (input, expected) in inputs.iter().zip(expected) {
            let found = distances(input, &outcome);
            let found = [found.minimum, found.mean, found.median, found.maximum, found.variation];
            for (found, expected) in found.iter().zip(expected) {
                assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
            }
        }
    }

    #[test]
    fn what_is_no_more_than_chance_is_not_clear() {
        let (inputs, outcome) = given();
        let resampling = Resampling { resamples: 100, ..Resampling::default() };
        let clear = |input: usize| influences(&inputs[input], &outcome, &resampling).unwrap()[0].is_clear;
        assert!(clear(0) && clear(1) && !clear(3));
        let found = influences(&inputs[0], &outcome, &resampling).unwrap()[0];
        assert!(found.interval.low < found.estimate && found.interval.high > found.estimate);
    }

    #[test]
    fn an_input_of_two_levels_has_both_of_them() {
        // Level 0 has the outcomes 0–19, level 1 has 20–39: each is half the rows away from all.
        let x: Vec<f64> = (0..40).map(|k| f64::from(k / 20)).collect();
        let y: Vec<f64> = (0..40).map(f64::from).collect();
        let found = distances(&x, &y);
        assert_eq!([found.minimum, found.maximum], [0.5, 0.5]);
    }

    #[test]
    fn too_few_rows_are_refused() {
        let x: Vec<f64> = (0..19).map(f64::from).collect();
        assert!(influences(&x, &x, &Resampling::default()).unwrap_err().contains("at least 20"));
    }
}
