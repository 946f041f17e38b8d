//! What was simulated, on disk: begun, read again in its order, gone on with where that ends.
//!
//! It begins as the journal of an experiment does, with what was asked. Then come the scenario's values, which name what differs where
//! that was changed, and a record for each block. What is torn or damaged ends what can be used.

use super::{Columns, SetUp};
use crate::cli::failure::Failure;
use crate::cli::folder::EVALUATIONS;
use crate::experiment::{Handed, Stretch};
use crate::output::journal as format;
use crate::output::manifest::{self, VERSION};
use crate::output::study::{Request, StudyManifest};
use crate::scenario::Scenario;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Differences that a message lists at most.
const MOST_DIFFERENCES: usize = 10;

/// A record that claims to be longer is damaged.
const LONGEST_RECORD: u64 = 1 << 30;

/// Every value of a scenario: what it is of, and the value.
pub type Values = Vec<(String, String)>;

/// What is written down of a block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What was simulated.
    pub set_up: String,
    /// Index of the first replication.
    pub first: u64,
    /// Number of replications.
    pub size: usize,
    /// What the sound ones gave; none where the scenario refuses the set-up.
    pub columns: Option<Columns>,
    /// The others, with what the program said.
    pub faults: Vec<(u64, String)>,
}

/// The file, read up to where it ends and then written.
pub struct Journal {
    path: PathBuf,
    file: File,
    /// What an earlier search wrote, until that is used up.
    earlier: Option<BufReader<File>>,
    /// Bytes that are read or written.
    bytes: u64,
}

impl Record {
    /// What was made of a stretch of a set-up.
    pub fn of(set_up: &SetUp, stretch: Stretch, handed: Handed<Option<Columns>>) -> Record {
        let faults = handed.faults.into_iter().map(|fault| (set_up.first + fault.replication, fault.message));
        let mut columns: Option<Columns> = Some(Vec::new());
        for (_, part) in handed.sound {
            columns = columns.zip(part).map(|(mut columns, part)| {
                if columns.is_empty() {
                    return part;
                }
                columns.iter_mut().zip(part).for_each(|(column, part)| column.extend(part));
                columns
            });
        }
        let first = set_up.first + stretch.first;
        Record { set_up: set_up.name.clone(), first, size: stretch.size, columns, faults: faults.collect() }
    }
}

impl Journal {
    /// Begins one.
    pub fn begin(path: PathBuf, request: &Request, values: &Values) -> Result<Journal, Failure> {
        let failed = |error| Failure::files("write", &path, &error);
        let mut file = File::create(&path).map_err(failed)?;
        let values = encoded(values).map_err(failed)?;
        format::begin(request, &mut file).and_then(|()| format::record(&values, &mut file)).map_err(failed)?;
        Ok(Journal { path, file, earlier: None, bytes: 0 })
    }

    /// Whether there may be more that an earlier search wrote.
    pub fn goes_on(&self) -> bool {
        self.earlier.is_some()
    }

    /// The next block, where it was written down: `size` replications of `set_up` after its first `done`.
    pub fn next(&mut self, set_up: &SetUp, done: u64, size: usize) -> Result<Option<Record>, Failure> {
        let Some(reader) = &mut self.earlier else { return Ok(None) };
        let first = set_up.first + done;
        let is_it = |record: &Record| record.set_up == set_up.name && (record.first, record.size) == (first, size);
        let read = frame(reader).and_then(|payload| Some((postcard::from_bytes(&payload).ok()?, payload.len())));
        match read {
            Some((record, length)) if is_it(&record) => {
                self.bytes += (format::FRAME_BYTES + length) as u64;
                Ok(Some(record))
            }
            _ => {
                self.earlier = None;
                let cut = self.file.set_len(self.bytes).and_then(|()| self.file.seek(SeekFrom::End(0)));
                cut.map_err(|error| Failure::files("go on with", &self.path, &error))?;
                Ok(None)
            }
        }
    }

