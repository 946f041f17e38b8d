//! Dialogue: goals move towards those one heard and listens to, and are held by one's own mandate.
//!
//! # Does
//! Moves each member's goals towards the mean of the members it heard this month whose goals are near enough to listen
//! to, as far as it is open to it, or, pair by pair, the goals of two who heard each other towards one another; then back towards
//! its mandate; then sets the joint goals and each member's fit to them.
//!
//! # Why
//! A shared vision has to be talked into being, and every organisation answers to its own board as well.
//!
//! # Equation
//! `x ← x + o·μ·Σ(x_j − x)/(1 + n)` with openness `o`, over the `n` heard members within `ε` (root mean square distance over the
//! needs), then after the month's rounds `x ← (1 − s)·x + s·x₀` with stubbornness `s` and mandate `x₀`. With `μ = 1`, `s = 0` and all
//! heard this is the model of Hegselmann and Krause. In pairs, one after another in the order of the partners: two who heard each
//! other and are within `ε` move by `o_i·μ·(x_j − x_i)` and `o_j·μ·(x_i − x_j)`, the model of Deffuant. Joint goals are the members'
//! mean, each with the weight of its voice, and the users' if they have one; fit is one less the distance from them. Conflict is the
//! share of pairs of members too far apart to listen to each other. Of `k` rounds talk reaches `1 − (1 − informed)^k` of the others,
//! which adds to contributions what talk does there.
//!
//! # Reads
//! `heard` of each tie; goals, mandates, stubbornness, openness, voice, say, `informed`, members; the effect of talk.
//!
//! # Writes
//! `goals`; the partnership's `goals`, `members` and `conflict`; `fit`, `seat`, urge, days away of each partner.
//!
//! # References
//! Bounded confidence M1 (Hegselmann and Krause; Deffuant and others); anchored opinions M2 (Friedkin and Johnsen); where all listen
//! to all, DeGroot 1974.

mod parameters;

use crate::model::drawn::Drawn;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::mechanisms::users;
use crate::model::partner::{DAY_HOURS, Partner};
use crate::model::world::{self, World};
pub use parameters::PARAMETERS;
pub(crate) use parameters::*;

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Dialogue<const L: usize> {
    in_pairs: bool,
    rate: Lane<L>,
    confidence: Lane<L>,
    rounds: usize,
    /// Days a month that the further rounds take a member.
    days: Lane<L>,
}

impl<const L: usize> Dialogue<L> {
    /// The values in force.
    pub fn new(drawn: &Drawn<L>) -> Self {
        let rounds = drawn.whole(&ROUNDS);
        Dialogue {
            in_pairs: drawn.choice(&FORM, 0) == 1,
            rate: drawn.number(&RATE, 0),
            confidence: drawn.number(&CONFIDENCE, 0),
            rounds,
            days: drawn.number(&ROUND_HOURS, 0) * ((rounds - 1) as f64 / DAY_HOURS),
        }
    }
}

/// One month of dialogue.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>) {
    for _ in 0..world.rules.dialogue.rounds {
        if world.rules.dialogue.in_pairs {
            talk_in_pairs(world);
        } else {
            pull_together(world);
        }
        move_goals(world);
    }
    hold_to_mandate(world);
    agree(world);
    if world.rules.dialogue.rounds > 1 {
        talk_on(world);
    }
}

/// Further rounds take time, and let talk of the others' intentions reach those whom the first round left out.
#[inline(always)]
fn talk_on<const L: usize>(world: &mut World<L>) {
    let World { partners, rules, .. } = world;
    let (rounds, talk) = (rules.dialogue.rounds, rules.contributions.talk);
    for partner in partners.iter_mut() {
        partner.influences.days_away += rules.dialogue.days;
        let reached = partner.informed.map(|informed| reached(informed, rounds));
        partner.influences.urge += talk * (reached - partner.informed);
    }
}

/// Share of the others that talk reaches in so many rounds, each of which reaches a share `informed` of them.
#[inline(always)]
fn reached(informed: f64, rounds: usize) -> f64 {
    let mut missed = 1.0;
    for _ in 0..rounds {
        missed *= 1.0 - informed;
    }
    1.0 - missed
}

/// Pairs of members, and those among them too far apart to listen to each other.
#[derive(Default)]
struct Pairs<const L: usize> {
    all: Lane<L>,
    estranged: Lane<L>,
}

