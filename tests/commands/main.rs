//! The program as a person meets it: each command run in a folder of its own, what it says, what it leaves, and its exit code.

#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

mod analyse_sensitivity;
mod analyse_tables;
mod as_workbooks;
mod calibrate;
mod choose;
mod compare;
#[cfg(unix)]
mod compare_resume;
mod diff;
mod discover;
mod experiment;
mod experiment_findings;
mod import_command;
mod left;
mod open_data;
mod opened;
mod optimise;
mod pictures;
#[cfg(unix)]
mod play;
mod program;
mod ready_made;
mod report;
mod reported;
mod results;
#[cfg(unix)]
mod resume;
mod scenario_commands;
#[cfg(unix)]
mod search_resume;
mod threshold;
mod trace;
#[path = "../pages/walk.rs"]
mod walk;
mod workbook;
mod workbook_in;
mod workplace;
