//! Borgonovo's δ: which share of an outcome's distribution moves, on average, when an input becomes known.
//!
//! Borgonovo (2007), estimated from given data by Plischke, Borgonovo and Smith (2013): the rows are parted into classes of the input, the
//! density of the outcome within each is set beside that of all, and half the area between them is averaged. Densities are those of a Gaussian
//! kernel with Silverman's bandwidth on 100 points, as in SALib, so that the same rows give the same number; an outcome of a few values, where a
//! density says nothing, is compared value by value. The estimate is too great by nature; resampling tells by how much, and that is taken off.

use super::super::wilson::Interval;
use super::classes::{Classes, by_level, of_equal_size};
use super::rank::ascending;
use super::resampling::Resampling;
use super::{Index, Influence, UNKNOWN};
use crate::model::math;

/// Points at which densities are compared.
const GRID: usize = 100;

/// Most classes of an input.
const MOST_CLASSES: f64 = 48.0;

/// An outcome of at most so many values is compared value by value.
const FEW_VALUES: usize = 20;

/// A kernel is followed until it has fallen to this share of its height.
const VANISHING: f64 = 1e-25;

/// The fewest rows that can be parted.
const LEAST_ROWS: usize = 20;

/// δ of one input, as it is before resampling corrects it, and the share of the variance that the input explains alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Delta {
    /// Borgonovo's δ.
    pub delta: f64,
    /// First-order share of the variance.
    pub first: f64,
}

/// Where densities are compared.
enum Scale {
    /// On an even grid.
    Grid { low: f64, step: f64 },
    /// At each value there is, by the position of each row's.
    Values { of_row: Vec<usize>, n: usize },
}

/// δ and first-order share of an input, from the rows as they are.
///
/// ```
/// use partnersim::analyse::sensitivity::borgonovo::plain;
/// let x: Vec<f64> = (0..400).map(|k| f64::from(k * 151 % 400)).collect();
/// let y: Vec<f64> = x.iter().map(|x| f64::from(u8::from(*x >= 200.0))).collect();
/// // Known, x tells y: from half and half to certain, but in the middle one of five classes, which has both.
/// assert!((plain(&x, &y).delta - 0.4).abs() < 1e-12);
/// ```
pub fn plain(input: &[f64], outcome: &[f64]) -> Delta {
    estimate(outcome, &Scale::of(outcome), &classes(input), &vec![1.0; outcome.len()])
}

/// δ less what it is too great by, and the first-order share, with intervals from drawing rows again. δ is clear where it is greater than shuffled
/// rows would show.
///
/// # Errors
/// A sentence when there are too few rows or the outcome does not vary.
pub fn influences(input: &[f64], outcome: &[f64], resampling: &Resampling) -> Result<Vec<Influence>, String> {
    let n = outcome.len();
    if n < LEAST_ROWS {
        return Err(format!("δ needs at least {LEAST_ROWS} complete rows; there are {n}"));
    }
    if outcome.iter().all(|y| *y == outcome[0]) {
        return Err("the outcome is the same in every row, so nothing can move it".to_string());
    }
    let (scale, classes) = (Scale::of(outcome), classes(input));
    let ones = vec![1.0; n];
    let found = estimate(outcome, &scale, &classes, &ones);
    let again = |resample| estimate(outcome, &scale, &classes, &resampling.counts(resample, n));
    let resampled: Vec<Delta> = (0..resampling.resamples).map(again).collect();
    let all = counted(&ones);
    let density = scale.density(outcome, &all);
    let by_chance = |resample| {
        let shuffled = Classes { of_row: resampling.shuffled(resample, &classes.of_row), n: classes.n };
        within(outcome, &scale, &shuffled, &all, &density)
    };
    let by_chance: Vec<Delta> = (0..resampling.resamples).map(by_chance).collect();
    let (delta, delta_interval) =
        corrected(found.delta, &resampled.iter().map(|one| one.delta).collect::<Vec<_>>(), resampling);
    let (_, first_interval) =
        corrected(found.first, &resampled.iter().map(|one| one.first).collect::<Vec<_>>(), resampling);
    let exceeds = |value: f64, chance: fn(&Delta) -> f64| {
        let ceiling = resampling.ceiling(&by_chance.iter().map(chance).collect::<Vec<_>>());
        classes.n > 1 && (ceiling.is_nan() || value > ceiling)
    };
    let influence =
        |index, estimate, interval, is_clear| Influence { input: 0, with: None, index, estimate, interval, is_clear };
    Ok(vec![
        influence(Index::Delta, delta, delta_interval, exceeds(found.delta, |one| one.delta)),
        influence(Index::ClassFirst, found.first, first_interval, exceeds(found.first, |one| one.first)),
    ])
}

