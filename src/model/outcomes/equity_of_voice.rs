//! Equity of voice: voting power against seats.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome, seats};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "equity_of_voice",
    column: "equity_of_voice_share",
    title: "Equity of voice",
    meaning: "One less half the sum of differences between each member’s share of voting power at the end (Shapley-Shubik, with the voices and the quota in force; of voice where nothing is voted on) and an equal share.",
    unit: "share",
    better: Better::Higher,
    target: 0.8,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    seats::equity(&world.partners, |partner| partner.voting[1])
}
