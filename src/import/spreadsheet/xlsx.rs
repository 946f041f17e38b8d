//! A workbook's bytes as sheets of cells, within bounds: neither a broken file nor one that swells breaks the program.

use super::grid::{Book, Cell, Grid, address};
use crate::scenario::diagnostic::Diagnostic;
use calamine::{DataRef, Reader, Xlsx, XlsxError};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Bytes that a workbook may take once it is unpacked: hundreds of times what a scenario takes.
const MOST_UNPACKED: u64 = 64 << 20;

/// Files that a workbook may be made of.
const MOST_PARTS: usize = 2_000;

/// Cells that hold something, in all sheets together.
const MOST_CELLS: usize = 200_000;

/// Bytes of text in all cells together.
const MOST_TEXT: usize = 8 << 20;

type Sheets = Xlsx<Cursor<Vec<u8>>>;

/// The sheets of a workbook; of those that `is_read` refuses the name only.
///
/// # Errors
/// One diagnostic that says why it cannot be read.
pub fn read(bytes: Vec<u8>, origin: &str, is_read: &dyn Fn(&str) -> bool) -> Result<Book, Diagnostic> {
    let fault = |(message, help): (String, &str)| Diagnostic {
        message: format!("{origin} {message}"),
        help: help.to_owned(),
        place: None,
    };
    check_size(&bytes).map_err(fault)?;
    // What the library does with a file that was damaged on purpose is its affair and must not be ours.
    let read = catch_unwind(AssertUnwindSafe(|| grids(bytes, is_read)));
    let grids = read.unwrap_or_else(|_| Err(broken("its contents do not fit together"))).map_err(fault)?;
    Ok(Book { origin: origin.to_owned(), grids, is_decimal_comma: false })
}

type Why = (String, &'static str);

fn broken(why: impl std::fmt::Display) -> Why {
    let help = "open it in a spreadsheet program and save it as an Excel workbook (.xlsx)";
    (format!("is not a workbook that can be read: {why}"), help)
}

fn too_large(what: &str) -> Why {
    let help = "give a workbook that holds the scenario and nothing else; `partnersim new --xlsx` writes one";
    (format!("is too large to be a scenario: {what}"), help)
}

/// Unpacks every part of the file without keeping it: what a file says of its own size may be a lie.
fn check_size(bytes: &[u8]) -> Result<(), Why> {
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        let help = "take the password off, or save it as an Excel workbook (.xlsx)";
        return Err(("is a workbook with a password or of an old format".to_owned(), help));
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > MOST_PARTS {
        return Err(too_large(&format!("it is made of {} parts", archive.len())));
    }
    if archive.by_name("content.xml").is_ok() {
        let help = "save it as an Excel workbook (.xlsx)";
        return Err(("is an OpenDocument spreadsheet".to_owned(), help));
    }
    let mut unpacked = 0;
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(broken)?;
        let left = MOST_UNPACKED - unpacked;
        unpacked += std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(broken)?;
        if unpacked > MOST_UNPACKED {
            return Err(too_large(&format!("it takes more than {} MiB once unpacked", MOST_UNPACKED >> 20)));
        }
    }
    Ok(())
}

fn grids(bytes: Vec<u8>, is_read: &dyn Fn(&str) -> bool) -> Result<Vec<Grid>, Why> {
    let mut sheets: Sheets = Xlsx::new(Cursor::new(bytes)).map_err(why)?;
    let mut room = Room { cells: MOST_CELLS, text: MOST_TEXT };
    let mut grids = Vec::new();
    for name in sheets.sheet_names() {
        let mut grid = Grid { name: name.clone(), ..Grid::default() };
        if is_read(&name) {
            grid.cells = cells(&mut sheets, &name, &mut room)?;
            let merged = sheets.merge_cells_by_sheet_name(&name).map_err(why)?;
            let corner = |(row, column): (u32, u32)| address(row, column);
            grid.merged = merged
                .into_iter()
                .take(100)
                .map(|area| (format!("{}:{}", corner(area.start), corner(area.end)), area.start))
                .collect();
        }
        grids.push(grid);
    }
    Ok(grids)
}

fn why(error: XlsxError) -> Why {
    match error {
        XlsxError::Password => {
            ("is protected by a password".to_owned(), "save it without a password and give it again")
        }
        other => broken(other),
    }
}

/// What may still be read.
struct Room {
    cells: usize,
    text: usize,
}

/// The cells of a sheet as they come: the rectangle they span may be a million rows of nothing.
fn cells(sheets: &mut Sheets, name: &str, room: &mut Room) -> Result<BTreeMap<(u32, u32), Cell>, Why> {
    let mut reader = sheets.worksheet_cells_reader(name).map_err(why)?;
    let mut cells = BTreeMap::new();
    while let Some(found) = reader.next_cell_with_formula().map_err(why)? {
        let Some(cell) = cell(&found.value, found.formula.is_some()) else { continue };
        let length = if let Cell::Text(text) = &cell { text.len() } else { 0 };
        if room.cells == 0 || length > room.text {
            return Err(too_large(&format!("its sheets hold more than {MOST_CELLS} cells or {} MiB", MOST_TEXT >> 20)));
        }
        room.cells -= 1;
        room.text -= length;
        cells.insert(found.pos, cell);
    }
    Ok(cells)
}

/// What a cell holds; `None` where it is blank.
fn cell(value: &DataRef<'_>, is_formula: bool) -> Option<Cell> {
    let text = |text: &str| (!text.trim().is_empty()).then(|| Cell::Text(text.to_owned()));
    match value {
        DataRef::Int(value) => Some(Cell::Number(*value as f64)),
        DataRef::Float(value) => Some(Cell::Number(*value)),
        DataRef::String(value) => text(value),
        DataRef::SharedString(value) => text(value),
        DataRef::Bool(value) => Some(Cell::Truth(*value)),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => Some(Cell::Date),
        DataRef::Error(error) => Some(Cell::Error(error.to_string())),
        DataRef::Empty => is_formula.then_some(Cell::Uncomputed),
    }
}
