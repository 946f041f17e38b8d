//! The way from a scenario file to a folder of results, with the program itself.

#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

mod left;

use left::{contents, told};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const SCENARIO: &str = r#"
title = "Two together"
question = "Will it last?"
horizon_months = 12
replications = 1000
seed = 7

[targets]
need_met = 0.2

[[partner]]
name = "council"
sector = "council"
resources.money = 160
resources.staff = 24
skills = { social = 0.7, clinical = 0.3 }

[[partner]]
name = "charity"
sector = "charity"
resources.money = 40
resources.staff = 8
skills = { social = 0.5, clinical = 0.5 }

[[need]]
name = "help at home"
demand = 150
days = 3
value = 1500
skills = { clinical = 0.4, social = 0.6 }
"#;

const FILES: [&str; 11] = [
    "assumptions.csv",
    "data_dictionary.csv",
    "distributions.csv",
    "influence.csv",
    "inputs.csv",
    "manifest.json",
    "partners.csv",
    "runs.csv",
    "series.csv",
    "summary.csv",
    "survival.csv",
];

/// A folder of its own with the scenario `two.toml` in it.
fn workplace() -> TempDir {
    let workplace = tempfile::tempdir().unwrap();
    fs::write(workplace.path().join("two.toml"), SCENARIO).unwrap();
    workplace
}

fn partnersim(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_partnersim")).current_dir(folder).args(arguments).output().unwrap()
}

/// Runs `two.toml` with further arguments and expects an exit code.
fn run(workplace: &TempDir, arguments: &[&str], code: i32) -> Output {
    let output = partnersim(workplace.path(), &[&["run", "two.toml"], arguments].concat());
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", told(&output));
    output
}

fn manifest(folder: PathBuf) -> serde_json::Value {
    serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap()
}

fn records(folder: PathBuf, file: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(folder.join(file)).unwrap();
    reader.deserialize().map(|record| record.unwrap()).collect()
}

#[test]
fn a_run_writes_every_file_and_tells_what_it_found() {
    let workplace = workplace();
    let output = run(&workplace, &[], 0);
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    for part in ["Two together\nWill it last?\n", "Typical", "Still working together after 12 months", "results/two"] {
        assert!(text.contains(part), "{part} not in:\n{text}");
    }
    assert_eq!(told(&output), "", "piped, nothing but faults and warnings goes to standard error");
    let folder = workplace.path().join("results/two");
    assert_eq!(contents(folder.clone()).into_keys().collect::<Vec<_>>(), FILES);
    assert_eq!(records(folder.clone(), "runs.csv").len(), 1000);
    assert_eq!(records(folder.clone(), "series.csv").len(), 12 * 9);
    assert_eq!(records(folder.clone(), "partners.csv").len(), 2);
    let manifest = manifest(folder);
    assert_eq!((&manifest["status"], &manifest["seed"]), (&"complete".into(), &"7".into()));
    assert_eq!(manifest["partners"], serde_json::json!(["council", "charity"]));
}

#[test]
fn an_evaluation_has_its_file_and_its_sentences_and_none_where_nobody_evaluates() {
    let workplace = workplace();
    let evaluation =
        ["--set", "evaluation.design=comparison", "--set", "evaluation.lag=3", "--set", "evaluation.window=6"];
    let output = run(&workplace, &evaluation, 0);
    assert!(String::from_utf8(output.stdout).unwrap().contains("An evaluator would on average find"));
    let folder = workplace.path().join("results/two");
    let lines = records(folder.clone(), "evaluation.csv");
    let value = |measure: &str| {
        let line = lines.iter().find(|line| line["measure"] == measure).unwrap();
        line["value"].parse::<f64>().unwrap()
    };
    assert!((value("estimate") - value("true_effect") - value("bias")).abs() < 1e-12);
    assert!((value("clear_benefit") + value("clear_harm") + value("nothing_clear") - 1.0).abs() < 1e-12);
    assert!(fs::read_to_string(folder.join("data_dictionary.csv")).unwrap().contains("evaluation.csv,measure,"));
    let files = manifest(folder.clone())["files"].to_string();
    assert!(files.contains("evaluation.csv"));
    run(&workplace, &["--force", "--quiet"], 0);
    assert_eq!(contents(folder).into_keys().collect::<Vec<_>>(), FILES);
    let output = run(&workplace, &["--set", "evaluation.design=comparison"], 2);
    assert!(
        told(&output).contains("the evaluation ends with month 36, and 12 months are simulated"),
        "{}",
        told(&output)
    );
}

