//! Approximate Bayesian computation: which parameters make the simulation look like what was observed.
//!
//! Population Monte Carlo with tolerances that adapt (Beaumont, Cornuet, Marin and Robert 2009, in the form of Lenormand, Jabot
//! and Deffuant 2013): each generation tries as many new particles as there are kept ones, drawn around the kept ones; of all
//! together the nearer half is kept, and the farthest of these sets the tolerance. A new particle weighs what its prior density
//! is of the density with which it was proposed. A generation has a fixed size, so nothing depends on the order in which
//! particles are simulated.
//!
//! Particles stand in *normal scores*: each parameter is the quantile of its prior at Φ(score). The prior is then standard
//! normal whatever its form, kernels meet no walls, and an adjusted particle stays within its prior.

use super::moments::Moments;
use crate::model::draws::{Draws, Purpose};
use crate::model::math;
use rand::Rng;

/// A particle to be simulated.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// Its number, counted from 0 through all generations: the address of all that is drawn for it.
    pub number: u64,
    /// Its place in normal scores.
    pub scores: Vec<f64>,
}

/// A particle that was simulated.
#[derive(Debug, Clone, PartialEq)]
pub struct Particle {
    /// Number of its trial.
    pub number: u64,
    /// Its place in normal scores.
    pub scores: Vec<f64>,
    /// What its simulation gave, in the order of what was observed.
    pub simulated: Vec<f64>,
    /// How far that is from what was observed.
    pub distance: f64,
    /// Its weight, not scaled.
    pub weight: f64,
}

/// One generation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Generation {
    /// Particles tried so far, this generation included.
    pub trials: u64,
    /// The distance within which all kept particles lie.
    pub tolerance: f64,
    /// Share of the new particles that lie within the tolerance before; 1 in the first generation.
    pub acceptance: f64,
    /// Particles of equal weight that the kept ones are worth.
    pub effective_size: f64,
}

/// The search: give it simulations of its proposals, generation after generation.
///
/// ```
/// use partnersim::analyse::abc::Search;
/// // One parameter, which is also what is observed: it was 0.5.
/// let mut search = Search::new(&[0.5], &[0.0], 1, 100, 1);
/// for _ in 0..6 {
///     let trials = search.proposals();
///     let simulated = trials.iter().map(|trial| Some(trial.scores.clone())).collect();
///     search.take(trials, simulated);
/// }
/// assert!(search.particles().iter().all(|particle| (particle.scores[0] - 0.5).abs() < 0.1));
/// ```
#[derive(Debug, Clone)]
pub struct Search {
    observed: Vec<f64>,
    least_scales: Vec<f64>,
    dimensions: usize,
    n_kept: usize,
    seed: u64,
    scales: Vec<f64>,
    particles: Vec<Particle>,
    generations: Vec<Generation>,
}

impl Search {
    /// A search for what was `observed`, each with the least scale on which its distance counts (its standard error, or 0), in
    /// so many `dimensions`, that keeps `n_kept` particles.
    pub fn new(observed: &[f64], least_scales: &[f64], dimensions: usize, n_kept: usize, seed: u64) -> Search {
        Search {
            observed: observed.to_vec(),
            least_scales: least_scales.to_vec(),
            dimensions,
            n_kept,
            seed,
            scales: Vec::new(),
            particles: Vec::new(),
            generations: Vec::new(),
        }
    }

    /// The particles of the next generation: from the prior at first, and twice as many; later around the kept ones.
    pub fn proposals(&self) -> Vec<Trial> {
        let first = self.trials();
        let kernel = (!self.particles.is_empty()).then(|| Kernel::around(&self.particles));
        let n = if kernel.is_some() { self.n_kept } else { 2 * self.n_kept } as u64;
        let propose = |number: u64| {
            let mut generator = Draws::<1>::new(self.seed, number).generator(0, Purpose::Calibration, 0, 0);
            let scores = match &kernel {
                Some(kernel) => kernel.propose(&mut generator),
                None => (0..self.dimensions).map(|_| normal(&mut generator)).collect(),
            };
            Trial { number, scores }
        };
        (first..first + n).map(propose).collect()
    }

