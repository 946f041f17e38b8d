//! What the sheets of a workbook mean, and the one sheet of a CSV file: rows of keys with values, or a row for each partner.

use super::draft::{Draft, KINDS, Local, Record, Setting, add};
use super::grid::{At, Cell, Grid};
use super::told::Told;
use super::value::{Expected, expected, value};
use crate::model::outcomes::OUTCOMES;
use crate::model::parameter::Scope;
use crate::scenario::Override;
use crate::scenario::check::{fields, keys};
use crate::scenario::nearest::{nearest, suggestion};
use crate::scenario::parse::overrides::words;

/// Heads of columns that are for people and are not read.
const NOTES: &[&str] =
    &["note", "notes", "comment", "comments", "unit", "meaning", "allowed", "default", "source", "grade"];

/// Sheets that are for people and are not read.
const UNREAD: &[&str] = &["how_to", "parameters", "outcomes", "notes", "readme"];

/// Keys that are the same in all set-ups.
const SHARED: &[&str] = &["title", "question", "sources", "concepts", "partners", "replications", "seed"];

/// What a sheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Keys with values.
    Scenario,
    /// Keys with values, and further columns of set-ups.
    Levers,
    /// Keys with values that hold for every partner.
    EveryPartner,
    /// A row for each partner, need, event or intervention: by its number among the kinds.
    Records(usize),
    /// Outcomes with targets.
    Targets,
}

/// The names of the sheets that are read.
pub(super) const SHEETS: [&str; 8] =
    ["Scenario", "Levers", "Every_partner", "Partners", "Needs", "Events", "Interventions", "Targets"];

const ROLES: [Role; 8] = [
    Role::Scenario,
    Role::Levers,
    Role::EveryPartner,
    Role::Records(0),
    Role::Records(1),
    Role::Records(2),
    Role::Records(3),
    Role::Targets,
];

/// A change of a set-up with its cells.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) change: Override,
    pub(super) key_at: At,
    pub(super) value_at: At,
}

/// A column of a sheet that has a head.
struct Head {
    text: String,
    at: At,
}

/// What the cells of a column say of the row's partner, need, event or intervention.
enum Column {
    Says(Local),
    ForPeople,
    Unknown,
}

/// Everything that the sheets say: the scenario, and the set-ups in the order of their columns.
pub(super) fn read(told: &mut Told<'_>) -> (Draft, Vec<(String, Vec<Change>)>) {
    let mut reading = Reading { draft: Draft::default(), set_ups: Vec::new(), told, has_sheet: [false; 4] };
    reading.all();
    (reading.draft, reading.set_ups)
}

/// Whether the cells of a sheet are of any use.
#[cfg(feature = "cli")]
pub(super) fn is_read(name: &str) -> bool {
    role(name).is_some()
}

fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

fn role(name: &str) -> Option<Role> {
    SHEETS.iter().position(|sheet| plain(sheet) == plain(name)).map(|position| ROLES[position])
}

struct Reading<'t, 'b> {
    draft: Draft,
    set_ups: Vec<(String, Vec<Change>)>,
    told: &'t mut Told<'b>,
    has_sheet: [bool; 4],
}

