//! Whether a condition such as `P(alive > 0) >= 0.7` holds for a set-up, as far as so many replications can tell.

use super::distributions::Distributions;
use super::findings::{CONFIDENCE, Share};
use super::moments::Moments;
use super::precision::of_mean;
use super::wilson::Interval;
use crate::experiment::quantity::{Comparison, Condition, Quantity, Variable};
use crate::simulate::Block;

/// What has to be summed over the replications to judge a condition; merged block by block in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    condition: Condition,
    /// Of what each replication adds; of a quantile nothing, since it is no mean.
    terms: Moments,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement {
    /// The quantity of the condition.
    pub value: f64,
    /// Its interval at [`CONFIDENCE`].
    pub interval: Interval,
    /// What that says of the condition.
    pub holds: Holds,
}

/// Whether a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// In the whole of the interval.
    Met,
    /// Nowhere in it.
    NotMet,
    /// In a part of it: more replications might tell.
    TooClose,
}

impl Judged {
    /// Nothing summed yet.
    ///
    /// # Errors
    /// A sentence where the quantity has no interval.
    pub fn new(condition: Condition) -> Result<Judged, String> {
        match condition.quantity {
            Quantity::Quantile(variable, _) if variable.is_yes_or_no() => Err(format!(
                "`{}` is of something that happens or not: ask how often, as in `P({}) >= 0.5`",
                condition.quantity,
                variable.name()
            )),
            _ => Ok(Judged { condition, terms: Moments::default() }),
        }
    }

    /// The condition.
    pub fn condition(&self) -> &Condition {
        &self.condition
    }

    /// Takes up the block that follows.
    pub fn add(&mut self, block: &Block) {
        if let Some(terms) = self.condition.quantity.terms(block) {
            self.terms.merge(&Moments::of(&terms));
        }
    }

    /// What is known after `n` replications, of which `distributions` holds the values.
    pub fn judgement(&self, distributions: &Distributions, n: u64) -> Judgement {
        let share = |count| {
            let share = Share::new(count, n);
            (share.value, share.interval)
        };
        let (value, interval) = match self.condition.quantity {
            Quantity::Quantile(Variable::Outcome(outcome), p) => {
                distributions.outcome_quantile_known(outcome, p, CONFIDENCE)
            }
            // Refused when it is begun.
            Quantity::Quantile(Variable::Failed, _) => (f64::NAN, Interval { low: f64::NAN, high: f64::NAN }),
            Quantity::Mean(variable) if !variable.is_yes_or_no() => {
                let known = of_mean(&self.terms, CONFIDENCE);
                (known.value, Interval { low: known.value - known.half_width, high: known.value + known.half_width })
            }
            // A sum of noughts and ones is a whole number.
            Quantity::Mean(_) | Quantity::Probability(_) => share((self.terms.mean() * n as f64).round() as u64),
        };
        let Condition { comparison, bound, .. } = self.condition;
        Judgement { value, interval, holds: holds(comparison, bound, &interval) }
    }
}

/// What an interval says of a comparison with a bound: an interval that is not known says nothing.
///
/// ```
/// use partnersim::analyse::condition::{Holds, holds};
/// use partnersim::analyse::wilson::Interval;
/// use partnersim::experiment::quantity::Comparison;
/// let at_least = |bound: f64| holds(Comparison::AtLeast, bound, &Interval { low: 0.68, high: 0.74 });
/// assert_eq!([0.6, 0.7, 0.8].map(at_least), [Holds::Met, Holds::TooClose, Holds::NotMet]);
/// ```
pub fn holds(comparison: Comparison, bound: f64, interval: &Interval) -> Holds {
    let Interval { low, high } = *interval;
    let is_inside = low <= bound && bound <= high;
    match [low, high].map(|end| comparison.holds(end, bound)) {
        _ if low.is_nan() || high.is_nan() => Holds::TooClose,
        [true, true] => Holds::Met,
        // Of what is between two ends that both differ from it, one may be equal.
        [false, false] if comparison == Comparison::Equal && is_inside => Holds::TooClose,
        [false, false] => Holds::NotMet,
        _ => Holds::TooClose,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::findings::Findings;
    use crate::analyse::totals::{self, Totals};
    use crate::experiment::fake;
    use std::collections::BTreeMap;

    fn judged(text: &str) -> (Judgement, Findings) {
        let targets = totals::targets(&BTreeMap::new());
        let distributions = Distributions::new(384, fake::MONTHS);
        let (mut totals, mut judged) = (Totals::default(), Judged::new(Condition::parse(text).unwrap()).unwrap());
        for first in [0, 128, 256] {
            let block = fake::block(first, 128);
            distributions.add(&block);
            totals.merge(&Totals::of(&block, &targets));
            judged.add(&block);
        }
        (judged.judgement(&distributions, 384), Findings::new(&totals, &distributions, &targets))
    }

    fn premium(findings: &Findings) -> &crate::analyse::findings::OutcomeFinding {
        let at = crate::model::outcomes::OUTCOMES.iter().position(|outcome| outcome.name == "premium");
        &findings.outcomes[at.unwrap()]
    }

    #[test]
    fn what_is_judged_is_what_the_findings_say() {
        let (share, findings) = judged("P(premium > 0) >= 0.5");
        let found = &premium(&findings).above_zero;
        assert_eq!((share.value, share.interval), (found.value, found.interval));
        assert_eq!(share.holds, Holds::Met, "three in four lie above 0: {share:?}");
        let (mean, findings) = judged("premium < 0");
        assert_eq!(mean.value, premium(&findings).spread.mean.value);
        let wald = premium(&findings).spread.mean.interval();
        assert!((mean.interval.low - wald.low).abs() < 0.01 * (wald.high - wald.low), "{mean:?} {wald:?}");
        assert_eq!(mean.holds, Holds::NotMet);
        let (median, findings) = judged("median(premium) > 50");
        assert_eq!(median.value, premium(&findings).spread.quantiles[2]);
        assert_eq!(median.interval, premium(&findings).precision.quantiles[2]);
        assert_eq!(median.holds, Holds::TooClose, "{median:?}");
        let (failed, findings) = judged("failed <= 0.9");
        assert_eq!((failed.value, failed.interval), (findings.failures.share.value, findings.failures.share.interval));
    }

    #[test]
    fn a_bound_within_the_interval_is_too_close_whatever_the_sign() {
        let within = Interval { low: 0.2, high: 0.4 };
        let of = |sign: Comparison, bound: f64| holds(sign, bound, &within);
        for sign in [Comparison::Less, Comparison::AtMost, Comparison::Equal, Comparison::AtLeast, Comparison::Greater]
        {
            assert_eq!(of(sign, 0.3), Holds::TooClose, "{sign}");
            let nothing = Interval { low: f64::NAN, high: f64::NAN };
            assert_eq!(holds(sign, 0.3, &nothing), Holds::TooClose, "{sign}");
        }
        assert_eq!([of(Comparison::Less, 0.4), of(Comparison::AtMost, 0.4)], [Holds::TooClose, Holds::Met]);
        assert_eq!([of(Comparison::Greater, 0.4), of(Comparison::Equal, 0.5)], [Holds::NotMet, Holds::NotMet]);
        assert_eq!(holds(Comparison::Equal, 1.0, &Interval { low: 1.0, high: 1.0 }), Holds::Met);
    }

    #[test]
    fn the_median_of_what_happens_or_not_is_refused() {
        let fault = Judged::new(Condition::parse("median(alive) >= 1").unwrap()).unwrap_err();
        assert!(fault.contains("P(alive)"), "{fault}");
    }
}
