//! The file that asks for a search: which scenario, which levers, to what ends, at what cost.

use super::direction::better;
use super::lever::{Cost, Lever, Range};
use crate::experiment::quantity::{Condition, Quantity};
use crate::model::outcomes::Better;
use crate::scenario::Override;
use crate::scenario::diagnostic::{Diagnostic, Place};
use crate::scenario::faults::Faults;
use crate::scenario::nearest::suggestion;
use crate::scenario::parse::find;
use crate::scenario::parse::tree::{Base, Entry, Item, Value, entries};
use crate::scenario::source::{Kind, Mark};
use toml::de::DeTable;

const TOP: &[&str] = &[
    "scenario",
    "title",
    "question",
    "seed",
    "replications",
    "fresh_replications",
    "population",
    "generations",
    "budget",
    "set",
    "lever",
    "objective",
    "constraint",
];

/// Names of columns that a lever would be taken for.
const RESERVED: &[&str] = &["candidate", "cost"];

/// What a search is asked to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Path of the scenario, from the folder of this file.
    pub scenario: String,
    /// Title for people; may be empty.
    pub title: String,
    /// The question it is to answer; may be empty.
    pub question: String,
    /// Seed of the draws of worlds and of the search; the scenario's where it is not given.
    pub seed: Option<u64>,
    /// Replications of each candidate, the same for all.
    pub replications: u64,
    /// Replications, seen by no candidate before, in which those on the front are judged again.
    pub fresh_replications: u64,
    /// Candidates of a generation.
    pub population: usize,
    /// Generations.
    pub generations: usize,
    /// The most that the levers may cost together.
    pub budget: Option<f64>,
    /// Changes to the scenario that hold for every candidate.
    pub set: Vec<Override>,
    /// What may be set.
    pub levers: Vec<Lever>,
    /// For each lever where the file gives each of its levels, or the two ends of its range.
    pub places: Vec<Vec<Place>>,
    /// Where the file names the scenario.
    pub scenario_place: Option<Place>,
    /// To what ends.
    pub objectives: Vec<Objective>,
    /// What must hold.
    pub constraints: Vec<Condition>,
}

/// One end that the search serves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Objective {
    /// What is measured.
    pub measured: Measured,
    /// Which way is better.
    pub better: Better,
}

/// What an objective measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Measured {
    /// A quantity over the replications.
    Quantity(Quantity),
    /// What the levers cost.
    Cost,
}

impl std::fmt::Display for Measured {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Measured::Quantity(quantity) => write!(to, "{quantity}"),
            Measured::Cost => to.write_str("cost"),
        }
    }
}

impl Asked {
    /// Every quantity that takes replications: those of the objectives, then those of the constraints, each once.
    pub fn quantities(&self) -> Vec<Quantity> {
        let of_objectives = self.objectives.iter().filter_map(|objective| match objective.measured {
            Measured::Quantity(quantity) => Some(quantity),
            Measured::Cost => None,
        });
        let mut quantities: Vec<Quantity> = Vec::new();
        for quantity in of_objectives.chain(self.constraints.iter().map(|constraint| constraint.quantity)) {
            if !quantities.contains(&quantity) {
                quantities.push(quantity);
            }
        }
        quantities
    }
}

/// Reads the text of such a file.
///
/// ```
/// let text = r#"
///     scenario = "town.toml"
///     [[lever]]
///     path = "communication.meetings"
///     range = [0, 8]
///     whole = true
///     unit_cost = 2
///     [[objective]]
///     quantity = "premium"
/// "#;
/// let asked = partnersim::experiment::search::file::read(text, "levers.toml").unwrap();
/// assert_eq!((asked.levers[0].name.as_str(), asked.population), ("meetings", 40));
/// ```
///
/// # Errors
/// Every fault found, in the order of the text.
pub fn read(text: &str, origin: &str) -> Result<Asked, Vec<Diagnostic>> {
    let mut faults = Faults::default();
    let source = faults.sources.add(origin, text, Kind::Scenario);
    let base = Base { source, offset: 0 };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors.iter().take(20) {
        let mark = base.mark(error.span().unwrap_or(0..0), &faults);
        faults.syntax(mark, error.message().to_owned(), "the text is not valid TOML here; see https://toml.io");
    }
    let top = entries(table.get_ref(), base, &faults);
    let asked = asked(&top, &mut faults);
    faults.finish().map(|_| asked)
}

