//! Choosing among policies when nobody knows which world it will be: pure functions on a table of worlds × policies.
//!
//! A world is one draw of what nobody can choose; in it every policy has an expected value of an outcome, known up to the noise of
//! its replications. [`Payoffs`] holds that table turned so that more is better; each file below is one way of reading it.

pub mod dominance;
pub mod findings;
pub mod information;
pub mod pareto;
pub mod partial;
pub mod payoffs;
pub mod regret;
pub mod resample;
pub mod satisficing;
pub mod worst;

pub use payoffs::Payoffs;
