//! A scenario in a workbook or a CSV file: written, read back as the same, and its faults told by sheet and cell.
use crate::as_workbooks::{all_as_workbooks, loaded, no_file, read, same};
use crate::program::{said, told};
use partnersim::import::spreadsheet::Spreadsheet;
use partnersim::scenario::{shipped, starter};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// The program in a folder.
fn partnersim(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_partnersim")).current_dir(folder).args(arguments).output().unwrap()
}

#[test]
fn every_scenario_comes_back_from_a_workbook_as_itself() {
    for (scenario, bytes) in all_as_workbooks() {
        same(&read(bytes), &scenario);
    }
}

#[test]
fn the_same_scenario_gives_the_same_bytes() {
    let text = starter::text();
    assert!(loaded("starter", &text, &no_file).1 == loaded("starter", &text, &no_file).1);
}

/// A sheet of rows of text and numbers.
fn fill(sheet: &mut Worksheet, name: &str, rows: &[&[&str]]) {
    sheet.set_name(name).unwrap();
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let (row, column) = (row as u32, column as u16);
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).unwrap(),
                Err(_) => sheet.write_string(row, column, *cell).unwrap(),
            };
        }
    }
}

const PARTNERS: &[&[&str]] = &[&["name", "resources.money"], &["council", "100"], &["charity", "30"]];
const NEEDS: &[&[&str]] = &[&["name", "skills.social"], &["help at home", "1"]];

fn workbook(sheets: &[(&str, &[&[&str]])]) -> Workbook {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        fill(workbook.add_worksheet(), name, rows);
    }
    workbook
}

