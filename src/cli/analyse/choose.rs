//! `partnersim analyse choose`: which policy to take when nobody knows which world it will be.

use super::data::Data;
use super::request::{folder_name, name_of};
use crate::analyse::choosing::Payoffs;
use crate::analyse::choosing::findings::{Choosing, Outcome, Question};
use crate::analyse::choosing::partial::Input;
use crate::analyse::moments::Moments;
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::folder::Folder;
use crate::cli::study::{self, Keeping};
use crate::cli::terminal::{grid, width};
use crate::experiment::quantity::{Quantity, Variable};
use crate::experiment::search::direction;
use crate::import::columns::{Columns, Values};
use crate::model::outcomes::Better;
use crate::output::choosing::{NAMES, sentences, sheets};
use crate::output::figure::{decimals_for, grouped};
use crate::output::optimised::unit;
use crate::output::study::{Request, Study};
use crate::scenario::nearest::suggestion;
use crate::scenario::resolve::digest::hexadecimal;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

const EXAMPLE: &str = "\
Example:
  partnersim analyse choose results/town_worlds --outcome premium,survival \\
      --target premium=0

results/town_worlds is what `partnersim experiment` makes of
scenarios/experiments/town_worlds.toml.";

/// Choose among policies: regret, targets, worst worlds, dominance, value of information
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Arguments {
    #[command(flatten)]
    data: Data,
    /// Column that names the policy
    #[arg(long, value_name = "COLUMN", default_value = "policy")]
    policy: String,
    /// Column that names the world: one draw of what nobody can choose
    #[arg(long, value_name = "COLUMN", default_value = "point")]
    world: String,
    /// What is good enough of an outcome; may be given several times
    #[arg(long, value_name = "OUTCOME=VALUE")]
    target: Vec<String>,
    /// Column with what the policy costs; less is better
    #[arg(long, value_name = "COLUMN")]
    cost: Option<String>,
    /// Outcomes of which less is better, where they are not ours, which are known
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    lower: Vec<String>,
    /// Seed of the resampling
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    keeping: Keeping,
}

/// Runs the command.
///
/// # Errors
/// When the table cannot be read or lacks what was asked about, or the result cannot be written.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let columns = arguments.data.columns()?;
    let question = question(arguments, &columns).map_err(|faults| Failure::Input(faults.join("\nerror: ")))?;
    let request = request(arguments, &columns);
    let path = arguments.keeping.folder(&request.name);
    let files = NAMES.iter().map(|name| format!("{name}.csv")).chain(["data_dictionary.csv".to_string()]);
    let folder = Folder::for_study(&path, &request, files.collect(), arguments.keeping.force)?;
    let found = Choosing::new(&question);
    let study = Study {
        request,
        points: question.worlds.len(),
        replications: 0,
        is_interrupted: false,
        sentences: sentences(&question, &found),
        sheets: sheets(&question, &found),
    };
    study::write(&study, folder, &arguments.keeping)?;
    study::answer(study, &tables(&question, &found), &arguments.keeping, &path)
}

fn request(arguments: &Arguments, columns: &Columns) -> Request {
    let file = &arguments.data.file;
    let mut settings = vec![
        ("table".to_string(), digest(columns)),
        ("policy".to_string(), arguments.policy.clone()),
        ("world".to_string(), arguments.world.clone()),
        ("outcome".to_string(), arguments.data.outcome.join(",")),
        ("inputs".to_string(), arguments.data.inputs.join(",")),
        ("target".to_string(), arguments.target.join(",")),
        ("lower".to_string(), arguments.lower.join(",")),
    ];
    settings.extend(arguments.cost.iter().map(|cost| ("cost".to_string(), cost.clone())));
    Request {
        kind: "choice".to_string(),
        name: folder_name(file, "choice"),
        title: format!("Choosing among policies: {}", name_of(file)),
        question: String::new(),
        scenarios: Vec::new(),
        seed: arguments.seed.to_string(),
        settings,
    }
}

/// SHA-256 of all that a table holds.
fn digest(columns: &Columns) -> String {
    let mut hash = Sha256::new();
    for (name, values) in columns.names.iter().zip(&columns.values) {
        hash.update(format!("{name:?}\n"));
        match values {
            Values::Numbers(numbers) => numbers.iter().for_each(|number| hash.update(number.to_bits().to_le_bytes())),
            Values::Words(words) => words.iter().for_each(|word| hash.update(format!("{word:?}\n"))),
        }
    }
    hexadecimal(&hash.finalize())
}

