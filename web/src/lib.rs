//! The library as a WebAssembly module.
