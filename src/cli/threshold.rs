//! `partnersim threshold`: from which value of a parameter on a condition holds.
//!
//! Every value meets the same replications. They are simulated in stages that double, so that an interrupt leaves the last
//! stage whole, and so that a wanted precision is looked for a few times only and not until chance grants it. Between stages
//! a range of numbers gets further values around the switch.

use super::diagnostics::{Severity, tell};
use super::failure::Failure;
use super::folder::Folder;
use super::progress::Progress;
use super::reading::ScenarioText;
use super::scenario_arguments::ScenarioArguments;
use super::study::{Keeping, show, write};
use super::{interrupt, terminal};
use crate::analyse::threshold::{Level, Question, Statistic, Switch, Threshold, threshold};
use crate::experiment::quantity::{Comparison, Condition, Quantity};
use crate::experiment::vary::Vary;
use crate::experiment::{self, Plan, Stopped, Stretch};
use crate::output::figure::counted;
use crate::output::study::{Request, ScenarioEntry, Study};
use crate::output::threshold::{SHEETS, Told};
use crate::scenario::{Override, Scenario};
use crate::simulate::{Block, Engine, simulate};
use std::sync::atomic::AtomicBool;

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
    keeping: Keeping,
}

/// Runs the command.
///
/// # Errors
/// Bad input, files that cannot be written, or an interrupt, after which the last whole stage is kept.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let overrides = arguments.scenario.changes.overrides();
    let text = ScenarioText::read(&arguments.scenario.file).map_err(Failure::Scenario)?;
    let base = text.load(&overrides).map_err(Failure::Scenario)?;
    let mut grid = Grid::new(arguments, &text, overrides, base.seed)?;
    tell(&base.warnings, Severity::Warning);
    let path = arguments.keeping.folder(&format!("{}_threshold", base.name));
    let request = arguments.request(&base);
    let names = SHEETS.iter().copied().chain(["data_dictionary"]).map(|name| format!("{name}.csv")).collect();
    let interrupt = interrupt::watch()?;
    let folder = Folder::for_study(&path, &request, names, arguments.keeping.force)?;
    let progress = Progress::new(grid.setups.len() as u64 * base.replications, arguments.keeping.quiet);
    let found =
        search(arguments, &mut grid, base.replications, &Running { interrupt: &interrupt, progress: &progress });
    progress.end();
    let (found, is_interrupted) = found?;
    let Some(found) = found else {
        return Err(Failure::Interrupted(
            "Interrupted before the first stage was finished: nothing was written.".to_string(),
        ));
    };
    if is_interrupted && folder.holds_more_than(grid.replications) {
        return Err(Failure::Interrupted(format!(
            "Interrupted: {} already holds more and was left as it was.",
            path.display()
        )));
    }
    let told =
        Told { vary: &arguments.vary, condition: &arguments.until, replications: grid.replications, found: &found };
    let mut sentences = told.sentences();
    sentences.extend(arguments.precision_reached(&found, &grid));
    let study = Study {
        request,
        points: grid.setups.len(),
        replications: grid.replications,
        is_interrupted,
        sentences,
        sheets: told.sheets(),
    };
    write(&study, folder)?;
    if !arguments.keeping.quiet {
        show(&study, &[told.plot(terminal::width())], &path);
    }
    let kept = || {
        let n = counted(grid.replications, "replication");
        Failure::Interrupted(format!(
            "Interrupted: what the first {n} of each value say is kept in {}.",
            path.display()
        ))
    };
    if is_interrupted { Err(kept()) } else { Ok(()) }
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
        let n = counted(grid.replications, "replication");
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

/// What a simulation answers to.
struct Running<'a> {
    interrupt: &'a AtomicBool,
    progress: &'a Progress,
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
}

