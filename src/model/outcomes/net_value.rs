//! Net value of joint work.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "net_value",
    column: "net_value_thousand_pounds",
    title: "Net value of joint work",
    meaning: "Worth of the help that joint work gave, with what it earned, less the resources put into it, the coordination and the grant.",
    unit: "thousand pounds",
    better: Better::Higher,
    target: 0.0,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    world.partnership.total.net_value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    #[test]
    fn the_grant_is_counted_once() {
        let mut world = World::<1>::new(&small_world(2, &[]), Draws::new(1, 0));
        let total = &mut world.partnership.total;
        (total.joint_value, total.contributed) = (Lane([100.0]), Lane([40.0]));
        (total.coordination, total.refunded, total.grant) = (Lane([15.0]), Lane([10.0]), Lane([25.0]));
        // 100 − 40 − 5 of coordination borne by the partners − 25 of grant, 10 of which paid for the rest of it.
        assert_eq!(measure(&world)[0], 30.0);
    }
}
