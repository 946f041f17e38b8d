//! The walk of `docs/what-if.md` as an analyst follows it: every command runs, and what is shown of its output is in it.
//!
//! `PARTNERSIM_REFRESH=1 cargo test --test pages what_if` writes anew what the page shows.

use crate::walk::{commands, fresh_copy, page, printed, rewrite, words};
use std::fs;
use std::path::Path;

const PAGE: &str = "docs/what-if.md";

/// What stands before an excerpt: which parts of what the last command above prints, separated by bars. `A` is the line that has A in it
/// with the indented lines that go on from it; `A .. B` all from that line to the end of what has B in it.
const SHOWS: &str = "<!-- shows: ";

/// What stands before a file that the reader is asked to write.
const FILE: &str = "<!-- file: ";

/// The part of a page between a mark and the end of the fence below it: the words of the mark, and what the fence holds.
fn marked<'p>(page: &'p str, mark: &str) -> Vec<(&'p str, &'p str, &'p str)> {
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
fn excerpt(output: &str, wanted: &str) -> String {
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

fn followed(folder: &Path, page: &str) -> Vec<(String, String)> {
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

#[test]
fn every_command_of_the_walk_runs_and_prints_what_the_page_shows() {
    let page = page(PAGE);
    let folder = fresh_copy();
    let outputs = followed(folder.path(), &page);
    let mut fresh = page.clone();
    for (above, wanted, held) in marked(&page, SHOWS) {
        let (command, output) = &outputs[commands(above).len() - 1];
        let really = excerpt(output, wanted);
        let mark = format!("{SHOWS}{wanted} -->\n```text\n");
        fresh = fresh.replace(&format!("{mark}{held}```\n"), &format!("{mark}{really}```\n"));
        assert!(
            held == really || std::env::var_os("PARTNERSIM_REFRESH").is_some(),
            "{PAGE} no longer shows what `{command}` prints, which is:\n{really}\n\
             Write it there with: PARTNERSIM_REFRESH=1 cargo test --test pages what_if"
        );
    }
    if fresh != page {
        rewrite(PAGE, &fresh);
    }
    assert_concluded(&page, folder.path());
}

/// Of each world of the experiment its effectiveness and what the premium is under a policy, less what it is as planned.
fn gains(folder: &Path, policy: &str) -> Vec<(f64, f64)> {
    let mut table = csv::Reader::from_path(folder.join("results/question/points.csv")).unwrap();
    let headers = table.headers().unwrap().clone();
    let at = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    let number = |row: &csv::StringRecord, name: &str| row[at(name)].parse::<f64>().unwrap();
    let of = |policy: &str| rows.iter().filter(|row| &row[at("policy")] == policy).cloned().collect::<Vec<_>>();
    let pairs = of(policy).into_iter().zip(of("as planned"));
    pairs
        .map(|(row, base)| (number(&row, "effectiveness"), number(&row, "premium") - number(&base, "premium")))
        .collect()
}

/// Whether what the page would tell the minister is still what the experiment says.
fn assert_concluded(page: &str, folder: &Path) {
    let share = |of: &[(f64, f64)], holds: fn(f64) -> bool| {
        of.iter().filter(|(_, gain)| holds(*gain)).count() as f64 / of.len() as f64
    };
    let mean = |of: &[(f64, f64)]| of.iter().map(|(_, gain)| gain).sum::<f64>() / of.len() as f64;
    let [pool, facilitator, both, fewer] =
        ["pool more", "facilitator", "both", "fewer"].map(|name| gains(folder, name));
    let poor: Vec<(f64, f64)> = pool.iter().filter(|(effectiveness, _)| *effectiveness < 0.5).copied().collect();
    let told = [
        ("in four of five worlds", (0.7..0.9).contains(&share(&pool, |gain| gain > 0.0))),
        ("Both together do better on average than either", mean(&both) > mean(&pool).max(mean(&facilitator))),
        ("loses more than it saves", mean(&fewer) < 0.0),
        ("pooling more makes it worse", share(&poor, |gain| gain < 0.0) > 0.9),
    ];
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    for (sentence, holds) in told {
        assert!(page.contains(sentence), "{PAGE} no longer says `{sentence}`: let this test follow its words");
        assert!(holds, "{PAGE} says `{sentence}`, and it is so no longer");
    }
}

#[test]
fn an_excerpt_holds_what_was_asked_for_and_tells_where_something_is_left_out() {
    let output = "Head\n\nFirst goes\n  on\nSecond\n  too\nThird\n";
    assert_eq!(excerpt(output, "First | Second"), "First goes\n  on\nSecond\n  too\n");
    assert_eq!(excerpt(output, "Head | Third"), "Head\n…\nThird\n");
    assert_eq!(excerpt(output, "First .. Second"), "First goes\n  on\nSecond\n  too\n");
}
