//! `partnersim analyse summary`: what each column of a table says by itself.

use super::super::answer::Answer;
use super::super::failure::Failure;
use super::super::folder::Folder;
use super::super::study::{Keeping, answer, write};
use super::super::terminal::{grid, width};
use super::data::{Data, digest, known, numbers};
use super::groups::{Group, groups, of_rows};
use super::request::{Asked, request};
use crate::analyse::bootstrap::{RESAMPLES, Resampling};
use crate::analyse::described::described;
use crate::analyse::findings::CONFIDENCE;
use crate::experiment::{self, Plan, Stopped, Stretch};
use crate::import::columns::{Columns, MISSING, Values};
use crate::output::described::{self, DescribedColumn};
use crate::output::figure::counted;
use crate::output::number;
use crate::output::study::Study;
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

/// Columns of our own tables that say which row it is, and which nobody asks the mean of.
const OF_ROWS: &[&str] = &["replication", "seed", "point"];

/// Describe columns: mean, spread and quantiles, each with its interval
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  partnersim analyse summary results/health_and_social_care \\
      --outcome trust_share,premium_thousand_pounds --by ending")]
pub struct Arguments {
    /// Table with one row an observation (comma, semicolon or tab; point or decimal comma), or the folder of a result
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// Columns to describe, separated by commas [default: all that hold numbers]
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    outcome: Vec<String>,
    /// Column whose values divide the rows into groups
    #[arg(long, value_name = "COLUMN")]
    by: Option<String>,
    /// Also tell the share of values above this
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    target: Option<f64>,
    /// Seed of the resampling
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    keeping: Keeping,
}

/// Runs the command.
///
/// # Errors
/// When the table cannot be read or lacks a column, or the result cannot be written.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let columns = Data { file: arguments.file.clone(), inputs: Vec::new(), outcome: Vec::new() }.columns()?;
    let (outcomes, groups, without) = arguments.chosen(&columns)?;
    let request = request(&Asked {
        kind: "summary",
        file: &arguments.file,
        seed: arguments.seed,
        settings: vec![
            ("data", digest(&columns)),
            ("outcome", outcomes.join(",")),
            ("by", arguments.by.clone().unwrap_or_default()),
            ("target", arguments.target.map(number::text).unwrap_or_default()),
        ],
    });
    let path = arguments.keeping.folder(&request.name);
    let names = vec!["summary.csv".to_string(), "data_dictionary.csv".to_string()];
    let folder = Folder::for_study(&path, &request, names, arguments.keeping.force)?;
    let found = arguments.described(&columns, &outcomes, &groups)?;
    let by = arguments.by.as_deref();
    let mut sentences = described::sentences(&found, arguments.target.is_some());
    if let (Some(by), 1..) = (by, without) {
        let rows = counted(without as u64, "row");
        sentences.push(format!("Left out: {rows} without a value in {by}."));
    }
    if arguments.outcome.is_empty() {
        sentences.extend(of_words(&columns, by));
    }
    sentences.push(super::request::basis(CONFIDENCE));
    let study = Study {
        request,
        points: groups.len(),
        replications: columns.n_rows() as u64,
        is_interrupted: false,
        sentences,
        sheets: vec![described::sheet(&found, by)],
    };
    write(&study, folder, &arguments.keeping)?;
    let table = described::for_people(&found, by, arguments.target.is_some());
    answer(study, &[fitting(table, by, width())], &arguments.keeping, &path)
}

/// Which columns have no mean, so that nobody looks for them in vain.
fn of_words(columns: &Columns, by: Option<&str>) -> Option<String> {
    let told = |(name, values): (&String, &Values)| match values {
        Values::Words(words) if Some(name.as_str()) != by => {
            let word = words.iter().find(|word| !MISSING.contains(&word.as_str()) && !is_number(word));
            Some(word.map_or(format!("{name} (empty)"), |word| format!("{name} (such as {word:?})")))
        }
        _ => None,
    };
    let told: Vec<String> = columns.names.iter().zip(&columns.values).filter_map(told).collect();
    (!told.is_empty()).then(|| format!("Not described, because they hold words: {}.", told.join(", ")))
}

