//! The journal of an experiment: what was finished of it, point by point, so that it can go on where it was stopped.
//!
//! A line that says what it is, then records: length, payload, the first eight bytes of the payload's SHA-256. The first record is what was
//! asked, each other one a set-up with all that is kept of it, bit by bit. A record that is torn or damaged ends the journal: what
//! stands before it is whole.

use super::manifest::VERSION;
use super::study::Request;
use crate::analyse::batches::Batches;
use crate::analyse::findings::Estimate;
use crate::analyse::moments::Moments;
use crate::analyse::point::{PointFinding, QuantityFinding, VariableFinding};
use crate::experiment::Fault;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{self, Write};

/// Begins every journal; the number changes with the order of what follows.
pub const MAGIC: &[u8] = b"partnersim journal 2\n";
/// Bytes that a record ends with, to show that it is whole.
pub const CHECK_BYTES: usize = 8;
/// Bytes that a record has beside its payload.
pub const FRAME_BYTES: usize = 8 + CHECK_BYTES;

/// A journal that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Journal {
    /// Version of the program that wrote it.
    pub partnersim: String,
    /// What was asked.
    pub request: Request,
    /// Bytes up to the first set-up.
    pub head_bytes: u64,
    /// The set-ups that were finished, in order.
    pub finished: Vec<Finished>,
    /// Bytes up to the end of the last whole record.
    pub good_bytes: u64,
}

/// A set-up that was finished.
#[derive(Debug, Clone, PartialEq)]
pub struct Finished {
    /// What is kept of it.
    pub finding: PointFinding,
    /// Length that `runs.csv` had with its rows.
    pub rows_bytes: u64,
    /// Bytes of the journal up to the end of its record.
    pub good_bytes: u64,
}

#[derive(Serialize, Deserialize)]
struct Head {
    partnersim: String,
    request: Request,
}

/// Begins a journal.
///
/// # Errors
/// What writing reports.
pub fn begin(request: &Request, to: &mut dyn Write) -> io::Result<()> {
    let head = Head { partnersim: VERSION.to_string(), request: request.clone() };
    to.write_all(MAGIC)?;
    record(&serde_json::to_vec(&head)?, to)
}

/// Adds a set-up that was finished.
///
/// # Errors
/// What writing reports.
pub fn add(finding: &PointFinding, rows_bytes: u64, to: &mut dyn Write) -> io::Result<()> {
    record(&encoded(finding, rows_bytes), to)
}

/// Adds a record: its length, its payload, its check.
///
/// # Errors
/// What writing reports.
pub fn record(payload: &[u8], to: &mut dyn Write) -> io::Result<()> {
    let mut bytes = (payload.len() as u64).to_le_bytes().to_vec();
    bytes.extend_from_slice(payload);
    bytes.extend_from_slice(&check(payload));
    // In one piece, so that a journal is seldom torn at all.
    to.write_all(&bytes)?;
    to.flush()
}

/// What a record with this payload ends with.
pub fn check(payload: &[u8]) -> [u8; CHECK_BYTES] {
    let mut check = [0; CHECK_BYTES];
    check.copy_from_slice(&Sha256::digest(payload)[..CHECK_BYTES]);
    check
}

impl Journal {
    /// Reads a journal as far as it is whole; `None` when not even what was asked is.
    pub fn read(bytes: &[u8]) -> Option<Journal> {
        let mut rest = Rest(bytes.strip_prefix(MAGIC)?);
        let head: Head = serde_json::from_slice(rest.record()?).ok()?;
        let head_bytes = (bytes.len() - rest.0.len()) as u64;
        let mut good_bytes = head_bytes;
        let mut finished = Vec::new();
        while let Some((finding, rows_bytes)) = rest.record().and_then(|payload| Rest(payload).finding()) {
            good_bytes = (bytes.len() - rest.0.len()) as u64;
            finished.push(Finished { finding, rows_bytes, good_bytes });
        }
        Some(Journal { partnersim: head.partnersim, request: head.request, head_bytes, finished, good_bytes })
    }

