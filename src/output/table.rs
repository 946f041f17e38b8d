//! A table as comma-separated values: UTF-8, dot decimals, `\n` line ends, one rectangle.

use super::column::Column;
use super::number;
use std::borrow::Cow;
use std::io::{self, Write};

/// A table being written.
pub struct Table<W: Write> {
    writer: csv::Writer<W>,
    width: usize,
}

/// One cell.
#[derive(Debug, Clone, Copy)]
pub enum Cell<'a> {
    /// Words, made safe for spreadsheets.
    Text(&'a str),
    /// Any number.
    Number(f64),
    /// A whole number.
    Whole(u64),
}

impl<W: Write> Table<W> {
    /// Begins a table with its header.
    ///
    /// # Errors
    /// What writing reports.
    pub fn new(write: W, columns: &[Column]) -> io::Result<Table<W>> {
        let mut writer = csv::WriterBuilder::new().from_writer(write);
        writer.write_record(columns.iter().map(|column| &column.name)).map_err(cause)?;
        Ok(Table { writer, width: columns.len() })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// What writing reports.
    ///
    /// # Panics
    /// When the row has more or fewer cells than the header.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        assert_eq!(cells.len(), self.width, "a table is a rectangle");
        let mut number = Vec::new();
        for cell in cells {
            number.clear();
            match *cell {
                Cell::Text(text) => self.writer.write_field(safe(text).as_bytes()),
                Cell::Whole(whole) => self.writer.write_field(whole.to_string()),
                Cell::Number(value) => {
                    number::push(&mut number, value);
                    self.writer.write_field(&number)
                }
            }
            .map_err(cause)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(cause)
    }

    /// Ends the table.
    ///
    /// # Errors
    /// What writing reports.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// A text cell as it stands in a file, quoted where it must be.
pub fn text_cell(text: &str) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let written = writer.write_record([safe(text).as_bytes(), b""]).map_err(cause);
    let mut cell = written.and_then(|()| writer.into_inner().map_err(|error| error.into_error()));
    if let Ok(cell) = &mut cell {
        // The empty second cell keeps an empty first one from being written as `""`; it goes with its comma and line end.
        cell.truncate(cell.len() - 2);
    }
    cell.unwrap_or_default()
}

/// What went wrong beneath the writer of cells, with its kind: the advice on a full disk depends on it.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Text that a spreadsheet would take for a formula, with an apostrophe before it. A plain number is no formula. Text that looks as if
/// this had been done to it gets another, so that every cell reads back as what it was.
fn safe(text: &str) -> Cow<'_, str> {
    if is_formula(text.trim_start_matches('\'')) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

fn is_formula(text: &str) -> bool {
    let is_number =
        text.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte)) && text.parse::<f64>().is_ok();
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && !is_number
}

/// Text of a cell as it was before it was made safe for spreadsheets.
pub fn unescaped(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| is_formula(text.trim_start_matches('\''))).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[Cell]) -> String {
        let mut out = Vec::new();
        let columns: Vec<Column> = (0..cells.len()).map(|k| Column::text(&format!("c{k}"), "")).collect();
        let mut table = Table::new(&mut out, &columns).unwrap();
        table.row(cells).unwrap();
        table.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn cells_are_quoted_where_they_must_be_and_nowhere_else() {
        let cells =
            [Cell::Text("a, \"b\""), Cell::Text("Süd"), Cell::Number(0.5), Cell::Whole(7), Cell::Number(f64::NAN)];
        assert_eq!(written(&cells), "c0,c1,c2,c3,c4\n\"a, \"\"b\"\"\",Süd,0.5,7,\n");
    }

    #[test]
    fn text_that_begins_with_a_formula_sign_is_made_safe() {
        for text in ["=1+1", "+cmd", "-x", "@sum", "\tx", "\rx", "-1+2", "-inf", "'=1", "''=1"] {
            assert_eq!(safe(text), format!("'{text}"));
            assert_eq!(unescaped(&safe(text)), text);
        }
        for text in ["council", "-5", "+2.5e3", "a=b", "", "'quoted", "'5", "'-5", "'"] {
            assert_eq!(safe(text), text);
            assert_eq!(unescaped(text), text);
        }
    }

    #[test]
    fn a_text_cell_alone_is_what_it_is_in_a_row() {
        for text in ["plain", "", "a,b", "=1", "two\nlines"] {
            let row = written(&[Cell::Text(text), Cell::Whole(1)]);
            let cell = String::from_utf8(text_cell(text)).unwrap();
            assert_eq!(row, format!("c0,c1\n{cell},1\n"));
        }
    }

    #[test]
    fn a_full_disk_is_still_known_as_one() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut table = Table::new(Full, &[Column::scenario()]).unwrap();
        let long = "x".repeat(1 << 20);
        assert_eq!(table.row(&[Cell::Text(&long)]).unwrap_err().kind(), io::ErrorKind::StorageFull);
    }

    #[test]
    #[should_panic(expected = "a table is a rectangle")]
    fn a_row_of_another_length_is_a_fault_of_the_program() {
        let mut table = Table::new(Vec::new(), &[Column::scenario()]).unwrap();
        table.row(&[Cell::Whole(1), Cell::Whole(2)]).unwrap();
    }
}
