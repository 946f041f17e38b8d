//! Experiments from file to folder, with the program itself: designs, policies, resumption after kill -9, what is refused.

use crate::left::{contents, number, records};
use crate::program::{ended, partnersim, said, told};
use crate::workplace::{holding, two_together};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const HEAD: &str = "horizon_months = 12\ncommunication.quality = { pert = [0.3, 0.6, 0.9] }\n";

const EXPERIMENT: &str = r#"
title = "Quality and meetings"
scenario = "two.toml"
replications = 200
seed = 3
outcomes = ["premium", "survival", "P(premium > 0)", "q05(net_value)"]

[design]
kind = "factorial"

[[factor]]
name = "quality"
path = "communication.quality"
levels = [0.2, 0.5, 0.8]

[[factor]]
name = "meetings"
path = "communication.meetings"
levels = [1, 4]
"#;

/// A folder of its own with the scenario `two.toml` and an experiment `e.toml`.
fn workplace(experiment: &str) -> TempDir {
    holding(&[("two.toml", &two_together(HEAD)), ("e.toml", experiment)])
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = partnersim(folder);
    command.args(["experiment", "e.toml"]).args(arguments);
    command
}

fn run(folder: &Path, arguments: &[&str], code: i32) -> Output {
    ended(folder, &[&["experiment", "e.toml"], arguments].concat(), code)
}

#[test]
fn a_factorial_is_written_point_by_point_and_its_effects_are_paired() {
    let workplace = workplace(EXPERIMENT);
    let text = said(&run(workplace.path(), &[], 0));
    for part in
        ["Quality and meetings", "Premium", "quality: 0.2 → 0.8", "6 points of a design of kind factorial", "results/e"]
    {
        assert!(text.contains(part), "{part} not in:\n{text}");
    }
    let folder = workplace.path().join("results/e");
    let points = records(&folder, "points.csv");
    assert_eq!(points.len(), 6);
    assert_eq!((points[0]["quality"].as_str(), points[5]["quality"].as_str()), ("0.2", "0.8"));
    // The effect of a level is the difference of the means over the points that have it.
    let mean = |quality: &str| {
        let of: Vec<f64> =
            points.iter().filter(|row| row["quality"] == quality).map(|row| number(row, "premium")).collect();
        of.iter().sum::<f64>() / of.len() as f64
    };
    let effects = records(&folder, "effects.csv");
    let effect = effects.iter().find(|row| row["level"] == "0.8" && row["outcome"] == "premium").unwrap();
    assert!((number(effect, "difference") - (mean("0.8") - mean("0.2"))).abs() < 1e-6);
    assert!(number(effect, "low") < number(effect, "difference"));
    // A point by itself is what a run of the same scenario gives.
    let alone = ["run", "two.toml", "--set", "communication.quality=0.8", "--set", "communication.meetings=4"];
    let alone = [&alone[..], &["--replications", "200", "--seed", "3", "--out", "alone", "--quiet"]].concat();
    ended(&workplace, &alone, 0);
    let summary = records(workplace.path().join("alone"), "summary.csv");
    let premium = summary.iter().find(|row| row["outcome"] == "premium_thousand_pounds").unwrap();
    assert_eq!(premium["mean"], points[5]["premium"]);
    assert_eq!(premium["mc_standard_error"], points[5]["premium_se"]);
    let of_point = records(&folder, "summary.csv");
    let same = of_point.iter().find(|row| row["point"] == "6" && row["outcome"] == "premium_thousand_pounds").unwrap();
    for column in ["mean", "sd", "q05", "q50", "q95", "target", "share_above_target", "share_above_target_low"] {
        assert_eq!(same[column], premium[column], "{column}");
    }
    // Every column of every table is in the dictionary.
    let dictionary = records(&folder, "data_dictionary.csv");
    for file in ["points.csv", "design.csv", "summary.csv", "effects.csv", "factors.csv"] {
        let mut reader = csv::Reader::from_path(folder.join(file)).unwrap();
        for column in reader.headers().unwrap() {
            assert!(dictionary.iter().any(|row| row["file"] == file && row["column"] == column), "{file} {column}");
        }
    }
}

#[test]
fn the_result_does_not_depend_on_threads_and_more_replications_keep_the_earlier_ones() {
    let workplace = workplace(EXPERIMENT);
    for threads in ["1", "3"] {
        run(workplace.path(), &["--runs", "--threads", threads, "--out", threads, "--quiet"], 0);
    }
    assert_eq!(contents(workplace.path().join("1")), contents(workplace.path().join("3")));
    run(workplace.path(), &["--runs", "--replications", "300", "--out", "more", "--quiet"], 0);
    let rows = |out: &str| {
        let rows = records(workplace.path().join(out), "runs.csv");
        rows.into_iter().filter(|row| row["replication"].parse::<u64>().unwrap() < 200).collect::<Vec<_>>()
    };
    let (few, more) = (rows("1"), rows("more"));
    assert_eq!(few.len(), 6 * 200);
    assert_eq!(few, more);
}

