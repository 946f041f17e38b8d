//! Time to integrate.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "time_to_integrate",
    column: "time_to_integrate_months",
    title: "Time to integrate",
    meaning: "Months until half of the distance between the partners’ cultures was bridged; the horizon where it never was, 0 without such a distance.",
    unit: "months",
    better: Better::Lower,
    target: 24.0,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    world.partnership.total.integrating
}
