//! Bytes as a block of a page holds them: compressed, and in letters.

use base64::prelude::{BASE64_STANDARD, Engine};
use flate2::{Compression, GzBuilder};
use std::io::Write;

/// Compressed by gzip, without name and time, as base64.
pub fn packed(bytes: &[u8]) -> String {
    let mut writer = GzBuilder::new().write(Vec::new(), Compression::best());
    let written = writer.write_all(bytes).and_then(|()| writer.finish());
    // A vector takes whatever is written to it.
    BASE64_STANDARD.encode(written.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::GzDecoder;
    use std::io::Read;

    #[test]
    fn what_is_packed_comes_out_as_it_went_in_and_is_the_same_each_time() {
        let bytes: Vec<u8> = (0..100_000_u32).map(|i| (i % 251) as u8).collect();
        let text = packed(&bytes);
        assert_eq!(text, packed(&bytes));
        let mut found = Vec::new();
        GzDecoder::new(&*BASE64_STANDARD.decode(&text).unwrap()).read_to_end(&mut found).unwrap();
        assert!(found == bytes && text.len() < bytes.len());
    }
}
