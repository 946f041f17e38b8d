//! A TOML text read table by table, where each fault is kept with its place until all are known.

use crate::import::table::place_in;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::nearest::suggestion;
use crate::scenario::notation;
use std::cell::RefCell;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The text of a mapping and the faults found in it so far.
pub(super) struct Document<'t> {
    pub(super) text: &'t str,
    pub(super) file: &'t str,
    faults: RefCell<Vec<(usize, Diagnostic)>>,
}

/// One table of a document with its name, which is empty for the outermost.
#[derive(Clone)]
pub(super) struct Section<'d, 't> {
    document: &'d Document<'t>,
    pub(super) name: String,
    pub(super) span: Range<usize>,
    table: Option<&'d DeTable<'t>>,
}

/// A setting copied word for word from a mapping into a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Dotted key: `resources.reserves`.
    pub key: String,
    /// The value as written: `{ pert = [1, 3, 6] }`.
    pub value: String,
    /// The comment behind it: why this value.
    pub why: String,
}

impl<'t> Document<'t> {
    pub(super) fn new(text: &'t str, file: &'t str) -> Self {
        Document { text, file, faults: RefCell::new(Vec::new()) }
    }

    pub(super) fn fault(&self, span: Range<usize>, message: String, help: String) {
        let place = Some(place_in(self.file, self.text, span.start, span.len()));
        self.faults.borrow_mut().push((span.start, Diagnostic { message, help, place }));
    }

    /// Every fault, in the order of the text.
    pub(super) fn into_faults(self) -> Vec<Diagnostic> {
        let mut faults = self.faults.into_inner();
        faults.sort_by_key(|(start, _)| *start);
        faults.into_iter().map(|(_, fault)| fault).collect()
    }
}

impl<'d, 't> Section<'d, 't> {
    pub(super) fn root(document: &'d Document<'t>, table: &'d Spanned<DeTable<'t>>) -> Self {
        Section { document, name: String::new(), span: 0..0, table: Some(table.get_ref()) }
    }

