//! Bounds in figures that a person would write: as many digits as the spread of the values deserves.

use super::region::{Bound, Region};
use super::worlds::{Values, Worlds};

/// Up to so many different values an input has levels and not a scale: a bound is then one of them.
const MOST_LEVELS: usize = 12;

/// The same box with every bound rounded; a bound that then excludes nothing is gone.
///
/// Rounding moves worlds in or out, so everything that is said of a box must be counted after it.
pub fn rounded(worlds: &Worlds, region: &Region) -> Region {
    let bounds = region.bounds.iter().zip(&worlds.inputs).map(|(bound, values)| match (bound, values) {
        (Bound::Range { low, high }, Values::Numbers(numbers)) if !bound.sides().is_empty() => {
            range(&Scale::of(numbers), *low, *high)
        }
        _ => bound.clone(),
    });
    Region { bounds: bounds.collect() }
}

fn range(scale: &Scale, low: f64, high: f64) -> Bound {
    let ascending = &scale.ascending;
    let first_above = ascending.partition_point(|value| *value < low);
    let last_below = ascending.partition_point(|value| *value <= high);
    let (mut low, mut high) = match (scale.has_levels, ascending.get(first_above), last_below.checked_sub(1)) {
        (true, Some(least), Some(last)) => {
            (if low.is_finite() { *least } else { low }, if high.is_finite() { ascending[last] } else { high })
        }
        _ => (scale.round(low), scale.round(high)),
    };
    if ascending.first().is_some_and(|least| low <= *least) {
        low = f64::NEG_INFINITY;
    }
    if ascending.last().is_some_and(|greatest| high >= *greatest) {
        high = f64::INFINITY;
    }
    Bound::Range { low, high }
}

/// The values of an input, and how finely it is worth telling them apart.
#[derive(Debug, Clone)]
pub struct Scale {
    ascending: Vec<f64>,
    has_levels: bool,
    /// Digits after the point; below 0 for tens, hundreds and so on.
    decimals: i32,
}

impl Scale {
    /// The scale of a column.
    pub fn of(numbers: &[f64]) -> Scale {
        let mut ascending = numbers.to_vec();
        ascending.sort_by(f64::total_cmp);
        let n = ascending.len();
        // The ends of a long tail would make the figures coarse where most values are.
        let spread = if n == 0 { 0.0 } else { ascending[n - 1 - n / 50] - ascending[n / 50] };
        let different = 1 + ascending.windows(2).filter(|pair| pair[0] != pair[1]).count();
        let is_whole = ascending.iter().all(|value| value.fract() == 0.0);
        let has_levels = different <= MOST_LEVELS || is_whole && spread <= 200.0;
        Scale { ascending, has_levels, decimals: decimals(spread) }
    }

    /// A number in as many digits as the scale deserves.
    pub fn round(&self, value: f64) -> f64 {
        if !value.is_finite() {
            return value;
        }
        let rounded = if self.decimals >= 0 {
            format!("{value:.*}", self.decimals as usize).parse().unwrap_or(value)
        } else {
            let unit = power_of_ten(-self.decimals);
            (value / unit).round() * unit
        };
        // Never a minus before nothing.
        if rounded == 0.0 { 0.0 } else { rounded }
    }

    /// A threshold between two groups of worlds: rounded, or the greatest level below it where there are levels.
    pub fn threshold(&self, value: f64) -> f64 {
        let below = self.ascending.partition_point(|level| *level <= value);
        match below.checked_sub(1) {
            Some(last) if self.has_levels => self.ascending[last],
            _ => self.round(value),
        }
    }
}

/// Digits after the point at which a spread has at least twenty steps.
fn decimals(spread: f64) -> i32 {
    (-15..=15).find(|decimals| power_of_ten(-decimals) <= spread / 20.0).unwrap_or(15)
}

fn power_of_ten(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(numbers: Vec<f64>, low: f64, high: f64) -> (f64, f64) {
        let cases = vec![true; numbers.len()];
        let worlds = Worlds { inputs: vec![Values::Numbers(numbers)], cases };
        match rounded(&worlds, &Region { bounds: vec![Bound::Range { low, high }] }).bounds[0] {
            Bound::Range { low, high } => (low, high),
            Bound::Among(_) => panic!("numbers"),
        }
    }

    fn spread(from: f64, to: f64) -> Vec<f64> {
        (0..=1000).map(|k| from + (to - from) * f64::from(k) / 1000.0).collect()
    }

    #[test]
    fn digits_follow_the_spread() {
        assert_eq!(one(spread(0.35, 0.85), 0.412_7, f64::INFINITY), (0.41, f64::INFINITY));
        assert_eq!(one(spread(2500.5, 9000.5), 4321.9, 8000.1), (4300.0, 8000.0));
        assert_eq!(one(spread(0.0, 2e-7), 1.234_567e-7, f64::INFINITY), (1.23e-7, f64::INFINITY));
        assert_eq!(one(spread(-1.5, 1.5), -0.003, f64::INFINITY).0.to_bits(), 0);
    }

    #[test]
    fn levels_are_told_as_they_are() {
        let levels = (0..300).map(|k| [0.0, 0.25, 0.6][k % 3]).collect();
        assert_eq!(one(levels, 0.125, f64::INFINITY), (0.25, f64::INFINITY));
        let partners = (0..300).map(|k| f64::from(2 + k % 19)).collect();
        assert_eq!(one(partners, 6.5, 11.5), (7.0, 11.0));
    }

    #[test]
    fn a_bound_that_excludes_nothing_is_gone() {
        assert_eq!(one(spread(0.0, 1.0), 0.001, 0.999_9), (f64::NEG_INFINITY, f64::INFINITY));
    }
}
