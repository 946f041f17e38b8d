//! Staff: the people whom partners send leave and are replaced by others who know nobody.
//!
//! # Does
//! Decides for each member whether the person it sends leaves this month; then both sides forget a share of what they have seen
//! of each other. Staff paid worse than those beside them leave more often and resent it.
//!
//! # Why
//! Trust lives between people; a partner whose people change has to earn it again.
//!
//! # Equation
//! Chance a month `1 − (1 − t)^(1/12)` with `t = min(1, turnover·(1 + q·gap))` a year; experience in each tie of such a
//! partner `← (1 − w)·experience`, so that trust goes back towards where it began. Morale falls each month by
//! `i·envy·gap`, with `i` the effect of inequity on morale.
//!
//! # Reads
//! `active`, envy of partners; the effect of inequity on morale.
//!
//! # Writes
//! Experience in ties; `lift` and the count of people lost of each partner.
//!
//! # References
//! Turnover 5 to 10 % a year, its effect on performance disputed (M22); envy: Fehr and Schmidt (M6), concept B8.

use crate::model::drawn::Drawn;
use crate::model::draws::Purpose;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::mechanisms::events::forget;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&TURNOVER, &PAY_GAP, &TURNOVER_LOSS, &PAY_EFFECT];

pub(crate) const TURNOVER: Parameter = Parameter {
    key: "partner.turnover",
    meaning: "Chance that the person a partner sends leaves within a year.",
    unit: "share a year",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "M22 (5 to 10 % a year is usual; off unless a scenario sets it)",
    grade: Grade::Assumption,
};

pub(crate) const PAY_GAP: Parameter = Parameter {
    key: "partner.pay_gap",
    meaning: "How much less a partner pays for the same work than those whom its staff work beside.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept B8",
    grade: Grade::Assumption,
};

pub(crate) const TURNOVER_LOSS: Parameter = Parameter {
    key: "staff.turnover_loss",
    meaning: "Share of the experience between a partner and the others that goes with the person who leaves.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "M22 (form; value ours)",
    grade: Grade::Assumption,
};

pub(crate) const PAY_EFFECT: Parameter = Parameter {
    key: "staff.pay_effect",
    meaning: "How much more often people leave for a gap in pay: 2 means that a tenth less pay makes leaving a fifth likelier.",
    unit: "ratio",
    domain: Domain::Number { low: 0.0, high: 10.0, default: Uncertainty::Fixed(2.0) },
    source: "concept B8 (elasticities of quitting of 1 to 2 are usual)",
    grade: Grade::General,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Staff<const L: usize> {
    /// Chance a month that the person each partner sends leaves.
    leaves: Vec<Lane<L>>,
    pay_gap: Vec<Lane<L>>,
    loss: Lane<L>,
}

impl<const L: usize> Staff<L> {
    /// The values in force; `None` where nobody leaves and all are paid alike.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        let of_each = |parameter| (0..drawn.inputs().partners.len()).map(move |i| drawn.number(parameter, i));
        let pay_gap: Vec<Lane<L>> = of_each(&PAY_GAP).collect();
        let effect = drawn.number(&PAY_EFFECT, 0);
        let leaves: Vec<Lane<L>> = of_each(&TURNOVER)
            .zip(&pay_gap)
            .map(|(turnover, gap)| Lane::from_fn(|r| monthly_chance(turnover[r] * (1.0 + effect[r] * gap[r]))))
            .collect();
        let used = leaves.iter().chain(&pay_gap).any(|lane| lane.any());
        used.then(|| Staff { leaves, pay_gap, loss: drawn.number(&TURNOVER_LOSS, 0) })
    }
}

/// One month of people who leave.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    let Some(rules) = world.rules.staff.take() else { return };
    let resentment = world.rules.morale.inequity_effect;
    for i in 0..world.partners.len() {
        let luck = world.draws.uniform(Purpose::Staff, month, i, 0);
        let (chance, gap) = (rules.leaves[i], rules.pay_gap[i]);
        let partner = &mut world.partners[i];
        let gone = Lane::from_fn(|r| if luck[r] < chance[r] { partner.active[r] } else { 0.0 });
        partner.total.staff_lost += gone;
        partner.influences.lift -= resentment * partner.envy * gap;
        if gone.any() {
            forget(world, i, gone * rules.loss);
        }
    }
    world.rules.staff = Some(rules);
}

/// Chance a month that comes to a chance within a year.
fn monthly_chance(yearly: f64) -> f64 {
    // A certain departure within the year would take the logarithm of zero.
    let stays = math::max(1.0 - yearly, 1e-12);
    if yearly > 0.0 { 1.0 - math::pow(stays, 1.0 / 12.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    #[test]
    fn where_nobody_leaves_and_all_are_paid_alike_there_is_nothing_to_do() {
        let world = World::<1>::new(&small_world(2, &[("partner.turnover", 0.0)]), Draws::new(1, 0));
        assert!(world.rules.staff.is_none());
    }

    #[test]
    fn a_chance_within_a_year_is_twelve_months_worth() {
        let monthly = monthly_chance(0.07);
        let mut stays = 1.0;
        (0..12).for_each(|_| stays *= 1.0 - monthly);
        assert!((1.0 - stays - 0.07).abs() < 1e-9 && monthly_chance(0.0) == 0.0);
        assert!((0.9..=1.0).contains(&monthly_chance(1.0)) && monthly_chance(5.0) <= 1.0);
    }

    #[test]
    fn people_leave_as_often_as_stated_and_more_often_for_worse_pay() {
        let lost = |gap: f64| {
            let inputs = small_world(2, &[("partner.turnover", 0.3), ("partner.pay_gap", gap)]);
            let mut world = World::<16>::new(&inputs, Draws::new(1, 0));
            (0..1200).for_each(|month| step(&mut world, month));
            world.partners.iter().flat_map(|partner| partner.total.staff_lost.0).sum::<f64>()
        };
        // 32 people over 1,200 months; four standard errors.
        let expected = 38_400.0 * monthly_chance(0.3);
        assert!((lost(0.0) - expected).abs() < 4.0 * expected.sqrt());
        assert!(lost(0.4) > 1.3 * lost(0.0));
    }

    #[test]
    fn who_is_replaced_is_half_forgotten_and_a_gap_in_pay_galls_worked_by_hand() {
        let values = [("partner.turnover", 1.0), ("partner.pay_gap", 0.25), ("partner.envy", 2.0)];
        let mut world = World::<1>::new(&small_world(3, &values), Draws::new(1, 0));
        world.rules.staff.as_mut().unwrap().leaves = vec![Lane::ONE, Lane::ZERO, Lane::ZERO];
        world.ties.iter_mut().for_each(|tie| (tie.kept, tie.broken) = ([Lane([4.0]); 2], [Lane([2.0]); 2]));
        step(&mut world, 0);
        let kept: Vec<_> = world.ties.iter().map(|tie| (tie.kept[0][0], tie.broken[1][0])).collect();
        assert_eq!(kept, [(2.0, 1.0), (2.0, 1.0), (4.0, 2.0)]);
        assert!((world.partners[0].influences.lift[0] + 0.02 * 2.0 * 0.25).abs() < 1e-12);
        assert_eq!(world.partners[0].total.staff_lost[0], 1.0);
    }
}
