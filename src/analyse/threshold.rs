//! From which value of a parameter on a condition holds, where every value was simulated with the same replications.
//!
//! The main reading takes the response for monotone: the monotone curve nearest to what was found ([`super::isotonic`]) crosses the
//! bound once. A test says when the response is not monotone, and a second reading by segments, which assumes nothing, gives all
//! crossings. Everything that is uncertain is so because replications are luck, so all intervals come from resampling
//! replications: whole rows of the grid, so that the pairing of values by common draws is kept.

use super::findings::{CONFIDENCE, Estimate};
use super::isotonic::{falling, rising};
use super::moments::Moments;
use super::quantile::{between_ranks, quantile};
use super::wilson::{Interval, wilson};
use crate::experiment::quantity::Comparison;
use crate::model::draws::{Draws, Purpose};
use rand::RngExt;

/// Chance of a false alarm at which a response is called not monotone.
pub const ALARM: f64 = 0.05;

/// What is asked of the grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Question {
    /// How the quantity comes from the replications.
    pub statistic: Statistic,
    /// How it is held against the bound: not [`Comparison::Equal`].
    pub comparison: Comparison,
    /// The bound.
    pub bound: f64,
    /// Whether nothing lies between two values of the grid, as with whole numbers.
    pub is_discrete: bool,
    /// Resamples that intervals rest on.
    pub resamples: usize,
    /// Seed of the resampling.
    pub seed: u64,
}

/// How a quantity comes from the replications.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Statistic {
    /// Their mean.
    Mean,
    /// The value below which a share of them lies.
    Quantile(f64),
}

/// One value of the parameter, and a number from each replication, in the same order at every value.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// The value.
    pub value: f64,
    /// One number a replication.
    pub terms: Vec<f64>,
}

/// What the grid says.
#[derive(Debug, Clone, PartialEq)]
pub struct Threshold {
    /// What was found at each value.
    pub curve: Vec<Point>,
    /// Whether the quantity rises with the parameter; else it falls.
    pub is_rising: bool,
    /// Share of the resamples that agree on that.
    pub direction_support: f64,
    /// Chance of a curve at least as far from monotone as this one, were the response monotone.
    pub p_monotone: f64,
    /// Where the condition begins or ceases to hold on the monotone curve.
    pub switch: Switch,
    /// All places where it clearly changes, by segments.
    pub crossings: Vec<Crossing>,
}

/// One value of the parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The value.
    pub value: f64,
    /// The quantity there.
    pub estimate: f64,
    /// Its Monte Carlo standard error, from the resamples.
    pub standard_error: f64,
    /// Its interval.
    pub interval: Interval,
    /// The monotone curve there.
    pub fitted: f64,
    /// Share of the resamples in which the condition holds there: how sure it is that it does.
    pub holds: f64,
}

/// On which side of a place the condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// From there on.
    From,
    /// Up to there.
    UpTo,
}

/// Where a monotone curve begins or ceases to fulfil the condition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Switch {
    /// Within the range.
    At {
        /// The switching value. On a discrete grid the first or last value at which the condition holds.
        value: f64,
        /// Its interval; infinite where it reaches beyond the range.
        interval: Interval,
        /// On which side the condition holds.
        side: Side,
    },
    /// The condition holds in the whole range.
    Always {
        /// The value at which it holds most narrowly.
        nearest: f64,
        /// Share of the resamples that say so.
        support: f64,
    },
    /// The condition holds nowhere in the range.
    Never {
        /// The value at which it fails most narrowly.
        nearest: f64,
        /// Share of the resamples that say so.
        support: f64,
    },
}

/// A change from clearly holding to clearly failing, or back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// Where the quantity itself, drawn from value to value, crosses the bound.
    pub value: f64,
    /// The last value before it and the first after it at which the matter is clear.
    pub interval: Interval,
    /// On which side the condition holds.
    pub side: Side,
}

