//! What mechanisms lend to one another within a month: neutral when the month begins, and read further down its list.
//!
//! A mechanism that is not in use leaves its influences neutral, and what reads them then computes what it would without them.

use crate::model::lanes::Lane;

/// What holds this month for the partnership as a whole.
#[derive(Debug, Clone)]
pub struct Conditions<const L: usize> {
    /// Factor on every chance of being heard.
    pub hearing: Lane<L>,
    /// Chance that what would have been misunderstood is put right.
    pub clearing: Lane<L>,
    /// Share of the joint work agreed on that can go ahead.
    pub at_work: Lane<L>,
    /// Factor on what a day of joint work achieves.
    pub output: Lane<L>,
    /// Money the partnership spends as such, thousand pounds; the grant bears it first, then the members.
    pub spent: Lane<L>,
    /// Share of the distance between cultures that is bridged this month beside everyday contact.
    pub bridging: Lane<L>,
    /// Added to the share of what was heard that is misunderstood.
    pub confusion: Lane<L>,
    /// 1 where a review decides that the partnership is not worth going on with.
    pub wound_up: Lane<L>,
}

impl<const L: usize> Default for Conditions<L> {
    /// Neutral.
    fn default() -> Self {
        Conditions {
            hearing: Lane::ONE,
            clearing: Lane::ZERO,
            at_work: Lane::ONE,
            output: Lane::ONE,
            spent: Lane::ZERO,
            bridging: Lane::ZERO,
            confusion: Lane::ZERO,
            wound_up: Lane::ZERO,
        }
    }
}

/// What acts on one partner this month.
#[derive(Debug, Clone)]
pub struct Influences<const L: usize> {
    /// Days taken by other things of the partnership than meetings and links: secondment, training, paperwork.
    pub days_away: Lane<L>,
    /// Factor on its chances of hearing and of being heard.
    pub attendance: Lane<L>,
    /// Added to what it means to give, as a share of what it agreed could be pooled.
    pub urge: Lane<L>,
    /// Share of what it would give that is lost.
    pub lost: Lane<L>,
    /// Added to its morale.
    pub lift: Lane<L>,
    /// Added to its goodwill.
    pub warmth: Lane<L>,
    /// Factor on the weight of its voice in the joint goals.
    pub say: Lane<L>,
    /// Share of the inequity it would feel that it does not feel.
    pub soothed: Lane<L>,
}

impl<const L: usize> Default for Influences<L> {
    /// Neutral.
    fn default() -> Self {
        Influences {
            days_away: Lane::ZERO,
            attendance: Lane::ONE,
            urge: Lane::ZERO,
            lost: Lane::ZERO,
            lift: Lane::ZERO,
            warmth: Lane::ZERO,
            say: Lane::ONE,
            soothed: Lane::ZERO,
        }
    }
}
