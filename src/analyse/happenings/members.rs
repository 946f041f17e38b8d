//! Who joins, who leaves and why, and how the partnership ends.

use super::{Happening, Leaving, What, at_work, membership};
use crate::simulate::trace::{Partner, Trace};

/// A partner that was to join comes in.
pub(super) fn joining(trace: &Trace, partner: usize) -> Option<Happening> {
    let waiting = |month: usize| trace.months[month].partners[partner].waiting;
    // One that joins after the first month has waited through that.
    let joined = (1..trace.months.len()).find(|&month| waiting(month - 1) && !waiting(month))?;
    Some(Happening { month: joined + 1, what: What::Joined { partner } })
}

pub(super) fn leaving(trace: &Trace, partner: usize) -> Option<Happening> {
    let months = &trace.months[..membership(trace, partner)];
    let last = &months.last()?.partners[partner];
    // Who is a member until the partnership ends around it has not left.
    let account = &last.account;
    let left = last.goodwill <= account.leaving_point || account.called_away || !account.renews;
    let left = !last.member && !last.waiting && left;
    let lived = months.iter().map(|month| &month.partners[partner]).filter(|lived| !lived.waiting);
    left.then(|| Happening { month: months.len(), what: What::Left { partner, why: why(lived, last) } })
}

/// The greatest part in the loss of goodwill over the months lived as a member.
fn why<'a>(lived: impl Iterator<Item = &'a Partner>, last: &Partner) -> Leaving {
    if last.goodwill > last.account.leaving_point {
        return if last.account.renews { Leaving::CalledAway } else { Leaving::NotRenewed };
    }
    let mut parts = [
        (Leaving::LittleAdvantage, 0.0),
        (Leaving::LittleTrust, 0.0),
        (Leaving::Inequity, 0.0),
        (Leaving::Hurt, 0.0),
        (Leaving::Drift, 0.0),
        (Leaving::Luck, 0.0),
    ];
    for month in lived {
        let account = &month.account;
        let changes = [account.advantage, account.trust, account.inequity, account.warmth, account.drift, account.luck];
        parts.iter_mut().zip(changes).for_each(|((_, sum), change)| *sum += change);
    }
    parts.into_iter().min_by(|a, b| a.1.total_cmp(&b.1)).map_or(Leaving::Luck, |(why, _)| why)
}

pub(super) fn end(trace: &Trace) -> Option<Happening> {
    let members = trace.months.last()?.partners.iter().filter(|partner| partner.member).count();
    let what = if trace.ending == 0 { What::WorkedOn(members) } else { What::Dissolved(trace.ending) };
    Some(Happening { month: at_work(trace), what })
}
