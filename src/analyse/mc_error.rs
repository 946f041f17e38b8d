//! Monte Carlo standard errors: how far a result would typically move with other draws.
//!
//! The formulas are those of Koehler, Brown and Haneuse, "On the assessment of Monte Carlo error in simulation-based statistical
//! analyses", *The American Statistician* 63 (2009) 155–162, and of table 6 of Morris, White and Crowther, "Using simulation studies to
//! evaluate statistical methods", *Statistics in Medicine* 38 (2019) 2074–2102; that of a mean is [`Moments::mc_standard_error`]. The
//! standard deviation departs from them: theirs holds for normal numbers, and outcomes are often skewed.

use super::moments::Moments;
use super::order_statistic::quantile_interval;
use super::student::beta_below;
use crate::model::math;

/// Up to so many values the error of a quantile is that of Maritz and Jarrett; beyond it the interval of the quantile tells as much.
const MOST_WEIGHED: usize = 65_536;

/// Of a share counted in `n` replications.
///
/// ```
/// use partnersim::analyse::mc_error;
/// // A coverage of 95 % is known to 0.7 percentage points after 1,000 repetitions (Morris, White and Crowther 2019, section 5.3).
/// assert!((mc_error::share(0.95, 1000) - 0.0069).abs() < 5e-5);
/// ```
pub fn share(share: f64, n: u64) -> f64 {
    (share * (1.0 - share) / n as f64).sqrt()
}

/// Of the standard deviation of a quantity, by its fourth moment: √((m₄ − m₂²) / (4 m₂ n)). NaN of fewer than two values, 0 where they do
/// not vary. Of yes and no it vanishes at one half, where the deviation is as large as it can be and moves only downwards.
///
/// ```
/// use partnersim::analyse::mc_error;
/// assert!((mc_error::standard_deviation(&[1.0, 2.0, 3.0, 4.0, 5.0]) - 0.26458).abs() < 1e-5);
/// ```
pub fn standard_deviation(values: &[f64]) -> f64 {
    standard_deviation_of(values.iter().map(|&value| (value, 1)))
}

/// As [`standard_deviation`], of values each with how often it occurs.
pub(crate) fn standard_deviation_of(counted: impl Iterator<Item = (f64, u64)> + Clone) -> f64 {
    let n: u64 = counted.clone().map(|(_, count)| count).sum();
    if n < 2 {
        return f64::NAN;
    }
    let mean_of = |term: &dyn Fn(f64) -> f64| {
        counted.clone().map(|(value, count)| term(value) * count as f64).sum::<f64>() / n as f64
    };
    let mean = mean_of(&|value| value);
    let square = |value: f64| (value - mean) * (value - mean);
    let second = mean_of(&square);
    let fourth = mean_of(&|value| square(value) * square(value));
    if second > 0.0 { ((fourth - second * second).max(0.0) / (4.0 * second * n as f64)).sqrt() } else { 0.0 }
}

/// Of the difference between the means of two independent samples. Of a paired difference it is that of the mean of the differences.
///
/// ```
/// use partnersim::analyse::{mc_error, moments::Moments};
/// let three = Moments::of(&[-3.0, 0.0, 3.0]); // standard error √3
/// assert!((mc_error::difference(&three, &three) - 6.0_f64.sqrt()).abs() < 1e-12);
/// ```
pub fn difference(first: &Moments, second: &Moments) -> f64 {
    let (first, second) = (first.mc_standard_error(), second.mc_standard_error());
    (first * first + second * second).sqrt()
}

/// Of quantile `p` of values in ascending order, by the estimator of Maritz and Jarrett (1978): the spread that the order statistic would
/// have were the sample drawn again from itself, which is known exactly without drawing (Hutson and Ernst 2000).
///
/// ```
/// use partnersim::analyse::mc_error;
/// // The middle of three values drawn again from 1, 2 and 4 is 1, 2 or 4 with probabilities 7, 13 and 7 of 27.
/// let by_hand = (171.0_f64 / 27.0 - (61.0_f64 / 27.0) * (61.0 / 27.0)).sqrt();
/// assert!((mc_error::quantile(&[1.0, 2.0, 4.0], 0.5) - by_hand).abs() < 1e-12);
/// ```
pub fn quantile(ascending: &[f64], p: f64) -> f64 {
    let n = ascending.len();
    match n {
        0 | 1 => f64::NAN,
        2..=MOST_WEIGHED => weighed(ascending, p),
        _ => {
            let interval = quantile_interval(ascending, p, 0.95);
            (interval.high - interval.low) / (2.0 * math::normal_quantile(0.975))
        }
    }
}

/// Of quantile `p` of `n` values of which `at` gives the quantile at any share, where they are not at hand one by one or are too many: the
/// distance between the two that its rank reaches, in standard errors of that rank (Woodruff 1952). It reaches out by 1.96 of these, or by as
/// many as there is room for; NaN where that is less than one.
///
/// ```
/// use partnersim::analyse::mc_error;
/// // Of even numbers from 0 to 1 a quantile moves as its rank does.
/// let error = mc_error::quantile_by_rank(0.05, 400, |share| share);
/// assert!((error - (0.05_f64 * 0.95 / 400.0).sqrt()).abs() < 1e-12);
/// assert!(mc_error::quantile_by_rank(0.05, 10, |share| share).is_nan());
/// ```
pub fn quantile_by_rank(p: f64, n: u64, at: impl Fn(f64) -> f64) -> f64 {
    let of_rank = (p * (1.0 - p) / n as f64).sqrt();
    let room = math::min(p, 1.0 - p) / of_rank;
    if n < 2 || room.is_nan() || room < 1.0 {
        return f64::NAN;
    }
    let reach = math::min(math::normal_quantile(0.975), room);
    (at(p + reach * of_rank) - at(p - reach * of_rank)) / (2.0 * reach)
}

