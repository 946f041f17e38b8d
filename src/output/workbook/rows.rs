//! The sheets with a row a replication: streamed from their files, split where a sheet is full, and never silently cut.

use super::Limits;
use super::Profile;
use super::book::{Book, NONE, UNDEFINED, WIDEST_HEADING, broken, heading_width, lines};
use super::names::clean;
use super::numbers;
use crate::output::column::{Column, Kind};
use crate::output::figure::grouped;
use crate::output::kept::{Kept, Open, Replications};
use crate::output::sheet::Sheet;
use crate::output::table::unescaped;
use rust_xlsxwriter::{Format, Worksheet};
use std::io;

/// The outcome that What_matters begins with, where a result has it.
pub const CHOSEN: &str = "premium_thousand_pounds";

/// What came of the tables with a row a replication.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// What is left out, in sentences.
    pub left_out: Vec<String>,
    /// The first sheet of the runs, where there is one.
    pub runs: Option<First>,
}

/// The first sheet of the runs.
#[derive(Debug, Clone)]
pub struct First {
    /// Its name, which is that of its table.
    pub name: String,
    /// The outcome that What_matters begins with.
    pub outcome: String,
    /// Its values on this sheet; NaN where one is not defined.
    pub values: Vec<f64>,
    /// Whether all replications are on it.
    pub is_all: bool,
}

/// Puts the tables of rows onto sheets: as many as fit.
pub fn put(book: &mut Book, kept: &Kept, open: Open, limits: Limits) -> io::Result<Written> {
    let (mut written, mut cells) = (Written::default(), 0);
    for table in &kept.rows {
        let shown = shown_rows(table, limits, cells);
        cells += shown * table.columns.len() as u64;
        let mut stream = Stream { book, table, limits, chosen: chosen(kept, table), written: &mut written };
        stream.put(open, shown)?;
        if shown < table.n_rows {
            written.left_out.push(left_out(table, shown));
        }
    }
    Ok(written)
}

/// How many rows of a table are put into the workbook: all, or as many whole sheets as the cells allow; of the first table one
/// at least.
fn shown_rows(table: &Replications, limits: Limits, cells: u64) -> u64 {
    let width = table.columns.len() as u64;
    let room = limits.cells.saturating_sub(cells) / width;
    if table.n_rows <= room {
        return table.n_rows;
    }
    let whole = room / limits.rows_a_sheet * limits.rows_a_sheet;
    let least = if cells == 0 { limits.rows_a_sheet } else { 0 };
    whole.max(least).min(table.n_rows)
}

fn left_out(table: &Replications, shown: u64) -> String {
    let count = |n: u64| grouped(n as f64, 0);
    let (file, rest) = (table.file(), count(table.n_rows - shown));
    match shown {
        0 => format!(
            "The {rest} rows of {file} ({}) are not in this workbook, which would be too large to open with them; they are in the file {file} beside it.",
            table.title
        ),
        _ => format!(
            "Of the {} rows of {file} ({}) the first {} are in this workbook; the other {rest} are left out, because it would be too large to open with them. The file {file} beside it holds all.",
            count(table.n_rows),
            table.title,
            count(shown),
        ),
    }
}

/// The outcome whose values What_matters begins with, where the summary and this table have it.
fn chosen(kept: &Kept, table: &Replications) -> Option<String> {
    let summary = kept.sheet("summary").filter(|summary| summary.column("title").is_some())?;
    let outcomes = outcomes(summary, table);
    let chosen = outcomes.iter().find(|outcome| *outcome == CHOSEN).or_else(|| outcomes.first());
    chosen.filter(|_| table.name == "runs").cloned()
}

/// The outcomes that lead the summary and have a column among these rows.
pub fn outcomes(summary: &Sheet, table: &Replications) -> Vec<String> {
    let names = summary.rows.iter().map(|row| summary.words(row, "outcome").to_string());
    names.take_while(|name| table.columns.iter().any(|column| column.name == *name)).collect()
}

/// One table on its way into the workbook.
struct Stream<'s> {
    book: &'s mut Book,
    table: &'s Replications,
    limits: Limits,
    chosen: Option<String>,
    written: &'s mut Written,
}

