//! What an evaluator would have found in all replications, beside what the partnership truly changed.

use super::findings::{Estimate, Share};
use super::moments::Moments;
use crate::model::evaluation::{CLEAR, FOUND, enough};
use serde::{Deserialize, Serialize};

/// Sums over replications.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct EvaluationTotals {
    truth: Moments,
    estimate: Moments,
    bias: Moments,
    standard_error: Moments,
    alone: Moments,
    /// Replications in which the evaluator would find a clear benefit, and a clear harm.
    benefit: u64,
    harm: u64,
    /// Replications with a true effect above zero, and those of them with a clear benefit.
    effective: u64,
    effective_found: u64,
}

/// What the evaluations of all replications say. Effects are shares of the people in need.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EvaluationFinding {
    /// What the partnership truly changed.
    pub truth: Estimate,
    /// What the evaluator would find.
    pub estimate: Estimate,
    /// What it would find less what is true.
    pub bias: Estimate,
    /// The standard error that the evaluator would state.
    pub standard_error: Estimate,
    /// Replications in which it would find a clear benefit.
    pub benefit: Share,
    /// A clear harm.
    pub harm: Share,
    /// Nothing clear.
    pub nothing: Share,
    /// Of the replications in which the partnership truly helped: those in which it would find so.
    pub power: Share,
    /// Of those in which it did not help or did harm: those in which it would find a clear benefit all the same.
    pub false_benefit: Share,
    /// People in each arm that would give 80 % power at the mean true effect, were the samples the only source of error.
    pub enough: f64,
    /// Replications in which the partnership truly helped.
    pub effective: u64,
}

impl EvaluationTotals {
    /// The sums of one block's columns, in the order of `model::evaluation::FOUND`; `None` where nobody evaluates.
    pub fn of(columns: &[Vec<f64>]) -> Option<EvaluationTotals> {
        let [truth, estimate, standard_error, alone]: &[Vec<f64>; FOUND.len()] = columns.try_into().ok()?;
        let bias: Vec<f64> = estimate.iter().zip(truth).map(|(estimate, truth)| estimate - truth).collect();
        let mut totals = EvaluationTotals {
            truth: Moments::of(truth),
            estimate: Moments::of(estimate),
            bias: Moments::of(&bias),
            standard_error: Moments::of(standard_error),
            alone: Moments::of(alone),
            ..EvaluationTotals::default()
        };
        for ((truth, estimate), error) in truth.iter().zip(estimate).zip(standard_error) {
            let benefit = *estimate > CLEAR * error;
            totals.benefit += u64::from(benefit);
            totals.harm += u64::from(*estimate < -CLEAR * error);
            totals.effective += u64::from(*truth > 0.0);
            totals.effective_found += u64::from(*truth > 0.0 && benefit);
        }
        Some(totals)
    }

    /// Takes up the sums of the block that follows.
    pub fn merge(&mut self, next: &EvaluationTotals) {
        self.truth.merge(&next.truth);
        self.estimate.merge(&next.estimate);
        self.bias.merge(&next.bias);
        self.standard_error.merge(&next.standard_error);
        self.alone.merge(&next.alone);
        self.benefit += next.benefit;
        self.harm += next.harm;
        self.effective += next.effective;
        self.effective_found += next.effective_found;
    }

    /// What they say.
    pub fn finding(&self) -> EvaluationFinding {
        let n = self.truth.n();
        EvaluationFinding {
            truth: Estimate::new(&self.truth),
            estimate: Estimate::new(&self.estimate),
            bias: Estimate::new(&self.bias),
            standard_error: Estimate::new(&self.standard_error),
            benefit: Share::new(self.benefit, n),
            harm: Share::new(self.harm, n),
            nothing: Share::new(n - self.benefit - self.harm, n),
            power: Share::new(self.effective_found, self.effective),
            false_benefit: Share::new(self.benefit - self.effective_found, n - self.effective),
            enough: enough(self.truth.mean(), self.alone.mean() + 0.5 * self.truth.mean()),
            effective: self.effective,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// True effects 0.1, −0.1, 0.2, 0; found 0.2, 0.3, 0.05, −0.4, each with a standard error of 0.1.
    fn columns() -> Vec<Vec<f64>> {
        vec![vec![0.1, -0.1, 0.2, 0.0], vec![0.2, 0.3, 0.05, -0.4], vec![0.1; 4], vec![0.5; 4]]
    }

    #[test]
    fn what_an_evaluator_finds_is_counted_beside_the_truth() {
        let finding = EvaluationTotals::of(&columns()).unwrap().finding();
        assert!((finding.truth.value - 0.05).abs() < 1e-12 && (finding.estimate.value - 0.0375).abs() < 1e-12);
        assert!((finding.bias.value + 0.0125).abs() < 1e-12);
        let counts = [finding.benefit, finding.harm, finding.nothing].map(|share| share.count);
        assert_eq!(counts, [2, 1, 1]);
        // Two truly helped, one of them is found; of the two that did not, one seems a benefit.
        assert_eq!((finding.power.value, finding.false_benefit.value), (0.5, 0.5));
        assert_eq!(finding.enough, enough(finding.truth.value, 0.525));
    }

    #[test]
    fn merged_halves_equal_the_whole_and_no_columns_are_no_evaluation() {
        let half = |from: usize| {
            let part: Vec<Vec<f64>> = columns().iter().map(|column| column[from..from + 2].to_vec()).collect();
            EvaluationTotals::of(&part).unwrap()
        };
        let mut merged = half(0);
        merged.merge(&half(2));
        let (merged, whole) = (merged.finding(), EvaluationTotals::of(&columns()).unwrap().finding());
        assert_eq!((merged.benefit, merged.power), (whole.benefit, whole.power));
        assert!((merged.bias.mc_standard_error - whole.bias.mc_standard_error).abs() < 1e-12);
        assert_eq!(EvaluationTotals::of(&[]), None);
    }
}
