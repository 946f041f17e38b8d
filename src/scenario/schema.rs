//! The JSON Schema of a scenario, for editors that complete and check as one types; written from the declarations.

use crate::model::outcomes::OUTCOMES;
use crate::model::parameter::{Domain, Parameter, Scope};
use crate::model::uncertainty::Uncertainty;
use crate::model::{event, intervention};
use crate::scenario::check::concepts::ids;
use crate::scenario::check::fields;
use crate::scenario::check::layer::{FEWEST_PARTNERS, MOST_PARTNERS};
use crate::scenario::check::together::MOST_DATED;
use crate::scenario::forms::FORMS;
use crate::scenario::resolve::{HORIZON_MONTHS, REPLICATIONS, SECTOR, SEED};
use serde_json::{Map, Value, json};

/// The schema as text: `docs/scenario.schema.json`.
pub fn text() -> String {
    let text = serde_json::to_string_pretty(&schema()).expect("a schema is plain JSON");
    text + "\n"
}

/// The schema of the whole file.
fn schema() -> Value {
    let mut top = parameters(Scope::Partnership);
    let own = [
        ("title", described(json!({ "type": "string" }), "Title for people.")),
        ("question", described(json!({ "type": "string" }), "The question the scenario is to answer.")),
        (
            "sources",
            described(json!({ "type": "array", "items": { "type": "string" } }), "Where its figures come from."),
        ),
        ("concepts", described(concepts(), "Ids of the concepts it shows.")),
        ("horizon_months", whole(1, 1_200, HORIZON_MONTHS, "Months simulated.")),
        ("replications", whole(1, 1_000_000_000, REPLICATIONS, "Replications to run.")),
        ("seed", seed()),
        ("partners", described(json!({ "type": "string" }), "A CSV file with one row a partner.")),
        ("targets", targets()),
        ("every_partner", object(layer(), &[])),
        ("partner", json!({ "type": "array", "maxItems": MOST_PARTNERS, "items": object(partner(), &["name"]) })),
        (
            "need",
            json!({ "type": "array", "minItems": 1, "maxItems": 8, "items": object(need(), &["name", "skills"]) }),
        ),
        ("event", json!({ "type": "array", "maxItems": MOST_DATED, "items": event() })),
        ("intervention", json!({ "type": "array", "maxItems": MOST_DATED, "items": intervention() })),
    ];
    top.extend(own.map(|(key, value)| (key.to_owned(), value)));
    insert(&mut top, &["governance", "lead"], described(name(), fields::LEAD.meaning));
    let taking_part = json!({ "type": "integer", "minimum": FEWEST_PARTNERS, "maximum": MOST_PARTNERS });
    insert(&mut top, &["governance", "partners"], described(taking_part, fields::TAKING_PART.meaning));
    let mut schema = object(top, &["need"]);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!("partnersim scenario");
    schema["definitions"] = json!({ "uncertainty": uncertainty() });
    schema
}

