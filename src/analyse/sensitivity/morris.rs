//! Elementary effects: how much an outcome changes when one input steps and all others stay.
//!
//! Morris (1991), with the mean absolute effect of Campolongo, Cariboni and Saltelli (2007). Rows come in trajectories of k + 1: each row
//! differs from the one before in one input, and each input moves once.

use super::super::moments::Moments;
use super::super::wilson::Interval;
use super::resampling::Resampling;
use super::{Index, Influence};
use crate::model::math;

/// An input whose mean absolute effect may be less than this share of the greatest is not told from none.
const NEGLIGIBLE: f64 = 0.05;

/// The elementary effects of each input, one for each trajectory.
#[derive(Debug, Clone, PartialEq)]
pub struct Effects {
    /// By input.
    pub effects: Vec<Vec<f64>>,
    /// Trajectories left out because an output was missing.
    pub n_left_out: usize,
}

/// What the effects of one input come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// Mean effect, μ.
    pub mu: f64,
    /// Mean absolute effect, μ*.
    pub mu_star: f64,
    /// Standard deviation of the effects, σ.
    pub sigma: f64,
}

/// The effects found in the rows of a Morris design: inputs by column, scaled to 0–1.
///
/// ```
/// use partnersim::analyse::sensitivity::morris::effects;
/// // y = 3a − b over two trajectories
/// let (a, b) = ([0.0, 1.0, 1.0, 1.0, 1.0, 0.0], [0.0, 0.0, 1.0, 1.0, 0.0, 0.0]);
/// let found = effects(&[&a, &b], &[0.0, 3.0, 2.0, 2.0, 3.0, 0.0]).unwrap();
/// assert_eq!((found.summary(0).mu, found.summary(1).mu_star, found.summary(1).sigma), (3.0, 1.0, 0.0));
/// ```
///
/// # Errors
/// A sentence when the rows are no trajectories or too few.
pub fn effects(inputs: &[&[f64]], outcome: &[f64]) -> Result<Effects, String> {
    let (k, n) = (inputs.len(), outcome.len());
    if k == 0 || n == 0 || !n.is_multiple_of(k + 1) {
        return Err(format!(
            "{n} rows are no whole number of trajectories of {} rows, one more than there are inputs",
            k + 1
        ));
    }
    let mut found = Effects { effects: vec![Vec::new(); k], n_left_out: 0 };
    for start in (0..n).step_by(k + 1) {
        let trajectory = trajectory(inputs, outcome, start)?;
        if trajectory.iter().all(|effect| effect.is_finite()) {
            found.effects.iter_mut().zip(trajectory).for_each(|(effects, effect)| effects.push(effect));
        } else {
            found.n_left_out += 1;
        }
    }
    let complete = found.effects[0].len();
    if complete < 2 {
        return Err(format!("elementary effects need at least 2 complete trajectories; there are {complete}"));
    }
    Ok(found)
}

/// The effect of each input within the trajectory that begins at a row.
fn trajectory(inputs: &[&[f64]], outcome: &[f64], start: usize) -> Result<Vec<f64>, String> {
    let mut effects = vec![None; inputs.len()];
    for row in start + 1..=start + inputs.len() {
        let mut moving = (0..inputs.len()).filter(|&i| inputs[i][row] != inputs[i][row - 1]);
        let (moved, others) = (moving.next(), moving.count());
        match moved.filter(|&i| others == 0 && effects[i].is_none()) {
            Some(i) => effects[i] = Some((outcome[row] - outcome[row - 1]) / (inputs[i][row] - inputs[i][row - 1])),
            None => {
                return Err(format!(
                    "the rows are no trajectories of Morris' design: from row {row} to row {} not exactly one input changes that has not \
                     changed before in its trajectory",
                    row + 1
                ));
            }
        }
    }
    Ok(effects.into_iter().flatten().collect())
}

impl Effects {
    /// μ, μ* and σ of an input.
    pub fn summary(&self, input: usize) -> Summary {
        let effects = &self.effects[input];
        let sizes: Vec<f64> = effects.iter().map(|effect| effect.abs()).collect();
        let moments = Moments::of(effects);
        Summary { mu: moments.mean(), mu_star: Moments::of(&sizes).mean(), sigma: moments.sd() }
    }

    /// μ*, μ and σ of every input, with intervals from drawing trajectories again.
    pub fn influences(&self, resampling: &Resampling) -> Vec<Influence> {
        let n = self.effects[0].len();
        let counts: Vec<Vec<f64>> = (0..resampling.resamples).map(|resample| resampling.counts(resample, n)).collect();
        let summaries: Vec<Summary> = (0..self.effects.len()).map(|input| self.summary(input)).collect();
        let greatest = summaries.iter().map(|summary| summary.mu_star).fold(0.0, math::max);
        let mut influences = Vec::new();
        for (input, (summary, effects)) in summaries.iter().zip(&self.effects).enumerate() {
            let resampled: Vec<Summary> = counts.iter().map(|counts| weighted(effects, counts)).collect();
            let interval =
                |of: fn(&Summary) -> f64| resampling.interval(&resampled.iter().map(of).collect::<Vec<f64>>());
            let size = interval(|summary| summary.mu_star);
            let is_clear = if size.low.is_nan() { summary.mu_star } else { size.low } > NEGLIGIBLE * greatest;
            let mut add = |index, estimate, interval: Interval, is_clear| {
                influences.push(Influence { input, with: None, index, estimate, interval, is_clear });
            };
            let mean = interval(|summary| summary.mu);
            add(Index::MuStar, summary.mu_star, size, is_clear);
            add(Index::Mu, summary.mu, mean, is_clear && (mean.low > 0.0 || mean.high < 0.0));
            let spread = interval(|summary| summary.sigma);
            add(Index::Sigma, summary.sigma, spread, is_clear && spread.low > NEGLIGIBLE * greatest);
        }
        influences
    }
}

