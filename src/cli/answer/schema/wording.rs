//! The pieces that a schema is put together from.

use serde_json::{Map, Value, json};

/// The seed of all draws.
pub fn seed() -> Value {
    described(
        json!({ "type": "string", "pattern": "^[0-9]*$" }),
        "Seed of all draws, as text because it may exceed what programs hold exactly.",
    )
}

/// Any text.
pub fn text(description: &str) -> Value {
    described(json!({ "type": "string" }), description)
}

/// Any number.
pub fn number(description: &str) -> Value {
    described(json!({ "type": "number" }), description)
}

/// A whole number of at least 0.
pub fn whole(description: &str) -> Value {
    described(json!({ "type": "integer", "minimum": 0 }), description)
}

/// A list.
pub fn list(description: &str, items: Value) -> Value {
    described(json!({ "type": "array", "items": items }), description)
}

/// The same, or null.
pub fn nullable(schema: Value) -> Value {
    let description = schema["description"].clone();
    let mut either = json!({ "anyOf": [schema, { "type": "null" }] });
    either["description"] = description;
    either
}

/// One of these.
pub fn either(description: &str, schemas: &[Value]) -> Value {
    described(json!({ "anyOf": schemas }), description)
}

/// A definition by its name.
pub fn reference(definition: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{definition}") })
}

/// A schema with its description.
pub fn described(mut schema: Value, description: &str) -> Value {
    schema["description"] = json!(description);
    schema
}

/// An object with all of these and nothing else.
pub fn object(description: &str, fields: Vec<(&str, Value)>) -> Value {
    let mut object = open(description, fields);
    object["additionalProperties"] = json!(false);
    object
}

/// An object with all of these at least.
pub fn open(description: &str, fields: Vec<(&str, Value)>) -> Value {
    let required: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    let properties: Map<String, Value> = fields.iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
    json!({ "type": "object", "description": description, "properties": properties, "required": required })
}
