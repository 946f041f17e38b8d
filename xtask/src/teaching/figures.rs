//! Numbers on paper as the page writes them, digit by digit (`web/page/shared/wording.mjs`), so that a class can hold a
//! sheet beside the screen. A check in the browser holds the two together.

use crate::lessons::words::Words;
use partnersim::experiment::quantity::Variable;
use partnersim::output::figure::{in_thousands, is_nothing};

/// How the amounts of an outcome are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Money,
    /// A share, as a percentage.
    Percent,
    /// A number with so many digits after the point.
    Plain(i32),
}

fn form(variable: Variable) -> Form {
    match (variable.unit(), variable.name()) {
        ("thousand pounds", _) => Form::Money,
        ("index, 0 to 1", _) => Form::Plain(3),
        (_, "time_to_agreement") => Form::Plain(2),
        ("months" | "days", _) => Form::Plain(1),
        _ => Form::Percent,
    }
}

/// What stands behind the name of an outcome: its unit, where its values are neither money nor shares.
pub fn named(words: &Words, name: String, variable: Variable) -> String {
    let unit = ["results", "unit", variable.name()];
    if !words.has(&unit) {
        return name;
    }
    words.text(&["results", "with_unit"]).replace("{name}", &name).replace("{unit}", &words.text(&unit))
}

/// A value.
pub fn value(words: &Words, variable: Variable, value: f64) -> String {
    signed(value, &size(words, variable, value), "")
}

/// A mean with its interval; what has no spread has none.
pub fn mean(words: &Words, variable: Variable, [mean, low, high]: [f64; 3]) -> String {
    if low == high {
        return value(words, variable, mean);
    }
    match form(variable) {
        Form::Percent => share(words, [mean, low, high]),
        _ => with_range(words, [mean, low, high].map(|end| value(words, variable, end))),
    }
}

/// A share with its interval, which is rounded outwards: `90% (87–92%)`.
pub fn share(words: &Words, [share, low, high]: [f64; 3]) -> String {
    let is_near_an_end = low < 0.01 || high > 0.99;
    let digits = i32::max(i32::from(is_near_an_end), digits(low, high));
    let scale = [100.0, 1000.0, 10_000.0][digits as usize];
    // First away from what is but the error of computing it.
    let exactly = |share: f64| (share * scale * 1e6).round() / 1e6;
    let [low, high] = [exactly(low).floor() / scale, exactly(high).ceil() / scale];
    let range = words.text(&["results", "range"]).replace("{low}", &half_up(100.0 * low, 0, digits));
    let range = range.replace("{high}", &percent(words, high, digits));
    words.text(&["results", "with_range"]).replace("{value}", &percent(words, share, digits)).replace("{range}", &range)
}

/// A difference with its interval: `+10.3 points (+10.0 to +10.6)`, `−£13,900 (−£15,200 to −£12,700)`.
pub fn difference(words: &Words, variable: Variable, [mean, low, high]: [f64; 3]) -> String {
    let is_share = form(variable) == Form::Percent;
    let digits = i32::max(1, digits(low, high));
    let [mean, low, high] = [mean, low, high].map(|value| {
        let size = if is_share { half_up(100.0 * value, 0, digits) } else { size(words, variable, value) };
        signed(value, &size, "+")
    });
    let mean = if is_share { words.text(&["results", "points"]).replace("{n}", &mean) } else { mean };
    with_range(words, [mean, low, high])
}

/// A level that somebody set, without digits that say nothing.
pub fn bound(words: &Words, variable: Variable, bound: f64) -> String {
    let size = match form(variable) {
        Form::Money => money(words, bound),
        Form::Percent => return bound_share(words, bound),
        Form::Plain(digits) => bare(half_up(bound, 0, digits)),
    };
    signed(bound, &size, "")
}

/// A share that somebody set.
pub fn bound_share(words: &Words, bound: f64) -> String {
    words.text(&["drawing", "percent"]).replace("{n}", &bare(half_up(bound, 2, 1)))
}

fn bare(digits: String) -> String {
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.').to_owned() } else { digits }
}

fn with_range(words: &Words, [value, low, high]: [String; 3]) -> String {
    let range = words.text(&["results", "from_to"]).replace("{low}", &low).replace("{high}", &high);
    words.text(&["results", "with_range"]).replace("{value}", &value).replace("{range}", &range)
}

/// Digits after the point of a percentage, so that the ends of its interval do not look the same.
fn digits(low: f64, high: f64) -> i32 {
    match high - low {
        0.0 => 0,
        width if width < 0.002 => 2,
        width if width < 0.02 => 1,
        _ => 0,
    }
}

/// How much it is, its sign left out; a share to one digit.
fn size(words: &Words, variable: Variable, value: f64) -> String {
    match form(variable) {
        Form::Money => money(words, value),
        Form::Percent => percent(words, value, 1),
        Form::Plain(digits) => half_up(value, 0, digits),
    }
}

