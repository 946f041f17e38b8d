//! The replications of a comparison: all set-ups block by block in the same worlds, then the combinations of their changes.
//!
//! A replication that cannot be computed in one set-up is left out of all: of what remains each is a pair. So it is with the
//! combinations.

use super::super::failure::Failure;
use super::super::progress::Progress;
use super::keeper::Keeper;
use super::state::State;
use crate::analyse::comparison::{Columns, Question, Sums};
use crate::analyse::shapley::{Allocation, Parts};
use crate::experiment::levers::{Lever, hybrid, levers};
use crate::experiment::quantity::Variable;
use crate::experiment::{self, Fault, Handed, Plan, Stopped, Stretch, faults};
use crate::model::inputs::Inputs;
use crate::output::comparison::{Explanation, Failed, Setup};
use crate::simulate::{Engine, simulate};
use std::sync::atomic::{AtomicBool, Ordering};

/// Replications that the reasons of one set-up cost, all combinations of changes together, unless more are needed…
const EXPLAINING: u64 = 200_000;
/// …to have this many of each combination.
const LEAST_EXPLAINING: u64 = 2_000;

/// What is to be simulated, and what does not change meanwhile.
pub struct Work<'a> {
    /// The set-ups.
    pub setups: &'a [Setup],
    /// What is asked of them.
    pub question: &'a Question,
    /// Of each further set-up, where reasons are looked for.
    pub reasons: Vec<Option<Reasons>>,
    /// Threads to compute on.
    pub threads: usize,
    /// What is to break, to see what happens then.
    pub broken: &'a [Breaking],
    /// Set when no further replications are wanted.
    pub interrupt: &'a AtomicBool,
}

/// A replication that is to break: in the set-up of this number, or beyond them in the combination of changes that follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breaking {
    /// Number of the set-up, from 0; the combinations are counted on after the last one.
    pub at: usize,
    /// Index of the replication.
    pub replication: u64,
}

/// How the reasons for one set-up's difference are looked for.
#[derive(Debug)]
pub struct Reasons {
    levers: Vec<Lever>,
    allocation: Allocation,
    replications: u64,
}

/// What a thread makes of a block of all set-ups.
struct Part {
    sums: Sums,
    /// Of each further set-up in which one change carries everything.
    parts: Vec<Parts>,
    columns: Columns,
}

/// Stopped within a block of combinations by request.
enum Ended {
    Interrupted,
    Failed(Failure),
}

/// The reasons to look for, of each further set-up.
pub fn reasons(setups: &[Setup], explain_replications: Option<u64>) -> Vec<Option<Reasons>> {
    let first = &setups[0].scenario;
    let of_setup = |setup: &Setup| {
        let levers = levers(&first.inputs, &setup.scenario.inputs);
        if levers.is_empty() {
            return None;
        }
        let allocation = Allocation::of(levers.len(), first.seed);
        let usual = LEAST_EXPLAINING.max(EXPLAINING / allocation.combinations.len() as u64);
        let asked = explain_replications.unwrap_or(usual);
        // One change carries all of it: there is nothing to simulate besides.
        let replications = if levers.len() == 1 { first.replications } else { asked.min(first.replications) };
        Some(Reasons { levers, allocation, replications })
    };
    setups[1..].iter().map(of_setup).collect()
}