/// The question that the columns and options put, or all that is wrong with them.
fn question(arguments: &Arguments, columns: &Columns) -> Result<Question, Vec<String>> {
    let mut faults = Vec::new();
    let policies = labels(columns, &arguments.policy, "--policy", &mut faults);
    let worlds = labels(columns, &arguments.world, "--world", &mut faults);
    let targets = targets(&arguments.target, &arguments.data.outcome, &mut faults);
    if arguments.data.outcome.is_empty() {
        faults.push("--outcome says by which columns to judge the policies, as in --outcome premium".to_string());
    }
    for name in arguments.lower.iter().filter(|name| !arguments.data.outcome.contains(name)) {
        faults.push(format!("--lower names `{name}`, which is not among the outcomes of --outcome"));
    }
    let plane = Plane { policies: &policies, worlds: &worlds };
    let mut outcomes = Vec::new();
    for name in &arguments.data.outcome {
        let target = targets.iter().find(|(of, _)| of == name).map(|(_, value)| *value);
        match column_of(columns, name) {
            Ok(column) if faults.is_empty() => outcomes.push(plane.outcome(columns, name, column, arguments, target)),
            Ok(_) => {}
            Err(fault) => faults.push(fault),
        }
    }
    let mut inputs = Vec::new();
    for name in &arguments.data.inputs {
        match columns.get(name.trim()) {
            Some(values) if faults.is_empty() => match plane.input(values) {
                Ok(input) => inputs.push((name.trim().to_string(), input)),
                Err(why) => faults.push(format!("the input `{name}` {why}")),
            },
            Some(_) => {}
            None => faults.push(no_column(columns, name)),
        }
    }
    let cost = arguments.cost.as_ref().and_then(|name| match columns.numbers(name) {
        Ok(_) if faults.is_empty() => Some(plane.cost(columns, name)),
        Ok(_) => None,
        Err(fault) => {
            faults.push(fault);
            None
        }
    });
    if !faults.is_empty() {
        return Err(faults);
    }
    let (policies, worlds) = (policies.names, worlds.names);
    Ok(Question { policies, worlds, outcomes, cost, inputs, seed: arguments.seed })
}

/// What each row is called in one of the columns: the different names in order of appearance, and each row's position among them.
struct Labels {
    names: Vec<String>,
    of_row: Vec<usize>,
}

fn labels(columns: &Columns, name: &str, option: &str, faults: &mut Vec<String>) -> Labels {
    let texts: Vec<String> = match columns.get(name) {
        Some(Values::Words(words)) => words.clone(),
        Some(Values::Numbers(numbers)) => numbers.iter().map(f64::to_string).collect(),
        None => {
            faults.push(format!("{option}: {}", no_column(columns, name)));
            Vec::new()
        }
    };
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let mut labels = Labels { names: Vec::new(), of_row: Vec::new() };
    for (row, text) in texts.iter().enumerate() {
        if text.is_empty() || text == "NaN" {
            // The first row below the headings is the second line of the file.
            faults.push(format!("the column `{name}` is empty in line {}: every row needs its {option}", row + 2));
            return labels;
        }
        let at = *known.entry(text).or_insert_with(|| {
            labels.names.push(text.clone());
            labels.names.len() - 1
        });
        labels.of_row.push(at);
    }
    labels
}

fn no_column(columns: &Columns, name: &str) -> String {
    let names = columns.names.iter().map(String::as_str);
    format!("there is no column `{name}`: {}", suggestion(name, names))
}

/// The targets, each of one of the outcomes.
fn targets(texts: &[String], outcomes: &[String], faults: &mut Vec<String>) -> Vec<(String, f64)> {
    let mut targets = Vec::new();
    for text in texts {
        let parts = text.rsplit_once('=').map(|(name, value)| (name.trim(), value.trim().parse::<f64>()));
        match parts {
            Some((name, Ok(value))) if value.is_finite() => {
                if outcomes.iter().any(|outcome| outcome == name) {
                    targets.push((name.to_string(), value));
                } else {
                    let names = outcomes.iter().map(String::as_str);
                    faults
                        .push(format!("--target names no outcome of --outcome: `{name}`: {}", suggestion(name, names)));
                }
            }
            _ => faults.push(format!("--target {text}: write the outcome and a number, as in --target premium=0")),
        }
    }
    targets
}

/// The column that holds an outcome: by its name, else as the quantity it means, else as its mean.
fn column_of<'c>(columns: &'c Columns, name: &str) -> Result<&'c str, String> {
    let wanted = quantity(name);
    let same = |column: &&String| wanted.is_some() && quantity(column) == wanted;
    let found = columns.names.iter().find(|column| *column == name).or_else(|| columns.names.iter().find(same));
    let column = found.ok_or_else(|| no_column(columns, name))?;
    columns.numbers(column).map(|_| column.as_str())
}

/// What a column of ours means.
fn quantity(column: &str) -> Option<Quantity> {
    let mean = column.strip_prefix("mean_").and_then(|rest| Variable::parse(rest).ok()).map(Quantity::Mean);
    mean.or_else(|| Quantity::parse(column).ok())
}

/// Which policy and world each row is of.
struct Plane<'a> {
    policies: &'a Labels,
    worlds: &'a Labels,
}

