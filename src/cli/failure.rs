//! Why a command did not do what it was asked, and the exit code that says so to scripts.

use crate::experiment::Fault;
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Exit code for a fault of the program itself.
pub const PROGRAM: u8 = 1;

/// Exit code for faults in what was asked: a scenario, a name, an option.
pub const FAULTY: u8 = 2;

/// Exit code when a file or folder cannot be written.
pub const FILES: u8 = 4;

/// Exit code of a run that was stopped by request.
pub const INTERRUPTED: u8 = 130;

/// The exit codes, as the help shows them.
pub const EXIT_CODES: &str = "Exit codes: 0 done; 1 a fault in the program; 2 bad input: a scenario, a table or an option; \
4 a file or folder that cannot be written; 130 interrupted, what was finished is kept";

/// Why a command stopped: what to tell, and the exit code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Exit code of the program.
    pub code: u8,
    /// What to tell on the terminal; empty when everything is told already.
    pub message: String,
}

/// Where the program last broke, for the message about it.
static BROKE_AT: Mutex<String> = Mutex::new(String::new());

/// From here on a panic is told once, as a failure, and not by the thread it happened in.
pub(super) fn report_panics_as_failures() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|place| format!("{}, line {}", place.file(), place.line()));
        *BROKE_AT.lock().unwrap_or_else(PoisonError::into_inner) = place.unwrap_or_default();
    }));
}

impl Failure {
    /// A failure with a message.
    pub fn new(code: u8, message: impl Into<String>) -> Failure {
        Failure { code, message: message.into() }
    }

    /// Something could not be done to a file or folder.
    pub fn files(action: &str, path: &Path, error: &io::Error) -> Failure {
        let advice = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "free some space, or",
            io::ErrorKind::FileTooLarge => "no larger file is allowed here: lift the limit, or",
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "writing is not allowed there:",
            _ => "to write elsewhere,",
        };
        let message =
            format!("cannot {action} {}: {error};\n  {advice} choose another folder with --out DIR", path.display());
        Failure::new(FILES, message)
    }

    /// A replication could not be computed.
    pub fn fault(fault: &Fault) -> Failure {
        Failure::broken(&format!("replication {} could not be computed: {}", fault.replication, fault.message))
    }

    /// The program broke off.
    pub fn panicked(panic: &(dyn std::any::Any + Send)) -> Failure {
        let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        Failure::broken(said.unwrap_or("no reason given"))
    }

    /// Tells it on standard error.
    pub(super) fn tell(&self) {
        match self {
            Failure { message, .. } if message.is_empty() => {}
            Failure { code: INTERRUPTED, message } => eprintln!("{message}"),
            Failure { message, .. } => eprintln!("error: {message}"),
        }
    }

    fn broken(what: &str) -> Failure {
        let place = BROKE_AT.lock().unwrap_or_else(PoisonError::into_inner);
        let advice = "this is a fault in partnersim and not in what it was given: please report it with the scenario";
        Failure::new(PROGRAM, format!("{what} ({place});\n  {advice}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_names_every_exit_code() {
        for code in [0, PROGRAM, FAULTY, FILES, INTERRUPTED] {
            assert!(EXIT_CODES.contains(&format!(" {code} ")), "{code}");
        }
    }

    #[test]
    fn a_full_disk_is_told_with_advice() {
        let error = io::Error::from(io::ErrorKind::StorageFull);
        let failure = Failure::files("write", Path::new("results/x/runs.csv"), &error);
        assert_eq!(failure.code, FILES);
        assert!(failure.message.starts_with("cannot write results/x/runs.csv: "), "{}", failure.message);
        assert!(failure.message.contains("free some space") && failure.message.contains("--out DIR"));
    }
}
