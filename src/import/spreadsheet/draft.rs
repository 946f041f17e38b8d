//! A scenario as it is gathered from cells, and its text: which cell every stretch of the text came from is kept beside it.

use super::grid::At;
use super::told::Told;
use crate::model::parameter::Scope;
use crate::scenario::notation::key;
use crate::scenario::written::setting;

/// What has names: the table of the language, the sheet of a workbook, and to what its parameters belong.
#[derive(Debug)]
pub struct Kind {
    /// The table: `partner`.
    pub table: &'static str,
    /// The sheet: `Partners`.
    pub sheet: &'static str,
    /// To what its parameters belong.
    pub scope: Scope,
}

/// Every kind, in the order in which a scenario tells of them.
pub const KINDS: [Kind; 4] = [
    Kind { table: "partner", sheet: "Partners", scope: Scope::Partner },
    Kind { table: "need", sheet: "Needs", scope: Scope::Need },
    Kind { table: "event", sheet: "Events", scope: Scope::Event },
    Kind { table: "intervention", sheet: "Interventions", scope: Scope::Intervention },
];

/// A key of a scenario: `resources.money`, or `clinical` within the group `skills`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Local {
    pub(super) group: Option<&'static str>,
    pub(super) key: String,
}

/// A key with its value and the cells that both stand in.
#[derive(Debug, Clone)]
pub(super) struct Setting {
    pub(super) local: Local,
    pub(super) value: String,
    pub(super) key_at: At,
    pub(super) value_at: At,
}

/// A partner, a need, an event or an intervention.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) name: String,
    pub(super) at: At,
    pub(super) settings: Vec<Setting>,
}

/// All that the cells say.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) top: Vec<Setting>,
    pub(super) every: Vec<Setting>,
    pub(super) records: [Vec<Record>; 4],
}

/// Adds a setting; one that stands there already is a fault, but for the sources, of which there may be many.
pub(super) fn add(settings: &mut Vec<Setting>, new: Setting, told: &mut Told<'_>) {
    let known = settings.iter().find(|known| known.local == new.local);
    match known.filter(|_| new.local.key != "sources") {
        Some(known) => {
            let message = format!("`{}` is set twice", new.local.written());
            let help = format!("it stands in {} too: keep one of the two", told.book.address(known.value_at));
            told.fault(new.value_at, message, help);
        }
        None => settings.push(new),
    }
}

impl Local {
    /// The key as it is written within its table.
    pub(super) fn written(&self) -> String {
        match self.group {
            Some(group) => format!("{group}.{}", key(&self.key)),
            None => self.key.clone(),
        }
    }
}

/// A stretch of the text that came from a cell: where it begins, and whether it stands for the whole of a table.
#[derive(Debug)]
struct Stretch {
    line: usize,
    column: usize,
    at: At,
    is_whole: bool,
}

/// The text of a scenario and where it came from.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) text: String,
    stretches: Vec<Stretch>,
    line: usize,
    column: usize,
}

impl Page {
    /// The cell that the character at a line and a column, both from 1, came from, and whether that stands for its whole row.
    pub(super) fn cell(&self, line: usize, column: usize) -> Option<(At, bool)> {
        let n = self.stretches.partition_point(|stretch| (stretch.line + 1, stretch.column + 1) <= (line, column));
        let found = self.stretches[..n].last().filter(|stretch| stretch.line + 1 == line);
        found.map(|stretch| (stretch.at, stretch.is_whole))
    }

    /// A text that comes from a cell, which may be several lines.
    fn put(&mut self, text: &str, at: At, is_whole: bool) {
        for piece in text.split_inclusive('\n') {
            self.stretches.push(Stretch { line: self.line, column: self.column, at, is_whole });
            self.plain(piece);
        }
    }

    /// A text that comes from nowhere.
    fn plain(&mut self, text: &str) {
        self.text.push_str(text);
        for character in text.chars() {
            if character == '\n' {
                self.line += 1;
                self.column = 0;
            } else {
                self.column += 1;
            }
        }
    }

