//! Rank correlation: how far an outcome rises or falls with an input, whatever the shape of the curve.
//!
//! Spearman (1904) and Kendall (1938, τ-b of 1945 with ties), one input at a time; and, all inputs at a time, the standardised rank regression
//! and partial rank correlation of Iman and Conover (1979). Their intervals are those of Bonett and Wright (2000), Fieller, Hartley and
//! Pearson (1957), of the regression's t and of Fisher's z, so that large tables need no resampling.

use super::super::correlation::pearson;
use super::super::student::t_quantile;
use super::super::wilson::Interval;
use super::{Index, Influence, UNKNOWN};
use crate::model::math;

/// What is left unexplained of ranks that inputs determine, but for rounding.
const NOTHING: f64 = 1e-12;

/// Ranks from 1; equal values share the mean of theirs.
///
/// ```
/// use partnersim::analyse::sensitivity::rank::ranks;
/// assert_eq!(ranks(&[7.0, 3.0, 7.0, 1.0]), [3.5, 2.0, 3.5, 1.0]);
/// ```
pub fn ranks(values: &[f64]) -> Vec<f64> {
    // In the order of their bits numbers sort faster than through their positions; of equals it does not matter which comes first.
    let key = |value: f64| {
        let bits = value.to_bits();
        if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
    };
    let mut order: Vec<(u64, usize)> = values.iter().enumerate().map(|(place, &value)| (key(value), place)).collect();
    order.sort_unstable();
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    for equals in order.chunk_by(|a, b| values[a.1] == values[b.1]) {
        let shared = start as f64 + (equals.len() + 1) as f64 / 2.0;
        equals.iter().for_each(|&(_, place)| ranks[place] = shared);
        start += equals.len();
    }
    ranks
}

/// A column less its mean and of length one, so that the product of two such columns is their correlation.
pub fn of_length_one(mut column: Vec<f64>) -> Vec<f64> {
    let mean = column.iter().sum::<f64>() / column.len() as f64;
    column.iter_mut().for_each(|value| *value -= mean);
    let length = product(&column, &column).sqrt();
    column.iter_mut().for_each(|value| *value /= length);
    column
}

/// The sum of the products of two columns, in eight sums side by side: always in the same order, and quicker than in one.
pub fn product(a: &[f64], b: &[f64]) -> f64 {
    const SIDE_BY_SIDE: usize = 8;
    let mut sums = [0.0; SIDE_BY_SIDE];
    let (a, b) = (a.chunks_exact(SIDE_BY_SIDE), b.chunks_exact(SIDE_BY_SIDE));
    let rest: f64 = a.remainder().iter().zip(b.remainder()).map(|(x, y)| x * y).sum();
    for (a, b) in a.zip(b) {
        for ((sum, x), y) in sums.iter_mut().zip(a).zip(b) {
            *sum += x * y;
        }
    }
    sums.iter().sum::<f64>() + rest
}

/// Positions of the values in ascending order; of equals in their order.
pub(super) fn ascending(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    order
}

/// Spearman's correlation: that of the ranks.
///
/// ```
/// use partnersim::analyse::sensitivity::rank::spearman;
/// assert!((spearman(&[1.0, 2.0, 3.0, 4.0], &[1.0, 8.0, 27.0, 9.0]) - 0.8).abs() < 1e-12);
/// ```
pub fn spearman(a: &[f64], b: &[f64]) -> f64 {
    pearson(&ranks(a), &ranks(b))
}

/// Kendall's τ-b, by Knight's method (1966): in the time it takes to sort.
///
/// ```
/// use partnersim::analyse::sensitivity::rank::kendall;
/// assert!((kendall(&[1.0, 2.0, 3.0, 4.0], &[1.0, 2.0, 4.0, 3.0]) - 4.0 / 6.0).abs() < 1e-12);
/// ```
///
/// # Panics
/// When the columns differ in length.
pub fn kendall(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len(), "a correlation is of pairs");
    let mut order: Vec<usize> = (0..a.len()).collect();
    order.sort_by(|&i, &j| a[i].total_cmp(&a[j]).then(b[i].total_cmp(&b[j])));
    let all = n_pairs(a.len());
    let tied_a: f64 = order.chunk_by(|&i, &j| a[i] == a[j]).map(|equals| n_pairs(equals.len())).sum();
    let tied_both: f64 =
        order.chunk_by(|&i, &j| a[i] == a[j] && b[i] == b[j]).map(|equals| n_pairs(equals.len())).sum();
    let mut sequence: Vec<f64> = order.iter().map(|&i| b[i]).collect();
    let swaps = sort_counting_swaps(&mut sequence);
    let tied_b: f64 = sequence.chunk_by(|x, y| x == y).map(|equals| n_pairs(equals.len())).sum();
    (all - tied_a - tied_b + tied_both - 2.0 * swaps) / ((all - tied_a) * (all - tied_b)).sqrt()
}

