//! Months survived.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "months_survived",
    column: "months_survived",
    title: "Months survived",
    meaning: "Months until the partnership dissolved, or the horizon.",
    unit: "months",
    better: Better::Higher,
    target: 0.0,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    world.partnership.total.months
}
