//! Dominance: how one-sided dependence is.

use crate::model::lanes::Lane;
use crate::model::mechanisms::dependence::pairs;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "dominance",
    column: "dominance_share",
    title: "Dominance",
    meaning: "Differences of dependence between the partners of each pair against their sum at the horizon: 0 where all dependence is mutual, 1 where all of it is one-sided.",
    unit: "share",
    better: Better::Lower,
    target: 0.3,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let (sum, difference) = pairs(world);
    difference.zip(sum, |difference, sum| if sum > 0.0 { difference / sum } else { 0.0 })
}
