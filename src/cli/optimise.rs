//! `partnersim optimise`: which levers serve several ends at once, within a budget, under uncertainty.

use super::answer::Answer;
use super::diagnostics::{Severity, tell};
use super::evaluations::{self, Columns, Evaluated, Evaluations, GoingOn, Opened, SetUp};
use super::failure::Failure;
use super::interrupt;
use super::progress::Progress;
use super::reading::{ScenarioText, bytes};
use super::study::{self, Keeping};
use super::terminal::{grid, width, wrapped};
use crate::analyse::optimised::{
    self, Generation, Measurement, Optimised, Row, goods, judge_afresh, measure, observed, violation,
};
use crate::experiment::Stretch;
use crate::experiment::quantity::Quantity;
use crate::experiment::search::file::{Asked, Measured, read};
use crate::experiment::search::generations::{Candidate, Effort, Score, search, unbeaten};
use crate::experiment::search::lever::Range;
use crate::experiment::search::lever::{Lever, cost};
use crate::output::figure::{counted, decimals_for, grouped};
use crate::output::optimised::{BASE, NAMES, rows, sentences, sheets, unit};
use crate::output::study::{Request, ScenarioEntry, Study};
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::resolve::digest::hexadecimal;
use crate::scenario::source::{MOST_BYTES, decode};
use crate::scenario::{Override, Scenario};
use crate::simulate::{Engine, simulate};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Rows of the table on the terminal: more than a screenful nobody reads.
const MOST_ROWS: usize = 21;

const EXAMPLE: &str = "The file holds scenario (a file beside it, or a ready-made one), title, question, seed, replications, fresh_replications, population, \
generations, budget and [set], and for each [[lever]] its path or paths, name, range (with whole = true) or levels, and unit_cost or costs; \
for each [[objective]] its quantity, such as \"premium\", \"P(failed)\" or \"cost\", and better; for each [[constraint]] what holds, such as \
\"survival >= 0.5\".\n\nExample:\n  partnersim optimise scenarios/experiments/optimise_town.toml --generations 10";

/// Search for levers that serve several ends within a budget, and judge them afresh
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Arguments {
    /// File that names the scenario, the levers, the objectives and the budget
    #[arg(value_name = "FILE.toml")]
    file: PathBuf,
    /// Replications of each candidate instead of the file's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    replications: Option<u64>,
    /// Seed of all draws instead of the file's
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
    /// Replications to judge the front afresh instead of the file's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(2..=10_000_000))]
    fresh_replications: Option<u64>,
    /// Candidates of a generation instead of the file's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(4..=1_000))]
    population: Option<u16>,
    /// Generations instead of the file's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=10_000))]
    generations: Option<u16>,
    #[command(flatten)]
    going_on: GoingOn,
    #[command(flatten)]
    keeping: Keeping,
}

/// Runs the command.
///
/// # Errors
/// When the file, its scenario or a lever cannot be used, the result cannot be written, or the search was interrupted.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let (asked, text) = arguments.asked()?;
    let beside = arguments.file.parent().unwrap_or(Path::new(""));
    let scenario = ScenarioText::named(beside, &asked.scenario).map_err(|why| arguments.no_scenario(&asked, &why))?;
    let base = scenario.load(&asked.set).map_err(Failure::Scenario)?;
    tell(&base.warnings, Severity::Warning);
    check_levers(&asked, &scenario)?;
    let request = request(arguments, &asked, &base, &text);
    let folder_path = arguments.keeping.folder(&request.name);
    let interrupt = interrupt::watch()?;
    let opened = arguments.going_on.open(&folder_path, &request, &base, &NAMES, &arguments.keeping)?;
    let Some(Opened { folder, goes_on, journal }) = opened else {
        return study::complete(&folder_path, arguments.keeping.quiet);
    };
    let budgeted = asked.replications * (asked.population * asked.generations + 1) as u64;
    let progress = Progress::new(budgeted, arguments.keeping.quiet);
    let mut evaluator = Evaluator {
        asked: &asked,
        quantities: asked.quantities(),
        scenario: &scenario,
        base: &base,
        seed: asked.seed.unwrap_or(base.seed),
        evaluations: Evaluations::new(journal, &arguments.going_on, arguments.keeping.threads(), &interrupt, &progress),
        of_base: Numbers::default(),
        known: BTreeMap::new(),
        n_over_budget: 0,
        refused: (0, None),
        failure: None,
    };
    let found = optimised(&mut evaluator);
    progress.end();
    let found = found.map_err(|failure| evaluations::stopped(failure, &folder))?;
    let is_interrupted = found.base.fresh.is_none() || found.generations.len() < asked.generations;
    if found.generations.is_empty() {
        return Err(evaluations::nothing_yet("the first generation", &folder_path));
    }
    // What is whole is not given up for what is not.
    if is_interrupted && !goes_on && folder.holds_more_than(0) {
        return Err(evaluations::left_as_it_was(&folder, goes_on, &folder_path));
    }
    let mut study = Study {
        points: found.generations.last().map_or(0, |last| last.tried),
        replications: asked.replications,
        is_interrupted,
        sentences: sentences(&asked, &found),
        sheets: sheets(&asked, &found),
        request,
    };
    let left_out = evaluator.evaluations.left_out();
    evaluations::write(&mut study, left_out, folder, &arguments.keeping)?;
    let failure = evaluations::ended(&study, left_out, &kept(&asked, &found, &folder_path));
    Ok(study::answer(study, &[table(&asked, &found)], &arguments.keeping, &folder_path)?.but(failure))
}

