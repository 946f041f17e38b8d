//! How much less a policy gives than the one that would have been best, had the world been known.

use super::Payoffs;
use crate::analyse::findings::{Estimate, Share};
use crate::analyse::moments::Moments;

/// The regret of one policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Regret {
    /// In each world; 0 where the policy is the best.
    pub by_world: Vec<f64>,
    /// Mean over the worlds.
    pub mean: Estimate,
    /// Mean over the worlds in which another policy is better; NaN where there is none.
    pub mean_elsewhere: f64,
    /// In the world where it is greatest; NaN of no world.
    pub maximum: f64,
    /// Position of that world among those that are used, of equals the first.
    pub worst_world: Option<usize>,
    /// Worlds in which no policy is better.
    pub best: Share,
    /// Worlds in which it is the best and others are as good.
    pub ties: u64,
}

/// The regret of each policy (Savage 1951). The greatest one rests on the noise of a single world's replications and is therefore
/// biased upwards where they are few.
///
/// ```
/// use partnersim::analyse::choosing::{Payoffs, regret::regrets};
/// use partnersim::model::outcomes::Better;
/// let payoffs = Payoffs::new(Better::Higher, &[vec![10.0, 4.0], vec![2.0, 7.0]], &[]);
/// let regrets = regrets(&payoffs);
/// assert_eq!((regrets[0].maximum, regrets[1].maximum), (5.0, 6.0));
/// ```
pub fn regrets(payoffs: &Payoffs) -> Vec<Regret> {
    let n = payoffs.n_worlds();
    let best: Vec<f64> = (0..n).map(|world| payoffs.best(world)).collect();
    let n_best: Vec<usize> = (0..n)
        .map(|world| (0..payoffs.n_policies()).filter(|&policy| payoffs.goods(policy)[world] == best[world]).count())
        .collect();
    let regret = |policy: usize| {
        let by_world: Vec<f64> = payoffs.goods(policy).iter().zip(&best).map(|(good, best)| best - good).collect();
        let worst_world = super::payoffs::greatest(&by_world);
        let of_best = |least: usize| {
            by_world.iter().zip(&n_best).filter(|&(&regret, &n)| regret == 0.0 && n >= least).count() as u64
        };
        let elsewhere: Vec<f64> = by_world.iter().copied().filter(|&regret| regret > 0.0).collect();
        Regret {
            mean_elsewhere: Moments::of(&elsewhere).mean(),
            mean: Estimate::new(&Moments::of(&by_world)),
            maximum: worst_world.map_or(f64::NAN, |world| by_world[world]),
            worst_world,
            best: Share::new(of_best(1), n as u64),
            ties: of_best(2),
            by_world,
        }
    };
    (0..payoffs.n_policies()).map(regret).collect()
}

#[cfg(test)]
mod tests {
    use super::super::payoffs::tests::taha;
    use super::*;
    use crate::model::outcomes::Better;

    #[test]
    fn the_greatest_regrets_are_those_of_the_textbook() {
        // Taha, Operations Research, the table of the campsite under Savage's criterion: the second size is chosen.
        let regrets = regrets(&taha());
        assert_eq!(regrets.iter().map(|regret| regret.maximum).collect::<Vec<_>>(), [10.0, 8.0, 16.0, 25.0]);
        assert_eq!(regrets[1].by_world, [3.0, 0.0, 0.0, 8.0]);
        assert_eq!(regrets[1].worst_world, Some(3));
        assert_eq!((regrets[1].mean.value, regrets[1].mean_elsewhere), (2.75, 5.5));
    }

    #[test]
    fn policies_that_are_equally_good_share_a_world() {
        let payoffs = Payoffs::new(Better::Higher, &[vec![1.0, 1.0, 0.0], vec![0.0, 2.0, 1.0]], &[]);
        let regrets = regrets(&payoffs);
        assert_eq!((regrets[0].best.count, regrets[0].ties), (1, 1));
        assert_eq!((regrets[1].best.count, regrets[1].ties), (2, 1));
        assert_eq!(regrets[2].best.count, 0);
    }

    #[test]
    fn one_policy_has_no_regret_and_no_world_has_no_answer() {
        let one = regrets(&Payoffs::new(Better::Higher, &[vec![3.0]], &[]));
        assert_eq!((one[0].maximum, one[0].best.count), (0.0, 1));
        let none = regrets(&Payoffs::new(Better::Higher, &[vec![f64::NAN, 1.0]], &[]));
        assert!(none[0].maximum.is_nan() && none[0].mean.value.is_nan() && none[0].worst_world.is_none());
    }
}
