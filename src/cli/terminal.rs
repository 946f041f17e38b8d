//! A result on the terminal: what a person can read in a minute.

use crate::analyse::findings::OutcomeFinding;
use crate::model::outcomes::{OUTCOMES, Outcome};
use crate::output::Report;
use crate::output::figure::{decimals_for, decimals_to_show, grouped};
use crate::output::sentences::sentences;
use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, Table, presets};
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// Columns used when nobody says how wide the terminal is.
const USUAL_WIDTH: usize = 100;

/// Title, question, table, sentences, and where the files are.
pub fn text(report: &Report, folder: &Path, width: usize) -> String {
    let scenario = report.scenario;
    let mut paragraphs = vec![wrapped(&scenario.title, width, "")];
    if !scenario.question.is_empty() {
        paragraphs.push(wrapped(&scenario.question, width, ""));
    }
    let sentences: Vec<String> = sentences(report).iter().map(|sentence| wrapped(sentence, width, "  ")).collect();
    format!(
        "{}\n\n{}\n\n{}\n\nAll figures are in {}; data_dictionary.csv there says what each means.\n",
        paragraphs.join("\n"),
        table(report, width),
        sentences.join("\n"),
        folder.display()
    )
}

/// How wide standard output is.
pub fn width() -> usize {
    let asked = if io::stdout().is_terminal() { terminal_size::terminal_size() } else { None };
    asked.map_or(USUAL_WIDTH, |(width, _)| usize::from(width.0).max(40))
}

/// Writes to standard output. That nobody reads on, as in `| head`, is no fault.
pub fn say(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

fn table(report: &Report, width: usize) -> Table {
    let mut table = Table::new();
    let style = presets::UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none());
    table.load_style(style).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    table.set_header(["Outcome", "Typical", "Half within", "9 in 10 within", "Mean ± error", "Unit"]);
    for (outcome, finding) in OUTCOMES.iter().zip(&report.findings.outcomes) {
        table.add_row(row(outcome, finding));
    }
    for column in table.column_iter_mut().skip(1).take(4) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn row(outcome: &Outcome, finding: &OutcomeFinding) -> Vec<Cell> {
    let [q05, q25, q50, q75, q95] = finding.spread.quantiles;
    let mean = finding.spread.mean;
    let decimals = [q05, q95, mean.value].into_iter().map(decimals_for).min().unwrap_or(0);
    let fine = decimals_to_show(mean.mc_standard_error, decimals);
    let range = |low: f64, high: f64| format!("{} to {}", grouped(low, decimals), grouped(high, decimals));
    let error = if mean.mc_standard_error.is_nan() {
        String::new()
    } else {
        format!(" ± {}", grouped(mean.mc_standard_error, fine))
    };
    // Half way between no and yes is nothing that happens: of such an outcome only the mean says something.
    let is_yes_or_no = outcome.unit == "0 or 1";
    let unless = |text: String| if is_yes_or_no { "–".to_string() } else { text };
    [
        outcome.title.to_string(),
        unless(grouped(q50, decimals)),
        unless(range(q25, q75)),
        unless(range(q05, q95)),
        format!("{}{error}", grouped(mean.value, fine)),
        short_unit(outcome.unit).to_string(),
    ]
    .map(Cell::new)
    .to_vec()
}

/// A unit in the few characters that a table has for it.
fn short_unit(unit: &str) -> &str {
    match unit {
        "thousand pounds" => "£ thousand",
        "index, 0 to 1" => "index",
        "0 or 1" => "share",
        _ => unit,
    }
}

/// Text broken between words into lines of at most `width` characters, further lines after `indent`.
fn wrapped(text: &str, width: usize, indent: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last().map_or("", String::as_str);
        if !line.trim().is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(indent.to_string());
        }
        if let Some(line) = lines.last_mut() {
            if !line.trim().is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::tests::with_report;

    #[test]
    fn every_line_fits_the_width_and_every_outcome_has_its_row() {
        with_report(300, |report| {
            for width in [60, 80, 100, 200] {
                let text = text(report, Path::new("results/two"), width);
                for line in text.lines() {
                    assert!(line.chars().count() <= width.max(80), "{width}: {line}");
                }
                assert!(text.starts_with("Two, together\nWill it last?\n"));
                assert!(text.contains("Beats working alone in ") && text.contains("results/two"));
            }
            let table = table(report, 200).to_string();
            assert!(OUTCOMES.iter().all(|outcome| table.contains(outcome.title)), "{table}");
        });
    }

    #[test]
    fn an_outcome_of_yes_or_no_shows_its_share_only() {
        with_report(300, |report| {
            let cells: Vec<String> =
                row(&OUTCOMES[1], &report.findings.outcomes[1]).iter().map(Cell::content).collect();
            assert_eq!(cells[1..4], ["–", "–", "–"]);
            assert_eq!(cells[5], "share");
        });
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("one two  three four", 9, "  "), "one two\n  three\n  four");
        assert_eq!(wrapped("", 9, "  "), "");
    }
}
