//! Luck, what is not known, and what one can choose: which of them an outcome's variance comes from.

use super::inputs::{Inputs, Values};
use super::{About, Told, analysed, paged};
use crate::analyse::batches::Batches;
use crate::analyse::point::PointFinding;
use crate::analyse::sensitivity::Method;
use crate::analyse::sensitivity::resampling::Resampling;
use crate::analyse::sensitivity::variance::{Point, split};
use crate::analyse::shared_luck::SharedLuck;
use crate::experiment::design::{Design, Role};
use crate::experiment::quantity::{Quantity, Variable};
use crate::output::experiment::Found;
use crate::output::sensitivity::{Source, source_sentence};
use std::collections::BTreeMap;

/// The split of every quantity for which the design and the replications allow it, with its position; and what is to be said of it.
/// Its table goes with those of the sensitivity.
pub(super) fn sources(about: &About, inputs: &Inputs) -> (Vec<Source>, Told) {
    let found = about.found;
    let kept = taken(found);
    let places = places(found, inputs, &kept);
    let (mut sources, mut told) = (Vec::new(), Told::default());
    for quantity in analysed(found) {
        let Some(source) = source(about, &kept, &places, quantity) else { continue };
        let sentence = source_sentence(&source);
        told.headlines.extend(paged(found).contains(&quantity).then(|| sentence.clone()));
        told.sentences.push(sentence);
        sources.push(source);
    }
    (sources, told)
}

/// Positions of the set-ups whose points are a sample of what may be, or all there is to choose from: of a design for Sobol' indices those of its two
/// samples, of one that walks from point to point none.
fn taken(found: &Found) -> Vec<usize> {
    let n = found.experiment.policies.len();
    let is_taken = |at: &usize| match found.experiment.design {
        Design::Morris { .. } | Design::OneAtATime => false,
        Design::Saltelli { .. } => matches!(found.points[at / n].part.as_str(), "A" | "B"),
        _ => true,
    };
    (0..found.findings.len()).filter(is_taken).collect()
}

/// Which choice and which world each of the set-ups is, counted from 0.
fn places(found: &Found, inputs: &Inputs, kept: &[usize]) -> Vec<(usize, usize)> {
    let n = found.experiment.policies.len();
    let (mut choices, mut worlds) = (BTreeMap::new(), BTreeMap::new());
    let key = |at: usize, role: Role| -> Vec<String> {
        let of_role = inputs.columns.iter().filter(|input| input.role == role);
        let cells = of_role.map(|input| match &input.values {
            Values::Numbers(numbers) => numbers[at / n].to_bits().to_string(),
            Values::Words(words) => words[at / n].clone(),
        });
        cells.collect()
    };
    let place = |&at: &usize| {
        let (n_choices, n_worlds) = (choices.len(), worlds.len());
        let choice = *choices.entry((at % n, key(at, Role::Choice))).or_insert(n_choices);
        (choice, *worlds.entry(key(at, Role::Uncertain)).or_insert(n_worlds))
    };
    kept.iter().map(place).collect()
}

fn source(about: &About, kept: &[usize], places: &[(usize, usize)], quantity: usize) -> Option<Source> {
    let found = about.found;
    let asked = &found.asked.quantities[quantity];
    let point = |(&at, &(choice, world)): (&usize, &(usize, usize))| {
        let finding = &found.findings[at];
        let mean = finding.quantities[quantity].estimate.value;
        Some(Point { choice, world, mean, variance: variance(found, finding, asked, quantity)?, n: finding.n as f64 })
    };
    let points: Vec<Point> = kept.iter().zip(places).map(point).collect::<Option<_>>()?;
    let batches: Vec<&Batches> = kept.iter().map(|&at| &found.findings[at].quantities[quantity].batches).collect();
    let own = SharedLuck::of(&batches)?.own();
    // By the whole of the replications luck is known better than by its batches, which only say how much of it is shared.
    let mean_variance = points.iter().map(|point| point.variance).sum::<f64>() / points.len() as f64;
    let shared = (mean_variance - own).max(0.0);
    let resamples = Method::Rank.resamples(0).min(if points.len() > 5_000 { 100 } else { 1_000 });
    let resampling = Resampling { resamples, seed: found.experiment.seed, ..Resampling::default() };
    let split = split(&points, shared, &resampling).ok()?;
    Some(Source { outcome: found.name(asked), split, n_points: points.len() })
}

/// The variance of a replication of a set-up; `None` of a quantile, which no single replication has.
fn variance(found: &Found, finding: &PointFinding, asked: &Quantity, quantity: usize) -> Option<f64> {
    match asked {
        Quantity::Mean(variable) => {
            let position = found.asked.variables.iter().position(|one: &Variable| one == variable)?;
            let sd = finding.variables[position].moments.sd();
            Some(sd * sd)
        }
        Quantity::Probability(_) => {
            let error = finding.quantities[quantity].estimate.mc_standard_error;
            Some(error * error * finding.n as f64)
        }
        Quantity::Quantile(..) => None,
    }
}
