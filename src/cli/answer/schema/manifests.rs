//! What the schema says of `manifest.json`, which may come to hold more.

use super::wording::{described, list, object, open, reference, seed, text, whole};
use serde_json::{Value, json};

/// That of a run.
pub fn run_manifest() -> Value {
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

/// That of anything else.
pub fn study_manifest() -> Value {
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