/// An estimate less its bias as resampling shows it, and the interval mirrored about it; both within 0 and 1.
fn corrected(estimate: f64, resampled: &[f64], resampling: &Resampling) -> (f64, Interval) {
    if resampled.len() < 2 {
        return (estimate, UNKNOWN);
    }
    let mean = resampled.iter().sum::<f64>() / resampled.len() as f64;
    let interval = resampling.interval(resampled);
    let mirrored = |bound: f64| math::unit(2.0 * estimate - bound);
    (mirrored(mean), Interval { low: mirrored(interval.high), high: mirrored(interval.low) })
}

/// As many classes as Plischke and others advise, or the input's levels where it has no more.
fn classes(input: &[f64]) -> Classes {
    let n = input.len() as f64;
    let exponent = 2.0 / (7.0 + libm::tanh((1500.0 - n) / 500.0));
    let number = math::min(libm::pow(n, exponent).ceil(), MOST_CLASSES) as usize;
    by_level(input, number).unwrap_or_else(|| of_equal_size(input, number))
}

/// δ and first-order share of rows that count as often as `counts` says.
fn estimate(outcome: &[f64], scale: &Scale, classes: &Classes, counts: &[f64]) -> Delta {
    let all = counted(counts);
    let density = scale.density(outcome, &all);
    within(outcome, scale, classes, &all, &density)
}

/// The rows that count, with how often.
fn counted(counts: &[f64]) -> Vec<(usize, f64)> {
    counts.iter().copied().enumerate().filter(|(_, count)| *count > 0.0).collect()
}

/// δ and first-order share, once the density of all rows is known.
fn within(outcome: &[f64], scale: &Scale, classes: &Classes, all: &[(usize, f64)], density: &[f64]) -> Delta {
    let mut by_class = vec![Vec::new(); classes.n];
    for &(row, count) in all {
        if let Some(class) = classes.of_row[row] {
            by_class[class].push((row, count));
        }
    }
    let (n, mean, squares) = moments(outcome, all);
    let (mut delta, mut between) = (0.0, 0.0);
    for rows in by_class.iter().filter(|rows| !rows.is_empty()) {
        let (of_class, class_mean, class_squares) = moments(outcome, rows);
        let is_point = class_squares == 0.0 && matches!(scale, Scale::Grid { .. });
        // A single value has nothing in common with a density.
        let moved = if is_point { 1.0 } else { scale.half_area_between(density, &scale.density(outcome, rows)) };
        delta += of_class / n * moved;
        between += of_class / n * (class_mean - mean) * (class_mean - mean);
    }
    Delta { delta, first: if squares > 0.0 { between / (squares / n) } else { f64::NAN } }
}

/// Number, mean and sum of squared distances of some rows, each with how often it counts.
fn moments(outcome: &[f64], rows: &[(usize, f64)]) -> (f64, f64, f64) {
    let n: f64 = rows.iter().map(|(_, count)| count).sum();
    let mean = rows.iter().map(|&(row, count)| count * outcome[row]).sum::<f64>() / n;
    let far = |row: usize| (outcome[row] - mean) * (outcome[row] - mean);
    // Equal values have no spread, whatever the rounding of their mean.
    let is_one = rows.iter().all(|&(row, _)| outcome[row] == outcome[rows[0].0]);
    (n, mean, if is_one { 0.0 } else { rows.iter().map(|&(row, count)| count * far(row)).sum() })
}

impl Scale {
    fn of(outcome: &[f64]) -> Scale {
        let order = ascending(outcome);
        let values: Vec<&[usize]> = order.chunk_by(|&a, &b| outcome[a] == outcome[b]).collect();
        if values.len() <= FEW_VALUES {
            let mut of_row = vec![0; outcome.len()];
            for (value, rows) in values.iter().enumerate() {
                rows.iter().for_each(|&row| of_row[row] = value);
            }
            return Scale::Values { of_row, n: values.len() };
        }
        let (low, high) = (outcome[order[0]], outcome[order[order.len() - 1]]);
        Scale::Grid { low, step: (high - low) / (GRID - 1) as f64 }
    }

    /// The density of some rows on this scale, or their shares.
    fn density(&self, outcome: &[f64], rows: &[(usize, f64)]) -> Vec<f64> {
        match self {
            Scale::Grid { low, step } => kernel_density(outcome, rows, *low, *step),
            Scale::Values { of_row, n } => {
                let size: f64 = rows.iter().map(|(_, count)| count).sum();
                let mut shares = vec![0.0; *n];
                rows.iter().for_each(|&(row, count)| shares[of_row[row]] += count / size);
                shares
            }
        }
    }

