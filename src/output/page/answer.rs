//! The answer in sentences, the most important first.

use super::{Section, Told};
use maud::html;

/// So many sentences are seen at once; the others unfold.
const SEEN: usize = 9;

/// All that was found, in words.
pub fn section(told: Told) -> Section {
    let findings = &told.reported.kept.about.findings;
    let (seen, more) = findings.split_at(if findings.len() <= SEEN + 2 { findings.len() } else { SEEN });
    let body = html! {
        @if let [first, rest @ ..] = seen {
            p.lead { (first) }
            ul.findings { @for sentence in rest { li { (sentence) } } }
        } @else {
            p { "The result holds no sentences on what was found: it was written by a version of the program that kept none." }
        }
        @if !more.is_empty() {
            details {
                summary { (more.len()) " more sentences on what was found" }
                ul.findings { @for sentence in more { li { (sentence) } } }
            }
        }
        p.note {
            "The ranges in brackets are 95 % intervals: what more replications of the same model would most likely give. They say nothing of "
            "how well the model fits the world; that rests on the assumptions below."
        }
    };
    Section { id: told.id("answer"), title: "What was found".to_string(), body }
}
