//! The value of an uncertain number at a probability: places of a design and beliefs of a calibration are turned into values by it.
//!
//! Beta, and PERT which is a beta, are found by halving the area that `statrs` gives; the rest is solved by hand.

use crate::model::math;
use crate::model::uncertainty::Uncertainty;
use statrs::distribution::{Beta, ContinuousCDF};

/// The value below which an uncertain number lies with probability `p`.
///
/// ```
/// use partnersim::experiment::quantile::quantile;
/// use partnersim::model::uncertainty::Uncertainty;
/// assert_eq!(quantile(&Uncertainty::Uniform { low: 2.0, high: 4.0 }, 0.25), 2.5);
/// ```
pub fn quantile(uncertainty: &Uncertainty, p: f64) -> f64 {
    match uncertainty {
        Uncertainty::Fixed(value) => *value,
        Uncertainty::Uniform { low, high } => spread(*low, *high, p),
        Uncertainty::Triangular { low, mode, high } => triangular(*low, *mode, *high, p),
        Uncertainty::Pert { low, mode, high } => {
            let width = high - low;
            let (alpha, beta) = (1.0 + 4.0 * (mode - low) / width, 1.0 + 4.0 * (high - mode) / width);
            spread(*low, *high, beta_quantile(alpha, beta, p))
        }
        Uncertainty::Normal { mean, sd } => mean + sd * math::normal_quantile(inside(p)),
        Uncertainty::LogNormal { median, sigma } => median * math::exp(sigma * math::normal_quantile(inside(p))),
        Uncertainty::Beta { alpha, beta } => beta_quantile(*alpha, *beta, p),
        Uncertainty::Discrete(weighted) => {
            let mut ascending = weighted.to_vec();
            ascending.sort_by(|a, b| a.0.total_cmp(&b.0));
            weighted_quantile(&ascending, p)
        }
        Uncertainty::Observed(values) => {
            let mut ascending = values.to_vec();
            ascending.sort_by(f64::total_cmp);
            ascending[((p * ascending.len() as f64) as usize).min(ascending.len() - 1)]
        }
    }
}

/// A share of the way from `low` to `high`, which rounding must not carry beyond.
fn spread(low: f64, high: f64, share: f64) -> f64 {
    math::clamp(low + (high - low) * share, low, high)
}

/// Away from the ends, where a number without bounds is infinite.
fn inside(p: f64) -> f64 {
    math::clamp(p, 1e-15, 1.0 - 1e-15)
}

fn triangular(low: f64, mode: f64, high: f64, p: f64) -> f64 {
    let width = high - low;
    if p * width < mode - low {
        low + (p * width * (mode - low)).sqrt()
    } else {
        high - ((1.0 - p) * width * (high - mode)).sqrt()
    }
}

/// By halving: the area of `statrs` is right to the last digits, its inverse is not everywhere.
fn beta_quantile(alpha: f64, beta: f64, p: f64) -> f64 {
    let Ok(distribution) = Beta::new(alpha, beta) else { return alpha / (alpha + beta) };
    if p <= 0.0 || p >= 1.0 {
        return p;
    }
    let (mut low, mut high) = (0.0, 1.0);
    // Halving the value itself near nothing, where a shape below 1 puts much of the weight.
    for _ in 0..200 {
        let middle = if high < 1e-3 && low == 0.0 { high * 1e-3 } else { 0.5 * (low + high) };
        if middle <= low || middle >= high {
            break;
        }
        *(if distribution.cdf(middle) < p { &mut low } else { &mut high }) = middle;
    }
    0.5 * (low + high)
}

