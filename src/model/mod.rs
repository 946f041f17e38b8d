//! What a partnership is and how a month changes it: equations on lanes of replications.
//!
//! Nothing in here knows files, clocks, threads or printing, and nothing uses platform mathematics.

pub mod coalition;
pub mod code;
pub mod coverage;
pub mod distance;
pub mod drawn;
pub mod draws;
pub mod evaluation;
pub mod event;
pub mod influence;
pub mod inputs;
pub mod intervention;
pub mod landscape;
pub mod lanes;
pub mod losses;
pub mod math;
pub mod mechanisms;
pub mod need;
pub mod outcomes;
pub mod parameter;
pub mod partner;
pub mod production;
pub mod search;
pub mod tie;
pub mod uncertain;
pub mod uncertainty;
pub mod voting_power;
pub mod world;
