//! What the program said and what it left in a folder, for tests of commands.
#![allow(dead_code, reason = "each test uses some of it")]
#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

/// What it said on standard error.
pub fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What it said on standard output.
pub fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

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

/// The rows of a table of a folder, cells by the name of their column.
pub fn records(folder: &Path, file: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(folder.join(file)).unwrap();
    reader.deserialize().map(|record| record.unwrap()).collect()
}

/// The number in a cell of a row.
pub fn number(record: &BTreeMap<String, String>, column: &str) -> f64 {
    record[column].parse().unwrap_or_else(|_| panic!("{column} in {record:?}"))
}
