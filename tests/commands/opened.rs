//! A workbook opened as text and as tables, a scenario to make one of, and the rules that bring the prompt for a repair when broken.

#![allow(dead_code, reason = "two test programs open workbooks, and each looks at some things")]

pub use crate::program::ended as partnersim;
use crate::workplace::{holding, two_together};
use calamine::{Data, DataType, Range, Reader, Xlsx, open_workbook};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use tempfile::TempDir;

/// What the scenario of two partners says of this besides.
const HEAD: &str =
    "question = \"Will it last?\"\nhorizon_months = 12\nreplications = 1200\nseed = 18446744073709551615\n
[targets]
need_met = 0.2
";

/// The scenario, one of whose partners is called like a formula.
pub fn scenario() -> String {
    let two = two_together(HEAD).replace("name = \"charity\"", "name = \"=1+1\"");
    two + "\n[communication]\nquality = { pert = [0.3, 0.6, 0.9] }\n"
}

/// A folder of its own with the scenario `two.toml` in it.
pub fn workplace() -> TempDir {
    holding(&[("two.toml", &scenario())])
}

/// Every sheet of a workbook, by its name, in order.
pub fn sheets(path: &Path) -> Vec<(String, Range<Data>)> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    workbook.worksheets()
}

pub fn sheet(path: &Path, name: &str) -> Range<Data> {
    sheets(path).into_iter().find(|(found, _)| found == name).unwrap_or_else(|| panic!("no sheet {name}")).1
}

/// The values of a column below its heading.
pub fn column(range: &Range<Data>, heading: &str) -> Vec<Data> {
    let at = range.rows().next().unwrap().iter().position(|cell| cell.as_string().as_deref() == Some(heading));
    let at = at.unwrap_or_else(|| panic!("no heading {heading}"));
    range.rows().skip(1).map(|row| row[at].clone()).collect()
}

/// The second column of the live sheet by its first.
pub fn live(path: &Path) -> BTreeMap<String, Data> {
    let range = sheet(path, "What_matters");
    range.rows().skip(1).map(|row| (row[0].as_string().unwrap(), row[1].clone())).collect()
}

