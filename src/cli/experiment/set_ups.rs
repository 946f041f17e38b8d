//! The set-ups of an experiment, each point under each policy: all checked before anything runs, then ready for the threads.

use super::super::failure::Failure;
use super::super::folder::Folder;
use super::super::reading::ScenarioText;
use super::super::unfinished::Unfinished;
use super::Work;
use super::journal::Journal;
use crate::analyse::point::PointFinding;
use crate::analyse::totals;
use crate::experiment::design::Point;
use crate::experiment::design::marginal::Level;
use crate::experiment::file::Experiment;
use crate::experiment::{self, Plan, Stopped, Stretch};
use crate::model::inputs::Inputs;
use crate::output::column::Column;
use crate::output::kept::Replications;
use crate::output::runs;
use crate::output::table::text_cell;
use crate::scenario::diagnostic::Diagnostic;
use crate::simulate::{Block, Engine, simulate};
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Name of the file with a row a replication.
pub(super) const ROWS: &str = runs::NAME;

/// Up to so many set-ups stay in memory from the check to the run; of more each is made again when its turn comes.
const MOST_KEPT: usize = 8_192;

/// Faulty points that are told; the others are counted.
const MOST_TOLD: usize = 3;

/// A scenario at one point under one policy.
#[derive(Debug)]
pub(super) struct SetUp {
    inputs: Inputs,
    /// Target of each outcome.
    pub(super) targets: Vec<f64>,
    engine: Engine,
}

/// All of them.
pub(super) struct SetUps<'a> {
    experiment: &'a Experiment,
    points: &'a [Point],
    text: &'a ScenarioText,
    kept: Vec<Arc<SetUp>>,
    made: Mutex<BTreeMap<usize, Arc<OnceLock<Arc<SetUp>>>>>,
}

impl SetUp {
    /// Simulates a stretch of replications.
    pub(super) fn block(&self, seed: u64, stretch: Stretch) -> Block {
        simulate(&self.inputs, seed, stretch.first, stretch.size, self.engine)
    }
}

impl<'a> SetUps<'a> {
    /// Loads the scenario at every point under every policy.
    ///
    /// # Errors
    /// The faults of the first points at which it has any, with the values there.
    pub(super) fn checked(
        experiment: &'a Experiment,
        points: &'a [Point],
        text: &'a ScenarioText,
        threads: usize,
        interrupt: &AtomicBool,
    ) -> Result<SetUps<'a>, Failure> {
        let mut set_ups = SetUps { experiment, points, text, kept: Vec::new(), made: Mutex::default() };
        let keeps = set_ups.len() <= MOST_KEPT;
        let plan = Plan { points: set_ups.len(), first: 0, replications: 1, threads };
        let (mut kept, mut faults, mut n_faulty) = (Vec::new(), Vec::new(), 0);
        let work = |stretch: Stretch| set_ups.load(stretch.point).map(|set_up| keeps.then(|| Arc::new(set_up)));
        let sink = |stretch: Stretch, loaded: Result<Option<Arc<SetUp>>, Vec<Diagnostic>>| {
            match loaded {
                Ok(set_up) => kept.extend(set_up),
                Err(told) if n_faulty < MOST_TOLD => {
                    n_faulty += 1;
                    faults.push((stretch.point, told));
                }
                Err(_) => n_faulty += 1,
            }
            Ok::<(), ()>(())
        };
        let done = experiment::run(&plan, interrupt, &work, sink);
        match done {
            Err(Stopped::Fault(fault)) => return Err(Failure::fault(&fault)),
            Ok(done) if done < set_ups.len() as u64 => {
                return Err(Failure::Interrupted(
                    "Interrupted before any point was begun: nothing was written.".to_owned(),
                ));
            }
            _ => {}
        }
        if n_faulty > 0 {
            return Err(Failure::Scenario(set_ups.told(faults, n_faulty)));
        }
        set_ups.kept = kept;
        Ok(set_ups)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.points.len() * self.experiment.policies.len()
    }

    /// The one at a position: point by point, within a point policy by policy.
    pub(super) fn get(&self, at: usize) -> Arc<SetUp> {
        if let Some(kept) = self.kept.get(at) {
            return Arc::clone(kept);
        }
        let place = {
            let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(made.entry(at).or_default())
        };
        let make = || Arc::new(self.load(at).expect("a set-up that was checked loads again"));
        Arc::clone(place.get_or_init(make))
    }

    /// Lets go of one that is not needed any more.
    pub(super) fn done(&self, at: usize) {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).remove(&at);
    }

    fn load(&self, at: usize) -> Result<SetUp, Vec<Diagnostic>> {
        let n = self.experiment.policies.len();
        let changes = self.experiment.changes(&self.points[at / n], &self.experiment.policies[at % n]);
        let scenario = self.text.load(&changes)?;
        let engine = Engine::best(scenario.inputs.partners.len());
        Ok(SetUp { targets: totals::targets(&scenario.targets), inputs: scenario.inputs, engine })
    }

    fn told(&self, faults: Vec<(usize, Vec<Diagnostic>)>, n_faulty: usize) -> Vec<Diagnostic> {
        let mut told = Vec::new();
        for (at, faults) in faults {
            told.extend(
                faults
                    .into_iter()
                    .map(|fault| Diagnostic { message: format!("{}: {}", self.place(at), fault.message), ..fault }),
            );
        }
        if n_faulty > MOST_TOLD {
            let message =
                format!("in all the scenario is faulty at {n_faulty} of {} points, policies counted", self.len());
            told.push(Diagnostic {
                message,
                help: "mend the factors so that every point is a scenario that can be run".to_owned(),
                place: None,
            });
        }
        told
    }

    /// A set-up in words: `point 3 (quality = 0.2, policy pool)`.
    fn place(&self, at: usize) -> String {
        let n = self.experiment.policies.len();
        let named = self.experiment.factors.iter().zip(&self.points[at / n].values);
        let mut words: Vec<String> = named
            .filter_map(|(factor, value)| value.as_ref().map(|value| format!("{} = {}", factor.name, value.text())))
            .collect();
        if n > 1 {
            words.push(format!("policy {}", self.experiment.policies[at % n].name));
        }
        if words.is_empty() {
            format!("point {}", 1 + at / n)
        } else {
            format!("point {} ({})", 1 + at / n, words.join(", "))
        }
    }
}

