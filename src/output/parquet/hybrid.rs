//! Small whole numbers in few bits: runs of the same as one, others packed by eights. Parquet calls it the RLE/bit-packed hybrid.

use super::thrift::varint;

/// Bits that it takes to write every number up to `most`; at least one, because some readers know no less.
pub fn width(most: u32) -> u32 {
    (u32::BITS - most.leading_zeros()).max(1)
}

/// Appends the numbers, each of at most `width` bits.
pub fn push(bytes: &mut Vec<u8>, values: &[u32], width: u32) {
    let (mut begun, mut at) = (0, 0);
    while at < values.len() {
        let run = values[at..].iter().take_while(|value| **value == values[at]).count();
        // What was not yet written must come in whole eights; a run lends what is missing.
        let missing = (at - begun).next_multiple_of(8) - (at - begun);
        if run >= missing + 8 {
            pack(bytes, &values[begun..at + missing], width);
            varint(bytes, (run - missing) as u64 * 2);
            bytes.extend_from_slice(&values[at].to_le_bytes()[..width.div_ceil(8) as usize]);
            begun = at + run;
        }
        at += run;
    }
    pack(bytes, &values[begun..], width);
}

/// Appends numbers packed by eights; the last eight may be filled up with nothing.
fn pack(bytes: &mut Vec<u8>, values: &[u32], width: u32) {
    if values.is_empty() {
        return;
    }
    let n_eights = values.len().div_ceil(8);
    varint(bytes, n_eights as u64 * 2 + 1);
    let end = bytes.len() + n_eights * width as usize;
    let (mut held, mut n_held) = (0u64, 0);
    for value in values {
        held |= u64::from(*value) << n_held;
        n_held += width;
        while n_held >= 8 {
            bytes.push(held as u8);
            held >>= 8;
            n_held -= 8;
        }
    }
    if n_held > 0 {
        bytes.push(held as u8);
    }
    bytes.resize(end, 0);
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads `n` numbers back, as the specification says.
    fn read(mut bytes: &[u8], width: u32, n: usize) -> Vec<u32> {
        let mut values = Vec::new();
        while values.len() < n {
            let (mut head, mut shift) = (0u64, 0);
            loop {
                let byte = bytes[0];
                bytes = &bytes[1..];
                head |= u64::from(byte & 0x7f) << shift;
                shift += 7;
                if byte < 0x80 {
                    break;
                }
            }
            if head % 2 == 0 {
                let n_bytes = width.div_ceil(8) as usize;
                let value = bytes[..n_bytes].iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte));
                values.extend(std::iter::repeat_n(value, (head / 2) as usize));
                bytes = &bytes[n_bytes..];
            } else {
                let n_packed = head as usize / 2 * 8;
                let bit = |at: usize| u32::from(bytes[at / 8] >> (at % 8) & 1);
                let value = |k: usize| (0..width as usize).rev().fold(0, |v, b| v << 1 | bit(k * width as usize + b));
                values.extend((0..n_packed).map(value));
                bytes = &bytes[n_packed / 8 * width as usize..];
            }
        }
        assert!(bytes.is_empty());
        values.truncate(n);
        values
    }

    #[test]
    fn the_specification_s_example_is_packed_as_it_says() {
        let mut bytes = Vec::new();
        push(&mut bytes, &[0, 1, 2, 3, 4, 5, 6, 7], 3);
        assert_eq!(bytes, [0b11, 0b1000_1000, 0b1100_0110, 0b1111_1010]);
    }

    #[test]
    fn a_column_that_is_always_the_same_takes_a_few_bytes() {
        let mut bytes = Vec::new();
        push(&mut bytes, &[1; 65_536], width(1));
        assert_eq!(bytes, [0x80, 0x80, 0x08, 1]);
    }

    proptest! {
        #[test]
        fn what_was_written_reads_back(runs in proptest::collection::vec((0u32..70_000, 1usize..40), 0..40)) {
            let values: Vec<u32> = runs.iter().flat_map(|(value, n)| std::iter::repeat_n(*value, *n)).collect();
            let width = width(values.iter().copied().max().unwrap_or(0));
            let mut bytes = Vec::new();
            push(&mut bytes, &values, width);
            prop_assert_eq!(read(&bytes, width, values.len()), values);
        }
    }
}
