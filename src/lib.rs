//! An agent-based Monte Carlo simulator of partnership working.
//!
//! Organisations with differing resources, goals and ways of communicating work together month by month. Thousands to
//! millions of replications give distributions of outcomes, and beside each replication runs its twin, the same
//! organisations in the same months working alone, so that the effect of the partnership is a paired difference.
//!
//! The rooms and the way data takes through them are described in `ARCHITECTURE.md`.

pub mod analyse;
#[cfg(feature = "cli")]
pub mod cli;
pub mod experiment;
pub mod import;
pub mod model;
pub mod output;
pub mod scenario;
pub mod simulate;
