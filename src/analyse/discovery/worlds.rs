//! What a discovery works on: worlds, what was varied in them, and in which of them something happened.

use crate::analyse::wilson::{Interval, wilson};

/// Worlds (replications, design points, rows of any table), one position each in every column.
#[derive(Debug, Clone, PartialEq)]
pub struct Worlds {
    /// What was varied, one entry an input.
    pub inputs: Vec<Values>,
    /// Whether it happened.
    pub cases: Vec<bool>,
}

/// The values of one input.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Numbers, none of them NaN.
    Numbers(Vec<f64>),
    /// Words, as positions in a list of all that occur.
    Words {
        /// The words that occur.
        words: Vec<String>,
        /// Position of each world's word.
        of: Vec<usize>,
    },
}

/// How many worlds are somewhere, and in how many of these it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Worlds.
    pub n: usize,
    /// Worlds in which it happened.
    pub cases: usize,
}

impl Worlds {
    /// Number of worlds.
    pub fn len(&self) -> usize {
        self.cases.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.cases.is_empty()
    }

    /// Counts the worlds of a mask.
    pub fn count(&self, within: &[bool]) -> Count {
        let mut count = Count::default();
        within.iter().zip(&self.cases).filter(|(within, _)| **within).for_each(|(_, case)| count.add(*case));
        count
    }
}

impl Values {
    /// The list of different words of a column, in alphabetical order, and each world's place in it.
    pub fn words(column: &[String]) -> Values {
        let mut words = column.to_vec();
        words.sort();
        words.dedup();
        let of = column.iter().map(|word| words.binary_search(word).unwrap_or(0)).collect();
        Values::Words { words, of }
    }
}

impl Count {
    /// Counts one more world.
    pub fn add(&mut self, is_case: bool) {
        self.n += 1;
        self.cases += usize::from(is_case);
    }

    /// Those of `self` that are not among `other`.
    pub fn less(self, other: Count) -> Count {
        Count { n: self.n - other.n, cases: self.cases - other.cases }
    }

    /// Both together.
    pub fn and(self, other: Count) -> Count {
        Count { n: self.n + other.n, cases: self.cases + other.cases }
    }

    /// Share of the worlds in which it happened; NaN of none.
    pub fn density(self) -> f64 {
        self.cases as f64 / self.n as f64
    }

    /// Wilson's interval of the density, at 95 %.
    pub fn density_interval(self) -> Interval {
        wilson(self.cases as u64, self.n as u64, 0.95)
    }

    /// Share of all cases that are here.
    pub fn coverage(self, all: Count) -> f64 {
        self.cases as f64 / all.cases as f64
    }

    /// Wilson's interval of the coverage, at 95 %.
    pub fn coverage_interval(self, all: Count) -> Interval {
        wilson(self.cases as u64, all.cases as u64, 0.95)
    }

    /// Share of all worlds that are here.
    pub fn mass(self, all: Count) -> f64 {
        self.n as f64 / all.n as f64
    }
}
