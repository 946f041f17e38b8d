//! The points of a table: what its rows repeat, and what the replications of a point say.

use super::variables::{Input, Measured, complete_rows, of_rows};
use crate::analyse::moments::Moments;
use crate::analyse::sensitivity::variance::{Point, shared_covariance};
use crate::import::columns::Columns;
use std::collections::BTreeMap;

/// With fewer points than this, rows that repeat them count each for itself.
const LEAST_POINTS: usize = 20;

/// What is known of a table beside its outcomes.
pub struct About<'t> {
    pub columns: &'t Columns,
    pub inputs: &'t [Input],
    /// Names of the inputs that one can choose.
    pub choices: &'t [String],
    /// Number of replications behind each row.
    pub n: Option<&'t [f64]>,
}

/// The points of the table and the covariance that their replications share: from rows that repeat the same inputs, or from standard errors and
/// numbers of replications.
pub fn points(about: &About, outcome: &Measured) -> Option<(Vec<Point>, f64)> {
    let mut all: Vec<&[f64]> = about.inputs.iter().map(|input| input.values.as_slice()).collect();
    all.push(&outcome.values);
    let complete = complete_rows(&all);
    let is_choice = |input: &Input| about.choices.iter().any(|name| name.trim() == input.name);
    let key = |row: usize, chosen: bool| {
        let inputs = about.inputs.iter().filter(|input| is_choice(input) == chosen);
        inputs.map(|input| input.values[row].to_bits()).collect::<Vec<u64>>()
    };
    let (mut choices, mut worlds) = (BTreeMap::new(), BTreeMap::new());
    let mut groups: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for &row in &complete {
        let (n_choices, n_worlds) = (choices.len(), worlds.len());
        let choice = *choices.entry(key(row, true)).or_insert(n_choices);
        let world = *worlds.entry(key(row, false)).or_insert(n_worlds);
        groups.entry((choice, world)).or_default().push(row);
    }
    if let (Some(errors), Some(n)) = (&outcome.standard_errors, about.n) {
        let point = |(&(choice, world), rows): (&(usize, usize), &Vec<usize>)| {
            let row = rows[0];
            Point { choice, world, mean: outcome.values[row], variance: errors[row] * errors[row] * n[row], n: n[row] }
        };
        return Some((groups.iter().map(point).collect(), 0.0));
    }
    let repeated: Vec<(&(usize, usize), &Vec<usize>)> = groups.iter().filter(|(_, rows)| rows.len() > 1).collect();
    let points: Vec<Point> =
        repeated.iter().map(|&(&(choice, world), rows)| point(outcome, choice, world, rows)).collect();
    // A few rows that happen to agree say nothing of luck.
    if points.is_empty() || 10 * points.len() < 9 * groups.len() {
        return None;
    }
    let shared = shared(about, outcome, &complete, &points);
    Some((points, shared))
}

/// The covariance of points that met the same draws, where a column `replication` tells which rows did.
fn shared(about: &About, outcome: &Measured, rows: &[usize], points: &[Point]) -> f64 {
    let Ok(replications) = about.columns.numbers("replication") else { return 0.0 };
    let mut by_replication: BTreeMap<u64, Vec<f64>> = BTreeMap::new();
    for &row in rows {
        by_replication.entry(replications[row].to_bits()).or_default().push(outcome.values[row]);
    }
    if by_replication.values().any(|values| values.len() != points.len()) {
        return 0.0;
    }
    let means: Vec<f64> = by_replication.values().map(|values| Moments::of(values).mean()).collect();
    let sd = Moments::of(&means).sd();
    let within = points.iter().map(|point| point.variance).sum::<f64>() / points.len() as f64;
    shared_covariance(sd * sd, within, points.len())
}

fn point(outcome: &Measured, choice: usize, world: usize, rows: &[usize]) -> Point {
    let moments = Moments::of(&of_rows(&outcome.values, rows));
    Point { choice, world, mean: moments.mean(), variance: moments.sd() * moments.sd(), n: rows.len() as f64 }
}

/// Whether rows repeat points as replications do, each about as often: rows that happen to agree are no replications.
fn is_replicated<'r>(points: impl Iterator<Item = &'r Vec<usize>> + Clone) -> bool {
    let fewest = points.clone().map(Vec::len).min().unwrap_or(0);
    let most = points.map(Vec::len).max().unwrap_or(0);
    fewest >= 2 && 10 * fewest >= 9 * most
}

/// The observations of an outcome. Rows that repeat a point are no further evidence on what its inputs do, so that where there are points enough
/// each counts once.
pub struct Observed {
    /// A row of each observation.
    pub rows: Vec<usize>,
    /// The values.
    pub values: Vec<f64>,
    /// Their standard errors, where they are known.
    pub errors: Option<Vec<f64>>,
}

impl Observed {
    /// The observations in these rows.
    pub fn of(inputs: &[&Input], outcome: &Measured, rows: &[usize]) -> Observed {
        let mut points: BTreeMap<Vec<u64>, Vec<usize>> = BTreeMap::new();
        for &row in rows {
            points.entry(inputs.iter().map(|input| input.values[row].to_bits()).collect()).or_default().push(row);
        }
        if !is_replicated(points.values()) || points.len() < LEAST_POINTS || outcome.standard_errors.is_some() {
            let errors = outcome.standard_errors.as_ref().map(|errors| of_rows(errors, rows));
            return Observed { rows: rows.to_vec(), values: of_rows(&outcome.values, rows), errors };
        }
        let mut points: Vec<Vec<usize>> = points.into_values().collect();
        points.sort();
        let moments: Vec<Moments> = points.iter().map(|rows| Moments::of(&of_rows(&outcome.values, rows))).collect();
        let errors: Vec<f64> = moments.iter().map(Moments::mc_standard_error).collect();
        Observed {
            rows: points.iter().map(|rows| rows[0]).collect(),
            values: moments.iter().map(Moments::mean).collect(),
            errors: errors.iter().all(|error| error.is_finite()).then_some(errors),
        }
    }
}
