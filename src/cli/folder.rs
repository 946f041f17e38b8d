//! The folder of a result. What another run left there is not overwritten unasked, and no file appears under its final
//! name before all of them are complete.
//!
//! Files are written under temporary names, brought to disk, and renamed at the end, the manifest last. Temporaries of a run
//! that failed are removed, those of one that was killed are cleared away by the next.

use super::failure::Failure;
use crate::output::manifest::{self, Entry, Manifest};
use crate::output::{FILES, runs};
use crate::scenario::Scenario;
use crate::scenario::resolve::digest::hexadecimal;
use sha2::{Digest, Sha256};
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A result folder being filled.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Whether it was made for this run, and goes again when the run fails.
    is_new: bool,
    /// Replications of the same scenario that it already holds, when that may not be replaced by less.
    held: u64,
    /// Held while the folder is being filled, so that a second run does not clear away the temporaries of the first.
    lock: Option<File>,
}

/// A file of the result under its temporary name.
pub struct Unfinished {
    name: &'static str,
    path: PathBuf,
    writer: BufWriter<File>,
    hash: Sha256,
}

impl Folder {
    /// Makes or opens the folder for a result of `scenario`. With `force` whatever it holds may be replaced.
    pub fn open(path: &Path, scenario: &Scenario, force: bool) -> Result<Folder, Failure> {
        if path.exists() && !path.is_dir() {
            return Err(Failure::Files(format!(
                "{} is a file, and results need a folder.\n  Choose another with --out DIR.",
                path.display()
            )));
        }
        let is_new = !path.exists();
        fs::create_dir_all(path).map_err(|error| Failure::files("make the folder", path, &error))?;
        let mut folder = Folder { path: path.to_path_buf(), is_new, held: 0, lock: None };
        folder.lock = folder.locked()?;
        folder.check_writable()?;
        folder.clear_temporaries()?;
        if !force {
            folder.held = folder.replaceable(scenario)?;
        }
        Ok(folder)
    }

    /// Whether it already holds more replications of the same scenario than `completed`.
    pub fn holds_more_than(&self, completed: u64) -> bool {
        self.held > completed
    }

    /// Begins a file.
    pub fn begin(&self, name: &'static str) -> Result<Unfinished, Failure> {
        let path = self.path.join(temporary(name));
        let file = File::create(&path).map_err(|error| Failure::files("write", &path, &error))?;
        let path = self.path.join(name);
        Ok(Unfinished { name, path, writer: BufWriter::with_capacity(1 << 16, file), hash: Sha256::new() })
    }

    /// Puts every finished file under its final name, the manifest last; what an earlier result had and this one, of the
    /// files `written`, has not goes.
    pub fn publish(self, written: &[String]) -> Result<(), Failure> {
        // Without its manifest the folder claims nothing while old and new files stand side by side.
        remove(&self.path.join(manifest::NAME), "replace")?;
        for name in names() {
            let path = self.path.join(name);
            if name != manifest::NAME && !written.iter().any(|written| written == name) {
                remove(&path, "remove")?;
                continue;
            }
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

    /// How many replications of the same scenario it holds; an error when it holds anything that must not be lost.
    fn replaceable(&self, scenario: &Scenario) -> Result<u64, Failure> {
        let refuse = |what: &str| {
            let path = self.path.display();
            Err(Failure::Files(format!("{path} {what}.\n  Choose another folder with --out DIR, or give --force.")))
        };
        let found = fs::read(self.path.join(manifest::NAME)).ok().and_then(|bytes| Manifest::read(&bytes));
        let Some(found) = found else {
            return match self.is_empty()? {
                true => Ok(0),
                false => refuse("holds files that are no complete result, and would be mixed with the new ones"),
            };
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
            return Ok(found.replications_completed);
        };
        refuse(&format!("holds {differs}"))
    }

    fn is_empty(&self) -> Result<bool, Failure> {
        let mut entries = fs::read_dir(&self.path).map_err(|error| Failure::files("read", &self.path, &error))?;
        Ok(entries.next().is_none())
    }

    /// Finds out before the simulation whether its files can be written at all.
    fn check_writable(&self) -> Result<(), Failure> {
        for name in names() {
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
        for name in names() {
            remove(&self.path.join(temporary(name)), "clear away")?;
        }
        Ok(())
    }
}

impl Drop for Folder {
    /// After a failure nothing of this run is left; after a success there is nothing to clear.
    fn drop(&mut self) {
        let _ = self.clear_temporaries();
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
        Ok(Entry { file: self.name.to_string(), sha256: hexadecimal(&self.hash.finalize()) })
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

/// The files of a result, the manifest last.
fn names() -> impl Iterator<Item = &'static str> {
    [runs::NAME].into_iter().chain(FILES.iter().map(|file| file.name)).chain([manifest::NAME])
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
