//! `partnersim experiment`: many set-ups of one scenario, told in a file; a table with a row a point out.

mod estimate;
mod journal;
mod reading;
mod set_ups;
mod shown;

use super::diagnostics::{Severity, tell};
use super::failure::Failure;
use super::folder::Folder;
use super::progress::Progress;
use super::study::{self, Keeping};
use super::unfinished::Unfinished;
use super::{interrupt, terminal};
use crate::analyse::effects::effects;
use crate::analyse::point::{Asked, PointFinding, PointTotals};
use crate::analyse::policies::policies;
use crate::experiment::design::Point;
use crate::experiment::file::Experiment;
use crate::experiment::{self, Plan, Stopped, Stretch};
use crate::output::experiment::words::sentences;
use crate::output::experiment::{Found, names, sheets};
use crate::output::sheet::Sheet;
use crate::output::study::{Request, ScenarioEntry, Study};
use crate::scenario::Scenario;
use journal::Journal;
use set_ups::SetUps;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// Run a scenario at many points: factors, designs, policies
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  partnersim experiment scenarios/experiments/forum_choices.toml --dry-run\n\n\
docs/experiments.md says what the file may hold.")]
pub struct Arguments {
    /// Experiment file
    #[arg(value_name = "FILE.toml")]
    file: PathBuf,
    /// Replications of each point instead of the file's number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000_000))]
    replications: Option<u64>,
    /// Seed of all draws instead of the file's
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
    /// Also write a row for every replication, in runs.csv
    #[arg(long)]
    runs: bool,
    /// Say how many points there are, and the time and disk they will take; write nothing
    #[arg(long)]
    dry_run: bool,
    /// Go on with an experiment that was interrupted, where it was
    #[arg(long)]
    resume: bool,
    #[command(flatten)]
    keeping: Keeping,
}

/// An experiment with everything that it needs to be run.
struct Work<'a> {
    experiment: &'a Experiment,
    asked: &'a Asked,
    points: &'a [Point],
    set_ups: &'a SetUps<'a>,
    threads: usize,
    with_rows: bool,
}

/// Runs the command.
///
/// # Errors
/// When the experiment or the scenario at one of its points is faulty, a file cannot be written, or it was interrupted.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let read = reading::read(&arguments.file)?;
    let mut experiment = read.experiment;
    experiment.replications = arguments.replications.unwrap_or(experiment.replications);
    experiment.seed = arguments.seed.unwrap_or(experiment.seed);
    tell(&read.base.warnings, Severity::Warning);
    let interrupt = interrupt::watch()?;
    let (asked, points, threads) =
        (Asked::new(&experiment.quantities), experiment.points(), arguments.keeping.threads());
    let set_ups = SetUps::checked(&experiment, &points, &read.text, threads, &interrupt)?;
    let work = Work {
        experiment: &experiment,
        asked: &asked,
        points: &points,
        set_ups: &set_ups,
        threads,
        with_rows: arguments.runs,
    };
    if arguments.dry_run {
        terminal::say(&estimate::told(&work)?);
        return Ok(());
    }
    let request = request(&read.name, &work, &read.base);
    let path = arguments.keeping.folder(&read.name);
    if arguments.resume && journal::is_complete(&path, &request) {
        terminal::say(&format!("{} holds the complete result: there is nothing to resume.\n", path.display()));
        return Ok(());
    }
    let mut names = names(&experiment);
    names.extend(arguments.runs.then(|| set_ups::ROWS.to_string()));
    let earlier = journal::earlier(&path, &request, arguments)?;
    let folder = Folder::for_experiment(&path, &request, names, arguments.keeping.force, earlier.is_some())?;
    let progress = Progress::new(experiment.replications * set_ups.len() as u64, arguments.keeping.quiet);
    let journal = Journal::open(&path, &request, earlier)?;
    folder.keep_unfinished();
    let found = findings(&work, &folder, journal, &interrupt, &progress);
    progress.end();
    let (findings, rows) = found?;
    if findings.len() < set_ups.len() {
        return Err(interrupted(findings.len(), &work, &path, arguments));
    }
    finish(request, &work, &findings, &read.base, folder, rows, &path, arguments.keeping.quiet)
}

