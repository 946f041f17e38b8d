//! The command `calibrate` as a person meets it, and `docs/calibration.md` as it stands: parameters that made up data are found again.

use crate::program::{flat, run as partnersim, said};
use crate::workplace::holding;
use std::fs;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

const PAGE: &str = include_str!("../../docs/calibration.md");

/// The block of the page behind a fence with these words.
fn block(fence: &str) -> &'static str {
    let start = PAGE.split_once(&format!("```{fence}\n")).unwrap().1;
    start.split_once("```").unwrap().0
}

/// A folder with the scenario and the table of the page.
fn workplace() -> TempDir {
    holding(&[("pact.toml", block("toml")), ("survival.csv", block("csv"))])
}

fn rows(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(|record| record.unwrap().iter().map(str::to_string).collect()).collect()
}

/// Cells of a table by row and the name of their column.
fn number(path: &Path, row: usize, column: &str) -> f64 {
    let headers: Vec<String> =
        csv::Reader::from_path(path).unwrap().headers().unwrap().iter().map(str::to_string).collect();
    let at = headers.iter().position(|name| name == column).unwrap();
    rows(path)[row][at].parse().unwrap()
}

fn told(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    flat(&said(output))
}

/// Words of a command line, what stands in single quotes together.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quoted) = (vec![String::new()], false);
    for character in line.chars() {
        match character {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(character),
        }
    }
    words.into_iter().filter(|word| !word.is_empty()).collect()
}

#[test]
fn the_page_runs_as_it_stands_and_its_posterior_is_an_uncertainty() {
    let folder = workplace();
    for line in block("sh").replace("\\\n", " ").lines() {
        let words = words(line);
        assert_eq!(words[0], "partnersim");
        let output = partnersim(folder.path(), &words[1..].iter().map(String::as_str).collect::<Vec<_>>());
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let found = folder.path().join("results/pact_calibration");
    let learnt = rows(&found.join("prior_posterior.csv"));
    let change = format!("{}={}", learnt[0][0], learnt[0].last().unwrap());
    let check = partnersim(folder.path(), &["check", "pact.toml", "--set", &change]);
    assert!(check.status.success(), "{change}: {}", String::from_utf8_lossy(&check.stderr));
}

#[test]
fn a_hazard_that_made_up_data_is_found_again_and_what_the_data_cannot_tell_is_said() {
    // Each month a partnership is closed with a chance of 0.03, and nothing else ends it: 0.97^12, 0.97^24, 0.97^36 survive.
    let folder = workplace();
    let table = "survival,12,0.6938,0.02\nsurvival,24,0.4814,0.02\nsurvival,36,0.3340,0.02\n";
    fs::write(folder.path().join("made_up.csv"), format!("measure,month,value,standard_error\n{table}")).unwrap();
    let quiet = [
        "--set",
        "membership.initial_goodwill=1000",
        "--set",
        "membership.exit_hazard=0",
        "--set",
        "membership.closure_hazard=0",
    ];
    let vary = ["--vary", "membership.closure_hazard=0..0.1", "--vary", "trust.initial={ pert = [0.2, 0.5, 0.8] }"];
    let few = ["--particles", "200", "--trials", "1200", "--replications", "64", "--out", "found", "--adjust"];
    let asked = [&["calibrate", "pact.toml", "--observed", "made_up.csv"][..], &quiet, &vary, &few].concat();
    let text = told(&partnersim(folder.path(), &asked));
    let learnt = folder.path().join("found/prior_posterior.csv");
    let (low, high) = (number(&learnt, 0, "q025"), number(&learnt, 0, "q975"));
    assert!(low < 0.03 && 0.03 < high, "{low} to {high}: {text}");
    assert!(high - low < 0.02 && number(&learnt, 0, "variance_removed") > 0.8, "{low} to {high}");
    assert!(text.contains("The data say nothing about trust.initial"), "{text}");
    assert!(text.contains("reproduces what was observed"), "{text}");
    // The posterior has the columns of a design: paths, and nothing else.
    let posterior = fs::read_to_string(folder.path().join("found/posterior.csv")).unwrap();
    assert!(posterior.starts_with("membership.closure_hazard,trust.initial\n") && posterior.lines().count() == 201);
}

#[test]
fn the_answer_does_not_depend_on_threads() {
    let folder = workplace();
    let asked = [
        "calibrate",
        "pact.toml",
        "--observed",
        "survival.csv",
        "--vary",
        "membership.closure_hazard=0..0.1",
        "--quiet",
    ];
    let few = ["--particles", "30", "--trials", "120", "--replications", "40"];
    let names =
        ["posterior.csv", "prior_posterior.csv", "fit.csv", "particles.csv", "generations.csv", "manifest.json"];
    let run = |threads: &str| {
        let output = partnersim(folder.path(), &[&asked[..], &few, &["--threads", threads, "--out", threads]].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        names.map(|name| fs::read(folder.path().join(threads).join(name)).unwrap())
    };
    assert!(run("1") == run("3"));
}

#[test]
fn data_that_no_value_explains_are_called_so() {
    let folder = workplace();
    fs::write(folder.path().join("odd.csv"), "measure,month,value\nsurvival,12,0.2\nsurvival,24,0.9\n").unwrap();
    let vary = ["--vary", "membership.closure_hazard=0..0.1", "--particles", "50", "--trials", "300", "--out", "found"];
    let text =
        told(&partnersim(folder.path(), &[&["calibrate", "pact.toml", "--observed", "odd.csv"][..], &vary].concat()));
    assert!(text.contains("of the 2 figures observed") && text.contains("was observed at"), "{text}");
}

#[test]
fn every_fault_of_the_table_and_the_ranges_is_told() {
    let folder = workplace();
    fs::write(folder.path().join("bad.csv"), "measure,month,value,eror\nsurvial,12,0.9,1\nsurvival,99,0.9,1\n")
        .unwrap();
    let vary = ["--vary", "membership.closure_hazard=0..0.1"];
    let output = partnersim(folder.path(), &[&["calibrate", "pact.toml", "--observed", "bad.csv"][..], &vary].concat());
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{errors}");
    for words in ["`eror` is not known", "row 1: there is no monthly measure `survial`", "row 2: month 99 lies after"] {
        assert!(errors.contains(words), "{errors}");
    }
    for (vary, words) in [
        ("membership.closure_hazard=0..2", "above the most allowed"),
        ("membership.closure_hazrd=0..0.1", "did you mean `membership.closure_hazard`?"),
        ("membership.closure_hazard={ uniform = [0.2] }", "needs 2 values"),
    ] {
        let output =
            partnersim(folder.path(), &["calibrate", "pact.toml", "--observed", "survival.csv", "--vary", vary]);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && errors.contains(words), "{vary}: {errors}");
    }
    assert!(!folder.path().join("results").exists());
}