impl Work<'_> {
    /// Replications of all set-ups and combinations together, when each set-up gets so many.
    pub fn replications(&self, of_each: u64) -> u64 {
        let of_reasons = self.reasons.iter().flatten().map(|reasons| reasons.cost(reasons.replications)).sum::<u64>();
        (self.setups.len() as u64).saturating_mul(of_each).saturating_add(of_reasons)
    }

    /// Those of them that are done.
    pub fn done(&self, state: &State) -> u64 {
        let of_reasons = self.reasons.iter().zip(&state.reasons);
        let of_reasons = of_reasons.filter_map(|(reasons, done)| Some(reasons.as_ref()?.cost(done.tried))).sum::<u64>();
        self.setups.len() as u64 * state.tried + of_reasons
    }

    /// Goes on with the set-ups until so many replications of each are tried; fewer when interrupted.
    pub fn run_to(
        &self,
        until: u64,
        state: &mut State,
        keeper: &mut Keeper,
        progress: &Progress,
    ) -> Result<(), Failure> {
        let plan = Plan { points: 1, first: state.tried, replications: until - state.tried, threads: self.threads };
        let work = |stretch: Stretch| self.part(stretch);
        let sink = |stretch: Stretch, handed: Handed<Part>| {
            for (_, part) in handed.sound {
                state.sums.merge(&part.sums);
                state.kept.add(&part.columns);
                state.reasons.iter_mut().zip(&part.parts).for_each(|(mine, more)| mine.parts.merge(more));
            }
            state.tried += stretch.size as u64;
            state.failed.extend(handed.faults.iter().map(|fault| Failed {
                setup: fault.point,
                changes: None,
                replication: fault.replication,
                message: fault.message.clone(),
            }));
            progress.advance((stretch.size * self.setups.len()) as u64);
            let n_failed = state.n_failed();
            match handed.faults.last() {
                Some(fault) if faults::are_too_many(n_failed, state.tried) => {
                    Err(Failure::too_many(n_failed, state.tried, fault))
                }
                _ => keeper.keep_when_due(state),
            }
        };
        match experiment::run_past_faults(&plan, self.interrupt, &work, sink) {
            Ok(_) => Ok(()),
            Err(Stopped::Fault(fault)) => Err(Failure::fault(&fault)),
            Err(Stopped::Sink(failure)) => Err(failure),
        }
    }

    /// A block of all set-ups at once.
    fn part(&self, stretch: Stretch) -> Part {
        let of_setup = |(at, setup): (usize, &Setup)| self.columns(at, at, &setup.scenario.inputs, stretch);
        let columns: Columns = self.setups.iter().enumerate().map(of_setup).collect();
        let parts = self.reasons.iter().enumerate().map(|(position, reasons)| {
            let alone = reasons.as_ref().filter(|reasons| reasons.levers.len() == 1);
            let of = |reasons: &Reasons| Parts::of(&reasons.allocation, &[&columns[0], &columns[position + 1]]);
            alone.map_or_else(Parts::default, of)
        });
        let parts = parts.collect();
        Part { sums: Sums::of(&columns, &self.question.targets), parts, columns }
    }

    /// Every variable of a stretch of a set-up; a fault in it is told as one of `point`.
    fn columns(&self, at: usize, point: usize, inputs: &Inputs, stretch: Stretch) -> Vec<Vec<f64>> {
        faults::at_point(point, || {
            let engine = Engine::best(inputs.partners.len());
            let block = simulate(inputs, self.setups[0].scenario.seed, stretch.first, stretch.size, engine);
            let range = stretch.first..stretch.first + stretch.size as u64;
            let is_broken = |broken: &Breaking| broken.at == at && range.contains(&broken.replication);
            assert!(!self.broken.iter().any(is_broken), "it was asked to break");
            Variable::all().map(|variable| variable.values(&block).into_owned()).collect()
        })
    }

    /// Goes on with the reasons for the difference of a further set-up, counted from 0. False when interrupted before the last
    /// replication.
    pub fn explain(
        &self,
        position: usize,
        state: &mut State,
        keeper: &mut Keeper,
        progress: &Progress,
    ) -> Result<bool, Failure> {
        let Some(reasons) = self.reasons[position].as_ref().filter(|reasons| reasons.levers.len() > 1) else {
            return Ok(true);
        };
        let replications = reasons.replications.min(state.tried);
        let first = state.reasons[position].tried;
        if state.reasons[position].is_given_up || first >= replications {
            return Ok(true);
        }
        let [from, to] = [0, position + 1].map(|setup| &self.setups[setup].scenario.inputs);
        let combinations = &reasons.allocation.combinations;
        let hybrids: Vec<Inputs> = combinations.iter().map(|made| hybrid(from, to, &reasons.levers, made)).collect();
        let plan = Plan { points: 1, first, replications: replications - first, threads: self.threads };
        let work = |stretch: Stretch| {
            let mut values = Vec::with_capacity(hybrids.len());
            for (number, inputs) in hybrids.iter().enumerate() {
                // A block of all combinations may take long.
                if self.interrupt.load(Ordering::Relaxed) {
                    return None;
                }
                values.push(self.columns(self.setups.len() + number, number, inputs, stretch));
                progress.advance(stretch.size as u64);
            }
            Some(Parts::of(&reasons.allocation, &values))
        };
        let sink = |stretch: Stretch, handed: Handed<Option<Parts>>| {
            if handed.sound.iter().any(|(_, parts)| parts.is_none()) {
                return Err(Ended::Interrupted);
            }
            let gathered = &mut state.reasons[position];
            handed.sound.iter().filter_map(|(_, parts)| parts.as_ref()).for_each(|more| gathered.parts.merge(more));
            gathered.tried += stretch.size as u64;
            gathered.failed += handed.faults.len() as u64;
            gathered.is_given_up = faults::are_too_many(gathered.failed, gathered.tried);
            let is_given_up = gathered.is_given_up;
            let failed: Vec<Failed> = handed.faults.iter().map(|fault| reasons.failed(position, fault)).collect();
            for failed in failed {
                // The first set-up and the further one are combinations too, and told already.
                let is_told = state.failed.iter().any(|told| told.is_the_same(&failed));
                state.failed.extend((!is_told).then_some(failed));
            }
            keeper.keep_when_due(state).map_err(Ended::Failed)?;
            // The set-ups themselves were well: their comparison is not to be lost with the reasons.
            if is_given_up { Err(Ended::Interrupted) } else { Ok(()) }
        };
        match experiment::run_past_faults(&plan, self.interrupt, &work, sink) {
            Err(Stopped::Fault(fault)) => Err(Failure::fault(&fault)),
            Err(Stopped::Sink(Ended::Failed(failure))) => Err(failure),
            Ok(_) | Err(Stopped::Sink(Ended::Interrupted)) => {
                let gathered = &state.reasons[position];
                Ok(gathered.is_given_up || gathered.tried >= replications)
            }
        }
    }

    /// What was found of the reasons of each further set-up, where all of it was.
    pub fn explanations(&self, state: &State) -> Vec<Option<Explanation>> {
        let explanation = |(reasons, gathered): (&Option<Reasons>, &super::state::Gathered)| {
            let reasons = reasons.as_ref()?;
            let is_done = reasons.levers.len() == 1 || gathered.tried >= reasons.replications.min(state.tried);
            (is_done && !gathered.is_given_up && gathered.parts.n() > 0).then(|| Explanation {
                levers: reasons.levers.clone(),
                parts: gathered.parts.clone(),
                combinations: reasons.allocation.combinations.len(),
                is_exact: reasons.allocation.is_exact(),
            })
        };
        self.reasons.iter().zip(&state.reasons).map(explanation).collect()
    }
}

