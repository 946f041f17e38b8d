//! `partnersim run`: a scenario in, a folder of results and a page on the terminal out.
//!
//! A run is so many replications, or as many as it takes to know something well enough. It goes on from its last checkpoint after
//! it was interrupted or killed, and without the replications that cannot be computed.

mod identity;
pub(super) mod precision;
mod simulation;
mod state;

use super::answer::Answer;
use super::checkpoint::{self, Pace};
use super::diagnostics::{Severity, tell};
use super::failure::Failure;
use super::folder::{CHECKPOINT, Folder, damaged};
use super::formats::Formats;
use super::progress::Progress;
use super::reading::ScenarioText;
use super::scenario_arguments::ScenarioArguments;
use super::unfinished::Unfinished;
use super::{command, interrupt, keep, study, terminal};
use crate::analyse::distributions::Distributions;
use crate::analyse::findings::Findings;
use crate::analyse::leaning::Leaning;
use crate::analyse::totals;
use crate::experiment::{self, Fault, Plan, Stopped, Stretch};
use crate::output::json::Found;
use crate::output::kept::Kept;
use crate::output::manifest::{Entry, Manifest};
use crate::output::{Ended, Report, failures, figure, influence, inputs, runs};
use crate::scenario::{Override, Scenario};
use identity::{head, is_complete};
use precision::Rule;
use simulation::{Keeper, Simulation, begin_rows};
use state::State;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

const EXAMPLES: &str = "Examples:
  partnersim run scenarios/health_and_social_care.toml
  partnersim run scenarios/health_and_social_care.toml \\
      --precision 'survival=0.01,premium=5%'
  partnersim run scenarios/health_and_social_care.toml \\
      --replications 1000000 --resume";

/// Run a scenario and write its results
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    #[command(flatten)]
    precision: precision::PrecisionArguments,
    /// Folder for the results [default: results/NAME]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Threads to compute on [default: one for each processor]; results do not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Go on with a run of the same that was interrupted or killed, and end with the same files as if it had not been
    #[arg(long)]
    resume: bool,
    /// Print nothing but errors and warnings
    #[arg(long, short)]
    quiet: bool,
    /// Replace whatever the folder for the results holds
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    formats: Formats,
    /// Break in these replications, to see what happens then
    #[arg(long, value_name = "N", hide = true, value_delimiter = ',')]
    break_replication: Vec<u64>,
    /// Milliseconds between checkpoints [default: at least 1000, and more where they take long]
    #[arg(long, value_name = "N", hide = true)]
    checkpoint_pause: Option<u64>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let rule = arguments.precision.rule()?;
    let text = arguments.scenario.text()?;
    let scenario = arguments.load(&text, rule.as_ref())?;
    tell(&scenario.warnings, Severity::Warning);
    let path = arguments.out.clone().unwrap_or_else(|| Path::new("results").join(&scenario.name));
    let head = head(&scenario, rule.as_ref());
    if arguments.resume && is_complete(&path, &scenario, rule.as_ref()) {
        return study::complete(&path, arguments.quiet);
    }
    let goals = rule.as_ref().map_or(&[][..], Rule::goals);
    let interrupt = interrupt::watch()?;
    let kept = match arguments.resume {
        true => checkpoint::load::<State>(&path.join(CHECKPOINT), &head, |what| damaged(&path, what))?,
        false => None,
    };
    let folder = match kept {
        Some(_) => Folder::to_resume_run(&path, &scenario, arguments.force)?,
        None => Folder::for_run(&path, &scenario, arguments.force)?,
    };
    let (mut state, rows) = match kept {
        Some((rows, state)) => (state, folder.reopen(&rows)?),
        None => (State::new(goals.len(), empty(&scenario, rule.as_ref())), begin_rows(&folder)?),
    };
    let pace = Pace::new(arguments.checkpoint_pause.map(Duration::from_millis));
    let mut keeper = Keeper { folder: &folder, head, rows, pace };
    let targets = totals::targets(&scenario.targets);
    let progress = Progress::new(scenario.replications, arguments.quiet);
    let (broken, threads) = (&arguments.break_replication[..], arguments.threads());
    let simulation = Simulation {
        scenario: &scenario,
        targets: &targets,
        goals,
        threads,
        broken,
        interrupt: &interrupt,
        progress: &progress,
    };
    let simulated = simulate(&simulation, rule.as_ref(), &mut state, &mut keeper);
    progress.end();
    simulated.map_err(|failure| resumable(failure, &folder))?;
    let findings = Findings::new(&state.totals, &state.distributions, &targets);
    let precision = rule.as_ref().map(|rule| rule.judge(&state));
    let ended = Ended { faults: &state.faults, precision: precision.as_ref() };
    let report = Report { scenario: &scenario, findings: &findings, ended };
    arguments.end(&report, &state, keeper, &path, &arguments.set_ups_left(&text))
}