    /// Takes up a generation: for each trial what its simulation gave, `None` where it could not be simulated.
    ///
    /// # Panics
    /// When there are not as many simulations as trials.
    pub fn take(&mut self, trials: Vec<Trial>, simulated: Vec<Option<Vec<f64>>>) {
        assert_eq!(trials.len(), simulated.len(), "every trial is simulated");
        if self.scales.is_empty() {
            self.scales = self.scales_of(&simulated);
        }
        let kernel = (!self.particles.is_empty()).then(|| Kernel::around(&self.particles));
        let before = self.generations.last().map_or(f64::INFINITY, |last| last.tolerance);
        let (first, n) = (self.trials(), trials.len());
        let new = trials.into_iter().zip(simulated).filter_map(|(trial, simulated)| {
            let simulated = simulated?;
            let weight =
                kernel.as_ref().map_or(1.0, |kernel| prior_density(&trial.scores) / kernel.density(&trial.scores));
            let distance = distance(&simulated, &self.observed, &self.scales);
            Some(Particle { number: trial.number, scores: trial.scores, simulated, distance, weight })
        });
        let new: Vec<Particle> = new.filter(|particle| particle.distance.is_finite()).collect();
        let accepted = new.iter().filter(|particle| particle.distance <= before).count();
        self.particles.extend(new);
        // The sort is stable, and the number of a trial settles nothing but ties.
        self.particles.sort_by(|a, b| a.distance.total_cmp(&b.distance).then(a.number.cmp(&b.number)));
        self.particles.truncate(self.n_kept);
        let weights: Vec<f64> = self.particles.iter().map(|particle| particle.weight).collect();
        self.generations.push(Generation {
            trials: first + n as u64,
            tolerance: self.particles.last().map_or(f64::INFINITY, |farthest| farthest.distance),
            acceptance: accepted as f64 / n as f64,
            effective_size: effective_size(&weights),
        });
    }

    /// Particles tried so far.
    pub fn trials(&self) -> u64 {
        self.generations.last().map_or(0, |last| last.trials)
    }

    /// The particles kept, the nearest first.
    pub fn particles(&self) -> &[Particle] {
        &self.particles
    }

    /// What each generation reached.
    pub fn generations(&self) -> &[Generation] {
        &self.generations
    }

    /// The scale on which each distance counts: its spread over the prior, and no less than its error.
    pub fn scales(&self) -> &[f64] {
        &self.scales
    }

    /// The particles moved to where they would lie had their simulation hit what was observed: a linear regression of the
    /// scores on what was simulated, weighted by nearness (Beaumont, Zhang and Balding 2002). Weights are those of the
    /// regression.
    pub fn adjusted(&self) -> Vec<Particle> {
        let Some(bandwidth) =
            self.particles.last().map(|farthest| farthest.distance).filter(|&farthest| farthest > 0.0)
        else {
            return self.particles.clone();
        };
        let epanechnikov = |particle: &Particle| {
            let share = particle.distance / bandwidth;
            particle.weight * (1.0 - share * share)
        };
        let weights: Vec<f64> = self.particles.iter().map(epanechnikov).collect();
        let apart = |particle: &Particle| -> Vec<f64> {
            let scaled = |((s, o), scale): ((&f64, &f64), &f64)| (s - o) / scale;
            particle.simulated.iter().zip(&self.observed).zip(&self.scales).map(scaled).collect()
        };
        let rows: Vec<Vec<f64>> = self.particles.iter().map(apart).collect();
        let slopes: Vec<Vec<f64>> = (0..self.dimensions)
            .map(|d| {
                slopes(&rows, &self.particles.iter().map(|particle| particle.scores[d]).collect::<Vec<_>>(), &weights)
            })
            .collect();
        let moved = self.particles.iter().zip(&rows).zip(&weights).map(|((particle, row), &weight)| {
            let shift = |slopes: &Vec<f64>| -> f64 { slopes.iter().zip(row).map(|(slope, x)| slope * x).sum() };
            let scores = particle.scores.iter().zip(&slopes).map(|(score, slopes)| score - shift(slopes)).collect();
            Particle { scores, weight, ..particle.clone() }
        });
        moved.collect()
    }

    fn scales_of(&self, simulated: &[Option<Vec<f64>>]) -> Vec<f64> {
        let of = |(k, (&observed, &least)): (usize, (&f64, &f64))| {
            let column: Vec<f64> = simulated.iter().flatten().map(|simulated| simulated[k]).collect();
            let sd = Moments::of(&column).sd();
            let scale = math::max(if sd.is_nan() { 0.0 } else { sd }, least);
            // What no parameter moves is held against its own size.
            if scale > 0.0 { scale } else { math::max(observed.abs(), 1.0) }
        };
        self.observed.iter().zip(&self.least_scales).enumerate().map(of).collect()
    }
}

