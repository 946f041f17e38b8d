//! Set-ups compared in the same worlds: the tables and the sentences.

pub mod amount;
pub mod sentences;
pub mod sheets;
pub(super) mod survival;

use crate::analyse::comparison::{Comparison, Question};
use crate::analyse::precision::Precision;
use crate::analyse::shapley::Parts;
use crate::experiment::levers::Lever;
use crate::experiment::quantity::Variable;
use crate::scenario::Scenario;
use serde::{Deserialize, Serialize};

/// A set-up: a scenario as it was run, under the name that the comparison gives it.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Its name in tables and sentences.
    pub name: String,
    /// The scenario.
    pub scenario: Scenario,
}

/// Which changes carry how much of the differences from the first set-up.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The changes.
    pub levers: Vec<Lever>,
    /// The part of each.
    pub parts: Parts,
    /// Combinations of the changes that were simulated.
    pub combinations: usize,
    /// Whether these were all there are.
    pub is_exact: bool,
}

/// A replication that could not be computed, and is left out of all set-ups or of all combinations of changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// The set-up it could not be computed in.
    pub setup: usize,
    /// The changes that were made, where it was the first set-up with some of the changes that lead to that one.
    pub changes: Option<String>,
    /// Index of the replication.
    pub replication: u64,
    /// What the program said.
    pub message: String,
}

impl Failed {
    /// Whether it is the same replication of the same.
    pub fn is_the_same(&self, other: &Failed) -> bool {
        (self.setup, &self.changes, self.replication) == (other.setup, &other.changes, other.replication)
    }
}

/// All there is to tell of a comparison.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// The set-ups; all are held against the first.
    pub setups: &'a [Setup],
    /// What was asked.
    pub question: &'a Question,
    /// What was found.
    pub comparison: &'a Comparison,
    /// Of each set-up but the first, where the reasons were looked for.
    pub explanations: &'a [Option<Explanation>],
    /// Replications that were asked for.
    pub asked: u64,
    /// Replications of each set-up that were tried.
    pub tried: u64,
    /// Whether less was computed than asked for.
    pub is_interrupted: bool,
    /// Those that could not be computed.
    pub failed: &'a [Failed],
    /// How precise the differences became, where that was asked.
    pub precision: &'a [Precision],
}

impl Compared<'_> {
    /// Whether all set-ups run for as many months.
    fn are_of_one_length(&self) -> bool {
        let months = |setup: &Setup| setup.scenario.inputs.horizon_months;
        self.setups.iter().all(|setup| months(setup) == months(&self.setups[0]))
    }

    /// Position of a variable in every list of them.
    fn position(variable: Variable) -> usize {
        Variable::all().position(|other| other == variable).unwrap_or(0)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::analyse::comparison::{Kept, Sums};
    use crate::analyse::shapley::Allocation;
    use crate::analyse::totals;
    use crate::experiment::{fake, levers::levers};

    /// A comparison of two fake set-ups in 300 replications: the second has a premium 20 higher, trust that differs by chance, and
    /// lives on in 30 replications more.
    pub(crate) fn with_compared(check: impl FnOnce(&Compared)) {
        let scenario = fake::scenario();
        let mut second = scenario.clone();
        second.inputs.horizon_months = 2;
        let setups = [("first", scenario), ("second", second)]
            .map(|(name, scenario)| Setup { name: name.to_string(), scenario });
        let variables = ["premium", "trust", "alive", "morale", "coordination"];
        let question = Question {
            shown: variables.iter().map(|name| Variable::parse(name).unwrap()).collect(),
            smallest: Vec::new(),
            targets: setups.iter().map(|setup| totals::targets(&setup.scenario.targets)).collect(),
        };
        let block = fake::block(0, 300);
        let column = |name: &str| Compared::position(Variable::parse(name).unwrap());
        let mut first: Vec<Vec<f64>> = Variable::all().map(|variable| variable.values(&block).into_owned()).collect();
        first[column("alive")] = (0..300).map(|r| f64::from(u8::from(r % 10 < 5))).collect();
        let mut second = first.clone();
        second[column("premium")].iter_mut().enumerate().for_each(|(r, value)| *value += 10.0 + (r % 21) as f64);
        second[column("coordination")].iter_mut().enumerate().for_each(|(r, value)| *value += 1.0 + (r % 2) as f64);
        second[column("alive")] = (0..300).map(|r| f64::from(u8::from(r % 10 < 6))).collect();
        second[column("trust")].iter_mut().enumerate().for_each(|(r, value)| *value += (r % 2) as f64 - 0.5);
        let columns = vec![first, second];
        let sums = Sums::of(&columns, &question.targets);
        let mut kept = Kept::new(2, 300);
        kept.add(&columns);
        let comparison = Comparison::new(&sums, &kept, &question);
        let found = levers(&setups[0].scenario.inputs, &setups[1].scenario.inputs);
        let parts = Parts::of(&Allocation::exact(found.len()), &columns);
        let explanation = Explanation { levers: found, parts, combinations: 2, is_exact: true };
        check(&Compared {
            setups: &setups,
            question: &question,
            comparison: &comparison,
            explanations: &[Some(explanation)],
            asked: 300,
            tried: 300,
            is_interrupted: false,
            failed: &[],
            precision: &[],
        });
    }
}
