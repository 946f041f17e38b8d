//! A table on the page: headings that say what they head, figures that stand to the right, and no more rows than one reads.

use super::{cell, principal};
use crate::output::figure::counted;
use crate::output::sheet::{Sheet, Value};
use maud::{Markup, html};

/// A table of more rows than these is shortened.
const MOST_ROWS: usize = 50;

/// Rows that a shortened table shows.
const FIRST_ROWS: usize = 20;

/// What is said of a table.
#[derive(Debug, Clone, Copy)]
pub struct Caption<'a> {
    /// What it holds.
    pub title: &'a str,
    /// What one presses to unfold it.
    pub summary: &'a str,
    /// The file that holds all of it, where there is one.
    pub file: Option<&'a str>,
}

/// A table that unfolds.
pub fn folded(sheet: &Sheet, caption: &Caption) -> Markup {
    html! { details.numbers { summary { (caption.summary) } (grid(sheet, caption)) } }
}

/// A table.
pub fn grid(sheet: &Sheet, caption: &Caption) -> Markup {
    let columns = shown(sheet);
    let decimals = cell::decimals(sheet);
    let seen = seen(sheet.rows.len(), caption.file.is_some());
    let rows = seen
        .iter()
        .map(|&row| columns.iter().map(|&at| cell::told(sheet, &sheet.rows[row], at, &decimals)).collect::<Vec<_>>());
    let heads: Vec<Head> = columns
        .iter()
        .map(|&at| Head {
            text: cell::heading(&sheet.columns[at]),
            unit: cell::unit(&sheet.columns[at]).to_string(),
            is_figures: cell::is_figures(&sheet.columns[at]),
        })
        .collect();
    html! {
        (table(caption.title, &heads, rows))
        @for sentence in left_out(sheet, columns.len(), seen.len(), caption.file) { p.note { (sentence) } }
        details.meanings {
            summary { "What the columns mean" }
            dl { @for &at in &columns { dt { (cell::heading(&sheet.columns[at])) } dd { (sheet.columns[at].meaning) } } }
        }
    }
}

/// The heading of a column.
#[derive(Debug, Clone)]
pub struct Head {
    /// What the column holds.
    pub text: String,
    /// Its unit; may be empty.
    pub unit: String,
    /// Whether it holds figures.
    pub is_figures: bool,
}

impl Head {
    /// A column of words.
    pub fn words(text: &str) -> Head {
        Head { text: text.to_string(), unit: String::new(), is_figures: false }
    }

    /// A column of figures.
    pub fn figures(text: &str, unit: &str) -> Head {
        Head { text: text.to_string(), unit: unit.to_string(), is_figures: true }
    }
}

/// A table of cells as they are read; the first of each row says what the row is about.
pub fn table(title: &str, heads: &[Head], rows: impl IntoIterator<Item = Vec<String>>) -> Markup {
    let class = |head: &Head| if head.is_figures { "figures" } else { "words" };
    html! {
        div.scroll role="group" tabindex="0" aria-label={ "Table: " (title) } {
            table {
                caption { (title) }
                thead { tr {
                    @for head in heads {
                        th scope="col" class=(class(head)) {
                            (head.text)
                            @if !head.unit.is_empty() { " " span.unit { "(" (head.unit) ")" } }
                        }
                    }
                } }
                tbody {
                    @for row in rows { tr {
                        @for (k, (cell, head)) in row.into_iter().zip(heads).enumerate() {
                            @if k == 0 { th scope="row" class=(class(head)) { (cell) } }
                            @else { td class=(class(head)) { (cell) } }
                        }
                    } }
                }
            }
        }
    }
}

