//! The JSON Schema of what `--format json` prints: `docs/answer.schema.json`, with a definition for the answer of each command.

use super::document::FORM;
use crate::output::column::Kind;
use serde_json::{Map, Value, json};

/// What a command answers, by its words; a new command has its line here.
const ANSWERS: &[(&str, fn() -> Value)] = &[
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
    ("export", || {
        let copy = vec![("folder", text("Where the files are.")), ("manifest", any_manifest())];
        object("Where the result stands in other formats.", copy)
    }),
    ("describe", describe),
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
    let of_command = |(command, _): &(&str, fn() -> Value)| {
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
        (
            "file",
            object(
                "A file of the folder.",
                vec![("file", text("Its name.")), ("sha256", text("Of its bytes, in hexadecimal."))],
            ),
        ),
    ];
    let parts = parts.map(|(name, part)| (name.to_string(), part));
    schema["$defs"] = Value::Object(answers.chain(parts).collect());
    schema
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
                "complete, though with exit code 3 some replications are left out; interrupted, with what was finished so far; failed.",
            ),
        ),
        ("exit_code", described(json!({ "enum": [0, 1, 2, 3, 4, 130] }), "What the program ends with.")),
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

/// What every command answers that writes tables into a folder.
fn found(kind: &str, manifest: &str) -> Value {
    object(
        "What was found.",
        vec![
            ("kind", described(json!({ "const": kind }), "What kind of result it is.")),
            ("name", text("Short name.")),
            ("title", text("Title for people.")),
            ("question", text("The question; may be empty.")),
            ("findings", list("What was found, in words.", text("A sentence."))),
            ("folder", text("Where the files are.")),
            ("manifest", reference(manifest)),
            (
                "tables",
                list("Every table but those with a row a replication, which manifest.files names.", reference("table")),
            ),
        ],
    )
}

/// The manifest of a folder, whatever command found the result.
fn any_manifest() -> Value {
    json!({ "anyOf": [reference("run_manifest"), reference("study_manifest")] })
}

/// What a command answers that was to go on with what is complete.
fn complete(manifest: &str) -> Value {
    object(
        "The folder held all of it before.",
        vec![
            ("folder", text("Where the files are.")),
            ("manifest", reference(manifest)),
            ("was_complete", described(json!({ "const": true }), "Nothing was left to do.")),
        ],
    )
}

/// What a command answers that ends as a study and can go on.
fn study(kind: &str, description: &str) -> Value {
    either(description, &[found(kind, "study_manifest"), complete("study_manifest")])
}

fn table_study(kind: &str, description: &str) -> Value {
    described(found(kind, "study_manifest"), description)
}

fn dry_run() -> Value {
    object(
        "How large an experiment is.",
        vec![
            ("design", text("Kind of its design.")),
            ("points", whole("Points of it.")),
            ("policies", whole("Policies, each tried at every point.")),
            ("replications", whole("Replications of all of them together.")),
            ("threads", whole("Threads to compute on.")),
            ("seconds", number("About how long it takes.")),
            ("bytes", whole("About how much the tables take.")),
            ("bytes_until_complete", whole("About how much more it takes until it is complete.")),
        ],
    )
}

fn trace() -> Value {
    let among = object(
        "Shares of the other replications.",
        vec![
            ("lower", number("With a lower value.")),
            ("same", number("With the same.")),
            ("higher", number("With a higher.")),
        ],
    );
    let outcome = object(
        "An outcome.",
        vec![
            ("outcome", text("Its column in runs.csv.")),
            ("title", text("What it is called.")),
            ("unit", text("Its unit.")),
            ("value", nullable(number("Its value in this replication."))),
            ("others", whole("Replications that it is compared with.")),
            ("among_others", nullable(among)),
        ],
    );
    object(
        "The story of one replication.",
        vec![
            ("name", text("Name of the scenario.")),
            ("title", text("Its title.")),
            ("question", text("Its question.")),
            ("seed", seed()),
            ("replication", whole("Index of the replication, from 0.")),
            ("story", list("What happened, month by month.", text("A sentence."))),
            ("why", nullable(text("Why it failed, where it did."))),
            ("beside_twin", list("How it fared beside the same organisations working alone.", text("A sentence."))),
            ("outcomes", list("Every outcome.", outcome)),
            ("tables", list("The table behind the story.", reference("table"))),
            ("folder", nullable(text("Where that table was written, where it was."))),
        ],
    )
}

fn check() -> Value {
    let names = |description| list(description, text("A name."));
    let scenario = object(
        "What it holds.",
        vec![
            ("name", text("Its name.")),
            ("title", text("Its title.")),
            ("question", text("Its question.")),
            ("digest", text("SHA-256 of all that decides its results.")),
            ("horizon_months", whole("Months simulated.")),
            ("replications", whole("Replications to run.")),
            ("seed", seed()),
            ("partners", names("Its partners.")),
            ("needs", names("Its needs.")),
            ("skills", names("Its skills.")),
            ("events", names("Its events.")),
            ("interventions", names("Its interventions.")),
        ],
    );
    let told = |description| list(description, reference("said"));
    let file = object(
        "A scenario file.",
        vec![
            ("file", text("Its path.")),
            ("is_fine", described(json!({ "type": "boolean" }), "Whether it has no fault.")),
            ("scenario", nullable(scenario)),
            ("warnings", told("What looks odd in it and is allowed.")),
            ("faults", told("What is wrong with it.")),
        ],
    );
    object("What was found about the files.", vec![("files", list("The files, as they were given.", file))])
}

