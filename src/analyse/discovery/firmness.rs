//! How firm a box is: what becomes of it in worlds that it was not found in, and in other samples.
//!
//! A box is the best of very many, so its own density and quasi-p-values flatter it. Two things do not: its density in worlds
//! left aside while it was found (cross-validation), and whether the same bounds come back when it is looked for again in
//! random halves of the worlds (Bryant and Lempert 2010). Which worlds are left aside is drawn from addressed random numbers, so
//! the answer is the same on any number of threads.

use super::prim::{Method, find};
use super::ranks::Ranks;
use super::region::{Bound, Region};
use super::worlds::{Count, Worlds};
use crate::analyse::quantile::quantile;
use crate::model::draws::{Draws, Purpose};
use rand::{Rng, RngExt};

/// Parts that the worlds are divided into: each is judged by what was found in the others.
pub const FOLDS: usize = 10;

/// Which worlds a box is looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sample {
    /// All but one of [`FOLDS`] parts.
    AllBut(usize),
    /// A random half, by its number.
    Half(usize),
}

/// A box found in a sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Refit {
    /// The sample.
    pub sample: Sample,
    /// The box.
    pub region: Region,
    /// What it holds of the worlds that were left aside.
    pub aside: Count,
}

/// How firm a box is.
#[derive(Debug, Clone, PartialEq)]
pub struct Firmness {
    /// What boxes hold of worlds that were left aside while they were found; together each world was left aside once.
    pub aside: Count,
    /// Number of random halves in which a box was looked for again.
    pub halves: usize,
    /// For each input, in how many of the halves it was restricted and between which bounds.
    pub inputs: Vec<Returned>,
}

/// What other samples make of one input.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Returned {
    /// Halves in which it was restricted at all.
    pub restricted: usize,
    /// Lower bounds that it had there, ascending.
    pub lows: Vec<f64>,
    /// Upper bounds that it had there, ascending.
    pub highs: Vec<f64>,
}

/// The worlds that are left aside in a sample of those of `within`. `part` keeps apart what is resampled for different purposes.
pub fn aside(within: &[bool], sample: Sample, seed: u64, part: u32) -> Vec<bool> {
    let mut worlds: Vec<usize> = (0..within.len()).filter(|world| within[*world]).collect();
    let mut aside = vec![false; within.len()];
    let (resample, kind) = match sample {
        Sample::AllBut(_) => (0, 0),
        Sample::Half(k) => (k as u64, 1),
    };
    let mut generator = Draws::<1>::new(seed, resample).generator(0, Purpose::Resampling, part, kind);
    shuffle(&mut worlds, &mut generator);
    let n = worlds.len();
    let taken = match sample {
        Sample::AllBut(fold) => fold * n / FOLDS..(fold + 1) * n / FOLDS,
        Sample::Half(_) => 0..n / 2,
    };
    worlds[taken].iter().for_each(|world| aside[*world] = true);
    aside
}

fn shuffle(worlds: &mut [usize], generator: &mut impl Rng) {
    for last in (1..worlds.len()).rev() {
        let other = (generator.random::<f64>() * (last + 1) as f64) as usize;
        worlds.swap(last, other.min(last));
    }
}

/// Looks for a box again in a sample of the worlds of `within`.
pub fn refit(
    worlds: &Worlds,
    ranks: &Ranks,
    within: &[bool],
    method: &Method,
    sample: Sample,
    seed: u64,
    part: u32,
) -> Refit {
    let aside = aside(within, sample, seed, part);
    let kept: Vec<bool> = within.iter().zip(&aside).map(|(within, aside)| *within && !aside).collect();
    let count = worlds.count(&kept);
    let region = if count.cases == 0 || count.cases == count.n {
        Region::whole(worlds)
    } else {
        find(worlds, ranks, &kept, method).region
    };
    let aside = region.count(worlds, &aside);
    Refit { sample, region, aside }
}

