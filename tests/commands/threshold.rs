//! The command `threshold` as a person meets it: the way from a scenario and a question to a switching value.

use crate::left::records;
use crate::program::{flat, run, said};
use crate::workplace::{holding, two_together};
use std::fs;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

fn workplace() -> TempDir {
    let head = "horizon_months = 12\nreplications = 1200\nseed = 7\nmembership.closure_hazard = 0.05\n";
    holding(&[("two.toml", &two_together(head))])
}

fn threshold(folder: &Path, arguments: &[&str]) -> Output {
    run(folder, &[&["threshold", "two.toml"], arguments].concat())
}

fn told(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    flat(&said(output))
}

/// The cells of the first row of a table, by the name of their columns.
fn cell(folder: &Path, file: &str, column: &str) -> String {
    records(folder, file)[0][column].clone()
}

#[test]
fn the_hazard_at_which_half_of_all_partnerships_last_a_year_is_the_one_on_paper() {
    // Chance to outlive 12 months under a constant hazard h of closure, and nothing else that ends it: (1 - h)^12 = 1/2 at
    // h = 1 - 2^(-1/12) = 0.0561.
    let folder = workplace();
    // Goodwill of a thousand outlasts any year.
    let quiet = ["--set", "membership.initial_goodwill=1000", "--set", "membership.exit_hazard=0"];
    let asked = ["--vary", "membership.closure_hazard=0..0.2", "--until", "P(survival) >= 0.5", "--out", "found"];
    let output = threshold(folder.path(), &[&asked[..], &quiet[..]].concat());
    let text = told(&output);
    let found = folder.path().join("found");
    let number = |column: &str| cell(&found, "threshold.csv", column).parse::<f64>().unwrap();
    let exact = 0.056_125_687;
    assert!(number("low") < exact && exact < number("high"), "{text}");
    assert!(number("high") - number("low") < 0.02, "{text}");
    assert_eq!(cell(&found, "threshold.csv", "holds"), "up to");
    assert!(
        text.contains("With membership.closure_hazard at 0.05")
            && text.contains("or less, alive = 1 in at least 50 of 100"),
        "{text}"
    );
    assert!(fs::read_to_string(found.join("data_dictionary.csv")).unwrap().contains("probability_holds"));
}

#[test]
fn the_answer_does_not_depend_on_threads_and_is_kept_under_the_same_name() {
    let folder = workplace();
    let asked = ["--vary", "governance.partners=2..6", "--until", "mean(people) >= 100", "--out", "found", "--quiet"];
    let one = threshold(folder.path(), &[&asked[..], &["--threads", "1"]].concat());
    assert!(one.status.success() && one.stdout.is_empty(), "{}", String::from_utf8_lossy(&one.stderr));
    let read = || {
        ["curve.csv", "threshold.csv", "manifest.json"]
            .map(|name| fs::read(folder.path().join("found").join(name)).unwrap())
    };
    let first = read();
    // The same question may be asked again into the same folder, another one may not.
    assert!(threshold(folder.path(), &[&asked[..], &["--threads", "3"]].concat()).status.success());
    assert!(read() == first);
    let other = ["--vary", "governance.partners=2..5", "--until", "mean(people) >= 100", "--out", "found"];
    assert_eq!(threshold(folder.path(), &other).status.code(), Some(4));
}

#[test]
fn a_wanted_precision_ends_the_search_early_and_is_told() {
    let folder = workplace();
    let asked = ["--vary", "membership.closure_hazard=0..0.2", "--until", "P(survival) >= 0.5", "--precision", "0.05"];
    let text = told(&threshold(folder.path(), &[&asked[..], &["--replications", "100000", "--out", "found"]].concat()));
    assert!(text.contains("An interval no wider than 0.05 is reached with 512 replications of each value."), "{text}");
    assert_eq!(cell(&folder.path().join("found"), "curve.csv", "replications"), "512");
}

#[test]
fn what_cannot_be_asked_is_told_before_anything_is_written() {
    let folder = workplace();
    for (vary, until, words) in [
        ("governance.partners=2..6", "P(premum > 0) >= 0.5", "did you mean `premium`?"),
        ("governance.partners=2..6", "trust = 0.5", "needs a side"),
        ("governance.partners=1..6", "trust > 0.5", "below the least allowed"),
        ("governance.partner=2..6", "trust > 0.5", "did you mean `governance.partners`?"),
        ("sharing.rule=0..1", "trust > 0.5", "is set to a word"),
        ("communication.quality=0..2", "trust > 0.5", "above the most allowed"),
    ] {
        let output = threshold(folder.path(), &["--vary", vary, "--until", until]);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && errors.contains(words), "{vary} {until}: {errors}");
    }
    assert!(!folder.path().join("results").exists());
}
