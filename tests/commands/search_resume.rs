//! Searches that are killed, interrupted, out of room or broken in a replication, and how they go on: `threshold`, `calibrate`, `optimise`.

use crate::left::{contents, rows, same};
use crate::program::{ended, partnersim, told};
use crate::workplace::holding;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const SCENARIO: &str = r#"
horizon_months = 12
replications = 1000
seed = 7

[[partner]]
name = "council"
resources.money = 160

[[partner]]
name = "charity"
resources.money = 40

[[need]]
name = "help at home"
demand = 150
skills = { social = 1 }

[membership]
closure_hazard = 0.05
"#;

const LEVERS: &str = r#"
scenario = "two.toml"
replications = 40
fresh_replications = 300
population = 8
generations = 12

[[lever]]
path = "contributions.pooled_share"
range = [0.05, 0.6]

[[lever]]
path = "communication.meetings"
range = [0, 8]
whole = true
unit_cost = 2

[[objective]]
quantity = "premium"

[[objective]]
quantity = "cost"
"#;

const JOURNAL: &str = ".evaluations.journal";

const THRESHOLD: &[&str] = &[
    "threshold",
    "two.toml",
    "--vary",
    "membership.closure_hazard=0..0.2",
    "--until",
    "P(survival) >= 0.5",
    "--replications",
    "6000",
    "--quiet",
];

const CALIBRATE: &[&str] = &[
    "calibrate",
    "two.toml",
    "--observed",
    "survival.csv",
    "--vary",
    "membership.closure_hazard=0..0.1",
    "--vary",
    "trust.initial=0.2..0.8",
    "--particles",
    "40",
    "--trials",
    "400",
    "--quiet",
];

const OPTIMISE: &[&str] = &["optimise", "levers.toml", "--quiet"];

fn workplace() -> TempDir {
    let survival = "measure,month,value,standard_error\nsurvival,6,0.8,0.02\nsurvival,12,0.62,0.02\n";
    holding(&[("two.toml", SCENARIO), ("levers.toml", LEVERS), ("survival.csv", survival)])
}

fn command(workplace: &TempDir, arguments: &[&[&str]]) -> Command {
    let mut command = partnersim(workplace);
    command.args(arguments.concat());
    command
}

/// Runs a command and expects an exit code; gives what it says on standard error.
fn run(workplace: &TempDir, arguments: &[&[&str]], code: i32) -> String {
    told(&ended(workplace, &arguments.concat(), code))
}

/// Starts a command and waits until its journal has grown by so many bytes.
fn begun(workplace: &TempDir, arguments: &[&[&str]], journal: &Path, bytes: u64) -> Child {
    let length = || fs::metadata(journal).map_or(0, |about| about.len());
    let until = length() + bytes;
    let mut child = command(workplace, arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    while length() < until {
        assert_eq!(child.try_wait().unwrap(), None, "it ended by itself");
        std::thread::yield_now();
    }
    child
}

#[test]
fn a_search_that_is_killed_and_interrupted_goes_on_to_the_same_bytes() {
    for (search, out, bytes) in
        [(THRESHOLD, "threshold", 40_000), (CALIBRATE, "calibrate", 60_000), (OPTIMISE, "optimise", 12_000)]
    {
        let workplace = workplace();
        // A replication that cannot be computed is no hindrance.
        let broken = ["--break-replication", "0:5"];
        run(&workplace, &[search, &broken, &["--out", "whole"]], 3);
        let whole = contents(workplace.path().join("whole"));
        assert!(whole.contains_key("failures.csv") && !whole.contains_key(JOURNAL));
        let part = workplace.path().join(out);
        let journal = part.join(JOURNAL);
        let asked = [search, &broken, &["--out", out]].concat();

        let mut child = begun(&workplace, &[&asked, &["--threads", "2"]], &journal, bytes);
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!part.join("manifest.json").exists());

        // Torn in the middle of its last record, on other threads, and interrupted.
        let length = fs::metadata(&journal).unwrap().len();
        fs::File::options().write(true).open(&journal).unwrap().set_len(length - 11).unwrap();
        let child = begun(&workplace, &[&asked, &["--threads", "1", "--resume"]], &journal, bytes / 4);
        assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{}", told(&output));
        assert!(told(&output).contains("--resume goes on from there"), "{}", told(&output));

        // Nothing that is written down is simulated again, and the end is the same.
        assert!(run(&workplace, &[&asked], 4).contains("Go on with --resume"));
        run(&workplace, &[&asked, &["--resume"]], 3);
        same(&contents(&part), &whole);
        let again = command(&workplace, &[&asked[..asked.len()], &["--resume"]]).output().unwrap();
        assert_eq!(again.status.code(), Some(0), "{}", told(&again));
        same(&contents(&part), &whole);
    }
}

