//! `[[factor]]`, `[[correlation]]` and `[[share]]`.

use super::keys::{known, tables};
use super::{factor_called, in_assumptions};
use crate::experiment::design::marginal::{Level, Marginal};
use crate::experiment::design::{Correlation, Dependence, Factor, Role, Share};
use crate::model::mechanisms;
use crate::model::parameter::{Domain, Parameter};
use crate::model::uncertainty::Uncertainty;
use crate::scenario::check::number::{self, Range};
use crate::scenario::faults::Faults;
use crate::scenario::nearest::suggestion;
use crate::scenario::notation;
use crate::scenario::parse::find;
use crate::scenario::parse::tree::{self, Base, Entry, Item, Value};
use crate::scenario::source::{Kind, Mark};
use crate::scenario::{Assumption, Scenario};
use toml::de::DeValue;

const KEYS: &[&str] = &["name", "path", "paths", "role", "levels", "range", "steps", "distribution", "from"];

/// Names that tables of results use for themselves.
const TAKEN: &[&str] =
    &["point", "policy", "group", "part", "n", "replication", "seed", "replications", "ending", "cause"];

/// The point checks what the scenario allows: here any number will do.
const ANY: Range = Range { low: -1e15, high: 1e15, unit: "in the unit of the parameter" };

/// What ties factors together, as written.
pub(super) struct Ties {
    correlations: Vec<Correlation>,
    shares: Vec<Share>,
    /// Where the first of them stands.
    pub(super) mark: Option<Mark>,
}

pub(super) fn factors(tables: Vec<(Mark, &[Entry])>, scenario: Option<&Scenario>, faults: &mut Faults) -> Vec<Factor> {
    let mut factors: Vec<Factor> = Vec::new();
    for (mark, entries) in tables {
        known(entries, KEYS, "a factor", faults);
        let Some(factor) = factor(mark, entries, scenario, faults) else { continue };
        if factors.iter().any(|other| other.name == factor.name) {
            let help = "give each factor a `name` of its own";
            faults.fault(mark, format!("there is a second factor called `{}`", factor.name), help);
        }
        for path in &factor.paths {
            if factors.iter().any(|other| other.paths.contains(path)) {
                faults.fault(mark, format!("two factors set `{path}`"), "let one factor set it");
            }
        }
        factors.push(factor);
    }
    factors
}

fn factor(mark: Mark, entries: &[Entry], scenario: Option<&Scenario>, faults: &mut Faults) -> Option<Factor> {
    let item = |key: &str| find(entries, key).map(|entry| &entry.item);
    let paths = paths(mark, item("path"), item("paths"), faults)?;
    let name = match item("name") {
        Some(item) => number::name(item, "name", faults)?,
        None => paths[0].clone(),
    };
    if TAKEN.contains(&name.as_str()) {
        let message = format!("a factor cannot be called `{name}`: a column of the results is");
        faults.fault(mark, message, "give it another `name`");
    }
    let is_whole = paths.iter().any(|path| is_whole(path));
    let marginal = marginal(mark, entries, &paths, is_whole, scenario, faults)?;
    let role = match item("role").map(|item| (item, item.value.as_text())) {
        None if matches!(marginal, Marginal::Levels(_)) => Role::Choice,
        None => Role::Uncertain,
        Some((_, Some("choice"))) => Role::Choice,
        Some((_, Some("uncertain"))) => Role::Uncertain,
        Some((item, _)) => {
            let help = "a role is \"choice\", for what somebody decides, or \"uncertain\", for what nobody knows";
            faults.fault(item.mark, "there is no such role", help);
            return None;
        }
    };
    Some(Factor { name, paths, role, marginal })
}

