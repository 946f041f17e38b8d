//! Every scenario there is as a workbook, and whether one that is read back means the same.

#![allow(dead_code, reason = "two test programs read workbooks back, and each needs some of this")]

use partnersim::import::spreadsheet::Spreadsheet;
use partnersim::output::template;
use partnersim::scenario::{Scenario, load, shipped, starter, tables};

/// The files that a scenario names: name and text.
pub type Beside = &'static [(&'static str, &'static str)];

/// Gives the bytes of such a file.
pub type Files<'f> = &'f dyn Fn(&str) -> Result<Vec<u8>, String>;

pub fn no_file(name: &str) -> Result<Vec<u8>, String> {
    Err(format!("{name} is not here"))
}

pub fn read(bytes: Vec<u8>) -> Scenario {
    let spreadsheet = Spreadsheet::of_workbook(bytes, "a.xlsx").unwrap_or_else(|fault| panic!("{fault:#?}"));
    spreadsheet.load(&[], &no_file).unwrap_or_else(|faults| panic!("{faults:#?}\n{}", spreadsheet.text()))
}

pub fn same(read: &Scenario, as_this: &Scenario) {
    let line = |scenario: &Scenario| -> Vec<String> {
        let lines = scenario.assumptions.iter();
        lines.map(|line| format!("{} of {:?} is {}", line.key, line.belongs_to, line.value)).collect()
    };
    let (found, wanted) = (line(read), line(as_this));
    let differing: Vec<_> = found.iter().zip(&wanted).filter(|(found, wanted)| found != wanted).collect();
    assert!(differing.is_empty(), "{}: {differing:#?}", as_this.title);
    assert_eq!(read.digest, as_this.digest, "{}", as_this.name);
    assert_eq!(read.inputs, as_this.inputs, "{}", as_this.name);
    assert_eq!((&read.title, &read.question), (&as_this.title, &as_this.question));
    assert_eq!((&read.sources, &read.concepts), (&as_this.sources, &as_this.concepts));
    assert_eq!((read.seed, read.replications), (as_this.seed, as_this.replications));
    assert_eq!((&read.targets, &read.warnings), (&as_this.targets, &as_this.warnings));
}

/// Every scenario there is: name, text, and the files it names.
pub fn scenarios() -> Vec<(String, String, Beside)> {
    let everything = include_str!("../everything.toml").to_owned();
    let own = [("everything", everything), ("starter", starter::text()), ("awkward", AWKWARD.to_owned())];
    let own = own.into_iter().map(|(name, text)| (name.to_owned(), text, &[][..]));
    shipped::SHIPPED.iter().map(|one| (one.name.to_owned(), one.text.to_owned(), one.tables)).chain(own).collect()
}

/// What a spreadsheet program is likeliest to get wrong.
pub const AWKWARD: &str = r#"
title = "=1+1"
question = "1-2?"
sources = ["one; two", "three, four"]
seed = "18446744073709551615"
[every_partner]
"skills".social = 0.1
goals."need; with, signs" = 0.123456789012345678
[[partner]]
name = "007"
sector = "12"
resources.money = 1e-7
[[partner]]
name = "a, b; \"c\""
count = 2
variation = 0.3
skills = { social = 3, "a.b" = 1 }
[[partner]]
name = "TRUE"
[[need]]
name = "need; with, signs"
demand = { discrete = [[1, 0.5], [2.25, 3]] }
skills = { social = 1, "a.b" = { uniform = [0.1, 0.30000000000000004] } }
[[event]]
name = "one, named"
kind = "crisis"
month = 3
partners = ["a, b; \"c\"-1"]
[[event]]
name = "two"
kind = "crisis"
rate = 0.1
partners = ["007", "TRUE"]
[governance]
lead = "TRUE"
form = "lead"
[funding]
uptime = { observed = [0.9, 0.95] }
"#;

pub fn loaded(name: &str, text: &str, files: Files<'_>) -> (Scenario, Vec<u8>) {
    let scenario = load(text, "a.toml", &[], files).unwrap_or_else(|faults| panic!("{name}: {faults:#?}"));
    (scenario, template::workbook(&tables(text, "a.toml", files).unwrap()).unwrap())
}

pub fn all_as_workbooks() -> Vec<(Scenario, Vec<u8>)> {
    let as_workbook = |(name, text, beside): (String, String, Beside)| {
        let file = |wanted: &str| {
            let found = beside.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, text)| text.as_bytes().to_vec()).ok_or_else(String::new)
        };
        loaded(&name, &text, &file)
    };
    scenarios().into_iter().map(as_workbook).collect()
}