impl<const L: usize> Pairs<L> {
    /// Counts a pair where `both` are members, estranged where they are not `near`.
    #[inline(always)]
    fn add(&mut self, both: Lane<L>, near: Lane<L>) {
        self.all += both;
        self.estranged += both * (Lane::ONE - near);
    }

    /// Share of the pairs that are estranged.
    #[inline(always)]
    fn conflict(&self) -> Lane<L> {
        self.estranged.zip(self.all, |estranged, all| estranged / math::max(all, 1.0))
    }
}

/// Sums for each partner how far the goals it listens to lie from its own (first the needs of each partner, then the counts).
#[inline(always)]
fn pull_together<const L: usize>(world: &mut World<L>) {
    let n_needs = world.n_needs();
    let World { partners, ties, goals, rules, scratch, partnership, .. } = world;
    let mut pairs = Pairs::default();
    let confidence = rules.dialogue.confidence;
    scratch.clear();
    scratch.resize(partners.len() * (n_needs + 1), Lane::ZERO);
    let (pull, count) = scratch.split_at_mut(partners.len() * n_needs);
    for tie in ties.iter() {
        let near = pull_pair(goals, n_needs, tie.ends, tie.heard, confidence, (&mut *pull, &mut *count));
        pairs.add(partners[tie.ends.0].active * partners[tie.ends.1].active, near);
    }
    partnership.conflict = pairs.conflict();
}

/// Adds to the pull on each of two partners what it makes of the other's goals, where it heard and listens; 1 where they are
/// near enough to listen.
#[inline(always)]
pub fn pull_pair<const L: usize>(
    goals: &[Lane<L>],
    n_needs: usize,
    (i, j): (usize, usize),
    heard: [Lane<L>; 2],
    confidence: Lane<L>,
    (pull, count): (&mut [Lane<L>], &mut [Lane<L>]),
) -> Lane<L> {
    let (own, other) = (&goals[i * n_needs..][..n_needs], &goals[j * n_needs..][..n_needs]);
    let near = near(own, other, confidence);
    let (first, second) = (heard[0] * near, heard[1] * near);
    for k in 0..n_needs {
        let apart = other[k] - own[k];
        pull[i * n_needs + k] += first * apart;
        pull[j * n_needs + k] -= second * apart;
    }
    count[i] += first;
    count[j] += second;
    near
}

/// 1 where two partners' goals are within the distance at which they listen.
#[inline(always)]
fn near<const L: usize>(own: &[Lane<L>], other: &[Lane<L>], confidence: Lane<L>) -> Lane<L> {
    let n_needs = own.len() as f64;
    let squares = own.iter().zip(other).fold(Lane::ZERO, |sum, (&a, &b)| sum + (b - a) * (b - a));
    squares.zip(confidence, |squares, confidence| if squares <= confidence * confidence * n_needs { 1.0 } else { 0.0 })
}

/// Moves the goals of each two who heard each other, pair after pair; no pull is left for the group.
#[inline(always)]
fn talk_in_pairs<const L: usize>(world: &mut World<L>) {
    let n_needs = world.n_needs();
    let World { partners, ties, goals, rules, scratch, partnership, .. } = world;
    let mut pairs = Pairs::default();
    let (rate, confidence) = (rules.dialogue.rate, rules.dialogue.confidence);
    for tie in ties.iter() {
        let (one, other) = (&partners[tie.ends.0], &partners[tie.ends.1]);
        let share = tie.heard[0] * tie.heard[1] * rate;
        let near = talk(goals, n_needs, tie.ends, [share * one.openness, share * other.openness], confidence);
        pairs.add(one.active * other.active, near);
    }
    partnership.conflict = pairs.conflict();
    scratch.clear();
    scratch.resize(partners.len() * (n_needs + 1), Lane::ZERO);
}

/// Two partners, the first before the second, move towards each other by their shares of the way, where they are near enough to
/// listen: 1 where they are.
#[inline(always)]
pub fn talk<const L: usize>(
    goals: &mut [Lane<L>],
    n_needs: usize,
    (i, j): (usize, usize),
    shares: [Lane<L>; 2],
    confidence: Lane<L>,
) -> Lane<L> {
    let (before, after) = goals.split_at_mut(j * n_needs);
    let (own, other) = (&mut before[i * n_needs..][..n_needs], &mut after[..n_needs]);
    let near = near(own, other, confidence);
    for (own, other) in own.iter_mut().zip(other) {
        let apart = near * (*other - *own);
        *own += shares[0] * apart;
        *other -= shares[1] * apart;
    }
    near
}

