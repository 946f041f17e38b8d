//! The ledger of losses: what a partnership lost of the joint worth it set out for, and by what.
//!
//! What a member counted on was agreed: the pooled share of its ordinary days, at the level partners counted on from each
//! other when they began. Where it gives less, the days that are missing are booked at the worth an agreed day was intended
//! to have, and split over what scaled the contribution down, each in proportion to how much more the rest would have to give
//! to make up for it (one over its factor, less one). The agreed days of who left are booked on their leaving. Coordination is booked at the cost the members bear, with the joint
//! work done twice or left undone for want of it. Ambition is what would still be missing had everybody given what was
//! agreed: what the agreed days were to be worth, at least their own cost, less what they could achieve.
//!
//! Belief in the others that fell with what they gave is no cause of its own: what it takes is split as the rest.
//!
//! The ledger is for telling why a partnership failed; nothing in the model reads it.

use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::mechanisms::contributions::{Contributions, freed, level, trusted_belief};
use crate::model::mechanisms::meetings::attention;
use crate::model::mechanisms::meetings::mean_informed;
use crate::model::partner::Partner;
use crate::model::world::World;

/// What was lost so far, by what, in thousand pounds of joint worth.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Losses<const L: usize> {
    /// Members were short of money or diverted it to other ends, or the grant did not arrive.
    pub money: Lane<L>,
    /// Goals that differ, and joint work that waited for a decision.
    pub agreement: Lane<L>,
    /// Control kept, little trust in what the others will give, less given than a conditional contributor would.
    pub trust: Lane<L>,
    /// Low morale.
    pub heart: Lane<L>,
    /// What those who left would have given.
    pub leaving: Lane<L>,
    /// Coordination itself, and work done twice or left undone for want of it.
    pub coordination: Lane<L>,
    /// What events took away.
    pub shock: Lane<L>,
    /// What the agreed work could never have been worth.
    pub ambition: Lane<L>,
    /// What the members' agreed days were intended to be worth so far, thousand pounds.
    pub planned: Lane<L>,
    /// 1 where the partnership dissolved as a partner left without whom the others could not go on, even all of them.
    pub vital_left: Lane<L>,
}

/// What scales a contribution down: of each, how much more the rest would have to give to make up for it.
struct Drags<const L: usize> {
    money: Lane<L>,
    agreement: Lane<L>,
    trust: Lane<L>,
    heart: Lane<L>,
    shock: Lane<L>,
}

/// Number of causes a loss can have.
pub const KINDS: usize = 8;

impl<const L: usize> Losses<L> {
    /// The losses in the order of `outcomes::CAUSES`, which has "none" before them.
    pub fn by_cause(&self) -> [Lane<L>; KINDS] {
        let Losses { money, agreement, trust, heart, leaving, coordination, shock, ambition, .. } = *self;
        [money, agreement, trust, heart, leaving, coordination, shock, ambition]
    }

    /// Splits what is missing over what dragged it down.
    #[inline(always)]
    fn split(&mut self, missing: Lane<L>, drags: &Drags<L>) {
        let sum = drags.money + drags.agreement + drags.trust + drags.heart + drags.shock;
        let scale = missing.zip(sum, |missing, sum| if sum > 0.0 { missing / sum } else { 0.0 });
        self.money += drags.money * scale;
        self.agreement += drags.agreement * scale;
        self.trust += drags.trust * scale;
        self.heart += drags.heart * scale;
        self.shock += drags.shock * scale;
    }

    /// Notes whether a vital partner's leaving is what ended a partnership that was `alive`; `ending` is its position in
    /// `outcomes::ENDINGS`.
    #[inline(always)]
    pub fn note_end(&mut self, alive: Lane<L>, ending: Lane<L>, vital_left: Lane<L>) {
        let before = self.vital_left;
        self.vital_left = Lane::from_fn(|r| {
            let now = alive[r] > 0.0 && ending[r] > 0.0 && vital_left[r] > 0.0;
            if now { 1.0 } else { before[r] }
        });
    }
}

/// 1 where all the others together are too small a partnership without this one.
#[inline(always)]
pub fn vital<const L: usize>(days: Lane<L>, capacity: Lane<L>, minimum_share: Lane<L>) -> Lane<L> {
    Lane::from_fn(|r| if capacity[r] - days[r] < minimum_share[r] * capacity[r] { 1.0 } else { 0.0 })
}

/// What the work agreed on in a month was to be worth, what it was to cost, and what of the coordination the members bore.
struct Agreed<const L: usize> {
    worth: Lane<L>,
    cost: Lane<L>,
    coordination: Lane<L>,
}

