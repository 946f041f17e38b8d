//! One block of replications from month 0 to the horizon, each beside its twin working alone.

use crate::model::inputs::Inputs;

/// Replications of a block: summaries are merged block by block in order, so this number is part of a result's definition.
pub const BLOCK: usize = 128;

/// Which code computes: the same bits from each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Engine {
    /// Replications advanced in lockstep: 1, 4, 8 or 16.
    pub lanes: usize,
    /// Instruction set.
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
}

impl Engine {
    /// The fastest engine of this machine for a partnership of `n_partners`.
    pub fn best(n_partners: usize) -> Engine {
        let _ = n_partners;
        Engine { lanes: 1, instructions: Instructions::Baseline }
    }
}

/// Simulates replications `first` to `first + size - 1` (`size` at most [`BLOCK`]) of a scenario under a seed.
pub fn simulate(inputs: &Inputs, seed: u64, first: u64, size: usize, engine: Engine) -> Block {
    let _ = (inputs, seed, engine);
    Block { first, size, ..Block::default() }
}