/// Reads a grid of values in ascending order.
///
/// ```
/// use partnersim::analyse::threshold::{Level, Question, Statistic, Switch, threshold};
/// use partnersim::experiment::quantity::Comparison;
/// // In 3, 4, 7 and 9 of 10 replications.
/// let level = |(value, n): (f64, usize)| Level { value, terms: (0..10).map(|r| f64::from(u8::from(r < n))).collect() };
/// let levels: Vec<Level> = [(2.0, 3), (3.0, 4), (4.0, 7), (5.0, 9)].map(level).to_vec();
/// let question = Question {
///     statistic: Statistic::Mean, comparison: Comparison::AtLeast, bound: 0.5, is_discrete: true, resamples: 200, seed: 1,
/// };
/// let found = threshold(&levels, &question);
/// assert!(matches!(found.switch, Switch::At { value: 4.0, .. }));
/// ```
///
/// # Panics
/// When there are no values, or they do not all have the same number of replications, at least one.
pub fn threshold(levels: &[Level], question: &Question) -> Threshold {
    let n = levels.first().map_or(0, |level| level.terms.len());
    assert!(
        n > 0 && levels.iter().all(|level| level.terms.len() == n),
        "a grid holds the same replications at each value"
    );
    let sorted: Vec<Sorted> = levels.iter().map(|level| Sorted::new(&level.terms, question.statistic)).collect();
    let estimates: Vec<f64> = sorted.iter().map(|sorted| sorted.whole(n)).collect();
    let values: Vec<f64> = levels.iter().map(|level| level.value).collect();
    let (is_rising, fitted) = monotone(&estimates);
    let resampled: Vec<Vec<f64>> = (0..question.resamples).map(|k| resample(&sorted, n, question.seed, k)).collect();
    let share = |holds: &dyn Fn(&[f64]) -> bool| {
        resampled.iter().filter(|estimates| holds(estimates)).count() as f64 / resampled.len() as f64
    };
    let curve = (0..levels.len()).map(|i| Point {
        value: values[i],
        estimate: estimates[i],
        standard_error: sd(resampled.iter().map(|estimates| estimates[i])),
        interval: interval(&levels[i].terms, i, &resampled, question.statistic),
        fitted: fitted[i],
        holds: share(&|estimates| question.holds(estimates[i])),
    });
    let curve: Vec<Point> = curve.collect();
    Threshold {
        direction_support: share(&|estimates| monotone(estimates).0 == is_rising),
        p_monotone: p_monotone(&estimates, &fitted, is_rising, &resampled),
        switch: switch(&curve, is_rising, &resampled, question),
        crossings: crossings(&curve, question),
        is_rising,
        curve,
    }
}

impl Question {
    /// Whether the condition holds of the quantity.
    pub fn holds(&self, value: f64) -> bool {
        self.comparison.holds(value, self.bound)
    }

    /// Whether the condition asks for much rather than little.
    pub fn asks_for_much(&self) -> bool {
        matches!(self.comparison, Comparison::AtLeast | Comparison::Greater)
    }
}

impl Threshold {
    /// Whether the response can be taken for monotone.
    pub fn is_monotone(&self) -> bool {
        self.p_monotone >= ALARM
    }
}

/// A column of terms prepared for being resampled.
struct Sorted<'l> {
    terms: &'l [f64],
    /// Ranks, for a quantile only.
    order: Vec<usize>,
    statistic: Statistic,
}

