//! The program run in a folder, and what it said.

use std::path::Path;
use std::process::{Command, Output};

/// The program, about to be run in a folder.
pub fn partnersim(folder: impl AsRef<Path>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_partnersim"));
    command.current_dir(folder);
    command
}

/// What became of the program with these arguments.
pub fn run(folder: impl AsRef<Path>, arguments: &[&str]) -> Output {
    partnersim(folder).args(arguments).output().unwrap()
}

/// The same, where an exit code is expected.
pub fn ended(folder: impl AsRef<Path>, arguments: &[&str], code: i32) -> Output {
    let output = run(folder, arguments);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}{}", told(&output), said(&output));
    output
}

/// What it said on standard error.
pub fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What it said on standard output.
pub fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A text whose lines are not broken to fit the terminal.
pub fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
