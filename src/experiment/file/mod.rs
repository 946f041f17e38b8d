//! From the text of an experiment to a checked plan: which scenario, which factors, which points, which policies. All faults at once.
//!
//! Nothing here opens a file: the scenario and a table of points are asked for through [`Beside`].

mod design;
pub mod discovery;
mod factor;
mod keys;

use crate::experiment::design::marginal::Level;
use crate::experiment::design::{Dependence, Design, Factor, Point};
use crate::experiment::quantity::{Condition, Quantity};
use crate::scenario::check::number;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::faults::Faults;
use crate::scenario::nearest::suggestion;
use crate::scenario::parse::tree::{self, Base, Entry, Item, Value};
use crate::scenario::parse::{find, overrides};
use crate::scenario::source::{Kind, Mark};
use crate::scenario::{Override, Scenario, notation};
use keys::{known, tables};
use toml::de::DeTable;

/// Most points, policies counted, that an experiment may have.
pub const MOST_POINTS: usize = 1 << 22;

/// Replications of each point where the file says nothing.
pub const REPLICATIONS: u64 = 200;

/// An experiment that is ready to be run.
#[derive(Debug, Clone, PartialEq)]
pub struct Experiment {
    /// Title for people; empty where none is given.
    pub title: String,
    /// The question it is to answer; empty where none is given.
    pub question: String,
    /// The scenario as the file names it.
    pub scenario: String,
    /// Replications of each point.
    pub replications: u64,
    /// Seed of all draws, those of the design too.
    pub seed: u64,
    /// What is asked of every point; empty for the mean of every outcome.
    pub quantities: Vec<Quantity>,
    /// What is varied.
    pub factors: Vec<Factor>,
    /// What the scenario itself has where each factor points; `None` where that is no one number or word.
    pub base: Vec<Option<Level>>,
    /// Unit of each factor in words.
    pub units: Vec<String>,
    /// What ties factors together.
    pub dependence: Dependence,
    /// Where the points lie.
    pub design: Design,
    /// Set-ups that each point is run with; one that changes nothing where the file names none.
    pub policies: Vec<Policy>,
    /// What its points are to be told apart by, where that is asked.
    pub discovery: Option<Condition>,
    /// All that decides the result beside the scenario, seed and replications: setting and value.
    pub settings: Vec<(String, String)>,
}

/// A named set-up that every point of the design is run with.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Its name.
    pub name: String,
    /// What it sets.
    pub changes: Vec<Override>,
}

/// A table of points: names of its columns, and for each the values of all rows as they are written.
pub type Cells = (Vec<String>, Vec<Vec<String>>);

/// What lies beside the text of an experiment.
pub struct Beside<'a> {
    /// The scenario of a name, or why there is none.
    pub scenario: &'a dyn Fn(&str) -> Result<Scenario, String>,
    /// The table of a name, or why there is none.
    pub table: &'a dyn Fn(&str) -> Result<Cells, String>,
}

const KEYS: &[&str] = &[
    "title",
    "question",
    "scenario",
    "replications",
    "seed",
    "outcomes",
    "design",
    "factor",
    "correlation",
    "share",
    "policy",
    "discovery",
];

/// Reads an experiment. `origin` names the text in messages.
///
/// ```
/// use partnersim::experiment::file::{Beside, read};
/// let text = r#"
///     scenario = "neighbourhood_forum"
///     [design]
///     kind = "factorial"
///     [[factor]]
///     path = "communication.quality"
///     levels = [0.3, 0.6]
/// "#;
/// let ready_made = |name: &str| partnersim::scenario::shipped::find(name).unwrap().load().map_err(|_| "faulty".to_string());
/// let beside = Beside { scenario: &ready_made, table: &|_| Err("there is none".to_string()) };
/// let experiment = read(text, "quality.toml", &beside).unwrap();
/// assert_eq!(experiment.points().len(), 2);
/// ```
///
/// # Errors
/// Every fault found, in the order of the text.
pub fn read(text: &str, origin: &str, beside: &Beside) -> Result<Experiment, Vec<Diagnostic>> {
    let mut faults = Faults::default();
    let source = faults.sources.add(origin, text, Kind::Scenario);
    let base = Base { source, offset: 0 };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors.iter().take(20) {
        let mark = base.mark(error.span().unwrap_or(0..0), &faults);
        faults.syntax(mark, error.message().to_owned(), "the text is not valid TOML here; see https://toml.io");
    }
    let entries = tree::entries(table.get_ref(), base, &faults);
    known(&entries, KEYS, "an experiment", &mut faults);
    let experiment = experiment(&entries, base.mark(0..0, &faults), beside, &mut faults);
    faults.finish()?;
    experiment.ok_or_else(Vec::new)
}

