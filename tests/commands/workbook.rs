//! A result as a workbook: read back with another library, held against the tables, against the checklist for accessible
//! spreadsheets, and against a spreadsheet that computes it anew.

use calamine::{Data, DataType, Range, Reader, Xlsx, open_workbook};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const SCENARIO: &str = r#"
title = "Two together"
question = "Will it last?"
horizon_months = 12
replications = 1200
seed = 18446744073709551615

[targets]
need_met = 0.2

[[partner]]
name = "council"
sector = "council"
resources.money = 160
resources.staff = 24
skills = { social = 0.7, clinical = 0.3 }

[[partner]]
name = "=1+1"
sector = "charity"
resources.money = 40
resources.staff = 8
skills = { social = 0.5, clinical = 0.5 }

[communication]
quality = { pert = [0.3, 0.6, 0.9] }

[[need]]
name = "help at home"
demand = 150
days = 3
value = 1500
skills = { clinical = 0.4, social = 0.6 }
"#;

/// A folder of its own with the scenario `two.toml` in it.
fn workplace() -> TempDir {
    let workplace = tempfile::tempdir().unwrap();
    fs::write(workplace.path().join("two.toml"), SCENARIO).unwrap();
    workplace
}

/// Runs the program there and expects an exit code.
fn partnersim(folder: &Path, arguments: &[&str], code: i32) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_partnersim")).current_dir(folder).args(arguments).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {told}");
    output
}

/// Every sheet of a workbook, by its name, in order.
fn sheets(path: &Path) -> Vec<(String, Range<Data>)> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    workbook.worksheets()
}

fn sheet(path: &Path, name: &str) -> Range<Data> {
    sheets(path).into_iter().find(|(found, _)| found == name).unwrap_or_else(|| panic!("no sheet {name}")).1
}

/// The values of a column below its heading.
fn column(range: &Range<Data>, heading: &str) -> Vec<Data> {
    let at = range.rows().next().unwrap().iter().position(|cell| cell.as_string().as_deref() == Some(heading));
    let at = at.unwrap_or_else(|| panic!("no heading {heading}"));
    range.rows().skip(1).map(|row| row[at].clone()).collect()
}

/// The second column of the live sheet by its first.
fn live(path: &Path) -> BTreeMap<String, Data> {
    let range = sheet(path, "What_matters");
    range.rows().skip(1).map(|row| (row[0].as_string().unwrap(), row[1].clone())).collect()
}

/// Every file of the archive that a workbook is.
fn parts(path: &Path) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        parts.insert(file.name().unwrap().into_owned(), text);
    }
    parts
}

