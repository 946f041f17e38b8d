//! Where a comparison is kept while it runs, and what makes two comparisons the same.

use super::super::checkpoint::{self, Head, Pace};
use super::super::failure::Failure;
use super::super::folder::Folder;
use super::state::State;
use crate::output::comparison::Setup;
use crate::output::manifest::{self, VERSION};
use crate::output::study::{Request, StudyManifest};
use std::fs;
use std::path::Path;

/// Where what was gathered is kept, and when it was last.
pub struct Keeper<'a> {
    /// The folder of the result.
    pub folder: &'a Folder,
    /// What the comparison is of.
    pub head: Head,
    /// When the next checkpoint is due.
    pub pace: Pace,
}

impl Keeper<'_> {
    /// Takes a checkpoint where it is time for one.
    pub fn keep_when_due(&mut self, state: &State) -> Result<(), Failure> {
        if self.pace.is_due() { self.keep(state) } else { Ok(()) }
    }

    /// Takes a checkpoint.
    pub fn keep(&mut self, state: &State) -> Result<(), Failure> {
        let (folder, head) = (self.folder, &self.head);
        self.pace.keep(|| checkpoint::save(&folder.checkpoint(), head, &[], state))?;
        folder.keep_unfinished();
        Ok(())
    }
}

/// All that decides what a comparison finds, key by key, so that what differs can be named.
pub fn head(request: &Request, setups: &[Setup]) -> Head {
    let mut head = vec![("version of partnersim".to_string(), VERSION.to_string())];
    head.extend(request.settings.iter().cloned());
    for setup in setups {
        head.extend(setup.scenario.assumptions.iter().map(|line| {
            let of = if line.belongs_to.is_empty() { String::new() } else { format!(" of {}", line.belongs_to) };
            (format!("{}{of} in {}", line.key, setup.name), line.value.clone())
        }));
        let targets = setup.scenario.targets.iter();
        head.extend(targets.map(|(of, target)| (format!("target of {of} in {}", setup.name), target.to_string())));
    }
    head
}

/// Whether the folder holds all of the result that is asked for.
pub fn is_complete(path: &Path, request: &Request) -> bool {
    let found = fs::read(path.join(manifest::NAME)).ok().and_then(|bytes| StudyManifest::read(&bytes));
    found.is_some_and(|found| {
        found.status == "complete" && found.partnersim == VERSION && found.request_digest == request.digest()
    })
}

/// A failure after which what was finished is kept, told so.
pub fn resumable(failure: Failure, folder: &Folder) -> Failure {
    match failure {
        Failure::Files(text) if folder.keeps_unfinished() => Failure::Files(can_go_on(&text)),
        failure => failure,
    }
}

/// What is left to do about it.
pub fn can_go_on(text: &str) -> String {
    format!("{text}\n  What was finished is kept: the same command with --resume goes on with it.")
}
