//! The library as a WebAssembly module with a plain interface of numbers and bytes, so that any host can call it.
//!
//! A host writes text into memory it got from [`allocate`], calls [`ask`], reads the answer where the returned number says
//! and gives both stretches back with [`release`]. Requests and answers are JSON, see [`answer::Request`]; a run under way is kept
//! between them. The module imports nothing: no clock, no files, no randomness.

pub mod answer;
pub mod described;
pub mod digested;
pub mod drawn;
pub mod files;
pub mod found;
pub mod named;
pub mod running;
pub mod setup;
pub mod told;
pub mod traced;

use answer::Session;
use std::cell::RefCell;
use std::panic;
use std::sync::{Mutex, PoisonError};

thread_local! {
    static SESSION: RefCell<Session> = RefCell::new(Session::default());
}

/// What the last panic said. The module ends with a panic, and its memory can still be read.
static FAULT: Mutex<String> = Mutex::new(String::new());

/// Memory for `length` bytes, to be given back with [`release`].
#[unsafe(no_mangle)]
pub extern "C" fn allocate(length: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast()
}

/// Takes memory back.
///
/// # Safety
/// `start` and `length` must be those of one stretch that [`allocate`] or an answer gave and that was not yet given back.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn release(start: *mut u8, length: usize) {
    // SAFETY: the caller vouches that this is a boxed slice of ours, and gives it up.
    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(start, length)) });
}

/// The answer to a request, both JSON as UTF-8 text. The upper half of the number returned is where the answer starts, the lower its
/// length.
///
/// # Safety
/// `start` and `length` must be a stretch of initialised memory.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ask(start: *const u8, length: usize) -> u64 {
    // SAFETY: the caller vouches for the stretch, and it is only read while this function runs.
    let request = unsafe { std::slice::from_raw_parts(start, length) };
    panic::set_hook(Box::new(|panic| {
        let mut fault = FAULT.lock().unwrap_or_else(PoisonError::into_inner);
        *fault = panic.to_string();
    }));
    hand_over(SESSION.with_borrow_mut(|session| answer::answer(session, request)))
}

/// Digest of the bits of replications `first` and following of a scenario, with so many `lanes`: 64 hexadecimal digits, or a
/// text that begins with `fault: `. Returned as by [`ask`].
///
/// # Safety
/// `start` and `length` must be a stretch of initialised memory: the scenario as UTF-8 text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn digest(start: *const u8, length: usize, first: u64, replications: u64, lanes: usize) -> u64 {
    // SAFETY: the caller vouches for the stretch, and it is only read while this function runs.
    let text = unsafe { std::slice::from_raw_parts(start, length) };
    let digest = digested::digest(text, first, replications, lanes);
    hand_over(digest.unwrap_or_else(|fault| format!("fault: {fault}")))
}

/// What the last panic said, returned as by [`ask`]; empty where there was none.
#[unsafe(no_mangle)]
pub extern "C" fn fault() -> u64 {
    hand_over(FAULT.lock().unwrap_or_else(PoisonError::into_inner).clone())
}

/// Leaves the answer in memory for the host. An address has 32 bits on this target.
fn hand_over(answer: String) -> u64 {
    let bytes = answer.into_bytes().into_boxed_slice();
    let length = bytes.len() as u64;
    let start = Box::into_raw(bytes).cast::<u8>().addr() as u64;
    start << 32 | length
}
