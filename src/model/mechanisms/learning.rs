//! Learning: better ways of working are looked for together, and skill grows by doing.
//!
//! # Does
//! Lets partners try changes of the partnership's way of working, adopts what proves better, disturbs what works as the
//! world changes, stops now and then to reflect, and lets the skill of those who do joint work grow.
//!
//! # Why
//! On a complex problem one gets stuck where no change that one can see makes it better; somebody else sees another. One learns
//! least from one's like, and little from those whom one does not understand.
//!
//! # Equation
//! A way of working is `N` features on a rugged landscape with `K` = mean complexity of the needs · (N − 1). A member tries a
//! change of a feature that it sees with chance `(attempts + sets) · (n + (1 − n)d) · (1 − a·d) · (1 − rigidity) · min(voice, 1)`,
//! `d` the mean distance in thinking to those it heard, 0 when it heard nobody: novelty times absorption, greatest at
//! `d* = ½(1/a − n/(1 − n))`. The change is adopted when quality `q` rises, or unseen with the chance of exploration. Output of joint work
//! `· (1 + e·2(q − ½))`. Every so many months the partnership reflects: with chance `challenge` candidly; then, with chance `2T − 1` by
//! the mean trust `T`, the best change of one or two neighbouring features that anyone with a voice sees is made, while each partner of trust
//! below one half loses `cost · (1 − 2T)` of morale and of goodwill. Skill `p ← p + g·given·(ceiling − p)`.
//!
//! # Reads
//! `heard` of ties; `active`, `voice`, trust, last month's contributions of partners; what learning sets add.
//!
//! # Writes
//! The way of working and its quality, `proficiency`, days away, lift and warmth of partners, the factor on output, totals.
//!
//! # References
//! Joint search: Hong and Page 2004, Kauffman 1993 (M10); explore and exploit: March 1991 (M11); cognitive distance: Nooteboom
//! 2007 (M12, form; values ours); challenge and relations: de Wit, Greer and Jehn 2012 (that conflict over the task helps only
//! without conflict between people; form ours).

use crate::model::drawn::Drawn;
use crate::model::draws::{Draws, Purpose};
use crate::model::inputs::Inputs;
use crate::model::landscape::Landscape;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::need;
use crate::model::partner::DAY_HOURS;
use crate::model::search::{self, Search};
use crate::model::world::World;

mod parameters;

pub use parameters::PARAMETERS;
use parameters::*;

/// The parameters of joint search.
#[derive(Debug, Clone)]
pub struct Learning<const L: usize> {
    n_features: usize,
    interdependence: Lane<L>,
    attempts: Lane<L>,
    novelty: Lane<L>,
    absorption_loss: Lane<L>,
    sector_distance: Lane<L>,
    exploration: Lane<L>,
    rigidity: Lane<L>,
    turbulence: Lane<L>,
    solution_effect: Lane<L>,
    reflection_months: usize,
    reflection_days: Lane<L>,
    challenge: Lane<L>,
    challenge_cost: Lane<L>,
}

impl<const L: usize> Learning<L> {
    /// The values in force; nothing where a way of working has no features.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        let n_features = drawn.number(&FEATURES, 0)[0] as usize;
        let n_needs = drawn.inputs().needs.len();
        let complexity = (0..n_needs).fold(Lane::ZERO, |sum, k| sum + drawn.number(&need::COMPLEXITY, k));
        (n_features > 0).then(|| Learning {
            n_features,
            interdependence: complexity * (1.0 / n_needs.max(1) as f64),
            attempts: drawn.number(&ATTEMPTS, 0),
            novelty: drawn.number(&NOVELTY, 0),
            absorption_loss: drawn.number(&ABSORPTION_LOSS, 0),
            sector_distance: drawn.number(&SECTOR_DISTANCE, 0),
            exploration: drawn.number(&EXPLORATION, 0),
            rigidity: drawn.number(&RIGIDITY, 0),
            turbulence: drawn.number(&TURBULENCE, 0),
            solution_effect: drawn.number(&SOLUTION_EFFECT, 0),
            reflection_months: drawn.number(&REFLECTION_MONTHS, 0)[0] as usize,
            reflection_days: drawn.number(&REFLECTION_HOURS, 0) * (1.0 / DAY_HOURS),
            challenge: drawn.number(&CHALLENGE, 0),
            challenge_cost: drawn.number(&CHALLENGE_COST, 0),
        })
    }

    /// The way of working at the start, for partners of these `skills`.
    pub fn search(&self, inputs: &Inputs, draws: &Draws<L>, skills: &[Lane<L>]) -> Search<L> {
        let landscape = Landscape::new(*draws, self.n_features, self.interdependence);
        let mut search = Search::new(*draws, landscape, skills, inputs.partners.len());
        search.distances = search::distances(inputs, skills, self.sector_distance);
        search
    }
}

