//! What is summed of set-ups in the same worlds, block by block.

use crate::analyse::moments::Moments;
use crate::analyse::superiority::Wins;
use crate::experiment::quantity::Variable;
use crate::model::outcomes::Better;

/// Values of one block: `columns[set-up][variable][replication]`, variables in the order of [`Variable::all`].
pub type Columns = Vec<Vec<Vec<f64>>>;

/// Sums over the replications that all set-ups have in common: of one block, or merged in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sums {
    pub(super) n: u64,
    /// `setups[set-up][variable]`.
    pub(super) setups: Vec<Vec<SetupSums>>,
    /// `pairs[pair][variable]`, of every two set-ups; see [`pair`].
    pairs: Vec<Vec<PairSums>>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct SetupSums {
    pub(super) moments: Moments,
    pub(super) above_target: u64,
    pub(super) best: u64,
    pub(super) best_with_others: u64,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct PairSums {
    pub(super) differences: Moments,
    pub(super) wins: Wins,
}

impl Sums {
    /// The sums of one block. `targets[set-up]` are those of [`Question`](super::Question).
    pub fn of(columns: &Columns, targets: &[Vec<f64>]) -> Sums {
        let n = columns.first().and_then(|setup| setup.first()).map_or(0, Vec::len);
        let mut setups: Vec<Vec<SetupSums>> = Vec::new();
        for (values, targets) in columns.iter().zip(targets) {
            let sums = values.iter().zip(Variable::all()).map(|(column, variable)| {
                let target = target(variable, targets);
                let above_target = column.iter().filter(|value| **value > target).count() as u64;
                SetupSums { moments: Moments::of(column), above_target, ..SetupSums::default() }
            });
            setups.push(sums.collect());
        }
        for (at, variable) in Variable::all().enumerate() {
            for replication in 0..n {
                count_best(columns, at, variable, replication, &mut setups);
            }
        }
        let pairs = pairs(columns.len()).map(|(first, second)| {
            columns[first].iter().zip(&columns[second]).map(|(first, second)| PairSums::of(first, second)).collect()
        });
        Sums { n: n as u64, pairs: pairs.collect(), setups }
    }

    /// Takes up the sums of the block that follows.
    pub fn merge(&mut self, next: &Sums) {
        if self.n == 0 {
            self.clone_from(next);
            return;
        }
        self.n += next.n;
        for (mine, more) in self.setups.iter_mut().flatten().zip(next.setups.iter().flatten()) {
            mine.moments.merge(&more.moments);
            mine.above_target += more.above_target;
            mine.best += more.best;
            mine.best_with_others += more.best_with_others;
        }
        for (mine, more) in self.pairs.iter_mut().flatten().zip(next.pairs.iter().flatten()) {
            mine.differences.merge(&more.differences);
            mine.wins.merge(&more.wins);
        }
    }

    /// Replications summed over.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The sums of `second` less `first`, in whichever order they were kept.
    pub(super) fn pair(&self, first: usize, second: usize, at: usize) -> PairSums {
        let n = self.setups.len();
        match pairs(n).position(|pair| pair == (first, second)) {
            Some(pair) => self.pairs[pair][at],
            None => pairs(n).position(|pair| pair == (second, first)).map_or_else(PairSums::default, |pair| {
                let kept = &self.pairs[pair][at];
                PairSums { differences: kept.differences.negated(), wins: kept.wins.reversed() }
            }),
        }
    }
}

impl PairSums {
    fn of(first: &[f64], second: &[f64]) -> PairSums {
        let differences: Vec<f64> = first.iter().zip(second).map(|(first, second)| second - first).collect();
        PairSums { differences: Moments::of(&differences), wins: Wins::of(first, second) }
    }
}

/// Every two of so many set-ups, the earlier one first.
pub(super) fn pairs(n: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n).flat_map(move |first| (first + 1..n).map(move |second| (first, second)))
}

/// Above which an outcome counts; what is no outcome has none.
pub(super) fn target(variable: Variable, targets: &[f64]) -> f64 {
    match variable {
        Variable::Outcome(position) => targets.get(position).copied().unwrap_or(f64::NAN),
        Variable::Failed => f64::NAN,
    }
}

/// Counts who did best in a replication, alone or with others.
fn count_best(columns: &Columns, at: usize, variable: Variable, replication: usize, setups: &mut [Vec<SetupSums>]) {
    let merit = |setup: usize| merit(variable, columns[setup][at][replication]);
    let most = (0..columns.len()).map(merit).fold(f64::NEG_INFINITY, f64::max);
    let n_best = (0..columns.len()).filter(|&setup| merit(setup) == most).count();
    for (setup, sums) in setups.iter_mut().enumerate().filter(|(setup, _)| merit(*setup) == most) {
        debug_assert!(setup < columns.len());
        let counted = if n_best == 1 { &mut sums[at].best } else { &mut sums[at].best_with_others };
        *counted += 1;
    }
}

/// A number that is greater where the outcome is better.
pub(super) fn merit(variable: Variable, value: f64) -> f64 {
    match variable.better() {
        Better::Higher => value,
        Better::Lower => -value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_turned_round_has_its_difference_and_its_wins_turned_round() {
        let n = Variable::all().count();
        let columns = vec![vec![vec![1.0, 2.0]; n], vec![vec![4.0, 9.0]; n]];
        let sums = Sums::of(&columns, &[vec![0.0; n], vec![0.0; n]]);
        let (there, back) = (sums.pair(0, 1, 0), sums.pair(1, 0, 0));
        assert_eq!((there.differences.mean(), back.differences.mean()), (5.0, -5.0));
        assert_eq!(there.differences.sd(), back.differences.sd());
        assert_eq!((there.wins.greater, back.wins.greater, back.wins.less), (2, 0, 2));
    }
}