fn n_pairs(n: usize) -> f64 {
    n as f64 * (n as f64 - 1.0) / 2.0
}

/// Merges sorted stretches of doubling length; the number of pairs that stood in the wrong order.
fn sort_counting_swaps(values: &mut Vec<f64>) -> f64 {
    let n = values.len();
    let (mut swaps, mut length) = (0.0, 1);
    while length < n {
        let mut merged = Vec::with_capacity(n);
        for start in (0..n).step_by(2 * length) {
            let (middle, end) = ((start + length).min(n), (start + 2 * length).min(n));
            let (mut left, mut right) = (start, middle);
            while left < middle || right < end {
                if right == end || (left < middle && values[left] <= values[right]) {
                    merged.push(values[left]);
                    left += 1;
                } else {
                    swaps += (middle - left) as f64;
                    merged.push(values[right]);
                    right += 1;
                }
            }
        }
        *values = merged;
        length *= 2;
    }
    swaps
}

/// What all inputs together say of the ranks of an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Regression {
    /// Standardised coefficients, by input.
    pub coefficients: Vec<f64>,
    /// Their standard errors.
    pub standard_errors: Vec<f64>,
    /// Partial correlations, by input.
    pub partial: Vec<f64>,
    /// Share of the variance of the outcome's ranks that is explained.
    pub explained: f64,
}

/// The regression of the ranks of an outcome on those of the inputs, given as ranks; `None` where inputs determine one another.
pub fn regression(inputs: &[Vec<f64>], outcome: &[f64]) -> Option<Regression> {
    let with_outcome: Vec<f64> = inputs.iter().map(|input| pearson(input, outcome)).collect();
    Some(Together::new(inputs)?.regression(&with_outcome, outcome.len()))
}

/// How inputs go together, for the regressions of many outcomes on them.
#[derive(Debug, Clone)]
pub struct Together {
    /// The inverse of their correlations.
    inverse: Vec<Vec<f64>>,
}

impl Together {
    /// Of inputs given as ranks; `None` where they determine one another.
    pub fn new(inputs: &[Vec<f64>]) -> Option<Together> {
        Together::by(inputs, &|a, b| pearson(a, b))
    }

    /// Of inputs given as ranks, each less its mean and of length one.
    pub fn of_length_one(inputs: &[Vec<f64>]) -> Option<Together> {
        Together::by(inputs, &|a, b| product(a, b))
    }

    fn by(inputs: &[Vec<f64>], correlation: &dyn Fn(&[f64], &[f64]) -> f64) -> Option<Together> {
        let mut correlations = vec![vec![1.0; inputs.len()]; inputs.len()];
        for (i, a) in inputs.iter().enumerate() {
            for (j, b) in inputs.iter().enumerate().skip(i) {
                let correlation = correlation(a, b);
                (correlations[i][j], correlations[j][i]) = (correlation, correlation);
            }
        }
        inverse(correlations).map(|inverse| Together { inverse })
    }