impl Arguments {
    /// What the file and the options ask for, and the text of the file.
    fn asked(&self) -> Result<(Asked, String), Failure> {
        let origin = self.file.display().to_string();
        let bytes =
            bytes(&self.file, MOST_BYTES).map_err(|why| Failure::Input(format!("{origin} cannot be read: {why}")))?;
        let text = decode(&bytes, &origin).map_err(|fault| Failure::Scenario(vec![fault]))?;
        let mut asked = read(&text, &origin).map_err(Failure::Scenario)?;
        asked.seed = self.seed.or(asked.seed);
        asked.replications = self.replications.unwrap_or(asked.replications);
        asked.fresh_replications = self.fresh_replications.unwrap_or(asked.fresh_replications);
        asked.population = self.population.map_or(asked.population, usize::from);
        asked.generations = self.generations.map_or(asked.generations, usize::from);
        Ok((asked, text))
    }

    /// What to say where the scenario that the file names cannot be had.
    fn no_scenario(&self, asked: &Asked, why: &str) -> Failure {
        Failure::Scenario(vec![Diagnostic {
            message: format!("the scenario \"{}\" cannot be read: {why}", asked.scenario),
            help:
                "name a file, from the folder of this one, or a ready-made scenario; `partnersim scenarios` lists them"
                    .to_owned(),
            place: asked.scenario_place.clone(),
        }])
    }
}

fn request(arguments: &Arguments, asked: &Asked, base: &Scenario, text: &str) -> Request {
    let name =
        arguments.file.file_stem().map_or("optimisation".to_string(), |stem| stem.to_string_lossy().into_owned());
    let numbers = [
        ("replications", asked.replications),
        ("fresh_replications", asked.fresh_replications),
        ("population", asked.population as u64),
        ("generations", asked.generations as u64),
    ];
    let settings = numbers.map(|(setting, value)| (setting.to_string(), value.to_string()));
    Request {
        kind: "optimisation".to_string(),
        title: if asked.title.is_empty() { format!("Levers for: {}", base.title) } else { asked.title.clone() },
        name,
        question: asked.question.clone(),
        scenarios: vec![ScenarioEntry::of(base)],
        seed: asked.seed.unwrap_or(base.seed).to_string(),
        settings: settings.into_iter().chain([("file".to_string(), hexadecimal(&Sha256::digest(text)))]).collect(),
    }
}

