//! Results in the formats of others: Parquet, tables as Excel writes them, the description of a folder, and `export`.

use crate::left::{contents, records, same};
use crate::program::{ended, told};
use crate::workplace::{holding, two_together};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// Two partners, one of a name that needs quotes, and numbers in words.
fn workplace() -> TempDir {
    let text = two_together(
        "question = \"Will it; last, \\\"well\\\"?\"\nhorizon_months = 12\nreplications = 300\nseed = 18446744073709551\n",
    );
    let text = text.replace("\"charity\"\nsector", "\"a; \\\"b\\\", 1,5\"\nsector");
    holding(&[("two.toml", &text)])
}

/// What a Parquet file says of itself in Thrift's compact protocol.
#[derive(Debug)]
enum Said {
    Number(i64),
    Bytes(Vec<u8>),
    List(Vec<Said>),
    Fields(BTreeMap<i64, Said>),
}

impl Said {
    fn at(&self, field: i64) -> &Said {
        match self {
            Said::Fields(fields) => &fields[&field],
            other => panic!("{other:?} has no field {field}"),
        }
    }

    fn has(&self, field: i64) -> bool {
        matches!(self, Said::Fields(fields) if fields.contains_key(&field))
    }

    fn number(&self) -> usize {
        match self {
            Said::Number(number) => usize::try_from(*number).unwrap(),
            other => panic!("{other:?} is no number"),
        }
    }

    fn text(&self) -> String {
        match self {
            Said::Bytes(bytes) => String::from_utf8(bytes.clone()).unwrap(),
            other => panic!("{other:?} is no text"),
        }
    }

    fn items(&self) -> &[Said] {
        match self {
            Said::List(items) => items,
            other => panic!("{other:?} is no list"),
        }
    }
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = bytes[0];
        *bytes = &bytes[1..];
        value |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 {
            return value;
        }
    }
}

