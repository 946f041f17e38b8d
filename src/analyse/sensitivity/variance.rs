//! Luck, what is not known, and what one can choose: which of them an outcome's variance comes from.
//!
//! Each point of a design is one choice in one uncertain world, replicated. Luck is the variance of the replications of a point. What is
//! left, the variance between the points, is first freed of the noise of their means, and then parted by analysis of variance into choices,
//! worlds, and what a choice does only in some worlds. Choices are those there are (divisor: their number); worlds are a sample (divisor: one
//! less). No part is less than nothing.

use super::super::wilson::Interval;
use super::UNKNOWN;
use super::resampling::Resampling;
use crate::model::math;
use std::collections::BTreeMap;

/// A point of a design and what its replications gave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Which choice it is.
    pub choice: usize,
    /// In which uncertain world.
    pub world: usize,
    /// Mean of its replications.
    pub mean: f64,
    /// Variance of its replications (divisor n − 1).
    pub variance: f64,
    /// Number of its replications.
    pub n: f64,
}

/// How choices and worlds meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Every choice in every world, several of both.
    Crossed,
    /// Several choices, each in worlds of its own.
    Nested,
    /// One choice in several worlds.
    WorldsOnly,
    /// Several choices in one world.
    ChoicesOnly,
    /// Each point another choice in another world: what moves the points cannot be told apart.
    Together,
}

/// The parts of the variance of an outcome.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parts<T> {
    /// Luck: the replications of a point.
    pub luck: T,
    /// What is not known: the worlds. With [`Layout::Together`] all that differs between points.
    pub inputs: T,
    /// What one can choose.
    pub choices: T,
    /// What a choice does only in some worlds.
    pub interaction: T,
}

/// The split of an outcome's variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Split {
    /// How choices and worlds meet.
    pub layout: Layout,
    /// Variance of a replication of a point taken at random.
    pub total: f64,
    /// The parts as shares of it, which sum to 1.
    pub shares: Parts<f64>,
    /// Where the shares lie, by drawing worlds again, or the luck of choices where there are no worlds.
    pub intervals: Parts<Interval>,
    /// Share of the variance between the means of points that is only noise of their replications.
    pub noise_share: f64,
}

/// The split of the variance that these points show. `shared` is the covariance of the replications of two points that met the same draws, 0 where each
/// point had its own: what all points share does not set them apart, and must not be taken off what does.
///
/// ```
/// use partnersim::analyse::sensitivity::variance::{Point, split};
/// use partnersim::analyse::sensitivity::resampling::Resampling;
/// // One choice, worlds with means 1, 2, 3 (variance 1), replications with variance 3.
/// let world = |world| Point { choice: 0, world, mean: world as f64, variance: 3.0, n: 1e9 };
/// let split = split(&[world(1), world(2), world(3)], 0.0, &Resampling::default()).unwrap();
/// assert!((split.shares.luck - 0.75).abs() < 1e-6 && (split.shares.inputs - 0.25).abs() < 1e-6);
/// ```
///
/// # Errors
/// A sentence when there are too few points, or nothing varies.
pub fn split(points: &[Point], shared: f64, resampling: &Resampling) -> Result<Split, String> {
    let whole = |point: &&Point| point.mean.is_finite() && point.variance.is_finite() && point.n >= 2.0;
    let points: Vec<Point> = points.iter().filter(whole).copied().collect();
    if points.len() < 2 {
        return Err(format!(
            "splitting the variance needs at least 2 points with at least 2 replications each; there are {}",
            points.len()
        ));
    }
    let layout = layout(&points);
    let parts = parts(&points, layout, shared);
    let total = parts.total();
    if total <= 0.0 {
        return Err("the outcome is the same in every replication, so there is no variance to split".to_string());
    }
    let resampled: Vec<Parts<f64>> = (0..resampling.resamples)
        .map(|resample| self::parts(&again(&points, layout, shared, resampling, resample), layout, shared))
        .filter(|parts| parts.total() > 0.0)
        .map(|parts| parts.map(|part| part / parts.total()))
        .collect();
    let interval = |of: fn(&Parts<f64>) -> f64| {
        if resampled.len() < 2 { UNKNOWN } else { resampling.interval(&resampled.iter().map(of).collect::<Vec<f64>>()) }
    };
    Ok(Split {
        layout,
        total,
        shares: parts.map(|part| part / total),
        intervals: Parts {
            luck: interval(|parts| parts.luck),
            inputs: interval(|parts| parts.inputs),
            choices: interval(|parts| parts.choices),
            interaction: interval(|parts| parts.interaction),
        },
        noise_share: noise_share(&points, shared),
    })
}

