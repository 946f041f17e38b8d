//! The folder of a result. What another run left there is not overwritten unasked, and no file appears under its final
//! name before all of them are complete.
//!
//! Files are written under temporary names, brought to disk, and renamed at the end, the manifest last. Temporaries of a run
//! that failed are removed, unless a checkpoint says how to go on with them; those of one that was killed are cleared away by the
//! next that does not go on with them.

use super::checkpoint;
use super::failure::Failure;
use super::unfinished::{RowsAt, Unfinished};
use crate::output::manifest::{self, Manifest};
use crate::output::study::{Request, StudyManifest};
use crate::output::{FILES, failures, inputs, runs};
use crate::scenario::Scenario;
use std::cell::Cell;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// Name of the file that says how to go on with an unfinished run.
pub const CHECKPOINT: &str = ".checkpoint";

/// Where an experiment keeps what it has finished, until it is complete.
pub const JOURNAL: &str = ".experiment.journal";

/// Where a search keeps what it has simulated, until it is complete.
pub const EVALUATIONS: &str = ".evaluations.journal";
/// Settings are shown up to this length; a list of inputs or a digest says nothing to a person.
const LONGEST_SETTING: usize = 48;

/// A result folder being filled.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// The files it will hold, the manifest aside.
    names: Vec<String>,
    /// Whether it was made for this run, and goes again when the run fails.
    is_new: bool,
    /// Whether whatever is in the way may be replaced.
    may_replace: bool,
    /// Replications of the same scenario that it already holds, when that may not be replaced by less.
    held: u64,
    /// Whether temporaries and checkpoint stay when the folder is left: they are what a run can go on from.
    keeps_unfinished: Cell<bool>,
    /// Held while the folder is being filled, so that a second run does not clear away the temporaries of the first.
    lock: Option<File>,
}

/// What the manifest of a folder says about what it holds.
enum Held {
    /// The same result, of so many replications: it may be replaced.
    Same(u64),
    /// Something else, in words.
    Other(String),
}

impl Folder {
    /// Makes or opens the folder for a result of `scenario`. With `force` whatever it holds may be replaced.
    pub fn for_run(path: &Path, scenario: &Scenario, force: bool) -> Result<Folder, Failure> {
        Folder::open(path, run_names(), &|bytes| held_run(bytes, scenario), force, false)
    }

    /// As [`Folder::for_run`], but what an unfinished run of the same left there stays, to go on with it.
    pub fn to_resume_run(path: &Path, scenario: &Scenario, force: bool) -> Result<Folder, Failure> {
        Folder::open(path, run_names(), &|bytes| held_run(bytes, scenario), force, true)
    }

    /// Makes or opens the folder for what a what-if command will find, in the files `names`.
    pub fn for_study(path: &Path, request: &Request, names: Vec<String>, force: bool) -> Result<Folder, Failure> {
        Folder::open(path, names, &|bytes| held_study(bytes, request), force, false)
    }

    /// As [`Folder::for_study`], but what an unfinished study of the same left there stays, to go on with it.
    pub fn to_resume_study(path: &Path, request: &Request, names: Vec<String>, force: bool) -> Result<Folder, Failure> {
        Folder::open(path, names, &|bytes| held_study(bytes, request), force, true)
    }

    /// As [`Folder::for_study`] for an experiment, which keeps a journal there until it is complete. With `resume` the journal and
    /// what else was begun stay, to go on with.
    pub fn for_experiment(
        path: &Path,
        request: &Request,
        names: Vec<String>,
        force: bool,
        resume: bool,
    ) -> Result<Folder, Failure> {
        Folder::open(path, names, &|bytes| held_study(bytes, request), force, resume)
    }

    fn open(
        path: &Path,
        names: Vec<String>,
        judge: &dyn Fn(&[u8]) -> Option<Held>,
        force: bool,
        resume: bool,
    ) -> Result<Folder, Failure> {
        if path.exists() && !path.is_dir() {
            return Err(Failure::Files(format!(
                "{} is a file, and results need a folder.\n  Choose another with --out DIR.",
                path.display()
            )));
        }
        let is_new = !path.exists();
        fs::create_dir_all(path).map_err(|error| Failure::files("make the folder", path, &error))?;
        let (path, keeps_unfinished) = (path.to_path_buf(), Cell::new(true));
        let mut folder = Folder { path, names, is_new, may_replace: force, held: 0, keeps_unfinished, lock: None };
        folder.lock = folder.locked()?;
        folder.check_writable()?;
        if !force {
            folder.held = folder.replaceable(judge, resume)?;
        }
        if !resume {
            folder.start_afresh()?;
        }
        Ok(folder)
    }