/// The columns shown: the principal ones, without the name of the scenario or the kind of row where there is but one.
fn shown(sheet: &Sheet) -> Vec<usize> {
    let principal =
        principal::columns(&sheet.name).map(|names| names.iter().filter_map(|name| sheet.column(name)).collect());
    let columns: Vec<usize> =
        principal.filter(|found: &Vec<usize>| found.len() > 1).unwrap_or((0..sheet.columns.len()).collect());
    let is_one = |at: usize| sheet.rows.windows(2).all(|rows| rows[0][at] == rows[1][at]);
    let is_empty = |at: usize| sheet.rows.iter().all(|row| matches!(&row[at], Value::Text(text) if text.is_empty()));
    let is_told =
        |at: usize| is_empty(at) || (["scenario", "holds"].contains(&sheet.columns[at].name.as_str()) && is_one(at));
    let kept: Vec<usize> = columns.iter().copied().filter(|&at| !is_told(at)).collect();
    if kept.is_empty() { columns } else { kept }
}

/// The rows shown of so many: of a long table that is a file the first ones, of the numbers of a picture some at even distances and the
/// last.
fn seen(n: usize, is_file: bool) -> Vec<usize> {
    match n {
        _ if n <= MOST_ROWS => (0..n).collect(),
        _ if is_file => (0..FIRST_ROWS).collect(),
        _ => {
            let mut rows: Vec<usize> = (0..n).step_by(n.div_ceil(FIRST_ROWS)).collect();
            if rows.last() != Some(&(n - 1)) {
                rows.push(n - 1);
            }
            rows
        }
    }
}

/// What is not shown, and where it is.
fn left_out(sheet: &Sheet, n_columns: usize, n_rows: usize, file: Option<&str>) -> Vec<String> {
    let mut sentences = Vec::new();
    let all = counted(sheet.rows.len() as u64, "row");
    let rows = (sheet.rows.len() > n_rows).then(|| match file {
        Some(file) => format!("The first {n_rows} of {all}; all are in {file}."),
        None => format!("{n_rows} of {all} at even distances; all are in the tables of the result."),
    });
    sentences.extend(rows);
    if let Some(file) = file.filter(|_| n_columns < sheet.columns.len()) {
        sentences.push(format!("{n_columns} of {} columns; all are in {file}.", sheet.columns.len()));
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::column::Column;

    fn sheet(n: usize) -> Sheet {
        let mut sheet = Sheet::new(
            "found",
            "Found",
            vec![Column::text("who", "Who."), Column::number("gain", "Gain.", "thousand pounds")],
        );
        for k in 0..n {
            sheet.push(vec![format!("<b>{k}</b>").into(), (k as f64 / 3.0).into()]);
        }
        sheet
    }

    fn shown(n: usize, file: Option<&str>) -> String {
        grid(&sheet(n), &Caption { title: "Found", summary: "Found", file }).into_string()
    }

    #[test]
    fn a_table_has_heads_with_units_and_rows_that_say_what_they_are_about() {
        let table = shown(3, None);
        assert!(
            table.contains(
                "<th scope=\"col\" class=\"figures\">Gain <span class=\"unit\">(£\u{a0}thousand)</span></th>"
            ),
            "{table}"
        );
        assert!(
            table.contains(
                "<th scope=\"row\" class=\"words\">&lt;b&gt;2&lt;/b&gt;</th><td class=\"figures\">0.667</td>"
            ),
            "{table}"
        );
        assert!(!table.contains("<b>") && !table.contains(" of 3"));
    }

    #[test]
    fn a_long_table_is_shortened_and_says_where_all_of_it_is() {
        let rows = |table: &str| table.matches("<th scope=\"row\"").count();
        let (fits, first, even) = (shown(50, None), shown(51, Some("found.csv")), shown(85, None));
        assert_eq!((rows(&fits), rows(&first), rows(&even)), (50, 20, 18));
        assert!(first.contains("The first 20 of 51 rows; all are in found.csv.") && first.contains("&lt;b&gt;19&lt;"));
        assert!(even.contains("18 of 85 rows at even distances") && even.contains("&lt;b&gt;84&lt;"), "{even}");
    }
}