fn weighted_quantile(ascending: &[(f64, f64)], p: f64) -> f64 {
    let total: f64 = ascending.iter().map(|(_, weight)| weight).sum();
    let mut left = p * total;
    let heavy = || ascending.iter().filter(|(_, weight)| *weight > 0.0);
    for &(value, weight) in heavy() {
        if left < weight {
            return value;
        }
        left -= weight;
    }
    heavy().next_back().map_or(0.0, |(value, _)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_beta_pert_and_triangular_are_those_of_scipy() {
        // SciPy 1.16, stats.beta.ppf and stats.triang.ppf.
        let cases = [
            (Uncertainty::Beta { alpha: 6.0, beta: 4.0 }, 1e-6, 0.048815706430957596),
            (Uncertainty::Beta { alpha: 6.0, beta: 4.0 }, 0.01, 0.2500264494493502),
            (Uncertainty::Beta { alpha: 6.0, beta: 4.0 }, 0.999, 0.9437941101922317),
            (Uncertainty::Beta { alpha: 0.5, beta: 4.0 }, 1e-6, 2.0897959183682215e-13),
            (Uncertainty::Beta { alpha: 0.5, beta: 4.0 }, 0.5, 0.058710801339783646),
            (Uncertainty::Pert { low: 0.1, mode: 0.7, high: 1.5 }, 0.01, 0.21275410055813732),
            (Uncertainty::Pert { low: 0.1, mode: 0.7, high: 1.5 }, 0.9, 1.0920217088781734),
            (Uncertainty::Triangular { low: 1.0, mode: 1.5, high: 3.0 }, 0.1, 1.316227766016838),
            (Uncertainty::Triangular { low: 1.0, mode: 1.5, high: 3.0 }, 0.9, 2.452277442494834),
        ];
        for (uncertainty, p, value) in cases {
            let found = quantile(&uncertainty, p);
            assert!((found / value - 1.0).abs() < 1e-9, "{uncertainty:?} at {p}: {found}, not {value}");
        }
    }

    #[test]
    fn every_form_rises_and_has_the_mean_of_its_distribution() {
        let forms = [
            (Uncertainty::Uniform { low: 1.0, high: 3.0 }, 2.0),
            (Uncertainty::Triangular { low: 0.0, mode: 1.0, high: 5.0 }, 2.0),
            (Uncertainty::Pert { low: 0.0, mode: 1.0, high: 5.0 }, 1.5),
            (Uncertainty::Normal { mean: 4.0, sd: 2.0 }, 4.0),
            (Uncertainty::LogNormal { median: 1.0, sigma: 0.5 }, 1.133_148_453),
            (Uncertainty::Beta { alpha: 2.0, beta: 6.0 }, 0.25),
            (Uncertainty::Discrete(vec![(3.0, 1.0), (1.0, 3.0), (9.0, 0.0)].into()), 1.5),
            (Uncertainty::Observed(vec![5.0, 1.0, 3.0].into()), 3.0),
        ];
        let n = 20_000;
        for (uncertainty, mean) in forms {
            let values: Vec<f64> =
                (0..n).map(|k| quantile(&uncertainty, (f64::from(k) + 0.5) / f64::from(n))).collect();
            assert!(values.is_sorted(), "{uncertainty:?}");
            let found = values.iter().sum::<f64>() / f64::from(n);
            assert!((found - mean).abs() < 2e-3 * mean, "{uncertainty:?}: {found}, not {mean}");
        }
    }

    #[test]
    fn quantiles_of_every_form_are_those_of_scipy() {
        for (form, u, expected) in [
            (Uncertainty::Uniform { low: 0.2, high: 0.4 }, 0.25, 0.25),
            // scipy.stats.triang(c=0.25, loc=0.1, scale=0.4).ppf
            (Uncertainty::Triangular { low: 0.1, mode: 0.2, high: 0.5 }, 0.1, 0.163_245_553_203_367_6),
            (Uncertainty::Triangular { low: 0.1, mode: 0.2, high: 0.5 }, 0.9, 0.390_455_488_498_966_8),
            // scipy.stats.beta(3, 3).ppf scaled to 0.3..0.9
            (Uncertainty::Pert { low: 0.3, mode: 0.6, high: 0.9 }, 0.1, 0.447_981_871_973_079_9),
            (Uncertainty::Beta { alpha: 6.0, beta: 4.0 }, 0.3, 0.522_438_859_662_071_5),
            (Uncertainty::Normal { mean: 1.0, sd: 2.0 }, 0.975, 4.919_927_969_080_108),
            (Uncertainty::LogNormal { median: 2.0, sigma: 0.3 }, 0.5, 2.0),
            (Uncertainty::Discrete(vec![(3.0, 1.0), (1.0, 3.0)].into()), 0.7, 1.0),
            (Uncertainty::Observed(vec![3.0, 1.0].into()), 0.7, 3.0),
        ] {
            assert!((quantile(&form, u) - expected).abs() < 1e-9, "{form:?}: {}", quantile(&form, u));
        }
    }

    #[test]
    fn the_ends_are_those_of_the_range_and_never_infinite() {
        for (form, low, high) in [
            (Uncertainty::Beta { alpha: 0.5, beta: 4.0 }, 0.0, 1.0),
            // 0.3 + (0.9 − 0.3) is more than 0.9.
            (Uncertainty::Uniform { low: 0.3, high: 0.9 }, 0.3, 0.9),
            (Uncertainty::Pert { low: 0.3, mode: 0.3, high: 0.9 }, 0.3, 0.9),
            (Uncertainty::Triangular { low: 1.0, mode: 1.0, high: 3.0 }, 1.0, 3.0),
        ] {
            assert_eq!((quantile(&form, 0.0), quantile(&form, 1.0)), (low, high), "{form:?}");
        }
        let normal = Uncertainty::Normal { mean: 0.0, sd: 1.0 };
        // SciPy: norm.ppf(1e-15) = -7.941345.
        assert!((quantile(&normal, 0.0) + 7.941_345).abs() < 1e-5 && quantile(&normal, 1.0).is_finite());
    }
}