impl Stream<'_> {
    fn put(&mut self, open: Open, shown: u64) -> io::Result<()> {
        if shown == 0 {
            return Ok(());
        }
        let mut reader = csv::Reader::from_reader(open(&self.table.file())?);
        let mut record = csv::ByteRecord::new();
        let (mut first, mut number) = (0, 1);
        while first < shown {
            let n_rows = (shown - first).min(self.limits.rows_a_sheet);
            let wanted = match number {
                1 => self.table.name.clone(),
                _ => format!("{}_{number}", self.table.name),
            };
            let at = self.begin(&wanted, first, n_rows)?;
            let mut values = Vec::new();
            let chosen = self.chosen.as_ref().filter(|_| first == 0);
            let chosen = chosen.and_then(|name| self.table.columns.iter().position(|column| column.name == *name));
            let says_nothing = self.book.profile == Profile::Accessible;
            let page = self.book.sheet(at)?;
            for row in 1..=n_rows {
                if !reader.read_byte_record(&mut record)? {
                    return Err(short(self.table));
                }
                put_row(page, row as u32, &record, &self.table.columns, says_nothing)?;
                values.extend(chosen.and_then(|at| record.get(at)).map(number_of));
            }
            if let (Some(outcome), Some(_)) = (&self.chosen, chosen) {
                let (name, outcome) = (self.book.pages[at].name.clone(), outcome.clone());
                self.written.runs = Some(First { name, outcome, values, is_all: n_rows == self.table.n_rows });
            }
            (first, number) = (first + n_rows, number + 1);
        }
        Ok(())
    }

    /// Begins a sheet of rows with its heading.
    fn begin(&mut self, wanted: &str, first: u64, n_rows: u64) -> io::Result<usize> {
        let headings: Vec<String> = headings(&self.table.columns);
        let at = self.book.page_of_rows(wanted)?;
        let look = self.book.look.clone();
        let page = self.book.sheet(at)?;
        for (place, (column, heading)) in self.table.columns.iter().zip(&headings).enumerate() {
            let width = heading_width(heading).max(12);
            let format: Format = match column.kind {
                Kind::Text => look.text(),
                _ => look.number(&numbers::format(column, 1e3)),
            };
            page.set_column_format(place as u16, &format).map_err(broken)?;
            page.set_column_width(place as u16, width as f64).map_err(broken)?;
        }
        let highest = headings.iter().map(|heading| lines(heading, WIDEST_HEADING - 4)).max();
        look.heighten(page, 0, highest.unwrap_or(1))?;
        let file = self.table.file();
        let told = match n_rows == self.table.n_rows {
            true => self.table.title.clone(),
            false => {
                let (from, to) = (grouped((first + 1) as f64, 0), grouped((first + n_rows) as f64, 0));
                format!("{}: rows {from} to {to} of {}", self.table.title, grouped(self.table.n_rows as f64, 0))
            }
        };
        let names = self.table.columns.iter().map(|column| column.name.clone()).zip(headings.clone()).collect();
        self.book.tell(at, &told, &file, names, n_rows);
        self.book.table(at, &headings, n_rows)?;
        Ok(at)
    }
}

/// The headings are the names in the file, so that formulas find an outcome by the name that the summary calls it by.
fn headings(columns: &[Column]) -> Vec<String> {
    let bare: Vec<Column> = columns.iter().map(|column| Column::text(&column.name, "")).collect();
    super::names::Names::headings(&bare)
}

fn put_row(
    page: &mut Worksheet,
    row: u32,
    record: &csv::ByteRecord,
    columns: &[Column],
    says_nothing: bool,
) -> io::Result<()> {
    for (at, (cell, column)) in record.iter().zip(columns).enumerate() {
        let (at, text) = (at as u16, String::from_utf8_lossy(cell));
        let is_text = column.kind == Kind::Text;
        let put = match text.parse::<f64>() {
            Ok(number) if !is_text && number.is_finite() => page.write_number(row, at, number),
            _ if text.is_empty() && !says_nothing => continue,
            _ if text.is_empty() => page.write_string(row, at, if is_text { NONE } else { UNDEFINED }),
            _ => page.write_string(row, at, clean(unescaped(&text))),
        };
        put.map_err(broken)?;
    }
    Ok(())
}

fn number_of(cell: &[u8]) -> f64 {
    let number = str::from_utf8(cell).ok().and_then(|text| text.parse::<f64>().ok());
    number.filter(|number| number.is_finite()).unwrap_or(f64::NAN)
}

fn short(table: &Replications) -> io::Error {
    let what = format!("{} has fewer rows than the {} it is to have", table.file(), table.n_rows);
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(n_rows: u64) -> Replications {
        let columns = (0..10).map(|k| Column::text(&format!("c{k}"), "")).collect();
        Replications { name: "runs".to_string(), title: "Every replication".to_string(), columns, n_rows }
    }

    #[test]
    fn rows_fill_whole_sheets_until_there_are_too_many_cells() {
        let limits = Limits { rows_a_sheet: 100, cells: 3_500 };
        let shown = |n_rows: u64, cells: u64| shown_rows(&table(n_rows), limits, cells);
        assert_eq!([shown(7, 0), shown(100, 0), shown(350, 0), shown(351, 0)], [7, 100, 350, 300]);
        assert_eq!(shown_rows(&table(500), Limits { cells: 10, ..limits }, 0), 100);
        assert_eq!([shown(200, 1_500), shown(201, 1_500), shown(201, 3_500)], [200, 200, 0]);
    }

    #[test]
    fn what_is_left_out_is_told_with_its_number() {
        let told = left_out(&table(1_500_000), 1_048_575);
        assert!(told.contains("1,500,000") && told.contains("the other 451,425 are left out"), "{told}");
        assert!(left_out(&table(12), 0).starts_with("The 12 rows of runs.csv"));
    }
}
