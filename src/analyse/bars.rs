//! A distribution as the bars of a histogram for people: their edges are round numbers, and zero is one of them where values lie on both
//! sides of it.
//!
//! How wide a bar is follows the rule of Freedman and Diaconis (1981), twice the middle half over the cube root of the number of values,
//! within what the eye can use: at most fifty bars. Whole numbers get a bar each while they are few. Where a few values lie so far out that
//! all others would be in a few bars, those beyond the middle 99 % are counted together at either end.

use super::distribution::Sorted;
use crate::model::math;

/// Bars there are at most, ends aside.
const MOST: f64 = 50.0;
/// Bars there are at least, however few the values.
const LEAST: f64 = 8.0;
/// Whole numbers up to so many get a bar each.
const WHOLE: f64 = 100.0;
/// Where the middle 99 % take less of the range than this, the rest is counted at either end.
const MIDDLE: f64 = 1.0 / 3.0;

/// A bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// What is counted in it.
    pub holds: Holds,
    /// Where it begins.
    pub from: f64,
    /// Where it ends: what lies there is in the next bar, or in the last; a bar of whole numbers holds its last number.
    pub to: f64,
    /// Values in it.
    pub count: u64,
}

/// What a bar counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Values from one edge to the next.
    Range,
    /// Whole numbers from the first to the last.
    Whole,
    /// The few values below the first edge, from the least.
    Below,
    /// The few values above the last edge, to the greatest.
    Above,
}

/// The bars of a distribution, from the least value to the greatest; none where it does not vary.
///
/// ```
/// use partnersim::analyse::{bars::bars, distribution::Distribution};
/// let mut partners = Distribution::new(true);
/// partners.add(&[3.0, 5.0, 5.0, 3.0, 5.0]);
/// let counts: Vec<(f64, u64)> = bars(&partners.sorted()).iter().map(|bar| (bar.from, bar.count)).collect();
/// assert_eq!(counts, [(3.0, 2), (4.0, 0), (5.0, 3)]);
/// ```
pub fn bars(values: &Sorted) -> Vec<Bar> {
    together(&[values]).pop().unwrap_or_default()
}

/// The bars of several distributions of one quantity, with the same edges, so that they can be held against each other; none where all
/// values are the same.
pub fn together(all: &[&Sorted]) -> Vec<Vec<Bar>> {
    let ends = outermost(all.iter().map(|values| values.ends()));
    let varies = ends[0] < ends[1] && (ends[1] - ends[0]).is_finite();
    match varies {
        false => vec![Vec::new(); all.len()],
        true if all.iter().all(|values| values.is_whole()) => all.iter().map(|values| whole(values, ends)).collect(),
        true => {
            let grid = Grid::of(all, ends);
            all.iter().map(|values| grid.bars(values)).collect()
        }
    }
}

/// From the least to the greatest of several ranges.
fn outermost(ends: impl Iterator<Item = [f64; 2]>) -> [f64; 2] {
    ends.filter(|[low, high]| low <= high).fold([f64::INFINITY, f64::NEG_INFINITY], |[least, greatest], [low, high]| {
        [math::min(least, low), math::max(greatest, high)]
    })
}

fn whole(values: &Sorted, [least, greatest]: [f64; 2]) -> Vec<Bar> {
    let step = match greatest - least {
        span if span <= WHOLE => Step { digit: 1.0, tens: 0 },
        span => Step::at_least(span / MOST),
    };
    let mut bars = Vec::new();
    for k in step.of(least)..=step.of(greatest) {
        let (from, next) = (step.edge(k), step.edge(k + 1));
        let count = values.below(next) - values.below(from);
        bars.push(Bar { holds: Holds::Whole, from, to: math::min(next - 1.0, greatest), count });
    }
    if let Some(first) = bars.first_mut() {
        first.from = math::max(first.from, least);
    }
    bars
}

/// Where the bars of ranges begin and end.
struct Grid {
    step: Step,
    /// The first bar and the last.
    bars: [i64; 2],
    greatest: f64,
}

impl Grid {
    /// Fine enough for that distribution which needs the narrowest bars.
    fn of(all: &[&Sorted], [least, greatest]: [f64; 2]) -> Grid {
        let middle = outermost(all.iter().map(|values| [0.005, 0.995].map(|p| values.quantile(p))));
        let is_whole_range = middle[1] - middle[0] >= MIDDLE * (greatest - least) || middle[0] >= middle[1];
        let [low, high] = if is_whole_range { [least, greatest] } else { middle };
        let rule = |values: &&Sorted| {
            let half = values.quantile(0.75) - values.quantile(0.25);
            2.0 * half / libm::cbrt(values.n() as f64)
        };
        let narrowest = all.iter().map(rule).fold(f64::INFINITY, math::min);
        let step = Step::at_least(math::clamp(narrowest, (high - low) / MOST, (high - low) / LEAST));
        Grid { step, bars: [step.of(low), step.of(high)], greatest }
    }