    /// Whether whatever is in the way may be replaced.
    pub fn may_replace(&self) -> bool {
        self.may_replace
    }

    /// Where the checkpoint is.
    pub fn checkpoint(&self) -> PathBuf {
        self.path.join(CHECKPOINT)
    }

    /// From now on what is unfinished can be gone on with, and stays when the run fails.
    pub fn keep_unfinished(&self) {
        self.keeps_unfinished.set(true);
    }

    /// Whether what is unfinished stays.
    pub fn keeps_unfinished(&self) -> bool {
        self.keeps_unfinished.get()
    }

    /// Clears away what an unfinished run left.
    pub fn start_afresh(&self) -> Result<(), Failure> {
        self.keeps_unfinished.set(false);
        remove(&self.checkpoint(), "clear away")?;
        remove(&checkpoint::next(&self.checkpoint()), "clear away")?;
        remove(&self.path.join(JOURNAL), "clear away")?;
        remove(&self.path.join(EVALUATIONS), "clear away")?;
        self.clear_temporaries()
    }

    /// Opens row files again as they stood at a checkpoint, or changes nothing where one of them does not stand there any more.
    pub fn reopen(&self, rows: &[RowsAt]) -> Result<Vec<Unfinished>, Failure> {
        let mut found = Vec::new();
        for at in rows {
            // After an interrupt they stand under their final name.
            let places = [self.path.join(temporary(&at.name)), self.path.join(&at.name)];
            let hash = places.iter().find_map(|place| at.hash_in(place).map(|hash| (place.clone(), hash)));
            found.push(
                hash.ok_or_else(|| damaged(&self.path, &format!("{} does not hold its rows any more", at.name)))?,
            );
        }
        // What is taken to pieces claims nothing.
        remove(&self.path.join(manifest::NAME), "replace")?;
        let reopened = rows.iter().zip(found).map(|(at, (place, hash))| {
            let partial = self.path.join(temporary(&at.name));
            fs::rename(place, &partial).map_err(|error| Failure::files("go on with", &partial, &error))?;
            Unfinished::reopen(at, &partial, self.path.join(&at.name), hash)
        });
        reopened.collect()
    }

    /// Whether it already holds more replications of the same scenario than `completed`.
    pub fn holds_more_than(&self, completed: u64) -> bool {
        self.held > completed
    }

    /// Begins a file.
    pub fn begin(&self, name: &str) -> Result<Unfinished, Failure> {
        Unfinished::begin(name, &self.path.join(temporary(name)), self.path.join(name))
    }

    /// Goes on with a file that an earlier run began, after its first `bytes` bytes; what follows them goes.
    pub fn go_on(&self, name: &str, bytes: u64) -> Result<Unfinished, Failure> {
        Unfinished::go_on(name, &self.path.join(temporary(name)), self.path.join(name), bytes)
    }

    /// Where a file that was begun is.
    pub fn begun(&self, name: &str) -> PathBuf {
        self.path.join(temporary(name))
    }

    /// Length of a file that was begun; 0 where there is none.
    pub fn begun_bytes(&self, name: &str) -> u64 {
        fs::metadata(self.path.join(temporary(name))).map_or(0, |found| found.len())
    }

    /// Puts every finished file under its final name, the manifest last; what an earlier result had and this one, of the
    /// files `written`, has not goes. What was unfinished goes with the folder.
    pub fn publish(&self, written: &[String]) -> Result<(), Failure> {
        self.publish_so_far(written)?;
        self.keeps_unfinished.set(false);
        Ok(())
    }

    /// As [`Folder::publish`] for a run that can be gone on with: its checkpoint stays.
    pub fn publish_so_far(&self, written: &[String]) -> Result<(), Failure> {
        let earlier = self.earlier_files();
        // Without its manifest the folder claims nothing while old and new files stand side by side.
        remove(&self.path.join(manifest::NAME), "replace")?;
        for name in earlier.iter().chain(&self.names).filter(|name| !written.contains(name)) {
            remove(&self.path.join(name), "remove")?;
        }
        for name in written.iter().map(String::as_str).chain([manifest::NAME]) {
            let path = self.path.join(name);
            fs::rename(self.path.join(temporary(name)), &path)
                .map_err(|error| Failure::files("put in place", &path, &error))?;
        }
        // Brings the names to disk where folders can be synchronised; elsewhere the system does so by itself.
        let _ = File::open(&self.path).and_then(|folder| folder.sync_all());
        Ok(())
    }

