//! Alive at the horizon.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "alive",
    column: "alive_at_horizon",
    title: "Alive at the horizon",
    meaning: "1 when the partnership still works together at the horizon, else 0.",
    unit: "0 or 1",
    better: Better::Higher,
    target: 0.0,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    world.partnership.alive
}