#[inline(always)]
fn move_goals<const L: usize>(world: &mut World<L>) {
    let n_needs = world.n_needs();
    let World { partners, goals, rules, scratch, .. } = world;
    let rate = rules.dialogue.rate;
    let (pull, count) = scratch.split_at(partners.len() * n_needs);
    for (i, partner) in partners.iter().enumerate() {
        for k in i * n_needs..(i + 1) * n_needs {
            let own = goals[k];
            goals[k] = Lane::from_fn(|r| {
                let moved = moved(own[r], partner.openness[r] * rate[r], pull[k][r], count[i][r]);
                if partner.active[r] > 0.0 { moved } else { own[r] }
            });
        }
    }
}

/// Goals pulled back by each partner's own mandate.
#[inline(always)]
fn hold_to_mandate<const L: usize>(world: &mut World<L>) {
    let n_needs = world.n_needs();
    let World { partners, goals, mandates, .. } = world;
    for (i, partner) in partners.iter().enumerate() {
        for k in i * n_needs..(i + 1) * n_needs {
            let (own, mandate) = (goals[k], mandates[k]);
            goals[k] = Lane::from_fn(|r| {
                let next = anchored(own[r], mandate[r], partner.stubbornness[r]);
                if partner.active[r] > 0.0 { next } else { own[r] }
            });
        }
    }
}

/// A goal moved by the pull of `count` others, itself counted in.
#[inline(always)]
pub fn moved(goal: f64, rate: f64, pull: f64, count: f64) -> f64 {
    goal + rate * pull / (1.0 + count)
}

/// A goal pulled back towards the mandate.
#[inline(always)]
fn anchored(goal: f64, mandate: f64, stubbornness: f64) -> f64 {
    math::unit(goal + stubbornness * (mandate - goal))
}

/// Sets the joint goals to the members' mean, each with the weight of its voice, and each partner's fit to them.
#[inline(always)]
pub fn agree<const L: usize>(world: &mut World<L>) {
    let n_needs = world.n_needs();
    let World { partners, goals, partnership, .. } = world;
    let weight = |partner: &Partner<L>| partner.voice * partner.influences.say;
    partnership.members = world::members(partners);
    let voices = partners.iter().fold(Lane::ZERO, |sum, partner| sum + partner.active * weight(partner));
    for k in 0..n_needs {
        let members = partners.iter().enumerate();
        let sum = members
            .fold(Lane::ZERO, |sum, (i, partner)| sum + partner.active * weight(partner) * goals[i * n_needs + k]);
        // Without members the joint goals stay what they were.
        partnership.goals[k] =
            Lane::from_fn(|r| if voices[r] > 0.0 { sum[r] / voices[r] } else { partnership.goals[k][r] });
    }
    for partner in partners.iter_mut() {
        partner.seat =
            Lane::from_fn(|r| if partnership.members[r] > 0.0 { partner.active[r] } else { partner.seat[r] });
    }
    users::weigh_in(world, voices);
    fit(world);
}

