//! `partnersim discover`: in which worlds of a scenario something happens, in terms of what is uncertain in it.
//!
//! `partnersim analyse discover` asks the same of a table; what both share is here.

use super::diagnostics::{Severity, tell};
use super::failure::Failure;
use super::folder::Folder;
use super::progress::Progress;
use super::scenario_arguments::ScenarioArguments;
use super::study::{self, Keeping};
use super::{interrupt, terminal};
use crate::analyse::discovery::prim::{Choice, Method};
use crate::analyse::discovery::tree::Growth;
use crate::analyse::discovery::worlds::{Values, Worlds};
use crate::analyse::discovery::{self, Discovery, Ended, Options};
use crate::experiment::quantity::Happening;
use crate::experiment::{self, Plan, Stopped, Stretch};
use crate::model::uncertain::{self, Uncertain};
use crate::output::discovery::{Asked, picture, sentences, sheets};
use crate::output::study::{Request, ScenarioEntry, Study};
use crate::scenario::Scenario;
use crate::scenario::nearest::suggestion;
use crate::simulate::{Engine, simulate};
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

/// Names of the tables, in the order in which they are written.
pub const SHEETS: [&str; 5] = ["boxes.csv", "restrictions.csv", "trajectory.csv", "tree.csv", "data_dictionary.csv"];

/// Least worlds that anything can be found among.
const LEAST_WORLDS: usize = 40;

const EXAMPLE: &str = "Example: partnersim discover scenarios/health_and_social_care.toml --when failed
         partnersim discover scenarios/health_and_social_care.toml --when 'premium < 0' --replications 4000 --density 0.8";

/// Say in plain words in which worlds of a scenario something happens
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
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
}

/// How worlds are searched.
#[derive(Debug, Clone, clap::Args)]
pub struct Searching {
    /// Share of the worlds of a box in which it is to happen; as many of these worlds as possible are then covered [default: the
    /// best trade-off of both]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    density: Option<f64>,
    /// Least share of the worlds it is looked for in that a box holds
    #[arg(long, value_name = "SHARE", default_value_t = 0.05, value_parser = share)]
    mass: f64,
    /// Most boxes, each looked for among what the ones before it left
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=20))]
    boxes: u16,
    /// Random halves of the worlds in which each box is looked for again
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u16).range(10..=1000))]
    resamples: u16,
    /// Most divisions of the tree one after the other
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=4))]
    depth: u16,
}

fn share(text: &str) -> Result<f64, String> {
    let share = text.parse::<f64>().ok().filter(|share| *share > 0.0 && *share <= 1.0);
    share.ok_or_else(|| format!("`{text}` is no share: give a number above 0 and at most 1, as in 0.8"))
}

impl Searching {
    /// The options of a search.
    pub fn options(&self, seed: u64, threads: usize) -> Options {
        let choice = self.density.map_or(Choice::TradeOff, Choice::Density);
        Options {
            method: Method { choice, least_mass: self.mass, ..Method::default() },
            boxes: usize::from(self.boxes),
            halves: usize::from(self.resamples),
            growth: Growth { depth: usize::from(self.depth), ..Growth::default() },
            seed,
            threads,
        }
    }

    /// What of it decides the result, as it is written into a manifest.
    pub fn settings(&self) -> Vec<(String, String)> {
        let density = self.density.map_or_else(|| "best trade-off".to_string(), |density| density.to_string());
        let mass = ("mass".to_string(), self.mass.to_string());
        let numbers = [("boxes", self.boxes), ("resamples", self.resamples), ("depth", self.depth)];
        let numbers = numbers.map(|(name, number)| (name.to_string(), number.to_string()));
        [("density".to_string(), density), mass].into_iter().chain(numbers).collect()
    }
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let scenario = arguments.scenario.load()?;
    tell(&scenario.warnings, Severity::Warning);
    let chosen = chosen(&scenario, &arguments.inputs)?;
    let names: Vec<String> = chosen.iter().map(|one| one.path(&scenario.inputs)).collect();
    let when = said(&arguments.when);
    let request = request(arguments, &scenario, &when, &names);
    let keeping = &arguments.keeping;
    let path = keeping.folder(&request.name);
    let interrupt = interrupt::watch()?;
    let folder = Folder::for_study(&path, &request, SHEETS.map(str::to_string).to_vec(), keeping.force)?;
    let worlds = worlds(&scenario, &chosen, &arguments.when, keeping, &interrupt)?;
    let options = arguments.searching.options(scenario.seed, keeping.threads());
    let defaults = defaults(&scenario, &names);
    let question = Question { when, noun: "world", names: &names, defaults, notes: Vec::new() };
    let (study, tables) = conclude(&worlds, &question, request, &options, &interrupt)?;
    study::write(&study, folder)?;
    if !keeping.quiet {
        study::show(&study, &tables, &path);
    }
    Ok(())
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
        name: format!("{}-discovery", scenario.name),
        title: scenario.title.clone(),
        question: question(when, "world"),
        scenarios: vec![ScenarioEntry::of(scenario)],
        seed: scenario.seed.to_string(),
        settings,
    }
}

