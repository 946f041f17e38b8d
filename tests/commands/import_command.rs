//! The command `import` as a person meets it; the commands of docs/import.md are run as they stand there.

use crate::program::run as partnersim;
use crate::workplace::holding;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const PAGE: &str = include_str!("../../docs/import.md");

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The block of the page behind a fence with these words.
fn block(fence: &str) -> &'static str {
    let start = PAGE.split_once(&format!("```{fence}\n")).expect("the page has the block").1;
    start.split_once("```").expect("the block ends").0
}

/// Runs every command of a block.
fn run_block(folder: &Path, fence: &str) {
    for line in block(fence).lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(words[0], "partnersim");
        let output = partnersim(folder, &words[1..]);
        assert!(output.status.success(), "{line}: {}", text(&output.stderr));
    }
}

/// A folder with the table and the mapping of the page's example.
fn example() -> TempDir {
    holding(&[("verbund.csv", block("csv")), ("verbund.toml", block("toml"))])
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("readable").flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn the_worked_example_of_the_page_works() {
    let folder = example();
    run_block(folder.path(), "sh");
    let scenario = fs::read_to_string(folder.path().join("sued.toml")).expect("written");
    for line in [
        "resources.money = 8.6  # Mittel je Jahr 120.000,50",
        "resources.staff = { pert = [1.083, 1.263, 1.443] }  # assumed: from the money at the day cost",
        "resources.money = { pert = [1, 2, 4] }  # assumed: the table gives no money",
        "location.x = { normal = [0, 20] }  # assumed: the table gives no place",
        "reach = { pert = [0.3, 0.5, 0.8] }  # assumed: it knows everybody and sees few",
    ] {
        assert!(scenario.contains(line), "{line}\n{scenario}");
    }
}

#[test]
fn the_commands_of_the_page_work_on_the_published_table() {
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/cordis_h2020_organization_excerpt.csv");
    let Ok(bytes) = fs::read(table) else {
        println!("skipped: ../shared/data/cordis_h2020_organization_excerpt.csv is not there");
        return;
    };
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("organization.csv"), bytes).expect("written");
    run_block(folder.path(), "sh cordis");
    let assumptions = fs::read_to_string(folder.path().join("results/citsci/assumptions.csv")).expect("written");
    for key in ["partner.resources.staff", "partner.skills.research", "need.demand", "communication.distance_scale"] {
        assert!(assumptions.contains(key), "{key}");
    }
}

#[test]
fn a_fault_of_the_table_ends_with_code_2_and_writes_nothing() {
    let folder = example();
    let broken = block("csv").replace("36000", "36 Tsd").replace("48,14", "148,14");
    fs::write(folder.path().join("verbund.csv"), broken).expect("written");
    let before = names_in(folder.path());
    let output = partnersim(folder.path(), &["import", "verbund.csv", "--mapping", "verbund.toml", "--out", "x.toml"]);
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("verbund.csv:2:23") && told.contains("verbund.csv:3:"), "{told}");
    assert_eq!(names_in(folder.path()), before);
}

#[test]
fn a_fault_of_the_mapping_shows_its_line() {
    let folder = example();
    fs::write(folder.path().join("verbund.toml"), block("toml").replace("pounds =", "pound =")).expect("written");
    let output = partnersim(folder.path(), &["import", "verbund.csv", "--mapping", "verbund.toml", "--list"]);
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("pound = 0.86") && told.contains("did you mean `pounds`?"), "{told}");
}

#[test]
fn a_scenario_that_exists_is_kept_unless_forced() {
    let folder = example();
    fs::write(folder.path().join("x.toml"), "mine").expect("written");
    let import = ["import", "verbund.csv", "--mapping", "verbund.toml", "--out", "x.toml", "--force"];
    assert_eq!(partnersim(folder.path(), &import[..6]).status.code(), Some(4));
    assert_eq!(fs::read_to_string(folder.path().join("x.toml")).expect("readable"), "mine");
    assert_eq!(partnersim(folder.path(), &import).status.code(), Some(0));
    assert!(fs::read_to_string(folder.path().join("x.toml")).expect("readable").contains("Stadt Süd"));
}

#[test]
fn what_cannot_be_read_ends_with_code_2() {
    let folder = example();
    for arguments in [
        ["import", "no.csv", "--mapping", "verbund.toml", "--list"],
        ["import", "verbund.csv", "--mapping", "no.toml", "--list"],
        ["import", ".", "--mapping", "verbund.toml", "--list"],
        ["import", "verbund.csv", "--mapping", "verbund.csv", "--list"],
    ] {
        let output = partnersim(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", text(&output.stderr));
        assert!(!output.stderr.is_empty() && output.stdout.is_empty(), "{arguments:?}");
    }
}
