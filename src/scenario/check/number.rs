//! Reading a number, an uncertainty, a whole number, a word or a text, each against what is allowed.

use crate::model::inputs::Setting;
use crate::model::parameter::{Domain, Parameter};
use crate::model::uncertainty::Uncertainty;
use crate::scenario::check::name;
use crate::scenario::check::spread;
use crate::scenario::faults::Faults;
use crate::scenario::forms::{FORMS, form};
use crate::scenario::nearest::suggestion;
use crate::scenario::notation::number as written;
use crate::scenario::parse::tree::{Entry, Item, Value};

/// What a number may be.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    /// Least value allowed.
    pub low: f64,
    /// Greatest value allowed.
    pub high: f64,
    /// Unit in words.
    pub unit: &'static str,
}

impl Range {
    /// The range in words: `a number from 0 to 1 (share)`.
    pub fn words(&self) -> String {
        format!("a number from {} to {} ({})", written(self.low), written(self.high), self.unit)
    }
}

/// What a parameter is set to.
pub fn setting(item: &Item, parameter: &'static Parameter, name: &str, faults: &mut Faults) -> Option<Setting> {
    match &parameter.domain {
        Domain::Number { low, high, .. } => {
            let range = Range { low: *low, high: *high, unit: parameter.unit };
            uncertainty(item, name, range, faults).map(Setting::Number)
        }
        Domain::Whole { low, high, .. } => whole(item, name, *low, *high, faults).map(Setting::Whole),
        Domain::Choice { options, .. } => choice(item, name, options, faults).map(Setting::Choice),
    }
}

/// A number or what is known about it.
pub fn uncertainty(item: &Item, name: &str, range: Range, faults: &mut Faults) -> Option<Uncertainty> {
    match &item.value {
        Value::Table(entries) => distribution(item, entries, name, range, faults),
        _ => within(item, name, range, faults).map(Uncertainty::Fixed),
    }
}

/// One plain number within a range.
pub fn within(item: &Item, name: &str, range: Range, faults: &mut Faults) -> Option<f64> {
    let value = finite(item, name, &range.words(), faults)?;
    if value < range.low || value > range.high {
        let side = if value < range.low { "below the least" } else { "above the most" };
        let message = format!("`{name}` is {}, {side} allowed", written(value));
        faults.fault(item.mark, message, format!("give {}", range.words()));
        return None;
    }
    Some(value)
}

/// One plain number that is not infinite and not NaN.
fn finite(item: &Item, name: &str, allowed: &str, faults: &mut Faults) -> Option<f64> {
    let Some(value) = item.value.as_number() else {
        let help = match item.value.as_text().map(|text| text.trim().parse::<f64>()) {
            Some(Ok(_)) => "write the number without quotes".to_owned(),
            _ => format!("give {allowed}, or an uncertainty such as {{ pert = [lowest, likeliest, highest] }}"),
        };
        faults.fault(item.mark, format!("`{name}` is {}, not a number", given(item)), help);
        return None;
    };
    if !value.is_finite() {
        let what = if value.is_nan() { "not a number (NaN)" } else { "infinite" };
        faults.fault(item.mark, format!("`{name}` is {what}"), format!("give {allowed}"));
        return None;
    }
    Some(value)
}

/// What was given, short enough for a message.
fn given(item: &Item) -> String {
    match &item.value {
        Value::Text(text) if text.chars().count() <= 40 => format!("the text {text:?}"),
        other => other.kind().to_owned(),
    }
}

fn distribution(item: &Item, entries: &[Entry], name: &str, range: Range, faults: &mut Faults) -> Option<Uncertainty> {
    let [entry] = entries else {
        let message = format!("`{name}` should name one form of uncertainty, and names {}", entries.len());
        faults.fault(item.mark, message, "write it as in { pert = [lowest, likeliest, highest] }");
        return None;
    };
    let Some(form) = form(&entry.key) else {
        let help = suggestion(&entry.key, FORMS.iter().map(|form| form.name));
        faults.fault(entry.mark, format!("`{}` is no form of uncertainty", entry.key), help);
        return None;
    };
    let help = format!("write {} = {}, as in {}", form.name, form.shape, form.example);
    let name = format!("{name}.{}", form.name);
    let value = match form.name {
        "fixed" => return within(&entry.item, &name, range, faults).map(Uncertainty::Fixed),
        "discrete" => Uncertainty::Discrete(pairs(&entry.item, &name, &help, faults)?.into()),
        "observed" => Uncertainty::Observed(numbers(&entry.item, &name, None, &help, faults)?.into()),
        "uniform" | "normal" | "lognormal" | "beta" => {
            two(form.name, &numbers(&entry.item, &name, Some(2), &help, faults)?)
        }
        _ => three(form.name, &numbers(&entry.item, &name, Some(3), &help, faults)?),
    };
    if let Some(wrong) = spread::wrong(&value) {
        faults.fault(entry.item.mark, format!("`{name}`: {wrong}"), help);
        return None;
    }
    spread::in_range(&value, &entry.item, &name, range, faults).then_some(value)
}

fn two(form: &str, values: &[f64]) -> Uncertainty {
    let (first, second) = (values[0], values[1]);
    match form {
        "uniform" => Uncertainty::Uniform { low: first, high: second },
        "normal" => Uncertainty::Normal { mean: first, sd: second },
        "lognormal" => Uncertainty::LogNormal { median: first, sigma: second },
        _ => Uncertainty::Beta { alpha: first, beta: second },
    }
}

