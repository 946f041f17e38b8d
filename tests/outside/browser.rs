//! The checker of pages itself: that it finds what is wrong, in the window and the colours it is asked for, and nothing else.

use crate::tools::{self, Tool, axe};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A page with nothing wrong but what stands in its head and body.
fn page(folder: &TempDir, head: &str, body: &str) -> PathBuf {
    let path = folder.path().join("page.html");
    let text = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A page</title>\
         <meta name=\"viewport\" content=\"width=device-width\">{head}</head>\
         <body><main><h1>A page</h1>{body}</main></body></html>"
    );
    fs::write(&path, text).unwrap();
    path
}

fn rules(page: &Path, width: u32, scheme: &str) -> Vec<String> {
    axe(page, width, scheme).into_iter().map(|violation| violation.rule).collect()
}

#[test]
fn the_checker_finds_what_is_wrong_and_nothing_in_a_sound_page() {
    if !tools::are_there(&[Tool::Browser]) {
        return;
    }
    let folder = TempDir::new().unwrap();
    let sound = page(&folder, "", "<p>Seven in ten are still at work.</p>");
    assert_eq!(rules(&sound, 1200, "light"), Vec::<String>::new());
    let picture = "<img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==\">";
    let wrong = page(&folder, "", &format!("{picture}<p style=\"color:#bbb\">pale</p><h4>deep</h4>"));
    let found = axe(&wrong, 1200, "light");
    let broken: Vec<&str> = found.iter().map(|violation| violation.rule.as_str()).collect();
    assert_eq!(broken, ["color-contrast", "heading-order", "image-alt"]);
    assert!(found[0].places[0].contains("pale") && !found[0].help.is_empty(), "{found:?}");
}

#[test]
fn the_checker_looks_in_the_colours_and_the_width_it_is_asked_for() {
    if !tools::are_there(&[Tool::Browser]) {
        return;
    }
    let folder = TempDir::new().unwrap();
    let head = "<style>@media (prefers-color-scheme: dark) { p { color: #333; background: #222 } }\
                @media (max-width: 400px) { a { color: #ddd } }</style>";
    let page = page(&folder, head, "<p>Text</p><ul><li><a href=\"#top\">Up</a></li></ul>");
    for (width, scheme, faults) in [(1200, "light", 0), (1200, "dark", 1), (360, "light", 1)] {
        let found = axe(&page, width, scheme);
        assert_eq!(found.len(), faults, "{width} {scheme}: {found:?}");
    }
    let picture = folder.path().join("page.png");
    tools::screenshot(&page, 360, "dark", &picture);
    let bytes = fs::read(picture).unwrap();
    assert!(bytes.starts_with(b"\x89PNG"));
    assert_eq!(u32::from_be_bytes(bytes[16..20].try_into().unwrap()), 360, "as wide as the window");
}

#[test]
fn a_page_that_asks_the_network_or_whose_script_fails_is_found_out() {
    if !tools::are_there(&[Tool::Browser]) {
        return;
    }
    let folder = TempDir::new().unwrap();
    let head = "<link rel=\"stylesheet\" href=\"https://example.org/style.css\"><script>missing()</script>";
    assert_eq!(rules(&page(&folder, head, ""), 1200, "light"), ["network", "script"]);
}
