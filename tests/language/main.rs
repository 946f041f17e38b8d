//! What is read: scenarios, experiments and published tables, and every fault that is found in them.

#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

mod experiment_language;
mod import;
mod scenario_language;
mod scenario_properties;
mod shipped_scenarios;
mod written;