#[test]
fn the_summary_agrees_with_the_rows_of_runs() {
    let workplace = workplace();
    run(&workplace, &["--quiet"], 0);
    let folder = workplace.path().join("results/two");
    let runs = records(folder.clone(), "runs.csv");
    let (causes, outcomes): (Vec<_>, Vec<_>) = records(folder, "summary.csv")
        .into_iter()
        .partition(|line| line["outcome"] == "failed" || line["outcome"].starts_with("cause_"));
    let failed = runs.iter().filter(|row| row["cause"] != "none").count();
    assert_eq!(causes.len(), 9);
    for line in causes {
        let name = line["outcome"].strip_prefix("cause_");
        let count = name.map_or(failed, |name| runs.iter().filter(|row| row["cause"] == name).count());
        let of = if name.is_some() { failed } else { 1000 };
        assert_eq!(line["replications"], of.to_string());
        assert_eq!(line["mean"].parse::<f64>().unwrap(), count as f64 / of as f64);
    }
    for line in outcomes {
        let column: Vec<f64> = runs.iter().map(|row| row[&line["outcome"]].parse().unwrap()).collect();
        let mean = column.iter().sum::<f64>() / 1000.0;
        let number = |name: &str| line[name].parse::<f64>().unwrap();
        assert!((number("mean") - mean).abs() <= 1e-9 * mean.abs().max(1.0), "{line:?}");
        let above = column.iter().filter(|&&value| value > number("target")).count();
        assert_eq!(number("share_above_target"), above as f64 / 1000.0);
        let mut ascending = column.clone();
        ascending.sort_by(f64::total_cmp);
        assert_eq!(number("q50"), (ascending[499] + ascending[500]) / 2.0);
        // The 469th and the 532nd of 1,000 values enclose the median: scipy.stats.binom.
        assert_eq!((number("q50_low"), number("q50_high")), (ascending[468], ascending[531]));
        let target = if line["outcome"] == "need_met_share" { 0.2 } else { number("target") };
        assert_eq!(number("target"), target);
    }
}

#[test]
fn the_survival_curve_agrees_with_the_series_and_the_rows_of_runs() {
    let workplace = workplace();
    run(&workplace, &["--quiet", "--set", "membership.closure_hazard=0.1"], 0);
    let folder = workplace.path().join("results/two");
    let series = records(folder.clone(), "series.csv");
    let together: Vec<&str> =
        series.iter().filter(|line| line["measure"] == "alive_share").map(|line| line["mean"].as_str()).collect();
    let survival = records(folder.clone(), "survival.csv");
    assert_eq!(survival.len(), 13);
    assert_eq!(survival[1..].iter().map(|line| line["share_together"].as_str()).collect::<Vec<_>>(), together);
    let runs = records(folder, "runs.csv");
    let last_seen = runs.iter().filter(|row| row["ending"] == "reached_horizon").count();
    assert_eq!(survival[12]["last_seen"], last_seen.to_string());
    let ended: usize = survival.iter().map(|line| line["ended"].parse::<usize>().unwrap()).sum();
    assert_eq!(ended, 1000 - last_seen);
}

#[test]
fn two_runs_on_any_number_of_threads_give_the_same_bytes() {
    let workplace = workplace();
    let text = |output: Output| String::from_utf8(output.stdout).unwrap();
    let one = text(run(&workplace, &["--threads", "1", "--out", "one"], 0));
    let four = text(run(&workplace, &["--threads", "4", "--out", "four"], 0));
    assert_eq!(contents(workplace.path().join("one")), contents(workplace.path().join("four")));
    assert_eq!(one.replace("in one;", "in four;"), four);
    let again = contents(workplace.path().join("one"));
    run(&workplace, &["--out", "one"], 0);
    assert_eq!(contents(workplace.path().join("one")), again, "the same scenario may simply be run again");
}

#[test]
fn the_hashes_of_the_manifest_are_those_of_the_files() {
    use sha2::{Digest, Sha256};
    let workplace = workplace();
    run(&workplace, &["--quiet"], 0);
    let folder = workplace.path().join("results/two");
    let listed = manifest(folder.clone())["files"].as_array().unwrap().clone();
    assert_eq!(listed.len(), FILES.len() - 1);
    for entry in listed {
        let bytes = fs::read(folder.join(entry["file"].as_str().unwrap())).unwrap();
        let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(entry["sha256"], hash, "{entry}");
    }
}

