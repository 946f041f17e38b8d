//! `partnersim threshold`: from which value of a parameter on a condition holds.
//!
//! Every value meets the same replications. They are simulated in stages that double, so that an interrupt leaves the last
//! stage whole, and so that a wanted precision is looked for a few times only and not until chance grants it. Between stages
//! a range of numbers gets further values around the switch.

use super::answer::Answer;
use super::diagnostics::{Severity, tell};
use super::evaluations::{self, Evaluations, GoingOn, Opened, SetUp};
use super::failure::Failure;
use super::progress::Progress;
use super::reading::ScenarioText;
use super::scenario_arguments::ScenarioArguments;
use super::study::{self, Keeping};
use super::{interrupt, terminal};
use crate::analyse::threshold::{Level, Question, Statistic, Switch, Threshold, threshold};
use crate::experiment::Stretch;
use crate::experiment::quantity::{Comparison, Condition, Quantity};
use crate::experiment::vary::Vary;
use crate::output::figure::counted;
use crate::output::study::{Request, ScenarioEntry, Study};
use crate::output::threshold::{SHEETS, Told};
use crate::scenario::{Override, Scenario};
use crate::simulate::{Block, Engine, simulate};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Replications of the first stage.
const FIRST_STAGE: u64 = 512;

/// Rounds in which values are added around the switch.
const ROUNDS: usize = 3;

/// Values added in a round.
const ADDED: usize = 4;

/// Resamples that the intervals rest on.
const RESAMPLES: usize = 2_000;

const EXAMPLE: &str = "\
Example:
  partnersim threshold scenarios/health_and_social_care.toml \\
      --vary governance.partners=2..12 --until 'P(premium > 0) >= 0.5'

Conditions are about a probability, `P(premium > 0) >= 0.5`, a mean, `trust >= 0.4`, or a quantile, `q10(need_met) > 0.2`.";

/// Find the value of a parameter from which on a condition holds
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Arguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// The parameter and its range: all whole numbers in it, or every STEP
    #[arg(long, value_name = "PATH=LOW..HIGH[:STEP]", value_parser = Vary::parse)]
    vary: Vary,
    /// What is to hold, such as 'P(premium > 0) >= 0.5'
    #[arg(long, value_name = "CONDITION", value_parser = condition)]
    until: Condition,
    /// Stop as soon as the interval of the switching value is no wider than this; else all replications are run
    #[arg(long, value_name = "WIDTH", value_parser = width)]
    precision: Option<f64>,
    #[command(flatten)]
    going_on: GoingOn,
    #[command(flatten)]
    keeping: Keeping,
}

/// Runs the command.
///
/// # Errors
/// Bad input, files that cannot be written, replications that cannot be computed, or an interrupt, after which the last whole
/// stage is kept and the search can go on.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let overrides = arguments.scenario.changes.overrides();
    let text = arguments.scenario.text()?;
    let base = text.load(&overrides).map_err(Failure::Scenario)?;
    let mut grid = Grid::new(arguments, &text, overrides, base.seed)?;
    tell(&base.warnings, Severity::Warning);
    let path = arguments.keeping.folder(&format!("{}_threshold", base.name));
    let request = arguments.request(&base);
    let interrupt = interrupt::watch()?;
    let opened = arguments.going_on.open(&path, &request, &base, &SHEETS, &arguments.keeping)?;
    let Some(Opened { folder, goes_on, journal }) = opened else {
        return study::complete(&path, arguments.keeping.quiet);
    };
    let progress = Progress::new(grid.setups.len() as u64 * base.replications, arguments.keeping.quiet);
    let threads = arguments.keeping.threads();
    let mut evaluations = Evaluations::new(journal, &arguments.going_on, threads, &interrupt, &progress);
    let found = search(arguments, &mut grid, base.replications, &mut evaluations);
    progress.end();
    let (found, is_interrupted) = found.map_err(|failure| evaluations::stopped(failure, &folder))?;
    let Some(found) = found else { return Err(evaluations::nothing_yet("the first stage", &path)) };
    if is_interrupted && folder.holds_more_than(grid.replications) {
        return Err(evaluations::left_as_it_was(&folder, goes_on, &path));
    }
    let told = Told { vary: &arguments.vary, condition: &arguments.until, replications: grid.n_sound(), found: &found };
    let mut sentences = told.sentences();
    sentences.extend(arguments.precision_reached(&found, &grid));
    let mut study = Study {
        request,
        points: grid.setups.len(),
        replications: grid.replications,
        is_interrupted,
        sentences,
        sheets: told.sheets(),
    };
    evaluations::write(&mut study, evaluations.left_out(), folder, &arguments.keeping)?;
    let n = counted(grid.replications, "replication");
    let kept = format!("Interrupted: what the first {n} of each value say is kept in {}.", path.display());
    let failure = evaluations::ended(&study, evaluations.left_out(), &kept);
    let plot = told.plot(terminal::width());
    Ok(study::answer(study, &[plot], &arguments.keeping, &path)?.but(failure))
}