fn paths(mark: Mark, one: Option<&Item>, many: Option<&Item>, faults: &mut Faults) -> Option<Vec<String>> {
    let help =
        "write path = \"communication.quality\", or paths = [\"...\", \"...\"] for several that get the same value";
    let paths: Vec<String> = match (one, many.map(|item| (item, &item.value))) {
        (Some(item), None) => vec![number::text(item, "path", faults)?],
        (None, Some((_, Value::Array(items)))) if !items.is_empty() => {
            items.iter().filter_map(|item| number::text(item, "paths", faults)).collect()
        }
        _ => {
            faults.fault(mark, "this factor does not say by one `path` or a list of `paths` what it sets", help);
            return None;
        }
    };
    for path in &paths {
        if path == "seed" || path == "replications" {
            let message = format!("a factor cannot set `{path}`: all points share the same draws");
            faults.fault(mark, message, format!("set `{path}` once, at the top of the experiment"));
            return None;
        }
    }
    (!paths.is_empty()).then_some(paths)
}

/// Whether what a path sets is a whole number.
fn is_whole(path: &str) -> bool {
    let is_declared = parameter(path).is_some_and(|parameter| matches!(parameter.domain, Domain::Whole { .. }));
    is_declared || path == "horizon_months" || (path.starts_with("partner.") && path.ends_with(".count"))
}

/// The declaration of what a path sets.
fn parameter(path: &str) -> Option<&'static Parameter> {
    let (key, _) = in_assumptions(path);
    mechanisms::parameters().find(|parameter| parameter.key == key)
}

/// The lines of the scenario's assumptions that a path is about.
pub(super) fn in_force<'s>(path: &str, scenario: &'s Scenario) -> Option<&'s Assumption> {
    let (key, belongs_to) = in_assumptions(path);
    let mut lines = scenario
        .assumptions
        .iter()
        .filter(|line| line.key == key && belongs_to.as_ref().is_none_or(|name| line.belongs_to == *name));
    let first = lines.next()?;
    lines.all(|line| line.value == first.value).then_some(first)
}

/// The one number or word that a line of the assumptions says.
pub(super) fn single_value(line: &Assumption) -> Option<Level> {
    let word = line.value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let number = line.value.parse().ok().map(Level::Number);
    number.or_else(|| word.map(|word| Level::Word(word.to_string())))
}

fn marginal(
    mark: Mark,
    entries: &[Entry],
    paths: &[String],
    is_whole: bool,
    scenario: Option<&Scenario>,
    faults: &mut Faults,
) -> Option<Marginal> {
    let ways: Vec<&Entry> = entries
        .iter()
        .filter(|entry| ["levels", "range", "distribution", "from"].contains(&entry.key.as_str()))
        .collect();
    let [way] = ways[..] else {
        if ways.is_empty() {
            // Right for a factor that shares a sum, or whose values a table has: whoever needs more tells it.
            return Some(Marginal::Share);
        }
        let help = "give one of `levels`, `range`, `distribution` and `from`";
        faults.fault(mark, "this factor says in more than one way what values it takes", help);
        return None;
    };
    let spread = |uncertainty| Marginal::Spread { uncertainty, is_whole };
    match way.key.as_str() {
        "levels" => levels(&way.item, faults).map(Marginal::Levels),
        "range" => {
            let (low, high) = range(&way.item, faults)?;
            let steps = find(entries, "steps").map(|entry| number::whole(&entry.item, "steps", 2, 1_000, faults));
            match steps {
                Some(steps) => Some(Marginal::Levels(evenly(low, high, steps? as usize, is_whole))),
                None => Some(spread(Uncertainty::Uniform { low, high })),
            }
        }
        "distribution" => number::uncertainty(&way.item, "distribution", ANY, faults).map(spread),
        _ => scenarios_own(&way.item, paths, scenario, faults).map(spread),
    }
}

fn levels(item: &Item, faults: &mut Faults) -> Option<Vec<Level>> {
    let help = "write levels = [0.2, 0.5, 0.8], or words as in [\"lead\", \"shared\"]";
    let Value::Array(items) = &item.value else {
        faults.fault(item.mark, format!("`levels` is {}, not a list", item.value.kind()), help);
        return None;
    };
    let mut levels: Vec<Level> = Vec::new();
    for item in items {
        let level = match &item.value {
            Value::Text(word) => Level::Word(word.clone()),
            value => match value.as_number().filter(|number| number.is_finite()) {
                Some(number) => Level::Number(number),
                None => {
                    faults.fault(item.mark, format!("a level cannot be {}", value.kind()), help);
                    return None;
                }
            },
        };
        if levels.contains(&level) {
            faults.fault(
                item.mark,
                format!("the level {} stands here a second time", level.text()),
                "keep one of the two",
            );
        }
        levels.push(level);
    }
    if levels.is_empty() {
        faults.fault(item.mark, "`levels` is an empty list", help);
    }
    (!levels.is_empty()).then_some(levels)
}