/// The parameters of learning by doing.
#[derive(Debug, Clone)]
pub struct Practice<const L: usize> {
    growth: Lane<L>,
    ceiling: Lane<L>,
}

impl<const L: usize> Practice<L> {
    /// The values in force; nothing where skill does not grow in any replication.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        let growth = drawn.number(&SKILL_GROWTH, 0);
        growth
            .0
            .iter()
            .any(|growth| *growth > 0.0)
            .then(|| Practice { growth, ceiling: drawn.number(&SKILL_CEILING, 0) })
    }
}

/// One month of learning.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    practise(world);
    if world.search.is_some() {
        disturb(world, month);
        attempt(world, month);
        reflect(world, month);
        apply(world);
    }
}

/// Skill grows with what was given to joint work last month.
#[inline(always)]
fn practise<const L: usize>(world: &mut World<L>) {
    let World { partners, rules, .. } = world;
    let Some(practice) = &rules.practice else { return };
    let pooled = rules.contributions.pooled;
    for partner in partners.iter_mut() {
        partner.proficiency = Lane::from_fn(|r| {
            let agreed = pooled[r] * partner.normal_days[r];
            let given = partner.active[r] * math::unit(partner.contributed[r] / math::max(agreed, 1e-9));
            practised(partner.proficiency[r], given, practice.growth[r], practice.ceiling[r])
        });
    }
}

/// The world moves on: what a feature contributes changes by chance.
#[inline(always)]
fn disturb<const L: usize>(world: &mut World<L>, month: usize) {
    let World { search, draws, rules, .. } = world;
    let (Some(search), Some(rules)) = (search, &rules.learning) else { return };
    let (luck, place) = draws.uniforms(Purpose::Turbulence, month, 0, 0);
    (0..L).filter(|&r| luck[r] < rules.turbulence[r]).for_each(|r| search.disturb(r, place[r]));
}

/// Each member may try a change.
#[inline(always)]
fn attempt<const L: usize>(world: &mut World<L>, month: usize) {
    let World { search, partners, ties, draws, rules, partnership, scratch, .. } = world;
    let (Some(search), Some(rules)) = (search, &rules.learning) else { return };
    scratch.clear();
    scratch.resize(2 * partners.len(), Lane::ZERO);
    let (apart, heard) = scratch.split_at_mut(partners.len());
    for (tie, &distance) in ties.iter().zip(&search.distances) {
        for (direction, listener) in [(0, tie.ends.0), (1, tie.ends.1)] {
            apart[listener] += tie.heard[direction] * distance;
            heard[listener] += tie.heard[direction];
        }
    }
    let eagerness: Lane<L> = Lane::from_fn(|r| {
        math::unit(rules.attempts[r] + partnership.conditions.learning[r]) * (1.0 - rules.rigidity[r])
    });
    for (i, partner) in partners.iter().enumerate() {
        let (bits, other) = draws.bits(Purpose::Attempt, month, i, 0);
        let (distance, count) = (apart[i], heard[i]);
        let chance: Lane<L> = Lane::from_fn(|r| {
            let distance = distance[r] / math::max(count[r], 1.0);
            let fruitful = fruitfulness(distance, rules.novelty[r], rules.absorption_loss[r]);
            partner.active[r] * eagerness[r] * fruitful * math::min(partner.voice[r], 1.0)
        });
        let improved = Lane::from_fn(|r| {
            let (luck, which) = math::open_units(bits[r]);
            let untested = math::open_unit(other[r]) < rules.exploration[r];
            if luck < chance[r] { search.attempt(r, i, which, untested) } else { 0.0 }
        });
        partnership.total.innovations += improved;
    }
}

