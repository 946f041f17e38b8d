//! The checkpoint of a long run: all it takes to go on after it was killed, and to end with the same bytes.
//!
//! It is taken every second or so, between two blocks: how far the files of rows are, every accumulator to the last bit, and
//! what the run is of. It is written under another name and renamed, so that there is always a whole one. Rows are handed over
//! to the system before, which outlives this program; a loss of power may take them, which their hash then shows.

use super::failure::Failure;
use super::unfinished::RowsAt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Begins every checkpoint; the number changes with the order of what follows.
const MAGIC: &[u8] = b"partnersim checkpoint 1\n";
/// Length of the hash that comes next.
const HASH: usize = 32;
/// So long there is at least between two checkpoints.
const LEAST_PAUSE: Duration = Duration::from_secs(1);
/// A pause is so many times as long as a checkpoint takes, so that all of them together cost less than 2 %.
const PAUSE_FOR_EACH: u32 = 60;
/// Differences that a message lists at most.
const MOST_DIFFERENCES: usize = 10;

/// All that decides what is computed: what it is, and its value.
pub type Head = Vec<(String, String)>;

/// How far the files of rows were, and everything that was gathered.
pub type Kept<S> = (Vec<RowsAt>, S);

/// When the next checkpoint is due.
#[derive(Debug)]
pub struct Pace {
    last: Instant,
    pause: Duration,
    /// A pause that is as long whatever a checkpoint takes.
    fixed: Option<Duration>,
}

impl Pace {
    /// The first is due after the shortest pause, or each after a fixed one.
    pub fn new(fixed: Option<Duration>) -> Pace {
        Pace { last: Instant::now(), pause: fixed.unwrap_or(LEAST_PAUSE), fixed }
    }

    /// Whether it is time.
    pub fn is_due(&self) -> bool {
        self.last.elapsed() >= self.pause
    }

    /// Takes one with `take`.
    pub fn keep<T>(&mut self, take: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let taken = take();
        self.last = Instant::now();
        self.pause = self.fixed.unwrap_or_else(|| LEAST_PAUSE.max(PAUSE_FOR_EACH * begun.elapsed()));
        taken
    }
}

/// Writes a checkpoint to `path`, in place of the one before.
pub fn save(path: &Path, head: &Head, rows: &[RowsAt], state: &impl Serialize) -> Result<(), Failure> {
    let bytes = encoded(head, rows, state).map_err(|error| Failure::Program(format!("no checkpoint: {error}")))?;
    let next = next(path);
    let written = fs::write(&next, bytes).and_then(|()| fs::rename(&next, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&next);
        Failure::files("write", path, &error)
    })
}

/// Where a checkpoint is written before it takes the place of the one before.
pub fn next(path: &Path) -> PathBuf {
    path.with_extension("next")
}

fn encoded(head: &Head, rows: &[RowsAt], state: &impl Serialize) -> Result<Vec<u8>, postcard::Error> {
    let body = MAGIC.len() + HASH;
    let mut bytes = postcard::to_extend(&(head, rows, state), [MAGIC, &[0; HASH]].concat())?;
    let hash = Sha256::digest(&bytes[body..]);
    bytes[MAGIC.len()..body].copy_from_slice(&hash);
    Ok(bytes)
}

/// What a checkpoint says, when it is one of the run that `head` describes; `None` where there is none.
///
/// # Errors
/// When it is damaged, in the words `damaged` gives it, or of another run, with all that differs.
pub fn load<S: DeserializeOwned>(
    path: &Path,
    head: &Head,
    damaged: impl Fn(&str) -> Failure,
) -> Result<Option<Kept<S>>, Failure> {
    let bytes = match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        read => read.map_err(|error| damaged(&format!("its checkpoint cannot be read ({error})")))?,
    };
    let body = body(&bytes).ok_or_else(|| damaged("its checkpoint is damaged"))?;
    // What follows the head has another form in other versions, and is not looked at before the head agrees.
    let (there, rest) = postcard::take_from_bytes::<Head>(body).map_err(|_| damaged("its checkpoint is damaged"))?;
    let differences = differences(&there, head);
    if !differences.is_empty() {
        return Err(damaged(&format!("it is not of this run:{}", list(&differences))));
    }
    postcard::from_bytes(rest)
        .map(Some)
        .map_err(|error| damaged(&format!("its checkpoint is of another form ({error})")))
}

