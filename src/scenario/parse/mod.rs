//! First layer: from text to tables of values, each with its place. Syntax is judged here, meaning is not.

pub mod overrides;
pub mod short;
pub mod table;
pub mod tree;
pub mod uncertainty;

use crate::scenario::faults::Faults;
use crate::scenario::source::{Kind, Mark};
use toml::de::DeTable;
use tree::{Base, Entry, Item, Value};

/// A scenario as written.
#[derive(Debug, Default)]
pub struct Parsed {
    /// Everything outside the tables below.
    pub top: Vec<Entry>,
    /// `[every_partner]`.
    pub every_partner: Vec<Entry>,
    /// `[[partner]]` tables and rows of partner tables.
    pub partners: Vec<Table>,
    /// `[[need]]` tables.
    pub needs: Vec<Table>,
    /// `[[event]]` tables.
    pub events: Vec<Table>,
    /// `[[intervention]]` tables.
    pub interventions: Vec<Table>,
    /// Whether partners or needs could not be read at all, so that their number says nothing.
    pub incomplete: bool,
}

/// One partner, need, event or intervention as written.
#[derive(Debug)]
pub struct Table {
    /// Its header, or its row.
    pub mark: Mark,
    /// What it sets.
    pub entries: Vec<Entry>,
    /// What `--set` changes in single copies of a template: number of the copy, from 1, and what it sets.
    pub copies: Vec<(u64, Vec<Entry>)>,
}

impl Table {
    /// The name, when it has one.
    pub fn name(&self) -> Option<&str> {
        find(&self.entries, "name")?.item.value.as_text()
    }

    /// How many copies it stands for, as far as that can be read; the check tells when it cannot.
    pub fn count(&self) -> u64 {
        match find(&self.entries, "count").map(|entry| &entry.item.value) {
            Some(Value::Integer(count)) => u64::try_from(*count).unwrap_or(1),
            _ => 1,
        }
    }
}

/// The entry with a key.
pub fn find<'e>(entries: &'e [Entry], key: &str) -> Option<&'e Entry> {
    entries.iter().find(|entry| entry.key == key)
}

/// Reads the text of a scenario.
pub fn parse(text: &str, origin: &str, faults: &mut Faults) -> Parsed {
    let source = faults.sources.add(origin, text, Kind::Scenario);
    let base = Base { source, offset: 0 };
    if text.trim().is_empty() {
        let help = "`partnersim new scenario.toml` writes one to start from";
        faults.syntax(base.mark(0..0, faults), "the scenario is empty", help);
        return Parsed::default();
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors.iter().take(20) {
        let mark = base.mark(error.span().unwrap_or(0..0), faults);
        let help = match error.message() {
            "duplicate key" => "the same key stands further up: keep one of the two",
            _ => "the text is not valid TOML here; see https://toml.io",
        };
        faults.syntax(mark, error.message().to_owned(), help);
    }
    let mut parsed = Parsed::default();
    for entry in tree::entries(table.get_ref(), base, faults) {
        match entry.key.as_str() {
            "partner" => parsed.partners = tables(entry, &mut parsed.incomplete, faults),
            "need" => parsed.needs = tables(entry, &mut parsed.incomplete, faults),
            // Their number, unlike that of partners and needs, may be none.
            "event" => parsed.events = tables(entry, &mut false, faults),
            "intervention" => parsed.interventions = tables(entry, &mut false, faults),
            "every_partner" => parsed.every_partner = one_table(entry, faults),
            _ => parsed.top.push(entry),
        }
    }
    parsed
}

/// The tables of `[[partner]]`, `[[need]]`, `[[event]]` or `[[intervention]]`.
fn tables(entry: Entry, incomplete: &mut bool, faults: &mut Faults) -> Vec<Table> {
    let key = entry.key;
    let items = match entry.item.value {
        Value::Array(items) => items,
        _ => {
            let help = format!("begin each {key} with a line `[[{key}]]`, in double brackets");
            *incomplete = true;
            faults.fault(entry.mark, format!("`{key}` is not a list of tables"), help);
            return Vec::new();
        }
    };
    let mut tables = Vec::new();
    for Item { value, mark } in items {
        match value {
            Value::Table(entries) => tables.push(Table { mark, entries, copies: Vec::new() }),
            other => {
                *incomplete = true;
                let help = format!("begin each {key} with a line `[[{key}]]`");
                faults.fault(mark, format!("each {key} is a table, not {}", other.kind()), help);
            }
        }
    }
    tables
}

fn one_table(entry: Entry, faults: &mut Faults) -> Vec<Entry> {
    match entry.item.value {
        Value::Table(entries) => entries,
        other => {
            let message = format!("`{}` is {}, not a table", entry.key, other.kind());
            faults.fault(entry.item.mark, message, format!("write `[{}]` and its keys below", entry.key));
            Vec::new()
        }
    }
}
