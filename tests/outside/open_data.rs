//! Parquet, the description of a folder, and tables for Excel, as others read them.

use crate::program::ended;
use crate::tools::{self, Tool};
use partnersim::output::column::Column;
use partnersim::output::kept::About;
use partnersim::output::parquet;
use partnersim::output::sheet::{Sheet, Value};
use std::fs::{self, File};
use tempfile::TempDir;

/// Reads every Parquet file of a folder with pandas and DuckDB, and holds each cell against the table of text.
const READS: &str = r#"
import csv, json, math, pathlib, sys
import duckdb, pandas
import pyarrow.parquet
csv.field_size_limit(1 << 30)
plain = lambda cell: cell[1:] if cell[:1] == "'" and cell.lstrip("'")[:1] in tuple("=+-@\t\n") else cell
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.parquet")):
    head, *rows = csv.reader(open(path.with_suffix(".csv"), newline="", encoding="utf-8"))
    facts = pyarrow.parquet.read_schema(path).metadata
    assert list(json.loads(facts[b"partnersim.columns"])) == sorted(head), path.name
    for table in (pandas.read_parquet(path), duckdb.sql(f"select * from '{path}'").df()):
        assert list(table.columns) == head and len(table) == len(rows), path.name
        for at, name in enumerate(head):
            kind = table[name].dtype.kind
            for row, value in zip(rows, table[name]):
                cell = row[at]
                if kind == "i":
                    same = int(cell) == int(value)
                else:
                    same = float(cell or "nan") == value or (cell == "" and math.isnan(value)) if kind == "f" else plain(cell) == value
                assert same, f"{path.name} {name}: {cell!r} and {value!r}"
    # What is told of groups of rows is what readers skip them by.
    for name in (name for name in head if table[name].dtype.kind in "fi" and table[name].notna().any()):
        quoted = '"' + name.replace('"', '""') + '"'
        for end in ("min", "max"):
            found = duckdb.sql(f"select count(*) from '{path}' where {quoted} = (select {end}({quoted}) from '{path}')").fetchall()[0][0]
            assert found == (table[name] == getattr(table[name], end)()).sum() > 0, f"{path.name} {name}"
    kinds = "".join(sorted({column.dtype.kind for _, column in table.items()}))
    print(path.name, len(rows), kinds)
"#;

/// Holds the description of a folder against its files.
const VALIDATES: &str = r#"
import sys
from frictionless import validate
report = validate(sys.argv[1])
for task in report.tasks:
    print(task.name, task.valid, *[error.message for error in task.errors[:2]])
assert report.valid, report.flatten(["message"])[:5]
"#;

/// A folder that the flagship scenario fills, with further options.
fn filled(options: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/health_and_social_care.toml");
    let run = ["run", scenario, "--replications", "200", "--quiet", "--out", "found"];
    ended(&folder, &[&run[..], options].concat(), 0);
    folder
}

/// A small scenario that is shipped.
const SCENARIO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/neighbourhood_forum.toml");

/// Names that are a formula, that end a query or a page, and that need quotes.
const HOSTILE: &str = r#"
title = "=cmd|' /C calc'!A1"
question = "Which; of \"these\"\n<script>?"
scenario = "neighbourhood_forum"
replications = 20
seed = 18446744073709551615
outcomes = ["premium", "P(premium > 0)", "survival"]

[design]
kind = "latin_hypercube"
points = 20

[[factor]]
name = "=a, \"b\"'; drop"
path = "communication.quality"
range = [0.1, 0.9]

[[factor]]
name = "<b>é ü"
path = "decisions.rule"
levels = ["open", "vote", "consensus"]
"#;

#[test]
fn pandas_and_duckdb_read_in_every_parquet_file_the_cells_of_its_table() {
    if !tools::are_there(&[Tool::Python]) {
        return;
    }
    let folder = filled(&["--parquet"]);
    let told = tools::python(READS, &[folder.path().join("found").as_os_str()]);
    assert_eq!(told.lines().count(), 9, "{told}");
    assert!(told.lines().any(|line| line.starts_with("runs.parquet 200 ") && line.ends_with("fi")), "{told}");
}

