//! The replications of a run: simulated in threads, gathered in order, with a checkpoint now and then.

use super::state::State;
use crate::analyse::distributions::Distributions;
use crate::analyse::gathering::Gathering;
use crate::analyse::moments::Moments;
use crate::analyse::precision::Goal;
use crate::analyse::totals::Totals;
use crate::cli::checkpoint::{self, Head, Pace};
use crate::cli::failure::Failure;
use crate::cli::folder::Folder;
use crate::cli::progress::Progress;
use crate::cli::unfinished::Unfinished;
use crate::experiment::{self, Handed, Plan, Stopped, Stretch, faults};
use crate::output::runs;
use crate::scenario::Scenario;
use crate::simulate::{BLOCK, Engine, simulate};
use std::io::Write;
use std::sync::atomic::AtomicBool;

/// What does not change while replications are simulated.
pub struct Simulation<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// One entry an outcome.
    pub targets: &'a [f64],
    /// What is to be known how well.
    pub goals: &'a [Goal],
    /// Threads to compute on.
    pub threads: usize,
    /// Replications that are to break, to see what happens then.
    pub broken: &'a [u64],
    /// Set when no further replications are wanted.
    pub interrupt: &'a AtomicBool,
    /// Told of what is done.
    pub progress: &'a Progress,
}

/// Where what was gathered is kept, and when it was last.
pub struct Keeper<'a> {
    /// The folder of the result.
    pub folder: &'a Folder,
    /// What the run is of.
    pub head: Head,
    /// The files that get a row for every replication.
    pub rows: Vec<Unfinished>,
    /// When the next checkpoint is due.
    pub pace: Pace,
}

/// What a thread makes of some replications.
struct Part {
    totals: Totals,
    terms: Vec<Moments>,
    /// For each file of rows its text.
    rows: Vec<Vec<u8>>,
}

/// The files that get a row for every replication, begun with their headers.
pub fn begin_rows(folder: &Folder) -> Result<Vec<Unfinished>, Failure> {
    let mut rows = folder.begin(runs::NAME)?;
    runs::write_header(&mut rows).map_err(|error| rows.failure(&error))?;
    Ok(vec![rows])
}

impl Simulation<'_> {
    /// Goes on until `until` replications are tried; fewer when interrupted.
    pub fn run_to(
        &self,
        until: u64,
        state: &mut State,
        keeper: &mut Keeper,
        empty: [Distributions; 2],
    ) -> Result<(), Failure> {
        let plan = Plan { points: 1, first: state.tried, replications: until - state.tried, threads: self.threads };
        let ahead = (experiment::ahead(self.threads) * BLOCK) as u64;
        let format = runs::Rows::new(self.scenario);
        let gathering = Gathering::new(empty);
        let work = |stretch: Stretch| self.part(stretch, &gathering, &format);
        let mut mark = None;
        let sink = |stretch: Stretch, handed: Handed<Part>| {
            take_up(handed, stretch, state, &mut keeper.rows)?;
            self.progress.advance(stretch.size as u64);
            if mark.is_none() && keeper.pace.is_due() {
                // No thread has begun anything from there on.
                mark = Some(state.tried + ahead).filter(|&mark| mark < until);
                mark.into_iter().for_each(|mark| gathering.mark(mark));
            }
            if mark == Some(state.tried) {
                mark = None;
                keeper.keep(state, |state| gathering.settle(&state.distributions))?;
            }
            Ok(())
        };
        match experiment::run_past_faults(&plan, self.interrupt, &work, sink) {
            Ok(_) => {
                gathering.settle_all(&state.distributions);
                Ok(())
            }
            Err(Stopped::Fault(fault)) => Err(Failure::fault(&fault)),
            Err(Stopped::Sink(failure)) => Err(failure),
        }
    }

    /// Simulates some replications and makes of them what is kept.
    fn part(&self, stretch: Stretch, gathering: &Gathering, format: &runs::Rows) -> Part {
        let scenario = self.scenario;
        let engine = Engine::best(scenario.inputs.partners.len());
        let block = simulate(&scenario.inputs, scenario.seed, stretch.first, stretch.size, engine);
        let range = stretch.first..stretch.first + stretch.size as u64;
        assert!(!self.broken.iter().any(|broken| range.contains(broken)), "it was asked to break");
        let terms = self
            .goals
            .iter()
            .map(|goal| goal.quantity.terms(&block).map_or_else(Moments::default, |terms| Moments::of(&terms)));
        let part =
            Part { totals: Totals::of(&block, self.targets), terms: terms.collect(), rows: vec![format.of(&block)] };
        // Last: what breaks before it is counted is tried again, replication by replication, and must not be counted twice.
        gathering.add(&block);
        part
    }
}

/// Takes up what was handed over, in order.
fn take_up(handed: Handed<Part>, stretch: Stretch, state: &mut State, files: &mut [Unfinished]) -> Result<(), Failure> {
    for (_, part) in handed.sound {
        state.take_up(&part.totals, &part.terms);
        for (file, text) in files.iter_mut().zip(&part.rows) {
            file.write_all(text).map_err(|error| file.failure(&error))?;
        }
    }
    state.tried += stretch.size as u64;
    state.faults.extend(handed.faults);
    let n_faults = state.faults.len() as u64;
    match state.faults.last() {
        Some(fault) if faults::are_too_many(n_faults, state.tried) => {
            Err(Failure::too_many(n_faults, state.tried, fault))
        }
        _ => Ok(()),
    }
}

impl Keeper<'_> {
    /// Takes a checkpoint, when `settle` has made the state complete.
    pub fn keep(&mut self, state: &State, settle: impl FnOnce(&State)) -> Result<(), Failure> {
        let (rows, folder, head) = (&mut self.rows, self.folder, &self.head);
        self.pace.keep(|| {
            settle(state);
            let rows = rows.iter_mut().map(Unfinished::so_far).collect::<Result<Vec<_>, _>>()?;
            checkpoint::save(&folder.checkpoint(), head, &rows, state)
        })?;
        folder.keep_unfinished();
        Ok(())
    }
}
