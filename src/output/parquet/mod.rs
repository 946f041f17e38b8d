//! Tables as Parquet, which pandas, DuckDB, R and most other tools for data read: columns with types, small, and quick to open.
//!
//! A whole number is `INT64`, any other number `DOUBLE` and empty where it is not defined, words are UTF-8. Beside the columns stand,
//! as pairs of a key and a text, what the result is and what each column means. The library that writes Parquet turns on mathematics of
//! the platform (see ARCHITECTURE.md, "The same bits"), so these are a few hundred lines of our own.

mod chunk;
mod hybrid;
mod thrift;

use super::column::{Column, Kind};
use super::kept::About;
use super::sheet::Sheet;
use chunk::{Cells, Chunk};
use serde_json::{Map, json};
use std::io::{self, Read, Write};
use thrift::Thrift;

/// Rows that are held at a time, and stand together in the file.
pub const GROUP: usize = 65_536;

const MAGIC: &[u8] = b"PAR1";
const UTF8: i32 = 0;
const SNAPPY: i32 = 1;

/// Writes a table that is held.
///
/// # Errors
/// What writing reports.
pub fn of_sheet(sheet: &Sheet, about: &About, to: &mut dyn Write) -> io::Result<()> {
    let mut file = File::begin(&sheet.columns, to)?;
    for rows in sheet.rows.chunks(GROUP) {
        for row in rows {
            file.cells.iter_mut().zip(row).try_for_each(|(cells, value)| cells.push(value))?;
        }
        file.end_group(rows.len())?;
    }
    file.finish(about)
}

/// Writes a table of these columns that stands as comma-separated values with a header, group of rows by group of rows.
///
/// # Errors
/// What reading and writing report, and cells that are not what their column holds.
pub fn of_csv(columns: &[Column], from: impl Read, about: &About, to: &mut dyn Write) -> io::Result<()> {
    let mut file = File::begin(columns, to)?;
    let mut reader = csv::ReaderBuilder::new().buffer_capacity(1 << 18).from_reader(from);
    let (mut record, mut n_rows) = (csv::ByteRecord::new(), 0);
    while reader.read_byte_record(&mut record)? {
        if record.len() != columns.len() {
            let told = "a table has other columns than the data dictionary says";
            return Err(io::Error::new(io::ErrorKind::InvalidData, told));
        }
        file.cells.iter_mut().zip(&record).try_for_each(|(cells, cell)| cells.read(cell))?;
        n_rows += 1;
        if n_rows == GROUP {
            file.end_group(n_rows)?;
            n_rows = 0;
        }
    }
    if n_rows > 0 {
        file.end_group(n_rows)?;
    }
    file.finish(about)
}

/// A file being written.
struct File<'w> {
    to: &'w mut dyn Write,
    columns: &'w [Column],
    /// The rows that are held.
    cells: Vec<Cells>,
    /// Bytes written.
    at: usize,
    groups: Vec<Group>,
}

/// Rows that were written.
struct Group {
    n_rows: usize,
    /// Of each column where it begins, and what is to be said of it.
    chunks: Vec<(usize, Chunk)>,
}

impl<'w> File<'w> {
    fn begin(columns: &'w [Column], to: &'w mut dyn Write) -> io::Result<File<'w>> {
        let cells = columns.iter().map(|column| Cells::new(column.kind)).collect();
        let mut file = File { to, columns, cells, at: 0, groups: Vec::new() };
        file.write(MAGIC)?;
        Ok(file)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at += bytes.len();
        self.to.write_all(bytes)
    }

    /// Writes the rows that are held.
    fn end_group(&mut self, n_rows: usize) -> io::Result<()> {
        let mut chunks = Vec::with_capacity(self.columns.len());
        for k in 0..self.columns.len() {
            let mut chunk = self.cells[k].take()?;
            let at = self.at;
            self.write(&chunk.bytes)?;
            chunk.n_bytes = std::mem::take(&mut chunk.bytes).len();
            chunks.push((at, chunk));
        }
        self.groups.push(Group { n_rows, chunks });
        Ok(())
    }

    /// Writes what the file says of itself.
    fn finish(mut self, about: &About) -> io::Result<()> {
        let foot = Thrift::of(|foot| self.describe(about, foot));
        self.write(&foot)?;
        let length = u32::try_from(foot.len()).map_err(io::Error::other)?;
        self.write(&length.to_le_bytes())?;
        self.write(MAGIC)
    }

    fn describe(&self, about: &About, foot: &mut Thrift) {
        foot.int(1, 1);
        foot.list(2, thrift::Kind::Struct, 0..self.columns.len() + 1, |list, k| {
            list.element(|element| match k.checked_sub(1) {
                None => {
                    element.binary(4, b"table");
                    element.int(5, self.columns.len() as i32);
                }
                Some(at) => describe_column(&self.columns[at], element),
            });
        });
        let n_rows: usize = self.groups.iter().map(|group| group.n_rows).sum();
        foot.long(3, n_rows as i64);
        foot.list(4, thrift::Kind::Struct, self.groups.iter().enumerate(), |list, (k, group)| {
            list.element(|element| group.describe(k, self.columns, element));
        });
        foot.list(5, thrift::Kind::Struct, facts(about, self.columns).iter(), |list, (key, value)| {
            list.element(|pair| {
                pair.binary(1, key.as_bytes());
                pair.binary(2, value.as_bytes());
            });
        });
        let version = &about.version;
        foot.binary(6, format!("partnersim version {version} (build {version})").as_bytes());
        // Smallest and greatest are meant in the usual order of each type.
        foot.list(7, thrift::Kind::Struct, self.columns.iter(), |list, _| {
            list.element(|order| order.inner(1, |_| ()));
        });
    }
}

