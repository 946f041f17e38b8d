//! The README as a new user follows it: every command runs, and what it is said to print is what it prints.
//!
//! `PARTNERSIM_REFRESH=1 cargo test --test pages readme` writes what is printed into the README instead of comparing it.

use crate::results;
use crate::walk::{commands, fresh_copy, is_refreshed, page, printed, rewrite, root, words};
use std::fs;
use std::path::Path;

/// Commands that build or test the program, which no test should do within itself.
const NOT_RUN: &[&str] = &[
    "cargo test --workspace",
    "partnersim play",
    "partnersim play --save playground.html",
    "cargo bench",
    "cargo xtask playground",
    "cargo build --release",
    "cargo install --path . --locked",
    ".ci/run",
];

/// What stands before a command whose output is shown in the fence below it.
const SHOWN: &str = "<!-- prints: ";

/// Replications of a run whose output is not shown.
const FEW: &str = "200";

/// The table that the README imports from: the columns of CORDIS with made-up organisations.
const ORGANISATIONS: &str = "\
projectID;projectAcronym;name;shortName;activityType;role;order;geolocation;ecContribution;netEcContribution;totalCost;endOfParticipation
633379;DEMO;University of A;A;HES;coordinator;1;51.5,-0.1;420000,5;420000,5;420000,5;False
633379;DEMO;B Ltd;B;PRC;participant;2;48.9,2.3;210000;210000;300000;False
";

/// What was observed of partnerships like the one in the README.
const OBSERVED: &str = "measure,month,value,standard_error\nsurvival,24,0.93,0.05\nsurvival,84,0.5,0.09\n";

/// A table made elsewhere: semicolons, decimal commas, a cell that is missing.
const SURVEY: &str = "\
place;partners;facilitator;trust;months;ended
Ashby;8;no;0,48;41;1
Brook;6;yes;0,61;84;0
Carne;7;no;;84;0
Dale;5;no;0,55;37;1
Elm;9;yes;0,58;84;0
Ford;8;no;0,44;29;1
Glen;4;yes;0,66;84;0
";

/// A command with the output that the README shows of it.
struct Shown {
    command: String,
    output: String,
}

/// A page taken apart: its beginning, and for each output shown the command, the output and what follows.
fn taken_apart(page: &str) -> (&str, Vec<(Shown, &str)>) {
    let mut parts = page.split(SHOWN);
    let beginning = parts.next().unwrap();
    let shown = parts.map(|part| {
        let (command, rest) = part.split_once(" -->\n```text\n").expect("a fence follows the mark");
        let (output, rest) = rest.split_once("```\n").expect("the fence ends");
        (Shown { command: command.to_string(), output: output.to_string() }, rest)
    });
    (beginning, shown.collect())
}

/// The same page with other outputs.
fn put_together(page: &str, output: impl Fn(&str) -> String) -> String {
    let (mut text, shown) = (taken_apart(page).0.to_string(), taken_apart(page).1);
    for (Shown { command, .. }, rest) in shown {
        text.push_str(&format!("{SHOWN}{command} -->\n```text\n{}```\n{rest}", output(&command)));
    }
    text
}

/// Runs one command of the README and gives what it printed.
fn run(folder: &Path, command: &str, is_shown: bool) -> String {
    let arguments = ["cargo run --release -- ", "partnersim "].iter().find_map(|program| command.strip_prefix(program));
    let arguments = arguments.unwrap_or_else(|| panic!("`{command}` is neither run nor named in NOT_RUN"));
    let mut arguments = words(arguments);
    let settled = ["--replications", "--precision", "--resume"].iter().any(|option| command.contains(option));
    if arguments[0] == "run" && !is_shown && !settled {
        arguments.extend(["--replications", FEW].map(str::to_string));
    }
    printed(folder, command, &arguments)
}

#[test]
fn every_command_runs_and_prints_what_the_readme_shows() {
    let page = page("README.md");
    let shown: Vec<Shown> = taken_apart(&page).1.into_iter().map(|(shown, _)| shown).collect();
    let folder = fresh_copy();
    fs::write(folder.path().join("organization.csv"), ORGANISATIONS).unwrap();
    fs::write(folder.path().join("observed.csv"), OBSERVED).unwrap();
    fs::write(folder.path().join("survey.csv"), SURVEY).unwrap();
    let run = commands(&page).into_iter().filter(|command| !NOT_RUN.contains(&command.as_str())).map(|command| {
        let is_shown = shown.iter().any(|shown| shown.command == command);
        let output = run(folder.path(), &command, is_shown);
        Shown { command, output }
    });
    let run: Vec<Shown> = run.collect();
    let output = |command: &str| {
        let found = run.iter().find(|run| run.command == command);
        found.unwrap_or_else(|| panic!("the output of `{command}` is shown, and it stands in no block")).output.clone()
    };
    assert_told(folder.path());
    if is_refreshed() {
        rewrite("README.md", &put_together(&page, output));
        return;
    }
    assert_explained(&page, folder.path());
    for Shown { command, output: claimed } in &shown {
        let really = output(command);
        assert!(
            *claimed == really,
            "README.md no longer shows what `{command}` prints, which is:\n{really}\n\
             Write it there with: PARTNERSIM_REFRESH=1 cargo test --test pages readme"
        );
    }
}

