//! Many threads, one order: blocks are computed wherever there is a free thread and wait their turn in a short row.

use super::faults::attempt;
use super::{Fault, Handed, Plan, Stopped, Stretch};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many stretches may be begun and not yet handed over.
pub(super) fn window(threads: usize) -> usize {
    4 * threads
}

/// The stretches between the next to hand over and the next to begin.
struct Row<T> {
    state: Mutex<State<T>>,
    changed_for_workers: Condvar,
    changed_for_sink: Condvar,
}

struct State<T> {
    /// One place for each stretch that was begun and not handed over, in order; empty until it is finished.
    places: VecDeque<Option<Handed<T>>>,
    /// Number of the stretch at the front.
    front: u64,
    /// No further stretch is to be begun.
    closed: bool,
}

/// As [`super::run_past_faults`], on `plan.threads` threads. The sink runs on the calling thread.
pub(super) fn run<T: Send, E>(
    plan: &Plan,
    interrupt: &AtomicBool,
    work: &(impl Fn(Stretch) -> T + Sync),
    mut sink: impl FnMut(Stretch, Handed<T>) -> Result<(), E>,
) -> Result<u64, Stopped<E>> {
    let row = Row::new();
    let threads = rayon::ThreadPoolBuilder::new().num_threads(plan.threads).build();
    let threads = threads
        .map_err(|error| Stopped::Fault(Fault { point: 0, replication: plan.first, message: error.to_string() }));
    threads?.in_place_scope(|scope| {
        for _ in 0..plan.threads {
            scope.spawn(|_| {
                while let Some(number) = row.begin(plan, interrupt) {
                    row.finish(number, attempt(work, plan.stretch(number)));
                }
            });
        }
        let mut completed = 0;
        let outcome = loop {
            let Some((number, done)) = row.hand_over(plan) else { break Ok(completed) };
            let stretch = plan.stretch(number);
            match sink(stretch, done) {
                Ok(()) => completed += stretch.size as u64,
                Err(stopped) => break Err(Stopped::Sink(stopped)),
            }
        };
        row.close();
        outcome
    })
}

impl<T> Row<T> {
    fn new() -> Row<T> {
        Row {
            state: Mutex::new(State { places: VecDeque::new(), front: 0, closed: false }),
            changed_for_workers: Condvar::new(),
            changed_for_sink: Condvar::new(),
        }
    }

    /// The number of the next stretch to work on; waits while too many are under way; `None` when there are no more.
    fn begin(&self, plan: &Plan, interrupt: &AtomicBool) -> Option<u64> {
        let mut state = self.lock();
        while !state.closed && state.places.len() >= window(plan.threads) {
            state = self.changed_for_workers.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let number = state.front + state.places.len() as u64;
        if state.closed || interrupt.load(Ordering::Relaxed) || number >= plan.stretches() {
            state.closed = true;
            self.changed_for_sink.notify_one();
            self.changed_for_workers.notify_all();
            return None;
        }
        state.places.push_back(None);
        Some(number)
    }

    fn finish(&self, number: u64, done: Handed<T>) {
        let mut state = self.lock();
        let place = (number - state.front) as usize;
        state.places[place] = Some(done);
        if place == 0 {
            self.changed_for_sink.notify_one();
        }
    }

    /// The stretch at the front with what was made of it; waits for it; `None` when all that was begun is handed over.
    fn hand_over(&self, plan: &Plan) -> Option<(u64, Handed<T>)> {
        let mut state = self.lock();
        loop {
            if let Some(done) = state.places.front_mut().and_then(Option::take) {
                let number = state.front;
                state.places.pop_front();
                state.front += 1;
                self.changed_for_workers.notify_one();
                return Some((number, done));
            }
            if state.places.is_empty() && (state.closed || state.front >= plan.stretches()) {
                return None;
            }
            state = self.changed_for_sink.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn close(&self) {
        self.lock().closed = true;
        self.changed_for_workers.notify_all();
    }

    /// Nothing that runs under the lock can panic half way, so a poisoned one is as good as any.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
