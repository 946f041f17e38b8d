//! `partnersim analyse sensitivity`: which inputs the outcomes of a table depend on.

use super::data::Data;
use super::points::{About, Observed, points};
use super::variables::{Input, Measured, complete_rows, factors, input_names, missing, of_rows, request};
use crate::analyse::sensitivity::resampling::Resampling;
use crate::analyse::sensitivity::variance::split;
use crate::analyse::sensitivity::{Method, noise_share, of, sobol};
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::folder::Folder;
use crate::cli::study::{Keeping, answer, write};
use crate::cli::terminal::{grid, width};
use crate::import::columns::{Columns, Values};
use crate::output::figure::counted;
use crate::output::sensitivity::{
    Found, SHEETS, Source, headings, noise_sentence, rows, sentences, sheets, source_sentence,
};
use crate::output::study::Study;

/// Methods for any table.
const USUAL: [Method; 3] = [Method::Rank, Method::Delta, Method::Pawn];

const HELP: &str = "Examples:
  partnersim analyse sensitivity survey.csv \\
      --inputs size,form,trust --outcome survived
  partnersim analyse sensitivity saltelli.csv \\
      --inputs a,b,c --outcome y --method sobol
  partnersim analyse sensitivity results/forum_choices --outcome premium \\
      --method rank --choices meetings,rule,pooled

rank, delta and pawn take the rows of any design; morris and sobol need rows in
the order of their design: trajectories of one row more than there are inputs,
and groups of A, A with each input of B in turn (then B with each of A), B.

Rows that repeat the same inputs, or a column of standard errors with the number
of replications, let the variance be split into luck, what is not known, and
what one can choose.";

/// Tell which inputs an outcome depends on
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub struct Arguments {
    #[command(flatten)]
    data: Data,
    /// Methods, separated by commas: rank, delta, pawn, morris, sobol [default: rank,delta,pawn, as far as there are rows enough]
    #[arg(long, value_name = "METHODS", value_delimiter = ',', value_parser = method)]
    method: Vec<Method>,
    /// Those of the inputs that one can choose; the others are what is not known
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    choices: Vec<String>,
    /// Columns with the standard errors of the outcomes, in their order
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    se: Vec<String>,
    /// Column with the number of replications behind each row
    #[arg(long, value_name = "COLUMN")]
    n: Option<String>,
    /// Resamples behind the intervals [default: 1000, delta 200; of more than 5,000 rows pawn 100, delta 50, of more than 200,000 both 20]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=100_000))]
    bootstrap: Option<u32>,
    /// Confidence of the intervals
    #[arg(long, value_name = "SHARE", default_value_t = 0.95, value_parser = confidence)]
    confidence: f64,
    /// Seed of the resampling
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    keeping: Keeping,
}

fn method(text: &str) -> Result<Method, String> {
    let found = Method::ALL.into_iter().find(|method| method.name() == text.trim());
    let names = Method::ALL.map(Method::name);
    found.ok_or_else(|| crate::scenario::nearest::suggestion(text, names))
}

fn confidence(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|share| (0.5..1.0).contains(share));
    number.ok_or_else(|| "a share of at least 0.5 and below 1 is needed, such as 0.95".to_string())
}

/// What the command is about.
struct Question {
    columns: Columns,
    inputs: Vec<Input>,
    outcomes: Vec<Measured>,
    n: Option<Vec<f64>>,
}

/// Runs the command.
///
/// # Errors
/// When the table lacks what was asked about or does not fit the method, or the result cannot be written.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let question = arguments.question()?;
    let settings = arguments.settings(&question);
    let request = request("sensitivity", &arguments.data, &question.columns, arguments.seed, settings);
    let path = arguments.keeping.folder(&request.name);
    let mut sentences_told = notes(&question);
    let (found, left_out) = arguments.found(&question)?;
    sentences_told.extend(left_out);
    let sources = arguments.sources(&question);
    if arguments.data.is_experiment() && arguments.data.file.join("variance.csv").is_file() {
        sentences_told.push(
            "What the variance comes from stands in variance.csv of the experiment, which knows what luck its points share.".to_string(),
        );
    }
    let names = SHEETS.iter().map(|name| format!("{name}.csv")).collect();
    let folder = Folder::for_study(&path, &request, names, arguments.keeping.force)?;
    if let Some(one) = found.iter().find(|one| one.n_repeating > 0) {
        sentences_told.push(format!(
            "{} repeat {}: each point counts once, with its mean.",
            counted(one.n_repeating as u64, "row"),
            counted(one.n_rows as u64, "point")
        ));
    }
    for outcome in &question.outcomes {
        let of_outcome = || found.iter().filter(|one| one.outcome == outcome.name);
        sentences_told.extend(of_outcome().flat_map(sentences));
        sentences_told.extend(of_outcome().find_map(noise_sentence));
    }
    sentences_told.extend(sources.iter().map(source_sentence));
    let study = Study {
        request,
        points: question.columns.n_rows(),
        replications: 1,
        is_interrupted: false,
        sentences: sentences_told,
        sheets: sheets(&found, &sources),
    };
    write(&study, folder, &arguments.keeping)?;
    let tables: Vec<String> = found.iter().map(table).collect();
    answer(study, &tables, &arguments.keeping, &path)
}

