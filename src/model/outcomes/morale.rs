//! Morale.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "morale",
    column: "morale_share",
    title: "Morale",
    meaning: "Mean morale of the partners in the last month the partnership outlived.",
    unit: "share",
    better: Better::Higher,
    target: 0.5,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    world.followed.morale
}
