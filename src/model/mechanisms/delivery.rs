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
//! A share `division` of the days is divided by expertise, that is, pooled into one team; of the rest everybody does a bit of
//! everything with its own skills. Of `J` joint days those in self-interest are lost, the first `fixed` help nobody, nothing at all
//! is provided with less than `threshold` times those intended, and `p^k` of the work comes through a chain of `k` links. Where
//! reach overlaps, all of it lies among a share `P = 1 − overlap·(1 − the widest reach)` of those in need, and is by chance within
//! them: `P·(1 − Π(1 − c/P))`. Of the worth of help separate work gives all but the share that only joint work can.
//!
//! # Reads
//! Days, contributions, coordination days, `informed`, `fit`, skills, priorities, reach of partners; the joint goals, their
//! emphasis and the grant left for work; proficiency and self-interest of partners; needs.
//!
//! # Writes
//! `demand` and `met` of each need; `own_value` and `alone_value` of each partner; the partnership's `joint_value` and totals.
//!
//! # References
//! Coverage by independent reach is the classical occupancy argument; a chain of implementation: Pressman and Wildavsky 1973;
//! the effect of joint work stays uncertain (Cochrane review).

mod parameters;

use crate::model::coverage::{joint_reach, meet_alone, meet_together, within_reach};
use crate::model::drawn::Drawn;
use crate::model::draws::Purpose;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::mechanisms::{meetings::mean_informed, roles};
use crate::model::partner::{self, Partner};
use crate::model::production::{covered, inverse, team_days};
use crate::model::world::{Partnership, World};
pub use parameters::PARAMETERS;
use parameters::*;

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Delivery<const L: usize> {
    /// Share of the joint work done twice when nobody hears of the others.
    pub duplication: Lane<L>,
    /// What a day of joint work achieves against one of separate work.
    pub effectiveness: Lane<L>,
    demand_variation: Lane<L>,
    /// Share of the people in need among whom the reach of all partners lies.
    pub within_reach: Lane<L>,
    /// Share of joint work divided by expertise; nothing where it is all of it.
    division: Option<Lane<L>>,
    threshold: Lane<L>,
    fixed_days: Lane<L>,
    /// Share of joint work that comes through the whole chain of implementation.
    pub chain: Lane<L>,
    cross_purposes: Option<Lane<L>>,
}

