//! Set-ups of a lesson lived: the same worlds, the scenario's own seed and number of replications.

use super::{Changes, Choice, Lesson};
use crate::faults::{Faults, text_of};
use crate::places;
use partnersim::analyse::comparison::{Columns, Comparison, Difference, Kept, Question, Sums};
pub use partnersim::analyse::condition::Holds;
use partnersim::analyse::condition::{self, Judgement};
use partnersim::analyse::distributions::Distributions;
use partnersim::analyse::totals;
use partnersim::analyse::wilson::Interval;
use partnersim::experiment::quantity::{Condition, Variable};
use partnersim::experiment::{self, Plan, Stretch};
pub use partnersim::output::comparison::sheets::verdict;
use partnersim::scenario::{Override, Scenario, load};
use partnersim::simulate::{Block, Engine, simulate};
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// A set-up and all it came to.
#[derive(Debug)]
pub struct Lived {
    pub scenario: Scenario,
    /// In order, each without its months and partners.
    blocks: Vec<Block>,
    /// Of the outcomes.
    distributions: Distributions,
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
    let blocks = blocks(&scenario)?;
    let distributions = Distributions::new(scenario.replications, 0);
    blocks.iter().for_each(|block| distributions.add(block));
    let lived = Arc::new(Lived { scenario, blocks, distributions });
    known.insert(key, Arc::clone(&lived));
    Ok(lived)
}

/// All replications, without what takes most room and nobody asks for.
fn blocks(scenario: &Scenario) -> Result<Vec<Block>, Faults> {
    let engine = Engine::best(scenario.inputs.partners.len());
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let plan = Plan { points: 1, first: 0, replications: scenario.replications, threads };
    let work = |stretch: Stretch| Block {
        monthly: Vec::new(),
        partners: Vec::new(),
        ..simulate(&scenario.inputs, scenario.seed, stretch.first, stretch.size, engine)
    };
    let mut blocks = Vec::new();
    let sink = |_, block| {
        blocks.push(block);
        Ok::<(), ()>(())
    };
    experiment::run(&plan, &AtomicBool::new(false), &work, sink)
        .map_err(|stopped| Faults::one(format!("{}: {stopped:?}", scenario.name)))?;
    Ok(blocks)
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

impl Lived {
    /// A variable, replication by replication.
    pub fn values(&self, variable: Variable) -> Vec<f64> {
        self.blocks.iter().flat_map(|block| variable.values(block).into_owned()).collect()
    }

    /// What a condition comes to, judged as on the page.
    ///
    /// # Errors
    /// When it is about what has no interval.
    pub fn judge(&self, condition: &Condition) -> Result<Judged, String> {
        let mut judged = condition::Judged::new(*condition)?;
        self.blocks.iter().for_each(|block| judged.add(block));
        let Judgement { value, interval, holds } = judged.judgement(&self.distributions, self.scenario.replications);
        Ok(Judged { condition: *condition, value, interval, holds })
    }
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
        let both = [&first, &second];
        let columns: Columns =
            both.map(|lived| Variable::all().map(|variable| lived.values(variable)).collect()).into();
        let question = Question::usual(both.map(|lived| totals::targets(&lived.scenario.targets)).into());
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
        lived.judge(&Condition::parse(condition)?)
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