    /// Writes a block down.
    pub fn add(&mut self, record: &Record) -> Result<(), Failure> {
        let added = encoded(record).and_then(|payload| format::record(&payload, &mut self.file));
        added.map_err(|error| Failure::files("write", &self.path, &error))
    }
}

/// What an interrupted search left in the folder, where it is to be gone on with.
pub fn earlier(folder: &Path, request: &Request, values: &Values, goes_on: bool) -> Result<Option<Journal>, Failure> {
    let path = folder.join(EVALUATIONS);
    let Ok(file) = File::open(&path) else { return Ok(None) };
    let mut reader = BufReader::new(file);
    let Some((begun, there, bytes)) = head(&mut reader) else { return Ok(None) };
    let place = folder.display();
    if !goes_on {
        return Err(Failure::Files(format!(
            "{place} holds a search that was interrupted.\n  Go on with --resume, begin anew with --force, or choose another folder with --out DIR."
        )));
    }
    let differences = differences(&begun, &there, request, values);
    if !differences.is_empty() {
        return Err(Failure::Input(format!(
            "{place} holds a search that was begun for something else, and cannot go on:\n  {}.\n  Begin anew with --force, or choose another folder with --out DIR.",
            differences.join(";\n  ")
        )));
    }
    let failed = |error| Failure::files("go on with", &path, &error);
    let file = File::options().write(true).open(&path).map_err(failed)?;
    Ok(Some(Journal { path, file, earlier: Some(reader), bytes }))
}

/// Whether the folder already holds all that is asked for.
pub fn is_complete(folder: &Path, request: &Request) -> bool {
    let found = std::fs::read(folder.join(manifest::NAME)).ok().and_then(|bytes| StudyManifest::read(&bytes));
    let is_same = |found: StudyManifest| {
        found.request_digest == request.digest() && found.partnersim == VERSION && found.status == "complete"
    };
    found.is_some_and(is_same) && !folder.join(EVALUATIONS).exists()
}

/// The values of a scenario.
pub fn values(scenario: &Scenario) -> Values {
    let of = |belongs_to: &str| if belongs_to.is_empty() { String::new() } else { format!(" of {belongs_to}") };
    let lines = scenario.assumptions.iter();
    lines.map(|line| (format!("{}{}", line.key, of(&line.belongs_to)), line.value.clone())).collect()
}

/// What a file was begun for, the values of its scenario, and the bytes up to there.
fn head(reader: &mut BufReader<File>) -> Option<(format::Journal, Values, u64)> {
    let mut bytes = vec![0; format::MAGIC.len()];
    reader.read_exact(&mut bytes).ok()?;
    format::record(&frame(reader)?, &mut bytes).ok()?;
    let begun = format::Journal::read(&bytes)?;
    let values = frame(reader)?;
    let length = bytes.len() + format::FRAME_BYTES + values.len();
    Some((begun, postcard::from_bytes(&values).ok()?, length as u64))
}

/// The payload of the next record, if it is whole.
fn frame(from: &mut impl Read) -> Option<Vec<u8>> {
    let mut length = [0; 8];
    from.read_exact(&mut length).ok()?;
    let length = u64::from_le_bytes(length);
    if length > LONGEST_RECORD {
        return None;
    }
    let mut payload = Vec::new();
    from.take(length).read_to_end(&mut payload).ok()?;
    let mut check = [0; format::CHECK_BYTES];
    from.read_exact(&mut check).ok()?;
    (payload.len() as u64 == length && format::check(&payload) == check).then_some(payload)
}

fn encoded(value: &impl Serialize) -> io::Result<Vec<u8>> {
    postcard::to_allocvec(value).map_err(io::Error::other)
}

