//! Everything about a run that is summed: means, spreads and counts, merged block by block in order.

use super::evaluation::EvaluationTotals;
use super::kaplan_meier::{Curve, Exits};
use super::moments::Moments;
use crate::model::outcomes::{CAUSES, ENDINGS, OUTCOMES, PARTNER_MEASURES};
use crate::simulate::Block;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Position in [`ENDINGS`] of the replications that did not dissolve.
const REACHED_HORIZON: u8 = 0;

/// Sums over replications: of one block, or merged over all blocks so far.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// Replications summed over.
    pub n: u64,
    /// One entry an outcome, in the order of [`OUTCOMES`].
    pub outcomes: Vec<OutcomeTotals>,
    /// `monthly[month][measure]`.
    pub monthly: Vec<Vec<Moments>>,
    /// `partners[partner]`.
    pub partners: Vec<PartnerTotals>,
    /// What happened to the partnership, by the months it lasted: from 0 to the horizon or the latest end.
    pub exits: Vec<Exits>,
    /// Replications by why they stopped, in the order of [`ENDINGS`].
    pub endings: Vec<u64>,
    /// Replications by why they failed, in the order of [`CAUSES`].
    pub causes: Vec<u64>,
    /// What evaluators found, where the scenario has an evaluation.
    pub evaluation: Option<EvaluationTotals>,
}

/// Sums of one outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct OutcomeTotals {
    /// Its moments.
    pub moments: Moments,
    /// Replications in which it was greater than its target.
    pub above_target: u64,
    /// Replications in which it was greater than zero.
    pub above_zero: u64,
}

/// Sums of one partner.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PartnerTotals {
    /// Moments of each measure, in the order of [`PARTNER_MEASURES`].
    pub measures: Vec<Moments>,
    /// Moments of the paired difference of net benefit, together less alone.
    pub gain: Moments,
}

/// The target of each outcome in the order of [`OUTCOMES`]: what `set` says by short name, else its own.
pub fn targets(set: &BTreeMap<String, f64>) -> Vec<f64> {
    OUTCOMES.iter().map(|outcome| set.get(outcome.name).copied().unwrap_or(outcome.target)).collect()
}

impl Totals {
    /// The sums of one block. `targets` has one entry an outcome.
    pub fn of(block: &Block, targets: &[f64]) -> Totals {
        let outcomes = block.outcomes.iter().zip(targets).map(|(column, &target)| OutcomeTotals {
            moments: Moments::of(column),
            above_target: count_above(column, target),
            above_zero: count_above(column, 0.0),
        });
        Totals {
            n: block.size as u64,
            outcomes: outcomes.collect(),
            monthly: block.monthly.iter().map(|month| moments_of(month)).collect(),
            partners: block.partners.iter().map(|measures| partner_totals(measures)).collect(),
            exits: exits(block),
            endings: counts(&block.endings, ENDINGS.len()),
            causes: counts(&block.causes, CAUSES.len()),
            evaluation: EvaluationTotals::of(&block.evaluation),
        }
    }

    /// How long the partnerships lasted, with intervals at a confidence.
    pub fn survival(&self, confidence: f64) -> Curve {
        let months: Vec<(f64, Exits)> = (0u32..).map(f64::from).zip(self.exits.iter().copied()).collect();
        Curve::from_exits(&months, confidence)
    }

    /// Takes up the sums of the block that follows. The order of merging decides the last bits.
    pub fn merge(&mut self, next: &Totals) {
        if self.n == 0 {
            *self = next.clone();
            return;
        }
        self.n += next.n;
        for (mine, more) in self.outcomes.iter_mut().zip(&next.outcomes) {
            mine.moments.merge(&more.moments);
            mine.above_target += more.above_target;
            mine.above_zero += more.above_zero;
        }
        for (mine, more) in self.monthly.iter_mut().zip(&next.monthly) {
            merge_each(mine, more);
        }
        for (mine, more) in self.partners.iter_mut().zip(&next.partners) {
            merge_each(&mut mine.measures, &more.measures);
            mine.gain.merge(&more.gain);
        }
        self.exits.resize(self.exits.len().max(next.exits.len()), Exits::default());
        for (mine, more) in self.exits.iter_mut().zip(&next.exits) {
            mine.ended += more.ended;
            mine.censored += more.censored;
        }
        let counts = self.endings.iter_mut().chain(&mut self.causes).zip(next.endings.iter().chain(&next.causes));
        counts.for_each(|(mine, more)| *mine += more);
        if let (Some(mine), Some(more)) = (&mut self.evaluation, &next.evaluation) {
            mine.merge(more);
        }
    }
}

