//! The pages as somebody who follows them finds them, and the source as somebody who reads it.
//!
//! `PARTNERSIM_REFRESH=1 cargo test --test pages` writes anew what the pages show of what is printed.

#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

mod gallery;
mod house;
mod readme;
mod results;
mod walk;
mod what_if;