impl<'b> Reading<'_, 'b> {
    fn all(&mut self) {
        let book = self.told.book;
        let is_delimited = book.grids.len() == 1 && book.grids[0].name.is_empty();
        let mut roles: Vec<(usize, Role)> = Vec::new();
        for (sheet, grid) in book.grids.iter().enumerate() {
            match role(&grid.name) {
                _ if is_delimited => roles.push((sheet, Role::Levers)),
                Some(role) if roles.iter().any(|(_, known)| *known == role) => {
                    let message = format!("there are two sheets of the name {}", grid.name);
                    self.told.whole(message, "keep one of the two, or give the other a name of its own");
                }
                Some(role) => roles.push((sheet, role)),
                None => self.unknown_sheet(grid),
            }
        }
        if roles.is_empty() {
            let help = format!("give it the sheets {}; `partnersim new --xlsx` writes a template", SHEETS.join(", "));
            self.told.whole(format!("{} holds no sheet of a scenario", book.origin), help);
        }
        for (_, role) in &roles {
            if let Role::Records(kind) = role {
                self.has_sheet[*kind] = true;
            }
        }
        // Rows first, since levers may speak of what has a row.
        roles.sort_by_key(|(sheet, role)| (!matches!(role, Role::Records(_)), *sheet));
        for (sheet, role) in roles {
            self.sheet(sheet, role, is_delimited);
        }
    }

    fn unknown_sheet(&mut self, grid: &Grid) {
        if UNREAD.contains(&plain(&grid.name).as_str()) {
            return;
        }
        match nearest(&plain(&grid.name), SHEETS) {
            Some(near) => {
                let message = format!("no sheet of a scenario is called `{}`", grid.name);
                self.told.whole(message, format!("did you mean `{near}`? Give a sheet of your own another name"));
            }
            None => {
                let help = format!("a scenario stands in the sheets {}", SHEETS.join(", "));
                self.told.warning(format!("the sheet `{}` is not read", grid.name), help);
            }
        }
    }

    fn sheet(&mut self, sheet: usize, role: Role, is_delimited: bool) {
        let grid = &self.told.book.grids[sheet];
        for (area, (row, column)) in &grid.merged {
            let at = At { sheet, row: *row, column: *column };
            self.told.fault(at, format!("the cells {area} are merged"), "take them apart: each cell holds one value");
        }
        let Some((row, heads)) = self.heads(sheet, grid) else { return };
        let rows: Vec<u32> = grid.rows().into_iter().filter(|other| *other > row).collect();
        match role {
            Role::Records(kind) => self.records(sheet, kind, &heads, &rows),
            Role::Targets => self.targets(sheet, &heads, &rows),
            Role::Scenario | Role::Levers | Role::EveryPartner => self.keys(sheet, role, &heads, &rows, is_delimited),
        }
    }

    /// The row that names the columns, and its names; `None` for an empty sheet.
    fn heads(&mut self, sheet: usize, grid: &'b Grid) -> Option<(u32, Vec<Head>)> {
        let row = *grid.rows().first()?;
        let mut heads: Vec<Head> = Vec::new();
        for column in grid.columns(row) {
            let at = At { sheet, row, column };
            let text = grid.cell(row, column).map_or(String::new(), Cell::shown).trim().to_owned();
            match heads.iter().find(|known| known.text.to_lowercase() == text.to_lowercase()) {
                Some(known) => {
                    let other = self.told.book.address(known.at);
                    let help = format!("{other} has the same: keep one of the two columns");
                    self.told.fault(at, format!("two columns are called `{text}`"), help);
                }
                None => heads.push(Head { text, at }),
            }
        }
        let named = grid.columns(row);
        let nameless = grid.cells.keys().filter(|(below, column)| *below > row && !named.contains(column));
        let mut told: Vec<u32> = Vec::new();
        for (below, column) in nameless {
            if !told.contains(column) {
                told.push(*column);
                let head = self.told.book.address(At { sheet, row, column: *column });
                let at = At { sheet, row: *below, column: *column };
                self.told.fault(
                    at,
                    "this cell stands in a column without a name",
                    format!("write its name into {head}, or `note`"),
                );
            }
        }
        Some((row, heads))
    }

    /// A row for each partner, need, event or intervention.
    fn records(&mut self, sheet: usize, kind: usize, heads: &[Head], rows: &[u32]) {
        let scope = KINDS[kind].scope;
        let columns: Vec<Column> = heads.iter().map(|head| self.column(scope, head)).collect();
        if !columns
            .iter()
            .any(|column| matches!(column, Column::Says(local) if local.key == "name" && local.group.is_none()))
        {
            if let Some(head) = heads.first() {
                let message = format!("the sheet {} has no column `name`", KINDS[kind].sheet);
                self.told.fault(head.at, message, "call the column that holds the names `name`");
            }
            return;
        }
        for row in rows {
            let mut record =
                Record { name: String::new(), at: At { sheet, row: *row, column: 0 }, settings: Vec::new() };
            for (head, column) in heads.iter().zip(&columns) {
                let value_at = At { sheet, row: *row, column: head.at.column };
                let Column::Says(local) = column else { continue };
                let Some(value) = self.value(value_at, expected_of(scope, local)) else { continue };
                if local.key == "name" && local.group.is_none() {
                    record.at = value_at;
                    record.name = self.shown(value_at);
                }
                let setting = Setting { local: local.clone(), value, key_at: head.at, value_at };
                add(&mut record.settings, setting, self.told);
            }
            let is_note = record.settings.is_empty()
                && !self.told.book.grids[sheet].columns(*row).iter().any(|column| {
                    let of = heads.iter().zip(&columns).find(|(head, _)| head.at.column == *column);
                    of.is_some_and(|(_, column)| !matches!(column, Column::ForPeople))
                });
            // A remark below the table is no partner.
            if !is_note {
                self.draft.records[kind].push(record);
            }
        }
    }

    fn column(&mut self, scope: Scope, head: &Head) -> Column {
        if NOTES.contains(&plain(&head.text).as_str()) || head.text.starts_with('#') {
            return Column::ForPeople;
        }
        let path = head.text.split_once('.').map_or(vec![head.text.clone()], |(stem, rest)| match stem {
            "skills" | "goals" => vec![stem.to_owned(), unquoted(rest)],
            _ => vec![head.text.to_lowercase()],
        });
        if let Some(local) = local(scope, &path).or_else(|| local(scope, &[head.text.to_lowercase()])) {
            return Column::Says(local);
        }
        let known = known(scope);
        let offered = known
            .iter()
            .copied()
            .chain(groups(scope).iter().map(|group| if *group == "goals" { "goals.NEED" } else { "skills.NAME" }));
        self.told.fault(head.at, format!("no column is called `{}`", head.text), suggestion(&head.text, offered));
        Column::Unknown
    }

    fn targets(&mut self, sheet: usize, heads: &[Head], rows: &[u32]) {
        let find = |names: &[&str]| {
            heads.iter().find(|head| names.contains(&plain(&head.text).as_str())).map(|head| head.at.column)
        };
        let (outcome, target) = (find(&["outcome"]), find(&["target", "value"]));
        self.strangers(heads, &["outcome", "target", "value"]);
        let (Some(outcome), Some(target)) = (outcome, target) else {
            return self.lacks(sheet, heads, "`outcome` and `target`");
        };
        for row in rows {
            let (key_at, value_at) =
                (At { sheet, row: *row, column: outcome }, At { sheet, row: *row, column: target });
            let name = self.shown(key_at);
            if name.is_empty() {
                continue;
            }
            if !OUTCOMES.iter().any(|known| known.name == name) {
                let help = suggestion(&name, OUTCOMES.iter().map(|outcome| outcome.name));
                self.told.fault(key_at, format!("there is no outcome `{name}`"), help);
                continue;
            }
            if let Some(value) = self.value(value_at, Expected::Number) {
                let local = Local { group: None, key: format!("targets.{name}") };
                add(&mut self.draft.top, Setting { local, value, key_at, value_at }, self.told);
            }
        }
    }

    /// Rows of keys with values; further columns of the levers are set-ups.
    fn keys(&mut self, sheet: usize, role: Role, heads: &[Head], rows: &[u32], is_delimited: bool) {
        let find = |name: &str| heads.iter().find(|head| plain(&head.text) == name).map(|head| head.at.column);
        let (Some(key), Some(value)) = (find("key"), find("value")) else {
            let is_partners = is_delimited && find("name").is_some();
            return match heads.first().filter(|_| is_partners) {
                Some(head) => {
                    let help = "name it in a scenario: partners = \"file.csv\", or a row `partners` in a CSV file of keys and values";
                    self.told.fault(head.at, "this is a table of partners and no whole scenario", help);
                }
                None => self.lacks(sheet, heads, "`key` and `value`"),
            };
        };
        let is_other = |head: &&Head| {
            head.at.column != key
                && head.at.column != value
                && !NOTES.contains(&plain(&head.text).as_str())
                && !head.text.starts_with('#')
        };
        let others: Vec<&Head> = heads.iter().filter(is_other).collect();
        if role != Role::Levers {
            self.strangers(heads, &["key", "value"]);
        } else {
            self.set_ups = others.iter().map(|head| (head.text.clone(), Vec::new())).collect();
        }
        for row in rows {
            let at = |column| At { sheet, row: *row, column };
            let (key_at, value_at, text) = (at(key), at(value), self.shown(at(key)));
            if text.is_empty() {
                let first = self.told.book.grids[sheet]
                    .columns(*row)
                    .into_iter()
                    .find(|column| *column == value || others.iter().any(|head| head.at.column == *column));
                if let Some(column) = first {
                    self.told.fault(
                        at(column),
                        "this value has no key",
                        "write its key into the column `key`, or take it away",
                    );
                }
                continue;
            }
            let path = path(&text, role);
            let Some((scope, local)) = self.known_path(&text, &path, key_at) else { continue };
            let wanted = expected_of(scope, &local);
            if let Some(value) = self.value(value_at, wanted) {
                self.assign(&path, scope, Setting { local: local.clone(), value, key_at, value_at });
            }
            if role == Role::Levers {
                self.changes(&others, &path, &local, wanted, key_at);
            }
        }
        if role == Role::Levers {
            for (name, at) in others.iter().map(|head| (&head.text, head.at)) {
                if self.set_ups.iter().any(|(known, changes)| known == name && changes.is_empty()) {
                    let help = "give it a value in some row, or call the column `note`";
                    self.told.fault(at, format!("the set-up `{name}` changes nothing"), help);
                }
            }
        }
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

    /// The value of a cell as TOML; `None` where it is blank or at fault.
    fn value(&mut self, at: At, wanted: Expected) -> Option<String> {
        let cell = self.told.book.grids[at.sheet].cell(at.row, at.column)?;
        match value(cell, wanted, self.told.book.is_decimal_comma) {
            Ok(value) => Some(value),
            Err((message, help)) => {
                self.told.fault(at, message, help);
                None
            }
        }
    }

    fn shown(&self, at: At) -> String {
        let cell = self.told.book.grids[at.sheet].cell(at.row, at.column);
        cell.map_or(String::new(), Cell::shown).trim().to_owned()
    }

    /// Columns that a sheet has no use for.
    fn strangers(&mut self, heads: &[Head], known: &[&str]) {
        for head in heads {
            let name = plain(&head.text);
            if !known.contains(&name.as_str()) && !NOTES.contains(&name.as_str()) && !head.text.starts_with('#') {
                let help =
                    format!("{}; a column for people is called `note`", suggestion(&name, known.iter().copied()));
                self.told.fault(head.at, format!("no column is called `{}` here", head.text), help);
            }
        }
    }

    fn lacks(&mut self, sheet: usize, heads: &[Head], columns: &str) {
        let at = heads.first().map_or(At { sheet, row: 0, column: 0 }, |head| head.at);
        self.told.fault(
            at,
            format!("the first row does not name the columns {columns}"),
            "write their names above them",
        );
    }
}

