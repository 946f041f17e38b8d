//! Membership: goodwill and who leaves; the end of the partnership.
//!
//! # Does
//! Moves each member's goodwill by what joint work gains it against its outside option, by trust and by felt inequity, with
//! luck; a member without goodwill leaves, as does now and then one for reasons of its own. Ends the partnership when too
//! few or too small partners are left, when a review winds it up, or when it is closed from outside.
//!
//! # Why
//! Partnerships live on a stock of goodwill at first (the honeymoon) and on being worth while afterwards.
//!
//! # Equation
//! `S ← S + v·advantage + t·2(T − ½) − i·inequity − m + s·z`, exit at `S ≤ 0`: with the first three off, a Wiener process with
//! drift whose first passage is inverse Gaussian. The advantage is what joint work returned less what the same days would have
//! returned alone, for each pound the agreed days would have returned alone, held within ±1; inequity counts up to 3. Besides,
//! a constant hazard for each member and one for the whole. Whoever a mandate binds leaves at a goodwill below zero, and less often
//! for reasons of its own (see terms).
//!
//! # Reads
//! Returns, contributed, coordination, ordinary and all days, alone value, trust, inequity, `held`, `renews`, `waiting` of each
//! partner; the pooled share; the capacity at the start; whether a review winds the partnership up.
//!
//! # Writes
//! `goodwill`, `active` and months of partners; `alive`, `ending` and months of the partnership.
//!
//! # References
//! Fichman and Levinthal 1991 (M13, form ours); selection by expected advantage M23; closure hazard fitted to Feinberg 2008.

mod parameters;

use crate::model::drawn::Drawn;
use crate::model::draws::Purpose;
use crate::model::lanes::Lane;
use crate::model::losses;
use crate::model::math;
use crate::model::mechanisms::morale::MOST_INEQUITY;
use crate::model::partner::Partner;
use crate::model::world::{self, World};
pub use parameters::PARAMETERS;
pub(crate) use parameters::*;

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Membership<const L: usize> {
    /// Goodwill at the start.
    pub initial_goodwill: Lane<L>,
    drift: Lane<L>,
    volatility: Lane<L>,
    advantage_effect: Lane<L>,
    inequity_effect: Lane<L>,
    trust_effect: Lane<L>,
    exit_hazard: Lane<L>,
    closure_hazard: Lane<L>,
    minimum_partners: Lane<L>,
    minimum_share: Lane<L>,
}

impl<const L: usize> Membership<L> {
    /// The values in force.
    pub fn new(drawn: &Drawn<L>) -> Self {
        Membership {
            initial_goodwill: drawn.number(&INITIAL_GOODWILL, 0),
            drift: drawn.number(&DRIFT, 0),
            volatility: drawn.number(&VOLATILITY, 0),
            advantage_effect: drawn.number(&ADVANTAGE_EFFECT, 0),
            inequity_effect: drawn.number(&INEQUITY_EFFECT, 0),
            trust_effect: drawn.number(&TRUST_EFFECT, 0),
            exit_hazard: drawn.number(&EXIT_HAZARD, 0),
            closure_hazard: drawn.number(&CLOSURE_HAZARD, 0),
            minimum_partners: drawn.number(&MINIMUM_PARTNERS, 0),
            minimum_share: drawn.number(&MINIMUM_SHARE, 0),
        }
    }

    /// What pulls at a partner's goodwill in replication `r`: its advantage, its trust, the inequity it feels.
    #[inline(always)]
    fn pulls(&self, partner: &Partner<L>, advantage: f64, r: usize) -> [f64; 3] {
        [
            self.advantage_effect[r] * advantage,
            self.trust_effect[r] * 2.0 * (partner.trust[r] - 0.5),
            -self.inequity_effect[r] * math::min(partner.inequity[r], MOST_INEQUITY),
        ]
    }

    /// Goodwill at or below which a partner leaves in replication `r`.
    #[inline(always)]
    fn leaving_point(&self, partner: &Partner<L>, r: usize) -> f64 {
        leaving_point(self.initial_goodwill[r], partner.influences.held[r])
    }

    /// Chance that a partner leaves for reasons outside the model in replication `r`.
    #[inline(always)]
    fn exit_hazard(&self, partner: &Partner<L>, r: usize) -> f64 {
        self.exit_hazard[r] * (1.0 - partner.influences.held[r])
    }
}

/// One month of staying or leaving.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    let vital_left = leave_or_stay(world, month);
    end_or_go_on(world, month, vital_left);
}

