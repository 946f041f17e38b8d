//! Where a condition of the points holds, in terms of what nobody knows.

use super::super::super::discovery::{Question, check, conclude};
use super::super::super::failure::Failure;
use super::inputs::{Input, Inputs};
use super::{About, Told, values};
use crate::analyse::discovery::Options;
use crate::analyse::discovery::worlds::{Values, Worlds};
use crate::experiment::design::Role;

pub(super) fn told(about: &About, inputs: &Inputs) -> Result<Told, Failure> {
    let (found, n) = (about.found, about.found.experiment.policies.len());
    let Some(when) = &found.experiment.discovery else { return Ok(Told::default()) };
    let Some(quantity) = found.asked.quantities.iter().position(|one| *one == when.quantity) else {
        return Ok(Told::default());
    };
    let values = values(found, quantity);
    let columns = columns(inputs);
    let numbers: Vec<Vec<f64>> = columns.iter().map(|input| input.numbers()).collect();
    let is_whole = |at: &usize| !values[*at].is_nan() && numbers.iter().all(|column| !column[at / n].is_nan());
    let kept: Vec<usize> = (0..values.len()).filter(is_whole).collect();
    let mut names: Vec<String> = columns.iter().map(|input| input.name.clone()).collect();
    let mut all: Vec<Values> = columns.iter().map(|input| input.of_set_ups(n)).collect();
    if n > 1 {
        names.push("policy".to_string());
        let of = |at: usize| found.experiment.policies[at % n].name.clone();
        all.push(Values::words(&(0..values.len()).map(of).collect::<Vec<_>>()));
    }
    let worlds = Worlds {
        inputs: all.into_iter().map(|column| of_kept(column, &kept)).collect(),
        cases: kept.iter().map(|&at| when.comparison.holds(values[at], when.bound)).collect(),
    };
    let left_out = values.len() - kept.len();
    let noun = if n > 1 { "set-up" } else { "point" };
    let notes =
        if left_out > 0 { vec![format!("{left_out} {noun}s lack a value and were left out.")] } else { Vec::new() };
    let words = format!("{} {} {}", found.name(&when.quantity), when.comparison, when.bound);
    let question = Question { when: words, noun, names: &names, defaults: Vec::new(), notes };
    // What there is to say of the points must not be lost because they are all alike.
    if let Err(Failure::Input(why)) = check(&worlds, &question) {
        let why = why.lines().next().unwrap_or_default().trim_end_matches('.').to_string();
        let told = vec![format!("Where {} holds: {why}.", question.when)];
        return Ok(Told { sentences: told.clone(), headlines: told, ..Told::default() });
    }
    let options = Options { seed: found.experiment.seed, threads: about.threads, ..Options::default() };
    let (study, tables) = conclude(&worlds, &question, about.request.clone(), &options, about.interrupt).map_err(
        |failure| match failure {
            Failure::Interrupted(_) => super::super::interrupted_late(),
            other => other,
        },
    )?;
    Ok(Told { sheets: study.sheets, headlines: study.sentences.clone(), sentences: study.sentences, tables })
}

/// What nobody knows; where all is chosen, what is chosen.
fn columns(inputs: &Inputs) -> Vec<&Input> {
    let varying = || inputs.columns.iter().filter(|input| input.varies());
    let uncertain: Vec<&Input> = varying().filter(|input| input.role == Role::Uncertain).collect();
    if uncertain.is_empty() { varying().collect() } else { uncertain }
}

fn of_kept(values: Values, kept: &[usize]) -> Values {
    match values {
        Values::Numbers(numbers) => Values::Numbers(kept.iter().map(|&at| numbers[at]).collect()),
        Values::Words { words, of } => Values::Words { words, of: kept.iter().map(|&at| of[at]).collect() },
    }
}
