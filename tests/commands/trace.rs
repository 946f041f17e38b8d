//! One replication told: the same bits as among many, and what the command prints and writes.

use crate::program::{run, said, told};
use partnersim::scenario::shipped::SHIPPED;
use partnersim::simulate::trace::trace;
use partnersim::simulate::{Engine, Instructions, simulate};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn bits(numbers: impl IntoIterator<Item = f64>) -> Vec<u64> {
    numbers.into_iter().map(f64::to_bits).collect()
}

#[test]
fn a_traced_replication_has_the_bits_it_has_in_a_block_of_sixteen_lanes() {
    for shipped in SHIPPED {
        let scenario = shipped.load().unwrap();
        let engine = Engine { lanes: 16, instructions: Instructions::best() };
        let block = simulate(&scenario.inputs, scenario.seed, 32, 16, engine);
        for at in [0, 5, 15] {
            let trace = trace(&scenario.inputs, scenario.seed, 32 + at as u64);
            assert_eq!(bits(trace.outcomes), bits(block.outcomes.iter().map(|column| column[at])), "{}", shipped.name);
            assert_eq!(trace.ending, usize::from(block.endings[at]));
            assert_eq!(trace.cause, usize::from(block.causes[at]));
            for (month, columns) in trace.months.iter().zip(&block.monthly) {
                assert_eq!(bits(month.measures.iter().copied()), bits(columns.iter().map(|column| column[at])));
            }
            for (partner, columns) in trace.partners.iter().zip(&block.partners) {
                assert_eq!(bits(partner.iter().copied()), bits(columns.iter().map(|column| column[at])));
            }
            assert_eq!((trace.months.len(), trace.partners.len()), (block.monthly.len(), block.partners.len()));
        }
    }
}

/// A folder with the scenario `schools_and_business.toml` in it.
fn workplace() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), &["new", "--from", "schools_and_business"]).status.success());
    folder
}

fn traced(folder: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let output = run(folder, &[&["trace", "schools_and_business.toml"], arguments].concat());
    let (printed, told) = (said(&output), told(&output));
    assert_eq!(output.status.code(), Some(code), "{told}");
    (printed, told)
}

#[test]
fn trace_tells_question_story_outcomes_and_twin_in_a_minutes_reading() {
    let folder = workplace();
    for replication in 0..20 {
        let (printed, _) = traced(folder.path(), &["--replication", &replication.to_string()], 0);
        let months = printed.lines().filter(|line| line.starts_with("Month ")).count();
        assert!((2..=20).contains(&months) && printed.lines().count() < 65, "{printed}");
        assert!(printed.lines().nth(1).is_some_and(|line| line.ends_with('?')), "{printed}");
        let parts =
            [&format!("Replication {replication}, seed "), "Premium over working alone", "Its twin, ", "Among "];
        assert!(parts.iter().all(|part| printed.contains(*part)), "{printed}");
        assert!(printed.contains("dissolves: ") || printed.contains("still work together."), "{printed}");
    }
}

#[test]
fn the_story_follows_the_changes_and_the_seed_of_the_command() {
    let folder = workplace();
    let few = ["--replication", "3", "--replications", "10", "--months", "12"];
    let (plain, _) = traced(folder.path(), &few, 0);
    assert_eq!(traced(folder.path(), &few, 0).0, plain);
    assert!(plain.contains("Among 9 others"));
    for change in [["--seed", "6"], ["--set", "membership.closure_hazard=1"], ["--set", "trust.initial=0.2"]] {
        assert_ne!(traced(folder.path(), &[&few[..], &change].concat(), 0).0, plain);
    }
    let (closed, _) = traced(folder.path(), &[&few[..], &["--set", "membership.closure_hazard=1"]].concat(), 0);
    assert!(closed.contains("Month 1: the partnership dissolves: ended from outside"), "{closed}");
    assert!(closed.contains("Why it failed: a shock. It was ended from outside."), "{closed}");
}

#[test]
fn a_replication_that_the_run_does_not_have_is_bad_input() {
    let folder = workplace();
    let (_, told) = traced(folder.path(), &["--replication", "10", "--replications", "10"], 2);
    assert!(told.contains("there is no replication 10: the scenario has 10 replications"), "{told}");
    traced(folder.path(), &[], 2);
}

#[test]
fn the_table_is_written_with_its_dictionary_and_never_over_another_unasked() {
    let folder = workplace();
    let out = ["--replication", "7", "--months", "6", "--quiet", "--out", "told/seven"];
    assert_eq!(traced(folder.path(), &out, 0), (String::new(), String::new()));
    let path = folder.path().join("told/seven/trace.csv");
    let mut table = csv::Reader::from_path(&path).unwrap();
    let header = table.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    let partners =
        SHIPPED.iter().find(|one| one.name == "schools_and_business").unwrap().load().unwrap().inputs.partners.len();
    assert_eq!(rows.len(), 6 * (1 + partners));
    let dictionary = fs::read_to_string(folder.path().join("told/seven/trace_data_dictionary.csv")).unwrap();
    assert!(header.iter().all(|column| dictionary.contains(&format!("trace.csv,{column},"))));
    fs::write(&path, "mine").unwrap();
    let (_, told) = traced(folder.path(), &out, 4);
    assert!(told.contains("trace.csv exists"), "{told}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    traced(folder.path(), &[&out[..], &["--force"]].concat(), 0);
    assert_ne!(fs::read_to_string(&path).unwrap(), "mine");
}