/// What follows the hash, where it is what was hashed.
fn body(bytes: &[u8]) -> Option<&[u8]> {
    let (hash, body) = bytes.strip_prefix(MAGIC)?.split_at_checked(HASH)?;
    (Sha256::digest(body).as_slice() == hash).then_some(body)
}

/// What two heads do not have in common, in words.
fn differences(there: &Head, here: &Head) -> Vec<String> {
    let value = |head: &Head, key: &str| {
        let found = head.iter().find(|(name, _)| name == key);
        found.map_or("nothing".to_string(), |(_, value)| value.clone())
    };
    let mut keys: Vec<&String> = here.iter().map(|(key, _)| key).collect();
    keys.extend(there.iter().map(|(key, _)| key).filter(|key| here.iter().all(|(name, _)| name != *key)));
    let told = keys.into_iter().filter_map(|key| {
        let (there, here) = (value(there, key), value(here, key));
        (there != here).then(|| format!("{key}: {there} there, {here} here"))
    });
    told.collect()
}

fn list(differences: &[String]) -> String {
    let shown: Vec<String> = differences.iter().take(MOST_DIFFERENCES).map(|line| format!("\n  - {line}")).collect();
    match differences.len().saturating_sub(MOST_DIFFERENCES) {
        0 => shown.concat(),
        more => format!("{}\n  - and {more} more", shown.concat()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(quality: &str) -> Head {
        [("partnersim", "0.1.0"), ("communication.quality", quality)].map(|(a, b)| (a.into(), b.into())).to_vec()
    }

    fn damaged(what: &str) -> Failure {
        Failure::Input(what.to_string())
    }

    fn told(loaded: Result<Option<Kept<Vec<f64>>>, Failure>) -> String {
        match loaded {
            Err(Failure::Input(text)) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_checkpoint_reads_back_to_the_last_bit_and_is_of_one_run_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".checkpoint");
        let load = |quality: &str| load::<Vec<f64>>(&path, &head(quality), damaged);
        assert!(load("0.6").unwrap().is_none());
        let state = vec![0.1 + 0.2, f64::NEG_INFINITY, f64::from_bits(0x7ff8_0000_0000_1234), -0.0];
        save(&path, &head("0.6"), &[], &state).unwrap();
        let (rows, read) = load("0.6").unwrap().unwrap();
        assert!(rows.is_empty());
        let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&read), bits(&state));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
        assert!(told(load("0.7")).contains("- communication.quality: 0.6 there, 0.7 here"));
    }

    #[test]
    fn every_torn_or_changed_checkpoint_is_told_as_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".checkpoint");
        save(&path, &head("0.6"), &[], &vec![1.0, 2.0]).unwrap();
        let whole = fs::read(&path).unwrap();
        for length in 0..whole.len() {
            fs::write(&path, &whole[..length]).unwrap();
            assert_eq!(told(load(&path, &head("0.6"), damaged)), "its checkpoint is damaged", "{length}");
        }
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 0x10;
            fs::write(&path, &changed).unwrap();
            assert_eq!(told(load(&path, &head("0.6"), damaged)), "its checkpoint is damaged", "{at}");
        }
    }

    #[test]
    fn of_many_differences_the_first_are_listed() {
        let many = |value: &str| (0..15).map(|k| (format!("k{k}"), value.to_string())).collect::<Head>();
        let told = list(&differences(&many("1"), &many("2")));
        assert!(told.contains("k9: 1 there, 2 here") && told.ends_with("and 5 more"), "{told}");
        assert_eq!(differences(&many("1"), &Vec::new()).len(), 15);
    }
}
