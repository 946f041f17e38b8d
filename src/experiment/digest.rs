//! One number for the bits of a whole run: equal digests mean equal results, wherever and however they were computed.

use super::{Plan, Stopped, Stretch, run};
use crate::model::inputs::Inputs;
use crate::scenario::resolve::digest::hexadecimal;
use crate::simulate::{Block, Engine, simulate};
use sha2::{Digest, Sha256};
use std::sync::atomic::AtomicBool;

/// SHA-256, in hexadecimal, over every bit that replications `plan.first` and following gave under `seed`: outcomes, monthly
/// and partner measures, ending, cause of failure, what an evaluator found.
///
/// Each replication is hashed by itself and the hashes are hashed in order, so the division into blocks plays no part.
///
/// # Errors
/// The replication that could not be computed.
pub fn digest(inputs: &Inputs, seed: u64, plan: &Plan, engine: Engine) -> Result<String, Stopped<()>> {
    digest_of(plan, &|stretch: Stretch| simulate(inputs, seed, stretch.first, stretch.size, engine))
}

fn digest_of(plan: &Plan, blocks: &(impl Fn(Stretch) -> Block + Sync)) -> Result<String, Stopped<()>> {
    let mut whole = Sha256::new();
    let work = |stretch| replication_hashes(&blocks(stretch));
    let sink = |_, hashes: Vec<u8>| {
        whole.update(&hashes);
        Ok(())
    };
    run(plan, &AtomicBool::new(false), &work, sink)?;
    Ok(hexadecimal(&whole.finalize()))
}

/// The 32 bytes of each replication of a block, one after the other.
fn replication_hashes(block: &Block) -> Vec<u8> {
    let nested = block.monthly.iter().chain(&block.partners).flatten();
    let columns: Vec<&Vec<f64>> = block.outcomes.iter().chain(nested).chain(&block.evaluation).collect();
    let mut hashes = Vec::with_capacity(32 * block.size);
    let mut bytes = Vec::with_capacity(8 * columns.len() + 1);
    for replication in 0..block.size {
        bytes.clear();
        for column in &columns {
            bytes.extend_from_slice(&column[replication].to_bits().to_le_bytes());
        }
        bytes.extend(block.endings.get(replication));
        bytes.extend(block.causes.get(replication));
        hashes.extend_from_slice(&Sha256::digest(&bytes));
    }
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fake;

    fn of(first: u64, replications: u64, threads: usize) -> String {
        let plan = Plan { points: 1, first, replications, threads };
        digest_of(&plan, &|stretch| fake::block(stretch.first, stretch.size)).unwrap()
    }

    #[test]
    fn the_digest_is_the_hash_of_the_replications_hashes() {
        let block = Block { size: 1, outcomes: vec![vec![1.0]], endings: vec![2], ..Block::default() };
        let plan = Plan { points: 1, first: 0, replications: 1, threads: 1 };
        let one = Sha256::digest([0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 2]);
        assert_eq!(digest_of(&plan, &|_| block.clone()), Ok(hexadecimal(&Sha256::digest(one))));
        // FIPS 180-2, the message "abc".
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hexadecimal(&Sha256::digest("abc")), abc);
    }

    #[test]
    fn the_digest_depends_on_the_replications_and_not_on_threads() {
        assert_eq!(of(0, 1000, 1), of(0, 1000, 4));
        assert_ne!(of(0, 1000, 1), of(1, 1000, 1));
        assert_ne!(of(0, 1000, 1), of(0, 1001, 1));
    }

    #[test]
    fn one_bit_changes_the_digest() {
        let plan = Plan { points: 1, first: 0, replications: 10, threads: 1 };
        let flipped = digest_of(&plan, &|stretch| {
            let mut block = fake::block(stretch.first, stretch.size);
            let value = &mut block.monthly[1][3][9];
            *value = f64::from_bits(value.to_bits() ^ 1);
            block
        });
        assert_ne!(flipped.unwrap(), of(0, 10, 1));
    }
}
