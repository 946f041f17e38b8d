//! Set-ups compared in the same worlds, with the program itself.

use crate::left::{self, Row, number, records};
use crate::program::{ended, flat, run as partnersim, said, told};
use crate::workplace::{holding, two_together};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn scenario() -> String {
    two_together("question = \"Will it last?\"\nhorizon_months = 24\nreplications = 600\nseed = 7\n")
}

/// A folder of its own with the scenario `two.toml` in it.
fn workplace() -> TempDir {
    holding(&[("two.toml", &scenario())])
}

/// Compares in the folder `found` and expects an exit code; what was said on the terminal.
fn compare(workplace: &TempDir, arguments: &[&str], code: i32) -> String {
    let arguments = [&["compare"], arguments, &["--out", "found", "--force"]].concat();
    let output = ended(workplace, &arguments, code);
    if code == 0 { said(&output) } else { told(&output) }
}

fn rows(workplace: &TempDir, file: &str) -> Vec<Row> {
    records(workplace.path().join("found"), file)
}

fn of<'r>(rows: &'r [Row], column: &str, value: &str) -> Vec<&'r Row> {
    rows.iter().filter(|row| row[column] == value).collect()
}

/// Name and bytes of every file found.
fn contents(workplace: &TempDir) -> BTreeMap<String, Vec<u8>> {
    left::contents(workplace.path().join("found"))
}

#[test]
fn two_files_are_compared_in_tables_and_sentences() {
    let workplace = workplace();
    let better = scenario().replace("seed = 7", "seed = 8\n[communication]\nquality = 0.9\n");
    fs::write(workplace.path().join("talk.toml"), better).unwrap();
    let text = compare(&workplace, &["two.toml", "talk.toml"], 0);
    for part in [
        "talk against two\nWill it last?\n",
        "Premium over working alone",
        "Same world",
        "Why: only communication.quality differs (0.6 → 0.9); it carries all of this.",
        "From 600 replications of each set-up in the same worlds, seed 7;",
    ] {
        assert!(text.contains(part), "{part} not in:\n{text}");
    }
    let files: Vec<String> = contents(&workplace).into_keys().collect();
    assert_eq!(
        files,
        [
            "changes.csv",
            "data_dictionary.csv",
            "datapackage.json",
            "lasting.csv",
            "levers.csv",
            "manifest.json",
            "paired.csv",
            "scenario_1.toml",
            "scenario_2.toml",
            "setups.csv",
            "survival.csv"
        ]
    );
    let changes = rows(&workplace, "changes.csv");
    assert_eq!(changes.len(), 1, "the second runs under the seed of the first: {changes:?}");
    assert_eq!((changes[0]["value_against"].as_str(), changes[0]["value"].as_str()), ("0.6", "0.9"));
    let paired = rows(&workplace, "paired.csv");
    let trust = of(&paired, "outcome", "trust")[0];
    assert!(number(trust, "difference") > 0.0 && trust["verdict"] == "better", "{trust:?}");
    assert!((number(trust, "mean") - number(trust, "mean_against") - number(trust, "difference")).abs() < 1e-9);
    assert!(number(trust, "better_same_world") > number(trust, "better_two_worlds"));
}

#[test]
fn what_compare_says_of_each_set_up_is_what_run_says() {
    let workplace = workplace();
    compare(&workplace, &["two.toml", "--set", "communication.quality=0.9"], 0);
    let setups = rows(&workplace, "setups.csv");
    for (setup, set) in
        [("two", "communication.quality=0.6"), ("communication.quality 0.9", "communication.quality=0.9")]
    {
        ended(&workplace, &["run", "two.toml", "--set", set, "--out", "ran", "--force", "--quiet"], 0);
        let summary = records(workplace.path().join("ran"), "summary.csv");
        for row in of(&setups, "setup", setup).iter().filter(|row| row["outcome"] != "failed") {
            let same = of(&summary, "title", &row["title"])[0];
            for column in ["mean", "sd", "mc_standard_error", "q05", "q50", "q95", "target", "share_above_target"] {
                assert_eq!(row[column], same[column], "{column} of {}", row["outcome"]);
            }
        }
    }
}

#[test]
fn identical_set_ups_tie_everywhere_and_no_figure_is_undefined_that_need_not_be() {
    let workplace = workplace();
    fs::write(workplace.path().join("copy.toml"), scenario()).unwrap();
    let text = compare(&workplace, &["two.toml", "copy.toml"], 0);
    assert!(text.contains("copy is the same as two in every replication"), "{text}");
    assert!(!text.contains("NaN"), "{text}");
    for row in rows(&workplace, "paired.csv") {
        assert_eq!((row["verdict"].as_str(), row["tied_same_world"].as_str()), ("same", "1"), "{row:?}");
        assert_eq!((row["difference"].as_str(), row["p"].as_str(), row["better_same_world"].as_str()), ("0", "1", "0"));
        assert!(row.values().all(|cell| cell != "NaN"), "{row:?}");
    }
    assert!(rows(&workplace, "changes.csv").is_empty() && rows(&workplace, "levers.csv").is_empty());
}