/// Every so many months the partnership looks at how it works.
#[inline(always)]
fn reflect<const L: usize>(world: &mut World<L>, month: usize) {
    let World { search, partners, draws, rules, partnership, .. } = world;
    let (Some(search), Some(rules)) = (search, &rules.learning) else { return };
    if rules.reflection_months == 0 || !(month + 1).is_multiple_of(rules.reflection_months) {
        return;
    }
    let (candour, insight) = draws.uniforms(Purpose::Reflection, month, 0, 0);
    let candid: Lane<L> = Lane::from_fn(|r| if candour[r] < rules.challenge[r] { partnership.alive[r] } else { 0.0 });
    let (trust, members) = partners.iter().fold((Lane::ZERO, Lane::ZERO), |(trust, members), partner| {
        (trust + partner.active * partner.trust, members + partner.active)
    });
    partnership.total.innovations += Lane::from_fn(|r| {
        let bears = 2.0 * trust[r] / math::max(members[r], 1.0) - 1.0;
        let works = candid[r] > 0.0 && insight[r] < bears;
        if works {
            search.reflect(r, search.seen(r, partners.iter().map(|partner| partner.active[r] * partner.voice[r])))
        } else {
            0.0
        }
    });
    for partner in partners.iter_mut() {
        let hurt = Lane::from_fn(|r| {
            candid[r] * partner.active[r] * rules.challenge_cost[r] * math::max(1.0 - 2.0 * partner.trust[r], 0.0)
        });
        partner.influences.lift -= hurt;
        partner.influences.warmth -= hurt;
        partner.influences.days_away += partner.active * rules.reflection_days;
    }
}

/// A good way of working makes more of a day's work.
#[inline(always)]
fn apply<const L: usize>(world: &mut World<L>) {
    let World { search, rules, partnership, .. } = world;
    let (Some(search), Some(rules)) = (search, &rules.learning) else { return };
    let (quality, effect) = (search.quality, rules.solution_effect);
    partnership.conditions.output *= Lane::from_fn(|r| 1.0 + effect[r] * 2.0 * (quality[r] - 0.5));
    partnership.total.quality += partnership.alive * quality;
}

/// Novelty times absorption at a distance in thinking.
#[inline(always)]
fn fruitfulness(distance: f64, novelty: f64, absorption_loss: f64) -> f64 {
    (novelty + (1.0 - novelty) * distance) * (1.0 - absorption_loss * distance)
}

