//! Luck that the points of an experiment share, because they share their draws, and luck of their own.
//!
//! Only the latter sets points apart by chance. Both follow from the batches that are kept of every point, whatever the number of points and
//! replications.

use super::batches::{Batches, paired};
use super::findings::CONFIDENCE;
use super::sensitivity::variance::shared_covariance;
use crate::model::math;

/// Variances of a replication, as its batches tell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SharedLuck {
    /// Mean over the points of the variance of a replication.
    pub variance: f64,
    /// What of it two points share in the same replication: their covariance, at least 0.
    pub shared: f64,
}

impl SharedLuck {
    /// Of points that ran the same replications. `None` of fewer than two points or two replications, and of quantiles, which have no batches.
    ///
    /// ```
    /// use partnersim::analyse::batches::Batches;
    /// use partnersim::analyse::shared_luck::SharedLuck;
    /// // Two points that differ by a constant share all of their luck, whose variance is 5 / 3.
    /// let (low, high) = (Batches::of(&[1.0, 2.0, 3.0, 4.0]), Batches::of(&[6.0, 7.0, 8.0, 9.0]));
    /// let luck = SharedLuck::of(&[&low, &high]).unwrap();
    /// assert!((luck.variance - 5.0 / 3.0).abs() < 1e-12 && luck.own() < 1e-12);
    /// ```
    pub fn of(points: &[&Batches]) -> Option<SharedLuck> {
        let first = points.first().filter(|first| first.n > 1 && points.len() > 1 && !first.sums.is_empty())?;
        let (n, count) = (first.n as f64, points.len() as f64);
        let nothing = Batches { n: first.n, sums: vec![0.0; first.sums.len()] };
        let variance = |batches: &Batches| {
            let error = paired(batches, &nothing, CONFIDENCE).estimate.mc_standard_error;
            error * error * n
        };
        let within = points.iter().map(|batches| variance(batches)).sum::<f64>() / count;
        let of_means = variance(&Batches::mean(points.iter().copied()));
        let shared = math::min(shared_covariance(of_means, within, points.len()), within);
        within.is_finite().then_some(SharedLuck { variance: within, shared })
    }

    /// What of the variance of a replication is a point's own.
    pub fn own(&self) -> f64 {
        math::max(self.variance - self.shared, 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::{Draws, Purpose};

    #[test]
    fn luck_of_known_parts_is_told_apart_whatever_the_replications() {
        // Shared luck of variance 4, own luck of variance 1.
        let normal = |point: u64, k: usize| {
            math::normal_quantile(Draws::<1>::new(7, point).uniform(Purpose::Resampling, 0, k, 0)[0])
        };
        for n in [50, 1000] {
            let point = |point: u64| {
                let values: Vec<f64> = (0..n).map(|k| point as f64 + 2.0 * normal(0, k) + normal(point, k)).collect();
                Batches::of(&values)
            };
            let points: Vec<Batches> = (1..=100).map(point).collect();
            let luck = SharedLuck::of(&points.iter().collect::<Vec<_>>()).unwrap();
            assert!((luck.own() - 1.0).abs() < 0.1, "{n}: {luck:?}");
            assert!((luck.shared - 4.0).abs() < 2.5, "{n}: {luck:?}");
            assert_eq!(SharedLuck::of(&[&points[0]]), None);
        }
        assert_eq!(SharedLuck::of(&[&Batches::default(), &Batches::default()]), None);
    }
}
