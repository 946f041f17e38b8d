//! Joint dependence.

use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::mechanisms::dependence::pairs;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "joint_dependence",
    column: "joint_dependence_share",
    title: "Joint dependence",
    meaning: "Mean over pairs of partners of how much each depends on the other at the horizon: what it drew from the other’s contributions against what it would have had alone.",
    unit: "share",
    better: Better::Higher,
    target: 0.1,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let (n, (mutual, _)) = (world.partners.len() as f64, pairs(world));
    mutual * (1.0 / math::max(n * (n - 1.0), 1.0))
}
