//! The folder of a result. What another run left there is not overwritten unasked, and no file appears under its final
//! name before all of them are complete.
//!
//! Files are written under temporary names, brought to disk, and renamed at the end, the manifest last. Temporaries of a run
//! that failed are removed, those of one that was killed are cleared away by the next.

use super::failure::Failure;
use crate::output::manifest::{self, Entry, Manifest};
use crate::output::study::{Request, StudyManifest};
use crate::output::{FILES, runs};
use crate::scenario::Scenario;
use crate::scenario::resolve::digest::hexadecimal;
use sha2::{Digest, Sha256};
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Where an experiment keeps what it has finished, until it is complete.
pub const JOURNAL: &str = ".experiment.journal";

/// A result folder being filled.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// The files it will hold, the manifest aside.
    names: Vec<String>,
    /// Whether it was made for this run, and goes again when the run fails.
    is_new: bool,
    /// Replications of the same scenario that it already holds, when that may not be replaced by less.
    held: u64,
    /// Whether what was written under temporary names stays after a failure, for `--resume` to go on from.
    is_resumable: bool,
    /// Held while the folder is being filled, so that a second run does not clear away the temporaries of the first.
    lock: Option<File>,
}

/// A file of the result under its temporary name.
pub struct Unfinished {
    name: String,
    path: PathBuf,
    writer: BufWriter<File>,
    hash: Sha256,
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
        let names = [runs::NAME].into_iter().chain(FILES.iter().map(|file| file.name)).map(str::to_string);
        Folder::open(path, names.collect(), &|bytes| held_run(bytes, scenario), force, false)
    }

    /// Makes or opens the folder for what a what-if command will find, in the files `names`.
    pub fn for_study(path: &Path, request: &Request, names: Vec<String>, force: bool) -> Result<Folder, Failure> {
        Folder::open(path, names, &|bytes| held_study(bytes, request), force, false)
    }

    /// The same for an experiment, which keeps a journal there until it is complete. With `resume` the journal and what else was begun
    /// stay as they are, else they are cleared away.
    pub fn for_experiment(
        path: &Path,
        request: &Request,
        names: Vec<String>,
        force: bool,
        resume: bool,
    ) -> Result<Folder, Failure> {
        let mut folder = Folder::open(path, names, &|bytes| held_study(bytes, request), force, resume)?;
        if !resume {
            remove(&path.join(JOURNAL), "clear away")?;
        }
        folder.is_resumable = true;
        Ok(folder)
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
        let mut folder = Folder { path: path.to_path_buf(), names, is_new, held: 0, is_resumable: resume, lock: None };
        folder.lock = folder.locked()?;
        folder.check_writable()?;
        if !resume {
            folder.clear_temporaries()?;
        }
        if !force {
            folder.held = folder.replaceable(judge)?;
        }
        Ok(folder)
    }

    /// Whether it already holds more replications of the same scenario than `completed`.
    pub fn holds_more_than(&self, completed: u64) -> bool {
        self.held > completed
    }

    /// Begins a file.
    pub fn begin(&self, name: &str) -> Result<Unfinished, Failure> {
        let path = self.path.join(temporary(name));
        let file = File::create(&path).map_err(|error| Failure::files("write", &path, &error))?;
        let path = self.path.join(name);
        Ok(Unfinished {
            name: name.to_string(),
            path,
            writer: BufWriter::with_capacity(1 << 16, file),
            hash: Sha256::new(),
        })
    }

    /// Goes on with a file that an earlier run began, after its first `bytes` bytes; what follows them goes.
    pub fn go_on(&self, name: &str, bytes: u64) -> Result<Unfinished, Failure> {
        let path = self.path.join(temporary(name));
        let failed = |error: io::Error| Failure::files("go on writing", &path, &error);
        let mut file = File::options().read(true).write(true).open(&path).map_err(failed)?;
        file.set_len(bytes).map_err(failed)?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 1 << 16];
        loop {
            match file.read(&mut buffer).map_err(failed)? {
                0 => break,
                n => hash.update(&buffer[..n]),
            }
        }
        let writer = BufWriter::with_capacity(1 << 16, file);
        Ok(Unfinished { name: name.to_string(), path: self.path.join(name), writer, hash })
    }

    /// Length of a file that was begun; 0 where there is none.
    pub fn begun_bytes(&self, name: &str) -> u64 {
        fs::metadata(self.path.join(temporary(name))).map_or(0, |found| found.len())
    }

    /// Puts every finished file under its final name, the manifest last; what an earlier result had and this one, of the
    /// files `written`, has not goes.
    pub fn publish(self, written: &[String]) -> Result<(), Failure> {
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
        remove(&self.path.join(JOURNAL), "clear away")?;
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

    /// How many replications of the same it holds; an error when it holds anything that must not be lost.
    fn replaceable(&self, judge: &dyn Fn(&[u8]) -> Option<Held>) -> Result<u64, Failure> {
        let refuse = |what: &str| {
            let path = self.path.display();
            Err(Failure::Files(format!("{path} {what}.\n  Choose another folder with --out DIR, or give --force.")))
        };
        match fs::read(self.path.join(manifest::NAME)).ok().and_then(|bytes| judge(&bytes)) {
            Some(Held::Same(replications)) => Ok(replications),
            Some(Held::Other(differs)) => refuse(&format!("holds {differs}")),
            None if self.is_empty()? => Ok(0),
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

    /// Whether it holds nothing but what a run that is resumed has begun.
    fn is_empty(&self) -> Result<bool, Failure> {
        let entries = fs::read_dir(&self.path).map_err(|error| Failure::files("read", &self.path, &error))?;
        let begun: Vec<String> = self.names().map(temporary).chain([JOURNAL.to_string()]).collect();
        let is_begun = |name: &str| self.is_resumable && begun.iter().any(|known| known == name);
        Ok(entries.flatten().all(|entry| entry.file_name().to_str().is_some_and(is_begun)))
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
        Ok(())
    }

    fn clear_temporaries(&self) -> Result<(), Failure> {
        for name in self.names() {
            remove(&self.path.join(temporary(name)), "clear away")?;
        }
        Ok(())
    }
}

impl Drop for Folder {
    /// After a failure nothing of this run is left; after a success there is nothing to clear.
    fn drop(&mut self) {
        if !(self.is_resumable && self.path.join(JOURNAL).exists()) {
            let _ = self.clear_temporaries();
        }
        if self.is_new {
            // Only an empty folder goes.
            let _ = fs::remove_dir(&self.path);
        }
    }
}

impl Unfinished {
    /// Brings the file to disk; it stays under its temporary name until the folder is published.
    pub fn finish(mut self) -> Result<Entry, Failure> {
        let written = self.writer.flush().and_then(|()| self.writer.get_ref().sync_all());
        written.map_err(|error| self.failure(&error))?;
        Ok(Entry { file: self.name.clone(), sha256: hexadecimal(&self.hash.finalize()) })
    }

    /// Bytes that stand in the file, once it is flushed.
    pub fn bytes(&self) -> Result<u64, Failure> {
        self.writer.get_ref().metadata().map(|found| found.len()).map_err(|error| self.failure(&error))
    }

    /// What to say when writing it went wrong.
    pub fn failure(&self, error: &io::Error) -> Failure {
        Failure::files("write", &self.path, error)
    }
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.writer.write(bytes)?;
        self.hash.update(&bytes[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
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
        format!("the result of another {} of the same name", request.kind)
    } else if found.partnersim != manifest::VERSION {
        format!("the result of another version ({})", found.partnersim)
    } else {
        return Some(Held::Same(found.replications));
    };
    Some(Held::Other(differs))
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

fn temporary(name: &str) -> String {
    format!(".{name}.partial")
}
