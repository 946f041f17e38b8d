//! What each policy is worth in each world.

use crate::analyse::moments::Moments;
use crate::model::outcomes::Better;

/// An outcome's expected value in every world under every policy.
///
/// Worlds in which the outcome is not defined under some policy are left out and counted, because policies can only be compared
/// in worlds where each has a value.
///
/// ```
/// use partnersim::analyse::choosing::Payoffs;
/// use partnersim::model::outcomes::Better;
/// let payoffs = Payoffs::new(Better::Higher, &[vec![1.0, 2.0], vec![f64::NAN, 3.0], vec![5.0, 4.0]], &[]);
/// assert_eq!((payoffs.n_worlds(), payoffs.left_out(), payoffs.values(1)), (2, 1, vec![2.0, 4.0]));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Payoffs {
    better: Better,
    worlds: Vec<usize>,
    left_out: usize,
    /// By policy, then by world; more is better.
    goods: Vec<Vec<f64>>,
    /// In the same order; NaN where nobody knows.
    errors: Vec<Vec<f64>>,
}

impl Payoffs {
    /// From `values[world][policy]` and their Monte Carlo standard errors in the same order; no errors, or NaN among them, where
    /// they are not known.
    ///
    /// # Panics
    /// When a world has not as many values as the first.
    pub fn new(better: Better, values: &[Vec<f64>], errors: &[Vec<f64>]) -> Payoffs {
        let n_policies = values.first().map_or(0, Vec::len);
        assert!(values.iter().all(|world| world.len() == n_policies), "every world has one value a policy");
        let is_defined = |world: &usize| values[*world].iter().all(|value| value.is_finite());
        let worlds: Vec<usize> = (0..values.len()).filter(is_defined).collect();
        let sign = sign(better);
        let goods = (0..n_policies).map(|policy| worlds.iter().map(|&world| sign * values[world][policy]).collect());
        let error = |world: usize, policy: usize| {
            errors.get(world).and_then(|row| row.get(policy)).copied().unwrap_or(f64::NAN)
        };
        let errors = (0..n_policies).map(|policy| worlds.iter().map(|&world| error(world, policy)).collect());
        Payoffs {
            better,
            left_out: values.len() - worlds.len(),
            goods: goods.collect(),
            errors: errors.collect(),
            worlds,
        }
    }

    /// Number of policies.
    pub fn n_policies(&self) -> usize {
        self.goods.len()
    }

    /// Number of worlds in which every policy has a value.
    pub fn n_worlds(&self) -> usize {
        self.worlds.len()
    }

    /// The positions, in what was given, of the worlds that are used.
    pub fn worlds(&self) -> &[usize] {
        &self.worlds
    }

    /// Worlds left out because the outcome is not defined there under some policy.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Which way is better.
    pub fn better(&self) -> Better {
        self.better
    }

    /// Value of a policy in each world, turned so that more is better.
    pub fn goods(&self, policy: usize) -> &[f64] {
        &self.goods[policy]
    }

    /// Value of a policy in each world that was given, turned so that more is better; NaN in those left out.
    pub fn goods_of_all(&self, policy: usize) -> Vec<f64> {
        let mut goods = vec![f64::NAN; self.worlds.len() + self.left_out];
        self.worlds.iter().zip(&self.goods[policy]).for_each(|(&world, &good)| goods[world] = good);
        goods
    }

    /// Monte Carlo standard errors of a policy's values.
    pub fn errors(&self, policy: usize) -> &[f64] {
        &self.errors[policy]
    }

    /// Value of a policy in each world as it was given.
    pub fn values(&self, policy: usize) -> Vec<f64> {
        self.goods[policy].iter().map(|&good| self.as_given(good)).collect()
    }

    /// A turned value as it would have been given.
    pub fn as_given(&self, good: f64) -> f64 {
        // Adding nothing turns the zero with a sign into the one without.
        sign(self.better) * good + 0.0
    }

    /// Mean over the worlds and its standard error, of each policy, turned so that more is better.
    pub fn means(&self) -> Vec<Moments> {
        self.goods.iter().map(|goods| Moments::of(goods)).collect()
    }

    /// The best value that any policy has in a world, turned so that more is better.
    pub fn best(&self, world: usize) -> f64 {
        self.goods.iter().map(|goods| goods[world]).fold(f64::NEG_INFINITY, f64::max)
    }
}

/// What turns a value so that more is better.
pub fn sign(better: Better) -> f64 {
    match better {
        Better::Higher => 1.0,
        Better::Lower => -1.0,
    }
}

/// The position of the greatest number, of equals the first; `None` when there is none.
pub fn greatest(numbers: &[f64]) -> Option<usize> {
    let best = numbers.iter().copied().filter(|number| !number.is_nan()).fold(f64::NEG_INFINITY, f64::max);
    numbers.iter().position(|&number| number == best)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The table of the campsite in Taha, Operations Research, on decisions under uncertainty: costs in thousands of four sizes in
    /// four worlds that differ in how many come; less is better.
    pub(crate) fn taha() -> Payoffs {
        let costs =
            [[5.0, 8.0, 21.0, 30.0], [10.0, 7.0, 18.0, 22.0], [18.0, 12.0, 12.0, 19.0], [25.0, 23.0, 21.0, 15.0]];
        Payoffs::new(Better::Lower, &costs.map(|world| world.to_vec()), &[])
    }

    #[test]
    fn less_is_better_turns_the_values_and_gives_them_back() {
        let payoffs = taha();
        assert_eq!(payoffs.goods(0)[0], -5.0);
        assert_eq!(payoffs.values(3), [30.0, 22.0, 19.0, 15.0]);
        assert_eq!(payoffs.best(1), -7.0);
        assert_eq!(greatest(&payoffs.means().iter().map(Moments::mean).collect::<Vec<_>>()), Some(1));
    }

    #[test]
    fn nothing_at_all_is_no_fault() {
        let payoffs = Payoffs::new(Better::Higher, &[], &[]);
        assert_eq!((payoffs.n_policies(), payoffs.n_worlds()), (0, 0));
        assert_eq!(greatest(&[]), None);
        assert_eq!(greatest(&[f64::NAN, 1.0, 1.0]), Some(1));
    }
}
