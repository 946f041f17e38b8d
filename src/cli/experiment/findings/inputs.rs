//! The factors of an experiment as columns, a value a point.

use crate::analyse::choosing::partial;
use crate::analyse::discovery::worlds;
use crate::experiment::design::Role;
use crate::experiment::design::marginal::Level;
use crate::output::experiment::Found;

/// The factors as columns.
pub(super) struct Inputs {
    pub columns: Vec<Input>,
}

/// A factor at every point.
pub(super) struct Input {
    pub name: String,
    pub role: Role,
    pub values: Values,
}

/// Its values; where a point leaves the scenario alone, the scenario's own.
pub(super) enum Values {
    Numbers(Vec<f64>),
    Words(Vec<String>),
}

impl Inputs {
    pub(super) fn new(found: &Found) -> Inputs {
        let experiment = found.experiment;
        let column = |k: usize| {
            let level =
                |point: &crate::experiment::design::Point| point.values[k].clone().or(experiment.base[k].clone());
            let levels: Vec<Option<Level>> = found.points.iter().map(level).collect();
            if levels.iter().any(|level| matches!(level, Some(Level::Word(_)))) {
                return Values::Words(
                    levels.iter().map(|level| level.as_ref().map_or(String::new(), Level::text)).collect(),
                );
            }
            let number = |level: &Option<Level>| match level {
                Some(Level::Number(number)) => *number,
                _ => f64::NAN,
            };
            Values::Numbers(levels.iter().map(number).collect())
        };
        let columns = experiment.factors.iter().enumerate().map(|(k, factor)| Input {
            name: factor.name.clone(),
            role: factor.role,
            values: column(k),
        });
        Inputs { columns: columns.collect() }
    }
}

impl Input {
    /// As numbers; words by their place in alphabetical order, as in the analysis of a table.
    pub(super) fn numbers(&self) -> Vec<f64> {
        match &self.values {
            Values::Numbers(numbers) => numbers.clone(),
            Values::Words(words) => {
                let levels = self.levels();
                words.iter().map(|word| levels.partition_point(|level| level < word) as f64).collect()
            }
        }
    }

    /// The words that occur, in alphabetical order; none of numbers.
    pub(super) fn levels(&self) -> Vec<String> {
        let Values::Words(words) = &self.values else { return Vec::new() };
        let mut levels = words.clone();
        levels.sort();
        levels.dedup();
        levels
    }

    /// Whether it differs between points.
    pub(super) fn varies(&self) -> bool {
        match &self.values {
            Values::Numbers(numbers) => numbers.iter().any(|number| *number != numbers[0]),
            Values::Words(words) => words.iter().any(|word| *word != words[0]),
        }
    }

    /// As that which may be known of a world.
    pub(super) fn of_worlds(&self) -> partial::Input {
        match &self.values {
            Values::Numbers(numbers) => partial::Input::Numbers(numbers.clone()),
            Values::Words(_) => partial::Input::Groups(self.numbers().iter().map(|place| *place as usize).collect()),
        }
    }

    /// As a column of set-ups, of which there are `n` a point.
    pub(super) fn of_set_ups(&self, n: usize) -> worlds::Values {
        fn each<T: Clone>(values: &[T], n: usize) -> Vec<T> {
            values.iter().flat_map(|value| std::iter::repeat_n(value.clone(), n)).collect()
        }
        match &self.values {
            Values::Numbers(numbers) => worlds::Values::Numbers(each(numbers, n)),
            Values::Words(words) => worlds::Values::words(&each(words, n)),
        }
    }
}