fn experiment(entries: &[Entry], top: Mark, beside: &Beside, faults: &mut Faults) -> Option<Experiment> {
    let item = |key: &str| find(entries, key).map(|entry| &entry.item);
    let (name, scenario) = scenario(item("scenario"), top, beside, faults).unzip();
    let factors = factor::factors(tables(entries, "factor", faults), scenario.as_ref(), faults);
    let ties = factor::ties(entries, &factors, faults);
    let design = design::design(item("design"), top, &factors, &ties, beside, faults);
    let policies = policies(entries, faults);
    let quantities = quantities(item("outcomes"), faults);
    let text = |key: &str, faults: &mut Faults| item(key).and_then(|item| number::text(item, key, faults));
    let (title, question) = (text("title", faults), text("question", faults));
    let replications = match item("replications") {
        Some(item) => number::whole(item, "replications", 1, 1_000_000_000, faults),
        None => Some(REPLICATIONS),
    };
    let seed = item("seed").map_or(Some(1), |item| number::seed(item, faults));
    let (design, words) = design?;
    let factors = design::with_levels(factors, &design);
    let size = design.size(&factors).saturating_mul(policies.len());
    if size > MOST_POINTS {
        let help =
            format!("at most {MOST_POINTS} are run; a Latin hypercube or Sobol' points cover many factors with few");
        faults.whole(None, format!("the design has {size} points, policies counted"), help);
        return None;
    }
    let discovery = discovery::discovery(item("discovery"), size, faults);
    let dependence = factor::dependence(&factors, ties, faults);
    if faults.any() {
        return None;
    }
    let settings = settings(&factors, &policies, entries, words);
    let scenario = scenario?;
    let lines = || factors.iter().map(|factor| factor::in_force(&factor.paths[0], &scenario));
    let base = lines().map(|line| line.and_then(factor::single_value)).collect();
    let units = lines().map(|line| line.map_or(String::new(), |line| line.unit.clone())).collect();
    Some(Experiment {
        base,
        units,
        title: title.unwrap_or_default(),
        question: question.unwrap_or_default(),
        scenario: name?,
        replications: replications?,
        seed: seed?,
        quantities,
        factors,
        dependence: dependence?,
        design,
        policies,
        discovery,
        settings,
    })
}

impl Experiment {
    /// The points of its design.
    pub fn points(&self) -> Vec<Point> {
        self.design.points(&self.factors, &self.dependence, self.seed)
    }

    /// What a point and a policy change in the scenario; where both set the same, the policy wins.
    pub fn changes(&self, point: &Point, policy: &Policy) -> Vec<Override> {
        let mut changes = Vec::new();
        for (factor, value) in self.factors.iter().zip(&point.values) {
            let Some(value) = value else { continue };
            let value = value.toml();
            changes.extend(factor.paths.iter().map(|path| Override { path: path.clone(), value: value.clone() }));
        }
        changes.extend(policy.changes.iter().cloned());
        changes
    }
}

fn scenario(item: Option<&Item>, top: Mark, beside: &Beside, faults: &mut Faults) -> Option<(String, Scenario)> {
    let help = "name a scenario file beside this one, or a ready-made scenario: `partnersim scenarios` lists them";
    let Some(item) = item else {
        faults.whole(Some(top), "there is no `scenario`", help);
        return None;
    };
    let name = number::text(item, "scenario", faults)?;
    match (beside.scenario)(&name) {
        Ok(scenario) => Some((name, scenario)),
        Err(why) => {
            faults.fault(item.mark, format!("the scenario {name:?} cannot be used: {why}"), help);
            None
        }
    }
}

fn quantities(item: Option<&Item>, faults: &mut Faults) -> Vec<Quantity> {
    let Some(item) = item else { return Vec::new() };
    let Value::Array(items) = &item.value else {
        faults.fault(item.mark, "`outcomes` is not a list", "write outcomes = [\"premium\", \"P(premium > 0)\"]");
        return Vec::new();
    };
    let mut quantities: Vec<Quantity> = Vec::new();
    for item in items {
        let Some(text) = number::text(item, "outcomes", faults) else { continue };
        match Quantity::parse(&text) {
            Ok(quantity) if quantities.contains(&quantity) => {
                faults.fault(item.mark, format!("`{text}` stands here a second time"), "keep one of the two");
            }
            Ok(quantity) => quantities.push(quantity),
            Err(why) => {
                faults.fault(item.mark, why, "write outcome, P(outcome > number), median(outcome) or q05(outcome)")
            }
        }
    }
    quantities
}

