//! `partnersim analyse summary` and `compare` on tables made elsewhere, with the program itself.

use crate::left::{Row, number, records};
use crate::program::{ended, flat, told};
use crate::workplace::holding;
use std::fs;
use std::process::Output;
use tempfile::TempDir;

/// Two policies in the same worlds, as a spreadsheet of the continent writes it, with cells missing.
const TRIAL: &str = "policy;world;trust;renewed;same\n\
A;1;0,52;0;3\nA;2;0,48;1;3\nA;3;0,61;0;3\nA;4;0,55;0;3\nA;5;0,40;;3\nA;6;NA;1;3\n\
B;1;0,62;1;3\nB;2;0,57;1;3\nB;3;0,70;1;3\nB;4;0,66;0;3\nB;5;0,52;1;3\nB;7;0,91;1;3\n;8;0,5;1;3\n";

/// Freireich and others, Blood 21 (1963): weeks of remission of 42 patients.
const REMISSION: &str = "drug,weeks,relapse\n\
placebo,1,1\nplacebo,1,1\nplacebo,2,1\nplacebo,2,1\nplacebo,3,1\nplacebo,4,1\nplacebo,4,1\nplacebo,5,1\nplacebo,5,1\n\
placebo,8,1\nplacebo,8,1\nplacebo,8,1\nplacebo,8,1\nplacebo,11,1\nplacebo,11,1\nplacebo,12,1\nplacebo,12,1\nplacebo,15,1\n\
placebo,17,1\nplacebo,22,1\nplacebo,23,1\n\
6-MP,6,1\n6-MP,6,1\n6-MP,6,1\n6-MP,6,0\n6-MP,7,1\n6-MP,9,0\n6-MP,10,1\n6-MP,10,0\n6-MP,11,0\n6-MP,13,1\n6-MP,16,1\n\
6-MP,17,0\n6-MP,19,0\n6-MP,20,0\n6-MP,22,1\n6-MP,23,1\n6-MP,25,0\n6-MP,32,0\n6-MP,32,0\n6-MP,34,0\n6-MP,35,0\n";

fn workplace() -> TempDir {
    holding(&[("trial.csv", TRIAL), ("remission.csv", REMISSION)])
}

fn analyse(workplace: &TempDir, arguments: &str, code: i32) -> Output {
    ended(workplace, &["analyse"].into_iter().chain(arguments.split(' ')).collect::<Vec<_>>(), code)
}

fn said(output: &Output) -> String {
    flat(&crate::program::said(output))
}

#[test]
fn a_table_from_elsewhere_is_described_column_by_column_and_group_by_group() {
    let workplace = workplace();
    let output = analyse(&workplace, "summary trial.csv --outcome trust,renewed --by policy --target 0.5", 0);
    let text = said(&output);
    for part in [
        "Summary of trial.csv",
        "trust in A: on average 0.51 (",
        "from 5 values, 1 missing",
        "Above 0.5 in 60 of 100 rows (23 to 88).",
        "Left out: 1 row without a value in policy.",
    ] {
        assert!(text.contains(part), "{part} not in {text}");
    }
    let folder = workplace.path().join("results/trial_summary");
    let rows = records(&folder, "summary.csv");
    let key = |row: &Row| format!("{} {}", row["outcome"], row["group"]);
    assert_eq!(rows.iter().map(key).collect::<Vec<_>>(), ["trust A", "trust B", "renewed A", "renewed B"]);
    assert!((number(&rows[0], "mean") - 0.512).abs() < 1e-12 && rows[0]["missing"] == "1");
    assert!(number(&rows[0], "mean_low") < 0.512 && number(&rows[0], "mean_high") > 0.512);
    assert_eq!((rows[0]["q50"].as_str(), rows[0]["q50_low"].as_str()), ("0.52", ""), "five values bound no median");
    assert_eq!((rows[1]["q50_low"].as_str(), rows[1]["q50_high"].as_str()), ("0.52", "0.91"));
    let dictionary = records(&folder, "data_dictionary.csv");
    // Five of its rows tell of the dictionary itself.
    assert_eq!(dictionary.len(), rows[0].len() + 5);
    let manifest = fs::read_to_string(folder.join("manifest.json")).unwrap();
    assert!(manifest.contains("\"kind\": \"summary\"") && !manifest.contains(&*workplace.path().to_string_lossy()));
}

#[test]
fn the_same_question_has_the_same_bytes_and_another_table_is_not_written_over_it() {
    let workplace = workplace();
    let file = workplace.path().join("results/trial_summary/summary.csv");
    analyse(&workplace, "summary trial.csv --quiet", 0);
    let first = fs::read(&file).unwrap();
    analyse(&workplace, "summary trial.csv --quiet --force", 0);
    assert_eq!(fs::read(&file).unwrap(), first);
    fs::write(workplace.path().join("trial.csv"), TRIAL.replace("0,52", "0,53")).unwrap();
    let output = analyse(&workplace, "summary trial.csv --quiet", 4);
    assert!(told(&output).contains("another summary of the same name"));
    assert_eq!(fs::read(&file).unwrap(), first);
}

