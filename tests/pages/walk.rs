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

/// What stands before an excerpt: which parts of what the last command above prints, separated by bars. `A` is the line that has A in it
/// with the indented lines that go on from it; `A .. B` all from that line to the end of what has B in it.
pub const SHOWS: &str = "<!-- shows: ";

/// What stands before a file that the reader is asked to write.
pub const FILE: &str = "<!-- file: ";

/// The part of a page between a mark and the end of the fence below it: the words of the mark, and what the fence holds.
pub fn marked<'p>(page: &'p str, mark: &str) -> Vec<(&'p str, &'p str, &'p str)> {
    let mut found = Vec::new();
    for (at, _) in page.match_indices(mark) {
        let (words, rest) = page[at + mark.len()..].split_once(" -->\n").unwrap();
        let held = rest.strip_prefix("```").unwrap().split_once('\n').unwrap().1;
        found.push((&page[..at], words, held.split_once("```\n").unwrap().0));
    }
    found
}

/// Where a part of an output begins and ends, in lines.
fn part(lines: &[&str], wanted: &str) -> (usize, usize) {
    let (first, last) = wanted.split_once(" .. ").map_or((wanted, None), |(first, last)| (first, Some(last)));
    let find = |text: &str, from: usize| lines[from..].iter().position(|line| line.contains(text)).map(|at| from + at);
    let begin = find(first, 0).unwrap_or_else(|| panic!("nothing printed has `{first}` in it:\n{}", lines.join("\n")));
    let last = last.map_or(begin, |last| {
        find(last, begin).unwrap_or_else(|| panic!("no `{last}` after `{first}`:\n{}", lines.join("\n")))
    });
    let continued = lines[last + 1..].iter().take_while(|line| line.starts_with("  ")).count();
    (begin, last + 1 + continued)
}

/// The parts of an output that a mark asks for, with a line of three dots for what is left out between them.
pub fn excerpt(output: &str, wanted: &str) -> String {
    let lines: Vec<&str> = output.lines().collect();
    let mut text = String::new();
    let mut before = None;
    for (begin, end) in wanted.split(" | ").map(|wanted| part(&lines, wanted)) {
        if before.is_some_and(|before| before != begin) {
            text.push_str("…\n");
        }
        lines[begin..end].iter().for_each(|line| text.push_str(&format!("{line}\n")));
        before = Some(end);
    }
    text
}

/// Follows a page: writes the files that it asks for, runs its commands in order, and gives each with what it printed.
pub fn followed(folder: &Path, page: &str) -> Vec<(String, String)> {
    for (_, name, held) in marked(page, FILE) {
        fs::write(folder.join(name), held).unwrap();
    }
    let run = |command: String| {
        let arguments = words(command.strip_prefix("partnersim ").unwrap_or_else(|| panic!("what is `{command}`?")));
        let output = printed(folder, &command, &arguments);
        (command, output)
    };
    commands(page).into_iter().map(run).collect()
}

/// The page with what its commands print now in the place of what it shows of them.
pub fn shown_afresh(page: &str, outputs: &[(String, String)]) -> String {
    let mut fresh = page.to_string();
    for (above, wanted, held) in marked(page, SHOWS) {
        let (_, output) = &outputs[commands(above).len() - 1];
        let mark = format!("{SHOWS}{wanted} -->\n```text\n");
        fresh = fresh.replace(&format!("{mark}{held}```\n"), &format!("{mark}{}```\n", excerpt(output, wanted)));
    }
    fresh
}

/// Holds that a page is as it would be written now, or writes it where that is asked for.
///
/// # Panics
/// Where the page is stale.
pub fn hold_fresh(name: &str, page: &str, fresh: &str) {
    if page == fresh {
        return;
    }
    if is_refreshed() {
        return rewrite(name, fresh);
    }
    let stale: Vec<&str> = fresh.lines().filter(|line| !page.lines().any(|old| old == *line)).collect();
    panic!(
        "{name} no longer shows what its commands give, which has these lines:\n{}\n\
         Write it anew with: PARTNERSIM_REFRESH=1 cargo test --test pages",
        stale.join("\n")
    );
}

/// Whether pages are to be written anew and not only compared.
pub fn is_refreshed() -> bool {
    std::env::var_os("PARTNERSIM_REFRESH").is_some()
}