fn asked(top: &[Entry], faults: &mut Faults) -> Asked {
    known(top, TOP, faults);
    let scenario = text(top, "scenario", faults).unwrap_or_else(|| {
        if find(top, "scenario").is_none() {
            let help = "name its file, from the folder of this one: scenario = \"town.toml\"";
            faults.whole(None, "`scenario` is missing: it says what the levers belong to", help);
        }
        String::new()
    });
    let (levers, places): (Vec<Lever>, Vec<Vec<Place>>) = tables(top, "lever", true, faults)
        .into_iter()
        .filter_map(|table| Some((lever(table, faults)?, places(table.0, faults))))
        .unzip();
    for (at, lever) in levers.iter().enumerate() {
        let help = format!("give lever number {} another `name`", at + 1);
        if levers[..at].iter().any(|one| one.name == lever.name) {
            faults.whole(None, format!("two levers are called `{}`", lever.name), help.clone());
        }
        if RESERVED.contains(&lever.name.as_str()) {
            faults.whole(None, format!("a lever cannot be called `{}`: a column of the result is", lever.name), help);
        }
    }
    let objectives = tables(top, "objective", true, faults);
    let constraints = tables(top, "constraint", false, faults);
    Asked {
        scenario,
        title: text(top, "title", faults).unwrap_or_default(),
        question: text(top, "question", faults).unwrap_or_default(),
        seed: find(top, "seed").map(|_| whole(top, "seed", 0, u64::MAX, 0, faults)),
        replications: whole(top, "replications", 1, 1_000_000, 200, faults),
        fresh_replications: whole(top, "fresh_replications", 2, 10_000_000, 2_000, faults),
        population: whole(top, "population", 4, 1_000, 40, faults) as usize,
        generations: whole(top, "generations", 1, 10_000, 30, faults) as usize,
        budget: number(top, "budget", faults),
        set: set(top, faults),
        levers,
        places,
        scenario_place: find(top, "scenario").map(|entry| faults.sources.place(entry.item.mark)),
        objectives: objectives.into_iter().filter_map(|table| objective(table, faults)).collect(),
        constraints: constraints.into_iter().filter_map(|table| constraint(table, faults)).collect(),
    }
}

fn lever(table: (&[Entry], Mark), faults: &mut Faults) -> Option<Lever> {
    let (entries, mark) = table;
    known(entries, &["path", "paths", "name", "range", "whole", "levels", "unit_cost", "costs"], faults);
    let paths = paths(entries, mark, faults)?;
    let name = text(entries, "name", faults);
    let name = name.or_else(|| paths[0].rsplit('.').next().map(str::to_owned)).unwrap_or_default();
    let range = range(entries, mark, faults)?;
    let cost = cost(entries, &range, faults);
    Some(Lever { name, paths, range, cost })
}

/// Where each level stands, or each end of the range.
fn places(entries: &[Entry], faults: &Faults) -> Vec<Place> {
    let list = find(entries, "levels").or_else(|| find(entries, "range")).map(|entry| &entry.item.value);
    let Some(Value::Array(items)) = list else { return Vec::new() };
    items.iter().map(|item| faults.sources.place(item.mark)).collect()
}

fn paths(entries: &[Entry], mark: Mark, faults: &mut Faults) -> Option<Vec<String>> {
    if let Some(path) = text(entries, "path", faults) {
        return Some(vec![path]);
    }
    let several = find(entries, "paths").map(|entry| &entry.item);
    match several.map(|item| &item.value) {
        Some(Value::Array(items)) if !items.is_empty() => {
            let texts: Option<Vec<String>> = items.iter().map(|item| item.value.as_text().map(str::to_owned)).collect();
            if texts.is_none() {
                faults.fault(mark, "`paths` holds something that is no path", "write paths = [\"a.b\", \"c.d\"]");
            }
            texts
        }
        _ => {
            if find(entries, "path").is_none() {
                let help = "write what --set takes: path = \"communication.quality\"";
                faults.fault(mark, "this lever lacks its `path`", help);
            }
            None
        }
    }
}

