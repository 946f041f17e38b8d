//! A publisher's table: bytes in, cells out, each with the place where it stands.

use crate::scenario::diagnostic::{Diagnostic, Place};
use crate::scenario::source::text_of;
use csv::{ReaderBuilder, StringRecord, Trim};

/// Rows of a wrong length told at most: a table with more of them was read with the wrong separator or is none.
const MOST_ROWS_TOLD: usize = 20;

/// A table as published. Its cells are text; what they mean is the mapping's affair.
#[derive(Debug)]
pub struct Table {
    /// Name of the file, for messages.
    pub file: String,
    /// Names of its columns.
    pub columns: Vec<String>,
    /// Its rows, each as long as `columns`; cells are without their quotes and the spaces around them.
    pub rows: Vec<StringRecord>,
    text: String,
    separator: u8,
}

impl Table {
    /// Reads a table. Without a stated `separator` it is the one met most often in the first line.
    ///
    /// # Errors
    /// Every fault of its form: not text, empty, columns without a name or with the same one, rows of another length.
    pub fn read(bytes: &[u8], file: &str, separator: Option<u8>) -> Result<Table, Vec<Diagnostic>> {
        let text = text_of(bytes, file).map_err(|fault| vec![fault])?;
        let separator = separator.unwrap_or_else(|| sniff(text.lines().next().unwrap_or("")));
        let mut table = Table { file: file.to_string(), columns: Vec::new(), rows: Vec::new(), text, separator };
        let mut faults = table.split();
        if faults.is_empty() {
            faults = table.faults_of_form();
        }
        if faults.is_empty() { Ok(table) } else { Err(faults) }
    }

    /// Position of a column by name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// Where a cell stands.
    pub fn place(&self, row: &StringRecord, column: usize) -> Place {
        let (start, length) = self.cell_span(start_of(&self.text, row), column);
        place_in(&self.file, &self.text, start, length)
    }

    /// Where the names of the columns stand.
    pub fn place_of_header(&self) -> Place {
        let first = self.text.lines().next().unwrap_or("");
        place_in(&self.file, &self.text, 0, first.len())
    }

    fn split(&mut self) -> Vec<Diagnostic> {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(Trim::All)
            .delimiter(self.separator)
            .from_reader(self.text.as_bytes());
        let records: Result<Vec<StringRecord>, csv::Error> = reader.records().collect();
        match records {
            Ok(mut records) if !records.is_empty() => {
                self.columns = records.remove(0).iter().map(str::to_string).collect();
                self.rows = records;
                Vec::new()
            }
            Ok(_) => Vec::new(),
            Err(error) => vec![self.whole(format!("the table cannot be read: {error}"), "")],
        }
    }

    fn faults_of_form(&self) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        if self.columns.is_empty() || self.rows.is_empty() {
            faults.push(self.whole(
                format!("the table holds {} rows below the names of its columns", self.rows.len()),
                "the first line names the columns, each further line holds a value for each",
            ));
        }
        for (i, name) in self.columns.iter().enumerate() {
            if !name.is_empty() && self.columns[..i].contains(name) {
                faults.push(Diagnostic {
                    message: format!("two columns are named \"{name}\""),
                    help: "give each column its own name".to_string(),
                    place: Some(self.place_of_header()),
                });
            }
        }
        let n_columns = self.columns.len();
        for row in self.rows.iter().filter(|row| row.len() != n_columns).take(MOST_ROWS_TOLD) {
            faults.push(Diagnostic {
                message: format!("this row has {} cells where the first line names {n_columns}", row.len()),
                help: "check its quotes and separators; the mapping can state the separator under [table]".to_string(),
                place: Some(self.place(row, 0)),
            });
        }
        faults
    }

    fn whole(&self, message: String, help: &str) -> Diagnostic {
        Diagnostic { message: format!("{}: {message}", self.file), help: help.to_string(), place: None }
    }

    /// Bytes of the text that a cell takes. The reader of the table knows where a row begins and not where its cells do.
    fn cell_span(&self, row_start: usize, column: usize) -> (usize, usize) {
        let (mut start, mut cell, mut quoted) = (row_start, 0, false);
        for (offset, byte) in self.text.as_bytes()[row_start..].iter().enumerate() {
            let here = row_start + offset;
            match byte {
                b'"' => quoted = !quoted,
                b'\r' | b'\n' if !quoted => return (start, here - start),
                _ if *byte == self.separator && !quoted => {
                    if cell == column {
                        return (start, here - start);
                    }
                    cell += 1;
                    start = here + 1;
                }
                _ => {}
            }
        }
        (start, self.text.len() - start)
    }
}

