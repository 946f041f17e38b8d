//! Relevance to users.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "relevance",
    column: "relevance_share",
    title: "Relevance to users",
    meaning: "Mean over the months the partnership worked of how closely joint goals share out attention as users would, by what is at stake for them: one less half the sum of differences.",
    unit: "share",
    better: Better::Higher,
    target: 0.8,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    world.partnership.total.monthly_mean(world.course.relevance)
}
