//! What a scenario can set of membership.

use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[
    &INITIAL_GOODWILL,
    &DRIFT,
    &VOLATILITY,
    &ADVANTAGE_EFFECT,
    &INEQUITY_EFFECT,
    &TRUST_EFFECT,
    &EXIT_HAZARD,
    &CLOSURE_HAZARD,
    &MINIMUM_PARTNERS,
    &MINIMUM_SHARE,
];

pub(crate) const INITIAL_GOODWILL: Parameter = Parameter {
    key: "membership.initial_goodwill",
    meaning: "Goodwill with which a partner starts.",
    unit: "goodwill",
    domain: Domain::Number { low: 0.0, high: 1000.0, default: Uncertainty::Fixed(10.0) },
    source: "M13 Fichman & Levinthal (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const DRIFT: Parameter = Parameter {
    key: "membership.drift",
    meaning: "Goodwill lost a month whatever happens.",
    unit: "goodwill a month",
    domain: Domain::Number { low: -10.0, high: 10.0, default: Uncertainty::Fixed(0.07) },
    source: "M13; fitted to Feinberg 2008",
    grade: Grade::Assumption,
};

pub(crate) const VOLATILITY: Parameter = Parameter {
    key: "membership.volatility",
    meaning: "Standard deviation of the monthly change of goodwill.",
    unit: "goodwill",
    domain: Domain::Number { low: 0.0, high: 100.0, default: Uncertainty::Fixed(0.95) },
    source: "M13; fitted to Feinberg 2008",
    grade: Grade::Assumption,
};

pub(crate) const ADVANTAGE_EFFECT: Parameter = Parameter {
    key: "membership.advantage_effect",
    meaning: "Goodwill won a month when joint work returns twice what the same resources would return alone.",
    unit: "goodwill a month",
    domain: Domain::Number { low: 0.0, high: 10.0, default: Uncertainty::Fixed(0.3) },
    source: "M13, M23 (scale ours)",
    grade: Grade::Assumption,
};

pub(crate) const INEQUITY_EFFECT: Parameter = Parameter {
    key: "membership.inequity_effect",
    meaning: "Goodwill lost a month for one unit of felt inequity.",
    unit: "goodwill a month",
    domain: Domain::Number { low: 0.0, high: 10.0, default: Uncertainty::Fixed(0.08) },
    source: "M6 into M13 (form ours); fitted to Feinberg 2008",
    grade: Grade::Assumption,
};

pub(crate) const TRUST_EFFECT: Parameter = Parameter {
    key: "membership.trust_effect",
    meaning: "Goodwill won a month as trust in the others rises from half to full; lost as it falls to none.",
    unit: "goodwill a month",
    domain: Domain::Number { low: 0.0, high: 10.0, default: Uncertainty::Fixed(0.5) },
    source: "M3 into M13 (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const EXIT_HAZARD: Parameter = Parameter {
    key: "membership.exit_hazard",
    meaning: "Chance a month that a partner leaves for reasons outside the model.",
    unit: "chance a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.001) },
    source: "R5",
    grade: Grade::Assumption,
};

pub(crate) const CLOSURE_HAZARD: Parameter = Parameter {
    key: "membership.closure_hazard",
    meaning: "Chance a month that the whole partnership is ended from outside.",
    unit: "chance a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0015) },
    source: "fitted to Feinberg 2008",
    grade: Grade::Assumption,
};

pub(crate) const MINIMUM_PARTNERS: Parameter = Parameter {
    key: "membership.minimum_partners",
    meaning: "The partnership dissolves when fewer partners are left.",
    unit: "partners",
    domain: Domain::Whole { low: 1, high: 1000, default: 2 },
    source: "concept E1",
    grade: Grade::Assumption,
};

pub(crate) const MINIMUM_SHARE: Parameter = Parameter {
    key: "membership.minimum_share",
    meaning: "The partnership dissolves when the partners left have less than this share of the starting capacity.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "concept E1",
    grade: Grade::Assumption,
};
