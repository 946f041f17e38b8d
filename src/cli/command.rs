//! The command that computes a result again, as a person would type it.

use std::path::Path;

/// Options that decide where and how a result is kept or shown and nothing in it, with whether a value may follow.
const ASIDE: &[(&str, bool)] = &[
    ("--out", true),
    ("--threads", true),
    ("--checkpoint-pause", true),
    ("--break-replication", true),
    ("--charts", true),
    ("--csv-style", true),
    ("--format", true),
    ("--xlsx", false),
    ("--parquet", false),
    ("--quiet", false),
    ("-q", false),
    ("--force", false),
    ("--resume", false),
];

/// The command that this program was started with, without what only decides where and how the result is kept, and without
/// the folders of files, which differ from machine to machine.
pub fn repeated() -> String {
    let arguments: Vec<String> =
        std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    said(&arguments)
}

fn said(arguments: &[String]) -> String {
    let mut words = vec!["partnersim".to_string()];
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let name = argument.split_once('=').map_or(argument.as_str(), |(name, _)| name);
        match ASIDE.iter().find(|(aside, _)| *aside == name) {
            Some((_, true)) if name == argument => _ = rest.next(),
            Some(_) => {}
            None => words.push(quoted(without_folder(argument))),
        }
    }
    words.join(" ")
}

/// The name of a file that is there, without its folder; anything else as it is.
fn without_folder(word: &str) -> &str {
    let path = Path::new(word);
    let name = path.file_name().and_then(|name| name.to_str());
    name.filter(|_| path.is_file()).unwrap_or(word)
}

/// A word as a shell takes it for one.
fn quoted(word: &str) -> String {
    let is_plain = |sign: char| sign.is_alphanumeric() || "-_./=,:%+".contains(sign);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_string(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_decides_nothing_and_folders_are_left_out() {
        let manifest = format!("{}/Cargo.toml", env!("CARGO_MANIFEST_DIR"));
        let words =
            ["run", &manifest, "--out", "x y", "--set", "title='A b'", "--threads=3", "--resume", "-q", "--seed", "4"];
        let words: Vec<String> = words.iter().map(|word| (*word).to_string()).collect();
        assert_eq!(said(&words), "partnersim run Cargo.toml --set 'title='\\''A b'\\''' --seed 4");
    }
}
