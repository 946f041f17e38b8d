//! What stands in one cell: a number with either decimal mark, a yes or no, a position on the globe.

/// Which mark stands before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    /// Told apart cell by cell.
    Auto,
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
}

/// Why a cell is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotANumber {
    /// It holds something else.
    Other,
    /// `1,234` is one and a bit or one thousand and a bit.
    Ambiguous,
}

/// The number in a cell. A currency sign before or after it and spaces or apostrophes between thousands are passed over.
///
/// With [`Decimal::Auto`] the last of two different marks is the decimal one, a mark that comes twice separates thousands, and a
/// single mark is the decimal one unless exactly three digits follow one to three (`1,234`): that cell is refused.
///
/// # Errors
/// When it is not a number, or two readings are possible.
pub fn number(cell: &str, decimal: Decimal) -> Result<f64, NotANumber> {
    let bare: String = cell
        .trim_matches(|c: char| c.is_whitespace() || "€£$".contains(c))
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\'' && *c != '’')
        .collect();
    let plain = with_decimal_point(&bare, decimal)?;
    let looks_right = plain.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
        && plain.chars().all(|c| c.is_ascii_digit() || "+-.eE".contains(c));
    match plain.parse::<f64>() {
        Ok(value) if looks_right && value.is_finite() => Ok(value),
        _ => Err(NotANumber::Other),
    }
}

/// The same number with a point before its decimals and nothing between its thousands.
fn with_decimal_point(bare: &str, decimal: Decimal) -> Result<String, NotANumber> {
    let mark = match decimal {
        Decimal::Point => '.',
        Decimal::Comma => ',',
        Decimal::Auto => decimal_mark(bare)?,
    };
    let thousands = if mark == '.' { ',' } else { '.' };
    if !thousands_are_grouped(bare, mark, thousands) {
        return Err(NotANumber::Other);
    }
    Ok(bare.replace(thousands, "").replace(mark, "."))
}

/// The mark before the decimals of a number written one way or the other.
fn decimal_mark(bare: &str) -> Result<char, NotANumber> {
    let marks: Vec<(usize, char)> = bare.char_indices().filter(|(_, c)| ".,".contains(*c)).collect();
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else { return Ok('.') };
    if first.1 != last.1 {
        return Ok(last.1);
    }
    if marks.len() > 1 {
        return Ok(if first.1 == ',' { '.' } else { ',' });
    }
    let before = bare[..first.0].trim_start_matches(['+', '-']);
    let after = &bare[first.0 + 1..];
    let could_be_thousands = after.len() == 3
        && after.bytes().all(|b| b.is_ascii_digit())
        && (1..=3).contains(&before.len())
        && before != "0";
    if could_be_thousands { Err(NotANumber::Ambiguous) } else { Ok(first.1) }
}

/// Whether every thousands mark stands before three digits and none after the decimal mark.
fn thousands_are_grouped(bare: &str, mark: char, thousands: char) -> bool {
    let (whole, decimals) = bare.split_once(mark).unwrap_or((bare, ""));
    !decimals.contains(thousands)
        && whole.split(thousands).skip(1).all(|group| group.len() == 3)
        && !whole.starts_with(thousands)
}

/// The yes or no in a cell.
pub fn truth(cell: &str) -> Option<bool> {
    match cell.trim().to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" => Some(true),
        "false" | "no" | "n" | "0" => Some(false),
        _ => None,
    }
}

/// Latitude and longitude in one cell, `38.75,-9.15`, also with a semicolon or spaces between them, degrees.
pub fn position(cell: &str) -> Option<(f64, f64)> {
    let separator = if cell.contains(';') {
        ';'
    } else if cell.contains(',') {
        ','
    } else {
        ' '
    };
    let (latitude, longitude) = cell.trim().trim_matches(['(', ')', '[', ']']).split_once(separator)?;
    let decimal = if separator == ',' { Decimal::Point } else { Decimal::Auto };
    degrees(latitude, longitude, decimal)
}

/// A latitude and a longitude in degrees, when both are on the globe.
pub fn degrees(latitude: &str, longitude: &str, decimal: Decimal) -> Option<(f64, f64)> {
    let (latitude, longitude) = (degree(latitude, decimal)?, degree(longitude, decimal)?);
    (latitude.abs() <= 90.0 && longitude.abs() <= 180.0).then_some((latitude, longitude))
}

/// An angle: unlike money it never has thousands, so one mark is always the decimal one.
fn degree(cell: &str, decimal: Decimal) -> Option<f64> {
    let decimal = match decimal {
        Decimal::Auto if cell.contains(',') => Decimal::Comma,
        Decimal::Auto => Decimal::Point,
        stated => stated,
    };
    number(cell, decimal).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_with_either_decimal_mark() {
        for (cell, value) in [
            ("60437.5", 60437.5),
            ("60437,5", 60437.5),
            ("21250", 21250.0),
            ("1.234.567,89", 1_234_567.89),
            ("1,234,567.89", 1_234_567.89),
            ("1 234 567,8", 1_234_567.8),
            ("1'234'567.8", 1_234_567.8),
            ("1.234.567", 1_234_567.0),
            ("0,125", 0.125),
            ("€ 12,50", 12.5),
            ("-3,5", -3.5),
            ("1.5E3", 1500.0),
        ] {
            assert_eq!(number(cell, Decimal::Auto), Ok(value), "{cell}");
        }
    }

    #[test]
    fn a_mark_before_three_digits_is_refused_until_the_mapping_says_which_it_is() {
        assert_eq!(number("1,234", Decimal::Auto), Err(NotANumber::Ambiguous));
        assert_eq!(number("1,234", Decimal::Comma), Ok(1.234));
        assert_eq!(number("1,234", Decimal::Point), Ok(1234.0));
        assert_eq!(number("12345,678", Decimal::Auto), Ok(12345.678));
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        for cell in ["", "n/a", "NaN", "inf", "-", "1,2.3,4", "12,34.5", "12 apples", "1e999", ".,", "1.2.3"] {
            assert!(number(cell, Decimal::Auto).is_err(), "{cell}");
        }
    }

    #[test]
    fn a_position_is_two_angles_on_the_globe() {
        assert_eq!(position("38.754867,-9.1514578"), Some((38.754867, -9.1514578)));
        assert_eq!(position("38,75;-9,15"), Some((38.75, -9.15)));
        assert_eq!(position("51.125 4.250"), Some((51.125, 4.25)));
        assert_eq!(position("91,0"), None);
        assert_eq!(position("Lisbon"), None);
    }
}
