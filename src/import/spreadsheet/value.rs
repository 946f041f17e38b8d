//! A cell as a value of the scenario language, by what may stand there.

use super::grid::Cell;
use crate::model::parameter::{Domain, Scope};
use crate::scenario::check::fields;
use crate::scenario::notation::{number, quoted};
use crate::scenario::parse::short::in_braces;
use toml::de::DeValue;

/// What may stand in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    /// A number, which may be an uncertainty.
    Number,
    /// A whole number.
    Whole,
    /// The seed: whole, and as text where it is longer than the digits that a spreadsheet keeps.
    Seed,
    /// A word or a name.
    Word,
    /// Text for people.
    Text,
    /// Names, with semicolons between them.
    Names,
    /// Ids of concepts.
    Ids,
}

/// Whole numbers from which a spreadsheet, which keeps fifteen digits, rounds.
const ROUNDED: f64 = 1e15;

/// What may stand behind a local key of a scope.
pub(super) fn expected(scope: Scope, key: &str) -> Expected {
    match (scope, key) {
        (_, "name" | "sector" | "governance.lead") => Expected::Word,
        (Scope::Partnership, "title" | "question" | "sources" | "partners") => Expected::Text,
        (Scope::Partnership, "concepts") => Expected::Ids,
        (Scope::Partnership, "seed") => Expected::Seed,
        (Scope::Partnership, "horizon_months" | "replications" | "governance.partners") => Expected::Whole,
        (Scope::Partner, "count") => Expected::Whole,
        (Scope::Event | Scope::Intervention, "partners") => Expected::Names,
        _ => match fields::parameter(scope, key).map(|parameter| &parameter.domain) {
            Some(Domain::Whole { .. }) => Expected::Whole,
            Some(Domain::Choice { .. }) => Expected::Word,
            _ => Expected::Number,
        },
    }
}

/// What is wrong with a cell and what to do.
pub(super) type Wrong = (String, String);

/// The cell as TOML; whether it is within its range is left to the reading of the scenario.
pub(super) fn value(cell: &Cell, expected: Expected, is_decimal_comma: bool) -> Result<String, Wrong> {
    let wrong = |message: String, help: &str| Err((message, help.to_owned()));
    match cell {
        Cell::Error(error) => {
            wrong(format!("this cell holds the error {error}"), "mend its formula, or type the value")
        }
        Cell::Uncomputed => wrong(
            "this cell holds a formula that was never computed".to_owned(),
            "open the workbook in a spreadsheet program and save it, or type the value",
        ),
        Cell::Date => wrong(
            "this cell holds a date".to_owned(),
            "a spreadsheet makes dates of what looks like one, such as 1-2: format the cell as text or number and type the value again",
        ),
        Cell::Truth(value) => Ok(value.to_string()),
        Cell::Number(value) if expected == Expected::Seed && value.abs() >= ROUNDED => wrong(
            "this seed has more digits than a spreadsheet keeps".to_owned(),
            "format the cell as text and type it again",
        ),
        Cell::Number(value) => Ok(of_number(*value, expected)),
        Cell::Text(text) => of_text(text, expected, is_decimal_comma),
    }
}

fn of_number(value: f64, expected: Expected) -> String {
    match expected {
        Expected::Number | Expected::Whole => number(value),
        Expected::Seed => format!("{value}"),
        Expected::Word | Expected::Text => quoted(&number(value)),
        Expected::Names | Expected::Ids => format!("[{}]", quoted(&number(value))),
    }
}

fn of_text(text: &str, expected: Expected, is_decimal_comma: bool) -> Result<String, Wrong> {
    match expected {
        Expected::Text => Ok(quoted(text)),
        Expected::Word => Ok(quoted(text.trim())),
        Expected::Names => names(text),
        Expected::Ids => Ok(list(text.split([',', ';', ' ', '\n', '\t']))),
        Expected::Seed => match text.trim().parse::<i64>() {
            Ok(seed) => Ok(seed.to_string()),
            Err(_) => Ok(quoted(text.trim())),
        },
        Expected::Number | Expected::Whole => figure(text.trim(), is_decimal_comma),
    }
}

/// Names with semicolons or line breaks between them; commas where there is neither. A list in brackets is taken as it is.
fn names(text: &str) -> Result<String, Wrong> {
    if text.trim_start().starts_with('[') {
        return toml(text.trim());
    }
    let separators: &[char] = if text.contains([';', '\n']) { &[';', '\n'] } else { &[','] };
    Ok(list(text.split(separators)))
}

