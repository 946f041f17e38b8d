//! All that a comparison has gathered so far, which is all that a checkpoint must hold.

use crate::analyse::comparison::{Kept, Sums};
use crate::analyse::shapley::Parts;
use crate::output::comparison::Failed;
use serde::{Deserialize, Serialize};

/// What is known after the first so many replications of all set-ups, and of the combinations of their changes.
#[derive(Debug, Serialize, Deserialize)]
pub struct State {
    /// Replications of each set-up tried, those that could not be computed among them.
    pub tried: u64,
    /// Those that could not be computed, of the set-ups and of combinations of their changes.
    pub failed: Vec<Failed>,
    /// Everything that is summed.
    pub sums: Sums,
    /// Everything that is kept for ranks.
    pub kept: Kept,
    /// Of each further set-up the reasons for its difference.
    pub reasons: Vec<Gathered>,
}

/// The parts of one set-up's changes so far.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Gathered {
    /// Replications of each combination tried.
    pub tried: u64,
    /// Those that could not be computed.
    pub failed: u64,
    /// Whether these were too many for the others to tell anything.
    pub is_given_up: bool,
    /// The parts.
    pub parts: Parts,
}

impl State {
    /// Nothing yet, of so many set-ups and replications.
    pub fn new(setups: usize, replications: u64) -> State {
        State {
            tried: 0,
            failed: Vec::new(),
            sums: Sums::default(),
            kept: Kept::new(setups, replications),
            reasons: vec![Gathered::default(); setups.saturating_sub(1)],
        }
    }

    /// How many replications of the set-ups could not be computed.
    pub fn n_failed(&self) -> u64 {
        self.tried - self.sums.n()
    }
}
