//! In which worlds something happens, with the program itself: of a scenario, of a run's folder, of any table.

use crate::left::{number, rows as records};
use crate::program::{ended as partnersim, flat, told as fault};
use crate::workplace::holding;
use std::fs;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

const SCENARIO: &str = r#"
title = "Two together"
horizon_months = 12
replications = 1200
seed = 7

[communication]
quality = { uniform = [0.2, 0.9] }

[[partner]]
name = "county council"
resources = { money = 160, staff = 24 }
autonomy = { uniform = [0.1, 0.6] }

[[partner]]
name = "charity"
resources = { money = 40, staff = 8 }

[[need]]
name = "help"
demand = 150
days = { triangular = [2, 3, 5] }
value = 1500
skills = { social = 1 }
"#;

fn workplace() -> TempDir {
    holding(&[("two.toml", SCENARIO)])
}

fn said(output: &Output) -> String {
    flat(&crate::program::said(output))
}

/// A table with a box in it: it happens in 9 of 10 rows with `heat` above 70 and soil of clay, in 1 of 10 elsewhere. `wind` does
/// nothing. With `shift` what happens belongs to another row, and there is no box.
fn table(workplace: &Path, shift: usize) {
    let mut state: u64 = 99;
    let mut next = || {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        state as f64 / 2_147_483_648.0
    };
    let mut rows = Vec::new();
    for _ in 0..800 {
        let (heat, wind, soil) = (100.0 * next(), 30.0 * next(), ["clay", "loam", "sand"][(3.0 * next()) as usize]);
        let happens = next() < if heat > 70.0 && soil == "clay" { 0.9 } else { 0.1 };
        rows.push((heat, wind, soil, if happens { 2.0 } else { 5.0 }));
    }
    let line = |k: usize| {
        let (heat, wind, soil, _) = rows[k];
        format!("{heat:.2},{wind:.2},{soil},{}\n", rows[(k + shift) % rows.len()].3)
    };
    let text: String = (0..rows.len()).map(line).collect();
    fs::write(workplace.join("field.csv"), format!("heat,wind,soil,yield\n{text}")).unwrap();
}

#[test]
fn a_box_with_numbers_and_words_is_recovered_from_any_table_with_how_firm_it_is() {
    let workplace = workplace();
    table(workplace.path(), 0);
    let asked =
        ["analyse", "discover", "field.csv", "--inputs", "heat,wind,soil", "--outcome", "yield", "--when", "< 3"];
    let told = said(&partnersim(&workplace, &asked, 0));
    for part in [
        "where heat is at least 70 and soil is clay, against",
        "Checked in rows that were left aside",
        "Firm: ",
        "The tree: ",
    ] {
        assert!(told.contains(part), "{part} not in {told}");
    }
    let folder = workplace.path().join("results/field_discovery");
    let restrictions = records(folder.join("restrictions.csv"));
    let of = |input: &str| restrictions.iter().find(|line| line["box"] == "1" && line["input"] == input);
    let heat = of("heat").unwrap();
    assert!((number(heat, "low") - 70.0).abs() <= 2.0, "{heat:?}");
    assert_eq!(number(heat, "low").fract(), 0.0, "rounded");
    assert!(number(heat, "quasi_p") < 1e-6 && number(heat, "reproduced") > 0.9);
    assert!((number(heat, "low_q05")..=number(heat, "low_q95")).contains(&number(heat, "low")));
    assert_eq!(of("soil").unwrap()["words"], "clay");
    assert!(of("wind").is_none());
    let first = &records(folder.join("boxes.csv"))[0];
    assert_eq!(first["stands_out"], "yes");
    assert!(number(first, "density") > 0.8 && number(first, "aside_density_low") > number(first, "among_density"));
    // What is said of the rounded box is what its rows hold.
    let inside = records(workplace.path().join("field.csv"));
    let inside: Vec<_> =
        inside.iter().filter(|row| row["soil"] == "clay" && number(row, "heat") >= number(heat, "low")).collect();
    let cases = inside.iter().filter(|row| number(row, "yield") < 3.0).count();
    assert_eq!((first["worlds"].clone(), first["cases"].clone()), (inside.len().to_string(), cases.to_string()));
    // The worlds are those of the table, in its order.
    let (worlds, table) = (records(folder.join("worlds.csv")), records(workplace.path().join("field.csv")));
    assert_eq!(worlds.len(), table.len().min(2000));
    for (k, (world, row)) in worlds.iter().zip(&table).enumerate() {
        assert_eq!(
            (number(world, "world"), number(world, "heat"), &world["soil"]),
            (k as f64, number(row, "heat"), &row["soil"])
        );
        assert_eq!(world["happens"] == "yes", number(row, "yield") < 3.0, "{world:?}");
    }
    let dictionary = records(folder.join("data_dictionary.csv"));
    assert!(dictionary.iter().any(|line| line["file"] == "tree.csv" && line["column"] == "share"));
}

