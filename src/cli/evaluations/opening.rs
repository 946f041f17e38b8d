//! How a search begins or goes on, and how it ends: options, folder, and what is said in the end.

use super::journal::{self, Journal};
use crate::cli::failure::Failure;
use crate::cli::folder::{EVALUATIONS, Folder};
use crate::cli::study::{self, Keeping};
use crate::experiment::Stretch;
use crate::output::left_out::{self, LeftOut, NAME};
use crate::output::study::{Request, Study};
use crate::scenario::Scenario;
use std::path::Path;

/// What a search is told about going on.
#[derive(Debug, clap::Args)]
pub struct GoingOn {
    /// Go on with the same search where it was interrupted or killed, and end with the same files as if it had not been
    #[arg(long)]
    resume: bool,
    /// Break in a replication of the set-up at a position of each evaluation, to see what happens then
    #[arg(long, value_name = "POSITION:REPLICATION", hide = true, value_parser = position_and_replication)]
    break_replication: Vec<(usize, u64)>,
}

/// A folder for the result of a search, and what was written down of it there.
pub struct Opened {
    /// The folder.
    pub folder: Folder,
    /// Whether it is an earlier search that goes on.
    pub goes_on: bool,
    /// What was written down.
    pub journal: Journal,
}

impl GoingOn {
    /// Opens the folder at `path` for the tables of a search; `None` where it already holds all that is asked for.
    ///
    /// # Errors
    /// When it holds something else, or a search that was stopped and is not to go on, or that cannot, as something else was asked.
    pub fn open(
        &self,
        path: &Path,
        request: &Request,
        base: &Scenario,
        tables: &[&str],
        keeping: &Keeping,
    ) -> Result<Option<Opened>, Failure> {
        if self.resume && journal::is_complete(path, request) {
            return Ok(None);
        }
        let names = tables.iter().map(|name| format!("{name}.csv"));
        let names = names.chain([NAME.to_string(), "data_dictionary.csv".to_string()]).collect();
        let values = journal::values(base);
        let begins_anew = keeping.force && !self.resume;
        let earlier = if begins_anew { None } else { journal::earlier(path, request, &values, self.resume)? };
        // Of what was killed at its very beginning nothing can be read, and yet it is its own.
        let goes_on = earlier.is_some() || self.resume && path.join(EVALUATIONS).exists();
        let folder = match goes_on {
            true => Folder::to_resume_study(path, request, names, keeping.force)?,
            false => Folder::for_study(path, request, names, keeping.force)?,
        };
        let begun = || Journal::begin(path.join(EVALUATIONS), request, &values);
        let journal = earlier.map_or_else(begun, Ok)?;
        folder.keep_unfinished();
        Ok(Some(Opened { folder, goes_on, journal }))
    }

    /// Panics in a replication that was asked to break.
    pub(super) fn break_where_asked(&self, stretch: Stretch) {
        let range = stretch.first..stretch.first + stretch.size as u64;
        let is_asked = |(point, replication): &(usize, u64)| *point == stretch.point && range.contains(replication);
        assert!(!self.break_replication.iter().any(is_asked), "it was asked to break");
    }
}

fn position_and_replication(text: &str) -> Result<(usize, u64), String> {
    let parts = text.split_once(':').and_then(|(at, replication)| Some((at.parse().ok()?, replication.parse().ok()?)));
    parts.ok_or_else(|| "write POSITION:REPLICATION".to_string())
}

/// A failure in a search: what was finished stays where going on with it can help, and goes where not.
pub fn stopped(failure: Failure, folder: &Folder) -> Failure {
    match failure {
        Failure::Files(_) | Failure::Interrupted(_) => with_advice(failure),
        _ => folder.start_afresh().err().unwrap_or(failure),
    }
}

/// Writes what was found, and in which replications nothing was.
///
/// # Errors
/// What could not be written; the search itself need not be run again.
pub fn write(study: &mut Study, left_out: &[LeftOut], folder: Folder, keeping: &Keeping) -> Result<(), Failure> {
    left_out::add_to(study, left_out);
    study::write(study, folder, keeping).map_err(with_advice)
}

/// What failed in a search whose result is written: it was interrupted, with `kept` to say, or some replications could not be computed.
pub fn ended(study: &Study, left_out: &[LeftOut], kept: &str) -> Option<Failure> {
    if study.is_interrupted {
        return Some(Failure::Interrupted(format!("{kept} The same command with --resume goes on from there.")));
    }
    left_out::told(left_out, &study.request.seed).map(Failure::Replications)
}

/// What to say of a search that was interrupted before there was anything to tell.
pub fn nothing_yet(before: &str, path: &Path) -> Failure {
    Failure::Interrupted(format!(
        "Interrupted before {before} was finished: there is no result yet. What was simulated is kept in {}, and the same command with --resume goes on from there.",
        path.display()
    ))
}

/// What to say, and to do, where a folder already holds more than an interrupted search has found.
pub fn left_as_it_was(folder: &Folder, goes_on: bool, path: &Path) -> Failure {
    let told = format!("Interrupted: {} already holds more of the same and was left as it was.", path.display());
    // What an earlier search wrote down is still there to go on with.
    let cleared = if goes_on { Ok(()) } else { folder.start_afresh() };
    cleared.err().unwrap_or(Failure::Interrupted(told))
}

fn with_advice(failure: Failure) -> Failure {
    match failure {
        Failure::Files(told) => Failure::Files(format!(
            "{told}\n  What was simulated is kept: the same command with --resume goes on from there."
        )),
        other => other,
    }
}