    /// What differs between what it was begun for and what is asked now, each as a sentence; empty where it can go on.
    pub fn differences(&self, request: &Request) -> Vec<String> {
        let mut differences = Vec::new();
        let mut compare = |what: &str, was: Option<&str>, is: Option<&str>| match (was, is) {
            (was, is) if was == is => {}
            (Some(was), Some(is)) => differences.push(format!("{what} was {was} and is {is}")),
            (Some(was), None) => differences.push(format!("{what} was {was} and is gone")),
            (None, Some(is)) => differences.push(format!("{what} is new: {is}")),
            (None, None) => {}
        };
        compare("the version of partnersim", Some(&self.partnersim), Some(VERSION));
        compare("the seed", Some(&self.request.seed), Some(&request.seed));
        let digests = |request: &Request| -> String {
            request.scenarios.iter().map(|scenario| format!("{} ({:.12})", scenario.name, scenario.digest)).collect()
        };
        compare("the scenario", Some(&digests(&self.request)), Some(&digests(request)));
        let value = |request: &'_ Request, key: &str| {
            request.settings.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone())
        };
        let keys = self.request.settings.iter().chain(&request.settings).map(|(key, _)| key);
        let mut seen: Vec<&String> = Vec::new();
        for key in keys {
            if !seen.contains(&key) {
                seen.push(key);
                compare(key, value(&self.request, key).as_deref(), value(request, key).as_deref());
            }
        }
        differences
    }
}

fn encoded(finding: &PointFinding, rows_bytes: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut whole = |value: u64| bytes.extend_from_slice(&value.to_le_bytes());
    whole(rows_bytes);
    whole(finding.n);
    whole(finding.variables.len() as u64);
    for variable in &finding.variables {
        let (n, sum, squares) = variable.moments.parts();
        [n, sum.to_bits(), squares.to_bits()].into_iter().for_each(&mut whole);
        [variable.target.to_bits(), variable.above_target, variable.above_zero].into_iter().for_each(&mut whole);
        variable.quantiles.iter().for_each(|quantile| whole(quantile.to_bits()));
    }
    whole(finding.causes.len() as u64);
    finding.causes.iter().for_each(|&count| whole(count));
    whole(finding.quantities.len() as u64);
    for QuantityFinding { estimate, batches } in &finding.quantities {
        [estimate.value, estimate.mc_standard_error].into_iter().for_each(|number| whole(number.to_bits()));
        whole(batches.n);
        whole(batches.sums.len() as u64);
        batches.sums.iter().for_each(|sum| whole(sum.to_bits()));
    }
    whole(finding.faults.len() as u64);
    for Fault { point, replication, message } in &finding.faults {
        let mut whole = |value: u64| bytes.extend_from_slice(&value.to_le_bytes());
        [*point as u64, *replication, message.len() as u64].into_iter().for_each(&mut whole);
        bytes.extend_from_slice(message.as_bytes());
    }
    bytes
}

/// What is still to be read.
struct Rest<'b>(&'b [u8]);

impl<'b> Rest<'b> {
    fn take(&mut self, n: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(taken)
    }

