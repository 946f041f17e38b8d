//! The sheet Notes: the words of the workbook in plain language, and what the model leaves out.

use super::Profile;
use super::book::{Book, NONE, Part, UNDEFINED};
use super::rows::Written;
use crate::output::column::Column;
use crate::output::kept::Kept;
use crate::output::sheet::Sheet;
use std::io;

/// What is explained in every workbook.
const WORDS: &[(&str, &str)] = &[
    (
        "replication",
        "One simulated life of the partnership, month by month, in a world of its own: what nobody knows beforehand is drawn anew. Many replications show what may happen and how often.",
    ),
    (
        "interval",
        "In brackets, or as low and high: the range that holds the value with 95 % confidence if only the draws differed. It shrinks with more replications. It says nothing about whether the assumptions are right.",
    ),
    (
        "Monte Carlo standard error",
        "How far a mean would typically move with other draws. Two of them on either side make the interval.",
    ),
    (
        "quantile",
        "The value that so many replications in a hundred stay below: q05 five, q50 half of them (the median), q95 ninety-five.",
    ),
    (
        "premium over working alone",
        "Net value of working together less what the same organisations would have made each on its own in the same world, with the same luck. Below zero they would have done better alone.",
    ),
    ("target", "The value an outcome is held against; the share above it is how many of all replications exceed it."),
    (
        "no clear difference",
        "The replications cannot tell a difference from chance. It does not mean that there is none.",
    ),
    ("grade", "How well a value is supported: by evidence, or only by assumption; given, where the scenario sets it."),
    (
        "what the model leaves out",
        "Persons are not simulated, only organisations; politics, law and the quality of care appear only as far as a parameter stands for them. What has no parameter cannot matter in the results, however much it does in life.",
    ),
];

/// What is explained where a result has such a table.
const OF_TABLES: &[(&str, &str, &str)] = &[
    (
        "paired",
        "paired",
        "Set-ups are compared in the same worlds: replication 7 of one and of the other meet the same draws, so that only the change makes the difference.",
    ),
    (
        "levers",
        "part of a lever",
        "What a change carries of the whole difference, fairly divided among all changes (Shapley value); the parts sum to the difference.",
    ),
    (
        "sensitivity",
        "sensitivity",
        "How much of what an outcome does comes from which uncertain input; clear, where its interval leaves out zero.",
    ),
    (
        "points",
        "design point",
        "One combination of the inputs that the experiment varies; every point is simulated in the same worlds.",
    ),
    ("regret", "regret", "What a policy gives up against the best of all policies in the same world."),
    ("survival", "share together", "The share of partnerships that have lasted at least so long (Kaplan and Meier)."),
];

/// Fills the sheet.
pub fn fill(book: &mut Book, at: usize, kept: &Kept, written: &Written) -> io::Result<()> {
    let columns = vec![Column::text("word", "What is explained."), Column::text("meaning", "What it means here.")];
    let mut sheet = Sheet::new("notes", "What the words of this workbook mean, and what the model leaves out", columns);
    let mut add = |word: &str, meaning: &str| sheet.push(vec![word.into(), meaning.into()]);
    WORDS.iter().for_each(|(word, meaning)| add(word, meaning));
    for (table, word, meaning) in OF_TABLES {
        if kept.sheet(table).is_some() {
            add(word, meaning);
        }
    }
    if book.profile == Profile::Accessible {
        add(UNDEFINED, "Stands where a number does not exist, such as the spread of a single replication.");
        add(NONE, "Stands where there are no words to be given.");
    } else {
        add(
            "empty cell",
            "The number does not exist, such as the spread of a single replication, or there is nothing to say.",
        );
    }
    written.left_out.iter().for_each(|told| add("rows left out", told));
    book.empty.clone().iter().for_each(|told| add("table without rows", told));
    for warning in kept.about.scenarios.iter().flat_map(|scenario| &scenario.warnings) {
        add("warning", warning);
    }
    book.fill(at, &Part { file: String::new(), ..Part::new("Notes", &sheet) })
}
