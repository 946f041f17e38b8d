//! The month, one file a process, and the registry of their parameters.

pub mod contributions;
pub mod delivery;
pub mod dialogue;
pub mod funding;
pub mod meetings;
pub mod membership;
pub mod morale;
pub mod sharing;
pub mod trust;

use crate::model::parameter::Parameter;
use crate::model::{need, partner};

/// Every parameter a scenario can set, by the part of the model that declares it, in the order of the documents.
pub const PARAMETERS: &[(&str, &[&Parameter])] = &[
    ("partner", partner::PARAMETERS),
    ("need", need::PARAMETERS),
    ("funding", funding::PARAMETERS),
    ("meetings", meetings::PARAMETERS),
    ("dialogue", dialogue::PARAMETERS),
    ("contributions", contributions::PARAMETERS),
    ("delivery", delivery::PARAMETERS),
    ("sharing", sharing::PARAMETERS),
    ("trust", trust::PARAMETERS),
    ("morale", morale::PARAMETERS),
    ("membership", membership::PARAMETERS),
];

/// Every parameter a scenario can set.
pub fn parameters() -> impl Iterator<Item = &'static Parameter> {
    PARAMETERS.iter().flat_map(|(_, parameters)| parameters.iter().copied())
}
