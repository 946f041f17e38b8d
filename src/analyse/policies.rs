//! Policies over the same worlds: how a policy does on average, and how often it beats another in the same world.

use super::findings::{CONFIDENCE, Estimate};
use super::moments::Moments;
use super::point::PointFinding;
use super::student::t_quantile;
use super::wilson::Interval;

/// What a policy did over the worlds, against another that met the same worlds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OverWorlds {
    /// Worlds.
    pub worlds: u64,
    /// Mean over the worlds; its standard error is that of drawing other worlds.
    pub mean: Estimate,
    /// Standard deviation over the worlds.
    pub sd: f64,
    /// Mean of the difference in the same world, with the standard error of drawing other worlds.
    pub difference: Estimate,
    /// Interval of that difference (paired t).
    pub interval: Interval,
    /// Worlds in which the quantity is greater than the other's.
    pub greater: u64,
}

/// Every policy against the first, for every quantity: `[policy][quantity]`. `findings` are point by point, within a point policy by
/// policy.
pub fn policies(n_policies: usize, findings: &[PointFinding]) -> Vec<Vec<OverWorlds>> {
    let n_quantities = findings.first().map_or(0, |finding| finding.quantities.len());
    let values = |policy: usize, quantity: usize| -> Vec<f64> {
        findings.chunks(n_policies).map(|worlds| worlds[policy].quantities[quantity].estimate.value).collect()
    };
    let of = |policy: usize| {
        (0..n_quantities).map(|quantity| over_worlds(&values(policy, quantity), &values(0, quantity))).collect()
    };
    (0..n_policies).map(of).collect()
}

/// Holds a policy's values, one a world, against another's.
///
/// ```
/// use partnersim::analyse::policies::over_worlds;
/// let found = over_worlds(&[4.1, 3.9, 5.2, 4.4, 4.8, 5.0, 3.7, 4.6], &[3.8, 3.9, 4.6, 4.5, 4.1, 4.9, 3.1, 4.2]);
/// assert_eq!(found.greater, 6);
/// assert!((found.interval.low - 0.0732).abs() < 1e-6 && (found.interval.high - 0.5768).abs() < 1e-6);
/// ```
pub fn over_worlds(values: &[f64], others: &[f64]) -> OverWorlds {
    let apart: Vec<f64> = values.iter().zip(others).map(|(value, other)| value - other).collect();
    let (own, between) = (Moments::of(values), Moments::of(&apart));
    let difference = Estimate::new(&between);
    let half = t_quantile(0.5 + CONFIDENCE / 2.0, between.n() as f64 - 1.0) * difference.mc_standard_error;
    OverWorlds {
        worlds: own.n(),
        mean: Estimate::new(&own),
        sd: own.sd(),
        difference,
        interval: Interval { low: difference.value - half, high: difference.value + half },
        greater: apart.iter().filter(|apart| **apart > 0.0).count() as u64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_against_itself_makes_no_difference() {
        let found = over_worlds(&[1.0, 2.0, 6.0], &[1.0, 2.0, 6.0]);
        assert_eq!((found.worlds, found.greater, found.difference.value), (3, 0, 0.0));
        assert_eq!((found.interval.low, found.interval.high, found.mean.value), (0.0, 0.0, 3.0));
    }
}