fn range(entries: &[Entry], mark: Mark, faults: &mut Faults) -> Option<Range> {
    let (range, levels) = (find(entries, "range"), find(entries, "levels"));
    let help = "give range = [low, high], or levels = [one, another]";
    match (range, levels) {
        (Some(_), Some(levels)) => {
            faults.fault(levels.mark, "a lever has a range or levels, not both", help);
            None
        }
        (None, None) => {
            faults.fault(mark, "this lever has neither `range` nor `levels`", help);
            None
        }
        (Some(range), None) => between(range, is_whole(entries, faults), faults),
        (None, Some(levels)) => {
            let Value::Array(items) = &levels.item.value else {
                faults.fault(levels.item.mark, "`levels` is not a list", help);
                return None;
            };
            let texts: Vec<String> = items.iter().filter_map(level).collect();
            if texts.len() < items.len() || texts.len() < 2 {
                let message = "`levels` holds at least two values, each a number, a word, true or false";
                faults.fault(levels.item.mark, message, help);
                return None;
            }
            Some(Range::Levels(texts))
        }
    }
}

/// A level as TOML.
fn level(item: &Item) -> Option<String> {
    match &item.value {
        Value::Text(text) => Some(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(format!("{number:?}")),
        Value::Boolean(value) => Some(value.to_string()),
        _ => None,
    }
}

fn is_whole(entries: &[Entry], faults: &mut Faults) -> bool {
    match find(entries, "whole").map(|entry| &entry.item) {
        None => false,
        Some(Item { value: Value::Boolean(value), .. }) => *value,
        Some(item) => {
            faults.fault(item.mark, "`whole` is true or false", "true: only whole numbers are tried");
            false
        }
    }
}

fn between(entry: &Entry, is_whole: bool, faults: &mut Faults) -> Option<Range> {
    let numbers: Vec<f64> = match &entry.item.value {
        Value::Array(items) => items.iter().filter_map(|item| item.value.as_number()).collect(),
        _ => Vec::new(),
    };
    match numbers[..] {
        [low, high] if low < high && low.is_finite() && high.is_finite() => {
            if !is_whole {
                return Some(Range::Between(low, high));
            }
            if low.fract() == 0.0 && high.fract() == 0.0 && low.abs() < 1e9 && high.abs() < 1e9 {
                return Some(Range::Whole(low as i64, high as i64));
            }
            faults.fault(entry.item.mark, "the ends of a range of whole numbers are whole", "write range = [0, 8]");
            None
        }
        _ => {
            let help = "write range = [low, high] with low below high";
            faults.fault(entry.item.mark, "`range` is not two numbers in ascending order", help);
            None
        }
    }
}

fn cost(entries: &[Entry], range: &Range, faults: &mut Faults) -> Cost {
    let (each, of_levels) = (find(entries, "unit_cost"), find(entries, "costs"));
    match (each, of_levels, range) {
        (Some(each), Some(_), _) => {
            faults.fault(each.mark, "a lever has a `unit_cost` or `costs`, not both", "remove one of the two");
            Cost::None
        }
        (Some(each), None, range) => {
            let is_of_words =
                matches!(range, Range::Levels(levels) if levels.iter().any(|one| one.parse::<f64>().is_err()));
            if is_of_words {
                faults.fault(each.mark, "words have no `unit_cost`", "give costs = [...], one for each level");
            }
            number(entries, "unit_cost", faults).map_or(Cost::None, Cost::PerUnit)
        }
        (None, Some(costs), Range::Levels(levels)) => {
            let numbers: Vec<f64> = match &costs.item.value {
                Value::Array(items) => items.iter().filter_map(|item| item.value.as_number()).collect(),
                _ => Vec::new(),
            };
            if numbers.len() != levels.len() {
                let message = format!("`costs` has {} numbers for {} levels", numbers.len(), levels.len());
                faults.fault(costs.item.mark, message, "give one for each level, in the same order");
                return Cost::None;
            }
            Cost::OfLevels(numbers)
        }
        (None, Some(costs), _) => {
            faults.fault(costs.mark, "`costs` belongs to `levels`", "for a range give `unit_cost`");
            Cost::None
        }
        (None, None, _) => Cost::None,
    }
}

fn objective(table: (&[Entry], Mark), faults: &mut Faults) -> Option<Objective> {
    let (entries, mark) = table;
    known(entries, &["quantity", "better"], faults);
    let said = match text(entries, "better", faults).as_deref() {
        None => None,
        Some("higher") => Some(Better::Higher),
        Some("lower") => Some(Better::Lower),
        Some(other) => {
            let help = "allowed: \"higher\", \"lower\"";
            faults.fault(marked(entries, "better", mark), format!("`better` is \"{other}\""), help);
            None
        }
    };
    let quantity = text(entries, "quantity", faults);
    let Some(quantity) = quantity else {
        if find(entries, "quantity").is_none() {
            let help = "write quantity = \"premium\", \"P(premium > 0)\", \"q05(trust)\" or \"cost\"";
            faults.fault(mark, "this objective lacks its `quantity`", help);
        }
        return None;
    };
    if quantity.trim() == "cost" {
        return Some(Objective { measured: Measured::Cost, better: said.unwrap_or(Better::Lower) });
    }
    match Quantity::parse(&quantity) {
        Ok(quantity) => Some(Objective {
            measured: Measured::Quantity(quantity),
            better: said.unwrap_or_else(|| better(&quantity)),
        }),
        Err(why) => {
            faults.fault(marked(entries, "quantity", mark), why, "");
            None
        }
    }
}

fn constraint(table: (&[Entry], Mark), faults: &mut Faults) -> Option<Condition> {
    let (entries, mark) = table;
    known(entries, &["holds"], faults);
    let Some(said) = text(entries, "holds", faults) else {
        if find(entries, "holds").is_none() {
            let help = "write holds = \"P(alive = 1) >= 0.5\"";
            faults.fault(mark, "this constraint does not say what `holds`", help);
        }
        return None;
    };
    Condition::parse(&said).map_err(|why| faults.fault(marked(entries, "holds", mark), why, "")).ok()
}

fn set(top: &[Entry], faults: &mut Faults) -> Vec<Override> {
    let Some(entry) = find(top, "set") else { return Vec::new() };
    let help = "write [set] and below it \"communication.quality\" = 0.8";
    let Value::Table(entries) = &entry.item.value else {
        faults.fault(entry.item.mark, "`set` is not a table", help);
        return Vec::new();
    };
    let mut overrides = Vec::new();
    for entry in entries {
        match level(&entry.item) {
            Some(value) => overrides.push(Override { path: entry.key.clone(), value }),
            None => faults.fault(entry.item.mark, format!("`{}` is not a plain value", entry.key), help),
        }
    }
    overrides
}

/// The tables of `[[key]]`.
fn tables<'e>(top: &'e [Entry], key: &str, is_needed: bool, faults: &mut Faults) -> Vec<(&'e [Entry], Mark)> {
    let Some(entry) = find(top, key) else {
        if is_needed {
            faults.whole(
                None,
                format!("there is no [[{key}]]"),
                format!("begin at least one {key} with a line `[[{key}]]`"),
            );
        }
        return Vec::new();
    };
    let items = match &entry.item.value {
        Value::Array(items) => &items[..],
        _ => &[],
    };
    let found: Vec<(&[Entry], Mark)> = items
        .iter()
        .filter_map(|item| match &item.value {
            Value::Table(entries) => Some((&entries[..], item.mark)),
            _ => None,
        })
        .collect();
    if found.len() < items.len() || items.is_empty() {
        let help = format!("begin each {key} with a line `[[{key}]]`, in double brackets");
        faults.fault(entry.mark, format!("`{key}` is not a list of tables"), help);
    }
    found
}