/// The covariance of the replications of two points that met the same draws, from the variance of the mean over all points of each replication and the
/// mean variance within a point.
///
/// ```
/// use partnersim::analyse::sensitivity::variance::shared_covariance;
/// // Two points that differ by a constant: all is shared.
/// assert_eq!(shared_covariance(4.0, 4.0, 2), 4.0);
/// // Independent: the mean of two has half the variance.
/// assert_eq!(shared_covariance(2.0, 4.0, 2), 0.0);
/// ```
pub fn shared_covariance(variance_of_means: f64, mean_variance: f64, n_points: usize) -> f64 {
    let points = n_points as f64;
    if n_points < 2 { 0.0 } else { math::max((points * variance_of_means - mean_variance) / (points - 1.0), 0.0) }
}

/// How the choices and worlds of these points meet.
fn layout(points: &[Point]) -> Layout {
    let count = |of: fn(&Point) -> usize| points.iter().map(of).collect::<std::collections::BTreeSet<usize>>().len();
    let (choices, worlds) = (count(|point| point.choice), count(|point| point.world));
    let places: std::collections::BTreeSet<(usize, usize)> =
        points.iter().map(|point| (point.choice, point.world)).collect();
    let is_full = places.len() == points.len() && points.len() == choices * worlds;
    match (choices, worlds) {
        (1, _) => Layout::WorldsOnly,
        (_, 1) => Layout::ChoicesOnly,
        _ if is_full => Layout::Crossed,
        _ if choices == points.len() => Layout::Together,
        _ => Layout::Nested,
    }
}

/// The parts of the variance, each at least 0.
fn parts(points: &[Point], layout: Layout, shared: f64) -> Parts<f64> {
    let n = points.len() as f64;
    let luck = points.iter().map(|point| point.variance).sum::<f64>() / n;
    // What the means of two points differ by for want of replications.
    let noise = points.iter().map(|point| math::max(point.variance - shared, 0.0) / point.n).sum::<f64>() / n;
    let means: Vec<f64> = points.iter().map(|point| point.mean).collect();
    let (mut inputs, mut choices, mut interaction) = (0.0, 0.0, 0.0);
    match layout {
        Layout::WorldsOnly | Layout::Together => inputs = squares(&means) / (n - 1.0) - noise,
        Layout::ChoicesOnly => choices = squares(&means) / n - noise * (n - 1.0) / n,
        Layout::Crossed => (inputs, choices, interaction) = crossed(points, noise),
        Layout::Nested => (inputs, choices) = nested(points, noise),
    }
    Parts { luck, inputs, choices, interaction }.map(|part| math::max(part, 0.0))
}

/// Two-way analysis of a full table: worlds, choices, and both together.
fn crossed(points: &[Point], noise: f64) -> (f64, f64, f64) {
    let choices = grouped(points, |point| point.choice);
    let worlds = grouped(points, |point| point.world);
    let (a, m) = (choices.len() as f64, worlds.len() as f64);
    let mean = |means: &Vec<f64>| means.iter().sum::<f64>() / means.len() as f64;
    let of_choice: BTreeMap<usize, f64> = choices.iter().map(|(choice, means)| (*choice, mean(means))).collect();
    let of_world: BTreeMap<usize, f64> = worlds.iter().map(|(world, means)| (*world, mean(means))).collect();
    let overall = of_choice.values().sum::<f64>() / a;
    let rest = points.iter().map(|point| {
        let rest = point.mean - of_choice[&point.choice] - of_world[&point.world] + overall;
        rest * rest
    });
    // Mean over the choices of how much each strays from world to world, its noise included.
    let straying = rest.sum::<f64>() / (a * (m - 1.0));
    let between_worlds = squares(&of_world.into_values().collect::<Vec<f64>>()) / (m - 1.0);
    let between_choices = squares(&of_choice.into_values().collect::<Vec<f64>>()) / a;
    (between_worlds - noise / a, between_choices - straying / m, straying - noise * (a - 1.0) / a)
}

