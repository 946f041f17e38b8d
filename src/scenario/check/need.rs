//! One need as the scenario describes it.

use crate::model::parameter::Scope;
use crate::model::uncertainty::Uncertainty;
use crate::scenario::check::number::Range;
use crate::scenario::check::{Given, Values, fields, keys, name, number};
use crate::scenario::faults::Faults;
use crate::scenario::parse::Table;
use crate::scenario::parse::tree::{Item, Value};
use crate::scenario::source::Mark;

/// What a weight of a skill may be.
pub const WEIGHT: Range = Range { low: 0.0, high: 1e6, unit: "weight" };

/// Most entries of one table of weights that are read: many times what can be run.
const MOST_WEIGHTS: usize = 100;

/// A need.
#[derive(Debug)]
pub struct Need {
    /// Its name; empty when it has none that can be used.
    pub name: String,
    /// Where the name stands, or the table.
    pub mark: Mark,
    /// Its parameters.
    pub values: Values,
    /// Weights of the skills it asks for, in the order of the text.
    pub skills: Weights,
}

/// Weights by name, in the order of the text.
pub type Weights = Vec<(String, Given<Uncertainty>)>;

/// Reads one `[[need]]`.
pub fn need(table: &Table, faults: &mut Faults) -> Need {
    let known: Vec<&'static str> = fields::NEED.iter().copied().chain(keys(Scope::Need)).collect();
    let (name, mark) = name::of(table, "need", "home care", faults);
    let mut need = Need { name, mark, values: Values::new(), skills: Vec::new() };
    let mut skilled = false;
    for (key, entry) in fields::fields(&table.entries, &known, faults) {
        let item = &entry.item;
        match key {
            "name" => {}
            "skills" => {
                skilled = true;
                need.skills = weights(item, "skills", WEIGHT, faults);
            }
            _ => parameter(Scope::Need, key, item, &mut need.values, faults),
        }
    }
    if !skilled {
        let help = "add a line such as skills = { clinical = 0.5, social = 0.5 }";
        faults.whole(Some(need.mark), "this need does not say which skills it takes", help);
    } else if all_zero(&need.skills) {
        faults.whole(
            Some(need.mark),
            "the skills of this need all have weight 0",
            "give one at least a weight above 0",
        );
    }
    need
}

/// Reads one parameter into its place.
pub fn parameter(scope: Scope, key: &'static str, item: &Item, values: &mut Values, faults: &mut Faults) {
    let Some(parameter) = fields::parameter(scope, key) else { return };
    if let Some(value) = number::setting(item, parameter, key, faults) {
        values.insert(parameter.key, Given { value, mark: item.mark });
    }
}

/// Reads a free table of names with numbers.
pub fn weights(item: &Item, what: &str, range: Range, faults: &mut Faults) -> Weights {
    let Value::Table(entries) = &item.value else {
        let message = format!("`{what}` is {}, not a table", item.value.kind());
        faults.fault(item.mark, message, format!("write {what} = {{ first = 0.5, second = 0.5 }}"));
        return Vec::new();
    };
    if entries.len() > MOST_WEIGHTS {
        let message = format!("`{what}` has {} entries", entries.len());
        faults.fault(item.mark, message, format!("at most {MOST_WEIGHTS} are read"));
        return Vec::new();
    }
    let mut weights: Weights = Vec::new();
    for entry in entries {
        let label = Item { value: Value::Text(entry.key.clone()), mark: entry.mark };
        let name = number::name(&label, what, faults);
        let value = number::uncertainty(&entry.item, &format!("{what}.{}", entry.key), range, faults);
        if name.as_ref().is_some_and(|name| weights.iter().any(|(known, _)| known == name)) {
            faults.fault(entry.mark, format!("`{what}.{}` is set twice", entry.key.trim()), "keep one of the two");
        } else if let (Some(name), Some(value)) = (name, value) {
            weights.push((name, Given { value, mark: entry.mark }));
        }
    }
    weights
}

/// Whether no weight can be above 0.
pub fn all_zero(weights: &Weights) -> bool {
    !weights.is_empty() && weights.iter().all(|(_, weight)| weight.value == Uncertainty::Fixed(0.0))
}
