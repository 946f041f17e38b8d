//! Our files in the hands of others: spreadsheets, browsers, and the readers that analysts use. `.ci/tools` installs them.
//!
//! Where one of them is missing a test says so and is skipped; with `CI` set it fails instead.

#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

mod answers;
#[path = "../commands/as_workbooks.rs"]
mod as_workbooks;
mod browser;
#[allow(dead_code, reason = "these tests use some of it")]
#[path = "../commands/left.rs"]
mod left;
mod open_data;
#[path = "../commands/opened.rs"]
mod opened;
mod playground;
#[allow(dead_code, reason = "these tests use some of it")]
#[path = "../commands/program.rs"]
mod program;
mod report;
#[path = "../commands/reported.rs"]
mod reported;
mod schema;
mod spreadsheet;
mod tables;
mod tools;
#[path = "../pages/walk.rs"]
mod walk;
mod workbook;
#[allow(dead_code, reason = "these tests use some of it")]
#[path = "../commands/workplace.rs"]
mod workplace;
