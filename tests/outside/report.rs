//! The page about results in a browser: accessible in every window and colour, silent, and read by the keyboard.

use crate::reported::{RESULTS, workplace};
use crate::tools::{self, Tool, Violation};
use std::ffi::OsStr;
use std::path::PathBuf;

/// What was seen of a page in one window and one scheme of colours.
#[derive(Debug, serde::Deserialize)]
struct Look {
    /// How far it reaches beyond the window, in pixels.
    beyond: i64,
    /// Pictures in it.
    plots: usize,
    /// What the keyboard reads of the first picture.
    value: String,
    /// What an injected script would have left behind.
    harmed: String,
    /// Where tables stand when it is printed: at the end, or in their places still.
    printed: String,
    /// What is wrong with it.
    violations: Vec<Violation>,
}

#[test]
fn a_browser_finds_nothing_wrong_with_any_page() {
    if !tools::are_there(&[Tool::Browser]) {
        return;
    }
    let pages: Vec<PathBuf> = RESULTS.iter().map(|result| workplace().join(format!("{result}.html"))).collect();
    let told = tools::browser("look.mjs", &pages.iter().map(|page| page.as_os_str()).collect::<Vec<&OsStr>>());
    let looks: Vec<Look> = serde_json::from_str(&told).unwrap_or_else(|error| panic!("{error}: {told}"));
    assert_eq!(looks.len(), RESULTS.len() * 3 + 2);
    for look in looks {
        assert!(look.violations.is_empty(), "{look:#?}");
        assert_eq!(look.harmed, "undefined", "{look:?}");
        assert!(look.beyond <= 0, "the page is as wide as the window: {look:?}");
        assert!(look.plots > 0 && look.value.len() > 3, "the keyboard reads a value: {look:?}");
        assert_eq!(look.printed, "tables at the end, and back in their places", "{look:?}");
    }
}
