//! Bytes as a block of a page holds them: compressed, and in letters.

use base64::prelude::{BASE64_STANDARD, Engine};
use lzma_rust2::{LzmaOptions, LzmaWriter};
use std::io::Write;

/// Compressed by LZMA, with the head of a `.lzma` file, as base64; `web/page/unpack.js` turns it back.
pub fn packed(bytes: &[u8]) -> String {
    let options = LzmaOptions::with_preset(9);
    let writer = LzmaWriter::new_use_header(Vec::new(), &options, Some(bytes.len() as u64));
    let written = writer.and_then(|mut writer| {
        writer.write_all(bytes)?;
        writer.finish()
    });
    BASE64_STANDARD.encode(written.expect("a vector takes whatever is written to it"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places;
    use std::fs;
    use std::process::Command;

    /// Repeats near and far, with noise between; an empty one; one sign.
    fn samples() -> Vec<Vec<u8>> {
        let noise = |seed: u32| (0..70_000_u32).map(move |i| ((i ^ seed).wrapping_mul(2_654_435_761) >> 23) as u8);
        let mixed: Vec<u8> =
            noise(1).chain(noise(1)).chain((0..50_000).map(|i| (i / 7 % 13) as u8)).chain(noise(2)).collect();
        vec![Vec::new(), vec![7], mixed, include_bytes!("packed.rs").repeat(3)]
    }

    #[test]
    fn what_is_packed_is_smaller_and_the_same_each_time() {
        let bytes = &samples()[3];
        assert_eq!(packed(bytes), packed(bytes));
        assert!(packed(bytes).len() < bytes.len() / 3);
    }

    #[test]
    fn the_page_unpacks_what_was_packed() {
        if Command::new("node").arg("--version").output().is_err() {
            assert!(std::env::var_os("CI").is_none(), "node is missing");
            eprintln!("skipped: node is missing");
            return;
        }
        for bytes in samples() {
            let whole = packed(&bytes);
            assert!(unpacked(&whole).is_ok_and(|found| found == bytes), "{} bytes", bytes.len());
            // A few bytes are within the first that are read.
            if bytes.len() > 1 {
                let cut = BASE64_STANDARD.encode(&BASE64_STANDARD.decode(&whole).unwrap()[..whole.len() / 2]);
                let told = unpacked(&cut).unwrap_err();
                assert!(told.contains("damaged"), "{} bytes: {told}", bytes.len());
            }
        }
    }

    /// What the script of the page makes of a block, or what it says.
    fn unpacked(block: &str) -> Result<Vec<u8>, String> {
        let script = fs::read_to_string(places::root().join("web/page/unpack.js")).unwrap();
        let unlzma = script.split("// The bytes of a block").next().unwrap();
        let tell = "const found = unlzma(Buffer.from(require(\"fs\").readFileSync(process.argv[2], \"ascii\"), \"base64\"));\n\
                    process.stdout.write(Buffer.from(found).toString(\"base64\"));";
        let folder = std::env::temp_dir().join(format!("partnersim-unpack-{}-{}", std::process::id(), block.len()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("unpack.cjs"), format!("{unlzma}\n{tell}")).unwrap();
        fs::write(folder.join("packed"), block).unwrap();
        let told = Command::new("node").arg(folder.join("unpack.cjs")).arg(folder.join("packed")).output().unwrap();
        fs::remove_dir_all(&folder).unwrap();
        if !told.status.success() {
            return Err(String::from_utf8_lossy(&told.stderr).into_owned());
        }
        Ok(BASE64_STANDARD.decode(told.stdout).unwrap())
    }
}