/// Tries every level, and both ends of every range, by itself, so that a fault costs nothing. What the scenario refuses is told where the
/// lever says it.
fn check_levers(asked: &Asked, scenario: &ScenarioText) -> Result<(), Failure> {
    let mut faults: Vec<Diagnostic> = Vec::new();
    for (lever, places) in asked.levers.iter().zip(&asked.places) {
        let (low, high) = lever.bounds();
        let genes: Vec<f64> = match &lever.range {
            Range::Levels(levels) => (0..levels.len()).map(|at| at as f64).collect(),
            _ => vec![low, high],
        };
        for (gene, place) in genes.into_iter().zip(places) {
            let overrides: Vec<Override> = asked.set.iter().cloned().chain(lever.overrides(gene)).collect();
            for mut fault in scenario.load(&overrides).err().unwrap_or_default() {
                fault.message = format!("{} cannot be {}: {}", lever.name, lever.value(gene), fault.message);
                fault.place = Some(place.clone());
                faults.push(fault);
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Failure::Scenario(faults)) }
}

/// A set-up to simulate.
struct Setup {
    name: String,
    scenario: Scenario,
    engine: Engine,
}

impl Setup {
    /// That of a scenario with the levers at some values.
    fn new(scenario: Scenario, levers: &[Override]) -> Setup {
        let levers: Vec<String> = levers.iter().map(|change| format!("{}={}", change.path, change.value)).collect();
        let name = if levers.is_empty() { BASE.to_string() } else { levers.join(" ") };
        Setup { name, engine: Engine::best(scenario.inputs.partners.len()), scenario }
    }
}

/// What a set-up gave: by quantity a number for each replication, NaN for those that could not be computed.
#[derive(Default)]
struct Numbers {
    columns: Columns,
    /// Positions of those.
    missing: BTreeSet<usize>,
}

impl Numbers {
    fn new(evaluated: Evaluated, first: u64) -> Numbers {
        let missing = evaluated.missing.iter().map(|replication| (replication - first) as usize).collect();
        Numbers { columns: evaluated.filled(first), missing }
    }

    /// The numbers of replications that could be computed here and in another set-up.
    fn beside(&self, other: &Numbers) -> Cow<'_, [Vec<f64>]> {
        if self.missing.is_empty() && other.missing.is_empty() {
            return Cow::Borrowed(&self.columns);
        }
        let is_sound = |at: &usize| !self.missing.contains(at) && !other.missing.contains(at);
        let sound = |column: &Vec<f64>| (0..column.len()).filter(is_sound).map(|at| column[at]).collect();
        self.columns.iter().map(sound).collect()
    }
}

/// What is known of a candidate.
#[derive(Clone)]
struct Known {
    score: Score,
    measured: Vec<Measurement>,
}

/// Scores candidates, each once.
struct Evaluator<'a> {
    asked: &'a Asked,
    quantities: Vec<Quantity>,
    scenario: &'a ScenarioText,
    base: &'a Scenario,
    seed: u64,
    evaluations: Evaluations<'a>,
    /// What the base case gave in the replications of the search.
    of_base: Numbers,
    /// By the values of the levers.
    known: BTreeMap<Vec<String>, Known>,
    n_over_budget: usize,
    refused: (usize, Option<String>),
    failure: Option<Failure>,
}

/// Searches and judges the front afresh.
fn optimised(evaluator: &mut Evaluator) -> Result<Optimised, Failure> {
    let asked = evaluator.asked;
    let base = Setup::new(evaluator.base.clone(), &[]);
    let of_base = evaluator.simulated(std::slice::from_ref(&base), 0, asked.replications)?;
    let mut generations = Vec::new();
    let mut last = Vec::new();
    if let Some(values) = of_base.and_then(|mut points| points.pop()) {
        evaluator.of_base = values;
        let effort = Effort { population: asked.population, generations: asked.generations, seed: evaluator.seed };
        let tried = std::cell::Cell::new(0);
        last = search(
            &asked.levers,
            &effort,
            &[],
            |genes| {
                let scores = evaluator.scores(genes);
                tried.set(evaluator.known.len());
                scores
            },
            |_, living| generations.push(generation(tried.get(), living)),
        );
    }
    if let Some(failure) = evaluator.failure.take() {
        return Err(failure);
    }
    let mut front = evaluator.front(&last);
    let mut base = evaluator.base_row();
    evaluator.judge(&mut base, &mut front)?;
    Ok(Optimised {
        base,
        front,
        covered: optimised::covered(&generations),
        generations,
        n_over_budget: evaluator.n_over_budget,
        refused: evaluator.refused.clone(),
    })
}

fn generation(tried: usize, living: &[Candidate]) -> Generation {
    Generation {
        tried,
        allowed: living.iter().filter(|candidate| candidate.score.violation == 0.0).count(),
        front: unbeaten(living).iter().map(|candidate| candidate.score.goods.clone()).collect(),
    }
}

fn values(levers: &[Lever], genes: &[f64]) -> Vec<String> {
    levers.iter().zip(genes).map(|(lever, &gene)| lever.value(gene)).collect()
}

