//! Sharing: how the worth of joint work is credited to the members, and how fair that feels.
//!
//! # Does
//! Splits the month's joint value by the rule, books each partner's benefit and cost with and without the partnership, and
//! works out the inequity each member feels.
//!
//! # Why
//! Partners compare what they get with what they put in and with what the others get; some mind much more than others.
//!
//! # Equation
//! Shares: equal, in proportion to days contributed, to `1/ordinary days`, or to what each adds: `½·v(i) + ½·(v(all) − v(all but i))`
//! scaled to add up, which is the value of Shapley between two and takes the first and the last place for all places among more.
//! A partner's return is its benefit as far as it reaches the institution, plus what joint work earned, less what it paid for the
//! partnership. Gain `x = (return − cost of contributed and coordination days) / (cost of the days agreed to pool)`, held within ±5;
//! compared in pounds, the members' mean stands for a part of the last.
//! Felt inequity `α·mean(max(x_j − x, 0)) + β·mean(max(x − x_j, 0))` over the other members, less what is soothed of it.
//!
//! # Reads
//! Joint value and members of the partnership; contributed, coordination and ordinary days and their cost, own and alone
//! value, money spent, `peers`, envy and guilt of each partner, what reviews saw of it; the pooled share.
//!
//! # Writes
//! `benefit`, `returned`, `levy`, `gain`, `inequity` and the totals of each partner; the partnership's totals of what was contributed,
//! earned and accounted for.
//!
//! # References
//! Sharing rules M16; inequity aversion of Fehr and Schmidt (M6).

use crate::model::coalition;
use crate::model::drawn::Drawn;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::partner::Partner;
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&RULE, &INTERNAL_SPILLOVER, &MARKET_RETURN, &ABSOLUTE_COMPARISON];

pub(crate) const RULE: Parameter = Parameter {
    key: "sharing.rule",
    meaning: "How the value of joint work is credited to the partners.",
    unit: "word",
    domain: Domain::Choice {
        options: &[
            ("equal", "the same to each"),
            ("proportional", "in proportion to days contributed"),
            ("need", "more to those with smaller resources, in inverse proportion"),
            (
                "shapley",
                "by what each adds to the others: the mean of what it does alone and what would be lost without it",
            ),
        ],
        default: 1,
    },
    source: "M16 (which rule is ours)",
    grade: Grade::Assumption,
};

pub(crate) const INTERNAL_SPILLOVER: Parameter = Parameter {
    key: "sharing.internal_spillover",
    meaning: "Share of what joint work brings a partner that reaches the institution, and does not stay with the individuals who took part.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(1.0) },
    source: "concept D4",
    grade: Grade::Assumption,
};

pub(crate) const MARKET_RETURN: Parameter = Parameter {
    key: "sharing.market_return",
    meaning: "Income that joint work earns its partners besides, from spin-offs, as a share of its worth.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 2.0, default: Uncertainty::Fixed(0.0) },
    source: "concept D8",
    grade: Grade::Assumption,
};

pub(crate) const ABSOLUTE_COMPARISON: Parameter = Parameter {
    key: "sharing.absolute_comparison",
    meaning: "How far partners compare what they gain in pounds (1) and not for each pound they put at stake (0).",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "M6 Fehr-Schmidt (payoffs compared in full); concept A16",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Sharing<const L: usize> {
    rule: Rule,
    spillover: Lane<L>,
    market_return: Option<Lane<L>>,
    absolute: Option<Lane<L>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    Equal,
    Proportional,
    Need,
    Shapley,
}

impl<const L: usize> Sharing<L> {
    /// The values in force.
    pub fn new(drawn: &Drawn<L>) -> Self {
        Sharing {
            rule: [Rule::Equal, Rule::Proportional, Rule::Need, Rule::Shapley][drawn.choice(&RULE, 0)],
            spillover: drawn.number(&INTERNAL_SPILLOVER, 0),
            market_return: drawn.used(&MARKET_RETURN, 0),
            absolute: drawn.used(&ABSOLUTE_COMPARISON, 0),
        }
    }
}

/// One month of sharing.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>) {
    share_value(world);
    if world.rules.sharing.absolute.is_some() {
        compare_in_pounds(world);
    }
    feel(world);
}