impl Firmness {
    /// Puts refits together.
    pub fn of(refits: &[Refit], n_inputs: usize) -> Firmness {
        let mut firmness = Firmness { aside: Count::default(), halves: 0, inputs: vec![Returned::default(); n_inputs] };
        for refit in refits {
            match refit.sample {
                Sample::AllBut(_) => firmness.aside = firmness.aside.and(refit.aside),
                Sample::Half(_) => {
                    firmness.halves += 1;
                    firmness.inputs.iter_mut().zip(&refit.region.bounds).for_each(|(input, bound)| input.add(bound));
                }
            }
        }
        for input in &mut firmness.inputs {
            input.lows.sort_by(f64::total_cmp);
            input.highs.sort_by(f64::total_cmp);
        }
        firmness
    }

    /// In what share of the halves an input was restricted on the sides that a bound restricts.
    pub fn reproduced(&self, input: usize, bound: &Bound) -> f64 {
        let returned = &self.inputs[input];
        let count = match bound {
            Bound::Among(_) => returned.restricted,
            Bound::Range { low, high } => {
                let low = if low.is_finite() { returned.lows.len() } else { self.halves };
                low.min(if high.is_finite() { returned.highs.len() } else { self.halves })
            }
        };
        count as f64 / self.halves as f64
    }
}

impl Returned {
    fn add(&mut self, bound: &Bound) {
        self.restricted += usize::from(!bound.sides().is_empty());
        if let Bound::Range { low, high } = bound {
            self.lows.extend(low.is_finite().then_some(*low));
            self.highs.extend(high.is_finite().then_some(*high));
        }
    }

    /// Where nine in ten of the lower and of the upper bounds lay; NaN where there were none.
    pub fn ranges(&self) -> [f64; 4] {
        let ends = |bounds: &[f64]| [quantile(bounds, 0.05), quantile(bounds, 0.95)];
        let ([a, b], [c, d]) = (ends(&self.lows), ends(&self.highs));
        [a, b, c, d]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_world_is_left_aside_once_and_a_half_is_a_half() {
        let within: Vec<bool> = (0..103).map(|k| k % 5 != 0).collect();
        let mut times = vec![0; 103];
        for fold in 0..FOLDS {
            let aside = aside(&within, Sample::AllBut(fold), 1, 0);
            aside.iter().zip(&mut times).for_each(|(aside, times)| *times += usize::from(*aside));
        }
        assert!(times.iter().zip(&within).all(|(times, within)| *times == usize::from(*within)));
        let halves = [0, 1].map(|k| aside(&within, Sample::Half(k), 1, 0));
        assert!(halves.iter().all(|half| half.iter().filter(|aside| **aside).count() == 41));
        assert_ne!(halves[0], halves[1]);
        assert_ne!(aside(&within, Sample::Half(0), 1, 1), halves[0]);
        assert_eq!(aside(&within, Sample::Half(0), 1, 0), halves[0]);
    }

    #[test]
    fn a_restriction_has_come_back_when_the_same_side_is_bounded() {
        let range = |low, high| Region { bounds: vec![Bound::Range { low, high }] };
        let half = |k, region| Refit { sample: Sample::Half(k), region, aside: Count::default() };
        let refits = [
            half(0, range(0.3, f64::INFINITY)),
            half(1, range(0.5, f64::INFINITY)),
            half(2, range(f64::NEG_INFINITY, 0.9)),
            half(3, range(f64::NEG_INFINITY, f64::INFINITY)),
        ];
        let firmness = Firmness::of(&refits, 1);
        assert_eq!(firmness.reproduced(0, &Bound::Range { low: 0.4, high: f64::INFINITY }), 0.5);
        assert_eq!(firmness.reproduced(0, &Bound::Range { low: 0.4, high: 0.9 }), 0.25);
        assert_eq!(firmness.inputs[0].restricted, 3);
        let [low, high, ..] = firmness.inputs[0].ranges();
        assert!((low - 0.31).abs() < 1e-12 && (high - 0.49).abs() < 1e-12);
    }
}
