//! Tasks nobody owns.

use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "gaps",
    column: "gaps_share",
    title: "Tasks nobody owns",
    meaning: "Mean share of the tasks that nobody owned over the months alive; 0 without tasks.",
    unit: "share of tasks",
    better: Better::Lower,
    target: 0.1,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let total = &world.partnership.total;
    total.gaps.zip(total.months, |gaps, months| gaps / math::max(months, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    #[test]
    fn partners_who_claim_nothing_leave_every_task() {
        let inputs = small_world(3, &[("roles.tasks", 4.0), ("roles.claim_chance", 0.0)]);
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        assert_eq!(measure(&world)[0], 0.0);
        (0..6).for_each(|month| crate::model::mechanisms::month(&mut world, month));
        assert_eq!(measure(&world)[0], 1.0);
    }
}
