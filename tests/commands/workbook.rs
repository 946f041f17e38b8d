//! A result as a workbook: read back with another library, held against the tables, and against the checklist for accessible
//! spreadsheets. `tests/outside/workbook.rs` lets a spreadsheet compute it anew.

use crate::opened::{
    attributes, column, live, opens_without_repair, partnersim, parts, scenario, sheet, sheets, workplace,
};
use calamine::{Data, DataType, Range};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn csv(folder: &Path, file: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_path(folder.join(file)).unwrap();
    let header = reader.headers().unwrap().iter().map(str::to_string).collect();
    (header, reader.records().map(|record| record.unwrap().iter().map(str::to_string).collect()).collect())
}

/// Holds every column of every table that the dictionary of the workbook names against its file. Gives how many there are.
fn same_as_files(workbook: &Path, folder: &Path) -> usize {
    let sheets: BTreeMap<String, Range<Data>> = sheets(workbook).into_iter().collect();
    let dictionary = &sheets["Data_dictionary"];
    let [places, headings, files, names] = ["sheet", "heading", "file", "column"]
        .map(|name| column(dictionary, name).iter().map(ToString::to_string).collect::<Vec<_>>());
    for k in 0..places.len() {
        let (header, rows) = csv(folder, &files[k]);
        let at = header.iter().position(|name| *name == names[k]).unwrap();
        let cells = column(&sheets[&places[k]], &headings[k]);
        if files[k] == "data_dictionary.csv" {
            continue;
        }
        assert_eq!(cells.len(), rows.len(), "{}: {}", places[k], headings[k]);
        for (cell, row) in cells.iter().zip(&rows) {
            assert!(is_same(cell, &row[at]), "{}, {}: {cell:?} is not {}", places[k], headings[k], row[at]);
        }
    }
    places.len()
}

fn is_same(cell: &Data, text: &str) -> bool {
    match cell {
        Data::Empty => text.is_empty(),
        Data::Float(number) => {
            text.parse::<f64>().is_ok_and(|file| file.to_bits() == number.to_bits() || file == *number)
        }
        Data::Int(number) => text.parse::<i64>().is_ok_and(|file| file == *number),
        Data::String(words) if text.is_empty() => words == "none" || words == "not defined",
        // In a file a text that begins like a formula has an apostrophe before it.
        Data::String(words) => words == text || text.strip_prefix('\'') == Some(words),
        _ => false,
    }
}

#[test]
fn the_workbook_of_a_run_holds_every_table_to_the_last_digit() {
    let workplace = workplace();
    partnersim(workplace.path(), &["run", "two.toml", "--out", "out", "--xlsx", "-q"], 0);
    let (folder, path) = (workplace.path().join("out"), workplace.path().join("out/result.xlsx"));
    let n_columns = csv(&folder, "data_dictionary.csv").1.len();
    // What a row of the summary is about stands beside its means and beside its quantiles.
    assert!(same_as_files(&path, &folder) >= n_columns);
    opens_without_repair(&path);
    let found: Vec<String> = sheets(&path).into_iter().map(|(name, _)| name).collect();
    for name in [
        "Cover",
        "Contents",
        "Notes",
        "What_matters",
        "Summary",
        "Quantiles",
        "Monthly",
        "Partners",
        "Scenarios",
        "Assumptions",
        "Data_dictionary",
        "Runs",
        "Provenance",
    ] {
        assert!(found.contains(&name.to_string()), "{name}");
    }
    assert_eq!(column(&sheet(&path, "Contents"), "sheet").iter().map(ToString::to_string).collect::<Vec<_>>(), found);
    // A seed keeps its digits, and a name is no formula.
    assert!(
        column(&sheet(&path, "Runs"), "seed")
            .iter()
            .all(|seed| *seed == Data::String("18446744073709551615".to_string()))
    );
    assert_eq!(column(&sheet(&path, "Partners"), "partner")[1], Data::String("=1+1".to_string()));
    let text = parts(&path);
    let formulas =
        text.iter().filter(|(name, text)| name.starts_with("xl/worksheets/") && text.contains("<f>")).count();
    assert_eq!(formulas, 1, "only the live sheet computes");
    let charts = text.keys().filter(|name| name.starts_with("xl/charts/chart")).count();
    let told: Vec<&str> = text
        .iter()
        .filter(|(name, _)| name.starts_with("xl/drawings/drawing"))
        .flat_map(|(_, text)| attributes(text, "descr"))
        .collect();
    assert!(charts > 0 && told.len() == charts && told.iter().all(|told| told.len() > 40), "{told:?}");
    let manifest = fs::read_to_string(folder.join("manifest.json")).unwrap();
    assert!(manifest.contains("\"result.xlsx\"") && !manifest.contains("--xlsx"));
}