/// The question of a discovery in words.
pub fn question(when: &str, noun: &str) -> String {
    format!("In which {noun}s: {when}?")
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
        Ok(paths.iter().filter_map(place).map(|at| all[at]).collect())
    } else {
        Err(Failure::Input(wrong.join("\nerror: ")))
    }
}

/// Simulates the worlds and keeps of each whether it happened and what was uncertain in it.
fn worlds(
    scenario: &Scenario,
    chosen: &[Uncertain],
    when: &Happening,
    keeping: &Keeping,
    interrupt: &AtomicBool,
) -> Result<Worlds, Failure> {
    let engine = Engine::best(scenario.inputs.partners.len());
    let plan = Plan { points: 1, first: 0, replications: scenario.replications, threads: keeping.threads() };
    let progress = Progress::new(scenario.replications, keeping.quiet);
    let (mut columns, mut cases) = (vec![Vec::new(); chosen.len()], Vec::new());
    let work = |stretch: Stretch| {
        let block = simulate(&scenario.inputs, scenario.seed, stretch.first, stretch.size, engine);
        let values = uncertain::columns(chosen, &scenario.inputs, scenario.seed, stretch.first, stretch.size);
        (when.occurs(&block), values)
    };
    let sink = |stretch: Stretch, (occurs, values): (Vec<bool>, Vec<Vec<f64>>)| {
        cases.extend(occurs);
        columns.iter_mut().zip(values).for_each(|(column, values)| column.extend(values));
        progress.advance(stretch.size as u64);
        Ok::<(), Failure>(())
    };
    let ran = experiment::run(&plan, interrupt, &work, sink);
    progress.end();
    match ran {
        Ok(completed) if completed == scenario.replications => {
            Ok(Worlds { inputs: columns.into_iter().map(Values::Numbers).collect(), cases })
        }
        Ok(_) => Err(interrupted()),
        Err(Stopped::Fault(fault)) => Err(Failure::fault(&fault)),
        Err(Stopped::Sink(failure)) => Err(failure),
    }
}

fn interrupted() -> Failure {
    Failure::Interrupted("Interrupted: nothing was written.".to_string())
}

/// What is asked of the worlds, in words.
#[derive(Debug)]
pub struct Question<'a> {
    /// What happens.
    pub when: String,
    /// What one observation is called.
    pub noun: &'static str,
    /// Names of the inputs.
    pub names: &'a [String],
    /// Inputs that no scenario sets, each with the grade of evidence of its default.
    pub defaults: Vec<(usize, String)>,
    /// What else a reader must know, in sentences.
    pub notes: Vec<String>,
}

/// Searches worlds and puts what was found into a study and into tables for the terminal.
///
/// # Errors
/// When there is nothing to tell apart, or it was interrupted.
pub fn conclude(
    worlds: &Worlds,
    question: &Question,
    request: Request,
    options: &Options,
    interrupt: &AtomicBool,
) -> Result<(Study, Vec<String>), Failure> {
    check(worlds, question)?;
    let discovery = discovery::discover(worlds, options, interrupt).map_err(|ended| match ended {
        Ended::Interrupted => interrupted(),
        Ended::Fault(fault) => Failure::fault(&fault),
    })?;
    let asked = Asked {
        when: question.when.clone(),
        noun: question.noun,
        names: question.names,
        worlds,
        density: match options.method.choice {
            Choice::Density(asked) => Some(asked),
            Choice::TradeOff => None,
        },
        defaults: &question.defaults,
    };
    let mut sentences = sentences::sentences(&asked, &discovery);
    sentences.extend(question.notes.iter().cloned());
    let study = Study {
        request,
        points: 1,
        replications: worlds.len() as u64,
        is_interrupted: false,
        sentences,
        sheets: sheets::sheets(&asked, &discovery),
    };
    Ok((study, tables(&asked, &discovery)))
}

/// That it happens in some worlds and not in others.
///
/// # Errors
/// Why there is nothing to tell apart.
pub fn check(worlds: &Worlds, question: &Question) -> Result<(), Failure> {
    let all = worlds.count(&vec![true; worlds.len()]);
    let (when, noun) = (&question.when, question.noun);
    let why = if all.n < LEAST_WORLDS {
        format!("there are {} {noun}s, and at least {LEAST_WORLDS} are needed to tell a pattern from luck", all.n)
    } else if all.cases == 0 {
        format!("`{when}` holds in none of {} {noun}s, so there is nothing to tell them apart by", all.n)
    } else if all.cases == all.n {
        format!("`{when}` holds in all {} {noun}s, so there is nothing to tell them apart by", all.n)
    } else {
        return Ok(());
    };
    Err(Failure::Input(format!("{why}.\n  Ask for something that happens in some of them, with --when.")))
}

fn tables(asked: &Asked, discovery: &Discovery) -> Vec<String> {
    let mut tables = Vec::new();
    if let Some(first) = discovery.boxes.first() {
        let (headings, rows) = picture::restrictions(asked, discovery);
        let table = terminal::grid(&headings, &["Restriction", "Bounds there"], rows, terminal::width());
        tables.push(format!("{table}\n{}", terminal::wrapped(&picture::legend(asked), terminal::width(), "")));
        tables.push(picture::trajectory(asked, first));
    }
    if discovery.tree.nodes.len() > 1 {
        tables.push(picture::tree(asked, &discovery.tree));
    }
    tables
}
