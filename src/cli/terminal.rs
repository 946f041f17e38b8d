//! A result on the terminal: what a person can read in a minute.

use crate::analyse::findings::OutcomeFinding;
use crate::model::outcomes::{OUTCOMES, Outcome};
use crate::output::Report;
use crate::output::figure::{decimals_for, decimals_to_show, grouped, rounded};
use crate::output::sentences::sentences;
use crate::output::shown;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, presets};
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// Columns used when nobody says how wide the terminal is.
const USUAL_WIDTH: usize = 100;

/// Nothing is made narrower than this.
const LEAST_WIDTH: usize = 40;

/// What the headings of the table mean.
const LEGEND: &str = "Typical: the middle replication. Error: one standard error of the mean.";

/// Why some outcomes have no row.
const HIDDEN: &str = "the same in every replication; summary.csv has all";

/// Title, question, table, sentences, and where the files are.
pub fn text(report: &Report, folder: &Path, width: usize) -> String {
    let scenario = report.scenario;
    let mut paragraphs = vec![wrapped(&scenario.title, width, "")];
    if !scenario.question.is_empty() {
        paragraphs.push(wrapped(&scenario.question, width, ""));
    }
    let sentences: Vec<String> = sentences(report).iter().map(|sentence| wrapped(sentence, width, "  ")).collect();
    format!(
        "{}\n\n{}\n{}\n\n{}\n\n{}\n",
        paragraphs.join("\n"),
        table(report, width),
        wrapped(&legend(report), width, ""),
        sentences.join("\n"),
        where_files_are(folder, width)
    )
}

/// What the headings mean, and how many outcomes have no row.
fn legend(report: &Report) -> String {
    let hidden = OUTCOMES.len() - rows(report).count();
    let left_out = shown::left_out(hidden, HIDDEN).map_or_else(String::new, |told| format!(" {told}"));
    format!("{LEGEND}{left_out}")
}

/// The outcomes that have a row, with what was found.
fn rows<'r>(report: &'r Report) -> impl Iterator<Item = (&'static Outcome, &'r OutcomeFinding)> {
    // Of one replication nobody knows what would differ.
    let varies = |finding: &OutcomeFinding| finding.spread.sd != 0.0;
    OUTCOMES
        .iter()
        .zip(&report.findings.outcomes)
        .filter(move |(outcome, found)| shown::has_row(outcome, varies(found)))
}

/// How wide standard output is: as the variable `COLUMNS` says, else as the terminal does.
pub fn width() -> usize {
    let said =
        std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok()).filter(|columns| *columns > 0);
    let asked = || if io::stdout().is_terminal() { terminal_size::terminal_size() } else { None };
    let width = said.or_else(|| asked().map(|(width, _)| usize::from(width.0)));
    width.map_or(USUAL_WIDTH, |width| width.clamp(LEAST_WIDTH, usize::from(u16::MAX)))
}

/// Where the files of a result are.
pub fn where_files_are(folder: &Path, width: usize) -> String {
    let folder = folder.display();
    wrapped(&format!("All figures are in {folder}; data_dictionary.csv there says what each means."), width, "  ")
}

