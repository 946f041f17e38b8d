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
    /// Added to the chance that a task is on the map of roles.
    pub role_clarity: Lane<L>,
    /// Added to the chance a month that a partner tries a change, before novelty and absorption.
    pub learning: Lane<L>,
    /// Money the partnership spends as such, thousand pounds; the grant bears it first, then the members.
    pub spent: Lane<L>,
    /// Share of the diversions of promised resources that a contract prevents.
    pub bound: Lane<L>,
    /// Factor on the demand for help, with and without the partnership.
    pub demand: Lane<L>,
    /// 1 while the sponsor stands by the partnership.
    pub sponsor: Lane<L>,
    /// Share of the distance between sectors and cultures that is bridged this month beside everyday contact.
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
            role_clarity: Lane::ZERO,
            learning: Lane::ZERO,
            spent: Lane::ZERO,
            bound: Lane::ZERO,
            demand: Lane::ONE,
            sponsor: Lane::ONE,
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
    /// Factor on its income, with and without the partnership.
    pub income: Lane<L>,
    /// Share of its days that its own affairs take, with and without the partnership.
    pub busy: Lane<L>,
    /// Share of the cost of the days it gives to joint work that government refunds.
    pub subsidy: Lane<L>,
    /// How firmly it is bound to stay, 0 free to 1 not at all.
    pub held: Lane<L>,
    /// 1, or 0 when its contract ends this month and it does not renew it.
    pub renews: Lane<L>,
    /// Skill in deciding together that it was taught, 0 to 1.
    pub voice_skill: Lane<L>,
    /// Share of what keeps it from attending that support from outside makes good.
    pub support: Lane<L>,
    /// Share of its time for coordination that others take over.
    pub relief: Lane<L>,
    /// Factor on the weight of its voice in the joint goals.
    pub say: Lane<L>,
    /// Share of the inequity it would feel that it does not feel.
    pub soothed: Lane<L>,
}

impl<const L: usize> Influences<L> {
    /// Factor on its chances of hearing and of being heard, support from outside included.
    #[inline(always)]
    pub fn presence(&self) -> Lane<L> {
        self.attendance.zip(self.support, |attendance, support| attendance + support * (1.0 - attendance))
    }
}

/// What two shares that act one after the other come to: neither is counted on what the other has taken.
#[inline(always)]
pub fn both<const L: usize>(share: Lane<L>, more: Lane<L>) -> Lane<L> {
    share.zip(more, |share, more| share + more * (1.0 - share))
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
            income: Lane::ONE,
            busy: Lane::ZERO,
            subsidy: Lane::ZERO,
            held: Lane::ZERO,
            renews: Lane::ONE,
            voice_skill: Lane::ZERO,
            support: Lane::ZERO,
            relief: Lane::ZERO,
            say: Lane::ONE,
            soothed: Lane::ZERO,
        }
    }
}
