//! Contributions: what each partner believes of the others, promises, and then gives.
//!
//! # Does
//! Updates beliefs by what was heard of the others' giving, makes a promise from them, and gives what is left of it after
//! coordination, lack of money and diversions to own priorities.
//!
//! # Why
//! Most people give as they believe others give, a few give whatever happens, a fifth give little: joint work lives or dies
//! by what partners believe of each other.
//!
//! # Equation
//! Belief `B ← φB + (1 − φ)·((1 − l)·mean + l·least)` of what was heard, `l` the weight of the weakest link. Trusted belief
//! `B·(1 − w + 2w·T)`, `T` the mean trust in the others. A lead sets an example of weight `e`: `B ← B + e(1 − φ)(what it gave − B)`
//! for the others. Level `a + b·B + talk·informed + urge − c·cynicism`, held between 0 and 1, with `a, b` by the partner's kind.
//! Offer, as a share of its days:
//! `pooled · level · (1 − autonomy·(1 − T)) · (1 − g·(1 − fit)) · (1 − m·(1 − morale))`. A free rider announces the level of a
//! conditional contributor, less what sanctions have taught it (`monitoring`). The promise is the announced share of ordinary days;
//! what is given is the offered share of this month's days, less a diversion with a given chance, and never more than is left after coordination.
//!
//! # Reads
//! `heard` of ties; `informed`, trust, fit, morale, autonomy, ordinary, coordination and all days of partners.
//!
//! # Writes
//! `belief`, `diverted`, `contributed`, `kept`, `given`, `backfilled` of each partner.
//!
//! # References
//! Fischbacher, Gaechter and Fehr 2001; Kurzban and Houser 2005 (M4); Balliet 2010 on talk (M5); weakest link M7; the way trust, goals, morale
//! and autonomy enter is ours.

mod parameters;

use crate::model::drawn::Drawn;
use crate::model::draws::{Draws, Purpose};
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::mechanisms::entry::SCREENING;
use crate::model::mechanisms::meetings::attention;
use crate::model::partner::{self, Partner};
use crate::model::tie::Tie;
use crate::model::world::World;
pub use parameters::PARAMETERS;
pub(crate) use parameters::*;

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Contributions<const L: usize> {
    /// Share of its days a partner agrees could be pooled.
    pub pooled: Lane<L>,
    /// What partners believe at the start.
    pub initial_belief: Lane<L>,
    /// Share of attention and giving lost at the lowest morale.
    pub morale_effect: Lane<L>,
    /// How strongly trust scales what a partner believes the others will give.
    pub trust_effect: Lane<L>,
    /// Share withheld when the joint goals are as far from a partner's own as they can be.
    pub goal_effect: Lane<L>,
    /// Base and slope of a conditional contributor, an unconditional one, and a free rider.
    kinds: [(Lane<L>, Lane<L>); 3],
    free_riders: Lane<L>,
    unconditional: Lane<L>,
    memory: Lane<L>,
    /// What hearing all the others adds.
    pub talk: Lane<L>,
    diversion_rate: Lane<L>,
    diversion_size: Lane<L>,
    weakest_link: Option<Lane<L>>,
    screening: Lane<L>,
    leader_example: Option<Lane<L>>,
}

impl<const L: usize> Contributions<L> {
    /// The values in force.
    pub fn new(drawn: &Drawn<L>) -> Self {
        let weakest_link = drawn.number(&WEAKEST_LINK, 0);
        Contributions {
            weakest_link: weakest_link.any().then_some(weakest_link),
            screening: drawn.number(&SCREENING, 0),
            pooled: drawn.number(&POOLED_SHARE, 0),
            initial_belief: drawn.number(&INITIAL_BELIEF, 0),
            morale_effect: drawn.number(&MORALE_EFFECT, 0),
            kinds: [
                (drawn.number(&CONDITIONAL_BASE, 0), drawn.number(&CONDITIONAL_SLOPE, 0)),
                (drawn.number(&UNCONDITIONAL_BASE, 0), drawn.number(&UNCONDITIONAL_SLOPE, 0)),
                (drawn.number(&FREE_RIDER_BASE, 0), drawn.number(&FREE_RIDER_SLOPE, 0)),
            ],
            free_riders: drawn.number(&FREE_RIDER_SHARE, 0),
            unconditional: drawn.number(&UNCONDITIONAL_SHARE, 0),
            memory: drawn.number(&BELIEF_MEMORY, 0),
            talk: drawn.number(&TALK_EFFECT, 0),
            trust_effect: drawn.number(&TRUST_EFFECT, 0),
            goal_effect: drawn.number(&GOAL_EFFECT, 0),
            diversion_rate: drawn.number(&DIVERSION_RATE, 0),
            diversion_size: drawn.number(&DIVERSION_SIZE, 0),
            leader_example: drawn.used(&LEADER_EXAMPLE, 0),
        }
    }