#[test]
fn the_parts_of_the_changes_sum_to_the_difference_and_a_change_that_does_nothing_has_none() {
    let workplace = workplace();
    // Where all take part alike, who leads changes nothing.
    let set = ["--set", "communication.quality=0.9", "--set", "trust.initial=0.8", "--set", "governance.lead=charity"];
    let with_form = ["two.toml", "--set", "governance.form=shared"];
    let text = compare(&workplace, &[&with_form[..], &set].concat(), 0);
    assert!(text.contains("Why: of the difference in premium over working alone, "), "{text}");
    let (levers, paired) = (rows(&workplace, "levers.csv"), rows(&workplace, "paired.csv"));
    for row in &paired {
        let parts = of(&levers, "outcome", &row["outcome"]);
        let sum: f64 = parts.iter().map(|part| number(part, "part")).sum();
        let difference = number(row, "difference");
        assert!((sum - difference).abs() <= 1e-9 * difference.abs().max(1.0), "{}: {sum} {difference}", row["outcome"]);
    }
    let lead: Vec<&Row> = levers.iter().filter(|row| row["lever"] == "governance.lead").collect();
    assert!(lead.len() == paired.len() && lead.iter().all(|row| row["part"] == "0" && row["high"] == "0"), "{lead:?}");
    let trust = of(&levers, "outcome", "trust");
    assert!(trust.iter().all(|row| row["method"] == "exact" && row["replications"] == "600"), "{trust:?}");
    assert!(number(trust.iter().find(|row| row["lever"] == "communication.quality").unwrap(), "low") > 0.0);
}

#[test]
fn more_than_eight_changes_are_sampled_with_an_error_and_still_sum() {
    let workplace = workplace();
    let changes = [
        "communication.quality=0.8",
        "communication.meetings=3",
        "communication.meeting_hours=3",
        "trust.initial=0.7",
        "morale.initial=0.8",
        "morale.aspiration=0.5",
        "funding.grant=20",
        "funding.grant_end=12",
        "contributions.pooled_share=0.4",
    ];
    let set: Vec<&str> = changes.iter().flat_map(|change| ["--set", change]).collect();
    let options = ["--replications", "128", "--explain-replications", "100", "--outcome", "premium"];
    let text = compare(&workplace, &[&["two.toml"][..], &set, &options].concat(), 0);
    assert!(text.contains("a sample of the orders") || text.contains("No clear difference"), "{text}");
    let levers = rows(&workplace, "levers.csv");
    let premium = of(&levers, "outcome", "premium");
    assert_eq!(premium.len(), changes.len());
    assert!(premium.iter().all(|row| row["method"] == "sampled orders" && row["replications"] == "100"), "{premium:?}");
    assert!(
        premium
            .iter()
            .all(|row| number(row, "low") <= number(row, "part") && number(row, "part") <= number(row, "high"))
    );
    let shares: f64 = premium.iter().map(|row| number(row, "share_of_difference")).sum();
    assert!((shares - 1.0).abs() < 1e-9, "{shares}");
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let workplace = workplace();
    let arguments = ["two.toml", "--set", "communication.quality=0.9", "--set", "trust.initial=0.8", "--threads"];
    compare(&workplace, &[&arguments[..], &["1"]].concat(), 0);
    let alone = contents(&workplace);
    compare(&workplace, &[&arguments[..], &["3"]].concat(), 0);
    assert!(alone == contents(&workplace));
}

#[test]
fn pairing_narrows_every_main_difference_of_the_flagship() {
    let workplace = workplace();
    let flagship = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/health_and_social_care.toml");
    let variants =
        ["--variant", "talk: communication.quality=0.8", "--variant", "grant: funding.grant=60; funding.grant_end=48"];
    let options = ["--replications", "256", "--no-explain"];
    let text = compare(&workplace, &[&[flagship.to_str().unwrap()][..], &variants, &options].concat(), 0);
    assert!(text.contains("Best of all on premium over working alone: ") && !text.contains("Why: of"), "{text}");
    let paired = rows(&workplace, "paired.csv");
    for outcome in ["alive", "need_met", "net_value", "premium", "trust"] {
        for row in of(&paired, "outcome", outcome) {
            assert!(number(row, "variance_reduction") > 1.5, "{row:?}");
        }
    }
    assert!(rows(&workplace, "levers.csv").is_empty());
}

