//! Blocks that look like results and come from no model, for tests of everything that follows the simulation.

use crate::model::inputs::{Inputs, PartnerInputs};
use crate::model::math;
use crate::model::outcomes::{MONTHLY, OUTCOMES, PARTNER_MEASURES};
use crate::scenario::{Assumption, Scenario};
use crate::simulate::Block;
use std::collections::BTreeMap;

/// Months of a fake block.
pub const MONTHS: usize = 3;
/// Partners of a fake block.
pub const PARTNERS: usize = 2;

/// A number between -50 and 150 that depends on nothing but what it is of.
fn number(column: usize, replication: u64) -> f64 {
    let mut bits =
        (replication + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (column as u64 + 1).wrapping_mul(0xbf58_476d);
    bits ^= bits >> 29;
    math::open_unit(bits.wrapping_mul(0x94d0_49bb_1331_11eb)) * 200.0 - 50.0
}

fn columns(kind: usize, n: usize, first: u64, size: usize) -> Vec<Vec<f64>> {
    let column = |k| (0..size as u64).map(|r| number(1000 * kind + k, first + r)).collect();
    (0..n).map(column).collect()
}

/// A block of replications.
pub fn block(first: u64, size: usize) -> Block {
    Block {
        first,
        size,
        outcomes: columns(0, OUTCOMES.len(), first, size),
        monthly: (0..MONTHS).map(|month| columns(1 + month, MONTHLY.len(), first, size)).collect(),
        partners: (0..PARTNERS).map(|partner| columns(100 + partner, PARTNER_MEASURES.len(), first, size)).collect(),
        endings: (0..size as u64).map(|r| ((first + r) % 3) as u8).collect(),
        causes: (0..size as u64).map(|r| ((first + r) % 6) as u8).collect(),
        evaluation: Vec::new(),
    }
}

/// A scenario of the size of the fake blocks.
pub fn scenario() -> Scenario {
    let partner = |name: &str, sector: &str| PartnerInputs {
        name: name.to_string(),
        sector: sector.to_string(),
        ..PartnerInputs::default()
    };
    Scenario {
        name: "two".to_string(),
        title: "Two, together".to_string(),
        question: "Will it last?".to_string(),
        sources: vec!["none".to_string()],
        concepts: Vec::new(),
        replications: 300,
        seed: u64::MAX,
        inputs: Inputs {
            horizon_months: MONTHS,
            partners: vec![partner("council", "council"), partner("=charity", "charity")],
            ..Inputs::default()
        },
        targets: BTreeMap::from([("premium".to_string(), 10.0)]),
        assumptions: vec![Assumption {
            key: "communication.quality".to_string(),
            belongs_to: String::new(),
            value: "0.6".to_string(),
            unit: "share".to_string(),
            set_by: "default".to_string(),
            default: "0.6".to_string(),
            source: "none, \"ours\"".to_string(),
            grade: "assumption".to_string(),
        }],
        digest: "d".repeat(64),
        warnings: Vec::new(),
    }
}
