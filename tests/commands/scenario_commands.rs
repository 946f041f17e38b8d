//! The commands around a scenario, as run from a shell: exit codes, what is told, which files are written.

use crate::program::{run, said as printed, told};
use std::fs;
use std::path::Path;

#[test]
fn a_new_scenario_is_fine_and_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), &["new"]).status.code(), Some(0));
    let check = run(folder.path(), &["check", "scenario.toml"]);
    assert_eq!(check.status.code(), Some(0), "{}", told(&check));
    assert!(printed(&check).starts_with("scenario.toml: fine: 4 partners, 1 need, 3 skills"), "{}", printed(&check));
    fs::write(folder.path().join("scenario.toml"), "mine").unwrap();
    let again = run(folder.path(), &["new"]);
    assert_ne!(again.status.code(), Some(0));
    assert!(told(&again).contains("scenario.toml exists"));
    assert_eq!(fs::read_to_string(folder.path().join("scenario.toml")).unwrap(), "mine");
    assert_eq!(run(folder.path(), &["new", "--force"]).status.code(), Some(0));
    assert_ne!(fs::read_to_string(folder.path().join("scenario.toml")).unwrap(), "mine");
}

#[test]
fn check_shows_each_fault_in_its_line_and_ends_with_code_2() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[[partner]]\nname = \"a\"\nautonomy = 1.5 # high\n[[partner]]\nname = \"b\"\n[[need]]\nname = \"n\"\n\
                skills = { s = 1 }\ndemnd = 3\n";
    fs::write(folder.path().join("a.toml"), text).unwrap();
    let check = run(folder.path(), &["check", "a.toml"]);
    assert_eq!(check.status.code(), Some(2));
    let expected = "\
error: `autonomy` is 1.5, above the most allowed
 --> a.toml:3:12
  |
3 | autonomy = 1.5 # high
  |            ^^^
  |
  = help: give a number from 0 to 1 (share)

error: nothing is called `demnd` here
 --> a.toml:9:1
  |
9 | demnd = 3
  | ^^^^^
  |
  = help: did you mean `demand`?

a.toml: 2 faults
";
    assert_eq!(told(&check).trim_end(), expected.trim_end());
}

#[test]
fn check_goes_through_all_files_and_counts_the_faulty() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["new", "good.toml"]);
    fs::write(folder.path().join("binary.toml"), b"\x7fELF\x02\xff\xfe\x00").unwrap();
    let check = run(folder.path(), &["check", "binary.toml", "missing.toml", ".", "good.toml"]);
    assert_eq!(check.status.code(), Some(2));
    assert!(printed(&check).starts_with("good.toml: fine"));
    for words in
        ["binary.toml is not text", "missing.toml cannot be read", ". cannot be read", "3 of 4 files have faults"]
    {
        assert!(told(&check).contains(words), "{words}: {}", told(&check));
    }
}

#[test]
fn check_reads_the_partner_table_beside_the_scenario() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("deep")).unwrap();
    let text = "partners = \"p.csv\"\n[[need]]\nname = \"n\"\nskills = { s = 1 }\n";
    fs::write(folder.path().join("deep/a.toml"), text).unwrap();
    fs::write(folder.path().join("deep/p.csv"), "name\na\nb\n").unwrap();
    assert_eq!(run(folder.path(), &["check", "deep/a.toml"]).status.code(), Some(0));
    fs::write(folder.path().join("deep/p.csv"), "name,reach\na,2\nb,0.1\n").unwrap();
    assert!(told(&run(folder.path(), &["check", "deep/a.toml"])).contains("--> deep/p.csv:2:3"));
    fs::remove_file(folder.path().join("deep/p.csv")).unwrap();
    assert!(
        told(&run(folder.path(), &["check", "deep/a.toml"])).contains("the partner table \"p.csv\" cannot be read")
    );
}

#[test]
fn describe_explains_by_name_and_offers_the_nearest() {
    let here = Path::new(".");
    let parameter = run(here, &["describe", "communication.quality"]);
    assert!(printed(&parameter).contains("allowed  0 to 1, or an uncertainty"));
    assert!(printed(&run(here, &["describe", "premium"])).contains("premium (outcome)"));
    assert!(printed(&run(here, &["describe", "pert"])).contains("{ pert = [0.4, 0.6, 0.9] }"));
    assert!(printed(&run(here, &["describe", "funding"])).contains("# Equation"));
    assert!(printed(&run(here, &["describe"])).contains("membership.minimum_partners"));
    let unknown = run(here, &["describe", "comunication.quality"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(told(&unknown).contains("did you mean `communication.quality`?"));
}

#[test]
fn the_generated_documents_are_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let check = run(root, &["document", "--check"]);
    assert_eq!(check.status.code(), Some(0), "{}", told(&check));
}

#[test]
fn document_tells_what_is_stale_and_mends_it() {
    let folder = tempfile::tempdir().unwrap();
    let stale = run(folder.path(), &["document", "--check", "out"]);
    assert_eq!(stale.status.code(), Some(4));
    assert!(told(&stale).contains("parameters.md") && !folder.path().join("out").exists());
    assert_eq!(run(folder.path(), &["document", "out"]).status.code(), Some(0));
    assert_eq!(run(folder.path(), &["document", "--check", "out"]).status.code(), Some(0));
}

#[test]
fn every_command_of_the_language_document_works() {
    let folder = tempfile::tempdir().unwrap();
    let document = include_str!("../../docs/scenario.md");
    let commands: Vec<&str> = document.lines().filter_map(|line| line.strip_prefix("partnersim ")).collect();
    assert!(commands.len() >= 6);
    for command in commands {
        let output = run(folder.path(), &words(command));
        assert_eq!(output.status.code(), Some(0), "{command}: {}", told(&output));
    }
}

/// The words of a command as a shell splits them, with single quotes.
fn words(command: &str) -> Vec<&str> {
    let parts = command.split('\'').enumerate();
    parts.flat_map(|(i, part)| if i % 2 == 1 { vec![part] } else { part.split_whitespace().collect() }).collect()
}
