//! Decisions: what a scenario can set.
//!
//! # Does
//! Declares the rule, the quota, the chances of a vote and of an approval, and what a plan lets go ahead.
//!
//! # Why
//! They stand in a file of their own because there are many of them.
//!
//! # Equation
//! None: `mod.rs` beside this file holds it.
//!
//! # Reads
//! Nothing.
//!
//! # Writes
//! Nothing.
//!
//! # References
//! Choi and Robertson 2014 (M15); approvals in series are analytic (M24).

use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[
    &RULE,
    &QUOTA,
    &SUPPORT,
    &DISSENT,
    &HOURS,
    &APPROVAL_LEVELS,
    &APPROVAL_CHANCE,
    &BEFORE_AGREEMENT,
    &DISCRETION,
    &RENEWAL_MONTHS,
    &RIGIDITY,
];

pub(crate) const RULE: Parameter = Parameter {
    key: "decisions.rule",
    meaning: "How the joint goals are decided.",
    unit: "word",
    domain: Domain::Choice {
        options: &[
            ("open", "not at all: they follow the members’ mean, and joint work begins at once"),
            ("vote", "a plan is voted on; it passes with a quota of all voices"),
            ("consensus", "a plan is voted on; it passes when nobody votes against it"),
            ("lead", "a plan is put forward; the lead organisation decides"),
        ],
        default: 0,
    },
    source: "M15 Choi & Robertson 2014 (which rule is ours)",
    grade: Grade::Assumption,
};

pub(crate) const QUOTA: Parameter = Parameter {
    key: "decisions.quota",
    meaning: "Share of all voices with which a vote passes.",
    unit: "share",
    domain: Domain::Number { low: 0.01, high: 1.0, default: Uncertainty::Fixed(2.0 / 3.0) },
    source: "M15 Choi & Robertson 2014",
    grade: Grade::Published,
};

pub(crate) const SUPPORT: Parameter = Parameter {
    key: "decisions.support",
    meaning: "Chance that a member votes for a proposal that fits its goals exactly.",
    unit: "chance",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.9) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const DISSENT: Parameter = Parameter {
    key: "decisions.dissent",
    meaning: "How strongly a proposal that does not fit its goals keeps a member from voting for it: 0 not at all, 1 in proportion.",
    unit: "weight",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(1.0) },
    source: "M15; concept A15 (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const HOURS: Parameter = Parameter {
    key: "decisions.hours",
    meaning: "Time each attempt at a decision takes every member.",
    unit: "hours",
    domain: Domain::Number { low: 0.0, high: 160.0, default: Uncertainty::Fixed(6.0) },
    source: "concept C1 (a meeting’s time; value ours)",
    grade: Grade::Assumption,
};

pub(crate) const APPROVAL_LEVELS: Parameter = Parameter {
    key: "decisions.approval_levels",
    meaning: "Levels that have to approve in turn what was voted: boards, cabinets, headquarters.",
    unit: "levels",
    domain: Domain::Whole { low: 0, high: 20, default: 0 },
    source: "M24, R14 (lines of accountability)",
    grade: Grade::Assumption,
};

pub(crate) const APPROVAL_CHANCE: Parameter = Parameter {
    key: "decisions.approval_chance",
    meaning: "Chance that the next level approves in a month; k levels take k/p months on average.",
    unit: "chance a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "M24, R14 (value ours)",
    grade: Grade::Assumption,
};

pub(crate) const BEFORE_AGREEMENT: Parameter = Parameter {
    key: "decisions.before_agreement",
    meaning: "Share of the joint work that goes ahead before there is a plan.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept C1",
    grade: Grade::Assumption,
};

pub(crate) const DISCRETION: Parameter = Parameter {
    key: "decisions.discretion",
    meaning: "Share of the joint work that is at the discretion of the front line and needs no decision.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept B3; Lipsky 1980 (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const RENEWAL_MONTHS: Parameter = Parameter {
    key: "decisions.renewal_months",
    meaning: "Months after which a plan has to be decided on anew, the old one staying in force meanwhile; 0 never.",
    unit: "months",
    domain: Domain::Whole { low: 0, high: 1200, default: 12 },
    source: "concept C8 (a yearly plan; value ours)",
    grade: Grade::Assumption,
};

pub(crate) const RIGIDITY: Parameter = Parameter {
    key: "decisions.rigidity",
    meaning: "How firmly a plan holds between decisions: 0 it follows the members’ mean, 1 it stays as it was decided.",
    unit: "share a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "concept B25 (form ours)",
    grade: Grade::Assumption,
};