    /// Base and slope of a conditional contributor.
    #[inline(always)]
    pub fn conditional(&self) -> (Lane<L>, Lane<L>) {
        self.kinds[0]
    }

    /// Share of what they agreed could be pooled that partners counted on from each other when they began: what a conditional
    /// contributor gives at the starting belief.
    #[inline(always)]
    pub fn counted_on(&self) -> Lane<L> {
        let (base, slope) = self.conditional();
        Lane::from_fn(|r| level(base[r], slope[r], self.initial_belief[r], 0.0))
    }

    /// Decides what kind of contributor a partner is.
    pub fn character(&self, partner: &mut Partner<L>, drawn: &Drawn<L>, draws: &Draws<L>, i: usize) {
        let luck = draws.uniform(Purpose::Character, 0, i, 0);
        let (recognised, instead) = draws.uniforms(Purpose::Character, 0, i, 1);
        let chosen = drawn.choice(&partner::CONTRIBUTOR, i);
        let kind = |r: usize| match chosen {
            0 if luck[r] < self.free_riders[r] && recognised[r] < self.screening[r] => {
                // Someone like the others: free riders apart, the kinds keep their shares.
                let unconditional = self.unconditional[r] / math::max(1.0 - self.free_riders[r], 1e-9);
                if instead[r] < unconditional { 1 } else { 0 }
            }
            0 if luck[r] < self.free_riders[r] => 2,
            0 if luck[r] < self.free_riders[r] + self.unconditional[r] => 1,
            0 => 0,
            given => given - 1,
        };
        partner.giving_base = Lane::from_fn(|r| self.kinds[kind(r)].0[r]);
        partner.giving_slope = Lane::from_fn(|r| self.kinds[kind(r)].1[r]);
        partner.announces_more = Lane::from_fn(|r| if kind(r) == 2 { 1.0 } else { 0.0 });
    }
}

/// One month of promises and contributions.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    believe(world);
    give(world, month);
}

/// Each member takes in what it heard of the others' giving last month.
#[inline(always)]
fn believe<const L: usize>(world: &mut World<L>) {
    let World { partners, ties, rules, scratch, .. } = world;
    let memory = rules.contributions.memory;
    let n = partners.len();
    scratch.clear();
    scratch.resize(3 * n, Lane::ZERO);
    let (seen, rest) = scratch.split_at_mut(n);
    let (count, least) = rest.split_at_mut(n);
    for tie in ties.iter() {
        let (i, j) = tie.ends;
        seen[i] += tie.heard[0] * partners[j].given;
        seen[j] += tie.heard[1] * partners[i].given;
        count[i] += tie.heard[0];
        count[j] += tie.heard[1];
    }
    if let Some(weight) = rules.contributions.weakest_link {
        go_by_the_least(partners, ties, weight, (seen, count, least));
    }
    for (i, partner) in partners.iter_mut().enumerate() {
        partner.belief = Lane::from_fn(|r| believed(partner.belief[r], seen[i][r], count[i][r], memory[r]));
    }
    if let Some(weight) = rules.contributions.leader_example {
        follow_the_lead(partners, weight * (Lane::ONE - memory));
    }
}

/// Everybody sees what the lead gives, and believes the more that others will do as much.
#[inline(always)]
fn follow_the_lead<const L: usize>(partners: &mut [Partner<L>], weight: Lane<L>) {
    let example = partners.iter().fold(Lane::ZERO, |sum, partner| sum + partner.leads * partner.active * partner.given);
    for partner in partners.iter_mut() {
        let follows = weight * (Lane::ONE - partner.leads);
        partner.belief = Lane::from_fn(|r| drawn_to(partner.belief[r], example[r], follows[r]));
    }
}

#[inline(always)]
fn drawn_to(belief: f64, example: f64, weight: f64) -> f64 {
    belief + weight * (example - belief)
}

