//! The search for levers that serve several ends at once.

pub mod direction;
pub mod front;