#[test]
fn pure_noise_has_no_box_and_that_is_said() {
    let workplace = workplace();
    table(workplace.path(), 400);
    let asked = ["analyse", "discover", "field.csv", "--inputs", "heat,wind,soil", "--when", "yield < 3"];
    let told = said(&partnersim(&workplace, &asked, 0));
    assert!(told.contains("No region of these inputs stands out"), "{told}");
    assert!(told.contains("The tree has no division that holds"), "{told}");
    let boxes = records(workplace.path().join("results/field_discovery/boxes.csv"));
    assert!(boxes.iter().all(|found| found["stands_out"] == "no"));
}

#[test]
fn the_worlds_of_a_run_are_searched_by_what_was_uncertain_in_them() {
    let workplace = workplace();
    partnersim(&workplace, &["run", "two.toml", "--quiet"], 0);
    let runs = records(workplace.path().join("results/two/runs.csv"));
    let inputs = records(workplace.path().join("results/two/inputs.csv"));
    assert_eq!((runs.len(), inputs.len()), (1200, 1200));
    assert!(inputs.iter().zip(&runs).all(|(inputs, runs)| inputs["replication"] == runs["replication"]));
    assert!(inputs.iter().all(|line| (0.2..0.9).contains(&number(line, "communication.quality"))));
    assert!(inputs[0].contains_key("partner.\"county council\".autonomy"), "{:?}", inputs[0].keys());

    let of_folder = ["analyse", "discover", "results/two", "--when", "premium < 0", "--seed", "7", "--out", "one"];
    let told = said(&partnersim(&workplace, &of_folder, 0));
    assert!(told.contains("In which worlds: premium < 0?") && told.contains("where "), "{told}");
    assert!(told.contains("From 1,200 worlds"), "{told}");
    // The command that simulates by itself finds the same worlds and the same boxes.
    partnersim(&workplace, &["discover", "two.toml", "--when", "premium < 0", "--out", "other"], 0);
    for file in ["boxes.csv", "restrictions.csv", "trajectory.csv", "tree.csv", "worlds.csv"] {
        let read = |folder: &str| fs::read(workplace.path().join(folder).join(file)).unwrap();
        assert!(read("one") == read("other"), "{file}");
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bytes_and_another_question_does_not_replace_them() {
    let workplace = workplace();
    let asked = |when: &'static str, more: &[&'static str], code| {
        let all = [&["discover", "two.toml", "--when", when, "--replications", "400"], more].concat();
        partnersim(&workplace, &all, code)
    };
    asked("premium < 0", &["--threads", "1", "--out", "one"], 0);
    asked("premium < 0", &["--threads", "3", "--out", "three"], 0);
    for file in ["boxes.csv", "restrictions.csv", "trajectory.csv", "tree.csv", "manifest.json"] {
        let read = |folder: &str| fs::read(workplace.path().join(folder).join(file)).unwrap();
        assert!(read("one") == read("three"), "{file}");
    }
    let refused = asked("premium < 10", &["--out", "one"], 4);
    assert!(fault(&refused).contains("another discovery"), "{}", fault(&refused));
}

#[test]
fn what_cannot_be_told_apart_or_found_is_refused_and_nothing_is_written() {
    let workplace = workplace();
    table(workplace.path(), 0);
    let refused = |arguments: &[&str], words: &[&str]| {
        let told = fault(&partnersim(&workplace, arguments, 2));
        words.iter().for_each(|word| assert!(told.contains(word), "{word} not in {told}"));
    };
    let field = |inputs: &'static str, when: &'static str| {
        ["analyse", "discover", "field.csv", "--inputs", inputs, "--when", when]
    };
    refused(&field("heat", "yield < 0"), &["holds in none of 800 rows", "--when"]);
    refused(&field("heat", "yield < 9"), &["holds in all 800 rows"]);
    refused(&field("heet,sol", "yeld < 3"), &["`yeld`", "`heat`", "`soil`"]);
    refused(&["analyse", "discover", "field.csv", "--when", "yield < 3"], &["--inputs"]);
    refused(&field("heat,yield", "yield < 3"), &["cannot be an input too"]);
    refused(&["discover", "two.toml", "--when", "premium < 0", "--replications", "20"], &["there are 20 worlds"]);
    refused(&["discover", "two.toml", "--when", "premum < 0"], &["`premium`"]);
    refused(
        &["discover", "two.toml", "--when", "failed", "--inputs", "communication.qualty"],
        &["did you mean `communication.quality`?"],
    );
    refused(&["discover", "two.toml", "--when", "premium < 1e12"], &["holds in all 1200 worlds"]);
    let left = fs::read_dir(workplace.path().join("results")).map_or(0, Iterator::count);
    assert_eq!(left, 0, "nothing is written");
}

#[test]
fn the_points_of_an_experiment_are_searched_by_its_factors() {
    let workplace = workplace();
    let folder = workplace.path().join("study");
    fs::create_dir(&folder).unwrap();
    let line = |k: usize| {
        let (partners, form) = (2 + k * 7 % 19, ["lead", "shared"][k % 2]);
        let failed = if partners > 10 && form == "lead" { 0.8 } else { 0.2 };
        format!("{},{partners},{form},{failed},3\n", k + 1)
    };
    let points: String = (0..190).map(line).collect();
    fs::write(folder.join("points.csv"), format!("point,partners,form,P(failed),trust\n{points}")).unwrap();
    fs::write(folder.join("factors.csv"), "factor,path\npartners,governance.partners\nform,governance.form\n").unwrap();
    let told = said(&partnersim(&workplace, &["analyse", "discover", "study", "--when", "P(failed) > 0.5"], 0));
    assert!(told.contains("In which points: P(failed) > 0.5?"), "{told}");
    // Whole numbers are told as such, and a box without a counter-example as one.
    for part in ["partners is at least 11", "form is lead", "in all 50 points", "partners above 10 "] {
        assert!(told.contains(part), "{part} not in {told}");
    }
    assert!(told.contains("190 points and 2 inputs"), "{told}");
}

#[test]
fn a_replication_that_cannot_be_computed_is_left_out_and_reported() {
    let workplace = workplace();
    let arguments = ["discover", "two.toml", "--when", "premium < 0", "--out", "found", "--force"];
    let broken = ["--break-replication", "5,700"];
    let told = fault(&partnersim(&workplace, &[&arguments[..], &broken].concat(), 3));
    assert!(
        told.contains("2 of 1,200 replications could not be computed and are left out, with seed 7: 5, 700"),
        "{told}"
    );
    let failures = records(workplace.path().join("found/failures.csv"));
    assert_eq!(failures.iter().map(|row| row["replication"].as_str()).collect::<Vec<_>>(), ["5", "700"]);
    let manifest = fs::read_to_string(workplace.path().join("found/manifest.json")).unwrap();
    assert!(manifest.contains("\"replications\": 1198") && manifest.contains("failures.csv lists them"), "{manifest}");
    // A share of faults that would make the rest no fair sample ends it, and nothing is written.
    let many: Vec<String> = (0..60).map(|replication| replication.to_string()).collect();
    let told = fault(&partnersim(
        &workplace,
        &["discover", "two.toml", "--when", "premium < 0", "--out", "other", "--break-replication", &many.join(",")],
        1,
    ));
    assert!(told.contains("too many to go on without them") && !workplace.path().join("other").exists(), "{told}");
}