/// Moves what each partner saw in all from its mean towards the least it saw, which is never above what is agreed.
#[inline(always)]
fn go_by_the_least<const L: usize>(
    partners: &[Partner<L>],
    ties: &[Tie<L>],
    weight: Lane<L>,
    (seen, count, least): (&mut [Lane<L>], &[Lane<L>], &mut [Lane<L>]),
) {
    least.fill(Lane::ONE);
    for tie in ties {
        let (i, j) = tie.ends;
        for (watcher, watched, heard) in [(i, j, tie.heard[0]), (j, i, tie.heard[1])] {
            let given = partners[watched].given;
            least[watcher] =
                Lane::from_fn(
                    |r| if heard[r] > 0.0 { math::min(least[watcher][r], given[r]) } else { least[watcher][r] },
                );
        }
    }
    for (i, seen) in seen.iter_mut().enumerate() {
        *seen = Lane::from_fn(|r| seen[r] + weight[r] * (least[i][r] * count[i][r] - seen[r]));
    }
}

#[inline(always)]
fn give<const L: usize>(world: &mut World<L>, month: usize) {
    let World { partners, draws, rules, partnership, .. } = world;
    let (markup, cynicism_effect) = (rules.funding.markup, rules.morale.cynicism_effect);
    let (rules, at_work, bound) = (&rules.contributions, partnership.conditions.at_work, partnership.conditions.bound);
    let conditional = rules.conditional();
    let dearer = markup.map(|markup| 1.0 / (1.0 + markup));
    for (i, partner) in partners.iter_mut().enumerate() {
        let luck = draws.uniform(Purpose::Diversion, month, i, 0);
        partner.diverted =
            Lane::from_fn(|r| if luck[r] < rules.diversion_rate[r] { rules.diversion_size[r] } else { 0.0 });
        // In three loops: a closure large enough for all would stay a call, one replication at a time.
        let (meant, announced): (Lane<L>, Lane<L>) = Lane::from_fn2(|r| {
            let belief = trusted_belief(partner.belief[r], partner.trust[r], rules.trust_effect[r]);
            let talk = rules.talk[r] * partner.informed[r] + partner.influences.urge[r]
                - cynicism_effect[r] * partner.cynicism[r];
            let meant = level(partner.giving_base[r], partner.giving_slope[r], belief, talk);
            let usual = level(conditional.0[r], conditional.1[r], belief, talk);
            let more = partner.announces_more[r];
            // Exactly the one or the other at 0 and 1.
            (meant, meant * (1.0 - more) + math::max(meant, usual) * more)
        });
        let scope: Lane<L> = Lane::from_fn(|r| {
            rules.pooled[r]
                * at_work[r]
                * partner.active[r]
                * freed(partner.autonomy[r], partner.trust[r])
                * freed(rules.goal_effect[r], partner.fit[r])
                * attention(partner.morale[r], rules.morale_effect[r])
        });
        (partner.contributed, partner.kept, partner.given) = Lane::from_fn3(|r| {
            let left = (1.0 - partner.diverted[r] * (1.0 - bound[r])) * (1.0 - partner.influences.lost[r]);
            let free = math::max(partner.days[r] - partner.coordination_days[r], 0.0);
            let promised = scope[r] * announced[r] * partner.normal_days[r];
            let contributed = math::min(scope[r] * meant[r] * partner.days[r] * left, free);
            let agreed = rules.pooled[r] * partner.normal_days[r];
            (contributed, kept(contributed, promised), math::unit(contributed / math::max(agreed, 1e-9)))
        });
        partner.backfilled = partner.contributed * partner.influences.subsidy * dearer;
    }
}

/// Belief after a month, by the sum and the number of what was heard; unchanged when nothing was.
#[inline(always)]
fn believed(belief: f64, seen: f64, count: f64, memory: f64) -> f64 {
    let heard = seen / math::max(count, 1.0);
    let next = memory * belief + (1.0 - memory) * heard;
    if count > 0.0 { next } else { belief }
}

/// What one counts on from the others: belief scaled by trust, neutral at a trust of one half.
#[inline(always)]
pub(crate) fn trusted_belief(belief: f64, trust: f64, effect: f64) -> f64 {
    math::unit(belief * (1.0 - effect + 2.0 * effect * trust))
}

/// Share of what it agreed could be pooled that a partner means to give.
#[inline(always)]
pub(crate) fn level(base: f64, slope: f64, belief: f64, talk: f64) -> f64 {
    math::unit(base + slope * belief + talk)
}

