//! What a run found, ready for tables, files and sentences: every number a reader sees is computed here.

use super::bars::Bar;
use super::distribution::Precision;
use super::distributions::Distributions;
use super::evaluation::{EvaluationFinding, EvaluationTotals};
use super::kaplan_meier::Curve;
use super::leaning::Leaning;
use super::mc_error;
use super::moments::Moments;
use super::totals::{OutcomeTotals, Totals};
use super::wilson::{Interval, wilson};
use crate::model::math;

/// The confidence of every interval.
pub const CONFIDENCE: f64 = 0.95;

/// The findings of one scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    /// Replications they rest on.
    pub replications: u64,
    /// One entry an outcome, in the order of `model::outcomes::OUTCOMES`.
    pub outcomes: Vec<OutcomeFinding>,
    /// `months[month][measure]`, in the order of `model::outcomes::MONTHLY`.
    pub months: Vec<Vec<Spread>>,
    /// One entry a partner, in the scenario's order.
    pub partners: Vec<PartnerFinding>,
    /// Replications by why they stopped, in the order of `model::outcomes::ENDINGS`.
    pub endings: Vec<u64>,
    /// How long the partnerships lasted: one step for each month from 0 to the horizon. Those still together there count as last seen.
    pub survival: Curve,
    /// How many failed, and why.
    pub failures: Failures,
    /// What evaluators found, where the scenario has an evaluation.
    pub evaluation: Option<EvaluationFinding>,
    /// What the main outcomes lean on, where that was looked at: it takes the rows of the replications.
    pub leanings: Vec<Leaning>,
}

/// The replications that dissolved before the horizon or were not worth what was put into them.
#[derive(Debug, Clone, PartialEq)]
pub struct Failures {
    /// How many there are.
    pub share: Share,
    /// Of those that failed, how many by each cause, in the order of `model::outcomes::CAUSES` after the first.
    pub causes: Vec<Share>,
}

/// How a quantity is distributed over the replications.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Mean and its Monte Carlo standard error.
    pub mean: Estimate,
    /// Standard deviation.
    pub sd: f64,
    /// Quantiles at `analyse::distribution::LEVELS`.
    pub quantiles: [f64; 5],
}

/// A mean and how well it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The mean over the replications.
    pub value: f64,
    /// Its Monte Carlo standard error.
    pub mc_standard_error: f64,
}

/// How many of the replications something happened in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Replications in which it happened.
    pub count: u64,
    /// The share of all replications.
    pub value: f64,
    /// Its Wilson interval at [`CONFIDENCE`].
    pub interval: Interval,
}

/// One outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeFinding {
    /// Its distribution.
    pub spread: Spread,
    /// How well its quantiles and standard deviation are known, intervals at [`CONFIDENCE`].
    pub precision: Precision,
    /// Its histogram; empty where it does not vary.
    pub bars: Vec<Bar>,
    /// The target it is held against.
    pub target: f64,
    /// Replications above the target.
    pub above_target: Share,
    /// Replications above zero.
    pub above_zero: Share,
    /// Replications at or below zero.
    pub at_most_zero: Share,
}

/// One partner.
#[derive(Debug, Clone, PartialEq)]
pub struct PartnerFinding {
    /// Mean of each measure, in the order of `model::outcomes::PARTNER_MEASURES`.
    pub measures: Vec<Estimate>,
    /// Net benefit together less alone, paired by replication.
    pub gain: Estimate,
}

impl Findings {
    /// Puts together what was summed and what was counted. `targets` has one entry an outcome.
    pub fn new(totals: &Totals, distributions: &Distributions, targets: &[f64]) -> Findings {
        let shapes = distributions.outcome_shapes(CONFIDENCE);
        let outcomes = totals.outcomes.iter().zip(shapes).zip(targets);
        let months = totals.monthly.iter().enumerate().map(|(month, measures)| {
            let quantiles = distributions.month_quantiles(month);
            measures.iter().zip(quantiles).map(|(moments, quantiles)| Spread::new(moments, quantiles)).collect()
        });
        let partners = totals.partners.iter().map(|partner| PartnerFinding {
            measures: partner.measures.iter().map(Estimate::new).collect(),
            gain: Estimate::new(&partner.gain),
        });
        Findings {
            replications: totals.n,
            outcomes: outcomes
                .map(|((totals_of_one, (quantiles, precision, bars)), &target)| OutcomeFinding {
                    bars,
                    ..OutcomeFinding::new(totals_of_one, quantiles, precision, target)
                })
                .collect(),
            months: months.collect(),
            partners: partners.collect(),
            endings: totals.endings.clone(),
            survival: totals.survival(CONFIDENCE),
            failures: Failures::new(&totals.causes),
            evaluation: totals.evaluation.as_ref().map(EvaluationTotals::finding),
            leanings: Vec::new(),
        }
    }

    /// Replications that stopped for the reason at `ending` of `model::outcomes::ENDINGS`.
    pub fn ended(&self, ending: usize) -> Share {
        Share::new(self.endings.get(ending).copied().unwrap_or(0), self.replications)
    }
}

