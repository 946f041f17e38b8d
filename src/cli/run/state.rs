//! All that a run has gathered so far, which is all that a checkpoint must hold beside the rows.

use crate::analyse::distributions::Distributions;
use crate::analyse::moments::Moments;
use crate::analyse::totals::Totals;
use crate::experiment::Fault;
use serde::{Deserialize, Serialize};

/// What is known after the first so many replications.
#[derive(Debug, Serialize, Deserialize)]
pub struct State {
    /// Replications tried, those that could not be computed among them.
    pub tried: u64,
    /// Those that could not be computed.
    pub faults: Vec<Fault>,
    /// Everything that is summed.
    pub totals: Totals,
    /// Of each quantity whose precision is asked for the moments of what the replications add to it.
    pub terms: Vec<Moments>,
    /// Everything that is counted or kept.
    pub distributions: Distributions,
}

impl State {
    /// Nothing yet, of a run that asks for the precision of so many quantities.
    pub fn new(n_goals: usize, distributions: Distributions) -> State {
        let terms = vec![Moments::default(); n_goals];
        State { tried: 0, faults: Vec::new(), totals: Totals::default(), terms, distributions }
    }

    /// Takes up the sums of the replications that follow.
    pub fn take_up(&mut self, totals: &Totals, terms: &[Moments]) {
        self.totals.merge(totals);
        self.terms.iter_mut().zip(terms).for_each(|(mine, more)| mine.merge(more));
    }
}