/// What differs, each as a sentence. Values of the scenario tell more than its digest does.
fn differences(begun: &format::Journal, there: &Values, request: &Request, here: &Values) -> Vec<String> {
    let mut told = begun.differences(request);
    let is_told_already = |key: &String| key == "seed" || request.settings.iter().any(|(setting, _)| setting == key);
    let mut changed: Vec<String> = Vec::new();
    for (key, is) in here.iter().filter(|(key, _)| !is_told_already(key)) {
        match there.iter().find(|(other, _)| other == key) {
            Some((_, was)) if was == is => {}
            Some((_, was)) => changed.push(format!("{key} was {was} and is {is}")),
            None => changed.push(format!("{key} is new: {is}")),
        }
    }
    let gone = there.iter().filter(|(key, _)| here.iter().all(|(other, _)| other != key));
    changed.extend(gone.map(|(key, was)| format!("{key} was {was} and is gone")));
    if !changed.is_empty() || told.len() > 1 {
        told.retain(|line| !line.starts_with("the scenario was"));
    }
    told.extend(changed);
    if told.is_empty() && begun.request.digest() != request.digest() {
        told.push("what is asked is not what was asked".to_string());
    }
    let more = told.len().saturating_sub(MOST_DIFFERENCES);
    told.truncate(MOST_DIFFERENCES);
    told.extend((more > 0).then(|| format!("and {more} more")));
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::study::tests::study;

    fn set_up(name: &str) -> SetUp {
        SetUp { name: name.to_string(), first: 1_000 }
    }

    fn record(name: &str, done: u64, columns: Option<Columns>) -> Record {
        Record {
            set_up: name.to_string(),
            first: 1_000 + done,
            size: 128,
            columns,
            faults: vec![(1_007, "odd".into())],
        }
    }

    #[test]
    fn what_was_written_down_comes_back_bit_by_bit_and_what_does_not_follow_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let values = vec![("communication.quality".to_string(), "0.6".to_string())];
        let request = study().request;
        let again = || earlier(folder.path(), &request, &values, true).unwrap().unwrap();
        let mut journal = Journal::begin(folder.path().join(EVALUATIONS), &request, &values).unwrap();
        let numbers = Some(vec![vec![0.1 + 0.2, -0.0, f64::INFINITY], vec![1e-308]]);
        journal.add(&record("base", 0, numbers.clone())).unwrap();
        journal.add(&record("base", 128, None)).unwrap();

        let mut second = again();
        let first = second.next(&set_up("base"), 0, 128).unwrap().unwrap();
        assert_eq!((first.columns.clone(), &first), (numbers, &record("base", 0, first.columns.clone())));
        assert!(first.columns.unwrap()[0][1].is_sign_negative());
        assert_eq!(second.next(&set_up("trust.initial=0.2"), 128, 128).unwrap(), None);
        assert!(!second.goes_on());
        second.add(&record("trust.initial=0.2", 128, None)).unwrap();

        let mut third = again();
        assert!(third.next(&set_up("base"), 0, 128).unwrap().is_some());
        let next = third.next(&set_up("trust.initial=0.2"), 128, 128).unwrap();
        assert_eq!(next, Some(record("trust.initial=0.2", 128, None)));
        assert!(third.next(&set_up("base"), 0, 128).unwrap().is_none());
    }

    #[test]
    fn a_changed_value_of_the_scenario_is_named() {
        let pairs = |value: &str| vec![("communication.quality".to_string(), value.to_string())];
        let folder = tempfile::tempdir().unwrap();
        let (there, mut here) = (study().request, study().request);
        Journal::begin(folder.path().join(EVALUATIONS), &there, &pairs("0.6")).unwrap();
        here.scenarios[0].digest = "another".to_string();
        here.seed = "2".to_string();
        let Err(Failure::Input(told)) = earlier(folder.path(), &here, &pairs("0.7"), true) else {
            panic!("it goes on")
        };
        let differences = "the seed was 1 and is 2;\n  communication.quality was 0.6 and is 0.7.";
        assert!(told.contains(differences) && !told.contains("the scenario was"), "{told}");
        assert!(matches!(earlier(folder.path(), &there, &pairs("0.6"), false), Err(Failure::Files(_))));
        assert!(earlier(folder.path(), &there, &pairs("0.6"), true).unwrap().is_some());
    }
}
