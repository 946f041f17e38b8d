//! Net value of joint work.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "net_value",
    column: "net_value_thousand_pounds",
    title: "Net value of joint work",
    meaning: "Worth of the help that joint work gave, less the resources put into it, the coordination and the grant.",
    unit: "thousand pounds",
    better: Better::Higher,
    target: 0.0,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let total = &world.partnership.total;
    // The grant is spent once: what it refunded of the coordination is not counted again.
    total.joint_value - total.contributed - (total.coordination - total.refunded) - total.grant
}
