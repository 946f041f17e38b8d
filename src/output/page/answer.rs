//! The answer in sentences, the most important first.

use super::{Section, Told};
use crate::output::kept::About;
use maud::{Markup, html};

/// So many sentences are seen at once beside the most important; the others unfold.
const SEEN: usize = 8;

/// The most important sentences are at most so many.
const MOST_LEADS: usize = 4;

/// What the most important sentences of a kind of result hold, in the order of their importance. Of a kind without a line here it is the
/// first sentence.
const LEADS: &[(&str, &[&str])] = &[
    ("run", &["Still working together", "Beats working alone", "Premium: "]),
    ("comparison", &["Best of all on ", ": clearly better in ", "Premium over working alone: "]),
    ("experiment", &[" is best on average", "depends most on", "Of the variance of"]),
    ("choice", &[" is best on average"]),
    ("optimisation", &["Best found for ", "In fresh replications "]),
    ("discovery", &[" of 100 ", "against "]),
];

/// All that was found, in words.
pub fn section(told: Told) -> Section {
    let about = &told.reported.kept.about;
    let leads = leads(about);
    let rest: Vec<&str> =
        about.findings.iter().map(String::as_str).filter(|sentence| !leads.contains(sentence)).collect();
    // One or two more are not worth unfolding.
    let (seen, more) = rest.split_at(if rest.len() <= SEEN + 2 { rest.len() } else { SEEN });
    let body = html! {
        @if leads.is_empty() {
            p { "The result holds no sentences on what was found: it was written by a version of the program that kept none." }
        } @else {
            div.lead { @for sentence in &leads { p { (sentence) } } }
        }
        (list(seen))
        @if !more.is_empty() { details { summary { (more.len()) " more sentences on what was found" } (list(more)) } }
        p.note {
            @if about.scenarios.is_empty() {
                "The ranges in brackets are 95 % intervals: what more rows of the same kind would most likely give."
            } @else {
                "The ranges in brackets are 95 % intervals: what more replications of the same model would most likely give. They say "
                "nothing of how well the model fits the world; that rests on the assumptions below."
            }
        }
    };
    Section { id: told.id("answer"), title: "What was found".to_string(), body }
}

fn list(sentences: &[&str]) -> Markup {
    html! { @if !sentences.is_empty() { ul.findings { @for sentence in sentences { li { (sentence) } } } } }
}

/// The most important sentences.
pub fn leads(about: &About) -> Vec<&str> {
    let signs = LEADS.iter().find(|(kind, _)| *kind == about.kind).map_or(&[][..], |(_, signs)| signs);
    let mut leads: Vec<&str> = Vec::new();
    for sign in signs {
        let new = about.findings.iter().filter(|sentence| sentence.contains(sign)).map(String::as_str);
        leads.extend(new.filter(|sentence| !leads.contains(sentence)).take(2).collect::<Vec<_>>());
    }
    if leads.is_empty() {
        leads.extend(about.findings.first().map(String::as_str));
    }
    leads.truncate(MOST_LEADS);
    leads
}
