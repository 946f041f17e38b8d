//! Tension.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "tension",
    column: "tension_share",
    title: "Tension",
    meaning: "Mean of differences that members did not speak of, over the months alive; 0 where the scenario does not follow them.",
    unit: "share",
    better: Better::Lower,
    target: 0.2,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let total = &world.partnership.total;
    total.monthly_mean(total.tension)
}
