//! funding

use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] =
    &[&UPTIME, &OUTAGE_MONTHS, &OUTAGE_DEPTH, &CORRELATION, &GRANT, &GRANT_END, &COMMISSIONING_MARKUP];

/// See `meaning`.
pub const UPTIME: Parameter = Parameter {
    key: "funding.uptime",
    meaning: "Long-run share of months in which an income arrives in full.",
    unit: "share",
    domain: Domain::Number { low: 0.01, high: 1.0, default: Uncertainty::Fixed(0.97) },
    source: "M18",
    grade: Grade::Assumption,
};

/// See `meaning`.
pub const OUTAGE_MONTHS: Parameter = Parameter {
    key: "funding.outage_months",
    meaning: "Mean length of a spell of reduced income.",
    unit: "months",
    domain: Domain::Number { low: 1.0, high: 120.0, default: Uncertainty::Fixed(3.0) },
    source: "M18",
    grade: Grade::Assumption,
};

/// See `meaning`.
pub const OUTAGE_DEPTH: Parameter = Parameter {
    key: "funding.outage_depth",
    meaning: "Share of the income that does not arrive during such a spell.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "M18",
    grade: Grade::Assumption,
};

/// See `meaning`.
pub const CORRELATION: Parameter = Parameter {
    key: "funding.correlation",
    meaning: "Chance that a partner month of funding luck is the one all partners share.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.3) },
    source: "M18, R15",
    grade: Grade::Assumption,
};

/// See `meaning`.
pub const GRANT: Parameter = Parameter {
    key: "funding.grant",
    meaning: "Money the sponsor gives the partnership; it pays for coordination first, then for joint work.",
    unit: "thousand pounds a month",
    domain: Domain::Number { low: 0.0, high: 1e6, default: Uncertainty::Fixed(0.0) },
    source: "scenario",
    grade: Grade::Assumption,
};

/// See `meaning`.
pub const GRANT_END: Parameter = Parameter {
    key: "funding.grant_end",
    meaning: "Months for which the grant is paid.",
    unit: "months",
    domain: Domain::Number { low: 0.0, high: 1200.0, default: Uncertainty::Fixed(36.0) },
    source: "Feinberg 2008",
    grade: Grade::Published,
};

/// See `meaning`.
pub const COMMISSIONING_MARKUP: Parameter = Parameter {
    key: "funding.commissioning_markup",
    meaning: "How much dearer a bought-in day is than one of own staff.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 10.0, default: Uncertainty::Fixed(0.25) },
    source: "scenario",
    grade: Grade::Assumption,
};