#[inline(always)]
fn share_value<const L: usize>(world: &mut World<L>) {
    let rule = world.rules.sharing.rule;
    let claims = if rule == Rule::Shapley { coalition::merits(world) } else { Vec::new() };
    let World { partners, partnership, rules, .. } = world;
    let claim = |i: usize, partner: &Partner<L>| claims.get(i).copied().unwrap_or_else(|| claim(rule, partner));
    let total = partners.iter().enumerate().fold(Lane::ZERO, |sum, (i, partner)| sum + claim(i, partner));
    let mut accounted = Lane::ZERO;
    for (i, partner) in partners.iter_mut().enumerate() {
        let claim = claim(i, partner);
        partner.benefit = Lane::from_fn(|r| {
            // Where nobody has a claim (all work was bought by the grant) the members share alike.
            let equal = partner.active[r] / math::max(partnership.members[r], 1.0);
            partnership.joint_value[r] * if total[r] > 0.0 { claim[r] / total[r] } else { equal }
        });
        if let Some(share) = rules.sharing.market_return {
            let earned = partner.benefit * share;
            partner.levy -= earned;
            (partnership.total.earned, partnership.total.levied) =
                (partnership.total.earned + earned, partnership.total.levied - earned);
        }
        partner.returned = partner.benefit * rules.sharing.spillover - partner.levy;
        accounted += partner.active
            * partner.kept
            * partner.informed.zip(partner.standing.seen, |informed, seen| math::max(informed, seen));
        book(partner, rules.contributions.pooled);
        let given = partner.contributed * partner.day_cost;
        partnership.total.contributed += given;
        partnership.total.subsidy += given * partner.influences.subsidy;
    }
    partnership.total.accounted +=
        accounted.zip(partnership.members, |accounted, members| accounted / math::max(members, 1.0));
}

/// Takes what the members have at stake on average for a part of each one's yardstick.
#[inline(always)]
fn compare_in_pounds<const L: usize>(world: &mut World<L>) {
    let World { partners, rules, .. } = world;
    let Some(weight) = rules.sharing.absolute else { return };
    let pooled = rules.contributions.pooled;
    let stake = |partner: &Partner<L>| pooled * partner.normal_days * partner.day_cost;
    let (stakes, members) = partners.iter().fold((Lane::ZERO, Lane::ZERO), |(stakes, members), partner| {
        (stakes + partner.active * stake(partner), members + partner.active)
    });
    let mean = stakes.zip(members, |stakes, members| stakes / math::max(members, 1.0));
    for partner in partners.iter_mut() {
        let own = stake(partner);
        let cost = cost_borne(partner);
        let yardstick = own + weight * (mean - own);
        partner.gain = Lane::from_fn(|r| gain(partner.returned[r], cost[r], yardstick[r]));
    }
}

/// Cost of the days a partner put into joint work and its coordination, less those that were made good.
#[inline(always)]
fn cost_borne<const L: usize>(partner: &Partner<L>) -> Lane<L> {
    (partner.contributed - partner.backfilled + partner.coordination_days) * partner.day_cost
}

/// Books a partner's gain of the month and its totals.
#[inline(always)]
fn book<const L: usize>(partner: &mut Partner<L>, pooled: Lane<L>) {
    let cost = cost_borne(partner);
    let agreed = pooled * partner.normal_days * partner.day_cost;
    partner.gain = Lane::from_fn(|r| gain(partner.returned[r], cost[r], agreed[r]));
    let total = &mut partner.total;
    total.net_together += partner.own_value + partner.returned - partner.spent;
    total.net_alone += partner.alone_value - partner.alone.spent;
    total.alone += partner.alone_value;
    total.benefit += partner.benefit;
    total.contributed += partner.contributed;
}

