//! The model as a whole: its bits, bounds, directions and exact answers, without the program around it.

mod bits;
mod concepts;
mod model;
mod page;
mod plausibility;
mod reproduction;
