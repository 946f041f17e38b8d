//! Numbers as text: the shortest digits that read back as the same bits, with a dot, without needless signs or exponents.

/// Appends a number. Whole numbers have no ".0", zero has no sign, and what is not a number leaves the cell empty.
///
/// ```
/// let mut text = Vec::new();
/// partnersim::output::number::push(&mut text, -12.0);
/// assert_eq!(text, b"-12");
/// ```
pub fn push(text: &mut Vec<u8>, value: f64) {
    if value.is_nan() {
        return;
    }
    if value == 0.0 {
        text.push(b'0');
        return;
    }
    let mut buffer = ryu::Buffer::new();
    let shortest = buffer.format(value);
    if shortest.contains('e') && is_ordinary(value) {
        text.extend_from_slice(value.to_string().as_bytes());
    } else {
        text.extend_from_slice(shortest.strip_suffix(".0").unwrap_or(shortest).as_bytes());
    }
}

/// A number as text; see [`push`].
pub fn text(value: f64) -> String {
    let mut text = Vec::new();
    push(&mut text, value);
    text.into_iter().map(char::from).collect()
}

/// A size that people write out in digits.
fn is_ordinary(value: f64) -> bool {
    (1e-12..1e21).contains(&value.abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        let expected = [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-3.0, "-3"),
            (0.1, "0.1"),
            (1234.5, "1234.5"),
            (0.000_001, "0.000001"),
            (1e16, "10000000000000000"),
            (123_456_789_012_345_680_000.0, "123456789012345680000"),
            (1e-30, "1e-30"),
            (1.5e300, "1.5e300"),
            (f64::NAN, ""),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
        ];
        for (value, written) in expected {
            assert_eq!(text(value), written);
        }
    }

    proptest! {
        #[test]
        fn every_number_reads_back_as_the_same_bits(bits in any::<u64>(), ordinary in -1e9..1e9f64) {
            for value in [f64::from_bits(bits), ordinary] {
                if value.is_nan() || value == 0.0 {
                    continue;
                }
                prop_assert_eq!(text(value).parse::<f64>().unwrap().to_bits(), value.to_bits());
            }
        }

        #[test]
        fn ordinary_numbers_have_no_exponent_and_no_trailing_zero(value in -1e9..1e9f64) {
            let written = text(value);
            prop_assert!(!written.contains('e') && !written.ends_with(".0"), "{}", written);
        }
    }
}