fn list<'t>(items: impl Iterator<Item = &'t str>) -> String {
    let items: Vec<String> = items.map(str::trim).filter(|item| !item.is_empty()).map(quoted).collect();
    format!("[{}]", items.join(", "))
}

/// A number or an uncertainty.
fn figure(text: &str, is_decimal_comma: bool) -> Result<String, Wrong> {
    if text.starts_with('{') {
        return toml(text);
    }
    if let Some(read) = in_braces(text) {
        return read.map_err(|why| (why, "write it as in pert(0.3, 0.6, 0.9), lowest, likeliest, highest".to_owned()));
    }
    let looks_like = |text: &str| {
        let is_digit = |letter: char| letter.is_ascii_digit();
        text.contains(is_digit) && text.chars().all(|letter| is_digit(letter) || "+-.eE".contains(letter))
    };
    if let Some(value) = text.parse::<f64>().ok().filter(|_| looks_like(text)) {
        return Ok(number(value));
    }
    let with_point = text.replace(',', ".");
    let with_point =
        with_point.parse::<f64>().ok().filter(|_| looks_like(&with_point) && text.matches(',').count() == 1);
    match with_point {
        Some(value) if is_decimal_comma => Ok(number(value)),
        Some(value) => {
            let help = format!("type it as a number, {}, in the way of your spreadsheet program", number(value));
            Err((format!("`{text}` is text with a comma in it, and not a number"), help))
        }
        None => Ok(quoted(text)),
    }
}

/// A value that is written as in the scenario language.
fn toml(text: &str) -> Result<String, Wrong> {
    match DeValue::parse_recoverable(text).1.first() {
        None => Ok(text.to_owned()),
        Some(error) => {
            let message = format!("`{text}` cannot be read: {}", error.message());
            Err((message, "write it as in { pert = [0.3, 0.6, 0.9] }, or shorter: pert(0.3, 0.6, 0.9)".to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, expected: Expected, is_decimal_comma: bool) -> Result<String, String> {
        value(&Cell::Text(text.to_owned()), expected, is_decimal_comma).map_err(|(message, _)| message)
    }

    #[test]
    fn numbers_are_read_as_a_person_writes_them() {
        let number = |text| of(text, Expected::Number, false);
        assert_eq!(number(" 0.50 ").unwrap(), "0.5");
        assert_eq!(number("-1e3").unwrap(), "-1000");
        assert_eq!(number("beta(6, 4)").unwrap(), "{ beta = [6, 4] }");
        assert_eq!(number("{ beta = [6, 4] }").unwrap(), "{ beta = [6, 4] }");
        assert_eq!(number("inf").unwrap(), "\"inf\"", "a word, which the language refuses");
        assert_eq!(of("0,5", Expected::Number, true).unwrap(), "0.5");
        assert_eq!(number("0,5").unwrap_err(), "`0,5` is text with a comma in it, and not a number");
        assert!(number("{ beta = [6, 4] }\n[evil]").is_err() && number("{ beta = ").is_err());
    }

    #[test]
    fn names_may_hold_commas_where_semicolons_part_them() {
        assert_eq!(of("a, b; c", Expected::Names, false).unwrap(), "[\"a, b\", \"c\"]");
        assert_eq!(of("a, c", Expected::Names, false).unwrap(), "[\"a\", \"c\"]");
        assert_eq!(of("[\"a, b; c\"]", Expected::Names, false).unwrap(), "[\"a, b; c\"]");
        assert_eq!(of("A1, B2 C3", Expected::Ids, false).unwrap(), "[\"A1\", \"B2\", \"C3\"]");
    }

    #[test]
    fn a_seed_keeps_all_its_digits_or_is_refused() {
        assert_eq!(of("18446744073709551615", Expected::Seed, false).unwrap(), "\"18446744073709551615\"");
        assert_eq!(value(&Cell::Number(20_240_401.0), Expected::Seed, false).unwrap(), "20240401");
        assert!(value(&Cell::Number(1e18), Expected::Seed, false).is_err());
    }

    #[test]
    fn a_number_stands_for_a_word_where_words_stand() {
        assert_eq!(value(&Cell::Number(3.0), Expected::Word, false).unwrap(), "\"3\"");
        assert!(value(&Cell::Date, Expected::Word, false).is_err());
    }
}
