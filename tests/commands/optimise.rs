//! The search for levers, with the program itself.

use crate::left::{Row, number, records};
use crate::program::{ended, said, told};
use crate::workplace::{holding, two_together};
use std::fs;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

const LEVERS: &str = r#"
title = "Levers for two"
scenario = "two.toml"
replications = 40
fresh_replications = 200
population = 8
generations = 5
budget = 14

[[lever]]
path = "contributions.pooled_share"
range = [0.05, 0.6]

[[lever]]
path = "communication.meetings"
range = [0, 8]
whole = true
unit_cost = 2

[[lever]]
path = "governance.form"
levels = ["shared", "lead"]
costs = [0, 4]

[[objective]]
quantity = "premium"

[[objective]]
quantity = "cost"

[[constraint]]
holds = "survival >= 0.2"
"#;

fn workplace() -> TempDir {
    holding(&[("two.toml", &two_together("horizon_months = 12\nseed = 7\n")), ("levers.toml", LEVERS)])
}

/// Searches with further arguments and expects an exit code.
fn optimise(folder: &Path, arguments: &[&str], code: i32) -> Output {
    ended(folder, &[&["optimise"], arguments].concat(), code)
}

#[test]
fn the_front_keeps_the_budget_and_no_candidate_on_it_beats_another() {
    let workplace = workplace();
    let output = optimise(workplace.path(), &["levers.toml", "--out", "out"], 0);
    let told = said(&output);
    assert!(told.contains("Best found for mean(premium)") && told.contains("fresh replications say"), "{told}");
    let folder = workplace.path().join("out");
    let rows = records(&folder, "front.csv");
    assert_eq!(rows[0]["candidate"], "base");
    let front: Vec<(f64, f64)> =
        rows[1..].iter().map(|row| (number(row, "mean(premium)"), number(row, "cost"))).collect();
    assert!(!front.is_empty());
    for (at, (premium, cost)) in front.iter().enumerate() {
        let row = &rows[at + 1];
        let by_hand = 2.0 * number(row, "meetings") + if row["form"] == "lead" { 4.0 } else { 0.0 };
        assert_eq!(*cost, by_hand);
        assert!(*cost <= 14.0 && number(row, "mean(alive)") >= 0.2, "{row:?}");
        let beaten =
            front.iter().any(|(other, spent)| other >= premium && spent <= cost && (other, spent) != (premium, cost));
        assert!(!beaten, "{front:?}");
    }
}

#[test]
fn the_promised_values_are_those_of_the_scenario_and_the_fresh_ones_of_later_replications() {
    let workplace = workplace();
    optimise(workplace.path(), &["levers.toml", "--out", "out", "-q"], 0);
    let (front, again) =
        (records(workplace.path().join("out"), "front.csv"), records(workplace.path().join("out"), "reevaluated.csv"));
    let of = |candidate: &str| {
        again.iter().find(|row| row["candidate"] == candidate && row["quantity"] == "mean(premium)").unwrap()
    };
    let set = |row: &Row| {
        let values = [
            ("contributions.pooled_share", "pooled_share"),
            ("communication.meetings", "meetings"),
            ("governance.form", "form"),
        ];
        values.map(|(path, column)| format!("--set={path}={}", row[column]))
    };
    for (candidate, changes) in [("base", Vec::new()), ("1", set(&front[1]).to_vec())] {
        let changes: Vec<&str> = changes.iter().map(String::as_str).collect();
        let run =
            [&["run", "two.toml", "--replications=240", "--out", "run", "--force", "-q"][..], &changes[..]].concat();
        ended(&workplace, &run, 0);
        let premiums: Vec<f64> = records(workplace.path().join("run"), "runs.csv")
            .iter()
            .map(|row| number(row, "premium_thousand_pounds"))
            .collect();
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let row = of(candidate);
        assert!((number(row, "found") - mean(&premiums[..40])).abs() < 1e-6, "{candidate}");
        assert!((number(row, "fresh") - mean(&premiums[40..])).abs() < 1e-6, "{candidate}");
    }
    let (base, best) = (of("base"), of("1"));
    assert!((number(best, "fresh_gain") - (number(best, "fresh") - number(base, "fresh"))).abs() < 1e-6);
    assert!(number(best, "found_gain") > 0.0, "what is best is better than the base case");
}

