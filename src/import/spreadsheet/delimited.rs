//! A CSV file's bytes as one sheet of cells: comma, semicolon or tab between them, as a spreadsheet program of any country
//! writes them.

use super::grid::{Book, Cell, Grid};
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::source::decode;

/// The one sheet of a CSV file.
///
/// # Errors
/// One diagnostic: it is no text.
pub fn read(bytes: &[u8], origin: &str) -> Result<Book, Diagnostic> {
    let text = decode(bytes, origin)?;
    let (text, separator) = match separator_told(&text) {
        // The line says what parts the cells of the others, and a spreadsheet program shows it as none of its rows.
        Some((separator, rest)) => (rest, separator),
        None => (text.as_str(), separator(&text)),
    };
    let mut grid = Grid::default();
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut rows = Rows { text, at: 0, row: 0 };
    for record in reader.records() {
        let record = record.map_err(|error| Diagnostic {
            message: format!("{origin} cannot be read: {error}"),
            help: "save it again as CSV UTF-8".to_owned(),
            place: None,
        })?;
        let row = rows.of(record.position().map_or(0, |position| position.byte() as usize));
        for (column, cell) in record.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()) {
            grid.cells.insert((row, column as u32), Cell::Text(cell.trim().to_owned()));
        }
    }
    Ok(Book { origin: origin.to_owned(), grids: vec![grid], is_decimal_comma: separator != b',' })
}

/// Counts rows as a spreadsheet program does: empty ones too, and one that holds line breaks in quotes once.
struct Rows<'t> {
    text: &'t str,
    at: usize,
    row: u32,
}

impl Rows<'_> {
    /// The row that begins at a byte, or behind the line breaks there.
    fn of(&mut self, byte: usize) -> u32 {
        let bytes = self.text.as_bytes();
        let start = byte + bytes[byte..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let mut is_quoted = false;
        for byte in &bytes[self.at..start] {
            is_quoted ^= *byte == b'"';
            self.row += u32::from(*byte == b'\n' && !is_quoted);
        }
        self.at = start;
        self.row
    }
}

/// The separator that a first line such as `sep=;` names, and the text below it.
fn separator_told(text: &str) -> Option<(u8, &str)> {
    let (line, rest) = text.split_once('\n')?;
    match line.trim_end_matches('\r').strip_prefix("sep=")?.as_bytes() {
        [separator @ (b',' | b';' | b'\t')] => Some((*separator, rest)),
        _ => None,
    }
}

/// The separator met most often outside quotes in the first line that holds anything; a comma where there is none.
fn separator(text: &str) -> u8 {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let outside: String = line.split('"').step_by(2).collect();
    let count = |separator: u8| outside.bytes().filter(|byte| *byte == separator).count();
    let mut most = b',';
    for other in [b';', b'\t'] {
        most = if count(other) > count(most) { other } else { most };
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<((u32, u32), String)> {
        let book = read(text.as_bytes(), "a.csv").unwrap();
        book.grids[0].cells.iter().map(|(at, cell)| (*at, cell.shown())).collect()
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_program_shows_them() {
        let found = cells("key,value\r\n\r\n\"a\nb\",1\r\nc,2\r\n");
        let rows: Vec<u32> = found.iter().map(|((row, _), _)| *row).collect();
        assert_eq!(rows, [0, 0, 2, 2, 3, 3]);
    }

    #[test]
    fn semicolons_tabs_a_byte_order_mark_and_a_line_that_names_the_separator_are_understood() {
        for text in ["\u{feff}key;value\na;0,5\n", "key\tvalue\na\t0,5\n", "sep=;\r\nkey;value\r\na;0,5\r\n"] {
            let book = read(text.as_bytes(), "a.csv").unwrap();
            assert!(book.is_decimal_comma, "{text}");
            assert_eq!(book.grids[0].cell(1, 1), Some(&Cell::Text("0,5".to_owned())));
        }
        assert!(!read(b"key,value\na,1\n", "a.csv").unwrap().is_decimal_comma);
    }
}
