//! Time to agreement.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "time_to_agreement",
    column: "time_to_agreement_months",
    title: "Time to agreement",
    meaning: "Months that went by before the first plan was in force: none where nothing has to be decided, all of them where nothing was.",
    unit: "months",
    better: Better::Lower,
    target: 6.0,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    world.partnership.plan.waited
}
