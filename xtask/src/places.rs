//! Where things lie.

use crate::faults::Faults;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// Where cargo puts what it builds. A relative folder is meant from where the task was called.
pub fn target() -> PathBuf {
    let told = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let told = told.filter(|path| !path.as_os_str().is_empty()).unwrap_or_else(|| root().join("target"));
    std::path::absolute(&told).unwrap_or(told)
}

/// Cargo, to be called at the root, whichever folder it is configured to build into elsewhere.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    cargo.args(arguments).arg("--target-dir").arg(target()).current_dir(root());
    cargo
}

/// The files of a folder that have an ending, by name; none where there is no such folder.
///
/// # Errors
/// When the folder cannot be read.
pub fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Faults> {
    let mut found = entries(folder)?;
    found.retain(|path| path.extension().is_some_and(|own| own == ending));
    Ok(found)
}

/// The folders within a folder, by name.
///
/// # Errors
/// When the folder cannot be read.
pub fn folders(folder: &Path) -> Result<Vec<PathBuf>, Faults> {
    let mut found = entries(folder)?;
    found.retain(|path| path.is_dir());
    Ok(found)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Faults> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder);
    let entries = entries.map_err(|error| Faults::one(format!("{} cannot be read: {error}", folder.display())))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

/// The name of a file without its folder and ending.
pub fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