/// Books a month's losses, when its work is done and before anybody draws conclusions from it.
#[inline(always)]
pub fn book<const L: usize>(world: &mut World<L>) {
    let agreed = book_shortfalls(world);
    let informed = mean_informed(&world.partners);
    let World { partnership, rules, .. } = world;
    let duplication = rules.delivery.duplication;
    // What is lost along the chain of implementation was as little to be had as what joint work cannot do.
    let effectiveness = rules.delivery.effectiveness * rules.delivery.chain;
    let (output, alive) = (partnership.conditions.output, partnership.alive);
    let losses = &mut partnership.losses;
    losses.money += Lane::from_fn(|r| {
        let due = alive[r] * partnership.grant_due[r];
        math::max(due - partnership.grant[r], 0.0)
    });
    losses.shock += partnership.grant_withdrawn * alive;
    losses.planned += agreed.worth;
    losses.ambition += Lane::from_fn(|r| unreachable_worth(agreed.worth[r], agreed.cost[r], effectiveness[r]));
    let undone = Lane::from_fn(|r| {
        let done = math::min(output[r], 1.0) * (1.0 - duplication[r] * (1.0 - informed[r]));
        agreed.worth[r] * math::min(effectiveness[r], 1.0) * (1.0 - done)
    });
    losses.coordination += agreed.coordination + undone;
}

/// Books what members gave less than agreed, and what those who left no longer give.
#[inline(always)]
fn book_shortfalls<const L: usize>(world: &mut World<L>) -> Agreed<L> {
    let World { partners, partnership, rules, .. } = world;
    let contributions = &rules.contributions;
    let (pooled, counted_on) = (contributions.pooled, contributions.counted_on());
    let (at_work, alive) = (partnership.conditions.at_work, partnership.alive);
    let (intended, capacity) = (partnership.intended_value, partnership.starting_capacity);
    let worth_a_day = Lane::from_fn(|r| intended[r] / math::max(pooled[r] * capacity[r], 1e-9));
    let losses = &mut partnership.losses;
    let mut sum = Agreed { worth: Lane::ZERO, cost: Lane::ZERO, coordination: Lane::ZERO };
    for partner in partners.iter() {
        let days = pooled * counted_on * partner.normal_days;
        let missing =
            Lane::from_fn(|r| partner.active[r] * math::max(days[r] - partner.contributed[r], 0.0) * worth_a_day[r]);
        losses.split(missing, &drags(partner, contributions, at_work));
        // Who has never been a member has not left.
        let left = Lane::from_fn(|r| {
            let was_member = partner.total.months[r] > 0.0;
            if was_member { math::max(alive[r] - partner.active[r], 0.0) } else { 0.0 }
        });
        losses.leaving += left * days * worth_a_day;
        sum.worth += partner.active * days * worth_a_day;
        sum.cost += partner.active * days * partner.day_cost;
        sum.coordination += partner.coordination_days * partner.day_cost + partner.levy;
    }
    sum
}

/// What scaled a member's contribution down this month.
#[inline(always)]
fn drags<const L: usize>(partner: &Partner<L>, rules: &Contributions<L>, at_work: Lane<L>) -> Drags<L> {
    let (usual_base, usual_slope) = rules.conditional();
    Drags {
        money: Lane::from_fn(|r| drag(kept_of(partner.days[r], partner.normal_days[r]) * (1.0 - partner.diverted[r]))),
        agreement: Lane::from_fn(|r| drag(freed(rules.goal_effect[r], partner.fit[r]) * at_work[r])),
        trust: Lane::from_fn(|r| {
            let belief = trusted_belief(partner.belief[r], partner.trust[r], rules.trust_effect[r]);
            let meant = level(partner.giving_base[r], partner.giving_slope[r], belief, 0.0);
            // Belief that fell with what the others gave is an effect of their drags and is split as they are.
            let usual = level(usual_base[r], usual_slope[r], partner.belief[r], 0.0);
            drag(freed(partner.autonomy[r], partner.trust[r]) * kept_of(meant, usual))
        }),
        heart: Lane::from_fn(|r| drag(attention(partner.morale[r], rules.morale_effect[r]))),
        shock: Lane::from_fn(|r| drag(1.0 - partner.influences.lost[r])),
    }
}

/// How much more the rest would have to give to make up for a factor below one: nothing for 1, once over for one half.
#[inline(always)]
fn drag(factor: f64) -> f64 {
    1.0 / math::clamp(factor, 1e-6, 1.0) - 1.0
}

/// What is there as a share of what there ordinarily is.
#[inline(always)]
fn kept_of(now: f64, ordinary: f64) -> f64 {
    if ordinary > 0.0 { math::unit(now / ordinary) } else { 1.0 }
}

