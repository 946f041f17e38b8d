//! The distributions of a whole run. Blocks may be taken up in any order and from any thread.

use super::bars::{Bar, bars, together};
use super::distribution::{Distribution, Precision};
use super::wilson::Interval;
use crate::model::outcomes::{MONTHLY, OUTCOMES};
use crate::simulate::Block;
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Up to so many replications the quantiles of the outcomes are exact.
pub const EXACT_REPLICATIONS: u64 = 65_536;
/// Up to so many monthly values (16 MiB) the quantiles of the monthly series are exact.
const EXACT_MONTHLY_VALUES: u64 = 1 << 21;

/// What is kept of every outcome and of every month's measures.
///
/// Each month has its own lock, so that threads seldom wait for one another.
#[derive(Debug, Serialize, Deserialize)]
pub struct Distributions {
    outcomes: Mutex<Vec<Distribution>>,
    months: Vec<Mutex<Vec<Distribution>>>,
    /// Values of an outcome, and of a measure of one month, that are kept at most.
    limits: [u64; 2],
}

impl Distributions {
    /// Nothing yet, for a run of `replications` over `horizon_months`.
    pub fn new(replications: u64, horizon_months: usize) -> Distributions {
        let limits = limits(horizon_months);
        Distributions::begun(limits.map(|limit| replications <= limit), limits, horizon_months)
    }

    /// Nothing yet, for a run that ends when it knows enough: however many replications it takes, the quantiles are those of a
    /// run planned with as many.
    pub fn open_ended(horizon_months: usize) -> Distributions {
        Distributions::begun([true; 2], limits(horizon_months), horizon_months)
    }

    fn begun(keep: [bool; 2], limits: [u64; 2], horizon_months: usize) -> Distributions {
        let empty = |n, keep| Mutex::new(vec![Distribution::new(keep); n]);
        Distributions {
            outcomes: empty(OUTCOMES.len(), keep[0]),
            months: (0..horizon_months).map(|_| empty(MONTHLY.len(), keep[1])).collect(),
            limits,
        }
    }

    /// Takes up a block.
    pub fn add(&self, block: &Block) {
        add_each(&mut open(&self.outcomes), &block.outcomes, self.limits[0]);
        for (month, columns) in self.months.iter().zip(&block.monthly) {
            add_each(&mut open(month), columns, self.limits[1]);
        }
    }

    /// Takes everything out of `other`, which is of the same run.
    pub fn take_up(&self, other: &Distributions) {
        take_up_each(&self.outcomes, &other.outcomes, self.limits[0]);
        for (mine, more) in self.months.iter().zip(&other.months) {
            take_up_each(mine, more, self.limits[1]);
        }
    }

    /// The quantile of an outcome at a share `p`.
    pub fn outcome_quantile(&self, outcome: usize, p: f64) -> f64 {
        open(&self.outcomes)[outcome].quantile(p)
    }

    /// The quantile of an outcome at a share `p`, and its interval at a confidence such as 0.95.
    pub fn outcome_quantile_known(&self, outcome: usize, p: f64, confidence: f64) -> (f64, Interval) {
        let outcomes = open(&self.outcomes);
        let sorted = outcomes[outcome].sorted();
        (sorted.quantile(p), sorted.quantile_interval(p, confidence))
    }

    /// Replications in which each outcome is below zero.
    pub fn below_zero(&self) -> Vec<u64> {
        open(&self.outcomes).iter().map(|outcome| outcome.sorted().below(0.0)).collect()
    }

    /// The quantiles of each outcome.
    pub fn outcome_quantiles(&self) -> Vec<[f64; 5]> {
        open(&self.outcomes).iter().map(Distribution::quantiles).collect()
    }

    /// The quantiles of each outcome, with how well they and the standard deviation are known, and its histogram.
    pub fn outcome_shapes(&self, confidence: f64) -> Vec<([f64; 5], Precision, Vec<Bar>)> {
        let of_one = |distribution: &Distribution| {
            let sorted = distribution.sorted();
            (sorted.quantiles(), sorted.precision(confidence), bars(&sorted))
        };
        open(&self.outcomes).iter().map(of_one).collect()
    }