#[test]
fn the_live_sheet_shows_what_the_summary_says() {
    let workplace = workplace();
    partnersim(workplace.path(), &["run", "two.toml", "--out", "out", "--xlsx", "-q"], 0);
    let folder = workplace.path().join("out");
    let live = live(&folder.join("result.xlsx"));
    let (header, rows) = csv(&folder, "summary.csv");
    let outcome = live["Column of the replications"].to_string();
    let row = rows.iter().find(|row| row[1] == outcome).unwrap();
    let shown = [
        ("Replications", "replications"),
        ("Share above the target", "share_above_target"),
        ("Share, low", "share_above_target_low"),
        ("Share, high", "share_above_target_high"),
        ("Mean", "mean"),
        ("Standard deviation", "sd"),
        ("Standard error of the mean", "mc_standard_error"),
        ("5 of 100 stay below", "q05"),
        ("Median", "q50"),
        ("95 of 100 stay below", "q95"),
    ];
    for (label, name) in shown {
        let number: f64 = row[header.iter().position(|column| column == name).unwrap()].parse().unwrap();
        let cell = live[label].as_f64().unwrap();
        assert!((cell - number).abs() <= 1e-12 * number.abs(), "{label}: {cell}, {name}: {number}");
    }
}

#[test]
fn the_accessible_workbook_keeps_to_the_checklist() {
    let workplace = workplace();
    partnersim(workplace.path(), &["run", "two.toml", "--out", "run", "--xlsx=accessible", "-q"], 0);
    partnersim(
        workplace.path(),
        &["compare", "two.toml", "--set", "communication.quality=0.8", "--out", "compare", "--xlsx=accessible", "-q"],
        0,
    );
    for folder in ["run", "compare"].map(|name| workplace.path().join(name)) {
        let path = folder.join("result.xlsx");
        opens_without_repair(&path);
        same_as_files(&path, &folder);
        for (name, text) in parts(&path) {
            for word in
                ["<mergeCell", "<autoFilter", "<pane ", "<drawing ", "<selection ", "hidden=\"1\"", "state=\"hidden\""]
            {
                assert!(!text.contains(word), "{name}: {word}");
            }
        }
        for (name, range) in sheets(&path) {
            for (row, cells) in range.rows().enumerate() {
                let is_empty = |cell: &Data| {
                    matches!(cell, Data::Empty) || cell.as_string().is_some_and(|text| text.trim().is_empty())
                };
                assert!(!cells.iter().any(is_empty), "{name}, row {}: {cells:?}", row + 1);
            }
        }
    }
}

#[test]
fn a_comparison_marks_in_words_what_differs() {
    let workplace = workplace();
    let arguments = [
        "compare",
        "two.toml",
        "--variant",
        "[talk]/'much': communication.quality=0.8",
        "--out",
        "out",
        "--xlsx",
        "-q",
    ];
    partnersim(workplace.path(), &arguments, 0);
    let (folder, path) = (workplace.path().join("out"), workplace.path().join("out/result.xlsx"));
    same_as_files(&path, &folder);
    opens_without_repair(&path);
    let scenarios = sheet(&path, "Scenarios");
    let differing: Vec<String> = column(&scenarios, "parameter")
        .iter()
        .zip(column(&scenarios, "difference"))
        .filter(|(_, word)| word.as_string().unwrap() == "differs")
        .map(|(key, _)| key.to_string())
        .collect();
    assert_eq!(differing, ["communication.quality"]);
    let live = live(&path);
    let (header, rows) = csv(&folder, "paired.csv");
    let row = rows.iter().find(|row| row[2] == "premium").unwrap();
    let of = |name: &str| row[header.iter().position(|column| column == name).unwrap()].clone();
    assert_eq!(live["Choose a set-up"].to_string(), "[talk]/'much'");
    assert!(is_same(&live["Difference"], &of("difference")) && is_same(&live["Difference, high"], &of("high")));
    assert_eq!(live["In words"].to_string(), of("in_words"));
}

