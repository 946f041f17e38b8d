//! What a scenario can set of delivery.

use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[
    &DUPLICATION,
    &EFFECTIVENESS,
    &THRESHOLD,
    &FIXED_DAYS,
    &CHAIN_LENGTH,
    &LINK_SUCCESS,
    &REACH_OVERLAP,
    &DEMAND_VARIATION,
    &CROSS_PURPOSES,
];

pub(crate) const DUPLICATION: Parameter = Parameter {
    key: "delivery.duplication",
    meaning: "Share of the joint work done twice when nobody hears of the others.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.3) },
    source: "concept A1 (scale ours)",
    grade: Grade::Assumption,
};

pub(crate) const EFFECTIVENESS: Parameter = Parameter {
    key: "delivery.effectiveness",
    meaning: "What a day of joint work achieves against a day of separate work with the same skills: 1 the same. Evidence says: uncertain.",
    unit: "ratio",
    domain: Domain::Number { low: 0.0, high: 10.0, default: Uncertainty::Pert { low: 0.1, mode: 0.7, high: 1.5 } },
    source: "Cochrane review of partnerships: little or no difference (range ours, set so that the premium is small)",
    grade: Grade::Assumption,
};

pub(crate) const DEMAND_VARIATION: Parameter = Parameter {
    key: "delivery.demand_variation",
    meaning: "Standard deviation of the logarithm of monthly demand.",
    unit: "log points",
    domain: Domain::Number { low: 0.0, high: 2.0, default: Uncertainty::Fixed(0.1) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const THRESHOLD: Parameter = Parameter {
    key: "delivery.threshold",
    meaning: "Critical mass: days of joint work a month below which nothing is provided, as a share of those that partners agreed could be pooled at the start.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept E1",
    grade: Grade::Assumption,
};

pub(crate) const FIXED_DAYS: Parameter = Parameter {
    key: "delivery.fixed_days",
    meaning: "Days of joint work a month that it takes before the first person is helped.",
    unit: "days a month",
    domain: Domain::Number { low: 0.0, high: 1e5, default: Uncertainty::Fixed(0.0) },
    source: "concept E1",
    grade: Grade::Assumption,
};

pub(crate) const CHAIN_LENGTH: Parameter = Parameter {
    key: "delivery.chain_length",
    meaning: "Links of the chain of implementation, from the decision to the person in need.",
    unit: "links",
    domain: Domain::Whole { low: 1, high: 100, default: 1 },
    source: "concept D3; Pressman & Wildavsky 1973",
    grade: Grade::Assumption,
};

pub(crate) const LINK_SUCCESS: Parameter = Parameter {
    key: "delivery.link_success",
    meaning: "Share of the work that each link of the chain hands on.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(1.0) },
    source: "concept D3; Pressman & Wildavsky 1973",
    grade: Grade::Assumption,
};

pub(crate) const REACH_OVERLAP: Parameter = Parameter {
    key: "delivery.reach_overlap",
    meaning: "How far partners reach the same people: 0 as chance has it, 1 all within the widest reach of any partner.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept A4",
    grade: Grade::Assumption,
};

pub(crate) const CROSS_PURPOSES: Parameter = Parameter {
    key: "delivery.cross_purposes",
    meaning: "Share of the joint work that pulls against itself when the members’ own goals are as far from the joint ones as can be.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept A10; Kleingeld 2011 (that goals at odds cost performance; form ours)",
    grade: Grade::Assumption,
};
