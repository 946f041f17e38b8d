//! The JSON Schema of what `--format json` prints: `docs/answer.schema.json`, with a definition for the answer of each command.

mod answers;
mod manifests;
mod wording;

use super::document::FORM;
use crate::output::column::Kind;
use answers::{
    check, complete, describe, diff, dry_run, export, found, import, play, plot, report, scenarios, study, table_study,
    trace, written,
};
use manifests::{run_manifest, study_manifest};
use serde_json::{Value, json};
use wording::{described, either, list, nullable, object, reference, text, whole};

/// The words of a command, and the schema of its answer.
type Answered = (&'static str, fn() -> Value);

/// What every command answers; a new one has its line here.
const ANSWERS: &[Answered] = &[
    ("run", || either("What a run found.", &[found("run", "run_manifest"), complete("run_manifest")])),
    ("compare", || study("comparison", "What sets the set-ups apart.")),
    ("experiment", || {
        let answers = [found("experiment", "study_manifest"), complete("study_manifest"), dry_run()];
        either("What came of the points, or with --dry-run how many there are.", &answers)
    }),
    ("trace", trace),
    ("check", check),
    ("new", || object("What was written.", written())),
    ("scenarios", scenarios),
    ("import", import),
    ("threshold", || study("threshold", "From which value on the condition holds.")),
    ("calibrate", || study("calibration", "At which values the scenario looks like what was observed.")),
    ("optimise", || study("optimisation", "Which levers are best.")),
    ("discover", || table_study("discovery", "In which worlds it happens.")),
    ("analyse summary", || table_study("summary", "What the columns of a table say.")),
    ("analyse compare", || table_study("comparison", "What sets the groups of a table apart.")),
    ("analyse choose", || table_study("choice", "Which policy does well in which worlds of a table.")),
    ("analyse discover", || table_study("discovery", "In which rows of a table it happens.")),
    ("analyse sensitivity", || table_study("sensitivity", "Which inputs of a table matter.")),
    ("export", export),
    ("report", report),
    ("plot", plot),
    ("diff", diff),
    ("describe", describe),
    ("play", play),
    ("document", || {
        object("The generated files.", vec![("files", list("Those written or up to date.", text("Its path.")))])
    }),
    ("digest", || {
        object("A digest.", vec![("digest", text("Of every bit that the replications give, in hexadecimal."))])
    }),
];

/// The schema as text.
pub fn document() -> String {
    let text = serde_json::to_string_pretty(&schema()).expect("a schema is plain JSON");
    text + "\n"
}

fn schema() -> Value {
    let mut schema = object("What partnersim prints with --format json: one document, in one line.", envelope());
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("partnersim answer");
    let of_command = |(command, _): &Answered| {
        json!({
            "if": { "properties": { "command": { "const": command } } },
            "then": { "properties": { "answer": { "anyOf": [{ "type": "null" }, reference(&key(command))] } } },
        })
    };
    let done = json!({
        "if": { "properties": { "exit_code": { "const": 0 } } },
        "then": { "properties": { "status": { "const": "complete" }, "error": { "type": "null" }, "answer": { "type": "object" } } },
        "else": { "properties": { "error": { "type": "object" } } },
    });
    schema["allOf"] = ANSWERS.iter().map(of_command).chain([done]).collect();
    let answers = ANSWERS.iter().map(|(command, answer)| (key(command), answer()));
    let parts = [
        ("said", said()),
        ("table", table()),
        ("run_manifest", run_manifest()),
        ("study_manifest", study_manifest()),
        ("file", file()),
    ];
    let parts = parts.map(|(name, part)| (name.to_string(), part));
    schema["$defs"] = Value::Object(answers.chain(parts).collect());
    schema
}

fn file() -> Value {
    let fields = vec![
        ("file", text("Its name.")),
        ("title", text("What it holds, for people.")),
        ("sha256", text("Of its bytes, in hexadecimal.")),
    ];
    let mut file = object("A file of the folder.", fields);
    file["properties"]["rows"] = whole("Rows of a table, its header aside; of anything else it is not said.");
    file
}

/// The name of the definition of a command's answer.
fn key(command: &str) -> String {
    command.replace(' ', "_")
}

fn envelope() -> Vec<(&'static str, Value)> {
    let mut commands: Vec<Value> = ANSWERS.iter().map(|(command, _)| json!(command)).collect();
    commands.push(Value::Null);
    let told = |description| list(description, reference("said"));
    let error = object(
        "Why the command did not do all that it was asked.",
        vec![("message", text("What is wrong.")), ("faults", told("The same one by one."))],
    );
    vec![
        (
            "schema",
            described(
                json!({ "const": FORM }),
                "The form of this document; its number rises where a program written for it may stumble.",
            ),
        ),
        ("partnersim", text("Version of the program.")),
        (
            "command",
            described(json!({ "enum": commands }), "The command in words; null where the arguments name none."),
        ),
        (
            "status",
            described(
                json!({ "enum": ["complete", "interrupted", "failed"] }),
                "complete, though with exit code 3 some replications are left out, and with 5 the two results of diff differ; interrupted, with what was finished so far; failed.",
            ),
        ),
        ("exit_code", described(json!({ "enum": [0, 1, 2, 3, 4, 5, 130] }), "What the program ends with.")),
        ("warnings", told("What looks odd and is allowed.")),
        ("error", nullable(error)),
        (
            "answer",
            described(
                json!({ "type": ["object", "null"] }),
                "What was found or done, by command; null where nothing was.",
            ),
        ),
    ]
}

fn said() -> Value {
    object(
        "A fault or a warning.",
        vec![
            ("message", text("What is wrong or odd.")),
            ("help", text("What is allowed, and what to do; may be empty.")),
            ("file", nullable(text("The file it stands in, or the option; null for a fault of the whole."))),
            ("line", nullable(whole("Line in it, from 1."))),
            ("column", nullable(whole("Column in characters, from 1."))),
            ("cell", nullable(text("Sheet and cell of a workbook, as Partners!C4."))),
        ],
    )
}

fn table() -> Value {
    let kinds = [Kind::Text, Kind::Number, Kind::Whole].map(Kind::word);
    let column = object(
        "A column.",
        vec![
            ("name", text("Its heading.")),
            ("meaning", text("What it means.")),
            ("unit", text("Its unit in words; empty for text.")),
            ("kind", described(json!({ "enum": kinds }), "What its cells hold.")),
        ],
    );
    let cell = json!({ "type": ["string", "number", "null"], "description": "A cell; null where a number is not defined or not finite." });
    object(
        "A table, as it stands in a file of the folder.",
        vec![
            ("name", text("Its short name.")),
            ("title", text("Its heading for people.")),
            ("file", text("Name of its file.")),
            ("columns", list("Its columns, in order.", column)),
            ("rows", list("Its rows, each with a cell a column.", json!({ "type": "array", "items": cell }))),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::CommandLine;
    use clap::CommandFactory;

    /// The words of every command that does something, in order.
    fn commands(of: &clap::Command, before: &str) -> Vec<String> {
        let below = of.get_subcommands().filter(|command| command.get_name() != "help");
        below
            .flat_map(|command| {
                let words = format!("{before}{}", command.get_name());
                match command.has_subcommands() {
                    true => commands(command, &format!("{words} ")),
                    false => vec![words],
                }
            })
            .collect()
    }

    #[test]
    fn the_schema_knows_the_answer_of_every_command() {
        let mut expected = commands(&CommandLine::command(), "");
        let mut known: Vec<String> = ANSWERS.iter().map(|(command, _)| command.to_string()).collect();
        expected.sort();
        known.sort();
        assert_eq!(known, expected);
    }

    #[test]
    fn every_reference_of_the_schema_leads_somewhere_and_every_property_is_described() {
        fn walk(value: &Value, definitions: &Value, n_checked: &mut usize) {
            if let Some(name) = value["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
                assert!(definitions[name].is_object(), "{name}");
                *n_checked += 1;
            }
            let Some(object) = value.as_object() else {
                return value.as_array().into_iter().flatten().for_each(|part| walk(part, definitions, n_checked));
            };
            // What stands beside `required` declares; what stands below `if` only picks.
            if object.contains_key("required") {
                for (name, property) in object["properties"].as_object().unwrap() {
                    assert!(property["description"].is_string() || property["$ref"].is_string(), "{name}: {property}");
                    *n_checked += 1;
                }
            }
            object.values().for_each(|part| walk(part, definitions, n_checked));
        }
        let (schema, mut n_checked) = (schema(), 0);
        walk(&schema, &schema["$defs"], &mut n_checked);
        assert!(n_checked > 150, "{n_checked}");
    }
}
