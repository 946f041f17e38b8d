//! Dialogue: goals move towards those one heard and listens to, and are held by one's own mandate.
//!
//! # Does
//! Moves each member's goals towards the mean of the members it heard this month whose goals are near enough to listen
//! to, then back towards its mandate; then sets the joint goals and each member's fit to them.
//!
//! # Why
//! A shared vision has to be talked into being, and every organisation answers to its own board as well.
//!
//! # Equation
//! `x ← x + μ·Σ(x_j − x)/(1 + n)` over the `n` heard members within `ε` (root mean square distance over the needs), then
//! after the month's rounds `x ← (1 − s)·x + s·x₀` with stubbornness `s` and mandate `x₀`. With `μ = 1`, `s = 0` and all heard this is the model of
//! Hegselmann and Krause. Joint goals are the members' mean by voice; fit is one less the distance from them. Of `k` rounds talk reaches
//! `1 − (1 − informed)^k` of the others, which adds to contributions what talk does there.
//!
//! # Reads
//! `heard` of each tie; goals, mandates, stubbornness, voice, say, `informed`, members; the effect of talk.
//!
//! # Writes
//! `goals`; the partnership's `goals` and `members`; `fit`, urge, days away of each partner.
//!
//! # References
//! Bounded confidence M1 (Hegselmann and Krause); anchored opinions M2 (Friedkin and Johnsen).

use crate::model::drawn::Drawn;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::partner::{DAY_HOURS, Partner};
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&RATE, &CONFIDENCE, &GOAL_SPREAD, &ROUNDS, &ROUND_HOURS];

pub(crate) const RATE: Parameter = Parameter {
    key: "dialogue.rate",
    meaning: "How far a partner’s goals move in a month towards the mean of those it heard and listens to.",
    unit: "share a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "M1 (usual in models of bounded confidence; for a month ours)",
    grade: Grade::Assumption,
};

pub(crate) const CONFIDENCE: Parameter = Parameter {
    key: "dialogue.confidence",
    meaning: "Distance of goals beyond which a partner no longer listens.",
    unit: "goal distance, 0 to 1",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.3) },
    source: "M1 (usual in models of bounded confidence, .1 to .5; scale of goals ours)",
    grade: Grade::Assumption,
};

pub(crate) const GOAL_SPREAD: Parameter = Parameter {
    key: "dialogue.goal_spread",
    meaning: "Spread of the starting goals of partners whose goals the scenario does not give.",
    unit: "standard deviation",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.2) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const ROUNDS: Parameter = Parameter {
    key: "dialogue.rounds",
    meaning: "Rounds of talk a month before anything is decided; each gives all that was heard once more a chance to convince.",
    unit: "rounds a month",
    domain: Domain::Whole { low: 1, high: 50, default: 1 },
    source: "concepts A15, D8; Balliet 2010 (that talk works; form ours)",
    grade: Grade::Assumption,
};

pub(crate) const ROUND_HOURS: Parameter = Parameter {
    key: "dialogue.round_hours",
    meaning: "Time each further round takes a partner.",
    unit: "hours",
    domain: Domain::Number { low: 0.0, high: 40.0, default: Uncertainty::Fixed(2.0) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Dialogue<const L: usize> {
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
        pull_together(world);
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

/// Sums for each partner how far the goals it listens to lie from its own (first the needs of each partner, then the counts).
#[inline(always)]
fn pull_together<const L: usize>(world: &mut World<L>) {
    let n_needs = world.n_needs();
    let World { partners, ties, goals, rules, scratch, .. } = world;
    let confidence = rules.dialogue.confidence;
    scratch.clear();
    scratch.resize(partners.len() * (n_needs + 1), Lane::ZERO);
    let (pull, count) = scratch.split_at_mut(partners.len() * n_needs);
    for tie in ties.iter() {
        let (i, j) = tie.ends;
        let (own, other) = (&goals[i * n_needs..][..n_needs], &goals[j * n_needs..][..n_needs]);
        let squares = own.iter().zip(other).fold(Lane::ZERO, |sum, (&a, &b)| sum + (b - a) * (b - a));
        let near = squares.zip(
            confidence,
            |squares, confidence| {
                if squares <= confidence * confidence * n_needs as f64 { 1.0 } else { 0.0 }
            },
        );
        let (first, second) = (tie.heard[0] * near, tie.heard[1] * near);
        for k in 0..n_needs {
            let apart = other[k] - own[k];
            pull[i * n_needs + k] += first * apart;
            pull[j * n_needs + k] -= second * apart;
        }
        count[i] += first;
        count[j] += second;
    }
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
                let moved = own[r] + rate[r] * pull[k][r] / (1.0 + count[i][r]);
                if partner.active[r] > 0.0 { moved } else { own[r] }
            });
        }
    }
}

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
    partnership.members = partners.iter().fold(Lane::ZERO, |sum, partner| sum + partner.active);
    let voices = partners.iter().fold(Lane::ZERO, |sum, partner| sum + partner.active * weight(partner));
    for k in 0..n_needs {
        let members = partners.iter().enumerate();
        let sum = members
            .fold(Lane::ZERO, |sum, (i, partner)| sum + partner.active * weight(partner) * goals[i * n_needs + k]);
        // Without members the joint goals stay what they were.
        partnership.goals[k] =
            Lane::from_fn(|r| if voices[r] > 0.0 { sum[r] / voices[r] } else { partnership.goals[k][r] });
    }
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
    fn goals_stay_where_they_are_when_nobody_is_heard() {
        let inputs = small_world(3, &[]);
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        let before = world.goals.clone();
        world.ties.iter_mut().for_each(|tie| tie.heard = [Lane::ZERO; 2]);
        step(&mut world);
        assert_eq!(world.goals, before);
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
