//! The reference of result files, written from the declarations of their columns.

mod searches;
mod studies;

use super::column::Column;
use super::{assumptions, data_dictionary, distributions, evaluation, failures, influence, partners};
use super::{runs, series, summary, survival, trace};

/// What is told before the tables: which files there are, and how other programs read them.
const FRAME: &str = include_str!("frame.md");

/// The tables that a command leaves.
struct Chapter {
    /// Heading.
    title: &'static str,
    /// When they are left, and how one is chosen among several.
    told: &'static str,
    /// The tables.
    tables: Vec<Table>,
}

/// A table.
struct Table {
    /// Its file.
    file: &'static str,
    /// What one row is, and when there is the file at all.
    row: &'static str,
    /// Its columns; one in angle brackets stands for as many as the scenario or the experiment gives it.
    columns: Vec<Column>,
}

impl Table {
    fn new(file: &'static str, row: &'static str, columns: Vec<Column>) -> Table {
        Table { file, row, columns }
    }
}

/// The whole reference as Markdown: `docs/results.md`.
pub fn markdown() -> String {
    let mut text = FRAME.to_string();
    let chapters = [vec![of_a_run()], studies::chapters(), searches::chapters(), vec![of_trace(), of_every_folder()]];
    let chapters: Vec<Chapter> = chapters.into_iter().flatten().collect();
    for Chapter { title, tables, .. } in &chapters {
        let files: Vec<String> = tables.iter().map(|table| format!("`{}`", table.file)).collect();
        text.push_str(&format!("- [{title}](#{}): {}\n", title.to_lowercase().replace(' ', "-"), files.join(", ")));
    }
    for Chapter { title, told, tables } in &chapters {
        text.push_str(&format!("\n## {title}\n\n{told}\n"));
        tables.iter().for_each(|table| text.push_str(&section(table)));
    }
    text
}

fn section(Table { file, row, columns }: &Table) -> String {
    let mut text = format!("\n### `{file}`\n\nOne row is {row}.\n\n| column | meaning | unit |\n|---|---|---|\n");
    for Column { name, meaning, unit, .. } in columns {
        text.push_str(&format!("| `{name}` | {} | {} |\n", cell(meaning), cell(unit)));
    }
    text
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;").replace('\n', " ")
}

fn of_a_run() -> Chapter {
    let inputs = vec![
        Column::whole("replication", "Index of the replication, from 0, as in runs.csv.", "index"),
        Column::number("<path>", "For each uncertain parameter a column named by its path.", "that of the parameter"),
    ];
    Chapter {
        title: "run",
        told: "What `partnersim run` leaves.",
        tables: vec![
            Table::new(
                "summary.csv",
                "an outcome; below them whether it failed, and each cause of that",
                summary::columns(),
            ),
            Table::new("runs.csv", "a replication", runs::columns()),
            Table::new("series.csv", "a month and a monthly measure", series::columns()),
            Table::new("survival.csv", "a month", survival::columns()),
            Table::new("partners.csv", "a partner", partners::columns()),
            Table::new(
                "distributions.csv",
                "a bar of the histogram of an outcome that varies",
                distributions::columns(),
            ),
            Table::new(
                "influence.csv",
                "an uncertain input and a main outcome; there where anything is uncertain",
                influence::columns(),
            ),
            Table::new("inputs.csv", "a replication; there where anything is uncertain", inputs),
            Table::new("assumptions.csv", "a parameter in force", assumptions::columns()),
            Table::new(
                "evaluation.csv",
                "something that an evaluator would report; there where the scenario has `[evaluation]`",
                evaluation::columns(),
            ),
            Table::new(
                "failures.csv",
                "a replication that could not be computed; there where there is one",
                failures::columns(),
            ),
        ],
    }
}

fn of_trace() -> Chapter {
    Chapter {
        title: "trace",
        told: "What `partnersim trace` leaves with `--out`, described in `trace_data_dictionary.csv`.",
        tables: vec![Table::new(
            "trace.csv",
            "a month of one replication, of the partnership or of a partner",
            trace::columns(),
        )],
    }
}

fn of_every_folder() -> Chapter {
    Chapter {
        title: "In every folder",
        told: "The tables above, described in a table of their own.",
        tables: vec![Table::new(
            "data_dictionary.csv",
            "a column of a table of the folder",
            data_dictionary::columns(),
        )],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::tests::with_report;

    #[test]
    fn every_table_of_a_run_stands_in_it_with_all_its_columns() {
        with_report(300, |report| {
            let kept = report.kept("partnersim run two.toml");
            let told = of_a_run().tables;
            let of = |file: &str| told.iter().find(|table| table.file == file).map(|table| table.columns.clone());
            for sheet in &kept.sheets {
                assert_eq!(of(&sheet.file()), Some(sheet.columns.clone()));
            }
            assert_eq!(of("runs.csv"), Some(kept.rows("runs").unwrap().columns.clone()));
            assert_eq!(of("inputs.csv").unwrap()[0], kept.rows("inputs").unwrap().columns[0]);
        });
    }

    #[test]
    fn a_cell_cannot_break_its_row() {
        assert_eq!(cell("a | b\n<c>"), "a \\| b &lt;c>");
    }
}
