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
//! Shares: equal, in proportion to days contributed, or to `1/ordinary days`. Gain `x = (benefit − cost of contributed and
//! coordination days) / (cost of the days agreed to pool)`, held within ±5. Felt inequity
//! `α·mean(max(x_j − x, 0)) + β·mean(max(x − x_j, 0))` over the other members.
//!
//! # Reads
//! Joint value and members of the partnership; contributed, coordination and ordinary days and their cost, own and alone
//! value, money spent, `peers`, envy and guilt of each partner; the pooled share.
//!
//! # Writes
//! `benefit`, `gain`, `inequity` and the totals of each partner; the partnership's total of what was contributed.
//!
//! # References
//! Sharing rules M16; inequity aversion of Fehr and Schmidt (M6).

use crate::model::drawn::Drawn;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::partner::Partner;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&RULE];

pub(crate) const RULE: Parameter = Parameter {
    key: "sharing.rule",
    meaning: "How the value of joint work is credited to the partners.",
    unit: "word",
    domain: Domain::Choice {
        options: &[
            ("equal", "the same to each"),
            ("proportional", "in proportion to days contributed"),
            ("need", "more to those with smaller resources, in inverse proportion"),
        ],
        default: 1,
    },
    source: "M16 (which rule is ours)",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone, Copy)]
pub struct Sharing {
    rule: Rule,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    Equal,
    Proportional,
    Need,
}

impl Sharing {
    /// The rule in force.
    pub fn new<const L: usize>(drawn: &Drawn<L>) -> Self {
        Sharing { rule: [Rule::Equal, Rule::Proportional, Rule::Need][drawn.choice(&RULE, 0)] }
    }
}

/// One month of sharing.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>) {
    share_value(world);
    feel(world);
}

#[inline(always)]
fn share_value<const L: usize>(world: &mut World<L>) {
    let World { partners, partnership, rules, .. } = world;
    let rule = rules.sharing.rule;
    let pooled = rules.contributions.pooled;
    let total = partners.iter().fold(Lane::ZERO, |sum, partner| sum + claim(rule, partner));
    for partner in partners.iter_mut() {
        let claim = claim(rule, partner);
        partner.benefit = Lane::from_fn(|r| {
            // Where nobody has a claim (all work was bought by the grant) the members share alike.
            let equal = partner.active[r] / math::max(partnership.members[r], 1.0);
            partnership.joint_value[r] * if total[r] > 0.0 { claim[r] / total[r] } else { equal }
        });
        let given = partner.contributed - partner.backfilled;
        let cost = (given + partner.coordination_days) * partner.day_cost + partner.levy;
        let agreed = pooled * partner.normal_days * partner.day_cost;
        partner.gain = Lane::from_fn(|r| gain(partner.benefit[r], cost[r], agreed[r]));
        let total = &mut partner.total;
        total.net_together += partner.own_value + partner.benefit - partner.spent - partner.levy;
        total.net_alone += partner.alone_value - partner.alone.spent;
        total.alone += partner.alone_value;
        total.benefit += partner.benefit;
        total.contributed += partner.contributed;
        let cost = partner.contributed * partner.day_cost;
        partnership.total.contributed += cost;
        partnership.total.subsidy += cost * partner.influences.subsidy;
    }
}

/// Weight of a member's claim on joint value.
#[inline(always)]
fn claim<const L: usize>(rule: Rule, partner: &Partner<L>) -> Lane<L> {
    match rule {
        Rule::Equal => partner.active,
        Rule::Proportional => partner.contributed,
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
        for rule in [Rule::Equal, Rule::Proportional, Rule::Need] {
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