impl<const L: usize> Delivery<L> {
    /// The values in force.
    pub fn new(drawn: &Drawn<L>) -> Self {
        let reach = (0..drawn.inputs().partners.len()).map(|i| drawn.number(&partner::REACH, i));
        let (links, success) = (drawn.number(&CHAIN_LENGTH, 0)[0] as usize, drawn.number(&LINK_SUCCESS, 0));
        Delivery {
            duplication: drawn.number(&DUPLICATION, 0),
            effectiveness: drawn.number(&EFFECTIVENESS, 0),
            demand_variation: drawn.number(&DEMAND_VARIATION, 0),
            within_reach: within_reach(reach, drawn.number(&REACH_OVERLAP, 0)),
            division: drawn.used(&roles::DIVISION, 0),
            threshold: drawn.number(&THRESHOLD, 0),
            fixed_days: drawn.number(&FIXED_DAYS, 0),
            chain: (0..links).fold(Lane::ONE, |through, _| through * success),
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
    let bought = pool(world, n_skills);
    let comes_through = comes_through(world, bought);
    let reach = joint_reach(&world.partners, world.rules.delivery.within_reach);
    let informed = mean_informed(&world.partners);
    world.partnership.joint_value = Lane::ZERO;
    let comes_through = match world.rules.delivery.cross_purposes {
        None => comes_through,
        Some(share) => comes_through * pulling_together(&world.partners, share),
    };
    let weight = |partnership: &Partnership<L>, k: usize| partnership.goals[k] * partnership.emphasis[k];
    let total_weight = (0..world.needs.len()).fold(Lane::ZERO, |sum, k| sum + weight(&world.partnership, k));
    for k in 0..world.needs.len() {
        let share = priority(weight(&world.partnership, k), total_weight, world.needs.len());
        let need = &world.needs[k];
        let team = team_days(need, |s| world.scratch[s], share);
        let rules = &world.rules.delivery;
        let team = match rules.division {
            None => team,
            Some(division) => division * team + (Lane::ONE - division) * share * undivided(world, k, bought),
        };
        let joint = Lane::from_fn(|r| {
            let days = team[r]
                * comes_through[r]
                * rules.effectiveness[r]
                * (1.0 - rules.duplication[r] * (1.0 - informed[r]));
            covered(days * need.people_a_day[r] * need.demand_inverse[r], 1.0, inverse(reach[r]))
        });
        meet_together(world, k, joint, joint * reach);
        meet_alone(world, k);
    }
    let partnership = &mut world.partnership;
    partnership.total.joint_value += partnership.joint_value;
    let days = world.partners.iter().fold(Lane::ZERO, |sum, partner| sum + partner.days);
    partnership.total.days += partnership.alive * days;
}

/// This month's demand for each need, the same for the twin.
#[inline(always)]
fn draw_demand<const L: usize>(world: &mut World<L>, month: usize) {
    for (k, need) in world.needs.iter_mut().enumerate() {
        let luck = world.draws.normal(Purpose::Demand, month, k, 0);
        let variation = world.rules.delivery.demand_variation;
        let factor = world.partnership.conditions.demand;
        need.demand = Lane::from_fn(|r| {
            // Less half the variance, so that the mean over the months is the usual demand.
            let usual = need.usual_demand[r] * math::exp(variation[r] * luck[r] - 0.5 * variation[r] * variation[r]);
            usual * factor[r]
        });
        need.demand_inverse = need.demand.map(|demand| inverse(demand));
    }
}

/// Sums the days in each skill that were given or bought for joint work into `scratch`; returns the days bought.
#[inline(always)]
fn pool<const L: usize>(world: &mut World<L>, n_skills: usize) -> Lane<L> {
    let World { partners, partnership, skills, rules, scratch, needs, .. } = world;
    scratch.clear();
    scratch.resize(n_skills, Lane::ZERO);
    let (mut day_cost, mut staffed) = (Lane::ZERO, Lane::ZERO);
    for (i, partner) in partners.iter().enumerate() {
        let useful = useful_days(partner);
        for s in 0..n_skills {
            scratch[s] += useful * skills[i * n_skills + s];
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
    bought
}

/// Days of an ordinary partner that a partner's joint work comes to.
#[inline(always)]
fn useful_days<const L: usize>(partner: &Partner<L>) -> Lane<L> {
    partner.contributed * partner.proficiency * (Lane::ONE - partner.self_interest)
}

/// Factor on all joint work of the month: what others lend, the chain of implementation, days that help nobody yet, and whether
/// there is enough of it to provide anything.
#[inline(always)]
fn comes_through<const L: usize>(world: &mut World<L>, bought: Lane<L>) -> Lane<L> {
    let World { partners, partnership, rules, .. } = world;
    let worked = partners.iter().fold(bought, |sum, partner| sum + useful_days(partner));
    let intended = rules.contributions.pooled * partnership.starting_capacity;
    let rules = &rules.delivery;
    let (output, alive) = (partnership.conditions.output, partnership.alive);
    let (factor, provided) = Lane::from_fn2(|r| {
        let provides = worked[r] >= math::max(rules.threshold[r] * intended[r], rules.fixed_days[r]);
        let helping = 1.0 - math::min(rules.fixed_days[r] / math::max(worked[r], 1e-9), 1.0);
        let factor = output[r] * rules.chain[r] * helping;
        if provides { (factor, alive[r]) } else { (0.0, 0.0) }
    });
    partnership.total.provided += provided;
    factor
}

/// Days' worth of an exactly right team that joint work on a need comes to when each does a bit of everything with its own skills;
/// what was bought is a team in itself.
#[inline(always)]
fn undivided<const L: usize>(world: &World<L>, k: usize, bought: Lane<L>) -> Lane<L> {
    let (needs, n_needs) = (&world.needs, world.needs.len());
    let of_skill = |s: usize| needs.iter().fold(Lane::ZERO, |sum, need| sum + need.skills[s] * (1.0 / n_needs as f64));
    let start = bought * team_days(&needs[k], of_skill, Lane::ONE);
    let own = world.partners.iter().enumerate();
    own.fold(start, |sum, (i, partner)| sum + useful_days(partner) * world.yields[i * n_needs + k])
}

/// Share of joint work that goes to a need; the same to each while nobody cares for any.
#[inline(always)]
fn priority<const L: usize>(goal: Lane<L>, total: Lane<L>, n_needs: usize) -> Lane<L> {
    goal.zip(total, |goal, total| if total > 0.0 { goal / total } else { 1.0 / n_needs as f64 })
}

/// Share of joint work that is left when goals at odds make a share of it pull against itself.
#[inline(always)]
fn pulling_together<const L: usize>(partners: &[Partner<L>], cross_purposes: Lane<L>) -> Lane<L> {
    let (odds, members) = partners.iter().fold((Lane::ZERO, Lane::ZERO), |(odds, members), partner| {
        (odds + partner.active * (Lane::ONE - partner.fit), members + partner.active)
    });
    Lane::from_fn(|r| 1.0 - cross_purposes[r] * odds[r] / math::max(members[r], 1.0))
}

/// Worth of joint work in an ordinary month if every partner gave all it had agreed could be pooled, nothing were done twice, lost on
/// the way or kept to oneself, and joint work were exactly as effective as separate work: what the partnership sets out to do.
#[inline(always)]
pub fn intended_value<const L: usize>(world: &mut World<L>) -> Lane<L> {
    // Ties are most of a world and play no part in this.
    let ties = std::mem::take(&mut world.ties);
    let mut ideal = world.clone();
    world.ties = ties;
    let pooled = ideal.rules.contributions.pooled;
    ideal.rules.delivery.effectiveness = Lane::ONE;
    (ideal.rules.delivery.chain, ideal.rules.delivery.threshold) = (Lane::ONE, Lane::ZERO);
    for partner in &mut ideal.partners {
        partner.active = Lane::ONE;
        partner.days = partner.normal_days;
        partner.contributed = pooled * partner.normal_days;
        (partner.informed, partner.fit, partner.self_interest) = (Lane::ONE, Lane::ONE, Lane::ZERO);
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
        world.partners[0].alone.days = Lane([100.0]);
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
    fn a_chain_lets_through_the_product_of_its_links() {
        // Little work, which is far from helping anyone twice: half as much comes to half as many people.
        let of = |links: f64| helped(0.001, &[("delivery.chain_length", links), ("delivery.link_success", 0.5)])[2];
        assert!((of(2.0) / of(1.0) - 0.5).abs() < 1e-4 && (of(4.0) / of(1.0) - 0.125).abs() < 1e-4);
    }

    #[test]
    fn nothing_is_provided_below_the_threshold_and_all_of_it_at_the_threshold() {
        let intended = 0.3 * World::<1>::new(&small_world(2, &[]), Draws::new(1, 0)).partnership.starting_capacity[0];
        let of = |days: f64| helped(22.0, &[("delivery.threshold", days / intended)]);
        assert_eq!(of(21.99), helped(22.0, &[]));
        assert_eq!(of(22.01)[2], 0.0);
    }

    #[test]
    fn the_first_days_of_joint_work_help_nobody() {
        let [base, .., all] = helped(20.0, &[]);
        assert_eq!(helped(20.0, &[("delivery.fixed_days", 20.0)])[2], 0.0);
        let [_, _, half] = helped(20.0, &[("delivery.fixed_days", 10.0)]);
        assert!(half > 0.0 && half < all && base > 0.0);
    }

    #[test]
    fn a_month_counts_as_provided_when_work_passes_its_threshold_and_its_fixed_days() {
        let provided = |values: &[(&'static str, f64)]| {
            let mut world = World::<1>::new(&small_world(2, values), Draws::new(1, 0));
            (world.partners[0].days, world.partners[0].contributed) = (Lane([90.0]), Lane([30.0]));
            step(&mut world, 0);
            world.partnership.total.provided[0]
        };
        assert_eq!(provided(&[]), 1.0);
        assert_eq!(provided(&[("delivery.fixed_days", 29.9)]), 1.0);
        assert_eq!(provided(&[("delivery.fixed_days", 30.1)]), 0.0);
        assert_eq!(provided(&[("delivery.threshold", 1.0)]), 0.0);
    }

    #[test]
    fn days_kept_to_oneself_help_nobody() {
        assert_eq!(helped(20.0, &[("partner.self_interest", 1.0)])[2], 0.0);
        assert!(helped(20.0, &[("partner.self_interest", 0.5)])[0] < helped(20.0, &[])[0]);
    }

    #[test]
    fn dividing_tasks_by_expertise_makes_a_team_of_specialists() {
        let joint = |division: f64, skills: [f64; 2]| {
            let mut inputs = small_world(2, &[("roles.division", division), ("delivery.effectiveness", 1.0)]);
            for (partner, share) in inputs.partners.iter_mut().zip(skills) {
                partner.skills = [share, 1.0 - share].map(crate::model::uncertainty::Uncertainty::Fixed).to_vec();
            }
            let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
            for partner in &mut world.partners {
                (partner.days, partner.contributed, partner.informed) = (Lane([90.0]), Lane([30.0]), Lane::ONE);
            }
            step(&mut world, 0);
            world.partnership.joint_value[0]
        };
        assert!(joint(1.0, [0.9, 0.1]) > 1.2 * joint(0.0, [0.9, 0.1]));
        assert!(joint(0.5, [0.9, 0.1]) > joint(0.0, [0.9, 0.1]));
        // Partners whose own mix is what the need asks for lose nothing.
        assert!((joint(1.0, [0.5, 0.5]) / joint(0.0, [0.5, 0.5]) - 1.0).abs() < 1e-9);
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
