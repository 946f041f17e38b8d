//! What is wrong with a scenario, as a value: where, what was given, what is allowed, what to do.

/// One fault or warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong, in one sentence.
    pub message: String,
    /// What is allowed and what to do, in one sentence; may name the nearest valid name.
    pub help: String,
    /// Where it stands; a `--set` is a text of one line. `None` for a fault of the whole, such as a missing table.
    pub place: Option<Place>,
}

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Name of the file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The whole line.
    pub text: String,
    /// Characters to underline, at least 1.
    pub length: usize,
    /// The cell, `Partners!C4`, where the file is a spreadsheet; line and column are then its row and column, the text its own.
    pub cell: Option<String>,
}
