//! The words that a reader of the page may not know.

use super::Section;
use maud::{Markup, html};

/// Words in alphabetical order, each with what the page must hold to need it, in small letters, and its meaning.
const WORDS: &[(&str, &str, &str)] = &[
    ("Calibration", "calibrat", "Finding the values of uncertain inputs at which the model shows what was observed."),
    ("Coverage", "coverage", "Share of all cases that lie within a box."),
    ("Density", "density", "Share of the worlds within a box that are cases."),
    (
        "Grade",
        "grade",
        "How well a value is supported: published, computed, general knowledge, assumption, or given by the scenario.",
    ),
    ("Horizon", "horizon", "The last month that is simulated."),
    (
        "Interval, 95 %",
        "95 %",
        "A range that would hold the true figure of the model in 95 of 100 such studies. Of the model: it says nothing of the world.",
    ),
    (
        "Kaplan–Meier",
        "kaplan",
        "How many are still together month by month, when some are still together where looking ends.",
    ),
    ("Lever", "lever", "Something that somebody can change."),
    ("Mean", "mean", "The average over all replications."),
    ("Middle replication", "middle", "Half of the replications have more and half have less: the median."),
    ("Net value of joint work", "net value", "What joint work delivered less what it cost."),
    ("Policy", "policy", "A set of choices that belong together."),
    (
        "Premium",
        "premium",
        "What the partners have together less what the same organisations would have working alone in the same world.",
    ),
    ("Quantile", "quantile", "The value that a given share of the replications stays below."),
    (
        "Rank correlation",
        "rank correlation",
        "How closely two things rise together, from -1 to 1; 0 where one tells nothing of the other's rise and fall.",
    ),
    ("Regret", "regret", "What a choice gives up against the best choice in the same world."),
    (
        "Replication",
        "replication",
        "One simulated life of the partnership, with its own luck and its own values of what is uncertain.",
    ),
    ("Scenario", "scenario", "The partners, needs and circumstances that are simulated."),
    ("Seed", "seed", "The number that all luck follows from: the same seed gives the same result."),
    ("Set-up", "set-up", "A scenario with some changes, as it stands in a comparison."),
    (
        "Shapley’s value",
        "shapley",
        "The fair part of one among several causes: what it adds on average over all orders in which they come.",
    ),
    ("Sobol’ index", "sobol", "Share of an outcome's variance that goes with an input, alone or with others."),
    ("Standard deviation", "standard deviation", "How far replications typically lie from their mean."),
    (
        "Standard error",
        "standard error",
        "How far a mean would typically move with other luck and as many replications.",
    ),
    ("Target", "target", "A value that an outcome is held against."),
    ("World", "world", "One set of values of all that nobody knows, with its luck."),
];

/// The words used in the page.
pub fn section(body: &Markup) -> Section {
    let text = body.0.to_lowercase();
    let used: Vec<&(&str, &str, &str)> = WORDS.iter().filter(|(_, sign, _)| text.contains(sign)).collect();
    let body = html! { dl.glossary { @for (word, _, meaning) in used { dt { (word) } dd { (meaning) } } } };
    Section { id: "glossary".to_string(), title: "Words".to_string(), body }
}

#[cfg(test)]
mod tests {
    use super::*;
    use maud::PreEscaped;

    #[test]
    fn only_words_that_are_used_are_explained_in_alphabetical_order() {
        let section = section(&PreEscaped("The premium was high.".to_string()));
        assert!(section.body.0.contains("Premium") && !section.body.0.contains("Regret"));
        assert!(WORDS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(WORDS.iter().all(|(_, sign, meaning)| *sign == sign.to_lowercase() && meaning.ends_with('.')));
    }
}
