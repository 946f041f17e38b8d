//! `partnersim trace`: one replication lived again, its story on the terminal and the table behind it in a folder.

use super::answer::{Answer, Format};
use super::diagnostics::{Severity, tell};
use super::failure::Failure;
use super::run::processors;
use super::scenario_arguments::ScenarioArguments;
use super::single_file;
use super::terminal::{width, wrapped};
use crate::analyse::happenings::happenings;
use crate::analyse::standing::standing;
use crate::experiment::{self, Handed, Plan, Stopped, Stretch};
use crate::model::outcomes::{OUTCOMES, Outcome};
use crate::output::figure::{counted, decimals_for, grouped, rounded};
use crate::output::sheet::Sheet;
use crate::output::shown;
use crate::output::story;
use crate::output::trace::{DICTIONARY, NAME, dictionary, sheet};
use crate::scenario::Scenario;
use crate::simulate::trace::{Trace, trace};
use crate::simulate::{Engine, simulate};
use comfy_table::{CellAlignment, LineStyle, Table, presets};
use serde_json::{Value, json};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// Replications that the traced one is compared with at most: enough for words.
const COMPARED: u64 = 1_000;
/// Pairs of partners in all of these together at most: the comparison is to take a moment and no longer.
const COMPARED_PAIRS: u64 = 4_000_000;

/// Why some outcomes have no row.
const HIDDEN: &str = "the same in every replication or in the middle half here";

/// Tell the story of one replication, month by month
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  partnersim trace scenarios/health_and_social_care.toml --replication 17")]
pub struct Arguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// Index of the replication, from 0, as in runs.csv
    #[arg(long, value_name = "N")]
    replication: u64,
    /// Folder for trace.csv, the table behind the story, and its data dictionary
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print nothing but errors and warnings
    #[arg(long, short)]
    quiet: bool,
    /// Overwrite these files if they exist
    #[arg(long)]
    force: bool,
}

/// Runs the command.
///
/// # Errors
/// When the scenario has faults or not so many replications, or the table cannot be written.
pub fn run(arguments: &Arguments, format: Format) -> Result<Answer, Failure> {
    let scenario = arguments.scenario.load()?;
    tell(&scenario.warnings, Severity::Warning);
    if arguments.replication >= scenario.replications {
        return Err(Failure::Input(format!(
            "there is no replication {}: the scenario has {}, counted from 0.\n  Give a lower number, or --replications.",
            arguments.replication,
            counted(scenario.replications, "replication")
        )));
    }
    let trace = trace(&scenario.inputs, scenario.seed, arguments.replication);
    if let Some(folder) = &arguments.out {
        write_files(folder, &scenario, &trace, arguments.force)?;
    }
    if arguments.quiet && format == Format::Text {
        return Ok(Answer::default());
    }
    let others = others(&scenario, arguments.replication)?;
    let text = text(&scenario, &trace, &others, arguments.out.as_deref(), width());
    Ok(data(Answer::text(text), &scenario, &trace, &others)
        .with("folder", arguments.out.as_ref().map(|folder| folder.display().to_string()))
        .quiet(arguments.quiet))
}

/// The same as the text tells, for programs, and the table behind it.
fn data(answer: Answer, scenario: &Scenario, trace: &Trace, others: &[Vec<f64>]) -> Answer {
    let outcomes = OUTCOMES.iter().zip(&trace.outcomes).zip(others).map(|((outcome, value), others)| {
        let standing = standing(*value, others);
        let standing =
            standing.map(|among| json!({ "lower": among.lower, "same": among.same, "higher": among.higher }));
        json!({
            "outcome": outcome.column, "title": outcome.title, "unit": outcome.unit, "value": value,
            "others": others.len(), "among_others": standing,
        })
    });
    let outcomes: Vec<Value> = outcomes.collect();
    answer
        .with("name", scenario.name.clone())
        .with("title", scenario.title.clone())
        .with("question", scenario.question.clone())
        .with("seed", scenario.seed.to_string())
        .with("replication", trace.replication)
        .with("story", story::story(scenario, &happenings(trace)).lines)
        .with("why", story::why(trace))
        .with("beside_twin", story::beside_twin(trace))
        .with("outcomes", outcomes)
        .with("tables", [sheet(scenario, trace)])
}

/// Writes the table and its data dictionary, or neither where one exists that must not be overwritten.
fn write_files(folder: &Path, scenario: &Scenario, trace: &Trace, force: bool) -> Result<(), Failure> {
    let [table, meanings] = [NAME, DICTIONARY].map(|name| folder.join(name));
    single_file::refuse_existing(&table, force)?;
    single_file::refuse_existing(&meanings, force)?;
    fs::create_dir_all(folder).map_err(|error| Failure::files("make the folder", folder, &error))?;
    for (path, sheet) in [(&meanings, dictionary()), (&table, sheet(scenario, trace))] {
        let text = text_of(&sheet).map_err(|error| Failure::files("write", path, &error))?;
        single_file::write(path, &text, force)?;
    }
    Ok(())
}