/// Goodwill moves, and some leave; gives where one of these was a partner without whom the others cannot go on.
#[inline(always)]
fn leave_or_stay<const L: usize>(world: &mut World<L>, month: usize) -> Lane<L> {
    let World { partners, partnership, draws, rules, .. } = world;
    let pooled = rules.contributions.pooled;
    let rules = &rules.membership;
    let mut vital_left = Lane::ZERO;
    for (i, partner) in partners.iter_mut().enumerate() {
        let member = partner.active;
        partner.total.months += partner.active;
        let (luck, departure) = draws.normal_and_uniform(Purpose::Goodwill, month, i, 0);
        let advantage = advantage_of(partner, pooled);
        partner.goodwill = Lane::from_fn(|r| {
            let [advantage, trust, inequity] = rules.pulls(partner, advantage[r], r);
            goodwill_next(
                partner.goodwill[r],
                advantage + trust + inequity + partner.influences.warmth[r],
                rules.drift[r],
                rules.volatility[r] * luck[r],
            )
        });
        partner.active = Lane::from_fn(|r| {
            let stays = partner.goodwill[r] > rules.leaving_point(partner, r)
                && departure[r] >= rules.exit_hazard(partner, r)
                && partner.influences.renews[r] > 0.0;
            if stays { partner.active[r] } else { 0.0 }
        });
        vital_left += (member - partner.active)
            * losses::vital(partner.normal_days, partnership.starting_capacity, rules.minimum_share);
    }
    vital_left
}

/// The partnership ends, or lives on with those who are left.
#[inline(always)]
fn end_or_go_on<const L: usize>(world: &mut World<L>, month: usize, vital_left: Lane<L>) {
    let World { partners, partnership, draws, rules, .. } = world;
    let rules = &rules.membership;
    partnership.total.months += partnership.alive;
    partnership.total.months_after_grant += partnership.alive * partnership.after_grant;
    let closure = draws.uniform(Purpose::Closure, month, 0, 0);
    let members = world::members(partners);
    // Who is still to come counts towards the least number, as long as there is anybody to come to.
    let coming = partners.iter().fold(Lane::ZERO, |sum, partner| sum + partner.waiting);
    let capacity = world::capacity(partners);
    partnership.ending = Lane::from_fn(|r| {
        let least = rules.minimum_share[r] * partnership.starting_capacity[r];
        let too_few = members[r] < 1.0 || members[r] + coming[r] < rules.minimum_partners[r];
        let wound_up = partnership.conditions.wound_up[r] > 0.0;
        let now = ending(too_few, capacity[r] < least, closure[r] < rules.closure_hazard[r], wound_up);
        if partnership.alive[r] > 0.0 { now } else { partnership.ending[r] }
    });
    partnership.losses.note_end(partnership.alive, partnership.ending, vital_left);
    partnership.alive = partnership.ending.map(|ending| if ending > 0.0 { 0.0 } else { 1.0 });
    partnership.total.terms += partnership.term_ends;
    partnership.total.renewed += partnership.term_ends * partnership.alive;
    for partner in partners.iter_mut() {
        partner.active *= partnership.alive;
    }
}

/// What moved a partner's goodwill in a month, part by part, and whether it was called away: for telling, not for the model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Account {
    /// By what joint work returned beside the outside option.
    pub advantage: f64,
    /// By its trust in the others.
    pub trust: f64,
    /// By felt inequity.
    pub inequity: f64,
    /// By what else acted on it this month.
    pub warmth: f64,
    /// By what is lost whatever happens.
    pub drift: f64,
    /// By chance.
    pub luck: f64,
    /// Whether it leaves for reasons outside the model.
    pub called_away: bool,
    /// Goodwill at or below which it leaves.
    pub leaving_point: f64,
    /// Whether it renews its contract, should that end this month.
    pub renews: bool,
}

/// The account of partner `i` for `month`, which the world has just lived, in the first of its replications.
pub fn account<const L: usize>(world: &World<L>, month: usize, i: usize) -> Account {
    let (partner, rules) = (&world.partners[i], &world.rules.membership);
    let (luck, departure) = world.draws.normal_and_uniform(Purpose::Goodwill, month, i, 0);
    let [advantage, trust, inequity] =
        rules.pulls(partner, advantage_of(partner, world.rules.contributions.pooled)[0], 0);
    Account {
        advantage,
        trust,
        inequity,
        warmth: partner.influences.warmth[0],
        drift: -rules.drift[0],
        luck: rules.volatility[0] * luck[0],
        called_away: departure[0] < rules.exit_hazard(partner, 0),
        leaving_point: rules.leaving_point(partner, 0),
        renews: partner.influences.renews[0] > 0.0,
    }
}

/// How joint work compares with the outside option this month.
#[inline(always)]
fn advantage_of<const L: usize>(partner: &Partner<L>, pooled: Lane<L>) -> Lane<L> {
    Lane::from_fn(|r| {
        let day_alone = partner.alone_value[r] / math::max(partner.alone.days[r], 1e-9);
        let used = partner.contributed[r] - partner.backfilled[r] + partner.coordination_days[r];
        let agreed = pooled[r] * partner.normal_days[r];
        advantage(partner.returned[r], used * day_alone, agreed * day_alone)
    })
}

#[inline(always)]
fn advantage(benefit: f64, alone: f64, agreed: f64) -> f64 {
    math::clamp((benefit - alone) / math::max(agreed, 1e-9), -1.0, 1.0)
}

/// Goodwill at or below which a partner leaves: zero for one that is free, nowhere for one that is wholly bound.
#[inline(always)]
pub fn leaving_point(initial: f64, held: f64) -> f64 {
    -initial * held / math::max(1.0 - held, 1e-9)
}