impl Failures {
    /// From how many replications each cause was counted in, those that did not fail first.
    fn new(counts: &[u64]) -> Failures {
        let by_cause = counts.get(1..).unwrap_or_default();
        let failed = by_cause.iter().sum();
        Failures {
            share: Share::new(failed, counts.iter().sum()),
            causes: by_cause.iter().map(|&count| Share::new(count, failed)).collect(),
        }
    }
}

impl OutcomeFinding {
    fn new(totals: &OutcomeTotals, quantiles: [f64; 5], precision: Precision, target: f64) -> OutcomeFinding {
        let n = totals.moments.n();
        OutcomeFinding {
            spread: Spread::new(&totals.moments, quantiles),
            precision,
            bars: Vec::new(),
            target,
            above_target: Share::new(totals.above_target, n),
            above_zero: Share::new(totals.above_zero, n),
            at_most_zero: Share::new(n - totals.above_zero, n),
        }
    }
}

impl Spread {
    fn new(moments: &Moments, quantiles: [f64; 5]) -> Spread {
        Spread { mean: Estimate::new(moments), sd: moments.sd(), quantiles }
    }
}

impl Estimate {
    /// The mean of what was summed.
    pub fn new(moments: &Moments) -> Estimate {
        Estimate { value: moments.mean(), mc_standard_error: moments.mc_standard_error() }
    }

    /// The interval of the mean at [`CONFIDENCE`]: at 95 % it reaches 1.96 standard errors to either side.
    pub fn interval(&self) -> Interval {
        let half = math::normal_quantile(0.5 + CONFIDENCE / 2.0) * self.mc_standard_error;
        Interval { low: self.value - half, high: self.value + half }
    }
}

impl Share {
    /// Standard deviation over the replications of what is 1 where it happened and 0 where not, and the Monte Carlo
    /// standard error of the share; NaN for fewer than two.
    pub fn spread(&self, n: u64) -> (f64, f64) {
        let n = n as f64;
        let sd = if n > 1.0 { (self.value * (1.0 - self.value) * n / (n - 1.0)).sqrt() } else { f64::NAN };
        (sd, sd / n.sqrt())
    }

    /// Monte Carlo standard error of that standard deviation.
    pub fn sd_mc_standard_error(&self, n: u64) -> f64 {
        mc_error::standard_deviation_of([(0.0, n - self.count), (1.0, self.count)].into_iter())
    }

    /// `count` of `n` replications.
    pub fn new(count: u64, n: u64) -> Share {
        Share { count, value: count as f64 / n as f64, interval: wilson(count, n, CONFIDENCE) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::totals;
    use crate::experiment::fake;
    use std::collections::BTreeMap;

    #[test]
    fn findings_of_a_block_are_those_worked_by_hand() {
        let mut block = fake::block(0, 5);
        block.outcomes[7] = vec![-2.0, 0.0, 1.0, 3.0, 8.0];
        let targets = totals::targets(&BTreeMap::from([("premium".to_string(), 2.0)]));
        let distributions = Distributions::new(5, fake::MONTHS);
        distributions.add(&block);
        let findings = Findings::new(&Totals::of(&block, &targets), &distributions, &targets);
        let premium = &findings.outcomes[7];
        assert_eq!(premium.spread.mean.value, 2.0);
        assert!((premium.spread.sd - (58.0f64 / 4.0).sqrt()).abs() < 1e-12);
        assert!((premium.spread.mean.mc_standard_error - (58.0f64 / 4.0 / 5.0).sqrt()).abs() < 1e-12);
        for (quantile, by_hand) in premium.spread.quantiles.iter().zip([-1.6, 0.0, 1.0, 3.0, 7.0]) {
            assert!((quantile - by_hand).abs() < 1e-12);
        }
        assert_eq!((premium.above_target.count, premium.above_zero.count), (2, 3));
        assert_eq!(premium.above_zero.value, 0.6);
        assert_eq!(findings.months.len(), fake::MONTHS);
        assert_eq!(findings.partners.len(), fake::PARTNERS);
        assert_eq!(findings.endings.iter().sum::<u64>(), 5);
        // Causes 0, 1, 2, 3, 4: four failed, a quarter of them by each of the first four causes.
        let failures = &findings.failures;
        assert_eq!((failures.share.count, failures.share.value), (4, 0.8));
        assert_eq!(
            failures.causes.iter().map(|share| share.value).collect::<Vec<_>>()[..5],
            [0.25, 0.25, 0.25, 0.25, 0.0]
        );
    }

    #[test]
    fn the_interval_of_a_mean_reaches_one_point_nine_six_standard_errors_to_either_side() {
        let interval = Estimate { value: 10.0, mc_standard_error: 2.0 }.interval();
        assert!((interval.low - 6.080_072).abs() < 1e-6 && (interval.high - 13.919_928).abs() < 1e-6);
    }
}