fn written() -> Vec<(&'static str, Value)> {
    vec![
        ("scenario", text("Path of the scenario.")),
        ("files", list("Every file that was written.", text("Its path."))),
    ]
}

fn scenarios() -> Value {
    let scenario = object(
        "A scenario.",
        vec![
            ("name", text("Its name, as `new --from` takes it.")),
            ("title", text("Its title.")),
            ("question", text("Its question.")),
            ("concepts", list("The concepts it shows.", text("An id."))),
        ],
    );
    object("The ready-made scenarios.", vec![("scenarios", list("All of them.", scenario))])
}

fn import() -> Value {
    let mut fields = written();
    fields.push(("partners", whole("Partners in it.")));
    let partnership = object(
        "A partnership.",
        vec![("id", text("Its id in the table.")), ("name", text("Its name.")), ("partners", whole("Rows it has."))],
    );
    let listed = object("What the table holds.", vec![("partnerships", list("Its partnerships.", partnership))]);
    either("What was written, or with --list what there is.", &[object("What was written.", fields), listed])
}

fn describe() -> Value {
    let explained = object(
        "An explanation.",
        vec![("name", text("What was asked about.")), ("explanation", text("What it means."))],
    );
    let listed = object("What can be asked about.", vec![("names", list("All names.", text("A name.")))]);
    either("An explanation, or without a name all names.", &[explained, listed])
}

fn run_manifest() -> Value {
    let counted = |name, description| {
        let fields = vec![
            (name, text("Its name.")),
            ("meaning", text("The same in words.")),
            ("replications", whole("How many.")),
        ];
        list(description, object("One of them.", fields))
    };
    open(
        "manifest.json of a run.",
        vec![
            ("partnersim", text("Version of the program that computed it.")),
            ("status", status()),
            ("scenario", text("Name of the scenario.")),
            ("title", text("Its title.")),
            ("question", text("Its question.")),
            ("sources", list("Where its figures come from.", text("A source."))),
            ("scenario_digest", text("SHA-256 of all that decides the results.")),
            ("model_digest", text("The same without seed and replications.")),
            ("seed", seed()),
            ("replications_requested", whole("Replications asked for.")),
            ("replications_completed", whole("Replications that the files hold.")),
            ("horizon_months", whole("Months simulated.")),
            ("partners", list("Names of the partners.", text("A name."))),
            ("endings", counted("ending", "Replications by why they stopped.")),
            ("causes", counted("cause", "Replications by why they failed.")),
            ("warnings", list("What looks odd in the scenario and is allowed.", text("A sentence."))),
            ("files", list("The other files of the folder.", reference("file"))),
        ],
    )
}

fn study_manifest() -> Value {
    let scenario = open(
        "A scenario.",
        vec![
            ("name", text("Its name.")),
            ("title", text("Its title.")),
            ("digest", text("SHA-256 of all that decides its results.")),
            ("warnings", list("What looks odd in it and is allowed.", text("A sentence."))),
        ],
    );
    let setting = json!({ "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2 });
    let request = open(
        "What was asked.",
        vec![
            ("kind", text("What kind of result it is.")),
            ("name", text("Short name.")),
            ("title", text("Title for people.")),
            ("question", text("The question; may be empty.")),
            ("scenarios", list("The scenarios it is about, in order.", scenario)),
            ("seed", seed()),
            ("settings", list("All else that decides the result: a setting and its value.", setting)),
        ],
    );
    open(
        "manifest.json of anything but a run.",
        vec![
            ("partnersim", text("Version of the program that computed it.")),
            ("status", status()),
            ("request", request),
            ("request_digest", text("SHA-256 of the request: equal where the same was asked.")),
            ("points", whole("Design points or set-ups that were simulated, or rows or groups of a table.")),
            ("replications", whole("Replications of each of them.")),
            ("findings", list("What was found, in words.", text("A sentence."))),
            ("files", list("The other files of the folder.", reference("file"))),
        ],
    )
}

fn status() -> Value {
    described(json!({ "enum": ["complete", "interrupted"] }), "Whether all was computed that was asked for.")
}

fn seed() -> Value {
    described(
        json!({ "type": "string", "pattern": "^[0-9]*$" }),
        "Seed of all draws, as text because it may exceed what programs hold exactly.",
    )
}

fn text(description: &str) -> Value {
    described(json!({ "type": "string" }), description)
}

fn number(description: &str) -> Value {
    described(json!({ "type": "number" }), description)
}

fn whole(description: &str) -> Value {
    described(json!({ "type": "integer", "minimum": 0 }), description)
}

fn list(description: &str, items: Value) -> Value {
    described(json!({ "type": "array", "items": items }), description)
}

fn nullable(schema: Value) -> Value {
    let description = schema["description"].clone();
    let mut either = json!({ "anyOf": [schema, { "type": "null" }] });
    either["description"] = description;
    either
}

fn either(description: &str, schemas: &[Value]) -> Value {
    described(json!({ "anyOf": schemas }), description)
}

fn reference(definition: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{definition}") })
}

fn described(mut schema: Value, description: &str) -> Value {
    schema["description"] = json!(description);
    schema
}

/// An object with all of these and nothing else.
fn object(description: &str, fields: Vec<(&str, Value)>) -> Value {
    let mut object = open(description, fields);
    object["additionalProperties"] = json!(false);
    object
}

/// An object with all of these at least.
fn open(description: &str, fields: Vec<(&str, Value)>) -> Value {
    let required: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    let properties: Map<String, Value> = fields.iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
    json!({ "type": "object", "description": description, "properties": properties, "required": required })
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
