//! All that is found of a choice among policies, ready for tables and sentences.

use super::dominance::{Dominance, dominances};
use super::information::{Perfect, perfect};
use super::pareto::{Place, places};
use super::partial::{Input, Partial, partial};
use super::payoffs::greatest;
use super::regret::{Regret, regrets};
use super::satisficing::{Aim, satisficing};
use super::worst::{mean_of_worst, worst};
use super::{Payoffs, payoffs};
use crate::analyse::findings::{Estimate, Share};
use crate::analyse::moments::Moments;

/// Share of the worlds that counts as the worst few.
pub const WORST_SHARE: f64 = 0.05;

/// What is chosen from, and by what it is judged.
#[derive(Debug, Clone)]
pub struct Question {
    /// Names of the policies, in the order of every table of values.
    pub policies: Vec<String>,
    /// Names of the worlds, likewise.
    pub worlds: Vec<String>,
    /// What the policies are judged by.
    pub outcomes: Vec<Outcome>,
    /// What each policy costs in each world, where that is known.
    pub cost: Option<Outcome>,
    /// What differs between worlds.
    pub inputs: Vec<(String, Input)>,
    /// Seed of the resampling.
    pub seed: u64,
}

/// An outcome by which policies are judged.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Its name.
    pub name: String,
    /// Heading for people.
    pub title: String,
    /// Unit in words; empty where nobody said.
    pub unit: String,
    /// Its values.
    pub payoffs: Payoffs,
    /// What is good enough.
    pub target: Option<f64>,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Choosing {
    /// By outcome.
    pub outcomes: Vec<Judged>,
    /// Mean cost of each policy, where it is known.
    pub costs: Option<Vec<Estimate>>,
    /// Worlds in which a policy meets every target; none where no target is set.
    pub all_targets: Option<Vec<Share>>,
    /// The policy that meets them in most worlds, of equals the first.
    pub best_by_targets: Option<usize>,
    /// Each policy's place over all outcomes and the cost.
    pub places: Vec<Place>,
}

/// One outcome.
#[derive(Debug, Clone)]
pub struct Judged {
    /// Mean of each policy over the worlds, and its standard error.
    pub means: Vec<Estimate>,
    /// Its value in its worst world.
    pub worst: Vec<f64>,
    /// The mean of its worst twentieth of the worlds.
    pub worst_few: Vec<f64>,
    /// Its regret.
    pub regrets: Vec<Regret>,
    /// Worlds in which it meets the target, where there is one.
    pub satisficing: Option<Vec<Share>>,
    /// Which policy each criterion prefers.
    pub preferred: Preferred,
    /// How far the policy with the best mean is ahead of the next in the same world; `None` with fewer than two policies.
    pub lead: Option<Lead>,
    /// Who dominates whom.
    pub dominances: Vec<Dominance>,
    /// What it would be worth to know the world.
    pub perfect: Perfect,
    /// What it would be worth to know each input.
    pub partial: Vec<Partial>,
}

/// The policy that each criterion prefers, of equals the first; `None` where there is no world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preferred {
    /// The best mean.
    pub by_mean: Option<usize>,
    /// The best worst world.
    pub by_worst: Option<usize>,
    /// The best mean of the worst few worlds.
    pub by_worst_few: Option<usize>,
    /// The least greatest regret.
    pub by_regret: Option<usize>,
    /// The most worlds in which the target is met; of equals the one with the best mean, if it is among them.
    pub by_target: Option<usize>,
}

/// How far the best is ahead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lead {
    /// The policy with the next best mean.
    pub over: usize,
    /// Mean difference over the worlds, never below 0.
    pub by: Estimate,
}

impl Lead {
    /// Whether the difference is more than the choice of worlds would give by chance.
    pub fn is_clear(&self) -> bool {
        self.by.interval().low > 0.0
    }
}

impl Preferred {
    /// Each criterion that could be judged, in words, with the policy it prefers.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, usize)> {
        let all = [
            ("mean", self.by_mean),
            ("worst world", self.by_worst),
            ("worst twentieth of the worlds", self.by_worst_few),
            ("greatest regret", self.by_regret),
            ("target", self.by_target),
        ];
        all.into_iter().filter_map(|(criterion, policy)| Some((criterion, policy?)))
    }
}

impl Choosing {
    /// Judges the policies.
    pub fn new(question: &Question) -> Choosing {
        let outcomes: Vec<Judged> = question.outcomes.iter().map(|outcome| Judged::new(outcome, question)).collect();
        let payoffs: Vec<&Payoffs> =
            question.outcomes.iter().chain(&question.cost).map(|outcome| &outcome.payoffs).collect();
        let all_targets = targets(question, &question.outcomes.iter().collect::<Vec<_>>());
        Choosing {
            outcomes,
            costs: question.cost.as_ref().map(|cost| estimates(&cost.payoffs)),
            best_by_targets: all_targets.as_deref().and_then(most),
            all_targets,
            places: places(&payoffs, question.seed),
        }
    }
}