#[test]
fn a_difference_that_matters_is_asked_for_and_told() {
    let workplace = workplace();
    let set = ["two.toml", "--set", "partner.council.reach=0.51", "--outcome", "trust"];
    let text = flat(&compare(&workplace, &set, 0));
    assert!(text.contains("No clear difference in trust at 600 replications: "), "{text}");
    assert!(text.contains("would most likely have shown."), "{text}");
    let finer = ["--difference", "trust=0.00001", "--difference", "premium=0.000001"];
    let text = flat(&compare(&workplace, &[&set[..], &finer].concat(), 0));
    assert!(text.contains("would show one of 0.00001."), "{text}");
    assert!(text.contains("Premium over working alone"), "what matters is looked at: {text}");
    let paired = rows(&workplace, "paired.csv");
    let premium = of(&paired, "outcome", "premium")[0];
    assert_eq!(number(premium, "smallest_difference"), 1e-6);
    assert_ne!(premium["p_holm"], "");
    assert_eq!(of(&paired, "outcome", "alive")[0]["p_holm"], "");
}

#[test]
fn set_ups_of_different_length_are_compared_with_a_warning_and_their_length_is_a_change() {
    let workplace = workplace();
    let arguments = ["compare", "two.toml", "--set", "horizon_months=12", "--out", "found"];
    let output = partnersim(workplace.path(), &arguments);
    let (told, warned) = (said(&output), told(&output));
    assert!(warned.contains("different numbers of months: two 24, horizon_months 12 12"), "{warned}");
    assert!(told.contains("Mind: the set-ups run for different times (24, 12 months)"), "{told}");
    assert!(told.contains("only horizon_months differs (24 → 12)"), "{told}");
}

#[test]
fn very_few_replications_claim_nothing() {
    let workplace = workplace();
    for replications in ["1", "2", "3"] {
        let set = ["two.toml", "--set", "communication.quality=0.7", "--replications", replications];
        let text = compare(&workplace, &set, 0);
        assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
    }
}

#[test]
fn what_cannot_be_compared_is_told_with_exit_code_2_and_nothing_is_written() {
    let workplace = workplace();
    fs::create_dir(workplace.path().join("other")).unwrap();
    fs::write(workplace.path().join("other/two.toml"), scenario()).unwrap();
    for (arguments, words) in [
        (vec!["two.toml"], "one file alone is nothing to compare"),
        (vec!["two.toml", "other/two.toml"], "two set-ups have the name two"),
        (vec!["two.toml", "other/two.toml", "--set", "trust.initial=0.4"], "make set-ups of one file"),
        (vec!["two.toml", "--set", "trust.initial=0.4", "--variant", "a: trust.initial=0.5"], "do not go together"),
        (vec!["two.toml", "--variant", "trust.initial=0.5"], "has no name"),
        (vec!["two.toml", "--variant", "a: trust.initial=0.5", "--variant", "a: trust.initial=0.6"], "the name a"),
        (vec!["two.toml", "--set", "seed=3"], "give --seed 3 for all of them"),
        (vec!["two.toml", "--set", "trust.initial=4"], "trust.initial"),
        (vec!["two.toml", "--set", "trust.intial=0.4"], "did you mean `trust.initial`?"),
        (vec!["two.toml", "missing.toml"], "missing.toml cannot be read"),
        (vec!["two.toml", "--set", "trust.initial=0.4", "--outcome", "premum"], "did you mean `premium`?"),
        (vec!["two.toml", "--set", "trust.initial=0.4", "--difference", "premium=0"], "a number above 0"),
    ] {
        let told = compare(&workplace, &arguments, 2);
        assert!(told.contains(words), "{words} not in:\n{told}");
        assert!(!workplace.path().join("found").exists(), "{arguments:?}");
    }
}

#[test]
fn the_folder_of_another_comparison_is_not_overwritten_unasked() {
    let workplace = workplace();
    let compare = |quality: &str, options: &[&str]| {
        let set = format!("v: communication.quality={quality}");
        let arguments = [&["compare", "two.toml", "--variant", &set, "--replications", "50"], options].concat();
        partnersim(workplace.path(), &arguments).status.code()
    };
    assert_eq!(compare("0.7", &[]), Some(0));
    assert_eq!(compare("0.7", &[]), Some(0), "the same again replaces itself");
    assert_eq!(compare("0.8", &[]), Some(4));
    assert_eq!(compare("0.8", &["--force"]), Some(0));
    assert!(workplace.path().join("results/two_vs_v/manifest.json").is_file());
}

