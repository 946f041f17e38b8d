//! The simulations of a search, written down as they come, so that a search that was stopped can go on.
//!
//! A search chooses what to simulate next by what it has seen, and what it chooses follows from what was asked and from these numbers
//! alone. So the numbers are all that has to be kept: a search that goes on starts at its beginning, and is given what was written down
//! in place of a simulation until that is used up. Lost are at most the blocks that were under way.

mod journal;
mod opening;

use super::failure::Failure;
use super::progress::Progress;
use crate::experiment::{self, Fault, Handed, Plan, Stopped, Stretch, faults};
use crate::output::left_out::LeftOut;
use crate::simulate::BLOCK;
pub use journal::Journal;
use journal::Record;
pub use opening::{GoingOn, Opened, ended, left_as_it_was, nothing_yet, stopped, write};
use std::sync::atomic::{AtomicBool, Ordering};

/// For each quantity a number from each replication.
pub type Columns = Vec<Vec<f64>>;

/// A set-up to be simulated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUp {
    /// What it is called where it is spoken of: the changes that make it.
    pub name: String,
    /// Index of its first replication.
    pub first: u64,
}

/// What a set-up gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluated {
    /// Numbers from the replications that could be computed, in order.
    pub columns: Columns,
    /// Indices of the others, in order.
    pub missing: Vec<u64>,
}

/// All simulations of a search.
pub struct Evaluations<'a> {
    going_on: &'a GoingOn,
    threads: usize,
    interrupt: &'a AtomicBool,
    /// How far it is.
    pub progress: &'a Progress,
    book: Book,
}

/// Where simulations are written down, and what is known of all of them together.
struct Book {
    journal: Journal,
    tried: u64,
    left_out: Vec<LeftOut>,
}

impl Evaluated {
    /// The columns with a number for every replication from `first` on: NaN for those that are missing.
    pub fn filled(self, first: u64) -> Columns {
        let mut columns = self.columns;
        for &replication in &self.missing {
            columns.iter_mut().for_each(|column| column.insert((replication - first) as usize, f64::NAN));
        }
        columns
    }
}

impl<'a> Evaluations<'a> {
    /// Those that are written down in a journal, which may begin with what an earlier search simulated.
    pub fn new(
        journal: Journal,
        going_on: &'a GoingOn,
        threads: usize,
        interrupt: &'a AtomicBool,
        progress: &'a Progress,
    ) -> Evaluations<'a> {
        let book = Book { journal, tried: 0, left_out: Vec::new() };
        Evaluations { going_on, threads, interrupt, progress, book }
    }

    /// Replications that could not be computed, in the order in which they were met.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.book.left_out
    }

    /// Gives `take` what each set-up gives in so many replications, in order; `None` for one that the scenario refuses. `work` gives a column
    /// for each of `n_columns` quantities. False after an interrupt.
    ///
    /// # Errors
    /// When too many replications cannot be computed, or nothing can be written down any more.
    pub fn evaluate(
        &mut self,
        set_ups: &[SetUp],
        replications: u64,
        n_columns: usize,
        work: &(impl Fn(Stretch) -> Option<Columns> + Sync),
        mut take: impl FnMut(Option<Evaluated>),
    ) -> Result<bool, Failure> {
        let mut pending = Pending::new(n_columns);
        let (mut at, mut done, was_going_on) = (0, 0, self.book.journal.goes_on());
        // What is written down, in the order in which it would be simulated.
        while at < set_ups.len() && !self.interrupt.load(Ordering::Relaxed) {
            let size = (replications - done).min(BLOCK as u64) as usize;
            let Some(record) = self.book.journal.next(&set_ups[at], done, size)? else { break };
            done += size as u64;
            pending.add(self.book.take_up(record, self.progress)?);
            if done == replications {
                take(pending.complete());
                (at, done) = (at + 1, 0);
            }
        }
        if was_going_on && !self.book.journal.goes_on() {
            self.progress.forget_pace();
        }
        // What is begun of a set-up, then those that are still whole.
        let begun = usize::from(done > 0);
        for (offset, points, first) in [(at, begun, done), (at + begun, set_ups.len() - at - begun, 0)] {
            let plan = Plan { points, first, replications: replications - first, threads: self.threads };
            let compute = |stretch: Stretch| {
                let point = offset + stretch.point;
                let here = Stretch { point, first: set_ups[point].first + stretch.first, ..stretch };
                self.going_on.break_where_asked(here);
                work(here)
            };
            let (book, progress) = (&mut self.book, self.progress);
            let sink = |stretch: Stretch, handed: Handed<Option<Columns>>| {
                let record = Record::of(&set_ups[offset + stretch.point], stretch, handed);
                book.journal.add(&record)?;
                pending.add(book.take_up(record, progress)?);
                if stretch.first + stretch.size as u64 == replications {
                    take(pending.complete());
                }
                Ok(())
            };
            match experiment::run_past_faults(&plan, self.interrupt, &compute, sink) {
                Ok(completed) if completed < points as u64 * plan.replications => return Ok(false),
                Ok(_) => {}
                Err(Stopped::Fault(fault)) => return Err(Failure::fault(&fault)),
                Err(Stopped::Sink(failure)) => return Err(failure),
            }
        }
        Ok(true)
    }
}

