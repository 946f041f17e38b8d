//! Partners at the end.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "partners",
    column: "partners_at_end",
    title: "Partners at the end",
    meaning: "Members at the end of the last month the partnership outlived.",
    unit: "partners",
    better: Better::Higher,
    target: 2.0,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    world.followed.members_when_working
}