    /// The regression of an outcome whose ranks, of `n` rows, correlate with those of the inputs so.
    pub fn regression(&self, with_outcome: &[f64], n: usize) -> Regression {
        let inverse = &self.inverse;
        let k = inverse.len();
        let product = |row: &Vec<f64>| row.iter().zip(with_outcome).map(|(a, b)| a * b).sum::<f64>();
        let coefficients: Vec<f64> = inverse.iter().map(product).collect();
        let explained = coefficients.iter().zip(with_outcome).map(|(a, b)| a * b).sum::<f64>();
        let left = if 1.0 - explained > NOTHING { 1.0 - explained } else { 0.0 };
        let degrees = n as f64 - k as f64 - 1.0;
        let standard_errors = (0..k).map(|i| (left * inverse[i][i] / degrees).sqrt()).collect();
        let partial = (0..k).map(|i| {
            let coefficient = if coefficients[i].abs() < 1e-9 { 0.0 } else { coefficients[i] };
            let length = (coefficient * coefficient + left * inverse[i][i]).sqrt();
            if length > 0.0 { coefficient / length } else { 0.0 }
        });
        Regression { partial: partial.collect(), standard_errors, explained, coefficients }
    }
}

/// The interval of Spearman's correlation of `n` rows (Bonett and Wright 2000).
pub fn correlation_interval(rho: f64, n: usize, confidence: f64) -> Interval {
    let z = math::normal_quantile(0.5 + confidence / 2.0);
    fisher(rho, z * ((1.0 + rho * rho / 2.0) / (n as f64 - 3.0)).sqrt())
}

/// The interval of a partial rank correlation of `n` rows with one of `k` inputs, the others held (Fisher's z).
pub fn partial_interval(partial: f64, n: usize, k: usize, confidence: f64) -> Interval {
    let z = math::normal_quantile(0.5 + confidence / 2.0);
    fisher(partial, z / (n as f64 - 3.0 - (k as f64 - 1.0)).sqrt())
}

/// The inverse of a matrix of correlations, by Gauss and Jordan; `None` when it has none to speak of.
fn inverse(mut matrix: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let n = matrix.len();
    for (i, row) in matrix.iter_mut().enumerate() {
        row.extend((0..n).map(|j| if i == j { 1.0 } else { 0.0 }));
    }
    for step in 0..n {
        let pivot = (step..n).max_by(|&i, &j| matrix[i][step].abs().total_cmp(&matrix[j][step].abs()))?;
        matrix.swap(step, pivot);
        let lead = matrix[step][step];
        if lead.is_nan() || lead.abs() < 1e-10 {
            return None;
        }
        matrix[step].iter_mut().for_each(|cell| *cell /= lead);
        let done = matrix[step].clone();
        for (_, row) in matrix.iter_mut().enumerate().filter(|(i, _)| *i != step) {
            let factor = row[step];
            row.iter_mut().zip(&done).for_each(|(cell, lead)| *cell -= factor * lead);
        }
    }
    Some(matrix.into_iter().map(|row| row[n..].to_vec()).collect())
}

/// The correlations of every input with an outcome, with intervals at a confidence.
///
/// # Errors
/// A sentence when there are too few rows.
pub fn influences(inputs: &[&[f64]], outcome: &[f64], confidence: f64) -> Result<Vec<Influence>, String> {
    let (n, k) = (outcome.len(), inputs.len());
    if n < k + 5 {
        return Err(format!("rank correlation of {k} inputs needs at least {} complete rows; there are {n}", k + 5));
    }
    let outcome_ranks = ranks(outcome);
    let input_ranks: Vec<Vec<f64>> = inputs.iter().map(|input| ranks(input)).collect();
    let z = math::normal_quantile(0.5 + confidence / 2.0);
    let size = n as f64;
    let mut found = Vec::new();
    let mut add = |input, index, estimate: f64, interval: Interval| {
        let is_clear = interval.low > 0.0 || interval.high < 0.0;
        found.push(Influence { input, with: None, index, estimate, interval, is_clear });
    };
    for (input, column) in inputs.iter().enumerate() {
        let rho = pearson(&input_ranks[input], &outcome_ranks);
        add(input, Index::Spearman, rho, correlation_interval(rho, n, confidence));
        let tau = kendall(column, outcome);
        add(input, Index::Kendall, tau, fisher(tau, z * (0.437 / (size - 4.0)).sqrt()));
    }
    // What does not vary has no part in a regression.
    let varying: Vec<usize> = (0..k).filter(|&i| inputs[i].iter().any(|x| *x != inputs[i][0])).collect();
    let regressed: Vec<usize> = varying.iter().copied().filter(|&i| leader(i, &varying, &input_ranks).0 == i).collect();
    let regressors: Vec<Vec<f64>> = regressed.iter().map(|&i| input_ranks[i].clone()).collect();
    let Some(regression) = regression(&regressors, &outcome_ranks) else { return Ok(found) };
    let t = t_quantile(0.5 + confidence / 2.0, size - regressed.len() as f64 - 1.0);
    for &input in &varying {
        let (first, sign) = leader(input, &varying, &input_ranks);
        let Some(place) = regressed.iter().position(|&one| one == first) else { continue };
        let (value, error) = (sign * regression.coefficients[place], regression.standard_errors[place]);
        add(input, Index::RankRegression, value, Interval { low: value - t * error, high: value + t * error });
        let partial = sign * regression.partial[place];
        add(input, Index::PartialRank, partial, partial_interval(partial, n, regressed.len(), confidence));
    }
    Ok(found)
}