    /// The bars of each outcome here and in `other`, with the same edges.
    pub fn outcome_bars_beside(&self, other: &Distributions) -> Vec<[Vec<Bar>; 2]> {
        let (mine, others) = (open(&self.outcomes), open(&other.outcomes));
        let of_one = |(mine, others): (&Distribution, &Distribution)| {
            let mut both = together(&[&mine.sorted(), &others.sorted()]).into_iter();
            [both.next().unwrap_or_default(), both.next().unwrap_or_default()]
        };
        mine.iter().zip(others.iter()).map(of_one).collect()
    }

    /// The quantiles of each measure of a month, counted from 0.
    pub fn month_quantiles(&self, month: usize) -> Vec<[f64; 5]> {
        open(&self.months[month]).iter().map(Distribution::quantiles).collect()
    }
}

/// Up to so many replications the quantiles of the outcomes and of the monthly series are exact.
fn limits(horizon_months: usize) -> [u64; 2] {
    let columns = (horizon_months * MONTHLY.len()).max(1) as u64;
    [EXACT_REPLICATIONS, EXACT_MONTHLY_VALUES / columns]
}

fn add_each(distributions: &mut [Distribution], columns: &[Vec<f64>], limit: u64) {
    for (distribution, column) in distributions.iter_mut().zip(columns) {
        distribution.add(column);
        distribution.limit(limit);
    }
}

fn take_up_each(mine: &Mutex<Vec<Distribution>>, more: &Mutex<Vec<Distribution>>, limit: u64) {
    for (mine, more) in open(mine).iter_mut().zip(open(more).iter_mut()) {
        mine.merge(more.emptied());
        mine.limit(limit);
    }
}

/// A thread that panics within is one whose block could be simulated and not counted, which only too large a run can bring about.
fn open(distributions: &Mutex<Vec<Distribution>>) -> MutexGuard<'_, Vec<Distribution>> {
    distributions.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fake;

    #[test]
    fn blocks_in_any_order_give_the_same_quantiles() {
        for replications in [96, 10_000_000] {
            let (forwards, backwards) =
                (Distributions::new(replications, fake::MONTHS), Distributions::new(replications, fake::MONTHS));
            for first in [0, 32, 64] {
                forwards.add(&fake::block(first, 32));
                backwards.add(&fake::block(64 - first, 32));
            }
            assert_eq!(forwards.outcome_quantiles(), backwards.outcome_quantiles());
            assert_eq!(forwards.month_quantiles(1), backwards.month_quantiles(1));
        }
    }

    #[test]
    fn quantiles_are_exact_up_to_the_stated_number_of_replications() {
        let kept = Distributions::new(EXACT_REPLICATIONS, 12);
        assert!(matches!(open(&kept.outcomes)[0], Distribution::Kept(_)));
        let counted = Distributions::new(EXACT_REPLICATIONS + 1, 12);
        assert!(matches!(open(&counted.outcomes)[0], Distribution::Counted(_)));
    }

    #[test]
    fn a_run_that_ends_when_it_knows_enough_has_the_quantiles_of_one_planned_with_as_many() {
        for replications in [96, EXACT_REPLICATIONS + 1] {
            let (planned, open_ended) =
                (Distributions::new(replications, fake::MONTHS), Distributions::open_ended(fake::MONTHS));
            for first in (0..replications).step_by(1 << 15) {
                let block = fake::block(first, (replications - first).min(1 << 15) as usize);
                planned.add(&block);
                let part = Distributions::open_ended(fake::MONTHS);
                part.add(&block);
                open_ended.take_up(&part);
            }
            assert_eq!(planned.outcome_quantiles(), open_ended.outcome_quantiles());
            assert_eq!(planned.month_quantiles(2), open_ended.month_quantiles(2));
            assert_eq!(open_ended.outcome_quantile(3, 0.05), planned.outcome_quantiles()[3][0]);
        }
    }
}
