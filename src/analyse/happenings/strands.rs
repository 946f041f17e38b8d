//! Which happenings are told, and which of them in one breath: what repeats itself is one strand, and of too many the weightiest are
//! chosen.

use super::{Happening, What};
use std::collections::BTreeMap;

/// Strands of a story at most.
pub const MOST_STRANDS: usize = 20;
/// Partners whose leaving is a strand of its own.
pub const MOST_LEAVERS: usize = 8;

/// Happenings of one kind to one partner.
#[derive(Debug, Clone, PartialEq)]
pub struct Strand {
    /// The first of them.
    pub first: Happening,
    /// The months of the others, in their order; of the last of many leavers those in which further partners left.
    pub again: Vec<usize>,
    /// Months that they took together.
    months: usize,
}

/// What is told of a replication.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// In the order of the months.
    pub strands: Vec<Strand>,
    /// How many of lesser weight are left out.
    pub left_out: usize,
}

/// Chooses what a reader takes in in a minute.
///
/// ```
/// use partnersim::analyse::happenings::{Happening, What, strands::told};
/// let happening = |month, what| Happening { month, what };
/// let review = What::ReviewFoundLoss;
/// let told = told(&[happening(6, review), happening(9, What::Joined { partner: 1 }), happening(12, review)]);
/// assert_eq!((told.strands.len(), told.left_out), (2, 0));
/// assert_eq!((told.strands[0].first.month, &told.strands[0].again[..]), (6, &[12][..]));
/// ```
pub fn told(happenings: &[Happening]) -> Told {
    let strands = strands(happenings);
    let mut by_weight: Vec<usize> = (0..strands.len()).collect();
    by_weight.sort_by_key(|&position| weight(&strands[position]));
    let mut told = by_weight[..strands.len().min(MOST_STRANDS)].to_vec();
    told.sort_unstable();
    let left_out = strands.len() - told.len();
    Told { strands: told.into_iter().map(|position| strands[position].clone()).collect(), left_out }
}

/// Happenings of one kind and partner together, in the order of the first of each; of many leavers all the later ones.
fn strands(happenings: &[Happening]) -> Vec<Strand> {
    let mut strands: Vec<Strand> = Vec::new();
    let mut positions = BTreeMap::new();
    let mut leavers = 0;
    for happening in happenings {
        let mut kind = kind(&happening.what);
        if matches!(happening.what, What::Left { .. }) {
            kind.1 = leavers.min(MOST_LEAVERS);
            leavers += 1;
        }
        let position = *positions.entry(kind).or_insert(strands.len());
        let months = months(&happening.what);
        match strands.get_mut(position) {
            Some(strand) => {
                strand.again.push(happening.month);
                strand.months += months;
            }
            None => strands.push(Strand { first: *happening, again: Vec::new(), months }),
        }
    }
    strands
}

fn months(what: &What) -> usize {
    match what {
        What::IncomeFell { spell, .. } => spell.months,
        _ => 1,
    }
}

/// What makes two happenings the same but for the month: rank of the kind, the weightiest first, and the partner.
fn kind(what: &What) -> (u8, usize) {
    match *what {
        What::Dissolved(_) | What::WorkedOn(_) | What::NeverFormed => (0, 0),
        What::Left { partner, .. } => (1, partner),
        What::GrantEnded => (2, 0),
        What::GrantGoesOn { .. } => (2, 1),
        What::EventBegan { event, .. } => (3, event),
        What::PlanAgreed | What::NeverAgreed => (4, 0),
        What::InterventionStarted { intervention } => (5, intervention),
        What::Joined { partner } => (6, partner),
        What::AheadOfTwin => (7, 0),
        What::BehindTwin => (8, 0),
        What::ReviewFoundLoss => (9, 0),
        What::TermEnded { .. } => (10, 0),
        What::TrustFell => (11, 0),
        What::TrustRose => (12, 0),
        What::MoraleLowest(_) => (13, 0),
        What::MoraleHighest(_) => (14, 0),
        What::Innovated { .. } => (15, 0),
        What::GrantFell { .. } => (16, 0),
        What::InterventionEnded { intervention } => (17, intervention),
        What::PlanRenewed => (18, 0),
        What::ReserveRanOut { partner } => (19, partner),
        What::IncomeFell { partner, .. } => (20, partner),
        What::PromiseBroken { partner, .. } => (21, partner),
    }
}

/// Strands of a lower weight are told first; of the lesser kinds, those that happened most.
fn weight(strand: &Strand) -> (u8, usize) {
    (kind(&strand.first.what).0, usize::MAX - strand.months)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::happenings::Leaving;

    #[test]
    fn of_too_much_the_weightiest_is_told_in_the_order_of_the_months() {
        let broken = |partner| Happening { month: partner + 1, what: What::PromiseBroken { partner, kept: 0.2 } };
        let mut happenings: Vec<Happening> = (0..30).map(broken).collect();
        happenings.push(Happening { month: 40, what: What::GrantEnded });
        let told = told(&happenings);
        assert_eq!((told.strands.len(), told.left_out), (20, 11));
        assert_eq!(told.strands[19].first.what, What::GrantEnded, "the weightiest, and the last by its month");
        assert!(told.strands.windows(2).all(|pair| pair[0].first.month <= pair[1].first.month));
    }

    #[test]
    fn the_ninth_leaver_takes_all_later_ones_along() {
        let left = |partner| Happening { month: partner + 1, what: What::Left { partner, why: Leaving::Luck } };
        let told = told(&(0..12).map(left).collect::<Vec<_>>());
        assert_eq!((told.strands.len(), told.left_out), (9, 0));
        assert_eq!((told.strands[8].first.month, &told.strands[8].again[..]), (9, &[10, 11, 12][..]));
    }
}
