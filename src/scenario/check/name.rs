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

/// What can be seen of a name. Two that differ in nothing else would look the same wherever they are shown.
pub fn seen(name: &str) -> String {
    let is_seen = |sign: &char| {
        !matches!(*sign, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
    };
    name.chars().filter(is_seen).collect::<String>().trim().to_owned()
}

/// Tells each name that was used before.
pub fn duplicates<'n>(names: impl Iterator<Item = (&'n str, Mark)>, what: &str, faults: &mut Faults) {
    let mut before = BTreeSet::new();
    for (name, mark) in names.filter(|(name, _)| !name.is_empty()) {
        if !before.insert(seen(name)) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_no_part_of_a_name() {
        assert_eq!(seen("\u{feff}coun\u{200b}cil \u{202e}\u{2066}"), "council");
        assert_eq!(seen("\u{200b}\u{3164} \u{ad}\u{e0041}"), "");
        assert_eq!(seen("Ämter der Stadt 市 العربية"), "Ämter der Stadt 市 العربية");
    }
}
