//! The command line: one file a command.

pub mod check;
pub mod describe;
pub mod diagnostics;
pub mod document;
pub mod new;
pub mod reading;

/// Why a command stopped: what to tell, and the exit code.
#[derive(Debug)]
pub struct Failure {
    /// Exit code of the program.
    pub code: u8,
    /// What to tell on the terminal; empty when everything is told already.
    pub message: String,
}

/// Exit code when a file cannot be read or written.
pub const FILES: u8 = 1;

/// Exit code for faults in what was asked: a scenario, a name, an option.
pub const FAULTY: u8 = 2;

impl Failure {
    /// A failure with a message.
    pub fn new(code: u8, message: impl Into<String>) -> Failure {
        Failure { code, message: message.into() }
    }
}
