//! Set-ups of a lesson lived: the same worlds, the scenario's own seed and number of replications.

use super::{Changes, Choice, Lesson};
use crate::faults::{Faults, text_of};
use crate::places;
use partnersim::analyse::comparison::{Comparison, Difference, Kept, Question, Sums, Verdict};
pub use partnersim::analyse::condition::Holds;
use partnersim::analyse::condition::holds;
use partnersim::analyse::findings::CONFIDENCE;
use partnersim::analyse::moments::Moments;
use partnersim::analyse::order_statistic::quantile_interval;
use partnersim::analyse::precision::of_mean;
use partnersim::analyse::quantile::quantile;
use partnersim::analyse::wilson::{Interval, wilson};
use partnersim::experiment::quantity::{Condition, Happening, Quantity, Variable};
use partnersim::model::outcomes::OUTCOMES;
use partnersim::scenario::{Override, Scenario, load};
use partnersim::simulate::{BLOCK, Block, Engine, simulate};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// A set-up and all it came to: `columns[variable][replication]`, in the order of [`Variable::all`].
#[derive(Debug)]
pub struct Lived {
    pub scenario: Scenario,
    columns: Vec<Vec<f64>>,
}

/// What a condition comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    pub condition: Condition,
    pub value: f64,
    pub interval: Interval,
    pub holds: Holds,
}

/// The scenario of a lesson with changes, later ones over earlier ones.
///
/// # Errors
/// With every fault of the scenario or of a change.
pub fn scenario(lesson: &Lesson, changes: &[&Changes]) -> Result<Scenario, Faults> {
    let name = format!("scenarios/lessons/{}.toml", lesson.name);
    let text = text_of(&places::root().join(&name))?;
    let all = together(changes);
    let overrides: Vec<Override> =
        all.iter().map(|(path, value)| Override { path: path.clone(), value: value.clone() }).collect();
    let none = |name: &str| Err(format!("{name} is not part of a lesson"));
    load(&text, &name, &overrides, &none).map_err(|faults| Faults::one(format!("{name} with {all:?}: {faults:#?}")))
}

/// Set-ups that were lived already, by lesson and changes: sheets and tests ask for the same ones over and over.
static LIVED: Mutex<BTreeMap<(String, Changes), Arc<Lived>>> = Mutex::new(BTreeMap::new());

/// The scenario of a lesson with changes, later ones over earlier ones, lived once.
///
/// # Errors
/// As [`scenario`].
pub fn live(lesson: &Lesson, changes: &[&Changes]) -> Result<Arc<Lived>, Faults> {
    // All threads work on one set-up, so whoever asks for another waits.
    let mut known = LIVED.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (lesson.name.clone(), together(changes));
    if let Some(lived) = known.get(&key) {
        return Ok(Arc::clone(lived));
    }
    let scenario = scenario(lesson, changes)?;
    let columns = columns(&scenario);
    let lived = Arc::new(Lived { scenario, columns });
    known.insert(key, Arc::clone(&lived));
    Ok(lived)
}

/// Every variable, replication by replication.
fn columns(scenario: &Scenario) -> Vec<Vec<f64>> {
    let engine = Engine::best(scenario.inputs.partners.len());
    let blocks: Vec<u64> = (0..scenario.replications.div_ceil(BLOCK as u64)).collect();
    let n_threads = thread::available_parallelism().map_or(1, usize::from);
    let one = |block: &u64| {
        let first = block * BLOCK as u64;
        let size = (scenario.replications - first).min(BLOCK as u64) as usize;
        values(&simulate(&scenario.inputs, scenario.seed, first, size, engine))
    };
    let parts: Vec<Vec<Vec<f64>>> = thread::scope(|scope| {
        let stretches = blocks.chunks(blocks.len().div_ceil(n_threads).max(1));
        let working: Vec<_> =
            stretches.map(|stretch| scope.spawn(move || stretch.iter().map(one).collect::<Vec<_>>())).collect();
        working.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    });
    let mut columns = vec![Vec::new(); Variable::all().count()];
    for part in &parts {
        columns.iter_mut().zip(part).for_each(|(column, more)| column.extend_from_slice(more));
    }
    columns
}

/// A second set-up, on top of a first, against it.
///
/// # Errors
/// As [`scenario`].
pub fn pair(lesson: &Lesson, first: &Changes, second: &Changes) -> Result<Pair, Faults> {
    Ok(Pair::of(live(lesson, &[first])?, live(lesson, &[first, second])?))
}

