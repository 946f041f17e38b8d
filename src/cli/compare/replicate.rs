//! The replications of a comparison: all set-ups block by block in the same worlds, then the combinations of their changes.

use super::super::failure::Failure;
use super::super::progress::Progress;
use crate::analyse::comparison::{Columns, Kept, Question, Sums};
use crate::analyse::shapley::{Allocation, Parts};
use crate::experiment::levers::{Lever, hybrid, levers};
use crate::experiment::quantity::Variable;
use crate::experiment::{self, Plan, Stopped, Stretch};
use crate::model::inputs::Inputs;
use crate::output::comparison::{Explanation, Setup};
use crate::simulate::{Engine, simulate};
use std::sync::atomic::{AtomicBool, Ordering};

/// Replications that the reasons of one set-up cost, all combinations of changes together, unless more are needed…
const EXPLAINING: u64 = 200_000;
/// …to have this many of each combination.
const LEAST_EXPLAINING: u64 = 2_000;

/// What is to be simulated.
pub struct Work<'a> {
    setups: &'a [Setup],
    question: &'a Question,
    replications: u64,
    /// Of each further set-up, where reasons are looked for.
    reasons: Vec<Option<Reasons>>,
}

/// How the reasons for one set-up's difference are looked for.
struct Reasons {
    levers: Vec<Lever>,
    allocation: Allocation,
    replications: u64,
}

/// What was found.
pub struct Found {
    pub sums: Sums,
    pub kept: Kept,
    /// Of each further set-up.
    pub explanations: Vec<Option<Explanation>>,
    pub is_interrupted: bool,
    /// Why reasons are missing that were looked for, other than by request.
    pub fault: Option<Failure>,
}

impl Work<'_> {
    pub fn new<'a>(
        setups: &'a [Setup],
        question: &'a Question,
        explain_replications: Option<u64>,
        explains: bool,
    ) -> Work<'a> {
        let first = &setups[0].scenario;
        let reasons = |setup: &Setup| {
            let levers = levers(&first.inputs, &setup.scenario.inputs);
            if !explains || levers.is_empty() {
                return None;
            }
            let allocation = Allocation::of(levers.len(), first.seed);
            let usual = LEAST_EXPLAINING.max(EXPLAINING / allocation.combinations.len() as u64);
            let asked = explain_replications.unwrap_or(usual);
            // One change carries all of it: there is nothing to simulate besides.
            let replications = if levers.len() == 1 { first.replications } else { asked.min(first.replications) };
            Some(Reasons { levers, allocation, replications })
        };
        Work { setups, question, replications: first.replications, reasons: setups[1..].iter().map(reasons).collect() }
    }

    /// Replications of all set-ups and combinations together.
    pub fn replications(&self) -> u64 {
        let of_reasons = self.reasons.iter().flatten().map(Reasons::cost).sum::<u64>();
        (self.setups.len() as u64).saturating_mul(self.replications).saturating_add(of_reasons)
    }

    /// Simulates everything, as far as it is not interrupted.
    pub fn run(self, threads: usize, interrupt: &AtomicBool, progress: &Progress) -> Result<Found, Failure> {
        let mut found = self.set_ups(threads, interrupt, progress)?;
        for (position, reasons) in self.reasons.into_iter().enumerate() {
            let Some(reasons) = reasons.filter(|reasons| reasons.levers.len() > 1) else { continue };
            let ends = [&self.setups[0], &self.setups[position + 1]];
            if found.is_interrupted {
                break;
            }
            match reasons.parts(ends, threads, interrupt, progress) {
                Ok(Some(parts)) => found.explanations[position] = Some(reasons.explanation(parts)),
                Ok(None) => found.is_interrupted = true,
                // The set-ups themselves were well: their comparison is not to be lost with the reasons.
                Err(fault) => found.fault = found.fault.or(Some(fault)),
            }
        }
        Ok(found)
    }

    /// All set-ups, each block of all of them at once.
    fn set_ups(&self, threads: usize, interrupt: &AtomicBool, progress: &Progress) -> Result<Found, Failure> {
        let plan = Plan { points: 1, first: 0, replications: self.replications, threads };
        let alone: Vec<Option<&Reasons>> =
            self.reasons.iter().map(|reasons| reasons.as_ref().filter(|reasons| reasons.levers.len() == 1)).collect();
        let work = |stretch: Stretch| {
            let columns: Columns =
                self.setups.iter().map(|setup| columns(&setup.scenario.inputs, self.seed(), stretch)).collect();
            let parts: Vec<Parts> = alone
                .iter()
                .enumerate()
                .map(|(position, reasons)| {
                    let of =
                        |reasons: &&Reasons| Parts::of(&reasons.allocation, &[&columns[0], &columns[position + 1]]);
                    reasons.as_ref().map_or_else(Parts::default, of)
                })
                .collect();
            (Sums::of(&columns, &self.question.targets), parts, columns)
        };
        let (mut sums, mut kept) = (Sums::default(), Kept::new(self.setups.len(), self.replications));
        let mut parts = vec![Parts::default(); self.reasons.len()];
        let sink = |stretch: Stretch, (more, parts_of_block, columns): (Sums, Vec<Parts>, Columns)| {
            sums.merge(&more);
            kept.add(&columns);
            parts.iter_mut().zip(&parts_of_block).for_each(|(parts, more)| parts.merge(more));
            progress.advance((stretch.size * self.setups.len()) as u64);
            Ok::<(), ()>(())
        };
        let completed = match experiment::run(&plan, interrupt, &work, sink) {
            Err(Stopped::Fault(fault)) => return Err(Failure::fault(&fault)),
            Err(Stopped::Sink(())) => 0,
            Ok(completed) => completed,
        };
        let explanation =
            |(reasons, parts): (&Option<&Reasons>, Parts)| reasons.map(|reasons| reasons.explanation(parts));
        let explanations = alone.iter().zip(parts).map(explanation).collect();
        Ok(Found { sums, kept, explanations, is_interrupted: completed < self.replications, fault: None })
    }

    fn seed(&self) -> u64 {
        self.setups[0].scenario.seed
    }
}

