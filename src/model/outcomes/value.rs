//! Value delivered.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "value",
    column: "value_delivered_thousand_pounds",
    title: "Value delivered",
    meaning: "Worth of all help given over the horizon, by joint and by separate work.",
    unit: "thousand pounds",
    better: Better::Higher,
    target: 0.0,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    world.partnership.total.value
}