#[test]
fn what_is_killed_is_resumed_to_the_same_bytes() {
    let workplace = workplace(&EXPERIMENT.replace("replications = 200", "replications = 6000"));
    run(workplace.path(), &["--runs", "--out", "whole", "--quiet"], 0);
    let journal = workplace.path().join("killed/.experiment.journal");
    let mut child = command(workplace.path(), &["--runs", "--threads", "1", "--out", "killed", "--quiet"])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Killed as soon as the first point stands in the journal.
    let begun = fs::metadata(workplace.path().join("e.toml")).unwrap().len();
    while fs::metadata(&journal).map_or(0, |found| found.len()) < begun + 4_000 && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let left = contents(workplace.path().join("killed"));
    assert!(left.contains_key(".experiment.journal") && !left.contains_key("manifest.json"), "{:?}", left.keys());
    let refused = run(workplace.path(), &["--runs", "--out", "killed"], 4);
    assert!(told(&refused).contains("--resume"), "{}", told(&refused));
    let changed = run(workplace.path(), &["--runs", "--out", "killed", "--resume", "--seed", "4"], 2);
    assert!(told(&changed).contains("the seed was 3 and is 4"), "{}", told(&changed));
    // A torn last record is not trusted.
    let mut torn = left[".experiment.journal"].clone();
    torn.extend([7; 30]);
    fs::write(&journal, torn).unwrap();
    run(workplace.path(), &["--runs", "--out", "killed", "--resume", "--quiet"], 0);
    assert_eq!(contents(workplace.path().join("killed")), contents(workplace.path().join("whole")));
    let complete = run(workplace.path(), &["--runs", "--out", "killed", "--resume"], 0);
    assert!(said(&complete).contains("nothing to resume"));
}

