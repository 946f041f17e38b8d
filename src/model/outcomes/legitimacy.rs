//! Legitimacy.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "legitimacy",
    column: "legitimacy_share",
    title: "Legitimacy",
    meaning: "Mean over the months the partnership worked of three things in equal parts: the users’ say (at most a member’s), how equal the members’ voices are, and consent: fit of the members to the joint goals, times the share who voted for them where there is a vote.",
    unit: "share",
    better: Better::Higher,
    target: 0.6,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    world.partnership.total.monthly_mean(world.course.legitimacy)
}
