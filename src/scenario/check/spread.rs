//! Whether an uncertainty makes sense: its figures in order, its values within the parameter's range.

use crate::model::uncertainty::Uncertainty;
use crate::scenario::check::number::Range;
use crate::scenario::faults::Faults;
use crate::scenario::notation::number as written;
use crate::scenario::parse::tree::Item;

/// Share of the draws outside the range from which a warning is due.
const NOTICEABLE: f64 = 0.05;

/// What is wrong with the figures themselves, whatever the parameter.
pub fn wrong(value: &Uncertainty) -> Option<&'static str> {
    match value {
        Uncertainty::Uniform { low, high } => (low >= high).then_some("the lowest value is not below the highest"),
        Uncertainty::Triangular { low, mode, high } | Uncertainty::Pert { low, mode, high } => {
            (low > mode || mode > high || low >= high).then_some("the values do not rise from lowest to highest")
        }
        Uncertainty::Normal { sd, .. } => (*sd <= 0.0).then_some("the standard deviation is not above 0"),
        Uncertainty::LogNormal { median, sigma } => (*median <= 0.0 || !(*sigma > 0.0 && *sigma <= 5.0))
            .then_some("the median must be above 0, sigma above 0 and at most 5"),
        Uncertainty::Beta { alpha, beta } => (![alpha, beta].iter().all(|shape| (0.01..=1e5).contains(*shape)))
            .then_some("both figures must lie from 0.01 to 100000"),
        Uncertainty::Discrete(pairs) => {
            let total: f64 = pairs.iter().map(|(_, weight)| weight).sum();
            (pairs.iter().any(|(_, weight)| *weight < 0.0) || total <= 0.0 || !total.is_finite())
                .then_some("the weights must not be negative and must not all be 0")
        }
        Uncertainty::Fixed(_) | Uncertainty::Observed(_) => None,
    }
}

/// Whether its values fit the range; a fault when they do not, a warning when a noticeable part is moved to a bound.
pub fn in_range(value: &Uncertainty, item: &Item, name: &str, range: Range, faults: &mut Faults) -> bool {
    let centre = centre(value);
    let (least, most) = bounds(value).unwrap_or((centre, centre));
    if least < range.low || most > range.high {
        let (given, side) = if least < range.low { (least, "below the least") } else { (most, "above the most") };
        let message = format!("`{name}` reaches {}, {side} allowed", written(given));
        faults.fault(item.mark, message, format!("stay within {}", range.words()));
        return false;
    }
    let outside = share_outside(value, range);
    if outside > NOTICEABLE {
        let message = format!(
            "`{name}`: {:.0} % of the draws lie outside the range and are moved to its bounds",
            outside * 100.0
        );
        faults.warning(
            Some(item.mark),
            message,
            format!("allowed is {}; beta or pert stay within bounds", range.words()),
        );
    }
    true
}

/// Least and greatest value it can take, where there are such within a parameter's usual range.
pub fn bounds(value: &Uncertainty) -> Option<(f64, f64)> {
    match value {
        Uncertainty::Fixed(value) => Some((*value, *value)),
        Uncertainty::Uniform { low, high }
        | Uncertainty::Triangular { low, high, .. }
        | Uncertainty::Pert { low, high, .. } => Some((*low, *high)),
        Uncertainty::Discrete(pairs) => {
            Some(extent(pairs.iter().filter(|(_, weight)| *weight > 0.0).map(|(value, _)| *value)))
        }
        Uncertainty::Observed(values) => Some(extent(values.iter().copied())),
        Uncertainty::Normal { .. } | Uncertainty::LogNormal { .. } | Uncertainty::Beta { .. } => None,
    }
}

fn extent(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
}

/// Mean or median of the forms without bounds, which must itself be allowed.
fn centre(value: &Uncertainty) -> f64 {
    match value {
        Uncertainty::Normal { mean, .. } => *mean,
        Uncertainty::LogNormal { median, .. } => *median,
        Uncertainty::Beta { alpha, beta } => alpha / (alpha + beta),
        _ => 0.0,
    }
}

