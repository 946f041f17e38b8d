//! What it would be worth to know one input before choosing.
//!
//! The expected value of each policy given the input is found by regression over the worlds (Strong, Oakley and Brennan 2014), which
//! also averages the noise of the replications away: group means for an input of words or of few values, else a cubic spline with
//! three knots. A regression finds something in nothing; what it finds when the input is shuffled over the worlds is given beside.

use super::Payoffs;
use super::information::{Information, contrasts, gain};
use super::resample::{resample, shuffled};
use crate::analyse::moments::Moments;
use crate::analyse::quantile::quantile;

/// Up to so many different values an input is taken value by value.
const MOST_GROUPS: usize = 8;
/// Shuffles that say what chance alone finds.
const SHUFFLES: u64 = 100;
/// Resamples for the standard error.
const RESAMPLES: u64 = 100;

/// The values of an input in every world.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// Numbers; a world where it is NaN is left out.
    Numbers(Vec<f64>),
    /// Words, each by its number.
    Groups(Vec<usize>),
}

/// The expected value of knowing one input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Partial {
    /// The value.
    pub information: Information,
    /// What 95 of 100 shuffles of the input stay below: a value that is not greater may be chance.
    pub by_chance: f64,
}

impl Partial {
    /// Whether the value is more than chance would give.
    pub fn is_clear(&self) -> bool {
        self.information.value > self.by_chance
    }
}

/// The expected value of knowing `input`, given for every world of the table that `payoffs` was made from.
///
/// ```
/// use partnersim::analyse::choosing::{Payoffs, partial::{Input, partial}};
/// use partnersim::model::outcomes::Better;
/// // Whether policy 0 or 1 is better hangs on the input alone.
/// let worlds: Vec<Vec<f64>> = (0..40).map(|k| if k % 2 == 0 { vec![1.0, 0.0] } else { vec![0.0, 1.0] }).collect();
/// let input = Input::Groups((0..40).map(|k| k % 2).collect());
/// let found = partial(&Payoffs::new(Better::Higher, &worlds, &[]), &input, 1);
/// assert!((found.information.value - 0.5).abs() < 1e-12 && found.is_clear());
/// ```
pub fn partial(payoffs: &Payoffs, input: &Input, seed: u64) -> Partial {
    let (kept, input) = of_used(payoffs, input);
    let contrasts: Vec<Vec<f64>> =
        contrasts(payoffs).iter().map(|contrast| kept.iter().map(|&world| contrast[world]).collect()).collect();
    let n = kept.len();
    let as_they_are: Vec<usize> = (0..n).collect();
    let basis = basis(&input, &as_they_are);
    let value = gain_of_fit(&basis, &contrasts, &as_they_are);
    let mut chance: Vec<f64> = (0..SHUFFLES).map(|k| gain_of_fit(&basis, &contrasts, &shuffled(n, seed, k))).collect();
    chance.sort_by(f64::total_cmp);
    let resampled = |k| {
        let taken = resample(n, seed, k);
        gain_of_fit(&self::basis(&input, &taken), &contrasts, &taken)
    };
    let gains: Vec<f64> = (0..RESAMPLES).map(resampled).collect();
    let standard_error = if n < 2 { f64::NAN } else { Moments::of(&gains).sd() };
    Partial { information: Information { value, standard_error }, by_chance: quantile(&chance, 0.95) }
}

/// The worlds, by position among those that are used, in which the input is known; and its values there.
fn of_used(payoffs: &Payoffs, input: &Input) -> (Vec<usize>, Input) {
    let worlds = payoffs.worlds();
    let is_known = |world: usize| match input {
        Input::Numbers(numbers) => numbers[world].is_finite(),
        Input::Groups(_) => true,
    };
    let kept: Vec<usize> = (0..worlds.len()).filter(|&at| is_known(worlds[at])).collect();
    let values = match input {
        Input::Numbers(numbers) => of_few_values(kept.iter().map(|&at| numbers[worlds[at]]).collect()),
        Input::Groups(groups) => Input::Groups(kept.iter().map(|&at| groups[worlds[at]]).collect()),
    };
    (kept, values)
}

/// Numbers of which only few differ are groups.
fn of_few_values(numbers: Vec<f64>) -> Input {
    let mut different = numbers.clone();
    different.sort_by(f64::total_cmp);
    different.dedup();
    if different.len() > MOST_GROUPS {
        return Input::Numbers(numbers);
    }
    let group = |number: &f64| different.iter().position(|value| value == number).unwrap_or(0);
    Input::Groups(numbers.iter().map(group).collect())
}

/// Columns of functions of the input, one row for each of `taken`, orthonormal.
fn basis(input: &Input, taken: &[usize]) -> Vec<Vec<f64>> {
    let columns = match input {
        Input::Groups(groups) => {
            let n_groups = groups.iter().max().map_or(0, |most| most + 1);
            let of = |group| taken.iter().map(|&at| f64::from(u8::from(groups[at] == group))).collect();
            (0..n_groups).map(of).collect()
        }
        Input::Numbers(numbers) => spline(&taken.iter().map(|&at| numbers[at]).collect::<Vec<_>>()),
    };
    orthonormal(columns)
}