impl Plane<'_> {
    fn outcome(
        &self,
        columns: &Columns,
        name: &str,
        column: &str,
        arguments: &Arguments,
        target: Option<f64>,
    ) -> Outcome {
        let known = quantity(column);
        let better = match &known {
            _ if arguments.lower.iter().any(|lower| lower == name) => Better::Lower,
            Some(quantity) => direction::better(quantity),
            None => Better::Higher,
        };
        let of_known = |quantity: &Quantity| match quantity {
            Quantity::Mean(variable) => (variable.title().to_string(), unit(quantity).to_string()),
            _ => (quantity.to_string(), unit(quantity).to_string()),
        };
        let (title, unit) = known.as_ref().map_or((name.to_string(), String::new()), of_known);
        Outcome { name: name.to_string(), title, unit, payoffs: self.payoffs(columns, column, better), target }
    }

    fn cost(&self, columns: &Columns, name: &str) -> Outcome {
        let payoffs = self.payoffs(columns, name, Better::Lower);
        Outcome { name: name.to_string(), title: name.to_string(), unit: String::new(), payoffs, target: None }
    }

    /// The mean of the rows of each world and policy, with its standard error: of a single row the one beside it.
    fn payoffs(&self, columns: &Columns, column: &str, better: Better) -> Payoffs {
        let numbers = columns.numbers(column).unwrap_or_default();
        let beside = [format!("{column}_se"), column.replacen("mean_", "mc_standard_error_", 1)];
        let beside = beside.iter().filter(|name| *name != column).find_map(|name| columns.numbers(name).ok());
        let values = self.cells(|row| numbers[row]);
        let errors = self.cells(|row| beside.map_or(f64::NAN, |beside| beside[row]));
        let mean = |values: &Vec<f64>| Moments::of(values).mean();
        let error = |(values, errors): (&Vec<f64>, &Vec<f64>)| match &errors[..] {
            [one] => *one,
            _ => Moments::of(values).mc_standard_error(),
        };
        let of_each = |world: (&Vec<Vec<f64>>, &Vec<Vec<f64>>)| world.0.iter().zip(world.1).map(error).collect();
        let means: Vec<Vec<f64>> = values.iter().map(|world| world.iter().map(mean).collect()).collect();
        let errors: Vec<Vec<f64>> = values.iter().zip(&errors).map(of_each).collect();
        Payoffs::new(better, &means, &errors)
    }

    /// The numbers of the rows of each world and policy.
    fn cells(&self, of_row: impl Fn(usize) -> f64) -> Vec<Vec<Vec<f64>>> {
        let mut cells = vec![vec![Vec::new(); self.policies.names.len()]; self.worlds.names.len()];
        for (row, (&world, &policy)) in self.worlds.of_row.iter().zip(&self.policies.of_row).enumerate() {
            cells[world][policy].push(of_row(row));
        }
        cells
    }

    /// An input, the same in every row of a world.
    fn input(&self, values: &Values) -> Result<Input, String> {
        let mut first = vec![None; self.worlds.names.len()];
        for (row, &world) in self.worlds.of_row.iter().enumerate() {
            let is_same = |other: usize| match values {
                Values::Numbers(numbers) => numbers[row].to_bits() == numbers[other].to_bits(),
                Values::Words(words) => words[row] == words[other],
            };
            if !is_same(*first[world].get_or_insert(row)) {
                let name = &self.worlds.names[world];
                return Err(format!(
                    "differs between the rows of world {name}: only what describes a world can be known of it"
                ));
            }
        }
        let rows = first.into_iter().flatten();
        Ok(match values {
            Values::Numbers(numbers) => Input::Numbers(rows.map(|row| numbers[row]).collect()),
            Values::Words(words) => {
                let mut different: Vec<&String> = words.iter().collect();
                different.sort();
                different.dedup();
                Input::Groups(rows.map(|row| different.partition_point(|word| *word < &words[row])).collect())
            }
        })
    }
}

/// For each outcome the policies with what matters most.
pub fn tables(question: &Question, found: &Choosing) -> Vec<String> {
    let headings =
        ["Policy", "Mean", "± error", "Worst", "Worst 5 %", "Best in", "Mean regret", "Greatest", "Target met in"];
    let percent =
        |share: f64| if share.is_nan() { "–".to_string() } else { format!("{} %", grouped(100.0 * share, 0)) };
    let each = question.outcomes.iter().zip(&found.outcomes);
    let table = |(outcome, judged): (&Outcome, &crate::analyse::choosing::findings::Judged)| {
        let rows = question.policies.iter().enumerate().map(|(policy, name)| {
            let (mean, regret) = (&judged.means[policy], &judged.regrets[policy]);
            let figures = [mean.value, mean.mc_standard_error, judged.worst[policy], judged.worst_few[policy]];
            let mut row = vec![name.clone()];
            row.extend(figures.map(figure));
            row.push(percent(regret.best.value));
            row.extend([regret.mean.value, regret.maximum].map(figure));
            row.push(judged.satisficing.as_ref().map_or("–".to_string(), |shares| percent(shares[policy].value)));
            row
        });
        let unit = if outcome.unit.is_empty() { String::new() } else { format!(" ({})", outcome.unit) };
        format!("{}{unit}\n{}", outcome.title, grid(&headings, &["Policy"], rows.collect(), width()))
    };
    each.map(table).collect()
}

fn figure(value: f64) -> String {
    if value.is_nan() {
        return "–".to_string();
    }
    let decimals = if value.abs() < 0.1 && value != 0.0 { 4 } else { decimals_for(value) };
    grouped(value, decimals)
}
