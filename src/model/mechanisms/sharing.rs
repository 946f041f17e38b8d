//! sharing

use crate::model::parameter::{Domain, Grade, Parameter};

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&RULE];

/// See `meaning`.
pub const RULE: Parameter = Parameter {
    key: "sharing.rule",
    meaning: "How the value of joint work is credited to the partners.",
    unit: "word",
    domain: Domain::Choice {
        options: &[
            ("equal", "the same to each"),
            ("proportional", "in proportion to days contributed"),
            ("need", "more to those with smaller resources, in inverse proportion"),
        ],
        default: 1,
    },
    source: "M16",
    grade: Grade::Published,
};
