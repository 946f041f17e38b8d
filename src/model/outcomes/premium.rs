//! Premium over working alone.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "premium",
    column: "premium_thousand_pounds",
    title: "Premium over working alone",
    meaning: "Value less cost of these organisations in partnership, less the same of their twin working alone through the same months.",
    unit: "thousand pounds",
    better: Better::Higher,
    target: 0.0,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let total = &world.partnership.total;
    total.value - total.grant - total.levied - total.subsidy - total.alone_value
}
