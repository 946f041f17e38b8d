//! One organisation: its resources, its character, and its state this month.
//!
//! A partner is a member or not; one that left keeps its place in every array and works alone from then on. All money is
//! in thousand pounds, all time in staff-days, all flows a month.

mod parameters;

use crate::model::drawn::Drawn;
use crate::model::influence::Influences;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::mechanisms::monitoring::Standing;
use crate::model::production;
pub use parameters::PARAMETERS;
pub(crate) use parameters::*;

/// Working days a month of one full-time member of staff (220 days a year).
pub const WORKING_DAYS: f64 = 18.333_333_333_333_332;

/// Hours in a staff-day.
pub const DAY_HOURS: f64 = 7.5;

/// One organisation in `L` replications.
#[derive(Debug, Clone, Default)]
pub struct Partner<const L: usize> {
    /// Income.
    pub money: Lane<L>,
    /// Cost of all own staff.
    pub wages: Lane<L>,
    /// Cost of one staff-day.
    pub day_cost: Lane<L>,
    /// Level to which surplus refills the reserve.
    pub reserve_target: Lane<L>,
    /// Days a month when income arrives in full.
    pub normal_days: Lane<L>,
    /// Share of the people in need it can reach by itself.
    pub reach: Lane<L>,
    /// One over `reach`, 0 where it reaches nobody.
    pub reach_inverse: Lane<L>,
    /// Share held back without trust.
    pub autonomy: Lane<L>,
    /// Pull of its own mandate on its goals.
    pub stubbornness: Lane<L>,
    /// Share of the way that dialogue would move its goals that they do move.
    pub openness: Lane<L>,
    /// What it gives when it believes the others give nothing.
    pub giving_base: Lane<L>,
    /// What it adds as its belief rises from nothing to everything.
    pub giving_slope: Lane<L>,
    /// How far it announces what a conditional contributor would give, whatever it means to give: 1 of a free rider, less after sanctions.
    pub announces_more: Lane<L>,
    /// Dislike of gaining less than the others.
    pub envy: Lane<L>,
    /// Dislike of gaining more than the others.
    pub guilt: Lane<L>,

    /// Weight of its voice in the joint goals and in votes, against one for an ordinary member.
    pub voice: Lane<L>,
    /// What a day of its joint work comes to, against a day of its first month.
    pub proficiency: Lane<L>,
    /// Share of the days it puts into joint work that serve its own finances instead.
    pub self_interest: Lane<L>,
    /// 1 where it had a seat in the last month the partnership worked.
    pub seat: Lane<L>,
    /// Its power at the end: share of all voice, of Shapley and Shubik's index, of Banzhaf's.
    pub voting: [Lane<L>; 3],
    /// What acts on it this month.
    pub influences: Influences<L>,

