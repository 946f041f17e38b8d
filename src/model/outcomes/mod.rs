//! What a replication is judged by: one file a measure, one line each in the registry below.

pub mod causes;
pub mod course;
pub mod monthly;
pub mod partner_measures;
pub mod seats;

use crate::model::lanes::Lane;
use crate::model::world::World;
pub use causes::CAUSES;
pub use monthly::MONTHLY;
pub use partner_measures::PARTNER_MEASURES;

/// Which way a reader would like an outcome to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// The declaration of an outcome.
#[derive(Debug)]
pub struct Outcome {
    /// Short name for commands and scenarios: `premium`.
    pub name: &'static str,
    /// Column name, with its unit last: `premium_thousand_pounds`.
    pub column: &'static str,
    /// Heading for people.
    pub title: &'static str,
    /// One sentence on what it means in the world and how it is computed.
    pub meaning: &'static str,
    /// Unit in words.
    pub unit: &'static str,
    /// Which way is better.
    pub better: Better,
    /// Value that the share "above target" refers to unless a scenario sets another under `[targets]`.
    pub target: f64,
}

/// A monthly or a partner's measure: like an outcome, without a target.
#[derive(Debug)]
pub struct Measure {
    /// Column name, with its unit last.
    pub column: &'static str,
    /// Heading for people.
    pub title: &'static str,
    /// One sentence on what it means.
    pub meaning: &'static str,
    /// Unit in words.
    pub unit: &'static str,
}

/// Declares the files of the outcomes, their registry and the function that measures them all: one line an outcome.
macro_rules! outcomes {
    ($($name:ident),* $(,)?) => {
        $(pub mod $name;)*

        /// Every outcome, in the order of every table.
        pub const OUTCOMES: &[Outcome] = &[$($name::OUTCOME),*];

        /// Every outcome of a world at its horizon, in that order.
        pub fn measure<const L: usize>(world: &World<L>) -> Vec<Lane<L>> {
            vec![$($name::measure(world)),*]
        }
    };
}

outcomes! {
    months_survived,
    alive,
    need_met,
    value,
    people,
    coordination,
    net_value,
    premium,
    better_off,
    trust,
    agreement,
    morale,
    inequality,
    partners,
    provision,
    contribution,
    realised,
    cost_per_person,
    innovations,
    quality,
    gaps,
    duplicates,
    time_to_agreement,
    delay,
    conflict,
    relevance,
    legitimacy,
    equity_of_voice,
    joint_dependence,
    dominance,
    survival_after_grant,
    renewal,
    turnover,
    accountability,
    cynicism,
    tension,
    misunderstanding,
    time_to_integrate,
}

/// Why a replication's partnership stopped: name and meaning. Position 0 is the one that did not dissolve.
pub const ENDINGS: &[(&str, &str)] = &[
    ("reached_horizon", "still working together at the horizon"),
    ("too_few_partners", "fewer partners were left than the minimum"),
    ("too_little_capacity", "the partners left had less than the minimum share of the starting capacity"),
    ("closed_from_outside", "ended from outside: a sponsor or a reorganisation closed it"),
    ("never_formed", "no partnership was formed: each worked alone"),
    ("wound_up", "partners ended it after a review because it was not worth its cost"),
];

/// Position in [`ENDINGS`] of the partnership that was never formed.
pub const NEVER_FORMED: usize = 4;
