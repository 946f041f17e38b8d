//! What an experiment tells of its points: choosing, sensitivity, sources of variance, discovery, and the replications that failed.

use crate::left::{Row, contents, number, records};
use crate::program::{ended as run, partnersim, said, told};
use crate::workplace::{holding, two_together};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

const HEAD: &str = "horizon_months = 12\ncommunication.quality = { pert = [0.3, 0.6, 0.9] }\ntargets.premium = 12\n";

const FACTORS: &str = r#"
[[factor]]
name = "quality"
path = "communication.quality"
from = "scenario"

[[factor]]
name = "trust"
path = "trust.initial"
range = [0.2, 0.8]
"#;

const POLICIES: &str = r#"
[[policy]]
name = "plain"

[[policy]]
name = "pool"
set = { "contributions.pooled_share" = 0.6 }
"#;

/// A folder with the scenario `two.toml` and an experiment `e.toml` of a design.
fn workplace(design: &str, more: &str) -> TempDir {
    let head = "scenario = \"two.toml\"\nreplications = 64\nseed = 3\noutcomes = [\"premium\", \"P(premium > 0)\"]\n";
    holding(&[("two.toml", &two_together(HEAD)), ("e.toml", &format!("{head}[design]\n{design}\n{more}{FACTORS}"))])
}

fn text_of(workplace: &TempDir) -> String {
    fs::read_to_string(workplace.path().join("e.toml")).unwrap()
}

/// The rows of a table that are about one outcome.
fn about(folder: &Path, file: &str, outcome: &str) -> Vec<Row> {
    let rows: Vec<_> = records(folder, file).into_iter().filter(|row| row["outcome"] == outcome).collect();
    assert!(!rows.is_empty(), "{outcome} in {file}");
    rows
}

fn every_column_is_in_the_dictionary(folder: &Path) {
    let dictionary = records(folder, "data_dictionary.csv");
    for name in contents(folder).into_keys().filter(|name| name.ends_with(".csv")) {
        let mut reader = csv::Reader::from_path(folder.join(&name)).unwrap();
        for column in reader.headers().unwrap().iter().filter(|_| name != "data_dictionary.csv") {
            assert!(dictionary.iter().any(|row| row["file"] == name && row["column"] == column), "{name} {column}");
        }
    }
}

#[test]
fn each_design_gets_its_method_with_the_numbers_that_the_analysis_of_its_points_gives() {
    for (design, method, indices) in [
        ("kind = \"morris\"\ntrajectories = 8", "morris", vec!["mu_star", "mu", "sigma"]),
        ("kind = \"saltelli\"\nbase = 16\nsecond_order = true", "sobol", vec!["total", "first", "second"]),
        ("kind = \"latin_hypercube\"\npoints = 40", "rank,delta,pawn", vec!["partial_rank", "delta", "pawn_median"]),
    ] {
        let workplace = workplace(design, "");
        let text = said(&run(workplace.path(), &["experiment", "e.toml"], 0));
        assert!(text.contains("What premium depends on") && text.contains("premium depends"), "{text}");
        let analyse = ["analyse", "sensitivity", "results/e", "--outcome", "premium", "--method", method];
        run(workplace.path(), &[&analyse[..], &["--seed", "3", "--out", "again", "--quiet"]].concat(), 0);
        let (folder, again) = (workplace.path().join("results/e"), workplace.path().join("again"));
        let found = about(&folder, "sensitivity.csv", "premium");
        assert_eq!(found, about(&again, "sensitivity.csv", "premium"), "{design}");
        for index in indices {
            assert!(found.iter().any(|row| row["index"] == index), "{index} of {design}");
        }
        assert_eq!(folder.join("convergence.csv").exists(), method == "sobol");
        every_column_is_in_the_dictionary(&folder);
    }
}

