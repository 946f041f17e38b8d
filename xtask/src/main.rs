//! What is built around partnersim: the playground and a release.

fn main() {}