/// One-way analysis of choices that each have worlds of their own: worlds, choices. Choices weigh by their number of points.
fn nested(points: &[Point], noise: f64) -> (f64, f64) {
    let choices = grouped(points, |point| point.choice);
    let (n, a) = (points.len() as f64, choices.len() as f64);
    let within = choices.values().map(|means| squares(means)).sum::<f64>() / (n - a);
    let overall = points.iter().map(|point| point.mean).sum::<f64>() / n;
    let between = choices.values().map(|means| {
        let mean = means.iter().sum::<f64>() / means.len() as f64;
        means.len() as f64 / n * (mean - overall) * (mean - overall)
    });
    // Means of choices differ by the worlds they happened to meet: each by `within` over its number of points.
    (within - noise, between.sum::<f64>() - within * (a - 1.0) / n)
}

fn grouped(points: &[Point], by: fn(&Point) -> usize) -> BTreeMap<usize, Vec<f64>> {
    let mut groups: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    points.iter().for_each(|point| groups.entry(by(point)).or_default().push(point.mean));
    groups
}

/// Sum of squared distances from the mean.
fn squares(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|value| (value - mean) * (value - mean)).sum()
}

/// The points of a resample: worlds drawn again, each with all its choices where they are crossed, or the points of each choice among
/// themselves where they are nested. Choices are those there are and are never drawn: where there is nothing else, only the luck in their means is.
fn again(points: &[Point], layout: Layout, shared: f64, resampling: &Resampling, resample: u32) -> Vec<Point> {
    if layout == Layout::ChoicesOnly {
        return with_other_luck(points, shared, &resampling.normals(resample, points.len()));
    }
    let mut drawn: Vec<Point> = Vec::new();
    let mut world = 0;
    let mut draw = |groups: &[Vec<Point>], part: u32| {
        for (group, count) in groups.iter().zip(resampling.counts_of(resample, part, groups.len())) {
            for _ in 0..count as usize {
                drawn.extend(group.iter().map(|point| Point { world, ..*point }));
                world += 1;
            }
        }
    };
    match layout {
        Layout::Crossed => draw(&together(points, |point| point.world), 0),
        Layout::Nested => {
            for (part, choice) in (0..).zip(together(points, |point| point.choice)) {
                draw(&choice.into_iter().map(|point| vec![point]).collect::<Vec<_>>(), part);
            }
        }
        _ => draw(&points.iter().map(|point| vec![*point]).collect::<Vec<_>>(), 0),
    }
    drawn
}

/// Points whose means keep the distances that are not luck, and have the luck of other replications in them.
fn with_other_luck(points: &[Point], shared: f64, normals: &[f64]) -> Vec<Point> {
    let n = points.len() as f64;
    let overall = points.iter().map(|point| point.mean).sum::<f64>() / n;
    let found = squares(&points.iter().map(|point| point.mean).collect::<Vec<f64>>()) / n;
    let known = parts(points, Layout::ChoicesOnly, shared).choices;
    let kept = if found > 0.0 { (known / found).sqrt() } else { 0.0 };
    let moved = |(point, normal): (&Point, &f64)| {
        let error = (math::max(point.variance - shared, 0.0) / point.n).sqrt();
        Point { mean: overall + kept * (point.mean - overall) + error * normal, ..*point }
    };
    points.iter().zip(normals).map(moved).collect()
}

/// The points that have something in common.
fn together(points: &[Point], by: fn(&Point) -> usize) -> Vec<Vec<Point>> {
    let mut groups: BTreeMap<usize, Vec<Point>> = BTreeMap::new();
    points.iter().for_each(|point| groups.entry(by(point)).or_default().push(*point));
    groups.into_values().collect()
}