/// Writes to standard output. That nobody reads on, as in `| head`, is no fault.
pub fn say(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// A column of the table: its heading and what it shows of an outcome.
struct Column {
    heading: &'static str,
    cell: fn(&Outcome, &OutcomeFinding) -> String,
    /// Columns of a lower rank go first where the table would not fit.
    rank: u8,
}

const COLUMNS: [Column; 6] = [
    Column { heading: "Outcome", cell: |outcome, _| outcome.title.to_string(), rank: 3 },
    Column { heading: "Typical", cell: typical, rank: 3 },
    Column { heading: "Half within", cell: |outcome, finding| range(outcome, finding, 1), rank: 0 },
    Column { heading: "9 in 10 within", cell: |outcome, finding| range(outcome, finding, 0), rank: 3 },
    Column { heading: "Mean ± error", cell: mean, rank: 1 },
    Column { heading: "Unit", cell: |outcome, _| short_unit(outcome.unit).to_string(), rank: 2 },
];

/// One line an outcome, with as many columns as fit; broken within cells only where even the fewest do not.
fn table(report: &Report, width: usize) -> String {
    let whole = (0..3).map(|rank| table_of(report, rank, None).to_string());
    let fitting = whole.into_iter().find(|table| table.lines().all(|line| line.chars().count() <= width));
    let table = fitting.unwrap_or_else(|| table_of(report, 3, Some(width)).to_string());
    table.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn table_of(report: &Report, least_rank: u8, width: Option<usize>) -> Table {
    let columns = || COLUMNS.iter().filter(|column| column.rank >= least_rank);
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none()));
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(u16::try_from(width).unwrap_or(u16::MAX));
    }
    table.set_header(columns().map(|column| column.heading));
    for (outcome, finding) in rows(report) {
        table.add_row(columns().map(|column| (column.cell)(outcome, finding)));
    }
    for (column, drawn) in columns().zip(table.column_iter_mut()) {
        if !["Outcome", "Unit"].contains(&column.heading) {
            drawn.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// The middle replication; of yes or no, where it says little, the share of yes.
fn typical(outcome: &Outcome, finding: &OutcomeFinding) -> String {
    quantile(outcome, finding, 2).unwrap_or_else(|| grouped(finding.spread.mean.value, decimals(finding)))
}

/// From a quantile to its mirror image.
fn range(outcome: &Outcome, finding: &OutcomeFinding, lower: usize) -> String {
    let ends = quantile(outcome, finding, lower).zip(quantile(outcome, finding, 4 - lower));
    ends.map_or("–".to_string(), |(low, high)| format!("{low} to {high}"))
}

/// A quantile in figures. Half way between no and yes is nothing that happens: such an outcome has none.
fn quantile(outcome: &Outcome, finding: &OutcomeFinding, position: usize) -> Option<String> {
    let quantiles = finding.spread.quantiles.map(rounded);
    let is_counted = quantiles.iter().all(|value| value.fract() == 0.0);
    let decimals = if is_counted { 0 } else { decimals(finding) };
    (outcome.unit != "0 or 1").then(|| grouped(quantiles[position], decimals))
}

fn mean(_: &Outcome, finding: &OutcomeFinding) -> String {
    let mean = finding.spread.mean;
    let decimals = decimals_to_show(mean.mc_standard_error, decimals(finding));
    let value = grouped(mean.value, decimals);
    if mean.mc_standard_error.is_nan() {
        return value;
    }
    format!("{value} ± {}", grouped(mean.mc_standard_error, decimals))
}

/// Decimals at which all figures of an outcome can be read.
fn decimals(finding: &OutcomeFinding) -> usize {
    let [q05, _, _, _, q95] = finding.spread.quantiles;
    [q05, q95, finding.spread.mean.value].into_iter().map(decimals_for).min().unwrap_or(0)
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

/// A table for people: headings, and rows of as many cells; all columns but those named in `words` hold figures.
pub fn grid(headings: &[&str], words: &[&str], rows: Vec<Vec<String>>, width: usize) -> String {
    let drawn = |width: Option<usize>, keeps_words: bool| {
        let mut table = Table::new();
        table.load_style(presets::UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none()));
        if let Some(width) = width {
            let width = u16::try_from(width).unwrap_or(u16::MAX);
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        }
        table.set_header(headings.iter().copied());
        table.add_rows(rows.clone());
        for (heading, column) in headings.iter().zip(table.column_iter_mut()) {
            if !words.contains(heading) {
                column.set_cell_alignment(CellAlignment::Right);
            } else if keeps_words {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
        table.to_string()
    };
    let fits = |table: &String| table.lines().all(|line| line.chars().count() <= width);
    // A figure broken in two lines is read more easily than a name broken within a word.
    let whole = [drawn(None, false), drawn(Some(width), true)].into_iter().find(fits);
    let table = whole.unwrap_or_else(|| drawn(Some(width), false));
    table.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Text broken between words into lines of at most `width` characters, further lines after `indent`.
pub fn wrapped(text: &str, width: usize, indent: &str) -> String {
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
            let wide = table(report, 200);
            assert!(OUTCOMES.iter().all(|outcome| wide.contains(outcome.title)), "{wide}");
        });
    }

    #[test]
    fn each_outcome_has_one_line_and_a_narrow_terminal_fewer_columns() {
        with_report(300, |report| {
            for (width, heading, gone) in [(120, "Half within", "~"), (80, "9 in 10 within", "Half within")] {
                let table = table(report, width);
                assert!(table.contains(heading) && !table.contains(gone), "{table}");
                assert_eq!(table.lines().count(), OUTCOMES.len() + 4, "{table}");
            }
        });
    }

    #[test]
    fn an_outcome_that_never_differs_has_no_row_unless_every_scenario_is_asked_for_it() {
        with_report(300, |report| {
            let mut findings = report.findings.clone();
            for name in ["trust", "gaps"] {
                let position = OUTCOMES.iter().position(|outcome| outcome.name == name).unwrap_or_default();
                findings.outcomes[position].spread.sd = 0.0;
            }
            let report = &Report { findings: &findings, ..*report };
            assert_eq!(table(report, 200).lines().count(), OUTCOMES.len() - 1 + 4);
            assert!(
                legend(report).ends_with("Not shown: 1 outcome, the same in every replication; summary.csv has all.")
            );
        });
    }

    #[test]
    fn an_outcome_of_yes_or_no_shows_its_share_only() {
        with_report(300, |report| {
            let cells = COLUMNS.map(|column| (column.cell)(&OUTCOMES[1], &report.findings.outcomes[1]));
            assert_eq!(cells[1..4], ["51", "–", "–"]); // the fake figures know no yes or no
            assert_eq!(cells[5], "share");
        });
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("one two  three four", 9, "  "), "one two\n  three\n  four");
        assert_eq!(wrapped("", 9, "  "), "");
    }
}
