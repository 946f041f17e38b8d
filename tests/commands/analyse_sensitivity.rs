//! The command `analyse sensitivity` as a person meets it, on tables made elsewhere.

use crate::left::rows;
use crate::program::{run, said, told};
use crate::workplace::holding;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

fn analyse(folder: &Path, arguments: &[&str]) -> Output {
    run(folder, &[&["analyse", "sensitivity"], arguments].concat())
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = analyse(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", told(&output));
    said(&output)
}

/// What a refused command says; nothing may have been written.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = analyse(folder, arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(!folder.join("results").exists(), "a refused command leaves nothing behind");
    told(&output)
}

fn table(text: &str) -> TempDir {
    holding(&[("t.csv", text)])
}

/// A place between 0 and 1 that is evenly spread over rows.
fn even(row: usize, step: usize) -> f64 {
    (row * step % 211) as f64 / 211.0
}

/// A table with semicolons and decimal commas, words, a column that never varies, and a gap.
fn survey() -> TempDir {
    let mut text = String::from("size;form;noise;same;premium\n");
    for row in 0..200 {
        let (size, noise) = (even(row, 37), even(row, 101));
        let form = ["lead", "everyone", "office"][row % 3];
        let gain = if form == "lead" { 2.0 } else { 0.0 };
        let premium =
            if row == 17 { "NA".to_string() } else { format!("{:.4}", 10.0 * size * size + gain).replace('.', ",") };
        writeln!(
            text,
            "{};{form};{};7;{premium}",
            format!("{size:.4}").replace('.', ","),
            format!("{noise:.4}").replace('.', ",")
        )
        .unwrap();
    }
    table(&text)
}

#[test]
fn a_table_of_semicolons_and_decimal_commas_is_told_in_words_bars_and_tables() {
    let folder = survey();
    let arguments = ["t.csv", "--inputs", "size,form,noise,same", "--outcome", "premium", "--bootstrap", "100"];
    let told = done(folder.path(), &arguments);
    for part in [
        "premium depends most on size (δ ",
        "no clear influence of: ",
        "noise",
        "█",
        "form holds words",
        "everyone, lead, office",
    ] {
        assert!(told.contains(part), "{part} is not in\n{told}");
    }
    assert!(told.contains("same is the same in every row"), "{told}");
    let results = folder.path().join("results/t_sensitivity");
    let found = rows(results.join("sensitivity.csv"));
    let first = found.iter().find(|row| row["index"] == "spearman").unwrap();
    assert_eq!((first["input"].as_str(), first["place"].as_str(), first["is_clear"].as_str()), ("size", "1", "yes"));
    assert!(first["estimate"].parse::<f64>().unwrap() > 0.9);
    assert!(found.iter().all(|row| row["input"] != "same"));
    let basis = rows(results.join("basis.csv"));
    assert_eq!((basis[0]["rows"].as_str(), basis[0]["left_out"].as_str()), ("199", "1"));
    let before = fs::read(results.join("sensitivity.csv")).unwrap();
    done(folder.path(), &arguments);
    assert_eq!(before, fs::read(results.join("sensitivity.csv")).unwrap(), "the same question has the same answer");
}

#[test]
fn every_fault_of_the_question_is_told_at_once() {
    let folder = survey();
    let told = refused(folder.path(), &["t.csv", "--inputs", "sise,form", "--outcome", "premum", "--choices", "noise"]);
    for part in [
        "no column `sise`: did you mean `size`?",
        "no column `premum`: did you mean `premium`?",
        "`noise` is chosen but no input",
    ] {
        assert!(told.contains(part), "{part} is not in\n{told}");
    }
    assert!(refused(folder.path(), &["t.csv", "--outcome", "premium"]).contains("there are: size, form, noise"));
    assert!(refused(folder.path(), &["t.csv", "--inputs", "size"]).contains("no outcome is named"));
    let told = refused(folder.path(), &["t.csv", "--inputs", "size", "--outcome", "premium", "--method", "delt"]);
    assert!(told.contains("did you mean `delta`?"), "{told}");
}