/// Sets each partner's fit to the joint goals.
#[inline(always)]
pub fn fit<const L: usize>(world: &mut World<L>) {
    let n_needs = world.n_needs();
    let World { partners, goals, partnership, .. } = world;
    for (i, partner) in partners.iter_mut().enumerate() {
        let own = &goals[i * n_needs..][..n_needs];
        let apart = own.iter().zip(&partnership.goals).map(|(&goal, &joint)| (goal - joint) * (goal - joint));
        let squares = apart.fold(Lane::ZERO, |sum, square| sum + square);
        partner.fit = squares.map(|squares| 1.0 - (squares / n_needs as f64).sqrt());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::inputs::Setting;
    use crate::model::mechanisms::small_world;

    #[test]
    fn a_partner_without_stubbornness_keeps_what_it_was_talked_into() {
        assert_eq!(anchored(0.7, 0.2, 0.0), 0.7);
        assert_eq!(anchored(0.7, 0.2, 1.0), 0.2);
        assert!((anchored(0.7, 0.2, 0.2) - 0.6).abs() < 1e-15);
    }

    #[test]
    fn with_full_rate_and_no_mandate_three_near_partners_meet_in_their_mean() {
        let inputs = small_world(3, &[("dialogue.rate", 1.0), ("dialogue.confidence", 1.0)]);
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        for (i, goal) in [0.2, 0.5, 0.8].into_iter().enumerate() {
            world.goals[i] = Lane([goal]);
            world.partners[i].stubbornness = Lane::ZERO;
        }
        world.ties.iter_mut().for_each(|tie| tie.heard = [Lane::ONE; 2]);
        step(&mut world);
        assert!(world.goals.iter().all(|goal| (goal[0] - 0.5).abs() < 1e-15));
        assert!((world.partnership.goals[0][0] - 0.5).abs() < 1e-15);
    }

    #[test]
    fn r1_degroot_partners_reach_the_consensus_of_their_weights() {
        // Rows of W: a third from each; half from the first two; a quarter from the second. Weights (3, 4, 4)/11.
        let values = [("dialogue.rate", 1.0), ("dialogue.confidence", 1.0), ("partner.stubbornness", 0.0)];
        let mut world = World::<1>::new(&small_world(3, &values), Draws::new(1, 0));
        for (i, (goal, openness)) in [(1.0, 1.0), (0.0, 1.0), (0.0, 0.5)].into_iter().enumerate() {
            (world.goals[i], world.partners[i].openness) = (Lane([goal]), Lane([openness]));
        }
        for _ in 0..200 {
            for tie in &mut world.ties {
                tie.heard = match tie.ends {
                    (0, 1) => [Lane::ONE; 2],
                    (0, 2) => [Lane::ONE, Lane::ZERO],
                    _ => [Lane::ZERO, Lane::ONE],
                };
            }
            step(&mut world);
        }
        assert!(world.goals.iter().all(|goal| (goal[0] - 3.0 / 11.0).abs() < 1e-12), "{:?}", world.goals);
    }

    #[test]
    fn conflict_is_the_share_of_pairs_that_do_not_listen() {
        let inputs = small_world(3, &[("dialogue.rate", 0.0), ("dialogue.confidence", 0.2)]);
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        world.goals = [0.1, 0.2, 0.9].map(|goal| Lane([goal])).to_vec();
        step(&mut world);
        assert!((world.partnership.conflict[0] - 2.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn goals_stay_where_they_are_when_nobody_is_heard() {
        for form in [0, 1] {
            let mut inputs = small_world(3, &[]);
            inputs.set("dialogue.form", Setting::Choice(form));
            let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
            let before = world.goals.clone();
            world.ties.iter_mut().for_each(|tie| tie.heard = [Lane::ZERO; 2]);
            step(&mut world);
            assert_eq!(world.goals, before);
        }
    }

    #[test]
    fn in_pairs_each_two_meet_half_way_one_pair_after_another() {
        let mut inputs = small_world(3, &[("dialogue.rate", 0.5), ("dialogue.confidence", 1.0)]);
        inputs.set("dialogue.form", Setting::Choice(1));
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        for (i, goal) in [0.2, 0.6, 1.0].into_iter().enumerate() {
            world.goals[i] = Lane([goal]);
            world.partners[i].stubbornness = Lane::ZERO;
        }
        world.ties.iter_mut().for_each(|tie| tie.heard = [Lane::ONE; 2]);
        world.ties[2].heard = [Lane::ONE, Lane::ZERO];
        step(&mut world);
        // By hand: .2 and .6 meet at .4; .4 and 1 at .7; the second hears the third and is not heard: they do not talk.
        let goals: Vec<f64> = world.goals.iter().map(|goal| goal[0]).collect();
        assert!(goals.iter().zip([0.7, 0.4, 0.7]).all(|(a, b)| (a - b).abs() < 1e-12), "{goals:?}");
    }

    #[test]
    fn further_rounds_reach_more_of_the_others_and_take_time() {
        assert!((reached(0.5, 3) - 0.875).abs() < 1e-12);
        let mut inputs = small_world(3, &[]);
        inputs.set("dialogue.rounds", crate::model::inputs::Setting::Whole(3));
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        world.partners[0].informed = Lane([0.5]);
        step(&mut world);
        let influences = &world.partners[0].influences;
        assert!((influences.urge[0] - 0.2 * 0.375).abs() < 1e-12);
        assert!((influences.days_away[0] - 4.0 / DAY_HOURS).abs() < 1e-12);
    }

    #[test]
    fn those_too_far_apart_do_not_listen() {
        let inputs = small_world(2, &[("dialogue.rate", 1.0), ("dialogue.confidence", 0.2)]);
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        (world.goals[0], world.goals[1]) = (Lane([0.1]), Lane([0.9]));
        world.mandates = world.goals.clone();
        world.ties[0].heard = [Lane::ONE; 2];
        step(&mut world);
        assert_eq!((world.goals[0][0], world.goals[1][0]), (0.1, 0.9));
    }
}