#[test]
fn a_replication_that_breaks_in_one_set_up_is_left_out_of_all_and_reported() {
    let workplace = workplace();
    let arguments = ["two.toml", "--variant", "talk: communication.quality=0.9; trust.initial=0.8"];
    compare(&workplace, &arguments, 0);
    let whole = rows(&workplace, "survival.csv");
    // The second set-up, and beyond both the combination in which the first of two changes is made.
    let broken = [&arguments[..], &["--break-replication", "1:77,3:200"]].concat();
    let told = flat(&compare(&workplace, &broken, 3));
    assert!(told.contains("2 replications could not be computed"), "{told}");
    assert!(told.contains("77 of talk, 200 of two with communication.quality of talk, with seed 7;"), "{told}");
    let failures = rows(&workplace, "failures.csv");
    let cells = |row: &Row| ["setup", "changes", "replication", "seed"].map(|column| row[column].clone());
    assert_eq!(cells(&failures[0]), ["talk", "", "77", "7"]);
    assert_eq!(cells(&failures[1]), ["talk", "communication.quality", "200", "7"]);
    assert_eq!(failures.len(), 2);
    assert!(rows(&workplace, "paired.csv").iter().all(|row| row["replications"] == "599"), "left out of both");
    assert!(rows(&workplace, "levers.csv").iter().all(|row| row["replications"] == "599"));
    let at_first = |rows: &[Row]| of(rows, "month", "0").iter().map(|row| number(row, "at_risk")).collect::<Vec<_>>();
    assert_eq!((at_first(&whole), at_first(&rows(&workplace, "survival.csv"))), (vec![600.0; 2], vec![599.0; 2]));
    let manifest = String::from_utf8(contents(&workplace)["manifest.json"].clone()).unwrap();
    assert!(manifest.contains("77 of talk") && manifest.contains("failures.csv") && manifest.contains("complete"));
    // What is sound again has no such table any more.
    compare(&workplace, &arguments, 0);
    assert!(!contents(&workplace).contains_key("failures.csv"));
}

#[test]
fn reasons_that_break_too_often_are_left_out_and_the_comparison_is_not() {
    let workplace = workplace();
    let broken: Vec<String> = (0..20).map(|replication| format!("3:{replication}")).collect();
    let variant = "talk: communication.quality=0.9; trust.initial=0.8";
    let options = ["--replications", "1200", "--break-replication", &broken.join(",")];
    let told = flat(&compare(&workplace, &[&["two.toml", "--variant", variant][..], &options].concat(), 3));
    assert!(told.contains("Where they were too many no reasons are given."), "{told}");
    assert!(rows(&workplace, "levers.csv").is_empty());
    assert!(rows(&workplace, "paired.csv").iter().all(|row| row["replications"] == "1200"));
}

#[test]
fn how_long_each_set_up_lasts_is_told_beside_the_log_rank_test() {
    let workplace = workplace();
    let text = flat(&compare(&workplace, &["two.toml", "--set", "trust.initial=0.05", "--outcome", "alive"], 0));
    assert!(
        text.contains("How long they last: ") && text.contains("the paired difference is the sharper test"),
        "{text}"
    );
    let lasting = rows(&workplace, "lasting.csv");
    assert_eq!((lasting[0]["against"].as_str(), lasting[1]["against"].as_str()), ("", "two"));
    let paired = rows(&workplace, "paired.csv");
    let months = of(&paired, "outcome", "months_survived")[0];
    assert!((number(months, "mean") - number(&lasting[1], "restricted_mean")).abs() < 1e-9, "the same by another way");
    assert!(number(&lasting[1], "p") < number(&lasting[1], "p_log_rank"), "pairing is sharper: {lasting:?}");
    for row in rows(&workplace, "survival.csv") {
        assert!(number(&row, "low") <= number(&row, "share_together"), "{row:?}");
        assert!(number(&row, "share_together") <= number(&row, "high"), "{row:?}");
    }
}

#[test]
fn a_comparison_runs_until_its_differences_are_known_well_enough() {
    let workplace = workplace();
    let arguments = ["two.toml", "--set", "communication.quality=0.9", "--precision", "trust=0.002"];
    let text =
        flat(&compare(&workplace, &[&arguments[..], &["--min-replications", "128", "--threads", "1"]].concat(), 0));
    assert!(text.contains("communication.quality 0.9 less two: precise enough after "), "{text}");
    let trust = rows(&workplace, "paired.csv").into_iter().find(|row| row["outcome"] == "trust").unwrap();
    assert!(1.96 * number(&trust, "mc_standard_error") < 0.002, "{trust:?}");
    let alone = contents(&workplace);
    compare(&workplace, &[&arguments[..], &["--min-replications", "128", "--threads", "3"]].concat(), 0);
    assert!(alone == contents(&workplace), "threads play no part in where it ends");
    let least = ["--min-replications", "128", "--max-replications", "256"];
    let text = flat(&compare(&workplace, &[&arguments[..4], &["trust=0.000001"], &least].concat(), 0));
    assert!(text.contains("not precise enough after 256 replications, the most allowed: "), "{text}");
    let told = compare(&workplace, &[&arguments[..4], &["P(premium > 0)=0.01"]].concat(), 2);
    assert!(told.contains("name the outcome alone, as in premium=0.01"), "{told}");
}
