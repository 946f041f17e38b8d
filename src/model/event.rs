//! One event: something that happens to the partners from outside, on a date or by chance.

use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&KIND, &MONTH, &RATE, &SIZE, &MONTHS];

pub(crate) const KIND: Parameter = Parameter {
    key: "event.kind",
    meaning: "What happens.",
    unit: "word",
    domain: Domain::Choice {
        options: &[
            ("policy_change", "mandates move, and joint work has to be redone to fit them"),
            ("restructuring", "a partner is reorganised: contacts are lost, heart sinks, staff are taken up with it"),
            ("staff_turnover", "people who knew each other leave, and what they knew of the others goes with them"),
            ("sponsor_loss", "the sponsor withdraws for good"),
            ("crisis", "more people need help, and partners look to their own duties first"),
            ("funding_cut", "part of the income is missing, together and alone"),
        ],
        default: 0,
    },
    source: "concepts B5, B6, B13, D21",
    grade: Grade::Assumption,
};

pub(crate) const MONTH: Parameter = Parameter {
    key: "event.month",
    meaning: "Month for which it is scheduled, counted from 1; 0 leaves it to chance.",
    unit: "month",
    domain: Domain::Number { low: 0.0, high: 1200.0, default: Uncertainty::Fixed(0.0) },
    source: "scenario",
    grade: Grade::Assumption,
};

pub(crate) const RATE: Parameter = Parameter {
    key: "event.rate",
    meaning: "Chance a month that it happens besides.",
    unit: "chance a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "scenario",
    grade: Grade::Assumption,
};

pub(crate) const SIZE: Parameter = Parameter {
    key: "event.size",
    meaning: "How much of what it can change it does change.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.3) },
    source: "scenario",
    grade: Grade::Assumption,
};

pub(crate) const MONTHS: Parameter = Parameter {
    key: "event.months",
    meaning: "How long it lasts, the first month included.",
    unit: "months",
    domain: Domain::Number { low: 1.0, high: 1200.0, default: Uncertainty::Fixed(3.0) },
    source: "scenario",
    grade: Grade::Assumption,
};
