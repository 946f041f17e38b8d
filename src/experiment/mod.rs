//! Runs the replications of a scenario, block by block.
//!
//! Each block is worked on wherever there is a free thread and handed over in replication order, so a result depends
//! neither on the number of threads nor on their timing. At most a few blocks wait at a time, whatever the number of
//! replications. What is done with a block is the caller's: `work` in the threads, `sink` in order.

pub mod design;
pub mod digest;
#[cfg(test)]
pub mod fake;
pub mod faults;
pub mod file;
pub mod levers;
pub mod observed;
#[cfg(feature = "cli")]
mod pipeline;
pub mod prior;
pub mod quantile;
pub mod quantity;
pub mod search;
pub mod vary;

use crate::simulate::BLOCK;
pub use faults::{Fault, Handed};
use std::sync::atomic::{AtomicBool, Ordering};

/// Which replications to run, and on how many threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Design points: each gets all the replications, one point after the other. 1 for a scenario by itself.
    pub points: usize,
    /// Index of the first replication.
    pub first: u64,
    /// Number of replications.
    pub replications: u64,
    /// Threads to work on them; at least 1. Without the feature `cli` there is always one.
    pub threads: usize,
}

/// Consecutive replications that are worked on together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The design point they belong to, counted from 0.
    pub point: usize,
    /// Index of the first replication.
    pub first: u64,
    /// Number of replications, at most [`BLOCK`].
    pub size: usize,
}

/// Why a run ended before its last replication, other than by request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stopped<E> {
    /// A replication could not be computed.
    Fault(Fault),
    /// The sink could not take a block.
    Sink(E),
}

/// Runs `work` on every stretch of the plan and hands what it gives to `sink` in order. Once `interrupt` is set no new
/// stretch is begun. Gives the number of replications handed over, of all points together, fewer than planned only after an
/// interrupt. Ends at the first replication that cannot be computed; [`run_past_faults`] goes on without it.
///
/// ```
/// use partnersim::experiment::{Plan, Stretch, run};
/// use std::sync::atomic::AtomicBool;
/// let plan = Plan { points: 1, first: 0, replications: 1000, threads: 2 };
/// let mut sum = 0;
/// let work = |stretch: Stretch| (stretch.first..stretch.first + stretch.size as u64).sum::<u64>();
/// let sink = |_, part| { sum += part; Ok::<(), ()>(()) };
/// assert_eq!(run(&plan, &AtomicBool::new(false), &work, sink), Ok(1000));
/// assert_eq!(sum, 499_500);
/// ```
///
/// # Errors
/// The first fault in replication order, or what the sink reported.
pub fn run<T: Send, E>(
    plan: &Plan,
    interrupt: &AtomicBool,
    work: &(impl Fn(Stretch) -> T + Sync),
    mut sink: impl FnMut(Stretch, T) -> Result<(), E>,
) -> Result<u64, Stopped<E>> {
    let strict = |_, handed: Handed<T>| {
        if let Some(fault) = handed.faults.into_iter().next() {
            return Err(Stopped::Fault(fault));
        }
        handed.sound.into_iter().try_for_each(|(stretch, done)| sink(stretch, done).map_err(Stopped::Sink))
    };
    run_past_faults(plan, interrupt, work, strict).map_err(|stopped| match stopped {
        Stopped::Fault(fault) | Stopped::Sink(Stopped::Fault(fault)) => Stopped::Fault(fault),
        Stopped::Sink(stopped) => stopped,
    })
}

/// As [`run`], but a replication that cannot be computed does not take the rest along: each stretch is handed over with its
/// sound replications and its faults. When to give up is the sink's to say; [`faults::are_too_many`] is the usual rule.
///
/// # Errors
/// What the sink reported; a fault only where no thread could be started.
pub fn run_past_faults<T: Send, E>(
    plan: &Plan,
    interrupt: &AtomicBool,
    work: &(impl Fn(Stretch) -> T + Sync),
    sink: impl FnMut(Stretch, Handed<T>) -> Result<(), E>,
) -> Result<u64, Stopped<E>> {
    #[cfg(feature = "cli")]
    if plan.threads > 1 {
        return pipeline::run(plan, interrupt, work, sink);
    }
    run_serially(plan, interrupt, work, sink)
}

