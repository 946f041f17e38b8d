//! One intervention: something done to make a partnership work better, from a month to a month, at a cost.

use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&KIND, &START, &END, &DOSE, &COST, &DECAY];

pub(crate) const KIND: Parameter = Parameter {
    key: "intervention.kind",
    meaning: "What is done.",
    unit: "word",
    domain: Domain::Choice {
        options: &[
            ("reset_purpose", "the purpose is set anew: goals come together, hopes come down to what can be had"),
            ("map_roles", "it is written down who does what"),
            ("coaching", "those concerned are coached: heart, and skill in deciding together"),
            ("facilitated_events", "meetings are prepared and led by a facilitator"),
            ("secondment", "staff work at a partner's for a time: cultures draw nearer, days are away"),
            ("learning_sets", "people of several partners learn from their own cases: search and skill, days are away"),
            ("conflict_resolution", "a mediator works through what was broken"),
            ("culture_work", "a common code of practice: cultures draw nearer"),
            ("external_support", "marginal partners get help to attend and to contribute"),
        ],
        default: 0,
    },
    source: "concepts E7, E8, D12",
    grade: Grade::Assumption,
};

pub(crate) const START: Parameter = Parameter {
    key: "intervention.start",
    meaning: "First month in which it runs, counted from 1.",
    unit: "month",
    domain: Domain::Number { low: 1.0, high: 1200.0, default: Uncertainty::Fixed(1.0) },
    source: "scenario",
    grade: Grade::Assumption,
};

pub(crate) const END: Parameter = Parameter {
    key: "intervention.end",
    meaning: "Last month in which it runs.",
    unit: "month",
    domain: Domain::Number { low: 1.0, high: 1200.0, default: Uncertainty::Fixed(12.0) },
    source: "scenario",
    grade: Grade::Assumption,
};

pub(crate) const DOSE: Parameter = Parameter {
    key: "intervention.dose",
    meaning: "How much of it there is, against as much as could be used.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "scenario",
    grade: Grade::Assumption,
};

pub(crate) const COST: Parameter = Parameter {
    key: "intervention.cost",
    meaning: "What it costs while it runs.",
    unit: "thousand pounds a month",
    domain: Domain::Number { low: 0.0, high: 1e6, default: Uncertainty::Fixed(0.0) },
    source: "scenario",
    grade: Grade::Assumption,
};

pub(crate) const DECAY: Parameter = Parameter {
    key: "intervention.decay",
    meaning: "Share of its effect that is lost each month after it has ended.",
    unit: "share a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.1) },
    source: "no source gives rates of decay: an explicit input",
    grade: Grade::Assumption,
};
