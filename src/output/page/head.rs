//! How a result begins: what it is, what was asked, and what a reader must know before believing it.

use super::Told;
use crate::output::figure::counted;
use crate::output::kept::About;
use maud::{Markup, html};

/// Kind, title, question and warnings.
pub fn head(told: Told) -> Markup {
    let about = &told.reported.kept.about;
    html! {
        header.top #(told.id("top")) {
            p.kind { (kind(about)) }
            @if told.level == 2 { h1 { (told.reported.kept.title()) } } @else { h2 { (told.reported.kept.title()) } }
            @if !about.question.is_empty() { p.question { (about.question) } }
            p.basis { (basis(about)) }
            @for notice in notices(told) { p.notice { strong { "Mind: " } (notice) } }
        }
    }
}

/// What kind of result it is, in words.
pub fn kind(about: &About) -> &'static str {
    match about.kind.as_str() {
        "run" => "Simulation of a partnership",
        "comparison" if about.scenarios.is_empty() => "Comparison of groups in data",
        "comparison" => "Comparison in the same worlds",
        "experiment" => "Experiment",
        "threshold" => "Search for a threshold",
        "calibration" => "Calibration against what was observed",
        "optimisation" => "Search for the best levers",
        "discovery" => "Search for where it happens",
        "choice" => "Choice between policies",
        "summary" => "Summary of data",
        "sensitivity" => "What outcomes depend on",
        _ => "Analysis",
    }
}

fn basis(about: &About) -> String {
    let replications = counted(about.replications, "replication");
    let of = match (about.kind.as_str(), about.points) {
        ("run", _) | (_, 0 | 1) => replications,
        ("comparison", points) => format!("{points} set-ups, {replications} of each"),
        (_, points) => format!("{}, {replications} of each", counted(points as u64, "point")),
    };
    let of = if about.replications == 0 { "No replication".to_string() } else { of };
    let seed = if about.seed.is_empty() { String::new() } else { format!(" · seed {}", about.seed) };
    format!("{of}{seed} · partnersim {}", about.version)
}

fn notices(told: Told) -> Vec<String> {
    let about = &told.reported.kept.about;
    let mut notices = Vec::new();
    if about.is_interrupted {
        notices.push("this was interrupted, and holds less than was asked for.".to_string());
    }
    if !told.reported.changed.is_empty() {
        let files = told.reported.changed.join(", ");
        notices.push(format!("since the result was written files of it were changed or taken away: {files}."));
    }
    notices
}
