//! A single file that a command writes: never over another one unasked, never half of it under its name.

use super::failure::Failure;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

/// Writes a text, or bytes, under a temporary name beside its own and renames it when it is on disk.
///
/// # Errors
/// When the file exists and `force` is not given, or it cannot be written.
pub fn write(path: &Path, text: impl AsRef<[u8]>, force: bool) -> Result<(), Failure> {
    refuse_existing(path, force)?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.partial"));
    let written = File::create(&temporary)
        .and_then(|mut file| file.write_all(text.as_ref()).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&temporary, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        Failure::Files(format!("cannot write {}: {error}.\n  Give another file.", path.display()))
    })
}

/// Says so when a file exists that may not be overwritten.
///
/// # Errors
/// When it does.
pub fn refuse_existing(path: &Path, force: bool) -> Result<(), Failure> {
    match path.exists() && !force {
        false => Ok(()),
        true => {
            Err(Failure::Files(format!("{} exists.\n  Give another file, or --force to overwrite it.", path.display())))
        }
    }
}
