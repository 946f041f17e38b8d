//! Which points an experiment visits: factors, what is known about each, and the designs that place points among them.
//!
//! A design is a pure function of the file and the seed. Every random number of it is addressed, so that a point is the same on any
//! number of threads, and the first points of a longer design are those of a shorter one (a Latin hypercube aside, whose strata are
//! as many as its points).

mod dependence;
mod factorial;
mod joe_kuo;
mod latin_hypercube;
pub mod marginal;
mod morris;
mod saltelli;
pub mod sobol;

pub use dependence::{Correlation, Dependence, Share};
use marginal::{Level, Marginal};

/// Something that an experiment varies.
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    /// Short name, which is also that of its column.
    pub name: String,
    /// What it sets in the scenario: one path or several that get the same value.
    pub paths: Vec<String>,
    /// Whether somebody decides it or nobody knows it.
    pub role: Role,
    /// What values it takes.
    pub marginal: Marginal,
}

/// What a factor is in the question that is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Somebody decides it.
    Choice,
    /// Nobody knows it.
    Uncertain,
}

/// How points are placed among the factors.
#[derive(Debug, Clone, PartialEq)]
pub enum Design {
    /// Every combination of the levels.
    Factorial,
    /// The scenario as it is, then each factor at each of its levels, the others left alone.
    OneAtATime,
    /// One point in each of equally likely strata of every factor.
    LatinHypercube {
        /// Number of points.
        points: usize,
        /// Whether points lie in the middle of their strata, and not anywhere in them.
        centred: bool,
        /// Whether of several hypercubes the one is taken whose nearest points are furthest apart.
        maximin: bool,
    },
    /// A sequence that fills the space evenly, however long it is.
    Sobol {
        /// Number of points.
        points: usize,
        /// Whether its digits are permuted by the seed (Owen's scrambling).
        scrambled: bool,
        /// Points of the sequence that are left out at its beginning.
        skip: usize,
    },
    /// Paths through a grid on which each factor moves once, for screening by elementary effects.
    Morris {
        /// Number of paths.
        trajectories: usize,
        /// Levels of the grid, an even number.
        levels: usize,
    },
    /// Two samples and the samples between them, for Sobol' indices.
    Saltelli {
        /// Rows of each sample.
        base: usize,
        /// Whether the rows are made from which effects of pairs are estimated.
        second_order: bool,
        /// Whether the sequence is scrambled.
        scrambled: bool,
        /// Points of the sequence that are left out at its beginning.
        skip: usize,
    },
    /// Points given in a table, one list of values a factor.
    Table {
        /// `columns[factor][point]`.
        columns: Vec<Vec<Level>>,
    },
}

/// A point of a design.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The value of each factor; `None` leaves the scenario as it is.
    pub values: Vec<Option<Level>>,
    /// What the point belongs to: base row or trajectory, counted from 0; 0 where there is nothing of the kind.
    pub group: usize,
    /// Its part in that: `A`, `AB_quality`, the factor that has just moved; empty where there is nothing of the kind.
    pub part: String,
}

/// A point before anything is known of the factors: where it lies in the unit cube.
struct Place {
    at: Vec<f64>,
    group: usize,
    part: String,
}

impl Place {
    fn new(at: Vec<f64>) -> Place {
        Place { at, group: 0, part: String::new() }
    }
}

impl Role {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Role::Choice => "choice",
            Role::Uncertain => "uncertain",
        }
    }
}

