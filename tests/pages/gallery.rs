//! The pictures of `docs/gallery.md`: drawn by the commands on the page, with the words that the program finds for each.
//!
//! `PARTNERSIM_REFRESH=1 cargo test --test pages gallery` draws them anew.

use crate::walk::{followed, fresh_copy, hold_fresh, is_refreshed, page, root, shown_afresh};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const PAGE: &str = "docs/gallery.md";

/// The pictures that the page may show at most, and the bytes of one.
const MOST: usize = 12;
const LARGEST: u64 = 64 * 1024;

/// The paths of the pictures that a page shows, in order.
fn pictures(page: &str) -> Vec<&str> {
    let shown = page.lines().filter(|line| line.starts_with("!["));
    shown.map(|line| line.rsplit_once("](").unwrap().1.strip_suffix(')').unwrap()).collect()
}

/// What the program says that one sees in a picture.
fn said(folder: &Path, picture: &str) -> String {
    let (place, name) = picture.rsplit_once('/').unwrap();
    let index = fs::read_to_string(folder.join(place).join("index.md")).unwrap();
    let end = format!("]({name})");
    let line = index.lines().find(|line| line.starts_with("![") && line.ends_with(&end));
    line.unwrap_or_else(|| panic!("{place}/index.md shows no {name}")).strip_suffix(&end).unwrap()[2..].to_string()
}

/// The page with the words of each picture as they are now.
fn told_afresh(page: &str, folder: &Path) -> String {
    let told = |line: &str| match pictures(line).first() {
        Some(picture) => format!("![{}]({picture})\n", said(folder, picture)),
        None => format!("{line}\n"),
    };
    page.lines().map(told).collect()
}

/// Every file below a folder that is a drawing.
fn drawings(folder: &Path) -> BTreeSet<PathBuf> {
    let places = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).filter(|path| path.is_dir());
    let files = places.flat_map(|place| fs::read_dir(place).unwrap().flatten().map(|entry| entry.path()));
    files.collect()
}

/// A column of the row about an outcome, and a set-up, in a comparison of the page.
fn cell(folder: &Path, result: &str, setup: &str, outcome: &str, column: &str) -> String {
    let mut table = csv::Reader::from_path(folder.join("results").join(result).join("paired.csv")).unwrap();
    let headers = table.headers().unwrap().clone();
    let at = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let rows = table.records().map(Result::unwrap);
    let row = rows.into_iter().find(|row| &row[at("setup")] == setup && &row[at("outcome")] == outcome).unwrap();
    row[at(column)].to_string()
}

/// Whether what the page concludes is still what was found.
fn assert_concluded(page: &str, folder: &Path) {
    let number = |result: &str, setup: &str, outcome: &str, column: &str| -> f64 {
        cell(folder, result, setup, outcome, column).parse().unwrap()
    };
    let added = |setup: &str, outcome: &str| number("choice", setup, outcome, "difference");
    let each = |outcome: &str, column: &str| number("each", "scenario_3", outcome, column);
    let ratio = added("facilitator", "premium") / added("checking in", "premium");
    let costs = ["facilitator", "checking in"].map(|setup| added(setup, "coordination"));
    let told = [
        ("they cost about the same, £100,000", costs.iter().all(|cost| (85.0..115.0).contains(cost))),
        ("adds about twice as much premium", (1.7..2.4).contains(&ratio)),
        ("about three more partnerships in 100", (0.025..0.042).contains(&each("alive", "difference"))),
        ("builds much more trust", each("trust", "low") > 0.05),
        ("is not clear; the sentence above", cell(folder, "each", "scenario_3", "failed", "verdict") == "unclear"),
        ("costs about one partnership in 100", (-0.015..-0.006).contains(&added("early end", "alive"))),
        ("nineteen of twenty worlds", each("premium", "worse_same_world") > 0.93),
    ];
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    for (sentence, holds) in told {
        assert!(page.contains(sentence), "{PAGE} no longer says `{sentence}`: let this test follow its words");
        assert!(holds, "{PAGE} says `{sentence}`, and it is so no longer");
    }
}

#[test]
fn the_gallery_shows_what_its_commands_draw_and_print() {
    let page = page(PAGE);
    let folder = fresh_copy();
    let outputs = followed(folder.path(), &page);
    assert!(folder.path().join("town.html").is_file());
    hold_fresh(PAGE, &page, &told_afresh(&shown_afresh(&page, &outputs), folder.path()));
    assert_concluded(&page, folder.path());
    for picture in pictures(&page) {
        let drawn = fs::read(folder.path().join(picture)).unwrap();
        let kept = root().join("docs").join(picture);
        if is_refreshed() {
            fs::create_dir_all(kept.parent().unwrap()).unwrap();
            fs::write(&kept, &drawn).unwrap();
        }
        assert!(
            fs::read(&kept).is_ok_and(|kept| kept == drawn),
            "docs/{picture} is not what is drawn now. Draw it anew with: PARTNERSIM_REFRESH=1 cargo test --test pages gallery"
        );
    }
}

#[test]
fn the_gallery_is_small_and_holds_no_picture_that_it_does_not_show() {
    let page = page(PAGE);
    let shown = pictures(&page);
    assert!((5..=MOST).contains(&shown.len()), "{shown:?}");
    let shown: BTreeSet<PathBuf> = shown.into_iter().map(|picture| root().join("docs").join(picture)).collect();
    assert_eq!(drawings(&root().join("docs/gallery")), shown);
    for picture in shown {
        assert!(fs::metadata(&picture).unwrap().len() <= LARGEST, "{}", picture.display());
    }
}

#[test]
fn the_readme_shows_a_report_page_with_words_for_who_does_not_see_it() {
    let readme = page("README.md");
    let picture = readme.split("<img ").nth(1).unwrap().split_once('>').unwrap().0;
    assert!(picture.contains("src=\"docs/gallery/report.png\"") && picture.contains("alt=\"The top of a report page"));
    let bytes = fs::read(root().join("docs/gallery/report.png")).unwrap();
    assert!(bytes.starts_with(b"\x89PNG") && bytes.len() < 300_000, "{}", bytes.len());
}