/// Weight of a member's claim on joint value.
#[inline(always)]
fn claim<const L: usize>(rule: Rule, partner: &Partner<L>) -> Lane<L> {
    match rule {
        Rule::Equal => partner.active,
        // What each adds is worked out beforehand; where nobody adds anything, days given stand in for it.
        Rule::Proportional | Rule::Shapley => partner.contributed,
        Rule::Need => partner.active.zip(partner.normal_days, |active, days| active / math::max(days, 1e-9)),
    }
}

/// What a partner gained for each pound it had agreed could be pooled.
#[inline(always)]
fn gain(benefit: f64, cost: f64, agreed: f64) -> f64 {
    math::clamp((benefit - cost) / math::max(agreed, 1e-9), -5.0, 5.0)
}

/// Each member compares its gain with every other's.
#[inline(always)]
fn feel<const L: usize>(world: &mut World<L>) {
    let World { partners, scratch, .. } = world;
    scratch.clear();
    scratch.resize(2 * partners.len(), Lane::ZERO);
    let (behind, ahead) = scratch.split_at_mut(partners.len());
    for i in 0..partners.len() {
        for j in i + 1..partners.len() {
            let apart = partners[i].active * partners[j].active * (partners[j].gain - partners[i].gain);
            let (more, less) = (apart.map(|x| math::max(x, 0.0)), apart.map(|x| math::max(-x, 0.0)));
            behind[i] += more;
            ahead[i] += less;
            behind[j] += less;
            ahead[j] += more;
        }
    }
    for (i, partner) in partners.iter_mut().enumerate() {
        partner.inequity = Lane::from_fn(|r| {
            (partner.envy[r] * behind[i][r] + partner.guilt[r] * ahead[i][r]) / math::max(partner.peers[r], 1.0)
        });
        partner.inequity *= Lane::ONE - partner.influences.soothed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    #[test]
    fn felt_inequity_is_the_published_utility_loss() {
        // Three partners with gains 1, 2 and 4: for the first, with alpha 0.5 and beta 0.25, 0.5·(1 + 3)/2 = 1.
        let mut world = World::<1>::new(&small_world(3, &[]), Draws::new(1, 0));
        for (partner, gain) in world.partners.iter_mut().zip([1.0, 2.0, 4.0]) {
            (partner.gain, partner.peers) = (Lane([gain]), Lane([2.0]));
            (partner.envy, partner.guilt) = (Lane([0.5]), Lane([0.25]));
        }
        feel(&mut world);
        let felt: Vec<f64> = world.partners.iter().map(|partner| partner.inequity[0]).collect();
        assert_eq!(felt, [1.0, 0.5 * 2.0 / 2.0 + 0.25 / 2.0, 0.25 * 5.0 / 2.0]);
    }

    #[test]
    fn benefits_add_up_to_the_joint_value_under_every_rule() {
        for rule in [Rule::Equal, Rule::Proportional, Rule::Need, Rule::Shapley] {
            let mut world = World::<1>::new(&small_world(4, &[]), Draws::new(1, 0));
            world.rules.sharing.rule = rule;
            (world.partnership.joint_value, world.partnership.members) = (Lane([120.0]), Lane([4.0]));
            for given in [0.0, 1.0] {
                for (i, partner) in world.partners.iter_mut().enumerate() {
                    partner.contributed = Lane([given * (1.0 + i as f64)]);
                }
                share_value(&mut world);
                let sum: f64 = world.partners.iter().map(|partner| partner.benefit[0]).sum();
                assert!((sum - 120.0).abs() < 1e-9, "{rule:?}");
            }
        }
    }

    #[test]
    fn each_rule_splits_as_it_says_and_who_left_gets_nothing() {
        let split = |rule| {
            let mut world = World::<1>::new(&small_world(4, &[]), Draws::new(1, 0));
            world.rules.sharing.rule = rule;
            (world.partnership.joint_value, world.partnership.members) = (Lane([120.0]), Lane([3.0]));
            world.partners[3].active = Lane::ZERO;
            for (i, partner) in world.partners.iter_mut().enumerate() {
                partner.contributed = [Lane([1.0]), Lane([2.0]), Lane([3.0]), Lane::ZERO][i];
                partner.normal_days = Lane([[10.0, 20.0, 20.0, 20.0][i]]);
            }
            share_value(&mut world);
            world.partners.iter().map(|partner| partner.benefit[0]).collect::<Vec<_>>()
        };
        assert_eq!(split(Rule::Equal), [40.0, 40.0, 40.0, 0.0]);
        assert_eq!(split(Rule::Proportional), [20.0, 40.0, 60.0, 0.0]);
        assert_eq!(split(Rule::Need), [60.0, 30.0, 30.0, 0.0]);
    }

    #[test]
    fn in_pounds_the_larger_gains_more_and_by_the_pound_the_same() {
        let gains = |absolute| {
            let values = [("sharing.absolute_comparison", absolute), ("contributions.pooled_share", 0.5)];
            let mut world = World::<1>::new(&small_world(2, &values), Draws::new(1, 0));
            (world.partnership.joint_value, world.partnership.members) = (Lane([40.0]), Lane([2.0]));
            for (partner, days) in world.partners.iter_mut().zip([60.0, 20.0]) {
                (partner.normal_days, partner.contributed) = (Lane([days]), Lane([0.5 * days]));
                partner.day_cost = Lane([0.5]);
            }
            step(&mut world);
            [world.partners[0].gain[0], world.partners[1].gain[0]]
        };
        // Benefits of 30 and 10 at costs of 15 and 5: one pound for a pound at stake; or 15 and 5 against a mean stake of 10.
        assert_eq!((gains(0.0), gains(1.0)), ([1.0, 1.0], [1.5, 0.5]));
    }

    #[test]
    fn what_joint_work_earns_goes_to_the_partners_in_full() {
        let mut world = World::<1>::new(&small_world(4, &[("sharing.market_return", 0.2)]), Draws::new(1, 0));
        (world.partnership.joint_value, world.partnership.members) = (Lane([120.0]), Lane([4.0]));
        share_value(&mut world);
        let paid: f64 = world.partners.iter().map(|partner| partner.levy[0]).sum();
        assert!((paid + 24.0).abs() < 1e-12 && (world.partnership.total.earned[0] - 24.0).abs() < 1e-12);
        assert!((world.partnership.total.levied[0] + 24.0).abs() < 1e-12);
    }

    #[test]
    fn an_institution_books_what_reaches_it() {
        let returned = |spillover| {
            let mut world =
                World::<1>::new(&small_world(2, &[("sharing.internal_spillover", spillover)]), Draws::new(1, 0));
            (world.partnership.joint_value, world.partnership.members) = (Lane([10.0]), Lane([2.0]));
            share_value(&mut world);
            [world.partners[0].returned[0], world.partners[0].benefit[0]]
        };
        assert_eq!((returned(0.4), returned(0.0)), ([2.0, 5.0], [0.0, 5.0]));
    }

    #[test]
    fn who_is_acknowledged_feels_less_inequity() {
        let mut world = World::<1>::new(&small_world(3, &[("partner.envy", 1.0)]), Draws::new(1, 0));
        world.partners[0].gain = Lane([2.0]);
        world.partners[1].influences.soothed = Lane([0.75]);
        world.partners.iter_mut().for_each(|partner| partner.peers = Lane([2.0]));
        feel(&mut world);
        assert_eq!((world.partners[1].inequity[0], world.partners[2].inequity[0]), (0.25, 1.0));
    }

    #[test]
    fn gain_is_nought_at_cost_and_held_within_bounds() {
        assert_eq!(gain(0.0, 0.0, 10.0), 0.0);
        assert_eq!(gain(7.0, 2.0, 10.0), 0.5);
        assert_eq!((gain(1e9, 0.0, 1.0), gain(0.0, 1.0, 0.0)), (5.0, -5.0));
    }

    #[test]
    fn equal_gains_feel_fair_to_all() {
        let mut world = World::<1>::new(&small_world(3, &[("partner.envy", 4.0)]), Draws::new(1, 0));
        world.partners.iter_mut().for_each(|partner| partner.gain = Lane([2.5]));
        feel(&mut world);
        assert!(world.partners.iter().all(|partner| partner.inequity[0] == 0.0));
    }
}
