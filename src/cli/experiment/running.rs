//! The replications of an experiment: simulated in threads, gathered set-up by set-up, each written down as soon as it is finished.

use super::super::failure::Failure;
use super::super::folder::Folder;
use super::super::progress::Progress;
use super::super::unfinished::Unfinished;
use super::journal::Journal;
use super::{Work, kept, set_ups};
use crate::analyse::point::{PointFinding, PointTotals};
use crate::experiment::{self, Fault, Handed, Plan, Stopped, Stretch, faults};
use std::io::Write;
use std::sync::atomic::AtomicBool;

/// What was gathered of a set-up so far.
#[derive(Default)]
struct Gathered {
    totals: Option<PointTotals>,
    faults: Vec<Fault>,
    tried: u64,
}

/// What a thread makes of some replications: sums and rows.
type Part = (PointTotals, Vec<u8>);

/// Runs what an earlier journal does not already hold. Gives what was found, fewer than asked for only after an interrupt.
pub(super) fn findings(
    work: &Work,
    folder: &Folder,
    mut journal: Journal,
    interrupt: &AtomicBool,
    progress: &Progress,
) -> Result<(Vec<PointFinding>, Option<Unfinished>), Failure> {
    let experiment = work.experiment;
    let mut findings = journal.take_finished();
    let mut rows =
        if work.with_rows { Some(set_ups::rows_file(work, folder, &mut journal, &mut findings)?) } else { None };
    let first = findings.len();
    progress.advance(first as u64 * experiment.replications);
    let plan = Plan {
        points: work.set_ups.len() - first,
        first: 0,
        replications: experiment.replications,
        threads: work.threads,
    };
    let mut n_faults = findings.iter().map(|finding| finding.faults.len() as u64).sum();
    let mut gathered = Gathered::default();
    let compute = |stretch: Stretch| part(work, Stretch { point: first + stretch.point, ..stretch });
    let sink = |stretch: Stretch, handed: Handed<Part>| {
        let stretch = Stretch { point: first + stretch.point, ..stretch };
        progress.advance(stretch.size as u64);
        n_faults += handed.faults.len() as u64;
        take_up(handed, stretch, &mut gathered, rows.as_mut())?;
        let tried = stretch.point as u64 * experiment.replications + gathered.tried;
        if let Some(last) = gathered.faults.last().filter(|_| faults::are_too_many(n_faults, tried)) {
            return Err(Failure::too_many(n_faults, tried, last));
        }
        if gathered.tried == experiment.replications {
            let finding = finished(work, stretch.point, std::mem::take(&mut gathered))?;
            work.set_ups.done(stretch.point);
            journal.add(&finding, rows.as_mut())?;
            findings.push(finding);
        }
        Ok(())
    };
    match experiment::run_past_faults(&plan, interrupt, &compute, sink) {
        Ok(_) => Ok((findings, rows)),
        Err(Stopped::Fault(fault)) => Err(Failure::fault(&fault)),
        Err(Stopped::Sink(failure)) => Err(kept(failure)),
    }
}

/// Simulates some replications of a set-up and makes of them what is kept.
fn part(work: &Work, stretch: Stretch) -> Part {
    let (experiment, at) = (work.experiment, stretch.point);
    let set_up = work.set_ups.get(at);
    let block = set_up.block(experiment.seed, stretch);
    let range = stretch.first..stretch.first + stretch.size as u64;
    let number = 1 + at / experiment.policies.len();
    let is_broken = |(point, replication): &(usize, u64)| *point == number && range.contains(replication);
    assert!(!work.broken.iter().any(is_broken), "it was asked to break");
    let rows = if work.with_rows { set_ups::rows(work, at, &block) } else { Vec::new() };
    (PointTotals::of(&block, work.asked, &set_up.targets, experiment.replications), rows)
}

/// Takes up what was handed over, in order.
fn take_up(
    handed: Handed<Part>,
    stretch: Stretch,
    gathered: &mut Gathered,
    mut rows: Option<&mut Unfinished>,
) -> Result<(), Failure> {
    for (_, (totals, text)) in handed.sound {
        if let Some(rows) = &mut rows {
            rows.write_all(&text).map_err(|error| rows.failure(&error))?;
        }
        match &mut gathered.totals {
            Some(whole) => whole.merge(totals),
            None => gathered.totals = Some(totals),
        }
    }
    gathered.faults.extend(handed.faults.into_iter().map(|fault| Fault { point: stretch.point, ..fault }));
    gathered.tried += stretch.size as u64;
    Ok(())
}

/// What is kept of a set-up when all its replications were tried.
fn finished(work: &Work, at: usize, gathered: Gathered) -> Result<PointFinding, Failure> {
    match (gathered.totals, gathered.faults.last()) {
        (Some(totals), _) => Ok(totals.finding(work.asked, &work.set_ups.get(at).targets).without(gathered.faults)),
        (None, Some(fault)) => Err(Failure::fault(fault)),
        (None, None) => Err(Failure::Program("nothing was simulated".to_string())),
    }
}
