//! Comparisons that are interrupted or killed, and how they go on.

use crate::left::contents;
use crate::program::{partnersim, told};
use crate::workplace::of_the_least;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

/// Two changes, so that their combinations are simulated too.
const COMPARED: [&str; 8] = [
    "two.toml",
    "--variant",
    "talk: communication.quality=0.9; trust.initial=0.8",
    "--replications",
    "20000",
    "--explain-replications",
    "10000",
    "--quiet",
];

fn command(workplace: &TempDir, arguments: &[&str]) -> Command {
    let mut command = partnersim(workplace);
    command.arg("compare").args(COMPARED).args(arguments);
    command
}

fn compare(workplace: &TempDir, arguments: &[&str], code: i32) -> Output {
    let output = command(workplace, arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", told(&output));
    output
}

/// Starts the comparison in the folder `part` and waits for so many checkpoints.
fn begun(workplace: &TempDir, arguments: &[&str], checkpoints: usize) -> Child {
    let checkpoint = workplace.path().join("part/.checkpoint");
    // Each checkpoint is a file of its own that takes the place of the one before.
    let file = || fs::metadata(&checkpoint).ok().map(|about| (about.ino(), about.mtime_nsec()));
    let mut last = file();
    let mut child = command(workplace, arguments)
        .args(["--out", "part", "--checkpoint-pause", "1"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut seen = 0;
    while seen < checkpoints {
        assert_eq!(child.try_wait().unwrap(), None, "it ended by itself");
        let now = file();
        seen += usize::from(now.is_some() && now != last);
        last = now.or(last);
        std::thread::yield_now();
    }
    child
}

#[test]
fn a_comparison_that_is_killed_and_interrupted_goes_on_to_the_same_bytes() {
    let workplace = of_the_least();
    // The one that breaks is left out whenever it is met.
    let broken = ["--break-replication", "1:300"];
    compare(&workplace, &[&["--out", "whole"], &broken[..]].concat(), 3);
    let whole = contents(workplace.path().join("whole"));
    let part = workplace.path().join("part");

    let mut child = begun(&workplace, &[&["--threads", "2"], &broken[..]].concat(), 2);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!part.join("manifest.json").exists() && part.join(".checkpoint").exists());

    let child = begun(&workplace, &[&["--resume", "--threads", "1"], &broken[..]].concat(), 2);
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", told(&output));
    assert!(told(&output).contains("--resume goes on from there"), "{}", told(&output));
    let interrupted = String::from_utf8(fs::read(part.join("manifest.json")).unwrap()).unwrap();
    assert!(interrupted.contains("\"status\": \"interrupted\""), "{interrupted}");

    let output = compare(&workplace, &["--out", "part", "--resume", "--set", "months=4"], 2);
    assert!(told(&output).contains("do not go together"), "{}", told(&output));
    let output = compare(&workplace, &["--out", "part", "--resume", "--outcome", "trust", "--seed", "8"], 2);
    assert!(told(&output).contains("- seed in two: 7 there, 8 here"), "{}", told(&output));
    assert!(told(&output).contains("- outcomes: alive, "), "{}", told(&output));

    compare(&workplace, &[&["--out", "part", "--resume"], &broken[..]].concat(), 3);
    let gone_on = contents(part.clone());
    assert_eq!(gone_on.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
    for (name, bytes) in &whole {
        assert!(*bytes == gone_on[name], "{name} differs");
    }
    // What is complete is left as it is.
    compare(&workplace, &["--out", "part", "--resume"], 0);
    assert!(contents(part) == whole);
}
