//! How long the partnerships of each set-up last.

use super::sums::Sums;
use crate::analyse::findings::CONFIDENCE;
use crate::analyse::kaplan_meier::{Curve, Median, RestrictedMean};
use crate::analyse::log_rank::{LogRank, log_rank};

/// How long the partnerships of one set-up last.
#[derive(Debug, Clone, PartialEq)]
pub struct Lasting {
    /// The share together after each month.
    pub curve: Curve,
    /// The month after which half of them are together at most.
    pub median: Median,
    /// The mean of the months up to the last one looked at.
    pub mean: RestrictedMean,
    /// Whether they last differently long than those of the first set-up, as if the two lived in worlds of their own; nothing for
    /// the first set-up itself.
    ///
    /// Common worlds make this test cautious: it does not know that luck struck both alike. The paired difference does.
    pub log_rank: Option<LogRank>,
}

/// Of each set-up.
pub(super) fn lasting(sums: &Sums) -> Vec<Lasting> {
    let exits: Vec<_> = (0..sums.setups.len()).map(|setup| sums.exits(setup)).collect();
    let of_setup = |(setup, mine): (usize, &Vec<_>)| {
        let curve = Curve::from_exits(mine, CONFIDENCE);
        let last = mine.last().map_or(0.0, |(month, _)| *month);
        Lasting {
            median: curve.median(),
            mean: curve.restricted_mean(last),
            curve,
            log_rank: (setup > 0).then(|| log_rank(&[&exits[0], mine])),
        }
    };
    exits.iter().enumerate().map(of_setup).collect()
}
