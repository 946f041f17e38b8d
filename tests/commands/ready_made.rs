//! The scenarios that are part of the program: which they are, and how one begins with one.

use crate::program::{run, told};
use partnersim::scenario::shipped::{self, SHIPPED};
use std::fs;
use std::path::Path;

/// Name and text of every file of `scenarios/` with an ending, by name.
fn files(ending: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let paths = paths.filter(|path| path.extension().is_some_and(|found| found == ending));
    let mut files: Vec<(String, String)> = paths
        .map(|path| {
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path.as_path()).unwrap())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn every_file_of_the_scenarios_is_part_of_the_program_and_equal() {
    let held: Vec<_> = SHIPPED.iter().map(|one| (format!("{}.toml", one.name), one.text.to_owned())).collect();
    assert!(held == files("toml"), "SHIPPED lists scenarios/*.toml in the order of their names");
    let mut tables: Vec<(String, String)> =
        SHIPPED.iter().flat_map(|one| one.tables).map(|(name, text)| (name.to_string(), text.to_string())).collect();
    tables.sort();
    assert!(tables == files("csv"), "every table of scenarios/ belongs to the scenario that names it");
}

#[test]
fn every_ready_made_scenario_can_be_run() {
    for one in SHIPPED {
        let scenario = one.load().unwrap_or_else(|faults| panic!("{}: {faults:#?}", one.name));
        assert_eq!((scenario.name.as_str(), &scenario.warnings[..]), (one.name, &[][..]));
    }
}

#[test]
fn scenarios_lists_each_with_title_question_and_concepts() {
    let output = run(Path::new("."), &["scenarios"]);
    assert_eq!(output.status.code(), Some(0));
    let listed = String::from_utf8(output.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    for one in SHIPPED {
        let scenario = one.load().unwrap();
        let concepts = scenario.concepts.join(", ");
        let entry = format!("{} {} {} Shows {concepts}.", one.name, scenario.title, scenario.question);
        assert!(!concepts.is_empty(), "{}", one.name);
        assert!(listed.contains(&entry), "{entry}\nnot in\n{listed}");
    }
}

#[test]
fn new_copies_each_with_its_tables_to_a_place_where_it_is_fine() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("deep")).unwrap();
    for name in shipped::names() {
        let path = format!("deep/my {name}.toml");
        for (arguments, path) in
            [(vec!["new", "--from", name], format!("{name}.toml")), (vec!["new", "--from", name, &path], path.clone())]
        {
            let output = run(folder.path(), &arguments);
            assert_eq!(output.status.code(), Some(0), "{}", told(&output));
            let check = run(folder.path(), &["check", &path]);
            assert_eq!(check.status.code(), Some(0), "{}", told(&check));
            assert_eq!(fs::read_to_string(folder.path().join(&path)).unwrap(), shipped::find(name).unwrap().text);
        }
    }
}

#[test]
fn an_unknown_name_is_bad_input_and_told_with_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["new", "--from", "busines_alliance"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("did you mean `business_alliance`?"), "{}", told(&output));
    let output = run(folder.path(), &["new", "--from", "zebra"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("`partnersim scenarios` lists them"), "{}", told(&output));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn neither_scenario_nor_table_is_overwritten_unasked() {
    for mine in ["business_alliance.toml", "business_alliance_partners.csv"] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(mine), "mine").unwrap();
        let output = run(folder.path(), &["new", "--from", "business_alliance"]);
        assert_eq!(output.status.code(), Some(4));
        assert!(told(&output).contains(&format!("{mine} exists")), "{}", told(&output));
        assert_eq!(fs::read_to_string(folder.path().join(mine)).unwrap(), "mine");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is written either");
        let output = run(folder.path(), &["new", "--from", "business_alliance", "--force"]);
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
        assert_eq!(run(folder.path(), &["check", "business_alliance.toml"]).status.code(), Some(0));
    }
}
