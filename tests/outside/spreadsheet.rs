//! The spreadsheet itself: that it computes anew what it opens.

use crate::tools::{self, Tool};
use std::fs;
use tempfile::TempDir;

/// A workbook whose formula has a value beside it that is wrong.
const STALE: &str = r#"
import sys, zipfile, openpyxl
book = openpyxl.Workbook()
book.active["A1"], book.active["B1"] = 2, "=A1*21"
book.save(sys.argv[1] + ".fresh")
with zipfile.ZipFile(sys.argv[1] + ".fresh") as fresh, zipfile.ZipFile(sys.argv[1], "w") as stale:
    for name in fresh.namelist():
        stale.writestr(name, fresh.read(name).replace(b"<v></v>", b"<v>5</v>").replace(b"<v />", b"<v>5</v>").replace(b"<v/>", b"<v>5</v>"))
print(openpyxl.load_workbook(sys.argv[1], data_only=True).active["B1"].value)
"#;

const READS: &str = r#"
import sys, openpyxl
print(openpyxl.load_workbook(sys.argv[1], data_only=True).active["B1"].value)
"#;

#[test]
fn a_workbook_is_computed_anew_when_it_is_opened() {
    if !tools::are_there(&[Tool::Soffice, Tool::Python]) {
        return;
    }
    let folder = TempDir::new().unwrap();
    let stale = folder.path().join("stale.xlsx");
    assert_eq!(tools::python(STALE, &[stale.as_os_str()]), "5\n");
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    tools::soffice(&[stale], "xlsx", &out);
    assert_eq!(tools::python(READS, &[out.join("stale.xlsx").as_os_str()]), "42\n");
}
