//! What stands between two partners: distance, contact, experience, trust. One record an unordered pair, both directions in it.

use crate::model::lanes::Lane;

/// A pair of partners in `L` replications. Direction 0 is how the first of `ends` sees the second, direction 1 the reverse.
#[derive(Debug, Clone)]
pub struct Tie<const L: usize> {
    /// Positions of the two partners, the lower first.
    pub ends: (usize, usize),
    /// 1 between partners of different sectors, else 0.
    pub sectors_apart: f64,
    /// Distance, in the unit of `distance`'s parameters.
    pub distance: Lane<L>,
    /// Chance of hearing the other at least once in a month of undivided attention.
    pub contact: Lane<L>,
    /// Part of the distance that lies between sectors and cultures and not on the road.
    pub culture: Lane<L>,
    /// What `contact` would be without that part.
    pub bridged_contact: Lane<L>,
    /// 1 where the other was heard this month.
    pub heard: [Lane<L>; 2],
    /// Noise of this month's understanding, uniform.
    pub noise: [Lane<L>; 2],
    /// Promises seen kept, fading.
    pub kept: [Lane<L>; 2],
    /// Promises seen broken, weighted and fading.
    pub broken: [Lane<L>; 2],
    /// Trust.
    pub trust: [Lane<L>; 2],
}

impl<const L: usize> Tie<L> {
    /// A pair that knows nothing of each other yet.
    pub fn new(ends: (usize, usize), sectors_apart: f64, distance: Lane<L>, contact: Lane<L>, trust: Lane<L>) -> Self {
        let nothing = [Lane::ZERO; 2];
        Tie {
            ends,
            sectors_apart,
            distance,
            contact,
            culture: Lane::ZERO,
            bridged_contact: contact,
            heard: nothing,
            noise: nothing,
            kept: nothing,
            broken: nothing,
            trust: [trust; 2],
        }
    }

    /// Forgets a share of what either has seen of the other.
    #[inline(always)]
    pub fn forget(&mut self, share: Lane<L>) {
        for direction in 0..2 {
            self.kept[direction] *= Lane::ONE - share;
            self.broken[direction] *= Lane::ONE - share;
        }
    }
}