#[test]
fn the_same_result_gives_the_same_bytes_at_once_and_later() {
    let workplace = workplace();
    let folder = workplace.path();
    for (out, threads) in [("a", "1"), ("b", "2")] {
        partnersim(folder, &["run", "two.toml", "--out", out, "--xlsx", "-q", "--threads", threads], 0);
    }
    let first = fs::read(folder.join("a/result.xlsx")).unwrap();
    assert!(first == fs::read(folder.join("b/result.xlsx")).unwrap());
    partnersim(folder, &["export", "a", "--xlsx", "--out", "c"], 0);
    assert!(first == fs::read(folder.join("c/result.xlsx")).unwrap());
    // Nothing else is left beside it.
    let mut left: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    left.sort();
    assert_eq!(left, ["a", "b", "c", "two.toml"]);
    let told = partnersim(folder, &["export", "a", "--xlsx", "--out", "a"], 2);
    assert!(String::from_utf8_lossy(&told.stderr).contains("never changed"));
    partnersim(folder, &["export", "nothing", "--xlsx", "--out", "d"], 2);
}

#[test]
fn hostile_names_break_neither_sheets_nor_tables() {
    let workplace = workplace();
    let long = "x".repeat(300);
    let hostile = scenario()
        .replace("Two together", "=HYPERLINK(\\\"x\\\") <b>&amp; \\u0001 🙂!A1")
        .replace("name = \"council\"", &format!("name = \"a]['#@\\\" 🙂 {}\"", &long[..80]));
    fs::write(workplace.path().join("odd.toml"), hostile).unwrap();
    let variant = format!("--variant=+{}<&>[🙂]!A1: communication.quality=0.8", &long[..60]);
    let folder = workplace.path();
    partnersim(folder, &["run", "odd.toml", "--out", "run", "--xlsx", "-q"], 0);
    partnersim(folder, &["compare", "odd.toml", &variant, "--out", "compare", "--xlsx", "-q"], 0);
    for path in ["run/result.xlsx", "compare/result.xlsx"].map(|name| folder.join(name)) {
        opens_without_repair(&path);
        let cover = sheet(&path, "Cover");
        assert!(cover.get_value((0, 0)).unwrap().is_string());
    }
    let title = sheet(&folder.join("run/result.xlsx"), "Cover").get_value((0, 0)).unwrap().to_string();
    assert_eq!(title, "=HYPERLINK(\"x\") <b>&amp; \u{fffd} 🙂!A1");
}

#[test]
fn an_experiment_has_its_live_sheet_too() {
    let workplace = workplace();
    let experiment = "title = \"How much talk\"\nscenario = \"two.toml\"\nreplications = 128\noutcomes = [\"premium\", \"trust\"]\n\n[design]\nkind = \"latin_hypercube\"\npoints = 24\n\n[[factor]]\npath = \"communication.quality\"\nrange = [0.2, 0.9]\n\n[[factor]]\npath = \"trust.initial\"\nrange = [0.2, 0.8]\n";
    fs::write(workplace.path().join("talk.toml"), experiment).unwrap();
    partnersim(workplace.path(), &["experiment", "talk.toml", "--out", "out", "--xlsx", "-q"], 0);
    let (folder, path) = (workplace.path().join("out"), workplace.path().join("out/result.xlsx"));
    same_as_files(&path, &folder);
    opens_without_repair(&path);
    let live = live(&path);
    assert_eq!(live["Set-ups"].as_f64(), Some(24.0));
    assert!(sheets(&path).iter().any(|(name, _)| name == "Sensitivity"));
}
