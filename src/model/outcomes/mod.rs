//! What a replication is judged by: one file a measure, one line each in the registry below.

/// Which way a reader would like an outcome to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// The declaration of an outcome.
#[derive(Debug)]
pub struct Outcome {
    /// Short name for commands and scenarios: `premium`.
    pub name: &'static str,
    /// Column name, with its unit last: `premium_thousand_pounds`.
    pub column: &'static str,
    /// Heading for people.
    pub title: &'static str,
    /// One sentence on what it means in the world and how it is computed.
    pub meaning: &'static str,
    /// Unit in words.
    pub unit: &'static str,
    /// Which way is better.
    pub better: Better,
    /// Value that the share "above target" refers to unless a scenario sets another under `[targets]`.
    pub target: f64,
}

/// A monthly or a partner's measure: like an outcome, without a target.
#[derive(Debug)]
pub struct Measure {
    /// Column name, with its unit last.
    pub column: &'static str,
    /// Heading for people.
    pub title: &'static str,
    /// One sentence on what it means.
    pub meaning: &'static str,
    /// Unit in words.
    pub unit: &'static str,
}

/// Every outcome, in the order of every table.
pub const OUTCOMES: &[Outcome] = &[
    Outcome {
        name: "months_survived",
        column: "months_survived",
        title: "Months survived",
        meaning: "Months until the partnership dissolved, or the horizon.",
        unit: "months",
        better: Better::Higher,
        target: 0.0,
    },
    Outcome {
        name: "alive",
        column: "alive_at_horizon",
        title: "Alive at the horizon",
        meaning: "1 when the partnership still works together at the horizon, else 0.",
        unit: "0 or 1",
        better: Better::Higher,
        target: 0.0,
    },
    Outcome {
        name: "need_met",
        column: "need_met_share",
        title: "Need met",
        meaning: "Share of all people in need over the horizon who were helped, by joint and by separate work.",
        unit: "share",
        better: Better::Higher,
        target: 0.5,
    },
    Outcome {
        name: "value",
        column: "value_delivered_thousand_pounds",
        title: "Value delivered",
        meaning: "Worth of all help given over the horizon, by joint and by separate work.",
        unit: "thousand pounds",
        better: Better::Higher,
        target: 0.0,
    },
    Outcome {
        name: "people",
        column: "people_reached",
        title: "People reached",
        meaning: "People helped over the horizon.",
        unit: "people",
        better: Better::Higher,
        target: 0.0,
    },
    Outcome {
        name: "coordination",
        column: "coordination_cost_thousand_pounds",
        title: "Cost of coordination",
        meaning: "Staff time spent on meetings and working links, at cost, and the coordinating office.",
        unit: "thousand pounds",
        better: Better::Lower,
        target: 0.0,
    },
    Outcome {
        name: "net_value",
        column: "net_value_thousand_pounds",
        title: "Net value of joint work",
        meaning: "Worth of the help that joint work gave, less the resources put into it, the coordination and the grant.",
        unit: "thousand pounds",
        better: Better::Higher,
        target: 0.0,
    },
    Outcome {
        name: "premium",
        column: "premium_thousand_pounds",
        title: "Premium over working alone",
        meaning: "Value less cost of these organisations in partnership, less the same of their twin working alone through the same months.",
        unit: "thousand pounds",
        better: Better::Higher,
        target: 0.0,
    },
    Outcome {
        name: "better_off",
        column: "better_off_share",
        title: "Partners better off than alone",
        meaning: "Share of the partners whose net benefit exceeds that of their twin working alone.",
        unit: "share",
        better: Better::Higher,
        target: 0.5,
    },
    Outcome {
        name: "trust",
        column: "trust_share",
        title: "Trust",
        meaning: "Mean trust between partners in the last month of the partnership.",
        unit: "share",
        better: Better::Higher,
        target: 0.5,
    },
    Outcome {
        name: "agreement",
        column: "goal_agreement_share",
        title: "Goal agreement",
        meaning: "One less the spread of goals in the last month of the partnership, as a share of the greatest possible spread.",
        unit: "share",
        better: Better::Higher,
        target: 0.5,
    },
    Outcome {
        name: "morale",
        column: "morale_share",
        title: "Morale",
        meaning: "Mean morale of the partners in the last month of the partnership.",
        unit: "share",
        better: Better::Higher,
        target: 0.5,
    },
    Outcome {
        name: "inequality",
        column: "inequality_gini",
        title: "Inequality of benefit",
        meaning: "Gini index of the benefit each partner drew from joint work for a day put into it: 0 equal.",
        unit: "index, 0 to 1",
        better: Better::Lower,
        target: 0.3,
    },
    Outcome {
        name: "partners",
        column: "partners_at_end",
        title: "Partners at the end",
        meaning: "Partners still members in the last month of the partnership.",
        unit: "partners",
        better: Better::Higher,
        target: 2.0,
    },
];

/// What is followed month by month.
pub const MONTHLY: &[Measure] = &[
    Measure {
        column: "alive_share",
        title: "Alive",
        meaning: "1 while the partnership works together, else 0; its mean is the survival curve.",
        unit: "0 or 1",
    },
    Measure { column: "partners", title: "Partners", meaning: "Partners who are members.", unit: "partners" },
    Measure {
        column: "trust_share",
        title: "Trust",
        meaning: "Mean trust between members; the last value once dissolved.",
        unit: "share",
    },
    Measure {
        column: "goal_agreement_share",
        title: "Goal agreement",
        meaning: "One less the spread of the members goals; the last value once dissolved.",
        unit: "share",
    },
    Measure {
        column: "morale_share",
        title: "Morale",
        meaning: "Mean morale of members; the last value once dissolved.",
        unit: "share",
    },
    Measure {
        column: "contribution_share",
        title: "Contribution",
        meaning: "Days put into joint work as a share of all days of all partners.",
        unit: "share",
    },
    Measure {
        column: "need_met_share",
        title: "Need met",
        meaning: "Share of the month people in need who were helped.",
        unit: "share",
    },
    Measure {
        column: "coordination_cost_thousand_pounds",
        title: "Cost of coordination",
        meaning: "Cost of coordination in the month.",
        unit: "thousand pounds",
    },
    Measure {
        column: "premium_thousand_pounds",
        title: "Premium so far",
        meaning: "Premium over working alone, from the start to this month.",
        unit: "thousand pounds",
    },
];

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
];

/// Why a replication's partnership stopped: name and meaning. Position 0 is the one that did not dissolve.
pub const ENDINGS: &[(&str, &str)] = &[
    ("reached_horizon", "still working together at the horizon"),
    ("too_few_partners", "fewer partners were left than the minimum"),
    ("too_little_capacity", "the partners left had less than the minimum share of the starting capacity"),
    ("closed_from_outside", "ended from outside: a sponsor or a reorganisation closed it"),
];
