//! Worlds for tests: numbers that any program computes alike, with a box in them that is known.

use super::worlds::{Values, Worlds};

/// Three inputs between 0 and 1; it happens in 85 of 100 worlds where the first is above 0.55 and the second below 0.4, in 15 elsewhere.
pub(crate) fn worlds(n: usize) -> Worlds {
    let mut state: u64 = 12_345;
    let mut next = || {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        state as f64 / 2_147_483_648.0
    };
    let (mut columns, mut cases) = (vec![Vec::new(); 3], Vec::new());
    for _ in 0..n {
        columns.iter_mut().for_each(|column| column.push(next()));
        let inside = columns[0].last() > Some(&0.55) && columns[1].last() < Some(&0.4);
        cases.push(next() < if inside { 0.85 } else { 0.15 });
    }
    Worlds { inputs: columns.into_iter().map(Values::Numbers).collect(), cases }
}
