//! An uncertainty in the short form of a table's cell: `pert(0.3, 0.6, 0.9)`, which is `{ pert = [0.3, 0.6, 0.9] }`.
//!
//! Where semicolons part the figures, as in `pert(0,3; 0,6; 0,9)`, the comma is their decimal mark. Value and weight of a
//! discrete uncertainty are parted by a colon: `discrete(0.3: 1, 0.7: 2)`.

use crate::scenario::forms::{FORMS, form};
use crate::scenario::nearest::suggestion;
use crate::scenario::notation::number;
use crate::scenario::parse::tree::Value;

/// The same in braces; `None` where the text is not of the form `word(…)`.
///
/// ```
/// use partnersim::scenario::parse::short::in_braces;
/// assert_eq!(in_braces("pert(0,3; 0,6; 0,9)").unwrap().unwrap(), "{ pert = [0.3, 0.6, 0.9] }");
/// assert_eq!(in_braces("discrete(0.3: 1, 0.7: 2)").unwrap().unwrap(), "{ discrete = [[0.3, 1], [0.7, 2]] }");
/// assert!(in_braces("prt(1, 2, 3)").unwrap().unwrap_err().contains("did you mean `pert`?"));
/// assert!(in_braces("about 3").is_none());
/// ```
///
/// # Errors
/// What cannot be read, in a sentence.
pub fn in_braces(text: &str) -> Option<Result<String, String>> {
    let (word, rest) = text.trim().split_once('(')?;
    let (word, inner) = (word.trim().to_lowercase(), rest.strip_suffix(')')?);
    if word.is_empty() || !word.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '_') {
        return None;
    }
    Some(braces(&word, inner))
}

fn braces(word: &str, inner: &str) -> Result<String, String> {
    let Some(form) = form(word) else {
        let help = suggestion(word, FORMS.iter().map(|form| form.name));
        return Err(format!("`{word}` is no form of uncertainty: {help}"));
    };
    let is_decimal_comma = inner.contains(';');
    let figure = |text: &str| {
        let plain = if is_decimal_comma { text.trim().replace(',', ".") } else { text.trim().to_owned() };
        let read = plain.parse::<f64>().ok().filter(|value| value.is_finite());
        read.map(number).ok_or_else(|| format!("`{}` in `{word}({inner})` is no number", text.trim()))
    };
    let separator = if is_decimal_comma { ';' } else { ',' };
    let items = inner.split(separator).map(|item| match item.split_once(':') {
        Some((value, weight)) => Ok(format!("[{}, {}]", figure(value)?, figure(weight)?)),
        None => figure(item),
    });
    let items = items.collect::<Result<Vec<String>, String>>()?;
    match (form.name, &items[..]) {
        ("fixed", [value]) => Ok(format!("{{ fixed = {value} }}")),
        _ => Ok(format!("{{ {} = [{}] }}", form.name, items.join(", "))),
    }
}

/// The short form of a value that is an uncertainty in braces; `None` for any other.
pub fn short(value: &Value) -> Option<String> {
    let Value::Table(entries) = value else { return None };
    let [entry] = &entries[..] else { return None };
    let form = form(&entry.key)?;
    let figure = |value: &Value| value.as_number().map(number);
    let item = |value: &Value| match value {
        Value::Array(pair) => match &pair[..] {
            [value, weight] => Some(format!("{}: {}", figure(&value.value)?, figure(&weight.value)?)),
            _ => None,
        },
        other => figure(other),
    };
    let items: Option<Vec<String>> = match &entry.item.value {
        Value::Array(items) => items.iter().map(|one| item(&one.value)).collect(),
        other => figure(other).map(|figure| vec![figure]),
    };
    Some(format!("{}({})", form.name, items?.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::parse::tree::{Base, item};
    use crate::scenario::source::Kind;
    use toml::de::DeValue;

    #[test]
    fn every_form_is_written_short_and_read_back() {
        for form in FORMS {
            let mut faults = crate::scenario::faults::Faults::default();
            let source = faults.sources.add("form", form.example, Kind::Set);
            let (value, errors) = DeValue::parse_recoverable(form.example);
            assert!(errors.is_empty(), "{}", form.example);
            let short = short(&item(&value, Base { source, offset: 0 }, &faults).value).unwrap();
            assert_eq!(in_braces(&short).unwrap().unwrap(), form.example);
        }
    }

    #[test]
    fn what_is_no_number_is_named() {
        let told = in_braces("pert(0.3, x, 0.9)").unwrap().unwrap_err();
        assert_eq!(told, "`x` in `pert(0.3, x, 0.9)` is no number");
        assert!(in_braces("pert(0,3; ; 0,9)").unwrap().is_err() && in_braces("uniform(1, inf)").unwrap().is_err());
        assert!(in_braces("(1, 2)").is_none() && in_braces("a sentence (with a bracket)").is_none());
    }
}
