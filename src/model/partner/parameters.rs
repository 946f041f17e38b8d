//! What a scenario can set of a partner.

use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;
use std::borrow::Cow;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[
    &MONEY,
    &STAFF,
    &RESERVES,
    &DAY_COST,
    &REACH,
    &LOCATION_X,
    &LOCATION_Y,
    &AUTONOMY,
    &STUBBORNNESS,
    &OPENNESS,
    &CONTRIBUTOR,
    &SELF_INTEREST,
    &ENVY,
    &GUILT,
];

pub(crate) const MONEY: Parameter = Parameter {
    key: "partner.resources.money",
    meaning: "Income a partner has for this field of work; it pays the staff, refills the reserve and buys further days.",
    unit: "thousand pounds a month",
    domain: Domain::Number { low: 0.0, high: 1e6, default: Uncertainty::Fixed(60.0) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const STAFF: Parameter = Parameter {
    key: "partner.resources.staff",
    meaning: "Staff a partner has for this field of work.",
    unit: "full-time equivalents",
    domain: Domain::Number { low: 0.0, high: 1e5, default: Uncertainty::Fixed(10.0) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const RESERVES: Parameter = Parameter {
    key: "partner.resources.reserves",
    meaning: "Reserve at the start, in months of income; also the level to which surplus refills it.",
    unit: "months of income",
    domain: Domain::Number { low: 0.0, high: 120.0, default: Uncertainty::Fixed(3.0) },
    source: "M18",
    grade: Grade::Assumption,
};

pub(crate) const DAY_COST: Parameter = Parameter {
    key: "partner.resources.day_cost",
    meaning: "Cost of one staff-day with its overheads.",
    unit: "pounds a day",
    domain: Domain::Number { low: 1.0, high: 1e4, default: Uncertainty::Fixed(275.0) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const REACH: Parameter = Parameter {
    key: "partner.reach",
    meaning: "Share of the people in need that a partner can reach by itself.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.4) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const LOCATION_X: Parameter = Parameter {
    key: "partner.location.x",
    meaning: "Where a partner works, eastwards.",
    unit: "kilometres",
    domain: Domain::Number { low: -20000.0, high: 20000.0, default: Uncertainty::Fixed(0.0) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const LOCATION_Y: Parameter = Parameter {
    key: "partner.location.y",
    meaning: "Where a partner works, northwards.",
    unit: "kilometres",
    domain: Domain::Number { low: -20000.0, high: 20000.0, default: Uncertainty::Fixed(0.0) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const AUTONOMY: Parameter = Parameter {
    key: "partner.autonomy",
    meaning: "Share of what it would contribute that a partner holds back to keep control, as long as it trusts nobody; full trust frees it.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.3) },
    source: "Emerson 1962 (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const STUBBORNNESS: Parameter = Parameter {
    key: "partner.stubbornness",
    meaning: "Pull of a partner’s own mandate on its goals each month.",
    unit: "share a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.2) },
    source: "M2 Friedkin-Johnsen",
    grade: Grade::Assumption,
};

pub(crate) const OPENNESS: Parameter = Parameter {
    key: "partner.openness",
    meaning: "How far a partner lets itself be moved in dialogue, against the others: 0 not at all, 1 as far as anybody.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(1.0) },
    source: "M2; Ansell & Gash 2008 (that the powerful engage; form ours)",
    grade: Grade::Assumption,
};

pub(crate) const CONTRIBUTOR: Parameter = Parameter {
    key: "partner.contributor",
    meaning: "What kind of contributor a partner is.",
    unit: "word",
    domain: Domain::Choice {
        options: &[
            ("drawn", "drawn each replication with the shares under [contributions]"),
            ("conditional", "gives as it believes the others give"),
            ("unconditional", "gives much whatever the others do"),
            ("free_rider", "gives little and announces more"),
        ],
        default: 0,
    },
    source: "M4 Fischbacher et al. 2001",
    grade: Grade::Published,
};

pub(crate) const SELF_INTEREST: Parameter = Parameter {
    key: "partner.self_interest",
    meaning: "Share of the days a partner puts into joint work that in truth serve its own finances and help nobody in need.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept B19",
    grade: Grade::Assumption,
};

pub(crate) const ENVY: Parameter = Parameter {
    key: "partner.envy",
    meaning: "Dislike of gaining less than the others (Fehr-Schmidt alpha).",
    unit: "weight",
    domain: Domain::Number {
        low: 0.0,
        high: 10.0,
        default: Uncertainty::Discrete(Cow::Borrowed(&[(0.0, 0.3), (0.5, 0.3), (1.0, 0.3), (4.0, 0.1)])),
    },
    source: "M6 Fehr-Schmidt",
    grade: Grade::General,
};

pub(crate) const GUILT: Parameter = Parameter {
    key: "partner.guilt",
    meaning: "Dislike of gaining more than the others (Fehr-Schmidt beta).",
    unit: "weight",
    domain: Domain::Number {
        low: 0.0,
        high: 1.0,
        default: Uncertainty::Discrete(Cow::Borrowed(&[(0.0, 0.3), (0.25, 0.3), (0.6, 0.4)])),
    },
    source: "M6 Fehr-Schmidt",
    grade: Grade::General,
};