/// Root of the mean squared distance, each summary on its scale.
fn distance(simulated: &[f64], observed: &[f64], scales: &[f64]) -> f64 {
    let squared = |((s, o), scale): ((&f64, &f64), &f64)| (s - o) / scale * ((s - o) / scale);
    let sum: f64 = simulated.iter().zip(observed).zip(scales).map(squared).sum();
    (sum / observed.len() as f64).sqrt()
}

/// Particles of equal weight that weighted ones are worth (Kish 1965): the squared sum of the weights over the sum of their squares.
///
/// ```
/// assert_eq!(partnersim::analyse::abc::effective_size(&[2.0, 2.0, 0.0]), 2.0);
/// ```
pub fn effective_size(weights: &[f64]) -> f64 {
    let (sum, squares) = weights.iter().fold((0.0, 0.0), |(sum, squares), w| (sum + w, squares + w * w));
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}

/// As many positions as there are weights, each as often as its weight says: systematic resampling (Carpenter, Clifford and
/// Fearnhead 1999).
///
/// ```
/// use partnersim::analyse::abc::equally_weighted;
/// assert_eq!(equally_weighted(&[1.0, 3.0, 0.0, 0.0], 1), [0, 1, 1, 1]);
/// ```
pub fn equally_weighted(weights: &[f64], seed: u64) -> Vec<usize> {
    let total: f64 = weights.iter().sum();
    let step = total / weights.len() as f64;
    let start = Draws::<1>::new(seed, 0).uniform_of(0, Purpose::Calibration, 2, 0, 0) * step;
    let (mut at, mut passed) = (0, weights.first().copied().unwrap_or(0.0));
    let mut chosen = Vec::with_capacity(weights.len());
    for k in 0..weights.len() {
        let wanted = start + k as f64 * step;
        while passed <= wanted && at + 1 < weights.len() {
            at += 1;
            passed += weights[at];
        }
        chosen.push(at);
    }
    chosen
}

/// Density of independent standard normal scores, but for a constant that the kernel's density leaves out too.
fn prior_density(scores: &[f64]) -> f64 {
    math::exp(-0.5 * scores.iter().map(|score| score * score).sum::<f64>())
}

/// Where new particles come from: normal around the kept ones, with twice their weighted covariance.
struct Kernel {
    centres: Vec<Vec<f64>>,
    /// Weights that sum to one.
    shares: Vec<f64>,
    /// Lower triangle whose product with its transpose is the covariance.
    factor: Vec<Vec<f64>>,
}

impl Kernel {
    fn around(particles: &[Particle]) -> Kernel {
        let total: f64 = particles.iter().map(|particle| particle.weight).sum();
        let shares: Vec<f64> = particles.iter().map(|particle| particle.weight / total).collect();
        let centres: Vec<Vec<f64>> = particles.iter().map(|particle| particle.scores.clone()).collect();
        let mut covariance = covariance(&centres, &shares);
        covariance.iter_mut().flatten().for_each(|value| *value *= 2.0);
        Kernel { factor: factor(covariance), centres, shares }
    }

    fn propose(&self, generator: &mut impl Rng) -> Vec<f64> {
        let mut left = math::open_unit(generator.next_u64());
        let chosen = self.shares.iter().position(|share| {
            left -= share;
            left < 0.0
        });
        let centre = &self.centres[chosen.unwrap_or(self.centres.len() - 1)];
        let normals: Vec<f64> = centre.iter().map(|_| normal(generator)).collect();
        let moved = |(i, centre): (usize, &f64)| {
            centre + self.factor[i].iter().zip(&normals).map(|(factor, normal)| factor * normal).sum::<f64>()
        };
        centre.iter().enumerate().map(moved).collect()
    }

    /// Its density, but for the constant that the prior's leaves out.
    fn density(&self, scores: &[f64]) -> f64 {
        let determinant: f64 = self.factor.iter().enumerate().map(|(i, row)| row[i]).product();
        let of = |centre: &Vec<f64>| {
            let apart: Vec<f64> = scores.iter().zip(centre).map(|(score, centre)| score - centre).collect();
            let standard = forward(&self.factor, &apart);
            math::exp(-0.5 * standard.iter().map(|value| value * value).sum::<f64>()) / determinant
        };
        self.centres.iter().zip(&self.shares).map(|(centre, share)| share * of(centre)).sum()
    }
}

fn normal(generator: &mut impl Rng) -> f64 {
    math::normal_quantile(math::open_unit(generator.next_u64()))
}