fn run_serially<T, E>(
    plan: &Plan,
    interrupt: &AtomicBool,
    work: &impl Fn(Stretch) -> T,
    mut sink: impl FnMut(Stretch, Handed<T>) -> Result<(), E>,
) -> Result<u64, Stopped<E>> {
    let mut completed = 0;
    for number in 0..plan.stretches() {
        if interrupt.load(Ordering::Relaxed) {
            break;
        }
        let stretch = plan.stretch(number);
        sink(stretch, faults::attempt(work, stretch)).map_err(Stopped::Sink)?;
        completed += stretch.size as u64;
    }
    Ok(completed)
}

/// How many stretches on so many threads may be begun beyond the one that the sink is given.
pub fn ahead(threads: usize) -> usize {
    #[cfg(feature = "cli")]
    if threads > 1 {
        return pipeline::window(threads);
    }
    let _ = threads;
    0
}

impl Plan {
    /// Number of stretches.
    fn stretches(&self) -> u64 {
        self.points as u64 * self.stretches_of_a_point()
    }

    fn stretches_of_a_point(&self) -> u64 {
        self.replications.div_ceil(BLOCK as u64)
    }

    /// The stretch with a number, counted from 0.
    fn stretch(&self, number: u64) -> Stretch {
        let point = (number / self.stretches_of_a_point()) as usize;
        let done = number % self.stretches_of_a_point() * BLOCK as u64;
        Stretch { point, first: self.first + done, size: (self.replications - done).min(BLOCK as u64) as usize }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn never() -> AtomicBool {
        AtomicBool::new(false)
    }

    fn order_of(threads: usize, replications: u64) -> Vec<u64> {
        let plan = Plan { points: 1, first: 5, replications, threads };
        let mut order = Vec::new();
        let work = |stretch: Stretch| (stretch.first..stretch.first + stretch.size as u64).collect::<Vec<_>>();
        let sink = |_, part: Vec<u64>| {
            order.extend(part);
            Ok::<(), ()>(())
        };
        assert_eq!(run(&plan, &never(), &work, sink), Ok(replications));
        order
    }

    #[test]
    fn every_replication_is_handed_over_once_and_in_order_on_any_number_of_threads() {
        for threads in [1, 2, 3, 8] {
            for replications in [0, 1, 127, 128, 129, 5_000] {
                assert_eq!(order_of(threads, replications), (5..5 + replications).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn each_point_gets_all_replications_one_point_after_the_other() {
        for threads in [1, 4] {
            let plan = Plan { points: 3, first: 10, replications: 300, threads };
            let mut seen = Vec::new();
            let sink = |stretch: Stretch, ()| {
                seen.push((stretch.point, stretch.first, stretch.size));
                Ok::<(), ()>(())
            };
            assert_eq!(run(&plan, &never(), &|_| (), sink), Ok(900));
            let of_one = [(10, 128), (138, 128), (266, 44)];
            let all = (0..3).flat_map(|point| of_one.map(|(first, size)| (point, first, size)));
            assert_eq!(seen, all.collect::<Vec<_>>());
        }
    }

    #[cfg(feature = "cli")]
    #[test]
    fn few_blocks_wait_when_the_first_one_is_slow() {
        use std::sync::atomic::AtomicU64;
        use std::sync::{Condvar, Mutex};
        let begun = AtomicU64::new(0);
        let (first_may_end, ended) = (Mutex::new(false), Condvar::new());
        let plan = Plan { points: 1, first: 0, replications: 1_000 * BLOCK as u64, threads: 3 };
        let work = |stretch: Stretch| {
            let n_begun = begun.fetch_add(1, Ordering::SeqCst) + 1;
            if stretch.first == 0 {
                // Held back until the others have run as far ahead as they may.
                let mut may = first_may_end.lock().unwrap();
                while !*may {
                    may = ended.wait(may).unwrap();
                }
                return begun.load(Ordering::SeqCst);
            }
            if n_begun >= pipeline::window(3) as u64 {
                *first_may_end.lock().unwrap() = true;
                ended.notify_all();
            }
            0
        };
        let mut begun_meanwhile = 0;
        let sink = |stretch: Stretch, seen| {
            begun_meanwhile = if stretch.first == 0 { seen } else { begun_meanwhile };
            Ok::<(), ()>(())
        };
        assert_eq!(run(&plan, &never(), &work, sink), Ok(plan.replications));
        assert_eq!(begun_meanwhile, pipeline::window(3) as u64);
    }

    #[test]
    fn after_an_interrupt_what_was_finished_is_kept_without_a_gap() {
        for threads in [1, 4] {
            let interrupt = never();
            let plan = Plan { points: 1, first: 0, replications: 1_000_000, threads };
            let mut next = 0;
            let work = |stretch: Stretch| {
                if stretch.first >= 20 * BLOCK as u64 {
                    interrupt.store(true, Ordering::Relaxed);
                }
            };
            let sink = |stretch: Stretch, ()| {
                assert_eq!(stretch.first, next);
                next += stretch.size as u64;
                Ok::<(), ()>(())
            };
            let completed = run(&plan, &interrupt, &work, sink).unwrap();
            assert_eq!(completed, next);
            assert!((21 * BLOCK as u64..60 * BLOCK as u64).contains(&completed), "{completed}");
        }
    }

    #[test]
    fn a_panic_is_a_fault_with_the_index_of_its_replication() {
        for threads in [1, 4] {
            let plan = Plan { points: 1, first: 0, replications: 100_000, threads };
            let work = |stretch: Stretch| {
                let range = stretch.first..stretch.first + stretch.size as u64;
                assert!(!range.contains(&777) && !range.contains(&7_777), "trust is {}", 1.5);
            };
            let mut taken = 0;
            let sink = |stretch: Stretch, ()| {
                taken += stretch.size as u64;
                Ok::<(), ()>(())
            };
            let fault = Fault { point: 0, replication: 777, message: "trust is 1.5".to_string() };
            assert_eq!(run(&plan, &never(), &work, sink), Err(Stopped::Fault(fault)));
            assert_eq!(taken, 768);
        }
    }

    #[test]
    fn a_faulty_replication_does_not_take_the_rest_along() {
        for threads in [1, 4] {
            let plan = Plan { points: 2, first: 0, replications: 1_000, threads };
            // As in the engine: lanes take the sixteen that begin together along, one by itself only itself.
            let work = |stretch: Stretch| {
                let lanes = if stretch.size == 1 { 1 } else { 16 };
                let end = stretch.first + (stretch.size as u64).next_multiple_of(lanes);
                assert!(stretch.point == 0 || !(stretch.first..end).contains(&77), "broken");
                (stretch.first..stretch.first + stretch.size as u64).collect::<Vec<_>>()
            };
            let (mut seen, mut faults, mut tried) = (Vec::new(), Vec::new(), 0);
            let sink = |stretch: Stretch, handed: Handed<Vec<u64>>| {
                tried += stretch.size;
                seen.extend(
                    handed.sound.into_iter().flat_map(|(piece, all)| all.into_iter().map(move |r| (piece.point, r))),
                );
                faults.extend(handed.faults);
                Ok::<(), ()>(())
            };
            assert_eq!(run_past_faults(&plan, &never(), &work, sink), Ok(2_000));
            let expected = (0..2).flat_map(|point| (0..1_000).map(move |r| (point, r)));
            assert_eq!(seen, expected.filter(|&place| place != (1, 77)).collect::<Vec<_>>());
            assert_eq!(faults, [Fault { point: 1, replication: 77, message: "broken".to_string() }]);
            assert_eq!(tried, 2_000);
        }
    }

    #[test]
    fn a_fault_beyond_the_last_replication_is_none() {
        let plan = Plan { points: 1, first: 0, replications: 100, threads: 1 };
        let work = |stretch: Stretch| {
            let lanes = if stretch.size == 1 { 1 } else { 16 };
            let end = stretch.first + (stretch.size as u64).next_multiple_of(lanes);
            assert!(!(stretch.first..end).contains(&105), "broken");
        };
        assert_eq!(run(&plan, &never(), &work, |_, ()| Ok::<(), ()>(())), Ok(100));
    }

    #[test]
    fn what_the_sink_reports_ends_the_run() {
        for threads in [1, 4] {
            let plan = Plan { points: 1, first: 0, replications: 100_000, threads };
            let sink = |stretch: Stretch, ()| if stretch.first < 1280 { Ok(()) } else { Err("disk full") };
            assert_eq!(run(&plan, &never(), &|_| (), sink), Err(Stopped::Sink("disk full")));
        }
    }
}
