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
mod sizes;
mod words;

use super::chart::Chart;
use super::kept::{Kept, Open};
use book::Book;
use std::any::Any;
use std::io::{self, Read, Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
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

/// Where a workbook is kept while it is made, so that memory does not grow with its rows.
#[derive(Debug)]
pub struct Aside<'a, F> {
    /// A folder in which rows are kept for the while.
    pub folder: &'a Path,
    /// An empty file that goes away.
    pub file: F,
}

/// Writes the workbook of a result. `open` gives its tables of rows.
///
/// # Errors
/// What reading and writing report.
pub fn write(
    kept: &Kept,
    charts: &[Chart],
    open: Open,
    profile: Profile,
    aside: Aside<impl Read + Write + Seek + Send>,
    to: &mut (dyn Write + Send),
) -> io::Result<()> {
    // The library has no other way to say that rows could not be kept aside than to panic.
    let work = AssertUnwindSafe(|| write_within(LIMITS, kept, charts, open, profile, aside, to));
    catch_unwind(work).unwrap_or_else(|panic| match of_files(panic.as_ref()) {
        Some(error) => Err(error),
        None => resume_unwind(panic),
    })
}

/// What a panic over a file that could not be written says of it; `None` of any other panic.
fn of_files(panic: &(dyn Any + Send)) -> Option<io::Error> {
    let said = panic.downcast_ref::<String>()?.strip_prefix("Couldn't write to xml file: ")?;
    let code =
        said.strip_prefix("Os { code: ").and_then(|rest| rest.split_once(',')).and_then(|(code, _)| code.parse().ok());
    Some(code.map_or_else(|| io::Error::other(said.to_string()), io::Error::from_raw_os_error))
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
    aside: Aside<impl Read + Write + Seek + Send>,
    to: &mut (dyn Write + Send),
) -> io::Result<()> {
    let mut book = Book::new(kept, profile, aside.folder)?;
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
    book.finish(aside.file, to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fake;
    use crate::output::runs::{Rows, write_header};
    use crate::output::tests::with_report;
    use calamine::{Data, Reader, Xlsx};
    use std::io::Cursor;

    /// The workbook of 300 fake replications within these limits.
    fn workbook(limits: Limits, profile: Profile) -> Xlsx<Cursor<Vec<u8>>> {
        let mut bytes = Vec::new();
        with_report(300, |report| {
            let mut kept = report.kept("partnersim run two.toml");
            kept.rows.retain(|rows| rows.name == "runs");
            let mut csv = Vec::new();
            write_header(&mut csv).unwrap();
            csv.extend(Rows::new(&fake::scenario()).of(&fake::block(0, 300)));
            let open = |_: &str| Ok(Box::new(Cursor::new(csv.clone())) as Box<dyn Read>);
            let aside = tempfile::tempdir().unwrap();
            let aside = Aside { folder: aside.path(), file: Cursor::new(Vec::new()) };
            write_within(limits, &kept, &[], &open, profile, aside, &mut bytes).unwrap();
        });
        Xlsx::new(Cursor::new(bytes)).unwrap()
    }

    fn rows_of(workbook: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Vec<Vec<Data>> {
        workbook.worksheet_range(sheet).unwrap().rows().map(<[Data]>::to_vec).collect()
    }

    #[test]
    fn a_full_disk_is_told_and_a_fault_is_not_taken_for_one() {
        let panicked = |said: &str| of_files(&said.to_string() as &(dyn Any + Send));
        let full = panicked("Couldn't write to xml file: Os { code: 28, kind: StorageFull, message: \"No space\" }");
        assert_eq!(full.unwrap().raw_os_error(), Some(28));
        assert!(panicked("Couldn't write to xml file: Custom { kind: Other }").is_some());
        assert!(panicked("index out of bounds").is_none());
    }

    #[test]
    fn rows_that_fill_a_sheet_go_on_in_the_next() {
        let mut workbook = workbook(Limits { rows_a_sheet: 128, cells: 1 << 30 }, Profile::Analyst);
        let mut replications = Vec::new();
        for (name, n_rows) in [("Runs", 128), ("Runs_2", 128), ("Runs_3", 44)] {
            let rows = rows_of(&mut workbook, name);
            assert_eq!(rows.len(), n_rows + 1, "{name}");
            replications.extend(rows[1..].iter().map(|row| row[1].to_string()));
        }
        assert_eq!(replications, (0..300).map(|k| k.to_string()).collect::<Vec<_>>());
        let contents = rows_of(&mut workbook, "Contents");
        assert!(contents.iter().any(|row| row[1].to_string().ends_with("rows 129 to 256 of 300")), "{contents:?}");
        let live = rows_of(&mut workbook, "What_matters");
        let n = live.iter().find(|row| row[0] == Data::String("Replications".to_string())).unwrap();
        assert!(n[1] == Data::Float(128.0) && n[2].to_string().contains("first ones"), "{n:?}");
    }

    #[test]
    fn rows_that_are_left_out_are_told_of_on_the_cover_and_in_the_notes() {
        for profile in [Profile::Analyst, Profile::Accessible] {
            let mut workbook = workbook(Limits { rows_a_sheet: 100, cells: 9_000 }, profile);
            assert_eq!(rows_of(&mut workbook, "Runs_2").len(), 101);
            assert!(!workbook.sheet_names().contains(&"Runs_3".to_string()));
            for sheet in ["Cover", "Notes"] {
                let told = rows_of(&mut workbook, sheet).concat().iter().any(|cell| {
                    let text = cell.to_string();
                    text.contains("the first 200 are in this workbook; the other 100 are left out")
                        && text.contains("runs.csv")
                });
                assert!(told, "{sheet}");
            }
        }
    }

    #[test]
    fn a_table_shorter_than_it_says_is_not_filled_up() {
        with_report(10, |report| {
            let kept = report.kept("partnersim run two.toml");
            let open = |_: &str| Ok(Box::new(Cursor::new(b"scenario\n".to_vec())) as Box<dyn Read>);
            let aside = tempfile::tempdir().unwrap();
            let aside = Aside { folder: aside.path(), file: Cursor::new(Vec::new()) };
            let error = write(&kept, &[], &open, Profile::Analyst, aside, &mut Vec::new()).unwrap_err();
            assert!(error.to_string().contains("runs.csv has fewer rows than the 10"), "{error}");
        });
    }
}