/// What happened to the partnerships of a block, by the months they lasted. One that did not dissolve is last seen at the horizon.
fn exits(block: &Block) -> Vec<Exits> {
    let lasted = OUTCOMES.iter().position(|outcome| outcome.name == "months_survived");
    let lasted = lasted.expect("how long it lasted is an outcome of every replication");
    let mut exits = vec![Exits::default(); block.monthly.len() + 1];
    for (months, ending) in block.outcomes[lasted].iter().zip(&block.endings) {
        let month = months.max(0.0) as usize;
        exits.resize(exits.len().max(month + 1), Exits::default());
        *if *ending == REACHED_HORIZON { &mut exits[month].censored } else { &mut exits[month].ended } += 1;
    }
    exits
}

/// How often each position of a list of so many occurs.
fn counts(positions: &[u8], n: usize) -> Vec<u64> {
    let mut counts = vec![0; n];
    positions.iter().for_each(|&position| counts[usize::from(position)] += 1);
    counts
}

fn count_above(column: &[f64], bound: f64) -> u64 {
    column.iter().map(|&value| u64::from(value > bound)).sum()
}

fn moments_of(columns: &[Vec<f64>]) -> Vec<Moments> {
    columns.iter().map(|column| Moments::of(column)).collect()
}

fn merge_each(mine: &mut [Moments], more: &[Moments]) {
    for (mine, more) in mine.iter_mut().zip(more) {
        mine.merge(more);
    }
}

fn partner_totals(measures: &[Vec<f64>]) -> PartnerTotals {
    let together = &measures[position("net_together_thousand_pounds")];
    let alone = &measures[position("net_alone_thousand_pounds")];
    let gain: Vec<f64> = together.iter().zip(alone).map(|(together, alone)| together - alone).collect();
    PartnerTotals { measures: moments_of(measures), gain: Moments::of(&gain) }
}

fn position(column: &str) -> usize {
    let found = PARTNER_MEASURES.iter().position(|measure| measure.column == column);
    found.expect("a partner's net benefit together and alone are among its measures")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fake;

    #[test]
    fn merged_blocks_equal_one_block() {
        let targets = targets(&BTreeMap::new());
        let whole = Totals::of(&fake::block(0, 96), &targets);
        let mut merged = Totals::default();
        for first in [0, 32, 64] {
            merged.merge(&Totals::of(&fake::block(first, 32), &targets));
        }
        assert_eq!(merged.n, 96);
        assert_eq!((&merged.endings, &merged.causes, &merged.exits), (&whole.endings, &whole.causes, &whole.exits));
        assert_eq!(merged.causes.iter().sum::<u64>(), 96);
        for (merged, whole) in merged.outcomes.iter().zip(&whole.outcomes) {
            assert_eq!((merged.above_target, merged.above_zero), (whole.above_target, whole.above_zero));
            assert!((merged.moments.mean() - whole.moments.mean()).abs() < 1e-9);
            assert!((merged.moments.sd() - whole.moments.sd()).abs() < 1e-9);
        }
        assert!((merged.monthly[1][2].mean() - whole.monthly[1][2].mean()).abs() < 1e-12);
    }

    #[test]
    fn the_gain_is_the_paired_difference_together_less_alone() {
        let mut block = fake::block(0, 3);
        block.partners[0][0] = vec![10.0, 20.0, 30.0];
        block.partners[0][1] = vec![9.0, 18.0, 27.0];
        let totals = Totals::of(&block, &targets(&BTreeMap::new()));
        assert_eq!(totals.partners[0].gain.mean(), 2.0);
        assert_eq!(totals.partners[0].gain.sd(), 1.0);
    }

    #[test]
    fn above_a_target_means_greater_than_it() {
        let mut block = fake::block(0, 4);
        block.outcomes[2] = vec![0.5, 0.6, 0.0, -0.1];
        let totals = Totals::of(&block, &targets(&BTreeMap::new()));
        assert_eq!(totals.outcomes[2].above_target, 1);
        assert_eq!(totals.outcomes[2].above_zero, 2);
        let set = BTreeMap::from([("need_met".to_string(), 0.6)]);
        assert_eq!(Totals::of(&block, &super::targets(&set)).outcomes[2].above_target, 0);
    }

    #[test]
    fn who_did_not_dissolve_was_last_seen_at_the_horizon() {
        let mut block = fake::block(0, 4);
        block.outcomes[0] = vec![3.0, 1.0, 3.0, 1.0];
        block.endings = vec![0, 2, 1, 1];
        let curve = Totals::of(&block, &targets(&BTreeMap::new())).survival(0.95);
        assert_eq!(curve.steps.iter().map(|step| step.share).collect::<Vec<_>>(), [1.0, 0.5, 0.5, 0.25]);
        assert_eq!(curve.steps.iter().map(|step| step.at_risk).collect::<Vec<_>>(), [4, 4, 2, 2]);
        assert_eq!(curve.steps[3].exits, Exits { ended: 1, censored: 1 });
    }
}
