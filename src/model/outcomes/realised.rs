//! Realised benefit.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "realised",
    column: "realised_benefit_ratio",
    title: "Realised benefit",
    meaning: "Worth of the help that joint work gave over what was intended for the months alive: below 1 it fell short; 0 where nothing could be intended.",
    unit: "ratio",
    better: Better::Higher,
    target: 0.5,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let total = &world.partnership.total;
    let intended = world.partnership.intended_value * total.months;
    total.joint_value.zip(intended, |joint, intended| if intended > 0.0 { joint / intended } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    #[test]
    fn forty_of_eighty_intended_are_one_half_and_nothing_of_nothing_is_none() {
        let mut world = World::<1>::new(&small_world(2, &[]), Draws::new(1, 0));
        assert_eq!(measure(&world)[0], 0.0);
        let partnership = &mut world.partnership;
        (partnership.intended_value, partnership.total.months) = (Lane([8.0]), Lane([10.0]));
        partnership.total.joint_value = Lane([40.0]);
        assert_eq!(measure(&world)[0], 0.5);
    }
}
