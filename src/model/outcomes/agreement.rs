//! Goal agreement.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "agreement",
    column: "goal_agreement_share",
    title: "Goal agreement",
    meaning: "One less the spread of goals in the last month the partnership outlived, as a share of the greatest possible spread.",
    unit: "share",
    better: Better::Higher,
    target: 0.5,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    world.followed.agreement
}