/// Every file of the archive that a workbook is.
pub fn parts(path: &Path) -> BTreeMap<String, String> {
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
pub fn attributes<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    text.split(&format!(" {name}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// What stands between two words, at each place where they are.
fn between<'t>(text: &'t str, from: &str, to: &str) -> Vec<&'t str> {
    text.split(from).skip(1).map(|rest| rest.split(to).next().unwrap()).collect()
}

/// Holds a workbook to the rules of ECMA-376 and of Excel that bring its prompt for a repair when they are broken.
pub fn opens_without_repair(path: &Path) {
    let parts = parts(path);
    every_part_is_declared(&parts);
    let texts = &parts["xl/sharedStrings.xml"];
    let n_texts = between(texts, "<si>", "</si>").len();
    assert_eq!(attributes(texts, "uniqueCount")[0], n_texts.to_string());
    let mut n_uses = 0;
    let names: Vec<&str> = between(&parts["xl/workbook.xml"], "<sheets>", "</sheets>");
    let names = attributes(names[0], "name");
    assert_eq!(names.iter().map(|name| name.to_lowercase()).collect::<BTreeSet<_>>().len(), names.len());
    for (name, text) in &parts {
        assert!(text.chars().all(|sign| sign >= ' ' || "\t\n\r".contains(sign)), "{name}");
        if name.starts_with("xl/worksheets/sheet") {
            n_uses += a_sheet_is_sound(name, text, n_texts, &names);
        }
        for formula in between(text, "<formula1>", "</formula1>") {
            assert!(formula.len() < 255, "{formula}");
        }
    }
    assert_eq!(attributes(texts, "count")[0], n_uses.to_string(), "uses of texts");
    for code in attributes(&parts["xl/styles.xml"], "formatCode") {
        assert!(code.len() <= 255 && code.matches("&quot;").count() % 2 == 0, "{code}");
    }
    defined_names_are_sound(&parts["xl/workbook.xml"], &names);
    tables_are_sound(path, &parts);
    for (name, range) in sheets(path) {
        assert!(name.len() <= 31 && name.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_'), "{name}");
        assert_eq!(range.start(), Some((0, 0)), "{name}");
        let texts = range.used_cells().filter_map(|(_, _, cell)| cell.as_string());
        assert!(texts.into_iter().all(|text| text.encode_utf16().count() <= 32_767), "{name}");
    }
}

/// Every part has a type, and every relation leads to a part.
fn every_part_is_declared(parts: &BTreeMap<String, String>) {
    let types = &parts["[Content_Types].xml"];
    let (endings, overridden) = (attributes(types, "Extension"), attributes(types, "PartName"));
    assert!(overridden.iter().all(|part| parts.contains_key(part.trim_start_matches('/'))), "{overridden:?}");
    for name in ["docProps/app.xml", "docProps/core.xml", "xl/workbook.xml", "xl/styles.xml"] {
        assert!(parts.contains_key(name), "{name}");
    }
    for (name, text) in parts.iter().filter(|(name, _)| *name != "[Content_Types].xml") {
        let ending = name.rsplit('.').next().unwrap();
        assert!(overridden.contains(&format!("/{name}").as_str()) || endings.contains(&ending), "{name}");
        if ending != "rels" {
            continue;
        }
        assert!(!text.contains("TargetMode=\"External\""), "{name}");
        for target in attributes(text, "Target") {
            let file = target.rsplit("../").next().unwrap().trim_start_matches('/');
            assert!(parts.keys().any(|part| part.ends_with(file)), "{name}: {target}");
        }
    }
}

/// Rows and cells stand in order, hold numbers that are numbers and texts that there are, and links lead to sheets. Gives how many
/// texts are used.
fn a_sheet_is_sound(name: &str, text: &str, n_texts: usize, sheets: &[&str]) -> usize {
    let rows: Vec<u32> = between(text, "<row r=\"", "\"").iter().map(|row| row.parse().unwrap()).collect();
    assert!(rows.windows(2).all(|pair| pair[0] < pair[1]), "{name}: rows are out of order");
    for row in between(text, "<row r=", "</row>") {
        let places: Vec<(usize, &str)> =
            between(row, "<c r=\"", "\"").into_iter().map(|place| (place.len(), place)).collect();
        assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{name}: cells are out of order: {places:?}");
    }
    let mut n_uses = 0;
    for cell in between(text, "<c r=", "</c>").into_iter().filter(|cell| cell.contains("<v>")) {
        let value = between(cell, "<v>", "</v>")[0];
        match attributes(cell.split('>').next().unwrap(), "t").first() {
            None => assert!(value.parse::<f64>().is_ok_and(f64::is_finite), "{name}: {cell}"),
            Some(&"s") => {
                assert!(value.parse::<usize>().unwrap() < n_texts, "{name}: {cell}");
                n_uses += 1;
            }
            Some(&"str" | &"e") => {}
            Some(other) => panic!("{name}: a cell of the type {other}"),
        }
    }
    let links = between(text, "<hyperlink ", "/>");
    assert!(links.len() <= 65_530);
    for link in links {
        let link = format!(" {link}");
        let place = attributes(&link, "location")[0].replace("&apos;", "'");
        let sheet = place.strip_prefix('\'').unwrap().strip_suffix("'!A1").unwrap();
        assert!(sheets.contains(&sheet), "{name}: {place}");
    }
    assert!(attributes(text, "ht").iter().all(|height| height.parse::<f64>().unwrap() <= 409.5), "{name}");
    let widths = between(text, "<cols>", "</cols>").join("");
    assert!(attributes(&widths, "width").iter().all(|width| width.parse::<f64>().unwrap() <= 255.0), "{name}");
    n_uses
}

/// A name is given once a sheet and leads to one.
fn defined_names_are_sound(workbook: &str, sheets: &[&str]) {
    let mut given = BTreeSet::new();
    for name in between(workbook, "<definedName ", "</definedName>") {
        let (of, place) = name.split_once('>').unwrap();
        let of = format!(" {of}");
        let sheet: usize = attributes(&of, "localSheetId")[0].parse().unwrap();
        assert!(given.insert((attributes(&of, "name")[0].to_lowercase(), sheet)), "{name}");
        let begins = [format!("{}!$", sheets[sheet]), format!("'{}'!$", sheets[sheet])];
        assert!(begins.iter().any(|begin| place.starts_with(begin)), "{name}");
    }
}

/// The headings in the cells are those that a table declares, each once; a table and its filter reach over the same cells.
fn tables_are_sound(path: &Path, parts: &BTreeMap<String, String>) {
    let (mut ids, mut names) = (BTreeSet::new(), BTreeSet::new());
    for (name, text) in parts.iter().filter(|(name, _)| name.starts_with("xl/tables/")) {
        assert!(ids.insert(attributes(text, "id")[0].to_string()), "{name}: its number is given twice");
        let table = attributes(text, "displayName")[0];
        assert!(names.insert(table.to_lowercase()), "{name}: {table} is given twice");
        assert!(table.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_') && table.len() <= 255);
        assert!(table.starts_with(|first: char| first.is_ascii_alphabetic()));
        assert!(attributes(text, "ref").windows(2).all(|pair| pair[0] == pair[1]), "{name}");
    }
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    workbook.load_tables().unwrap();
    let tables: Vec<String> = workbook.table_names().into_iter().cloned().collect();
    assert!(tables.len() > 8 && tables.len() == names.len(), "{tables:?}");
    for table in tables {
        let table = workbook.table_by_name(&table).unwrap();
        let range = sheet(path, table.sheet_name());
        let header: Vec<String> = range.rows().next().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(table.columns(), header, "{}", table.name());
        assert_eq!(header.iter().map(|heading| heading.to_lowercase()).collect::<BTreeSet<_>>().len(), header.len());
        assert!(header.iter().all(|heading| !heading.is_empty() && heading.encode_utf16().count() <= 255));
        assert_eq!(table.data().height(), range.height() - 1, "{}", table.name());
    }
}
