//! A tidy table made anywhere (a result of ours, another program's, a spreadsheet's), as columns of numbers and words.

use super::cell::{self, Decimal, NotANumber};
use super::table::Table;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::nearest::suggestion;

/// What stands in a cell that holds no value.
pub const MISSING: &[&str] = &["", "NA", "NaN", "nan", "N/A", "null", "NULL"];

/// A table by column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Columns {
    /// Names, in order.
    pub names: Vec<String>,
    /// Values, in the order of the names.
    pub values: Vec<Values>,
}

/// The values of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Numbers; NaN where a cell was empty.
    Numbers(Vec<f64>),
    /// Words.
    Words(Vec<String>),
}

impl Columns {
    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.values.first().map_or(0, Values::len)
    }

    /// The column of a name.
    pub fn get(&self, name: &str) -> Option<&Values> {
        self.names.iter().position(|known| known == name).map(|position| &self.values[position])
    }
}

impl Values {
    /// Number of values.
    pub fn len(&self) -> usize {
        match self {
            Values::Numbers(numbers) => numbers.len(),
            Values::Words(words) => words.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Columns {
    /// Reads a table: separator and decimal mark are found out, a column is of numbers when every cell that holds anything is
    /// one; yes and no, true and false are 1 and 0.
    ///
    /// # Errors
    /// Every fault of its form.
    pub fn read(bytes: &[u8], file: &str) -> Result<Columns, Vec<Diagnostic>> {
        let table = Table::read(bytes, file, None)?;
        let decimal = decimal(&table);
        let values = (0..table.columns.len()).map(|column| values(&table, column, decimal));
        Ok(Columns { values: values.collect(), names: table.columns })
    }

    /// The numbers of a column.
    ///
    /// # Errors
    /// A sentence when there is no such column, with the nearest name, or when it holds words.
    pub fn numbers(&self, name: &str) -> Result<&[f64], String> {
        match self.get(name) {
            Some(Values::Numbers(numbers)) => Ok(numbers),
            Some(Values::Words(words)) => {
                let word = words.iter().find(|word| cell::number(word, Decimal::Point).is_err());
                let word = word.map_or("", String::as_str);
                Err(format!("the column `{name}` holds words, such as {word:?}, and not numbers only"))
            }
            None => {
                let names = self.names.iter().map(String::as_str);
                Err(format!("there is no column `{name}`: {}", suggestion(name, names)))
            }
        }
    }
}

/// The decimal mark of a whole table: a comma only where commas do not part the cells and some number needs it.
fn decimal(table: &Table) -> Decimal {
    let needs_comma = |text: &str| {
        cell::number(text, Decimal::Point).is_err() && text.contains(',') && cell::number(text, Decimal::Comma).is_ok()
    };
    let is_comma = table.rows.iter().any(|row| row.iter().any(needs_comma));
    if is_comma { Decimal::Comma } else { Decimal::Point }
}

fn values(table: &Table, column: usize, decimal: Decimal) -> Values {
    let cells = || table.rows.iter().map(|row| &row[column]);
    let numbers: Result<Vec<f64>, NotANumber> = cells().map(|text| value(text, decimal)).collect();
    match numbers {
        Ok(numbers) if numbers.iter().any(|number| !number.is_nan()) => Values::Numbers(numbers),
        _ => Values::Words(cells().map(str::to_string).collect()),
    }
}

fn value(text: &str, decimal: Decimal) -> Result<f64, NotANumber> {
    if MISSING.contains(&text) {
        return Ok(f64::NAN);
    }
    cell::number(text, decimal).or_else(|why| match text.to_lowercase().as_str() {
        "true" | "yes" => Ok(1.0),
        "false" | "no" => Ok(0.0),
        _ => Err(why),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Columns {
        Columns::read(text.as_bytes(), "t.csv").unwrap()
    }

    #[test]
    fn numbers_and_words_are_told_apart_in_either_way_of_writing() {
        for text in ["x,who,yes\n1.5,a,true\n,b,no\n", "x;who;yes\n1,5;a;TRUE\nNA;b;no\n"] {
            let columns = read(text);
            let x = columns.numbers("x").unwrap();
            assert!(x[0] == 1.5 && x[1].is_nan());
            assert_eq!(columns.get("who"), Some(&Values::Words(vec!["a".to_string(), "b".to_string()])));
            assert_eq!(columns.numbers("yes"), Ok(&[1.0, 0.0][..]));
            assert_eq!(columns.n_rows(), 2);
        }
    }

    #[test]
    fn a_point_is_a_decimal_mark_unless_some_number_needs_a_comma() {
        assert_eq!(read("x;y\n1.234;2\n5;3\n").numbers("x"), Ok(&[1.234, 5.0][..]));
        assert_eq!(read("x;y\n1.234;2,5\n5;3\n").numbers("x"), Ok(&[1234.0, 5.0][..]));
    }

    #[test]
    fn a_column_that_is_not_there_or_holds_words_is_told_with_the_nearest_name() {
        let columns = read("trust,who\n1,a\n");
        assert!(columns.numbers("turst").unwrap_err().contains("did you mean `trust`?"));
        assert!(columns.numbers("who").unwrap_err().contains("such as \"a\""));
    }
}