fn is_number(word: &str) -> bool {
    word.parse::<f64>().is_ok()
}

/// The table without the columns for which there is no room.
fn fitting((headings, rows): (Vec<String>, Vec<Vec<String>>), by: Option<&str>, width: usize) -> String {
    let words: Vec<&str> = ["Column"].into_iter().chain(by).collect();
    let without = |gone: &[&str], width: usize| {
        let kept = |k: &usize| !gone.contains(&headings[*k].as_str());
        let of = |row: &Vec<String>| (0..row.len()).filter(kept).map(|k| row[k].clone()).collect::<Vec<_>>();
        let headings = of(&headings);
        let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
        grid(&headings, &words, rows.iter().map(of).collect(), width)
    };
    let fewer: [&[&str]; 3] = [&[], &[described::SD], &[described::SD, described::WITHIN]];
    let fits = |table: &String| table.lines().all(|line| line.chars().count() <= width);
    let fitting = fewer.iter().map(|gone| without(gone, usize::MAX)).find(fits);
    fitting.unwrap_or_else(|| without(fewer[2], width))
}

impl Arguments {
    /// The columns to describe, and the groups with the number of rows that belong to none; all that is wrong with the names at once.
    fn chosen(&self, columns: &Columns) -> Result<(Vec<String>, Vec<Group>, usize), Failure> {
        let all = || Group { name: String::new(), rows: (0..columns.n_rows()).collect() };
        let found = self.by.as_ref().map_or(Ok((vec![all()], 0)), |by| groups(columns, by));
        let outcomes: Vec<String> = if self.outcome.is_empty() {
            let of_numbers = |(name, values): (&String, &Values)| {
                let is_wanted = Some(name) != self.by.as_ref() && !OF_ROWS.contains(&name.as_str());
                (matches!(values, Values::Numbers(_)) && is_wanted).then(|| name.clone())
            };
            columns.names.iter().zip(&columns.values).filter_map(of_numbers).collect()
        } else {
            self.outcome.iter().map(|name| known(columns, name)).collect()
        };
        let mut faults: Vec<String> = outcomes.iter().filter_map(|name| columns.numbers(name).err()).collect();
        if outcomes.is_empty() {
            faults.push("no column of the table holds numbers".to_string());
        }
        match found {
            Ok((groups, without)) if faults.is_empty() => Ok((outcomes, groups, without)),
            found => {
                faults.extend(found.err());
                Err(Failure::Input(faults.join("\nerror: ")))
            }
        }
    }

    /// Each column in each group, on as many threads as asked for.
    fn described(
        &self,
        columns: &Columns,
        outcomes: &[String],
        groups: &[Group],
    ) -> Result<Vec<DescribedColumn>, Failure> {
        let values = numbers(columns, outcomes)?;
        let target = self.target.unwrap_or(0.0);
        let plan =
            Plan { points: outcomes.len() * groups.len(), first: 0, replications: 1, threads: self.keeping.threads() };
        let work = |stretch: Stretch| {
            let (outcome, group) = (stretch.point / groups.len(), &groups[stretch.point % groups.len()]);
            let how = Resampling {
                seed: self.seed,
                stream: stretch.point as u32,
                resamples: RESAMPLES,
                confidence: CONFIDENCE,
            };
            DescribedColumn {
                outcome: outcomes[outcome].clone(),
                group: group.name.clone(),
                target,
                found: described(&of_rows(values[outcome], &group.rows), target, &how),
            }
        };
        let mut found = Vec::with_capacity(plan.points);
        let sink = |_, one| {
            found.push(one);
            Ok::<(), Infallible>(())
        };
        match experiment::run(&plan, &AtomicBool::new(false), &work, sink) {
            Err(Stopped::Fault(fault)) => Err(Failure::fault(&fault)),
            _ => Ok(found),
        }
    }
}
