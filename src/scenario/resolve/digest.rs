//! One number for everything that decides the results, so that two results can be told to come from the same scenario.

use crate::scenario::Assumption;
use crate::scenario::notation::quoted;
use sha2::{Digest, Sha256};

/// SHA-256, in hexadecimal, over the values in force, one a line in their fixed order. Comments, layout, title and sources do not count.
pub fn digest(assumptions: &[Assumption]) -> String {
    let mut hash = Sha256::new();
    hash.update(b"partnersim scenario 1\n");
    for line in assumptions {
        hash.update(format!("{} {} {}\n", quoted(&line.key), quoted(&line.belongs_to), line.value).as_bytes());
    }
    hexadecimal(&hash.finalize())
}

/// Bytes as pairs of hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
