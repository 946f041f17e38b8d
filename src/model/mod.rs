//! What a partnership is and how a month changes it: equations on lanes of replications.
//!
//! Nothing in here knows files, clocks, threads or printing, and nothing uses platform mathematics.

pub mod coalition;
pub mod distance;
pub mod drawn;
pub mod draws;
pub mod event;
pub mod influence;
pub mod inputs;
pub mod intervention;
pub mod lanes;
pub mod math;
pub mod mechanisms;
pub mod need;
pub mod outcomes;
pub mod parameter;
pub mod partner;
pub mod production;
pub mod tie;
pub mod uncertainty;
pub mod world;