impl Reasons {
    /// Replications it takes besides those of the set-ups.
    fn cost(&self) -> u64 {
        if self.levers.len() == 1 {
            0
        } else {
            self.replications.saturating_mul(self.allocation.combinations.len() as u64)
        }
    }

    /// The part of each change; nothing when interrupted before all replications are done.
    fn parts(
        &self,
        [first, second]: [&Setup; 2],
        threads: usize,
        interrupt: &AtomicBool,
        progress: &Progress,
    ) -> Result<Option<Parts>, Failure> {
        let [first_inputs, second_inputs] = [first, second].map(|setup| &setup.scenario.inputs);
        let combinations = self.allocation.combinations.iter();
        let hybrids: Vec<Inputs> =
            combinations.map(|made| hybrid(first_inputs, second_inputs, &self.levers, made)).collect();
        let seed = first.scenario.seed;
        let plan = Plan { points: 1, first: 0, replications: self.replications, threads };
        let work = |stretch: Stretch| {
            let mut values = Vec::with_capacity(hybrids.len());
            for inputs in &hybrids {
                // A block of all combinations may take long.
                if interrupt.load(Ordering::Relaxed) {
                    return None;
                }
                values.push(columns(inputs, seed, stretch));
                progress.advance(stretch.size as u64);
            }
            Some(Parts::of(&self.allocation, &values))
        };
        let mut parts = Parts::default();
        let sink = |_, more: Option<Parts>| {
            parts.merge(&more.ok_or(())?);
            Ok::<(), ()>(())
        };
        match experiment::run(&plan, interrupt, &work, sink) {
            Err(Stopped::Fault(fault)) => Err(Failure::fault(&fault)),
            Ok(completed) if completed == self.replications => Ok(Some(parts)),
            Ok(_) | Err(Stopped::Sink(())) => Ok(None),
        }
    }

    fn explanation(&self, parts: Parts) -> Explanation {
        Explanation {
            levers: self.levers.clone(),
            parts,
            combinations: self.allocation.combinations.len(),
            is_exact: self.allocation.is_exact(),
        }
    }
}

/// Every variable of a stretch of a set-up.
fn columns(inputs: &Inputs, seed: u64, stretch: Stretch) -> Vec<Vec<f64>> {
    let engine = Engine::best(inputs.partners.len());
    let block = simulate(inputs, seed, stretch.first, stretch.size, engine);
    Variable::all().map(|variable| variable.values(&block).into_owned()).collect()
}
