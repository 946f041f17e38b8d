//! Formality: how far the partnership rests on a contract, what that binds and what it costs.
//!
//! # Does
//! A formal partnership prevents part of the diversions of promised resources; it takes reporting time of every member each month, and
//! lawyers' money in the month in which its first plan comes into force.
//!
//! # Why
//! Partnerships run from a long formal contract to a short loose understanding. Contracts make promises safer, and are dear to make and to keep.
//!
//! # Equation
//! Share of diversions prevented `= formality · binding`; days away `= formality · hours`; money `= formality · legal cost`, once.
//!
//! # Reads
//! Whether the first plan came into force this month (the first month where goals are not decided on); `active` of partners.
//!
//! # Writes
//! The conditions of what is bound and of money spent; days away of partners.
//!
//! # References
//! Poppo and Zenger 2002: contracts safeguard exchange beside trust (general knowledge; the form is ours).

use crate::model::drawn::Drawn;
use crate::model::lanes::Lane;
use crate::model::mechanisms::coordination;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::partner::DAY_HOURS;
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&FORMALITY, &BINDING, &FORMALITY_HOURS, &LEGAL_COST];

pub(crate) const FORMALITY: Parameter = Parameter {
    key: "governance.formality",
    meaning: "How far the partnership rests on a contract: 0 on an understanding, 1 on a contract for everything.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concepts A19, C1, C8 (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const BINDING: Parameter = Parameter {
    key: "governance.binding",
    meaning: "Share of the diversions of promised resources that a contract for everything prevents.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "Poppo & Zenger 2002 (direction; value ours)",
    grade: Grade::Assumption,
};

pub(crate) const FORMALITY_HOURS: Parameter = Parameter {
    key: "governance.formality_hours",
    meaning: "Time that keeping to a contract for everything, and showing it, takes every member.",
    unit: "hours a month",
    domain: Domain::Number { low: 0.0, high: 160.0, default: Uncertainty::Fixed(6.0) },
    source: "concept C1 (value ours)",
    grade: Grade::Assumption,
};

pub(crate) const LEGAL_COST: Parameter = Parameter {
    key: "governance.legal_cost",
    meaning: "Legal cost of the first agreement as a contract for everything.",
    unit: "thousand pounds",
    domain: Domain::Number { low: 0.0, high: 1e5, default: Uncertainty::Fixed(20.0) },
    source: "concept C1 (value ours)",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Formality<const L: usize> {
    bound: Lane<L>,
    days: Lane<L>,
    legal_cost: Lane<L>,
}

impl<const L: usize> Formality<L> {
    /// The values in force, where anything is formal.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        let formality = drawn.number(&FORMALITY, 0);
        let on = drawn.is_set(&FORMALITY, 0) && coordination::has_plans(drawn);
        on.then(|| Formality {
            bound: formality * drawn.number(&BINDING, 0),
            days: formality * drawn.number(&FORMALITY_HOURS, 0) * (1.0 / DAY_HOURS),
            legal_cost: formality * drawn.number(&LEGAL_COST, 0),
        })
    }
}

/// One month of what is formal.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    let World { partners, partnership, rules, .. } = world;
    let Some(formality) = &rules.formality else { return };
    let at_once = if month == 0 { partnership.alive } else { Lane::ZERO };
    let agreed = if rules.decisions.is_some() { partnership.plan.first } else { at_once };
    partnership.conditions.bound += formality.bound;
    partnership.conditions.spent += agreed * formality.legal_cost;
    for partner in partners.iter_mut() {
        partner.influences.days_away += partner.active * formality.days;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    fn month(formality: f64, month: usize) -> [f64; 3] {
        let inputs = small_world(2, &[("governance.formality", formality), ("governance.legal_cost", 30.0)]);
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        step(&mut world, month);
        let conditions = &world.partnership.conditions;
        [conditions.bound[0], conditions.spent[0], world.partners[0].influences.days_away[0]]
    }

    #[test]
    fn an_understanding_binds_and_costs_nothing() {
        assert_eq!(month(0.0, 0), [0.0; 3]);
    }

    #[test]
    fn a_contract_for_half_of_it_worked_by_hand() {
        assert_eq!(month(0.5, 0), [0.25, 15.0, 0.4]);
        assert_eq!(month(0.5, 1), [0.25, 0.0, 0.4]);
    }
}