fn text_of(sheet: &Sheet) -> io::Result<String> {
    let mut bytes = Vec::new();
    sheet.write_csv(&mut bytes)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// `others[outcome]`: what the first replications of the scenario gave, but for the one that is traced.
fn others(scenario: &Scenario, traced: u64) -> Result<Vec<Vec<f64>>, Failure> {
    let engine = Engine::best(scenario.inputs.partners.len());
    let replications = scenario.replications.min(compared(scenario));
    let plan = Plan { points: 1, first: 0, replications, threads: processors() };
    let work =
        |stretch: Stretch| simulate(&scenario.inputs, scenario.seed, stretch.first, stretch.size, engine).outcomes;
    let mut others = vec![Vec::new(); OUTCOMES.len()];
    // Those that cannot be computed are no company.
    let sink = |_, handed: Handed<Vec<Vec<f64>>>| {
        for (stretch, block) in handed.sound {
            for (column, part) in others.iter_mut().zip(block) {
                let numbered = (stretch.first..).zip(part);
                column.extend(numbered.filter(|(replication, _)| *replication != traced).map(|(_, value)| value));
            }
        }
        Ok::<(), ()>(())
    };
    match experiment::run_past_faults(&plan, &AtomicBool::new(false), &work, sink) {
        Err(Stopped::Fault(fault)) => Err(Failure::fault(&fault)),
        Err(Stopped::Sink(())) | Ok(_) => Ok(others),
    }
}

/// How many to compare with: fewer of a large partnership.
fn compared(scenario: &Scenario) -> u64 {
    let n_partners = scenario.inputs.partners.len() as u64;
    (COMPARED_PAIRS / (n_partners * n_partners).max(1)).clamp(20, COMPARED)
}

/// Question, story, outcomes, the twin, and where the table is.
fn text(scenario: &Scenario, trace: &Trace, others: &[Vec<f64>], folder: Option<&Path>, width: usize) -> String {
    let lines = |lines: &[String]| lines.iter().map(|line| wrapped(line, width, "  ")).collect::<Vec<_>>().join("\n");
    let story = story::story(scenario, &happenings(trace));
    let told = match story.left_out {
        0 => lines(&story.lines),
        n => format!("{}\n{}", lines(&story.lines), wrapped(&left_out(n, folder), width, "  ")),
    };
    let heading = [&scenario.title, &scenario.question].into_iter().filter(|text| !text.is_empty());
    let file = folder.map(|folder| format!("\nThe table behind this is {}.\n", folder.join(NAME).display()));
    format!(
        "{}\nReplication {}, seed {}.\n\n{told}\n\n{}{}\n\n{}\n{}",
        heading.map(|text| wrapped(text, width, "")).collect::<Vec<_>>().join("\n"),
        trace.replication,
        scenario.seed,
        story::why(trace).map_or_else(String::new, |why| wrapped(&why, width, "  ") + "\n\n"),
        table(trace, others),
        lines(&story::beside_twin(trace)),
        file.unwrap_or_default()
    )
}

fn left_out(n: usize, folder: Option<&Path>) -> String {
    let place = if folder.is_some() { "the table below" } else { "the table that --out DIR writes" };
    format!("Lesser things are left out here, {}: they can be read from {place}.", counted(n as u64, "line"))
}

/// The outcomes, each with where it lies among the other replications.
fn table(trace: &Trace, others: &[Vec<f64>]) -> String {
    let n = others.first().map_or(0, Vec::len) as u64;
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none()));
    table.set_header(["Outcome", "Here", "Unit", &format!("Among {}", counted(n, "other"))]);
    let mut hidden = 0;
    for ((outcome, value), others) in OUTCOMES.iter().zip(&trace.outcomes).zip(others) {
        let standing = standing(*value, others);
        let differs = others.is_empty() || others.iter().any(|other| other != value);
        if !shown::has_row(outcome, differs && standing.as_ref().is_none_or(story::stands_out)) {
            hidden += 1;
            continue;
        }
        let place = standing.map_or_else(String::new, |standing| story::place(&standing));
        let [value, unit] = figure(outcome, *value);
        table.add_row([outcome.title, &value, &unit, &place]);
    }
    if let Some(column) = table.column_mut(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let left_out = shown::left_out(hidden, HIDDEN).map_or_else(String::new, |told| format!("\n{told}"));
    table.to_string().lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + &left_out
}

/// A value and its unit, as few characters as say it.
fn figure(outcome: &Outcome, value: f64) -> [String; 2] {
    let is_counted = value.fract() == 0.0 && !outcome.unit.contains("share");
    let decimals = if is_counted { 0 } else { decimals_for(value) };
    match outcome.unit {
        "0 or 1" => [if value > 0.0 { "yes" } else { "no" }.to_string(), String::new()],
        "thousand pounds" => [grouped(rounded(value), decimals), "£ thousand".to_string()],
        unit => [grouped(rounded(value), decimals), unit.to_string()],
    }
}