/// Folders that the tour fills, each with the chapter of docs/results.md that tells of its tables.
const FILLED: &[(&str, &str)] = &[
    ("health_and_social_care", "run"),
    ("pool_or_fewer", "compare"),
    ("switch", "threshold"),
    ("where_it_fails", "discover"),
    ("where_it_failed", "discover"),
    ("worlds", "experiment"),
    ("what_matters", "analyse sensitivity"),
    ("which_policy", "analyse choose"),
    ("levers", "optimise"),
    ("fitted", "calibrate"),
    ("by_ending", "analyse summary"),
    ("survey_comparison", "analyse compare"),
    ("replication_17", "trace"),
];

/// Whether docs/results.md tells of every table that the tour leaves.
fn assert_told(folder: &Path) {
    for (result, chapter) in FILLED {
        results::hold(&folder.join("results").join(result), chapter);
    }
}

/// Every value of a column of the first result.
fn column(folder: &Path, name: &str) -> Vec<f64> {
    let mut table = csv::Reader::from_path(folder.join("results/health_and_social_care/runs.csv")).unwrap();
    let position = table.headers().unwrap().iter().position(|header| header == name).unwrap();
    table.records().map(|row| row.unwrap()[position].parse().unwrap()).collect()
}

/// Whether the sentences in which the README explains the first result still tell it.
fn assert_explained(page: &str, folder: &Path) {
    let of_all = |values: &[f64], holds: fn(f64) -> bool| {
        values.iter().filter(|value| holds(**value)).count() as f64 / values.len() as f64
    };
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let premium = column(folder, "premium_thousand_pounds");
    let value = column(folder, "value_delivered_thousand_pounds");
    let told = [
        ("about seven in ten are still at work", of_all(&column(folder, "alive_at_horizon"), |x| x > 0.0), 0.66..0.74),
        ("About seven in ten do better", of_all(&premium, |x| x > 0.0), 0.66..0.74),
        ("about 2 % of what is delivered", mean(&premium) / mean(&value), 0.015..0.025),
        (
            "in about one in six the joint",
            of_all(&column(folder, "net_value_thousand_pounds"), |x| x <= 0.0),
            0.14..0.195,
        ),
    ];
    // Where lines break is not the point.
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    for (sentence, share, range) in told {
        assert!(page.contains(sentence), "README.md no longer says `{sentence}`: let this test follow its words");
        assert!(range.contains(&share), "README.md says `{sentence}`, and it is {share}: say it anew");
    }
}

#[test]
fn the_readme_opens_with_the_two_commands_and_shows_what_the_first_prints() {
    let page = page("README.md");
    let commands = commands(&page);
    assert_eq!(commands[0], "cargo run --release -- run scenarios/health_and_social_care.toml");
    assert_eq!(commands[1], "cargo test --workspace");
    assert_eq!(taken_apart(&page).1[0].0.command, commands[0]);
    for name in NOT_RUN {
        assert!(commands.iter().any(|command| command == name), "`{name}` is no longer in the README");
    }
}

#[test]
fn a_page_put_together_from_its_parts_is_the_page() {
    let page = page("README.md");
    let shown = taken_apart(&page).1;
    let output = |command: &str| shown.iter().find(|(shown, _)| shown.command == command).unwrap().0.output.clone();
    assert_eq!(put_together(&page, output), page);
}

#[test]
fn every_link_between_the_documents_leads_somewhere() {
    let pages = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"].map(Path::new).map(Path::to_path_buf);
    let docs =
        fs::read_dir(root().join("docs")).unwrap().flatten().map(|entry| Path::new("docs").join(entry.file_name()));
    for path in pages.into_iter().chain(docs.filter(|path| path.extension().is_some_and(|ending| ending == "md"))) {
        let text = fs::read_to_string(root().join(&path)).unwrap();
        let links = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
        for link in links.filter(|link| !link.is_empty() && !link.contains("://")) {
            let target = root().join(path.parent().unwrap()).join(link);
            assert!(target.exists(), "{} links to {link}, which does not exist", path.display());
        }
    }
}
