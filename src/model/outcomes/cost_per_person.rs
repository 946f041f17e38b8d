//! Cost per person helped.

use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "cost_per_person",
    column: "cost_per_person_pounds",
    title: "Cost per person helped",
    meaning: "Cost of the days put into joint work, of coordination and of the grant, for each person joint work helped; all of it where that is less than one person.",
    unit: "pounds a person",
    better: Better::Lower,
    target: 800.0,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let total = &world.partnership.total;
    // The grant is spent once: what it refunded of the coordination is not counted again.
    let cost = total.contributed + (total.coordination - total.refunded) + total.grant;
    cost.zip(total.joint_people, |cost, people| 1000.0 * cost / math::max(people, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    #[test]
    fn all_costs_are_shared_by_those_helped_and_nobody_helped_costs_all() {
        let mut world = World::<1>::new(&small_world(2, &[]), Draws::new(1, 0));
        let total = &mut world.partnership.total;
        (total.contributed, total.grant) = (Lane([40.0]), Lane([25.0]));
        (total.coordination, total.refunded) = (Lane([15.0]), Lane([10.0]));
        assert_eq!(measure(&world)[0], 70_000.0);
        world.partnership.total.joint_people = Lane([35.0]);
        assert_eq!(measure(&world)[0], 2000.0);
    }
}
