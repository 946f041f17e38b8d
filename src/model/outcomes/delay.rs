//! Service delay: waiting for what one member hands over to another, and for paperwork.
//!
//! In the Virtual Design Team (Levitt and others 1999) work waits for exceptions to be heard and decided on and for errors to be put
//! right. Here a share of the hand-overs gets through each month, the heard times the understood, and what does not waits a month
//! more: with a constant share p it waits `(1 − p)/p` months on average, as in M24.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "delay",
    column: "delay_days",
    title: "Service delay",
    meaning: "Mean over the months the partnership worked of the days that help waits: for a hand-over from one member to another to be heard and understood, and for the office’s paperwork.",
    unit: "days",
    better: Better::Lower,
    target: 60.0,
};

/// Days in a month.
const DAYS_A_MONTH: f64 = 365.25 / 12.0;

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    world.partnership.total.monthly_mean(world.course.waiting) * DAYS_A_MONTH
}
