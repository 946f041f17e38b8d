//! `datapackage.json`: the tables of a result as a Frictionless Data Package (version 2), which says of every column what other
//! programs need to read it rightly. It holds no time, no path and no machine.

use super::column::{Column, Kind};
use super::csv_style::CsvStyle;
use super::kept::Kept;
use super::manifest::Entry;
use super::sheet::{Sheet, Value};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Its name in the result folder.
pub const NAME: &str = "datapackage.json";

/// What it holds, for people.
pub const TITLE: &str = "The tables described for other programs";

/// The form it has.
const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// As many columns name a row at most.
const LONGEST_KEY: usize = 4;

/// Writes the description of these files, each with its length in bytes, the tables among them being in a style.
///
/// # Errors
/// What writing reports.
pub fn write(kept: &Kept, files: &[(Entry, u64)], style: CsvStyle, to: &mut dyn Write) -> io::Result<()> {
    let tables = files.iter().filter_map(|(entry, bytes)| resource(kept, entry, *bytes, style));
    let about = &kept.about;
    let mut package = Map::new();
    let mut say = |key: &str, value: Json| _ = package.insert(key.to_string(), value);
    say("$schema", json!(PROFILE));
    say("name", json!(short(&about.name)));
    say("title", json!(about.title));
    let words: Vec<&str> = [&about.question].into_iter().chain(&about.findings).map(String::as_str).collect();
    say("description", json!(words.join("\n").trim_start()));
    let sources: BTreeSet<&String> = about.scenarios.iter().flat_map(|scenario| &scenario.sources).collect();
    if !sources.is_empty() {
        say("sources", sources.into_iter().map(|source| json!({ "title": source })).collect());
    }
    let scenarios = about.scenarios.iter().map(|scenario| json!({ "name": scenario.name, "digest": scenario.digest }));
    let computed = json!({
        "version": about.version,
        "kind": about.kind,
        "command": about.command,
        "seed": about.seed,
        "replications": about.replications,
        "scenarios": scenarios.collect::<Json>(),
    });
    say("partnersim", computed);
    say("resources", tables.collect());
    serde_json::to_writer_pretty(&mut *to, &package)?;
    to.write_all(b"\n")
}

/// The description of a table; nothing for any other file.
fn resource(kept: &Kept, entry: &Entry, bytes: u64, style: CsvStyle) -> Option<Json> {
    let (name, ending) = entry.file.rsplit_once('.')?;
    let dictionary = kept.data_dictionary();
    let sheet = kept.sheet(name).or_else(|| (dictionary.name == name).then_some(&dictionary));
    let columns = sheet.map(|sheet| &sheet.columns).or_else(|| kept.rows(name).map(|rows| &rows.columns))?;
    let mut resource = json!({
        "name": short(if ending == "csv" { name } else { &entry.file }),
        "title": entry.title,
        "type": "table",
        "path": entry.file,
        "format": ending,
        "hash": format!("sha256:{}", entry.sha256),
    });
    match ending {
        "csv" => {
            resource["mediatype"] = json!("text/csv");
            resource["encoding"] = json!("utf-8");
            resource["dialect"] = dialect(style);
            resource["bytes"] = json!(bytes);
            resource["schema"] = schema(kept, name, columns, sheet, style);
        }
        // It holds types and meanings itself, and readers of packages count the bytes of text only.
        "parquet" => resource["mediatype"] = json!("application/vnd.apache.parquet"),
        _ => return None,
    }
    Some(resource)
}

/// What the columns of a table hold, and which of them name its rows.
fn schema(kept: &Kept, name: &str, columns: &[Column], sheet: Option<&Sheet>, style: CsvStyle) -> Json {
    let mark = (style.decimal_mark() == b',').then_some(",");
    let mut schema = json!({ "fields": columns.iter().map(|column| field(column, mark)).collect::<Json>() });
    let key = sheet.map_or_else(|| key_of_rows(columns), key);
    if !key.is_empty() {
        schema["primaryKey"] = json!(key);
    }
    if let Some(other) = runs_of(kept, name) {
        schema["foreignKeys"] =
            json!([{ "fields": ["replication"], "reference": { "resource": other, "fields": ["replication"] } }]);
    }
    schema["missingValues"] = json!([""]);
    schema
}

fn field(column: &Column, decimal_mark: Option<&str>) -> Json {
    let kind = match column.kind {
        Kind::Text => "string",
        Kind::Number => "number",
        Kind::Whole => "integer",
    };
    let mut field = json!({ "name": column.name, "type": kind, "description": column.meaning });
    if !column.unit.is_empty() {
        field["unit"] = json!(column.unit);
    }
    if let (Kind::Number, Some(mark)) = (column.kind, decimal_mark) {
        field["decimalChar"] = json!(mark);
    }
    field
}