impl Design {
    /// The word for it in an experiment file.
    pub fn word(&self) -> &'static str {
        match self {
            Design::Factorial => "factorial",
            Design::OneAtATime => "one_at_a_time",
            Design::LatinHypercube { .. } => "latin_hypercube",
            Design::Sobol { .. } => "sobol",
            Design::Morris { .. } => "morris",
            Design::Saltelli { .. } => "saltelli",
            Design::Table { .. } => "table",
        }
    }

    /// Whether its points are a sample of what may be the case, and not a list of what is compared.
    pub fn is_sample(&self) -> bool {
        matches!(
            self,
            Design::LatinHypercube { .. } | Design::Sobol { .. } | Design::Saltelli { .. } | Design::Table { .. }
        )
    }

    /// How many points it has; `usize::MAX` where they are beyond counting.
    pub fn size(&self, factors: &[Factor]) -> usize {
        let levels = || factors.iter().map(|factor| factor.marginal.levels().len());
        match self {
            Design::Factorial => levels().fold(1, |product: usize, n| product.saturating_mul(n)),
            Design::OneAtATime => levels().fold(1, |sum: usize, n| sum.saturating_add(n)),
            Design::LatinHypercube { points, .. } | Design::Sobol { points, .. } => *points,
            Design::Morris { trajectories, .. } => trajectories.saturating_mul(factors.len() + 1),
            Design::Saltelli { base, second_order, .. } => {
                base.saturating_mul(saltelli::parts(factors.len(), *second_order))
            }
            Design::Table { columns } => columns.first().map_or(0, Vec::len),
        }
    }

    /// Its points, in order.
    ///
    /// ```
    /// use partnersim::experiment::design::{Dependence, Design, Factor, Role};
    /// use partnersim::experiment::design::marginal::{Level, Marginal};
    /// use partnersim::model::uncertainty::Uncertainty;
    /// let quality = Factor {
    ///     name: "quality".to_string(),
    ///     paths: vec!["communication.quality".to_string()],
    ///     role: Role::Uncertain,
    ///     marginal: Marginal::Spread { uncertainty: Uncertainty::Uniform { low: 0.2, high: 0.6 }, is_whole: false },
    /// };
    /// let design = Design::Sobol { points: 3, scrambled: false, skip: 0 };
    /// let points = design.points(&[quality], &Dependence::default(), 1);
    /// assert_eq!(points[1].values, [Some(Level::Number(0.4))]);
    /// ```
    pub fn points(&self, factors: &[Factor], dependence: &Dependence, seed: u64) -> Vec<Point> {
        let n = factors.len();
        let places = match self {
            Design::Factorial => return factorial::all(factors),
            Design::OneAtATime => return factorial::one_at_a_time(factors),
            Design::Table { columns } => return table(columns),
            Design::LatinHypercube { points, centred, maximin } => {
                latin_hypercube::places(*points, n, *centred, *maximin, seed)
            }
            Design::Sobol { points, scrambled, skip } => sobol::places(*points, n, *scrambled, *skip, seed),
            Design::Morris { trajectories, levels } => morris::places(*trajectories, *levels, factors, seed),
            Design::Saltelli { base, second_order, scrambled, skip } => {
                let rows = sobol::places(*base, 2 * n, *scrambled, *skip, seed);
                saltelli::places(&rows, factors, *second_order)
            }
        };
        // The grid of Morris reaches the ends of the unit interval, where a distribution without bounds has no value.
        let inner = if matches!(self, Design::Morris { .. }) { marginal::GRID } else { marginal::WHOLE };
        let point = |Place { at, group, part }: Place| {
            let at = dependence.applied(at);
            let values = factors.iter().enumerate().map(|(k, factor)| match dependence.shared(k, &at) {
                Some(share) => Some(Level::Number(share)),
                None => Some(factor.marginal.value(at[k], inner)),
            });
            Point { values: values.collect(), group, part }
        };
        places.into_iter().map(point).collect()
    }
}

fn table(columns: &[Vec<Level>]) -> Vec<Point> {
    let n = columns.first().map_or(0, Vec::len);
    let values = |row: usize| columns.iter().map(|column| Some(column[row].clone())).collect();
    (0..n).map(|row| Point { values: values(row), group: 0, part: String::new() }).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::model::uncertainty::Uncertainty;

    /// A factor that lies anywhere between 0 and 1.
    pub(crate) fn unit(name: &str) -> Factor {
        let marginal = Marginal::Spread { uncertainty: Uncertainty::Uniform { low: 0.0, high: 1.0 }, is_whole: false };
        Factor { name: name.to_string(), paths: vec![name.to_string()], role: Role::Uncertain, marginal }
    }

    /// The points of a design of unit factors as numbers.
    pub(crate) fn numbers(design: &Design, n: usize, seed: u64) -> Vec<Vec<f64>> {
        let factors: Vec<Factor> = (0..n).map(|k| unit(&format!("x{k}"))).collect();
        let number = |level: &Option<Level>| match level {
            Some(Level::Number(number)) => *number,
            _ => f64::NAN,
        };
        let points = design.points(&factors, &Dependence::default(), seed);
        assert_eq!(points.len(), design.size(&factors));
        points.iter().map(|point| point.values.iter().map(number).collect()).collect()
    }

    #[test]
    fn more_points_leave_the_first_ones_as_they_are() {
        let of = |n: usize| {
            [
                Design::Sobol { points: 4 * n, scrambled: true, skip: 0 },
                Design::Sobol { points: 4 * n, scrambled: false, skip: 3 },
                Design::Morris { trajectories: n, levels: 4 },
                Design::Saltelli { base: 2 * n, second_order: true, scrambled: true, skip: 0 },
            ]
        };
        for (few, many) in of(4).iter().zip(&of(16)) {
            let (few, many) = (numbers(few, 5, 3), numbers(many, 5, 3));
            assert!(few.len() < many.len());
            assert_eq!(few[..], many[..few.len()]);
        }
    }

    #[test]
    fn another_seed_gives_another_design_where_chance_has_a_part() {
        for design in [
            Design::Sobol { points: 8, scrambled: true, skip: 0 },
            Design::Morris { trajectories: 4, levels: 4 },
            Design::LatinHypercube { points: 8, centred: false, maximin: false },
            Design::LatinHypercube { points: 8, centred: true, maximin: true },
        ] {
            assert_ne!(numbers(&design, 3, 1), numbers(&design, 3, 2), "{design:?}");
            assert_eq!(numbers(&design, 3, 1), numbers(&design, 3, 1), "{design:?}");
        }
    }
}
