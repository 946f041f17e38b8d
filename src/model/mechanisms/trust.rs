//! trust

use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&INITIAL, &MEMORY, &BROKEN_WEIGHT];

/// See `meaning`.
pub const INITIAL: Parameter = Parameter {
    key: "trust.initial",
    meaning: "Trust between partners before anything was seen.",
    unit: "share",
    domain: Domain::Number { low: 0.01, high: 0.99, default: Uncertainty::Fixed(0.5) },
    source: "M3",
    grade: Grade::Assumption,
};

/// See `meaning`.
pub const MEMORY: Parameter = Parameter {
    key: "trust.memory",
    meaning: "Share of past experience that still counts a month later.",
    unit: "share a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.95) },
    source: "M3 Josang & Ismail",
    grade: Grade::Published,
};

/// See `meaning`.
pub const BROKEN_WEIGHT: Parameter = Parameter {
    key: "trust.broken_weight",
    meaning: "How many promises kept it takes to outweigh one broken.",
    unit: "ratio",
    domain: Domain::Number { low: 0.0, high: 20.0, default: Uncertainty::Fixed(2.0) },
    source: "M3; Poortinga & Pidgeon (direction), ratio ours",
    grade: Grade::Assumption,
};