#[test]
fn what_cannot_be_analysed_is_refused_with_its_reason() {
    let folder = survey();
    let ask = |inputs: &str, outcome: &str, method: &str| {
        refused(folder.path(), &["t.csv", "--inputs", inputs, "--outcome", outcome, "--method", method])
    };
    assert!(ask("same", "premium", "rank").contains("every input is the same in every row"));
    assert!(ask("size", "same", "rank").contains("the outcome is the same in every row"));
    assert!(ask("size", "form", "rank").contains("holds words"));
    assert!(ask("size,noise", "premium", "sobol").contains("Saltelli's design"));
    assert!(ask("size,noise", "premium", "morris").contains("no whole number of trajectories of 3 rows"));
    let short = table("x,y\n1,2\n2,3\n3,5\n");
    let told = refused(short.path(), &["t.csv", "--inputs", "x", "--outcome", "y"]);
    for part in [
        "y, rank: rank correlation of 1 inputs needs at least 6",
        "y, delta: δ needs at least 20",
        "y, pawn: PAWN needs at least 20",
    ] {
        assert!(told.contains(part), "{part} is not in\n{told}");
    }
}

#[test]
fn a_saltelli_table_made_elsewhere_gives_sobol_indices_and_whether_they_settled() {
    // y = 3a + b of independent uniform inputs: shares .9 and .1.
    let mut text = String::from("a,b,y\n");
    for row in 0..400 {
        let u = |step: usize| (row * step % 997) as f64 / 997.0;
        let (a, b) = ([u(101), u(241)], [u(389), u(457)]);
        for point in [a, [b[0], a[1]], [a[0], b[1]], b] {
            writeln!(text, "{},{},{}", point[0], point[1], 3.0 * point[0] + point[1]).unwrap();
        }
    }
    let folder = table(&text);
    let told = done(folder.path(), &["t.csv", "--inputs", "a,b", "--outcome", "y", "--method", "sobol"]);
    assert!(told.contains("y depends most on a (S_T 0.") && told.contains("From 400 base rows"), "{told}");
    let found = rows(folder.path().join("results/t_sensitivity/sensitivity.csv"));
    let total = found.iter().find(|row| row["index"] == "total" && row["input"] == "a").unwrap();
    assert!((total["estimate"].parse::<f64>().unwrap() - 0.9).abs() < 0.05);
    assert_eq!(rows(folder.path().join("results/t_sensitivity/convergence.csv")).len(), 4);
}

#[test]
fn repeated_rows_split_the_variance_into_luck_choices_and_what_is_not_known() {
    // Choice ±1 (variance 1), world 0 or 4 (variance 8), luck ±2 in pairs (variance 8 within, by hand).
    let mut text = String::from("form,demand,y\n");
    for (form, gain) in [("a", -1), ("b", 1)] {
        for (demand, world) in [(0, 0), (1, 4)] {
            for luck in [-2, 2] {
                writeln!(text, "{form},{demand},{}", gain + world + luck).unwrap();
            }
        }
    }
    let folder = table(&text);
    let arguments = ["t.csv", "--inputs", "form,demand", "--choices", "form", "--outcome", "y", "--method", "rank"];
    let told = done(folder.path(), &arguments);
    assert!(told.contains("Of the variance of y, ") && told.contains("is luck"), "{told}");
    let parts = rows(folder.path().join("results/t_sensitivity/variance.csv"));
    let share = |part: &str| parts.iter().find(|row| row["part"] == part).unwrap()["share"].parse::<f64>().unwrap();
    // Luck 8; means carry noise of 8/2 = 4: worlds 8 − 4/2 = 6; choices 1 less nothing; interaction 0 less noise, held at 0.
    assert!((share("luck") - 8.0 / 15.0).abs() < 1e-9 && (share("what is not known") - 6.0 / 15.0).abs() < 1e-9);
    assert!((share("what one can choose") - 1.0 / 15.0).abs() < 1e-9);
}

#[test]
fn rows_that_repeat_a_point_are_not_taken_for_further_evidence() {
    // 40 points of 25 equal rows each: an input that happens to go with the outcome a little is not clear for being repeated.
    let mut text = String::from("x,other,y\n");
    for point in 0..40 {
        let (x, other) = (even(point, 37), even(point, 101));
        for luck in 0..25 {
            writeln!(text, "{x},{other},{}", x + 0.3 * even(point, 53) + even(luck, 17)).unwrap();
        }
    }
    let folder = table(&text);
    let told = done(folder.path(), &["t.csv", "--inputs", "x,other", "--outcome", "y", "--bootstrap", "200"]);
    assert!(told.contains("1,000 rows repeat 40 points: each point counts once"), "{told}");
    assert!(told.contains("is noise of the replications") && told.contains("no clear influence of: other"), "{told}");
}
