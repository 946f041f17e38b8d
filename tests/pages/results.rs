//! `docs/results.md` as a reader of a result folder uses it: its commands run, and every table that they leave stands in it.

use crate::walk::{followed, fresh_copy, page, root};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const PAGE: &str = "docs/results.md";

/// The columns of each table of each chapter of the page; one in angle brackets stands for any.
fn chapters(page: &str) -> BTreeMap<(String, String), Vec<String>> {
    let (mut chapter, mut file) = (String::new(), String::new());
    let mut found: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for line in page.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            chapter = title.to_string();
            file.clear();
        } else if let Some(name) = line.strip_prefix("### ") {
            file = name.trim_matches('`').to_string();
        } else if let Some(row) = line.strip_prefix("| `").filter(|_| !file.is_empty()) {
            let column = row.split_once('`').unwrap().0.to_string();
            found.entry((chapter.clone(), file.clone())).or_default().push(column);
        }
    }
    found
}

/// Holds every column that the data dictionary of a folder declares against a chapter of the page; how many tables it has.
pub fn hold(folder: &Path, chapter: &str) -> usize {
    let chapters = chapters(&page(PAGE));
    // That of a trace has a name of its own, as the trace may stand beside a result.
    let names = ["data_dictionary.csv", "trace_data_dictionary.csv"].map(|name| folder.join(name));
    let dictionary = names.iter().find(|path| path.is_file());
    let dictionary = dictionary.unwrap_or_else(|| panic!("{} has no data dictionary", folder.display()));
    let mut dictionary = csv::Reader::from_path(dictionary).unwrap();
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in dictionary.records().map(Result::unwrap) {
        tables.entry(row[0].to_string()).or_default().push(row[1].to_string());
    }
    for (file, columns) in &tables {
        let places = [chapter, "analyse sensitivity", "analyse choose", "discover", "In every folder"];
        let told = places.iter().find_map(|place| chapters.get(&(place.to_string(), file.clone())));
        let told = told.unwrap_or_else(|| panic!("{PAGE} tells of no {file} under {chapter}"));
        let is_open = told.iter().any(|name| name.contains('<'));
        let missing = columns.iter().find(|column| !is_open && !told.contains(column));
        assert_eq!(missing, None, "{PAGE} leaves out a column of {file} under {chapter}");
        let fixed = told.iter().filter(|name| !name.contains('<'));
        let gone: Vec<&String> = fixed.filter(|name| !columns.contains(name)).collect();
        assert!(gone.is_empty(), "{PAGE} tells of columns that {file} under {chapter} has not: {gone:?}");
    }
    tables.len()
}

#[test]
fn the_commands_of_the_page_about_results_run_and_it_tells_of_every_table_they_leave() {
    let folder = fresh_copy();
    let outputs = followed(folder.path(), &page(PAGE));
    assert_eq!(outputs.len(), 2);
    assert_eq!(hold(&folder.path().join("results/town"), "run"), 10);
    for file in ["runs.parquet", "result.xlsx", "scenario.toml", "datapackage.json", "manifest.json"] {
        assert!(folder.path().join("results/town").join(file).is_file(), "{file}");
        assert!(page(PAGE).contains(&format!("`{}`", file.replace("runs", "NAME"))), "{file}");
    }
    let table = fs::read(folder.path().join("for_excel/runs.csv")).unwrap();
    assert!(table.starts_with(b"\xef\xbb\xbfscenario;"));
}

#[test]
fn the_page_about_results_is_written_from_the_declarations() {
    let written = partnersim::output::reference::markdown();
    assert!(page(PAGE) == written, "docs/results.md is stale: run `partnersim document`");
    assert!(root().join(PAGE).is_file());
}