impl Reasons {
    /// Replications that so many of each combination take besides those of the set-ups.
    fn cost(&self, of_each: u64) -> u64 {
        if self.levers.len() == 1 { 0 } else { of_each.saturating_mul(self.allocation.combinations.len() as u64) }
    }

    /// A fault of a combination of the changes of a further set-up; with none of them it is the first, with all the further one.
    fn failed(&self, position: usize, fault: &Fault) -> Failed {
        let made = &self.allocation.combinations[fault.point];
        let keys = self.levers.iter().zip(made).filter(|(_, made)| **made).map(|(lever, _)| lever.key.as_str());
        let keys: Vec<&str> = keys.collect();
        let (setup, changes) = match keys.len() {
            0 => (0, None),
            n if n == self.levers.len() => (position + 1, None),
            _ => (position + 1, Some(keys.join("; "))),
        };
        Failed { setup, changes, replication: fault.replication, message: fault.message.clone() }
    }
}

impl std::str::FromStr for Breaking {
    type Err = String;

    fn from_str(text: &str) -> Result<Breaking, String> {
        let parts = text.split_once(':').and_then(|(at, replication)| {
            Some(Breaking { at: at.parse().ok()?, replication: replication.parse().ok()? })
        });
        parts.ok_or_else(|| format!("`{text}` is not of the form SET-UP:REPLICATION"))
    }
}