/// The file of rows, begun or gone on with. Set-ups whose rows it has not in full are run again.
pub(super) fn rows_file(
    work: &Work,
    folder: &Folder,
    journal: &mut Journal,
    findings: &mut Vec<PointFinding>,
) -> Result<Unfinished, Failure> {
    let bytes = journal.keep_rows(folder.begun_bytes(ROWS), findings)?;
    if bytes > 0 {
        return folder.go_on(ROWS, bytes);
    }
    let mut rows = folder.begin(ROWS)?;
    let names: Vec<String> = columns(work).into_iter().map(|column| column.name).collect();
    let header = names.iter().map(|name| text_cell(name)).collect::<Vec<_>>().join(&b","[..]);
    rows.write_all(&header).and_then(|()| rows.write_all(b"\n")).map_err(|error| rows.failure(&error))?;
    journal.begin_rows(header.len() as u64 + 1);
    Ok(rows)
}

/// The file of rows among what is kept of the experiment.
pub(super) fn kept(work: &Work, findings: &[PointFinding]) -> Replications {
    let n_rows = findings.iter().map(|finding| finding.n).sum();
    Replications { name: "runs".to_string(), title: "Every replication".to_string(), columns: columns(work), n_rows }
}

/// The columns of the file of rows: point, policy, factors, then those of a run.
pub(super) fn columns(work: &Work) -> Vec<Column> {
    let mut columns = vec![
        Column::whole("point", "Number of the design point, from 1.", "number"),
        Column::text("policy", "Name of the policy; base where the experiment has none."),
    ];
    let of = |factor: &crate::experiment::design::Factor| {
        Column::text(&factor.name, &format!("Value of the factor, which sets {}.", factor.paths.join(", ")))
    };
    columns.extend(work.experiment.factors.iter().map(of));
    columns.extend(runs::columns().into_iter().skip(1));
    columns
}

/// The rows of a block.
pub(super) fn rows(work: &Work, at: usize, block: &Block) -> Vec<u8> {
    let n = work.experiment.policies.len();
    let values = &work.points[at / n].values;
    let levels = values
        .iter()
        .zip(&work.experiment.base)
        .map(|(value, base)| value.as_ref().or(base.as_ref()).map_or(String::new(), Level::text));
    let mut front = vec![(1 + at / n).to_string().into_bytes(), text_cell(&work.experiment.policies[at % n].name)];
    front.extend(levels.map(|text| text_cell(&text)));
    runs::Rows::after(front.join(&b","[..]), work.experiment.seed).of(block)
}
