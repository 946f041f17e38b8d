//! Ctrl-C: the first asks for a clean stop, the second stops at once.

use super::failure::Failure;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A flag that the first Ctrl-C (or request to terminate) sets.
pub fn watch() -> Result<Arc<AtomicBool>, Failure> {
    let asked = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&asked);
    let handler = move || {
        if flag.swap(true, Ordering::Relaxed) {
            // What was being written stands under temporary names.
            eprintln!(
                "Stopped at once. Nothing of a result stands under its own name. What a run had at its last checkpoint, and the points that an \
                 experiment had finished, are kept: the same command with --resume goes on from there. Any other command begins anew."
            );
            std::process::exit(130);
        }
    };
    let installed = ctrlc::set_handler(handler);
    installed.map_err(|error| Failure::Program(format!("cannot watch for Ctrl-C: {error}")))?;
    Ok(asked)
}
