//! Tables of an experiment file and the keys that each may have.

use crate::scenario::faults::Faults;
use crate::scenario::nearest::suggestion;
use crate::scenario::parse::find;
use crate::scenario::parse::tree::{Entry, Value};
use crate::scenario::source::Mark;

/// Tells every key that is not among those allowed.
pub(super) fn known(entries: &[Entry], allowed: &[&str], place: &str, faults: &mut Faults) {
    for entry in entries.iter().filter(|entry| !allowed.contains(&entry.key.as_str())) {
        let help = suggestion(&entry.key, allowed.iter().copied());
        faults.fault(entry.mark, format!("nothing in {place} is called `{}`", entry.key), help);
    }
}

/// The tables of `[[factor]]` and the like, each with its place.
pub(super) fn tables<'e>(entries: &'e [Entry], key: &str, faults: &mut Faults) -> Vec<(Mark, &'e [Entry])> {
    let Some(entry) = find(entries, key) else { return Vec::new() };
    let help = format!("begin each {key} with a line `[[{key}]]`, in double brackets");
    let Value::Array(items) = &entry.item.value else {
        faults.fault(entry.mark, format!("`{key}` is not a list of tables"), help);
        return Vec::new();
    };
    let mut tables = Vec::new();
    for item in items {
        match &item.value {
            Value::Table(entries) => tables.push((item.mark, entries.as_slice())),
            other => faults.fault(item.mark, format!("each {key} is a table, not {}", other.kind()), help.clone()),
        }
    }
    tables
}
