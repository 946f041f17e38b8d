//! Provision.

use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "provision",
    column: "provision_share",
    title: "Provision",
    meaning: "Share of the months alive in which joint work reached its critical mass and its fixed days: all of them where there are none.",
    unit: "share of months",
    better: Better::Higher,
    target: 0.9,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let total = &world.partnership.total;
    total.provided.zip(total.months, |provided, months| provided / math::max(months, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    #[test]
    fn nine_months_of_twelve_are_three_quarters() {
        let mut world = World::<1>::new(&small_world(2, &[]), Draws::new(1, 0));
        assert_eq!(measure(&world)[0], 0.0);
        (world.partnership.total.provided, world.partnership.total.months) = (Lane([9.0]), Lane([12.0]));
        assert_eq!(measure(&world)[0], 0.75);
    }
}