#[test]
fn the_data_dictionary_names_every_column_of_every_table() {
    let workplace = workplace();
    run(&workplace, &["--quiet"], 0);
    let folder = workplace.path().join("results/two");
    let lines = records(folder.clone(), "data_dictionary.csv");
    for file in FILES.iter().filter(|file| file.ends_with(".csv")) {
        let header = csv::Reader::from_path(folder.join(file)).unwrap().headers().unwrap().clone();
        let declared: Vec<&str> =
            lines.iter().filter(|line| line["file"] == *file).map(|line| line["column"].as_str()).collect();
        assert_eq!(header.iter().collect::<Vec<_>>(), declared, "{file}");
    }
}

#[test]
fn shorthands_change_what_is_run() {
    let workplace = workplace();
    let output = run(&workplace, &["--replications", "200", "--seed", "18446744073709551615", "--months", "3"], 0);
    assert!(String::from_utf8(output.stdout).unwrap().contains("after 3 months"));
    let folder = workplace.path().join("results/two");
    let first = &records(folder.clone(), "runs.csv")[0];
    assert_eq!(first["seed"], "18446744073709551615");
    let manifest = manifest(folder);
    assert_eq!((&manifest["replications_completed"], &manifest["horizon_months"]), (&200.into(), &3.into()));
    run(&workplace, &["--set", "partner.council.resources.money=nothing"], 2);
    run(&workplace, &["--set", "no_equals_sign"], 2);
    run(&workplace, &["--replications", "0"], 2);
    run(&workplace, &["--threads", "0"], 2);
}

#[test]
fn another_result_is_not_overwritten_unless_forced() {
    let workplace = workplace();
    let folder = workplace.path().join("out");
    run(&workplace, &["--out", "out", "--quiet"], 0);
    let before = contents(folder.clone());
    for (arguments, reason) in [
        (["--seed", "8"], "another seed (7)"),
        (["--months", "6"], "another scenario (two)"),
        (["--replications", "999"], "with more replications (1000)"),
    ] {
        let output = run(&workplace, &[&arguments[..], &["--out", "out"]].concat(), 4);
        assert!(told(&output).contains(reason) && told(&output).contains("--force"), "{}", told(&output));
        assert!(contents(folder.clone()) == before, "{arguments:?} changed the folder");
    }
    run(&workplace, &["--out", "out", "--replications", "1200", "--quiet"], 0);
    assert_eq!(manifest(folder.clone())["replications_completed"], 1200);
    run(&workplace, &["--out", "out", "--seed", "8", "--force", "--quiet"], 0);
    assert_eq!(manifest(folder)["seed"], "8");
}

#[test]
fn files_of_others_are_kept_and_only_joined_when_forced() {
    let workplace = workplace();
    let folder = workplace.path().join("out");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("thesis.txt"), "years of work").unwrap();
    let output = run(&workplace, &["--out", "out"], 4);
    assert!(told(&output).contains("no complete result"), "{}", told(&output));
    assert_eq!(contents(folder.clone()).into_keys().collect::<Vec<_>>(), ["thesis.txt"]);
    run(&workplace, &["--out", "out", "--force", "--quiet"], 0);
    assert_eq!(contents(folder.clone()).len(), FILES.len() + 1);
    assert_eq!(fs::read(folder.join("thesis.txt")).unwrap(), b"years of work");
}

#[test]
fn what_a_killed_run_left_is_cleared_away() {
    let workplace = workplace();
    let folder = workplace.path().join("out");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join(".runs.csv.partial"), "half a row").unwrap();
    run(&workplace, &["--out", "out", "--quiet"], 0);
    assert_eq!(contents(folder).into_keys().collect::<Vec<_>>(), FILES);
}

