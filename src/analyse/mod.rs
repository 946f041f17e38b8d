//! What the columns of a simulation say: pure functions on numbers, and accumulators that merge.
//!
//! Two kinds of accumulator, so that any number of threads gives the same bits. [`totals`] adds floating point numbers and
//! is therefore merged in block order; [`distributions`] only counts or keeps, so blocks may reach it in any order.
//! [`findings`] puts both together into what a reader wants to know.

pub mod batches;
pub mod correlation;
pub mod distribution;
pub mod distributions;
pub mod effects;
pub mod evaluation;
pub mod findings;
pub mod happenings;
pub mod histogram;
pub mod moments;
pub mod point;
pub mod policies;
pub mod quantile;
pub mod standing;
pub mod student;
pub mod totals;
pub mod wilson;
