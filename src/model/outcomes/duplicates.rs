//! Tasks several own.

use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "duplicates",
    column: "duplicates_share",
    title: "Tasks several own",
    meaning: "Mean share of owners beyond the first of a task over the months alive; 0 without tasks.",
    unit: "share of owners",
    better: Better::Lower,
    target: 0.2,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let total = &world.partnership.total;
    total.duplicates.zip(total.months, |duplicates, months| duplicates / math::max(months, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    #[test]
    fn two_who_claim_everything_are_one_too_many() {
        let inputs = small_world(2, &[("roles.tasks", 4.0), ("roles.claim_chance", 1.0)]);
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        assert_eq!(measure(&world)[0], 0.0);
        crate::model::mechanisms::month(&mut world, 0);
        assert_eq!(measure(&world)[0], 0.5);
    }
}
