//! `partnersim experiment`: many set-ups of one scenario, told in a file; a table with a row a point out.

mod estimate;
mod faults;
mod findings;
mod journal;
mod reading;
mod running;
mod set_ups;
mod shown;

use super::answer::Answer;
use super::diagnostics::{Severity, tell};
use super::failure::Failure;
use super::folder::Folder;
use super::progress::Progress;
use super::study::{self, Keeping};
use super::{interrupt, terminal};
use crate::analyse::effects::effects;
use crate::analyse::point::{Asked, PointFinding};
use crate::analyse::policies::policies;
use crate::experiment::design::Point;
use crate::experiment::file::Experiment;
use crate::output::experiment::words::{extent, sentences};
use crate::output::experiment::{Found, names, sheets};
use crate::output::study::{Request, ScenarioEntry, Study};
use crate::scenario::Scenario;
use journal::Journal;
use set_ups::SetUps;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// Run a scenario at many points: factors, designs, policies
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  partnersim experiment scenarios/experiments/forum_choices.toml --dry-run\n  \
partnersim experiment scenarios/experiments/town_worlds.toml\n\
docs/experiments.md says what the file may hold and what comes out.")]
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
    /// Break in these replications, to see what happens then
    #[arg(long, value_name = "POINT:REPLICATION", hide = true, value_delimiter = ',', value_parser = faults::broken)]
    break_replication: Vec<(usize, u64)>,
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
    /// Points, from 1, and replications that are to break.
    broken: &'a [(usize, u64)],
}

/// Runs the command.
///
/// # Errors
/// When the experiment or the scenario at one of its points is faulty, a file cannot be written, or it was interrupted.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let read = reading::read(&arguments.file)?;
    let mut experiment = read.experiment;
    experiment.replications = arguments.replications.unwrap_or(experiment.replications);
    experiment.seed = arguments.seed.unwrap_or(experiment.seed);
    tell(&read.base.warnings, Severity::Warning);
    let interrupt = interrupt::watch()?;
    let (asked, points, threads) = (asked(&experiment), experiment.points(), arguments.keeping.threads());
    let set_ups = SetUps::checked(&experiment, &points, &read.text, threads, &interrupt)?;
    let work = Work {
        experiment: &experiment,
        asked: &asked,
        points: &points,
        set_ups: &set_ups,
        threads,
        with_rows: arguments.runs,
        broken: &arguments.break_replication,
    };
    if arguments.dry_run {
        return estimate::answer(&work);
    }
    let request = request(&read.name, &work, &read.base);
    let path = arguments.keeping.folder(&read.name);
    if arguments.resume && journal::is_complete(&path, &request) {
        let told = format!("{} holds the complete result: there is nothing to resume.\n", path.display());
        return study::held(&told, &path, arguments.keeping.quiet);
    }
    let mut names = names(&experiment);
    names.extend(arguments.runs.then(|| set_ups::ROWS.to_string()));
    let earlier = journal::earlier(&path, &request, arguments)?;
    let folder = Folder::for_experiment(&path, &request, names, arguments.keeping.force, earlier.is_some())?;
    let progress = Progress::new(experiment.replications * set_ups.len() as u64, arguments.keeping.quiet);
    let journal = Journal::open(&path, &request, earlier)?;
    folder.keep_unfinished();
    let found = running::findings(&work, &folder, journal, &interrupt, &progress);
    progress.end();
    let (findings, rows) = found?;
    if findings.len() < set_ups.len() {
        return Err(interrupted(findings.len(), &work, &path, arguments));
    }
    let study = study(request, &work, &findings, &read.base, &interrupt)?;
    let rows = rows.map(|rows| (rows, set_ups::kept(&work, &findings)));
    study::write_with(&study.0, folder, &arguments.keeping, rows, vec![read.file]).map_err(kept)?;
    let text = study::text(&study.0, &study.2, &study.1, &path);
    let failure = faults::told(&work, &faults::all(&findings), &arguments.file).map(Failure::Replications);
    Ok(study::found(study.0.into(), text, &path)?.quiet(arguments.keeping.quiet).but(failure))
}

/// What every point is asked.
fn asked(experiment: &Experiment) -> Asked {
    let asked = Asked::new(&experiment.quantities);
    experiment.discovery.iter().fold(asked, |asked, when| asked.and(when.quantity))
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

/// What could not be written, with what is left to do about it.
fn kept(failure: Failure) -> Failure {
    match failure {
        Failure::Files(told) => Failure::Files(format!("{told}\n  What was finished is kept: go on with --resume.")),
        other => other,
    }
}

/// What was found, the tables of the page, and the sentences of the page, which are fewer than all.
fn study(
    request: Request,
    work: &Work,
    findings: &[PointFinding],
    base: &Scenario,
    interrupt: &AtomicBool,
) -> Result<(Study, Vec<String>, Vec<String>), Failure> {
    let experiment = work.experiment;
    let (effects, policies) = (effects(experiment, findings), policies(experiment.policies.len(), findings));
    let found =
        Found { experiment, asked: work.asked, points: work.points, findings, effects: &effects, policies: &policies };
    let about = findings::About { found: &found, base, request: &request, threads: work.threads, interrupt };
    let told = findings::told(&about)?;
    let (faults, mut sentences) = (faults::all(findings), sentences(&found));
    // Of several policies the page has a table already.
    let first = if experiment.policies.len() > 1 { vec![extent(&found)] } else { sentences.clone() };
    let mut page = [first, told.headlines].concat();
    sentences.extend(told.sentences);
    sentences.extend(faults::sentence(work, &faults));
    page.extend(faults::sentence(work, &faults));
    let mut sheets = sheets(&found, base);
    sheets.extend(told.sheets);
    sheets.extend((!faults.is_empty()).then(|| faults::sheet(work, &faults)));
    let tables = [shown::tables(&found, terminal::width()), told.tables].concat();
    let (points, replications) = (findings.len(), experiment.replications);
    Ok((Study { request, points, replications, is_interrupted: false, sentences, sheets }, tables, page))
}

/// Why nothing was told of points that are all finished.
fn interrupted_late() -> Failure {
    Failure::Interrupted(
        "Interrupted: every point is finished and kept. The same command with --resume tells what they say."
            .to_string(),
    )
}

fn interrupted(finished: usize, work: &Work, path: &Path, arguments: &Arguments) -> Failure {
    Failure::Interrupted(format!(
        "Interrupted: {finished} of {} points, policies counted, are kept in {}.\nTo go on: partnersim experiment {} --resume, with the same options.",
        work.set_ups.len(),
        path.display(),
        arguments.file.display()
    ))
}