/// What `check` says of a workbook that it refuses: each fault in two lines, what and where.
fn faults(workbook: &mut Workbook) -> Vec<String> {
    let folder = TempDir::new().unwrap();
    workbook.save(folder.path().join("bad.xlsx")).unwrap();
    let output = partnersim(folder.path(), &["check", "bad.xlsx"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    let text = told(&output);
    let faults = text.split("\n\n").filter(|fault| fault.starts_with("error"));
    let fault = |fault: &str| {
        let mut lines = fault.lines();
        let (what, place) = (lines.next().unwrap(), lines.next().unwrap_or_default());
        format!(
            "{}{}",
            what.trim_start_matches("error: "),
            place.strip_prefix("  --> bad.xlsx, ").map_or(String::new(), |at| format!(" @ {at}"))
        )
    };
    faults.map(fault).collect()
}

#[test]
fn every_fault_of_a_workbook_is_told_at_once_by_sheet_and_cell() {
    let levers: &[&[&str]] = &[
        &["key", "value", "bold", "bold", "shy"],
        &["communication.qualty", "0.5"],
        &["trust.initial", "7"],
        &["governance.form", "leed", "lead"],
        &["morale.initial", "0,5"],
        &["partner.concil.autonomy", "0.1"],
        &["partner.charity.resources.money", "1"],
        &["", "3"],
    ];
    let partners: &[&[&str]] = &[
        &["name", "sectr", "resources.money", "goals.help at hme", "note"],
        &["council", "x", "-5", "", "said by the council"],
        &["charity", "", "30", "0.5"],
        &["club", "", "", "", "", "stray"],
    ];
    let mut book = workbook(&[("Levers", levers), ("Partners", partners), ("Needs", NEEDS), ("Interventon", &[])]);
    let sheet = book.worksheet_from_name("Needs").unwrap();
    sheet.merge_range(5, 0, 5, 1, "", &Format::new()).unwrap();
    sheet.write_string(0, 2, "demand").unwrap();
    let date = Format::new().set_num_format("dd mmm");
    sheet.write_datetime_with_format(1, 2, ExcelDateTime::from_ymd(2026, 2, 1).unwrap(), &date).unwrap();
    sheet.write_string(0, 3, "days").unwrap();
    sheet.write_formula(1, 3, Formula::new("=NA()").set_result("#N/A")).unwrap();
    assert_eq!(
        faults(&mut book),
        [
            "two columns are called `bold` @ Levers!D1: bold",
            "the set-up `shy` changes nothing @ Levers!E1: shy",
            "nothing is called `communication.qualty` @ Levers!A2: communication.qualty",
            "`trust.initial` is 7, above the most allowed @ Levers!B3: 7",
            "`governance.form` cannot be \"leed\" @ Levers!B4: leed",
            "`0,5` is text with a comma in it, and not a number @ Levers!B5: 0,5",
            "the sheet Partners has no row of the name \"concil\" @ Levers!A6: partner.concil.autonomy",
            "`resources.money` is set twice @ Levers!B7: 1",
            "this value has no key @ Levers!B8: 3",
            "no column is called `sectr` @ Partners!B1: sectr",
            "there is no need \"help at hme\" @ Partners!D1: goals.help at hme",
            "`resources.money` is -5, below the least allowed @ Partners!C2: -5",
            "this cell stands in a column without a name @ Partners!F4: stray",
            "this cell holds a date @ Needs!C2: a date",
            "this cell holds the error #N/A @ Needs!D2: #N/A",
            "the cells A6:B6 are merged @ Needs!A6",
            "no sheet of a scenario is called `Interventon`",
        ],
    );
}

#[test]
fn an_empty_cell_says_nothing_and_a_formula_says_what_it_comes_to() {
    let levers: &[&[&str]] = &[&["key", "value", "note"], &["trust.initial", "", "unknown"], &["morale.initial", ""]];
    let mut book = workbook(&[("Levers", levers), ("Partners", PARTNERS), ("Needs", NEEDS), ("My own", &[&["x"]])]);
    let sheet = book.worksheet_from_name("Levers").unwrap();
    sheet.write_formula(2, 1, Formula::new("=0.1+0.2").set_result("0.3")).unwrap();
    let scenario = read(book.save_to_buffer().unwrap());
    let set: Vec<&str> = scenario.inputs.values.keys().copied().collect();
    assert_eq!(set, ["morale.initial"]);
    assert_eq!(scenario.warnings[0].message, "the sheet `My own` is not read");
}

#[test]
fn further_columns_of_the_levers_are_compared_with_the_first() {
    let levers: &[&[&str]] = &[
        &["key", "value", "better talk", "rich charity"],
        &["communication.quality", "0.5", "uniform(0.7, 0.8)"],
        &["partner.charity.resources.money", "", "", "90"],
        &["governance.form", "", "shared", "lead"],
    ];
    let scenario: &[&[&str]] = &[&["key", "value"], &["replications", "64"], &["horizon_months", "12"]];
    let mut book = workbook(&[("Scenario", scenario), ("Levers", levers), ("Partners", PARTNERS), ("Needs", NEEDS)]);
    let folder = TempDir::new().unwrap();
    book.save(folder.path().join("set.xlsx")).unwrap();
    let output = partnersim(folder.path(), &["compare", "set.xlsx", "--explain-replications", "8", "--out", "out"]);
    assert!(output.status.success(), "{}", told(&output));
    let rows = crate::left::records(folder.path().join("out"), "levers.csv");
    let told_of = |key: &str| rows.iter().filter(|row| row.values().any(|cell| cell == key)).count();
    assert!(told_of("communication.quality") > 0 && told_of("partner.resources.money") > 0);
    let output = partnersim(folder.path(), &["run", "set.xlsx"]);
    assert!(said(&output).contains("2 further set-ups: better talk, rich charity"), "{}", said(&output));
    let output = partnersim(folder.path(), &["run", "set.xlsx", "--set-up", "rich charity", "-q"]);
    assert!(output.status.success() && folder.path().join("results/set_rich_charity/summary.csv").is_file());
    let output = partnersim(folder.path(), &["run", "set.xlsx", "--set-up", "rich"]);
    assert!(output.status.code() == Some(2) && told(&output).contains("rich charity"), "{}", told(&output));
}

#[test]
fn a_csv_file_in_either_way_of_writing_is_the_same_scenario() {
    let point = "key,value,talk\ntitle,\"Town, again\",\npartner.council.resources.money,120.5,\n\
                 partner.charity.resources.money,\"pert(20, 30.5, 40)\",\nneed.help at home.skills.social,1,\n\
                 communication.quality,0.5,0.8\n";
    let comma = "\u{feff}key;value;talk\r\ntitle;Town, again;\r\npartner.council.resources.money;120,5;\r\n\
                 partner.charity.resources.money;\"pert(20; 30,5; 40)\";\r\nneed.help at home.skills.social;1;\r\n\
                 communication.quality;0,5;0,8\r\n";
    let of = |text: &str| {
        let spreadsheet = Spreadsheet::of_delimited(text.as_bytes(), "town.csv").unwrap();
        (spreadsheet.load(&[], &no_file).unwrap_or_else(|faults| panic!("{faults:#?}")), spreadsheet.set_ups())
    };
    let (one, other) = (of(point), of(comma));
    same(&one.0, &other.0);
    assert_eq!(one.1, other.1);
    assert_eq!((one.0.title.as_str(), one.0.inputs.partners.len()), ("Town, again", 2));
    let wrong = Spreadsheet::of_delimited("key,value\ntrust.initial,\"0,5\"\n".as_bytes(), "a.csv").unwrap();
    let faults = wrong.load(&[], &no_file).unwrap_err();
    assert_eq!(faults[0].message, "`0,5` is text with a comma in it, and not a number");
    assert_eq!(faults[0].place.as_ref().unwrap().cell.as_deref(), Some("B2"));
}

#[test]
fn a_file_that_is_broken_or_swells_is_refused_in_words() {
    let folder = TempDir::new().unwrap();
    let whole = loaded("starter", &starter::text(), &no_file).1;
    let files: [(&str, Vec<u8>, &str); 6] = [
        ("cut.xlsx", whole[..whole.len() / 2].to_vec(), "is not a workbook that can be read"),
        ("text.xlsx", b"title = \"a\"".to_vec(), "is not a workbook that can be read"),
        ("old.xls", [&[0xd0, 0xcf, 0x11, 0xe0][..], &[0; 600]].concat(), "with a password or of an old format"),
        ("open.ods", zipped("content.xml", 10), "is an OpenDocument spreadsheet"),
        ("bomb.xlsx", zipped("xl/workbook.xml", 80 << 20), "takes more than 64 MiB once unpacked"),
        ("partners.csv", b"name,resources.money\na,1\n".to_vec(), "this is a table of partners and no whole scenario"),
    ];
    for (name, bytes, words) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
        let output = partnersim(folder.path(), &["check", name]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(told(&output).contains(words), "{name}: {}", told(&output));
    }
}

/// An archive with one part of so many zeros.
fn zipped(name: &str, n: usize) -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(&vec![b' '; n]).unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn no_damage_to_a_workbook_makes_reading_panic() {
    let whole = loaded("starter", &starter::text(), &no_file).1;
    for position in (0..whole.len()).step_by(997) {
        let mut damaged = whole.clone();
        damaged[position] ^= 0x55;
        if let Ok(spreadsheet) = Spreadsheet::of_workbook(damaged, "a.xlsx") {
            let _ = spreadsheet.load(&[], &no_file);
        }
    }
}

#[test]
fn new_writes_workbooks_and_turns_them_into_texts() {
    let folder = TempDir::new().unwrap();
    let run = |arguments: &[&str]| {
        let output = partnersim(folder.path(), arguments);
        assert!(output.status.success(), "{arguments:?}: {}", told(&output));
        said(&output)
    };
    assert!(run(&["new", "--xlsx", "town.xlsx"]).starts_with("wrote town.xlsx; next: partnersim check town.xlsx"));
    assert!(run(&["check", "town.xlsx"]).contains("fine: 4 partners, 1 need"));
    run(&["new", "--from", "business_alliance", "--xlsx"]);
    run(&["new", "--from", "business_alliance.xlsx", "again.toml"]);
    run(&["new", "--from", "again.toml", "third.xlsx"]);
    let digest = |file: &str| read(fs::read(folder.path().join(file)).unwrap()).digest;
    assert_eq!(digest("business_alliance.xlsx"), shipped::find("business_alliance").unwrap().load().unwrap().digest);
    assert_eq!(digest("third.xlsx"), digest("business_alliance.xlsx"));
    let output = partnersim(folder.path(), &["new", "--from", "town.xlsx", "town.xlsx"]);
    assert!(!output.status.success() && told(&output).contains("exists"), "{}", told(&output));
}

#[test]
fn every_command_of_the_page_about_spreadsheets_runs() {
    let page = crate::walk::page("docs/spreadsheets.md");
    let folder = crate::walk::fresh_copy();
    let table = page.split("```csv\n").nth(1).unwrap().split_once("```").unwrap().0;
    fs::write(folder.path().join("town.csv"), table).unwrap();
    for command in crate::walk::commands(&page) {
        let words = crate::walk::words(&command);
        crate::walk::printed(folder.path(), &command, &words[1..]);
    }
    assert!(folder.path().join("results/town_better_talk/summary.csv").is_file());
}
