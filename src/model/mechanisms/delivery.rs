//! delivery

use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&FORM, &LINK_HOURS, &DUPLICATION, &EFFECTIVENESS, &DEMAND_VARIATION];

/// See `meaning`.
pub const FORM: Parameter = Parameter {
    key: "governance.form",
    meaning: "Who coordinates, hence how many working links there are among n partners.",
    unit: "word",
    domain: Domain::Choice {
        options: &[
            ("shared", "every partner with every other: n(n-1)/2 links"),
            ("lead", "one partner leads: n-1 links, all with the first partner listed"),
            ("administrative", "a separate office coordinates: n links, the office side paid by the partnership"),
        ],
        default: 0,
    },
    source: "M8 Provan & Kenis",
    grade: Grade::Published,
};

/// See `meaning`.
pub const LINK_HOURS: Parameter = Parameter {
    key: "governance.link_hours",
    meaning: "Time one working link takes at each end, before distance.",
    unit: "hours a month",
    domain: Domain::Number { low: 0.0, high: 160.0, default: Uncertainty::Fixed(3.0) },
    source: "M8 (scale ours)",
    grade: Grade::Assumption,
};

/// See `meaning`.
pub const DUPLICATION: Parameter = Parameter {
    key: "delivery.duplication",
    meaning: "Share of the joint work done twice when nobody hears of the others.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.3) },
    source: "concept A1 (scale ours)",
    grade: Grade::Assumption,
};

/// See `meaning`.
pub const EFFECTIVENESS: Parameter = Parameter {
    key: "delivery.effectiveness",
    meaning: "What a day of joint work achieves against a day of separate work with the same skills: 1 the same. Evidence says: uncertain.",
    unit: "ratio",
    domain: Domain::Number { low: 0.0, high: 10.0, default: Uncertainty::Pert { low: 0.4, mode: 1.0, high: 1.6 } },
    source: "Cochrane review of partnerships: little or no difference (spread ours)",
    grade: Grade::Assumption,
};

/// See `meaning`.
pub const DEMAND_VARIATION: Parameter = Parameter {
    key: "delivery.demand_variation",
    meaning: "Standard deviation of the logarithm of monthly demand.",
    unit: "log points",
    domain: Domain::Number { low: 0.0, high: 2.0, default: Uncertainty::Fixed(0.1) },
    source: "scenario",
    grade: Grade::Assumption,
};
