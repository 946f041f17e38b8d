//! What a scenario can set of learning.

use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[
    &FEATURES,
    &ATTEMPTS,
    &NOVELTY,
    &ABSORPTION_LOSS,
    &SECTOR_DISTANCE,
    &EXPLORATION,
    &RIGIDITY,
    &TURBULENCE,
    &SOLUTION_EFFECT,
    &REFLECTION_MONTHS,
    &REFLECTION_HOURS,
    &CHALLENGE,
    &CHALLENGE_COST,
    &SKILL_GROWTH,
    &SKILL_CEILING,
];

pub(crate) const FEATURES: Parameter = Parameter {
    key: "learning.features",
    meaning: "Features of the partnership’s way of working that can be changed; 0 leaves joint search out of the model.",
    unit: "features",
    domain: Domain::Whole { low: 0, high: 16, default: 0 },
    source: "M10 NK model; Hong & Page 2004",
    grade: Grade::Assumption,
};

pub(crate) const ATTEMPTS: Parameter = Parameter {
    key: "learning.attempts",
    meaning: "Chance a month that a member tries a change, were what it hears entirely new to it and entirely understood.",
    unit: "chance a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "M10 (value ours)",
    grade: Grade::Assumption,
};

pub(crate) const NOVELTY: Parameter = Parameter {
    key: "learning.novelty",
    meaning: "Novelty of what is heard from partners of the same mix of skills, and of one’s own ideas, against what is heard from those who share no skill.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.2) },
    source: "M12 Nooteboom 2007 (form; value ours)",
    grade: Grade::Assumption,
};

pub(crate) const ABSORPTION_LOSS: Parameter = Parameter {
    key: "learning.absorption_loss",
    meaning: "Share of what is heard from partners who share no skill that is not understood.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.8) },
    source: "M12 Nooteboom 2007 (form; value ours)",
    grade: Grade::Assumption,
};

pub(crate) const SECTOR_DISTANCE: Parameter = Parameter {
    key: "learning.sector_distance",
    meaning: "What belonging to another sector adds to the distance in thinking.",
    unit: "distance, at most 1 in all",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.1) },
    source: "M12; Hunoldt",
    grade: Grade::Assumption,
};

pub(crate) const EXPLORATION: Parameter = Parameter {
    key: "learning.exploration",
    meaning: "Chance that a change tried is adopted although it makes things worse.",
    unit: "chance",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.02) },
    source: "M11 March 1991 (form; value ours)",
    grade: Grade::Assumption,
};

pub(crate) const RIGIDITY: Parameter = Parameter {
    key: "learning.rigidity",
    meaning: "Share of the changes a member would try that policies and rules forbid.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept B25; March 1991",
    grade: Grade::Assumption,
};

pub(crate) const TURBULENCE: Parameter = Parameter {
    key: "learning.turbulence",
    meaning: "Chance a month that the world changes what one of the features contributes.",
    unit: "chance a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.05) },
    source: "M11 March 1991 (form; value ours)",
    grade: Grade::Assumption,
};

pub(crate) const SOLUTION_EFFECT: Parameter = Parameter {
    key: "learning.solution_effect",
    meaning: "Output of joint work that the best conceivable way of working adds and the worst takes away.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "concepts A2, A8 (size ours)",
    grade: Grade::Assumption,
};

pub(crate) const REFLECTION_MONTHS: Parameter = Parameter {
    key: "learning.reflection_months",
    meaning: "Months from one reflection of the partnership on its own work to the next; 0 for none.",
    unit: "months",
    domain: Domain::Whole { low: 0, high: 1200, default: 0 },
    source: "concept E9",
    grade: Grade::Assumption,
};

pub(crate) const REFLECTION_HOURS: Parameter = Parameter {
    key: "learning.reflection_hours",
    meaning: "Time a reflection takes each member.",
    unit: "hours",
    domain: Domain::Number { low: 0.0, high: 80.0, default: Uncertainty::Fixed(4.0) },
    source: "concept E9",
    grade: Grade::Assumption,
};

pub(crate) const CHALLENGE: Parameter = Parameter {
    key: "learning.challenge",
    meaning: "Chance that a reflection is candid: that partners challenge what they do.",
    unit: "chance",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "concept E9; de Wit 2012 (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const CHALLENGE_COST: Parameter = Parameter {
    key: "learning.challenge_cost",
    meaning: "Morale and goodwill that a candid reflection costs a partner who does not trust the others at all.",
    unit: "morale, and goodwill",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.05) },
    source: "de Wit 2012 (that relations decide; size ours)",
    grade: Grade::Assumption,
};

pub(crate) const SKILL_GROWTH: Parameter = Parameter {
    key: "learning.skill_growth",
    meaning: "Share of the way to the ceiling that a partner’s skill in joint work rises in a month of giving all it agreed to.",
    unit: "share a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "learning by doing (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const SKILL_CEILING: Parameter = Parameter {
    key: "learning.skill_ceiling",
    meaning: "What a day of a practised partner’s joint work comes to against a day of its first.",
    unit: "ratio",
    domain: Domain::Number { low: 1.0, high: 10.0, default: Uncertainty::Fixed(1.3) },
    source: "learning by doing (value ours)",
    grade: Grade::Assumption,
};