impl<'l> Sorted<'l> {
    fn new(terms: &'l [f64], statistic: Statistic) -> Sorted<'l> {
        let mut order = Vec::new();
        if let Statistic::Quantile(_) = statistic {
            order = (0..terms.len()).collect();
            order.sort_by(|&a, &b| terms[a].total_cmp(&terms[b]));
        }
        Sorted { terms, order, statistic }
    }

    /// The quantity over each replication once.
    fn whole(&self, n: usize) -> f64 {
        self.weighted(&vec![1.0; n])
    }

    /// The quantity where each replication counts as often as `times` says.
    fn weighted(&self, times: &[f64]) -> f64 {
        let Statistic::Quantile(p) = self.statistic else {
            let sum: f64 = self.terms.iter().zip(times).map(|(term, times)| term * times).sum();
            return sum / times.len() as f64;
        };
        let at = |rank: u64| {
            let mut seen = 0.0;
            let found = self.order.iter().find(|&&r| {
                seen += times[r];
                seen > rank as f64
            });
            found.map_or(f64::NAN, |&r| self.terms[r])
        };
        between_ranks(times.len() as u64, p, at)
    }
}

/// The quantities of one resample of the replications, the same rows at every value.
fn resample(sorted: &[Sorted], n: usize, seed: u64, number: usize) -> Vec<f64> {
    let mut generator = Draws::<1>::new(seed, number as u64).generator(0, Purpose::Resampling, 0, 0);
    let mut times = vec![0.0; n];
    for _ in 0..n {
        times[((generator.random::<f64>() * n as f64) as usize).min(n - 1)] += 1.0;
    }
    sorted.iter().map(|sorted| sorted.weighted(&times)).collect()
}

/// The nearer of the rising and the falling curve, and whether it is the rising one.
fn monotone(estimates: &[f64]) -> (bool, Vec<f64>) {
    let weights = vec![1.0; estimates.len()];
    let (up, down) = (rising(estimates, &weights), falling(estimates, &weights));
    if apart(estimates, &up) <= apart(estimates, &down) { (true, up) } else { (false, down) }
}

fn fit(estimates: &[f64], is_rising: bool) -> Vec<f64> {
    let weights = vec![1.0; estimates.len()];
    if is_rising { rising(estimates, &weights) } else { falling(estimates, &weights) }
}

/// Sum of the squared distances.
fn apart(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

/// The distance from the monotone curve, held against that of resamples moved so that the monotone curve is their truth.
fn p_monotone(estimates: &[f64], fitted: &[f64], is_rising: bool, resampled: &[Vec<f64>]) -> f64 {
    let found = apart(estimates, fitted);
    let as_far = resampled.iter().filter(|resample| {
        let moved: Vec<f64> = resample.iter().zip(estimates).zip(fitted).map(|((r, e), f)| r - e + f).collect();
        // Rounding in a curve that is monotone already is no distance.
        apart(&moved, &fit(&moved, is_rising)) >= found - 1e-18
    });
    (as_far.count() + 1) as f64 / (resampled.len() + 1) as f64
}

fn sd(values: impl Iterator<Item = f64>) -> f64 {
    Moments::of(&values.collect::<Vec<_>>()).sd()
}

/// The interval of the quantity at one value: Wilson's for a share, from the standard error for a mean, from the resamples for
/// a quantile.
fn interval(terms: &[f64], i: usize, resampled: &[Vec<f64>], statistic: Statistic) -> Interval {
    match statistic {
        Statistic::Quantile(_) => percentiles(resampled.iter().map(|estimates| estimates[i]).collect()),
        Statistic::Mean if terms.iter().all(|&term| term == 0.0 || term == 1.0) => {
            wilson(terms.iter().filter(|&&term| term == 1.0).count() as u64, terms.len() as u64, CONFIDENCE)
        }
        Statistic::Mean => Estimate::new(&Moments::of(terms)).interval(),
    }
}

/// The middle of what was resampled, by order statistics: what lies beyond the range stays infinite.
fn percentiles(mut values: Vec<f64>) -> Interval {
    values.sort_by(f64::total_cmp);
    if values.iter().all(|value| value.is_finite()) {
        let tail = (1.0 - CONFIDENCE) / 2.0;
        return Interval { low: quantile(&values, tail), high: quantile(&values, 1.0 - tail) };
    }
    order_statistics(&values)
}

fn order_statistics(ascending: &[f64]) -> Interval {
    let n = ascending.len();
    if n == 0 {
        return Interval { low: f64::NAN, high: f64::NAN };
    }
    let out = ((1.0 - CONFIDENCE) / 2.0 * n as f64) as usize;
    Interval { low: ascending[out], high: ascending[n - 1 - out] }
}

/// Where the monotone curve fulfils the condition.
fn switch(curve: &[Point], is_rising: bool, resampled: &[Vec<f64>], question: &Question) -> Switch {
    let values: Vec<f64> = curve.iter().map(|point| point.value).collect();
    let side = if is_rising == question.asks_for_much() { Side::From } else { Side::UpTo };
    let fitted: Vec<f64> = curve.iter().map(|point| point.fitted).collect();
    let mut places: Vec<f64> =
        resampled.iter().map(|estimates| place(&values, &fit(estimates, is_rising), side, question)).collect();
    places.sort_by(f64::total_cmp);
    let value = place(&values, &fitted, side, question);
    let support = places.iter().filter(|&&place| place == value).count() as f64 / places.len() as f64;
    if value.is_finite() {
        let interval = if question.is_discrete { order_statistics(&places) } else { percentiles(places) };
        return Switch::At { value, interval, side };
    }
    let by_distance = |a: &&Point, b: &&Point| {
        let distance = |point: &Point| (point.estimate - question.bound).abs();
        distance(a).total_cmp(&distance(b))
    };
    let nearest = curve.iter().min_by(by_distance).map_or(f64::NAN, |point| point.value);
    if question.holds(fitted[0]) { Switch::Always { nearest, support } } else { Switch::Never { nearest, support } }
}

/// The place at which a monotone curve begins (or, up to there, ceases) to fulfil the condition; infinite beyond the range.
fn place(values: &[f64], fitted: &[f64], side: Side, question: &Question) -> f64 {
    let holds = |i: usize| question.holds(fitted[i]);
    let last = values.len() - 1;
    let change = (0..=last).find(|&i| holds(i) == (side == Side::From));
    match change {
        None => f64::INFINITY,
        Some(0) => f64::NEG_INFINITY,
        Some(i) if question.is_discrete => values[if side == Side::From { i } else { i - 1 }],
        Some(i) => between(values, fitted, i, question.bound),
    }
}

/// Where the straight line from the value before `i` to that at `i` crosses the bound.
fn between(values: &[f64], heights: &[f64], i: usize, bound: f64) -> f64 {
    let share = (bound - heights[i - 1]) / (heights[i] - heights[i - 1]);
    // Two equal heights on both sides of the bound cannot be; rounding may leave the segment by a hair.
    values[i - 1] + share.clamp(0.0, 1.0) * (values[i] - values[i - 1])
}

/// All changes between values at which the condition clearly holds or clearly fails.
fn crossings(curve: &[Point], question: &Question) -> Vec<Crossing> {
    let tail = (1.0 - CONFIDENCE) / 2.0;
    let is_clear = |point: &Point| point.holds <= tail || point.holds >= 1.0 - tail;
    let clear: Vec<usize> = (0..curve.len()).filter(|&i| is_clear(&curve[i])).collect();
    let changes = clear.windows(2).filter(|pair| (curve[pair[0]].holds > 0.5) != (curve[pair[1]].holds > 0.5));
    changes.map(|pair| crossing(curve, pair[0], pair[1], question)).collect()
}

/// The first change between two values that lie on different sides.
fn crossing(curve: &[Point], from: usize, to: usize, question: &Question) -> Crossing {
    let side = if question.holds(curve[to].estimate) { Side::From } else { Side::UpTo };
    let holds = |i: usize| question.holds(curve[i].estimate);
    let i = (from + 1..=to).find(|&i| holds(i) != holds(i - 1)).unwrap_or(to);
    let values: Vec<f64> = curve.iter().map(|point| point.value).collect();
    let heights: Vec<f64> = curve.iter().map(|point| point.estimate).collect();
    let value = match side {
        Side::From if question.is_discrete => values[i],
        Side::UpTo if question.is_discrete => values[i - 1],
        _ => between(&values, &heights, i, question.bound),
    };
    Crossing { value, interval: Interval { low: values[from], high: values[to] }, side }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::math;

    const QUESTION: Question = Question {
        statistic: Statistic::Mean,
        comparison: Comparison::AtLeast,
        bound: 0.5,
        is_discrete: false,
        resamples: 500,
        seed: 1,
    };

    /// Replications at each value of a grid: a response plus luck that all values share, plus luck of their own.
    fn grid(values: &[f64], n: usize, noise: f64, seed: u64, response: impl Fn(f64) -> f64) -> Vec<Level> {
        let level = |(i, &value): (usize, &f64)| {
            let term = |r: usize| {
                let draws = Draws::<1>::new(seed, r as u64);
                let normal = |j| draws.normal(Purpose::Resampling, 0, j, 1).0[0];
                response(value) + noise * (normal(0) + 0.5 * normal(i + 1))
            };
            Level { value, terms: (0..n).map(term).collect() }
        };
        values.iter().enumerate().map(level).collect()
    }

    fn tenths() -> Vec<f64> {
        (0..=16).map(|i| f64::from(i) / 16.0).collect()
    }

    fn at(found: &Threshold) -> (f64, Interval, Side) {
        match found.switch {
            Switch::At { value, interval, side } => (value, interval, side),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn without_noise_the_switch_is_where_the_line_crosses() {
        let found = threshold(&grid(&tenths(), 10, 0.0, 1, |x| 0.2 + 0.5 * x), &QUESTION);
        let (value, interval, side) = at(&found);
        assert!((value - 0.6).abs() < 1e-12 && side == Side::From, "{value}");
        assert!((interval.low - 0.6).abs() < 1e-12 && (interval.high - 0.6).abs() < 1e-12);
        assert!(found.is_rising && found.is_monotone() && found.crossings.len() == 1);
        let falling = threshold(&grid(&tenths(), 10, 0.0, 1, |x| 0.7 - 0.5 * x), &QUESTION);
        assert!((at(&falling).0 - 0.4).abs() < 1e-12 && at(&falling).2 == Side::UpTo && !falling.is_rising);
    }

    #[test]
    fn the_interval_covers_the_true_switch_about_as_often_as_it_says() {
        // The response crosses at 0.6; 100 grids of 200 replications. 89 to 99 are within three standard errors of 95.
        let question = Question { resamples: 200, ..QUESTION };
        let covered = (0..100).filter(|&seed| {
            let found = threshold(&grid(&tenths(), 200, 1.0, seed, |x| 0.2 + 0.5 * x), &Question { seed, ..question });
            let Switch::At { interval, .. } = found.switch else { return false };
            (interval.low..=interval.high).contains(&0.6)
        });
        let covered = covered.count();
        assert!((89..=99).contains(&covered), "{covered} of 100");
    }

    #[test]
    fn a_whole_switch_is_the_first_value_that_holds_and_the_last_where_less_is_asked_for() {
        let values: Vec<f64> = (2..=10).map(f64::from).collect();
        let question = Question { is_discrete: true, ..QUESTION };
        let found = threshold(&grid(&values, 50, 0.0, 1, |x| 0.1 * x), &question);
        assert_eq!((at(&found).0, at(&found).2), (5.0, Side::From));
        let less = Question { comparison: Comparison::Less, ..question };
        assert_eq!((at(&threshold(&grid(&values, 50, 0.0, 1, |x| 0.1 * x), &less)).0, Side::UpTo), (4.0, Side::UpTo));
    }

    #[test]
    fn a_response_that_rises_and_falls_is_told_with_both_crossings() {
        let hump = |x: f64| 1.0 - 8.0 * (x - 0.5) * (x - 0.5);
        let found = threshold(&grid(&tenths(), 400, 0.2, 3, hump), &QUESTION);
        assert!(!found.is_monotone(), "{}", found.p_monotone);
        let crossings: Vec<(f64, Side)> =
            found.crossings.iter().map(|crossing| (crossing.value, crossing.side)).collect();
        assert!((crossings[0].0 - 0.25).abs() < 0.05 && crossings[0].1 == Side::From, "{crossings:?}");
        assert!((crossings[1].0 - 0.75).abs() < 0.05 && crossings[1].1 == Side::UpTo, "{crossings:?}");
    }

    #[test]
    fn a_monotone_response_is_called_otherwise_no_more_often_than_one_time_in_twenty() {
        // Of 100 grids of a flat response, the hardest case, at most 12 (three standard errors above 5).
        let question = Question { resamples: 200, bound: 0.0, ..QUESTION };
        let alarms = (0..100).filter(|&seed| {
            !threshold(&grid(&tenths()[..8], 100, 1.0, seed, |_| 0.3), &Question { seed, ..question }).is_monotone()
        });
        let alarms = alarms.count();
        assert!(alarms <= 12, "{alarms} of 100");
    }

    #[test]
    fn without_a_switch_the_side_and_the_nearest_value_are_told() {
        let never = threshold(&grid(&tenths(), 50, 0.01, 1, |x| 0.1 + 0.2 * x), &QUESTION);
        assert_eq!(never.switch, Switch::Never { nearest: 1.0, support: 1.0 });
        let always = threshold(&grid(&tenths(), 50, 0.01, 1, |x| 0.7 + 0.2 * x), &QUESTION);
        assert_eq!(always.switch, Switch::Always { nearest: 0.0, support: 1.0 });
        assert!(always.crossings.is_empty() && always.curve.iter().all(|point| point.holds == 1.0));
    }

    #[test]
    fn a_switch_near_the_end_has_an_interval_that_leaves_the_range() {
        let found = threshold(&grid(&tenths(), 50, 1.0, 5, |x| 0.02 + 0.5 * x), &QUESTION);
        if let Switch::At { interval, .. } = found.switch {
            assert!(interval.high == f64::INFINITY || interval.low == f64::NEG_INFINITY, "{interval:?}");
        }
        assert!(!matches!(found.switch, Switch::Never { support: 1.0, .. }), "{found:?}");
    }

    #[test]
    fn a_quantile_is_that_of_the_replications() {
        let levels = [Level { value: 1.0, terms: vec![8.0, 1.0, 4.0, 2.0] }];
        let found = threshold(&levels, &Question { statistic: Statistic::Quantile(0.5), ..QUESTION });
        assert_eq!(found.curve[0].estimate, 3.0);
        let normal = grid(&[0.0], 2_000, 1.0, 1, |_| 0.0);
        let found = threshold(&normal, &Question { statistic: Statistic::Quantile(0.5), ..QUESTION });
        // The standard error of a median: sqrt(pi / 2) sd / sqrt(n), with sd = sqrt(1.25).
        let expected = (std::f64::consts::FRAC_PI_2 * 1.25 / 2_000.0).sqrt();
        assert!((found.curve[0].standard_error / expected - 1.0).abs() < 0.2, "{}", found.curve[0].standard_error);
        assert!(math::abs(found.curve[0].estimate) < 4.0 * expected);
    }
}