/// A cubic spline: powers up to the third, and what bends it at the quartiles; fewer where there are few worlds.
fn spline(numbers: &[f64]) -> Vec<Vec<f64>> {
    let moments = Moments::of(numbers);
    let scaled: Vec<f64> = numbers.iter().map(|number| (number - moments.mean()) / moments.sd()).collect();
    let mut ascending = scaled.clone();
    ascending.sort_by(f64::total_cmp);
    let cube = |x: f64| if x > 0.0 { x * x * x } else { 0.0 };
    let mut columns = vec![vec![1.0; scaled.len()], scaled.clone()];
    columns.push(scaled.iter().map(|x| x * x).collect());
    columns.push(scaled.iter().map(|x| x * x * x).collect());
    for p in [0.5, 0.25, 0.75] {
        let knot = quantile(&ascending, p);
        columns.push(scaled.iter().map(|x| cube(x - knot)).collect());
    }
    // Ten worlds a column, or the curve would follow single worlds.
    columns.truncate((scaled.len() / 10).max(2));
    columns
}

/// Gram and Schmidt, twice for its accuracy; columns that add nothing are left out.
fn orthonormal(columns: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let mut basis: Vec<Vec<f64>> = Vec::new();
    for mut column in columns {
        let before = product(&column, &column);
        for _ in 0..2 {
            for other in &basis {
                let share = product(&column, other);
                column.iter_mut().zip(other).for_each(|(value, other)| *value -= share * other);
            }
        }
        let left = product(&column, &column);
        if left > 1e-12 * before {
            let length = left.sqrt();
            column.iter_mut().for_each(|value| *value /= length);
            basis.push(column);
        }
    }
    basis
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The gain from knowing what the regression of the contrasts of the worlds `taken` on the basis says.
fn gain_of_fit(basis: &[Vec<f64>], contrasts: &[Vec<f64>], taken: &[usize]) -> f64 {
    let fit = |contrast: &Vec<f64>| {
        let values: Vec<f64> = taken.iter().map(|&at| contrast[at]).collect();
        let mut fitted = vec![0.0; taken.len()];
        for column in basis {
            let share = product(&values, column);
            fitted.iter_mut().zip(column).for_each(|(fitted, value)| *fitted += share * value);
        }
        fitted
    };
    let fitted: Vec<Vec<f64>> = contrasts.iter().map(fit).collect();
    gain(&fitted, 0..taken.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::{Draws, Purpose};
    use crate::model::outcomes::Better;

    fn normal(world: usize, j: usize) -> f64 {
        Draws::<1>::new(4, world as u64).normal(Purpose::Design, 0, 0, j).0[0]
    }

    /// Policy 1 gives `a x + b y` more than policy 0, with x and y standard normal.
    fn two(n: usize, a: f64, b: f64) -> (Payoffs, Input, Input) {
        let worlds: Vec<Vec<f64>> = (0..n).map(|k| vec![0.0, a * normal(k, 0) + b * normal(k, 1)]).collect();
        let input = |j| Input::Numbers((0..n).map(|k| normal(k, j)).collect());
        (Payoffs::new(Better::Higher, &worlds, &[]), input(0), input(2))
    }

    #[test]
    fn the_value_of_one_normal_input_is_the_known_one() {
        // Given x the difference has mean a x: the value is a φ(0) = 0.3989 a, whatever b is.
        let (payoffs, x, other) = two(20_000, 1.5, 2.0);
        let found = partial(&payoffs, &x, 1);
        assert!((found.information.value - 0.5984).abs() < 0.03, "{found:?}");
        assert!(found.is_clear());
        let nothing = partial(&payoffs, &other, 1);
        assert!(nothing.information.value < 0.02, "{nothing:?}");
    }

    #[test]
    fn a_threshold_is_found_where_a_straight_line_would_see_nothing() {
        // Policy 1 is better where x is far from 0 on either side: E max(0, x² − 1) = 2 φ(1) = 0.4839.
        let n = 5_000;
        let worlds: Vec<Vec<f64>> = (0..n).map(|k| vec![0.0, normal(k, 0) * normal(k, 0) - 1.0]).collect();
        let input = Input::Numbers((0..n).map(|k| normal(k, 0)).collect());
        let found = partial(&Payoffs::new(Better::Higher, &worlds, &[]), &input, 1);
        assert!((found.information.value - 0.4839).abs() < 0.03, "{found:?}");
    }

    #[test]
    fn an_input_that_decides_nothing_is_not_clear_in_most_samples() {
        let clear = (0..20).filter(|&start| {
            let worlds: Vec<Vec<f64>> = (0..60).map(|k| vec![0.0, normal(start * 100 + k, 0)]).collect();
            let input = Input::Numbers((0..60).map(|k| normal(start * 100 + k, 1)).collect());
            partial(&Payoffs::new(Better::Higher, &worlds, &[]), &input, 1).is_clear()
        });
        assert!(clear.count() <= 3);
    }

    #[test]
    fn worlds_where_the_input_is_not_known_are_left_out() {
        let worlds = vec![vec![1.0, 0.0], vec![0.0, 1.0], vec![5.0, 0.0]];
        let input = Input::Numbers(vec![0.0, 1.0, f64::NAN]);
        let found = partial(&Payoffs::new(Better::Higher, &worlds, &[]), &input, 1);
        assert!((found.information.value - 0.5).abs() < 1e-12);
    }
}
