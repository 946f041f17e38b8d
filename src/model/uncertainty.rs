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
    /// Normal and log-normal go through our own quantile function; triangular, PERT and beta come from `rand_distr`. Its beta
    /// computes logarithms by whatever mathematics the rest of the build switches on (`libm` as long as nothing turns on
    /// `num-traits/std`): a test holds its bits.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::{Draws, Purpose};

    /// A digest of the bits of a few values, each from an address of its own.
    fn bits(uncertainty: &Uncertainty) -> u64 {
        let draws = Draws::<1>::new(1, 0);
        let values = (0..64).map(|i| uncertainty.sample(&mut draws.generator(0, Purpose::Parameter, i, 0)));
        values.fold(0, |hash, value| (hash ^ value.to_bits()).wrapping_mul(0x0000_0100_0000_01b3))
    }

    #[test]
    fn values_keep_their_bits_from_version_to_version_and_build_to_build() {
        let forms = [
            Uncertainty::Uniform { low: 1.0, high: 3.0 },
            Uncertainty::Triangular { low: 1.0, mode: 1.5, high: 3.0 },
            Uncertainty::Pert { low: 0.1, mode: 0.7, high: 1.5 },
            Uncertainty::Normal { mean: 1.0, sd: 2.0 },
            Uncertainty::LogNormal { median: 2.0, sigma: 0.5 },
            Uncertainty::Beta { alpha: 0.5, beta: 4.0 },
            Uncertainty::Beta { alpha: 6.0, beta: 4.0 },
        ];
        let expected = [
            0x53cb_ca05_1e1c_8317,
            0x88ea_6a52_e257_dafa,
            0x6504_af65_f759_3804,
            0xe3d4_fbcb_73e4_a320,
            0xb240_b639_de76_f01d,
            0xf719_e7eb_be2e_8a1c,
            0xbf85_f032_e836_e5d5,
        ];
        assert_eq!(forms.each_ref().map(bits), expected);
    }

    #[test]
    fn a_discrete_value_comes_as_often_as_its_weight() {
        let weighted = Uncertainty::Discrete(Cow::Borrowed(&[(1.0, 3.0), (2.0, 1.0)]));
        let n = 20_000;
        let draws = Draws::<1>::new(2, 0);
        let ones =
            (0..n).filter(|&i| weighted.sample(&mut draws.generator(0, Purpose::Parameter, i, 0)) == 1.0).count();
        // Four standard errors of a share of three quarters.
        let n = f64::from(n);
        assert!((ones as f64 / n - 0.75).abs() < 4.0 * (0.1875 / n).sqrt());
    }

    #[test]
    fn means_are_those_of_the_distributions() {
        let n = 20_000;
        let draws = Draws::<1>::new(3, 0);
        let cases = [
            (Uncertainty::Triangular { low: 0.0, mode: 3.0, high: 6.0 }, 3.0, 1.5),
            (Uncertainty::Pert { low: 0.0, mode: 0.7, high: 1.4 }, 0.7, 0.07),
            (Uncertainty::Beta { alpha: 6.0, beta: 4.0 }, 0.6, 24.0 / 1100.0),
            (Uncertainty::Normal { mean: 5.0, sd: 2.0 }, 5.0, 4.0),
            (Uncertainty::Observed(Cow::Borrowed(&[1.0, 2.0, 6.0])), 3.0, 14.0 / 3.0),
        ];
        for (uncertainty, mean, variance) in cases {
            let sum: f64 = (0..n).map(|i| uncertainty.sample(&mut draws.generator(0, Purpose::Parameter, i, 0))).sum();
            let error = (variance / f64::from(n)).sqrt();
            assert!((sum / f64::from(n) - mean).abs() < 4.0 * error, "{uncertainty:?}: {}", sum / f64::from(n));
        }
    }
}
