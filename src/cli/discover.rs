//! `partnersim discover`: in which worlds of a scenario something happens, in terms of what is uncertain in it.
//!
//! `partnersim analyse discover` asks the same of a table.

use super::answer::Answer;
use super::diagnostics::{Severity, tell};
use super::discovery::{Question, SHEETS, Searching, conclude, interrupted, question};
use super::failure::Failure;
use super::folder::Folder;
use super::interrupt;
use super::progress::Progress;
use super::scenario_arguments::ScenarioArguments;
use super::study::{self, Keeping};
use crate::analyse::discovery::worlds::{Values, Worlds};
use crate::experiment::faults::are_too_many;
use crate::experiment::quantity::Happening;
use crate::experiment::{self, Fault, Handed, Plan, Stopped, Stretch};
use crate::model::uncertain::{self, Uncertain};
use crate::output::failures;
use crate::output::study::{Request, ScenarioEntry};
use crate::scenario::Scenario;
use crate::scenario::nearest::suggestion;
use crate::simulate::{Engine, simulate};
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

const EXAMPLES: &str = "\
Examples:
  partnersim discover scenarios/health_and_social_care.toml --when failed
  partnersim discover scenarios/health_and_social_care.toml \\
      --when 'premium < 0' --replications 4000 --density 0.8";

/// Say in plain words in which worlds of a scenario something happens
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// What happens: `failed`, or an outcome held against a number, as in 'premium < 0'
    #[arg(long, value_name = "CONDITION", value_parser = Happening::parse, allow_hyphen_values = true)]
    when: Happening,
    /// Only these of the uncertain parameters, by their paths, separated by commas [default: all]
    #[arg(long, value_name = "PATHS", value_delimiter = ',')]
    inputs: Vec<String>,
    #[command(flatten)]
    searching: Searching,
    #[command(flatten)]
    keeping: Keeping,
    /// Break in these replications, to see what happens then
    #[arg(long, value_name = "N", hide = true, value_delimiter = ',')]
    break_replication: Vec<u64>,
}

/// Worlds, and the replications that could not be computed and are none of them.
struct Simulated {
    worlds: Worlds,
    faults: Vec<Fault>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let scenario = arguments.scenario.load()?;
    tell(&scenario.warnings, Severity::Warning);
    let chosen = chosen(&scenario, &arguments.inputs)?;
    let names: Vec<String> = chosen.iter().map(|one| one.path(&scenario.inputs)).collect();
    let when = said(&arguments.when);
    let request = request(arguments, &scenario, &when, &names);
    let keeping = &arguments.keeping;
    let path = keeping.folder(&request.name);
    let interrupt = interrupt::watch()?;
    let folder = Folder::for_study(
        &path,
        &request,
        SHEETS.iter().chain([&failures::NAME]).map(ToString::to_string).collect(),
        keeping.force,
    )?;
    let Simulated { worlds, faults } = simulated(arguments, &scenario, &chosen, &interrupt)?;
    let left_out = failures::told(&faults, scenario.replications, scenario.seed);
    let options = arguments.searching.options(scenario.seed, keeping.threads());
    let defaults = defaults(&scenario, &names);
    let question = Question { when, noun: "world", names: &names, defaults, notes: left_out.iter().cloned().collect() };
    let (mut study, tables) = conclude(&worlds, &question, request, &options, &interrupt)?;
    study.sheets.extend(failures::sheet(&faults, &scenario));
    study::write(&study, folder, &arguments.keeping)?;
    Ok(study::answer(study, &tables, keeping, &path)?.but(left_out.map(|told| Failure::left_out(&told))))
}

/// Which of the inputs the scenario leaves at their defaults, each with the grade of evidence of these.
fn defaults(scenario: &Scenario, names: &[String]) -> Vec<(usize, String)> {
    let lines = scenario.assumptions.iter().filter(|line| line.set_by == "default");
    let grades: BTreeMap<String, &str> =
        lines.map(|line| (uncertain::path_of(&line.key, &line.belongs_to), line.grade.as_str())).collect();
    let graded = names.iter().enumerate().filter_map(|(at, name)| Some((at, (*grades.get(name)?).to_string())));
    graded.collect()
}

/// A happening as a person would say it.
fn said(when: &Happening) -> String {
    let is_yes = when.variable.is_yes_or_no() && *when == Happening::parse(when.variable.name()).unwrap_or(*when);
    let unit = when.variable.unit();
    let is_amount = !["share", "0 or 1", "index, 0 to 1"].contains(&unit);
    match (is_yes, is_amount) {
        (true, _) => when.variable.name().to_string(),
        (false, true) => format!("{when} {unit}"),
        (false, false) => when.to_string(),
    }
}

