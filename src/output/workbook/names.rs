//! Names that a spreadsheet takes: of sheets, of tables, of columns; and text without signs that no file of its kind may hold.

use crate::output::column::{Column, Kind};

/// The most characters the name of a sheet may have.
const LONGEST_SHEET: usize = 31;
/// The most characters of a heading; what is longer nobody reads.
const LONGEST_HEADING: usize = 120;
/// The most characters a cell may hold.
const LONGEST_CELL: usize = 32_767;
/// The longest alternative text that is taken.
const LONGEST_TOLD: usize = 255;
/// What is said where a text is longer than a cell may be.
const CUT: &str = " … (the rest is longer than a cell may be; the file of comma-separated values holds all of it)";

/// Names given so far, so that each is given once; spreadsheets do not tell capital letters from small ones.
#[derive(Debug, Default)]
pub struct Names {
    given: Vec<String>,
}

impl Names {
    /// The name of a sheet for what is called `raw`: at most 31 letters, digits and `_`, given to no other.
    pub fn sheet(&mut self, raw: &str) -> String {
        let mut name: String = letters(raw).chars().take(LONGEST_SHEET).collect();
        if let Some(first) = name.get(..1) {
            name.replace_range(..1, &first.to_ascii_uppercase());
        }
        // Excel keeps this name for itself, and a table must not be called like a cell.
        if name.is_empty() || name.eq_ignore_ascii_case("history") || is_cell(&name) {
            name = format!("Table_{name}").chars().take(LONGEST_SHEET).collect();
        }
        self.unique(&name, LONGEST_SHEET, "_")
    }

    /// The headings of columns, each given once.
    pub fn headings(columns: &[Column]) -> Vec<String> {
        let mut names = Names::default();
        columns.iter().map(|column| names.unique(&heading(column), LONGEST_HEADING, " ")).collect()
    }

    fn unique(&mut self, name: &str, longest: usize, between: &str) -> String {
        let is_given = |name: &str, given: &[String]| given.contains(&name.to_lowercase());
        let (mut unique, mut number) = (name.to_string(), 1);
        while is_given(&unique, &self.given) {
            number += 1;
            let ending = format!("{between}{number}");
            let kept: String = name.chars().take(longest - ending.chars().count()).collect();
            unique = kept + &ending;
        }
        self.given.push(unique.to_lowercase());
        unique
    }
}

/// Letters, digits and `_` of a name, beginning with a letter.
fn letters(raw: &str) -> String {
    let mut name = String::new();
    for sign in raw.chars() {
        match sign {
            sign if sign.is_ascii_alphanumeric() => name.push(sign),
            _ if name.ends_with('_') || name.is_empty() => {}
            _ => name.push('_'),
        }
    }
    let name = name.trim_end_matches('_');
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("Table_{name}") } else { name.to_string() }
}

/// Whether a formula would take a name for a cell: `Q1`, `R`, `R1C1`.
fn is_cell(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let column = name.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let is_letters = |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let in_rows = name
        .strip_prefix('R')
        .is_some_and(|rest| rest.split('C').all(|part| part.bytes().all(|byte| byte.is_ascii_digit())));
    name == "C" || in_rows || (column.len() < name.len() && is_letters(column))
}

/// The heading of a column: its name, and its unit where the name does not say it.
fn heading(column: &Column) -> String {
    let name: String = one_line(&column.name).chars().take(LONGEST_HEADING).collect();
    let name = if name.is_empty() { "column".to_string() } else { name };
    let said = column.unit.replace([' ', ','], "_").replace("__", "_");
    let says_nothing = ["", "1", "index", "number", "see column unit", "as unit", "as estimate"]
        .contains(&column.unit.as_str())
        || ["that of", "unit of"].iter().any(|words| column.unit.contains(words));
    match column.kind {
        Kind::Text => name,
        _ if says_nothing || name.contains(&said) || name.contains(said.trim_end_matches('s')) => name,
        _ => format!("{name} ({})", column.unit),
    }
}

