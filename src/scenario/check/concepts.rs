//! The concepts that a scenario says it shows.

use crate::scenario::faults::Faults;
use crate::scenario::nearest::suggestion;
use crate::scenario::parse::tree::{Item, Value};

use super::number;

/// Letters of the concepts, and how many each has.
const NUMBERED: [(char, usize); 5] = [('A', 19), ('B', 28), ('C', 8), ('D', 21), ('E', 9)];

/// The ids of all concepts, `A1` to `E9`, in their order.
pub fn ids() -> impl Iterator<Item = String> {
    NUMBERED.iter().flat_map(|(letter, count)| (1..=*count).map(move |number| format!("{letter}{number}")))
}

/// The ids in a list; one that is unknown, or named twice, is a fault.
pub fn concepts(item: &Item, faults: &mut Faults) -> Vec<String> {
    let Value::Array(items) = &item.value else {
        let message = format!("`concepts` is {}, not a list", item.value.kind());
        faults.fault(item.mark, message, "write concepts = [\"A13\", \"D9\"]");
        return Vec::new();
    };
    let known: Vec<String> = ids().collect();
    let mut found: Vec<String> = Vec::new();
    for item in items {
        let Some(id) = number::text(item, "concepts", faults) else { continue };
        if !known.contains(&id) {
            let help = suggestion(&id, known.iter().map(String::as_str));
            faults.fault(item.mark, format!("there is no concept `{id}`"), help);
        } else if found.contains(&id) {
            faults.fault(item.mark, format!("`concepts` names `{id}` twice"), "keep one of the two");
        } else {
            found.push(id);
        }
    }
    found
}
