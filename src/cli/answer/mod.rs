//! What a command answers: words for people, and the same as data for programs.
//!
//! A command returns its [`Answer`] and prints nothing; `--format` decides which of the two is shown.

pub(super) mod document;
pub(super) mod schema;

use super::diagnostics;
use super::failure::Failure;
use super::terminal::say;
use serde::Serialize;
use std::fmt;
use std::io::{self, Write};

/// What an answer is shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// Words and tables for people
    #[default]
    Text,
    /// One JSON document for programs
    Json,
}

/// Writes a value as JSON.
type Written = Box<dyn Fn(&mut dyn Write) -> serde_json::Result<()>>;

/// What a command found or did.
#[derive(Default)]
pub struct Answer {
    text: String,
    /// By name; each is written out only where it is asked for.
    fields: Vec<(&'static str, Written)>,
    failure: Option<Failure>,
}

impl Answer {
    /// An answer in words, as they stand on the terminal.
    pub fn text(text: impl Into<String>) -> Answer {
        Answer { text: text.into(), ..Answer::default() }
    }

    /// The same as data, one value after the other, each under a name that `schema` knows.
    pub fn with(mut self, name: &'static str, value: impl Serialize + 'static) -> Answer {
        self.fields.push((name, Box::new(move |to| serde_json::to_writer(to, &value))));
        self
    }

    /// Without the words where `--quiet` is given; the data stay.
    pub fn quiet(mut self, is_quiet: bool) -> Answer {
        if is_quiet {
            self.text.clear();
        }
        self
    }

    /// An answer beside which something failed after all: it was interrupted, say, or holds only a part.
    pub fn but(mut self, failure: Option<Failure>) -> Answer {
        self.failure = failure;
        self
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.fields.iter().map(|(name, _)| *name).collect();
        to.debug_struct("Answer").field("text", &self.text).field("fields", &names).field("but", &self.failure).finish()
    }
}

/// Shows how a command ended and returns the exit code. Faults are told on standard error in either format.
pub fn show(format: Format, command: Option<&str>, outcome: Result<Answer, Failure>) -> u8 {
    let (answer, failure) = match outcome {
        Ok(mut answer) => {
            let failure = answer.failure.take();
            (Some(answer), failure)
        }
        Err(failure) => (None, Some(failure)),
    };
    if let Some(answer) = answer.as_ref().filter(|answer| format == Format::Text && !answer.text.is_empty()) {
        say(&answer.text);
    }
    failure.iter().for_each(Failure::tell);
    if format == Format::Json {
        document(command, answer.as_ref(), failure.as_ref());
    }
    failure.map_or(0, |failure| failure.exit_code())
}

/// Shows that the arguments themselves could not be used, in the words `told`, which stand on standard error already.
pub fn show_misuse(command: Option<&str>, told: &str) {
    document(command, None, Some(&Failure::Input(told.to_string())));
}

/// Writes the document. That nobody reads on, as in `| head`, is no fault.
fn document(command: Option<&str>, answer: Option<&Answer>, failure: Option<&Failure>) {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let fields = answer.map(|answer| answer.fields.as_slice());
    let envelope = document::Envelope { command, failure, told: &diagnostics::told() };
    let _ = envelope.write(fields, &mut out).and_then(|()| out.flush());
}