impl Judged {
    fn new(outcome: &Outcome, question: &Question) -> Judged {
        let payoffs = &outcome.payoffs;
        let (worst, regrets) = (worst(payoffs), regrets(payoffs));
        let worst_few: Vec<f64> =
            (0..payoffs.n_policies()).map(|policy| mean_of_worst(payoffs.goods(policy), WORST_SHARE)).collect();
        let satisficing = targets(question, &[outcome]);
        let means: Vec<f64> = payoffs.means().iter().map(Moments::mean).collect();
        let maxima: Vec<f64> = regrets.iter().map(|regret| -regret.maximum).collect();
        let preferred = Preferred {
            by_mean: greatest(&means),
            by_worst: greatest(&worst),
            by_worst_few: greatest(&worst_few),
            by_regret: greatest(&maxima),
            by_target: satisficing.as_deref().and_then(|shares| most_and_best(shares, greatest(&means))),
        };
        let as_given = |goods: Vec<f64>| goods.into_iter().map(|good| payoffs.as_given(good)).collect();
        Judged {
            means: estimates(payoffs),
            lead: preferred.by_mean.and_then(|best| lead(payoffs, &means, best)),
            worst: as_given(worst),
            worst_few: as_given(worst_few),
            regrets,
            satisficing,
            preferred,
            dominances: dominances(payoffs, question.seed),
            perfect: perfect(payoffs, question.seed),
            partial: question.inputs.iter().map(|(_, input)| partial(payoffs, input, question.seed)).collect(),
        }
    }
}

/// The position of the greatest share.
fn most(shares: &[Share]) -> Option<usize> {
    greatest(&shares.iter().map(|share| share.value).collect::<Vec<_>>())
}

/// The same, but of equals the one with the best mean, if it is among them.
fn most_and_best(shares: &[Share], by_mean: Option<usize>) -> Option<usize> {
    let first = most(shares)?;
    Some(by_mean.filter(|&best| shares[best].count == shares[first].count).unwrap_or(first))
}

fn estimates(payoffs: &Payoffs) -> Vec<Estimate> {
    (0..payoffs.n_policies()).map(|policy| Estimate::new(&Moments::of(&payoffs.values(policy)))).collect()
}

fn lead(payoffs: &Payoffs, means: &[f64], best: usize) -> Option<Lead> {
    let others = means.iter().enumerate().map(|(policy, &mean)| if policy == best { f64::NAN } else { mean });
    let over = greatest(&others.collect::<Vec<_>>())?;
    let ahead: Vec<f64> = payoffs.goods(best).iter().zip(payoffs.goods(over)).map(|(best, over)| best - over).collect();
    Some(Lead { over, by: Estimate::new(&Moments::of(&ahead)) })
}

/// In how many worlds each policy meets the targets of all these outcomes that have one.
fn targets(question: &Question, outcomes: &[&Outcome]) -> Option<Vec<Share>> {
    let with_target: Vec<(&Outcome, f64)> =
        outcomes.iter().filter_map(|outcome| Some((*outcome, outcome.target?))).collect();
    let share = |policy: usize| {
        let goods: Vec<Vec<f64>> =
            with_target.iter().map(|(outcome, _)| outcome.payoffs.goods_of_all(policy)).collect();
        let aims = with_target
            .iter()
            .zip(&goods)
            .map(|((outcome, target), goods)| Aim { goods, least: payoffs::sign(outcome.payoffs.better()) * target });
        satisficing(&aims.collect::<Vec<_>>())
    };
    (!with_target.is_empty()).then(|| (0..question.policies.len()).map(share).collect())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::payoffs::tests::taha;
    use super::*;

    /// The campsite of the textbook as a question.
    pub(crate) fn campsite() -> Question {
        let outcome = Outcome {
            name: "cost".to_string(),
            title: "Cost".to_string(),
            unit: "thousand pounds".to_string(),
            payoffs: taha(),
            target: Some(20.0),
        };
        Question {
            policies: ["200", "250", "300", "350"].map(|size| format!("size {size}")).to_vec(),
            worlds: ["1", "2", "3", "4"].map(str::to_string).to_vec(),
            outcomes: vec![outcome],
            cost: None,
            inputs: vec![("guests".to_string(), Input::Numbers(vec![200.0, 250.0, 300.0, 350.0]))],
            seed: 1,
        }
    }

    #[test]
    fn each_criterion_chooses_as_in_the_textbook() {
        // Taha: Laplace and Savage choose the second size, the best of the worst is the third.
        let found = Choosing::new(&campsite());
        let judged = &found.outcomes[0];
        assert_eq!((judged.preferred.by_mean, judged.preferred.by_worst), (Some(1), Some(2)));
        assert_eq!((judged.preferred.by_regret, judged.preferred.by_target), (Some(1), Some(1)));
        assert_eq!(judged.worst, [25.0, 23.0, 21.0, 30.0]);
        let lead = judged.lead.unwrap();
        assert_eq!((lead.over, lead.by.value), (0, 2.0));
        assert!(!lead.is_clear());
        assert_eq!(found.all_targets.unwrap().iter().map(|share| share.count).collect::<Vec<_>>(), [3, 3, 2, 2]);
        // Who knows the number of guests knows the world.
        assert!((judged.partial[0].information.value - judged.perfect.plain.value).abs() < 1e-9);
    }
}