/// What the effects come to when each is taken as often as `counts` says.
fn weighted(effects: &[f64], counts: &[f64]) -> Summary {
    let n = effects.len() as f64;
    let mean = |of: &dyn Fn(f64) -> f64| {
        effects.iter().zip(counts).map(|(effect, count)| count * of(*effect)).sum::<f64>() / n
    };
    let mu = mean(&|effect| effect);
    let squares = mean(&|effect| (effect - mu) * (effect - mu));
    Summary { mu, mu_star: mean(&f64::abs), sigma: (squares * n / (n - 1.0)).sqrt() }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ishigami, slices};
    use super::*;

    const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

    fn columns(points: &[[f64; 3]]) -> Vec<Vec<f64>> {
        (0..3).map(|j| points.iter().map(|point| point[j]).collect()).collect()
    }

    /// A trajectory from a point on four levels: each input in turn steps by two thirds, up where it can.
    fn walk(from: [f64; 3], order: [usize; 3]) -> Vec<[f64; 3]> {
        let mut points = vec![from];
        for j in order {
            let mut next = points[points.len() - 1];
            next[j] += if next[j] < 0.5 { 2.0 / 3.0 } else { -2.0 / 3.0 };
            points.push(next);
        }
        points
    }

    #[test]
    fn all_trajectories_of_ishigami_give_its_exact_effects() {
        // Four levels, Δ = 2/3, unit-scaled: by hand from the function.
        let levels = [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0];
        let mut points = Vec::new();
        for start in 0..64 {
            let from = [levels[start / 16], levels[start / 4 % 4], levels[start % 4]];
            points.extend(ORDERS.into_iter().flat_map(|order| walk(from, order)));
        }
        let outcome: Vec<f64> = points.iter().map(|point| ishigami(point)).collect();
        let found = effects(&slices(&columns(&points)), &outcome).unwrap();
        for (input, mu_star) in [7.704_054, 7.875, 6.248_796].into_iter().enumerate() {
            assert!((found.summary(input).mu_star - mu_star).abs() < 1e-6, "{:?}", found.summary(input));
        }
    }

    #[test]
    fn effects_are_those_that_salib_prints_for_the_same_rows() {
        // SALib 1.6.0, morris.analyze with num_levels = 4.
        let mut points = Vec::new();
        for t in 0..20usize {
            let from = [0, 1, 2].map(|j| ((t * 5 + j * 3) % 2) as f64 / 3.0 + (t >> j & 1) as f64 * 2.0 / 3.0);
            points.extend(walk(from, ORDERS[t % 6]));
        }
        let outcome: Vec<f64> = points.iter().map(|point| ishigami(point)).collect();
        let found = effects(&slices(&columns(&points)), &outcome).unwrap();
        let expected = [
            (8.328_933_721_926_415, 8.328_933_721_926_415, 6.378_993_338_634_061),
            (0.0, 7.875, 8.079_579_522_670_587),
            (-6.873_675_713_666_428, 6.873_675_713_666_428, 6.378_993_338_634_062),
        ];
        for (input, (mu, mu_star, sigma)) in expected.into_iter().enumerate() {
            let summary = found.summary(input);
            assert!((summary.mu - mu).abs() < 1e-9, "{input} {summary:?}");
            assert!((summary.mu_star - mu_star).abs() < 1e-9, "{input} {summary:?}");
            assert!((summary.sigma - sigma).abs() < 1e-9, "{input} {summary:?}");
        }
        let size = found.influences(&Resampling::default())[0];
        // SALib's half width at the same confidence, from other draws: 2.757.
        assert!(size.is_clear && ((size.interval.high - size.interval.low) / 2.0 - 2.757).abs() < 0.3, "{size:?}");
    }

    #[test]
    fn rows_that_are_no_trajectories_and_gaps_are_told() {
        let points: Vec<[f64; 3]> = ORDERS.into_iter().flat_map(|order| walk([0.0; 3], order)).collect();
        let mut outcome: Vec<f64> = points.iter().map(|point| ishigami(point)).collect();
        let columns = columns(&points);
        outcome[5] = f64::NAN;
        assert_eq!(effects(&slices(&columns), &outcome).unwrap().n_left_out, 1);
        assert!(
            effects(&slices(&columns), &outcome[..23])
                .unwrap_err()
                .contains("no whole number of trajectories of 4 rows")
        );
        let (given, outcome) = super::super::tests::given();
        assert!(effects(&slices(&given[..3]), &outcome).unwrap_err().contains("from row 1 to row 2"));
    }
}
