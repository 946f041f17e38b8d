//! Amounts in the words under a picture, in the form in which its axis writes them.

use crate::analyse::findings::Share;
use crate::analyse::wilson::Interval;
use crate::output::figure::{decimals_for, decimals_to_show, grouped, money, of_100};
use crate::scenario::wording::wording;

/// Whether amounts of a unit are told as percentages.
fn is_share(unit: &str) -> bool {
    matches!(unit, "share" | "probability" | "0 or 1")
}

/// An amount with its unit: `-£1.2 million`, `61 %`, `36.5 months`.
pub fn amount(value: f64, unit: &str) -> String {
    format!("{}{}", bare(value, unit), after(unit))
}

/// An amount without the word for its unit.
pub fn bare(value: f64, unit: &str) -> String {
    match unit {
        _ if !value.is_finite() => "unknown".to_string(),
        "thousand pounds" => {
            format!("{}{}", if value < 0.0 && money(value) != money(0.0) { "-" } else { "" }, money(value))
        }
        unit if is_share(unit) => {
            format!("{} %", grouped(100.0 * value, decimals_to_show(20.0 * value.abs(), 0).min(2)))
        }
        _ if value.fract() == 0.0 => grouped(value, 0),
        _ => grouped(value, decimals_for(value)),
    }
}

/// The word for a unit behind an amount.
fn after(unit: &str) -> String {
    match unit {
        "" | "1" | "thousand pounds" | "index, 0 to 1" | "see column unit" => String::new(),
        unit if is_share(unit) => String::new(),
        unit => format!(" {unit}"),
    }
}

/// From an amount to another: `between 74 and 84 months`.
pub fn between(low: f64, high: f64, unit: &str) -> String {
    format!("between {} and {}", bare(low, unit), amount(high, unit))
}

/// An amount with its interval in brackets: `61 % (59 % to 63 %)`, to the digits that the interval shows.
pub fn estimate(value: f64, [low, high]: [f64; 2], unit: &str) -> String {
    if !(low.is_finite() && high.is_finite()) {
        return amount(value, unit);
    }
    let [value, low, high] = [value, low, high].map(|value| match unit {
        "thousand pounds" => bare(value, unit),
        unit if is_share(unit) => format!("{} %", grouped(100.0 * value, shown(100.0 * (high - low)))),
        _ => grouped(value, shown(high - low)),
    });
    format!("{value}{} ({low} to {high})", after(unit))
}

/// Decimals that an interval of this width shows.
fn shown(width: f64) -> usize {
    decimals_to_show(width / 4.0, 0)
}

/// A difference with its sign and interval: `+9 percentage points (6 to 12)`.
pub fn difference(value: f64, [low, high]: [f64; 2], unit: &str) -> String {
    let sign = if value > 0.0 { "+" } else { "" };
    let scaled = [value, low, high].map(|value| 100.0 * value);
    match is_share(unit) {
        true => format!("{sign}{}", estimate(scaled[0], [scaled[1], scaled[2]], "percentage points")),
        false => format!("{sign}{}", estimate(value, [low, high], unit)),
    }
}

/// In how many of 100 replications, from a share and its interval as tables hold them.
pub fn in_100(value: f64, [low, high]: [f64; 2], n: u64) -> String {
    let count = (value * n as f64).round() as u64;
    of_100(&Share { count, value, interval: Interval { low, high } }, n)
}

/// What an input is called within a sentence: `guilt of community health` for `partner."community health".guilt`; what is no path of a
/// scenario as it is.
pub fn input(path: &str) -> String {
    wording(path).words
}

/// A title within a sentence.
pub fn lower(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The same at the beginning of a sentence or beside an axis.
pub fn upper(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A name for files and links: small letters, digits and `_`, without the unit of money.
pub fn short(name: &str) -> String {
    let name = name.strip_suffix("_thousand_pounds").or_else(|| name.strip_suffix("_share")).unwrap_or(name);
    let sign = |sign: char| if sign.is_ascii_alphanumeric() { sign.to_ascii_lowercase() } else { '_' };
    let signs: String = name.chars().map(sign).collect();
    signs.split('_').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
}

/// Things in a sentence: `a, b and c`.
pub fn list(things: &[String]) -> String {
    match things {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_their_axes_write_them() {
        assert_eq!(amount(-1234.0, "thousand pounds"), "-£1.23 million");
        assert_eq!(amount(-0.0001, "thousand pounds"), "£0");
        assert_eq!(amount(0.614, "share"), "61 %");
        assert_eq!(amount(0.0123, "0 or 1"), "1.2 %");
        assert_eq!(amount(36.0, "months"), "36 months");
        assert_eq!(amount(36.25, "months"), "36.2 months");
        assert_eq!(estimate(0.614, [0.59, 0.64], "share"), "61 % (59 % to 64 %)");
        assert_eq!(estimate(2.0, [f64::NAN; 2], "partners"), "2 partners");
        assert_eq!(estimate(12.34, [12.0, 12.7], "months"), "12.3 months (12.0 to 12.7)");
        assert_eq!(difference(0.09, [0.06, 0.12], "share"), "+9 percentage points (6 to 12)");
        assert_eq!(difference(-0.0553, [-0.057, -0.0536], "0 or 1"), "-5.53 percentage points (-5.70 to -5.36)");
        assert_eq!(input("partner.\"community health\".guilt"), "guilt of community health");
        assert_eq!(input("facilitator"), "facilitator");
        assert_eq!(short("Pool more, 0.5__x"), "pool_more_0_5_x");
        assert_eq!(in_100(0.67, [0.66, 0.68], 10_000), "in 67 of 100 replications (66–68)");
        assert_eq!(list(&["a".to_string(), "b".to_string(), "c".to_string()]), "a, b and c");
    }
}
