//! Renewal of contracts.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "renewal",
    column: "renewal_share",
    title: "Renewal",
    meaning: "Share of the ends of a term within the horizon at which the partnership was renewed and went on; 0 where contracts have no end.",
    unit: "share",
    better: Better::Higher,
    target: 0.5,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let total = &world.partnership.total;
    total.renewed.zip(total.terms, |renewed, terms| if terms > 0.0 { renewed / terms } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::{month, small_world};

    #[test]
    fn a_partnership_that_ended_is_not_renewed() {
        let still = [("membership.volatility", 0.0), ("membership.exit_hazard", 0.0), ("membership.closure_hazard", 0.0)];
        for (goodwill, expected) in [(50.0, 1.0), (1.0, 0.0)] {
            let values = [("governance.term_months", 4.0), ("membership.initial_goodwill", goodwill)];
            let mut world = World::<1>::new(&small_world(3, &[&still[..], &values].concat()), Draws::new(1, 0));
            (0..10).for_each(|at| month(&mut world, at));
            assert_eq!((world.partnership.total.terms[0], measure(&world)[0]), (2.0, expected));
        }
    }
}
