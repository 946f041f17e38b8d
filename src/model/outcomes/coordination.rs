//! Cost of coordination.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "coordination",
    column: "coordination_cost_thousand_pounds",
    title: "Cost of coordination",
    meaning: "Staff time spent on meetings and working links, at cost, and the coordinating office.",
    unit: "thousand pounds",
    better: Better::Lower,
    target: 0.0,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    world.partnership.total.coordination
}
