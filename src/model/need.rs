//! One need (objective): who needs help, what it takes, what it is worth.

use crate::model::lanes::Lane;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&DEMAND, &DAYS, &VALUE, &COMPLEXITY, &JOINT_ONLY];

pub(crate) const DEMAND: Parameter = Parameter {
    key: "need.demand",
    meaning: "People who need help.",
    unit: "people a month",
    domain: Domain::Number { low: 0.0, high: 1e9, default: Uncertainty::Fixed(100.0) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const DAYS: Parameter = Parameter {
    key: "need.days",
    meaning: "Staff-days it takes a team with exactly the right skills to help one person.",
    unit: "days a person",
    domain: Domain::Number { low: 0.001, high: 1e4, default: Uncertainty::Fixed(2.0) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const VALUE: Parameter = Parameter {
    key: "need.value",
    meaning: "Worth of one person helped.",
    unit: "pounds a person",
    domain: Domain::Number { low: 0.0, high: 1e7, default: Uncertainty::Fixed(800.0) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const COMPLEXITY: Parameter = Parameter {
    key: "need.complexity",
    meaning: "How little one skill can stand in for another: 0 any skill will do, 1 every skill is needed.",
    unit: "index",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "constant elasticity of substitution",
    grade: Grade::Assumption,
};

pub(crate) const JOINT_ONLY: Parameter = Parameter {
    key: "need.joint_only",
    meaning: "Share of the worth of help that only joint work can give; who is helped by one provider alone has the rest of it.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept B27",
    grade: Grade::Assumption,
};

/// One need in `L` replications.
#[derive(Debug, Clone)]
pub struct Need<const L: usize> {
    /// People who need help in an ordinary month.
    pub usual_demand: Lane<L>,
    /// People who need help this month.
    pub demand: Lane<L>,
    /// One over `demand`, 0 where there is none.
    pub demand_inverse: Lane<L>,
    /// People a team with exactly the right skills helps in a day.
    pub people_a_day: Lane<L>,
    /// Worth of one person helped, thousand pounds.
    pub value: Lane<L>,
    /// Share of that worth that only joint work can give.
    pub joint_only: Lane<L>,
    /// Exponent of the production function: 1 when any skill will do, far below 0 when every skill is needed.
    pub exponent: Lane<L>,
    /// Share of the people in need who were helped this month.
    pub met: Lane<L>,
    /// One over `exponent`.
    pub exponent_inverse: Lane<L>,
    /// Weight of each skill, summing to one.
    pub skills: Vec<Lane<L>>,
    /// One over each weight, kept finite.
    pub skills_inverse: Vec<Lane<L>>,
}
