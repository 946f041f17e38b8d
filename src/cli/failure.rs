//! Why a command did not do what it was asked, and the exit code that says so to scripts.

use super::BROKE_AT;
use super::diagnostics::{self, Severity};
use crate::experiment::Fault;
use crate::scenario::diagnostic::Diagnostic;
use std::io;
use std::path::Path;
use std::sync::PoisonError;

/// The exit codes, as the help of every command shows them.
pub const EXIT_CODES: &str = "Exit codes: 0 done; 1 a fault in the program; 2 bad input: a scenario, a table or an option; \
3 some replications could not be computed, the results hold the others; 4 a file or folder could not be written; 5 diff: the two results differ; 130 interrupted, what was finished is kept";

/// Why a command failed.
#[derive(Debug)]
pub enum Failure {
    /// The program itself is at fault.
    Program(String),
    /// A scenario with its faults.
    Scenario(Vec<Diagnostic>),
    /// Something else that was given cannot be used.
    Input(String),
    /// Some replications could not be computed; the results hold the others.
    Replications(String),
    /// A file or folder could not be written.
    Files(String),
    /// Two results differ, which has been told.
    Differ,
    /// Stopped by request; the text says what was kept.
    Interrupted(String),
}

impl Failure {
    /// The number the program ends with.
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Program(_) => 1,
            Failure::Scenario(_) | Failure::Input(_) => 2,
            Failure::Replications(_) => 3,
            Failure::Files(_) => 4,
            Failure::Differ => 5,
            Failure::Interrupted(_) => 130,
        }
    }

    /// Says it on standard error.
    pub fn tell(&self) {
        match self {
            Failure::Scenario(faults) => diagnostics::tell(faults, Severity::Fault),
            _ => eprint!("{}", self.text()),
        }
    }

    /// What is said of anything but a scenario's faults, which are shown in their place.
    pub fn message(&self) -> &str {
        match self {
            Failure::Scenario(_) => "",
            Failure::Differ => "the results differ",
            Failure::Interrupted(message)
            | Failure::Program(message)
            | Failure::Input(message)
            | Failure::Replications(message)
            | Failure::Files(message) => message,
        }
    }

    /// The same as it stands on the terminal.
    fn text(&self) -> String {
        match self {
            Failure::Scenario(_) | Failure::Differ => String::new(),
            Failure::Interrupted(kept) => format!("{kept}\n"),
            _ => format!("error: {}\n", self.message()),
        }
    }

    /// Something could not be done to a file or folder.
    pub fn files(action: &str, path: &Path, error: &io::Error) -> Failure {
        let advice = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "Free some space, or",
            io::ErrorKind::FileTooLarge => "No larger file is allowed here: lift the limit, or",
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "Writing is not allowed there:",
            _ => "To write elsewhere,",
        };
        let path = path.display();
        Failure::Files(format!("cannot {action} {path}: {error}.\n  {advice} choose another folder with --out DIR."))
    }

    /// A replication could not be computed.
    pub fn fault(fault: &Fault) -> Failure {
        Failure::broken(&format!("replication {} could not be computed: {}", fault.replication, fault.message))
    }

    /// Some replications could not be computed, in the words `told`; the results hold the others.
    pub fn left_out(told: &str) -> Failure {
        Failure::Replications(format!(
            "{told}\n  This is a fault in partnersim and not in what it was given: please report it with the scenario."
        ))
    }

    /// So many replications could not be computed that the others are no fair sample.
    pub fn too_many(n_faults: u64, tried: u64, last: &Fault) -> Failure {
        Failure::broken(&format!(
            "{n_faults} of the first {tried} replications could not be computed, which is too many to go on without them; replication {}: {}",
            last.replication, last.message
        ))
    }

    /// The program broke off.
    pub fn panicked(panic: &(dyn std::any::Any + Send)) -> Failure {
        let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        Failure::broken(said.unwrap_or("no reason given"))
    }

    fn broken(what: &str) -> Failure {
        let place = BROKE_AT.lock().unwrap_or_else(PoisonError::into_inner);
        Failure::Program(format!(
            "{what} ({place}).\n  This is a fault in partnersim and not in what it was given: please report it with the scenario."
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_failure_has_the_exit_code_that_the_help_names() {
        let failures = [
            Failure::Program(String::new()),
            Failure::Scenario(Vec::new()),
            Failure::Input(String::new()),
            Failure::Replications(String::new()),
            Failure::Files(String::new()),
            Failure::Differ,
            Failure::Interrupted(String::new()),
        ];
        assert_eq!(failures.each_ref().map(Failure::exit_code), [1, 2, 2, 3, 4, 5, 130]);
        for failure in &failures {
            assert!(EXIT_CODES.contains(&format!(" {} ", failure.exit_code())));
        }
    }

    #[test]
    fn a_full_disk_is_told_with_advice() {
        let error = io::Error::from(io::ErrorKind::StorageFull);
        let text = Failure::files("write", Path::new("results/x/runs.csv"), &error).text();
        assert!(text.starts_with("error: cannot write results/x/runs.csv: "), "{text}");
        assert!(text.contains("Free some space") && text.contains("--out DIR"), "{text}");
    }
}
