//! Addressed random numbers: a draw is named by what it decides, never by how many draws came before.
//!
//! The generator is Threefry2x64 with 13 rounds (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as
//! 1, 2, 3"): a keyed bijection on 128 bits, without state. The key is (seed, replication); the counter packs purpose,
//! month, and the two things the decision is about. Two scenarios that ask the same question get the same answer, which
//! is what pairs them, and a lever can shift no draw but its own.

use crate::model::lanes::{Bits, Lane};
use crate::model::math;
use rand::rand_core::TryRng;
use std::convert::Infallible;

/// What a draw decides. The numbers are part of every result's definition: never reuse or renumber one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub enum Purpose {
    /// The value of an uncertain parameter.
    Parameter = 1,
    /// A partner's starting goal where the scenario gives none.
    StartingGoal = 2,
    /// What kind of contributor a partner is, and how it feels about inequity.
    Character = 3,
    /// How a copy of a partner template differs from the template.
    Variation = 4,
    /// Whether a partner's income arrives this month.
    Income = 5,
    /// The month's shock that all partners' incomes share.
    CommonIncome = 6,
    /// This month's demand for a need.
    Demand = 7,
    /// Whether each of a pair hears the other this month, and how far off it understands.
    Contact = 8,
    /// Whether a partner diverts promised resources to its own priorities this month.
    Diversion = 9,
    /// The month's change of a partner's goodwill, and whether it leaves for reasons outside the model.
    Goodwill = 10,
    /// Whether the sponsor's money arrives this month.
    GrantIncome = 11,
    /// Whether the partnership as a whole is ended from outside this month.
    Closure = 12,
    /// Whether an event left to chance happens this month.
    Event = 13,
    /// How a change of policy moves a partner's mandate.
    Mandate = 14,
    /// In which month a partner's budget year begins.
    BudgetYear = 15,
    /// Whether the people a partner sends leave this month.
    Staff = 16,
    /// Whether a member votes for a proposal this month.
    Vote = 18,
    /// Whether the next level approves a decision this month.
    Approval = 19,
    /// How much paperwork a month brings.
    Paperwork = 20,
    /// The sample of orders and coalitions from which voting power in a large partnership is estimated.
    VotingPower = 45,
    /// How far a partner is from taking on a task.
    Claim = 24,
    /// How far a task is from being on the map of roles.
    Mapping = 25,
    /// What a feature of a way of working contributes.
    Landscape = 26,
    /// How much of a skill it takes to see a feature of a way of working.
    Depth = 27,
    /// Whether a partner tries a change this month, which, and whether it is adopted untested.
    Attempt = 28,
    /// Whether what a feature contributes changes this month, and which.
    Turbulence = 29,
    /// Whether a reflection is candid, and whether it finds anything.
    Reflection = 30,
    /// Whom of the people in need an evaluator asks at the follow-up.
    FollowUpSample = 39,
    /// Whom it asks before the start, or in other places.
    OtherSample = 40,
    /// How far the places that it compares with differ from this one.
    ComparisonPlaces = 41,
    /// Whether a pair that meets hears each other or neither does, this month.
    Mutuality = 31,
    /// Whether language stands in the way of what one partner heard of another this month, and whether asking back helps.
    Understanding = 32,
    /// Whether a partner stays away from this month's meetings.
    Absence = 33,
    /// How far a partner's hopes at the start differ from the others'.
    Hopes = 34,
    /// Whether a review sees what a partner gave.
    Review = 35,
    /// Which values the points of an experiment's design have. The replication is the point.
    Design = 46,
    /// Which of the observations a resampling takes. The replication is the resample.
    Resampling = 47,
    /// What a search for better levers tries next. The replication is the trial.
    Search = 48,
    /// Which parameters a calibration tries next. The replication is the trial.
    Calibration = 49,
}

/// The random numbers of `L` consecutive replications under one seed.
#[derive(Debug, Clone, Copy)]
pub struct Draws<const L: usize> {
    seed: u64,
    first: u64,
}

impl<const L: usize> Draws<L> {
    /// Draws of replications `first` to `first + L - 1`.
    pub fn new(seed: u64, first: u64) -> Self {
        Draws { seed, first }
    }