impl Arguments {
    fn request(&self, base: &Scenario) -> Request {
        let mut settings = vec![
            ("vary".to_string(), format!("{}={}..{}", self.vary.path, self.vary.low, self.vary.high)),
            ("until".to_string(), self.until.to_string()),
            ("replications".to_string(), base.replications.to_string()),
        ];
        settings.extend(self.vary.step.map(|step| ("step".to_string(), step.to_string())));
        settings.extend(self.precision.map(|width| ("precision".to_string(), width.to_string())));
        Request {
            kind: "threshold".to_string(),
            name: base.name.clone(),
            title: base.title.clone(),
            question: format!("From which {} on is {}?", self.vary.path, self.until),
            scenarios: vec![ScenarioEntry::of(base)],
            seed: base.seed.to_string(),
            settings,
        }
    }

    fn question(&self, seed: u64) -> Question {
        Question {
            statistic: match self.until.quantity {
                Quantity::Quantile(_, p) => Statistic::Quantile(p),
                _ => Statistic::Mean,
            },
            comparison: self.until.comparison,
            bound: self.until.bound,
            is_discrete: self.vary.is_discrete(),
            resamples: RESAMPLES,
            seed,
        }
    }

    /// Whether the precision that was asked for is reached.
    fn is_precise(&self, found: &Threshold) -> bool {
        self.precision.is_some_and(|wanted| match found.switch {
            Switch::At { interval, .. } => interval.high - interval.low <= wanted,
            Switch::Always { support, .. } | Switch::Never { support, .. } => support == 1.0,
        })
    }

    fn precision_reached(&self, found: &Threshold, grid: &Grid) -> Option<String> {
        let wanted = self.precision?;
        let n = counted(grid.n_sound(), "replication");
        let reached = if self.is_precise(found) { "is reached with" } else { "is not reached with" };
        Some(format!("An interval no wider than {wanted} {reached} {n} of each value."))
    }
}

/// The condition; an equality has no two sides.
fn condition(text: &str) -> Result<Condition, String> {
    let condition = Condition::parse(text)?;
    if condition.comparison == Comparison::Equal {
        return Err(format!("`{text}` asks for one exact number, and a threshold needs a side: use >= or <="));
    }
    Ok(condition)
}

fn width(text: &str) -> Result<f64, String> {
    let width = text.parse::<f64>().ok().filter(|width| width.is_finite() && *width >= 0.0);
    width.ok_or_else(|| format!("`{text}` is no width: give a number of at least 0, in the unit of the parameter"))
}

/// The values with their set-ups, and what their replications gave so far.
struct Grid<'a> {
    arguments: &'a Arguments,
    text: &'a ScenarioText,
    overrides: Vec<Override>,
    seed: u64,
    /// In the order of `levels`.
    setups: Vec<Scenario>,
    levels: Vec<Level>,
    /// Replications that every level has.
    replications: u64,
    /// Of these those that could not be computed at one level or another: they are left out at all.
    missing: BTreeSet<u64>,
}

impl<'a> Grid<'a> {
    fn new(
        arguments: &'a Arguments,
        text: &'a ScenarioText,
        overrides: Vec<Override>,
        seed: u64,
    ) -> Result<Self, Failure> {
        let (setups, levels, missing) = (Vec::new(), Vec::new(), BTreeSet::new());
        let mut grid = Grid { arguments, text, overrides, seed, setups, levels, replications: 0, missing };
        for value in arguments.vary.values() {
            grid.setups.push(grid.setup(value)?);
            grid.levels.push(Level { value, terms: Vec::new() });
        }
        Ok(grid)
    }

    fn setup(&self, value: f64) -> Result<Scenario, Failure> {
        let changes: Vec<Override> = self.overrides.iter().cloned().chain([self.arguments.vary.to(value)]).collect();
        self.text.load(&changes).map_err(Failure::Scenario)
    }

    /// Brings every value to `replications`. False after an interrupt, and then nothing has changed.
    fn extend(&mut self, replications: u64, evaluations: &mut Evaluations) -> Result<bool, Failure> {
        let (first, n) = (self.replications, replications - self.replications);
        let points: Vec<(f64, &Scenario)> =
            self.levels.iter().zip(&self.setups).map(|(level, setup)| (level.value, setup)).collect();
        let Some(more) = self.simulated(&points, first, n, evaluations)? else { return Ok(false) };
        self.missing.extend(more.missing);
        self.levels.iter_mut().zip(more.terms).for_each(|(level, more)| level.terms.extend(more));
        self.replications = replications;
        if self.n_sound() == 0 {
            let told = evaluations.left_out().last().map_or("", |last| &last.message);
            return Err(Failure::Program(format!("none of the first {n} replications could be computed: {told}")));
        }
        Ok(true)
    }

    /// Adds values with all the replications that the others have. False after an interrupt.
    fn add(&mut self, values: &[f64], evaluations: &mut Evaluations) -> Result<bool, Failure> {
        let setups: Vec<Scenario> = values.iter().map(|&value| self.setup(value)).collect::<Result<_, _>>()?;
        evaluations.progress.extend(values.len() as u64 * self.replications);
        let points: Vec<(f64, &Scenario)> = values.iter().copied().zip(&setups).collect();
        let Some(found) = self.simulated(&points, 0, self.replications, evaluations)? else { return Ok(false) };
        self.missing.extend(found.missing);
        for ((value, setup), terms) in values.iter().zip(setups).zip(found.terms) {
            let at = self.levels.partition_point(|level| level.value < *value);
            self.setups.insert(at, setup);
            self.levels.insert(at, Level { value: *value, terms });
        }
        Ok(true)
    }

