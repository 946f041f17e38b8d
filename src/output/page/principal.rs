//! Which columns of a wide table a reader wants to see. The others stand in its file.

/// By the name of a table, the columns that are shown of it, in their order.
const PRINCIPAL: &[(&str, &[&str])] = &[
    (
        "paired",
        &[
            "setup",
            "title",
            "mean_against",
            "mean",
            "difference",
            "low",
            "high",
            "unit",
            "verdict",
            "better_same_world",
        ],
    ),
    ("setups", &["setup", "title", "mean", "mc_standard_error", "q05", "q50", "q95", "unit"]),
    ("levers", &["setup", "title", "lever", "change", "part", "low", "high", "unit", "share_of_difference"]),
    (
        "lasting",
        &["setup", "group", "median", "median_low", "median_high", "restricted_mean", "difference", "low", "high"],
    ),
    ("changes", &["setup", "key", "belongs_to", "value_against", "value", "unit"]),
    ("factors", &["factor", "path", "role", "values", "unit", "low", "high"]),
    (
        "policies",
        &["policy", "outcome", "mean", "difference", "difference_low", "difference_high", "unit", "greater_share"],
    ),
    (
        "choosing",
        &[
            "policy",
            "outcome",
            "mean",
            "worst",
            "worst_twentieth",
            "best_share",
            "regret_mean",
            "regret_greatest",
            "preferred_by",
        ],
    ),
    ("sensitivity", &["outcome", "method", "index", "input", "with", "estimate", "low", "high", "is_clear"]),
    (
        "boxes",
        &["box", "restrictions", "worlds", "cases", "density", "density_low", "density_high", "coverage", "stands_out"],
    ),
    ("restrictions", &["box", "words", "unit", "low", "high", "quasi_p", "reproduced"]),
    ("tree", &["node", "parent", "where", "worlds", "cases", "share", "share_low", "share_high"]),
    (
        "summary",
        &["point", "policy", "group", "column", "outcome", "mean", "mc_standard_error", "q05", "q50", "q95", "unit"],
    ),
    ("curve", &["parameter", "value", "replications", "estimate", "low", "high", "probability_holds", "reading"]),
    ("reevaluated", &["candidate", "quantity", "found", "fresh", "fresh_low", "fresh_high", "fresh_gain"]),
];

/// The columns shown of a table, where not all are.
pub fn columns(table: &str) -> Option<&'static [&'static str]> {
    PRINCIPAL.iter().find(|(name, _)| *name == table).map(|(_, columns)| *columns)
}