#[test]
fn the_variance_is_split_into_luck_what_is_not_known_and_what_one_can_choose() {
    let workplace = workplace("kind = \"latin_hypercube\"\npoints = 30", POLICIES);
    let text = said(&run(workplace.path(), &["experiment", "e.toml"], 0));
    assert!(text.contains("Of the variance of premium") && text.contains("is what one can choose"), "{text}");
    let folder = workplace.path().join("results/e");
    let parts = about(&folder, "variance.csv", "premium");
    assert_eq!(parts.len(), 4);
    let share = |part: &str| number(parts.iter().find(|row| row["part"] == part).unwrap(), "share");
    assert!((parts.iter().map(|row| number(row, "share")).sum::<f64>() - 1.0).abs() < 1e-9);
    assert!(share("luck") > 0.5 && share("what one can choose") > 0.0);
    // Luck is the mean of the variances that the points themselves tell.
    let of_points = records(&folder, "summary.csv");
    let premium: Vec<f64> = of_points
        .iter()
        .filter(|row| row["outcome"] == "premium_thousand_pounds")
        .map(|row| number(row, "sd"))
        .collect();
    let luck = premium.iter().map(|sd| sd * sd).sum::<f64>() / premium.len() as f64;
    assert!((luck / (share("luck") * number(&parts[0], "variance")) - 1.0).abs() < 1e-9);
    // The points share their draws, so that little of what sets them apart is noise.
    assert!(number(&parts[0], "noise_share") < 0.5, "{parts:?}");
}

#[test]
fn policies_over_worlds_are_chosen_among_as_the_analysis_of_the_points_does() {
    let workplace = workplace("kind = \"latin_hypercube\"\npoints = 30", POLICIES);
    let text = said(&run(workplace.path(), &["experiment", "e.toml"], 0));
    assert!(text.contains("is best on average") && text.contains("reaches the target of at least"), "{text}");
    let analyse =
        ["analyse", "choose", "results/e", "--outcome", "premium,P(premium > 0)", "--inputs", "quality,trust"];
    run(
        workplace.path(),
        &[&analyse[..], &["--target", "premium=12", "--seed", "3", "--out", "again", "--quiet"]].concat(),
        0,
    );
    let (folder, again) = (workplace.path().join("results/e"), workplace.path().join("again"));
    for file in ["choosing.csv", "regret.csv", "dominance.csv", "pareto.csv", "information.csv"] {
        assert_eq!(records(&folder, file), records(&again, file), "{file}");
    }
    every_column_is_in_the_dictionary(&folder);
}

#[test]
fn where_a_condition_holds_is_told_as_the_discovery_in_the_points_tells_it() {
    let discovery = "[discovery]\nwhen = \"premium < 13\"\n";
    let workplace = workplace("kind = \"sobol\"\npoints = 128", discovery);
    let text = said(&run(workplace.path(), &["experiment", "e.toml"], 0));
    assert!(text.contains("premium < 13"), "{text}");
    run(
        workplace.path(),
        &["analyse", "discover", "results/e", "--when", "premium < 13", "--seed", "3", "--out", "again", "--quiet"],
        0,
    );
    let (folder, again) = (workplace.path().join("results/e"), workplace.path().join("again"));
    for file in ["boxes.csv", "restrictions.csv", "trajectory.csv", "tree.csv", "worlds.csv"] {
        assert_eq!(records(&folder, file), records(&again, file), "{file}");
    }
    assert!(!records(&folder, "boxes.csv").is_empty());
    // Of several policies each is one more thing to tell points apart by.
    fs::write(workplace.path().join("e.toml"), text_of(&workplace) + POLICIES).unwrap();
    run(workplace.path(), &["experiment", "e.toml", "--quiet", "--out", "two"], 0);
    let analyse = ["analyse", "discover", "two", "--when", "premium < 13", "--seed", "3", "--out", "more", "--quiet"];
    run(workplace.path(), &analyse, 0);
    let (two, more) = (workplace.path().join("two"), workplace.path().join("more"));
    assert_eq!(records(&two, "boxes.csv"), records(&more, "boxes.csv"));
    assert!(records(&two, "restrictions.csv").iter().any(|row| row["input"] == "policy"));
    every_column_is_in_the_dictionary(&folder);
}