/// Share of the variance between means that is noise.
fn noise_share(points: &[Point], shared: f64) -> f64 {
    let n = points.len() as f64;
    let noise = points.iter().map(|point| math::max(point.variance - shared, 0.0) / point.n).sum::<f64>() / n;
    let means: Vec<f64> = points.iter().map(|point| point.mean).collect();
    let between = squares(&means) / (n - 1.0);
    if between > 0.0 { math::min(noise / between, 1.0) } else { f64::NAN }
}

impl Parts<f64> {
    fn total(&self) -> f64 {
        self.luck + self.inputs + self.choices + self.interaction
    }
}

impl<T> Parts<T> {
    fn map<U>(self, with: impl Fn(T) -> U) -> Parts<U> {
        Parts {
            luck: with(self.luck),
            inputs: with(self.inputs),
            choices: with(self.choices),
            interaction: with(self.interaction),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::moments::Moments;
    use crate::model::draws::{Draws, Purpose};
    use proptest::prelude::*;

    fn exact(choice: usize, world: usize, mean: f64) -> Point {
        Point { choice, world, mean, variance: 0.0, n: 1e6 }
    }

    fn shares(points: &[Point]) -> Parts<f64> {
        split(points, 0.0, &Resampling { resamples: 0, ..Resampling::default() }).unwrap().shares
    }

    #[test]
    fn a_table_of_sums_has_no_interaction() {
        // Choices 0 and 2, worlds 0, 3 and 6, by hand: choices vary by 1 (divisor 2), worlds by 9 (divisor 2 = 3 − 1).
        let points: Vec<Point> =
            (0..6).map(|k| exact(k % 2, k / 2, 2.0 * (k % 2) as f64 + 3.0 * (k / 2) as f64)).collect();
        let found = shares(&points);
        assert!((found.choices - 0.1).abs() < 1e-12 && (found.inputs - 0.9).abs() < 1e-12, "{found:?}");
        assert!(found.interaction < 1e-12 && found.luck == 0.0, "{found:?}");
    }

    #[test]
    fn a_choice_that_helps_in_one_world_and_harms_in_the_other_is_interaction() {
        // ±1 by choice and world: all means of rows and columns are 0.
        let points = [exact(0, 0, 1.0), exact(0, 1, -1.0), exact(1, 0, -1.0), exact(1, 1, 1.0)];
        let found = shares(&points);
        assert_eq!((found.interaction, found.inputs, found.choices), (1.0, 0.0, 0.0));
    }

    /// A model with known parts: luck 4, worlds 2, choices 1, of means over `n` replications.
    fn additive(crossed: bool, n: usize, n_worlds: usize) -> Vec<Point> {
        let normal = |world: usize, i: usize, j: usize| {
            math::normal_quantile(Draws::<1>::new(3, world as u64).uniform(Purpose::Design, 0, i, j)[0])
        };
        let mut points = Vec::new();
        for world in 0..n_worlds {
            for choice in 0..if crossed { 2 } else { 1 } {
                let choice = if crossed { choice } else { world % 2 };
                let level = 2f64.sqrt() * normal(world, 0, 0) + 2.0 * choice as f64 - 1.0;
                let replications: Vec<f64> = (0..n).map(|r| level + 2.0 * normal(world, 1 + choice, r)).collect();
                let moments = Moments::of(&replications);
                let variance = moments.sd() * moments.sd();
                points.push(Point { choice, world, mean: moments.mean(), variance, n: n as f64 });
            }
        }
        points
    }

    #[test]
    fn a_model_of_known_parts_is_split_into_them_crossed_or_not_and_whatever_the_replications() {
        for (crossed, layout) in [(true, Layout::Crossed), (false, Layout::Nested)] {
            for n in [3, 30] {
                let resampling = Resampling { resamples: 100, confidence: 0.9999, seed: 1 };
                let found = split(&additive(crossed, n, 1000), 0.0, &resampling).unwrap();
                assert_eq!(found.layout, layout);
                for (share, interval, exact) in [
                    (found.shares.luck, found.intervals.luck, 4.0 / 7.0),
                    (found.shares.inputs, found.intervals.inputs, 2.0 / 7.0),
                    (found.shares.choices, found.intervals.choices, 1.0 / 7.0),
                ] {
                    assert!((share - exact).abs() < 0.04, "{crossed} {n}: {found:?}");
                    assert!(interval.low < exact && exact < interval.high, "{crossed} {n}: {found:?}");
                }
                assert!(found.shares.interaction < 0.02);
                // Three replications leave more noise in the means than thirty.
                assert!((found.noise_share - 4.0 / n as f64 / (3.0 + 4.0 / n as f64)).abs() < 0.06, "{found:?}");
            }
        }
    }

    #[test]
    fn what_points_share_is_not_taken_off_what_sets_them_apart() {
        // All points met the same draws and differ by ±.1 only: their means differ by just that, however noisy.
        let points: Vec<Point> = [-0.1, 0.1]
            .into_iter()
            .enumerate()
            .map(|(world, mean)| Point { choice: 0, world, mean, variance: 4.0, n: 4.0 })
            .collect();
        let none = Resampling { resamples: 0, ..Resampling::default() };
        assert_eq!(split(&points, 0.0, &none).unwrap().shares.inputs, 0.0);
        let shared = split(&points, 4.0, &none).unwrap().shares;
        assert!((shared.inputs - 0.02 / 4.02).abs() < 1e-12, "{shared:?}");
    }

    #[test]
    fn choices_are_never_drawn_again() {
        // Three choices in one world, 10,000 replications each: means 0, 1 and 5 (variance 14/3) and luck 7 are known almost exactly.
        let points: Vec<Point> = [0.0, 1.0, 5.0]
            .into_iter()
            .enumerate()
            .map(|(choice, mean)| Point { choice, world: 0, mean, variance: 7.0, n: 1e4 })
            .collect();
        let found = split(&points, 0.0, &Resampling::default()).unwrap();
        assert!((found.shares.choices - 0.4).abs() < 1e-3, "{found:?}");
        let interval = found.intervals.choices;
        // By the delta method: 2 sd of the variance, 4 · (14/3) · (7e-4/3) = 0.066², times 7/(35/3)².
        assert!((interval.high - interval.low - 2.0 * 1.96 * 0.066 * 7.0 * 9.0 / 1225.0).abs() < 2e-3, "{interval:?}");
        // Two policies, each in worlds of its own that hardly differ: that they differ is sure.
        let nested: Vec<Point> =
            (0..8).map(|k| exact(k % 2, k, 10.0 * (k % 2) as f64 + 0.1 * (k / 2) as f64)).collect();
        let found = split(&nested, 0.0, &Resampling::default()).unwrap();
        assert_eq!(found.layout, Layout::Nested);
        assert!(found.intervals.choices.low > 0.99, "{found:?}");
    }

    #[test]
    fn points_that_cannot_be_told_apart_are_held_together_and_too_few_are_refused() {
        let points: Vec<Point> = (0..9).map(|k| exact(k, k, k as f64)).collect();
        let found = split(&points, 0.0, &Resampling::default()).unwrap();
        assert_eq!((found.layout, found.shares.inputs), (Layout::Together, 1.0));
        assert!(split(&points[..1], 0.0, &Resampling::default()).unwrap_err().contains("at least 2 points"));
        let same = [exact(0, 0, 1.0), exact(0, 1, 1.0)];
        assert!(split(&same, 0.0, &Resampling::default()).unwrap_err().contains("no variance"));
    }

    proptest! {
        #[test]
        fn shares_are_never_negative_and_sum_to_one(
            means in prop::collection::vec(-9.0..9.0f64, 12),
            variances in prop::collection::vec(0.1..99.0f64, 12),
            crossed: bool,
        ) {
            let point = |k: usize| Point {
                choice: k % 3, world: if crossed { k / 3 } else { k }, mean: means[k], variance: variances[k], n: 5.0,
            };
            let points: Vec<Point> = (0..12).map(point).collect();
            let found = split(&points, 0.0, &Resampling { resamples: 5, ..Resampling::default() }).unwrap();
            let Parts { luck, inputs, choices, interaction } = found.shares;
            prop_assert!([luck, inputs, choices, interaction].iter().all(|share| (0.0..=1.0).contains(share)));
            prop_assert!((luck + inputs + choices + interaction - 1.0).abs() < 1e-9);
        }
    }
}
