//! Misunderstanding.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "misunderstanding",
    column: "misunderstood_share",
    title: "Misunderstanding",
    meaning: "Share of what was heard that was misunderstood and not put right, mean over the months alive.",
    unit: "share",
    better: Better::Lower,
    target: 0.4,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let total = &world.partnership.total;
    total.monthly_mean(total.misread)
}
