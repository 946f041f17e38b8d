//! What a group of members would achieve by itself in joint work, and so what each adds to the others.

use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::production::{covered, inverse, team_days};
use crate::model::world::World;

/// What each member adds: the mean of what its days would achieve alone and of what would be lost without them.
///
/// Between two this is the value of Shapley; among more it lets the first and the last place stand for all the places in which
/// a member could join. Days that the grant bought are nobody's and are left out.
pub fn merits<const L: usize>(world: &World<L>) -> Vec<Lane<L>> {
    let n = world.partners.len();
    let all = worth(world, |_| true);
    let merit = |i| {
        let added = worth(world, |j| j == i) + all - worth(world, |j| j != i);
        added.map(|added| math::max(0.5 * added, 0.0))
    };
    (0..n).map(merit).collect()
}

/// Worth of the joint work of those for whom `takes_part` says so, with the joint goals and the plan of this month.
#[inline(always)]
fn worth<const L: usize>(world: &World<L>, takes_part: impl Fn(usize) -> bool) -> Lane<L> {
    let World { partners, partnership, skills, needs, rules, .. } = world;
    let n_skills = skills.len() / partners.len();
    let mut pooled = vec![Lane::ZERO; n_skills];
    let mut missed = Lane::ONE;
    for (i, partner) in partners.iter().enumerate().filter(|(i, _)| takes_part(*i)) {
        for (s, days) in pooled.iter_mut().enumerate() {
            *days += partner.contributed * skills[i * n_skills + s];
        }
        missed *= Lane::ONE - partner.reach * partner.active;
    }
    let reach = Lane::ONE - missed;
    let effect = partnership.conditions.output * rules.delivery.effectiveness;
    let weights = || partnership.goals.iter().zip(&partnership.emphasis).map(|(&goal, &emphasis)| goal * emphasis);
    let total = weights().fold(Lane::ZERO, |sum, weight| sum + weight);
    let mut worth = Lane::ZERO;
    for (need, weight) in needs.iter().zip(weights()) {
        let equal = 1.0 / needs.len() as f64;
        let share = weight.zip(total, |weight, total| if total > 0.0 { weight / total } else { equal });
        let capacity = team_days(need, |s| pooled[s], share) * effect * need.people_a_day * need.demand_inverse;
        let helped = Lane::from_fn(|r| covered(capacity[r], reach[r], inverse(reach[r])));
        worth += helped * need.demand * need.value;
    }
    worth
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    /// A world of partners that give these days.
    fn world(days: &[f64]) -> World<1> {
        let mut world = World::<1>::new(&small_world(days.len(), &[("delivery.effectiveness", 1.0)]), Draws::new(1, 0));
        world.partners.iter_mut().zip(days).for_each(|(partner, days)| partner.contributed = Lane([*days]));
        world
    }

    #[test]
    fn between_two_what_each_adds_is_the_whole() {
        let world = world(&[20.0, 5.0]);
        let merits = merits(&world);
        assert!((merits[0][0] + merits[1][0] - worth(&world, |_| true)[0]).abs() < 1e-9);
        // By hand: alone they would be worth a and b, together c; the first has ½(a + c − b).
        let [a, b, c] = [worth(&world, |i| i == 0)[0], worth(&world, |i| i == 1)[0], worth(&world, |_| true)[0]];
        assert!((merits[0][0] - 0.5 * (a + c - b)).abs() < 1e-12 && merits[0][0] > merits[1][0]);
    }

    #[test]
    fn equals_add_the_same_and_who_gives_nothing_adds_only_its_reach() {
        let even = merits(&world(&[10.0, 10.0, 10.0]));
        assert!((even[0][0] - even[2][0]).abs() < 1e-12 && even[0][0] > 0.0);
        let odd = merits(&world(&[10.0, 10.0, 0.0]));
        assert!(odd[2][0] < 0.5 * odd[0][0]);
        assert_eq!(merits(&world(&[0.0, 0.0]))[0][0], 0.0);
    }
}
