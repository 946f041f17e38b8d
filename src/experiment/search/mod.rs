//! The search for levers that serve several ends at once.
//!
//! A *candidate* is a value for every lever. Its *score* says how good it is in each respect and how far it breaks what must hold.
//! The search is NSGA-II (Deb and others 2002): a population is ranked by who beats whom, the better half has offspring, and the
//! crowded ones give way to those with room around them. How a candidate is scored is the caller's; all draws of the search are
//! addressed by generation, so a search neither depends on threads nor on how long a score takes.

pub mod direction;
pub mod file;
pub mod front;
pub mod generations;
pub mod hypervolume;
pub mod lever;