/// A sign before what is not nothing, which stays beside it at the end of a line.
fn signed(value: f64, size: &str, plus: &str) -> String {
    let sign = if is_nothing(size) {
        ""
    } else if value < 0.0 {
        "−"
    } else {
        plus
    };
    if sign.is_empty() { size.to_owned() } else { format!("{sign}\u{2060}{size}") }
}

/// A share with so many digits after the point.
pub fn percent(words: &Words, share: f64, digits: i32) -> String {
    words.text(&["drawing", "percent"]).replace("{n}", &half_up(share, 2, digits))
}

/// Three digits that count, and no pence.
fn money(words: &Words, thousand_pounds: f64) -> String {
    let pounds = (1000.0 * thousand_pounds).abs();
    let (scaled, key) = match pounds {
        size if size < 999_500.0 => (pounds, "pounds"),
        size if size < 999_500_000.0 => (pounds / 1e6, "millions"),
        _ => (pounds / 1e9, "billions"),
    };
    let before_the_point = (scaled as u64).to_string().len() as i32;
    let digits = if key == "pounds" { i32::min(0, 3 - before_the_point) } else { 3 - before_the_point };
    let digits = half_up(scaled, 0, digits);
    words.text(&["drawing", key]).replace("{n}", &if key == "pounds" { digits } else { bare(digits) })
}

/// The digits of a number without its sign, times ten to a power, with so many after the point (before it, where negative); halves go
/// up, and thousands are set apart. It is rounded as it is written, since that is what a browser rounds.
fn half_up(value: f64, power: usize, digits: i32) -> String {
    let written = format!("{}", value.abs());
    let (whole, rest) = written.split_once('.').unwrap_or((&written, ""));
    let mut all: Vec<u8> = whole.bytes().chain(rest.bytes()).map(|byte| byte - b'0').collect();
    let point = whole.len() + power;
    all.resize(all.len().max(point), 0);
    // One place in front, for what is carried.
    all.insert(0, 0);
    let kept = usize::try_from(point as i32 + 1 + digits).unwrap_or(0);
    all.resize(all.len().max(kept + 1), 0);
    let goes_up = all[kept] >= 5;
    all[kept..].fill(0);
    let mut place = kept;
    while goes_up && place > 0 {
        place -= 1;
        if all[place] < 9 {
            all[place] += 1;
            break;
        }
        all[place] = 0;
    }
    let text: String = all.iter().map(|digit| char::from(digit + b'0')).collect();
    let (whole, rest) = text.split_at(point + 1);
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let rest = &rest[..usize::try_from(digits).unwrap_or(0)];
    let grouped = in_thousands(whole);
    if rest.is_empty() { grouped } else { format!("{grouped}.{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Variable {
        Variable::parse(name).unwrap()
    }

    #[test]
    fn halves_go_up_as_they_are_written() {
        let told = [
            (0.885, 2, 0),
            (0.0365, 2, 1),
            (0.999, 2, 0),
            (1234.5, 0, 0),
            (99_950.0, 0, -2),
            (0.4, 0, 0),
            (0.0, 2, 1),
            (2.0, 0, 2),
        ]
        .map(|(value, power, digits)| half_up(value, power, digits));
        assert_eq!(told, ["89", "3.7", "100", "1,235", "100,000", "0", "0.0", "2.00"]);
    }

    #[test]
    fn numbers_stand_as_on_the_page() {
        let words = Words::read("en").unwrap();
        let plain = |told: String| told.replace('\u{2060}', "");
        let money =
            [0.942, 22.94, -99.4, 999.6, 1642.0, 123.4].map(|value| plain(super::value(&words, of("premium"), value)));
        assert_eq!(money, ["£942", "£22,900", "−£99,400", "£1 million", "£1.64 million", "£123,000"]);
        assert_eq!(super::value(&words, of("trust"), 0.509), "50.9%");
        assert_eq!(super::value(&words, of("inequality"), 0.5683), "0.568");
        let told = |name: &str, numbers: [f64; 3]| plain(difference(&words, of(name), numbers));
        assert_eq!(told("trust", [0.103, 0.1, 0.106]), "+10.3 points (+10.0 to +10.6)");
        assert_eq!(told("alive", [-0.005, -0.013, 0.003]), "−0.5 points (−1.3 to +0.3)");
        assert_eq!(told("misunderstanding", [0.00047, 0.0004, 0.0006]), "+0.05 points (+0.04 to +0.06)");
        assert_eq!(told("premium", [-13.91, -15.2, -12.7]), "−£13,900 (−£15,200 to −£12,700)");
        assert_eq!(told("months_survived", [-0.01, -0.1, 0.04]), "0.0 (−0.1 to 0.0)");
        assert_eq!(share(&words, [0.895, 0.874, 0.9125]), "90% (87–92%)");
        assert_eq!(mean(&words, of("coordination"), [73.6, 72.6, 74.6]), "£73,600 (£72,600 to £74,600)");
        assert_eq!([bound(&words, of("agreement"), 0.78), bound(&words, of("time_to_agreement"), 1.0)], ["78%", "1"]);
    }
}