    /// The terms of a stretch of replications for each value with its set-up; `None` after an interrupt.
    fn simulated(
        &self,
        points: &[(f64, &Scenario)],
        first: u64,
        replications: u64,
        evaluations: &mut Evaluations,
    ) -> Result<Option<Terms>, Failure> {
        let quantity = self.arguments.until.quantity;
        let name = |value: f64| {
            let Override { path, value } = self.arguments.vary.to(value);
            format!("{path}={value}")
        };
        let set_ups: Vec<SetUp> = points.iter().map(|(value, _)| SetUp { name: name(*value), first }).collect();
        let work = |stretch: Stretch| {
            let inputs = &points[stretch.point].1.inputs;
            let engine = Engine::best(inputs.partners.len());
            Some(vec![terms(&quantity, &simulate(inputs, self.seed, stretch.first, stretch.size, engine))])
        };
        let mut found = Terms::default();
        let is_whole = evaluations.evaluate(&set_ups, replications, 1, &work, |evaluated| {
            if let Some(evaluated) = evaluated {
                found.missing.extend(&evaluated.missing);
                found.terms.extend(evaluated.filled(first));
            }
        })?;
        Ok(is_whole.then_some(found))
    }

    /// Replications that could be computed at every value.
    fn n_sound(&self) -> u64 {
        self.replications - self.missing.len() as u64
    }

    /// The levels with these replications.
    fn sound(&self) -> Cow<'_, [Level]> {
        if self.missing.is_empty() {
            return Cow::Borrowed(&self.levels);
        }
        let sound = |level: &Level| {
            let terms = (0..).zip(&level.terms).filter(|(replication, _)| !self.missing.contains(replication));
            Level { value: level.value, terms: terms.map(|(_, term)| *term).collect() }
        };
        self.levels.iter().map(sound).collect()
    }

    /// Values to add so that the switch lies between close ones: where their distance, and not luck, makes its interval wide.
    fn wanted(&self, found: &Threshold) -> Vec<f64> {
        let Switch::At { interval, .. } = found.switch else { return Vec::new() };
        let values: Vec<f64> = self.levels.iter().map(|level| level.value).collect();
        let last = values.len() - 1;
        let below = values.partition_point(|value| *value <= interval.low).saturating_sub(1);
        let above = values.partition_point(|value| *value < interval.high).min(last);
        let (low, high) = (values[below], values[above]);
        let spacing = values[below..=above].windows(2).map(|pair| pair[1] - pair[0]).fold(0.0, f64::max);
        if self.arguments.vary.is_discrete() || spacing <= (interval.high - interval.low) / ADDED as f64 {
            return Vec::new();
        }
        let added = (1..=ADDED).map(|i| low + (high - low) * i as f64 / (ADDED + 1) as f64);
        added.filter(|value| values.iter().all(|known| (known - value).abs() > 1e-9 * (high - low))).collect()
    }
}

/// What some set-ups gave: a number for each replication, NaN for those that are missing in that set-up.
#[derive(Default)]
struct Terms {
    terms: Vec<Vec<f64>>,
    missing: BTreeSet<u64>,
}

/// The numbers of a block that the quantity is made of.
fn terms(quantity: &Quantity, block: &Block) -> Vec<f64> {
    quantity.terms(block).map_or_else(|| quantity.variable().values(block).into_owned(), |terms| terms.into_owned())
}

/// Stage after stage: what the last whole one says, and whether it was interrupted.
fn search(
    arguments: &Arguments,
    grid: &mut Grid,
    most: u64,
    evaluations: &mut Evaluations,
) -> Result<(Option<Threshold>, bool), Failure> {
    let question = arguments.question(grid.seed);
    let (mut found, mut rounds) = (None, 0);
    while grid.replications < most {
        let stage = (grid.replications * 2).max(FIRST_STAGE).min(most);
        if !grid.extend(stage, evaluations)? {
            return Ok((found, true));
        }
        let mut now = threshold(&grid.sound(), &question);
        while rounds < ROUNDS {
            let wanted = grid.wanted(&now);
            if wanted.is_empty() {
                break;
            }
            if !grid.add(&wanted, evaluations)? {
                return Ok((Some(now), true));
            }
            rounds += 1;
            evaluations.progress.extend(wanted.len() as u64 * (most - grid.replications));
            now = threshold(&grid.sound(), &question);
        }
        let is_precise = arguments.is_precise(&now);
        found = Some(now);
        if is_precise {
            break;
        }
    }
    Ok((found, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_needs_a_side() {
        assert!(condition("P(premium > 0) >= 0.5").is_ok());
        assert!(condition("trust = 0.5").unwrap_err().contains("needs a side"));
        assert!(width("-1").is_err() && width("0").is_ok());
    }
}