    fn locked(&self) -> Result<Option<File>, Failure> {
        // Not every system can open or lock a folder; then the rule stands unguarded.
        let Ok(handle) = File::open(&self.path) else { return Ok(None) };
        match handle.try_lock() {
            Err(TryLockError::WouldBlock) => Err(Failure::Files(format!(
                "another run is writing into {}.\n  Wait for it, or choose another folder with --out DIR.",
                self.path.display()
            ))),
            _ => Ok(Some(handle)),
        }
    }

    /// How many replications of the same it holds; an error when it holds anything that must not be lost. Files without a
    /// manifest are no loss to a run that goes on: they are its own.
    fn replaceable(&self, judge: &dyn Fn(&[u8]) -> Option<Held>, goes_on: bool) -> Result<u64, Failure> {
        let refuse = |what: &str| {
            let path = self.path.display();
            Err(Failure::Files(format!("{path} {what}.\n  Choose another folder with --out DIR, or give --force.")))
        };
        match fs::read(self.path.join(manifest::NAME)).ok().and_then(|bytes| judge(&bytes)) {
            Some(Held::Same(replications)) => Ok(replications),
            Some(Held::Other(differs)) => refuse(&format!("holds {differs}")),
            None if goes_on || self.is_empty()? => Ok(0),
            None if [CHECKPOINT, JOURNAL, EVALUATIONS].iter().any(|name| self.path.join(name).exists()) => {
                refuse("holds the files of an unfinished run, which --resume goes on with")
            }
            None => refuse("holds files that are no complete result, and would be mixed with the new ones"),
        }
    }

    /// The files that the result now in the folder consists of, by its manifest.
    fn earlier_files(&self) -> Vec<String> {
        let bytes = fs::read(self.path.join(manifest::NAME)).unwrap_or_default();
        let entries = Manifest::read(&bytes).map(|found| found.files);
        let entries = entries.or_else(|| StudyManifest::read(&bytes).map(|found| found.files)).unwrap_or_default();
        // Only plain names: a manifest that somebody edited must not reach outside the folder.
        let is_plain = |name: &String| !name.contains(['/', '\\', ':']) && !name.starts_with('.');
        entries.into_iter().map(|entry| entry.file).filter(is_plain).collect()
    }

    /// The files it will hold, the manifest last.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str).chain([manifest::NAME])
    }

    /// Whether it holds nothing but what an unfinished run left.
    fn is_empty(&self) -> Result<bool, Failure> {
        let mut left = self.temporaries()?;
        left.extend([self.checkpoint(), checkpoint::next(&self.checkpoint())]);
        let mut entries = fs::read_dir(&self.path).map_err(|error| Failure::files("read", &self.path, &error))?;
        Ok(entries.all(|entry| entry.is_ok_and(|entry| left.contains(&entry.path()))))
    }

    /// Finds out before the simulation whether its files can be written at all.
    fn check_writable(&self) -> Result<(), Failure> {
        for name in self.names() {
            let path = self.path.join(name);
            if path.is_dir() {
                return Err(Failure::Files(format!(
                    "{} is a folder where a file of the result belongs.\n  Move it away, or choose another folder with --out DIR.",
                    path.display()
                )));
            }
        }
        let path = self.path.join(temporary(manifest::NAME));
        File::create(&path).map_err(|error| Failure::files("write into", &self.path, &error))?;
        remove(&path, "clear away")
    }

    fn clear_temporaries(&self) -> Result<(), Failure> {
        self.temporaries()?.iter().try_for_each(|path| remove(path, "clear away"))
    }

    /// Every file in it that is unfinished.
    fn temporaries(&self) -> Result<Vec<PathBuf>, Failure> {
        let entries = fs::read_dir(&self.path).map_err(|error| Failure::files("read", &self.path, &error))?;
        let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
        Ok(paths.filter(|path| is_temporary(path)).collect())
    }
}

