//! The partnership's way of working: where it stands on the landscape, and who sees which part of it.

use crate::model::draws::{Draws, Purpose};
use crate::model::inputs::Inputs;
use crate::model::landscape::Landscape;
use crate::model::lanes::{Bits, Lane};
use crate::model::math;

/// A way of working in `L` replications, and what it takes to look for a better one.
#[derive(Debug, Clone)]
pub struct Search<const L: usize> {
    /// Mean contribution of the features of the way of working, 0 to 1.
    pub quality: Lane<L>,
    /// How far apart in thinking the two ends of each tie are, 0 to 1, in the order of the ties.
    pub distances: Vec<Lane<L>>,
    landscape: Landscape<L>,
    /// The way of working, one bit a feature.
    way: Bits<L>,
    /// What each feature contributes to it.
    parts: Vec<Lane<L>>,
    /// Features that each partner sees, one bit each.
    sight: Vec<Bits<L>>,
}

impl<const L: usize> Search<L> {
    /// The way of working that a partnership begins with, its partners' `skills` being the share of their days in each.
    pub fn new(draws: Draws<L>, landscape: Landscape<L>, skills: &[Lane<L>], n_partners: usize) -> Self {
        let n_skills = skills.len() / n_partners.max(1);
        let way = Bits([0; L]);
        let contribution = |feature| Lane::from_fn(|r| landscape.contribution(r, feature, 0));
        Search {
            quality: Lane::from_fn(|r| landscape.quality(r, way.0[r])),
            distances: Vec::new(),
            parts: (0..landscape.n_features()).map(contribution).collect(),
            sight: skills.chunks(n_skills.max(1)).map(|own| sight(&draws, landscape.n_features(), own)).collect(),
            landscape,
            way,
        }
    }

    /// Partner `i` tries, in replication `r`, a change of one feature it sees, by `luck`; it is adopted when it is an
    /// improvement, or when it is to be adopted `untested`. 1 when it was an improvement.
    pub fn attempt(&mut self, r: usize, i: usize, luck: f64, untested: bool) -> f64 {
        let seen = self.sight[i].0[r];
        // Who sees nothing tries nothing.
        if seen == 0 {
            return 0.0;
        }
        let change = nth_bit(seen, (luck * f64::from(seen.count_ones())) as u32);
        let quality = self.quality_after(r, change);
        let better = quality > self.quality[r];
        if better || untested {
            self.adopt(r, change, quality);
        }
        if better { 1.0 } else { 0.0 }
    }

    /// Makes, in replication `r`, the best change of one of the features seen by anyone in `seen`, or of two that follow one another
    /// there, if it is an improvement. 1 when it was one.
    pub fn reflect(&mut self, r: usize, seen: u64) -> f64 {
        let features: Vec<u64> =
            (0..self.parts.len()).map(|feature| 1 << feature).filter(|bit| seen & bit != 0).collect();
        let (mut best, mut quality) = (0, self.quality[r]);
        for (at, &feature) in features.iter().enumerate() {
            for change in [feature, feature | features[(at + 1) % features.len()]] {
                let after = self.quality_after(r, change);
                if after > quality {
                    (best, quality) = (change, after);
                }
            }
        }
        if best != 0 {
            self.adopt(r, best, quality);
        }
        if best != 0 { 1.0 } else { 0.0 }
    }

    /// Features that somebody sees in replication `r`, of those partners whose weight given is above 0.
    pub fn seen(&self, r: usize, weights: impl Iterator<Item = f64>) -> u64 {
        let own = self.sight.iter().zip(weights).map(|(sight, weight)| if weight > 0.0 { sight.0[r] } else { 0 });
        own.fold(0, |all, own| all | own)
    }

    /// The world changes what the feature at a share `place` of them all contributes in replication `r`.
    pub fn disturb(&mut self, r: usize, place: f64) {
        let feature = (place * self.parts.len() as f64) as usize;
        self.landscape.change(r, feature);
        self.parts[feature][r] = self.landscape.contribution(r, feature, self.way.0[r]);
        self.quality[r] = self.quality_after(r, 0);
    }

    /// Quality once the bits of `change` were turned over in replication `r`.
    #[inline(always)]
    fn quality_after(&self, r: usize, change: u64) -> f64 {
        let way = self.way.0[r] ^ change;
        let mut sum = 0.0;
        for (feature, part) in self.parts.iter().enumerate() {
            let depends = self.landscape.depends(r, feature, change);
            sum += if depends { self.landscape.contribution(r, feature, way) } else { part[r] };
        }
        sum / self.parts.len() as f64
    }

    fn adopt(&mut self, r: usize, change: u64, quality: f64) {
        self.way.0[r] ^= change;
        self.quality[r] = quality;
        for (feature, part) in self.parts.iter_mut().enumerate() {
            if self.landscape.depends(r, feature, change) {
                part[r] = self.landscape.contribution(r, feature, self.way.0[r]);
            }
        }
    }
}

/// Features that a partner sees with its skills: each belongs to one skill and lies at a depth that the partner's share in that
/// skill has to exceed. The depth is the feature's own, so partners of the same skills see the same.
fn sight<const L: usize>(draws: &Draws<L>, n_features: usize, skills: &[Lane<L>]) -> Bits<L> {
    let mut sight = Bits([0; L]);
    for feature in 0..n_features {
        let depth = draws.uniform(Purpose::Depth, 0, feature, 0);
        let share = skills[feature % skills.len()];
        for r in 0..L {
            sight.0[r] |= u64::from(depth[r] < share[r]) << feature;
        }
    }
    sight
}