/// Changes as one, later ones over earlier ones.
fn together(changes: &[&Changes]) -> Changes {
    changes.iter().flat_map(|changes| changes.iter()).map(|(path, value)| (path.clone(), value.clone())).collect()
}

fn values(block: &Block) -> Vec<Vec<f64>> {
    Variable::all().map(|variable| variable.values(block).into_owned()).collect()
}

impl Lived {
    /// A variable, replication by replication.
    pub fn values(&self, variable: Variable) -> &[f64] {
        Variable::all().position(|other| other == variable).map_or(&[], |at| &self.columns[at])
    }

    /// What a condition comes to, with its 95 % interval: it is met, or not, where the whole interval says so.
    pub fn judge(&self, condition: &Condition) -> Judged {
        let (value, interval) = self.quantity(&condition.quantity);
        let holds = holds(condition.comparison, condition.bound, &interval);
        Judged { condition: *condition, value, interval, holds }
    }

    fn quantity(&self, quantity: &Quantity) -> (f64, Interval) {
        let values = self.values(quantity.variable());
        match quantity {
            Quantity::Mean(_) => mean(values),
            Quantity::Probability(happening) => share(values, happening),
            Quantity::Quantile(_, p) => {
                let mut ascending = values.to_vec();
                ascending.sort_unstable_by(f64::total_cmp);
                (quantile(&ascending, *p), quantile_interval(&ascending, *p, CONFIDENCE))
            }
        }
    }
}

fn mean(values: &[f64]) -> (f64, Interval) {
    let known = of_mean(&Moments::of(values), CONFIDENCE);
    (known.value, Interval { low: known.value - known.half_width, high: known.value + known.half_width })
}

fn share(values: &[f64], happening: &Happening) -> (f64, Interval) {
    let count = values.iter().filter(|value| happening.comparison.holds(**value, happening.bound)).count() as u64;
    let n = values.len() as u64;
    (count as f64 / n as f64, wilson(count, n, CONFIDENCE))
}

/// A second set-up against a first, in the same worlds.
#[derive(Debug)]
pub struct Pair {
    pub first: Arc<Lived>,
    pub second: Arc<Lived>,
    comparison: Comparison,
}

impl Pair {
    /// Holds one against the other.
    fn of(first: Arc<Lived>, second: Arc<Lived>) -> Pair {
        let targets = [&first, &second].map(|lived| {
            let of = |outcome: &partnersim::model::outcomes::Outcome| {
                lived.scenario.targets.get(outcome.name).copied().unwrap_or(outcome.target)
            };
            OUTCOMES.iter().map(of).collect::<Vec<f64>>()
        });
        let columns = vec![first.columns.clone(), second.columns.clone()];
        let question = Question::usual(targets.to_vec());
        let mut kept = Kept::new(2, first.scenario.replications);
        kept.add(&columns);
        let comparison = Comparison::new(&Sums::of(&columns, &question.targets), &kept, &question);
        Pair { first, second, comparison }
    }

    /// The difference in an outcome: second less first.
    pub fn difference(&self, outcome: &str) -> Option<&Difference> {
        self.comparison.difference(1, Variable::parse(outcome).ok()?)
    }

    /// A condition of one of the two; of the second where it is not said which.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn judged(&self, condition: &str, setup: Option<&str>) -> Result<Judged, String> {
        let lived = if setup == Some("first") { &self.first } else { &self.second };
        Ok(lived.judge(&Condition::parse(condition)?))
    }
}

/// Whether an answer to a question is the right one.
///
/// # Errors
/// When a condition cannot be read.
pub fn is_right(option: &Choice, pair: &Pair) -> Result<bool, String> {
    if let Some(outcome) = &option.outcome {
        let found = pair.difference(outcome).map(|difference| verdict(difference.verdict));
        return Ok(option.verdicts.iter().any(|verdict| Some(verdict.as_str()) == found));
    }
    let mut all = !option.conditions.is_empty();
    for condition in &option.conditions {
        all &= pair.judged(condition, option.setup.as_deref())?.holds == Holds::Met;
    }
    Ok(all)
}

/// The word for a verdict.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => "same",
        Verdict::Unclear => "unclear",
        Verdict::Better => "better",
        Verdict::Worse => "worse",
    }
}