    /// 1 while a member of a living partnership.
    pub active: Lane<L>,
    /// 1 until the month in which it joins.
    pub waiting: Lane<L>,
    /// 1 while it is first in line to lead: the lead, or when that has left the next one listed.
    pub leads: Lane<L>,
    /// 1 while its income arrives in full.
    pub funded: Lane<L>,
    /// Money put by.
    pub reserves: Lane<L>,
    /// Days it has this month.
    pub days: Lane<L>,
    /// Money spent this month.
    pub spent: Lane<L>,
    /// What the three would be had it been alone from the start.
    pub alone: Purse<L>,
    /// Days this month in meetings and on working links, not refunded by the grant.
    pub coordination_days: Lane<L>,
    /// The same before any refund.
    pub coordination_days_gross: Lane<L>,
    /// Share of what it promised that it diverted to its own priorities this month.
    pub diverted: Lane<L>,
    /// Days this month put into joint work.
    pub contributed: Lane<L>,
    /// Days this month that a subsidy of those days has bought back.
    pub backfilled: Lane<L>,
    /// Share of its promise it kept this month.
    pub kept: Lane<L>,
    /// What it gave this month, as a share of the days it had agreed could be pooled.
    pub given: Lane<L>,
    /// What it believes the others give, as such a share.
    pub belief: Lane<L>,
    /// Other members this month.
    pub peers: Lane<L>,
    /// Share of the other members it heard this month.
    pub informed: Lane<L>,
    /// Sum over its working links of one plus distance.
    pub link_load: Lane<L>,
    /// Its mean trust in the other members.
    pub trust: Lane<L>,
    /// The other members' mean trust in it.
    pub trusted: Lane<L>,
    /// Closeness of its own goals to the joint ones, 0 to 1.
    pub fit: Lane<L>,
    /// Morale.
    pub morale: Lane<L>,
    /// Share of the intended benefit it hopes for.
    pub hopes: Lane<L>,
    /// Cynicism: what unmet hopes left behind, 0 to 1.
    pub cynicism: Lane<L>,
    /// Differences it does not speak of, 0 to 1.
    pub tension: Lane<L>,
    /// What reviews made of it.
    pub standing: Standing<L>,
    /// Goodwill towards the partnership; at zero it leaves.
    pub goodwill: Lane<L>,
    /// Worth of its separate work this month.
    pub own_value: Lane<L>,
    /// Worth of its work this month had it been alone from the start.
    pub alone_value: Lane<L>,
    /// Its share of the worth of joint work this month.
    pub benefit: Lane<L>,
    /// Its share of the money the partnership spent this month beyond the grant, less what joint work earned it.
    pub levy: Lane<L>,
    /// What joint work brings it as an institution this month: the benefit that reaches it less its levy.
    pub returned: Lane<L>,
    /// What joint work gained it this month, for a pound it had agreed could be pooled.
    pub gain: Lane<L>,
    /// Felt inequity this month.
    pub inequity: Lane<L>,

    /// Running totals over the horizon.
    pub total: PartnerTotal<L>,
}

/// Money put by, money spent, and the days it bought.
#[derive(Debug, Clone, Copy, Default)]
pub struct Purse<const L: usize> {
    /// Money put by.
    pub reserves: Lane<L>,
    /// Money spent this month.
    pub spent: Lane<L>,
    /// Days it has this month.
    pub days: Lane<L>,
}

/// What is summed up over a replication for one partner.
#[derive(Debug, Clone, Copy, Default)]
pub struct PartnerTotal<const L: usize> {
    /// Worth drawn from own and joint work less own money spent.
    pub net_together: Lane<L>,
    /// The same for the twin.
    pub net_alone: Lane<L>,
    /// Worth of the work of the twin.
    pub alone: Lane<L>,
    /// Worth drawn from joint work.
    pub benefit: Lane<L>,
    /// Days put into joint work.
    pub contributed: Lane<L>,
    /// Months a member.
    pub months: Lane<L>,
    /// Times that the people it sent left, while a member.
    pub staff_lost: Lane<L>,
}

impl<const L: usize> Partner<L> {
    /// The partner at position `i` of the inputs, as it stands before the first month.
    pub fn new(drawn: &Drawn<L>, i: usize) -> Self {
        let staff_days = drawn.number(&STAFF, i) * WORKING_DAYS;
        let day_cost = drawn.number(&DAY_COST, i) * 0.001;
        let money = drawn.number(&MONEY, i);
        let reach = drawn.number(&REACH, i);
        let reserve_target = money * drawn.number(&RESERVES, i);
        Partner {
            money,
            wages: staff_days * day_cost,
            day_cost,
            reserve_target,
            reserves: reserve_target,
            alone: Purse { reserves: reserve_target, ..Purse::default() },
            reach,
            reach_inverse: reach.map(production::inverse),
            autonomy: drawn.number(&AUTONOMY, i),
            stubbornness: drawn.number(&STUBBORNNESS, i),
            openness: drawn.number(&OPENNESS, i),
            envy: drawn.number(&ENVY, i),
            guilt: drawn.number(&GUILT, i),
            voice: Lane::ONE,
            proficiency: Lane::ONE,
            self_interest: drawn.number(&SELF_INTEREST, i),
            seat: Lane::ONE,
            active: Lane::ONE,
            funded: Lane::ONE,
            kept: Lane::ONE,
            fit: Lane::ONE,
            ..Self::default()
        }
    }

    /// Days left for separate work this month; never below zero.
    #[inline(always)]
    pub fn own_days(&self) -> Lane<L> {
        (self.days - self.coordination_days - self.contributed + self.backfilled).map(|days| math::max(days, 0.0))
    }
}
