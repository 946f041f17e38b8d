//! Whether two results are the same, and what sets them apart, with the program itself.

use crate::program::{ended, run, said, told};
use crate::workplace::{holding, two_together};
use std::fs;
use tempfile::TempDir;

const HEAD: &str =
    "horizon_months = 12\nreplications = 300\nseed = 7\ncommunication.quality = { uniform = [0.4, 0.8] }\n";

/// A folder with the scenario and these results of it: each a name and options.
fn workplace(results: &[(&str, &[&str])]) -> TempDir {
    let workplace = holding(&[("two.toml", &two_together(HEAD))]);
    for (name, options) in results {
        ended(&workplace, &[&["run", "two.toml", "--quiet", "--out", name], *options].concat(), 0);
    }
    workplace
}

/// What `diff a b` says, on one line a sentence, and its exit code.
fn diff(workplace: &TempDir) -> (String, i32) {
    let output = run(workplace, &["diff", "a", "b"]);
    let text = said(&output);
    let joined = text.lines().fold(String::new(), |text, line| {
        let goes_on = line.starts_with("    ") || !(line.is_empty() || line.starts_with(' ') || text.ends_with('\n'));
        text.trim_end_matches(if goes_on { "\n" } else { "" }).to_string()
            + if goes_on { " " } else { "\n" }
            + line.trim()
    });
    (joined, output.status.code().unwrap())
}

fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part}\nnot in\n{text}");
    }
}

#[test]
fn the_same_run_twice_is_the_same_whatever_the_threads() {
    let workplace = workplace(&[("a", &["--threads", "1"]), ("b", &["--threads", "3"])]);
    let (text, code) = diff(&workplace);
    assert_eq!(code, 0, "{text}");
    holds(&text, &["a and b are the same, 9 tables byte for byte."]);
    assert_eq!(said(&ended(&workplace, &["diff", "a", "b", "--quiet"], 0)), "");
}

#[test]
fn another_value_is_named_with_what_it_changed() {
    let workplace = workplace(&[("a", &[]), ("b", &["--set", "membership.exit_hazard=0.02"])]);
    let (text, code) = diff(&workplace);
    assert_eq!(code, 5, "{text}");
    holds(
        &text,
        &[
            "They differ: something else was asked.",
            "membership.exit_hazard: ",
            " against 0.02",
            "The same: ",
            "summary.csv: ",
            "runs.csv: ",
            " of 300 rows differ, in ",
            "of replication ",
            "Their scenarios differ, so they estimate different things; `partnersim compare`",
        ],
    );
    assert!(!text.contains("Seed: ") && !text.contains("Replications: "), "{text}");
}

#[test]
fn another_seed_gives_another_estimate_of_the_same_thing() {
    let workplace = workplace(&[("a", &[]), ("b", &["--seed", "8"])]);
    let (text, code) = diff(&workplace);
    assert_eq!(code, 5, "{text}");
    holds(
        &text,
        &[
            "Seed: 7 against 8.",
            "two estimates of the same thing",
            "They agree within error on the means of all ",
            "Furthest apart: ",
        ],
    );
    // What is uncertain is drawn anew, so every replication differs.
    holds(&text, &["inputs.csv: 300 of 300 rows differ"]);
    assert!(!text.contains("communication.quality: "), "{text}");
}

#[test]
fn more_replications_of_the_same_seed_hold_the_fewer() {
    let workplace = workplace(&[("a", &[]), ("b", &["--replications", "400"])]);
    let (text, code) = diff(&workplace);
    assert_eq!(code, 5, "{text}");
    holds(
        &text,
        &[
            "Replications: 300 against 400.",
            "inputs.csv: 100 rows only in the second.",
            "runs.csv: 100 rows only in the second.",
            "the replications of the smaller are among those of the larger",
            "They agree within error",
        ],
    );
}

#[test]
fn what_was_changed_by_hand_is_named_to_the_cell() {
    let workplace = workplace(&[("a", &[]), ("b", &[])]);
    let path = workplace.path().join("b/partners.csv");
    let text = fs::read_to_string(&path).unwrap();
    let line = text.lines().nth(2).unwrap();
    let mut cells: Vec<&str> = line.split(',').collect();
    assert_eq!(cells[1], "charity");
    cells[4] = "123456.5";
    fs::write(&path, text.replace(line, &cells.join(","))).unwrap();
    let (text, code) = diff(&workplace);
    assert_eq!(code, 5, "{text}");
    holds(
        &text,
        &[
            "They differ, although the same was asked.",
            "b: partners.csv is not what its manifest says, or is gone.",
            "partners.csv: 1 of 2 rows differ, in 1 column, furthest apart: mean_net_together_thousand_pounds of charity, ",
            " against 123,456.",
        ],
    );
}

#[test]
fn results_of_two_kinds_are_told_apart() {
    let workplace = workplace(&[("a", &[])]);
    let arguments =
        ["compare", "two.toml", "--set", "membership.exit_hazard=0.02", "--replications", "50", "--out", "b", "-q"];
    ended(&workplace, &arguments, 0);
    let (text, code) = diff(&workplace);
    assert_eq!(code, 5, "{text}");
    holds(&text, &["Kind of result: run against comparison.", "summary.csv is only in a.", "paired.csv is only in b."]);
}

#[test]
fn a_folder_without_a_result_is_bad_input() {
    let workplace = workplace(&[("a", &[])]);
    let text = told(&ended(&workplace, &["diff", "a", "nowhere"], 2));
    assert!(text.contains("nowhere holds no result"), "{text}");
}

#[test]
fn a_run_repeated_from_the_scenario_in_its_folder_is_the_same_but_for_the_name() {
    let workplace = workplace(&[("a", &["--set", "communication.quality=0.9"])]);
    let again = ["run", "a/scenario.toml", "--quiet", "--out", "b"];
    ended(workplace.path(), &again, 0);
    let (text, code) = diff(&workplace);
    assert_eq!(code, 0, "{text}");
    holds(&text, &["a and b are the same but for the scenario's name, or for where its values were set."]);
    // Under the name in the command it is the same with the name.
    let command = fs::read_to_string(workplace.path().join("a/manifest.json")).unwrap();
    holds(&command, &["\"command\": \"partnersim run two.toml --set communication.quality=0.9\""]);
    let elsewhere = workplace.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::copy(workplace.path().join("a/scenario.toml"), elsewhere.join("two.toml")).unwrap();
    let again = ["run", "two.toml", "--set", "communication.quality=0.9", "--quiet", "--out", "../b"];
    ended(&elsewhere, &[&again[..], &["--force"]].concat(), 0);
    let (text, code) = diff(&workplace);
    assert_eq!(code, 0, "{text}");
    holds(&text, &["a and b are the same, 9 tables byte for byte."]);
}

#[test]
fn a_table_of_rows_that_is_gone_is_named() {
    let workplace = workplace(&[("a", &[]), ("b", &["--seed", "8"])]);
    fs::remove_file(workplace.path().join("b/runs.csv")).unwrap();
    let output = run(workplace.path(), &["diff", "a", "b"]);
    assert_eq!(output.status.code(), Some(2));
    holds(&String::from_utf8(output.stderr).unwrap(), &["runs.csv of b"]);
}