    /// Half the area between two densities, by trapezia; half the sum of the differences of shares.
    fn half_area_between(&self, a: &[f64], b: &[f64]) -> f64 {
        let apart: Vec<f64> = a.iter().zip(b).map(|(a, b)| (a - b).abs()).collect();
        match self {
            Scale::Grid { step, .. } => apart.windows(2).map(|pair| step * (pair[0] + pair[1]) / 4.0).sum(),
            Scale::Values { .. } => apart.iter().sum::<f64>() / 2.0,
        }
    }
}

/// A Gaussian kernel density with Silverman's bandwidth, (3n/4)^(−1/5) standard deviations, on an even grid.
fn kernel_density(outcome: &[f64], rows: &[(usize, f64)], low: f64, step: f64) -> Vec<f64> {
    let (n, _, squares) = moments(outcome, rows);
    let mut density = vec![0.0; GRID];
    let bandwidth = libm::pow(0.75 * n, -0.2) * (squares / (n - 1.0)).sqrt();
    if bandwidth.is_nan() || bandwidth <= 0.0 {
        return density;
    }
    let stride = step / bandwidth;
    let bend = math::exp(-stride * stride);
    for &(row, count) in rows {
        let place = ((outcome[row] - low) / step).round();
        let nearest = place as usize;
        let off = (low + place * step - outcome[row]) / bandwidth;
        let top = count * math::exp(-0.5 * off * off);
        // From point to point a Gaussian changes by a factor that itself changes by a fixed factor: no further exponentials.
        let mut value = top;
        let mut factor = math::exp(-off * stride - 0.5 * stride * stride);
        for cell in &mut density[nearest..] {
            *cell += value;
            value *= factor;
            factor *= bend;
            if value < VANISHING {
                break;
            }
        }
        factor = math::exp(off * stride - 0.5 * stride * stride);
        value = top * factor;
        for cell in density[..nearest].iter_mut().rev() {
            *cell += value;
            factor *= bend;
            value *= factor;
            if value < VANISHING {
                break;
            }
        }
    }
    let height = 1.0 / (n * bandwidth * (2.0 * std::f64::consts::PI).sqrt());
    density.iter_mut().for_each(|cell| *cell *= height);
    density
}

#[cfg(test)]
mod tests {
    use super::super::tests::given;
    use super::*;

    #[test]
    fn delta_and_first_order_are_those_that_salib_prints_for_the_same_rows() {
        // SALib 1.6.0, delta.calc_delta and delta.sobol_first, before resampling; M = 5 classes.
        let (inputs, outcome) = given();
        let expected = [
            (0.180_422_339_122_166_6, 0.276_804_044_823_163_1),
            (0.221_866_398_631_964_42, 0.257_618_308_925_885_05),
            (0.141_708_469_754_692_92, 0.000_974_054_844_857_931),
            (0.043_899_601_866_890_396, 0.000_265_533_123_670_365_9),
        ];
        for (input, (delta, first)) in inputs.iter().zip(expected) {
            let found = plain(input, &outcome);
            assert!((found.delta - delta).abs() < 1e-11, "{found:?} is not {delta}");
            assert!((found.first - first).abs() < 1e-11, "{found:?} is not {first}");
        }
    }

    #[test]
    fn resampling_takes_the_bias_off_and_tells_what_is_no_more_than_chance() {
        let (inputs, outcome) = given();
        let resampling = Resampling { resamples: 100, ..Resampling::default() };
        let none = influences(&inputs[3], &outcome, &resampling).unwrap();
        assert!(none[0].estimate < 0.03 && !none[0].is_clear && !none[1].is_clear, "{none:?}");
        let first = influences(&inputs[0], &outcome, &resampling).unwrap();
        assert!(
            first[0].is_clear
                && first[0].interval.low < first[0].estimate
                && first[0].estimate < first[0].interval.high
        );
        assert!(first[0].estimate < plain(&inputs[0], &outcome).delta);
    }

    #[test]
    fn levels_that_fix_the_outcome_move_all_but_the_share_of_their_own_value() {
        // Three levels, each its own value: knowing it moves 2/3 of the distribution.
        let x: Vec<f64> = (0..60).map(|k| f64::from(k % 3)).collect();
        let y: Vec<f64> = x.iter().map(|x| 10.0 * x).collect();
        let found = plain(&x, &y);
        assert!((found.delta - 2.0 / 3.0).abs() < 1e-12 && (found.first - 1.0).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn a_table_too_short_or_an_outcome_that_never_varies_is_refused() {
        let x: Vec<f64> = (0..30).map(f64::from).collect();
        assert!(influences(&x[..19], &x[..19], &Resampling::default()).unwrap_err().contains("at least 20"));
        assert!(influences(&x, &[1.0; 30], &Resampling::default()).unwrap_err().contains("the same in every row"));
    }
}