fn policies(entries: &[Entry], faults: &mut Faults) -> Vec<Policy> {
    let mut policies: Vec<Policy> = Vec::new();
    for (mark, entries) in tables(entries, "policy", faults) {
        known(entries, &["name", "set"], "a policy", faults);
        let Some(name) = find(entries, "name") else {
            faults.fault(mark, "this policy has no `name`", "give it a short name, which the tables will show");
            continue;
        };
        let Some(name) = number::name(&name.item, "name", faults) else { continue };
        if policies.iter().any(|policy| policy.name == name) {
            faults.fault(mark, format!("there is a second policy called \"{name}\""), "give each a name of its own");
        }
        let mut changes = Vec::new();
        if let Some(set) = find(entries, "set") {
            match &set.item.value {
                Value::Table(entries) => flatten(entries, "", &mut changes),
                other => {
                    let message = format!("`set` is {}, not a table", other.kind());
                    faults.fault(set.item.mark, message, "write set = { \"funding.pooled_share\" = 0.5 }");
                }
            }
        }
        policies.push(Policy { name, changes });
    }
    if policies.is_empty() {
        policies.push(Policy { name: "base".to_string(), changes: Vec::new() });
    }
    policies
}

/// Every value of a table by its dotted path. A table with the name of a form of uncertainty in it is a value, and so is a whole
/// event or intervention, which its `kind` tells from some of its settings.
fn flatten(entries: &[Entry], stem: &str, changes: &mut Vec<Override>) {
    for Entry { key, item, .. } in entries {
        let path = if stem.is_empty() { key.clone() } else { format!("{stem}.{}", quoted(key)) };
        match &item.value {
            Value::Table(inner) if !is_uncertainty(inner) && !is_whole(&path, inner) => flatten(inner, &path, changes),
            value => changes.push(Override { path, value: written(value) }),
        }
    }
}

fn quoted(key: &str) -> String {
    if key.contains(['.', ' ']) { format!("\"{key}\"") } else { key.to_string() }
}

fn is_uncertainty(entries: &[Entry]) -> bool {
    matches!(entries, [entry] if crate::scenario::forms::form(&entry.key).is_some())
}

fn is_whole(path: &str, entries: &[Entry]) -> bool {
    (path.starts_with("event.") || path.starts_with("intervention.")) && find(entries, "kind").is_some()
}

/// A value as TOML on one line.
fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => notation::quoted(text),
        Value::Integer(whole) => whole.to_string(),
        Value::Float(number) => notation::number(*number),
        Value::Boolean(yes) => yes.to_string(),
        Value::Date => String::new(),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(|item| written(&item.value)).collect::<Vec<_>>().join(", "))
        }
        Value::Table(entries) => {
            let inner =
                entries.iter().map(|entry| format!("{} = {}", notation::key(&entry.key), written(&entry.item.value)));
            format!("{{ {} }}", inner.collect::<Vec<_>>().join(", "))
        }
    }
}

/// All that decides the result beside the scenario, in words that a person can hold against a file.
fn settings(
    factors: &[Factor],
    policies: &[Policy],
    entries: &[Entry],
    design: Vec<(String, String)>,
) -> Vec<(String, String)> {
    let mut settings = design;
    for factor in factors {
        let value = format!("{} in {} ({})", factor.paths.join(", "), factor.marginal.text(), factor.role.word());
        settings.push((format!("factor {}", factor.name), value));
    }
    for key in ["correlation", "share", "outcomes", "discovery"] {
        settings.extend(find(entries, key).map(|entry| (key.to_string(), written(&entry.item.value))));
    }
    for policy in policies {
        let changes: Vec<String> =
            policy.changes.iter().map(|change| format!("{}={}", change.path, change.value)).collect();
        settings.push((format!("policy {}", policy.name), changes.join(", ")));
    }
    settings
}

/// The words of a path as the scenario's assumptions name them: key and what it belongs to.
fn in_assumptions(path: &str) -> (String, Option<String>) {
    let words = overrides::words(path);
    match words.first().map(String::as_str) {
        Some("every_partner") => (format!("partner.{}", words[1..].join(".")), None),
        Some(what @ ("partner" | "need" | "event" | "intervention")) if words.len() > 2 => {
            (format!("{what}.{}", words[2..].join(".")), Some(words[1].clone()))
        }
        _ => (words.join("."), Some(String::new())),
    }
}

/// The position of the factor with a name or a path.
fn factor_called(name: &str, factors: &[Factor]) -> Result<usize, String> {
    let found = factors.iter().position(|factor| factor.name == name || factor.paths.iter().any(|path| path == name));
    found.ok_or_else(|| suggestion(name, factors.iter().map(|factor| factor.name.as_str())))
}