impl Drop for Folder {
    /// After a failure nothing of this run is left but what it can go on from; after a success there is nothing to clear but that.
    fn drop(&mut self) {
        if !self.keeps_unfinished.get() {
            let _ = self.start_afresh();
        }
        if self.is_new {
            // Only an empty folder goes.
            let _ = fs::remove_dir(&self.path);
        }
    }
}

/// What to say of an unfinished run that cannot be gone on with.
pub fn damaged(path: &Path, what: &str) -> Failure {
    Failure::Input(format!(
        "the unfinished run in {} cannot be gone on with: {what}.\n  Without --resume it is run from its beginning.",
        path.display()
    ))
}

/// Every file that the result of a run may have, the manifest aside.
fn run_names() -> Vec<String> {
    let tables = FILES.iter().map(|file| file.name);
    [runs::NAME, inputs::NAME, failures::NAME].into_iter().chain(tables).map(str::to_string).collect()
}

/// What a folder with this manifest holds, seen from a run of `scenario`.
fn held_run(bytes: &[u8], scenario: &Scenario) -> Option<Held> {
    let Some(found) = Manifest::read(bytes) else {
        return StudyManifest::read(bytes).map(|found| Held::Other(described(&found.request)));
    };
    let differs = if found.model_digest != manifest::model_digest(scenario) {
        format!("the result of another scenario ({})", found.scenario)
    } else if found.seed != scenario.seed.to_string() {
        format!("the result of another seed ({})", found.seed)
    } else if found.partnersim != manifest::VERSION {
        format!("the result of another version ({})", found.partnersim)
    } else if found.replications_completed > scenario.replications {
        format!("the same with more replications ({})", found.replications_completed)
    } else {
        return Some(Held::Same(found.replications_completed));
    };
    Some(Held::Other(differs))
}

/// What a folder with this manifest holds, seen from a what-if command.
fn held_study(bytes: &[u8], request: &Request) -> Option<Held> {
    let Some(found) = StudyManifest::read(bytes) else {
        return Manifest::read(bytes).map(|found| Held::Other(format!("the result of a run ({})", found.scenario)));
    };
    let differs = if found.request.kind != request.kind || found.request.name != request.name {
        described(&found.request)
    } else if found.request_digest != request.digest() {
        format!("the result of another {} of the same name{}", request.kind, differences(&found.request, request))
    } else if found.partnersim != manifest::VERSION {
        format!("the result of another version ({})", found.partnersim)
    } else {
        return Some(Held::Same(found.replications));
    };
    Some(Held::Other(differs))
}

/// In what the request of the folder differs from that of now, in brackets.
fn differences(held: &Request, asked: &Request) -> String {
    let setting = |of: &Request, name: &str| {
        of.settings.iter().find(|(known, _)| known == name).map_or_else(|| "–".to_string(), |(_, value)| value.clone())
    };
    let mut differs = Vec::new();
    if held.scenarios.iter().map(|of| &of.digest).ne(asked.scenarios.iter().map(|of| &of.digest)) {
        differs.push("another scenario, or other changes to it".to_string());
    }
    if held.seed != asked.seed {
        differs.push(format!("seed {}, now {}", held.seed, asked.seed));
    }
    let names: Vec<&String> = held.settings.iter().chain(&asked.settings).map(|(name, _)| name).collect();
    let mut told: Vec<&String> = Vec::new();
    for name in names {
        let (before, now) = (setting(held, name), setting(asked, name));
        if before == now || told.contains(&name) {
            continue;
        }
        told.push(name);
        let is_long = before.chars().count().max(now.chars().count()) > LONGEST_SETTING;
        differs.push(if is_long { format!("another {name}") } else { format!("{name} {before}, now {now}") });
    }
    if differs.is_empty() { String::new() } else { format!(" ({})", differs.join("; ")) }
}

fn described(request: &Request) -> String {
    format!("the result of {} {} ({})", article(&request.kind), request.kind, request.name)
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// Removes a file that may not be there.
fn remove(path: &Path, purpose: &str) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Failure::files(purpose, path, &error)),
        _ => Ok(()),
    }
}

/// Whether a file has the name of an unfinished one.
fn is_temporary(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.starts_with('.') && name.ends_with(".partial")
}

/// The name of a file while it is unfinished.
fn temporary(name: &str) -> String {
    format!(".{name}.partial")
}
