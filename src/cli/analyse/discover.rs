//! `partnersim analyse discover`: in which rows of a table something happens, in terms of what was varied.

use super::super::answer::Answer;
use super::super::discovery::{Question, SHEETS, Searching, check, conclude, question};
use super::super::failure::Failure;
use super::super::folder::Folder;
use super::super::interrupt;
use super::super::study::{self, Keeping};
use super::data::Data;
use super::request::{folder_name, name_of};
use super::when::When;
use crate::analyse::discovery::worlds::{Values, Worlds};
use crate::import::columns::{Columns, Values as Column};
use crate::output::study::Request;
use crate::scenario::nearest::suggestion;
use crate::scenario::resolve::digest::hexadecimal;
use sha2::{Digest, Sha256};

const EXAMPLES: &str = "\
Examples:
  partnersim analyse discover results/health_and_social_care --when failed
  partnersim analyse discover table.csv --inputs rain,slope \\
      --outcome yield --when '< 2.5'";

/// Say in plain words in which rows of a table something happens
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    data: Data,
    /// What happens: a column held against a number or a word, as in 'premium < 0' or 'ending = closed'; the sign and the number
    /// alone with --outcome; a column of yes and no alone; in the folder of a run also `failed`
    #[arg(long, value_name = "CONDITION", allow_hyphen_values = true)]
    when: Option<String>,
    /// Seed of the resampling
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    searching: Searching,
    #[command(flatten)]
    keeping: Keeping,
}

/// Runs the command.
///
/// # Errors
/// When the table cannot be read or lacks what was asked about, or the result cannot be written.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let columns = arguments.data.columns()?;
    let when = When::parse(&columns, arguments.when.as_deref(), &arguments.data.outcome);
    let inputs = arguments.data.input_names().and_then(|names| inputs(&columns, names));
    let (when, (names, inputs)) = match (when, inputs) {
        (Ok(when), Ok(inputs)) => (when, inputs),
        (Err(one), Err(Failure::Input(other))) => return Err(Failure::Input(format!("{one}\nerror: {other}"))),
        (Err(fault), _) => return Err(Failure::Input(fault)),
        (_, Err(fault)) => return Err(fault),
    };
    if names.contains(&when.column) {
        return Err(Failure::Input(format!("`{}` is what is asked about, and cannot be an input too.", when.column)));
    }
    let (worlds, left_out) = complete(&inputs, &when.happens);
    let (names, worlds, constant) = varied(names, worlds);
    let noun = arguments.data.noun();
    let mut notes = Vec::new();
    if left_out > 0 {
        notes.push(format!("{left_out} {noun}s lack a value and were left out."));
    }
    if !constant.is_empty() {
        notes.push(format!("The same in every {noun}, and so no part of this: {}.", constant.join(", ")));
    }
    if names.is_empty() {
        return Err(Failure::Input(format!(
            "no input differs between the {noun}s, so there is nothing to tell them apart by."
        )));
    }
    let request = request(arguments, &when, &names, &worlds);
    let defaults = arguments.data.defaults(&names);
    let question = Question { when: when.words, noun, names: &names, defaults, notes };
    check(&worlds, &question)?;
    let keeping = &arguments.keeping;
    let path = keeping.folder(&request.name);
    let interrupt = interrupt::watch()?;
    let folder = Folder::for_study(&path, &request, SHEETS.map(str::to_string).to_vec(), keeping.force)?;
    let options = arguments.searching.options(arguments.seed, keeping.threads());
    let (study, tables) = conclude(&worlds, &question, request, &options, &interrupt)?;
    study::write(&study, folder, keeping)?;
    study::answer(study, &tables, keeping, &path)
}

fn request(arguments: &Arguments, when: &When, names: &[String], worlds: &Worlds) -> Request {
    let mut settings = vec![
        ("when".to_string(), when.words.clone()),
        ("inputs".to_string(), names.join(",")),
        ("data".to_string(), digest(worlds)),
    ];
    settings.extend(arguments.searching.settings());
    Request {
        kind: "discovery".to_string(),
        title: format!("Discovery in {}", name_of(&arguments.data.file)),
        name: folder_name(&arguments.data.file, "discovery"),
        question: question(&when.words, arguments.data.noun()),
        scenarios: Vec::new(),
        seed: arguments.seed.to_string(),
        settings,
    }
}

/// SHA-256 of the values, so that the result of another table is not taken for this one's.
fn digest(worlds: &Worlds) -> String {
    let mut hash = Sha256::new();
    for values in &worlds.inputs {
        match values {
            Values::Numbers(numbers) => numbers.iter().for_each(|number| hash.update(number.to_bits().to_le_bytes())),
            Values::Words { words, of } => {
                hash.update(format!("{words:?}"));
                of.iter().for_each(|word| hash.update(word.to_le_bytes()));
            }
        }
    }
    worlds.cases.iter().for_each(|case| hash.update([u8::from(*case)]));
    hexadecimal(&hash.finalize())
}

/// The columns of the inputs; every one that is missing is told.
fn inputs(columns: &Columns, named: Vec<String>) -> Result<(Vec<String>, Vec<&Column>), Failure> {
    let mut names: Vec<String> = Vec::new();
    // Named twice it is still one input.
    named.into_iter().for_each(|name| {
        if !names.contains(&name) {
            names.push(name);
        }
    });
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for name in &names {
        match columns.get(name) {
            Some(column) => found.push(column),
            None => {
                let known = suggestion(name, columns.names.iter().map(String::as_str));
                faults.push(format!("there is no column `{name}`: {known}"));
            }
        }
    }
    if faults.is_empty() { Ok((names, found)) } else { Err(Failure::Input(faults.join("\nerror: "))) }
}

/// The rows in which nothing is missing, and how many that leaves out.
fn complete(inputs: &[&Column], happens: &[Option<bool>]) -> (Worlds, usize) {
    let is_known = |row: usize| {
        let known = |column: &&Column| match column {
            Column::Numbers(numbers) => !numbers[row].is_nan(),
            Column::Words(words) => !words[row].is_empty(),
        };
        happens[row].is_some() && inputs.iter().all(known)
    };
    let rows: Vec<usize> = (0..happens.len()).filter(|row| is_known(*row)).collect();
    let values = |column: &&Column| match column {
        Column::Numbers(numbers) => Values::Numbers(rows.iter().map(|row| numbers[*row]).collect()),
        Column::Words(words) => Values::words(&rows.iter().map(|row| words[*row].clone()).collect::<Vec<_>>()),
    };
    let cases = rows.iter().map(|row| happens[*row] == Some(true)).collect();
    (Worlds { inputs: inputs.iter().map(values).collect(), cases }, happens.len() - rows.len())
}

/// The inputs that differ between rows, and the names of those that do not.
fn varied(names: Vec<String>, worlds: Worlds) -> (Vec<String>, Worlds, Vec<String>) {
    let varies = |values: &Values| match values {
        Values::Numbers(numbers) => numbers.iter().any(|number| *number != numbers[0]),
        Values::Words { words, .. } => words.len() > 1,
    };
    let (mut kept, mut inputs, mut constant) = (Vec::new(), Vec::new(), Vec::new());
    for (name, values) in names.into_iter().zip(worlds.inputs) {
        if varies(&values) {
            kept.push(name);
            inputs.push(values);
        } else {
            constant.push(name);
        }
    }
    (kept, Worlds { inputs, cases: worlds.cases }, constant)
}
