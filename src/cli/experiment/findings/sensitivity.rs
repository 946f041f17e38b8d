//! What each quantity depends on, by the methods that the design allows.

use super::super::super::failure::Failure;
use super::super::super::terminal::{grid, width};
use super::inputs::{Input, Inputs};
use super::{About, Told, analysed, paged, values};
use crate::analyse::batches::Batches;
use crate::analyse::moments::Moments;
use crate::analyse::sensitivity::resampling::Resampling;
use crate::analyse::sensitivity::{Method, of, order, sobol};
use crate::analyse::shared_luck::SharedLuck;
use crate::experiment::design::Design;
use crate::experiment::{self, Plan, Stopped, Stretch};
use crate::output::figure::counted;
use crate::output::sensitivity::{Found, Source, headings, noise_sentence, rows, sentences, sheets};

/// Fewer points than these say too little of what matters.
const LEAST_POINTS: usize = 20;

/// Tables that a page holds.
const MOST_TABLES: usize = 2;

/// What one quantity is at every point, the mean over the policies where there are several.
struct Outcome {
    name: String,
    values: Vec<f64>,
    noise_share: f64,
    is_shown: bool,
}

pub(super) fn told(about: &About, inputs: &Inputs, sources: &[Source]) -> Result<Told, Failure> {
    let (methods, inputs) = methods(about, inputs);
    let (outcomes, constant) = outcomes(about);
    let outcomes = if methods.is_empty() || inputs.is_empty() { Vec::new() } else { outcomes };
    let tasks: Vec<(&Outcome, Method)> =
        outcomes.iter().flat_map(|outcome| methods.iter().map(move |method| (outcome, *method))).collect();
    let columns: Vec<Vec<f64>> = inputs.iter().map(|input| input.numbers()).collect();
    let work = |stretch: Stretch| found(about, &inputs, &columns, tasks[stretch.point]);
    let (mut results, mut refused) = (Vec::new(), Vec::new());
    let sink = |stretch: Stretch, result: Result<Found, String>| {
        match result {
            Ok(found) => results.push(found),
            Err(why) => {
                refused.push(format!("{}, {}: {why}.", tasks[stretch.point].0.name, tasks[stretch.point].1.name()))
            }
        }
        Ok::<(), ()>(())
    };
    let plan = Plan { points: tasks.len(), first: 0, replications: 1, threads: about.threads };
    match experiment::run(&plan, about.interrupt, &work, sink) {
        Err(Stopped::Fault(fault)) => return Err(Failure::fault(&fault)),
        Ok(done) if done < tasks.len() as u64 => return Err(super::super::interrupted_late()),
        _ => {}
    }
    let mut told = Told { sheets: sheets(&results, sources), ..Told::default() };
    notes(about, &inputs, &results, &mut told);
    let is_page = |found: &&Found| outcomes.iter().any(|outcome| outcome.is_shown && outcome.name == found.outcome);
    for found in &results {
        told.sentences.extend(sentences(found));
    }
    for found in results.iter().filter(is_page) {
        told.headlines.extend(headline(found, &results));
    }
    let leading = results.iter().filter(is_page).filter(|found| is_leading(found.method));
    let most = if about.found.experiment.policies.len() > 1 { 1 } else { MOST_TABLES };
    told.tables.extend(leading.take(most).map(table));
    for outcome in &outcomes {
        let noise = results.iter().find(|found| found.outcome == outcome.name).and_then(noise_sentence);
        told.sentences.extend(noise.map(|noise| noise.replace("row", "point")));
    }
    told.sentences.extend(refused);
    if !methods.is_empty() {
        told.sentences
            .extend(constant.iter().map(|name| format!("{name} is the same at every point, so nothing can move it.")));
    }
    Ok(told)
}

/// The methods that the design allows, with the inputs that they look at.
fn methods<'i>(about: &About, inputs: &'i Inputs) -> (Vec<Method>, Vec<&'i Input>) {
    let all = || inputs.columns.iter().collect();
    let varying = || inputs.columns.iter().filter(|input| input.varies()).collect();
    match about.found.experiment.design {
        Design::Morris { .. } => (vec![Method::Morris], all()),
        Design::Saltelli { .. } => (vec![Method::Sobol], all()),
        Design::OneAtATime => (Vec::new(), Vec::new()),
        _ if about.found.points.len() < LEAST_POINTS => (Vec::new(), Vec::new()),
        _ => (vec![Method::Rank, Method::Delta, Method::Pawn], varying()),
    }
}

