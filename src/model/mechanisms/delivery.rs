//! Delivery: what joint and separate work achieve.
//!
//! # Does
//! Pools what was contributed, turns skills into people helped, need by need, and lets each partner's separate work go on
//! beside it. Does the same for the twin.
//!
//! # Why
//! Complex needs want every skill at once, which no single provider has; work nobody told the others of is done twice.
//!
//! # Equation
//! Production with constant elasticity: `y = (Σ w·(x/w)^r)^(1/r)` of the days `x` in each skill, `r = 1 − 4·complexity`: a team
//! mixed exactly as the need asks gets its days back in full. Joint days are `effectiveness · (1 − duplication·(1 − informed))`
//! of those given, less a share `cross purposes · mean(1 − fit)` of it. A group that could help `h` of `D` people and reaches a share `R` of them helps the share
//! `c = R·(1 − e^(−h/(R·D)))`; partners who work side by side overlap by chance, `1 − Π(1 − c)`. Joint work reaches whom any
//! member reaches, and nobody else: whom nobody helps is `Π(1 − c) − b·(Π(1 − c) − Π(1 − R or c))`, with `R` for members, `c` for
//! others, `b = 1 − e^(−h/(R·D))` of the joint work. Help is credited in proportion to each one's `c`. Demand is its usual
//! size times `e^(v·z − v²/2)`, which has that size as its mean.
//!
//! # Reads
//! Days, contributions, coordination days, `informed`, `fit`, skills, priorities, reach of partners; the joint goals, the plan and the
//! grant left for work; needs.
//!
//! # Writes
//! `demand` and `met` of each need; `own_value` and `alone_value` of each partner; the partnership's `joint_value` and totals.
//!
//! # References
//! Coverage by independent reach is the classical occupancy argument; the effect of joint work stays uncertain (Cochrane review).

use crate::model::drawn::Drawn;
use crate::model::draws::Purpose;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::partner::Partner;
use crate::model::production::{covered, credit, inverse, team_days};
use crate::model::uncertainty::Uncertainty;
use crate::model::world::{Partnership, World};

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&DUPLICATION, &EFFECTIVENESS, &DEMAND_VARIATION, &CROSS_PURPOSES];

pub(crate) const DUPLICATION: Parameter = Parameter {
    key: "delivery.duplication",
    meaning: "Share of the joint work done twice when nobody hears of the others.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.3) },
    source: "concept A1 (scale ours)",
    grade: Grade::Assumption,
};

pub(crate) const EFFECTIVENESS: Parameter = Parameter {
    key: "delivery.effectiveness",
    meaning: "What a day of joint work achieves against a day of separate work with the same skills: 1 the same. Evidence says: uncertain.",
    unit: "ratio",
    domain: Domain::Number { low: 0.0, high: 10.0, default: Uncertainty::Pert { low: 0.1, mode: 0.7, high: 1.5 } },
    source: "Cochrane review of partnerships: little or no difference (range ours, set so that the premium is small)",
    grade: Grade::Assumption,
};

