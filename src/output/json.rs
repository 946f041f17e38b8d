//! Results as JSON: every table with the meaning of its columns, for programs that would rather not read files.
//!
//! A figure has the bits that it has in the table's file. What is not defined or not finite is `null`, as JSON knows no other way.

use super::column::Column;
use super::kept::Kept;
use super::sheet::{Sheet, Value};
use super::study::Study;
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

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

impl From<Kept> for Found {
    fn from(Kept { about, sheets, .. }: Kept) -> Found {
        Found {
            kind: about.kind,
            name: about.name,
            title: about.title,
            question: about.question,
            findings: about.findings,
            tables: sheets,
        }
    }
}

impl Serialize for Sheet {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut table = to.serialize_struct("Sheet", 5)?;
        table.serialize_field("name", &self.name)?;
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
            let found = Found::from(report.kept(""));
            let names: Vec<&str> = found.tables.iter().map(|table| table.name.as_str()).collect();
            let last = ["assumptions", "distributions", "influence"];
            assert_eq!(names, [&["summary", "series", "survival", "partners"][..], &last].concat());
            let premium = report.findings.outcomes[7].spread.mean.value;
            assert_eq!(found.tables[0].rows[7][5], Value::Number(premium));
        });
    }

    #[test]
    fn a_name_that_a_spreadsheet_would_run_is_itself_again() {
        with_report(10, |report| assert_eq!(Found::from(report.kept("")).tables[3].rows[1][1], "=charity".into()));
    }
}
