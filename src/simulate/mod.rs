//! One block of replications from month 0 to the horizon, each beside its twin working alone.

mod dispatch;
pub mod trace;

use crate::model::draws::Draws;
use crate::model::evaluation;
use crate::model::inputs::Inputs;
use crate::model::lanes::Lane;
use crate::model::outcomes::{self, MONTHLY, OUTCOMES, PARTNER_MEASURES, causes, partner_measures};
use crate::model::world::World;

/// Replications of a block: summaries are merged block by block in order, so this number is part of a result's definition.
pub const BLOCK: usize = 128;

/// How many replications may be advanced in lockstep, the fewest first. A WebAssembly module is sent over the wire with all its code,
/// once for each of these: there it is the one number that is fastest.
pub const LANES: &[usize] = if cfg!(target_family = "wasm") { &[8] } else { &[1, 4, 8, 16] };

/// Which code computes: the same bits from each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Engine {
    /// Replications advanced in lockstep: one of [`LANES`].
    pub lanes: usize,
    /// Instruction set; fewer than 8 lanes use the baseline whatever is asked.
    pub instructions: Instructions,
}

/// Instruction sets the block function is compiled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instructions {
    /// What every machine of the target has (SSE2 on x86-64, plain WebAssembly).
    Baseline,
    /// AVX2.
    Avx2,
    /// AVX-512.
    Avx512,
}

/// Results of consecutive replications, by column. Every column of a block has `size` numbers, one a replication, in order.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// Index of the first replication.
    pub first: u64,
    /// Replications in the block (at most [`BLOCK`]).
    pub size: usize,
    /// `outcomes[outcome][replication]`, in the order of `model::outcomes::OUTCOMES`.
    pub outcomes: Vec<Vec<f64>>,
    /// `monthly[month][measure][replication]`, in the order of `model::outcomes::MONTHLY`; month 0 is the first.
    pub monthly: Vec<Vec<Vec<f64>>>,
    /// `partners[partner][measure][replication]`, in the order of `model::outcomes::PARTNER_MEASURES`.
    pub partners: Vec<Vec<Vec<f64>>>,
    /// `endings[replication]`: why the replication stopped, position in `model::outcomes::ENDINGS`.
    pub endings: Vec<u8>,
    /// `causes[replication]`: why it failed, position in `model::outcomes::CAUSES`; 0 when it did not.
    pub causes: Vec<u8>,
    /// `evaluation[column][replication]`, in the order of `model::evaluation::FOUND`; no column where nobody evaluates.
    pub evaluation: Vec<Vec<f64>>,
}

impl Engine {
    /// The fastest engine of this machine for a partnership of `n_partners`.
    pub fn best(n_partners: usize) -> Engine {
        // Sixteen worlds of many partners no longer fit into the nearest caches.
        let lanes = if n_partners <= 48 && LANES.contains(&16) { 16 } else { 8 };
        Engine { lanes: if n_partners <= 256 { lanes } else { LANES[0] }, instructions: Instructions::best() }
    }
}

impl Instructions {
    /// The widest instruction set that this machine has.
    pub fn best() -> Instructions {
        let all = [Instructions::Avx512, Instructions::Avx2];
        all.into_iter().find(|instructions| instructions.available()).unwrap_or(Instructions::Baseline)
    }

    /// Whether this machine has it.
    pub fn available(self) -> bool {
        match self {
            Instructions::Baseline => true,
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => std::is_x86_feature_detected!("avx2"),
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => {
                std::is_x86_feature_detected!("avx512f")
                    && std::is_x86_feature_detected!("avx512dq")
                    && std::is_x86_feature_detected!("avx512vl")
            }
            #[cfg(not(target_arch = "x86_64"))]
            _ => false,
        }
    }
}

/// Simulates replications `first` to `first + size - 1` (`size` at most [`BLOCK`]) of a scenario under a seed.
///
/// A single replication has a lane of its own whatever the engine, where one lane is possible: the bits are the same, the others would
/// be computed in vain, and what is wrong in one of those cannot reach it.
///
/// # Panics
/// When `engine` asks for a number of lanes that is none of [`LANES`].
pub fn simulate(inputs: &Inputs, seed: u64, first: u64, size: usize, engine: Engine) -> Block {
    let lanes = if size == 1 { LANES[0] } else { engine.lanes };
    match lanes {
        8 => run::<8>(inputs, seed, first, size, engine.instructions),
        #[cfg(not(target_family = "wasm"))]
        1 => run::<1>(inputs, seed, first, size, engine.instructions),
        #[cfg(not(target_family = "wasm"))]
        4 => run::<4>(inputs, seed, first, size, engine.instructions),
        #[cfg(not(target_family = "wasm"))]
        16 => run::<16>(inputs, seed, first, size, engine.instructions),
        _ => panic!("an engine has one of {LANES:?} lanes, not {lanes}"),
    }
}