fn known(entries: &[Entry], keys: &[&str], faults: &mut Faults) {
    for entry in entries.iter().filter(|entry| !keys.contains(&entry.key.as_str())) {
        let help = suggestion(&entry.key, keys.iter().copied());
        faults.fault(entry.mark, format!("nothing here is called `{}`", entry.key), help);
    }
}

fn marked(entries: &[Entry], key: &str, or: Mark) -> Mark {
    find(entries, key).map_or(or, |entry| entry.item.mark)
}

fn text(entries: &[Entry], key: &str, faults: &mut Faults) -> Option<String> {
    let entry = find(entries, key)?;
    let text = entry.item.value.as_text().map(str::to_owned);
    if text.is_none() {
        let message = format!("`{key}` is {}, not text", entry.item.value.kind());
        faults.fault(entry.item.mark, message, "write it in quotes");
    }
    text
}

fn number(entries: &[Entry], key: &str, faults: &mut Faults) -> Option<f64> {
    let entry = find(entries, key)?;
    let number = entry.item.value.as_number().filter(|number| number.is_finite());
    if number.is_none() {
        let message = format!("`{key}` is {}, not a number", entry.item.value.kind());
        faults.fault(entry.item.mark, message, "write it without quotes");
    }
    number
}

fn whole(entries: &[Entry], key: &str, least: u64, most: u64, default: u64, faults: &mut Faults) -> u64 {
    let Some(entry) = find(entries, key) else { return default };
    let given = match entry.item.value {
        Value::Integer(number) => u64::try_from(number).ok().filter(|number| (least..=most).contains(number)),
        _ => None,
    };
    given.unwrap_or_else(|| {
        let help = format!("allowed: a whole number from {least} to {most}");
        faults.fault(entry.item.mark, format!("`{key}` is out of its range"), help);
        default
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
scenario = "town.toml"
budget = 40
[set]
"horizon_months" = 12
[[lever]]
path = "communication.quality"
range = [0.2, 0.9]
unit_cost = 30
[[lever]]
name = "form"
path = "governance.form"
levels = ["lead", "shared"]
costs = [0, 5]
[[objective]]
quantity = "premium"
[[objective]]
quantity = "cost"
[[constraint]]
holds = "survival >= 0.5"
"#;

    #[test]
    fn a_file_is_read_as_it_is_meant() {
        let asked = read(FILE, "levers.toml").unwrap();
        assert_eq!(asked.levers[0].range, Range::Between(0.2, 0.9));
        assert_eq!(asked.levers[1].value(1.0), "\"shared\"");
        assert_eq!(asked.levers[1].cost, Cost::OfLevels(vec![0.0, 5.0]));
        assert_eq!(asked.objectives[1], Objective { measured: Measured::Cost, better: Better::Lower });
        assert_eq!(asked.constraints[0].to_string(), "mean(alive) >= 0.5");
        assert_eq!((asked.budget, asked.seed, asked.set.len()), (Some(40.0), None, 1));
        assert_eq!(asked.quantities().len(), 2);
    }

    #[test]
    fn everything_wrong_is_told_at_once_with_its_place() {
        let wrong = FILE
            .replace("range = [0.2, 0.9]", "range = [0.9, 0.2]")
            .replace("costs = [0, 5]", "costs = [0]")
            .replace("quantity = \"premium\"", "quantity = \"premum\"")
            .replace("budget = 40", "budgt = 40\npopulation = 1");
        let faults = read(&wrong, "levers.toml").unwrap_err();
        let told: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
        assert_eq!(faults.len(), 5, "{told:?}");
        assert_eq!(faults[0].help, "did you mean `budget`?");
        assert!(faults.iter().all(|fault| fault.place.is_some()));
        assert!(told.iter().any(|message| message.contains("1 numbers for 2 levels")), "{told:?}");
    }

    #[test]
    fn what_is_missing_is_asked_for() {
        let told: Vec<String> = read("", "x.toml").unwrap_err().into_iter().map(|fault| fault.message).collect();
        assert!(told.iter().any(|message| message.contains("`scenario` is missing")), "{told:?}");
        assert!(
            told.iter().any(|message| message.contains("no [[lever]]"))
                && told.iter().any(|message| message.contains("no [[objective]]"))
        );
    }
}
