//! What a search for levers is worth: found values beside those in fresh replications, and whether the search had settled.
//!
//! Of many candidates judged in the same few replications the best owes part of its place to luck in them: the winner's curse. It shows when
//! those on the front are judged again in replications that the search never saw. Luck that all share is taken off by looking at the gain over
//! the base case in the same replications.

use super::findings::Estimate;
use super::mc_error;
use super::moments::Moments;
use super::quantile::quantile;
use crate::experiment::quantity::{Condition, Quantity};
use crate::experiment::search::file::{Asked, Measured};
use crate::experiment::search::front::{beats, front};
use crate::experiment::search::hypervolume::hypervolume;
use crate::model::outcomes::Better;
use crate::simulate::Block;

/// A quantity of one candidate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measurement {
    /// Its value.
    pub value: Estimate,
    /// How much more it is than in the base case, in the same replications.
    pub gain: Estimate,
}

/// A candidate of the front, or the base case.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Value of each lever as a scenario would have it; none for the base case.
    pub values: Vec<String>,
    /// What the levers cost.
    pub cost: f64,
    /// Each quantity in the replications of the search.
    pub found: Vec<Measurement>,
    /// Each quantity in fresh ones; none when the search was interrupted.
    pub fresh: Option<Vec<Measurement>>,
    /// Whether every constraint holds in the fresh replications too.
    pub is_allowed_afresh: Option<bool>,
    /// Whether no other candidate of the front beats it in the fresh replications too.
    pub is_unbeaten_afresh: Option<bool>,
}

