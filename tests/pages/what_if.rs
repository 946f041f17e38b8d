//! The walk of `docs/what-if.md` as an analyst follows it: every command runs, and what is shown of its output is in it.
//!
//! `PARTNERSIM_REFRESH=1 cargo test --test pages what_if` writes anew what the page shows.

use crate::walk::{excerpt, followed, fresh_copy, hold_fresh, page, shown_afresh};
use std::path::Path;

const PAGE: &str = "docs/what-if.md";

#[test]
fn every_command_of_the_walk_runs_and_prints_what_the_page_shows() {
    let page = page(PAGE);
    let folder = fresh_copy();
    let outputs = followed(folder.path(), &page);
    hold_fresh(PAGE, &page, &shown_afresh(&page, &outputs));
    assert_concluded(&page, folder.path());
}

/// Of each world of the experiment its effectiveness and what the premium is under a policy, less what it is as planned.
fn gains(folder: &Path, policy: &str) -> Vec<(f64, f64)> {
    let mut table = csv::Reader::from_path(folder.join("results/question/points.csv")).unwrap();
    let headers = table.headers().unwrap().clone();
    let at = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    let number = |row: &csv::StringRecord, name: &str| row[at(name)].parse::<f64>().unwrap();
    let of = |policy: &str| rows.iter().filter(|row| &row[at("policy")] == policy).cloned().collect::<Vec<_>>();
    let pairs = of(policy).into_iter().zip(of("as planned"));
    pairs
        .map(|(row, base)| (number(&row, "effectiveness"), number(&row, "premium") - number(&base, "premium")))
        .collect()
}

/// Whether what the page would tell the minister is still what the experiment says.
fn assert_concluded(page: &str, folder: &Path) {
    let share = |of: &[(f64, f64)], holds: fn(f64) -> bool| {
        of.iter().filter(|(_, gain)| holds(*gain)).count() as f64 / of.len() as f64
    };
    let mean = |of: &[(f64, f64)]| of.iter().map(|(_, gain)| gain).sum::<f64>() / of.len() as f64;
    let [pool, facilitator, both, fewer] =
        ["pool more", "facilitator", "both", "fewer"].map(|name| gains(folder, name));
    let poor: Vec<(f64, f64)> = pool.iter().filter(|(effectiveness, _)| *effectiveness < 0.5).copied().collect();
    let told = [
        ("in four of five worlds", (0.7..0.9).contains(&share(&pool, |gain| gain > 0.0))),
        ("Both together do better on average than either", mean(&both) > mean(&pool).max(mean(&facilitator))),
        ("loses more than it saves", mean(&fewer) < 0.0),
        ("pooling more makes it worse", share(&poor, |gain| gain < 0.0) > 0.9),
    ];
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    for (sentence, holds) in told {
        assert!(page.contains(sentence), "{PAGE} no longer says `{sentence}`: let this test follow its words");
        assert!(holds, "{PAGE} says `{sentence}`, and it is so no longer");
    }
}

#[test]
fn an_excerpt_holds_what_was_asked_for_and_tells_where_something_is_left_out() {
    let output = "Head\n\nFirst goes\n  on\nSecond\n  too\nThird\n";
    assert_eq!(excerpt(output, "First | Second"), "First goes\n  on\nSecond\n  too\n");
    assert_eq!(excerpt(output, "Head | Third"), "Head\n…\nThird\n");
    assert_eq!(excerpt(output, "First .. Second"), "First goes\n  on\nSecond\n  too\n");
}