impl Evaluator<'_> {
    /// The scores of some candidates; `None` after an interrupt or a failure.
    fn scores(&mut self, tried: &[Vec<f64>]) -> Option<Vec<Score>> {
        let (mut keys, mut setups, mut costs) = (Vec::new(), Vec::new(), Vec::new());
        for genes in tried {
            let key = values(&self.asked.levers, genes);
            if self.known.contains_key(&key) || keys.contains(&key) {
                continue;
            }
            let cost = cost(&self.asked.levers, genes);
            if let Some(setup) = self.setup(&key, genes, cost) {
                keys.push(key);
                setups.push(setup);
                costs.push(cost);
            }
        }
        let skipped = tried.len() - setups.len();
        let observed = match self.simulated(&setups, 0, self.asked.replications) {
            Ok(observed) => observed?,
            Err(failure) => {
                self.failure = Some(failure);
                return None;
            }
        };
        self.evaluations.progress.advance(skipped as u64 * self.asked.replications);
        for ((key, cost), values) in keys.into_iter().zip(costs).zip(observed) {
            let measured = self.measured(&values, &self.of_base);
            let plain: Vec<f64> = measured.iter().map(|one| one.value.value).collect();
            let score = match values.beside(&self.of_base).first() {
                // Not one of its replications could be computed.
                Some(column) if column.is_empty() => self.refused_score(),
                _ => Score { goods: goods(self.asked, &plain, cost), violation: violation(self.asked, &plain) },
            };
            self.known.insert(key, Known { score, measured });
        }
        let score = |genes: &Vec<f64>| Some(self.known.get(&values(&self.asked.levers, genes))?.score.clone());
        tried.iter().map(score).collect()
    }

    /// What is to be simulated of a candidate; one beyond the budget or that the scenario refuses is known without.
    fn setup(&mut self, key: &[String], genes: &[f64], cost: f64) -> Option<Setup> {
        let over =
            self.asked.budget.map_or(0.0, |budget| (cost - budget) / if budget == 0.0 { 1.0 } else { budget.abs() });
        let violation = if over > 0.0 {
            self.n_over_budget += 1;
            // Farther off than anything that is within the budget and breaks a constraint by less than all of it.
            1.0 + over
        } else {
            let levers = self.asked.levers.iter().zip(genes).flat_map(|(lever, &gene)| lever.overrides(gene));
            let levers: Vec<Override> = levers.collect();
            let overrides: Vec<Override> = self.asked.set.iter().chain(&levers).cloned().collect();
            match self.scenario.load(&overrides) {
                Ok(scenario) => return Some(Setup::new(scenario, &levers)),
                Err(faults) => {
                    self.refused.0 += 1;
                    self.refused.1 = self.refused.1.take().or(faults.into_iter().next().map(|fault| fault.message));
                    f64::INFINITY
                }
            }
        };
        let goods = vec![f64::NAN; self.asked.objectives.len()];
        self.known.insert(key.to_vec(), Known { score: Score { goods, violation }, measured: Vec::new() });
        None
    }

    /// The score of a candidate of which nothing can be known.
    fn refused_score(&self) -> Score {
        Score { goods: vec![f64::NAN; self.asked.objectives.len()], violation: f64::INFINITY }
    }

    /// What each set-up gives; `None` after an interrupt.
    fn simulated(&mut self, setups: &[Setup], first: u64, replications: u64) -> Result<Option<Vec<Numbers>>, Failure> {
        let (quantities, seed) = (&self.quantities, self.seed);
        let set_ups: Vec<SetUp> = setups.iter().map(|setup| SetUp { name: setup.name.clone(), first }).collect();
        let work = |stretch: Stretch| {
            let Setup { scenario, engine, .. } = &setups[stretch.point];
            let block = simulate(&scenario.inputs, seed, stretch.first, stretch.size, *engine);
            Some(quantities.iter().map(|quantity| observed(quantity, &block)).collect::<Columns>())
        };
        let mut found = Vec::new();
        let take =
            |evaluated: Option<Evaluated>| found.extend(evaluated.map(|evaluated| Numbers::new(evaluated, first)));
        let is_whole = self.evaluations.evaluate(&set_ups, replications, quantities.len(), &work, take)?;
        Ok(is_whole.then_some(found))
    }

    /// Each quantity, and its gain over the base case, in the replications that could be computed in both.
    fn measured(&self, values: &Numbers, base: &Numbers) -> Vec<Measurement> {
        let (values, base) = (values.beside(base), base.beside(values));
        let each = self.quantities.iter().zip(values.iter()).zip(base.iter());
        each.map(|((quantity, values), base)| measure(quantity, values, base)).collect()
    }

    fn base_row(&self) -> Row {
        Row {
            values: Vec::new(),
            cost: f64::NAN,
            found: self.measured(&self.of_base, &self.of_base),
            fresh: None,
            is_allowed_afresh: None,
            is_unbeaten_afresh: None,
        }
    }

    /// The candidates that no other beats, the best by the first objective first.
    fn front(&self, last: &[Candidate]) -> Vec<Row> {
        let mut front: Vec<&Candidate> = unbeaten(last);
        front.sort_by(|a, b| b.score.goods[0].total_cmp(&a.score.goods[0]));
        let row = |candidate: &&Candidate| {
            let values = values(&self.asked.levers, &candidate.genes);
            let found = self.known.get(&values)?.measured.clone();
            let cost = cost(&self.asked.levers, &candidate.genes);
            Some(Row { values, cost, found, fresh: None, is_allowed_afresh: None, is_unbeaten_afresh: None })
        };
        front.iter().filter_map(row).collect()
    }

    /// Judges the base case and the front in replications that the search never saw.
    fn judge(&mut self, base: &mut Row, front: &mut [Row]) -> Result<(), Failure> {
        let mut setups = vec![Setup::new(self.base.clone(), &[])];
        for row in front.iter() {
            let levers = self.asked.levers.iter().zip(&row.values).flat_map(|(lever, value)| {
                lever.paths.iter().map(|path| Override { path: path.clone(), value: value.clone() })
            });
            let levers: Vec<Override> = levers.collect();
            let overrides: Vec<Override> = self.asked.set.iter().chain(&levers).cloned().collect();
            setups.push(Setup::new(self.scenario.load(&overrides).map_err(Failure::Scenario)?, &levers));
        }
        let Some(observed) = self.simulated(&setups, self.asked.replications, self.asked.fresh_replications)? else {
            return Ok(());
        };
        for (row, values) in std::iter::once(base).chain(front.iter_mut()).zip(&observed) {
            row.fresh = Some(self.measured(values, &observed[0]));
        }
        judge_afresh(self.asked, front);
        Ok(())
    }
}

