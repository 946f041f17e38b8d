//! Replications that could not be computed, and how they are kept from taking others along.

use super::Stretch;
use serde::{Deserialize, Serialize};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Below so many replications the share of faulty ones says too little to end a run.
const FEWEST_TO_JUDGE: u64 = 1_000;
/// No more than one in so many may be faulty.
const SOUND_FOR_EACH_FAULTY: u64 = 100;
/// More than so many faults are a fault of the whole run, whatever their share; it also bounds the list.
const MOST_FAULTS: u64 = 10_000;

/// A fault of the program in one replication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The design point it belongs to, counted from 0.
    pub point: usize,
    /// Index of the replication.
    pub replication: u64,
    /// What the program said.
    pub message: String,
}

/// What became of a stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed<T> {
    /// What was made of its sound replications, in order: of the whole stretch in one piece, or of each by itself where some
    /// were faulty.
    pub sound: Vec<(Stretch, T)>,
    /// The others.
    pub faults: Vec<Fault>,
}

/// Whether so many faults among the replications tried so far are too many to go on: beyond the first thousand more than one in
/// a hundred, or ten thousand at all. What remained would be no fair sample of what was asked for.
///
/// ```
/// use partnersim::experiment::faults::are_too_many;
/// assert!(!are_too_many(10, 1_000) && are_too_many(11, 1_000));
/// ```
pub fn are_too_many(faults: u64, tried: u64) -> bool {
    let share_is_high = tried >= FEWEST_TO_JUDGE && faults * SOUND_FOR_EACH_FAULTY > tried;
    share_is_high || faults > MOST_FAULTS
}

/// A fault on its way up, with the design point that it is of.
struct Located {
    point: usize,
    message: String,
}

/// Works on one of several design points of a stretch: a fault in it is told as one of that point. The stretch as a whole is faulty
/// then, so that a replication is sound in all its points or counts in none.
pub fn at_point<T>(point: usize, work: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let message = said(panic.as_ref());
        resume_unwind(Box::new(Located { point, message }))
    })
}

/// What a panic said.
fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    text.unwrap_or("no reason given").to_string()
}

/// Works on a stretch. Should that panic, each of its replications is tried by itself, so that the sound ones go on. The engine
/// gives a replication by itself a lane by itself.
pub(super) fn attempt<T>(work: &impl Fn(Stretch) -> T, stretch: Stretch) -> Handed<T> {
    let tried = |stretch| catch_unwind(AssertUnwindSafe(|| work(stretch)));
    let mut handed = Handed { sound: Vec::new(), faults: Vec::new() };
    match tried(stretch) {
        Ok(done) => handed.sound.push((stretch, done)),
        Err(panic) if stretch.size == 1 => handed.faults.push(Fault::new(stretch, panic.as_ref())),
        Err(_) => {
            for replication in stretch.first..stretch.first + stretch.size as u64 {
                let alone = Stretch { first: replication, size: 1, ..stretch };
                match tried(alone) {
                    Ok(done) => handed.sound.push((alone, done)),
                    Err(panic) => handed.faults.push(Fault::new(alone, panic.as_ref())),
                }
            }
        }
    }
    handed
}

impl Fault {
    fn new(alone: Stretch, panic: &(dyn Any + Send)) -> Fault {
        let (point, message) = match panic.downcast_ref::<Located>() {
            Some(Located { point, message }) => (*point, message.clone()),
            None => (alone.point, said(panic)),
        };
        Fault { point, replication: alone.first, message }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_faults_are_borne_and_one_in_fifty_is_not() {
        assert!(!are_too_many(900, 999));
        assert!(!are_too_many(100, 10_000));
        assert!(are_too_many(200, 10_000));
        assert!(!are_too_many(10_000, 1_000_000_000) && are_too_many(10_001, 1_000_000_000));
    }

    #[test]
    fn a_fault_of_one_of_several_points_is_told_as_one_of_that_point() {
        let work = |stretch: Stretch| {
            let of_point = |point: usize| {
                let range = stretch.first..stretch.first + stretch.size as u64;
                assert!(point != 2 || !range.contains(&5), "broken");
                point
            };
            (0..3).map(|point| at_point(point, || of_point(point))).sum::<usize>()
        };
        let handed = attempt(&work, Stretch { point: 0, first: 0, size: 10 });
        assert_eq!(handed.faults, [Fault { point: 2, replication: 5, message: "broken".to_string() }]);
        assert_eq!(handed.sound.len(), 9);
    }
}
