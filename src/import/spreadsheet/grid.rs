//! What a spreadsheet holds before anything is known of what it means: sheets of cells, each cell with its address.

use std::collections::BTreeMap;

/// Where a cell stands: number of its sheet, row and column, all from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// Number of the sheet.
    pub sheet: usize,
    /// Row, from 0.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A number.
    Number(f64),
    /// Text.
    Text(String),
    /// True or false.
    Truth(bool),
    /// A date or a time.
    Date,
    /// A formula that came to nothing: `#N/A`.
    Error(String),
    /// A formula that no spreadsheet program has computed.
    Uncomputed,
}

/// One sheet.
#[derive(Debug, Default)]
pub struct Grid {
    /// Its name; empty for a CSV file.
    pub name: String,
    /// Cells that hold something, by row and column.
    pub cells: BTreeMap<(u32, u32), Cell>,
    /// Addresses of merged cells: `A1:C1`, with the first of them.
    pub merged: Vec<(String, (u32, u32))>,
}

/// All sheets of a file.
#[derive(Debug, Default)]
pub struct Book {
    /// Name of the file, for messages.
    pub origin: String,
    /// Its sheets.
    pub grids: Vec<Grid>,
    /// Whether text such as `0,8` is a number: in a CSV file whose cells no comma parts.
    pub is_decimal_comma: bool,
}

impl Cell {
    /// What is shown of it in a message.
    pub fn shown(&self) -> String {
        match self {
            Cell::Number(value) => crate::scenario::notation::number(*value),
            Cell::Text(text) => text.clone(),
            Cell::Truth(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
            Cell::Date => "a date".to_owned(),
            Cell::Error(error) => error.clone(),
            Cell::Uncomputed => "a formula".to_owned(),
        }
    }
}

impl Grid {
    /// The cell at a row and a column, where it holds anything but blanks.
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        self.cells.get(&(row, column))
    }

    /// The rows that hold anything, in their order.
    pub fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        rows
    }

    /// The columns that hold anything in a row.
    pub fn columns(&self, row: u32) -> Vec<u32> {
        self.cells.range((row, 0)..=(row, u32::MAX)).map(|((_, column), _)| *column).collect()
    }
}

impl Book {
    /// The address of a cell as a spreadsheet program shows it: `Partners!C4`, or `C4` in a CSV file.
    pub fn address(&self, at: At) -> String {
        let address = address(at.row, at.column);
        match self.grids.get(at.sheet).map(|grid| grid.name.as_str()) {
            Some(name) if !name.is_empty() => format!("{name}!{address}"),
            _ => address,
        }
    }
}

/// The address of a cell within its sheet.
///
/// ```
/// use partnersim::import::spreadsheet::grid::address;
/// assert_eq!((address(3, 2).as_str(), address(0, 26).as_str(), address(9, 16383).as_str()), ("C4", "AA1", "XFD10"));
/// ```
pub fn address(row: u32, column: u32) -> String {
    let (mut letters, mut rest) = (Vec::new(), column + 1);
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.reverse();
    format!("{}{}", String::from_iter(letters), row + 1)
}