impl<'a> Grid<'a> {
    fn new(
        arguments: &'a Arguments,
        text: &'a ScenarioText,
        overrides: Vec<Override>,
        seed: u64,
    ) -> Result<Self, Failure> {
        let mut grid =
            Grid { arguments, text, overrides, seed, setups: Vec::new(), levels: Vec::new(), replications: 0 };
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
    fn extend(&mut self, replications: u64, running: &Running) -> Result<bool, Failure> {
        let setups: Vec<&Scenario> = self.setups.iter().collect();
        let more = self.simulated(&setups, self.replications, replications - self.replications, running)?;
        let Some(more) = more else { return Ok(false) };
        self.levels.iter_mut().zip(more).for_each(|(level, more)| level.terms.extend(more));
        self.replications = replications;
        Ok(true)
    }

    /// Adds values with all the replications that the others have. False after an interrupt.
    fn add(&mut self, values: &[f64], running: &Running) -> Result<bool, Failure> {
        let setups: Vec<Scenario> = values.iter().map(|&value| self.setup(value)).collect::<Result<_, _>>()?;
        running.progress.extend(values.len() as u64 * self.replications);
        let found = self.simulated(&setups.iter().collect::<Vec<_>>(), 0, self.replications, running)?;
        let Some(found) = found else { return Ok(false) };
        for ((value, setup), terms) in values.iter().zip(setups).zip(found) {
            let at = self.levels.partition_point(|level| level.value < *value);
            self.setups.insert(at, setup);
            self.levels.insert(at, Level { value: *value, terms });
        }
        Ok(true)
    }

    /// The terms of a stretch of replications for each set-up; `None` after an interrupt.
    fn simulated(
        &self,
        setups: &[&Scenario],
        first: u64,
        replications: u64,
        running: &Running,
    ) -> Result<Option<Vec<Vec<f64>>>, Failure> {
        let threads = self.arguments.keeping.threads();
        let plan = Plan { points: setups.len(), first, replications, threads };
        let quantity = self.arguments.until.quantity;
        let work = |stretch: Stretch| {
            let inputs = &setups[stretch.point].inputs;
            let engine = Engine::best(inputs.partners.len());
            terms(&quantity, &simulate(inputs, self.seed, stretch.first, stretch.size, engine))
        };
        let mut found = vec![Vec::with_capacity(replications as usize); setups.len()];
        let sink = |stretch: Stretch, terms: Vec<f64>| {
            found[stretch.point].extend(terms);
            running.progress.advance(stretch.size as u64);
            Ok::<(), ()>(())
        };
        match experiment::run(&plan, running.interrupt, &work, sink) {
            Ok(completed) => Ok((completed == replications * setups.len() as u64).then_some(found)),
            Err(Stopped::Fault(fault)) => Err(Failure::fault(&fault)),
            Err(Stopped::Sink(())) => Ok(None),
        }
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

/// The numbers of a block that the quantity is made of.
fn terms(quantity: &Quantity, block: &Block) -> Vec<f64> {
    quantity.terms(block).map_or_else(|| quantity.variable().values(block).into_owned(), |terms| terms.into_owned())
}

/// Stage after stage: what the last whole one says, and whether it was interrupted.
fn search(
    arguments: &Arguments,
    grid: &mut Grid,
    most: u64,
    running: &Running,
) -> Result<(Option<Threshold>, bool), Failure> {
    let question = arguments.question(grid.seed);
    let (mut found, mut rounds) = (None, 0);
    while grid.replications < most {
        let stage = (grid.replications * 2).max(FIRST_STAGE).min(most);
        if !grid.extend(stage, running)? {
            return Ok((found, true));
        }
        let mut now = threshold(&grid.levels, &question);
        while rounds < ROUNDS {
            let wanted = grid.wanted(&now);
            if wanted.is_empty() {
                break;
            }
            if !grid.add(&wanted, running)? {
                return Ok((Some(now), true));
            }
            rounds += 1;
            running.progress.extend(wanted.len() as u64 * (most - grid.replications));
            now = threshold(&grid.levels, &question);
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