fn object(properties: Map<String, Value>, required: &[&str]) -> Value {
    let mut object = json!({ "type": "object", "additionalProperties": false, "properties": properties });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

fn described(mut schema: Value, description: &str) -> Value {
    schema["description"] = json!(description);
    schema
}

fn whole(low: u64, high: u64, default: u64, description: &str) -> Value {
    json!({ "type": "integer", "minimum": low, "maximum": high, "default": default, "description": description })
}

fn concepts() -> Value {
    json!({ "type": "array", "uniqueItems": true, "items": { "enum": ids().collect::<Vec<_>>() } })
}

fn seed() -> Value {
    json!({
        "anyOf": [{ "type": "integer", "minimum": 0 }, { "type": "string", "pattern": "^[0-9]+$" }],
        "default": SEED,
        "description": "Seed of all draws; in quotes above 9223372036854775807.",
    })
}

fn targets() -> Value {
    let property = |outcome: &crate::model::outcomes::Outcome| {
        let schema = json!({ "type": "number", "default": outcome.target, "description": outcome.meaning });
        (outcome.name.to_owned(), schema)
    };
    object(OUTCOMES.iter().map(property).collect(), &[])
}

fn layer() -> Map<String, Value> {
    let mut properties = parameters(Scope::Partner);
    let sector = json!({ "type": "string", "default": SECTOR });
    let variation = json!({ "type": "number", "minimum": 0, "maximum": 2, "default": 0 });
    let own = [
        ("sector", described(sector, "A word; partners of different sectors are further apart.")),
        ("variation", described(variation, "Coefficient of variation of money and staff among copies of a template.")),
        ("skills", described(weights(0.0, 1e6), "Share of its working days by skill, scaled to sum to one.")),
        ("goals", described(weights(0.0, 1.0), "How much it cares for each need.")),
    ];
    properties.extend(own.map(|(key, value)| (key.to_owned(), value)));
    properties
}

fn partner() -> Map<String, Value> {
    let mut properties = layer();
    properties.insert("name".to_owned(), name());
    properties.insert("count".to_owned(), whole(1, MOST_PARTNERS, 1, "How many partners it stands for."));
    properties
}

fn need() -> Map<String, Value> {
    let mut properties = parameters(Scope::Need);
    properties.insert("name".to_owned(), name());
    properties.insert("skills".to_owned(), described(weights(0.0, 1e6), "Weight of each skill it takes."));
    properties
}

fn event() -> Value {
    object(dated(Scope::Event, &fields::EVENT_PARTNERS), &["name", event::KIND.local_key()])
}

/// An intervention is written out in full.
fn intervention() -> Value {
    let required = intervention::PARAMETERS.iter().map(|parameter| parameter.local_key());
    let required: Vec<&str> = std::iter::once("name").chain(required).collect();
    object(dated(Scope::Intervention, &fields::INTERVENTION_PARTNERS), &required)
}

fn dated(scope: Scope, concerned: &fields::Names) -> Map<String, Value> {
    let mut properties = parameters(scope);
    let partners = json!({ "type": "array", "minItems": 1, "items": name() });
    properties.insert("name".to_owned(), name());
    properties.insert("partners".to_owned(), described(partners, concerned.meaning));
    properties
}

fn name() -> Value {
    json!({ "type": "string", "minLength": 1, "maxLength": 100 })
}

/// A free table of names with numbers.
fn weights(low: f64, high: f64) -> Value {
    let plain = json!({ "type": "number", "minimum": low, "maximum": high });
    json!({ "type": "object", "additionalProperties": { "anyOf": [plain, { "$ref": "#/definitions/uncertainty" }] } })
}

/// The parameters of a scope as nested objects, one level for each dot of a key.
fn parameters(scope: Scope) -> Map<String, Value> {
    let mut properties = Map::new();
    for parameter in fields::parameters(scope) {
        let words: Vec<&str> = parameter.local_key().split('.').collect();
        insert(&mut properties, &words, declared(parameter));
    }
    properties
}

fn insert(properties: &mut Map<String, Value>, words: &[&str], schema: Value) {
    if words.len() == 1 {
        properties.insert(words[0].to_owned(), schema);
        return;
    }
    let inner = properties.entry(words[0]).or_insert_with(|| object(Map::new(), &[]));
    if let Some(inner) = inner["properties"].as_object_mut() {
        insert(inner, &words[1..], schema);
    }
}

fn declared(parameter: &Parameter) -> Value {
    let description = format!("{} Unit: {}.", parameter.meaning, parameter.unit);
    match &parameter.domain {
        Domain::Number { low, high, default } => {
            let plain = json!({ "type": "number", "minimum": low, "maximum": high });
            let mut schema = json!({ "anyOf": [plain, { "$ref": "#/definitions/uncertainty" }] });
            if let Uncertainty::Fixed(value) = default {
                schema["default"] = json!(value);
            }
            described(schema, &description)
        }
        Domain::Whole { low, high, default } => whole(*low, *high, *default, &description),
        Domain::Choice { options, default } => {
            let words: Vec<&str> = options.iter().map(|(word, _)| *word).collect();
            let meanings: Vec<String> = options.iter().map(|(word, meaning)| format!("{word}: {meaning}")).collect();
            let description = format!("{} {}.", parameter.meaning, meanings.join("; "));
            described(json!({ "enum": words, "default": words[*default] }), &description)
        }
    }
}

/// One of the forms, each a table with one key.
fn uncertainty() -> Value {
    let form = |form: &crate::scenario::forms::Form| {
        let values = match form.name {
            "fixed" => json!({ "type": "number" }),
            "discrete" => json!({ "type": "array", "minItems": 1, "items": numbers(2, 2) }),
            "observed" => json!({ "type": "array", "minItems": 1, "items": { "type": "number" } }),
            "triangular" | "pert" => numbers(3, 3),
            _ => numbers(2, 2),
        };
        let description = format!("{} Write {}.", form.meaning, form.shape);
        object(Map::from_iter([(form.name.to_owned(), described(values, &description))]), &[form.name])
    };
    json!({ "anyOf": FORMS.iter().map(form).collect::<Vec<_>>() })
}

fn numbers(least: usize, most: usize) -> Value {
    json!({ "type": "array", "minItems": least, "maxItems": most, "items": { "type": "number" } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_knows_every_parameter_under_its_table() {
        let schema = schema();
        let partner = &schema["properties"]["partner"]["items"]["properties"];
        assert_eq!(partner["resources"]["properties"]["money"]["anyOf"][0]["minimum"], json!(0.0));
        for key in fields::parameters(Scope::Partnership)
            .map(|parameter| parameter.key)
            .chain(["governance.lead", "governance.partners"])
        {
            let pointer = format!("/properties/{}", key.replace('.', "/properties/"));
            assert!(schema.pointer(&pointer).is_some(), "{pointer}");
        }
        assert_eq!(schema["properties"]["event"]["items"]["required"], json!(["name", "kind"]));
        let intervention = &schema["properties"]["intervention"]["items"];
        assert_eq!(intervention["required"], json!(["name", "kind", "start", "end", "dose", "cost", "decay"]));
        assert_eq!(intervention["properties"]["dose"]["anyOf"][0]["maximum"], json!(1.0));
    }
}