/// Where a row begins in the text, in bytes. The reader counts the line break before a row to the row.
fn start_of(text: &str, row: &StringRecord) -> usize {
    let start = row.position().map_or(0, |position| position.byte() as usize);
    start + text.as_bytes()[start..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
}

/// The place of `length` bytes from `start` in a text.
pub fn place_in(file: &str, text: &str, start: usize, length: usize) -> Place {
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let end = (start + length).min(line_end).max(start);
    Place {
        file: file.to_string(),
        line: text[..start].matches('\n').count() + 1,
        column: text[line_start..start].chars().count() + 1,
        text: text[line_start..line_end].trim_end_matches('\r').to_string(),
        length: text[start..end].chars().count().max(1),
        cell: None,
    }
}

/// The separator met most often outside quotes in the first line; a comma when there is none.
fn sniff(line: &str) -> u8 {
    let count = |separator: u8| {
        let mut quoted = false;
        line.bytes()
            .filter(|byte| {
                quoted ^= *byte == b'"';
                !quoted && *byte == separator
            })
            .count()
    };
    b"|\t;,".iter().copied().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separator_and_byte_order_mark_are_found_out() {
        for text in ["a;b\n1,5;x", "\u{feff}a;b\r\n1,5;x\r\n", "\"a,,,\";b\n1,5;x\n", "a\tb\n1,5\tx\n", "a|b\n1,5|x"] {
            let table = Table::read(text.as_bytes(), "t.csv", None).expect("reads");
            assert_eq!(table.rows[0], ["1,5", "x"][..], "{text}");
        }
    }

    #[test]
    fn quotes_and_line_breaks_inside_a_cell_are_kept() {
        let table = Table::read(b"name,n\n\"the \"\"A\"\"\nteam\",2\nB,3\n", "t.csv", None).expect("reads");
        assert_eq!(table.rows[0], ["the \"A\"\nteam", "2"][..]);
        assert_eq!(table.place(&table.rows[1], 1).line, 4);
    }

    #[test]
    fn a_fault_points_at_the_cell() {
        let table = Table::read("név,\"a,b\",c\r\n\r\né,\"x,y\",oops\r\n".as_bytes(), "t.csv", None).expect("reads");
        let place = table.place(&table.rows[0], 2);
        assert_eq!((place.line, place.column, place.length), (3, 9, 4));
        assert_eq!(place.text, "é,\"x,y\",oops");
    }

    #[test]
    fn every_row_of_another_length_is_reported() {
        let faults = Table::read(b"a,b\n1\n1,2\n1,2,3\n", "t.csv", None).expect_err("two bad rows");
        let lines: Vec<usize> = faults.iter().filter_map(|fault| fault.place.as_ref().map(|p| p.line)).collect();
        assert_eq!(lines, [2, 4]);
    }

    #[test]
    fn what_is_no_table_is_refused_in_words() {
        for (bytes, words) in [
            (&b""[..], "0 rows"),
            (b"a,b\n", "0 rows"),
            (b"a,a\n1,2\n", "two columns"),
            (b"a\n\xff\xfe\n", "line 2"),
            (b"\xff\xfea\0", "UTF-16"),
            (b"a\n\0\n", "is not text"),
        ] {
            let faults = Table::read(bytes, "t.csv", None).expect_err("no table");
            assert!(faults[0].message.contains(words), "{:?}", faults[0]);
        }
    }
}