/// What was asked, in words that decide the result.
fn request(name: &str, work: &Work, base: &Scenario) -> Request {
    let experiment = work.experiment;
    let mut settings = vec![("replications".to_string(), experiment.replications.to_string())];
    settings.extend(experiment.settings.iter().cloned());
    settings.extend(work.with_rows.then(|| ("runs".to_string(), "every replication".to_string())));
    Request {
        kind: "experiment".to_string(),
        name: name.to_string(),
        title: if experiment.title.is_empty() { base.title.clone() } else { experiment.title.clone() },
        question: experiment.question.clone(),
        scenarios: vec![ScenarioEntry::of(base)],
        seed: experiment.seed.to_string(),
        settings,
    }
}

/// Runs what an earlier journal does not already hold. Each set-up is written down as soon as it is finished.
fn findings(
    work: &Work,
    folder: &Folder,
    mut journal: Journal,
    interrupt: &AtomicBool,
    progress: &Progress,
) -> Result<(Vec<PointFinding>, Option<Unfinished>), Failure> {
    let experiment = work.experiment;
    let mut findings = journal.take_finished();
    let mut rows =
        if work.with_rows { Some(set_ups::rows_file(work, folder, &mut journal, &mut findings)?) } else { None };
    let first = findings.len();
    progress.advance(first as u64 * experiment.replications);
    let plan = Plan {
        points: work.set_ups.len() - first,
        first: 0,
        replications: experiment.replications,
        threads: work.threads,
    };
    let mut totals: Option<PointTotals> = None;
    let compute = |stretch: Stretch| {
        let at = first + stretch.point;
        let set_up = work.set_ups.get(at);
        let block = set_up.block(experiment.seed, stretch);
        let rows = if work.with_rows { set_ups::rows(work, at, &block) } else { Vec::new() };
        (PointTotals::of(&block, work.asked, &set_up.targets, experiment.replications), rows)
    };
    let sink = |stretch: Stretch, (part, text): (PointTotals, Vec<u8>)| {
        progress.advance(stretch.size as u64);
        if let Some(rows) = &mut rows {
            rows.write_all(&text).map_err(|error| rows.failure(&error))?;
        }
        match &mut totals {
            Some(totals) => totals.merge(part),
            None => totals = Some(part),
        }
        let Some(whole) = totals.take_if(|totals| totals.n() == experiment.replications) else { return Ok(()) };
        let at = first + stretch.point;
        let finding = whole.finding(work.asked, &work.set_ups.get(at).targets);
        work.set_ups.done(at);
        journal.add(&finding, rows.as_mut())?;
        findings.push(finding);
        Ok(())
    };
    match experiment::run(&plan, interrupt, &compute, sink) {
        Ok(_) => Ok((findings, rows)),
        Err(Stopped::Fault(fault)) => Err(Failure::fault(&fault)),
        Err(Stopped::Sink(failure)) => Err(kept(failure)),
    }
}

/// What could not be written, with what is left to do about it.
fn kept(failure: Failure) -> Failure {
    match failure {
        Failure::Files(told) => Failure::Files(format!("{told}\n  What was finished is kept: go on with --resume.")),
        other => other,
    }
}

/// Writes and tells what was found.
#[allow(clippy::too_many_arguments, reason = "each is a part of the one thing that is finished")]
fn finish(
    request: Request,
    work: &Work,
    findings: &[PointFinding],
    base: &Scenario,
    folder: Folder,
    rows: Option<Unfinished>,
    path: &Path,
    quiet: bool,
) -> Result<(), Failure> {
    let experiment = work.experiment;
    let (effects, policies) = (effects(experiment, findings), policies(experiment.policies.len(), findings));
    let found =
        Found { experiment, asked: work.asked, points: work.points, findings, effects: &effects, policies: &policies };
    let mut study = Study {
        request,
        points: findings.len(),
        replications: experiment.replications,
        is_interrupted: false,
        sentences: sentences(&found),
        sheets: sheets(&found, base),
    };
    add_findings(&found, &mut study);
    let rows = rows.map(|rows| (rows, Sheet::new("runs", "Every replication", set_ups::columns(work))));
    study::write_with(&study, folder, rows).map_err(kept)?;
    if !quiet {
        study::show(&study, &shown::tables(&found, terminal::width()), path);
    }
    Ok(())
}

/// What further methods make of the points: each appends its tables and its sentences here.
fn add_findings(_found: &Found, _study: &mut Study) {}

fn interrupted(finished: usize, work: &Work, path: &Path, arguments: &Arguments) -> Failure {
    Failure::Interrupted(format!(
        "Interrupted: {finished} of {} points, policies counted, are kept in {}.\nTo go on: partnersim experiment {} --resume, with the same options.",
        work.set_ups.len(),
        path.display(),
        arguments.file.display()
    ))
}