/// Text in one line, without signs that cannot be shown.
pub fn one_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Alternative text as a spreadsheet takes it: as many whole sentences as fit, or the beginning of the first.
pub fn told_briefly(text: &str) -> String {
    let text = one_line(text);
    let fits = |text: &str| text.encode_utf16().count() <= LONGEST_TOLD;
    if fits(&text) {
        return text;
    }
    let ends = text.match_indices(". ").map(|(at, _)| &text[..=at]);
    let whole = ends.take_while(|begun| fits(begun)).last();
    let begun = || {
        let mut n = 0;
        let kept = text.chars().take_while(|sign| {
            n += sign.len_utf16();
            n < LONGEST_TOLD
        });
        kept.collect::<String>() + "…"
    };
    whole.map_or_else(begun, str::to_string)
}

/// Text as a cell may hold it.
pub fn clean(text: &str) -> String {
    let is_allowed = |sign: char| !matches!(sign, '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}');
    let text: String = text.chars().map(|sign| if is_allowed(sign) { sign } else { '\u{fffd}' }).collect();
    // A cell counts as Windows does: a sign beyond the first 65,536 is two.
    if text.encode_utf16().count() <= LONGEST_CELL {
        return text;
    }
    let room = LONGEST_CELL - CUT.encode_utf16().count();
    let mut n = 0;
    let kept: String = text
        .chars()
        .take_while(|sign| {
            n += sign.len_utf16();
            n <= room
        })
        .collect();
    kept + CUT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_sheet_is_short_plain_and_given_once() {
        let mut names = Names::default();
        let raw = [
            "summary",
            "Summary",
            "a/b[c]:d*?\\'e'",
            "Q1",
            "r1c1",
            "history",
            "1st",
            "",
            "🙂",
            "talk to them",
            &"x".repeat(300),
            &"x".repeat(301),
        ];
        let given: Vec<String> = raw.iter().map(|raw| names.sheet(raw)).collect();
        let x = format!("X{}", "x".repeat(30));
        let expected = [
            "Summary",
            "Summary_2",
            "A_b_c_d_e",
            "Table_Q1",
            "Table_R1c1",
            "Table_History",
            "Table_1st",
            "Table_",
            "Table__2",
            "Talk_to_them",
            x.as_str(),
            &format!("X{}_2", "x".repeat(28)),
        ];
        assert_eq!(given, expected);
    }

    #[test]
    fn a_heading_says_its_unit_once() {
        let heading = |name: &str, unit: &str| heading(&Column::number(name, "", unit));
        assert_eq!(heading("premium_thousand_pounds", "thousand pounds"), "premium_thousand_pounds");
        assert_eq!(heading("mean", "see column unit"), "mean");
        assert_eq!(heading("month", "months"), "month");
        assert_eq!(heading("restricted_mean", "months"), "restricted_mean (months)");
        assert_eq!(heading("alive", "0 or 1"), "alive (0 or 1)");
        let twice = ["a\u{1}\nb", "A\u{fffd} b"].map(|name| Column::text(name, ""));
        assert_eq!(Names::headings(&twice), ["a\u{fffd} b", "A\u{fffd} b 2"]);
    }

    #[test]
    fn alternative_text_ends_with_a_sentence_where_it_can() {
        let first = "a".repeat(100);
        assert_eq!(told_briefly(&format!("{first}. {first}. {first}. b")), format!("{first}. {first}."));
        let long = told_briefly(&"🙂".repeat(300));
        assert!(long.encode_utf16().count() <= 255 && long.ends_with('…'));
        assert_eq!(told_briefly(" a\n b "), "a b");
    }

    #[test]
    fn a_text_longer_than_a_cell_says_so() {
        let long = clean(&"🙂".repeat(20_000));
        assert!(long.ends_with(CUT) && long.encode_utf16().count() <= LONGEST_CELL);
        assert_eq!(clean("a\u{0}b\tc\nd\u{7f}"), "a\u{fffd}b\tc\nd\u{fffd}");
    }
}
