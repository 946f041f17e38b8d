//! What the schema says of the answer of each command.

use super::wording::{described, either, list, nullable, number, object, reference, seed, text, whole};
use serde_json::{Value, json};

/// What every command answers that writes tables into a folder.
pub fn found(kind: &str, manifest: &str) -> Value {
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

/// What a command answers that was to go on with what is complete.
pub fn complete(manifest: &str) -> Value {
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
pub fn study(kind: &str, description: &str) -> Value {
    either(description, &[found(kind, "study_manifest"), complete("study_manifest")])
}

/// What a command answers that ends as a study and has nothing to go on with.
pub fn table_study(kind: &str, description: &str) -> Value {
    described(found(kind, "study_manifest"), description)
}

/// What `export` answers.
pub fn export() -> Value {
    let manifest = either("Its manifest, of these files.", &[reference("run_manifest"), reference("study_manifest")]);
    let copy = vec![("folder", text("Where the files are.")), ("manifest", manifest)];
    object("Where the result stands in other formats.", copy)
}

/// What an experiment answers with `--dry-run`.
pub fn dry_run() -> Value {
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

/// What `trace` answers.
pub fn trace() -> Value {
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

/// What `check` answers.
pub fn check() -> Value {
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

/// What every command answers that writes a scenario.
pub fn written() -> Vec<(&'static str, Value)> {
    vec![
        ("scenario", text("Path of the scenario.")),
        ("files", list("Every file that was written.", text("Its path."))),
    ]
}

/// What `scenarios` answers.
pub fn scenarios() -> Value {
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

/// What `import` answers.
pub fn import() -> Value {
    let mut fields = written();
    fields.push(("partners", whole("Partners in it.")));
    let partnership = object(
        "A partnership.",
        vec![("id", text("Its id in the table.")), ("name", text("Its name.")), ("partners", whole("Rows it has."))],
    );
    let listed = object("What the table holds.", vec![("partnerships", list("Its partnerships.", partnership))]);
    either("What was written, or with --list what there is.", &[object("What was written.", fields), listed])
}

/// What `describe` answers.
pub fn describe() -> Value {
    let declared = || {
        vec![
            ("parameters", list("The parameters it names.", parameter())),
            ("outcomes", list("The outcomes it names.", outcome())),
        ]
    };
    let explained = vec![("name", text("What was asked about.")), ("explanation", text("What it means, in words."))];
    let listed = vec![("names", list("All names.", text("A name.")))];
    let answers = [("An explanation.", explained), ("What can be asked about.", listed)];
    let answers = answers.map(|(description, fields)| object(description, [fields, declared()].concat()));
    either("An explanation, or without a name all names.", &answers)
}

fn parameter() -> Value {
    let word = object("A word.", vec![("word", text("As a scenario writes it.")), ("meaning", text("What it means."))]);
    object(
        "The declaration of a parameter.",
        vec![
            ("key", text("Where a scenario sets it.")),
            ("meaning", text("What it means.")),
            ("unit", text("Its unit.")),
            ("kind", described(json!({ "enum": ["number", "whole number", "word"] }), "What it may be.")),
            ("low", nullable(number("Least value allowed."))),
            ("high", nullable(number("Greatest value allowed."))),
            ("words", nullable(list("The words it may be.", word))),
            ("default", text("Its value when a scenario is silent, as a scenario would write it.")),
            ("source", text("Source of the equation or the default.")),
            ("grade", text("How well the default is supported.")),
        ],
    )
}

fn outcome() -> Value {
    object(
        "The declaration of an outcome.",
        vec![
            ("name", text("Its name, as commands take it.")),
            ("column", text("Its column in runs.csv.")),
            ("title", text("What it is called.")),
            ("meaning", text("What it means.")),
            ("unit", text("Its unit.")),
            ("better", described(json!({ "enum": ["higher", "lower"] }), "Which is better.")),
            ("target", number("What it is held against when a scenario is silent.")),
        ],
    )
}

/// What `report` answers.
pub fn report() -> Value {
    object(
        "The page that was written.",
        vec![("file", text("Its path.")), ("bytes", whole("Its size.")), ("pictures", whole("Pictures in it."))],
    )
}

/// What `play` answers.
pub fn play() -> Value {
    let page = || ("page", text("Path of the page."));
    let served = vec![
        page(),
        ("address", text("Where it was served.")),
        ("answered", whole("How many requests were answered with the page.")),
    ];
    let saved = vec![page(), ("saved", text("Path that it was saved to."))];
    let answers = [object("What was served until Ctrl-C.", served), object("What was saved, with --save.", saved)];
    either("What became of the playground.", &answers)
}

/// What `plot` answers.
pub fn plot() -> Value {
    let chart = object(
        "A picture.",
        vec![
            ("name", text("Short name.")),
            ("title", text("What it shows.")),
            ("told", text("What one would see, in words.")),
            ("table", reference("table")),
        ],
    );
    let drawn = object("What was drawn, or with --list could be.", vec![("charts", list("The pictures.", chart))]);
    let written = object(
        "What was written with --charts.",
        vec![("folder", text("Where the pictures are.")), ("pictures", whole("How many there are."))],
    );
    either("Pictures of a result.", &[drawn, written])
}

/// What `diff` answers.
pub fn diff() -> Value {
    let difference = object(
        "What was found in one respect.",
        vec![
            ("about", text("In which respect; empty for all in all.")),
            ("found", list("Sentences.", text("A sentence."))),
        ],
    );
    object(
        "Whether two results are the same.",
        vec![
            ("is_same", described(json!({ "type": "boolean" }), "Whether they are the same.")),
            ("differences", list("What was found, respect by respect.", difference)),
        ],
    )
}
