//! Results as JSON: every table with the meaning of its columns, for programs that would rather not read files.
//!
//! A figure has the bits that it has in the table's file. What is not defined or not finite is `null`, as JSON knows no other way.

use super::column::{Column, Kind};
use super::sentences::sentences;
use super::sheet::{Sheet, Value};
use super::study::Study;
use super::table::unescaped;
use super::{FILES, Report, failures};
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};
use std::io::{self, Write};

/// What a command found, in the form that all of them share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// `run`, `comparison`, `experiment`, `threshold`…
    pub kind: String,
    /// Short name, as that of the folder.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// The question it answers; may be empty.
    pub question: String,
    /// What was found, in words.
    pub findings: Vec<String>,
    /// What was found, in tables.
    pub tables: Vec<Sheet>,
}

impl From<Study> for Found {
    fn from(study: Study) -> Found {
        let request = study.request;
        Found {
            kind: request.kind,
            name: request.name,
            title: request.title,
            question: request.question,
            findings: study.sentences,
            tables: study.sheets,
        }
    }
}

impl Found {
    /// What a run found: its tables but those with a row a replication, which are read from their files.
    ///
    /// # Errors
    /// What writing a table reports.
    pub fn of_run(report: &Report) -> io::Result<Found> {
        let tables =
            FILES.iter().filter(|file| (file.is_wanted)(report.scenario) && file.name != "data_dictionary.csv");
        let tables = tables.map(|file| (file.name, (file.columns)(), file.write));
        let failures =
            (!report.ended.faults.is_empty()).then_some((failures::NAME, failures::columns(), failures::write as _));
        let sheets = tables.chain(failures).map(|(name, columns, write)| sheet(name, columns, |to| write(report, to)));
        let scenario = report.scenario;
        Ok(Found {
            kind: "run".to_string(),
            name: scenario.name.clone(),
            title: scenario.title.clone(),
            question: scenario.question.clone(),
            findings: sentences(report),
            tables: sheets.collect::<io::Result<_>>()?,
        })
    }
}

/// A table of comma-separated values as a sheet.
///
/// # Errors
/// What writing it reports.
pub fn sheet(
    file: &'static str,
    columns: Vec<Column>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<Sheet> {
    let mut bytes = Vec::new();
    write(&mut bytes)?;
    let name = file.trim_end_matches(".csv");
    let mut sheet = Sheet::new(name, title(name), columns);
    for record in csv::Reader::from_reader(bytes.as_slice()).records() {
        let record = record?;
        let row = sheet.columns.iter().zip(&record).map(|(column, text)| cell(column.kind, text)).collect();
        sheet.push(row);
    }
    Ok(sheet)
}

/// What a cell of a file holds.
fn cell(kind: Kind, text: &str) -> Value {
    match kind {
        Kind::Text => Value::Text(unescaped(text).to_string()),
        Kind::Number => Value::Number(text.parse().unwrap_or(f64::NAN)),
        Kind::Whole => text.parse().map_or(Value::Number(f64::NAN), Value::Whole),
    }
}

/// Heading of a table that has none of its own.
fn title(name: &str) -> &str {
    match name {
        "summary" => "What came of each outcome",
        "series" => "Month by month",
        "survival" => "How many partnerships were still together",
        "partners" => "How each partner fared, together and alone",
        "evaluation" => "What an evaluator would find",
        "assumptions" => "Every parameter in force",
        "failures" => "Replications that could not be computed",
        "trace" => "One replication, month by month",
        other => other,
    }
}

impl Serialize for Sheet {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut table = to.serialize_struct("Sheet", 5)?;
        table.serialize_field("name", self.name)?;
        table.serialize_field("title", &self.title)?;
        table.serialize_field("file", &self.file())?;
        table.serialize_field("columns", &self.columns)?;
        table.serialize_field("rows", &self.rows)?;
        table.end()
    }
}

impl Serialize for Column {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut column = to.serialize_struct("Column", 4)?;
        column.serialize_field("name", &self.name)?;
        column.serialize_field("meaning", &self.meaning)?;
        column.serialize_field("unit", &self.unit)?;
        column.serialize_field("kind", self.kind.word())?;
        column.end()
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Text(text) => to.serialize_str(text),
            Value::Number(number) if number.is_finite() => to.serialize_f64(*number),
            Value::Number(_) => to.serialize_none(),
            Value::Whole(whole) => to.serialize_u64(*whole),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::study::tests::study;
    use crate::output::tests::with_report;
    use serde_json::json;

    #[test]
    fn a_study_keeps_its_tables_and_words() {
        let found = serde_json::to_value(Found::from(study())).unwrap();
        assert_eq!(
            (&found["kind"], &found["findings"][0]),
            (&json!("comparison"), &json!("There is no clear difference."))
        );
        let table = json!({
            "name": "found", "title": "Found", "file": "found.csv",
            "columns": [
                { "name": "who", "meaning": "Who.", "unit": "", "kind": "text" },
                { "name": "n", "meaning": "N.", "unit": "1", "kind": "whole number" },
            ],
            "rows": [["council", 3]],
        });
        assert_eq!(found["tables"], json!([table]));
    }

    #[test]
    fn the_tables_of_a_run_hold_what_its_files_hold() {
        with_report(300, |report| {
            let found = Found::of_run(report).unwrap();
            let names: Vec<&str> = found.tables.iter().map(|table| table.name).collect();
            assert_eq!(names, ["summary", "series", "survival", "partners", "assumptions"]);
            let written = |name: &str| {
                let mut bytes = Vec::new();
                (FILES.iter().find(|file| file.name == name).unwrap().write)(report, &mut bytes).unwrap();
                bytes
            };
            for table in &found.tables {
                let mut bytes = Vec::new();
                table.write_csv(&mut bytes).unwrap();
                assert_eq!(bytes, written(&table.file()), "{}", table.name);
            }
            let premium = report.findings.outcomes[7].spread.mean.value;
            assert_eq!(found.tables[0].rows[7][5], Value::Number(premium));
        });
    }

    #[test]
    fn a_name_that_a_spreadsheet_would_run_is_itself_again() {
        with_report(10, |report| assert_eq!(Found::of_run(report).unwrap().tables[3].rows[1][1], "=charity".into()));
    }
}
