//! A table as a value: what a command found, ready to be written in any format.

use super::column::{Column, Kind};
use super::csv_style;
use super::table::{Cell, Table, unescaped};
use std::io::{self, Write};

/// A table with its meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Short name, which is also that of its file: `paired` is in `paired.csv`.
    pub name: String,
    /// Heading for people.
    pub title: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Its rows, each as long as `columns`.
    pub rows: Vec<Vec<Value>>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words.
    Text(String),
    /// Any number; NaN where it is not defined, which is written as an empty cell.
    Number(f64),
    /// A whole number.
    Whole(u64),
}

impl Sheet {
    /// A table without rows.
    pub fn new(name: &str, title: &str, columns: Vec<Column>) -> Sheet {
        Sheet { name: name.to_string(), title: title.to_string(), columns, rows: Vec::new() }
    }

    /// Adds a row.
    ///
    /// # Panics
    /// When the row has more or fewer cells than there are columns.
    pub fn push(&mut self, row: Vec<Value>) {
        assert_eq!(row.len(), self.columns.len(), "a row of {} has one cell a column", self.name);
        self.rows.push(row);
    }

    /// The position of a column by its name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The number in a row's column; NaN where there is none.
    pub fn number(&self, row: &[Value], column: &str) -> f64 {
        match self.column(column).and_then(|at| row.get(at)) {
            Some(Value::Number(number)) => *number,
            Some(Value::Whole(whole)) => *whole as f64,
            _ => f64::NAN,
        }
    }

    /// The words in a row's column; empty where there are none.
    pub fn words<'r>(&self, row: &'r [Value], column: &str) -> &'r str {
        match self.column(column).and_then(|at| row.get(at)) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// The rows in which a column holds these words.
    pub fn rows_with<'s>(&'s self, column: &str, words: &str) -> impl Iterator<Item = &'s [Value]> {
        let at = self.column(column);
        let is_it = move |row: &&Vec<Value>| matches!(at.map(|at| &row[at]), Some(Value::Text(text)) if text == words);
        self.rows.iter().filter(is_it).map(Vec::as_slice)
    }

    /// Name of its file of comma-separated values.
    pub fn file(&self) -> String {
        format!("{}.csv", self.name)
    }

    /// Reads what [`Sheet::write_csv`] wrote, or the same in another style: the same columns, declared, in the same order.
    ///
    /// # Errors
    /// What reading reports, or where the text is not what these columns hold.
    pub fn read_csv(name: &str, title: &str, columns: Vec<Column>, from: impl io::Read) -> io::Result<Sheet> {
        let mut sheet = Sheet::new(name, title, columns);
        let wrong = |line: usize, what: &str| {
            io::Error::new(io::ErrorKind::InvalidData, format!("line {line} of {name}.csv {what}"))
        };
        let mut reader = csv::Reader::from_reader(csv_style::standard(from, &sheet.columns)?);
        let header = reader.headers()?;
        if !header.iter().eq(sheet.columns.iter().map(|column| column.name.as_str())) {
            return Err(wrong(1, "has other columns than the data dictionary"));
        }
        for (k, record) in reader.records().enumerate() {
            let record = record?;
            let cells = record.iter().zip(&sheet.columns);
            let row = cells.map(|(cell, column)| Value::read(cell, column.kind)).collect::<Option<Vec<Value>>>();
            sheet.rows.push(row.ok_or_else(|| wrong(k + 2, "holds words where a number belongs"))?);
        }
        Ok(sheet)
    }

    /// Writes it as comma-separated values.
    ///
    /// # Errors
    /// What writing reports.
    pub fn write_csv(&self, to: &mut dyn Write) -> io::Result<()> {
        let mut table = Table::new(to, &self.columns)?;
        for row in &self.rows {
            table.row(&row.iter().map(Value::cell).collect::<Vec<_>>())?;
        }
        table.finish()
    }
}

impl Value {
    /// A cell of a table, as it stands in the file; nothing where it holds what the column does not.
    pub fn read(cell: &str, kind: Kind) -> Option<Value> {
        match kind {
            Kind::Text => Some(Value::Text(unescaped(cell).to_string())),
            Kind::Whole => cell.parse().ok().map(Value::Whole),
            Kind::Number if cell.is_empty() => Some(Value::Number(f64::NAN)),
            Kind::Number => cell.parse().ok().map(Value::Number),
        }
    }

    fn cell(&self) -> Cell<'_> {
        match self {
            Value::Text(text) => Cell::Text(text),
            Value::Number(number) => Cell::Number(*number),
            Value::Whole(whole) => Cell::Whole(*whole),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_string())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Value {
        Value::Number(number)
    }
}

impl From<u64> for Value {
    fn from(whole: u64) -> Value {
        Value::Whole(whole)
    }
}

impl From<usize> for Value {
    fn from(whole: usize) -> Value {
        Value::Whole(whole as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_written_as_it_is_held() {
        let columns = vec![Column::text("who", "Who."), Column::number("what", "What.", "share")];
        let mut sheet = Sheet::new("found", "What was found", columns);
        sheet.push(vec!["=a, b".into(), 0.5.into()]);
        sheet.push(vec!["c".into(), f64::NAN.into()]);
        let mut bytes = Vec::new();
        sheet.write_csv(&mut bytes).unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), "who,what\n\"'=a, b\",0.5\nc,\n");
        assert_eq!(sheet.file(), "found.csv");
    }

    #[test]
    fn what_was_written_reads_back() {
        let columns = vec![Column::text("who", "Who."), Column::number("what", "What.", "share")];
        let mut sheet = Sheet::new("found", "What was found", columns);
        sheet.push(vec!["=a, b".into(), 0.1.into()]);
        sheet.push(vec!["'=c".into(), (-1e300).into()]);
        let mut bytes = Vec::new();
        sheet.write_csv(&mut bytes).unwrap();
        let again = Sheet::read_csv("found", "What was found", sheet.columns.clone(), bytes.as_slice()).unwrap();
        assert_eq!(again.rows[0], sheet.rows[0]);
        assert_eq!(again.number(&again.rows[1], "what"), -1e300);
        assert_eq!(again.rows_with("who", "=a, b").count(), 1);
        let other = Sheet::read_csv("found", "", vec![Column::text("who", "Who.")], bytes.as_slice());
        assert!(other.unwrap_err().to_string().contains("other columns"));
    }

    #[test]
    #[should_panic(expected = "one cell a column")]
    fn a_row_of_another_length_is_a_fault_of_the_program() {
        Sheet::new("found", "", vec![Column::text("who", "Who.")]).push(Vec::new());
    }
}
