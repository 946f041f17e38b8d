//! Distributions that threads fill ahead of the order in which blocks are handed over, and that can still be told as they stand
//! at one replication.
//!
//! Threads count a block where they computed it, and several blocks are under way at any time. A checkpoint must hold the first
//! so many replications and nothing else. Hence a *mark*: what comes before it and what comes after are counted apart, and when
//! all before it have been handed over, that part is settled. No thread waits for it.

use super::distributions::Distributions;
use crate::simulate::Block;
use std::sync::atomic::{AtomicU64, Ordering};

/// No mark.
const NOWHERE: u64 = u64::MAX >> 1;

/// What is counted and not yet settled.
#[derive(Debug)]
pub struct Gathering {
    parts: [Distributions; 2],
    /// The mark in all bits but the lowest, which says which part takes what comes before it. In one number, so that no thread
    /// sees one of them new and the other old.
    state: AtomicU64,
}

impl Gathering {
    /// Nothing yet, in two empty parts.
    pub fn new(parts: [Distributions; 2]) -> Gathering {
        Gathering { parts, state: AtomicU64::new(NOWHERE << 1) }
    }

    /// Counts a block, from any thread.
    pub fn add(&self, block: &Block) {
        let (mark, part) = self.state();
        let is_beyond = block.first >= mark;
        self.parts[part ^ usize::from(is_beyond)].add(block);
    }

    /// From the replication `mark` on everything is counted apart. No block from there on may have been begun.
    pub fn mark(&self, mark: u64) {
        let (_, part) = self.state();
        self.state.store(mark << 1 | part as u64, Ordering::Release);
    }

    /// Moves everything before the mark into `settled`, all of which must have been added, and takes the mark away.
    pub fn settle(&self, settled: &Distributions) {
        let (_, part) = self.state();
        self.state.store(NOWHERE << 1 | (part ^ 1) as u64, Ordering::Release);
        settled.take_up(&self.parts[part]);
    }

    /// Moves everything into `settled`, when no block is under way.
    pub fn settle_all(&self, settled: &Distributions) {
        self.parts.iter().for_each(|part| settled.take_up(part));
        self.state.store(NOWHERE << 1, Ordering::Release);
    }

    fn state(&self) -> (u64, usize) {
        let state = self.state.load(Ordering::Acquire);
        (state >> 1, (state & 1) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fake;

    fn empty() -> Distributions {
        Distributions::open_ended(fake::MONTHS)
    }

    fn first(blocks: u64) -> Vec<[f64; 5]> {
        let plain = empty();
        (0..blocks).for_each(|block| plain.add(&fake::block(32 * block, 32)));
        plain.outcome_quantiles()
    }

    #[test]
    fn what_is_settled_at_a_mark_holds_what_comes_before_it_and_nothing_else() {
        let (gathering, settled) = (Gathering::new([empty(), empty()]), empty());
        let add = |block: u64| gathering.add(&fake::block(32 * block, 32));
        let add_all = |blocks: &[u64]| blocks.iter().for_each(|&block| add(block));
        add_all(&[0, 2, 1]);
        gathering.mark(32 * 4);
        add_all(&[5, 3, 4]);
        gathering.settle(&settled);
        assert_eq!(settled.outcome_quantiles(), first(4));
        add_all(&[7, 6]);
        gathering.mark(32 * 8);
        add(8);
        gathering.settle(&settled);
        assert_eq!(settled.outcome_quantiles(), first(8));
        add(9);
        gathering.settle_all(&settled);
        assert_eq!(settled.outcome_quantiles(), first(10));
    }
}
