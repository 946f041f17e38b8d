//! Survival after the grant.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "survival_after_grant",
    column: "survival_after_grant_months",
    title: "Survival after the grant",
    meaning: "Months the partnership worked on after a grant that was paid had come to its end, by its time or because the sponsor left.",
    unit: "months",
    better: Better::Higher,
    target: 12.0,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    world.partnership.total.months_after_grant
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::{month, small_world};

    /// Months after a grant of three months in ten months of a partnership that nobody leaves.
    fn months(grant: f64) -> f64 {
        let values = [
            ("funding.grant", grant),
            ("funding.grant_end", 3.0),
            ("membership.volatility", 0.0),
            ("membership.exit_hazard", 0.0),
            ("membership.closure_hazard", 0.0),
        ];
        let mut world = World::<1>::new(&small_world(3, &values), Draws::new(1, 0));
        (0..10).for_each(|at| month(&mut world, at));
        measure(&world)[0]
    }

    #[test]
    fn months_count_from_the_end_of_a_grant_that_was_paid() {
        assert_eq!((months(5.0), months(0.0)), (7.0, 0.0));
    }
}