#[test]
fn a_discovery_that_cannot_be_is_refused_before_anything_runs_and_one_without_cases_loses_nothing() {
    let few = workplace("kind = \"sobol\"\npoints = 16", "[discovery]\nwhen = \"P(failled) > 0.5\"\n");
    let text = told(&run(few.path(), &["experiment", "e.toml"], 2));
    assert!(text.contains("16 points") && text.contains("did you mean `failed`?"), "{text}");
    let never = workplace("kind = \"sobol\"\npoints = 64", "[discovery]\nwhen = \"q05(trust) > 2\"\n");
    let text = said(&run(never.path(), &["experiment", "e.toml"], 0));
    assert!(text.contains("holds in none of 64 points"), "{text}");
    assert!(never.path().join("results/e/sensitivity.csv").exists());
}

#[test]
fn a_failing_replication_is_left_out_of_its_point_told_and_resumed_to_the_same_bytes() {
    let workplace = workplace("kind = \"latin_hypercube\"\npoints = 6", POLICIES);
    let text = fs::read_to_string(workplace.path().join("e.toml")).unwrap().replace("= 64", "= 4000");
    fs::write(workplace.path().join("e.toml"), text).unwrap();
    let broken = ["experiment", "e.toml", "--runs", "--quiet", "--break-replication", "1:77,3:5"];
    let with = |more: &[&'static str]| [&broken[..], more].concat();
    let text = told(&run(workplace.path(), &with(&["--out", "whole"]), 3));
    for part in [
        "4 of 48,000 replications could not be computed",
        "seed 3: point 1 under plain, replication 77",
        "it was asked to break",
        "partnersim trace two.toml --replication 77 --seed 3",
    ] {
        assert!(text.contains(part), "{part} not in {text}");
    }
    let whole = workplace.path().join("whole");
    let failures = fs::read_to_string(whole.join("failures.csv")).unwrap();
    assert!(
        failures.starts_with("point,policy,replication,seed,message\n1,plain,77,3,it was asked to break\n1,pool,77")
    );
    let manifest = fs::read_to_string(whole.join("manifest.json")).unwrap();
    assert!(manifest.contains("replication 77") && manifest.contains("failures.csv"), "{manifest}");
    let points = records(&whole, "points.csv");
    assert_eq!((points[0]["n"].as_str(), points[2]["n"].as_str()), ("3999", "4000"));
    // The trace that the message names can be run as it stands.
    let hint = text.lines().find_map(|line| line.trim().strip_prefix("To see it again: ")).unwrap();
    let line = hint.replace("partnersim", env!("CARGO_BIN_EXE_partnersim"));
    let shown = Command::new("sh").current_dir(workplace.path()).args(["-c", &line]).output().unwrap();
    assert!(shown.status.success(), "{line}: {}", told(&shown));
    // Killed after the faulty point is in the journal.
    let journal = workplace.path().join("killed/.experiment.journal");
    let mut child = partnersim(&workplace)
        .args(with(&["--threads", "1", "--out", "killed"]))
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while fs::metadata(&journal).map_or(0, |found| found.len()) < 5_000 && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!workplace.path().join("killed/manifest.json").exists());
    run(workplace.path(), &with(&["--out", "killed", "--resume"]), 3);
    assert_eq!(contents(workplace.path().join("killed")), contents(whole));
    let many: Vec<String> = (0..60).map(|replication| format!("1:{replication}")).collect();
    let many = many.join(",");
    let text = told(&run(
        workplace.path(),
        &["experiment", "e.toml", "--quiet", "--out", "many", "--break-replication", &many],
        1,
    ));
    assert!(text.contains("too many to go on"), "{text}");
}
