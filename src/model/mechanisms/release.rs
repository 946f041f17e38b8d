//! Release: when a partner's money for joint work is set free, and what of joint work government pays.
//!
//! # Does
//! Keeps back what a partner would give in the months in which its budget for joint work is not yet released, since budget
//! years begin in different months; refunds a share of the cost of the days given to joint work, which buys days back,
//! and makes partners more willing to give.
//!
//! # Why
//! Money that comes late breaks promises that were meant; money from government brings partners to the table.
//!
//! # Equation
//! With a gap of `g` months, a share `min(max(g − p, 0), 1)` of what a partner would give is lost in month `p` of its budget
//! year, which begins in a month drawn for each partner. Subsidy `s` of the cost of a day given: `s/(1 + markup)` days are
//! bought back for each, and the urge to give rises by `w·s`.
//!
//! # Reads
//! Nothing but its parameters.
//!
//! # Writes
//! `lost`, `subsidy`, `urge` of partners.
//!
//! # References
//! Rewards raise cooperation, d = .51 (Balliet 2010, M5), in all studies of incentives .70; interrupted money: concept B5.

use crate::model::drawn::Drawn;
use crate::model::draws::{Draws, Purpose};
use crate::model::influence::both;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&BUDGET_GAP, &SUBSIDY, &SUBSIDY_EFFECT];

pub(crate) const BUDGET_GAP: Parameter = Parameter {
    key: "funding.budget_gap",
    meaning: "Months of each partner’s own budget year in which its money for joint work is not yet released; the years begin in different months.",
    unit: "months a year",
    domain: Domain::Number { low: 0.0, high: 12.0, default: Uncertainty::Fixed(0.0) },
    source: "concept B5 (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const SUBSIDY: Parameter = Parameter {
    key: "funding.subsidy",
    meaning: "Share of the cost of the days given to joint work that government refunds; the money buys days back.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept B15",
    grade: Grade::Assumption,
};

pub(crate) const SUBSIDY_EFFECT: Parameter = Parameter {
    key: "funding.subsidy_effect",
    meaning: "What a refund of the whole cost adds to what a partner means to give.",
    unit: "share of the pooled share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.12) },
    source: "M5 Balliet 2010 (d = .51 to .70; 0.2 of the pooled share for a d of 1)",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Release<const L: usize> {
    gap: Lane<L>,
    /// First month of each partner's budget year, 0 to 11.
    year_begins: Vec<Lane<L>>,
    subsidy: Lane<L>,
    urge: Lane<L>,
}

impl<const L: usize> Release<L> {
    /// The values in force; `None` where money is released at once and nothing is refunded.
    pub fn new(drawn: &Drawn<L>, draws: &Draws<L>) -> Option<Self> {
        let (gap, subsidy) = (drawn.number(&BUDGET_GAP, 0), drawn.number(&SUBSIDY, 0));
        let begins = |i| draws.uniform(Purpose::BudgetYear, 0, i, 0).map(|luck| (luck * 12.0) as usize as f64);
        (gap.any() || subsidy.any()).then(|| Release {
            gap,
            year_begins: (0..drawn.inputs().partners.len()).map(begins).collect(),
            subsidy,
            urge: subsidy * drawn.number(&SUBSIDY_EFFECT, 0),
        })
    }
}

/// One month of released and refunded money.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    let World { partners, rules, .. } = world;
    let Some(rules) = &rules.release else { return };
    for (partner, begins) in partners.iter_mut().zip(&rules.year_begins) {
        let held_back = Lane::from_fn(|r| withheld(rules.gap[r], (month % 12) as f64, begins[r]));
        let influences = &mut partner.influences;
        influences.lost = both(influences.lost, held_back);
        influences.subsidy = rules.subsidy;
        influences.urge += rules.urge;
    }
}

/// Share of the money that is not released in a month of the calendar (0 to 11) when the budget year begins in another.
#[inline(always)]
fn withheld(gap: f64, month: f64, begins: f64) -> f64 {
    let into_year = if month >= begins { month - begins } else { month - begins + 12.0 };
    math::unit(gap - into_year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::mechanisms::{self, small_world};

    #[test]
    fn without_gap_and_subsidy_there_is_nothing_to_do() {
        assert!(World::<1>::new(&small_world(2, &[]), Draws::new(1, 0)).rules.release.is_none());
    }

    #[test]
    fn a_gap_keeps_money_back_for_its_months_of_the_year_worked_by_hand() {
        let year: Vec<f64> = (0..12).map(|month| withheld(2.5, f64::from(month), 10.0)).collect();
        assert_eq!(year, [0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0]);
        let lost: f64 = (0..12).map(|month| withheld(12.0, f64::from(month), 3.0)).sum();
        assert_eq!(lost, 12.0);
    }

    #[test]
    fn budget_years_begin_in_any_month_alike_and_differ_between_partners() {
        let mut seen = [0.0_f64; 12];
        for replication in 0..200 {
            let world =
                World::<16>::new(&small_world(2, &[("funding.budget_gap", 1.0)]), Draws::new(1, replication * 16));
            let begins = &world.rules.release.as_ref().unwrap().year_begins;
            assert_ne!(begins[0], begins[1]);
            begins[0].0.iter().for_each(|&month| seen[month as usize] += 1.0);
        }
        // 3,200 draws, one in twelve each; four standard errors.
        let error = 4.0 * (3200.0 / 12.0 * 11.0 / 12.0_f64).sqrt();
        assert!(seen.iter().all(|&count| (count - 3200.0 / 12.0).abs() < error), "{seen:?}");
    }

    #[test]
    fn what_is_not_released_is_not_given_and_a_subsidy_buys_days_back() {
        let lived = |values: &[(&'static str, f64)]| {
            let still = [("contributions.diversion_rate", 0.0), ("funding.uptime", 1.0)];
            let mut world = World::<1>::new(&small_world(2, &[&still, values].concat()), Draws::new(1, 0));
            mechanisms::month(&mut world, 0);
            world
        };
        let [base, gap, subsidised] =
            [lived(&[]), lived(&[("funding.budget_gap", 12.0)]), lived(&[("funding.subsidy", 0.5)])];
        assert!(base.partners[0].contributed[0] > 0.0);
        assert_eq!((gap.partners[0].contributed[0], gap.partners[0].kept[0]), (0.0, 0.0));
        let partner = &subsidised.partners[0];
        assert!(partner.contributed[0] > base.partners[0].contributed[0]);
        // By hand: half of the cost refunded, a bought day a quarter dearer, 0.5/1.25 days for each given.
        assert!((partner.backfilled[0] - 0.4 * partner.contributed[0]).abs() < 1e-12);
        let cost: f64 = subsidised.partners.iter().map(|p| 0.5 * p.contributed[0] * p.day_cost[0]).sum();
        assert!((subsidised.partnership.total.subsidy[0] - cost).abs() < 1e-12);
    }
}