fn three(form: &str, values: &[f64]) -> Uncertainty {
    let (low, mode, high) = (values[0], values[1], values[2]);
    if form == "pert" { Uncertainty::Pert { low, mode, high } } else { Uncertainty::Triangular { low, mode, high } }
}

/// A list of finite numbers, of a given length where one is asked for.
fn numbers(item: &Item, name: &str, length: Option<usize>, help: &str, faults: &mut Faults) -> Option<Vec<f64>> {
    let Value::Array(items) = &item.value else {
        faults.fault(item.mark, format!("`{name}` is {}, not a list", item.value.kind()), help);
        return None;
    };
    if items.is_empty() || length.is_some_and(|length| length != items.len()) {
        let wanted = length.map_or("at least one".to_owned(), |length| length.to_string());
        faults.fault(item.mark, format!("`{name}` needs {wanted} values, and has {}", items.len()), help);
        return None;
    }
    // Every faulty value is told, not only the first.
    let values: Vec<Option<f64>> = items.iter().map(|item| finite(item, name, "a number", faults)).collect();
    values.into_iter().collect()
}

/// A list of pairs of value and weight.
fn pairs(item: &Item, name: &str, help: &str, faults: &mut Faults) -> Option<Vec<(f64, f64)>> {
    let Value::Array(items) = &item.value else {
        faults.fault(item.mark, format!("`{name}` is {}, not a list of pairs", item.value.kind()), help);
        return None;
    };
    if items.is_empty() {
        faults.fault(item.mark, format!("`{name}` is an empty list"), help);
        return None;
    }
    let pair =
        |item: &Item, faults: &mut Faults| numbers(item, name, Some(2), help, faults).map(|two| (two[0], two[1]));
    let pairs: Vec<Option<(f64, f64)>> = items.iter().map(|item| pair(item, faults)).collect();
    pairs.into_iter().collect()
}

/// A whole number, the same in every replication.
pub fn whole(item: &Item, name: &str, low: u64, high: u64, faults: &mut Faults) -> Option<u64> {
    let help = format!("give a whole number from {low} to {high}");
    let value = match &item.value {
        Value::Integer(value) => *value,
        Value::Float(value) if value.fract() == 0.0 && value.abs() < 1e15 => *value as i128,
        Value::Table(_) => {
            let message = format!("`{name}` is the same in every replication and cannot be an uncertainty");
            faults.fault(item.mark, message, help);
            return None;
        }
        _ => {
            let given = item.value.as_number().map_or_else(|| given(item), written);
            faults.fault(item.mark, format!("`{name}` is {given}, not a whole number"), help);
            return None;
        }
    };
    let side = if value < i128::from(low) { "below the least" } else { "above the most" };
    match u64::try_from(value) {
        Ok(value) if (low..=high).contains(&value) => Some(value),
        _ => {
            faults.fault(item.mark, format!("`{name}` is {value}, {side} allowed"), help);
            None
        }
    }
}

/// A seed: a whole number, or its digits as text, because TOML's whole numbers end at 2^63.
pub fn seed(item: &Item, faults: &mut Faults) -> Option<u64> {
    let help = format!("give a whole number from 0 to {}; in quotes where it is above {}", u64::MAX, i64::MAX);
    let value = match &item.value {
        Value::Integer(value) => u64::try_from(*value).ok(),
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    };
    if value.is_none() {
        faults.fault(item.mark, "`seed` is not a whole number of at most 64 bits", help);
    }
    value
}

/// The position of a word among the options.
fn choice(item: &Item, name: &str, options: &[(&'static str, &str)], faults: &mut Faults) -> Option<usize> {
    let words = options.iter().map(|(word, _)| *word);
    let Some(given) = item.value.as_text() else {
        let listed: Vec<&str> = words.collect();
        let help = format!("give one of the words {}", listed.join(", "));
        faults.fault(item.mark, format!("`{name}` is {}, not a word", item.value.kind()), help);
        return None;
    };
    let position = options.iter().position(|(word, _)| *word == given);
    if position.is_none() {
        let listed: Vec<&str> = words.clone().collect();
        let near = crate::scenario::nearest::nearest(given, words).map(|near| format!("did you mean \"{near}\"? "));
        let help = format!("{}allowed: {}", near.unwrap_or_default(), listed.join(", "));
        let shown: String = given.chars().take(40).collect();
        faults.fault(item.mark, format!("`{name}` cannot be {shown:?}"), help);
    }
    position
}

/// A text.
pub fn text(item: &Item, name: &str, faults: &mut Faults) -> Option<String> {
    let text = item.value.as_text().map(str::to_owned);
    if text.is_none() {
        let message = format!("`{name}` is {}, not text", item.value.kind());
        faults.fault(item.mark, message, "put the text in double quotes");
    }
    text
}

/// A name: text that is not empty, not long, and without control characters.
pub fn name(item: &Item, what: &str, faults: &mut Faults) -> Option<String> {
    let text = text(item, what, faults)?;
    let message = if text.trim().is_empty() {
        "is empty"
    } else if name::seen(&text).is_empty() {
        "holds nothing that can be seen"
    } else if text.chars().count() > 100 {
        "is longer than 100 characters"
    } else if text.chars().any(char::is_control) {
        "holds a line break or another control character"
    } else {
        return Some(text.trim().to_owned());
    };
    faults.fault(item.mark, format!("`{what}` {message}"), "give a short name on one line");
    None
}
