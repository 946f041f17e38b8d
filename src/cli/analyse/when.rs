//! What happens in the rows of a table: a column held against a number or a word.

use super::data::known;
use crate::experiment::quantity::Comparison;
use crate::import::columns::{Columns, Values};
use crate::scenario::nearest::suggestion;

/// The column of a run that says what it failed by, and the word in it for no failure.
const CAUSE: (&str, &str) = ("cause", "none");

/// What happens, and in which rows; `None` where that is not known.
#[derive(Debug, PartialEq)]
pub struct When {
    /// What happens, as it was asked.
    pub words: String,
    /// The column that it was asked of.
    pub column: String,
    /// Whether it does, row by row.
    pub happens: Vec<Option<bool>>,
}

impl When {
    /// Reads what was asked: `premium < 0`, `ending = closed`, `failed`, a column of yes and no alone, or with one outcome named
    /// elsewhere the sign and the bound alone.
    ///
    /// # Errors
    /// A sentence on what is wrong and what is allowed.
    pub fn parse(columns: &Columns, when: Option<&str>, outcome: &[String]) -> Result<When, String> {
        let (when, outcome) = match (when.map(str::trim).filter(|when| !when.is_empty()), outcome) {
            (None, []) => return Err("what happens is not said: give --when, as in --when 'premium < 0'".to_string()),
            (None, [outcome]) => (outcome.trim(), None),
            (Some(when), []) => (when, None),
            (Some(when), [outcome]) => (when, Some(outcome.trim())),
            (_, several) => return Err(format!("one --outcome at a time, not {}", several.join(" and "))),
        };
        let (name, held) = split(columns, when, outcome)?;
        let is_failed = name == "failed" && held.is_none() && columns.get(name).is_none();
        if let (true, Some(Values::Words(causes))) = (is_failed, columns.get(CAUSE.0)) {
            let happens = causes.iter().map(|cause| Some(cause != CAUSE.1)).collect();
            return Ok(When { words: name.to_string(), column: CAUSE.0.to_string(), happens });
        }
        let happens = match (column(columns, name)?, held) {
            (Values::Numbers(numbers), Some((comparison, bound))) => of_numbers(numbers, comparison, bound, name)?,
            (Values::Words(words), Some((Comparison::Equal, word))) => of_words(words, word, name)?,
            (Values::Words(_), _) => return Err(format!("`{name}` holds words: write it as in '{name} = word'")),
            (Values::Numbers(numbers), None) => of_yes_and_no(numbers, name)?,
        };
        let words = held.map_or(name.to_string(), |(comparison, bound)| format!("{name} {comparison} {bound}"));
        Ok(When { words, column: name.to_string(), happens })
    }
}

/// A column's name and what it is held against.
type Held<'t> = (&'t str, Option<(Comparison, &'t str)>);

fn split<'t>(columns: &'t Columns, when: &'t str, outcome: Option<&'t str>) -> Result<Held<'t>, String> {
    // A column may itself be called `P(premium > 0)`.
    let named = columns.names.iter().filter(|name| when.starts_with(name.as_str())).max_by_key(|name| name.len());
    if let Some(name) = named {
        match Comparison::split(&when[name.len()..]) {
            Some(("", comparison, bound)) => return Ok((name, Some((comparison, bound)))),
            None if name == when => return Ok((name, None)),
            _ => {}
        }
    }
    match (Comparison::split(when), outcome) {
        (Some(("", comparison, bound)), Some(outcome)) => Ok((outcome, Some((comparison, bound)))),
        (Some(("", ..)), None) => Err(format!("`{when}` names no column: write it before the sign, or give --outcome")),
        (Some((name, comparison, bound)), _) => Ok((name, Some((comparison, bound)))),
        (None, _) => Ok((when, None)),
    }
}

/// The column of a name, which may also be the short name of an outcome.
fn column<'c>(columns: &'c Columns, name: &str) -> Result<&'c Values, String> {
    columns.get(&known(columns, name)).ok_or_else(|| {
        format!("there is no column `{name}`: {}", suggestion(name, columns.names.iter().map(String::as_str)))
    })
}

fn of_numbers(numbers: &[f64], comparison: Comparison, bound: &str, name: &str) -> Result<Vec<Option<bool>>, String> {
    let number = bound.parse::<f64>().ok().filter(|bound| bound.is_finite());
    let number = number.ok_or_else(|| format!("`{name}` holds numbers, and `{bound}` is none"))?;
    Ok(numbers.iter().map(|value| (!value.is_nan()).then(|| comparison.holds(*value, number))).collect())
}

fn of_words(words: &[String], word: &str, name: &str) -> Result<Vec<Option<bool>>, String> {
    if !words.iter().any(|known| known == word) {
        let mut known: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
        known.sort_unstable();
        known.dedup();
        return Err(format!("`{word}` does not occur in `{name}`: {}", suggestion(word, known)));
    }
    Ok(words.iter().map(|known| (!known.is_empty()).then_some(known == word)).collect())
}

fn of_yes_and_no(numbers: &[f64], name: &str) -> Result<Vec<Option<bool>>, String> {
    if numbers.iter().any(|value| !value.is_nan() && *value != 0.0 && *value != 1.0) {
        return Err(format!("`{name}` is a number: say how much of it, as in --when '{name} > 0'"));
    }
    Ok(numbers.iter().map(|value| (!value.is_nan()).then_some(*value == 1.0)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Columns {
        let text = "premium_thousand_pounds,P(failed),alive,cause,x\n-1,0.2,yes,none,\n2,0.9,no,money,3\n";
        Columns::read(text.as_bytes(), "t.csv").unwrap()
    }

    fn parse(when: &str, outcome: &[&str]) -> Result<Vec<Option<bool>>, String> {
        let outcome: Vec<String> = outcome.iter().map(|name| (*name).to_string()).collect();
        When::parse(&columns(), Some(when), &outcome).map(|when| when.happens)
    }

    #[test]
    fn every_way_to_say_it_is_understood() {
        let (first, second) = (vec![Some(true), Some(false)], vec![Some(false), Some(true)]);
        assert_eq!(parse("premium < 0", &[]), Ok(first.clone()));
        assert_eq!(parse("<0", &["premium_thousand_pounds"]), Ok(first.clone()));
        assert_eq!(parse("P(failed) >= 0.5", &[]), Ok(second.clone()));
        assert_eq!(parse("alive", &[]), Ok(first));
        assert_eq!(parse("cause = money", &[]), Ok(second.clone()));
        assert_eq!(parse("failed", &[]), Ok(second));
        assert_eq!(parse("x > 1", &[]), Ok(vec![None, Some(true)]));
    }

    #[test]
    fn what_cannot_be_read_is_told_with_what_is_allowed() {
        for (when, words) in [
            ("premum < 0", "there is no column `premum`"),
            ("< 0", "names no column"),
            ("cause = mony", "did you mean `money`?"),
            ("cause", "holds words"),
            ("premium", "say how much of it"),
            ("premium < a", "`a` is none"),
        ] {
            let fault = parse(when, &[]).unwrap_err();
            assert!(fault.contains(words), "{when}: {fault}");
        }
        assert!(When::parse(&columns(), None, &[]).unwrap_err().contains("--when"));
    }
}