fn range(item: &Item, faults: &mut Faults) -> Option<(f64, f64)> {
    let help = "write range = [lowest, highest]";
    let ends: Vec<f64> = match &item.value {
        Value::Array(items) => items.iter().filter_map(|item| number::within(item, "range", ANY, faults)).collect(),
        _ => Vec::new(),
    };
    match ends[..] {
        [low, high] if low < high => Some((low, high)),
        _ => {
            faults.fault(item.mark, "`range` is not two numbers, the lower one first", help);
            None
        }
    }
}

fn evenly(low: f64, high: f64, steps: usize, is_whole: bool) -> Vec<Level> {
    let at = |step: usize| {
        let value = low + (high - low) * step as f64 / (steps - 1) as f64;
        // Ten digits: 0.1 + 2 × 0.1 is to read 0.3.
        if is_whole { value.round() } else { (value * 1e10).round() / 1e10 }
    };
    let mut levels: Vec<f64> = (0..steps).map(at).collect();
    levels.dedup();
    levels.into_iter().map(Level::Number).collect()
}

/// The uncertainty that the scenario itself has where the factor points.
fn scenarios_own(
    item: &Item,
    paths: &[String],
    scenario: Option<&Scenario>,
    faults: &mut Faults,
) -> Option<Uncertainty> {
    if item.value.as_text() != Some("scenario") {
        faults.fault(
            item.mark,
            "`from` can only be \"scenario\"",
            "the factor then takes the uncertainty that the scenario has there",
        );
        return None;
    }
    let scenario = scenario?;
    let Some(line) = in_force(&paths[0], scenario) else {
        let keys = scenario.assumptions.iter().map(|line| line.key.as_str());
        let message = format!("the scenario has no one value at `{}`", paths[0]);
        faults.fault(item.mark, message, suggestion(&paths[0], keys));
        return None;
    };
    let source = faults.sources.add("the scenario", &line.value, Kind::Scenario);
    let (value, errors) = DeValue::parse_recoverable(&line.value);
    let value = tree::item(&value, Base { source, offset: 0 }, faults);
    if !errors.is_empty() || !matches!(value.value, Value::Table(_)) {
        let message = format!("the scenario has no uncertainty at `{}`: it is {}", paths[0], line.value);
        faults.fault(item.mark, message, "give a `range` or a `distribution` here");
        return None;
    }
    number::uncertainty(&value, &paths[0], ANY, faults)
}

/// Reads what ties factors together.
pub(super) fn ties(entries: &[Entry], factors: &[Factor], faults: &mut Faults) -> Ties {
    let (correlation, share) = (tables(entries, "correlation", faults), tables(entries, "share", faults));
    let mark = correlation.first().or(share.first()).map(|(mark, _)| *mark);
    let correlations: Vec<Correlation> =
        correlation.into_iter().filter_map(|(mark, entries)| one_correlation(mark, entries, factors, faults)).collect();
    let mut shares: Vec<Share> = Vec::new();
    for (mark, entries) in share {
        let Some(share) = one_share(mark, entries, factors, faults) else { continue };
        let tied =
            correlations.iter().any(|tie| share.factors.contains(&tie.first) || share.factors.contains(&tie.second));
        if tied || shares.iter().any(|other| other.factors.iter().any(|factor| share.factors.contains(factor))) {
            faults.fault(
                mark,
                "a factor that shares a sum is tied to others by that alone",
                "name it in one table only",
            );
        }
        shares.push(share);
    }
    Ties { correlations, shares, mark }
}

