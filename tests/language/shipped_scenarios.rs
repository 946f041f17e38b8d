//! The scenarios that are shipped, and those of the documentation, are read without fault or warning.

use partnersim::scenario::{Scenario, load};
use std::fs;
use std::path::{Path, PathBuf};

fn shipped() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|ending| ending == "toml")).collect();
    files.sort();
    files
}

fn read(path: &Path) -> Scenario {
    let text = fs::read_to_string(path).unwrap();
    let beside = |name: &str| fs::read(path.with_file_name(name)).map_err(|error| error.to_string());
    load(&text, &path.display().to_string(), &[], &beside).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

#[test]
fn every_shipped_scenario_has_neither_fault_nor_warning() {
    let files = shipped();
    assert!(files.len() >= 4, "{files:?}");
    for path in files {
        assert_eq!(read(&path).warnings, [], "{}", path.display());
    }
}

#[test]
fn every_shipped_scenario_opens_with_its_question_and_names_its_sources() {
    for path in shipped() {
        let scenario = read(&path);
        assert!(scenario.question.ends_with('?') && !scenario.sources.is_empty(), "{}", path.display());
        let text = fs::read_to_string(&path).unwrap();
        let opening: String = text.lines().take_while(|line| line.starts_with('#')).collect();
        assert!(opening.contains('?'), "{}", path.display());
    }
}

/// The blocks of a document that begin with a line such as "```toml part".
fn blocks(document: &str, info: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        let Some(found) = line.strip_prefix("```") else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if found == info {
            blocks.push(block.join("\n"));
        }
    }
    blocks
}

#[test]
fn every_example_of_the_language_document_is_valid() {
    let document = include_str!("../../docs/scenario.md");
    let whole = blocks(document, "toml");
    let table = blocks(document, "csv").remove(0);
    let read = |name: &str| if name == "partners.csv" { Ok(table.as_bytes().to_vec()) } else { Err(name.to_owned()) };
    let valid = |text: &str| {
        let scenario = load(text, "example.toml", &[], &read).unwrap_or_else(|faults| panic!("{text}\n{faults:#?}"));
        assert_eq!(scenario.warnings, [], "{text}");
        scenario
    };
    let [smallest] = &whole[..] else { panic!("one whole example") };
    valid(smallest);
    let parts = blocks(document, "toml part");
    assert!(parts.len() >= 5);
    for part in parts {
        // A part may ask for a skill that the smallest scenario does not; its partners then have it by default.
        valid(&format!("{part}\n{smallest}"));
    }
    let with_table = smallest.replacen("[[partner]]\nname = \"council\"", "", 1);
    let scenario = valid(&format!("partners = \"partners.csv\"\n{with_table}"));
    assert_eq!(scenario.inputs.partners.len(), 5);
}
