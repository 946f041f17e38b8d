//! The tables of a run and a comparison as others read them: the same columns, the same rows, the same numbers.

use crate::program::ended;
use crate::tools::{self, Tool};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Of each column its name and the sum of its numbers; nothing where a cell holds something else.
type Columns = Vec<(String, Option<f64>)>;

/// Of each table its rows and columns.
type Tables = BTreeMap<String, (usize, Columns)>;

/// Reads every table of a folder with pandas and counts it with DuckDB.
const PANDAS: &str = r#"
import json, math, pathlib, sys
import duckdb, pandas
from pandas.api.types import is_bool_dtype, is_numeric_dtype
tables = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.csv")):
    table = pandas.read_csv(path, keep_default_na=False, na_values=[""])
    counted = duckdb.sql(f"select count(*) from read_csv('{path}', header = true)").fetchall()[0][0]
    assert counted == len(table), f"{path.name}: {counted} rows by one reader, {len(table)} by the other"
    number = lambda column: is_numeric_dtype(column) and not is_bool_dtype(column) and column.notna().all()
    sums = [[name, math.fsum(map(float, table[name])) if number(table[name]) else None] for name in table.columns]
    tables[path.name] = [len(table), sums]
print(json.dumps(tables))
"#;

/// Reads every workbook of a folder that was saved from a table.
const OPENPYXL: &str = r#"
import json, math, pathlib, sys
import openpyxl
tables = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.xlsx")):
    head, *rows = openpyxl.load_workbook(path, read_only=True).active.iter_rows(values_only=True)
    columns = [[row[at] for row in rows] for at in range(len(head))]
    number = lambda cells: all(isinstance(cell, (int, float)) and not isinstance(cell, bool) for cell in cells)
    sums = [[name, math.fsum(map(float, cells)) if number(cells) else None] for name, cells in zip(head, columns)]
    tables[path.stem + ".csv"] = [len(rows), sums]
print(json.dumps(tables))
"#;

/// The tables of a folder as we wrote them.
fn ours(folder: &Path) -> Tables {
    let read = |path: &PathBuf| {
        let mut reader = csv::Reader::from_path(path).unwrap();
        let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_string).collect();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let sum = |at: usize| rows.iter().map(|row| row[at].parse::<f64>().ok()).sum::<Option<f64>>();
        let sums = names.iter().enumerate().map(|(at, name)| (name.clone(), sum(at))).collect();
        (rows.len(), sums)
    };
    tables(folder).iter().map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), read(path))).collect()
}

/// The tables of a folder, by name.
fn tables(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "csv")).collect()
}

/// Asserts that others read what we wrote.
fn agree(theirs: &str, ours: &Tables) {
    let theirs: Tables = serde_json::from_str(theirs).unwrap();
    assert!(theirs.keys().eq(ours.keys()), "{:?}", theirs.keys());
    for (file, (rows, columns)) in ours {
        let (rows_read, columns_read) = &theirs[file];
        assert_eq!((rows_read, columns_read.len()), (rows, columns.len()), "{file}");
        for ((name, sum), (name_read, sum_read)) in columns.iter().zip(columns_read) {
            assert_eq!(name, name_read, "{file}");
            match (sum, sum_read) {
                (Some(sum), Some(read)) => assert!((sum - read).abs() <= 1e-9 * sum.abs().max(1.0), "{file} {name}"),
                _ => assert_eq!(sum, sum_read, "{file} {name}"),
            }
        }
    }
}

/// A folder with what two commands left, `run` and `compare`.
fn results() -> TempDir {
    let folder = TempDir::new().unwrap();
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/health_and_social_care.toml");
    let set = ["--set", "communication.quality=0.9"];
    for (command, more) in [("run", &[][..]), ("compare", &set[..])] {
        let out = ["--replications", "200", "--seed", "18446744073709551615", "--quiet", "--out", command];
        ended(&folder, &[&[command, scenario], more, &out].concat(), 0);
    }
    folder
}

#[test]
fn pandas_and_duckdb_read_in_every_table_what_we_wrote() {
    if !tools::are_there(&[Tool::Python]) {
        return;
    }
    let folder = results();
    for (command, least) in [("run", 8), ("compare", 6)] {
        let written = ours(&folder.path().join(command));
        assert!(written.len() >= least, "{:?}", written.keys());
        agree(&tools::python(PANDAS, &[folder.path().join(command).as_os_str()]), &written);
    }
}

#[test]
fn a_spreadsheet_opens_every_table_with_the_numbers_we_wrote() {
    if !tools::are_there(&[Tool::Soffice, Tool::Python]) {
        return;
    }
    let folder = results();
    let out = folder.path().join("opened");
    fs::create_dir(&out).unwrap();
    tools::soffice(&tables(&folder.path().join("run")), "xlsx", &out);
    agree(&tools::python(OPENPYXL, &[out.as_os_str()]), &ours(&folder.path().join("run")));
}