impl Group {
    fn describe(&self, ordinal: usize, columns: &[Column], element: &mut Thrift) {
        let total = |of: fn(&Chunk) -> usize| self.chunks.iter().map(|(_, chunk)| of(chunk)).sum::<usize>() as i64;
        element.list(1, thrift::Kind::Struct, columns.iter().zip(&self.chunks), |list, (column, (at, chunk))| {
            list.element(|element| {
                element.long(2, 0);
                element.inner(3, |inner| describe_chunk(column, self.n_rows, *at, chunk, inner));
            });
        });
        element.long(2, total(|chunk| chunk.plain_bytes));
        element.long(3, self.n_rows as i64);
        element.long(5, self.chunks.first().map_or(0, |(at, _)| *at as i64));
        element.long(6, total(|chunk| chunk.n_bytes));
        // Readers that care for it hold no more groups than fit.
        if let Ok(ordinal) = i16::try_from(ordinal) {
            element.short(7, ordinal);
        }
    }
}

fn describe_column(column: &Column, element: &mut Thrift) {
    element.int(1, number_of(column.kind));
    element.int(3, i32::from(column.kind == Kind::Number));
    element.binary(4, column.name.as_bytes());
    if column.kind == Kind::Text {
        element.int(6, UTF8);
        element.inner(10, |logical| logical.inner(1, |_| ()));
    }
}

fn describe_chunk(column: &Column, n_rows: usize, at: usize, chunk: &Chunk, inner: &mut Thrift) {
    inner.int(1, number_of(column.kind));
    inner.list(2, thrift::Kind::Int, chunk.encodings.iter(), |list, encoding| list.zigzag(i64::from(*encoding)));
    inner
        .list(3, thrift::Kind::Binary, [&column.name].into_iter(), |list, name| list.length_and_bytes(name.as_bytes()));
    inner.int(4, SNAPPY);
    inner.long(5, n_rows as i64);
    inner.long(6, chunk.plain_bytes as i64);
    inner.long(7, chunk.n_bytes as i64);
    inner.long(9, (at + chunk.data_at) as i64);
    if chunk.data_at > 0 {
        inner.long(11, at as i64);
    }
    inner.inner(12, |statistics| {
        statistics.long(3, chunk.n_empty as i64);
        if let Some([least, most]) = chunk.bounds {
            statistics.binary(5, &most);
            statistics.binary(6, &least);
        }
    });
}

/// The type of a column, as the format numbers it.
fn number_of(kind: Kind) -> i32 {
    match kind {
        Kind::Whole => 2,
        Kind::Number => 5,
        Kind::Text => 6,
    }
}

/// What the result is and what each column means, as pairs of a key and a text.
fn facts(about: &About, columns: &[Column]) -> Vec<(String, String)> {
    let scenarios = about.scenarios.iter().map(|scenario| {
        json!({ "name": scenario.name, "title": scenario.title, "digest": scenario.digest, "sources": scenario.sources })
    });
    let columns = columns.iter().map(|Column { name, meaning, unit, kind }| {
        (name.clone(), json!({ "meaning": meaning, "unit": unit, "type": kind.word() }))
    });
    let facts = [
        ("version", about.version.clone()),
        ("kind", about.kind.clone()),
        ("title", about.title.clone()),
        ("question", about.question.clone()),
        ("seed", about.seed.clone()),
        ("replications", about.replications.to_string()),
        ("command", about.command.clone()),
        ("scenarios", scenarios.collect::<serde_json::Value>().to_string()),
        ("columns", columns.collect::<Map<_, _>>().into_iter().collect::<serde_json::Value>().to_string()),
    ];
    facts.map(|(key, value)| (format!("partnersim.{key}"), value)).to_vec()
}
