//! What is agreed: plans, reviews that find too little, contracts that end.

use super::{Happening, What, at_work};
use crate::simulate::trace::{Month, Trace};

pub(super) fn plans(trace: &Trace, found: &mut Vec<Happening>) {
    let end = at_work(trace);
    let mut agreed = false;
    for (month, _) in trace.months[..end].iter().enumerate().filter(|(_, month)| month.new_plan) {
        let what = if agreed { What::PlanRenewed } else { What::PlanAgreed };
        found.push(Happening { month: month + 1, what });
        agreed = true;
    }
    if trace.decides && !agreed {
        found.push(Happening { month: end, what: What::NeverAgreed });
    }
}

/// Reviews that counted a loss, where enough of them end the partnership.
pub(super) fn reviews(trace: &Trace, found: &mut Vec<Happening>) {
    let mut before = 0;
    for (month, lived) in trace.months[..at_work(trace)].iter().enumerate() {
        let losses = lived.losing_reviews;
        if losses > before {
            found.push(Happening { month: month + 1, what: What::ReviewFoundLoss });
        }
        before = losses;
    }
}

pub(super) fn terms(trace: &Trace, found: &mut Vec<Happening>) {
    let members = |month: &Month| month.partners.iter().filter(|partner| partner.member).count();
    for (month, lived) in trace.months[..at_work(trace)].iter().enumerate().filter(|(_, month)| month.term_ended) {
        found.push(Happening { month: month + 1, what: What::TermEnded { renewed: members(lived) } });
    }
}
