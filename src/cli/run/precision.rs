//! `--precision`: how well a run is to know some quantities, and when it knows them well enough.

use super::state::State;
use crate::analyse::precision::{Goal, Known, Precision, Reached, confidence_of_each, known, looks};
use crate::cli::failure::Failure;
use crate::experiment::quantity::Variable;
use crate::output::precision::PrecisionEntry;

/// What is asked for.
#[derive(Debug, clap::Args)]
pub struct PrecisionArguments {
    /// Run until a quantity is known to a half-width of its interval, in its unit or in per cent, as in survival=0.01 or
    /// premium=5%; several separated by commas
    #[arg(long, value_name = "QUANTITY=WIDTH", value_delimiter = ',', conflicts_with = "replications")]
    precision: Vec<String>,
    /// Confidence of these intervals, however often the run looks at them
    #[arg(long, value_name = "SHARE", default_value_t = 0.95, requires = "precision")]
    confidence: f64,
    /// Replications to run before the first look
    #[arg(long, value_name = "N", default_value_t = 1024, value_parser = clap::value_parser!(u64).range(128..), requires = "precision")]
    min_replications: u64,
    /// Replications to run at most
    #[arg(long, value_name = "N", default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(128..), requires = "precision")]
    max_replications: u64,
}

/// When to look, and what to look for.
#[derive(Debug, Clone)]
pub struct Rule {
    goals: Vec<Goal>,
    confidence: f64,
    bounds: [u64; 2],
    looks: Vec<u64>,
    /// The confidence that one interval must have by itself.
    each: f64,
}

impl PrecisionArguments {
    /// The rule that was asked for; `None` where the number of replications is given.
    pub fn rule(&self) -> Result<Option<Rule>, Failure> {
        if self.precision.is_empty() {
            return Ok(None);
        }
        let (mut goals, mut faults) = (Vec::new(), Vec::new());
        for text in &self.precision {
            match Goal::parse(text) {
                Ok(goal) => goals.push(goal),
                Err(fault) => faults.push(format!("--precision {}: {fault}", text.trim())),
            }
        }
        if !(self.confidence >= 0.5 && self.confidence <= 0.9999) {
            faults.push(format!("--confidence {} is not between 0.5 and 0.9999, as 0.95 is", self.confidence));
        }
        if self.min_replications > self.max_replications {
            faults.push(format!(
                "--min-replications {} is more than --max-replications {}",
                self.min_replications, self.max_replications
            ));
        }
        if !faults.is_empty() {
            return Err(Failure::Input(faults.join("\nerror: ")));
        }
        let looks = looks(self.min_replications, self.max_replications);
        Ok(Some(Rule {
            goals,
            confidence: self.confidence,
            bounds: [self.min_replications, self.max_replications],
            each: confidence_of_each(&looks, self.confidence),
            looks,
        }))
    }
}

impl Rule {
    /// What is to be known.
    pub fn goals(&self) -> &[Goal] {
        &self.goals
    }

    /// Replications to run at most.
    pub fn most(&self) -> u64 {
        self.bounds[1]
    }

    /// Numbers of replications at which to look.
    pub fn looks(&self) -> &[u64] {
        &self.looks
    }

    /// What became of the goals in a run that came so far.
    pub fn judge(&self, state: &State) -> Precision {
        let n = state.totals.n;
        self.judged(n, state.tried, |at, goal, each| {
            let quantile = |p: f64| match goal.quantity.variable() {
                Variable::Outcome(position) => state.distributions.outcome_quantile(position, p),
                // Refused when the goal is read: it is yes or no.
                Variable::Failed => f64::NAN,
            };
            known(&goal.quantity, &state.terms[at], n, each, quantile)
        })
    }

    /// What became of the goals after `n` sound replications of those `tried`, where `known` says how well each is known, by its
    /// position, at the confidence that one interval must have by itself.
    pub fn judged(&self, n: u64, tried: u64, known: impl Fn(usize, &Goal, f64) -> Known) -> Precision {
        let goals = self.goals.iter().enumerate().map(|(at, &goal)| {
            let known = known(at, &goal, self.each);
            let needed = if goal.is_reached(&known) { None } else { goal.needed(&known, n) };
            Reached { goal, known, needed }
        });
        Precision {
            confidence: self.confidence,
            looks: self.looks.len(),
            bounds: self.bounds,
            replications: n,
            is_look: self.looks.contains(&tried),
            goals: goals.collect(),
        }
    }

    /// It in words, as far as it decides where a run ends; the most replications are the scenario's.
    pub fn words(&self) -> Vec<(String, String)> {
        words(self.goals.iter().map(Goal::to_string), self.confidence, self.bounds[0])
    }
}

/// What the manifest of a run says that it asked for, in the words of [`Rule::words`].
pub fn words_of(entry: &PrecisionEntry) -> Vec<(String, String)> {
    let goals = entry.goals.iter().map(|goal| format!("{}={}", goal.quantity, goal.asked));
    words(goals, entry.confidence, entry.min_replications)
}

fn words(goals: impl Iterator<Item = String>, confidence: f64, fewest: u64) -> Vec<(String, String)> {
    let asked = [
        ("--precision", goals.collect::<Vec<_>>().join(",")),
        ("--confidence", confidence.to_string()),
        ("--min-replications", fewest.to_string()),
    ];
    asked.map(|(option, value)| (option.to_string(), value)).to_vec()
}
