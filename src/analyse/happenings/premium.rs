//! The premium so far as it first turns either way.

use super::{Happening, NOTHING, What, measure};
use crate::simulate::trace::Trace;

pub(super) fn premium(trace: &Trace, found: &mut Vec<Happening>) {
    let first = |turned: fn(f64) -> bool| measure(trace, "premium_thousand_pounds").position(turned);
    let ahead = first(|premium| premium > NOTHING);
    let behind = first(|premium| premium < -NOTHING);
    found.extend(ahead.map(|month| Happening { month: month + 1, what: What::AheadOfTwin }));
    found.extend(behind.map(|month| Happening { month: month + 1, what: What::BehindTwin }));
}