#[test]
fn groups_are_compared_apart_and_pair_by_pair() {
    let workplace = workplace();
    let apart = said(&analyse(&workplace, "compare trial.csv --outcome trust,renewed,same --by policy --out a", 0));
    assert!(apart.contains("trust: no clear difference between B and A: 0.15"), "{apart}");
    assert!(apart.contains("same: no difference between B and A, which do not vary."), "{apart}");
    let paired = said(&analyse(&workplace, "compare trial.csv --outcome trust --by policy --pair-by world --out p", 0));
    assert!(paired.contains("trust: 0.102 (0.086 to 0.118) more in B than in A, pair by pair."), "{paired}");
    assert!(paired.contains("Left out: 1 row of B whose world no row of A has."), "{paired}");
    let rows = records(workplace.path().join("a"), "comparison.csv");
    // scipy.stats.ttest_ind, equal_var=False.
    assert!((number(&rows[0], "difference") - 0.151_333_333).abs() < 1e-8 && rows[0]["method"] == "Welch's t");
    assert!((number(&rows[0], "difference_low") + 0.000_186_199).abs() < 1e-6, "{:?}", rows[0]);
    assert!((number(&rows[0], "difference_high") - 0.302_852_866).abs() < 1e-6, "{:?}", rows[0]);
    assert!(rows[1]["method"].starts_with("Newcombe") && number(&rows[1], "n_against") == 5.0);
    let back = said(&analyse(
        &workplace,
        "compare trial.csv --outcome trust --by policy --pair-by world --against B --out b",
        0,
    ));
    assert!(back.contains("trust: 0.102 (0.086 to 0.118) less in A than in B, pair by pair."), "{back}");
}

#[test]
fn how_long_groups_last_is_compared_with_the_log_rank_test() {
    let workplace = workplace();
    let text = said(&analyse(&workplace, "compare remission.csv --by drug --time weeks --event relapse", 0));
    for part in [
        "placebo: half have ended by 8 (4 to 11); 6-MP: half have ended by 23 (13 or later).",
        "They last differently long (log-rank chi-squared 16.79 on 1 degree of freedom, p < 0.001).",
    ] {
        assert!(text.contains(part), "{part} not in {text}");
    }
    let folder = workplace.path().join("results/remission_comparison");
    let lasting = records(&folder, "lasting.csv");
    assert!((number(&lasting[1], "expected_to_end") - 19.25).abs() < 5e-3 && lasting[1]["ended"] == "9");
    assert!((number(&lasting[1], "restricted_mean") - 17.909_244).abs() < 1e-6, "up to week 23, where placebo ends");
    let survival = records(&folder, "survival.csv");
    let at_23 = survival.iter().find(|row| row["group"] == "6-MP" && row["time"] == "23").unwrap();
    assert!((number(at_23, "share") - 0.448).abs() < 5e-4 && at_23["at_risk"] == "6");
    assert!(!folder.join("comparison.csv").exists());
}

#[test]
fn all_that_is_wrong_with_the_names_is_told_at_once_and_nothing_is_written() {
    let workplace = workplace();
    let output = analyse(&workplace, "compare trial.csv --outcome trst,policy --by polcy --pair-by wrld", 2);
    let text = told(&output);
    for part in ["did you mean `trust`?", "`policy` holds words", "did you mean `policy`?", "did you mean `world`?"] {
        assert!(text.contains(part), "{part} not in {text}");
    }
    for (arguments, part) in [
        ("compare trial.csv --outcome trust --by same", "holds one group (3): a comparison needs two or more"),
        ("compare trial.csv --outcome trust --by policy --against C", "holds no group \"C\""),
        ("compare trial.csv --outcome trust --by policy --pair-by same", "a pair has one row of each group"),
        ("compare trial.csv --by policy --time world --event trust", "allowed are 0 and 1"),
        ("compare trial.csv --by policy", "--outcome"),
        ("compare trial.csv --by policy --time world", "--event"),
        ("summary trial.csv --outcome policy", "holds words, such as \"A\""),
        ("summary trial.csv --by plicy", "did you mean `policy`?"),
        ("summary nowhere.csv", "cannot be read"),
        ("summary .", "holds neither"),
    ] {
        let text = told(&analyse(&workplace, arguments, 2));
        assert!(text.contains(part), "{arguments}: {part} not in {text}");
    }
    assert!(!workplace.path().join("results").exists());
}

#[test]
fn a_result_of_our_own_is_described_by_its_folder() {
    let workplace = workplace();
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/health_and_social_care.toml");
    ended(&workplace, &["run", scenario, "--replications", "200", "--quiet", "--out", "care"], 0);
    let text = said(&analyse(&workplace, "summary care --outcome alive_at_horizon,months_survived", 0));
    assert!(text.contains("Summary of care") && text.contains("months_survived: on average"), "{text}");
    let ours = records(workplace.path().join("care"), "summary.csv");
    let ours = ours.iter().find(|row| row["outcome"] == "months_survived").unwrap();
    let again = records(workplace.path().join("results/care_summary"), "summary.csv");
    for column in ["q05", "q50", "q05_low", "q05_high", "q50_low", "q50_high"] {
        assert_eq!(ours[column], again[1][column], "{column}");
    }
}
