//! Tension: differences that nobody speaks of.
//!
//! # Does
//! Lets differences of motives and of expectations build up in each member while they stay unspoken, wear down its goodwill, and
//! be spoken of, which clears the air at some cost in heart.
//!
//! # Why
//! Tensions that are not acknowledged do not go away. Naming them is unpleasant at once and a relief later.
//!
//! # Equation
//! Difference `x = ½(1 − fit) + ½·|hopes − mean hopes of the members|`, at most 1. `T ← (1 − s)·(φT + (1 − φ)x)` with memory `φ` and
//! surfacing `s`, so that `T` lies between 0 and 1. A month costs `e·T` goodwill; speaking of `y` costs `c·y` morale.
//!
//! # Reads
//! `fit`, `hopes`, `active` of each partner; members.
//!
//! # Writes
//! `tension`, warmth and lift of each partner; the partnership's total of tension.
//!
//! # References
//! Concepts D14, E6, A15; de Wit on conflict in groups (that it harms, task conflict spoken of less); form and values ours.

use crate::model::drawn::Drawn;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&EFFECT, &MEMORY, &SURFACING, &SURFACING_COST];

pub(crate) const EFFECT: Parameter = Parameter {
    key: "dialogue.tension_effect",
    meaning: "Goodwill lost a month at the highest tension; at 0 tensions are not followed at all.",
    unit: "goodwill a month",
    domain: Domain::Number { low: 0.0, high: 10.0, default: Uncertainty::Fixed(0.0) },
    source: "concept E6 (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const MEMORY: Parameter = Parameter {
    key: "dialogue.tension_memory",
    meaning: "Share of an unspoken tension that is still there a month later; differences of the month make up the rest.",
    unit: "share a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.9) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const SURFACING: Parameter = Parameter {
    key: "dialogue.surfacing",
    meaning: "Share of the tensions that is spoken of, and so cleared, each month.",
    unit: "share a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept E6 (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const SURFACING_COST: Parameter = Parameter {
    key: "dialogue.surfacing_cost",
    meaning: "Morale that speaking of the highest tension costs at once.",
    unit: "morale",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.1) },
    source: "concept E6 (value ours)",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Tension<const L: usize> {
    effect: Lane<L>,
    memory: Lane<L>,
    surfacing: Lane<L>,
    cost: Lane<L>,
}

impl<const L: usize> Tension<L> {
    /// The values in force; `None` where tensions do no harm.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        let effect = drawn.used(&EFFECT, 0)?;
        Some(Tension {
            effect,
            memory: drawn.number(&MEMORY, 0),
            surfacing: drawn.number(&SURFACING, 0),
            cost: drawn.number(&SURFACING_COST, 0),
        })
    }
}

/// One month of tension.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>) {
    let World { partners, partnership, rules, .. } = world;
    let Some(rules) = &rules.tension else { return };
    let members = partnership.members.map(|members| 1.0 / math::max(members, 1.0));
    let hopes = partners.iter().fold(Lane::ZERO, |sum, partner| sum + partner.active * partner.hopes) * members;
    let mut all = Lane::ZERO;
    for partner in partners.iter_mut() {
        let (tension, spoken) = Lane::from_fn2(|r| {
            let apart = difference(partner.fit[r], partner.hopes[r] - hopes[r]);
            grown(partner.tension[r], apart, rules.memory[r], rules.surfacing[r])
        });
        partner.tension = tension;
        partner.influences.warmth -= rules.effect * tension;
        partner.influences.lift -= rules.cost * spoken;
        all += partner.active * tension;
    }
    partnership.total.tension += all * members;
}

/// How far a member is from the others in what it wants and in what it expects.
#[inline(always)]
fn difference(fit: f64, hopes_apart: f64) -> f64 {
    math::unit(0.5 * (1.0 - fit) + 0.5 * math::abs(hopes_apart))
}

/// Tension left after a month, and how much was spoken of.
#[inline(always)]
fn grown(tension: f64, difference: f64, memory: f64, surfacing: f64) -> (f64, f64) {
    let built_up = memory * tension + (1.0 - memory) * difference;
    (built_up * (1.0 - surfacing), built_up * surfacing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    #[test]
    fn tension_builds_up_to_the_difference_and_stays_within_bounds() {
        let mut tension = 0.0;
        for _ in 0..400 {
            tension = grown(tension, difference(0.4, 0.2), 0.9, 0.0).0;
        }
        assert!((tension - 0.4).abs() < 1e-9);
        assert_eq!(difference(0.0, -9.0), 1.0);
        assert_eq!(difference(1.0, 0.0), 0.0);
    }

    #[test]
    fn speaking_of_it_clears_its_share() {
        // By hand: 0.9·0.5 + 0.1·0.3 = 0.48, a quarter of which is spoken of.
        let (left, spoken) = grown(0.5, 0.3, 0.9, 0.25);
        assert!((left - 0.36).abs() < 1e-12 && (spoken - 0.12).abs() < 1e-12);
    }

    #[test]
    fn a_month_worked_by_hand() {
        let inputs = small_world(2, &[("dialogue.tension_effect", 0.5), ("dialogue.surfacing", 0.5)]);
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        world.partners[0].fit = Lane([0.2]);
        world.partners[0].hopes = world.partners[1].hopes + Lane([0.4]);
        step(&mut world);
        // Difference ½·0.8 + ½·0.2 = 0.5, of which a tenth builds up and half of that is spoken of.
        let partner = &world.partners[0];
        assert!((partner.tension[0] - 0.025).abs() < 1e-12);
        assert!((partner.influences.warmth[0] + 0.0125).abs() < 1e-12);
        assert!((partner.influences.lift[0] + 0.0025).abs() < 1e-12);
    }

    #[test]
    fn tensions_that_do_no_harm_are_not_followed() {
        let mut world = World::<1>::new(&small_world(2, &[("dialogue.surfacing", 0.5)]), Draws::new(1, 0));
        world.partners[0].fit = Lane::ZERO;
        step(&mut world);
        assert_eq!((world.partners[0].tension[0], world.partners[0].influences.warmth[0]), (0.0, 0.0));
    }
}
