//! Trust and morale: promises, trust as it crosses one half, morale at its lowest and highest.

use super::{BADLY_BROKEN, Happening, What, at_work, measure, membership};
use crate::simulate::trace::Trace;

/// Trust is told as it crosses this value.
const HALF: f64 = 0.5;
/// How far beyond it trust must get for that to be worth telling.
const BAND: f64 = 0.02;
/// How far morale must have moved from its start to be worth telling.
const WORTH_TELLING: f64 = 0.05;

pub(super) fn promises(trace: &Trace, partner: usize, found: &mut Vec<Happening>) {
    for (month, lived) in trace.months[..membership(trace, partner)].iter().enumerate() {
        let kept = lived.partners[partner].kept;
        if kept < BADLY_BROKEN && !lived.partners[partner].waiting {
            found.push(Happening { month: month + 1, what: What::PromiseBroken { partner, kept } });
        }
    }
}

pub(super) fn trust(trace: &Trace, found: &mut Vec<Happening>) {
    let mut low = trace.starting_trust < HALF;
    for (month, now) in measure(trace, "trust_share").enumerate().take(at_work(trace)) {
        let turned = if low { now >= HALF + BAND } else { now < HALF - BAND };
        if turned {
            found.push(Happening { month: month + 1, what: if low { What::TrustRose } else { What::TrustFell } });
            low = !low;
        }
    }
}

pub(super) fn morale(trace: &Trace, found: &mut Vec<Happening>) {
    let months = || measure(trace, "morale_share").enumerate().take(at_work(trace));
    let lowest = months().min_by(|a, b| a.1.total_cmp(&b.1));
    let lowest = lowest.filter(|(_, morale)| *morale < trace.starting_morale - WORTH_TELLING);
    found.extend(lowest.map(|(month, morale)| Happening { month: month + 1, what: What::MoraleLowest(morale) }));
    let highest = months().min_by(|a, b| b.1.total_cmp(&a.1));
    let highest = highest.filter(|(_, morale)| *morale > trace.starting_morale + WORTH_TELLING);
    found.extend(highest.map(|(month, morale)| Happening { month: month + 1, what: What::MoraleHighest(morale) }));
}