fn table(found: &Found) -> String {
    let title = format!("{}, by {}", found.outcome, found.method.name());
    let grid = grid(&headings(found), &["Input", "weight"], rows(found), width());
    format!("{title}\n{grid}")
}

/// What a reader must know of the columns.
fn notes(question: &Question) -> Vec<String> {
    let mut notes = Vec::new();
    for input in question.inputs.iter().filter(|input| !input.levels.is_empty()) {
        notes.push(format!(
            "{} holds words; they stand in the order {}, on which the rank correlations depend.",
            input.name,
            input.levels.join(", ")
        ));
    }
    for input in question.inputs.iter().filter(|input| input.is_constant()) {
        notes.push(format!("{} is the same in every row, so nothing can be said of it.", input.name));
    }
    notes
}

impl Arguments {
    /// The columns asked about; every one that is missing is told.
    fn question(&self) -> Result<Question, Failure> {
        let columns = self.data.columns()?;
        let mut faults = Vec::new();
        let mut keep = |fault: String| {
            if !faults.contains(&fault) {
                faults.push(fault)
            }
        };
        let names = input_names(&self.data, &columns)?;
        let inputs: Vec<Input> =
            names.iter().filter_map(|name| Input::find(&columns, name).map_err(&mut keep).ok()).collect();
        if self.data.outcome.is_empty() {
            keep("no outcome is named: say with --outcome which columns were measured".to_string());
        }
        if !self.se.is_empty() && self.se.len() != self.data.outcome.len() {
            keep(format!(
                "--se names {} columns for {} outcomes: give one for each",
                self.se.len(),
                self.data.outcome.len()
            ));
        }
        let outcomes = self.data.outcome.iter().enumerate().filter_map(|(place, name)| {
            let error = self.se.get(place).map(String::as_str);
            Measured::find(&columns, name, error).map_err(&mut keep).ok()
        });
        let outcomes: Vec<Measured> = outcomes.collect();
        for name in
            self.choices.iter().map(|name| name.trim()).filter(|name| !names.iter().any(|input| input.trim() == *name))
        {
            keep(match columns.get(name) {
                Some(_) => format!("`{name}` is chosen but no input: name it under --inputs too"),
                None => missing(&columns, name),
            });
        }
        let n = self.n.as_ref().and_then(|name| columns.numbers(name).map(<[f64]>::to_vec).map_err(&mut keep).ok());
        if !inputs.is_empty() && inputs.iter().all(Input::is_constant) {
            keep("every input is the same in every row, so nothing can be said of any".to_string());
        }
        if !faults.is_empty() {
            return Err(Failure::Input(faults.join("\nerror: ")));
        }
        Ok(Question { columns, inputs, outcomes, n })
    }