impl Book {
    /// Counts what a block gave.
    fn take_up(&mut self, record: Record, progress: &Progress) -> Result<Record, Failure> {
        progress.advance(record.size as u64);
        self.tried += record.size as u64;
        let left_out = |(replication, message): &(u64, String)| LeftOut {
            set_up: record.set_up.clone(),
            replication: *replication,
            message: message.clone(),
        };
        self.left_out.extend(record.faults.iter().map(left_out));
        let n_left_out = self.left_out.len() as u64;
        match self.left_out.last() {
            Some(last) if faults::are_too_many(n_left_out, self.tried) => {
                let fault = Fault { point: 0, replication: last.replication, message: last.message.clone() };
                Err(Failure::too_many(n_left_out, self.tried, &fault))
            }
            _ => Ok(record),
        }
    }
}

/// What is gathered of a set-up, until that is complete.
struct Pending {
    n_columns: usize,
    gathered: Option<Evaluated>,
}

impl Pending {
    fn new(n_columns: usize) -> Pending {
        let mut pending = Pending { n_columns, gathered: None };
        pending.complete();
        pending
    }

    fn add(&mut self, record: Record) {
        let Some(gathered) = &mut self.gathered else { return };
        let Some(columns) = record.columns else {
            self.gathered = None;
            return;
        };
        gathered.columns.iter_mut().zip(columns).for_each(|(column, part)| column.extend(part));
        gathered.missing.extend(record.faults.into_iter().map(|(replication, _)| replication));
    }

    /// What was gathered; the next set-up begins.
    fn complete(&mut self) -> Option<Evaluated> {
        let empty = Evaluated { columns: vec![Vec::new(); self.n_columns], missing: Vec::new() };
        self.gathered.replace(empty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_keeps_its_place() {
        let evaluated = Evaluated { columns: vec![vec![1.0, 2.0, 3.0]], missing: vec![11, 13] };
        let filled = evaluated.filled(10);
        let seen: Vec<Option<f64>> =
            filled[0].iter().map(|value| Some(*value).filter(|value| !value.is_nan())).collect();
        assert_eq!(seen, [Some(1.0), None, Some(2.0), None, Some(3.0)]);
    }

    #[test]
    fn a_set_up_that_is_refused_in_one_block_is_refused() {
        let record = |columns| Record { set_up: String::new(), first: 0, size: 1, columns, faults: Vec::new() };
        let mut pending = Pending::new(1);
        pending.add(record(Some(vec![vec![1.0]])));
        pending.add(record(None));
        pending.add(record(Some(vec![vec![2.0]])));
        assert_eq!(pending.complete(), None);
        // What broke in all its replications has no columns.
        pending.add(record(Some(Vec::new())));
        pending.add(record(Some(vec![vec![3.0]])));
        assert_eq!(pending.complete().unwrap().columns, [[3.0]]);
    }
}