impl Arguments {
    fn threads(&self) -> usize {
        self.threads.map_or_else(processors, usize::from)
    }

    /// The scenario, with as many replications as it may take.
    fn load(&self, text: &ScenarioText, rule: Option<&Rule>) -> Result<Scenario, Failure> {
        let mut changes = self.scenario.changes.overrides();
        let most = rule.map(|rule| Override { path: "replications".to_string(), value: rule.most().to_string() });
        changes.extend(most);
        text.load(&changes).map_err(Failure::Scenario)
    }

    /// Which replications could not be computed, and how to see one of them again.
    fn left_out(&self, report: &Report, faults: &[Fault]) -> String {
        const SHOWN: usize = 5;
        let first: Vec<String> = faults.iter().take(SHOWN).map(|fault| fault.replication.to_string()).collect();
        let more = if faults.len() > SHOWN { " and others" } else { "" };
        let changes = self.scenario.changes.overrides();
        let mut options: String =
            changes.iter().map(|change| format!(" --set '{}={}'", change.path, change.value)).collect();
        if let Some(name) = &self.scenario.set_up {
            options += &format!(" --set-up '{name}'");
        }
        if report.ended.precision.is_some() {
            // The scenario's own number may be lower than that of the replication.
            options += &format!(" --replications {}", report.scenario.replications);
        }
        format!(
            "{} of {} could not be computed and {} left out of the results, with seed {}: {}{more}. {} lists them.\n  \
             The first says: {}\n  To see it again: partnersim trace {} --replication {}{options}\n  \
             This is a fault in partnersim and not in what it was given: please report it with the scenario.",
            faults.len(),
            figure::counted(report.tried(), "replication"),
            if faults.len() == 1 { "is" } else { "are" },
            report.scenario.seed,
            first.join(", "),
            failures::NAME,
            faults[0].message,
            self.scenario.file.display(),
            faults[0].replication,
        )
    }

    /// That there is more in a spreadsheet than was run; empty where there is not.
    fn set_ups_left(&self, text: &ScenarioText) -> String {
        let names: Vec<String> = text.set_ups().into_iter().map(|(name, _)| name).collect();
        if names.is_empty() || self.scenario.set_up.is_some() {
            return String::new();
        }
        let file = self.scenario.file.display();
        format!(
            "\n{file} also holds {}: {}. --set-up NAME runs one; `partnersim compare {file}`\nholds each against what was run here.\n",
            figure::counted(names.len() as u64, "further set-up"),
            names.join(", "),
        )
    }

    /// Writes what was found, and answers with it.
    fn end(
        &self,
        report: &Report,
        state: &State,
        mut keeper: Keeper,
        path: &Path,
        more: &str,
    ) -> Result<Answer, Failure> {
        let folder = keeper.folder;
        if report.is_interrupted() && (state.tried == 0 || folder.holds_more_than(report.findings.replications)) {
            let told = nothing_kept(folder, path);
            folder.start_afresh()?;
            return Err(Failure::Interrupted(told));
        }
        if report.findings.replications == 0 {
            return Err(state
                .faults
                .last()
                .map_or(Failure::Program("nothing was simulated".to_string()), Failure::fault));
        }
        // Should the files not find room, the replications need not be run again.
        if report.is_interrupted() || keeper.pace.is_due() || folder.keeps_unfinished() {
            keeper.keep(state, |_| ()).map_err(|failure| resumable(failure, folder))?;
        }
        let Keeper { rows, .. } = keeper;
        let rows = finish_rows(report, folder, rows, self.threads());
        let found = rows.and_then(|rows| Ok((rows, leanings(report, folder)?)));
        let (rows, leanings) = found.map_err(|failure| resumable(failure, folder))?;
        let report = &Report { findings: &Findings { leanings, ..report.findings.clone() }, ..*report };
        let kept = report.kept(&command::repeated());
        write_files(report, &kept, folder, rows, &self.formats).map_err(|failure| resumable(failure, folder))?;
        let failure = match report.ended.faults {
            _ if report.is_interrupted() => Some(Failure::Interrupted(what_is_kept(report, path))),
            [] => None,
            faults => Some(Failure::Replications(self.left_out(report, faults))),
        };
        let text = terminal::text(report, path, terminal::width()) + more;
        Ok(study::found(Found::from(kept), text, path)?.quiet(self.quiet).but(failure))
    }
}

