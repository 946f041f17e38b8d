//! dialogue

use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&RATE, &CONFIDENCE, &GOAL_SPREAD];

/// See `meaning`.
pub const RATE: Parameter = Parameter {
    key: "dialogue.rate",
    meaning: "How far a partner goals move in a month towards the mean of those it heard and listens to.",
    unit: "share a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "M1 Hegselmann-Krause",
    grade: Grade::Published,
};

/// See `meaning`.
pub const CONFIDENCE: Parameter = Parameter {
    key: "dialogue.confidence",
    meaning: "Distance of goals beyond which a partner no longer listens.",
    unit: "goal distance, 0 to 1",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.3) },
    source: "M1",
    grade: Grade::Published,
};

/// See `meaning`.
pub const GOAL_SPREAD: Parameter = Parameter {
    key: "dialogue.goal_spread",
    meaning: "Spread of the starting goals of partners whose goals the scenario does not give.",
    unit: "standard deviation",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.2) },
    source: "scenario",
    grade: Grade::Assumption,
};
