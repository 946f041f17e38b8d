//! morale

use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&INITIAL, &ASPIRATION, &ADAPTATION, &RESPONSE, &RECOVERY, &INEQUITY_EFFECT];

/// See `meaning`.
pub const INITIAL: Parameter = Parameter {
    key: "morale.initial",
    meaning: "Morale at the start.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.65) },
    source: "scenario",
    grade: Grade::Assumption,
};

/// See `meaning`.
pub const ASPIRATION: Parameter = Parameter {
    key: "morale.aspiration",
    meaning: "What share of the intended benefit the partners hope for at the start.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 2.0, default: Uncertainty::Fixed(0.6) },
    source: "M19; concept C5",
    grade: Grade::Assumption,
};

/// See `meaning`.
pub const ADAPTATION: Parameter = Parameter {
    key: "morale.adaptation",
    meaning: "How fast hopes follow what was achieved.",
    unit: "share a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.3) },
    source: "M19 Cyert & March",
    grade: Grade::General,
};

/// See `meaning`.
pub const RESPONSE: Parameter = Parameter {
    key: "morale.response",
    meaning: "How far morale moves for a gap between achieved and hoped.",
    unit: "morale for gap",
    domain: Domain::Number { low: 0.0, high: 2.0, default: Uncertainty::Fixed(0.3) },
    source: "M19",
    grade: Grade::Assumption,
};

/// See `meaning`.
pub const RECOVERY: Parameter = Parameter {
    key: "morale.recovery",
    meaning: "How fast morale returns to its starting level.",
    unit: "share a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.05) },
    source: "M19 (choice)",
    grade: Grade::Assumption,
};

/// See `meaning`.
pub const INEQUITY_EFFECT: Parameter = Parameter {
    key: "morale.inequity_effect",
    meaning: "How far felt inequity lowers morale a month.",
    unit: "morale for inequity",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.02) },
    source: "M6 into M19 (form ours)",
    grade: Grade::Assumption,
};
