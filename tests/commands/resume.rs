//! Runs that are interrupted, killed, out of room or broken in a replication, and how they go on.

use crate::left::{contents, manifest, same};
use crate::program::{ended, partnersim, told};
use crate::workplace::of_the_least;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

/// Enough to be interrupted in.
const MANY: &str = "120000";

fn command(workplace: &TempDir, arguments: &[&str]) -> Command {
    let mut command = partnersim(workplace);
    command.args(["run", "two.toml"]).args(arguments);
    command
}

/// Runs `two.toml` with further arguments and expects an exit code.
fn run(workplace: &TempDir, arguments: &[&str], code: i32) -> Output {
    ended(workplace, &[&["run", "two.toml"], arguments].concat(), code)
}

/// Starts a run and waits until it has come to a checkpoint.
fn begun(workplace: &TempDir, arguments: &[&str]) -> Child {
    let out = arguments[arguments.iter().position(|argument| *argument == "--out").unwrap() + 1];
    let checkpoint = workplace.path().join(out).join(".checkpoint");
    // Each checkpoint is a file of its own that takes the place of the one before.
    let file = || fs::metadata(&checkpoint).ok().map(|about| about.ino());
    let before = file();
    let mut child = command(workplace, arguments)
        .args(["--checkpoint-pause", "10"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while file() == before || file().is_none() {
        assert_eq!(child.try_wait().unwrap(), None, "it ended by itself");
        std::thread::yield_now();
    }
    child
}

fn killed(workplace: &TempDir, arguments: &[&str]) {
    let mut child = begun(workplace, arguments);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_run_that_is_killed_and_one_that_is_interrupted_go_on_to_the_same_bytes() {
    let workplace = of_the_least();
    run(&workplace, &["--out", "whole", "--replications", MANY, "--quiet"], 0);
    let whole = contents(workplace.path().join("whole"));
    let arguments = ["--out", "part", "--replications", MANY, "--quiet"];
    let part = workplace.path().join("part");

    killed(&workplace, &[&arguments[..], &["--threads", "2"]].concat());
    assert!(!part.join("manifest.json").exists() && part.join(".runs.csv.partial").exists());

    // On other threads, interrupted, and killed once more after that.
    let resumed = [&arguments[..], &["--resume"]].concat();
    let child = begun(&workplace, &[&resumed[..], &["--threads", "1"]].concat());
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", told(&output));
    assert!(told(&output).contains("--resume goes on from there"), "{}", told(&output));
    let interrupted = manifest(&part);
    assert_eq!(interrupted["status"], "interrupted");
    let completed = interrupted["replications_completed"].as_u64().unwrap();
    let rows = csv::Reader::from_path(part.join("runs.csv")).unwrap().into_records().count();
    assert_eq!(rows as u64, completed);

    let output = run(&workplace, &[&resumed[..], &["--set", "communication.quality=0.9"]].concat(), 2);
    assert!(told(&output).contains("- communication.quality: 0.6 there, 0.9 here"), "{}", told(&output));

    run(&workplace, &resumed, 0);
    same(&contents(part.clone()), &whole);
    let output = run(&workplace, &["--out", "part", "--replications", MANY, "--resume"], 0);
    assert!(String::from_utf8(output.stdout).unwrap().contains("complete"));
    same(&contents(part), &whole);
}

#[test]
fn a_run_until_precise_enough_goes_on_to_the_same_bytes_on_any_number_of_threads() {
    let workplace = of_the_least();
    let goals =
        ["--precision", "premium=0.5%,median(premium)=2,P(premium > 0)=0.002", "--confidence", "0.9", "--quiet"];
    run(&workplace, &[&goals[..], &["--out", "whole", "--threads", "1"]].concat(), 0);
    let whole = contents(workplace.path().join("whole"));
    let arguments = [&goals[..], &["--out", "part"]].concat();
    killed(&workplace, &[&arguments[..], &["--threads", "2"]].concat());
    run(&workplace, &[&arguments[..], &["--resume", "--threads", "3"]].concat(), 0);
    same(&contents(workplace.path().join("part")), &whole);
    let manifest = manifest(workplace.path().join("whole"));
    assert_eq!((&manifest["status"], &manifest["precision"]["reached"]), (&"complete".into(), &true.into()));
}

#[test]
fn what_is_not_the_same_run_is_refused_with_all_that_differs_and_nothing_is_touched() {
    let workplace = of_the_least();
    killed(&workplace, &["--out", "out", "--replications", MANY, "--threads", "1"]);
    let folder = workplace.path().join("out");
    let before = contents(folder.clone());
    let changed =
        ["--resume", "--out", "out", "--replications", MANY, "--seed", "8", "--set", "communication.quality=0.9"];
    let changed = [&changed[..], &["--set", "targets.need_met=0.3"]].concat();
    let output = run(&workplace, &changed, 2);
    let differences = [
        "- seed: 7 there, 8 here",
        "- communication.quality: 0.6 there, 0.9 here",
        "- targets.need_met: 0.5 there, 0.3 here",
    ];
    for part in differences {
        assert!(told(&output).contains(part), "{part} not in {}", told(&output));
    }
    assert!(!told(&output).contains("charity"), "what is the same is not listed: {}", told(&output));
    let output = run(&workplace, &["--resume", "--out", "out", "--precision", "survival=0.01"], 2);
    assert!(told(&output).contains("--precision: nothing there, mean(alive)=0.01 here"), "{}", told(&output));
    same(&contents(folder.clone()), &before);

    let checkpoint = fs::read(folder.join(".checkpoint")).unwrap();
    fs::write(folder.join(".checkpoint"), &checkpoint[..checkpoint.len() / 2]).unwrap();
    let unchanged = ["--resume", "--out", "out", "--replications", MANY];
    let output = run(&workplace, &unchanged, 2);
    assert!(told(&output).contains("its checkpoint is damaged"), "{}", told(&output));
    fs::write(folder.join(".checkpoint"), &checkpoint).unwrap();
    let mut rows = before[".runs.csv.partial"].clone();
    rows[1000] ^= 1;
    fs::write(folder.join(".runs.csv.partial"), &rows).unwrap();
    let output = run(&workplace, &unchanged, 2);
    assert!(told(&output).contains("runs.csv does not hold its rows any more"), "{}", told(&output));
    assert!(folder.join(".checkpoint").exists());

    // Without --resume a run starts afresh.
    run(&workplace, &["--out", "out", "--quiet"], 0);
    let names: Vec<String> = contents(folder).into_keys().collect();
    assert!(names.iter().all(|name| !name.starts_with('.')), "{names:?}");
}

#[test]
fn a_disk_that_fills_leaves_what_was_finished_to_go_on_from() {
    let workplace = of_the_least();
    run(&workplace, &["--out", "whole", "--replications", MANY, "--quiet"], 0);
    let whole = contents(workplace.path().join("whole"));
    let arguments = ["--out", "out", "--replications", MANY, "--threads", "2"];
    let room = whole["runs.csv"].len() / 512 * 3 / 4;
    let program = env!("CARGO_BIN_EXE_partnersim");
    let line = format!(
        "trap '' XFSZ; ulimit -f {room}; exec '{program}' run two.toml --checkpoint-pause 10 {}",
        arguments.join(" ")
    );
    let output = Command::new("sh").current_dir(workplace.path()).args(["-c", &line]).output().unwrap();
    assert_eq!(output.status.code(), Some(4), "{}", told(&output));
    let folder = workplace.path().join("out");
    assert!(folder.join(".checkpoint").exists() && told(&output).contains("--resume"), "{}", told(&output));
    run(&workplace, &[&arguments[..], &["--resume", "--quiet"]].concat(), 0);
    same(&contents(folder), &whole);
}

#[test]
fn a_failing_replication_is_named_and_does_not_take_the_rest_along() {
    let workplace = of_the_least();
    let output =
        run(&workplace, &["--out", "out", "--break-replication", "777", "--set", "communication.quality=0.5"], 3);
    let text = told(&output);
    for part in [
        "1 of 1,000 replications could not be computed",
        "with seed 7: 777. failures.csv lists them",
        "it was asked to break",
        "partnersim trace two.toml --replication 777 --set 'communication.quality=0.5'",
    ] {
        assert!(text.contains(part), "{part} not in {text}");
    }
    assert!(String::from_utf8(output.stdout).unwrap().contains("From 999 replications"));
    let folder = workplace.path().join("out");
    let failures = fs::read_to_string(folder.join("failures.csv")).unwrap();
    assert_eq!(failures, "scenario,point,replication,seed,message\ntwo,0,777,7,it was asked to break\n");
    let manifest = manifest(&folder);
    assert_eq!((&manifest["status"], &manifest["replications_completed"]), (&"complete".into(), &999.into()));
    assert_eq!(manifest["failures"][0]["replication"], 777);
    assert!(fs::read_to_string(folder.join("data_dictionary.csv")).unwrap().contains("failures.csv,message,"));

    // The others are what they are without it, and its file goes when nothing fails.
    let rows = |file: &str| fs::read_to_string(folder.join(file)).unwrap();
    let broken = rows("runs.csv");
    run(&workplace, &["--out", "out", "--set", "communication.quality=0.5", "--quiet"], 0);
    let whole: Vec<String> = rows("runs.csv").lines().map(str::to_string).collect();
    let without: Vec<&String> = whole.iter().filter(|line| !line.starts_with("two,777,")).collect();
    assert!(broken.lines().eq(without));
    assert!(!folder.join("failures.csv").exists());
    let shown = Command::new(env!("CARGO_BIN_EXE_partnersim"))
        .current_dir(workplace.path())
        .args(["trace", "two.toml", "--replication", "777", "--set", "communication.quality=0.5"])
        .output()
        .unwrap();
    assert!(shown.status.success());
}

#[test]
fn what_failed_before_a_run_was_killed_is_still_known_when_it_goes_on() {
    let workplace = of_the_least();
    let broken = ["--replications", MANY, "--quiet", "--break-replication", "77"];
    run(&workplace, &[&broken[..], &["--out", "whole"]].concat(), 3);
    killed(&workplace, &[&broken[..], &["--out", "part", "--threads", "2"]].concat());
    run(&workplace, &["--out", "part", "--replications", MANY, "--quiet", "--resume"], 3);
    same(&contents(workplace.path().join("part")), &contents(workplace.path().join("whole")));
}

#[test]
fn a_run_in_which_nothing_or_too_little_can_be_computed_is_a_fault_of_the_program() {
    let workplace = of_the_least();
    let output = run(&workplace, &["--out", "out", "--replications", "1", "--break-replication", "0"], 1);
    assert!(told(&output).contains("replication 0 could not be computed"), "{}", told(&output));
    assert!(!workplace.path().join("out").exists());
    let eleven = (100..111).map(|broken| broken.to_string()).collect::<Vec<_>>().join(",");
    let output = run(&workplace, &["--out", "out", "--replications", "5000", "--break-replication", &eleven], 1);
    assert!(told(&output).contains("11 of the first 1024 replications could not be computed"), "{}", told(&output));
    assert!(!workplace.path().join("out").exists());
}

#[test]
fn a_precision_says_what_was_reached_or_what_it_would_take() {
    let workplace = of_the_least();
    let output = run(&workplace, &["--out", "out", "--precision", "premium=10%", "--precision", "trust=0.05"], 0);
    let text = String::from_utf8(output.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Precise enough after 1,024 replications: mean(premium) "), "{text}");
    let output =
        run(&workplace, &["--out", "out", "--force", "--precision", "premium=0.0001", "--max-replications", "2000"], 0);
    let text = String::from_utf8(output.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Not precise enough after 2,000 replications, the most allowed"), "{text}");
    assert!(text.contains(" would be enough."), "{text}");
    let manifest = manifest(workplace.path().join("out"));
    assert_eq!((&manifest["status"], &manifest["precision"]["reached"]), (&"complete".into(), &false.into()));

    // Stopped at a look, the files are those of a run of as many replications.
    run(&workplace, &["--out", "plain", "--replications", "2000", "--quiet"], 0);
    let files = |name: &str| contents(workplace.path().join(name));
    let (precise, plain) = (files("out"), files("plain"));
    for file in ["runs.csv", "summary.csv", "series.csv", "partners.csv"] {
        assert!(precise[file] == plain[file], "{file}");
    }
}

#[test]
fn a_precision_that_cannot_be_read_is_told_before_anything_is_written() {
    let workplace = of_the_least();
    for (arguments, words) in [
        (&["--precision", "premum=1"][..], "`premium`"),
        (&["--precision", "premium,trst=1"], "does not say how well"),
        (&["--precision", "premium,trst=1"], "`trust`"),
        (&["--precision", "trust=0.1", "--replications", "10"], "cannot be used with"),
        (&["--precision", "trust=0.1", "--confidence", "95"], "is not between 0.5 and 0.9999"),
        (&["--precision", "trust=0.1", "--min-replications", "3000", "--max-replications", "2000"], "is more than"),
        (&["--max-replications", "2000"], "--precision"),
    ] {
        let output = run(&workplace, arguments, 2);
        assert!(told(&output).contains(words), "{words} not in {}", told(&output));
    }
    assert!(!workplace.path().join("results").exists());
}
