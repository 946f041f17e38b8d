//! What is averaged over the months a partnership works: how far apart its members are, whose goals it serves, and who waits.

use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::mechanisms::administration::waits;
use crate::model::outcomes::seats;
use crate::model::world::World;

/// Sums over the months worked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Course<const L: usize> {
    /// Of the share of pairs of members too far apart to listen.
    pub conflict: Lane<L>,
    /// Of the closeness of joint goals to users' priorities.
    pub relevance: Lane<L>,
    /// Of legitimacy.
    pub legitimacy: Lane<L>,
    /// Of the months that what is handed over or written down waits.
    pub waiting: Lane<L>,
    /// Months that a hand-over has waited so far on average.
    handed_over: Lane<L>,
}

/// Adds up the month just lived.
#[inline(always)]
pub fn observe<const L: usize>(world: &mut World<L>) {
    let (relevance, legitimacy, through) = (relevance(world), legitimacy(world), hand_over(world));
    let (partnership, course) = (&world.partnership, &mut world.course);
    let working = partnership.members.map(|members| if members > 0.0 { 1.0 } else { 0.0 });
    course.handed_over = course.handed_over.zip(through, waits);
    course.conflict += working * partnership.conflict;
    course.relevance += working * relevance;
    course.legitimacy += working * legitimacy;
    course.waiting += working * (course.handed_over + partnership.office.waited);
}

/// One less half the difference between the shares that users and joint goals give to the needs.
#[inline(always)]
fn relevance<const L: usize>(world: &World<L>) -> Lane<L> {
    let (goals, users) = (&world.partnership.goals, &world.partnership.user_priorities);
    let total = goals.iter().fold(Lane::ZERO, |sum, &goal| sum + goal);
    let equal = 1.0 / goals.len().max(1) as f64;
    let apart = goals.iter().zip(users).fold(Lane::ZERO, |sum, (&goal, &user)| {
        sum + Lane::from_fn(|r| math::abs(if total[r] > 0.0 { goal[r] / total[r] } else { equal } - user[r]))
    });
    apart.map(|apart| 1.0 - 0.5 * apart)
}

/// The mean of three: the users' say, how equal the members' say is, and the members' consent.
#[inline(always)]
fn legitimacy<const L: usize>(world: &World<L>) -> Lane<L> {
    let users = world.partnership.users_voice;
    let (equality, consent) = (seats::equality(&world.partners), consent(world));
    Lane::from_fn(|r| (math::min(users[r], 1.0) + equality[r] + consent[r]) / 3.0)
}

/// Mean fit of the members to the joint goals; where these are decided on, times the share who voted for them.
#[inline(always)]
fn consent<const L: usize>(world: &World<L>) -> Lane<L> {
    let (fit, seats) = world.partners.iter().fold((Lane::ZERO, Lane::ZERO), |(fit, seats), partner| {
        (fit + partner.seat * partner.fit, seats + partner.seat)
    });
    let fit = fit.zip(seats, |fit, seats| fit / math::max(seats, 1.0));
    let plan = &world.partnership.plan;
    if world.rules.decisions.is_some() { fit * plan.in_force * plan.backing } else { fit }
}

/// Share of what one member hands over to another that is heard and understood within the month.
#[inline(always)]
fn hand_over<const L: usize>(world: &World<L>) -> Lane<L> {
    let (heard, seats) = world.partners.iter().fold((Lane::ZERO, Lane::ZERO), |(heard, seats), partner| {
        (heard + partner.seat * partner.informed, seats + partner.seat)
    });
    let (quality, clearing) = (world.rules.meetings.quality, world.partnership.conditions.clearing);
    Lane::from_fn(|r| heard[r] / math::max(seats[r], 1.0) * (quality[r] + clearing[r] * (1.0 - quality[r])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    fn world() -> World<1> {
        let mut inputs = small_world(2, &[]);
        inputs.needs.push(inputs.needs[0].clone());
        World::new(&inputs, Draws::new(1, 0))
    }

    #[test]
    fn joint_goals_shared_out_as_users_would_are_fully_relevant() {
        let mut world = world();
        world.partnership.goals = vec![Lane([0.2]), Lane([0.2])];
        assert_eq!(relevance(&world)[0], 1.0);
        world.partnership.goals = vec![Lane([0.8]), Lane([0.0])];
        assert_eq!(relevance(&world)[0], 0.5);
    }

    #[test]
    fn legitimacy_of_equals_who_agree_lacks_only_the_users() {
        let mut world = world();
        world.partners.iter_mut().for_each(|partner| partner.fit = Lane::ONE);
        assert!((legitimacy(&world)[0] - 2.0 / 3.0).abs() < 1e-15);
        world.partnership.users_voice = Lane::ONE;
        assert_eq!(legitimacy(&world)[0], 1.0);
    }

    #[test]
    fn what_never_gets_through_waits_as_long_as_there_were_months() {
        let mut world = world();
        world.partnership.members = Lane([2.0]);
        (0..3).for_each(|_| observe(&mut world));
        assert_eq!(world.course.waiting[0], 1.0 + 2.0 + 3.0);
    }
}