    /// Two words of random bits for each replication, at the address of one decision about `i` and `j` in `month`.
    #[inline(always)]
    pub fn bits(&self, purpose: Purpose, month: usize, i: usize, j: usize) -> (Bits<L>, Bits<L>) {
        let counter = counter(purpose, month, i, j);
        let (mut a, mut b) = ([0; L], [0; L]);
        for r in 0..L {
            [a[r], b[r]] = threefry2x64_13([self.seed, self.first.wrapping_add(r as u64)], counter);
        }
        (Bits(a), Bits(b))
    }

    /// Two uniform numbers in the open unit interval for each replication.
    #[inline(always)]
    pub fn uniforms(&self, purpose: Purpose, month: usize, i: usize, j: usize) -> (Lane<L>, Lane<L>) {
        let (a, b) = self.bits(purpose, month, i, j);
        (Lane::from_fn(|r| math::open_unit(a[r])), Lane::from_fn(|r| math::open_unit(b[r])))
    }

    /// One uniform number in the open unit interval for each replication.
    #[inline(always)]
    pub fn uniform(&self, purpose: Purpose, month: usize, i: usize, j: usize) -> Lane<L> {
        self.uniforms(purpose, month, i, j).0
    }

    /// One uniform number in the open unit interval for the replication in one lane, at an address of its own.
    #[inline(always)]
    pub fn uniform_of(&self, lane: usize, purpose: Purpose, month: usize, i: usize, j: usize) -> f64 {
        let key = [self.seed, self.first.wrapping_add(lane as u64)];
        math::open_unit(threefry2x64_13(key, counter(purpose, month, i, j))[0])
    }

    /// A standard normal number and, independent of it, a uniform one for each replication.
    #[inline(always)]
    pub fn normal_and_uniform(&self, purpose: Purpose, month: usize, i: usize, j: usize) -> (Lane<L>, Lane<L>) {
        let (a, b) = self.bits(purpose, month, i, j);
        // Plain loops: the compiler would leave so large a closure as a call, one replication at a time.
        let (mut normal, mut uniform) = ([0.0; L], [0.0; L]);
        for r in 0..L {
            normal[r] = math::normal_quantile_quick(math::open_units(a[r]).0);
        }
        for r in 0..L {
            uniform[r] = math::open_unit(b[r]);
        }
        (Lane(normal), Lane(uniform))
    }

    /// One standard normal number for each replication.
    #[inline(always)]
    pub fn normal(&self, purpose: Purpose, month: usize, i: usize, j: usize) -> Lane<L> {
        self.normal_and_uniform(purpose, month, i, j).0
    }

    /// A `rand` generator for one replication that starts at the address of the decision about `i` and `j`.
    pub fn generator(&self, lane: usize, purpose: Purpose, i: u32, j: u32) -> AddressedGenerator {
        AddressedGenerator {
            key: [self.seed, self.first.wrapping_add(lane as u64)],
            counter: counter(purpose, 0, i as usize, j as usize),
            spare: None,
        }
    }
}

#[inline(always)]
fn counter(purpose: Purpose, month: usize, i: usize, j: usize) -> [u64; 2] {
    [(purpose as u64) << 48 | (month as u64) << 32, (i as u64) << 32 | j as u64]
}

/// An endless stream of words from one address, for distributions that need an unknown number of them.
#[derive(Debug, Clone)]
pub struct AddressedGenerator {
    key: [u64; 2],
    counter: [u64; 2],
    spare: Option<u64>,
}

impl AddressedGenerator {
    /// A whole number below `n`, from one word whatever a library does in its next version. The product's upper half favours some numbers by a
    /// part in 2⁶⁴ / n, which no number of draws shows.
    pub fn below(&mut self, n: usize) -> usize {
        let Ok(word) = self.try_next_u64();
        ((u128::from(word) * n as u128) >> 64) as usize
    }
}

