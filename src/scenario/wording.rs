//! What a path such as `partner."hospital trust".autonomy` is called in a sentence.

use crate::model::mechanisms;
use crate::scenario::parse::overrides::words;

/// Words for a path, and its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// What a sentence calls it: `autonomy of hospital trust`. The path itself where nothing is known of it.
    pub words: String,
    /// Unit in words; empty for shares, indices and what is unknown.
    pub unit: &'static str,
}

/// Units that a number is read without.
const UNSPOKEN: &[&str] = &[
    "share",
    "index",
    "index, 0 to 1",
    "weight",
    "share of days",
    "0 or 1",
    "number",
    "ratio",
    "factor",
    "word",
    "probability",
];

/// The words for a path as after `--set`, or for any other name.
///
/// ```
/// use partnersim::scenario::wording::wording;
/// assert_eq!(wording("communication.quality").words, "communication quality");
/// let demand = wording("need.\"hospital discharge\".demand");
/// assert_eq!((demand.words.as_str(), demand.unit), ("demand of hospital discharge", "people a month"));
/// assert_eq!(wording("rainfall_mm").words, "rainfall_mm");
/// ```
pub fn wording(path: &str) -> Wording {
    let parts = words(path);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let plain = |text: &str| match text.strip_suffix(".initial") {
        Some(rest) => format!("initial {}", rest.replace(['.', '_'], " ")),
        None => text.replace(['.', '_'], " "),
    };
    let unit = |key: &str| {
        let parameter = mechanisms::parameters().find(|parameter| parameter.key == key);
        parameter.map(|parameter| parameter.unit).filter(|unit| !UNSPOKEN.contains(unit)).unwrap_or("")
    };
    let is_known = |key: &str| mechanisms::parameters().any(|parameter| parameter.key == key);
    match parts[..] {
        ["partner", name, "goals", need] => Wording { words: format!("care of {name} for {need}"), unit: "" },
        ["partner" | "need", name, "skills", skill] => Wording { words: format!("{skill} skill of {name}"), unit: "" },
        [table @ ("partner" | "need" | "event" | "intervention"), name, .., last] if parts.len() > 2 => {
            let key = format!("{table}.{}", parts[2..].join("."));
            match is_known(&key) {
                true => Wording { words: format!("{} of {name}", plain(last)), unit: unit(&key) },
                false => Wording { words: path.to_string(), unit: "" },
            }
        }
        ["every_partner", ..] if is_known(&format!("partner.{}", parts[1..].join("."))) => {
            let words = format!("{} of every partner", plain(parts[parts.len() - 1]));
            Wording { words, unit: unit(&format!("partner.{}", parts[1..].join("."))) }
        }
        _ if is_known(path) => Wording { words: plain(path), unit: unit(path) },
        _ => Wording { words: path.to_string(), unit: "" },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_somebody_is_told_so() {
        for (path, told) in [
            ("partner.\"hospital trust\".resources.reserves", "reserves of hospital trust"),
            ("partner.council.goals.\"falls prevention\"", "care of council for falls prevention"),
            ("need.care.skills.social", "social skill of care"),
            ("every_partner.autonomy", "autonomy of every partner"),
            ("trust.initial", "initial trust"),
            ("contributions.pooled_share", "contributions pooled share"),
            ("partner.council.nothing", "partner.council.nothing"),
            ("X1", "X1"),
        ] {
            assert_eq!(wording(path).words, told);
        }
        assert_eq!(wording("partner.council.resources.reserves").unit, "months of income");
        assert_eq!(wording("communication.quality").unit, "");
    }
}