/// What lived at the end of a generation.
#[derive(Debug, Clone, PartialEq)]
pub struct Generation {
    /// Different candidates tried so far.
    pub tried: usize,
    /// Of the living, those that break nothing.
    pub allowed: usize,
    /// How good those are that no other beats, more being better.
    pub front: Vec<Vec<f64>>,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Optimised {
    /// The scenario with none of the levers touched.
    pub base: Row,
    /// The candidates that no other beats, the best by the first objective first.
    pub front: Vec<Row>,
    /// Each generation.
    pub generations: Vec<Generation>,
    /// How much of the range of all fronts together each generation's covers, 0 to 1.
    pub covered: Vec<f64>,
    /// Different candidates that were beyond the budget, and so not simulated.
    pub n_over_budget: usize,
    /// Different candidates that the scenario does not allow, and what it said of the first.
    pub refused: (usize, Option<String>),
}

/// The numbers that a quantity is made from: one for each replication of a block.
pub fn observed(quantity: &Quantity, block: &Block) -> Vec<f64> {
    quantity.terms(block).map_or_else(|| quantity.variable().values(block).into_owned(), |terms| terms.into_owned())
}

/// A quantity and its Monte Carlo standard error from the numbers it is made from. That of a quantile is
/// [`mc_error::quantile_by_rank`].
///
/// ```
/// use partnersim::analyse::optimised::estimate;
/// use partnersim::experiment::quantity::Quantity;
/// let values: Vec<f64> = (0..=400).map(f64::from).collect();
/// let median = estimate(&Quantity::parse("median(trust)").unwrap(), &values);
/// assert_eq!(median.value, 200.0);
/// assert!((median.mc_standard_error - 10.0).abs() < 0.1); // √(¼ · 401)
/// ```
pub fn estimate(quantity: &Quantity, values: &[f64]) -> Estimate {
    let Quantity::Quantile(_, p) = quantity else { return Estimate::new(&Moments::of(values)) };
    let mut ascending = values.to_vec();
    ascending.sort_by(f64::total_cmp);
    let at = |share: f64| quantile(&ascending, share);
    Estimate { value: at(*p), mc_standard_error: mc_error::quantile_by_rank(*p, values.len() as u64, at) }
}

/// A quantity of a candidate, and its gain over the base case from numbers of the same replications in the same order.
pub fn measure(quantity: &Quantity, values: &[f64], base: &[f64]) -> Measurement {
    let value = estimate(quantity, values);
    let gain = if let Quantity::Quantile(..) = quantity {
        // Shared replications make the true error smaller: this is on the safe side.
        let of_base = estimate(quantity, base);
        let square =
            value.mc_standard_error * value.mc_standard_error + of_base.mc_standard_error * of_base.mc_standard_error;
        Estimate { value: value.value - of_base.value, mc_standard_error: square.sqrt() }
    } else {
        let differences: Vec<f64> = values.iter().zip(base).map(|(value, base)| value - base).collect();
        Estimate::new(&Moments::of(&differences))
    };
    Measurement { value, gain }
}

/// How good a candidate is in each respect, more being better.
pub fn goods(asked: &Asked, measured: &[f64], cost: f64) -> Vec<f64> {
    let quantities = asked.quantities();
    let of = |wanted: &Quantity| {
        let at = quantities.iter().position(|quantity| quantity == wanted);
        at.map_or(f64::NAN, |at| measured[at])
    };
    let good = |measured: &Measured, better: Better| {
        let value = match measured {
            Measured::Cost => cost,
            Measured::Quantity(quantity) => of(quantity),
        };
        match better {
            Better::Higher => value,
            Better::Lower => 0.0 - value,
        }
    };
    asked.objectives.iter().map(|objective| good(&objective.measured, objective.better)).collect()
}

/// How far a candidate breaks what must hold, the budget aside: each constraint by the share of its bound that is lacking.
pub fn violation(asked: &Asked, measured: &[f64]) -> f64 {
    let quantities = asked.quantities();
    let of_one = |constraint: &Condition| {
        let at = quantities.iter().position(|quantity| *quantity == constraint.quantity);
        let value = at.map_or(f64::NAN, |at| measured[at]);
        if constraint.comparison.holds(value, constraint.bound) {
            return 0.0;
        }
        let size = if constraint.bound == 0.0 { 1.0 } else { constraint.bound.abs() };
        let lacking = (value - constraint.bound).abs() / size;
        // On the wrong side of a bound that must not be reached is broken, too; so is what is not defined.
        if lacking.is_nan() { f64::INFINITY } else { lacking.max(1e-9) }
    };
    asked.constraints.iter().map(of_one).sum()
}

/// What the fresh replications say of the front: fills in whether each candidate is still allowed and unbeaten.
pub fn judge_afresh(asked: &Asked, rows: &mut [Row]) {
    let values = |row: &Row| -> Option<Vec<f64>> {
        Some(row.fresh.as_ref()?.iter().map(|measurement| measurement.value.value).collect())
    };
    let Some(measured) = rows.iter().map(values).collect::<Option<Vec<Vec<f64>>>>() else { return };
    let allowed: Vec<bool> = measured.iter().map(|values| violation(asked, values) == 0.0).collect();
    let points: Vec<Vec<f64>> =
        rows.iter().zip(&measured).map(|(row, values)| goods(asked, values, row.cost)).collect();
    let rivals: Vec<&Vec<f64>> =
        points.iter().zip(&allowed).filter(|(_, allowed)| **allowed).map(|(point, _)| point).collect();
    for (at, row) in rows.iter_mut().enumerate() {
        row.is_allowed_afresh = Some(allowed[at]);
        row.is_unbeaten_afresh = Some(allowed[at] && !rivals.iter().any(|rival| beats(rival, &points[at])));
    }
}

/// One estimate less another, from different replications.
pub fn difference(less: &Estimate, of: &Estimate) -> Estimate {
    let (a, b) = (less.mc_standard_error, of.mc_standard_error);
    Estimate { value: of.value - less.value, mc_standard_error: (a * a + b * b).sqrt() }
}

/// How many generations the last third is, and by what share of all that is covered it widened the front; `None` where there are too
/// few to say, or nothing is covered.
///
/// ```
/// use partnersim::analyse::optimised::recent_rise;
/// assert_eq!(recent_rise(&[0.25, 0.75, 1.0]), Some((1, 0.25)));
/// assert_eq!(recent_rise(&[0.5, 0.5]), None);
/// ```
pub fn recent_rise(covered: &[f64]) -> Option<(usize, f64)> {
    let recent = covered.len() / 3;
    let last = covered.last().copied().filter(|last| recent > 0 && *last > 0.0)?;
    Some((recent, (last - covered[covered.len() - 1 - recent]) / last))
}

/// How much of the box between the worst and the best of all fronts each generation's front covers, 0 to 1.
pub fn covered(generations: &[Generation]) -> Vec<f64> {
    let all: Vec<Vec<f64>> = generations.iter().flat_map(|generation| generation.front.iter().cloned()).collect();
    let n_respects = all.first().map_or(0, Vec::len);
    let end = |respect: usize, better: fn(f64, f64) -> f64| all.iter().map(|point| point[respect]).reduce(better);
    let ends: Vec<(f64, f64)> =
        (0..n_respects).filter_map(|respect| Some((end(respect, f64::min)?, end(respect, f64::max)?))).collect();
    // A respect in which all are equal tells nothing.
    let told: Vec<usize> = (0..n_respects).filter(|&respect| ends[respect].1 > ends[respect].0).collect();
    let within = |point: &Vec<f64>| -> Vec<f64> {
        let place = |&respect: &usize| {
            let (low, high) = ends[respect];
            // A tenth below the worst, so that the ends of a front count.
            (point[respect] - low) / (high - low) + 0.1
        };
        told.iter().map(place).collect()
    };
    let whole = told.iter().fold(1.0, |volume, _| volume * 1.1);
    let of_one = |generation: &Generation| {
        let points: Vec<Vec<f64>> = generation.front.iter().map(within).collect();
        let points: Vec<Vec<f64>> = front(&points).into_iter().map(|at| points[at].clone()).collect();
        match (points.is_empty(), told.is_empty()) {
            (true, _) => 0.0,
            (false, true) => 1.0,
            (false, false) => hypervolume(&points, &vec![0.0; told.len()]) / whole,
        }
    };
    generations.iter().map(of_one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::search::file::read;

    fn asked() -> Asked {
        let text = "scenario = \"x\"\n[[lever]]\npath = \"a\"\nrange = [0, 1]\n[[objective]]\nquantity = \"premium\"\n\
                    [[objective]]\nquantity = \"cost\"\n[[constraint]]\nholds = \"survival >= 0.5\"";
        read(text, "x").unwrap()
    }

    fn row(premium: f64, survival: f64, cost: f64) -> Row {
        let sure = |value| Estimate { value, mc_standard_error: 0.0 };
        let measured = [premium, survival].map(|value| Measurement { value: sure(value), gain: sure(value) });
        Row {
            values: Vec::new(),
            cost,
            found: measured.to_vec(),
            fresh: Some(measured.to_vec()),
            is_allowed_afresh: None,
            is_unbeaten_afresh: None,
        }
    }

    #[test]
    fn a_candidate_is_good_where_it_earns_and_where_it_is_cheap() {
        assert_eq!(goods(&asked(), &[7.0, 0.4], 3.0), [7.0, -3.0]);
        assert!((violation(&asked(), &[7.0, 0.4]) - 0.2).abs() < 1e-12);
        assert_eq!(violation(&asked(), &[7.0, 0.5]), 0.0);
        assert_eq!(violation(&asked(), &[7.0, f64::NAN]), f64::INFINITY);
    }

    #[test]
    fn what_only_luck_put_on_the_front_is_seen_to_be_beaten() {
        let mut rows = [row(5.0, 0.9, 1.0), row(4.0, 0.9, 2.0), row(9.0, 0.1, 3.0)];
        judge_afresh(&asked(), &mut rows);
        assert_eq!(rows.each_ref().map(|row| row.is_unbeaten_afresh), [Some(true), Some(false), Some(false)]);
        assert_eq!(rows[2].is_allowed_afresh, Some(false));
    }

    #[test]
    fn a_gain_is_paired_replication_by_replication() {
        let mean = Quantity::parse("premium").unwrap();
        let measured = measure(&mean, &[11.0, 22.0, 33.0], &[10.0, 20.0, 30.0]);
        assert_eq!((measured.value.value, measured.gain.value), (22.0, 2.0));
        assert!((measured.gain.mc_standard_error - (1.0f64 / 3.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn a_front_that_gets_better_covers_more() {
        let of = |front: &[[f64; 2]]| front.iter().map(|point| point.to_vec()).collect();
        let generation = |front: &[[f64; 2]]| Generation { tried: 0, allowed: 0, front: of(front) };
        let covered =
            covered(&[generation(&[[0.0, 0.0]]), generation(&[[1.0, 0.0], [0.0, 1.0]]), generation(&[[1.0, 1.0]])]);
        // (0.1² , 2 · 1.1 · 0.1 − 0.1² , 1.1²) / 1.1²
        for (found, by_hand) in covered.iter().zip([0.01 / 1.21, 0.21 / 1.21, 1.0]) {
            assert!((found - by_hand).abs() < 1e-12, "{covered:?}");
        }
    }
}