/// Share of the draws outside a range, for the forms without bounds.
fn share_outside(value: &Uncertainty, range: Range) -> f64 {
    match value {
        Uncertainty::Normal { mean, sd } => normal_outside((range.low - mean) / sd, (range.high - mean) / sd),
        Uncertainty::LogNormal { median, sigma } => {
            let standard = |bound: f64| if bound > 0.0 { libm::log(bound / median) / sigma } else { f64::NEG_INFINITY };
            normal_outside(standard(range.low), standard(range.high))
        }
        Uncertainty::Beta { alpha, beta } => beta_outside(*alpha, *beta, range),
        _ => 0.0,
    }
}

fn normal_outside(low: f64, high: f64) -> f64 {
    let below = |z: f64| 0.5 * libm::erfc(-z / std::f64::consts::SQRT_2);
    below(low) + below(-high)
}

/// By the midpoint rule on the logarithm of the density: a warning needs no more than two digits.
fn beta_outside(alpha: f64, beta: f64, range: Range) -> f64 {
    const STEPS: u32 = 2_000;
    let log_density = |x: f64| (alpha - 1.0) * libm::log(x) + (beta - 1.0) * libm::log(1.0 - x);
    let points = (0..STEPS).map(|step| (f64::from(step) + 0.5) / f64::from(STEPS));
    let most = points.clone().map(log_density).fold(f64::NEG_INFINITY, f64::max);
    let (mut inside, mut outside) = (0.0, 0.0);
    for x in points {
        let density = libm::exp(log_density(x) - most);
        *(if x < range.low || x > range.high { &mut outside } else { &mut inside }) += density;
    }
    outside / (inside + outside)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHARE: Range = Range { low: 0.0, high: 1.0, unit: "share" };

    #[test]
    fn the_share_of_a_normal_outside_is_that_of_the_tables() {
        // Two-sided 1.959964 standard deviations leave 5 %.
        let sd = 0.5 / 1.959_964;
        assert!((share_outside(&Uncertainty::Normal { mean: 0.5, sd }, SHARE) - 0.05).abs() < 1e-6);
    }

    #[test]
    fn the_share_of_a_log_normal_above_its_median_is_a_half() {
        let value = Uncertainty::LogNormal { median: 1.0, sigma: 0.7 };
        assert!((share_outside(&value, SHARE) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn the_share_of_a_flat_beta_outside_is_the_length_outside() {
        let range = Range { low: 0.1, high: 0.8, unit: "share" };
        assert!((share_outside(&Uncertainty::Beta { alpha: 1.0, beta: 1.0 }, range) - 0.3).abs() < 1e-9);
    }

    #[test]
    fn figures_out_of_order_are_wrong() {
        assert!(wrong(&Uncertainty::Pert { low: 0.1, mode: 0.5, high: 0.4 }).is_some());
        assert!(wrong(&Uncertainty::Pert { low: 0.1, mode: 0.1, high: 0.4 }).is_none());
        assert!(wrong(&Uncertainty::Uniform { low: 0.4, high: 0.4 }).is_some());
        assert!(wrong(&Uncertainty::Discrete(vec![(1.0, 0.0)].into())).is_some());
        assert!(wrong(&Uncertainty::Normal { mean: 0.0, sd: 0.0 }).is_some());
        assert!(wrong(&Uncertainty::Beta { alpha: -1.0, beta: 2.0 }).is_some());
    }

    #[test]
    fn a_value_of_no_weight_does_not_count_towards_the_bounds() {
        let value = Uncertainty::Discrete(vec![(5.0, 0.0), (0.2, 1.0), (0.4, 2.0)].into());
        assert_eq!(bounds(&value), Some((0.2, 0.4)));
    }
}
