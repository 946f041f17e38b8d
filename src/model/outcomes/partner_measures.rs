//! What is told of each partner at the horizon.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Measure, better_off};
use crate::model::partner::Partner;

/// What is told of each partner.
pub const PARTNER_MEASURES: &[Measure] = &[
    Measure {
        column: "net_together_thousand_pounds",
        title: "Net benefit together",
        meaning: "Benefit drawn from own and joint work less own resources spent, over the horizon.",
        unit: "thousand pounds",
    },
    Measure {
        column: "net_alone_thousand_pounds",
        title: "Net benefit alone",
        meaning: "The same of its twin working alone.",
        unit: "thousand pounds",
    },
    Measure {
        column: "better_off",
        title: "Better off than alone",
        meaning: "1 when the net benefit together exceeds the one alone, else 0.",
        unit: "0 or 1",
    },
    Measure {
        column: "member_at_end",
        title: "Member at the end",
        meaning: "1 when still a member of a living partnership at the horizon, else 0.",
        unit: "0 or 1",
    },
    Measure {
        column: "months_member",
        title: "Months a member",
        meaning: "Months it was a member of the living partnership.",
        unit: "months",
    },
    Measure {
        column: "days_contributed",
        title: "Days contributed",
        meaning: "Staff-days put into joint work over the horizon.",
        unit: "days",
    },
    Measure {
        column: "trust_received_share",
        title: "Trust received",
        meaning: "Mean trust of the others in it, in the last month it was a member.",
        unit: "share",
    },
    Measure {
        column: "voice_share",
        title: "Share of voice",
        meaning: "Its share of all voice when the partnership last worked.",
        unit: "share",
    },
    Measure {
        column: "shapley_shubik_share",
        title: "Voting power (Shapley-Shubik)",
        meaning: "Share of all orders of joining in which its vote decides, at the end; its share of voice where nothing is voted on.",
        unit: "share",
    },
    Measure {
        column: "banzhaf_share",
        title: "Voting power (Banzhaf)",
        meaning: "Share of the coalitions its vote can turn, scaled to sum to one, at the end; its share of voice where nothing is voted on.",
        unit: "share",
    },
];

/// The measures of one partner, in the order of [`PARTNER_MEASURES`].
pub fn measure<const L: usize>(partner: &Partner<L>) -> [Lane<L>; PARTNER_MEASURES.len()] {
    let total = &partner.total;
    [
        total.net_together,
        total.net_alone,
        better_off::better_off(partner),
        partner.active,
        total.months,
        total.contributed,
        partner.trusted,
        partner.voting[0],
        partner.voting[1],
        partner.voting[2],
    ]
}
