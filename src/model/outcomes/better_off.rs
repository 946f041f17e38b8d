//! Partners better off than alone.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::partner::Partner;
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "better_off",
    column: "better_off_share",
    title: "Partners better off than alone",
    meaning: "Share of the partners whose net benefit exceeds that of their twin working alone.",
    unit: "share",
    better: Better::Higher,
    target: 0.5,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let better = world.partners.iter().fold(Lane::ZERO, |count, partner| count + better_off(partner));
    better * (1.0 / world.partners.len() as f64)
}

/// 1 when a partner's net benefit exceeds its twin's.
pub fn better_off<const L: usize>(partner: &Partner<L>) -> Lane<L> {
    partner.total.net_together.zip(partner.total.net_alone, |together, alone| if together > alone { 1.0 } else { 0.0 })
}
