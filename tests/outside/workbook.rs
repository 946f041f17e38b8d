//! Workbooks in the hands of others: a spreadsheet computes the live sheets anew and saves scenarios, and a reader in Python opens
//! all of them without a warning.

use crate::as_workbooks::{all_as_workbooks, read, same};
use crate::opened::{column, live, partnersim, parts, scenario, sheet, workplace};
use crate::tools::{self, Tool};
use calamine::{Data, DataType};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const EXPERIMENT: &str = r#"
title = "How much talk"
scenario = "two.toml"
replications = 64
outcomes = ["premium", "trust"]

[design]
kind = "latin_hypercube"
points = 24

[[factor]]
path = "communication.quality"
range = [0.2, 0.9]
"#;

/// The number in the second cell of a line of a live sheet.
fn number(live: &BTreeMap<String, Data>, label: &str) -> f64 {
    live[label].as_f64().unwrap_or_else(|| panic!("{label}: {:?}", live[label]))
}

/// Holds two live sheets against each other, but for some lines.
fn agree(shown: &BTreeMap<String, Data>, anew: &BTreeMap<String, Data>, but: &[&str]) {
    assert_eq!(anew.len(), shown.len());
    for (label, cell) in shown.iter().filter(|(label, _)| !but.contains(&label.as_str())) {
        match (cell.as_f64(), anew[label].as_f64()) {
            (Some(shown), Some(anew)) => {
                assert!((shown - anew).abs() <= 1e-9 * shown.abs().max(1.0), "{label}: {shown}, {anew}")
            }
            _ => assert_eq!(cell.to_string(), anew[label].to_string(), "{label}"),
        }
    }
}