fn run<const L: usize>(inputs: &Inputs, seed: u64, first: u64, size: usize, instructions: Instructions) -> Block {
    let mut block = Block::empty(inputs, first, size);
    let mut at = 0;
    while at < size {
        // The last group may reach beyond the block: those replications are computed and dropped.
        let draws = Draws::<L>::new(seed, first.wrapping_add(at as u64));
        dispatch::live(inputs, draws, instructions, &mut Window { block: &mut block, at });
        at += L;
    }
    block
}

impl Block {
    /// Takes up the replications that follow, of the same scenario.
    ///
    /// ```
    /// use partnersim::scenario::starter;
    /// use partnersim::simulate::{Engine, simulate};
    /// let scenario = partnersim::scenario::load(&starter::text(), "start.toml", &[], &|_| Err(String::new())).unwrap();
    /// let block = |first, size| simulate(&scenario.inputs, 1, first, size, Engine::best(3));
    /// let mut parts = block(0, 3);
    /// parts.append(block(3, 5));
    /// assert_eq!((parts.size, &parts.outcomes), (8, &block(0, 8).outcomes));
    /// ```
    pub fn append(&mut self, next: Block) {
        fn each<T>(columns: &mut [Vec<T>], more: Vec<Vec<T>>) {
            columns.iter_mut().zip(more).for_each(|(column, more)| column.extend(more));
        }
        self.size += next.size;
        each(&mut self.outcomes, next.outcomes);
        self.monthly.iter_mut().zip(next.monthly).for_each(|(month, more)| each(month, more));
        self.partners.iter_mut().zip(next.partners).for_each(|(partner, more)| each(partner, more));
        self.endings.extend(next.endings);
        self.causes.extend(next.causes);
        each(&mut self.evaluation, next.evaluation);
    }

    fn empty(inputs: &Inputs, first: u64, size: usize) -> Block {
        let columns = |n: usize| vec![vec![0.0; size]; n];
        Block {
            first,
            size,
            outcomes: columns(OUTCOMES.len()),
            monthly: vec![columns(MONTHLY.len()); inputs.horizon_months],
            partners: vec![columns(PARTNER_MEASURES.len()); inputs.partners.len()],
            endings: vec![0; size],
            causes: vec![0; size],
            evaluation: Vec::new(),
        }
    }
}

/// The part of a block that one group of lanes fills.
struct Window<'a> {
    block: &'a mut Block,
    at: usize,
}

impl Window<'_> {
    fn write<const L: usize>(column: &mut [f64], at: usize, lane: &Lane<L>) {
        let end = column.len().min(at + L);
        column[at..end].copy_from_slice(&lane.0[..end - at]);
    }

    fn month<const L: usize>(&mut self, month: usize, measures: &[Lane<L>]) {
        for (column, lane) in self.block.monthly[month].iter_mut().zip(measures) {
            Self::write(column, self.at, lane);
        }
    }

    fn end<const L: usize>(&mut self, world: &World<L>) {
        for (column, lane) in self.block.outcomes.iter_mut().zip(&outcomes::measure(world)) {
            Self::write(column, self.at, lane);
        }
        for (columns, partner) in self.block.partners.iter_mut().zip(&world.partners) {
            for (column, lane) in columns.iter_mut().zip(&partner_measures::measure(partner)) {
                Self::write(column, self.at, lane);
            }
        }
        if let Some(found) = evaluation::found(world) {
            self.block.evaluation.resize(found.len(), vec![0.0; self.block.size]);
            for (column, lane) in self.block.evaluation.iter_mut().zip(&found) {
                Self::write(column, self.at, lane);
            }
        }
        let positions =
            [(&mut self.block.endings, world.partnership.ending), (&mut self.block.causes, causes::measure(world))];
        for (column, lane) in positions {
            column[self.at..].iter_mut().zip(lane.0).for_each(|(place, position)| *place = position as u8);
        }
    }
}
