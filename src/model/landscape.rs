//! A rugged landscape of ways to work: how good each combination of choices is, in `L` replications (the NK model).
//!
//! A way of working is a number of bits, one a feature. What a feature contributes depends on its own bit and on those of the
//! `K` features that follow it around a ring; each contribution is a draw addressed by the feature and that pattern of
//! bits, so that the landscape exists without being stored, and two scenarios with the same `N` and `K` share it.
//!
//! Kauffman 1993, *The Origins of Order*: with `K = 0` there is one optimum, with `K = N − 1` there are `2^N/(N + 1)` on average.

use crate::model::draws::{Draws, Purpose};
use crate::model::lanes::{Bits, Lane};

/// Contributions of `N` features, `K` of them acting on each.
#[derive(Debug, Clone)]
pub struct Landscape<const L: usize> {
    draws: Draws<L>,
    n_features: usize,
    /// Low bits set: one for the feature itself and one for each that acts on it.
    mask: Bits<L>,
    /// How often the contributions of each feature have changed.
    epochs: Vec<Bits<L>>,
}

impl<const L: usize> Landscape<L> {
    /// The landscape of `n_features`, with a share `interdependence` of the others acting on each, to the nearest whole number.
    pub fn new(draws: Draws<L>, n_features: usize, interdependence: Lane<L>) -> Self {
        let mut mask = Bits([0; L]);
        for r in 0..L {
            let acting = (interdependence[r] * (n_features as f64 - 1.0) + 0.5) as u64;
            mask.0[r] = (2 << acting) - 1;
        }
        Landscape { draws, n_features, mask, epochs: vec![Bits([0; L]); n_features] }
    }

    /// Number of features.
    pub fn n_features(&self) -> usize {
        self.n_features
    }

    /// What a feature contributes to a way of working in replication `r`, 0 to 1.
    #[inline(always)]
    pub fn contribution(&self, r: usize, feature: usize, way: u64) -> f64 {
        let pattern = self.around(feature, way) & self.mask[r];
        self.draws.uniform_of(r, Purpose::Landscape, self.epochs[feature][r] as usize, feature, pattern as usize)
    }

    /// Whether what a feature contributes depends on any of the `changed` bits.
    #[inline(always)]
    pub fn depends(&self, r: usize, feature: usize, changed: u64) -> bool {
        self.around(feature, changed) & self.mask[r] != 0
    }

    /// Mean contribution of all features to a way of working.
    pub fn quality(&self, r: usize, way: u64) -> f64 {
        let sum = (0..self.n_features).fold(0.0, |sum, feature| sum + self.contribution(r, feature, way));
        sum / self.n_features as f64
    }

    /// Draws the contributions of a feature anew.
    pub fn change(&mut self, r: usize, feature: usize) {
        self.epochs[feature].0[r] += 1;
    }

    /// The bits of a way of working, those of `feature` first, around the ring.
    #[inline(always)]
    fn around(&self, feature: usize, way: u64) -> u64 {
        way >> feature | way << (self.n_features - feature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn optima(n_features: usize, interdependence: f64, replication: u64) -> Vec<f64> {
        let landscape = Landscape::<1>::new(Draws::new(5, replication), n_features, Lane([interdependence]));
        let quality: Vec<f64> = (0..1 << n_features).map(|way| landscape.quality(0, way)).collect();
        let is_optimum = |way: &usize| (0..n_features).all(|feature| quality[way ^ (1 << feature)] < quality[*way]);
        (0..quality.len()).filter(is_optimum).map(|way| quality[way]).collect()
    }

    fn mean_and_error(values: &[f64]) -> (f64, f64) {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
        (mean, (variance / n).sqrt())
    }

    #[test]
    fn independent_features_have_one_optimum_of_two_thirds_on_average() {
        let all: Vec<Vec<f64>> = (0..400).map(|replication| optima(8, 0.0, replication)).collect();
        assert!(all.iter().all(|optima| optima.len() == 1));
        let (mean, error) = mean_and_error(&all.concat());
        assert!((mean - 2.0 / 3.0).abs() < 4.0 * error, "{mean} ± {error}");
    }

    #[test]
    fn ten_features_that_all_act_on_each_other_have_93_local_optima_on_average() {
        let counts: Vec<f64> = (0..300).map(|replication| optima(10, 1.0, replication).len() as f64).collect();
        let (mean, error) = mean_and_error(&counts);
        assert!((mean - 1024.0 / 11.0).abs() < 4.0 * error, "{mean} ± {error}");
    }

    #[test]
    fn a_feature_depends_on_itself_and_on_those_that_follow_it() {
        // Half of four others, hence two.
        let landscape = Landscape::<1>::new(Draws::new(1, 0), 5, Lane([0.5]));
        let depends: Vec<bool> = (0..5).map(|other| landscape.depends(0, 3, 1 << other)).collect();
        assert_eq!(depends, [true, false, false, true, true]);
        let (before, after) = (landscape.contribution(0, 3, 0b01000), landscape.contribution(0, 3, 0b01110));
        assert_eq!(before, after);
    }

    #[test]
    fn a_change_of_one_feature_leaves_the_contributions_of_the_others() {
        let mut landscape = Landscape::<4>::new(Draws::new(1, 0), 6, Lane([0.5; 4]));
        let contributions = |landscape: &Landscape<4>| {
            (0..24).map(|at| landscape.contribution(at / 6, at % 6, 0b101)).collect::<Vec<f64>>()
        };
        let before = contributions(&landscape);
        landscape.change(2, 4);
        let after = contributions(&landscape);
        let differ: Vec<usize> = (0..24).filter(|&at| before[at] != after[at]).collect();
        assert_eq!(differ, [2 * 6 + 4]);
    }
}