fn weighed(ascending: &[f64], p: f64) -> f64 {
    let n = ascending.len() as f64;
    let rank = (n - 1.0) * p + 1.0;
    // Further away than ten standard deviations no value has any weight.
    let reach = 10.0 * (n * p * (1.0 - p) + 1.0).sqrt();
    let from = (rank - reach).max(0.0) as usize;
    let to = ((rank + reach) as usize).min(ascending.len());
    let near = &ascending[from..to];
    let mut below = 0.0;
    let weights = (from..to).map(|k| {
        let up_to = beta_below((k + 1) as f64 / n, rank, n - rank + 1.0);
        let weight = up_to - below;
        below = up_to;
        weight
    });
    let weights: Vec<f64> = weights.collect();
    let mean: f64 = near.iter().zip(&weights).map(|(value, weight)| weight * value).sum();
    let square: f64 = near.iter().zip(&weights).map(|(value, weight)| weight * (value - mean) * (value - mean)).sum();
    square.max(0.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::{Draws, Purpose};

    /// Wilcox, *Introduction to Robust Estimation and Hypothesis Testing*, table 3.2: self-awareness.
    const SELF_AWARENESS: [f64; 19] = [
        77.0, 87.0, 88.0, 114.0, 151.0, 210.0, 219.0, 246.0, 253.0, 262.0, 296.0, 299.0, 306.0, 376.0, 428.0, 515.0,
        666.0, 1310.0, 2611.0,
    ];

    #[test]
    fn the_error_of_a_quantile_is_that_of_its_beta_weights() {
        // Weights from scipy.stats.beta(h, n - h + 1), h = (n - 1)p + 1.
        for (p, error) in [(0.25, 56.192_790), (0.5, 41.930_679), (0.75, 181.992_414)] {
            assert!((quantile(&SELF_AWARENESS, p) - error).abs() < 1e-5, "{p}");
        }
    }

    /// Errors as they are from sample to sample, of 2,000 samples of 200 squared normal numbers, which are skewed.
    fn spread_of(statistic: impl Fn(&[f64]) -> f64) -> (f64, Vec<Vec<f64>>) {
        let sample = |sample| {
            let draws = Draws::<1>::new(11, sample);
            let mut values: Vec<f64> = (0..200)
                .map(|k| {
                    let normal = math::normal_quantile(draws.uniform(Purpose::Resampling, 0, k, 0)[0]);
                    normal * normal
                })
                .collect();
            values.sort_unstable_by(f64::total_cmp);
            values
        };
        let samples: Vec<Vec<f64>> = (0..2_000).map(sample).collect();
        let found: Vec<f64> = samples.iter().map(|sample| statistic(sample)).collect();
        (Moments::of(&found).sd(), samples)
    }

    #[test]
    fn errors_of_sd_and_median_are_the_spread_from_sample_to_sample() {
        let (true_error, samples) = spread_of(|sample| Moments::of(sample).sd());
        let told = samples.iter().map(|sample| standard_deviation(sample)).sum::<f64>() / 2_000.0;
        // The fourth moment of so skewed a sample is underestimated a little; the normal formula says half.
        assert!((0.8..1.05).contains(&(told / true_error)), "{told} for {true_error}");
        let normal_formula = (2.0_f64).sqrt() / (2.0 * 199.0_f64).sqrt();
        assert!(normal_formula < 0.5 * true_error);
        let (true_error, samples) = spread_of(|sample| crate::analyse::quantile::quantile(sample, 0.5));
        let told = samples.iter().map(|sample| quantile(sample, 0.5)).sum::<f64>() / 2_000.0;
        assert!((0.95..1.1).contains(&(told / true_error)), "{told} for {true_error}");
    }

    #[test]
    fn the_two_ways_to_the_error_of_a_quantile_agree_where_they_meet() {
        let values: Vec<f64> = (0..=MOST_WEIGHED).map(|k| (k as f64).sqrt()).collect();
        let (many, fewer) = (quantile(&values, 0.3), quantile(&values[..MOST_WEIGHED], 0.3));
        assert!((many / fewer - 1.0).abs() < 0.02, "{many} {fewer}");
    }

    #[test]
    fn the_error_by_ranks_is_the_spread_from_sample_to_sample_also_near_an_end() {
        let at = |sample: &[f64], p: f64| crate::analyse::quantile::quantile(sample, p);
        // Near an end the density of these changes within the reach of the ranks, which costs a fifth of the error.
        for p in [0.02, 0.5, 0.9] {
            let (true_error, samples) = spread_of(|sample| at(sample, p));
            let told =
                samples.iter().map(|sample| quantile_by_rank(p, 200, |share| at(sample, share))).sum::<f64>() / 2_000.0;
            assert!((0.75..1.25).contains(&(told / true_error)), "{p}: {told} for {true_error}");
        }
        assert!(quantile_by_rank(0.5, 1, |share| share).is_nan() && quantile_by_rank(1.0, 50, |share| share).is_nan());
    }

    #[test]
    fn what_does_not_vary_has_no_error_and_one_value_an_unknown_one() {
        assert_eq!((quantile(&[2.0; 9], 0.5), standard_deviation(&[2.0; 9])), (0.0, 0.0));
        assert!(quantile(&[2.0], 0.5).is_nan() && standard_deviation(&[2.0]).is_nan());
    }
}
