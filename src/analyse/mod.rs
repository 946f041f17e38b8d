//! What the columns of a simulation say: pure functions on numbers, and accumulators that merge.
//!
//! Two kinds of accumulator, so that any number of threads gives the same bits. [`totals`] adds floating point numbers and
//! is therefore merged in block order; [`distributions`] only counts or keeps, so blocks may reach it in any order.
//! [`findings`] puts both together into what a reader wants to know.

pub mod abc;
pub mod agreement;
pub mod bars;
pub mod batches;
pub mod bootstrap;
pub mod choosing;
pub mod comparison;
pub mod condition;
pub mod contrast;
pub mod correlation;
pub mod described;
pub mod discovery;
pub mod distribution;
pub mod distributions;
pub mod effect;
pub mod effects;
pub mod evaluation;
pub mod findings;
pub mod gathering;
pub mod happenings;
pub mod histogram;
pub mod holm;
pub mod isotonic;
pub mod kaplan_meier;
pub mod leaning;
pub mod log_rank;
pub mod mc_error;
pub mod moments;
pub mod newcombe;
pub mod optimised;
pub mod order_statistic;
pub mod paired;
pub mod point;
pub mod policies;
pub mod posterior;
pub mod precision;
pub mod quantile;
pub mod sensitivity;
pub mod shapley;
pub mod shared_luck;
pub mod standing;
pub mod student;
pub mod superiority;
pub mod threshold;
pub mod totals;
pub mod welch;
pub mod wilson;
