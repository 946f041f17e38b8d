//! Conflict.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "conflict",
    column: "conflict_share",
    title: "Conflict",
    meaning: "Mean over the months the partnership worked of the share of pairs of members whose goals were too far apart to listen to each other.",
    unit: "share",
    better: Better::Lower,
    target: 0.3,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    world.partnership.total.monthly_mean(world.course.conflict)
}
