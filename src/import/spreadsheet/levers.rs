//! Rows of keys with values: the sheets Scenario, Levers and Every_partner, and the one sheet of a CSV file.

use super::draft::{KINDS, Local, Record, Setting, add};
use super::grid::At;
use super::local::{dotted, expected_of, known, local, path};
use super::sheets::{Change, Head, Reading, Role, is_for_people, plain};
use super::value::Expected;
use crate::model::outcomes::OUTCOMES;
use crate::model::parameter::Scope;
use crate::scenario::Override;
use crate::scenario::nearest::{nearest, suggestion};

/// Keys that are the same in all set-ups.
const SHARED: &[&str] = &["title", "question", "sources", "concepts", "partners", "replications", "seed"];

impl Reading<'_, '_> {
    /// Rows of keys with values; further columns of the levers are set-ups.
    pub(super) fn keys(&mut self, sheet: usize, role: Role, heads: &[Head], rows: &[u32], is_delimited: bool) {
        let find = |name: &str| heads.iter().find(|head| plain(&head.text) == name).map(|head| head.at.column);
        let (Some(key), Some(value)) = (find("key"), find("value")) else {
            return self.no_keys(sheet, heads, is_delimited && find("name").is_some());
        };
        let is_set_up = |head: &&Head| ![key, value].contains(&head.at.column) && !is_for_people(&head.text);
        let mut set_ups: Vec<&Head> = heads.iter().filter(is_set_up).collect();
        if role != Role::Levers {
            self.strangers(heads, &["key", "value"]);
            set_ups.clear();
        } else {
            self.set_ups = set_ups.iter().map(|head| (head.text.clone(), Vec::new())).collect();
        }
        for row in rows {
            let at = |column| At { sheet, row: *row, column };
            self.row(role, at(key), at(value), &set_ups);
        }
        for head in set_ups {
            if self.set_ups.iter().any(|(name, changes)| *name == head.text && changes.is_empty()) {
                let help = "give it a value in some row, or call the column `note`";
                self.told.fault(head.at, format!("the set-up `{}` changes nothing", head.text), help);
            }
        }
    }

    /// Says what a sheet of keys and values lacks.
    fn no_keys(&mut self, sheet: usize, heads: &[Head], is_of_partners: bool) {
        match heads.first().filter(|_| is_of_partners) {
            Some(head) => {
                let help = "name it in a scenario: partners = \"file.csv\", or a row `partners` in a CSV file of keys and values";
                self.told.fault(head.at, "this is a table of partners and no whole scenario", help);
            }
            None => self.lacks(sheet, heads, "`key` and `value`"),
        }
    }

    /// A key with its value, and what the set-ups say of it.
    fn row(&mut self, role: Role, key_at: At, value_at: At, set_ups: &[&Head]) {
        let text = self.shown(key_at);
        if text.is_empty() {
            let mut columns = std::iter::once(value_at.column).chain(set_ups.iter().map(|head| head.at.column));
            let grid = &self.told.book.grids[key_at.sheet];
            if let Some(column) = columns.find(|column| grid.cell(key_at.row, *column).is_some()) {
                let help = "write its key into the column `key`, or take it away";
                self.told.fault(At { column, ..key_at }, "this value has no key", help);
            }
            return;
        }
        let path = path(&text, role);
        let Some((scope, local)) = self.known_path(&text, &path, key_at) else { return };
        let wanted = expected_of(scope, &local);
        if let Some(value) = self.value(value_at, wanted) {
            self.assign(&path, scope, Setting { local: local.clone(), value, key_at, value_at });
        }
        self.changes(set_ups, &path, &local, wanted, key_at);
    }

    /// What the set-ups say in a row.
    fn changes(&mut self, heads: &[&Head], path: &[String], local: &Local, wanted: Expected, key_at: At) {
        for (position, head) in heads.iter().enumerate() {
            let value_at = At { column: head.at.column, ..key_at };
            let Some(value) = self.value(value_at, wanted) else { continue };
            if path.len() == 1 && SHARED.contains(&local.key.as_str()) {
                let help = "give it in the column `value`; set-ups are run in the same worlds";
                self.told.fault(value_at, format!("`{}` is the same in all set-ups", local.key), help);
                continue;
            }
            let change = Override { path: dotted(path), value };
            self.set_ups[position].1.push(Change { change, key_at, value_at });
        }
    }

    /// To what a path belongs and its key there; a fault where there is no such.
    fn known_path(&mut self, text: &str, path: &[String], at: At) -> Option<(Scope, Local)> {
        let kind = KINDS.iter().find(|kind| kind.table == path[0] && path.len() > 2);
        let (scope, within) = match (kind, path[0].as_str()) {
            (Some(kind), _) => (kind.scope, &path[2..]),
            (None, "every_partner") => (Scope::Partner, &path[1..]),
            (None, _) => (Scope::Partnership, path),
        };
        let is_of_every =
            path[0] != "every_partner" || !matches!(path.get(1).map(String::as_str), Some("name" | "count"));
        match local(scope, within).filter(|_| is_of_every) {
            Some(local) => Some((scope, local)),
            None => {
                let stem = text.strip_suffix(&within.join(".")).unwrap_or_default();
                let known: Vec<String> = match scope {
                    Scope::Partnership => known(scope)
                        .iter()
                        .map(|key| (*key).to_owned())
                        .chain(OUTCOMES.iter().map(|outcome| format!("targets.{}", outcome.name)))
                        .collect(),
                    _ => known(scope).iter().map(|key| format!("{stem}{key}")).collect(),
                };
                let help = match nearest(text, known.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "the sheet Parameters of the template and `partnersim describe` list every key".to_owned(),
                };
                self.told.fault(at, format!("nothing is called `{text}`"), help);
                None
            }
        }
    }

    /// Puts a value where its path leads.
    fn assign(&mut self, path: &[String], scope: Scope, setting: Setting) {
        if path[0] == "every_partner" {
            return add(&mut self.draft.every, setting, self.told);
        }
        let Some(kind) = KINDS.iter().position(|kind| kind.scope == scope) else {
            return add(&mut self.draft.top, setting, self.told);
        };
        let (records, name) = (&mut self.draft.records[kind], &path[1]);
        if let Some(record) = records.iter_mut().find(|record| record.name == *name) {
            return add(&mut record.settings, setting, self.told);
        }
        if self.has_sheet[kind] {
            let help = suggestion(name, records.iter().map(|record| record.name.as_str()).collect::<Vec<_>>());
            let message = format!("the sheet {} has no row of the name \"{name}\"", KINDS[kind].sheet);
            return self.told.fault(setting.key_at, message, help);
        }
        let (key_at, value_at) = (setting.key_at, setting.value_at);
        let named = Local { group: None, key: "name".to_owned() };
        let value = crate::scenario::notation::quoted(name);
        let first = Setting { local: named, value, key_at, value_at: key_at };
        let mut record = Record { name: name.clone(), at: key_at, settings: vec![first] };
        if (setting.local.key.as_str(), setting.local.group) != ("name", None) {
            record.settings.push(Setting { value_at, ..setting });
        }
        records.push(record);
    }
}
