//! Innovations.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "innovations",
    column: "innovations",
    title: "Innovations",
    meaning: "Improvements of the way of working that were adopted; 0 without joint search.",
    unit: "improvements",
    better: Better::Higher,
    target: 1.0,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    world.partnership.total.innovations
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    #[test]
    fn there_are_none_without_joint_search() {
        let mut world = World::<1>::new(&small_world(2, &[]), Draws::new(1, 0));
        (0..12).for_each(|month| crate::model::mechanisms::month(&mut world, month));
        assert_eq!(measure(&world)[0], 0.0);
        let mut world = World::<1>::new(&small_world(2, &[("learning.features", 8.0)]), Draws::new(1, 0));
        (0..24).for_each(|month| crate::model::mechanisms::month(&mut world, month));
        assert!(measure(&world)[0] >= 1.0);
    }
}