#[test]
fn a_file_or_an_impossible_place_for_the_folder_is_an_error_of_its_own() {
    let workplace = workplace();
    fs::write(workplace.path().join("taken"), "a file").unwrap();
    let output = run(&workplace, &["--out", "taken"], 4);
    assert!(told(&output).contains("is a file"), "{}", told(&output));
    run(&workplace, &["--out", "taken/below"], 4);
    fs::create_dir_all(workplace.path().join("out/summary.csv")).unwrap();
    let output = run(&workplace, &["--out", "out", "--force"], 4);
    assert!(told(&output).contains("summary.csv is a folder"), "{}", told(&output));
    assert_eq!(fs::read_dir(workplace.path().join("out")).unwrap().count(), 1);
    if cfg!(target_os = "linux") {
        run(&workplace, &["--out", "/proc/results"], 4);
    }
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_found_out_before_the_simulation() {
    use std::os::unix::fs::PermissionsExt;
    let workplace = workplace();
    let folder = workplace.path().join("out");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(folder.join("probe"), "").is_ok() {
        eprintln!("skipped: permissions do not bind this user");
        return;
    }
    let output = run(&workplace, &["--out", "out"], 4);
    assert!(told(&output).contains("not allowed"), "{}", told(&output));
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    assert!(contents(folder).is_empty());
}

#[cfg(unix)]
#[test]
fn a_disk_that_fills_leaves_nothing_half_written() {
    let workplace = workplace();
    let limited = |rest: &str| {
        let program = env!("CARGO_BIN_EXE_partnersim");
        let line = format!("trap '' XFSZ; ulimit -f 16; exec '{program}' run two.toml --out out {rest}");
        Command::new("sh").current_dir(workplace.path()).args(["-c", &line]).output().unwrap()
    };
    let output = limited("");
    assert_eq!(output.status.code(), Some(4), "{}", told(&output));
    assert!(
        told(&output).contains("cannot write out/runs.csv") && told(&output).contains("--out DIR"),
        "{}",
        told(&output)
    );
    assert!(!workplace.path().join("out").exists(), "a folder made for the failed run goes with it");

    run(&workplace, &["--out", "out", "--quiet"], 0);
    let before = contents(workplace.path().join("out"));
    assert_eq!(limited("--replications 2000").status.code(), Some(4));
    assert!(contents(workplace.path().join("out")) == before, "the earlier result stands");
}

/// Starts a run far too long to end by itself, and interrupts it once it has written some rows.
#[cfg(unix)]
fn interrupted(workplace: &TempDir, arguments: &[&str]) -> Output {
    use std::process::Stdio;
    let mut child = Command::new(env!("CARGO_BIN_EXE_partnersim"))
        .current_dir(workplace.path())
        .args(["run", "two.toml", "--out", "out", "--replications", "500000000"])
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let partial = workplace.path().join("out/.runs.csv.partial");
    while fs::metadata(&partial).map_or(0, |about| about.len()) < 500_000 {
        assert_eq!(child.try_wait().unwrap(), None, "it ended by itself");
        std::thread::yield_now();
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    child.wait_with_output().unwrap()
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_keeps_what_was_finished() {
    let workplace = workplace();
    let output = interrupted(&workplace, &[]);
    assert_eq!(output.status.code(), Some(130), "{}", told(&output));
    let folder = workplace.path().join("out");
    let manifest = manifest(folder.clone());
    assert_eq!(manifest["status"], "interrupted");
    let completed = manifest["replications_completed"].as_u64().unwrap();
    assert!(told(&output).starts_with("Interrupted: the first ") && told(&output).contains(" are kept in out."));
    let indices: Vec<u64> =
        records(folder.clone(), "runs.csv").iter().map(|row| row["replication"].parse().unwrap()).collect();
    assert!(indices.into_iter().eq(0..completed), "a gap among the first {completed}");
    let with_checkpoint: Vec<&str> = [".checkpoint"].into_iter().chain(FILES).collect();
    assert_eq!(contents(folder).into_keys().collect::<Vec<_>>(), with_checkpoint);
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_does_not_replace_more_of_the_same() {
    let workplace = workplace();
    run(&workplace, &["--out", "out", "--replications", "200000", "--quiet"], 0);
    let before = contents(workplace.path().join("out"));
    let output = interrupted(&workplace, &["--threads", "1"]);
    assert_eq!(output.status.code(), Some(130));
    assert!(told(&output).contains("left as it was"), "{}", told(&output));
    assert!(contents(workplace.path().join("out")) == before);
}

#[cfg(target_os = "linux")]
#[test]
fn two_runs_do_not_write_into_one_folder() {
    let workplace = workplace();
    let folder = workplace.path().join("out");
    fs::create_dir(&folder).unwrap();
    let held = fs::File::open(&folder).unwrap();
    held.lock().unwrap();
    let output = run(&workplace, &["--out", "out"], 4);
    assert!(told(&output).contains("another run is writing"), "{}", told(&output));
}

#[test]
fn a_digest_does_not_depend_on_lanes_threads_or_instructions() {
    let workplace = workplace();
    let digest = |arguments: &[&str]| {
        let output =
            partnersim(workplace.path(), &[&["digest", "two.toml", "--replications", "300"], arguments].concat());
        assert!(output.status.success(), "{}", told(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    let plain = digest(&["--lanes", "1", "--instructions", "baseline"]);
    assert_eq!(plain.trim_end().len(), 64);
    assert_eq!(digest(&[]), plain);
    assert_eq!(digest(&["--lanes", "8", "--threads", "3"]), plain);
    assert_ne!(digest(&["--first", "1"]), plain);
    assert_ne!(digest(&["--seed", "8"]), plain);
}