/// What may stand behind a key.
fn expected_of(scope: Scope, local: &Local) -> Expected {
    match local.group {
        Some(_) => Expected::Number,
        None => expected(scope, &local.key),
    }
}

/// The groups of free names within a scope.
fn groups(scope: Scope) -> &'static [&'static str] {
    match scope {
        Scope::Partner => &["skills", "goals"],
        Scope::Need => &["skills"],
        _ => &[],
    }
}

/// The keys of a scope, without groups of free names.
fn known(scope: Scope) -> Vec<&'static str> {
    let own: &[&'static str] = match scope {
        Scope::Partnership => fields::TOP,
        Scope::Partner => fields::PARTNER,
        Scope::Need => fields::NEED,
        Scope::Event | Scope::Intervention => fields::DATED,
    };
    let own = own.iter().copied().filter(|key| !groups(scope).contains(key) && *key != "targets");
    own.chain(keys(scope)).collect()
}

/// The key that a path within a scope means.
fn local(scope: Scope, path: &[String]) -> Option<Local> {
    let first = path.first()?.as_str();
    if let Some(group) = groups(scope).iter().find(|group| **group == first) {
        let name = path[1..].join(".");
        return (!name.trim().is_empty()).then_some(Local { group: Some(group), key: name });
    }
    if scope == Scope::Partnership && first == "targets" {
        let known = path.len() == 2 && OUTCOMES.iter().any(|outcome| outcome.name == path[1]);
        return known.then(|| Local { group: None, key: path.join(".") });
    }
    let joined = path.join(".");
    known(scope).contains(&joined.as_str()).then_some(Local { group: None, key: joined })
}

/// The words of a key; a source may be called one, and of every partner it need not be said again in the sheet of that name.
fn path(text: &str, role: Role) -> Vec<String> {
    if role == Role::EveryPartner {
        let local = text.strip_prefix("every_partner.").unwrap_or(text);
        let split = local.split_once('.').filter(|(stem, _)| ["skills", "goals"].contains(stem));
        let within = split.map_or(vec![local.to_owned()], |(stem, name)| vec![stem.to_owned(), unquoted(name)]);
        return std::iter::once("every_partner".to_owned()).chain(within).collect();
    }
    if text == "source" { vec!["sources".to_owned()] } else { words(text) }
}

fn unquoted(name: &str) -> String {
    let name = name.trim();
    name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(name).to_owned()
}

/// A path as after `--set`.
fn dotted(path: &[String]) -> String {
    let quoted = |word: &String| if word.contains(['.', ' ', '=']) { format!("\"{word}\"") } else { word.clone() };
    path.iter().map(quoted).collect::<Vec<_>>().join(".")
}
