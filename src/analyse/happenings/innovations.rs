//! Improvements of the way of working.

use super::{Happening, What};
use crate::simulate::trace::Trace;

/// The first improvement, and how many there were in all.
pub(super) fn innovations(trace: &Trace) -> Option<Happening> {
    let first = trace.months.iter().position(|month| month.innovations > 0)?;
    let all = trace.months.iter().map(|month| month.innovations).sum();
    Some(Happening { month: first + 1, what: What::Innovated { all } })
}