fn covariance(rows: &[Vec<f64>], shares: &[f64]) -> Vec<Vec<f64>> {
    let dimensions = rows.first().map_or(0, Vec::len);
    let mean = |d: usize| -> f64 { rows.iter().zip(shares).map(|(row, share)| share * row[d]).sum() };
    let means: Vec<f64> = (0..dimensions).map(mean).collect();
    let of = |i: usize, j: usize| -> f64 {
        rows.iter().zip(shares).map(|(row, share)| share * (row[i] - means[i]) * (row[j] - means[j])).sum()
    };
    (0..dimensions).map(|i| (0..dimensions).map(|j| of(i, j)).collect()).collect()
}

/// Cholesky's lower triangle; a direction without any spread gets next to none instead of none.
fn factor(matrix: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let n = matrix.len();
    let trace: f64 = (0..n).map(|i| matrix[i][i]).sum();
    let least = 1e-12 + 1e-9 * trace;
    let mut factor = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| factor[i][k] * factor[j][k]).sum();
            let rest = matrix[i][j] - known;
            factor[i][j] = if i == j { math::max(rest, least).sqrt() } else { rest / factor[j][j] };
        }
    }
    factor
}

/// Solves `factor · x = right`.
fn forward(factor: &[Vec<f64>], right: &[f64]) -> Vec<f64> {
    let mut x: Vec<f64> = Vec::with_capacity(right.len());
    for (row, value) in factor.iter().zip(right) {
        let known: f64 = row.iter().zip(&x).map(|(factor, x)| factor * x).sum();
        x.push((value - known) / row[x.len()]);
    }
    x
}

/// Solves `factorᵀ · x = right`.
fn backward(factor: &[Vec<f64>], right: &[f64]) -> Vec<f64> {
    let n = right.len();
    let mut x = vec![0.0; n];
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|k| factor[k][i] * x[k]).sum();
        x[i] = (right[i] - known) / factor[i][i];
    }
    x
}

