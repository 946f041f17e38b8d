//! Amounts of an outcome in the words a person would use for it: pounds, so many in 100, months.

use crate::analyse::wilson::Interval;
use crate::experiment::quantity::Variable;
use crate::output::figure::{decimals_for, decimals_to_show, grouped, is_nothing, money, rounded};

/// A table has room for four decimals, which is what an interval of this width shows.
const NARROWEST: f64 = 3e-4;

/// How the amounts of an outcome are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// In pounds.
    Money,
    /// So many replications in 100.
    InHundred,
    /// A number with its unit.
    Plain,
}

fn form(variable: Variable) -> Form {
    match variable.unit() {
        "thousand pounds" => Form::Money,
        "0 or 1" => Form::InHundred,
        _ => Form::Plain,
    }
}

/// A value with its sign, as in `-£1.2 million`, `44.2 in 100`, `61.3 months`; `width` is how closely it is known.
pub fn level(variable: Variable, value: f64, width: f64) -> String {
    let unit = unit(variable);
    format!("{}{unit}", bare(variable, value, width))
}

/// A value with its sign and, but for money, without its unit.
pub fn bare(variable: Variable, value: f64, width: f64) -> String {
    let size = size(variable, value, width);
    if value < 0.0 && !is_nothing(&size) { format!("-{size}") } else { size }
}

/// What stands behind a number: ` months`, ` in 100`, nothing for money.
pub fn unit(variable: Variable) -> String {
    match (form(variable), variable.unit()) {
        (Form::Money, _) => String::new(),
        (Form::InHundred, _) => " in 100".to_string(),
        // What a number from 0 to 1 is a share of, its title says.
        (Form::Plain, unit) if unit.contains("0 to 1") || unit == "ratio" || unit.starts_with("share") => String::new(),
        (Form::Plain, unit) => format!(" {unit}"),
    }
}

/// How much it is, its sign left out, with as many digits as `width` lets it have.
pub fn size(variable: Variable, value: f64, width: f64) -> String {
    let plain = |value: f64, width: f64| {
        let size = rounded(value.abs());
        if width.is_nan() { exactly(size) } else { grouped(size, decimals(width)) }
    };
    match form(variable) {
        Form::Money => money(value),
        Form::InHundred => plain(100.0 * value, 100.0 * width),
        Form::Plain => plain(value, width),
    }
}

/// A number that somebody gave, without digits that say nothing.
fn exactly(size: f64) -> String {
    let digits = grouped(size, decimals_to_show(size, decimals_for(size)));
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.').to_string() } else { digits }
}

/// Decimals for what is known to within an interval of a width: three units or more leave nothing behind the dot.
fn decimals(width: f64) -> usize {
    decimals_to_show(width / 3.0, 0)
}

/// How closely a difference is known: the width of its interval, or less where an end that is not nothing would be written as 0.
fn closeness(interval: &Interval) -> f64 {
    let width = interval.high - interval.low;
    let nearer = f64::min(interval.low.abs(), interval.high.abs());
    let is_one_sided = interval.low * interval.high > 0.0;
    if is_one_sided { f64::min(width, f64::max(3.0 * nearer, width / 10.0)) } else { width }
}

/// A difference that is known to be on one side of nothing, without its sign: `12 (9–15)`, `£1.2 million (£1.1 million–£1.3 million)`.
pub fn one_sided(variable: Variable, value: f64, interval: &Interval) -> String {
    let width = closeness(interval);
    let (nearer, further) = if value < 0.0 { (interval.high, interval.low) } else { (interval.low, interval.high) };
    let told = |value: f64| size(variable, value, width);
    format!("{} ({}–{})", told(value), told(nearer), told(further))
}

/// A difference with its sign and interval: `+12 (9 to 15)`.
pub fn signed(variable: Variable, value: f64, interval: &Interval) -> String {
    let width = closeness(interval);
    let told = |value: f64| bare(variable, value, width);
    let plus = if value > 0.0 { "+" } else { "" };
    if width.is_nan() {
        return format!("{plus}{}", told(value));
    }
    format!("{plus}{} ({} to {})", told(value), told(interval.low), told(interval.high))
}

