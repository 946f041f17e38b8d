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
//! and 1 (inequity counts up to 3); `A ← (1 − a)A + aP`. Cynicism `c ← c + g·max(A − P, 0)·(1 − c) − ρ_c·c`. Hopes begin at the aspiration
//! times `1 + spread·z`.
//!
//! # Reads
//! Joint and intended value and members of the partnership; felt inequity and `active` of each partner.
//!
//! # Writes
//! `morale`, `hopes` and `cynicism` of each partner; the partnership's total of cynicism.
//!
//! # References
//! Aspiration adaptation, Cyert and March (M19); inequity M6; cynicism: Wanous, Reichers and Austin 2000.

use crate::model::drawn::Drawn;
use crate::model::draws::{Draws, Purpose};
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[
    &INITIAL,
    &ASPIRATION,
    &ASPIRATION_SPREAD,
    &ADAPTATION,
    &RESPONSE,
    &RECOVERY,
    &INEQUITY_EFFECT,
    &CYNICISM_GROWTH,
    &CYNICISM_RECOVERY,
    &CYNICISM_EFFECT,
];

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

pub(crate) const ASPIRATION_SPREAD: Parameter = Parameter {
    key: "morale.aspiration_spread",
    meaning: "How far the partners’ hopes at the start differ from one another.",
    unit: "standard deviation, share of the mean hope",
    domain: Domain::Number { low: 0.0, high: 2.0, default: Uncertainty::Fixed(0.0) },
    source: "concept D14",
    grade: Grade::Assumption,
};

pub(crate) const CYNICISM_GROWTH: Parameter = Parameter {
    key: "morale.cynicism_growth",
    meaning: "How fast hopes that are not met leave cynicism behind.",
    unit: "share a month for one unit of unmet hope",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.1) },
    source: "concept C5; Wanous, Reichers & Austin 2000 (that failed change leaves it; value ours)",
    grade: Grade::Assumption,
};

pub(crate) const CYNICISM_RECOVERY: Parameter = Parameter {
    key: "morale.cynicism_recovery",
    meaning: "How fast cynicism fades.",
    unit: "share a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.02) },
    source: "concept C5 (value ours: slower than morale recovers)",
    grade: Grade::Assumption,
};

pub(crate) const CYNICISM_EFFECT: Parameter = Parameter {
    key: "morale.cynicism_effect",
    meaning: "What full cynicism takes off a contribution.",
    unit: "share of the pooled share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept C5 (direction); none by default, since morale already bears the same disappointment",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Morale<const L: usize> {
    /// Morale at the start.
    pub initial: Lane<L>,
    /// Share of the intended benefit hoped for at the start.
    aspiration: Lane<L>,
    adaptation: Lane<L>,
    response: Lane<L>,
    recovery: Lane<L>,
    /// Morale lost a month for one unit of felt inequity.
    pub inequity_effect: Lane<L>,
    aspiration_spread: Option<Lane<L>>,
    cynicism_growth: Lane<L>,
    cynicism_recovery: Lane<L>,
    /// What full cynicism takes off a contribution.
    pub cynicism_effect: Lane<L>,
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
            aspiration_spread: drawn.used(&ASPIRATION_SPREAD, 0),
            cynicism_growth: drawn.number(&CYNICISM_GROWTH, 0),
            cynicism_recovery: drawn.number(&CYNICISM_RECOVERY, 0),
            cynicism_effect: drawn.number(&CYNICISM_EFFECT, 0),
        }
    }

    /// What partner `i` hopes for at the start.
    pub fn hopes(&self, draws: &Draws<L>, i: usize) -> Lane<L> {
        let Some(spread) = self.aspiration_spread else { return self.aspiration };
        let luck = draws.normal(Purpose::Hopes, 0, i, 0);
        Lane::from_fn(|r| math::clamp(self.aspiration[r] * (1.0 + spread[r] * luck[r]), 0.0, 2.0))
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
    let mut cynicism = Lane::ZERO;
    for partner in partners.iter_mut() {
        partner.cynicism = Lane::from_fn(|r| {
            let (before, unmet) = (partner.cynicism[r], partner.hopes[r] - achieved[r]);
            let next = cynicism_next(before, unmet, rules.cynicism_growth[r], rules.cynicism_recovery[r]);
            if partner.active[r] > 0.0 { next } else { before }
        });
        cynicism += partner.active * partner.cynicism;
        (partner.morale, partner.hopes) = Lane::from_fn2(|r| {
            let gap = achieved[r] - partner.hopes[r];
            let inequity = math::min(partner.inequity[r], MOST_INEQUITY);
            let change = rules.response[r] * gap - rules.inequity_effect[r] * inequity + partner.influences.lift[r];
            let morale = morale_next(partner.morale[r], change, rules.initial[r], rules.recovery[r]);
            let hopes = partner.hopes[r] + rules.adaptation[r] * gap;
            if partner.active[r] > 0.0 { (morale, hopes) } else { (partner.morale[r], partner.hopes[r]) }
        });
    }
    let members = partnership.members;
    partnership.total.cynicism += cynicism.zip(members, |cynicism, members| cynicism / math::max(members, 1.0));
}

/// Cynicism after a month with so much hope unmet.
#[inline(always)]
fn cynicism_next(cynicism: f64, unmet: f64, growth: f64, recovery: f64) -> f64 {
    math::unit(cynicism + growth * math::max(unmet, 0.0) * (1.0 - cynicism) - recovery * cynicism)
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
    fn cynicism_grows_by_unmet_hope_alone_and_fades() {
        // By hand: 0.2 + 0.1·0.5·0.8 − 0.02·0.2 = 0.236.
        assert!((cynicism_next(0.2, 0.5, 0.1, 0.02) - 0.236).abs() < 1e-15);
        assert!((cynicism_next(0.2, -0.5, 0.1, 0.02) - 0.196).abs() < 1e-15);
        assert_eq!(cynicism_next(0.0, -1.0, 0.1, 0.02), 0.0);
        assert_eq!(cynicism_next(0.9, 2.0, 1.0, 0.0), 1.0);
    }

    #[test]
    fn hopes_differ_by_their_spread_around_the_aspiration() {
        let hopes = |spread| {
            let world = World::<16>::new(&small_world(3, &[("morale.aspiration_spread", spread)]), Draws::new(1, 0));
            world.partners.iter().flat_map(|partner| partner.hopes.0).collect::<Vec<_>>()
        };
        assert!(hopes(0.0).iter().all(|hope| *hope == 0.6));
        let (near, far) = (hopes(0.2), hopes(0.4));
        assert!(near.iter().zip(&far).all(|(near, far)| (far - 0.6 - 2.0 * (near - 0.6)).abs() < 1e-9 || *far == 0.0));
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
