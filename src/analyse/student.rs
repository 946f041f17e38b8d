//! Quantiles and tail areas of the distributions that tests refer to.
//!
//! The functions are those of `statrs`, which is well kept and tested against other programs; ours would be no better. The normal
//! quantile is the model's own, so that intervals need no second one.

use crate::model::math;
use statrs::distribution::{Beta, ChiSquared, ContinuousCDF, Normal, StudentsT};

/// Beyond so many degrees of freedom a series at the normal distribution is nearer than a search.
const MANY_DEGREES: f64 = 1000.0;

/// The value below which a Student t with `degrees` of freedom lies with probability `p`; NaN where undefined.
///
/// ```
/// use partnersim::analyse::student::t_quantile;
/// assert!((t_quantile(0.975, 7.0) - 2.364_624).abs() < 1e-6);
/// ```
pub fn t_quantile(p: f64, degrees: f64) -> f64 {
    if degrees > MANY_DEGREES {
        // The expansion of Fisher and Cornish (1960), right to 1e-9 here, where the search of `statrs` stops at 1e-4.
        let z = math::normal_quantile(p);
        let (z3, z5) = (z * z * z, z * z * z * z * z);
        return z + (z3 + z) / (4.0 * degrees) + (5.0 * z5 + 16.0 * z3 + 3.0 * z) / (96.0 * degrees * degrees);
    }
    StudentsT::new(0.0, 1.0, degrees).map_or(f64::NAN, |t| t.inverse_cdf(p))
}

/// Probability that a Student t with `degrees` of freedom is further from 0 than `t`, on either side.
pub fn t_two_sided(t: f64, degrees: f64) -> f64 {
    StudentsT::new(0.0, 1.0, degrees).map_or(f64::NAN, |student| 2.0 * student.sf(t.abs()))
}

/// Probability that a chi-squared number with `degrees` of freedom is greater than `value`.
pub fn chi_squared_tail(value: f64, degrees: f64) -> f64 {
    ChiSquared::new(degrees).map_or(f64::NAN, |chi| chi.sf(value))
}

/// Probability that a standard normal number is less than `z`.
pub fn normal_below(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

/// Probability that a beta number with shapes `a` and `b` is less than `x`; to nine digits for shapes up to 65,536.
pub fn beta_below(x: f64, a: f64, b: f64) -> f64 {
    Beta::new(a, b).map_or(f64::NAN, |beta| beta.cdf(x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_degrees_of_freedom_come_ever_nearer_to_the_normal() {
        // SciPy 1.17: t.ppf.
        for (p, degrees, quantile) in [
            (0.975, 1001.0, 1.962_336_705_280_88),
            (0.975, 1e4, 1.960_201_239_890_626),
            (0.975, 1e6, 1.959_966_356_814_107),
            (0.995, 2000.0, 2.578_289_787_557_519),
        ] {
            assert!((t_quantile(p, degrees) - quantile).abs() < 1e-8, "{degrees}: {}", t_quantile(p, degrees));
        }
    }

    #[test]
    fn values_are_those_of_the_printed_tables() {
        // Fisher and Yates, Statistical Tables, t and chi-squared.
        for (degrees, quantile) in [(1.0, 12.706), (7.0, 2.365), (30.0, 2.042), (120.0, 1.980)] {
            assert!((t_quantile(0.975, degrees) - quantile).abs() < 5e-4, "{degrees}");
            assert!((t_two_sided(quantile, degrees) - 0.05).abs() < 1e-4, "{degrees}");
        }
        assert!((chi_squared_tail(3.841, 1.0) - 0.05).abs() < 1e-4);
        assert!((chi_squared_tail(18.307, 10.0) - 0.05).abs() < 1e-4);
        assert!(t_quantile(0.975, 0.0).is_nan());
    }

    #[test]
    fn normal_and_beta_areas_are_those_of_scipy() {
        assert!((normal_below(1.96) - 0.975_002_104_852).abs() < 1e-11 && normal_below(0.0) == 0.5);
        assert!((beta_below(0.5, 2.0, 3.0) - 0.6875).abs() < 1e-12);
        // scipy.special.betainc(32768, 32769, 0.5)
        assert!((beta_below(0.5, 32_768.0, 32_769.0) - 0.501_558_362_3).abs() < 1e-9);
    }
}