    fn settings(&self, question: &Question) -> Vec<(String, String)> {
        let names = question.inputs.iter().map(|input| input.name.as_str()).collect::<Vec<_>>().join(", ");
        let methods = self.methods().iter().map(|method| method.name()).collect::<Vec<_>>().join(", ");
        let mut settings = vec![
            ("inputs".to_string(), names),
            ("outcomes".to_string(), self.data.outcome.join(", ")),
            ("methods".to_string(), methods),
            ("confidence".to_string(), self.confidence.to_string()),
        ];
        settings.extend(self.bootstrap.map(|resamples| ("bootstrap".to_string(), resamples.to_string())));
        let given = [
            ("choices", self.choices.join(", ")),
            ("se", self.se.join(", ")),
            ("n", self.n.clone().unwrap_or_default()),
        ];
        settings.extend(
            given.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (key.to_string(), value)),
        );
        settings
    }

    fn resampling(&self, method: Method, n_rows: usize) -> Resampling {
        let resamples = self.bootstrap.unwrap_or(method.resamples(n_rows));
        Resampling { resamples, confidence: self.confidence, seed: self.seed }
    }

    /// The methods asked for, else the usual ones.
    fn methods(&self) -> &[Method] {
        if self.method.is_empty() { &USUAL } else { &self.method }
    }

    /// What each method finds of each outcome; every reason why one cannot be used is told. It is no fault where nobody asked for that
    /// method and another says something.
    fn found(&self, question: &Question) -> Result<(Vec<Found>, Vec<String>), Failure> {
        let (mut found, mut faults) = (Vec::new(), Vec::new());
        for outcome in &question.outcomes {
            for &method in self.methods() {
                let one = match method {
                    Method::Morris | Method::Sobol => self.of_design(method, question, outcome),
                    Method::Rank | Method::Delta | Method::Pawn => self.of_any(method, question, outcome),
                };
                match one {
                    Ok(one) => found.push(one),
                    Err(fault) => faults.push(format!("{}, {}: {fault}", outcome.name, method.name())),
                }
            }
        }
        if faults.is_empty() || (self.method.is_empty() && !found.is_empty()) {
            let left_out = faults.into_iter().map(|fault| format!("Left out: {fault}."));
            Ok((found, left_out.collect()))
        } else {
            Err(Failure::Input(faults.join("\nerror: ")))
        }
    }

    /// From the rows of any design: those without gaps, and the inputs that vary.
    fn of_any(&self, method: Method, question: &Question, outcome: &Measured) -> Result<Found, String> {
        let inputs: Vec<&Input> = question.inputs.iter().filter(|input| !input.is_constant()).collect();
        let mut all: Vec<&[f64]> = inputs.iter().map(|input| input.values.as_slice()).collect();
        all.push(&outcome.values);
        let rows = complete_rows(&all);
        let first_row = rows.first().map(|&row| outcome.values[row]);
        if rows.iter().all(|&row| Some(outcome.values[row]) == first_row) {
            return Err("the outcome is the same in every row, so nothing can move it".to_string());
        }
        let observed = Observed::of(&inputs, outcome, &rows);
        let columns: Vec<Vec<f64>> = inputs.iter().map(|input| of_rows(&input.values, &observed.rows)).collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let n = observed.rows.len();
        let influences = of(method, &columns, &observed.values, &self.resampling(method, n))?;
        Ok(Found {
            outcome: outcome.name.clone(),
            method,
            inputs: inputs.iter().map(|input| input.name.clone()).collect(),
            influences,
            n_rows: n,
            n_repeating: if n < rows.len() { rows.len() } else { 0 },
            n_left_out: outcome.values.len() - rows.len(),
            noise_share: observed
                .errors
                .filter(|_| !self.data.is_experiment())
                .map_or(f64::NAN, |errors| noise_share(&observed.values, &errors)),
            convergence: None,
        })
    }

    /// From the rows of a design that must stay together.
    fn of_design(&self, method: Method, question: &Question, outcome: &Measured) -> Result<Found, String> {
        let names: Vec<String> = question.inputs.iter().map(|input| input.name.clone()).collect();
        let resampling = self.resampling(method, outcome.values.len());
        let scaled: Vec<Vec<f64>> = match method {
            Method::Morris => question.inputs.iter().map(|input| self.scaled(input)).collect(),
            _ => question.inputs.iter().map(|input| input.values.clone()).collect(),
        };
        let inputs: Vec<&[f64]> = scaled.iter().map(Vec::as_slice).collect();
        let (influences, convergence) = if method == Method::Sobol {
            let has_second = sobol::has_second_order(outcome.values.len(), &inputs)?;
            let finding = sobol::Products::of(&outcome.values, inputs.len(), has_second)?.finding(&resampling);
            (finding.influences.clone(), Some(finding))
        } else {
            (of(method, &inputs, &outcome.values, &resampling)?, None)
        };
        let gaps = outcome.values.iter().filter(|value| !value.is_finite()).count();
        let group = convergence.as_ref().map(|finding| outcome.values.len() / (finding.n_rows + finding.n_left_out));
        let left_out = convergence.as_ref().map_or(gaps, |finding| finding.n_left_out * group.unwrap_or(1));
        Ok(Found {
            outcome: outcome.name.clone(),
            method,
            inputs: names,
            influences,
            n_rows: outcome.values.len() - left_out,
            n_repeating: 0,
            n_left_out: left_out,
            noise_share: outcome
                .standard_errors
                .as_ref()
                .map_or(f64::NAN, |errors| noise_share(&outcome.values, errors)),
            convergence,
        })
    }

    /// An input scaled to 0–1: by the range that the factors of a result folder give, else by its least and greatest value.
    fn scaled(&self, input: &Input) -> Vec<f64> {
        let range = factors(&self.data).and_then(|table| {
            let Some(Values::Words(names)) = table.get("factor") else { return None };
            let row = names.iter().position(|name| *name == input.name)?;
            let bound = |column: &str| table.numbers(column).ok().map(|numbers| numbers[row]);
            Some((bound("low")?, bound("high")?)).filter(|(low, high)| low < high)
        });
        let ends = || {
            input.values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)))
        };
        let (low, high) = range.unwrap_or_else(ends);
        input.values.iter().map(|x| (x - low) / (high - low)).collect()
    }

    /// The split of each outcome's variance, where the table tells luck from the rest.
    fn sources(&self, question: &Question) -> Vec<Source> {
        let about = About {
            columns: &question.columns,
            inputs: &question.inputs,
            choices: &self.choices,
            n: question.n.as_deref(),
        };
        let of_one = |outcome: &Measured| {
            let (points, shared) = points(&about, outcome)?;
            let resampling = self.resampling(Method::Rank, points.len());
            let split = split(&points, shared, &resampling).ok()?;
            Some(Source { outcome: outcome.name.clone(), split, n_points: points.len() })
        };
        let outcomes = question.outcomes.iter().filter(|_| !self.data.is_experiment());
        outcomes.filter_map(of_one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_that_was_mistyped_gets_the_nearest() {
        assert_eq!(method(" pawn "), Ok(Method::Pawn));
        assert!(method("sobl").is_err_and(|told| told.contains("did you mean `sobol`?")));
        assert!(confidence("95").is_err() && confidence("0.9") == Ok(0.9));
    }
}
