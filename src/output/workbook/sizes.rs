//! The sizes of large tables, put into a finished workbook.
//!
//! A workbook is an archive, and what a table reaches over stands in a small file of its own. All other files are copied as they
//! are, compressed.

use std::io::{self, Read, Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

/// A table that is to reach over other cells than it was declared with.
#[derive(Debug, Clone)]
pub struct Resized {
    /// Its name.
    pub table: String,
    /// The cells it was declared with: `A1:C2`.
    pub from: String,
    /// The cells it is to reach over.
    pub to: String,
}

/// Copies a workbook and gives tables their sizes.
pub fn set(from: impl Read + Seek, resized: &[Resized], to: &mut dyn Write) -> io::Result<()> {
    let mut archive = ZipArchive::new(from)?;
    let mut copy = ZipWriter::new_stream(to);
    for at in 0..archive.len() {
        let name = archive.by_index_raw(at)?.name()?.into_owned();
        if !name.starts_with("xl/tables/") {
            copy.raw_copy_file(archive.by_index_raw(at)?)?;
            continue;
        }
        let mut text = String::new();
        archive.by_index(at)?.read_to_string(&mut text)?;
        for Resized { table, from, to } in resized {
            if text.contains(&format!(" displayName=\"{table}\"")) {
                text = text.replace(&format!(" ref=\"{from}\""), &format!(" ref=\"{to}\""));
            }
        }
        copy.start_file(name, SimpleFileOptions::default().last_modified_time(DateTime::default()))?;
        copy.write_all(text.as_bytes())?;
    }
    copy.finish()?;
    Ok(())
}