impl TryRng for AddressedGenerator {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|word| (word >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        if let Some(word) = self.spare.take() {
            return Ok(word);
        }
        let [word, spare] = threefry2x64_13(self.key, self.counter);
        // The low half of the first counter word is the position in the stream.
        self.counter[0] += 1;
        self.spare = Some(spare);
        Ok(word)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let Ok(word) = self.try_next_u64();
            chunk.copy_from_slice(&word.to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

const PARITY: u64 = 0x1bd1_1bda_a9fc_1a22;

/// Threefry2x64 with 13 rounds: rotations 16, 42, 12, 31, 16, 32, 24, 21 in turn, a key injection after every fourth round.
#[inline(always)]
pub fn threefry2x64_13(key: [u64; 2], counter: [u64; 2]) -> [u64; 2] {
    let keys = [key[0], key[1], PARITY ^ key[0] ^ key[1]];
    let mut a = counter[0].wrapping_add(keys[0]);
    let mut b = counter[1].wrapping_add(keys[1]);
    macro_rules! round {
        ($rotation:literal) => {
            a = a.wrapping_add(b);
            b = b.rotate_left($rotation) ^ a;
        };
    }
    macro_rules! inject {
        ($number:literal) => {
            a = a.wrapping_add(keys[$number % 3]);
            b = b.wrapping_add(keys[($number + 1) % 3]).wrapping_add($number);
        };
    }
    round!(16);
    round!(42);
    round!(12);
    round!(31);
    inject!(1);
    round!(16);
    round!(32);
    round!(24);
    round!(21);
    inject!(2);
    round!(16);
    round!(42);
    round!(12);
    round!(31);
    inject!(3);
    round!(16);
    [a, b]
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;

    /// The vectors published with the algorithm (Random123, `kat_vectors`).
    #[test]
    fn threefry_gives_the_published_answers() {
        let ones = u64::MAX;
        assert_eq!(threefry2x64_13([0, 0], [0, 0]), [0xf167_b032_c3b4_80bd, 0xe91f_9fee_4b7a_6fb5]);
        assert_eq!(threefry2x64_13([ones, ones], [ones, ones]), [0xccde_c5c9_17a8_74b1, 0x4df5_3abc_a26c_eb01]);
        let counter = [0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344];
        let key = [0xa409_3822_299f_31d0, 0x082e_fa98_ec4e_6c89];
        assert_eq!(threefry2x64_13(key, counter), [0xc3aa_c715_6104_2993, 0x3fe7_ae88_01af_f316]);
    }

    #[test]
    fn a_replication_draws_the_same_in_every_lane_and_width() {
        let sixteen = Draws::<16>::new(7, 32).bits(Purpose::Contact, 5, 2, 3);
        for r in 0..16 {
            let alone = Draws::<1>::new(7, 32 + r as u64).bits(Purpose::Contact, 5, 2, 3);
            assert_eq!((sixteen.0[r], sixteen.1[r]), (alone.0[0], alone.1[0]));
        }
        let sixteen = Draws::<16>::new(7, 32);
        let uniforms = sixteen.uniform(Purpose::Contact, 5, 2, 3);
        assert!((0..16).all(|r| sixteen.uniform_of(r, Purpose::Contact, 5, 2, 3) == uniforms[r]));
    }

    #[test]
    fn another_purpose_month_or_partner_draws_other_numbers() {
        let draws = Draws::<1>::new(1, 0);
        let base = draws.bits(Purpose::Income, 3, 1, 2);
        let others = [
            draws.bits(Purpose::Demand, 3, 1, 2),
            draws.bits(Purpose::Income, 4, 1, 2),
            draws.bits(Purpose::Income, 3, 2, 1),
            Draws::<1>::new(2, 0).bits(Purpose::Income, 3, 1, 2),
            Draws::<1>::new(1, 1).bits(Purpose::Income, 3, 1, 2),
        ];
        assert!(others.iter().all(|other| *other != base));
    }

    #[test]
    fn the_generator_continues_one_address_without_meeting_the_next() {
        let draws = Draws::<1>::new(9, 4);
        let mut generator = draws.generator(0, Purpose::Parameter, 77, 0);
        let (a, b) = draws.bits(Purpose::Parameter, 0, 77, 0);
        assert_eq!([generator.next_u64(), generator.next_u64()], [a[0], b[0]]);
        assert_ne!(generator.next_u64(), draws.bits(Purpose::Parameter, 1, 77, 0).0[0]);
    }

    #[test]
    fn uniforms_have_the_moments_of_the_uniform_distribution() {
        let n = 40_000;
        let (mut sum, mut squares) = (0.0, 0.0);
        for replication in 0..n {
            let u = Draws::<1>::new(1, replication).uniform(Purpose::Income, 0, 0, 0)[0];
            sum += u;
            squares += u * u;
        }
        let n = n as f64;
        // Four standard errors of the mean of a uniform and of its square.
        assert!((sum / n - 0.5).abs() < 4.0 * (1.0 / 12.0 / n).sqrt());
        assert!((squares / n - 1.0 / 3.0).abs() < 4.0 * (4.0 / 45.0 / n).sqrt());
    }
}