#[test]
fn pandas_and_duckdb_read_the_tables_of_a_comparison_of_an_experiment_of_hostile_names_and_of_one_replication() {
    if !tools::are_there(&[Tool::Python]) {
        return;
    }
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("hostile.toml"), HOSTILE).unwrap();
    let kept = ["--parquet", "--quiet", "--out"];
    let changed = ["compare", SCENARIO, "--replications", "40", "--set", "communication.quality=0.9"];
    ended(folder.path(), &[&changed[..], &kept, &["comparison"]].concat(), 0);
    ended(folder.path(), &[&["experiment", "hostile.toml"][..], &kept, &["experiment"]].concat(), 0);
    ended(folder.path(), &[&["run", SCENARIO, "--replications", "1"][..], &kept, &["one"]].concat(), 0);
    for (result, table) in [("comparison", "paired"), ("experiment", "points"), ("one", "distributions")] {
        let told = tools::python(READS, &[folder.path().join(result).as_os_str()]);
        let line = told.lines().find(|line| line.starts_with(&format!("{table}.parquet ")));
        // Of one replication there is no distribution to tell.
        assert_eq!(line.unwrap().contains(" 0 "), result == "one", "{told}");
    }
}

#[test]
fn pandas_and_duckdb_read_whatever_a_table_holds() {
    if !tools::are_there(&[Tool::Python]) {
        return;
    }
    let columns = vec![
        Column::text("words", "Words, long ones among them."),
        Column::text("same", "The same words."),
        Column::whole("whole", "More than a number with decimals can tell apart.", "number"),
        Column::number("all", "Always defined.", "number"),
        Column::number("some", "Seldom defined.", "number"),
        Column::number("none", "Never defined.", "number"),
    ];
    let row = |k: u64| -> Vec<Value> {
        let words = match k % 5000 {
            0 => format!("{k}{}", "é".repeat(100_000)),
            1 => "'=1+1".to_string(),
            n => format!("-{n}\n\"a\""),
        };
        let some = if k % 97 == 3 { k as f64 / 7.0 } else { f64::NAN };
        let all = if k == 5 { 5e-324 } else { -(k as f64).sqrt() };
        vec![words.into(), "".into(), ((1 << 53) + 1 + 2 * k).into(), all.into(), some.into(), f64::NAN.into()]
    };
    let folder = TempDir::new().unwrap();
    for n in [0, 1, 7, parquet::GROUP as u64, parquet::GROUP as u64 + 1] {
        let name = format!("of_{n}");
        let mut sheet = Sheet::new(&name, "Of anything", columns.clone());
        (0..n).for_each(|k| sheet.push(row(k)));
        sheet.write_csv(&mut File::create(folder.path().join(sheet.file())).unwrap()).unwrap();
        let to = |name: String| File::create(folder.path().join(name)).unwrap();
        parquet::of_sheet(&sheet, &About::default(), &mut to(format!("{name}.parquet"))).unwrap();
        let text = File::open(folder.path().join(sheet.file())).unwrap();
        let mut again = Vec::new();
        parquet::of_csv(&columns, text, &About::default(), &mut again).unwrap();
        assert!(again == fs::read(folder.path().join(format!("{name}.parquet"))).unwrap(), "{n}");
    }
    assert_eq!(tools::python(READS, &[folder.path().as_os_str()]).lines().count(), 5);
}

#[test]
fn the_description_of_a_folder_is_valid_in_every_style_of_its_tables() {
    if !tools::are_there(&[Tool::Python]) {
        return;
    }
    for style in ["standard", "excel", "excel-eu"] {
        let folder = filled(&["--parquet", "--csv-style", style]);
        let told = tools::python(VALIDATES, &[folder.path().join("found/datapackage.json").as_os_str()]);
        assert_eq!(told.lines().filter(|line| line.contains("True")).count(), 19, "{style}: {told}");
    }
}
