//! Parquet, the description of a folder, and tables for Excel, as others read them.

use crate::program::ended;
use crate::tools::{self, Tool};
use tempfile::TempDir;

/// Reads every Parquet file of a folder with pandas and DuckDB, and holds each cell against the table of text.
const READS: &str = r#"
import csv, json, math, pathlib, sys
import duckdb, pandas
import pyarrow.parquet
plain = lambda cell: cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@" else cell
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
                same = float(cell or "nan") == value or (cell == "" and math.isnan(value)) if kind in "fiu" else plain(cell) == value
                assert same, f"{path.name} {name}: {cell!r} and {value!r}"
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

#[test]
fn pandas_and_duckdb_read_in_every_parquet_file_the_cells_of_its_table() {
    if !tools::are_there(&[Tool::Python]) {
        return;
    }
    let folder = filled(&["--parquet"]);
    let told = tools::python(READS, &[folder.path().join("found").as_os_str()]);
    assert!(told.lines().count() >= 7, "{told}");
    assert!(told.lines().any(|line| line.starts_with("runs.parquet 200 ") && line.ends_with("fi")), "{told}");
}

#[test]
fn the_description_of_a_folder_is_valid_in_every_style_of_its_tables() {
    if !tools::are_there(&[Tool::Python]) {
        return;
    }
    for style in ["standard", "excel", "excel-eu"] {
        let folder = filled(&["--parquet", "--csv-style", style]);
        let told = tools::python(VALIDATES, &[folder.path().join("found/datapackage.json").as_os_str()]);
        // Each table as text and as Parquet, and the dictionary.
        assert!(told.lines().count() >= 15 && told.lines().all(|line| line.ends_with(" True")), "{style}: {told}");
    }
}