/// Slopes of a weighted linear regression with an intercept.
fn slopes(rows: &[Vec<f64>], values: &[f64], weights: &[f64]) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    let shares: Vec<f64> = weights.iter().map(|weight| weight / total).collect();
    let dimensions = rows.first().map_or(0, Vec::len);
    let mean_of =
        |value: &dyn Fn(usize) -> f64| -> f64 { shares.iter().enumerate().map(|(r, share)| share * value(r)).sum() };
    let mean = mean_of(&|r| values[r]);
    let with = |d: usize| {
        let centre = mean_of(&|r| rows[r][d]);
        mean_of(&|r| (rows[r][d] - centre) * (values[r] - mean))
    };
    let right: Vec<f64> = (0..dimensions).map(with).collect();
    let factor = factor(covariance(rows, &shares));
    backward(&factor, &forward(&factor, &right))
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, Normal};

    /// Weighted mean and standard deviation of a function of the particles.
    fn summary(particles: &[Particle], value: impl Fn(&Particle) -> f64) -> (f64, f64) {
        let total: f64 = particles.iter().map(|particle| particle.weight).sum();
        let mean_of = |of: &dyn Fn(&Particle) -> f64| particles.iter().map(|p| p.weight / total * of(p)).sum::<f64>();
        let mean = mean_of(&value);
        (mean, mean_of(&|p| (value(p) - mean) * (value(p) - mean)).sqrt())
    }

    fn luck(trial: &Trial) -> f64 {
        Draws::<1>::new(99, trial.number).normal(Purpose::Calibration, 1, 0, 0).0[0]
    }

    fn searched(
        n_kept: usize,
        generations: usize,
        observed: &[f64],
        dimensions: usize,
        simulate: impl Fn(&Trial) -> Vec<f64>,
    ) -> Search {
        let mut search = Search::new(observed, &vec![0.0; observed.len()], dimensions, n_kept, 1);
        for _ in 0..generations {
            let trials = search.proposals();
            let simulated = trials.iter().map(|trial| Some(simulate(trial))).collect();
            search.take(trials, simulated);
        }
        search
    }

    #[test]
    fn the_posterior_of_a_normal_mean_is_the_conjugate_one() {
        // Gelman et al., Bayesian Data Analysis, 2.5: prior N(0, 1), one observation 1.2 with standard deviation 0.5: the
        // posterior is normal with mean 4 × 1.2 / 5 = 0.96 and variance 1/5. Six standard errors of 1,000 particles are 0.1.
        let search = searched(1_000, 12, &[1.2], 1, |trial| vec![trial.scores[0] + 0.5 * luck(trial)]);
        for particles in [search.particles().to_vec(), search.adjusted()] {
            let (mean, sd) = summary(&particles, |particle| particle.scores[0]);
            assert!((mean - 0.96).abs() < 0.06 && (sd - 0.2f64.sqrt()).abs() < 0.05, "{mean} {sd}");
        }
        let last = search.generations().last().unwrap();
        assert!(last.tolerance < 0.1 && last.effective_size > 300.0, "{last:?}");
        assert!(search.generations().windows(2).all(|pair| pair[1].tolerance <= pair[0].tolerance));
    }

    #[test]
    fn adjustment_repairs_what_a_wide_tolerance_blurs() {
        let search = searched(1_000, 1, &[1.2], 1, |trial| vec![trial.scores[0] + 0.5 * luck(trial)]);
        let exact = 0.2f64.sqrt();
        let (_, blurred) = summary(search.particles(), |particle| particle.scores[0]);
        let (mean, sd) = summary(&search.adjusted(), |particle| particle.scores[0]);
        assert!(blurred > 1.15 * exact, "{blurred}");
        assert!((mean - 0.96).abs() < 0.08 && (sd - exact).abs() < 0.05, "{mean} {sd}");
    }

    #[test]
    fn the_posterior_of_a_chance_is_the_beta_distribution() {
        // Uniform prior, 14 of 20: Beta(15, 7), mean 15/22, variance 15 × 7 / (22² × 23). Once only exact hits are kept, nothing
        // is approximate.
        let chance = |scores: &[f64]| Normal::standard().cdf(scores[0]);
        let simulate = |trial: &Trial| {
            let draws = Draws::<1>::new(98, trial.number);
            let hits = (0..20).filter(|&i| draws.uniform_of(0, Purpose::Calibration, 1, i, 0) < chance(&trial.scores));
            vec![hits.count() as f64]
        };
        let search = searched(1_000, 20, &[14.0], 1, simulate);
        assert_eq!(search.generations().last().unwrap().tolerance, 0.0);
        let (mean, sd) = summary(search.particles(), |particle| chance(&particle.scores));
        let exact_sd = (15.0 * 7.0 / (22.0 * 22.0 * 23.0f64)).sqrt();
        assert!((mean - 15.0 / 22.0).abs() < 0.015 && (sd - exact_sd).abs() < 0.012, "{mean} {sd}");
    }

    #[test]
    fn a_parameter_that_nothing_depends_on_keeps_its_prior() {
        let search = searched(1_000, 8, &[1.2], 2, |trial| vec![trial.scores[0] + 0.5 * luck(trial)]);
        let (mean, sd) = summary(search.particles(), |particle| particle.scores[1]);
        assert!(mean.abs() < 0.15 && (sd - 1.0).abs() < 0.12, "{mean} {sd}");
    }

    #[test]
    fn two_parameters_of_which_only_the_sum_is_seen_trade_off() {
        let search = searched(500, 10, &[1.0], 2, |trial| vec![trial.scores[0] + trial.scores[1]]);
        let (sum, spread) = summary(search.particles(), |particle| particle.scores[0] + particle.scores[1]);
        let (_, difference) = summary(search.particles(), |particle| particle.scores[0] - particle.scores[1]);
        // Given the sum, the difference keeps its prior standard deviation, the root of 2.
        assert!((sum - 1.0).abs() < 0.02 && spread < 0.05, "{sum} {spread}");
        assert!((difference - 2.0f64.sqrt()).abs() < 0.25, "{difference}");
    }

    #[test]
    fn what_cannot_be_simulated_is_never_kept() {
        let mut search = Search::new(&[0.0], &[0.0], 1, 50, 1);
        for _ in 0..3 {
            let trials = search.proposals();
            let simulated = trials.iter().map(|trial| (trial.scores[0] > 0.0).then(|| trial.scores.clone())).collect();
            search.take(trials, simulated);
        }
        assert!(search.particles().iter().all(|particle| particle.scores[0] > 0.0));
    }

    #[test]
    fn regression_finds_slopes_worked_by_hand() {
        let rows = [vec![0.0, 0.0], vec![1.0, 0.0], vec![0.0, 1.0], vec![2.0, 3.0]];
        let values: Vec<f64> = rows.iter().map(|row| 5.0 + 2.0 * row[0] - 3.0 * row[1]).collect();
        let found = slopes(&rows, &values, &[1.0, 2.0, 1.0, 0.5]);
        assert!((found[0] - 2.0).abs() < 1e-6 && (found[1] + 3.0).abs() < 1e-6, "{found:?}");
    }
}
