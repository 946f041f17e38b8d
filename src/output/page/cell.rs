//! A cell of a table as people read it.

use crate::output::column::{Column, Kind};
use crate::output::figure::{decimals_for, decimals_to_show, grouped};
use crate::output::sheet::{Sheet, Value};

/// How the units of columns begin whose unit is another in every row.
const BY_ROW: [&str; 2] = ["see ", "that of "];

/// Decimals of every column of a table, where one number of them fits all its rows.
pub fn decimals(sheet: &Sheet) -> Vec<usize> {
    let of_column = |at: usize| {
        let sizes = sheet.rows.iter().filter_map(|row| number(&row[at])).map(f64::abs);
        let (size, is_whole) = sizes.fold((0.0f64, true), |(most, whole), size| (most.max(size), whole && size.fract() == 0.0));
        if is_whole { 0 } else { decimals_of(size) }
    };
    (0..sheet.columns.len()).map(of_column).collect()
}

fn decimals_of(size: f64) -> usize {
    match size {
        size if size > 1.5 => decimals_for(size),
        size if size >= 0.1 => 3,
        size => decimals_to_show(size, 3) + 1,
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(*number).filter(|number| number.is_finite()),
        Value::Whole(whole) => Some(*whole as f64),
        Value::Text(_) => None,
    }
}

/// A cell in words or figures.
pub fn told(sheet: &Sheet, row: &[Value], at: usize, decimals: &[usize]) -> String {
    let column = &sheet.columns[at];
    match &row[at] {
        Value::Text(text) if column.name == "unit" => unit_in_words(text).to_string(),
        Value::Text(text) => text.clone(),
        Value::Whole(whole) if is_name(column) => whole.to_string(),
        Value::Whole(whole) => grouped(*whole as f64, 0),
        Value::Number(number) if number.is_nan() => "–".to_string(),
        Value::Number(number) if number.is_infinite() => if *number > 0.0 { "∞" } else { "-∞" }.to_string(),
        Value::Number(number) if is_probability_of_chance(column) => {
            if *number < 0.001 { "< 0.001".to_string() } else { grouped(*number, 3) }
        }
        Value::Number(number) => grouped(*number, if is_by_row(column) { by_row(sheet, row) } else { decimals[at] }),
    }
}

/// Decimals for the columns of a row whose unit the row names.
fn by_row(sheet: &Sheet, row: &[Value]) -> usize {
    let values = sheet.columns.iter().zip(row).filter(|(column, _)| is_by_row(column));
    let values: Vec<f64> = values.filter_map(|(_, value)| number(value)).collect();
    if values.iter().all(|value| value.fract() == 0.0) {
        return 0;
    }
    let size = values.iter().fold(0.0f64, |most, value| most.max(value.abs()));
    let error = sheet.number(row, "mc_standard_error");
    decimals_to_show(error, if size > 1.5 { decimals_for(size) } else { 2 })
}

fn is_by_row(column: &Column) -> bool {
    BY_ROW.iter().any(|begins| column.unit.starts_with(begins))
}

/// Whether a whole number names a thing and counts nothing.
fn is_name(column: &Column) -> bool {
    ["month", "point", "world", "box", "node", "parent", "replication", "seed"].contains(&column.name.as_str())
}

fn is_probability_of_chance(column: &Column) -> bool {
    column.name == "p" || column.name.starts_with("p_") || column.name.starts_with("quasi_p")
}

/// A column's heading in words.
pub fn heading(column: &Column) -> String {
    let words = match column.name.as_str() {
        "setup" => "Set-up",
        "title" => "Outcome",
        "against" => "Held against",
        "mean_against" => "Mean of the first",
        "value_against" => "Value in the first",
        "mc_standard_error" | "standard_error" => "Standard error",
        "low" => "Interval from",
        "high" => "Interval to",
        "difference_low" => "Difference from",
        "difference_high" => "Difference to",
        "greater_share" => "Higher than the first",
        "better_same_world" => "Better in the same world",
        "restricted_mean" => "Mean months",
        "q05" => "5 % below",
        "q25" => "25 % below",
        "q50" => "Median",
        "q75" => "75 % below",
        "q95" => "95 % below",
        "sd" => "Standard deviation",
        "p" => "p",
        "is_clear" => "Clear",
        name => return capital(&name.replace('_', " ")),
    };
    words.to_string()
}

fn capital(words: &str) -> String {
    let mut signs = words.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// The unit as it stands in a heading; empty where there is none to tell.
pub fn unit(column: &Column) -> &str {
    match column.unit.as_str() {
        "1" | "number" | "rank" | "place" => "",
        _ if is_by_row(column) => "",
        unit => unit_in_words(unit),
    }
}

/// A unit as people read it.
pub fn unit_in_words(unit: &str) -> &str {
    match unit {
        "thousand pounds" => MONEY,
        "0 or 1" => "share",
        unit => unit,
    }
}

/// The unit of amounts of money in tables; the sign stays beside its word.
pub const MONEY: &str = "£\u{a0}thousand";

/// Whether a column is read as figures, which stand to the right.
pub fn is_figures(column: &Column) -> bool {
    column.kind != Kind::Text
}