/// How far apart in thinking every two partners are: the share of their days that goes to different skills, plus `step` between
/// sectors, at most 1.
pub fn distances<const L: usize>(inputs: &Inputs, skills: &[Lane<L>], step: Lane<L>) -> Vec<Lane<L>> {
    let n = inputs.partners.len();
    let n_skills = skills.len() / n.max(1);
    let mut distances = Vec::with_capacity(n * n.saturating_sub(1) / 2);
    for i in 0..n {
        for j in i + 1..n {
            let of = |partner: usize| &skills[partner * n_skills..(partner + 1) * n_skills];
            let apart = of(i).iter().zip(of(j)).fold(Lane::ZERO, |sum, (&a, &b)| sum + (a - b).map(|d| math::abs(d)));
            let same_sector = inputs.partners[i].sector == inputs.partners[j].sector;
            let step = if same_sector { Lane::ZERO } else { step };
            distances.push(apart.zip(step, |apart, step| math::min(0.5 * apart + step, 1.0)));
        }
    }
    distances
}

/// The bit set at position `n` among those that are.
fn nth_bit(mut bits: u64, n: u32) -> u64 {
    for _ in 0..n {
        bits &= bits - 1;
    }
    bits & bits.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(skills: &[f64], interdependence: f64, replication: u64) -> Search<1> {
        let draws = Draws::new(8, replication);
        let skills: Vec<Lane<1>> = skills.iter().map(|&share| Lane([share])).collect();
        Search::new(draws, Landscape::new(draws, 10, Lane([interdependence])), &skills, skills.len() / 2)
    }

    #[test]
    fn the_bits_that_are_set_are_counted_from_the_lowest() {
        assert_eq!([0, 1, 2].map(|n| nth_bit(0b10110, n)), [0b10, 0b100, 0b10000]);
    }

    #[test]
    fn what_is_kept_beside_the_way_of_working_is_what_the_landscape_says_of_it() {
        let mut search = search(&[1.0, 0.0, 0.3, 0.7], 0.5, 3);
        for step in 0..60 {
            let luck = ((step * 37) % 100) as f64 / 100.0;
            match step % 3 {
                0 => search.disturb(0, luck),
                _ => _ = search.attempt(0, step % 2, luck, step % 5 == 0),
            }
            let told = search.landscape.quality(0, search.way.0[0]);
            assert!((search.quality[0] - told).abs() < 1e-12, "{step}");
        }
        assert_ne!(search.way.0[0], 0);
    }

    #[test]
    fn specialists_of_two_fields_see_all_and_those_of_one_the_same_half() {
        let alike = search(&[1.0, 0.0, 1.0, 0.0], 0.0, 0);
        assert_eq!((alike.sight[0], alike.seen(0, [1.0, 1.0].into_iter())), (alike.sight[1], 0b0101010101));
        let unlike = search(&[1.0, 0.0, 0.0, 1.0], 0.0, 0);
        assert_eq!(unlike.seen(0, [1.0, 1.0].into_iter()), 0b1111111111);
        assert_eq!(unlike.seen(0, [1.0, 0.0].into_iter()), 0b0101010101);
    }

    #[test]
    fn who_sees_everything_comes_to_the_one_optimum_of_independent_features() {
        let (mut sum, n) = (0.0, 400);
        for replication in 0..n {
            let mut search = search(&[1.0, 0.0, 0.0, 1.0], 0.0, replication);
            for step in 0..40 {
                search.attempt(0, step % 2, (step / 2 % 5) as f64 / 5.0, false);
            }
            sum += search.quality[0];
        }
        // The larger of two uniform numbers has mean 2/3 and variance 1/18; ten of them a replication.
        let error = (1.0 / 18.0 / 10.0 / n as f64).sqrt();
        assert!((sum / n as f64 - 2.0 / 3.0).abs() < 4.0 * error);
    }

    #[test]
    fn a_reflection_finds_what_single_changes_do_not_and_never_a_worse_way() {
        let mut found = 0;
        for replication in 0..100 {
            let mut search = search(&[1.0, 0.0, 0.0, 1.0], 1.0, replication);
            for step in 0..200 {
                search.attempt(0, step % 2, (step / 2 % 5) as f64 / 5.0, false);
            }
            let before = search.quality[0];
            let better = search.reflect(0, 0b1111111111);
            assert!(if better > 0.0 { search.quality[0] > before } else { search.quality[0] == before });
            found += better as usize;
            assert_eq!(search.reflect(0, 0), 0.0);
        }
        assert!(found > 10, "{found}");
    }

    #[test]
    fn partners_are_apart_by_skills_and_sector_by_hand() {
        let inputs = crate::model::mechanisms::small_world(2, &[]);
        let skills = [1.0, 0.0, 0.25, 0.75].map(|share| Lane([share]));
        assert_eq!(distances(&inputs, &skills, Lane([0.2]))[0][0], 0.75);
        let mut inputs = inputs;
        inputs.partners[1].sector = "charity".into();
        assert!((distances(&inputs, &skills, Lane([0.2]))[0][0] - 0.95).abs() < 1e-12);
        assert_eq!(distances(&inputs, &skills, Lane([0.9]))[0][0], 1.0);
    }
}
