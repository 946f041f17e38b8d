//! Two results table by table: the same bytes, the same but for the order of columns, or what differs in them.

use super::Side;
use crate::output::figure::{counted, decimals_for, decimals_to_show, grouped};
use crate::output::kept::Replications;
use crate::output::sheet::Sheet;
use crate::output::table::unescaped;
use std::collections::BTreeMap;
use std::io;

/// The columns of whole numbers that say what a row is about.
const KEYS: [&str; 9] = ["month", "replication", "point", "world", "box", "step", "node", "candidate", "generation"];
/// Columns that need not be told of a row, as others say the same.
const ASIDE: [&str; 3] = ["scenario", "title", "unit"];
/// Cells that are told of a table, at most.
const TOLD: usize = 3;
/// Names of columns that are told, at most.
const MOST_NAMES: usize = 5;
/// The columns of a run's tables that say what its scenario is called, and where its values were set.
const CALLED: [&str; 2] = ["scenario", "set_by"];

/// What the tables say.
pub struct Compared {
    /// Tables that are the same, but for the order of columns perhaps.
    pub same: usize,
    /// What differs, a sentence a table.
    pub differing: Vec<String>,
    /// Tables that are the same but for what the scenario is called, and where its values were set.
    pub renamed: Vec<String>,
    /// What is worth a word and no difference.
    pub aside: Vec<String>,
}

/// Compares all tables; other files are made from them and are not looked at.
pub fn compared(sides: [Side; 2]) -> io::Result<Compared> {
    let mut found = Compared { same: 0, differing: Vec::new(), renamed: Vec::new(), aside: Vec::new() };
    let mut same = Vec::new();
    for file in files(sides) {
        let hashes =
            sides.map(|side| side.files.iter().find(|entry| entry.file == file).map(|entry| entry.sha256.as_str()));
        let is_changed = sides.iter().any(|side| side.changed.contains(&file));
        match hashes {
            [Some(one), Some(other)] if one == other && !is_changed => same.push(file),
            [Some(_), Some(_)] => match contents(sides, &file, &[])? {
                Told::Same => same.push(file),
                Told::Order => found.aside.push(format!("{file} is the same but for the order of columns.")),
                Told::Differs(_) if is_renamed(sides, &file)? => found.renamed.push(file),
                Told::Differs(what) => found.differing.push(format!("{file}: {what}")),
            },
            [one, _] => {
                let has = if one.is_some() { 0 } else { 1 };
                found.differing.push(format!("{file} is only in {}.", sides[has].name));
            }
        }
    }
    found.same = same.len() + found.renamed.len() + found.aside.len();
    let list = same.join(", ");
    if !same.is_empty() && !found.differing.is_empty() {
        found.aside.insert(0, format!("The same: {list}."));
    }
    if !found.renamed.is_empty() && !found.differing.is_empty() {
        let list = found.renamed.join(", ");
        found.aside.push(format!("The same but for the scenario's name, or where its values were set: {list}."));
    }
    Ok(found)
}

/// Whether a table of two runs is the same but for what the scenario is called, and where its values were set.
fn is_renamed(sides: [Side; 2], file: &str) -> io::Result<bool> {
    let [one, other] = sides.map(|side| &side.kept.about);
    if one.kind != "run" || other.kind != "run" {
        return Ok(false);
    }
    Ok(matches!(contents(sides, file, &CALLED)?, Told::Same | Told::Order))
}

/// What cannot be read of which result.
fn unreadable(side: &Side, file: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{file} of {}: {error}", side.name))
}

/// The tables of both, in their order; the dictionary follows from the others.
fn files(sides: [Side; 2]) -> Vec<String> {
    let mut files: Vec<String> = Vec::new();
    for side in sides {
        let sheets = side.kept.sheets.iter().map(Sheet::file);
        for file in sheets.chain(side.kept.rows.iter().map(Replications::file)) {
            if !files.contains(&file) {
                files.push(file);
            }
        }
    }
    files
}

enum Told {
    Same,
    Order,
    Differs(String),
}

fn contents(sides: [Side; 2], file: &str, without: &[&str]) -> io::Result<Told> {
    let sheets = sides.map(|side| side.kept.sheets.iter().find(|sheet| sheet.file() == file));
    let mut bytes = [Vec::new(), Vec::new()];
    if let [Some(one), Some(other)] = sheets {
        one.write_csv(&mut bytes[0])?;
        other.write_csv(&mut bytes[1])?;
        return of_keys([&bytes[0], &bytes[1]], without);
    }
    let open = |side: Side| (side.open)(file).map_err(|error| unreadable(&side, file, &error));
    in_order([open(sides[0])?, open(sides[1])?], without)
}

/// A cell that differs: where it is, and both values.
struct Cell {
    place: String,
    values: [String; 2],
}

