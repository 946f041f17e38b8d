//! The journal on disk: begun, gone on with, and refused where it was begun for something else.

use super::super::failure::Failure;
use super::super::folder::JOURNAL;
use super::super::reading::bytes;
use super::super::unfinished::Unfinished;
use super::Arguments;
use crate::analyse::point::PointFinding;
use crate::output::journal::{self, Finished};
use crate::output::manifest::{self, VERSION};
use crate::output::study::{Request, StudyManifest};
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// More than a journal will ever have.
const LARGEST_BYTES: usize = 1 << 40;

/// A journal that is being written.
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    /// Bytes up to the first set-up.
    head_bytes: u64,
    finished: Vec<Finished>,
    rows_bytes: u64,
}

/// Whether the folder already holds all that is asked for.
pub(super) fn is_complete(path: &Path, request: &Request) -> bool {
    let found = std::fs::read(path.join(manifest::NAME)).ok().and_then(|bytes| StudyManifest::read(&bytes));
    let is_same = |found: StudyManifest| {
        found.request_digest == request.digest() && found.partnersim == VERSION && found.status == "complete"
    };
    found.is_some_and(is_same) && !path.join(JOURNAL).exists()
}

/// What an interrupted run left in the folder, where it is to be gone on with.
pub(super) fn earlier(
    path: &Path,
    request: &Request,
    arguments: &Arguments,
) -> Result<Option<journal::Journal>, Failure> {
    let place = path.join(JOURNAL);
    if !place.exists() || arguments.keeping.force && !arguments.resume {
        return Ok(None);
    }
    let read = bytes(&place, LARGEST_BYTES)
        .map_err(|why| Failure::Files(format!("cannot read {}: {why}", place.display())))?;
    let Some(journal) = journal::Journal::read(&read) else { return Ok(None) };
    if !arguments.resume {
        return Err(Failure::Files(format!(
            "{} holds an experiment that was interrupted, with {} points finished.\n  Go on with --resume, begin anew with --force, or choose another folder with --out DIR.",
            path.display(),
            journal.finished.len()
        )));
    }
    let differences = journal.differences(request);
    if differences.is_empty() {
        return Ok(Some(journal));
    }
    Err(Failure::Input(format!(
        "{} holds an experiment that was begun for something else, and cannot go on:\n  {}.\n  Begin anew with --force, or choose another folder with --out DIR.",
        path.display(),
        differences.join(";\n  ")
    )))
}

impl Journal {
    /// Begins a journal in the folder, or goes on with what is whole of an earlier one.
    pub(super) fn open(
        folder: &Path,
        request: &Request,
        earlier: Option<journal::Journal>,
    ) -> Result<Journal, Failure> {
        let path = folder.join(JOURNAL);
        let failed = |error| Failure::files("write", &path, &error);
        let mut file = File::options().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
        let (head_bytes, finished) = match earlier {
            Some(journal) => {
                file.set_len(journal.good_bytes).map_err(failed)?;
                (journal.head_bytes, journal.finished)
            }
            None => {
                file.set_len(0).map_err(failed)?;
                journal::begin(request, &mut file).map_err(failed)?;
                (0, Vec::new())
            }
        };
        file.seek(SeekFrom::End(0)).map_err(failed)?;
        let rows_bytes = finished.last().map_or(0, |last| last.rows_bytes);
        Ok(Journal { path, file, head_bytes, finished, rows_bytes })
    }

    /// What was finished before.
    pub(super) fn take_finished(&mut self) -> Vec<PointFinding> {
        self.finished.iter().map(|one| one.finding.clone()).collect()
    }

    /// Drops what was finished without its rows being kept in full, of `begun` bytes of rows. Gives the bytes to keep.
    pub(super) fn keep_rows(&mut self, begun: u64, findings: &mut Vec<PointFinding>) -> Result<u64, Failure> {
        let whole = self.finished.iter().take_while(|one| one.rows_bytes <= begun).count();
        if whole < self.finished.len() {
            let before = whole.checked_sub(1).map_or(self.head_bytes, |last| self.finished[last].good_bytes);
            self.finished.truncate(whole);
            findings.truncate(whole);
            let failed = |error| Failure::files("write", &self.path, &error);
            self.file.set_len(before).map_err(failed)?;
            self.file.seek(SeekFrom::End(0)).map_err(failed)?;
        }
        self.rows_bytes = self.finished.last().map_or(0, |last| last.rows_bytes);
        Ok(self.rows_bytes)
    }

    /// Says how long the header of the rows is.
    pub(super) fn begin_rows(&mut self, bytes: u64) {
        self.rows_bytes = bytes;
    }

    /// Writes down a set-up that is finished, after its rows.
    pub(super) fn add(&mut self, finding: &PointFinding, rows: Option<&mut Unfinished>) -> Result<(), Failure> {
        if let Some(rows) = rows {
            rows.flush().map_err(|error| rows.failure(&error))?;
            self.rows_bytes = rows.bytes();
        }
        journal::add(finding, self.rows_bytes, &mut self.file)
            .map_err(|error| Failure::files("write", &self.path, &error))
    }
}
