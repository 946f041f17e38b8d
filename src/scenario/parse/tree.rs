//! Values with the place they were written at: what TOML text, a cell of a table and a `--set` have in common.

use crate::scenario::faults::Faults;
use crate::scenario::source::Mark;
use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

/// A value and where it stands.
#[derive(Debug, Clone)]
pub struct Item {
    /// What was written.
    pub value: Value,
    /// Where.
    pub mark: Mark,
}

/// What was written, before anything is known of what it should be.
#[derive(Debug, Clone)]
pub enum Value {
    /// A string.
    Text(String),
    /// A whole number.
    Integer(i128),
    /// Any other number.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A date, a time or both.
    Date,
    /// A list.
    Array(Vec<Item>),
    /// Keys with values, in the order of the text.
    Table(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub mark: Mark,
    /// Its value.
    pub item: Item,
}

impl Value {
    /// What it is, in words.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "text",
            Value::Integer(_) => "a whole number",
            Value::Float(_) => "a number",
            Value::Boolean(_) => "true or false",
            Value::Date => "a date",
            Value::Array(_) => "a list",
            Value::Table(_) => "a table",
        }
    }

    /// The number written, when one is.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Value::Integer(value) => Some(*value as f64),
            Value::Float(value) => Some(*value),
            _ => None,
        }
    }

    /// The text written, when it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Where the values of one text lie: its number among the sources and where in it the parsed part begins.
#[derive(Debug, Clone, Copy)]
pub struct Base {
    /// Number of the text.
    pub source: usize,
    /// Byte at which the parsed part begins.
    pub offset: usize,
}

impl Base {
    /// The mark of a stretch of the parsed part.
    pub fn mark(self, span: std::ops::Range<usize>, faults: &Faults) -> Mark {
        faults.sources.mark(self.source, span.start + self.offset..span.end + self.offset)
    }
}

/// The entries of a table, in the order of the text.
pub fn entries(table: &DeTable<'_>, base: Base, faults: &Faults) -> Vec<Entry> {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            mark: base.mark(key.span(), faults),
            item: item(value, base, faults),
        })
        .collect();
    entries.sort_by_key(|entry| entry.mark);
    entries
}

/// One value.
pub fn item(value: &Spanned<DeValue<'_>>, base: Base, faults: &Faults) -> Item {
    let mark = base.mark(value.span(), faults);
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => integer(number),
        DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(value) => Value::Boolean(*value),
        DeValue::Datetime(_) => Value::Date,
        DeValue::Array(items) => Value::Array(items.iter().map(|value| item(value, base, faults)).collect()),
        DeValue::Table(table) => Value::Table(entries(table, base, faults)),
    };
    Item { value, mark }
}

/// A whole number beyond 38 digits is kept as a float: it is out of every range and the message needs only its size.
fn integer(number: &DeInteger<'_>) -> Value {
    match i128::from_str_radix(number.as_str(), number.radix()) {
        Ok(value) => Value::Integer(value),
        Err(_) => Value::Float(number.as_str().parse().unwrap_or(f64::INFINITY)),
    }
}
