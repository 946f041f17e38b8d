//! Morale: achievement against hopes.
//!
//! # Does
//! Compares what joint work achieved with what each member hoped for; morale follows the gap, felt inequity wears it down, it
//! returns slowly to where it began; hopes follow achievement.
//!
//! # Why
//! Ambition that is not met breeds cynicism; small early wins keep people going.
//!
//! # Equation
//! Achievement `P` = joint value over intended value, at most 2. `m ← m + η(P − A) − i·inequity + ρ(m₀ − m)`, held between 0
//! and 1 (inequity counts up to 3); `A ← (1 − a)A + aP`.
//!
//! # Reads
//! Joint and intended value of the partnership; felt inequity and `active` of each partner.
//!
//! # Writes
//! `morale` and `hopes` of each partner.
//!
//! # References
//! Aspiration adaptation, Cyert and March (M19); inequity M6.

use crate::model::drawn::Drawn;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&INITIAL, &ASPIRATION, &ADAPTATION, &RESPONSE, &RECOVERY, &INEQUITY_EFFECT];

pub(crate) const INITIAL: Parameter = Parameter {
    key: "morale.initial",
    meaning: "Morale at the start.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.65) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const ASPIRATION: Parameter = Parameter {
    key: "morale.aspiration",
    meaning: "What share of the intended benefit the partners hope for at the start.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 2.0, default: Uncertainty::Fixed(0.6) },
    source: "M19; concept C5",
    grade: Grade::Assumption,
};

pub(crate) const ADAPTATION: Parameter = Parameter {
    key: "morale.adaptation",
    meaning: "How fast hopes follow what was achieved.",
    unit: "share a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.3) },
    source: "M19 Cyert & March (form; value ours)",
    grade: Grade::Assumption,
};

pub(crate) const RESPONSE: Parameter = Parameter {
    key: "morale.response",
    meaning: "How far morale moves for a gap between achieved and hoped.",
    unit: "morale for gap",
    domain: Domain::Number { low: 0.0, high: 2.0, default: Uncertainty::Fixed(0.3) },
    source: "M19",
    grade: Grade::Assumption,
};

pub(crate) const RECOVERY: Parameter = Parameter {
    key: "morale.recovery",
    meaning: "How fast morale returns to its starting level.",
    unit: "share a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.05) },
    source: "M19 (choice)",
    grade: Grade::Assumption,
};

pub(crate) const INEQUITY_EFFECT: Parameter = Parameter {
    key: "morale.inequity_effect",
    meaning: "How far felt inequity lowers morale a month.",
    unit: "morale for inequity",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.02) },
    source: "M6 into M19 (form ours)",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Morale<const L: usize> {
    /// Morale at the start.
    pub initial: Lane<L>,
    /// Share of the intended benefit hoped for at the start.
    pub aspiration: Lane<L>,
    adaptation: Lane<L>,
    response: Lane<L>,
    recovery: Lane<L>,
    /// Morale lost a month for one unit of felt inequity.
    pub inequity_effect: Lane<L>,
}

impl<const L: usize> Morale<L> {
    /// The values in force.
    pub fn new(drawn: &Drawn<L>) -> Self {
        Morale {
            initial: drawn.number(&INITIAL, 0),
            aspiration: drawn.number(&ASPIRATION, 0),
            adaptation: drawn.number(&ADAPTATION, 0),
            response: drawn.number(&RESPONSE, 0),
            recovery: drawn.number(&RECOVERY, 0),
            inequity_effect: drawn.number(&INEQUITY_EFFECT, 0),
        }
    }
}

/// Felt inequity beyond this no longer adds to what it does.
pub const MOST_INEQUITY: f64 = 3.0;

/// One month of heart.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>) {
    let World { partners, partnership, rules, .. } = world;
    let rules = &rules.morale;
    let achieved =
        partnership.joint_value.zip(partnership.intended_value, |joint, intended| achievement(joint, intended));
    for partner in partners.iter_mut() {
        (partner.morale, partner.hopes) = Lane::from_fn2(|r| {
            let gap = achieved[r] - partner.hopes[r];
            let inequity = math::min(partner.inequity[r], MOST_INEQUITY);
            let change = rules.response[r] * gap - rules.inequity_effect[r] * inequity + partner.influences.lift[r];
            let morale = morale_next(partner.morale[r], change, rules.initial[r], rules.recovery[r]);
            let hopes = partner.hopes[r] + rules.adaptation[r] * gap;
            if partner.active[r] > 0.0 { (morale, hopes) } else { (partner.morale[r], partner.hopes[r]) }
        });
    }
}

/// Joint value as a share of what was intended.
#[inline(always)]
pub fn achievement(joint: f64, intended: f64) -> f64 {
    math::min(joint / math::max(intended, 1e-9), 2.0)
}

#[inline(always)]
fn morale_next(morale: f64, change: f64, rest: f64, recovery: f64) -> f64 {
    math::unit(morale + change + recovery * (rest - morale))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    #[test]
    fn morale_rests_when_hopes_are_met_and_falls_when_they_are_not() {
        assert_eq!(morale_next(0.6, 0.0, 0.6, 0.05), 0.6);
        assert!(morale_next(0.6, 0.3 * (0.3 - 0.6), 0.6, 0.05) < 0.6);
        // By hand: 0.5 − 0.09 + 0.05·0.1 = 0.415.
        assert!((morale_next(0.5, -0.09, 0.6, 0.05) - 0.415).abs() < 1e-15);
    }

    #[test]
    fn morale_never_leaves_the_unit_interval() {
        assert_eq!(morale_next(0.1, -5.0, 0.6, 0.05), 0.0);
        assert_eq!(morale_next(0.9, 5.0, 0.6, 0.05), 1.0);
    }

    #[test]
    fn achievement_is_capped_and_survives_an_intention_of_nothing() {
        assert_eq!(achievement(3.0, 1.0), 2.0);
        assert_eq!(achievement(0.0, 0.0), 0.0);
    }

    #[test]
    fn a_month_worked_by_hand_and_who_left_has_no_part_in_it() {
        let mut world = World::<1>::new(&small_world(3, &[("morale.initial", 0.6)]), Draws::new(1, 0));
        (world.partnership.joint_value, world.partnership.intended_value) = (Lane([4.0]), Lane([10.0]));
        world.partners[2].active = Lane::ZERO;
        world.partners[0].inequity = Lane([50.0]);
        step(&mut world);
        // Hopes 0.6, achieved 0.4: morale falls by 0.3·0.2, the first partner's by 0.02·3 more; hopes fall by 0.3·0.2.
        let morale = [0, 1, 2].map(|i| world.partners[i].morale[0]);
        assert!((morale[0] - 0.48).abs() < 1e-12 && (morale[1] - 0.54).abs() < 1e-12 && morale[2] == 0.6);
        assert!((world.partners[1].hopes[0] - 0.54).abs() < 1e-12 && world.partners[2].hopes[0] == 0.6);
    }
}