fn zigzag(bytes: &mut &[u8]) -> i64 {
    let value = varint(bytes);
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

/// A value of a kind, by Thrift's number.
fn said(bytes: &mut &[u8], kind: u8) -> Said {
    match kind {
        4..=6 => Said::Number(zigzag(bytes)),
        8 => {
            let n = varint(bytes) as usize;
            let (value, rest) = bytes.split_at(n);
            *bytes = rest;
            Said::Bytes(value.to_vec())
        }
        9 => {
            let head = bytes[0];
            *bytes = &bytes[1..];
            let n = if head >> 4 == 15 { varint(bytes) } else { u64::from(head >> 4) };
            Said::List((0..n).map(|_| said(bytes, head & 15)).collect())
        }
        12 => {
            let (mut fields, mut last) = (BTreeMap::new(), 0);
            loop {
                let head = bytes[0];
                *bytes = &bytes[1..];
                if head == 0 {
                    return Said::Fields(fields);
                }
                last = if head >> 4 == 0 { zigzag(bytes) } else { last + i64::from(head >> 4) };
                fields.insert(last, said(bytes, head & 15));
            }
        }
        other => panic!("a value of kind {other}"),
    }
}

/// Numbers of `width` bits in runs and packed by eights.
fn hybrid(bytes: &mut &[u8], width: usize, n: usize) -> Vec<usize> {
    let mut values = Vec::new();
    while values.len() < n {
        let head = varint(bytes) as usize;
        let n_bytes = if head.is_multiple_of(2) { width.div_ceil(8) } else { head / 2 * width };
        let (part, rest) = bytes.split_at(n_bytes);
        *bytes = rest;
        let number = |from: usize| {
            (from..from + width).rev().fold(0, |value, bit| value << 1 | usize::from(part[bit / 8] >> (bit % 8) & 1))
        };
        match head % 2 {
            0 => values.extend(std::iter::repeat_n(number(0), head / 2)),
            _ => values.extend((0..head / 2 * 8).map(|k| number(k * width))),
        }
    }
    values.truncate(n);
    values
}

/// Values one after the other, each as its cell would stand in a table.
fn plain(mut bytes: &[u8], kind: usize, n: usize) -> Vec<String> {
    let value = |_| {
        let n_bytes = if kind == 6 { u32::from_le_bytes(bytes[..4].try_into().unwrap()) as usize } else { 8 };
        let at = if kind == 6 { 4 } else { 0 };
        let (value, rest) = bytes[at..].split_at(n_bytes);
        bytes = rest;
        match kind {
            2 => i64::from_le_bytes(value.try_into().unwrap()).to_string(),
            5 => partnersim::output::number::text(f64::from_le_bytes(value.try_into().unwrap())),
            _ => String::from_utf8(value.to_vec()).unwrap(),
        }
    };
    (0..n).map(value).collect()
}

/// A page: its head and its body, and where the next begins.
fn page(file: &[u8], at: usize) -> (Said, Vec<u8>) {
    let mut rest = &file[at..];
    let head = said(&mut rest, 12);
    let body = snap::raw::Decoder::new().decompress_vec(&rest[..head.at(3).number()]).unwrap();
    assert_eq!(body.len(), head.at(2).number());
    (head, body)
}

/// A column: its name and its cells.
type Named = (String, Vec<String>);

/// Columns of a Parquet file by name, each cell as it would stand in a table, and its pairs of keys and texts.
fn parquet(path: &Path) -> (Vec<Named>, BTreeMap<String, String>) {
    let file = fs::read(path).unwrap();
    assert_eq!((&file[..4], &file[file.len() - 4..]), (&b"PAR1"[..], &b"PAR1"[..]));
    let n_foot = u32::from_le_bytes(file[file.len() - 8..file.len() - 4].try_into().unwrap()) as usize;
    let foot = said(&mut &file[file.len() - 8 - n_foot..], 12);
    let declared = &foot.at(2).items()[1..];
    let mut columns: Vec<(String, Vec<String>)> =
        declared.iter().map(|column| (column.at(4).text(), Vec::new())).collect();
    for group in foot.at(4).items() {
        for (k, chunk) in group.at(1).items().iter().enumerate() {
            let (about, kind) = (chunk.at(3), declared[k].at(1).number());
            let n = about.at(5).number();
            let list = about.has(11).then(|| page(&file, about.at(11).number()));
            let (head, body) = page(&file, about.at(9).number());
            let mut body = body.as_slice();
            let present = match declared[k].at(3).number() {
                0 => vec![1; n],
                _ => {
                    let length = u32::from_le_bytes(body[..4].try_into().unwrap()) as usize;
                    let levels = hybrid(&mut &body[4..4 + length], 1, n);
                    body = &body[4 + length..];
                    levels
                }
            };
            let n_present = present.iter().sum();
            assert_eq!(about.at(12).at(3).number(), n - n_present);
            let values = match list {
                Some((list, values)) => {
                    let values = plain(&values, kind, list.at(7).at(1).number());
                    let (width, mut rest) = (usize::from(body[0]), &body[1..]);
                    hybrid(&mut rest, width, n_present).into_iter().map(|at| values[at].clone()).collect()
                }
                None => plain(body, kind, n_present),
            };
            assert_eq!(head.at(5).at(1).number(), n);
            let mut values = values.into_iter();
            let cells = present.iter().map(|is| if *is == 1 { values.next().unwrap() } else { String::new() });
            columns[k].1.extend(cells);
        }
    }
    let facts = foot.at(5).items().iter().map(|pair| (pair.at(1).text(), pair.at(2).text())).collect();
    assert!(columns.iter().all(|(_, cells)| cells.len() == foot.at(3).number()));
    (columns, facts)
}

/// The columns of a table as text, without what makes words safe for spreadsheets.
fn table(path: &Path) -> Vec<(String, Vec<String>)> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_string).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    names
        .into_iter()
        .enumerate()
        .map(|(k, name)| {
            (name, rows.iter().map(|row| partnersim::output::table::unescaped(&row[k]).to_string()).collect())
        })
        .collect()
}

#[test]
fn parquet_holds_every_cell_of_every_table_and_what_it_means() {
    let workplace = workplace();
    // More rows than stand together in the file, so that there are two groups of them.
    ended(&workplace, &["run", "two.toml", "--replications", "66000", "--parquet", "--out", "found", "--quiet"], 0);
    let folder = workplace.path().join("found");
    let mut seen = Vec::new();
    for (file, _) in contents(&folder).into_iter().filter(|(file, _)| file.ends_with(".parquet")) {
        let text = folder.join(&file).with_extension("csv");
        let (columns, facts) = parquet(&folder.join(&file));
        assert!(columns == table(&text), "{file}");
        assert_eq!(facts["partnersim.seed"], "18446744073709551");
        let told: serde_json::Value = serde_json::from_str(&facts["partnersim.columns"]).unwrap();
        assert!(columns.iter().all(|(name, _)| told[name]["meaning"].as_str().unwrap().len() > 2), "{file}");
        seen.push(file);
    }
    let tables = contents(&folder).into_keys().filter_map(|file| file.strip_suffix(".csv").map(str::to_string));
    let tables: Vec<String> = tables.filter(|name| name != "data_dictionary").collect();
    assert!(tables.len() > 6);
    assert_eq!(seen, tables.iter().map(|name| format!("{name}.parquet")).collect::<Vec<_>>());
}

#[test]
fn a_parquet_file_is_the_same_on_any_number_of_threads_and_when_it_is_exported_later() {
    let workplace = workplace();
    ended(&workplace, &["run", "two.toml", "--parquet", "--threads", "1", "--out", "one", "--quiet"], 0);
    ended(&workplace, &["run", "two.toml", "--threads", "4", "--out", "four", "--quiet"], 0);
    ended(&workplace, &["export", "four", "--parquet", "--out", "later"], 0);
    assert_eq!(contents(workplace.path().join("one")), contents(workplace.path().join("later")));
}

