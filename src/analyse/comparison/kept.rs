//! What is kept of set-ups in the same worlds: their values, for what needs ranks.

use super::sums::Columns;
use crate::analyse::distribution::LEVELS;
use crate::analyse::distributions::EXACT_REPLICATIONS;
use crate::analyse::histogram::Histogram;
use crate::analyse::quantile::quantile;
use crate::experiment::quantity::Variable;
use serde::{Deserialize, Serialize};

/// The values themselves, for what needs ranks: of up to [`EXACT_REPLICATIONS`] replications, beyond that the first of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    pub(super) columns: Columns,
    /// Of all replications, where they are more than can be kept.
    histograms: Option<Vec<Vec<Histogram>>>,
}

impl Kept {
    /// Nothing yet, of so many set-ups and replications.
    pub fn new(setups: usize, replications: u64) -> Kept {
        let variables = Variable::all().count();
        let histograms = || vec![vec![Histogram::default(); variables]; setups];
        Kept {
            columns: vec![vec![Vec::new(); variables]; setups],
            histograms: (replications > EXACT_REPLICATIONS).then(histograms),
        }
    }

    /// Takes up the block that follows.
    pub fn add(&mut self, columns: &Columns) {
        for (kept, column) in self.columns.iter_mut().flatten().zip(columns.iter().flatten()) {
            let room = (EXACT_REPLICATIONS as usize).saturating_sub(kept.len());
            kept.extend_from_slice(&column[..room.min(column.len())]);
        }
        if let Some(histograms) = &mut self.histograms {
            let counted = histograms.iter_mut().flatten().zip(columns.iter().flatten());
            counted.for_each(|(histogram, column)| histogram.add(column));
        }
    }

    /// What is kept of a variable of a set-up, replication by replication from the first.
    pub fn values(&self, setup: usize, variable: Variable) -> &[f64] {
        let at = Variable::all().position(|other| other == variable);
        at.map_or(&[], |at| &self.columns[setup][at])
    }

    /// The quantiles at [`LEVELS`].
    pub(super) fn quantiles(&self, setup: usize, at: usize) -> [f64; 5] {
        match &self.histograms {
            Some(histograms) => LEVELS.map(|p| histograms[setup][at].quantile(p)),
            None => {
                let mut ascending = self.columns[setup][at].clone();
                ascending.sort_unstable_by(f64::total_cmp);
                LEVELS.map(|p| quantile(&ascending, p))
            }
        }
    }
}
