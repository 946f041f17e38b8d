//! `result.xlsx`: a result as a workbook, made from what is kept of it alone.
//!
//! Every table stands on a sheet of its own from the first cell and is a named table; the sheet `What_matters` computes on these tables.
//! The same result gives the same bytes: the file bears a fixed date.

mod book;
mod charts;
mod live;
mod look;
mod names;
mod notes;
mod numbers;
mod plan;
mod provenance;
mod rows;
mod scenarios;
mod words;

use super::chart::Chart;
use super::kept::{Kept, Open};
use book::Book;
use std::io::{self, Write};
use std::path::Path;

/// Its name in the result folder.
pub const NAME: &str = "result.xlsx";

/// Its title.
pub const TITLE: &str = "The result as a workbook";

/// For whom a workbook is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// For people who work on with the tables: headings that stay in sight, filters, charts.
    Analyst,
    /// After the checklist for spreadsheets of the public sector: one table a sheet from its first cell, no merged and no empty
    /// cells, nothing told by colour alone, no filters, no frozen panes, no pictures.
    Accessible,
}

/// How much of the tables with a row a replication is put into a workbook; what is left out is told in it.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Rows of a sheet below its heading; more go to a further sheet.
    pub rows_a_sheet: u64,
    /// Cells of all these sheets together beyond which no further sheet is begun.
    pub cells: u64,
}

/// The limits of the format, and of what programs still open.
pub const LIMITS: Limits = Limits { rows_a_sheet: 1_048_575, cells: 50_000_000 };

/// Writes the workbook of a result. `open` gives its tables of rows; `aside` is a folder in which the library may keep rows for
/// the while, so that memory does not grow with them.
///
/// # Errors
/// What reading and writing report.
pub fn write(
    kept: &Kept,
    charts: &[Chart],
    open: Open,
    profile: Profile,
    aside: &Path,
    to: &mut (dyn Write + Send),
) -> io::Result<()> {
    write_within(LIMITS, kept, charts, open, profile, aside, to)
}

/// The same within other limits.
///
/// # Errors
/// What reading and writing report.
pub fn write_within(
    limits: Limits,
    kept: &Kept,
    charts: &[Chart],
    open: Open,
    profile: Profile,
    aside: &Path,
    to: &mut (dyn Write + Send),
) -> io::Result<()> {
    let mut book = Book::new(kept, profile, aside)?;
    let [cover, contents, notes] = ["Cover", "Contents", "Notes"].map(|name| book.page(name));
    let matters = live::is_possible(kept).then(|| book.page("What_matters"));
    for part in plan::parts(kept) {
        book.put(&part)?;
    }
    for chart in charts {
        charts::put(&mut book, chart)?;
    }
    let dictionary = book.page("Data_dictionary");
    let written = rows::put(&mut book, kept, open, limits)?;
    provenance::put(&mut book, kept)?;
    if let Some(at) = matters {
        live::fill(&mut book, at, kept, &written)?;
    }
    notes::fill(&mut book, notes, kept, &written)?;
    plan::fill_dictionary(&mut book, dictionary, kept)?;
    words::fill_contents(&mut book, contents)?;
    words::fill_cover(&mut book, cover, kept, &written)?;
    book.finish(to)
}
