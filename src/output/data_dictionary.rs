//! `data_dictionary.csv`: what every column of every table means.

use super::column::{Column, Kind};
use super::sheet::{Sheet, Value};

/// The short name of the table.
pub const NAME: &str = "data_dictionary";

/// Its title.
pub const TITLE: &str = "What every column means";

/// Its columns.
pub fn columns() -> Vec<Column> {
    vec![
        Column::text("file", "Name of the table."),
        Column::text("column", "Heading of the column."),
        Column::text("meaning", "What it means."),
        Column::text("unit", "Its unit; empty for text."),
        Column::text("type", "What its cells hold: text, number or whole number."),
    ]
}

/// The dictionary of tables given by their files and columns, and of itself.
pub fn sheet<'t>(tables: impl IntoIterator<Item = (String, &'t [Column])>) -> Sheet {
    let mut sheet = of(tables);
    sheet.rows.extend(of([(sheet.file(), &columns()[..])]).rows);
    sheet
}

/// The dictionary of these tables alone.
pub fn of<'t>(tables: impl IntoIterator<Item = (String, &'t [Column])>) -> Sheet {
    let mut sheet = Sheet::new(NAME, TITLE, columns());
    for (file, columns) in tables {
        for Column { name, meaning, unit, kind } in columns {
            sheet.push([&file, name, meaning, unit, kind.word()].map(Value::from).to_vec());
        }
    }
    sheet
}

/// The columns that a dictionary declares of a file, in order.
pub fn columns_of(dictionary: &Sheet, file: &str) -> Vec<Column> {
    let words = |row: &[Value], column: &str| dictionary.words(row, column).to_string();
    let declared = |row: &[Value]| Column {
        name: words(row, "column"),
        meaning: words(row, "meaning"),
        unit: words(row, "unit"),
        kind: Kind::of_word(&words(row, "type")).unwrap_or(Kind::Text),
    };
    dictionary.rows_with("file", file).map(declared).collect()
}