#[cfg(unix)]
#[test]
fn what_ctrl_c_stops_says_how_to_go_on_and_goes_on_to_the_same_bytes() {
    let workplace = workplace(&EXPERIMENT.replace("replications = 200", "replications = 5000"));
    run(workplace.path(), &["--out", "whole", "--quiet"], 0);
    let journal = workplace.path().join("stopped/.experiment.journal");
    let child = command(workplace.path(), &["--threads", "1", "--out", "stopped"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while fs::metadata(&journal).map_or(0, |found| found.len()) == 0 {
        std::thread::yield_now();
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", told(&output));
    assert!(told(&output).contains("To go on: partnersim experiment e.toml --resume"), "{}", told(&output));
    run(workplace.path(), &["--out", "stopped", "--resume", "--quiet"], 0);
    assert_eq!(contents(workplace.path().join("stopped")), contents(workplace.path().join("whole")));
}

#[test]
fn policies_meet_the_same_worlds() {
    let experiment = EXPERIMENT.replace("kind = \"factorial\"", "kind = \"latin_hypercube\"\npoints = 12")
        + "[[policy]]\nname = \"plain\"\n[[policy]]\nname = \"same\"\n[[policy]]\nname = \"pool\"\nset = { \"contributions.pooled_share\" = 0.6 }\n";
    let workplace = workplace(&experiment);
    let text = said(&run(workplace.path(), &["--replications", "100"], 0));
    assert!(text.contains("Against plain") && text.contains("of 12 worlds"), "{text}");
    let folder = workplace.path().join("results/e");
    assert_eq!(records(&folder, "points.csv").len(), 36);
    let policies = records(&folder, "policies.csv");
    let of = |policy: &str| policies.iter().find(|row| row["policy"] == policy && row["outcome"] == "premium").unwrap();
    assert_eq!((of("same")["difference"].as_str(), of("same")["greater_share"].as_str()), ("0", "0"));
    assert_ne!(of("pool")["difference"], "0");
}

#[test]
fn a_dry_run_says_how_much_it_is_and_writes_nothing() {
    let workplace = workplace(EXPERIMENT);
    let text = said(&run(workplace.path(), &["--dry-run"], 0));
    for part in [
        "6 points",
        "200 replications each",
        "1,200 replications in all",
        "Time: ",
        "Disk: about ",
        "Nothing was written",
    ] {
        assert!(text.contains(part), "{part} not in:\n{text}");
    }
    assert!(!workplace.path().join("results").exists());
}

#[test]
fn a_fault_at_any_point_is_told_with_the_point_before_anything_runs() {
    let workplace = workplace(&EXPERIMENT.replace("levels = [1, 4]", "levels = [1, 400]"));
    let text = told(&run(workplace.path(), &[], 2));
    assert!(text.contains("point 2 (quality = 0.2, meetings = 400)"), "{text}");
    assert!(
        text.contains("above the most allowed") && text.contains("point 6 (quality = 0.8, meetings = 400)"),
        "{text}"
    );
    assert!(!workplace.path().join("results").exists());
    let misspelt = self::workplace(&EXPERIMENT.replace("communication.quality", "comunication.qualty"));
    assert!(told(&run(misspelt.path(), &[], 2)).contains("did you mean `communication.quality`?"));
}

#[test]
fn every_kind_of_design_runs_and_a_table_of_points_gives_the_same_points_again() {
    let factors = "[[factor]]\nname = \"quality\"\npath = \"communication.quality\"\nfrom = \"scenario\"\n\
                   [[factor]]\nname = \"meetings\"\npath = \"communication.meetings\"\nrange = [1, 4]\n";
    let of = |design: &str| {
        format!("scenario = \"two.toml\"\nreplications = 20\noutcomes = [\"premium\"]\n[design]\n{design}\n{factors}")
    };
    for (design, n) in [
        ("kind = \"one_at_a_time\"", 5),
        ("kind = \"latin_hypercube\"\npoints = 7\ncentred = true", 7),
        ("kind = \"sobol\"\npoints = 8", 8),
        ("kind = \"morris\"\ntrajectories = 3", 9),
        ("kind = \"saltelli\"\nbase = 4\nsecond_order = true", 24),
    ] {
        let workplace = workplace(&of(design));
        run(workplace.path(), &["--quiet"], 0);
        let folder = workplace.path().join("results/e");
        let points = records(&folder, "points.csv");
        assert_eq!(points.len(), n, "{design}");
        fs::copy(folder.join("points.csv"), workplace.path().join("points.csv")).unwrap();
        let table = of("kind = \"table\"\nfile = \"points.csv\"")
            .replace("from = \"scenario\"\n", "")
            .replace("range = [1, 4]\n", "");
        if design.contains("one_at") {
            continue; // its base leaves the quality uncertain, which no cell of a table can say
        }
        fs::write(workplace.path().join("e.toml"), table).unwrap();
        run(workplace.path(), &["--quiet", "--out", "again"], 0);
        let again = records(workplace.path().join("again"), "points.csv");
        for (first, second) in points.iter().zip(&again) {
            assert_eq!(first["premium"], second["premium"], "{design}");
        }
    }
}

#[test]
fn the_worked_examples_run() {
    let folder = tempfile::tempdir().unwrap();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/experiments");
    for (name, part) in [("forum_choices", "rule: open → vote"), ("town_worlds", "talk more")] {
        let mut text = fs::read_to_string(examples.join(format!("{name}.toml"))).unwrap();
        text = text.replace("points = 100", "points = 4");
        fs::write(folder.path().join("e.toml"), text).unwrap();
        let output = run(folder.path(), &["--replications", "16", "--out", name], 0);
        assert!(said(&output).contains(part), "{}", said(&output));
    }
}

#[test]
fn every_example_of_the_page_on_experiments_is_valid() {
    let page = include_str!("../../docs/experiments.md").replace("\r\n", "\n");
    let examples: Vec<&str> = page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(examples.len() >= 7);
    for example in examples {
        let workplace = workplace(example);
        fs::write(workplace.path().join("posterior.csv"), "communication.quality;meetings\n0,4;2\n0,6;3\n").unwrap();
        let output = run(workplace.path(), &["--dry-run", "--replications", "4"], 0);
        assert!(said(&output).contains("Every point loads"), "{example}");
    }
}

#[test]
fn the_folder_keeps_the_experiment_and_what_is_copied_from_it_runs_again() {
    let workplace = workplace(EXPERIMENT);
    run(workplace.path(), &["--quiet"], 0);
    let folder = workplace.path().join("results/e");
    let kept = fs::read(folder.join("experiment.toml")).unwrap();
    assert_eq!(kept, fs::read(workplace.path().join("e.toml")).unwrap());
    ended(&workplace, &["export", "results/e", "--out", "copy", "--quiet"], 0);
    assert_eq!(kept, fs::read(workplace.path().join("copy/experiment.toml")).unwrap());
    let elsewhere = workplace.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::copy(folder.join("experiment.toml"), elsewhere.join("e.toml")).unwrap();
    fs::copy(folder.join("scenario.toml"), elsewhere.join("two.toml")).unwrap();
    ended(&workplace, &["experiment", "elsewhere/e.toml", "--out", "again", "--quiet"], 0);
    ended(&workplace, &["diff", "results/e", "again"], 0);
}