#[test]
fn tables_for_excel_read_back_as_those_they_were_made_from() {
    let workplace = workplace();
    let folder = |name: &str| workplace.path().join(name);
    ended(&workplace, &["run", "two.toml", "--out", "plain", "--quiet"], 0);
    let plain = contents(folder("plain"));
    for style in ["excel", "excel-eu"] {
        ended(&workplace, &["run", "two.toml", "--csv-style", style, "--out", style, "--quiet"], 0);
        let styled = contents(folder(style));
        assert!(styled.keys().eq(plain.keys()), "{:?}", styled.keys());
        for (file, bytes) in styled.iter().filter(|(file, _)| file.ends_with(".csv")) {
            assert!(bytes.starts_with(b"\xef\xbb\xbf") && bytes.ends_with(b"\r\n"), "{file}");
        }
        ended(&workplace, &["export", style, "--out", &format!("{style}_back")], 0);
        same(&contents(folder(&format!("{style}_back"))), &plain);
        // The same again over it, and what says that it is the same.
        ended(&workplace, &["run", "two.toml", "--csv-style", style, "--out", style, "--quiet"], 0);
        same(&contents(folder(style)), &styled);
    }
    let partners = fs::read_to_string(folder("excel-eu").join("partners.csv")).unwrap();
    assert!(partners.lines().nth(2).unwrap().contains("\"a; \"\"b\"\", 1,5\";"), "{partners}");
}

#[test]
fn tables_for_excel_can_be_analysed_as_they_are() {
    let workplace = workplace();
    for style in ["standard", "excel-eu"] {
        ended(&workplace, &["run", "two.toml", "--csv-style", style, "--out", style, "--quiet"], 0);
        let out = format!("{style}_summary");
        ended(&workplace, &["analyse", "summary", style, "--by", "ending", "--out", &out, "--quiet"], 0);
    }
    let summary = |style: &str| records(workplace.path().join(format!("{style}_summary")), "summary.csv");
    assert_eq!(summary("excel-eu"), summary("standard"));
}

#[test]
fn the_description_of_a_folder_names_its_tables_with_length_and_hash() {
    let workplace = workplace();
    ended(&workplace, &["compare", "two.toml", "--set", "communication.quality=0.9", "--out", "found", "--quiet"], 0);
    let files = contents(workplace.path().join("found"));
    let read = |file: &str| serde_json::from_slice::<serde_json::Value>(&files[file]).unwrap();
    let (package, manifest) = (read("datapackage.json"), read("manifest.json"));
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), files.keys().filter(|file| file.ends_with(".csv")).count());
    for resource in resources {
        let path = resource["path"].as_str().unwrap();
        assert_eq!(resource["bytes"], files[path].len());
        let listed = manifest["files"].as_array().unwrap().iter().find(|file| file["file"] == path).unwrap();
        assert_eq!(resource["hash"], format!("sha256:{}", listed["sha256"].as_str().unwrap()));
        let mut reader = csv::Reader::from_reader(files[path].as_slice());
        let fields =
            resource["schema"]["fields"].as_array().unwrap().iter().map(|field| field["name"].as_str().unwrap());
        assert!(reader.headers().unwrap().iter().eq(fields), "{path}");
    }
    let text = String::from_utf8(files["datapackage.json"].clone()).unwrap();
    assert!(!text.contains(workplace.path().to_str().unwrap()));
}

#[test]
fn export_leaves_the_result_alone_and_refuses_what_was_changed() {
    let workplace = workplace();
    ended(&workplace, &["run", "two.toml", "--out", "found", "--quiet"], 0);
    let folder = workplace.path().join("found");
    let before = contents(&folder);
    let output = ended(&workplace, &["export", "found", "--out", "found", "--parquet"], 2);
    assert!(told(&output).contains("never changed"), "{}", told(&output));
    ended(&workplace, &["export", "found/manifest.json", "--out", "copy", "--parquet"], 0);
    ended(&workplace, &["export", "found", "--out", "copy"], 0);
    assert_eq!(contents(workplace.path().join("copy")), before);
    assert_eq!(contents(&folder), before);
    let summary = String::from_utf8(before["summary.csv"].clone()).unwrap();
    fs::write(folder.join("summary.csv"), summary.replacen(",300,", ",301,", 1)).unwrap();
    let output = ended(&workplace, &["export", "found", "--out", "copy"], 2);
    assert!(told(&output).contains("summary.csv changed or gone since"), "{}", told(&output));
    let output = ended(&workplace, &["export", "nowhere", "--out", "other"], 2);
    assert!(told(&output).contains("nowhere holds no result"), "{}", told(&output));
    assert!(!workplace.path().join("other").exists());
}
