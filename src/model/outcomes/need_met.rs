//! Need met.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "need_met",
    column: "need_met_share",
    title: "Need met",
    meaning: "Share of all people in need over the horizon who were helped, by joint and by separate work.",
    unit: "share",
    better: Better::Higher,
    target: 0.5,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    world.partnership.total.people.zip(world.partnership.total.demand, |met, all| if all > 0.0 { met / all } else { 0.0 })
}
