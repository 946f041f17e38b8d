//! What a command left in a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A row of a table, cells by the name of their column.
pub type Row = BTreeMap<String, String>;

/// Name and bytes of every file of a folder, hidden ones too.
pub fn contents(folder: impl AsRef<Path>) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

/// Asserts equality without printing megabytes.
pub fn same(left: &BTreeMap<String, Vec<u8>>, right: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
    for (name, bytes) in left {
        assert!(*bytes == right[name], "{name} differs");
    }
}

/// The rows of a table.
pub fn rows(path: impl AsRef<Path>) -> Vec<Row> {
    csv::Reader::from_path(path).unwrap().deserialize().map(|row| row.unwrap()).collect()
}

/// The rows of a table of a folder.
pub fn records(folder: impl AsRef<Path>, file: &str) -> Vec<Row> {
    rows(folder.as_ref().join(file))
}

/// The number in a cell of a row.
pub fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} in {row:?}"))
}

/// The manifest of a folder.
pub fn manifest(folder: impl AsRef<Path>) -> serde_json::Value {
    serde_json::from_slice(&fs::read(folder.as_ref().join("manifest.json")).unwrap()).unwrap()
}