/// What was seen of the cells of a table.
#[derive(Default)]
struct Seen {
    /// Rows that differ.
    rows: u64,
    /// Rows of both.
    rows_of_both: u64,
    /// Rows that only one has.
    alone: [u64; 2],
    /// For each column the cells that differ and the one in which the numbers are furthest apart.
    columns: BTreeMap<usize, (u64, f64, Cell)>,
}

impl Seen {
    /// Takes up a pair of rows in the columns that both have.
    fn pair(&mut self, key: &dyn Fn() -> String, header: &[&str], rows: [&[&str]; 2]) {
        self.rows_of_both += 1;
        let mut differs = false;
        for (at, (one, other)) in rows[0].iter().zip(rows[1]).enumerate() {
            if one == other {
                continue;
            }
            differs = true;
            let apart = apart(one, other);
            let seen = self
                .columns
                .entry(at)
                .or_insert_with(|| (0, -1.0, Cell { place: String::new(), values: [String::new(), String::new()] }));
            seen.0 += 1;
            if apart > seen.1 {
                let place = format!("{} of {}", header[at], key());
                (seen.1, seen.2) = (apart, Cell { place, values: [(*one).to_string(), (*other).to_string()] });
            }
        }
        self.rows += u64::from(differs);
    }

    /// In words; `only` names the columns that one of them lacks.
    fn told(self, only: [Vec<&str>; 2]) -> Told {
        let mut told = Vec::new();
        for (columns, which) in only.iter().zip(["first", "second"]) {
            if !columns.is_empty() {
                told.push(format!("only the {which} has the columns {}", listed(columns)));
            }
        }
        for (n, which) in self.alone.iter().zip(["first", "second"]) {
            if *n > 0 {
                told.push(format!("{} only in the {which}", counted(*n, "row")));
            }
        }
        if self.rows > 0 {
            told.push(format!("{} of {} differ", grouped(self.rows as f64, 0), counted(self.rows_of_both, "row")));
            let mut cells: Vec<(u64, f64, Cell)> = self.columns.into_values().collect();
            let n = cells.len();
            // Stable: of equals the column that stands first.
            cells.sort_by(|a, b| b.1.total_cmp(&a.1));
            let furthest: Vec<String> = cells.iter().take(TOLD).map(|(_, _, cell)| in_words(cell)).collect();
            told.push(format!("in {}, furthest apart: {}", counted(n as u64, "column"), furthest.join("; ")));
        }
        if told.is_empty() { Told::Same } else { Told::Differs(format!("{}.", told.join(", "))) }
    }
}

/// The first of these names, and how many more there are.
fn listed(names: &[&str]) -> String {
    match names.len().saturating_sub(MOST_NAMES) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names[..MOST_NAMES].join(", ")),
    }
}

/// How far two cells are apart: as a share of the larger number, words by one.
fn apart(one: &str, other: &str) -> f64 {
    match [one, other].map(str::parse::<f64>) {
        [Ok(one), Ok(other)] => (one - other).abs() / f64::max(one.abs(), other.abs()),
        _ => 0.0,
    }
}

fn in_words(Cell { place, values }: &Cell) -> String {
    let numbers = values.each_ref().map(|value| value.parse::<f64>().unwrap_or(f64::NAN));
    let short = numbers.map(|number| match number.fract() == 0.0 {
        true => grouped(number, 0),
        // What is next to nothing, such as a rounding, has no decimals to show.
        false if number.abs() < 1e-4 => format!("{number:.1e}"),
        false => grouped(number, decimals_for(number).max(decimals_to_show(number.abs() / 100.0, 0))),
    });
    // Digits enough to tell them apart.
    let [one, other] = match numbers.iter().any(|number| number.is_nan()) || short[0] == short[1] {
        true => values
            .each_ref()
            .map(|value| if value.is_empty() { "nothing".to_string() } else { unescaped(value).to_string() }),
        false => short,
    };
    format!("{place}, {one} against {other}")
}

/// The columns that both have, as positions in each, and the names that only one has.
struct Columns<'h> {
    names: Vec<&'h str>,
    places: [Vec<usize>; 2],
    only: [Vec<&'h str>; 2],
    is_in_order: bool,
}

/// Those, but for the columns `left_out`.
fn columns<'h>([one, other]: [&'h csv::StringRecord; 2], left_out: &[&str]) -> Columns<'h> {
    let is_of_both = |name: &&str| other.iter().any(|also| also == *name) && !left_out.contains(name);
    let names: Vec<&str> = one.iter().filter(is_of_both).collect();
    let place = |header: &csv::StringRecord, name: &str| header.iter().position(|also| also == name).unwrap_or(0);
    let places = [one, other].map(|header| names.iter().map(|name| place(header, name)).collect());
    let without = |header: &'h csv::StringRecord| {
        header.iter().filter(|name| !names.contains(name) && !left_out.contains(name)).collect()
    };
    let only = [without(one), without(other)];
    Columns { places, only, is_in_order: one.iter().eq(other.iter()), names }
}