#[test]
fn a_search_for_something_else_is_refused_with_what_differs() {
    let workplace = workplace();
    let asked = [CALIBRATE, &["--out", "part"]].concat();
    let journal = workplace.path().join("part").join(JOURNAL);
    let mut child = begun(&workplace, &[&asked], &journal, 20_000);
    child.kill().unwrap();
    child.wait().unwrap();
    let before = contents(workplace.path().join("part"));
    let refused = |change: &[&str], words: &[&str]| {
        let told = run(&workplace, &[&asked, change, &["--resume"]], 2);
        assert!(words.iter().all(|word| told.contains(word)), "{change:?}: {told}");
        assert!(!told.contains("the scenario was"), "{told}");
        same(&contents(workplace.path().join("part")), &before);
    };
    refused(&["--seed", "8"], &["the seed was 7 and is 8"]);
    refused(&["--adjust"], &["adjust was false and is true"]);
    refused(&["--set", "communication.quality=0.9"], &["communication.quality was", "and is 0.9"]);
    refused(&["--vary", "communication.quality=0.2..0.8"], &["vary communication.quality is new"]);
    let told = run(&workplace, &[&asked], 4);
    assert!(told.contains("holds a search that was interrupted") && told.contains("--force"), "{told}");
    // What is damaged at its beginning is no journal, and the search begins anew.
    fs::write(&journal, b"partnersim journal").unwrap();
    run(&workplace, &[&asked, &["--resume"]], 0);
    assert!(!journal.exists());
}

#[test]
fn without_room_the_search_says_how_to_go_on_and_then_does() {
    let workplace = workplace();
    run(&workplace, &[OPTIMISE, &["--out", "whole"]], 0);
    let program = env!("CARGO_BIN_EXE_partnersim");
    let line = format!("trap '' XFSZ; ulimit -f 60; exec {program} {} --out part", OPTIMISE.join(" "));
    let output = Command::new("sh").current_dir(workplace.path()).args(["-c", &line]).output().unwrap();
    assert_eq!(output.status.code(), Some(4), "{}", told(&output));
    assert!(told(&output).contains("--resume goes on from there"), "{}", told(&output));
    run(&workplace, &[OPTIMISE, &["--out", "part", "--resume"]], 0);
    same(&contents(workplace.path().join("part")), &contents(workplace.path().join("whole")));
}

#[test]
fn a_replication_that_cannot_be_computed_is_left_out_at_every_value_of_a_threshold() {
    let workplace = workplace();
    let vary = ["--vary", "governance.partners=2..4", "--until", "mean(premium) >= 0", "--replications", "300"];
    let asked = [&["threshold", "two.toml"], &vary[..], &["--out", "found"]].concat();
    let told = run(&workplace, &[&asked, &["--break-replication", "2:77"]], 3);
    assert!(told.contains("replication 77 of the set-up governance.partners=4: it was asked to break"), "{told}");
    let found = workplace.path().join("found");
    let failures = rows(found.join("failures.csv"));
    assert_eq!(failures.len(), 1);
    assert_eq!(
        [&failures[0]["set_up"], &failures[0]["replication"], &failures[0]["seed"]],
        ["governance.partners=4", "77", "7"]
    );
    assert!(fs::read_to_string(found.join("manifest.json")).unwrap().contains("1 replication could not be computed"));
    // The first value, with the scenario's own two partners, against a run without that row.
    run(
        &workplace,
        &[&["run", "two.toml", "--replications", "300", "--set", "governance.partners=2", "--out", "run", "--quiet"]],
        0,
    );
    let mut premiums: Vec<f64> = rows(workplace.path().join("run/runs.csv"))
        .iter()
        .map(|row| row["premium_thousand_pounds"].parse().unwrap())
        .collect();
    premiums.remove(77);
    let curve = rows(found.join("curve.csv"));
    let estimate: f64 = curve[0]["estimate"].parse().unwrap();
    assert!((estimate - premiums.iter().sum::<f64>() / 299.0).abs() < 1e-6, "{estimate}");
    assert!(curve.iter().all(|row| row["replications"] == "299"));
}

#[test]
fn levers_are_judged_without_the_replications_that_cannot_be_computed() {
    let workplace = workplace();
    let few = [
        "--generations",
        "2",
        "--population",
        "4",
        "--out",
        "found",
        "--break-replication",
        "0:7",
        "--break-replication",
        "0:47",
    ];
    let told = run(&workplace, &[OPTIMISE, &few], 3);
    assert!(told.contains("replication 7 of the set-up base"), "{told}");
    run(&workplace, &[&["run", "two.toml", "--replications", "340", "--out", "run", "--quiet"]], 0);
    let mut premiums: Vec<f64> = rows(workplace.path().join("run/runs.csv"))
        .iter()
        .map(|row| row["premium_thousand_pounds"].parse().unwrap())
        .collect();
    // Afresh, too, the base case stands first, and its replications begin after the forty of the search.
    premiums.remove(47);
    premiums.remove(7);
    let again = rows(workplace.path().join("found/reevaluated.csv"));
    let base = again.iter().find(|row| row["candidate"] == "base" && row["quantity"] == "mean(premium)").unwrap();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    for (column, mean) in [("found", mean(&premiums[..39])), ("fresh", mean(&premiums[39..]))] {
        assert!((base[column].parse::<f64>().unwrap() - mean).abs() < 1e-6, "{column}: {base:?}");
    }
}

#[test]
fn too_many_broken_replications_end_a_search_and_leave_nothing() {
    let workplace = workplace();
    let broken: Vec<String> = (0..30).flat_map(|n| ["--break-replication".to_string(), format!("0:{n}")]).collect();
    let broken: Vec<&str> = broken.iter().map(String::as_str).collect();
    let told = run(&workplace, &[THRESHOLD, &["--out", "found"], &broken], 1);
    assert!(told.contains("too many to go on without them"), "{told}");
    assert!(!workplace.path().join("found").exists());
}
