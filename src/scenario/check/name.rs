//! The name of a table: partners, needs, events and interventions are known by theirs.

use crate::scenario::check::number;
use crate::scenario::faults::Faults;
use crate::scenario::nearest::suggestion;
use crate::scenario::parse::{Table, find};
use crate::scenario::source::Mark;
use std::collections::BTreeSet;

/// The name of one table and where it stands; empty, and where the table stands, when it has none that can be used.
pub fn of(table: &Table, what: &str, example: &str, faults: &mut Faults) -> (String, Mark) {
    let Some(entry) = find(&table.entries, "name") else {
        let help = format!("add a line such as name = \"{example}\"");
        faults.whole(Some(table.mark), format!("this {what} has no name"), help);
        return (String::new(), table.mark);
    };
    let name = number::name(&entry.item, &format!("{what}.name"), faults);
    (name.unwrap_or_default(), entry.item.mark)
}

/// Tells each name that was used before.
pub fn duplicates<'n>(names: impl Iterator<Item = (&'n str, Mark)>, what: &str, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for (name, mark) in names.filter(|(name, _)| !name.is_empty()) {
        if !seen.insert(name) {
            let message = format!("a second {what} is called \"{name}\"");
            faults.whole(Some(mark), message, format!("give each {what} a name of its own"));
        }
    }
}

/// Tells a name that nothing has.
pub fn unknown<'n>(
    name: &str,
    mark: Mark,
    message: &str,
    known: impl IntoIterator<Item = &'n str> + Clone,
    faults: &mut Faults,
) {
    faults.whole(Some(mark), format!("{message} \"{name}\""), suggestion(name, known));
}