/// The quantities, and the names of those that are the same at every point.
fn outcomes(about: &About) -> (Vec<Outcome>, Vec<String>) {
    let (found, n) = (about.found, about.found.experiment.policies.len());
    let (mut outcomes, mut constant) = (Vec::new(), Vec::new());
    for quantity in analysed(found) {
        let name = found.name(&found.asked.quantities[quantity]);
        let values: Vec<f64> = values(found, quantity).chunks(n).map(|point| Moments::of(point).mean()).collect();
        if values.iter().all(|value| *value == values[0]) {
            constant.push(name);
            continue;
        }
        let points = found.findings.chunks(n);
        let batches: Vec<Batches> = points
            .map(|point| Batches::mean(point.iter().map(|finding| &finding.quantities[quantity].batches)))
            .collect();
        let spread = Moments::of(&values).sd();
        let noise = SharedLuck::of(&batches.iter().collect::<Vec<_>>())
            .map_or(f64::NAN, |luck| luck.own() / batches[0].n as f64 / (spread * spread));
        let noise_share = if noise.is_nan() { noise } else { noise.min(1.0) };
        outcomes.push(Outcome { name, values, noise_share, is_shown: paged(found).contains(&quantity) });
    }
    (outcomes, constant)
}

/// What a method finds of a quantity.
fn found(
    about: &About,
    inputs: &[&Input],
    columns: &[Vec<f64>],
    (outcome, method): (&Outcome, Method),
) -> Result<Found, String> {
    let n = outcome.values.len();
    let resampling =
        Resampling { resamples: method.resamples(n), seed: about.found.experiment.seed, ..Resampling::default() };
    let scaled: Vec<Vec<f64>> = match method {
        Method::Morris => columns.iter().map(|column| to_unit(column)).collect(),
        _ => columns.to_vec(),
    };
    let is_whole = |row: &usize| method_keeps_all(method) || row_is_whole(&scaled, &outcome.values, *row);
    let kept: Vec<usize> = (0..n).filter(is_whole).collect();
    let of_kept = |column: &[f64]| kept.iter().map(|&row| column[row]).collect::<Vec<f64>>();
    let (rows, values): (Vec<Vec<f64>>, Vec<f64>) =
        (scaled.iter().map(|column| of_kept(column)).collect(), of_kept(&outcome.values));
    let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
    let (influences, convergence) = if method == Method::Sobol {
        let has_second = sobol::has_second_order(n, &rows)?;
        let finding = sobol::Products::of(&values, rows.len(), has_second)?.finding(&resampling);
        (finding.influences.clone(), Some(finding))
    } else {
        (of(method, &rows, &values, &resampling)?, None)
    };
    Ok(Found {
        outcome: outcome.name.clone(),
        method,
        inputs: inputs.iter().map(|input| input.name.clone()).collect(),
        influences,
        n_rows: kept.len(),
        n_repeating: 0,
        n_left_out: n - kept.len(),
        noise_share: outcome.noise_share,
        convergence,
    })
}

/// Whether the rows of a method must stay together, gaps and all.
fn method_keeps_all(method: Method) -> bool {
    matches!(method, Method::Morris | Method::Sobol)
}

fn row_is_whole(columns: &[Vec<f64>], values: &[f64], row: usize) -> bool {
    values[row].is_finite() && columns.iter().all(|column| column[row].is_finite())
}

/// Between its least and its greatest value.
fn to_unit(column: &[f64]) -> Vec<f64> {
    let ends = column.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)));
    column.iter().map(|x| (x - ends.0) / (ends.1 - ends.0)).collect()
}

/// Whether it is the method whose table a page shows.
fn is_leading(method: Method) -> bool {
    matches!(method, Method::Morris | Method::Sobol | Method::Rank)
}

/// What of a method belongs on the page: of ranks all, of the others where they see more than ranks do.
fn headline(found: &Found, all: &[Found]) -> Vec<String> {
    let strongest = |found: &Found| {
        let first = order(&found.influences, found.method).into_iter().next()?;
        let of_it = found.influences.iter().find(|one| one.input == first && one.index == found.method.headline());
        of_it.filter(|one| one.is_clear).map(|one| one.input)
    };
    let by_rank = all.iter().find(|one| one.outcome == found.outcome && one.method == Method::Rank).and_then(strongest);
    let is_told = match found.method {
        Method::Delta => strongest(found).is_some() && strongest(found) != by_rank,
        Method::Pawn => false,
        _ => true,
    };
    if is_told { sentences(found) } else { Vec::new() }
}

fn table(found: &Found) -> String {
    let grid = grid(&headings(found), &["Input", "weight"], rows(found), width());
    format!("What {} depends on, by {}\n{grid}", found.outcome, found.method.name())
}

/// What a reader must know of the inputs and points.
fn notes(about: &About, inputs: &[&Input], results: &[Found], told: &mut Told) {
    if results.is_empty() {
        return;
    }
    let policies = about.found.experiment.policies.len() as u64;
    if policies > 1 {
        let note =
            format!("What outcomes depend on is told of their means over the {policies} policies at each point.");
        told.headlines.push(note.clone());
        told.sentences.push(note);
    }
    for input in inputs.iter().filter(|input| !input.levels().is_empty()) {
        told.sentences.push(format!(
            "{} holds {}; they stand in the order {}, on which the rank correlations depend.",
            input.name,
            counted(input.levels().len() as u64, "word"),
            input.levels().join(", ")
        ));
    }
}
