//! What a scenario can set of dialogue.

use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&FORM, &RATE, &CONFIDENCE, &GOAL_SPREAD, &ROUNDS, &ROUND_HOURS];

pub(crate) const FORM: Parameter = Parameter {
    key: "dialogue.form",
    meaning: "Who talks with whom about goals.",
    unit: "word",
    domain: Domain::Choice {
        options: &[
            ("group", "each with all it heard at once"),
            ("pairs", "two by two, those who heard each other, one pair after another"),
        ],
        default: 0,
    },
    source: "M1 Hegselmann and Krause (group), Deffuant and others (pairs)",
    grade: Grade::Published,
};

pub(crate) const RATE: Parameter = Parameter {
    key: "dialogue.rate",
    meaning: "How far a partner’s goals move in a month towards the mean of those it heard and listens to.",
    unit: "share a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "M1 (usual in models of bounded confidence; for a month ours)",
    grade: Grade::Assumption,
};

pub(crate) const CONFIDENCE: Parameter = Parameter {
    key: "dialogue.confidence",
    meaning: "Distance of goals beyond which a partner no longer listens.",
    unit: "goal distance, 0 to 1",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.3) },
    source: "M1 (usual in models of bounded confidence, .1 to .5; scale of goals ours)",
    grade: Grade::Assumption,
};

pub(crate) const GOAL_SPREAD: Parameter = Parameter {
    key: "dialogue.goal_spread",
    meaning: "Spread of the starting goals of partners whose goals the scenario does not give.",
    unit: "standard deviation",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.2) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const ROUNDS: Parameter = Parameter {
    key: "dialogue.rounds",
    meaning: "Rounds of talk a month before anything is decided; each gives all that was heard once more a chance to convince.",
    unit: "rounds a month",
    domain: Domain::Whole { low: 1, high: 50, default: 1 },
    source: "concepts A15, D8; Balliet 2010 (that talk works; form ours)",
    grade: Grade::Assumption,
};

pub(crate) const ROUND_HOURS: Parameter = Parameter {
    key: "dialogue.round_hours",
    meaning: "Time each further round takes a partner.",
    unit: "hours",
    domain: Domain::Number { low: 0.0, high: 40.0, default: Uncertainty::Fixed(2.0) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};