/// Skill in joint work after a month in which a share of what was agreed was given.
#[inline(always)]
fn practised(proficiency: f64, given: f64, growth: f64, ceiling: f64) -> f64 {
    proficiency + growth * given * math::max(ceiling - proficiency, 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::mechanisms::{meetings, small_world};

    /// A world after some months of meetings and learning, with a landscape of ten features.
    fn after(months: usize, values: &[(&'static str, f64)]) -> World<16> {
        let inputs = small_world(4, &[&[("learning.features", 10.0)], values].concat());
        let mut world = World::new(&inputs, Draws::new(6, 0));
        for month in 0..months {
            world.partnership.conditions = Default::default();
            world.partners.iter_mut().for_each(|partner| partner.influences = Default::default());
            meetings::step(&mut world, month);
            step(&mut world, month);
        }
        world
    }

    fn quality(world: &World<16>) -> f64 {
        world.search.as_ref().map_or(0.0, |search| search.quality.0.iter().sum::<f64>() / 16.0)
    }

    #[test]
    fn without_features_and_growth_nothing_happens() {
        let mut world = World::<1>::new(&small_world(3, &[]), Draws::new(1, 0));
        step(&mut world, 0);
        assert!(world.search.is_none() && world.partners.iter().all(|partner| partner.proficiency == Lane::ONE));
        assert_eq!(world.partnership.conditions.output, Lane::ONE);
    }

    #[test]
    fn those_of_middling_distance_learn_most_from_each_other() {
        // By hand, n = 0.2 and a = 0.8: d* = ½(1/0.8 − 0.2/0.8) = 0.5, where 0.6 · 0.6.
        assert!((fruitfulness(0.5, 0.2, 0.8) - 0.36).abs() < 1e-12);
        assert!(fruitfulness(0.45, 0.2, 0.8) < 0.36 && fruitfulness(0.55, 0.2, 0.8) < 0.36);
        assert_eq!(fruitfulness(0.0, 0.2, 0.8), 0.2);
        assert_eq!(fruitfulness(1.0, 0.2, 1.0), 0.0);
    }

    #[test]
    fn tried_changes_make_a_calm_world_better_and_never_worse() {
        let values = [("learning.turbulence", 0.0), ("learning.exploration", 0.0), ("learning.attempts", 1.0)];
        let months = [0, 6, 60].map(|months| after(months, &values));
        let [start, early, late] = months.each_ref().map(quality);
        assert!(start < early && early < late, "{start} {early} {late}");
        assert!(months[2].partnership.total.innovations.0.iter().sum::<f64>() > 16.0);
        assert!(months[2].partnership.conditions.output.0.iter().all(|factor| (0.0..=2.0).contains(factor)));
    }

    #[test]
    fn nobody_tries_anything_who_is_rigid_or_not_heard_in_the_partnership() {
        let values = [("learning.turbulence", 0.0), ("learning.rigidity", 1.0)];
        assert_eq!(quality(&after(24, &values)), quality(&after(0, &values)));
        let inputs = small_world(3, &[("learning.features", 8.0), ("learning.turbulence", 0.0)]);
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        world.partners.iter_mut().for_each(|partner| partner.voice = Lane::ZERO);
        (0..50).for_each(|month| step(&mut world, month));
        assert_eq!(world.partnership.total.innovations[0], 0.0);
    }

    #[test]
    fn learning_sets_add_to_attempts() {
        let innovations = |sets: f64| {
            let inputs = small_world(4, &[("learning.features", 10.0), ("learning.attempts", 0.1)]);
            let mut world = World::<16>::new(&inputs, Draws::new(2, 0));
            for month in 0..24 {
                world.partnership.conditions.learning = Lane::splat(sets);
                step(&mut world, month);
            }
            world.partnership.total.innovations.0.iter().sum::<f64>()
        };
        assert!(innovations(0.6) > innovations(0.0));
    }

    /// Quality, and days away and lift of the first partner, after candid reflections alone among partners of some trust.
    fn reflected(trust: f64) -> (f64, f64, f64) {
        let values = [
            ("learning.attempts", 0.0),
            ("learning.turbulence", 0.0),
            ("learning.reflection_months", 3.0),
            ("learning.challenge", 1.0),
            ("trust.initial", trust),
        ];
        let world = after(12, &values);
        let influences = &world.partners[0].influences;
        (quality(&world), influences.days_away[0], influences.lift[0])
    }

    #[test]
    fn candour_improves_work_among_those_who_trust_and_hurts_those_who_do_not() {
        let [trusting, wary] = [0.9, 0.2].map(reflected);
        assert!(trusting.0 > wary.0 && trusting.2 == 0.0);
        // By hand: 4 hours of 7.5, and the declared cost times 1 − 2·0.2.
        assert!((wary.1 - 4.0 / 7.5).abs() < 1e-12 && (wary.2 + 0.05 * 0.6).abs() < 1e-12);
        assert_eq!(wary.0, quality(&after(0, &[("learning.attempts", 0.0), ("learning.turbulence", 0.0)])));
    }

    #[test]
    fn skill_grows_towards_its_ceiling_by_joint_work_alone() {
        assert_eq!(practised(1.0, 0.0, 0.1, 1.3), 1.0);
        assert!((practised(1.0, 0.5, 0.1, 1.3) - 1.015).abs() < 1e-12);
        assert_eq!(practised(1.5, 1.0, 0.1, 1.3), 1.5);
        let mut world = World::<1>::new(&small_world(2, &[("learning.skill_growth", 0.2)]), Draws::new(1, 0));
        world.partners[0].contributed = world.partners[0].normal_days;
        step(&mut world, 0);
        assert!((world.partners[0].proficiency[0] - 1.06).abs() < 1e-12);
        assert_eq!(world.partners[1].proficiency, Lane::ONE);
    }
}
