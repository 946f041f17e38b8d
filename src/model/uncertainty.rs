//! A number that is not known: the distributions a scenario may put in place of any number.

use crate::model::math;
use rand::{Rng, RngExt};
use rand_distr::{Beta, Distribution, Pert, Triangular};
use std::borrow::Cow;

/// A number, or what is known about it. Drawn once a replication, from the address of the parameter it stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Uncertainty {
    /// Known.
    Fixed(f64),
    /// Anywhere between two bounds, all equally likely.
    Uniform {
        /// Least value.
        low: f64,
        /// Greatest value.
        high: f64,
    },
    /// Between two bounds, likeliest at the mode, falling off linearly.
    Triangular {
        /// Least value.
        low: f64,
        /// Likeliest value.
        mode: f64,
        /// Greatest value.
        high: f64,
    },
    /// Between two bounds, likeliest at the mode, smoother than triangular (PERT, shape 4).
    Pert {
        /// Least value.
        low: f64,
        /// Likeliest value.
        mode: f64,
        /// Greatest value.
        high: f64,
    },
    /// The normal distribution.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// The logarithm is normal.
    LogNormal {
        /// Median of the value.
        median: f64,
        /// Standard deviation of its logarithm.
        sigma: f64,
    },
    /// The beta distribution on 0 to 1.
    Beta {
        /// First shape.
        alpha: f64,
        /// Second shape.
        beta: f64,
    },
    /// Given values with given weights.
    Discrete(Cow<'static, [(f64, f64)]>),
    /// Observed values, each equally likely.
    Observed(Cow<'static, [f64]>),
}

impl Uncertainty {
    /// The value in one replication. `rng` stands at the address of what is drawn.
    ///
    /// Normal and log-normal go through our own quantile function, because `rand_distr` would compute them with
    /// whatever mathematics the rest of the build switches on; the others come from `rand_distr`.
    pub fn sample<R: Rng>(&self, rng: &mut R) -> f64 {
        match self {
            Uncertainty::Fixed(value) => *value,
            Uncertainty::Uniform { low, high } => low + (high - low) * rng.random::<f64>(),
            Uncertainty::Triangular { low, mode, high } => {
                Triangular::new(*low, *high, *mode).map_or(*mode, |d| d.sample(rng))
            }
            Uncertainty::Pert { low, mode, high } => {
                Pert::new(*low, *high).with_mode(*mode).map_or(*mode, |d| d.sample(rng))
            }
            Uncertainty::Normal { mean, sd } => mean + sd * standard_normal(rng),
            Uncertainty::LogNormal { median, sigma } => median * math::exp(sigma * standard_normal(rng)),
            Uncertainty::Beta { alpha, beta } => {
                Beta::new(*alpha, *beta).map_or(alpha / (alpha + beta), |d| d.sample(rng))
            }
            Uncertainty::Discrete(weighted) => weighted_choice(weighted, rng.random::<f64>()),
            Uncertainty::Observed(values) => {
                values[((rng.random::<f64>() * values.len() as f64) as usize).min(values.len() - 1)]
            }
        }
    }

    /// Whether every replication gets the same value.
    pub fn is_fixed(&self) -> bool {
        matches!(self, Uncertainty::Fixed(_))
    }
}

fn standard_normal<R: Rng>(rng: &mut R) -> f64 {
    math::normal_quantile(math::open_unit(rng.next_u64()))
}

/// The value at which the running sum of weights passes `unit` of their total.
fn weighted_choice(weighted: &[(f64, f64)], unit: f64) -> f64 {
    let total: f64 = weighted.iter().map(|(_, weight)| weight).sum();
    let mut left = unit * total;
    for &(value, weight) in weighted {
        if left < weight {
            return value;
        }
        left -= weight;
    }
    weighted.last().map_or(0.0, |&(value, _)| value)
}
