//! How much each kind of intervention does at full dose: the parameters of the interventions.
//!
//! # Does
//! Declares and draws the size of each effect.
//!
//! # Why
//! What an intervention is worth hangs on these numbers more than on anything else, so that each must be open to question.
//!
//! # Equation
//! None of its own: see the interventions.
//!
//! # Reads
//! The scenario.
//!
//! # Writes
//! Nothing.
//!
//! # References
//! As the interventions. An effect size d becomes 0.2·d of the pooled share, as talk does (d 1.01, 0.2).

use crate::model::drawn::Drawn;
use crate::model::lanes::Lane;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[
    &PURPOSE,
    &COACHING,
    &COACHING_MORALE,
    &FACILITATION,
    &SECONDMENT,
    &SECONDMENT_DAYS,
    &CULTURE,
    &LEARNING_DAYS,
    &RESOLUTION,
    &SUPPORT,
    &SUPPORT_RELIEF,
];

pub(crate) const PURPOSE: Parameter = Parameter {
    key: "interventions.purpose_effect",
    meaning: "Share of the way from its own to the joint goals, and from its hopes to what was achieved, that a partner goes in a month when the purpose is reset at full dose.",
    unit: "share a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.2) },
    source: "concept E7; Kleingeld 2011 (direction), rate ours",
    grade: Grade::Assumption,
};

pub(crate) const COACHING: Parameter = Parameter {
    key: "interventions.coaching_effect",
    meaning: "What coaching at full dose adds to what a partner means to give.",
    unit: "share of the pooled share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.12) },
    source: "Theeboom 2014 (g .43 to .74; 0.2 of the pooled share for a d of 1)",
    grade: Grade::Assumption,
};

pub(crate) const COACHING_MORALE: Parameter = Parameter {
    key: "interventions.coaching_morale",
    meaning: "Morale that coaching at full dose wins a month.",
    unit: "morale a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.006) },
    source: "Theeboom 2014 (g .43 to .74 of a spread of morale of .2, held against a return of .05 a month)",
    grade: Grade::Assumption,
};

pub(crate) const FACILITATION: Parameter = Parameter {
    key: "interventions.facilitation_effect",
    meaning: "How much likelier a message gets through, and what share of misunderstandings is cleared up, when all events are facilitated in full.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "Tannenbaum & Cerasoli 2013 (d .67: from an even chance to 3 in 4)",
    grade: Grade::Assumption,
};

pub(crate) const SECONDMENT: Parameter = Parameter {
    key: "interventions.secondment_effect",
    meaning: "Share of the distance between sectors and cultures that secondment at full dose bridges.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "concept E8 (scale ours)",
    grade: Grade::Assumption,
};

pub(crate) const SECONDMENT_DAYS: Parameter = Parameter {
    key: "interventions.secondment_days",
    meaning: "Share of its ordinary days that secondment at full dose takes a partner.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 0.5, default: Uncertainty::Fixed(0.05) },
    source: "concept E8 (scale ours)",
    grade: Grade::Assumption,
};

pub(crate) const CULTURE: Parameter = Parameter {
    key: "interventions.culture_effect",
    meaning: "Share of the distance between sectors and cultures that work on a common culture bridges at full dose.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.3) },
    source: "concept B23 (scale ours)",
    grade: Grade::Assumption,
};

pub(crate) const LEARNING_DAYS: Parameter = Parameter {
    key: "interventions.learning_days",
    meaning: "Share of its ordinary days that learning sets at full dose take a partner.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 0.5, default: Uncertainty::Fixed(0.02) },
    source: "concept E8 (scale ours)",
    grade: Grade::Assumption,
};

pub(crate) const RESOLUTION: Parameter = Parameter {
    key: "interventions.resolution_effect",
    meaning: "Share of the memory of broken promises that a mediator at full dose clears away each month.",
    unit: "share a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.2) },
    source: "concept A17 (scale ours)",
    grade: Grade::Assumption,
};

pub(crate) const SUPPORT: Parameter = Parameter {
    key: "interventions.support_effect",
    meaning: "What support from outside at full dose adds to what a partner means to give.",
    unit: "share of the pooled share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.1) },
    source: "concept D12 (scale ours)",
    grade: Grade::Assumption,
};

pub(crate) const SUPPORT_RELIEF: Parameter = Parameter {
    key: "interventions.support_relief",
    meaning: "Share of a partner’s time for coordination that support from outside at full dose takes over.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.3) },
    source: "concept D12 (scale ours)",
    grade: Grade::Assumption,
};

/// What each kind does at full dose.
#[derive(Debug, Clone)]
pub struct Effects<const L: usize> {
    /// Way to the joint goals and to realistic hopes, a month.
    pub purpose: Lane<L>,
    /// Added to what a partner means to give.
    pub coaching: Lane<L>,
    /// Morale won a month.
    pub coaching_morale: Lane<L>,
    /// More that gets through and is put right.
    pub facilitation: Lane<L>,
    /// Distance bridged.
    pub secondment: Lane<L>,
    /// Share of ordinary days it takes.
    pub secondment_days: Lane<L>,
    /// Distance bridged.
    pub culture: Lane<L>,
    /// Share of ordinary days it takes.
    pub learning_days: Lane<L>,
    /// Share of broken promises cleared away a month.
    pub resolution: Lane<L>,
    /// Added to what a partner means to give.
    pub support: Lane<L>,
    /// Share of time for coordination taken over.
    pub support_relief: Lane<L>,
}

impl<const L: usize> Effects<L> {
    /// The values in force.
    pub fn new(drawn: &Drawn<L>) -> Self {
        Effects {
            purpose: drawn.number(&PURPOSE, 0),
            coaching: drawn.number(&COACHING, 0),
            coaching_morale: drawn.number(&COACHING_MORALE, 0),
            facilitation: drawn.number(&FACILITATION, 0),
            secondment: drawn.number(&SECONDMENT, 0),
            secondment_days: drawn.number(&SECONDMENT_DAYS, 0),
            culture: drawn.number(&CULTURE, 0),
            learning_days: drawn.number(&LEARNING_DAYS, 0),
            resolution: drawn.number(&RESOLUTION, 0),
            support: drawn.number(&SUPPORT, 0),
            support_relief: drawn.number(&SUPPORT_RELIEF, 0),
        }
    }
}