/// Takes the values out of all formulas of the live sheet and puts another number into a cell.
fn changed(path: &Path, cell: &str, number: f64, to: &Path) -> PathBuf {
    let mut archive = zip::ZipWriter::new(File::create(to).unwrap());
    for (name, text) in parts(path) {
        archive.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        let is_live = text.contains("<f>") && name.starts_with("xl/worksheets/");
        let text = if is_live { without_values(&text, cell, number) } else { text };
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
    to.to_path_buf()
}

fn without_values(text: &str, cell: &str, number: f64) -> String {
    let mut parts = text.split("</f><v>");
    let mut out = parts.next().unwrap().to_string();
    for part in parts {
        out.push_str("</f>");
        out.push_str(part.split_once("</v>").unwrap().1);
    }
    let (before, rest) = out.split_once(&format!("<c r=\"{cell}\"")).unwrap();
    let (attributes, rest) = rest.split_once("<v>").unwrap();
    let (_, after) = rest.split_once("</v>").unwrap();
    format!("{before}<c r=\"{cell}\"{attributes}<v>{number}</v>{after}")
}

#[test]
fn a_spreadsheet_computes_every_live_sheet_to_what_it_shows_and_anew_for_another_target() {
    if !tools::are_there(&[Tool::Soffice]) {
        return;
    }
    let workplace = workplace();
    let folder = workplace.path();
    fs::write(folder.join("talk.toml"), EXPERIMENT).unwrap();
    partnersim(folder, &["run", "two.toml", "--out", "run", "--xlsx=accessible", "-q"], 0);
    let variant = "talk: communication.quality=0.8";
    partnersim(folder, &["compare", "two.toml", "--variant", variant, "--out", "pairs", "--xlsx", "-q"], 0);
    partnersim(folder, &["experiment", "talk.toml", "--out", "points", "--xlsx", "-q"], 0);
    let [run, pairs, points] = ["run", "pairs", "points"].map(|name| folder.join(name).join("result.xlsx"));
    let [of_run, of_pairs, of_points] = [&run, &pairs, &points].map(|path| live(path));
    let (median, mean) = (number(&of_run, "Median"), number(&of_points, "Mean of the means"));
    let files = [
        changed(&run, "B3", number(&of_run, "Choose a target"), &folder.join("same.xlsx")),
        changed(&run, "B3", median, &folder.join("other.xlsx")),
        changed(&pairs, "B4", 1e9, &folder.join("pairs.xlsx")),
        changed(&points, "B3", mean, &folder.join("points.xlsx")),
    ];
    let anew = folder.join("anew");
    fs::create_dir(&anew).unwrap();
    tools::soffice(&files, "xlsx", &anew);
    let [same, other, far, halved] =
        ["same", "other", "pairs", "points"].map(|name| live(&anew.join(name).with_extension("xlsx")));
    agree(&of_run, &same, &[]);
    // Another target, and the share above it is counted anew.
    let values = column(&sheet(&run, "Runs"), &of_run["Column of the replications"].to_string());
    let above = values.iter().filter(|value| value.as_f64().is_some_and(|value| value > median)).count();
    assert_eq!(number(&other, "Replications above the target"), above as f64);
    assert_eq!(number(&other, "Share above the target"), above as f64 / values.len() as f64);
    agree(&of_pairs, &far, &["Choose a difference that matters", "Better by what matters?"]);
    assert!(far["Better by what matters?"].to_string().starts_with("no"), "{far:?}");
    let moved = ["Choose a target", "Set-ups above the target", "Share above the target"];
    agree(&of_points, &halved, &moved);
    let summary = sheet(&points, "Summary");
    let chosen = of_points["Choose an outcome"].to_string();
    let (outcomes, means) = (column(&summary, "outcome"), column(&summary, "mean"));
    let is_above =
        |(outcome, of): &(&Data, &Data)| outcome.to_string() == chosen && of.as_f64().is_some_and(|of| of > mean);
    let above = outcomes.iter().zip(&means).filter(is_above).count();
    assert_eq!(number(&halved, "Set-ups above the target"), above as f64);
}

#[test]
fn every_scenario_comes_back_after_a_spreadsheet_has_opened_and_saved_its_workbook() {
    if !tools::are_there(&[Tool::Soffice]) {
        return;
    }
    let folder = TempDir::new().unwrap();
    let all = all_as_workbooks();
    let files: Vec<PathBuf> = (0..all.len()).map(|at| folder.path().join(format!("{at}.xlsx"))).collect();
    for (file, (_, bytes)) in files.iter().zip(&all) {
        fs::write(file, bytes).unwrap();
    }
    let saved = folder.path().join("saved");
    fs::create_dir(&saved).unwrap();
    tools::soffice(&files, "xlsx", &saved);
    for (file, (scenario, _)) in files.iter().zip(&all) {
        same(&read(fs::read(saved.join(file.file_name().unwrap())).unwrap()), scenario);
    }
}

/// Opens every workbook of a folder, with every warning an error, and says how many sheets, tables and charts each has.
const OPENS: &str = r#"
import sys, pathlib, warnings, openpyxl
warnings.simplefilter("error")
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.xlsx")):
    sheets = openpyxl.load_workbook(path).worksheets
    merged = sum(len(sheet.merged_cells.ranges) for sheet in sheets)
    print(path.stem, len(sheets), sum(len(sheet.tables) for sheet in sheets), sum(len(sheet._charts) for sheet in sheets), merged)
"#;

#[test]
fn a_reader_in_python_opens_results_and_templates_without_a_warning() {
    if !tools::are_there(&[Tool::Python]) {
        return;
    }
    let workplace = workplace();
    let folder = workplace.path();
    let hostile = scenario()
        .replace("Two together", "=HYPERLINK(\\\"x\\\") <b>&amp; \\u0001 🙂!A1")
        .replace("name = \"council\"", "name = \"a]['#@\\\" 🙂\"");
    fs::write(folder.join("odd.toml"), hostile).unwrap();
    fs::write(folder.join("talk.toml"), EXPERIMENT).unwrap();
    let books = folder.join("books");
    fs::create_dir(&books).unwrap();
    let made = [
        (&["run", "odd.toml", "--replications", "200"][..], "analyst"),
        (&["run", "odd.toml", "--replications", "200"], "accessible"),
        (&["compare", "odd.toml", "--variant=[🙂]!A1: communication.quality=0.8", "--replications", "200"], "analyst"),
        (&["experiment", "talk.toml"], "analyst"),
    ];
    for (at, (arguments, profile)) in made.iter().enumerate() {
        let (out, xlsx) = (format!("out{at}"), format!("--xlsx={profile}"));
        partnersim(folder, &[*arguments, &["--out", &out, &xlsx, "-q"]].concat(), 0);
        fs::copy(folder.join(out).join("result.xlsx"), books.join(format!("{at}.xlsx"))).unwrap();
    }
    partnersim(folder, &["new", "--xlsx", "books/new.xlsx"], 0);
    let told = tools::python(OPENS, &[books.as_os_str()]);
    let counts: Vec<Vec<usize>> =
        told.lines().map(|line| line.split(' ').skip(1).map(|count| count.parse().unwrap()).collect()).collect();
    assert_eq!(counts.len(), 5, "{told}");
    for (at, counts) in counts.iter().enumerate() {
        let [sheets, tables, charts, merged] = counts[..] else { panic!("{told}") };
        assert!(sheets > 8 && merged == 0, "{told}");
        // Every sheet of a result but its cover is a table, and an analyst's has charts.
        assert!(at == 4 || tables == sheets - 1, "{told}");
        assert_eq!(charts > 0, at != 1 && at != 4, "{told}");
    }
}
