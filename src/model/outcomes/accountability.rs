//! Accountability.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "accountability",
    column: "accountability_share",
    title: "Accountability",
    meaning: "Share of what was promised that was given and seen, by the others or by a review, mean over members and months alive.",
    unit: "share",
    better: Better::Higher,
    target: 0.5,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let total = &world.partnership.total;
    total.monthly_mean(total.accounted)
}
