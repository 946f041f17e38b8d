//! A range of replications run alone has the bits it has within the whole.

use partnersim::model::inputs::Inputs;
use partnersim::scenario::{self, Scenario};
use partnersim::simulate::{BLOCK, Block, Engine, Instructions, simulate};
use std::path::Path;

const REPLICATIONS: u64 = 10_000;

fn first_scenario() -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/health_and_social_care.toml");
    let text = std::fs::read_to_string(path).expect("the first scenario is shipped");
    let no_files = |name: &str| Err(format!("{name} is not needed"));
    scenario::load(&text, "health_and_social_care.toml", &[], &no_files).expect("the first scenario is right")
}

/// A number for all bits of each replication of a range, its blocks counted from the range's own start (FNV-1a).
fn fingerprints(inputs: &Inputs, seed: u64, first: u64, replications: u64, engine: Engine) -> Vec<u64> {
    let mut fingerprints = Vec::new();
    let mut done = 0;
    while done < replications {
        let size = (replications - done).min(BLOCK as u64) as usize;
        let block = simulate(inputs, seed, first + done, size, engine);
        fingerprints.extend((0..size).map(|replication| fingerprint(&block, replication)));
        done += size as u64;
    }
    fingerprints
}

fn fingerprint(block: &Block, replication: usize) -> u64 {
    let columns = block.outcomes.iter().chain(block.monthly.iter().chain(&block.partners).flatten());
    let bits = columns
        .map(|column| column[replication].to_bits())
        .chain([u64::from(block.endings[replication]), u64::from(block.causes[replication])]);
    bits.fold(0xcbf2_9ce4_8422_2325, |hash, bits| (hash ^ bits).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn a_range_run_alone_has_the_bits_it_has_in_the_whole() {
    let Scenario { inputs, seed, .. } = first_scenario();
    let engine = Engine { lanes: 16, instructions: Instructions::best() };
    let whole = fingerprints(&inputs, seed, 0, REPLICATIONS, engine);
    // Neither start is that of a block or of a group of lanes.
    let mut pieces = Vec::new();
    for (first, end) in [(0, 3_001), (3_001, 5_003), (5_003, REPLICATIONS)] {
        pieces.extend(fingerprints(&inputs, seed, first, end - first, engine));
    }
    assert_eq!(whole.len() as u64, REPLICATIONS);
    assert!(whole == pieces, "some replication depends on where its range begins");
    let mut distinct = whole.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), whole.len(), "replications differ from one another");
}
