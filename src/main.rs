//! The `partnersim` program.
fn main() {}