fn dialect(style: CsvStyle) -> Json {
    json!({
        "delimiter": char::from(style.delimiter()).to_string(),
        "lineTerminator": style.line_end(),
        "quoteChar": "\"",
        "doubleQuote": true,
        "header": true,
        "byteOrderMark": style.is_marked(),
    })
}

/// The first columns of a table that together name each of its rows; none where no few do.
fn key(sheet: &Sheet) -> Vec<&str> {
    let could_name = |row: &[Value], at: usize| match &row[at] {
        Value::Text(text) => !text.is_empty(),
        Value::Whole(_) => true,
        Value::Number(_) => false,
    };
    let names_each = |n: usize| {
        let cells = |row: &Vec<Value>| {
            let cell = |value: &Value| match value {
                Value::Text(text) => text.clone(),
                Value::Whole(whole) => whole.to_string(),
                Value::Number(_) => String::new(),
            };
            row[..n].iter().map(cell).collect::<Vec<String>>()
        };
        let is_possible = sheet.rows.iter().all(|row| (0..n).all(|at| could_name(row, at)));
        is_possible && sheet.rows.iter().map(cells).collect::<BTreeSet<_>>().len() == sheet.rows.len()
    };
    // Of one row anything would be a key.
    let n = (1..=LONGEST_KEY.min(sheet.columns.len())).find(|n| sheet.rows.len() > 1 && names_each(*n));
    sheet.columns[..n.unwrap_or(0)].iter().map(|column| column.name.as_str()).collect()
}

/// The columns that name a row of a table with a row a replication.
fn key_of_rows(columns: &[Column]) -> Vec<&str> {
    let names = columns.iter().map(|column| column.name.as_str());
    names.filter(|name| ["scenario", "point", "policy", "replication"].contains(name)).collect()
}

/// The table whose replications those of this one are: of a run, where none was left out.
fn runs_of(kept: &Kept, name: &str) -> Option<String> {
    let (inputs, runs) = (kept.rows("inputs")?, kept.rows("runs")?);
    (name == inputs.name && inputs.n_rows == runs.n_rows).then(|| runs.name.clone())
}

/// A name of the letters that a package allows.
fn short(name: &str) -> String {
    let sign =
        |sign: char| if sign.is_ascii_alphanumeric() || "-_.".contains(sign) { sign.to_ascii_lowercase() } else { '-' };
    name.chars().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::tests::with_report;

    fn described(style: CsvStyle, files: &[&str]) -> Json {
        let mut bytes = Vec::new();
        with_report(300, |report| {
            let entry = |file: &&str| {
                let entry =
                    Entry { file: (*file).to_string(), title: "T".to_string(), rows: None, sha256: "0".repeat(64) };
                (entry, 12)
            };
            let files: Vec<(Entry, u64)> = files.iter().map(entry).collect();
            write(&report.kept("partnersim run two.toml"), &files, style, &mut bytes).unwrap();
        });
        serde_json::from_slice(&bytes).unwrap()
    }

    #[test]
    fn tables_are_described_and_other_files_are_not() {
        let package =
            described(CsvStyle::Standard, &["runs.csv", "summary.csv", "scenario.toml", "runs.parquet", "inputs.csv"]);
        let resources = package["resources"].as_array().unwrap();
        let names: Vec<&str> = resources.iter().filter_map(|resource| resource["name"].as_str()).collect();
        assert_eq!(names, ["runs", "summary", "runs.parquet", "inputs"]);
        assert_eq!(resources[0]["schema"]["primaryKey"], json!(["scenario", "replication"]));
        assert_eq!(resources[1]["schema"]["primaryKey"], json!(["scenario", "outcome"]));
        assert_eq!(resources[3]["schema"]["foreignKeys"][0]["reference"]["resource"], "runs");
        assert_eq!(resources[0]["schema"]["fields"][1]["type"], "integer");
        assert_eq!((&resources[0]["bytes"], resources[2].get("bytes")), (&json!(12), None));
        assert_eq!(package["partnersim"]["seed"], "18446744073709551615");
    }

    #[test]
    fn the_style_of_the_tables_is_said_where_they_have_it() {
        let package = described(CsvStyle::ExcelEu, &["runs.csv", "runs.parquet"]);
        let (text, parquet) = (&package["resources"][0], &package["resources"][1]);
        assert_eq!(text["dialect"]["delimiter"], ";");
        assert_eq!(text["schema"]["fields"][3]["decimalChar"], ",");
        assert_eq!((parquet.get("dialect"), parquet.get("schema")), (None, None));
    }
}