/// The first input whose ranks are those of this one or their mirror image, and 1 or -1: two shares of one sum are, and ranks cannot tell them apart.
fn leader(input: usize, among: &[usize], ranks: &[Vec<f64>]) -> (usize, f64) {
    let alike = |&other: &usize| {
        let correlation = pearson(&ranks[input], &ranks[other]);
        (correlation.abs() >= 1.0 - NOTHING).then_some((other, if correlation < 0.0 { -1.0 } else { 1.0 }))
    };
    among.iter().find_map(alike).unwrap_or((input, 1.0))
}

/// The interval of a correlation that is symmetric on Fisher's scale.
fn fisher(correlation: f64, half: f64) -> Interval {
    if correlation.is_nan() {
        return UNKNOWN;
    }
    if correlation.abs() >= 1.0 - NOTHING {
        return Interval { low: correlation, high: correlation };
    }
    let centre = libm::atanh(correlation);
    Interval { low: libm::tanh(centre - half), high: libm::tanh(centre + half) }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{given, slices};
    use super::*;
    use crate::model::draws::{Draws, Purpose};

    #[test]
    fn two_shares_of_one_sum_have_the_same_influence_with_opposite_signs() {
        let (inputs, outcome) = given();
        let rest: Vec<f64> = inputs[0].iter().map(|x| 1.0 - x).collect();
        let of = |inputs: &[&[f64]]| influences(inputs, &outcome, 0.95).unwrap();
        let value = |found: &[Influence], input, index| {
            found.iter().find(|one| one.input == input && one.index == index).unwrap().estimate
        };
        let (both, alone) = (of(&[&inputs[0], &rest, &inputs[1]]), of(&[&inputs[0], &inputs[1]]));
        for index in [Index::PartialRank, Index::RankRegression] {
            close(value(&both, 0, index), value(&alone, 0, index));
            close(value(&both, 1, index), -value(&alone, 0, index));
            close(value(&both, 2, index), value(&alone, 1, index));
        }
    }

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-11, "{found} is not {expected}");
    }

    #[test]
    fn correlations_are_those_that_scipy_prints_for_the_same_columns() {
        // SciPy 1.17.1, spearmanr and kendalltau; NumPy 2.4.6, lstsq and inv on the ranks.
        let (inputs, outcome) = given();
        let expected = [
            (0.445_363_445_453_781_8, 0.296_785_571_142_284_54, 0.445_677_294_679_304_6, 0.445_760_857_208_703_7),
            (
                -0.008_481_153_924_615_696,
                -0.005_995_991_983_967_935,
                -0.020_540_475_710_478_86,
                -0.022_932_991_047_063_676,
            ),
            (
                -0.030_421_945_687_782_746,
                -0.019_190_380_761_523_042,
                -0.027_807_054_701_814_9,
                -0.031_050_769_226_824_596,
            ),
            (
                -0.006_883_227_532_910_130_5,
                -0.004_472_945_891_783_566,
                -0.005_612_163_298_672_653,
                -0.006_270_323_127_089_765,
            ),
        ];
        let found = influences(&slices(&inputs), &outcome, 0.95).unwrap();
        let value = |input, index| found.iter().find(|one| one.input == input && one.index == index).unwrap().estimate;
        for (input, (rho, tau, coefficient, partial)) in expected.into_iter().enumerate() {
            close(value(input, Index::Spearman), rho);
            close(value(input, Index::Kendall), tau);
            close(value(input, Index::RankRegression), coefficient);
            close(value(input, Index::PartialRank), partial);
        }
        let clear: Vec<usize> = found.iter().filter(|one| one.is_clear).map(|one| one.input).collect();
        assert_eq!(clear, [0; 4], "only the first input has a direction, and by all four indices");
    }

    #[test]
    fn ties_share_their_ranks() {
        // SciPy 1.17.1.
        let a = [1.0, 2.0, 2.0, 3.0, 4.0, 4.0, 4.0, 5.0, 6.0, 7.0];
        let b = [2.0, 1.0, 3.0, 3.0, 5.0, 4.0, 4.0, 6.0, 6.0, 6.0];
        assert_eq!(ranks(&b), [2.0, 1.0, 3.5, 3.5, 7.0, 5.5, 5.5, 9.0, 9.0, 9.0]);
        close(spearman(&a, &b), 0.949_847_927_252_389_3);
        close(kendall(&a, &b), 0.864_263_397_068_390_8);
    }

    #[test]
    fn a_gaussian_copula_has_its_exact_rank_correlations() {
        // ρ = .5: Spearman (6/π)·asin(ρ/2) = .482584, Kendall (2/π)·asin(ρ) = 1/3.
        let n = 40_000;
        let (a, b): (Vec<f64>, Vec<f64>) = (0..n)
            .map(|r| {
                let normal = |i| math::normal_quantile(Draws::<1>::new(1, r).uniform(Purpose::Design, 0, i, 0)[0]);
                let x = normal(0);
                (x, 0.5 * x + 0.75f64.sqrt() * normal(1))
            })
            .unzip();
        // Four standard errors, from the variances of the two under this copula, both below 1/n.
        let error = 4.0 / (n as f64).sqrt();
        assert!((spearman(&a, &b) - 0.482_584).abs() < error);
        assert!((kendall(&a, &b) - 1.0 / 3.0).abs() < error);
        let found = influences(&[&a], &b, 0.9999).unwrap();
        assert!(found[0].interval.low < 0.482_584 && found[0].interval.high > 0.482_584);
        assert!(found[1].interval.low < 1.0 / 3.0 && found[1].interval.high > 1.0 / 3.0);
    }

    #[test]
    fn the_interval_of_spearman_is_that_of_bonett_and_wright() {
        // ρ = .5, n = 50 by hand: z ± 1.96·√(1.125/47) with atanh(.5) = .549306.
        let interval = fisher(0.5, 1.959_964 * (1.125f64 / 47.0).sqrt());
        assert!((interval.low - 0.241_1).abs() < 5e-4 && (interval.high - 0.692_6).abs() < 5e-4, "{interval:?}");
    }

    #[test]
    fn an_outcome_that_one_input_determines_leaves_nothing_to_the_other() {
        let (a, b): (Vec<f64>, Vec<f64>) = (0..30).map(|i| (f64::from(i * 7 % 30), f64::from(i * 11 % 30))).unzip();
        let y: Vec<f64> = a.iter().map(|x| x * x * x).collect();
        let found = regression(&[ranks(&a), ranks(&b)], &ranks(&y)).unwrap();
        assert!((found.coefficients[0] - 1.0).abs() < 1e-12 && found.partial[0] == 1.0 && found.partial[1] == 0.0);
        assert!((found.explained - 1.0).abs() < 1e-12);
    }

    #[test]
    fn inputs_that_determine_one_another_have_no_regression_and_few_rows_are_refused() {
        let a: Vec<f64> = (0..30).map(f64::from).collect();
        assert_eq!(regression(&[a.clone(), a.clone()], &ranks(&a)), None);
        // Of the same twice both are told, with the same four indices.
        let twice = influences(&[&a, &a], &a, 0.95).unwrap();
        assert_eq!(twice.len(), 8);
        assert!(twice.iter().all(|one| (one.estimate - 1.0).abs() < 1e-9), "{twice:?}");
        assert!(influences(&[&a[..5]], &a[..5], 0.95).unwrap_err().contains("at least 6"));
    }
}