    fn setting(&mut self, name: &str, setting_at: &Setting) {
        let line = setting(name, &setting_at.value);
        let (name, value) = line.split_at(name.len());
        self.put(name, setting_at.key_at, false);
        self.put(value, setting_at.value_at, setting_at.local.key == "name");
    }

    /// The settings of a table: its own keys, then its groups in braces where they are short.
    fn settings(&mut self, settings: &[Setting]) {
        for setting in settings.iter().filter(|setting| setting.local.group.is_none()) {
            self.setting(&setting.local.key, setting);
        }
        for group in ["skills", "goals"] {
            let of_group: Vec<&Setting> =
                settings.iter().filter(|setting| setting.local.group == Some(group)).collect();
            self.group(group, &of_group);
        }
    }

    fn group(&mut self, group: &str, settings: &[&Setting]) {
        let pieces = || settings.iter().map(|setting| (key(&setting.local.key), &setting.value));
        let length: usize = pieces().map(|(key, value)| key.chars().count() + value.chars().count() + 5).sum();
        let is_short = length < 90 && !pieces().any(|(_, value)| value.contains('\n'));
        if !is_short {
            settings.iter().for_each(|setting| self.setting(&setting.local.written(), setting));
            return;
        }
        for (position, one) in settings.iter().enumerate() {
            self.plain(&if position == 0 { format!("{group} = {{ ") } else { ", ".to_owned() });
            self.put(&key(&one.local.key), one.key_at, false);
            self.put(&format!(" = {}", one.value), one.value_at, false);
        }
        if !settings.is_empty() {
            self.plain(" }\n");
        }
    }
}

impl Draft {
    /// The text of the scenario.
    pub(super) fn page(&self) -> Page {
        let mut page = Page::default();
        let top = |key: &str| self.top.iter().filter(move |setting| setting.local.key == key).collect::<Vec<_>>();
        for key in ["title", "question", "sources", "concepts", "partners"] {
            match (key, &top(key)[..]) {
                ("sources", sources @ [_, ..]) => {
                    page.plain("sources = [\n");
                    for source in sources {
                        page.plain("  ");
                        page.put(&source.value, source.value_at, false);
                        page.plain(",\n");
                    }
                    page.plain("]\n");
                }
                (_, settings) => settings.iter().for_each(|setting| page.setting(key, setting)),
            }
        }
        let run: Vec<&Setting> = ["horizon_months", "replications", "seed"].iter().flat_map(|key| top(key)).collect();
        if !run.is_empty() {
            page.plain(if page.text.is_empty() { "" } else { "\n" });
            run.iter().for_each(|setting| page.setting(&setting.local.key, setting));
        }
        if !self.every.is_empty() {
            page.plain("\n[every_partner]\n");
            page.settings(&self.every);
        }
        for (kind, records) in KINDS.iter().zip(&self.records) {
            for record in records {
                page.plain("\n");
                page.put(&format!("[[{}]]\n", kind.table), record.at, true);
                page.settings(&record.settings);
            }
        }
        self.tables(&mut page);
        page
    }

    /// The partnership's own parameters by table, the targets last.
    fn tables(&self, page: &mut Page) {
        let split = |setting: &'_ Setting| setting.local.key.split_once('.').map(|(table, _)| table.to_owned());
        let mut tables: Vec<String> = Vec::new();
        for table in self.top.iter().filter_map(split) {
            tables.extend((!tables.contains(&table)).then_some(table));
        }
        tables.sort_by_key(|table| table == "targets");
        for table in tables {
            page.plain(&format!("\n[{table}]\n"));
            for setting in self.top.iter().filter(|setting| split(setting).as_deref() == Some(&table)) {
                page.setting(&setting.local.key[table.len() + 1..], setting);
            }
        }
    }
}