pub(crate) const DEMAND_VARIATION: Parameter = Parameter {
    key: "delivery.demand_variation",
    meaning: "Standard deviation of the logarithm of monthly demand.",
    unit: "log points",
    domain: Domain::Number { low: 0.0, high: 2.0, default: Uncertainty::Fixed(0.1) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const CROSS_PURPOSES: Parameter = Parameter {
    key: "delivery.cross_purposes",
    meaning: "Share of the joint work that pulls against itself when the members’ own goals are as far from the joint ones as can be.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept A10; Kleingeld 2011 (that goals at odds cost performance; form ours)",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Delivery<const L: usize> {
    duplication: Lane<L>,
    /// What a day of joint work achieves against one of separate work.
    pub effectiveness: Lane<L>,
    demand_variation: Lane<L>,
    cross_purposes: Option<Lane<L>>,
}

impl<const L: usize> Delivery<L> {
    /// The values in force.
    pub fn new(drawn: &Drawn<L>) -> Self {
        Delivery {
            duplication: drawn.number(&DUPLICATION, 0),
            effectiveness: drawn.number(&EFFECTIVENESS, 0),
            demand_variation: drawn.number(&DEMAND_VARIATION, 0),
            cross_purposes: drawn.used(&CROSS_PURPOSES, 0),
        }
    }
}

/// One month of work.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    draw_demand(world, month);
    for partner in world.partners.iter_mut() {
        (partner.own_value, partner.alone_value) = (Lane::ZERO, Lane::ZERO);
    }
    let n_skills = world.skills.len() / world.partners.len();
    pool(world, n_skills);
    let reach = joint_reach(&world.partners);
    let informed = mean_informed(&world.partners);
    world.partnership.joint_value = Lane::ZERO;
    let output = match world.rules.delivery.cross_purposes {
        None => world.partnership.conditions.output,
        Some(share) => world.partnership.conditions.output * pulling_together(&world.partners, share),
    };
    let weight = |partnership: &Partnership<L>, k: usize| partnership.goals[k] * partnership.plan[k];
    let total_weight = (0..world.needs.len()).fold(Lane::ZERO, |sum, k| sum + weight(&world.partnership, k));
    for k in 0..world.needs.len() {
        let share = priority(weight(&world.partnership, k), total_weight, world.needs.len());
        let need = &world.needs[k];
        let team = team_days(need, |s| world.scratch[s], share);
        let rules = &world.rules.delivery;
        let joint = Lane::from_fn(|r| {
            let days =
                team[r] * output[r] * rules.effectiveness[r] * (1.0 - rules.duplication[r] * (1.0 - informed[r]));
            covered(days * need.people_a_day[r] * need.demand_inverse[r], 1.0, inverse(reach[r]))
        });
        meet_together(world, k, joint, joint * reach);
        meet_alone(world, k);
    }
    let partnership = &mut world.partnership;
    partnership.total.joint_value += partnership.joint_value;
}

/// This month's demand for each need, the same for the twin.
#[inline(always)]
fn draw_demand<const L: usize>(world: &mut World<L>, month: usize) {
    for (k, need) in world.needs.iter_mut().enumerate() {
        let luck = world.draws.normal(Purpose::Demand, month, k, 0);
        let variation = world.rules.delivery.demand_variation;
        need.demand = Lane::from_fn(|r| {
            // Less half the variance, so that the mean over the months is the usual demand.
            need.usual_demand[r] * math::exp(variation[r] * luck[r] - 0.5 * variation[r] * variation[r])
        });
        need.demand_inverse = need.demand.map(|demand| inverse(demand));
    }
}

/// Sums the days in each skill that were given or bought for joint work into `scratch`.
#[inline(always)]
fn pool<const L: usize>(world: &mut World<L>, n_skills: usize) {
    let World { partners, partnership, skills, rules, scratch, needs, .. } = world;
    scratch.clear();
    scratch.resize(n_skills, Lane::ZERO);
    let (mut day_cost, mut staffed) = (Lane::ZERO, Lane::ZERO);
    for (i, partner) in partners.iter().enumerate() {
        for s in 0..n_skills {
            scratch[s] += partner.contributed * skills[i * n_skills + s];
        }
        day_cost += partner.active * partner.day_cost;
        staffed += partner.active;
    }
    let bought = Lane::from_fn(|r| {
        let cost = (1.0 + rules.funding.markup[r]) * day_cost[r] / math::max(staffed[r], 1.0);
        if cost > 0.0 { partnership.grant_for_work[r] / cost } else { 0.0 }
    });
    // The grant buys the mix of skills that the needs ask for on average.
    let part = bought * (1.0 / needs.len() as f64);
    for need in needs.iter() {
        for s in 0..n_skills {
            scratch[s] += part * need.skills[s];
        }
    }
}

/// Share of joint work that goes to a need; the same to each while nobody cares for any.
#[inline(always)]
fn priority<const L: usize>(goal: Lane<L>, total: Lane<L>, n_needs: usize) -> Lane<L> {
    goal.zip(total, |goal, total| if total > 0.0 { goal / total } else { 1.0 / n_needs as f64 })
}

/// Share of the people in need whom the members reach between them.
#[inline(always)]
fn joint_reach<const L: usize>(partners: &[Partner<L>]) -> Lane<L> {
    let missed =
        partners.iter().fold(Lane::ONE, |missed, partner| missed * (Lane::ONE - partner.reach * partner.active));
    Lane::ONE - missed
}

#[inline(always)]
fn mean_informed<const L: usize>(partners: &[Partner<L>]) -> Lane<L> {
    let (sum, members) = partners.iter().fold((Lane::ZERO, Lane::ZERO), |(sum, members), partner| {
        (sum + partner.informed * partner.active, members + partner.active)
    });
    sum.zip(members, |sum, members| sum / math::max(members, 1.0))
}

/// Share of joint work that is left when goals at odds make a share of it pull against itself.
#[inline(always)]
fn pulling_together<const L: usize>(partners: &[Partner<L>], cross_purposes: Lane<L>) -> Lane<L> {
    let (odds, members) = partners.iter().fold((Lane::ZERO, Lane::ZERO), |(odds, members), partner| {
        (odds + partner.active * (Lane::ONE - partner.fit), members + partner.active)
    });
    Lane::from_fn(|r| 1.0 - cross_purposes[r] * odds[r] / math::max(members[r], 1.0))
}

/// Joint and separate work on one need side by side; joint work helps a share `within` of those it reaches, `joint` of all.
#[inline(always)]
fn meet_together<const L: usize>(world: &mut World<L>, k: usize, within: Lane<L>, joint: Lane<L>) {
    let n_needs = world.needs.len();
    let World { partners, needs, priorities, yields, partnership, scratch, .. } = world;
    let need = &needs[k];
    let at = scratch.len();
    let effect = need.people_a_day * need.demand_inverse;
    // Those nobody's separate work helps, and those among them whom no member reaches.
    let (mut missed, mut beyond, mut sum) = (Lane::ONE, Lane::ONE, joint);
    for (i, partner) in partners.iter().enumerate() {
        let capacity = partner.own_days() * priorities[i * n_needs + k] * yields[i * n_needs + k] * effect;
        let share = Lane::from_fn(|r| covered(capacity[r], partner.reach[r], partner.reach_inverse[r]));
        missed *= Lane::ONE - share;
        beyond *= Lane::ONE - share - partner.active * (partner.reach - share);
        sum += share;
        scratch.push(share);
    }
    let union = Lane::ONE - missed + within * (missed - beyond);
    let (demand, value) = (need.demand, need.value);
    let worth = credit(union, sum) * demand * value;
    for (partner, &share) in partners.iter_mut().zip(&scratch[at..]) {
        partner.own_value += share * worth;
    }
    scratch.truncate(at);
    partnership.joint_value += joint * worth;
    needs[k].met = union;
    partnership.total.people += union * demand;
    partnership.total.value += union * demand * value;
    partnership.total.demand += demand;
}

/// The twin: the same partners on one need, each by itself.
#[inline(always)]
fn meet_alone<const L: usize>(world: &mut World<L>, k: usize) {
    let n_needs = world.needs.len();
    let World { partners, needs, priorities, yields, partnership, scratch, .. } = world;
    let need = &needs[k];
    let at = scratch.len();
    let effect = need.people_a_day * need.demand_inverse;
    let (mut missed, mut sum) = (Lane::ONE, Lane::ZERO);
    for (i, partner) in partners.iter().enumerate() {
        let capacity = partner.days * priorities[i * n_needs + k] * yields[i * n_needs + k] * effect;
        let share = Lane::from_fn(|r| covered(capacity[r], partner.reach[r], partner.reach_inverse[r]));
        missed *= Lane::ONE - share;
        sum += share;
        scratch.push(share);
    }
    let union = Lane::ONE - missed;
    let worth = credit(union, sum) * need.demand * need.value;
    for (partner, &share) in partners.iter_mut().zip(&scratch[at..]) {
        partner.alone_value += share * worth;
    }
    scratch.truncate(at);
    partnership.total.alone_value += union * need.demand * need.value;
}

/// Worth of joint work in an ordinary month if every partner gave all it had agreed could be pooled, nothing were done twice
/// and joint work were exactly as effective as separate work: what the partnership sets out to do.
#[inline(always)]
pub fn intended_value<const L: usize>(world: &mut World<L>) -> Lane<L> {
    // Ties are most of a world and play no part in this.
    let ties = std::mem::take(&mut world.ties);
    let mut ideal = world.clone();
    world.ties = ties;
    let pooled = ideal.rules.contributions.pooled;
    ideal.rules.delivery.effectiveness = Lane::ONE;
    for partner in &mut ideal.partners {
        partner.days = partner.normal_days;
        partner.contributed = pooled * partner.normal_days;
        (partner.informed, partner.fit) = (Lane::ONE, Lane::ONE);
    }
    ideal.rules.delivery.demand_variation = Lane::ZERO;
    step(&mut ideal, 0);
    ideal.partnership.joint_value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    /// People two partners help in a month, the second of them by itself reaching nobody; the first gives some of its 100 days.
    fn helped(given: f64, values: &[(&'static str, f64)]) -> [f64; 3] {
        let base = [("delivery.effectiveness", 1.0), ("delivery.demand_variation", 0.0), ("partner.reach", 0.4)];
        let mut world = World::<1>::new(&small_world(2, &[&base, values].concat()), Draws::new(1, 0));
        (world.partners[1].reach, world.partners[1].reach_inverse) = (Lane::ZERO, Lane::ZERO);
        world.partners.iter_mut().for_each(|partner| partner.informed = Lane::ONE);
        (world.partners[0].days, world.partners[0].contributed) = (Lane([100.0]), Lane([given]));
        step(&mut world, 0);
        let total = &world.partnership.total;
        [total.people[0], total.alone_value[0] / world.needs[0].value[0], world.partnership.joint_value[0]]
    }

    #[test]
    fn the_same_work_for_the_same_people_helps_no_more_by_being_called_joint() {
        let [before, ..] = helped(0.0, &[]);
        // By hand: 100 days help 50 of 100 people as far as the reach of 40 goes, 40·(1 − e^(−50/40)).
        assert!((before - 40.0 * (1.0 - libm::exp(-1.25))).abs() < 1e-9);
        for given in [10.0, 30.0, 100.0] {
            let [people, alone, joint] = helped(given, &[]);
            assert!((people - before).abs() < 1e-9 && (alone - before).abs() < 1e-9 && joint > 0.0);
        }
    }

    #[test]
    fn joint_work_loses_to_duplication_and_gains_by_effectiveness() {
        let [base, _, nothing] = helped(0.0, &[]);
        assert_eq!(nothing, 0.0);
        assert!(helped(30.0, &[("delivery.effectiveness", 1.4)])[0] > base);
        assert!(helped(30.0, &[("delivery.effectiveness", 0.6)])[0] < base);
        assert_eq!(helped(30.0, &[("delivery.effectiveness", 0.0)])[2], 0.0);
    }

    #[test]
    fn goals_at_odds_make_a_share_of_joint_work_pull_against_itself() {
        let mut world = World::<1>::new(&small_world(2, &[]), Draws::new(1, 0));
        (world.partners[0].fit, world.partners[1].fit) = (Lane([0.5]), Lane([0.9]));
        // By hand: a mean distance of 0.3 at 0.4.
        assert!((pulling_together(&world.partners, Lane([0.4]))[0] - 0.88).abs() < 1e-12);
        assert_eq!(pulling_together(&world.partners, Lane::ZERO)[0], 1.0);
    }
}
