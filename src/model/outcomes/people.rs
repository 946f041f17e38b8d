//! People reached.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "people",
    column: "people_reached",
    title: "People reached",
    meaning: "People helped over the horizon.",
    unit: "people",
    better: Better::Higher,
    target: 0.0,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    world.partnership.total.people
}
