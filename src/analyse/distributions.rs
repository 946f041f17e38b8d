//! The distributions of a whole run. Blocks may be taken up in any order and from any thread.

use super::distribution::{Distribution, Precision};
use crate::model::outcomes::{MONTHLY, OUTCOMES};
use crate::simulate::Block;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Up to so many replications the quantiles of the outcomes are exact.
pub const EXACT_REPLICATIONS: u64 = 65_536;
/// Up to so many monthly values (16 MiB) the quantiles of the monthly series are exact.
const EXACT_MONTHLY_VALUES: u64 = 1 << 21;

/// What is kept of every outcome and of every month's measures.
///
/// Each month has its own lock, so that threads seldom wait for one another.
#[derive(Debug)]
pub struct Distributions {
    outcomes: Mutex<Vec<Distribution>>,
    months: Vec<Mutex<Vec<Distribution>>>,
}

impl Distributions {
    /// Nothing yet, for a run of `replications` over `horizon_months`.
    pub fn new(replications: u64, horizon_months: usize) -> Distributions {
        let monthly_values = replications.saturating_mul((horizon_months * MONTHLY.len()) as u64);
        let empty = |n, keep| Mutex::new(vec![Distribution::new(keep); n]);
        Distributions {
            outcomes: empty(OUTCOMES.len(), replications <= EXACT_REPLICATIONS),
            months: (0..horizon_months).map(|_| empty(MONTHLY.len(), monthly_values <= EXACT_MONTHLY_VALUES)).collect(),
        }
    }

    /// Takes up a block.
    pub fn add(&self, block: &Block) {
        add_each(&mut open(&self.outcomes), &block.outcomes);
        for (month, columns) in self.months.iter().zip(&block.monthly) {
            add_each(&mut open(month), columns);
        }
    }

    /// The quantiles of each outcome.
    pub fn outcome_quantiles(&self) -> Vec<[f64; 5]> {
        open(&self.outcomes).iter().map(Distribution::quantiles).collect()
    }

    /// The quantiles of each outcome, with how well they and the standard deviation are known.
    pub fn outcome_precision(&self, confidence: f64) -> Vec<([f64; 5], Precision)> {
        let of_one = |distribution: &Distribution| {
            let sorted = distribution.sorted();
            (sorted.quantiles(), sorted.precision(confidence))
        };
        open(&self.outcomes).iter().map(of_one).collect()
    }

    /// The quantiles of each measure of a month, counted from 0.
    pub fn month_quantiles(&self, month: usize) -> Vec<[f64; 5]> {
        open(&self.months[month]).iter().map(Distribution::quantiles).collect()
    }
}

fn add_each(distributions: &mut [Distribution], columns: &[Vec<f64>]) {
    for (distribution, column) in distributions.iter_mut().zip(columns) {
        distribution.add(column);
    }
}

/// A thread that panicked ends the run, so what it may have left half done is never read.
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
}