/// The base case and the front: levers, cost, and each objective as promised and afresh.
fn table(asked: &Asked, found: &Optimised) -> String {
    let quantities = asked.quantities();
    let shown: Vec<usize> = (0..quantities.len())
        .filter(|&at| asked.objectives.iter().any(|one| one.measured == Measured::Quantity(quantities[at])))
        .collect();
    let mut headings = vec!["".to_string()];
    headings.extend(asked.levers.iter().map(|lever| lever.name.clone()));
    headings.push("cost".to_string());
    headings.extend(shown.iter().flat_map(|&at| [quantities[at].to_string(), "afresh".to_string(), "±".to_string()]));
    let cells = |(name, row): (String, &Row)| {
        let mut cells = vec![name];
        let value = |k: usize| row.values.get(k).map_or("–", |value| value.trim_matches('"').trim_end_matches(".0"));
        cells.extend((0..asked.levers.len()).map(|k| value(k).to_string()));
        cells.push(figure(row.cost));
        for &at in &shown {
            cells.push(figure(row.found[at].value.value));
            let fresh = row.fresh.as_ref().map(|fresh| fresh[at].value);
            cells.push(fresh.map_or("–".to_string(), |fresh| figure(fresh.value)));
            cells.push(fresh.map_or("–".to_string(), |fresh| figure(fresh.interval().high - fresh.value)));
        }
        cells
    };
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let grid = grid(&headings, &[""], rows(found).take(MOST_ROWS).map(cells).collect(), width());
    let units = shown.iter().map(|&at| format!("{} in {}", quantities[at], unit(&quantities[at])));
    let told = units.collect::<Vec<_>>().join("; ");
    let hidden = (found.front.len() + 1).saturating_sub(MOST_ROWS);
    let more = if hidden > 0 {
        format!(" Not shown: {}; front.csv has all.", counted(hidden as u64, "candidate"))
    } else {
        String::new()
    };
    format!(
        "{grid}\n{}",
        wrapped(
            &format!("{told}: in the replications of the search, afresh, and the reach of its 95 % interval.{more}"),
            width(),
            ""
        )
    )
}

fn figure(value: f64) -> String {
    if value.is_nan() {
        return "–".to_string();
    }
    grouped(value, if value != 0.0 && value.abs() < 0.1 { 3 } else { decimals_for(value) })
}

fn kept(asked: &Asked, found: &Optimised, path: &Path) -> String {
    let afresh = if found.front.iter().all(|row| row.fresh.is_some()) { "" } else { ", not judged afresh" };
    format!(
        "Interrupted: the front after {} of {} generations is kept in {}{afresh}.",
        found.generations.len(),
        asked.generations,
        path.display()
    )
}
