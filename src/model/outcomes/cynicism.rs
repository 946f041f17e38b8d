//! Cynicism.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "cynicism",
    column: "cynicism_share",
    title: "Cynicism",
    meaning: "Mean cynicism of the members over the months alive: what unmet hopes left behind.",
    unit: "share",
    better: Better::Lower,
    target: 0.3,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let total = &world.partnership.total;
    total.monthly_mean(total.cynicism)
}