/// What stands in an attribute, at each place where it is.
fn attributes<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    text.split(&format!(" {name}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

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

/// What makes a spreadsheet offer a repair, as far as it is known.
fn opens_without_repair(path: &Path) {
    let parts = parts(path);
    let (mut ids, mut names) = (BTreeSet::new(), BTreeSet::new());
    for (name, text) in &parts {
        assert!(text.chars().all(|sign| sign >= ' ' || "\t\n\r".contains(sign)), "{name}");
        if name.starts_with("xl/tables/") {
            assert!(ids.insert(attributes(text, "id")[0].to_string()), "{name}: its number is given twice");
            let table = attributes(text, "displayName")[0];
            assert!(names.insert(table.to_lowercase()), "{name}: {table} is given twice");
            assert!(table.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_') && table.len() <= 255);
            assert!(table.starts_with(|first: char| first.is_ascii_alphabetic()));
        }
        for formula in text.split("<formula1>").skip(1).map(|rest| rest.split("</formula1>").next().unwrap()) {
            assert!(formula.len() < 255, "{formula}");
        }
    }
    for (name, range) in sheets(path) {
        assert!(name.len() <= 31 && name.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_'), "{name}");
        assert_eq!(range.start(), Some((0, 0)), "{name}");
    }
    // The headings in the cells are those that the table declares.
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    workbook.load_tables().unwrap();
    let tables: Vec<String> = workbook.table_names().into_iter().cloned().collect();
    assert!(tables.len() > 8, "{tables:?}");
    for table in tables {
        let table = workbook.table_by_name(&table).unwrap();
        let range = sheet(path, table.sheet_name());
        let header: Vec<String> = range.rows().next().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(table.columns(), header, "{}", table.name());
        assert_eq!(header.iter().map(|heading| heading.to_lowercase()).collect::<BTreeSet<_>>().len(), header.len());
        assert_eq!(table.data().height(), range.height() - 1, "{}", table.name());
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
            for word in ["<mergeCell", "<autoFilter", "<pane ", "<drawing ", "hidden=\"1\"", "state=\"hidden\""] {
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
    fs::create_dir(folder.join("mine")).unwrap();
    fs::write(folder.join("mine/summary.csv"), "my notes").unwrap();
    let told = partnersim(folder, &["export", "a", "--xlsx", "--out", "mine"], 4);
    assert!(String::from_utf8_lossy(&told.stderr).contains("--force"));
    partnersim(folder, &["export", "nothing", "--xlsx", "--out", "d"], 2);
}

#[test]
fn hostile_names_break_neither_sheets_nor_tables() {
    let workplace = workplace();
    let long = "x".repeat(300);
    let hostile = SCENARIO
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

/// Whether there is a spreadsheet program to compute with; where tests are held there must be.
fn has_spreadsheet() -> bool {
    let is_there = Command::new("soffice").arg("--version").output().is_ok_and(|output| output.status.success());
    assert!(is_there || std::env::var_os("CI").is_none(), "soffice (LibreOffice Calc) is needed where CI is set");
    if !is_there {
        eprintln!("skipped: there is no soffice to compute a workbook anew");
    }
    is_there
}

/// Takes the values out of all formulas of the live sheet, puts another number into a cell, and lets the spreadsheet compute.
fn computed_anew(path: &Path, cell: &str, number: f64, folder: &Path) -> BTreeMap<String, Data> {
    let parts = parts(path);
    let mut archive = zip::ZipWriter::new(File::create(folder.join("changed.xlsx")).unwrap());
    for (name, text) in &parts {
        archive.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        let text = if text.contains("<f>") && name.starts_with("xl/worksheets/") {
            changed(text, cell, number)
        } else {
            text.clone()
        };
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let to = folder.join("anew");
    let output = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "xlsx", "--outdir"])
        .args([to.as_os_str(), folder.join("changed.xlsx").as_os_str()])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    live(&to.join("changed.xlsx"))
}

fn changed(text: &str, cell: &str, number: f64) -> String {
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
fn a_spreadsheet_computes_the_live_sheet_to_what_it_shows() {
    if !has_spreadsheet() {
        return;
    }
    let workplace = workplace();
    let folder = workplace.path();
    partnersim(folder, &["run", "two.toml", "--out", "out", "--xlsx=accessible", "-q"], 0);
    let path = folder.join("out/result.xlsx");
    let shown = live(&path);
    let target = shown["Choose a target"].as_f64().unwrap();
    let anew = computed_anew(&path, "B3", target, folder);
    assert_eq!(anew.len(), shown.len());
    for (label, cell) in &shown {
        match (cell.as_f64(), anew[label].as_f64()) {
            (Some(shown), Some(anew)) => {
                assert!((shown - anew).abs() <= 1e-9 * shown.abs().max(1.0), "{label}: {shown}, {anew}")
            }
            _ => assert_eq!(cell.to_string(), anew[label].to_string(), "{label}"),
        }
    }
    // Another target, and the share above it is counted anew.
    let values = column(&sheet(&path, "Runs"), &shown["Column of the replications"].to_string());
    let median = shown["Median"].as_f64().unwrap();
    let above = values.iter().filter(|value| value.as_f64().is_some_and(|value| value > median)).count();
    let anew = computed_anew(&path, "B3", median, folder);
    assert_eq!(anew["Replications above the target"].as_f64(), Some(above as f64));
    assert_eq!(anew["Share above the target"].as_f64(), Some(above as f64 / values.len() as f64));
}

#[test]
fn a_spreadsheet_computes_the_pairs_anew() {
    if !has_spreadsheet() {
        return;
    }
    let workplace = workplace();
    let folder = workplace.path();
    partnersim(
        folder,
        &["compare", "two.toml", "--variant", "talk: communication.quality=0.8", "--out", "out", "--xlsx", "-q"],
        0,
    );
    let path = folder.join("out/result.xlsx");
    let shown = live(&path);
    let anew = computed_anew(&path, "B4", 1e9, folder);
    for label in ["Difference", "Difference, low", "Mean of the set-up", "Row of the pairs"] {
        let (shown, anew) = (shown[label].as_f64().unwrap(), anew[label].as_f64().unwrap());
        assert!((shown - anew).abs() <= 1e-9 * shown.abs().max(1.0), "{label}: {shown}, {anew}");
    }
    assert_eq!(shown["In words"].to_string(), anew["In words"].to_string());
    assert!(anew["Better by what matters?"].to_string().starts_with("no"), "{anew:?}");
}
