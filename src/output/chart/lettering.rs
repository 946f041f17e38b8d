//! How wide words are, so that none are drawn over others: the widths of a sans serif in a table, and names broken or shortened
//! to fit.

/// Widths of the printable characters of ASCII in thousandths of the size, of Noto Sans.
#[rustfmt::skip]
const WIDTHS: [u16; 95] = [
    260, 269, 408, 646, 572, 831, 732, 225, 300, 300, 551, 572, 268, 322, 268, 372, 572, 572, 572, 572, 572, 572, 572, 572, 572,
    572, 268, 268, 572, 572, 572, 434, 899, 639, 650, 632, 730, 556, 519, 728, 741, 339, 273, 619, 524, 907, 760, 781, 605, 781,
    622, 549, 556, 731, 600, 930, 586, 566, 572, 329, 372, 329, 572, 444, 580, 561, 615, 480, 615, 564, 344, 615, 618, 258, 258,
    534, 258, 935, 618, 605, 615, 615, 413, 479, 361, 618, 508, 786, 529, 510, 470, 380, 551, 380, 572,
];
/// Bold letters are so much wider.
const BOLD: f64 = 1.08;
/// Room for the fonts that a page or a viewer takes in place of Noto Sans.
const ROOM: f64 = 1.05;

/// Width of a text of this size.
///
/// ```
/// use partnersim::output::chart::lettering::width;
/// assert!(width("million", 12.0, false) < width("MILLION", 12.0, false));
/// ```
pub fn width(text: &str, size: f64, is_bold: bool) -> f64 {
    let thousandths: f64 = text.chars().map(of_character).sum();
    thousandths / 1000.0 * size * ROOM * if is_bold { BOLD } else { 1.0 }
}

fn of_character(character: char) -> f64 {
    match character as u32 {
        code @ 32..=126 => f64::from(WIDTHS[code as usize - 32]),
        0xa0 => 260.0,
        // Arrows, dashes, signs, ideographs and pictures are as wide as high, or a little more.
        0x2014 | 0x2026 | 0x2190..=0x21ff => 1000.0,
        0x1100..=0x11ff | 0x2e80..=0xffff => 1050.0,
        0x10000.. => 1300.0,
        code if code < 0x2000 => {
            if character.is_uppercase() {
                760.0
            } else {
                640.0
            }
        }
        _ => 650.0,
    }
}

/// A text in at most `most` lines no wider than `room`, broken between words; what does not fit is left out behind an ellipsis.
/// At least one line.
pub fn wrapped(text: &str, size: f64, is_bold: bool, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let joined = lines.last().map(|line| format!("{line} {word}"));
        match joined.filter(|joined| width(joined, size, is_bold) <= room) {
            Some(joined) => *lines.last_mut().expect("a line that was joined to") = joined,
            None if lines.len() < most.max(1) => lines.push(word.to_string()),
            None => {
                let last = lines.pop().unwrap_or_default();
                let rest: Vec<&str> = std::iter::once(word).chain(words.by_ref()).collect();
                lines.push(format!("{last} {}", rest.join(" ")));
            }
        }
    }
    let lines: Vec<String> = lines.into_iter().map(|line| shortened(&line, size, is_bold, room)).collect();
    if lines.is_empty() { vec![String::new()] } else { lines }
}

/// As much of a text as is no wider than `room`, with an ellipsis where something is left out.
pub fn shortened(text: &str, size: f64, is_bold: bool, room: f64) -> String {
    if width(text, size, is_bold) <= room {
        return text.to_string();
    }
    let mut kept = String::new();
    for character in text.chars() {
        kept.push(character);
        if width(&format!("{kept}…"), size, is_bold) > room {
            kept.pop();
            break;
        }
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_long_name_is_broken_between_words_and_then_shortened() {
        let name = "The community mental health trust of the northern districts";
        let lines = wrapped(name, 12.0, false, 120.0, 2);
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[1].ends_with('…') && lines.iter().all(|line| width(line, 12.0, false) <= 120.0), "{lines:?}");
        assert_eq!(wrapped(name, 12.0, false, 1000.0, 2), [name]);
        assert_eq!(wrapped("", 12.0, false, 10.0, 2), [""]);
    }

    proptest! {
        #[test]
        fn what_is_made_to_fit_fits(text in prop::collection::vec(prop::char::any(), 0..80), room in 20.0..300.0f64, most in 1usize..4) {
            let text: String = text.into_iter().collect();
            let lines = wrapped(&text, 12.0, true, room, most);
            prop_assert!(lines.len() <= most);
            prop_assert!(lines.iter().all(|line| width(line, 12.0, true) <= room));
        }
    }
}
