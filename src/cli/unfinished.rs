//! A file of a result under its temporary name: begun, gone on with, finished.

use super::failure::Failure;
use crate::output::manifest::Entry;
use crate::scenario::resolve::digest::hexadecimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A file of the result under its temporary name.
pub struct Unfinished {
    name: String,
    path: PathBuf,
    writer: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

/// How far a file of rows was when a checkpoint was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowsAt {
    /// Its name when finished.
    pub name: String,
    bytes: u64,
    sha256: String,
}

impl Unfinished {
    /// Begins the file `name` at `partial`, which is to become `path`.
    pub fn begin(name: &str, partial: &Path, path: PathBuf) -> Result<Unfinished, Failure> {
        let file = File::create(partial).map_err(|error| Failure::files("write", partial, &error))?;
        Ok(Unfinished::new(name, path, file, Sha256::new(), 0))
    }

    /// Goes on with the file at `partial` from where it was; `hash` is that of all up to there.
    pub fn reopen(at: &RowsAt, partial: &Path, path: PathBuf, hash: Sha256) -> Result<Unfinished, Failure> {
        let opened = OpenOptions::new().write(true).open(partial).and_then(|mut file| {
            file.set_len(at.bytes)?;
            file.seek(SeekFrom::Start(at.bytes))?;
            Ok(file)
        });
        let file = opened.map_err(|error| Failure::files("go on with", partial, &error))?;
        Ok(Unfinished::new(&at.name, path, file, hash, at.bytes))
    }

    /// Goes on with the file at `partial` after its first `bytes` bytes.
    pub fn go_on(name: &str, partial: &Path, path: PathBuf, bytes: u64) -> Result<Unfinished, Failure> {
        let hash = hash_of(partial, bytes).map_err(|error| Failure::files("go on with", partial, &error))?.0;
        let at = RowsAt { name: name.to_string(), bytes, sha256: String::new() };
        Unfinished::reopen(&at, partial, path, hash)
    }

    /// Bytes written to it so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    fn new(name: &str, path: PathBuf, file: File, hash: Sha256, bytes: u64) -> Unfinished {
        Unfinished { name: name.to_string(), path, writer: BufWriter::with_capacity(1 << 16, file), hash, bytes }
    }

    /// Hands everything over to the system, so that it outlives this program, and says how far it is.
    pub fn so_far(&mut self) -> Result<RowsAt, Failure> {
        self.writer.flush().map_err(|error| self.failure(&error))?;
        let sha256 = hexadecimal(&self.hash.clone().finalize());
        Ok(RowsAt { name: self.name.clone(), bytes: self.bytes, sha256 })
    }

    /// Brings the file to disk; it stays under its temporary name until the folder is published.
    pub fn finish(mut self) -> Result<Entry, Failure> {
        let written = self.writer.flush().and_then(|()| self.writer.get_ref().sync_all());
        written.map_err(|error| self.failure(&error))?;
        let sha256 = hexadecimal(&self.hash.finalize());
        Ok(Entry { file: self.name, title: String::new(), rows: None, sha256 })
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
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl RowsAt {
    /// The hash of the file's beginning, where that is what it was; more may follow. `None` where it is not.
    pub fn hash_in(&self, path: &Path) -> Option<Sha256> {
        let (hash, bytes) = hash_of(path, self.bytes).ok()?;
        let is_same = bytes == self.bytes && hexadecimal(&hash.clone().finalize()) == self.sha256;
        is_same.then_some(hash)
    }
}

/// The hash of the first `most` bytes of a file, and how many of them there are.
fn hash_of(path: &Path, most: u64) -> io::Result<(Sha256, u64)> {
    let mut rest = File::open(path)?.take(most);
    let (mut hash, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        match rest.read(&mut buffer)? {
            0 => return Ok((hash, bytes)),
            n => {
                hash.update(&buffer[..n]);
                bytes += n as u64;
            }
        }
    }
}
