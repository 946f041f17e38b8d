//! What the sheets of a workbook mean, and the one sheet of a CSV file: rows of keys with values, or a row for each partner.

use super::draft::{Draft, KINDS, Local, Record, Setting, add};
use super::grid::{At, Cell, Grid};
use super::local::{expected_of, groups, known, local, unquoted};
use super::told::Told;
use super::value::{Expected, value};
use crate::model::outcomes::OUTCOMES;
use crate::model::parameter::Scope;
use crate::scenario::Override;
use crate::scenario::nearest::{nearest, suggestion};

/// Heads of columns that are for people and are not read.
const NOTES: &[&str] =
    &["note", "notes", "comment", "comments", "unit", "meaning", "allowed", "default", "source", "grade"];

/// Sheets that are for people and are not read.
const UNREAD: &[&str] = &["how_to", "parameters", "outcomes", "notes", "readme"];

/// What a sheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
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
pub(super) struct Head {
    pub(super) text: String,
    pub(super) at: At,
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

/// A name without what people write differently.
pub(super) fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

/// Whether the column is for people and not read.
pub(super) fn is_for_people(head: &str) -> bool {
    NOTES.contains(&plain(head).as_str()) || head.starts_with('#')
}

fn role(name: &str) -> Option<Role> {
    SHEETS.iter().position(|sheet| plain(sheet) == plain(name)).map(|position| ROLES[position])
}

/// The sheets as they are gone through, and what they said so far.
pub(super) struct Reading<'t, 'b> {
    pub(super) draft: Draft,
    pub(super) set_ups: Vec<(String, Vec<Change>)>,
    pub(super) told: &'t mut Told<'b>,
    pub(super) has_sheet: [bool; 4],
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
        self.nameless(sheet, grid, row);
        Some((row, heads))
    }

    /// Tells the first cell of each column that holds something and has no name.
    fn nameless(&mut self, sheet: usize, grid: &Grid, row: u32) {
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
            if let Some(record) = self.record(At { sheet, row: *row, column: 0 }, scope, heads, &columns) {
                self.draft.records[kind].push(record);
            }
        }
    }

    /// One row; `None` where it holds nothing but what is for people, such as a remark below the table.
    fn record(&mut self, at: At, scope: Scope, heads: &[Head], columns: &[Column]) -> Option<Record> {
        let mut record = Record { name: String::new(), at, settings: Vec::new() };
        let mut is_remark = true;
        for (head, column) in heads.iter().zip(columns) {
            let value_at = At { column: head.at.column, ..at };
            let holds = self.told.book.grids[at.sheet].cell(at.row, head.at.column).is_some();
            is_remark &= !holds || matches!(column, Column::ForPeople);
            let Column::Says(local) = column else { continue };
            let Some(value) = self.value(value_at, expected_of(scope, local)) else { continue };
            if local.key == "name" && local.group.is_none() {
                record.at = value_at;
                record.name = self.shown(value_at);
            }
            add(&mut record.settings, Setting { local: local.clone(), value, key_at: head.at, value_at }, self.told);
        }
        (!is_remark).then_some(record)
    }

    /// What a column is for, by its name.
    fn column(&mut self, scope: Scope, head: &Head) -> Column {
        if is_for_people(&head.text) {
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

    /// The value of a cell as TOML; `None` where it is blank or at fault.
    pub(super) fn value(&mut self, at: At, wanted: Expected) -> Option<String> {
        let cell = self.told.book.grids[at.sheet].cell(at.row, at.column)?;
        match value(cell, wanted, self.told.book.is_decimal_comma) {
            Ok(value) => Some(value),
            Err((message, help)) => {
                self.told.fault(at, message, help);
                None
            }
        }
    }

    pub(super) fn shown(&self, at: At) -> String {
        let cell = self.told.book.grids[at.sheet].cell(at.row, at.column);
        cell.map_or(String::new(), Cell::shown).trim().to_owned()
    }

    /// Columns that a sheet has no use for.
    pub(super) fn strangers(&mut self, heads: &[Head], known: &[&str]) {
        for head in heads {
            let name = plain(&head.text);
            if !known.contains(&name.as_str()) && !is_for_people(&head.text) {
                let help =
                    format!("{}; a column for people is called `note`", suggestion(&name, known.iter().copied()));
                self.told.fault(head.at, format!("no column is called `{}` here", head.text), help);
            }
        }
    }

    pub(super) fn lacks(&mut self, sheet: usize, heads: &[Head], columns: &str) {
        let at = heads.first().map_or(At { sheet, row: 0, column: 0 }, |head| head.at);
        self.told.fault(
            at,
            format!("the first row does not name the columns {columns}"),
            "write their names above them",
        );
    }
}
