//! Figures for people: as many digits as they can use, thousands set apart, never a minus before nothing.

use crate::analyse::findings::Share;

/// A number with `decimals` digits after the dot and thousands set apart by commas.
///
/// ```
/// assert_eq!(partnersim::output::figure::grouped(-1234567.891, 1), "-1,234,567.9");
/// ```
pub fn grouped(value: f64, decimals: usize) -> String {
    let digits = format!("{:.decimals$}", value.abs());
    let is_nothing = digits.bytes().all(|byte| byte == b'0' || byte == b'.');
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let sign = if value < 0.0 && !is_nothing { "-" } else { "" };
    format!("{sign}{}{rest}", in_thousands(whole))
}

/// A whole number by its digits, thousands set apart by commas. What is no number stays as it is.
///
/// ```
/// assert_eq!(partnersim::output::figure::in_thousands("1234567"), "1,234,567");
/// ```
pub fn in_thousands(whole: &str) -> String {
    let mut text = String::new();
    for (k, digit) in whole.chars().enumerate() {
        if k > 0 && (whole.len() - k).is_multiple_of(3) && digit.is_ascii_digit() {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Whether as much as is written of an amount is nothing, so that no sign belongs before it.
pub fn is_nothing(written: &str) -> bool {
    !written.bytes().any(|byte| byte.is_ascii_digit() && byte != b'0')
}

/// Decimals for figures up to a size: hundreds need none, shares two.
pub fn decimals_for(size: f64) -> usize {
    match size.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        _ => 2,
    }
}

/// Decimals, at least `least`, at which a standard error shows its first digit.
pub fn decimals_to_show(standard_error: f64, least: usize) -> usize {
    let (mut decimals, mut scaled) = (0, standard_error);
    while scaled > 0.0 && scaled < 0.95 && decimals < 6 {
        scaled *= 10.0;
        decimals += 1;
    }
    decimals.max(least)
}

/// What an amount of pounds is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pounds {
    /// Pounds.
    Ones,
    /// Millions of them.
    Millions,
    /// Thousand millions of them.
    Billions,
}

/// An amount of money without its sign, to three digits: `£1.23 million`, `£340,000`, `£4,210`.
pub fn money(thousand_pounds: f64) -> String {
    let (unit, digits) = pounds(thousand_pounds);
    match unit {
        Pounds::Ones => format!("£{digits}"),
        Pounds::Millions => format!("£{digits} million"),
        Pounds::Billions => format!("£{digits} billion"),
    }
}

/// The digits of an amount of money without its sign, three of them, and what they count.
pub fn pounds(thousand_pounds: f64) -> (Pounds, String) {
    let pounds = to_three_digits((thousand_pounds * 1000.0).abs());
    let of = |unit: f64| {
        let digits = format!("{:.2}", pounds / unit);
        digits.trim_end_matches('0').trim_end_matches('.').to_string()
    };
    match pounds {
        // Beyond a thousand billion the digits need setting apart again.
        pounds if pounds >= 1e12 => (Pounds::Billions, grouped(pounds / 1e9, 0)),
        pounds if pounds >= 1e9 => (Pounds::Billions, of(1e9)),
        pounds if pounds >= 1e6 => (Pounds::Millions, of(1e6)),
        pounds => (Pounds::Ones, grouped(pounds, 0)),
    }
}

/// A number of at least 0 rounded to its first three digits, and to a whole number.
fn to_three_digits(value: f64) -> f64 {
    let mut unit = 1.0;
    while value / unit >= 999.5 && unit < 1e300 {
        unit *= 10.0;
    }
    (value / unit).round() * unit
}

/// In how many of 100 replications, with the interval: `in 67 of 100 replications (66–68)`.
pub fn of_100(share: &Share, n: u64) -> String {
    let (low, high) = (100.0 * share.interval.low, 100.0 * share.interval.high);
    let (decimals, scale) = decimals_of_100(low, high, n);
    let digits = |percent: f64| grouped(percent, decimals);
    // A bound is rounded outwards, or it would claim too much; first away from what is but the error of computing it.
    let exactly = |percent: f64| (percent * scale * 1e6).round() / 1e6;
    let (from, to) = (digits(exactly(low).floor() / scale), digits(exactly(high).ceil() / scale));
    let (replications, percent) = (counted(n, "replication"), 100.0 * share.value);
    let rounds_to = |end: f64| digits(percent) == digits(end);
    if n == 1 {
        format!("in {} replication", if share.count == 1 { "the only" } else { "no" })
    } else if share.count == 0 {
        format!("in none of {replications} (at most {to} of 100)")
    } else if share.count == n {
        format!("in all {replications} (at least {from} of 100)")
    } else if rounds_to(100.0) {
        format!("in all but {} of {replications}", grouped((n - share.count) as f64, 0))
    } else if n < 100 || rounds_to(0.0) {
        format!("in {} of {replications} ({from}–{to} of 100)", share.count)
    } else {
        format!("in {} of 100 replications ({from}–{to})", digits(percent))
    }
}

/// Decimals for a share in 100, and ten to their power: as many for all shares of a run as its replications support, and
/// more for one so near to none or all that whole numbers would hide it.
fn decimals_of_100(low: f64, high: f64, n: u64) -> (usize, f64) {
    let widest = 196.0 / (n as f64).sqrt();
    let hidden = low < 1.0 || high > 99.0;
    match if hidden { high - low } else { widest } {
        width if width >= 1.0 => (0, 1.0),
        width if width >= 0.1 => (1, 10.0),
        _ => (2, 100.0),
    }
}

/// A number of things: `1 replication`, `10,000 replications`.
pub fn counted(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{} {noun}s", grouped(n as f64, 0)) }
}

/// A number of thousands and more with its first three digits, any other as it is: more would pretend to knowledge.
pub fn rounded(value: f64) -> f64 {
    if value.abs() < 1000.0 { value } else { to_three_digits(value.abs()).copysign(value) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn thousands_are_set_apart_and_nothing_has_no_sign() {
        let expected = [
            (0.0, 2, "0.00"),
            (-0.0, 0, "0"),
            (-0.004, 2, "0.00"),
            (999.0, 0, "999"),
            (999.6, 0, "1,000"),
            (-123_456.0, 0, "-123,456"),
            (1_234.56, 1, "1,234.6"),
        ];
        for (value, decimals, written) in expected {
            assert_eq!(grouped(value, decimals), written);
        }
    }

    #[test]
    fn money_is_told_to_three_digits() {
        let expected = [
            (0.0, "£0"),
            (-0.0004, "£0"),
            (0.421, "£421"),
            (4.2149, "£4,210"),
            (339.9, "£340,000"),
            (999.96, "£1 million"),
            (-1234.0, "£1.23 million"),
            (12_000_000.0, "£12 billion"),
            (2e10, "£20,000 billion"),
        ];
        for (thousand_pounds, written) in expected {
            assert_eq!(money(thousand_pounds), written);
        }
    }

    #[test]
    fn a_share_is_told_with_its_interval() {
        assert_eq!(of_100(&Share::new(6_700, 10_000), 10_000), "in 67 of 100 replications (66–68)");
        assert_eq!(of_100(&Share::new(7_352, 10_000), 10_000), "in 74 of 100 replications (72–75)");
        assert_eq!(of_100(&Share::new(9_820, 10_000), 10_000), "in 98 of 100 replications (97–99)");
        assert_eq!(of_100(&Share::new(9_900, 10_000), 10_000), "in 99.0 of 100 replications (98.7–99.2)");
        assert_eq!(of_100(&Share::new(1, 1), 1), "in the only replication");
        assert_eq!(of_100(&Share::new(0, 1), 1), "in no replication");
        assert_eq!(of_100(&Share::new(0, 10_000), 10_000), "in none of 10,000 replications (at most 0.04 of 100)");
        assert_eq!(of_100(&Share::new(20, 20), 20), "in all 20 replications (at least 83 of 100)");
        assert_eq!(of_100(&Share::new(7, 20), 20), "in 7 of 20 replications (18–57 of 100)");
        assert_eq!(of_100(&Share::new(3, 10_000), 10_000), "in 0.03 of 100 replications (0.01–0.09)");
        let many = 1_000_000;
        assert_eq!(of_100(&Share::new(many - 12, many), many), "in all but 12 of 1,000,000 replications");
        assert_eq!(of_100(&Share::new(many, many), many), "in all 1,000,000 replications (at least 99.99 of 100)");
        assert_eq!(of_100(&Share::new(12, many), many), "in 12 of 1,000,000 replications (0.00–0.01 of 100)");
        assert_eq!(of_100(&Share::new(669_000, many), many), "in 66.9 of 100 replications (66.8–67.0)");
    }

    #[test]
    fn thousands_keep_three_digits() {
        assert_eq!([109_357.0, -1_726.4, 999.6, 0.51].map(rounded), [109_000.0, -1_730.0, 999.6, 0.51]);
    }

    #[test]
    fn a_small_standard_error_gets_the_decimals_that_show_it() {
        assert_eq!(decimals_to_show(0.003, 2), 3);
        assert_eq!(decimals_to_show(12.0, 0), 0);
        assert_eq!(decimals_to_show(0.0, 2), 2);
        assert_eq!(decimals_to_show(f64::NAN, 1), 1);
    }

    proptest! {
        #[test]
        fn commas_apart_a_grouped_number_is_the_number_rounded(value in -1e12..1e12f64, decimals in 0usize..4) {
            let text = grouped(value, decimals);
            let plain: f64 = text.replace(',', "").parse().unwrap();
            prop_assert_eq!(plain, format!("{value:.decimals$}").parse::<f64>().unwrap());
            prop_assert!(text.split('.').next().unwrap().trim_start_matches('-').split(',').skip(1).all(|g| g.len() == 3));
        }
    }
}