/// A value in as few characters as say it, for tables: `£1.59m`, `84`, `61.3`.
pub fn brief(variable: Variable, value: f64, width: f64) -> String {
    match form(variable) {
        Form::Money => brief_money(value, value, width),
        _ => bare(variable, value, width),
    }
}

/// A difference with its sign and interval in as few characters as say it, with the unit where that is neither money nor
/// in 100: `+£1.59m (£1.51m to £1.66m)`, `+14 (13 to 16)`, `+0.8 months (-0.4 to 1.9)`.
pub fn brief_signed(variable: Variable, value: f64, interval: &Interval) -> String {
    let width = interval.high - interval.low;
    let width = if width < NARROWEST { NARROWEST } else { width };
    let largest = [value, interval.low, interval.high].into_iter().map(f64::abs).fold(0.0, f64::max);
    let told = |value: f64| match form(variable) {
        Form::Money => brief_money(value, largest, width),
        _ => bare(variable, value, width),
    };
    let plus = if value > 0.0 { "+" } else { "" };
    let unit = if form(variable) == Form::Plain { unit(variable) } else { String::new() };
    if width.is_nan() {
        return format!("{plus}{}{unit}", told(value));
    }
    format!("{plus}{}{unit} ({} to {})", told(value), told(interval.low), told(interval.high))
}

/// An amount in the unit that suits the largest one beside it: `-£984k`.
fn brief_money(thousand_pounds: f64, largest: f64, width: f64) -> String {
    let (unit, word) = match largest.abs() {
        size if size >= 999_500.0 => (1e6, "bn"),
        size if size >= 999.5 => (1e3, "m"),
        size if size >= 1.0 => (1.0, "k"),
        _ => (1e-3, ""),
    };
    let scaled = thousand_pounds / unit;
    let decimals = if width.is_nan() { decimals_for(scaled) } else { decimals(width / unit).min(2) };
    let digits = grouped(scaled.abs(), decimals);
    format!("{}£{digits}{word}", if scaled < 0.0 && !is_nothing(&digits) { "-" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Variable {
        Variable::parse(name).unwrap()
    }

    #[test]
    fn amounts_are_written_in_the_words_of_their_outcome() {
        let interval = Interval { low: 0.094, high: 0.148 };
        assert_eq!(one_sided(of("alive"), 0.121, &interval), "12 (9–15)");
        let interval = Interval { low: -1300.0, high: -1100.0 };
        assert_eq!(one_sided(of("premium"), -1200.0, &interval), "£1.2 million (£1.1 million–£1.3 million)");
        assert_eq!(signed(of("premium"), -1200.0, &interval), "-£1.2 million (-£1.3 million to -£1.1 million)");
        let interval = Interval { low: -0.4, high: 1.9 };
        assert_eq!(signed(of("months_survived"), 0.75, &interval), "+0.8 (-0.4 to 1.9)");
        assert_eq!(level(of("months_survived"), 61.26, 0.4), "61.3 months");
        assert_eq!(level(of("alive"), 0.01, f64::NAN), "1 in 100");
        assert_eq!(level(of("alive"), 0.000_012, f64::NAN), "0.001 in 100");
        assert_eq!(level(of("alive"), 0.4421, 0.004), "44.2 in 100");
        assert_eq!(level(of("need_met"), 0.4421, 0.004), "0.442");
        let interval = Interval { low: -0.0006, high: -0.000_04 };
        assert_eq!(one_sided(of("need_met"), -0.000_32, &interval), "0.00032 (0.00004–0.00060)");
        assert_eq!(level(of("premium"), -0.0001, 1.0), "£0");
    }

    #[test]
    fn tables_have_amounts_in_few_characters() {
        let interval = Interval { low: 930.0, high: 1040.0 };
        assert_eq!(brief_signed(of("premium"), 984.0, &interval), "+£0.98m (£0.93m to £1.04m)");
        let interval = Interval { low: -39.0, high: 1.0 };
        assert_eq!(brief_signed(of("premium"), -20.0, &interval), "-£20k (-£39k to £1k)");
        let interval = Interval { low: -0.4, high: 1.9 };
        assert_eq!(brief_signed(of("months_survived"), 0.75, &interval), "+0.8 months (-0.4 to 1.9)");
        assert_eq!(brief(of("coordination"), 427.3, 5.0), "£427k");
        assert_eq!(brief(of("premium"), 0.0, 0.0), "£0");
    }
}
