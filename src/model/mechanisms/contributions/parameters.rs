//! What a scenario can set of contributions.

use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[
    &POOLED_SHARE,
    &CONDITIONAL_BASE,
    &CONDITIONAL_SLOPE,
    &UNCONDITIONAL_BASE,
    &UNCONDITIONAL_SLOPE,
    &FREE_RIDER_BASE,
    &FREE_RIDER_SLOPE,
    &FREE_RIDER_SHARE,
    &UNCONDITIONAL_SHARE,
    &INITIAL_BELIEF,
    &BELIEF_MEMORY,
    &TALK_EFFECT,
    &TRUST_EFFECT,
    &GOAL_EFFECT,
    &MORALE_EFFECT,
    &DIVERSION_RATE,
    &DIVERSION_SIZE,
    &WEAKEST_LINK,
    &LEADER_EXAMPLE,
];

pub(crate) const POOLED_SHARE: Parameter = Parameter {
    key: "contributions.pooled_share",
    meaning: "Share of its capacity that a partner agrees could go to joint work.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.3) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const CONDITIONAL_BASE: Parameter = Parameter {
    key: "contributions.conditional_base",
    meaning: "What a conditional contributor gives when it believes the others give nothing.",
    unit: "share of the pooled share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.103) },
    source: "M4 Fischbacher et al. 2001; Kurzban & Houser 2005",
    grade: Grade::Published,
};

pub(crate) const CONDITIONAL_SLOPE: Parameter = Parameter {
    key: "contributions.conditional_slope",
    meaning: "What a conditional contributor adds as its belief rises from nothing to everything.",
    unit: "share for share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.828) },
    source: "M4 Fischbacher et al. 2001; Kurzban & Houser 2005",
    grade: Grade::Published,
};

pub(crate) const UNCONDITIONAL_BASE: Parameter = Parameter {
    key: "contributions.unconditional_base",
    meaning: "What an unconditional contributor gives whatever it believes.",
    unit: "share of the pooled share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.81) },
    source: "M4 Fischbacher et al. 2001; Kurzban & Houser 2005",
    grade: Grade::Published,
};

pub(crate) const UNCONDITIONAL_SLOPE: Parameter = Parameter {
    key: "contributions.unconditional_slope",
    meaning: "What an unconditional contributor adds as its belief rises from nothing to everything.",
    unit: "share for share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.039) },
    source: "M4 Fischbacher et al. 2001; Kurzban & Houser 2005",
    grade: Grade::Published,
};

pub(crate) const FREE_RIDER_BASE: Parameter = Parameter {
    key: "contributions.free_rider_base",
    meaning: "What a free rider gives when it believes the others give nothing.",
    unit: "share of the pooled share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0705) },
    source: "M4 Fischbacher et al. 2001; Kurzban & Houser 2005",
    grade: Grade::Published,
};

pub(crate) const FREE_RIDER_SLOPE: Parameter = Parameter {
    key: "contributions.free_rider_slope",
    meaning: "What a free rider adds as its belief rises from nothing to everything.",
    unit: "share for share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.245) },
    source: "M4 Fischbacher et al. 2001; Kurzban & Houser 2005",
    grade: Grade::Published,
};

pub(crate) const FREE_RIDER_SHARE: Parameter = Parameter {
    key: "contributions.free_rider_share",
    meaning: "Chance that a partner is a free rider.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.2) },
    source: "M4 Fischbacher et al. 2001; Kurzban & Houser 2005",
    grade: Grade::Published,
};

pub(crate) const UNCONDITIONAL_SHARE: Parameter = Parameter {
    key: "contributions.unconditional_share",
    meaning: "Chance that a partner is an unconditional contributor.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.13) },
    source: "M4 Fischbacher et al. 2001; Kurzban & Houser 2005",
    grade: Grade::Published,
};

pub(crate) const INITIAL_BELIEF: Parameter = Parameter {
    key: "contributions.initial_belief",
    meaning: "What partners believe at the start that the others will give.",
    unit: "share of the pooled share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.6) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const BELIEF_MEMORY: Parameter = Parameter {
    key: "contributions.belief_memory",
    meaning: "Weight of what was believed before against what was seen this month.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "M4 (choice)",
    grade: Grade::Assumption,
};

pub(crate) const TALK_EFFECT: Parameter = Parameter {
    key: "contributions.talk_effect",
    meaning: "What hearing all the others adds to a contribution.",
    unit: "share of the pooled share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.2) },
    source: "M5 Balliet 2010 (d = 1.01, converted)",
    grade: Grade::Assumption,
};

pub(crate) const TRUST_EFFECT: Parameter = Parameter {
    key: "contributions.trust_effect",
    meaning: "How strongly trust scales what a partner believes the others will give: 0 not at all, 1 in proportion.",
    unit: "weight",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "M3 into M4 (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const GOAL_EFFECT: Parameter = Parameter {
    key: "contributions.goal_effect",
    meaning: "Share of its contribution a partner withholds when the joint goals are as far from its own as they can be.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "Kleingeld 2011 (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const MORALE_EFFECT: Parameter = Parameter {
    key: "contributions.morale_effect",
    meaning: "Share of its contribution and of its attention that is lost when morale is at its lowest.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.4) },
    source: "M19 (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const DIVERSION_RATE: Parameter = Parameter {
    key: "contributions.diversion_rate",
    meaning: "Chance a month that a partner diverts promised resources to its own priorities.",
    unit: "chance a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.05) },
    source: "concept B5",
    grade: Grade::Assumption,
};

pub(crate) const DIVERSION_SIZE: Parameter = Parameter {
    key: "contributions.diversion_size",
    meaning: "Share of the promised resources it then diverts.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.6) },
    source: "concept B5",
    grade: Grade::Assumption,
};

pub(crate) const WEAKEST_LINK: Parameter = Parameter {
    key: "contributions.weakest_link",
    meaning: "How far partners go by the least giver they heard of instead of by the mean: 1 when joint work is only as good as its weakest part.",
    unit: "weight",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "M7 Van Huyck; Weber 2006",
    grade: Grade::Assumption,
};

pub(crate) const LEADER_EXAMPLE: Parameter = Parameter {
    key: "contributions.leader_example",
    meaning: "Weight of what the lead gave last month in what the other members believe.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept E3; Fischbacher & Gaechter (form ours)",
    grade: Grade::Assumption,
};