/// Threads that can run at once on this machine.
pub fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Nothing counted yet.
fn empty(scenario: &Scenario, rule: Option<&Rule>) -> Distributions {
    let months = scenario.inputs.horizon_months;
    match rule {
        Some(_) => Distributions::open_ended(months),
        None => Distributions::new(scenario.replications, months),
    }
}

/// Simulates from where `state` is to the end, to the look at which enough is known, or until interrupted.
fn simulate(
    simulation: &Simulation,
    rule: Option<&Rule>,
    state: &mut State,
    keeper: &mut Keeper,
) -> Result<(), Failure> {
    let all = [simulation.scenario.replications];
    let before = state.tried;
    simulation.progress.begin_at(before);
    for &look in rule.map_or(&all[..], Rule::looks).iter().filter(|look| **look >= before) {
        if look > state.tried {
            let parts = [(); 2].map(|()| empty(simulation.scenario, rule));
            simulation.run_to(look, state, keeper, parts)?;
        }
        if state.tried < look || rule.is_some_and(|rule| rule.judge(state).is_reached()) {
            break;
        }
    }
    Ok(())
}

/// Finishes the tables with a row a replication.
fn finish_rows(report: &Report, folder: &Folder, rows: Vec<Unfinished>, threads: usize) -> Result<Vec<Entry>, Failure> {
    let mut entries = rows.into_iter().map(Unfinished::finish).collect::<Result<Vec<_>, _>>()?;
    entries.extend(inputs::is_wanted(report.scenario).then(|| write_inputs(report, folder, threads)).transpose()?);
    Ok(entries)
}

/// What the main outcomes lean on, from the rows as they stand in the files: so it is the same however the run came to its end.
fn leanings(report: &Report, folder: &Folder) -> Result<Vec<Leaning>, Failure> {
    let (scenario, n) = (report.scenario, report.findings.replications);
    if !inputs::is_wanted(scenario) {
        return Ok(Vec::new());
    }
    let [rows, values] = [runs::NAME, inputs::NAME].map(|name| folder.begun(name));
    let found = || influence::found(scenario, n, File::open(&rows)?, File::open(values)?);
    found().map_err(|error| Failure::files("read", &rows, &error))
}

/// Writes all but the tables with a row a replication, which are finished.
fn write_files(
    report: &Report,
    kept: &Kept,
    folder: &Folder,
    entries: Vec<Entry>,
    formats: &Formats,
) -> Result<(), Failure> {
    let command = &kept.about.command;
    let seal =
        |entries, to: &mut dyn Write| Manifest { command: command.clone(), ..Manifest::new(report, entries) }.write(to);
    let written = keep::write(kept, entries, formats, folder, &seal)?;
    if report.is_interrupted() { folder.publish_so_far(&written) } else { folder.publish(&written) }
}

/// A failure after which what was finished is kept, told so.
fn resumable(failure: Failure, folder: &Folder) -> Failure {
    match failure {
        Failure::Files(text) if folder.keeps_unfinished() => Failure::Files(format!(
            "{text}\n  What was finished is kept: the same command with --resume goes on with it."
        )),
        failure => failure,
    }
}

/// Writes what was uncertain in each replication: it follows from the scenario alone, so nothing of the run is needed.
fn write_inputs(report: &Report, folder: &Folder, threads: usize) -> Result<Entry, Failure> {
    let mut to = folder.begin(inputs::NAME)?;
    inputs::write_header(report.scenario, &mut to).map_err(|error| to.failure(&error))?;
    let rows = inputs::Rows::new(report.scenario);
    let plan = Plan { points: 1, first: 0, replications: report.tried(), threads };
    let work = |stretch: Stretch| rows.of(stretch.first, stretch.size);
    let sink = |_, text: Vec<u8>| to.write_all(&text).map_err(|error| to.failure(&error));
    match experiment::run(&plan, &AtomicBool::new(false), &work, sink) {
        Ok(_) => to.finish(),
        Err(Stopped::Fault(fault)) => Err(Failure::fault(&fault)),
        Err(Stopped::Sink(failure)) => Err(failure),
    }
}

fn what_is_kept(report: &Report, path: &Path) -> String {
    format!(
        "Interrupted: the first {} of {} replications are kept in {}. The same command with --resume goes on from there.",
        figure::grouped(report.tried() as f64, 0),
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
