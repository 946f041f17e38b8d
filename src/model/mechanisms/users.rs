//! Users: a seat for those whom the partnership is for, and what it weighs in the joint goals.
//!
//! # Does
//! Sets from which month and how much the users' own priorities count beside the members' goals, and mixes them into the joint
//! goals; in votes the seat counts as much as in the goals.
//!
//! # Why
//! What is decided about people without them tends to miss what they need, and they see little reason to take part in it.
//!
//! # Equation
//! Users put needs in the order of what is at stake: `u_k = demand·value`, scaled to sum to one. With members' voices `V` in all and the
//! users' voice `U = weight·(1 − tokenism)` from their first month on, the joint goal of a need is
//! `(V·g_k + U·u_k·Σg)/(V + U)`: they care as much in all as the members do, and share it out by their own priorities.
//!
//! # Reads
//! Usual demand and value of needs; joint goals; tokenism.
//!
//! # Writes
//! `users_voice` and `goals` of the partnership.
//!
//! # References
//! O'Mara-Eves and others 2015 on engagement of communities; Arnstein 1969 on tokenism (the form is ours).

use crate::model::drawn::Drawn;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::mechanisms::power;
use crate::model::need::Need;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&WEIGHT, &START];

pub(crate) const WEIGHT: Parameter = Parameter {
    key: "users.weight",
    meaning: "Weight of the users’ own priorities in joint goals and votes, against one for an ordinary member.",
    unit: "voices",
    domain: Domain::Number { low: 0.0, high: 20.0, default: Uncertainty::Fixed(0.0) },
    source: "concepts B17, C7, E5; O'Mara-Eves 2015 (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const START: Parameter = Parameter {
    key: "users.start",
    meaning: "First month in which the users take part, counted from 1.",
    unit: "month",
    domain: Domain::Number { low: 1.0, high: 1200.0, default: Uncertainty::Fixed(1.0) },
    source: "concept C7",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Users<const L: usize> {
    weight: Lane<L>,
    start: Lane<L>,
}

impl<const L: usize> Users<L> {
    /// The values in force, where users have a seat.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        let counted = Lane::ONE - drawn.number(&power::TOKENISM, 0);
        let users = Users { weight: drawn.number(&WEIGHT, 0) * counted, start: drawn.number(&START, 0) };
        drawn.is_set(&WEIGHT, 0).then_some(users)
    }
}

/// One month of the users: whether they take part, and with what weight.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    let World { partnership, rules, .. } = world;
    let Some(users) = &rules.users else { return };
    let (now, alive) = (month as f64 + 1.0, partnership.alive);
    partnership.users_voice = Lane::from_fn(|r| alive[r] * voice(users.weight[r], users.start[r], now));
}

/// Mixes the users' priorities into the joint goals, which so far are those of members with `voices` in all.
#[inline(always)]
pub fn weigh_in<const L: usize>(world: &mut World<L>, voices: Lane<L>) {
    let World { partnership, rules, .. } = world;
    if rules.users.is_none() {
        return;
    }
    let (seat, total) = (partnership.users_voice, partnership.goals.iter().fold(Lane::ZERO, |sum, &goal| sum + goal));
    for (goal, &priority) in partnership.goals.iter_mut().zip(&partnership.user_priorities) {
        *goal = Lane::from_fn(|r| mixed(goal[r], voices[r], math::unit(priority[r] * total[r]), seat[r]));
    }
}

/// How well the users' priorities fit the joint goals, as the fit of a partner.
#[inline(always)]
pub fn fit<const L: usize>(world: &World<L>) -> Lane<L> {
    let goals = &world.partnership.goals;
    let total = goals.iter().fold(Lane::ZERO, |sum, &goal| sum + goal);
    let squares = goals.iter().zip(&world.partnership.user_priorities).fold(Lane::ZERO, |sum, (&goal, &priority)| {
        let apart = Lane::from_fn(|r| goal[r] - math::unit(priority[r] * total[r]));
        sum + apart * apart
    });
    squares.map(|squares| 1.0 - (squares / goals.len() as f64).sqrt())
}

/// Share of their care that the users give to each need.
pub fn priorities<const L: usize>(needs: &[Need<L>]) -> Vec<Lane<L>> {
    let stake = |need: &Need<L>| need.usual_demand * need.value;
    let total = needs.iter().fold(Lane::ZERO, |sum, need| sum + stake(need));
    let equal = 1.0 / needs.len().max(1) as f64;
    let share = |need| stake(need).zip(total, |stake, total| if total > 0.0 { stake / total } else { equal });
    needs.iter().map(share).collect()
}

#[inline(always)]
fn voice(weight: f64, start: f64, now: f64) -> f64 {
    if now >= start { weight } else { 0.0 }
}

/// A joint goal when the users' seat speaks too; unchanged while it does not.
#[inline(always)]
fn mixed(goal: f64, voices: f64, wanted: f64, seat: f64) -> f64 {
    if seat > 0.0 { (voices * goal + seat * wanted) / (voices + seat) } else { goal }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::{dialogue, small_world};

    fn two_needs(values: &[(&'static str, f64)]) -> World<1> {
        let mut inputs = small_world(2, values);
        inputs.needs.push(inputs.needs[0].clone());
        inputs.partners.iter_mut().for_each(|partner| partner.goals.push(partner.goals[0].clone()));
        let mut world = World::new(&inputs, Draws::new(1, 0));
        // One need is worth three times the other.
        world.partnership.user_priorities = vec![Lane([0.75]), Lane([0.25])];
        world
    }

    #[test]
    fn without_a_seat_the_goals_are_the_members() {
        let mut world = two_needs(&[]);
        step(&mut world, 0);
        dialogue::agree(&mut world);
        assert_eq!(world.partnership.goals, [Lane([0.5]), Lane([0.5])]);
    }

    #[test]
    fn a_seat_of_two_voices_beside_two_members_moves_goals_half_way() {
        // Members care 1 in all, so users want 0.75 and 0.25; half way from 0.5.
        let mut world = two_needs(&[("users.weight", 2.0)]);
        step(&mut world, 0);
        dialogue::agree(&mut world);
        let goals: Vec<f64> = world.partnership.goals.iter().map(|goal| goal[0]).collect();
        assert_eq!(goals, [0.625, 0.375]);
    }

    #[test]
    fn users_are_not_heard_before_their_first_month_and_half_of_it_under_half_tokenism() {
        let mut world = two_needs(&[("users.weight", 2.0), ("users.start", 5.0), ("power.tokenism", 0.5)]);
        step(&mut world, 3);
        assert_eq!(world.partnership.users_voice[0], 0.0);
        step(&mut world, 4);
        assert_eq!(world.partnership.users_voice[0], 1.0);
    }

    #[test]
    fn priorities_sum_to_one() {
        let world = two_needs(&[]);
        let shares = priorities(&world.needs);
        assert_eq!(shares.iter().map(|share| share[0]).sum::<f64>(), 1.0);
    }
}
