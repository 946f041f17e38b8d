//! How a value is written in a scenario: the inverse of reading it.

use crate::model::inputs::Setting;
use crate::model::parameter::{Domain, Parameter};
use crate::model::uncertainty::Uncertainty;

/// A number or an uncertainty, as TOML on one line.
///
/// ```
/// use partnersim::model::uncertainty::Uncertainty;
/// use partnersim::scenario::notation::uncertainty;
/// assert_eq!(uncertainty(&Uncertainty::Fixed(60.0)), "60");
/// assert_eq!(uncertainty(&Uncertainty::Uniform { low: 0.2, high: 0.4 }), "{ uniform = [0.2, 0.4] }");
/// ```
pub fn uncertainty(value: &Uncertainty) -> String {
    match value {
        Uncertainty::Fixed(value) => number(*value),
        Uncertainty::Uniform { low, high } => form("uniform", &[*low, *high]),
        Uncertainty::Triangular { low, mode, high } => form("triangular", &[*low, *mode, *high]),
        Uncertainty::Pert { low, mode, high } => form("pert", &[*low, *mode, *high]),
        Uncertainty::Normal { mean, sd } => form("normal", &[*mean, *sd]),
        Uncertainty::LogNormal { median, sigma } => form("lognormal", &[*median, *sigma]),
        Uncertainty::Beta { alpha, beta } => form("beta", &[*alpha, *beta]),
        Uncertainty::Discrete(weighted) => {
            let pairs: Vec<String> = weighted.iter().map(|(value, weight)| list(&[*value, *weight])).collect();
            format!("{{ discrete = [{}] }}", pairs.join(", "))
        }
        Uncertainty::Observed(values) => form("observed", values),
    }
}

/// What a parameter was set to, as TOML on one line.
pub fn setting(value: &Setting, parameter: &Parameter) -> String {
    match (value, &parameter.domain) {
        (Setting::Number(value), _) => uncertainty(value),
        (Setting::Whole(value), _) => value.to_string(),
        (Setting::Choice(position), Domain::Choice { options, .. }) => {
            quoted(options.get(*position).map_or("", |(word, _)| word))
        }
        (Setting::Choice(position), _) => position.to_string(),
    }
}

/// The declared default of a parameter, as TOML on one line.
pub fn default(parameter: &Parameter) -> String {
    setting(&default_setting(parameter), parameter)
}

/// The declared default of a parameter.
pub fn default_setting(parameter: &Parameter) -> Setting {
    match &parameter.domain {
        Domain::Number { default, .. } => Setting::Number(default.clone()),
        Domain::Whole { default, .. } => Setting::Whole(*default),
        Domain::Choice { default, .. } => Setting::Choice(*default),
    }
}

/// A number in the fewest digits that read back as the same number.
pub fn number(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 {
        "0".to_owned()
    } else if (1e-5..1e15).contains(&size) {
        format!("{value}")
    } else {
        format!("{value:e}")
    }
}

/// Text as a TOML string in double quotes.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            other if other.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(other))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// A key as TOML: bare where it can be, else in quotes.
pub fn key(text: &str) -> String {
    let bare = |character: char| character.is_ascii_alphanumeric() || character == '_' || character == '-';
    if !text.is_empty() && text.chars().all(bare) { text.to_owned() } else { quoted(text) }
}

fn form(name: &str, values: &[f64]) -> String {
    format!("{{ {name} = {} }}", list(values))
}

fn list(values: &[f64]) -> String {
    let values: Vec<String> = values.iter().map(|value| number(*value)).collect();
    format!("[{}]", values.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_read_back() {
        let cases = [(60.0, "60"), (-0.0, "0"), (0.1, "0.1"), (1e300, "1e300"), (2.5e-9, "2.5e-9"), (-3.25, "-3.25")];
        for (value, text) in cases {
            assert_eq!(number(value), text);
            assert_eq!(text.parse::<f64>().unwrap(), value);
        }
    }

    #[test]
    fn quotes_backslashes_and_control_characters_are_escaped() {
        let text = "a \"b\" \\ \n \u{7f}";
        assert_eq!(quoted(text), "\"a \\\"b\\\" \\\\ \\n \\u007F\"");
        let document = format!("x = {}", quoted(text));
        assert_eq!(toml::from_str::<toml::Table>(&document).unwrap()["x"].as_str(), Some(text));
    }

    #[test]
    fn a_key_is_quoted_only_where_it_must_be() {
        assert_eq!(key("home_care"), "home_care");
        assert_eq!(key("home care"), "\"home care\"");
    }
}
