//! The JSON Schema of answers.
pub fn text() -> String {
    String::new()
}
