//! The one JSON document that a command prints with `--format json`: how it ended, and what it answers.

use super::{Failure, Written};
use crate::cli::diagnostics::Severity;
use crate::output::figure::counted;
use crate::output::manifest::VERSION;
use crate::scenario::diagnostic::Diagnostic;
use serde::Serialize;
use std::io::{self, Write};

/// Name of the form of the document; another number says that programs written for this one may stumble.
pub const FORM: &str = "partnersim answer 1";

/// How a command ended.
pub struct Envelope<'a> {
    /// Its words, such as `analyse summary`; nothing where the arguments name none.
    pub command: Option<&'a str>,
    /// What failed, if anything did.
    pub failure: Option<&'a Failure>,
    /// Warnings and faults that were told on the way.
    pub told: &'a [(Severity, Diagnostic)],
}

/// The document but for the answer itself, which comes last.
#[derive(Serialize)]
struct Head<'a> {
    schema: &'static str,
    partnersim: &'static str,
    command: Option<&'a str>,
    status: &'static str,
    exit_code: u8,
    warnings: Vec<Said>,
    error: Option<Failed>,
}

#[derive(Serialize)]
struct Failed {
    message: String,
    faults: Vec<Said>,
}

/// One thing that is wrong or odd.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// What is wrong.
    pub message: String,
    /// What is allowed, and what to do; may be empty.
    pub help: String,
    /// The file it stands in, or the text of the option.
    pub file: Option<String>,
    /// Line, from 1.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// Sheet and cell of a workbook, as `Partners!C4`.
    pub cell: Option<String>,
}

impl Envelope<'_> {
    /// Writes the document in one line, the fields of the answer last, as they are made.
    pub fn write(&self, fields: Option<&[(&'static str, Written)]>, to: &mut dyn Write) -> io::Result<()> {
        let head = serde_json::to_string(&Head {
            schema: FORM,
            partnersim: VERSION,
            command: self.command,
            status: self.status(),
            exit_code: self.failure.map_or(0, Failure::exit_code),
            warnings: self.said(Severity::Warning),
            error: self.failure.map(|failure| self.error(failure)),
        })?;
        write!(to, "{},\"answer\":", head.strip_suffix('}').unwrap_or(&head))?;
        match fields {
            None => to.write_all(b"null")?,
            Some(fields) => write_fields(fields, to)?,
        }
        to.write_all(b"}\n")
    }

    fn status(&self) -> &'static str {
        match self.failure {
            None | Some(Failure::Replications(_) | Failure::Differ) => "complete",
            Some(Failure::Interrupted(_)) => "interrupted",
            Some(_) => "failed",
        }
    }

    fn said(&self, severity: Severity) -> Vec<Said> {
        self.told.iter().filter(|(told, _)| *told == severity).map(|(_, diagnostic)| Said::of(diagnostic)).collect()
    }

    fn error(&self, failure: &Failure) -> Failed {
        let message = failure.message();
        let mut faults = self.said(Severity::Fault);
        if faults.is_empty() {
            faults = message.split("\nerror: ").map(Said::in_words).collect();
        }
        let message = match (failure, faults.as_slice()) {
            (Failure::Scenario(_), [one]) => one.message.clone(),
            (Failure::Scenario(_), [first, ..]) => {
                format!("{}; the first: {}", counted(faults.len() as u64, "fault"), first.message)
            }
            _ => message.to_string(),
        };
        Failed { message, faults }
    }
}

fn write_fields(fields: &[(&'static str, Written)], to: &mut dyn Write) -> io::Result<()> {
    for (i, (name, write)) in fields.iter().enumerate() {
        write!(to, "{}\"{name}\":", if i == 0 { "{" } else { "," })?;
        write(to)?;
    }
    to.write_all(if fields.is_empty() { b"{}" } else { b"}" })
}

impl Said {
    /// What a diagnostic says.
    pub fn of(diagnostic: &Diagnostic) -> Said {
        let place = diagnostic.place.as_ref();
        Said {
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            file: place.map(|place| place.file.clone()),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            cell: place.and_then(|place| place.cell.clone()),
        }
    }

    /// A fault that was told as a text: its first part is what is wrong, the rest is advice.
    fn in_words(text: &str) -> Said {
        let (message, help) = text.split_once("\n\n").or(text.split_once('\n')).unwrap_or((text, ""));
        let [message, help] = [message, help].map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        Said { message, help, file: None, line: None, column: None, cell: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::diagnostic::Place;
    use serde_json::{Value, json};

    fn written(envelope: &Envelope, fields: Option<&[(&'static str, Written)]>) -> Value {
        let mut text = Vec::new();
        envelope.write(fields, &mut text).unwrap();
        assert_eq!(text.iter().filter(|byte| **byte == b'\n').count(), 1);
        serde_json::from_slice(&text).unwrap()
    }

    #[test]
    fn an_answer_is_written_field_by_field_and_what_is_no_number_is_null() {
        let field = |name, value: f64| -> (&'static str, Written) {
            (name, Box::new(move |to: &mut dyn Write| serde_json::to_writer(to, &value)))
        };
        let fields = [field("low", 0.1), field("high", f64::INFINITY), field("none", f64::NAN)];
        let envelope = Envelope { command: Some("run"), failure: None, told: &[] };
        let document = written(&envelope, Some(&fields));
        assert_eq!(document["answer"], json!({ "low": 0.1, "high": null, "none": null }));
        assert_eq!((&document["status"], &document["error"]), (&json!("complete"), &Value::Null));
        assert_eq!(written(&envelope, Some(&[]))["answer"], json!({}));
        assert_eq!(written(&envelope, None)["answer"], Value::Null);
    }

    #[test]
    fn faults_are_told_one_by_one_each_with_its_place_or_its_advice() {
        let place =
            Place { file: "a.toml".to_owned(), line: 3, column: 5, text: "x = 1".to_owned(), length: 1, cell: None };
        let fault = Diagnostic { message: "no x".to_owned(), help: "try y".to_owned(), place: Some(place) };
        let failure = Failure::Scenario(vec![fault.clone()]);
        let told = [(Severity::Warning, fault.clone()), (Severity::Fault, fault)];
        let document = written(&Envelope { command: None, failure: Some(&failure), told: &told }, None);
        assert_eq!((&document["exit_code"], &document["status"]), (&json!(2), &json!("failed")));
        let said =
            json!({ "message": "no x", "help": "try y", "file": "a.toml", "line": 3, "column": 5, "cell": null });
        assert_eq!(document["error"], json!({ "message": "no x", "faults": [said] }));
        assert_eq!(document["warnings"], json!([said]));

        let failure = Failure::Input("no such thing.\n  Give\n  another.\nerror: and no other".to_string());
        let document = written(&Envelope { command: None, failure: Some(&failure), told: &[] }, None);
        let faults = &document["error"]["faults"];
        assert_eq!((&faults[0]["message"], &faults[0]["help"]), (&json!("no such thing."), &json!("Give another.")));
        assert_eq!((&faults[1]["message"], &faults[1]["help"]), (&json!("and no other"), &json!("")));
    }

    #[test]
    fn what_was_kept_of_an_interrupted_command_is_no_failure_and_neither_are_a_few_replications() {
        let status = |failure: &Failure| Envelope { command: None, failure: Some(failure), told: &[] }.status();
        assert_eq!(status(&Failure::Interrupted(String::new())), "interrupted");
        assert_eq!(status(&Failure::Replications(String::new())), "complete");
        assert_eq!(status(&Failure::Files(String::new())), "failed");
    }
}