fn cells<'r>(record: &'r csv::StringRecord, places: &[usize]) -> Vec<&'r str> {
    places.iter().map(|&place| record.get(place).unwrap_or("")).collect()
}

/// Small tables: rows are about the same where their words and what they are about are equal; in order where that is not clear.
fn of_keys(bytes: [&[u8]; 2], left_out: &[&str]) -> io::Result<Told> {
    let [mut one, mut other] = bytes.map(csv::Reader::from_reader);
    let headers = [one.headers()?.clone(), other.headers()?.clone()];
    let columns = columns([&headers[0], &headers[1]], left_out);
    let rows = [one.records().collect::<Result<Vec<_>, _>>()?, other.records().collect::<Result<Vec<_>, _>>()?];
    let keys = key_places(&columns.names, &rows, &columns.places);
    let index = |side: usize| -> BTreeMap<Vec<&str>, &csv::StringRecord> {
        let places: Vec<usize> = keys.iter().map(|&at| columns.places[side][at]).collect();
        rows[side].iter().map(|row| (cells(row, &places), row)).collect()
    };
    let (first, second) = (index(0), index(1));
    if keys.is_empty() || first.len() != rows[0].len() || second.len() != rows[1].len() {
        return in_order(bytes, left_out);
    }
    let mut seen = Seen::default();
    for (key, row) in &first {
        match second.get(key) {
            None => seen.alone[0] += 1,
            Some(also) => {
                let told =
                    keys.iter().zip(key).filter(|(at, cell)| !ASIDE.contains(&columns.names[**at]) && !cell.is_empty());
                let name = || told.clone().map(|(_, cell)| *cell).collect::<Vec<_>>().join(", ");
                seen.pair(&name, &columns.names, [&cells(row, &columns.places[0]), &cells(also, &columns.places[1])]);
            }
        }
    }
    seen.alone[1] = second.keys().filter(|key| !first.contains_key(*key)).count() as u64;
    Ok(ordered(seen, columns))
}

/// The columns, of those that both have, that say what a row is about: as many of the leading ones that hold words, or whole numbers
/// known to be such, as it takes to tell all rows apart.
fn key_places(names: &[&str], rows: &[Vec<csv::StringRecord>; 2], places: &[Vec<usize>; 2]) -> Vec<usize> {
    let is_words = |at: usize| {
        KEYS.contains(&names[at])
            || rows.iter().zip(places).all(|(rows, places)| {
                rows.iter()
                    .all(|row| row.get(places[at]).is_some_and(|cell| cell.is_empty() || cell.parse::<f64>().is_err()))
            })
    };
    let mut keys = Vec::new();
    for at in (0..names.len()).filter(|&at| is_words(at)) {
        keys.push(at);
        let is_enough = rows.iter().zip(places).all(|(rows, places)| {
            let of = |row: &csv::StringRecord| {
                keys.iter().map(|&at| row.get(places[at]).unwrap_or("").to_string()).collect::<Vec<_>>()
            };
            rows.iter().map(of).collect::<std::collections::BTreeSet<_>>().len() == rows.len()
        });
        if is_enough {
            return keys;
        }
    }
    Vec::new()
}

/// Tables of any length, row by row.
fn in_order<R: io::Read>([one, other]: [R; 2], left_out: &[&str]) -> io::Result<Told> {
    let [mut one, mut other] = [one, other].map(csv::Reader::from_reader);
    let headers = [one.headers()?.clone(), other.headers()?.clone()];
    let columns = columns([&headers[0], &headers[1]], left_out);
    let replication = columns.names.iter().position(|name| *name == "replication");
    let mut records = [csv::StringRecord::new(), csv::StringRecord::new()];
    let mut seen = Seen::default();
    let mut line = 0u64;
    loop {
        let [first, second] = &mut records;
        match (one.read_record(first)?, other.read_record(second)?) {
            (false, false) => return Ok(ordered(seen, columns)),
            (true, false) => seen.alone[0] += 1,
            (false, true) => seen.alone[1] += 1,
            (true, true) => {
                line += 1;
                let rows = [cells(first, &columns.places[0]), cells(second, &columns.places[1])];
                let name = || match replication {
                    Some(at) => format!("replication {}", rows[0][at]),
                    None => format!("row {line}"),
                };
                seen.pair(&name, &columns.names, [&rows[0], &rows[1]]);
            }
        }
    }
}

fn ordered(seen: Seen, columns: Columns) -> Told {
    match seen.told(columns.only) {
        Told::Same if !columns.is_in_order => Told::Order,
        told => told,
    }
}
