//! What the two commands of discovery share: how worlds are searched, and what is made of what was found.

use super::failure::Failure;
use super::terminal;
use crate::analyse::discovery::prim::{Choice, Method};
use crate::analyse::discovery::tree::Growth;
use crate::analyse::discovery::worlds::Worlds;
use crate::analyse::discovery::{self, Discovery, Ended, Options};
use crate::output::discovery::{Asked, picture, sentences, sheets};
use crate::output::study::{Request, Study};
use std::sync::atomic::AtomicBool;

/// Names of the tables, in the order in which they are written.
pub const SHEETS: [&str; 6] =
    ["boxes.csv", "restrictions.csv", "trajectory.csv", "tree.csv", "worlds.csv", "data_dictionary.csv"];

/// Least worlds that anything can be found among.
const LEAST_WORLDS: usize = 40;

/// How worlds are searched.
#[derive(Debug, Clone, clap::Args)]
pub struct Searching {
    /// Share of the worlds of a box in which it is to happen; as many of these worlds as possible are then covered [default: the
    /// best trade-off of both]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    density: Option<f64>,
    /// Least share of the worlds it is looked for in that a box holds
    #[arg(long, value_name = "SHARE", default_value_t = 0.05, value_parser = share)]
    mass: f64,
    /// Most boxes, each looked for among what the ones before it left
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=20))]
    boxes: u16,
    /// Random halves of the worlds in which each box is looked for again
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u16).range(10..=1000))]
    resamples: u16,
    /// Most divisions of the tree one after the other
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=4))]
    depth: u16,
}

fn share(text: &str) -> Result<f64, String> {
    let share = text.parse::<f64>().ok().filter(|share| *share > 0.0 && *share <= 1.0);
    share.ok_or_else(|| format!("`{text}` is no share: give a number above 0 and at most 1, as in 0.8"))
}

impl Searching {
    /// The options of a search.
    pub fn options(&self, seed: u64, threads: usize) -> Options {
        let choice = self.density.map_or(Choice::TradeOff, Choice::Density);
        Options {
            method: Method { choice, least_mass: self.mass, ..Method::default() },
            boxes: usize::from(self.boxes),
            halves: usize::from(self.resamples),
            growth: Growth { depth: usize::from(self.depth), ..Growth::default() },
            seed,
            threads,
        }
    }

    /// What of it decides the result, as it is written into a manifest.
    pub fn settings(&self) -> Vec<(String, String)> {
        let density = self.density.map_or_else(|| "best trade-off".to_string(), |density| density.to_string());
        let mass = ("mass".to_string(), self.mass.to_string());
        let numbers = [("boxes", self.boxes), ("resamples", self.resamples), ("depth", self.depth)];
        let numbers = numbers.map(|(name, number)| (name.to_string(), number.to_string()));
        [("density".to_string(), density), mass].into_iter().chain(numbers).collect()
    }
}

/// The question of a discovery in words.
pub fn question(when: &str, noun: &str) -> String {
    format!("In which {noun}s: {when}?")
}

/// What is asked of the worlds, in words.
#[derive(Debug)]
pub struct Question<'a> {
    /// What happens.
    pub when: String,
    /// What one observation is called.
    pub noun: &'static str,
    /// Names of the inputs.
    pub names: &'a [String],
    /// Inputs that no scenario sets, each with the grade of evidence of its default.
    pub defaults: Vec<(usize, String)>,
    /// What else a reader must know, in sentences.
    pub notes: Vec<String>,
}

/// Searches worlds and puts what was found into a study and into tables for the terminal.
///
/// # Errors
/// When there is nothing to tell apart, or it was interrupted.
pub fn conclude(
    worlds: &Worlds,
    question: &Question,
    request: Request,
    options: &Options,
    interrupt: &AtomicBool,
) -> Result<(Study, Vec<String>), Failure> {
    check(worlds, question)?;
    let discovery = discovery::discover(worlds, options, interrupt).map_err(|ended| match ended {
        Ended::Interrupted => interrupted(),
        Ended::Fault(fault) => Failure::fault(&fault),
    })?;
    let asked = Asked {
        when: question.when.clone(),
        noun: question.noun,
        names: question.names,
        worlds,
        density: match options.method.choice {
            Choice::Density(asked) => Some(asked),
            Choice::TradeOff => None,
        },
        defaults: &question.defaults,
    };
    let mut sentences = sentences::sentences(&asked, &discovery);
    sentences.extend(question.notes.iter().cloned());
    let study = Study {
        request,
        points: 1,
        replications: worlds.len() as u64,
        is_interrupted: false,
        sentences,
        sheets: sheets::sheets(&asked, &discovery),
    };
    Ok((study, tables(&asked, &discovery)))
}

/// That it happens in some worlds and not in others.
///
/// # Errors
/// Why there is nothing to tell apart.
pub fn check(worlds: &Worlds, question: &Question) -> Result<(), Failure> {
    let all = worlds.count(&vec![true; worlds.len()]);
    let (when, noun) = (&question.when, question.noun);
    if all.n < LEAST_WORLDS {
        return Err(Failure::Input(format!(
            "there are {} {noun}s, and at least {LEAST_WORLDS} are needed to tell a pattern from luck.",
            all.n
        )));
    }
    let why = if all.cases == 0 {
        format!("`{when}` holds in none of {} {noun}s, so there is nothing to tell them apart by", all.n)
    } else if all.cases == all.n {
        format!("`{when}` holds in all {} {noun}s, so there is nothing to tell them apart by", all.n)
    } else {
        return Ok(());
    };
    Err(Failure::Input(format!("{why}.\n  Ask for something that happens in some of them, with --when.")))
}

fn tables(asked: &Asked, discovery: &Discovery) -> Vec<String> {
    let (mut tables, width) = (Vec::new(), terminal::width());
    if let Some(first) = discovery.boxes.first() {
        let (headings, rows) = picture::restrictions(asked, discovery);
        let table = terminal::grid(&headings, &["Restriction", "Bounds there"], rows, width);
        tables.push(format!("{table}\n{}", terminal::wrapped(&picture::legend(asked), width, "")));
        tables.push(below_its_heading(&picture::trajectory(asked, first), width));
    }
    if discovery.tree.nodes.len() > 1 {
        tables.push(below_its_heading(&picture::tree(asked, &discovery.tree, width), width));
    }
    tables
}

/// A picture whose heading, its first line, is broken to the width.
fn below_its_heading(picture: &str, width: usize) -> String {
    let (heading, rest) = picture.split_once('\n').unwrap_or((picture, ""));
    format!("{}\n{rest}", terminal::wrapped(heading, width, ""))
}

/// Why nothing was found: somebody asked to stop.
pub fn interrupted() -> Failure {
    Failure::Interrupted("Interrupted: nothing was written.".to_string())
}
