//! The library as a WebAssembly module with a plain interface of numbers and bytes, so that any host can call it.
//!
//! A host writes text into memory it got from [`allocate`], calls [`digest`], reads the answer where the returned number says
//! and gives both stretches back with [`release`]. The module imports nothing: no clock, no files, no randomness.

use partnersim::experiment::Plan;
use partnersim::experiment::digest::digest as digest_of_run;
use partnersim::scenario::{self, diagnostic::Diagnostic};
use partnersim::simulate::{Engine, Instructions};

/// Memory for `length` bytes, to be given back with [`release`].
#[unsafe(no_mangle)]
pub extern "C" fn allocate(length: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast()
}

/// Takes memory back.
///
/// # Safety
/// `start` and `length` must be those of one stretch that [`allocate`] or [`digest`] gave and that was not yet given back.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn release(start: *mut u8, length: usize) {
    // SAFETY: the caller vouches that this is a boxed slice of ours, and gives it up.
    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(start, length)) });
}

/// Digest of the bits of replications `first` and following of a scenario, with so many `lanes`: 64 hexadecimal digits, or a
/// text that begins with `fault: `. The upper half of the number returned is where the answer starts, the lower its length.
///
/// # Safety
/// `start` and `length` must be a stretch of initialised memory: the scenario as UTF-8 text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn digest(start: *const u8, length: usize, first: u64, replications: u64, lanes: usize) -> u64 {
    // SAFETY: the caller vouches for the stretch, and it is only read while this function runs.
    let bytes = unsafe { std::slice::from_raw_parts(start, length) };
    let answer = answer(bytes, first, replications, lanes).unwrap_or_else(|fault| format!("fault: {fault}"));
    hand_over(answer)
}

fn answer(bytes: &[u8], first: u64, replications: u64, lanes: usize) -> Result<String, String> {
    if ![1, 4, 8, 16].contains(&lanes) {
        return Err(format!("1, 4, 8 or 16 lanes are possible, not {lanes}"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let no_files = |name: &str| Err(format!("{name}: a scenario in a WebAssembly module cannot name files"));
    let scenario = scenario::load(text, "scenario", &[], &no_files).map_err(|faults| sentences(&faults))?;
    let plan = Plan { points: 1, first, replications, threads: 1 };
    let engine = Engine { lanes, instructions: Instructions::Baseline };
    digest_of_run(&scenario.inputs, scenario.seed, &plan, engine).map_err(|stopped| format!("{stopped:?}"))
}

fn sentences(faults: &[Diagnostic]) -> String {
    faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>().join("; ")
}

/// Leaves the answer in memory for the host. An address has 32 bits on this target.
fn hand_over(answer: String) -> u64 {
    let bytes = answer.into_bytes().into_boxed_slice();
    let length = bytes.len() as u64;
    let start = Box::into_raw(bytes).cast::<u8>().addr() as u64;
    start << 32 | length
}
