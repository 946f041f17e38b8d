//! Faults and warnings on the terminal: the line, what is wrong in it underlined, and what to do.

use crate::scenario::diagnostic::{Diagnostic, Place};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use std::io::{IsTerminal, Write};
use std::sync::{Mutex, PoisonError};

/// Characters of a cell that are shown.
const MOST_SHOWN: usize = 60;

/// How serious a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The scenario cannot be run.
    Fault,
    /// It can be run, and something looks odd.
    Warning,
}

/// What was told so far: a program that reads the answer is told too, however the command ends.
static TOLD: Mutex<Vec<(Severity, Diagnostic)>> = Mutex::new(Vec::new());

/// Tells all on standard error, in colour on a terminal unless `NO_COLOR` is set.
pub fn tell(diagnostics: &[Diagnostic], severity: Severity) {
    let told = diagnostics.iter().map(|diagnostic| (severity, diagnostic.clone()));
    TOLD.lock().unwrap_or_else(PoisonError::into_inner).extend(told);
    let mut terminal = std::io::stderr().lock();
    let styled = terminal.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    for diagnostic in diagnostics {
        // Nothing is left to tell when standard error itself is gone.
        let _ = writeln!(terminal, "{}\n", render(diagnostic, severity, styled));
    }
}

/// All that was told so far, in order.
pub fn told() -> Vec<(Severity, Diagnostic)> {
    TOLD.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// One diagnostic as text.
pub fn render(diagnostic: &Diagnostic, severity: Severity, styled: bool) -> String {
    let level = match severity {
        Severity::Fault => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str());
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let Some(place) = &diagnostic.place else {
        // Without a line of the text there is nothing that the help could stand under.
        let told = renderer.render(&[title.elements(Vec::<annotate_snippets::Message<'_>>::new())]);
        return if diagnostic.help.is_empty() { told } else { format!("{told}\n  help: {}", diagnostic.help) };
    };
    if let Some(cell) = &place.cell {
        return of_cell(
            &renderer.render(&[title.elements(Vec::<annotate_snippets::Message<'_>>::new())]),
            cell,
            diagnostic,
            place,
        );
    }
    let mut group = title.element(snippet(place));
    if !diagnostic.help.is_empty() {
        group = group.element(Level::HELP.message(diagnostic.help.as_str()));
    }
    renderer.render(&[group])
}

/// A fault of a cell: which, and what it holds.
fn of_cell(title: &str, cell: &str, diagnostic: &Diagnostic, place: &Place) -> String {
    let mut text = format!("{title}\n  --> {}, {cell}", place.file);
    if !place.text.is_empty() {
        let shown: String = place.text.chars().take(MOST_SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
        let rest = if place.text.chars().count() > MOST_SHOWN { "…" } else { "" };
        text.push_str(&format!(": {shown}{rest}"));
    }
    if !diagnostic.help.is_empty() {
        text.push_str(&format!("\n  help: {}", diagnostic.help));
    }
    text
}

fn snippet(place: &Place) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    let at = |column: usize| place.text.char_indices().nth(column).map_or(place.text.len(), |(at, _)| at);
    let span = at(place.column - 1)..at(place.column - 1 + place.length);
    Snippet::source(place.text.as_str())
        .path(place.file.as_str())
        .line_start(place.line)
        .annotation(AnnotationKind::Primary.span(span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_shows_its_line_underlined_and_what_to_do() {
        let (file, text) = ("a.toml".to_owned(), "é = -5".to_owned());
        let place = Place { file, line: 12, column: 5, text, length: 2, cell: None };
        let fault =
            Diagnostic { message: "`é` is -5".to_owned(), help: "give 0 or more".to_owned(), place: Some(place) };
        let expected = "\
error: `é` is -5
  --> a.toml:12:5
   |
12 | é = -5
   |     ^^
   |
   = help: give 0 or more";
        assert_eq!(render(&fault, Severity::Fault, false), expected);
    }

    #[test]
    fn a_fault_of_a_cell_names_it_and_shows_what_it_holds() {
        let (file, text, cell) = ("a.xlsx".to_owned(), "0,5".to_owned(), Some("Partners!C4".to_owned()));
        let place = Place { file, line: 4, column: 3, text, length: 1, cell };
        let fault =
            Diagnostic { message: "no number".to_owned(), help: "give 0 or more".to_owned(), place: Some(place) };
        let expected = "error: no number\n  --> a.xlsx, Partners!C4: 0,5\n  help: give 0 or more";
        assert_eq!(render(&fault, Severity::Fault, false), expected);
    }

    #[test]
    fn a_fault_of_the_whole_shows_no_line() {
        let fault = Diagnostic { message: "no need".to_owned(), help: "add one".to_owned(), place: None };
        let text = render(&fault, Severity::Warning, false);
        assert_eq!(text, "warning: no need\n  help: add one");
    }
}