    fn whole(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    fn number(&mut self) -> Option<f64> {
        self.whole().map(f64::from_bits)
    }

    /// So many of something, no more than there are bytes for.
    fn several<T>(&mut self, one: impl Fn(&mut Rest<'b>) -> Option<T>) -> Option<Vec<T>> {
        let n = self.whole().filter(|&n| n <= self.0.len() as u64 / 8)?;
        (0..n).map(|_| one(self)).collect()
    }

    /// The payload of the next record, if it is whole.
    fn record(&mut self) -> Option<&'b [u8]> {
        let before = self.0;
        let length = self.whole().and_then(|length| usize::try_from(length).ok());
        let payload = length.and_then(|length| self.take(length));
        let check = self.take(CHECK_BYTES);
        let whole = payload.zip(check).filter(|(payload, check)| Sha256::digest(payload)[..CHECK_BYTES] == **check);
        if whole.is_none() {
            self.0 = before;
        }
        whole.map(|(payload, _)| payload)
    }

    fn finding(&mut self) -> Option<(PointFinding, u64)> {
        let (rows_bytes, n) = (self.whole()?, self.whole()?);
        let variables = self.several(|rest| {
            let moments = Moments::from_parts((rest.whole()?, rest.number()?, rest.number()?));
            let (target, above_target, above_zero) = (rest.number()?, rest.whole()?, rest.whole()?);
            let mut quantiles = [0.0; 5];
            for quantile in &mut quantiles {
                *quantile = rest.number()?;
            }
            Some(VariableFinding { moments, target, above_target, above_zero, quantiles })
        })?;
        let causes = self.several(Rest::whole)?;
        let quantities = self.several(|rest| {
            let estimate = Estimate { value: rest.number()?, mc_standard_error: rest.number()? };
            Some(QuantityFinding { estimate, batches: Batches { n: rest.whole()?, sums: rest.several(Rest::number)? } })
        })?;
        let faults = self.several(|rest| {
            let (point, replication) = (usize::try_from(rest.whole()?).ok()?, rest.whole()?);
            let bytes = usize::try_from(rest.whole()?).ok()?;
            let message = String::from_utf8(rest.take(bytes)?.to_vec()).ok()?;
            Some(Fault { point, replication, message })
        })?;
        Some((PointFinding { n, variables, causes, quantities, faults }, rows_bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::point::{Asked, PointTotals};
    use crate::experiment::fake;
    use crate::experiment::quantity::Quantity;
    use crate::model::outcomes::OUTCOMES;
    use crate::output::study::tests::study;

    fn finding(first: u64) -> PointFinding {
        let asked = Asked::new(&["premium", "q05(trust)"].map(|text| Quantity::parse(text).unwrap()));
        let targets = vec![1.0; OUTCOMES.len()];
        let fault = Fault { point: 1, replication: 7, message: "trust is 1.5".to_string() };
        PointTotals::of(&fake::block(first, 100), &asked, &targets, 101).finding(&asked, &targets).without(vec![fault])
    }

    fn journal() -> Vec<u8> {
        let mut bytes = Vec::new();
        begin(&study().request, &mut bytes).unwrap();
        for point in 0..3 {
            add(&finding(128 * point), 1000 * point, &mut bytes).unwrap();
        }
        bytes
    }

    #[test]
    fn a_journal_reads_back_bit_by_bit() {
        let bytes = journal();
        let read = Journal::read(&bytes).unwrap();
        assert_eq!((read.good_bytes, read.finished.len()), (bytes.len() as u64, 3));
        for (point, finished) in read.finished.iter().enumerate() {
            assert_eq!(finished.finding, finding(128 * point as u64));
            assert_eq!(finished.rows_bytes, 1000 * point as u64);
        }
        assert!(read.differences(&study().request).is_empty());
    }

    #[test]
    fn a_journal_torn_anywhere_holds_what_was_whole() {
        let bytes = journal();
        let ends: Vec<u64> = Journal::read(&bytes).unwrap().finished.iter().map(|one| one.good_bytes).collect();
        for cut in (0..bytes.len()).step_by(37) {
            let whole = ends.iter().filter(|end| **end <= cut as u64).count();
            let read = Journal::read(&bytes[..cut]);
            assert_eq!(read.map_or(0, |read| read.finished.len()), whole, "{cut}");
        }
        let mut damaged = bytes.clone();
        damaged[ends[0] as usize + 20] ^= 1;
        assert_eq!(Journal::read(&damaged).unwrap().finished.len(), 1);
    }

    #[test]
    fn what_differs_is_told() {
        let read = Journal::read(&journal()).unwrap();
        let mut other = study().request;
        other.seed = "2".to_string();
        other.settings =
            vec![("replications".to_string(), "200".to_string()), ("policy a".to_string(), "x".to_string())];
        let told = ["the seed was 1 and is 2", "replications was 100 and is 200", "policy a is new: x"];
        assert_eq!(read.differences(&other), told);
    }
}
