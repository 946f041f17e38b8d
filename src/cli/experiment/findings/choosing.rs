//! Several policies over several worlds: which to take.

use super::super::super::analyse::choose;
use super::inputs::{Input, Inputs};
use super::{About, Told, analysed, values};
use crate::analyse::choosing::Payoffs;
use crate::analyse::choosing::findings::{Choosing, Outcome, Question};
use crate::experiment::quantity::{Quantity, Variable};
use crate::experiment::search::direction::better;
use crate::model::outcomes::OUTCOMES;
use crate::output::choosing::{headlines, sentences, sheets};
use crate::output::experiment::words::title;
use crate::output::optimised::unit;

pub(super) fn told(about: &About, inputs: &Inputs) -> Told {
    let found = about.found;
    if found.experiment.policies.len() < 2 || found.points.len() < 2 {
        return Told::default();
    }
    let question = Question {
        policies: found.experiment.policies.iter().map(|policy| policy.name.clone()).collect(),
        worlds: (1..=found.points.len()).map(|number| number.to_string()).collect(),
        outcomes: analysed(found).into_iter().map(|quantity| outcome(about, quantity)).collect(),
        cost: None,
        inputs: inputs.columns.iter().filter(|input| input.varies()).map(known).collect(),
        seed: found.experiment.seed,
    };
    let choosing = Choosing::new(&question);
    let note = "Which policy is best is judged over the worlds, with intervals for other worlds; those of policies.csv cover other replications too.";
    Told {
        sheets: sheets(&question, &choosing),
        sentences: [sentences(&question, &choosing), vec![note.to_string()]].concat(),
        headlines: [headlines(&question, &choosing), vec![note.to_string()]].concat(),
        tables: choose::tables(&question, &choosing).into_iter().take(1).collect(),
    }
}

fn known(input: &Input) -> (String, crate::analyse::choosing::partial::Input) {
    (input.name.clone(), input.of_worlds())
}

fn outcome(about: &About, position: usize) -> Outcome {
    let (found, n) = (about.found, about.found.experiment.policies.len());
    let quantity = &found.asked.quantities[position];
    let of_worlds = |all: Vec<f64>| all.chunks(n).map(<[f64]>::to_vec).collect::<Vec<_>>();
    let errors = found.findings.iter().map(|finding| finding.quantities[position].estimate.mc_standard_error);
    Outcome {
        name: found.name(quantity),
        title: title(quantity),
        unit: unit(quantity).to_string(),
        payoffs: Payoffs::new(better(quantity), &of_worlds(values(found, position)), &of_worlds(errors.collect())),
        target: target(about, quantity),
    }
}

/// What the scenario itself holds the mean of an outcome against.
fn target(about: &About, quantity: &Quantity) -> Option<f64> {
    match quantity {
        Quantity::Mean(Variable::Outcome(position)) => about.base.targets.get(OUTCOMES[*position].name).copied(),
        _ => None,
    }
}