#[inline(always)]
fn goodwill_next(goodwill: f64, pull: f64, drift: f64, luck: f64) -> f64 {
    goodwill + pull - drift + luck
}

/// Why the partnership ends this month, position in `outcomes::ENDINGS`; 0 when it does not.
#[inline(always)]
fn ending(too_few: bool, too_small: bool, closed: bool, wound_up: bool) -> f64 {
    let small = if too_small { 2.0 } else { 0.0 };
    let wound_up = if wound_up { 5.0 } else { small };
    let closed = if closed { 3.0 } else { wound_up };
    if too_few { 1.0 } else { closed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    #[test]
    fn goodwill_stands_still_when_nothing_moves_it() {
        assert_eq!(goodwill_next(10.0, 0.0, 0.0, 0.0), 10.0);
        assert_eq!(goodwill_next(10.0, 0.5, 0.1, -1.0), 9.4);
    }

    #[test]
    fn the_advantage_is_nought_when_joint_work_returns_what_it_took() {
        assert_eq!(advantage(5.0, 5.0, 20.0), 0.0);
        assert_eq!(advantage(15.0, 5.0, 20.0), 0.5);
        assert_eq!(advantage(500.0, 5.0, 20.0), 1.0);
    }

    #[test]
    fn too_few_partners_is_named_before_any_other_ending() {
        assert_eq!(ending(true, true, true, true), 1.0);
        assert_eq!(ending(false, true, true, true), 3.0);
        assert_eq!(ending(false, true, false, true), 5.0);
        assert_eq!(ending(false, true, false, false), 2.0);
        assert_eq!(ending(false, false, false, false), 0.0);
    }

    /// Three equal partners that nothing moves, after `change` and a month.
    fn after_a_month(values: &[(&'static str, f64)], change: impl Fn(&mut World<1>)) -> World<1> {
        let still = [
            ("membership.drift", 0.0),
            ("membership.volatility", 0.0),
            ("membership.exit_hazard", 0.0),
            ("membership.closure_hazard", 0.0),
        ];
        let mut world = World::new(&small_world(3, &[&still, values].concat()), Draws::new(1, 0));
        change(&mut world);
        step(&mut world, 0);
        world
    }

    #[test]
    fn nobody_leaves_where_nothing_moves_goodwill() {
        let world = after_a_month(&[], |_| {});
        assert!(world.partners.iter().all(|partner| partner.goodwill[0] == 10.0 && partner.active[0] == 1.0));
        assert_eq!((world.partnership.alive[0], world.partnership.total.months[0]), (1.0, 1.0));
    }

    #[test]
    fn a_month_of_goodwill_worked_by_hand() {
        // 10 + 0.5·2·(0.8 − 0.5) − 0.08·3: inequity counts up to 3.
        let world = after_a_month(&[], |world| {
            (world.partners[0].trust, world.partners[0].inequity) = (Lane([0.8]), Lane([7.0]));
        });
        assert!((world.partners[0].goodwill[0] - 10.06).abs() < 1e-12);
    }

    #[test]
    fn the_account_of_goodwill_adds_up_to_its_change() {
        let mut world = World::<1>::new(&small_world(3, &[("membership.exit_hazard", 0.3)]), Draws::new(1, 0));
        for month in 0..12 {
            let before: Vec<f64> = world.partners.iter().map(|partner| partner.goodwill[0]).collect();
            let active: Vec<f64> = world.partners.iter().map(|partner| partner.active[0]).collect();
            crate::model::mechanisms::month(&mut world, month);
            for i in 0..3 {
                let Account { advantage, trust, inequity, warmth, drift, luck, called_away, .. } =
                    account(&world, month, i);
                let after = before[i] + advantage + trust + inequity + warmth + drift + luck;
                assert!((world.partners[i].goodwill[0] - after).abs() < 1e-9);
                assert!(!(called_away && active[i] > 0.0) || world.partners[i].active[0] == 0.0);
            }
        }
    }

    #[test]
    fn who_has_no_goodwill_leaves_and_the_rest_go_on_while_they_are_enough() {
        let leaves = |world: &mut World<1>| world.partners[1].goodwill = Lane::ZERO;
        let world = after_a_month(&[], leaves);
        assert_eq!((world.partners[1].active[0], world.partners[1].total.months[0]), (0.0, 1.0));
        assert_eq!(world.partnership.alive[0], 1.0);
        let ended = after_a_month(&[("membership.minimum_share", 0.7)], leaves);
        assert_eq!((ended.partnership.alive[0], ended.partnership.ending[0]), (0.0, 2.0));
        assert!(ended.partners.iter().all(|partner| partner.active[0] == 0.0));
    }

    #[test]
    fn an_ended_partnership_stays_ended_for_the_reason_it_had() {
        let mut world = after_a_month(&[("membership.closure_hazard", 1.0)], |_| {});
        assert_eq!(world.partnership.ending[0], 3.0);
        step(&mut world, 1);
        assert_eq!((world.partnership.ending[0], world.partnership.total.months[0]), (3.0, 1.0));
    }
}