/// What agreed days were to be worth, at least their cost, less what they can achieve at this effectiveness.
#[inline(always)]
fn unreachable_worth(planned: f64, cost: f64, effectiveness: f64) -> f64 {
    math::max(math::max(planned, cost) - planned * effectiveness, 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::{self, small_world};

    /// The losses of three equal partners in their first month.
    fn first_month(values: &[(&'static str, f64)], change: impl Fn(&mut World<1>)) -> (Losses<1>, World<1>) {
        let base = [
            ("need.value", 5000.0),
            ("need.demand", 1000.0),
            ("delivery.effectiveness", 1.0),
            ("delivery.duplication", 0.0),
            ("contributions.free_rider_share", 0.0),
            ("contributions.unconditional_share", 0.0),
            ("contributions.talk_effect", 0.0),
            ("contributions.diversion_rate", 0.0),
            ("contributions.morale_effect", 0.0),
            ("partner.autonomy", 0.0),
            ("governance.link_hours", 0.0),
            ("communication.meetings", 0.0),
            ("funding.uptime", 1.0),
        ];
        let mut world = World::<1>::new(&small_world(3, &[&base, values].concat()), Draws::new(1, 0));
        change(&mut world);
        mechanisms::month(&mut world, 0);
        (world.partnership.losses, world)
    }

    fn all(losses: &Losses<1>) -> [f64; KINDS] {
        losses.by_cause().map(|loss| loss[0])
    }

    #[test]
    fn nothing_is_lost_where_everybody_gives_what_was_counted_on() {
        let (losses, _) = first_month(&[], |_| {});
        assert!(all(&losses).iter().all(|loss| loss.abs() < 1e-9), "{losses:?}");
    }

    #[test]
    fn what_is_missing_is_split_by_what_each_drag_takes_worked_by_hand() {
        // Autonomy 0.3 at trust one half leaves 0.85, morale 0.65 at an effect of 0.4 leaves 0.86.
        let values = [("partner.autonomy", 0.3), ("contributions.morale_effect", 0.4)];
        let (losses, world) = first_month(&values, |_| {});
        let counted_on = 0.103 + 0.828 * 0.6;
        let missing = world.partnership.intended_value[0] * counted_on * (1.0 - 0.85 * 0.86);
        let (trust, heart) = (1.0 / 0.85 - 1.0, 1.0 / 0.86 - 1.0);
        assert!((losses.trust[0] - missing * trust / (trust + heart)).abs() < 1e-9 * missing);
        assert!((losses.heart[0] - missing * heart / (trust + heart)).abs() < 1e-9 * missing);
        assert!((all(&losses).iter().sum::<f64>() - missing).abs() < 1e-9 * missing);
    }

    #[test]
    fn a_diversion_is_money_a_loss_by_events_a_shock_and_a_low_effect_ambition() {
        let (diverted, _) = first_month(&[("contributions.diversion_rate", 1.0)], |_| {});
        assert!(diverted.money[0] > 0.0 && (all(&diverted).iter().sum::<f64>() - diverted.money[0]).abs() < 1e-9);
        let (weak, world) = first_month(&[("delivery.effectiveness", 0.4)], |_| {});
        let planned = world.partnership.intended_value[0] * (0.103 + 0.828 * 0.6);
        assert!((weak.ambition[0] - 0.6 * planned).abs() < 1e-6);
    }

    #[test]
    fn a_factor_of_one_drags_nothing_and_one_of_nothing_outweighs_all_others() {
        assert_eq!([drag(1.0), drag(0.5), drag(1.3)], [0.0, 1.0, 0.0]);
        assert!(drag(0.0) > 1e5 && drag(0.0).is_finite());
        assert_eq!([kept_of(3.0, 4.0), kept_of(5.0, 4.0), kept_of(0.0, 0.0)], [0.75, 1.0, 1.0]);
    }

    #[test]
    fn a_plan_that_costs_more_than_it_can_be_worth_is_ambition() {
        assert_eq!(unreachable_worth(60.0, 100.0, 1.0), 40.0);
        assert_eq!(unreachable_worth(100.0, 60.0, 1.2), 0.0);
        assert_eq!(unreachable_worth(0.0, 0.0, 0.5), 0.0);
    }

    #[test]
    fn who_left_is_missed_month_by_month_until_the_partnership_ends() {
        let left = |world: &mut World<1>| {
            (world.partners[2].active, world.partners[2].total.months) = (Lane::ZERO, Lane::ONE);
        };
        let (losses, world) = first_month(&[], left);
        let share = world.partnership.intended_value[0] * (0.103 + 0.828 * 0.6) / 3.0;
        assert!((losses.leaving[0] - share).abs() < 1e-9 * share);
        let ended = |world: &mut World<1>| {
            left(world);
            world.partnership.alive = Lane::ZERO;
            world.partners.iter_mut().for_each(|partner| partner.active = Lane::ZERO);
        };
        assert_eq!(all(&first_month(&[], ended).0), [0.0; KINDS]);
    }

    #[test]
    fn a_partner_is_vital_when_all_others_are_too_few_without_it() {
        let is = |days: f64| vital(Lane([days]), Lane([100.0]), Lane([0.5]))[0];
        assert_eq!([is(49.0), is(50.0), is(51.0)], [0.0, 0.0, 1.0]);
    }
}