    /// The full name of a key in this section.
    fn path(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_string() } else { format!("{}.{key}", self.name) }
    }

    fn get(&self, key: &str) -> Option<&'d Spanned<DeValue<'t>>> {
        self.table?.get(key)
    }

    fn wrong(&self, value: &Spanned<DeValue<'t>>, key: &str, allowed: &str) {
        let given = &self.document.text[value.span()];
        let message = format!("`{}` is {given}", self.path(key));
        self.document.fault(value.span(), message, format!("it must be {allowed}"));
    }

    /// Reports every key that is not one of `known`, with the nearest that is.
    pub(super) fn allow_only(&self, known: &[&str]) {
        for key in self.table.into_iter().flat_map(|table| table.keys()) {
            if !known.contains(&key.get_ref().as_ref()) {
                let message = format!("a mapping has no key `{}`", self.path(key.get_ref()));
                self.document.fault(key.span(), message, suggestion(key.get_ref(), known.iter().copied()));
            }
        }
    }

    pub(super) fn missing(&self, key: &str, allowed: &str) {
        let message = format!("`{}` is missing", self.path(key));
        self.document.fault(self.span.clone(), message, format!("add it: {allowed}"));
    }

    /// A table inside this one; without it, a section in which everything is absent.
    pub(super) fn section(&self, key: &str) -> Section<'d, 't> {
        let (span, table) = match self.get(key) {
            Some(value) => {
                if value.get_ref().as_table().is_none() {
                    self.wrong(value, key, &format!("a table: [{}]", self.path(key)));
                }
                (value.span(), value.get_ref().as_table())
            }
            None => (self.span.clone(), None),
        };
        Section { document: self.document, name: self.path(key), span, table }
    }

    /// Whether a table of this name stands here.
    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The tables inside this one, in the order of the text.
    pub(super) fn sections(&self) -> Vec<(String, Section<'d, 't>)> {
        let mut keys: Vec<_> = self.table.into_iter().flat_map(|table| table.keys()).collect();
        keys.sort_by_key(|key| key.span().start);
        keys.iter().map(|key| (key.get_ref().to_string(), self.section(key.get_ref()))).collect()
    }

    /// The tables of an array `[[key]]`.
    pub(super) fn list(&self, key: &str) -> Vec<Section<'d, 't>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong(value, key, &format!("a list of tables: [[{}]]", self.path(key)));
            return Vec::new();
        };
        let section = |item: &'d Spanned<DeValue<'t>>| Section {
            document: self.document,
            name: self.path(key),
            span: item.span(),
            table: item.get_ref().as_table(),
        };
        array.iter().map(section).collect()
    }

    pub(super) fn text(&self, key: &str) -> Option<String> {
        let value = self.get(key)?;
        if value.get_ref().as_str().is_none() {
            self.wrong(value, key, "a text in quotes");
        }
        value.get_ref().as_str().map(str::to_string)
    }

    /// One text or a list of them.
    pub(super) fn texts(&self, key: &str) -> Vec<String> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let one = value.get_ref().as_str().map(|text| vec![text.to_string()]);
        let many = value.get_ref().as_array().and_then(|items| {
            items.iter().map(|item| item.get_ref().as_str().map(str::to_string)).collect::<Option<Vec<_>>>()
        });
        one.or(many).unwrap_or_else(|| {
            self.wrong(value, key, "a text in quotes or a list of them");
            Vec::new()
        })
    }

    /// One of `options`, the first when the mapping is silent.
    pub(super) fn choice(&self, key: &str, options: &[&str]) -> usize {
        let Some(word) = self.text(key) else { return 0 };
        options.iter().position(|option| *option == word).unwrap_or_else(|| {
            let span = self.get(key).map_or(self.span.clone(), Spanned::span);
            let message = format!("`{}` is \"{word}\"", self.path(key));
            self.document.fault(span, message, suggestion(&word, options.iter().copied()));
            0
        })
    }

    /// A number within bounds; `None` when it is absent or at fault.
    pub(super) fn number(&self, key: &str, low: f64, high: f64) -> Option<f64> {
        let value = self.get(key)?;
        let number = plain_number(value.get_ref()).filter(|number| (low..=high).contains(number));
        if number.is_none() {
            self.wrong(value, key, &format!("a number from {low} to {high}"));
        }
        number
    }

    /// Three numbers `[low, likeliest, high]` within bounds and in order.
    pub(super) fn triple(&self, key: &str, low: f64, high: f64) -> Option<[f64; 3]> {
        let value = self.get(key)?;
        let items =
            value.get_ref().as_array().map(|items| items.iter().filter_map(|item| plain_number(item.get_ref())));
        let numbers: Vec<f64> = items.map(Iterator::collect).unwrap_or_default();
        match numbers[..] {
            [a, b, c] if low <= a && a <= b && b <= c && c <= high && a < c => Some([a, b, c]),
            _ => {
                self.wrong(value, key, &format!("[low, likeliest, high] in rising order, from {low} to {high}"));
                None
            }
        }
    }

    /// Everything in this section, to be copied word for word, tables below it under dotted keys. What the import writes itself
    /// must not be among them.
    pub(super) fn entries(&self, written_by_import: &[&str]) -> Vec<Entry> {
        let mut entries = Vec::new();
        if let Some(table) = self.table {
            self.collect(table, "", &mut entries);
        }
        entries.sort_by_key(|(start, _)| *start);
        for (start, entry) in entries.iter().filter(|(_, entry)| written_by_import.contains(&entry.key.as_str())) {
            let message = format!("`{}` is not for a mapping to set", self.path(&entry.key));
            let help = "the import writes it, from the table and the other keys of the mapping".to_string();
            self.document.fault(*start..start + 1, message, help);
        }
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    fn collect(&self, table: &'d DeTable<'t>, above: &str, entries: &mut Vec<(usize, Entry)>) {
        for (key, value) in table {
            let quoted = notation::key(key.get_ref());
            let key_path = if above.is_empty() { quoted } else { format!("{above}.{quoted}") };
            let written_inline = self.document.text[value.span()].starts_with('{');
            match value.get_ref().as_table() {
                Some(below) if !written_inline => self.collect(below, &key_path, entries),
                _ => entries.push((key.span().start, self.copy(key_path, value))),
            }
        }
    }

    fn copy(&self, key: String, value: &Spanned<DeValue<'t>>) -> Entry {
        let rest = self.document.text[value.span().end..].lines().next().unwrap_or("").trim();
        let why = rest.strip_prefix('#').unwrap_or("").trim().to_string();
        Entry { key, value: self.document.text[value.span()].to_string(), why }
    }
}

fn plain_number(value: &DeValue<'_>) -> Option<f64> {
    let text = match value {
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
        DeValue::Float(float) => float.as_str(),
        _ => return None,
    };
    text.replace('_', "").parse::<f64>().ok().filter(|number| number.is_finite())
}