    fn bars(&self, values: &Sorted) -> Vec<Bar> {
        let Grid { step, bars: [first, last], greatest } = *self;
        let [least, most] = values.ends();
        let mut bars = Vec::new();
        let mut before = values.below(step.edge(first));
        if before > 0 {
            bars.push(Bar { holds: Holds::Below, from: least, to: step.edge(first), count: before });
        }
        for k in first..=last {
            let (from, to) = (step.edge(k), step.edge(k + 1));
            // The greatest value is in the bar that ends with it.
            let until = if to >= greatest { values.n() } else { values.below(to) };
            bars.push(Bar { holds: Holds::Range, from, to, count: until - before });
            before = until;
            if to >= greatest {
                break;
            }
        }
        if before < values.n() {
            bars.push(Bar { holds: Holds::Above, from: step.edge(last + 1), to: most, count: values.n() - before });
        }
        bars
    }
}

/// The width of a bar: 1, 2 or 5 times a power of ten.
#[derive(Debug, Clone, Copy)]
struct Step {
    digit: f64,
    tens: i32,
}

impl Step {
    /// The least that is as wide as this.
    fn at_least(width: f64) -> Step {
        let mut tens = -30;
        loop {
            for digit in [1.0, 2.0, 5.0] {
                let step = Step { digit, tens };
                if step.edge(1) >= width || tens > 30 {
                    return step;
                }
            }
            tens += 1;
        }
    }

    /// So many widths from zero, as the decimal number nearest to it.
    fn edge(self, k: i64) -> f64 {
        let whole = self.digit * k as f64;
        if self.tens < 0 { whole / ten_to(-self.tens) } else { whole * ten_to(self.tens) }
    }

    /// The bar that a number is in.
    fn of(self, number: f64) -> i64 {
        let near = (number / self.edge(1)).floor() as i64;
        (near - 1..=near + 1).rev().find(|&k| self.edge(k) <= number).unwrap_or(near)
    }
}

