//! A cell of a table as people read it.

use crate::output::column::{Column, Kind};
use crate::output::figure::{decimals_for, decimals_to_show, grouped};
use crate::output::sheet::{Sheet, Value};
use crate::scenario::wording::wording;

/// How the units of columns begin whose unit is another in every row.
const BY_ROW: [&str; 3] = ["see ", "that of ", "as "];

/// Decimals of every column of a table, where one number of them fits all its rows.
pub fn decimals(sheet: &Sheet) -> Vec<usize> {
    let of_column = |at: usize| {
        let sizes = sheet.rows.iter().filter_map(|row| number(&row[at])).map(f64::abs);
        let (size, is_whole) =
            sizes.fold((0.0f64, true), |(most, whole), size| (most.max(size), whole && size.fract() == 0.0));
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
        Value::Text(text) if is_input(column) => wording(text).words,
        Value::Text(text) => text.clone(),
        Value::Whole(whole) if is_name(column) => whole.to_string(),
        Value::Whole(whole) => grouped(*whole as f64, 0),
        Value::Number(number) if number.is_nan() => "–".to_string(),
        Value::Number(number) if number.is_infinite() => if *number > 0.0 { "∞" } else { "-∞" }.to_string(),
        Value::Number(number) if is_probability_of_chance(column) => {
            if *number < 0.001 {
                "< 0.001".to_string()
            } else {
                grouped(*number, 3)
            }
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

/// Whether a column names inputs by their paths, which are told in words.
fn is_input(column: &Column) -> bool {
    ["input", "with", "lever", "factor", "parameter", "known", "peeled", "divided_by"].contains(&column.name.as_str())
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
        "low" if is_of_interval(column) => "Interval from",
        "high" if is_of_interval(column) => "Interval to",
        "low" => "From",
        "high" => "To",
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
        name => return capital(&bare(name).replace('_', " ")),
    };
    words.to_string()
}

/// Whether a bound is that of an interval, and not one of what is allowed or was varied.
fn is_of_interval(column: &Column) -> bool {
    column.meaning.contains("interval")
}

/// A column's name without what its unit says, and with a standard error told as one.
fn bare(name: &str) -> String {
    let name = name.strip_suffix("_thousand_pounds").unwrap_or(name);
    name.strip_prefix("mc_standard_error_").map_or(name.to_string(), |of| format!("standard_error_of_{of}"))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A row of a table whose unit stands in the row, and what its cells say.
    fn said(unit: &str, mean: f64, error: f64, p: f64) -> Vec<String> {
        let by_row = "see column unit";
        let columns = vec![
            Column::text("unit", "Unit."),
            Column::number("mean", "Mean.", by_row),
            Column::number("mc_standard_error", "Error.", by_row),
            Column::number("p", "Chance.", "probability"),
            Column::whole("month", "Month.", "months"),
        ];
        let mut sheet = Sheet::new("found", "Found", columns);
        sheet.push(vec![unit.into(), mean.into(), error.into(), p.into(), 1200u64.into()]);
        let decimals = decimals(&sheet);
        (0..5).map(|at| told(&sheet, &sheet.rows[0], at, &decimals)).collect()
    }

    #[test]
    fn a_figure_has_as_many_digits_as_its_row_supports() {
        assert_eq!(
            said("thousand pounds", 1414.37, 374.55, 0.0412),
            ["£\u{a0}thousand", "1,414", "375", "0.041", "1200"]
        );
        assert_eq!(said("0 or 1", 0.70349, 0.0102, 1e-9), ["share", "0.70", "0.01", "< 0.001", "1200"]);
        assert_eq!(said("share", -0.0001, 0.0003, 1.0), ["share", "-0.0001", "0.0003", "1.000", "1200"]);
    }

    #[test]
    fn what_is_not_defined_is_a_dash_and_nothing_has_no_sign() {
        assert_eq!(said("months", f64::NAN, f64::NAN, f64::NAN)[1..4], ["–", "–", "–"]);
        assert_eq!(said("months", -1e-9, f64::NAN, f64::NAN)[1], "0.00");
    }

    #[test]
    fn headings_are_words() {
        let column = |name: &str| Column::number(name, "", "thousand pounds");
        let allowed = Column::number("low", "Least value allowed.", "share");
        let interval = Column::number("low", "Lower bound of its 95 % interval.", "share");
        assert_eq!([&allowed, &interval].map(heading), ["From", "Interval from"]);
        let headings = ["mean_gain_thousand_pounds", "mc_standard_error_gain_thousand_pounds", "setup", "q50"];
        assert_eq!(
            headings.map(|name| heading(&column(name))),
            ["Mean gain", "Standard error of gain", "Set-up", "Median"]
        );
    }
}