/// What is left of a contribution when a share `held` is withheld for want of something (trust, fit) that is `present`.
#[inline(always)]
pub(crate) fn freed(held: f64, present: f64) -> f64 {
    1.0 - held * (1.0 - present)
}

/// Share of a promise that was kept; an empty promise is kept.
#[inline(always)]
fn kept(contributed: f64, promised: f64) -> f64 {
    if promised > 0.0 { math::unit(contributed / promised) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::inputs::Setting;
    use crate::model::mechanisms::{funding, small_world};

    #[test]
    fn a_conditional_contributor_gives_the_published_amounts() {
        // Fischbacher et al.: 2.06 + .828 B of 20 tokens; at a belief of 10 tokens, 10.34.
        assert!((20.0 * level(0.103, 0.828, 0.5, 0.0) - 10.34).abs() < 1e-12);
        assert!((20.0 * level(0.81, 0.039, 0.5, 0.0) - 16.59).abs() < 1e-12);
        assert!((20.0 * level(0.0705, 0.245, 0.5, 0.0) - 3.86).abs() < 1e-12);
    }

    #[test]
    fn belief_is_kept_when_nothing_is_heard() {
        assert_eq!(believed(0.4, 0.0, 0.0, 0.5), 0.4);
        assert!((believed(0.4, 1.6, 2.0, 0.5) - 0.6).abs() < 1e-15);
    }

    #[test]
    fn the_others_follow_the_lead_and_the_lead_itself_does_not() {
        let mut world = World::<1>::new(&small_world(3, &[("contributions.leader_example", 0.5)]), Draws::new(1, 0));
        world.partners.iter_mut().zip([0.9, 0.2, 0.2]).for_each(|(partner, given)| partner.given = Lane([given]));
        believe(&mut world);
        // Nothing heard: belief 0.6 moves by 0.5·0.5 of the way to 0.9.
        let beliefs: Vec<f64> = world.partners.iter().map(|partner| partner.belief[0]).collect();
        assert!(beliefs[0] == 0.6 && beliefs[1..].iter().all(|belief| (belief - 0.675).abs() < 1e-12));
    }

    #[test]
    fn trust_of_one_half_leaves_belief_as_it_is() {
        assert_eq!(trusted_belief(0.4, 0.5, 0.7), 0.4);
        assert!(trusted_belief(0.4, 0.9, 0.7) > 0.4);
        assert_eq!(trusted_belief(0.4, 0.9, 0.0), 0.4);
    }

    #[test]
    fn autonomy_is_freed_by_full_trust() {
        assert_eq!(freed(0.3, 1.0), 1.0);
        assert!((freed(0.3, 0.0) - 0.7).abs() < 1e-15);
    }

    #[test]
    fn a_promise_is_kept_in_part() {
        assert_eq!(kept(3.0, 4.0), 0.75);
        assert_eq!(kept(0.0, 0.0), 1.0);
        assert_eq!(kept(5.0, 4.0), 1.0);
    }

    /// What the first of three partners gave, of how much it had, and how far it kept its promise, in the first month.
    fn first_month(values: &[(&'static str, f64)], contributor: usize) -> [f64; 3] {
        first_month_taught(values, contributor, 0.0)
    }

    /// When sanctions have taught the partner so much of what it announces too much.
    fn first_month_taught(values: &[(&'static str, f64)], contributor: usize, taught: f64) -> [f64; 3] {
        let base = [("contributions.diversion_rate", 0.0), ("funding.uptime", 1.0), ("contributions.talk_effect", 0.0)];
        let mut inputs = small_world(3, &[&base, values].concat());
        inputs.partners[0].values.insert("partner.contributor", Setting::Choice(contributor));
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        world.partners[0].announces_more *= Lane([1.0 - taught]);
        funding::step(&mut world, 0);
        step(&mut world, 0);
        let partner = &world.partners[0];
        [partner.contributed[0], partner.days[0], partner.kept[0]]
    }

    const CONDITIONAL: usize = 1;
    const FREE_RIDER: usize = 3;

    #[test]
    fn nothing_is_given_where_nothing_is_pooled() {
        assert_eq!(first_month(&[("contributions.pooled_share", 0.0)], CONDITIONAL)[0], 0.0);
    }

    #[test]
    fn a_first_month_worked_by_hand() {
        // Level 0.103 + 0.828·0.6 = 0.5998 at neutral trust; autonomy 0.3 at trust 0.5 frees 0.85; morale 0.65 leaves
        // 1 − 0.4·0.35 = 0.86; goals fit.
        let [given, days, kept] = first_month(&[], CONDITIONAL);
        assert!((given / days - 0.3 * 0.5998 * 0.85 * 0.86).abs() < 1e-12);
        assert_eq!(kept, 1.0);
    }

    #[test]
    fn a_free_rider_announces_more_than_it_gives() {
        let [given, days, kept] = first_month(&[("partner.autonomy", 0.0), ("morale.initial", 1.0)], FREE_RIDER);
        assert!((given / days - 0.3 * (0.0705 + 0.245 * 0.6)).abs() < 1e-12);
        assert!((kept - 0.2175 / 0.5998).abs() < 1e-12);
    }

    #[test]
    fn half_taught_a_free_rider_announces_half_of_what_it_adds() {
        let values = [("partner.autonomy", 0.0), ("morale.initial", 1.0)];
        let kept = |taught: f64| first_month_taught(&values, FREE_RIDER, taught)[2];
        // It means to give 0.2175 and says half way to 0.5998.
        assert!((kept(0.5) - 0.2175 / (0.5 * (0.2175 + 0.5998))).abs() < 1e-12);
        assert_eq!(kept(1.0), 1.0);
    }

    #[test]
    fn a_diversion_takes_its_share_and_breaks_the_promise() {
        let [all, ..] = first_month(&[], CONDITIONAL);
        let [left, _, kept] = first_month(&[("contributions.diversion_rate", 1.0)], CONDITIONAL);
        assert!((left - 0.4 * all).abs() < 1e-9 && (kept - 0.4).abs() < 1e-12);
        let none = [("contributions.diversion_rate", 1.0), ("contributions.diversion_size", 0.0)];
        assert_eq!(first_month(&none, CONDITIONAL)[0], all);
    }

    #[test]
    fn nobody_gives_more_than_is_left_after_coordination_and_who_left_gives_nothing() {
        let values =
            [("contributions.pooled_share", 1.0), ("partner.autonomy", 0.0), ("contributions.talk_effect", 1.0)];
        let mut world = World::<1>::new(&small_world(3, &values), Draws::new(1, 0));
        funding::step(&mut world, 0);
        for partner in &mut world.partners {
            (partner.informed, partner.coordination_days) = (Lane::ONE, partner.days * 0.5);
        }
        world.partners[2].active = Lane::ZERO;
        step(&mut world, 0);
        assert!(world.partners.iter().all(|partner| partner.contributed[0] <= partner.days[0] * 0.5));
        assert_eq!((world.partners[2].contributed[0], world.partners[2].given[0]), (0.0, 0.0));
    }

    #[test]
    fn where_joint_work_is_as_good_as_its_weakest_part_one_goes_by_the_least_giver_heard() {
        let belief = |weight: f64, hears_the_least: f64| {
            let values = [("contributions.weakest_link", weight), ("contributions.belief_memory", 0.0)];
            let mut world = World::<1>::new(&small_world(3, &values), Draws::new(1, 0));
            world.ties.iter_mut().for_each(|tie| tie.heard = [Lane::ONE; 2]);
            world.ties[1].heard[0] = Lane([hears_the_least]);
            (world.partners[1].given, world.partners[2].given) = (Lane([0.8]), Lane([0.2]));
            believe(&mut world);
            world.partners[0].belief[0]
        };
        // By hand: the mean of .8 and .2, the least of them, half way between.
        for (weight, heard, expected) in [(0.0, 1.0, 0.5), (1.0, 1.0, 0.2), (0.5, 1.0, 0.35), (1.0, 0.0, 0.8)] {
            assert!((belief(weight, heard) - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn a_free_rider_is_screened_as_often_as_stated_and_a_certain_one_makes_room_for_another() {
        let free_riders = |screening: f64| {
            let inputs =
                small_world(8, &[("membership.screening", screening), ("contributions.free_rider_share", 0.5)]);
            let worlds = (0..100).map(|group| World::<16>::new(&inputs, Draws::new(1, 16 * group)));
            worlds
                .flat_map(|world| world.partners.into_iter().flat_map(|partner| partner.announces_more.0))
                .sum::<f64>()
        };
        // 12,800 partners, half of them free riders; four standard errors.
        assert!((free_riders(0.0) - 6400.0).abs() < 4.0 * 56.6 && (free_riders(0.5) - 3200.0).abs() < 4.0 * 49.0);
        assert_eq!(free_riders(1.0), 0.0);
    }
}