fn request(arguments: &Arguments, scenario: &Scenario, when: &str, names: &[String]) -> Request {
    let mut settings = vec![("when".to_string(), when.to_string()), ("inputs".to_string(), names.join(","))];
    settings.extend(arguments.searching.settings());
    Request {
        kind: "discovery".to_string(),
        name: format!("{}_discovery", scenario.name),
        title: scenario.title.clone(),
        question: question(when, "world"),
        scenarios: vec![ScenarioEntry::of(scenario)],
        seed: scenario.seed.to_string(),
        settings,
    }
}

/// The uncertain parameters of these paths, all where none is named.
fn chosen(scenario: &Scenario, paths: &[String]) -> Result<Vec<Uncertain>, Failure> {
    let all = uncertain::uncertain(&scenario.inputs);
    if all.is_empty() {
        return Err(Failure::Input(
            "nothing is uncertain in this scenario, so its worlds differ by luck alone.\n  \
             Give a parameter as an uncertainty, as in --set 'communication.quality={ uniform = [0.3, 0.9] }'."
                .to_string(),
        ));
    }
    if paths.is_empty() {
        return Ok(all);
    }
    let known: Vec<String> = all.iter().map(|one| one.path(&scenario.inputs)).collect();
    let place = |path: &String| known.iter().position(|known| known == path.trim());
    let known_names = || known.iter().map(String::as_str);
    let wrong = paths.iter().filter(|path| place(path).is_none());
    let wrong =
        wrong.map(|path| format!("`{path}` is not uncertain in this scenario: {}", suggestion(path, known_names())));
    let wrong: Vec<String> = wrong.collect();
    if wrong.is_empty() {
        Ok((0..all.len()).filter(|at| paths.iter().any(|path| place(path) == Some(*at))).map(|at| all[at]).collect())
    } else {
        Err(Failure::Input(wrong.join("\nerror: ")))
    }
}

/// Simulates the worlds and keeps of each whether it happened and what was uncertain in it.
fn simulated(
    arguments: &Arguments,
    scenario: &Scenario,
    chosen: &[Uncertain],
    interrupt: &AtomicBool,
) -> Result<Simulated, Failure> {
    let keeping = &arguments.keeping;
    let engine = Engine::best(scenario.inputs.partners.len());
    let plan = Plan { points: 1, first: 0, replications: scenario.replications, threads: keeping.threads() };
    let progress = Progress::new(scenario.replications, keeping.quiet);
    let (mut columns, mut cases) = (vec![Vec::new(); chosen.len()], Vec::new());
    let (mut tried, mut faults) = (0, Vec::new());
    let work = |stretch: Stretch| {
        let block = simulate(&scenario.inputs, scenario.seed, stretch.first, stretch.size, engine);
        let range = stretch.first..stretch.first + stretch.size as u64;
        assert!(!arguments.break_replication.iter().any(|broken| range.contains(broken)), "it was asked to break");
        let values = uncertain::columns(chosen, &scenario.inputs, scenario.seed, stretch.first, stretch.size);
        (arguments.when.occurs(&block), values)
    };
    let sink = |stretch: Stretch, handed: Handed<(Vec<bool>, Vec<Vec<f64>>)>| {
        for (_, (occurs, values)) in handed.sound {
            cases.extend(occurs);
            columns.iter_mut().zip(values).for_each(|(column, values)| column.extend(values));
        }
        tried += stretch.size as u64;
        faults.extend(handed.faults);
        progress.advance(stretch.size as u64);
        let n_faults = faults.len() as u64;
        match faults.last() {
            Some(fault) if are_too_many(n_faults, tried) => Err(Failure::too_many(n_faults, tried, fault)),
            _ => Ok(()),
        }
    };
    let ran = experiment::run_past_faults(&plan, interrupt, &work, sink);
    progress.end();
    match ran {
        Ok(completed) if completed == scenario.replications => {
            let inputs = columns.into_iter().map(Values::Numbers).collect();
            Ok(Simulated { worlds: Worlds { inputs, cases }, faults })
        }
        Ok(_) => Err(interrupted()),
        Err(Stopped::Fault(fault)) => Err(Failure::fault(&fault)),
        Err(Stopped::Sink(failure)) => Err(failure),
    }
}
