//! `partnersim run`: a scenario in, a folder of results and a page on the terminal out.

use super::diagnostics::{Severity, tell};
use super::failure::Failure;
use super::folder::{Folder, Unfinished};
use super::progress::Progress;
use super::scenario_arguments::ScenarioArguments;
use super::{interrupt, terminal};
use crate::analyse::distributions::Distributions;
use crate::analyse::findings::Findings;
use crate::analyse::totals::{self, Totals};
use crate::experiment::{self, Plan, Stopped, Stretch};
use crate::output::manifest::{self, Entry, Manifest};
use crate::output::{FILES, Report, figure, inputs, runs};
use crate::scenario::Scenario;
use crate::simulate::{Engine, simulate};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// Run a scenario and write its results
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// Folder for the results [default: results/NAME]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Threads to compute on [default: one for each processor]; results do not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Print nothing but errors and warnings
    #[arg(long, short)]
    quiet: bool,
    /// Replace whatever the folder for the results holds
    #[arg(long)]
    force: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let scenario = arguments.scenario.load()?;
    tell(&scenario.warnings, Severity::Warning);
    let path = arguments.out.clone().unwrap_or_else(|| Path::new("results").join(&scenario.name));
    let interrupt = interrupt::watch()?;
    let folder = Folder::for_run(&path, &scenario, arguments.force)?;
    let progress = Progress::new(scenario.replications, arguments.quiet);
    let mut rows = folder.begin(runs::NAME)?;
    let findings = findings(&scenario, arguments.threads(), &interrupt, &mut rows, &progress);
    progress.end();
    let report = Report { scenario: &scenario, findings: &findings? };
    if report.is_interrupted()
        && (report.findings.replications == 0 || folder.holds_more_than(report.findings.replications))
    {
        return Err(Failure::Interrupted(nothing_kept(&folder, &path)));
    }
    write_files(&report, folder, rows, arguments.threads())?;
    if !arguments.quiet {
        terminal::say(&terminal::text(&report, &path, terminal::width()));
    }
    if report.is_interrupted() { Err(Failure::Interrupted(kept(&report, &path))) } else { Ok(()) }
}

impl Arguments {
    fn threads(&self) -> usize {
        self.threads.map_or_else(processors, usize::from)
    }
}

/// Threads that can run at once on this machine.
pub fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Simulates, writing the row of each replication as it comes.
fn findings(
    scenario: &Scenario,
    threads: usize,
    interrupt: &AtomicBool,
    rows: &mut Unfinished,
    progress: &Progress,
) -> Result<Findings, Failure> {
    let engine = Engine::best(scenario.inputs.partners.len());
    let targets = totals::targets(&scenario.targets);
    let distributions = Distributions::new(scenario.replications, scenario.inputs.horizon_months);
    let format = runs::Rows::new(scenario);
    let plan = Plan { points: 1, first: 0, replications: scenario.replications, threads };
    let mut totals = Totals::default();
    runs::write_header(rows).map_err(|error| rows.failure(&error))?;
    let work = |stretch: Stretch| {
        let block = simulate(&scenario.inputs, scenario.seed, stretch.first, stretch.size, engine);
        distributions.add(&block);
        (Totals::of(&block, &targets), format.of(&block))
    };
    let sink = |stretch: Stretch, (part, text): (Totals, Vec<u8>)| {
        totals.merge(&part);
        progress.advance(stretch.size as u64);
        rows.write_all(&text).map_err(|error| rows.failure(&error))
    };
    match experiment::run(&plan, interrupt, &work, sink) {
        Ok(_) => Ok(Findings::new(&totals, &distributions, &targets)),
        Err(Stopped::Fault(fault)) => Err(Failure::fault(&fault)),
        Err(Stopped::Sink(failure)) => Err(failure),
    }
}

fn write_files(report: &Report, folder: Folder, rows: Unfinished, threads: usize) -> Result<(), Failure> {
    let mut entries = vec![rows.finish()?];
    entries.extend(inputs::is_wanted(report.scenario).then(|| write_inputs(report, &folder, threads)).transpose()?);
    for file in FILES.iter().filter(|file| (file.is_wanted)(report.scenario)) {
        let mut unfinished = folder.begin(file.name)?;
        (file.write)(report, &mut unfinished).map_err(|error| unfinished.failure(&error))?;
        entries.push(unfinished.finish()?);
    }
    let written: Vec<String> = entries.iter().map(|entry| entry.file.clone()).collect();
    let mut unfinished = folder.begin(manifest::NAME)?;
    Manifest::new(report, entries).write(&mut unfinished).map_err(|error| unfinished.failure(&error))?;
    unfinished.finish()?;
    folder.publish(&written)
}

/// Writes what was uncertain in each replication: it follows from the scenario alone, so nothing of the run is needed.
fn write_inputs(report: &Report, folder: &Folder, threads: usize) -> Result<Entry, Failure> {
    let mut to = folder.begin(inputs::NAME)?;
    inputs::write_header(report.scenario, &mut to).map_err(|error| to.failure(&error))?;
    let rows = inputs::Rows::new(report.scenario);
    let plan = Plan { points: 1, first: 0, replications: report.findings.replications, threads };
    let work = |stretch: Stretch| rows.of(stretch.first, stretch.size);
    let sink = |_, text: Vec<u8>| to.write_all(&text).map_err(|error| to.failure(&error));
    match experiment::run(&plan, &AtomicBool::new(false), &work, sink) {
        Ok(_) => to.finish(),
        Err(Stopped::Fault(fault)) => Err(Failure::fault(&fault)),
        Err(Stopped::Sink(failure)) => Err(failure),
    }
}

fn kept(report: &Report, path: &Path) -> String {
    format!(
        "Interrupted: the first {} of {} replications are kept in {}.",
        figure::grouped(report.findings.replications as f64, 0),
        figure::grouped(report.scenario.replications as f64, 0),
        path.display()
    )
}

fn nothing_kept(folder: &Folder, path: &Path) -> String {
    if folder.holds_more_than(0) {
        format!(
            "Interrupted: {} already holds more replications of this scenario and was left as it was.",
            path.display()
        )
    } else {
        "Interrupted before any replication was finished: nothing was written.".to_string()
    }
}