fn named(mark: Mark, entries: &[Entry], factors: &[Factor], faults: &mut Faults) -> Option<Vec<usize>> {
    let Some(Value::Array(items)) = find(entries, "factors").map(|entry| &entry.item.value) else {
        faults.fault(mark, "there is no list `factors`", "write factors = [\"quality\", \"goal_spread\"]");
        return None;
    };
    let mut positions = Vec::new();
    for item in items {
        let name = number::text(item, "factors", faults)?;
        match factor_called(&name, factors) {
            Ok(position) if !positions.contains(&position) => positions.push(position),
            Ok(_) => faults.fault(item.mark, format!("`{name}` stands here a second time"), "name each factor once"),
            Err(help) => faults.fault(item.mark, format!("there is no factor `{name}`"), help),
        }
    }
    (positions.len() == items.len()).then_some(positions)
}

fn one_correlation(mark: Mark, entries: &[Entry], factors: &[Factor], faults: &mut Faults) -> Option<Correlation> {
    known(entries, &["factors", "rank"], "a correlation", faults);
    let named = named(mark, entries, factors, faults)?;
    let [first, second] = named[..] else {
        faults.fault(mark, "a correlation is between two factors", "write one [[correlation]] for each pair");
        return None;
    };
    let range = Range { low: -1.0, high: 1.0, unit: "rank correlation" };
    let Some(rank) = find(entries, "rank") else {
        faults.fault(mark, "this correlation has no `rank`", format!("give {}", range.words()));
        return None;
    };
    let rank = number::within(&rank.item, "rank", range, faults)?;
    if let Some(factor) = [first, second].into_iter().find(|&k| matches!(factors[k].marginal, Marginal::Share)) {
        let message = format!("the factor `{}` has no distribution of its own", factors[factor].name);
        faults.fault(mark, message, "give it `levels`, a `range` or a `distribution`");
        return None;
    }
    Some(Correlation { first, second, rank })
}

fn one_share(mark: Mark, entries: &[Entry], factors: &[Factor], faults: &mut Faults) -> Option<Share> {
    known(entries, &["factors", "sum", "floor"], "a share", faults);
    let factors_named = named(mark, entries, factors, faults)?;
    let mut number = |key: &str, default: f64| match find(entries, key) {
        Some(entry) => {
            number::within(&entry.item, key, Range { low: 0.0, high: 1e15, unit: "in the factors' unit" }, faults)
        }
        None => Some(default),
    };
    let (sum, floor) = (number("sum", 1.0)?, number("floor", 0.0)?);
    if factors_named.len() < 2 {
        faults.fault(mark, "a sum is shared by at least two factors", "name them in `factors`");
        return None;
    }
    if floor * factors_named.len() as f64 >= sum {
        let message = format!(
            "{} factors of at least {} are more than the sum of {}",
            factors_named.len(),
            notation::number(floor),
            notation::number(sum)
        );
        faults.fault(mark, message, "lower `floor` or raise `sum`");
        return None;
    }
    for &k in &factors_named {
        if !matches!(factors[k].marginal, Marginal::Share) {
            let message = format!("the factor `{}` shares a sum and has values of its own", factors[k].name);
            faults.fault(mark, message, "leave out its levels, range or distribution: the sum decides");
        }
    }
    Some(Share { factors: factors_named, sum, floor })
}

impl Ties {
    /// Whether a factor gets its value from a sum that it shares.
    pub(super) fn is_shared(&self, factor: usize) -> bool {
        self.shares.iter().any(|share| share.factors.contains(&factor))
    }
}

/// Puts the ties together; a fault where they contradict each other.
pub(super) fn dependence(factors: &[Factor], ties: Ties, faults: &mut Faults) -> Option<Dependence> {
    match Dependence::new(factors.len(), &ties.correlations, ties.shares) {
        Ok(dependence) => Some(dependence),
        Err(position) => {
            let message = format!(
                "the correlations contradict each other: with what is said of the factors before it, `{}` cannot have its own (the matrix is not positive definite)",
                factors[position].name
            );
            let help =
                "two factors that both go with a third cannot go against each other: bring the ranks nearer to 0";
            match ties.mark {
                Some(mark) => faults.fault(mark, message, help),
                None => faults.whole(None, message, help),
            }
            None
        }
    }
}