#[test]
fn the_result_depends_on_the_seed_and_not_on_the_threads() {
    let workplace = workplace();
    for (out, threads, seed) in [("one", "1", "7"), ("four", "4", "7"), ("other", "4", "8")] {
        optimise(workplace.path(), &["levers.toml", "--out", out, "--threads", threads, "--seed", seed, "-q"], 0);
    }
    let read = |out: &str, file: &str| fs::read(workplace.path().join(out).join(file)).unwrap();
    for file in ["front.csv", "history.csv", "reevaluated.csv", "manifest.json"] {
        assert_eq!(read("one", file), read("four", file), "{file}");
    }
    assert_ne!(read("one", "front.csv"), read("other", "front.csv"));
}

#[test]
fn the_history_tells_how_the_front_grew() {
    let workplace = workplace();
    optimise(workplace.path(), &["levers.toml", "--out", "out", "-q", "--generations", "8"], 0);
    let rows = records(workplace.path().join("out"), "history.csv");
    assert_eq!(rows.len(), 8);
    let best: Vec<f64> = rows.iter().map(|row| number(row, "best mean(premium)")).collect();
    assert!(best.windows(2).all(|two| two[1] >= two[0]) && best[7] > best[0], "{best:?}");
    assert!(number(&rows[7], "hypervolume") > number(&rows[0], "hypervolume"));
    assert!(number(&rows[7], "tried") > number(&rows[6], "tried"));
}

#[test]
fn what_cannot_be_used_is_told_and_nothing_is_written() {
    let workplace = workplace();
    let refused = |text: &str| {
        fs::write(workplace.path().join("wrong.toml"), text).unwrap();
        let output = optimise(workplace.path(), &["wrong.toml", "--out", "out"], 2);
        assert!(!workplace.path().join("out").exists());
        told(&output)
    };
    let wrong = refused(&LEVERS.replace("quantity = \"premium\"", "quantity = \"premum\"").replace("budget", "budgt"));
    assert!(
        wrong.contains("did you mean `budget`?") && wrong.contains("`premium`") && wrong.contains("wrong.toml:"),
        "{wrong}"
    );
    let wrong = refused(&LEVERS.replace("\"lead\"]", "\"leader\"]").replace("[0, 8]", "[0, 80]"));
    for words in ["meetings cannot be 80: ", "form cannot be \"leader\": ", "wrong.toml:16:13", "wrong.toml:22:21"] {
        assert!(wrong.contains(words), "{words}: {wrong}");
    }
    let wrong = refused(&LEVERS.replace("two.toml", "three.toml"));
    assert!(wrong.contains("there is no file three.toml and no ready-made scenario"), "{wrong}");
    assert!(wrong.contains("wrong.toml:3"), "{wrong}");
}

#[test]
fn the_scenario_may_be_a_ready_made_one() {
    let workplace = workplace();
    fs::write(workplace.path().join("ready.toml"), LEVERS.replace("two.toml", "neighbourhood_forum")).unwrap();
    let few = ["ready.toml", "--generations=1", "--population=4", "--replications=8", "--fresh-replications=8"];
    optimise(workplace.path(), &[&few[..], &["--out", "out", "-q"]].concat(), 0);
    assert!(fs::read_to_string(workplace.path().join("out/manifest.json")).unwrap().contains("neighbourhood_forum"));
}

#[test]
fn constraints_that_nothing_meets_are_told_and_are_no_fault() {
    let workplace = workplace();
    fs::write(workplace.path().join("strict.toml"), LEVERS.replace("survival >= 0.2", "premium >= 1e12")).unwrap();
    let output = optimise(workplace.path(), &["strict.toml", "--out", "out"], 0);
    let told = said(&output);
    assert!(told.contains("No candidate was within the budget and all constraints"), "{told}");
    assert_eq!(records(workplace.path().join("out"), "front.csv").len(), 1);
}

#[test]
fn the_example_that_is_shipped_works() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/experiments/optimise_town.toml");
    let small =
        ["--population=4", "--generations=2", "--replications=16", "--fresh-replications=16", "--out", "out", "-q"];
    let workplace = workplace();
    optimise(workplace.path(), &[&[example.to_str().unwrap()], &small[..]].concat(), 0);
    assert_eq!(records(workplace.path().join("out"), "history.csv").len(), 2);
}