fn ten_to(tens: i32) -> f64 {
    (0..tens).fold(1.0, |power, _| power * 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::distribution::Distribution;
    use crate::model::draws::{Draws, Purpose};
    use proptest::prelude::*;

    fn of(values: &[f64], keep: bool) -> Vec<Bar> {
        let mut distribution = Distribution::new(keep);
        distribution.add(values);
        bars(&distribution.sorted())
    }

    fn normal(n: u64) -> Vec<f64> {
        let uniform = |r| Draws::<1>::new(1, r).uniform(Purpose::Design, 0, 0, 0)[0];
        (0..n).map(|r| math::normal_quantile(uniform(r))).collect()
    }

    #[test]
    fn yes_and_no_are_two_bars_and_what_never_differs_has_none() {
        let found = of(&[1.0, 0.0, 1.0, 1.0], true);
        assert_eq!(
            found.iter().map(|bar| (bar.from, bar.to, bar.count)).collect::<Vec<_>>(),
            [(0.0, 0.0, 1), (1.0, 1.0, 3)]
        );
        assert!(found.iter().all(|bar| bar.holds == Holds::Whole));
        assert!(of(&[0.25; 9], true).is_empty() && of(&[], false).is_empty() && of(&[3.0], true).is_empty());
    }

    #[test]
    fn whole_numbers_have_a_bar_each_and_many_of_them_share_bars() {
        let months: Vec<f64> = (0..=84).map(f64::from).collect();
        let found = of(&months, true);
        assert_eq!(found.len(), 85);
        assert!(found.iter().all(|bar| bar.from == bar.to && bar.count == 1));
        let people: Vec<f64> = (3..=1204).map(f64::from).collect();
        let found = of(&people, true);
        assert_eq!((found[0].from, found[0].to, found[0].count), (3.0, 49.0, 47));
        assert_eq!(found.last().map(|bar| (bar.from, bar.to, bar.count)), Some((1200.0, 1204.0, 5)));
    }

    #[test]
    fn edges_are_round_numbers_and_zero_is_one_of_them() {
        // 1,000 normal numbers: the rule gives 2 · 1.349 / 10 = .27, the next round width is .5.
        let found = of(&normal(1000), true);
        assert!(
            found.iter().any(|bar| bar.from == 0.0) && found.iter().all(|bar| bar.to - bar.from == 0.5),
            "{found:?}"
        );
        let shares: Vec<f64> = (0..500).map(|k| 0.3 + 0.000_7 * f64::from(k)).collect();
        let edges: Vec<f64> = of(&shares, true).iter().map(|bar| bar.from).collect();
        assert_eq!(edges[..6], [0.3, 0.35, 0.4, 0.45, 0.5, 0.55]);
        // Of three values over .0014: an eighth is .000175, the next round width .0002.
        assert_eq!(of(&shares[..3], true).len(), 7);
    }

    #[test]
    fn values_far_out_are_counted_together_at_either_end() {
        let mut values = normal(10_000);
        values.extend([-500.0, 900.0, 1e6]);
        let found = of(&values, true);
        let (first, last) = (found[0], found[found.len() - 1]);
        assert_eq!((first.holds, first.from), (Holds::Below, -500.0));
        assert_eq!((last.holds, last.to), (Holds::Above, 1e6));
        assert!(first.count + last.count < 110 && found.len() > 20, "{found:?}");
    }

    #[test]
    fn counts_by_bucket_fill_nearly_the_same_bars() {
        let values: Vec<f64> = normal(20_000).iter().map(|z| 100.0 + 7.0 * z).collect();
        let (kept, counted) = (of(&values, true), of(&values, false));
        assert_eq!(kept.len(), counted.len());
        for (exact, near) in kept.iter().zip(&counted) {
            assert_eq!((exact.from, exact.to), (near.from, near.to));
            assert!(
                (exact.count as f64 - near.count as f64).abs() < 0.15 * exact.count as f64 + 30.0,
                "{exact:?} {near:?}"
            );
        }
        let whole: Vec<f64> = (0..3000).map(|k| f64::from(k % 85) - 20.0).collect();
        assert_eq!(of(&whole, true), of(&whole, false));
    }

    #[test]
    fn several_distributions_share_the_edges_that_the_narrowest_of_them_needs() {
        let narrow: Vec<f64> = normal(1000).iter().map(|z| 100.0 + z).collect();
        let wide: Vec<f64> = normal(1000).iter().map(|z| 97.0 + 3.0 * z).collect();
        let distributions = [&narrow[..], &wide, &[101.0; 7]].map(|values| {
            let mut distribution = Distribution::new(true);
            distribution.add(values);
            distribution
        });
        let sorted = distributions.each_ref().map(Distribution::sorted);
        let found = together(&[&sorted[0], &sorted[1], &sorted[2]]);
        let edges = |bars: &[Bar]| bars.iter().map(|bar| (bar.from, bar.to)).collect::<Vec<_>>();
        assert!(found.iter().all(|bars| edges(bars) == edges(&found[0])), "{found:?}");
        assert_eq!(
            found.iter().map(|bars| bars.iter().map(|bar| bar.count).sum::<u64>()).collect::<Vec<_>>(),
            [1000, 1000, 7]
        );
        // An interquartile range of nothing asks for the narrowest bars there may be.
        let pair = together(&[&sorted[0], &sorted[1]]);
        assert_eq!(pair[0][0].to - pair[0][0].from, 0.5, "as the narrow one alone has, while there are at most fifty");
        assert!(pair[0].len() == pair[1].len() && (30..=50).contains(&pair[0].len()), "{pair:?}");
    }

    #[test]
    fn whole_numbers_of_several_share_their_bars_and_one_with_fractions_ends_that() {
        let months = |values: &[f64]| {
            let mut distribution = Distribution::new(true);
            distribution.add(values);
            distribution
        };
        let (early, late, between) = (months(&[3.0, 4.0]), months(&[6.0, 6.0]), months(&[4.5]));
        let (early, late, between) = (early.sorted(), late.sorted(), between.sorted());
        let counts = |bars: &[Bar]| bars.iter().map(|bar| bar.count).collect::<Vec<_>>();
        let found = together(&[&early, &late]);
        assert_eq!([counts(&found[0]), counts(&found[1])], [[1, 1, 0, 0], [0, 0, 0, 2]]);
        assert!(together(&[&early, &between]).iter().flatten().all(|bar| bar.holds == Holds::Range));
        assert!(together(&[&late, &late]).iter().all(Vec::is_empty), "nothing varies");
    }

    proptest! {
        #[test]
        fn every_value_is_in_one_bar(values in prop::collection::vec(-1e3..1e3f64, 2..200), scale in -6..6i32, keep: bool) {
            let scale = (0..scale.abs()).fold(1.0, |power, _| power * if scale < 0 { 0.1 } else { 10.0 });
            let values: Vec<f64> = values.iter().map(|value| value * scale).collect();
            let found = of(&values, keep);
            prop_assert_eq!(found.iter().map(|bar| bar.count).sum::<u64>(), values.len() as u64);
            prop_assert!(found.len() <= 53);
            prop_assert!(found.windows(2).all(|pair| pair[0].to == pair[1].from && pair[0].from < pair[0].to));
            if keep {
                for bar in found.iter().filter(|bar| bar.holds == Holds::Range) {
                    let is_last = *bar == found[found.len() - 1];
                    let within = values.iter().filter(|value| **value >= bar.from && (**value < bar.to || is_last)).count();
                    prop_assert_eq!(bar.count, within as u64);
                }
            }
        }
    }
}
