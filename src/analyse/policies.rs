//! Policies over the same worlds: how a policy does on average, and how often it beats another in the same world.
//!
//! Two kinds of chance stand between a difference and the truth: other worlds could have been drawn, and other replications within them. All
//! worlds share the draws of their replications, so more worlds do not wear off the luck of these; both errors are added.

use super::batches::{Batches, paired};
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
    /// Mean over the worlds, with the standard error of drawing other worlds and other replications.
    pub mean: Estimate,
    /// Standard deviation over the worlds.
    pub sd: f64,
    /// Mean of the difference in the same world, with the standard error of drawing other worlds and other replications.
    pub difference: Estimate,
    /// Interval of that difference.
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
    let batches = |policy: usize, quantity: usize| {
        Batches::mean(findings.chunks(n_policies).map(|worlds| &worlds[policy].quantities[quantity].batches))
    };
    let of = |policy: usize| {
        let one = |quantity: usize| {
            let (own, other) = (batches(policy, quantity), batches(0, quantity));
            let nothing = Batches { n: own.n, sums: vec![0.0; own.sums.len()] };
            let error = |a: &Batches, b: &Batches| paired(a, b, CONFIDENCE).estimate.mc_standard_error;
            let luck = [error(&own, &nothing), error(&own, &other)];
            over_worlds(&values(policy, quantity), &values(0, quantity)).with_luck(luck)
        };
        (0..n_quantities).map(one).collect()
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

impl OverWorlds {
    /// Adds the luck of the replications that all worlds share: the standard errors that it gives mean and difference. What is not known,
    /// as of a quantile, is left out.
    fn with_luck(mut self, [of_mean, of_difference]: [f64; 2]) -> OverWorlds {
        let together =
            |worlds: f64, luck: f64| if luck.is_nan() { worlds } else { (worlds * worlds + luck * luck).sqrt() };
        self.mean.mc_standard_error = together(self.mean.mc_standard_error, of_mean);
        let old = self.difference.mc_standard_error;
        self.difference.mc_standard_error = together(old, of_difference);
        let half = t_quantile(0.5 + CONFIDENCE / 2.0, self.worlds as f64 - 1.0) * self.difference.mc_standard_error;
        self.interval = Interval { low: self.difference.value - half, high: self.difference.value + half };
        self
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

    #[test]
    fn more_worlds_do_not_wear_off_the_luck_of_the_replications_they_share() {
        use crate::analyse::point::QuantityFinding;
        // A difference of 1 in every world, and luck that is the same in all of them.
        let luck = [0.5, -0.3, 0.9, -0.4, 0.2, 0.7];
        let finding = |policy: f64| {
            let batches = Batches::of(&luck.map(|luck| policy * (1.0 + luck)));
            let value = batches.sums.iter().sum::<f64>() / 6.0;
            let estimate = Estimate { value, mc_standard_error: 0.0 };
            PointFinding { n: 6, quantities: vec![QuantityFinding { estimate, batches }], ..PointFinding::default() }
        };
        let worlds: Vec<PointFinding> = (0..50).flat_map(|_| [finding(0.0), finding(1.0)]).collect();
        let found = policies(2, &worlds)[1][0];
        let expected = Moments::of(&luck).mc_standard_error();
        assert!((found.difference.mc_standard_error - expected).abs() < 1e-12, "{found:?}");
    }
}
