//! The library as a WebAssembly module.

use crate::faults::Faults;
use crate::places;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";

/// The module: from a file, or built now.
///
/// # Errors
/// When it cannot be built or read.
pub fn bytes(from: Option<&Path>) -> Result<Vec<u8>, Faults> {
    let path = from.map_or_else(built, |path| Ok(path.to_path_buf()))?;
    let bytes = fs::read(&path);
    let bytes = bytes.map_err(|error| Faults::one(format!("{} cannot be read: {error}", path.display())))?;
    if !bytes.starts_with(b"\0asm") {
        return Err(Faults::one(format!("{} is no WebAssembly module", path.display())));
    }
    Ok(bytes)
}

fn built() -> Result<PathBuf, Faults> {
    install_target()?;
    let build = ["build", "--locked", "--profile", "playground", "--package", "partnersim-web", "--target", TARGET];
    let is_built = places::cargo(&build).status().is_ok_and(|status| status.success());
    if !is_built {
        return Err(Faults::one("the WebAssembly module could not be built; what cargo says stands above"));
    }
    Ok(places::target().join(TARGET).join("playground/partnersim_web.wasm"))
}

/// Asks rustup for the standard library of the target, where it is not there yet.
fn install_target() -> Result<(), Faults> {
    let libraries = Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]).output();
    let is_there = |folder: &[u8]| Path::new(String::from_utf8_lossy(folder).trim()).is_dir();
    if libraries.is_ok_and(|told| told.status.success() && is_there(&told.stdout)) {
        return Ok(());
    }
    let added = Command::new("rustup").args(["target", "add", TARGET]).current_dir(places::root()).status();
    if added.is_ok_and(|status| status.success()) {
        return Ok(());
    }
    Err(Faults::one(format!(
        "the Rust toolchain here cannot build for {TARGET}: run `rustup target add {TARGET}`, or install the package of your system that \
         holds Rust's standard library for WebAssembly"
    )))
}
