//! A table as a value: what a command found, ready to be written in any format.

use super::column::Column;
use super::table::{Cell, Table};
use std::io::{self, Write};

/// A table with its meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Short name, which is also that of its file: `paired` is in `paired.csv`.
    pub name: &'static str,
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
    pub fn new(name: &'static str, title: &str, columns: Vec<Column>) -> Sheet {
        Sheet { name, title: title.to_string(), columns, rows: Vec::new() }
    }

    /// Adds a row.
    ///
    /// # Panics
    /// When the row has more or fewer cells than there are columns.
    pub fn push(&mut self, row: Vec<Value>) {
        assert_eq!(row.len(), self.columns.len(), "a row of {} has one cell a column", self.name);
        self.rows.push(row);
    }

    /// Name of its file of comma-separated values.
    pub fn file(&self) -> String {
        format!("{}.csv", self.name)
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
    #[should_panic(expected = "one cell a column")]
    fn a_row_of_another_length_is_a_fault_of_the_program() {
        Sheet::new("found", "", vec![Column::text("who", "Who.")]).push(Vec::new());
    }
}
