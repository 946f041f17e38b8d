//! The commands that a page of the documents shows, and the folder that somebody who follows it stands in.
#![allow(dead_code, reason = "each test uses some of it")]

use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).expect("a page").replace("\r\n", "\n")
}

/// Writes a page anew: renamed into place, because other tests read it meanwhile.
pub fn rewrite(name: &str, text: &str) {
    let fresh = root().join(format!("{name}.partial"));
    fs::write(&fresh, text).expect("a page that can be written");
    fs::rename(fresh, root().join(name)).expect("a page in its place");
}

/// The commands in a page's `sh` blocks, in order, each on one line and without its comment.
pub fn commands(page: &str) -> Vec<String> {
    let blocks = page.split("```sh\n").skip(1).map(|rest| rest.split_once("```").expect("the block ends").0);
    let blocks: Vec<String> = blocks.map(|block| block.replace("\\\n", " ")).collect();
    let lines = blocks.iter().flat_map(|block| block.lines());
    let lines = lines.map(|line| line.split(" #").next().unwrap_or_default());
    lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|line| !line.is_empty()).collect()
}

/// The words of a command, as a shell takes it apart; single quotes keep blanks.
pub fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for (i, part) in command.split('\'').enumerate() {
        if i % 2 == 1 {
            words.last_mut().expect("a word").push_str(part);
            continue;
        }
        let mut pieces = part.split(char::is_whitespace);
        words.last_mut().expect("a word").push_str(pieces.next().unwrap_or_default());
        words.extend(pieces.map(str::to_string));
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A folder with the scenarios and experiments, as a new user has it.
pub fn fresh_copy() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for part in ["scenarios", "scenarios/experiments"] {
        fs::create_dir(folder.path().join(part)).expect("a folder");
        let entries = fs::read_dir(root().join(part)).expect("a folder").flatten();
        for entry in entries.filter(|entry| entry.path().is_file()) {
            fs::copy(entry.path(), folder.path().join(part).join(entry.file_name())).expect("a copy");
        }
    }
    folder
}

/// What the program prints in a folder where no terminal says how wide it is, without blanks at the ends of lines; it must succeed.
pub fn printed(folder: &Path, command: &str, arguments: &[String]) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_partnersim"));
    let output = program.current_dir(folder).args(arguments).env_remove("COLUMNS").output().expect("the program");
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
