//! A page of `docs/` that tells what a test found: each part between two marks, written by the test that knows it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Held while a page is written anew: two tests write parts of one page.
static WRITING: Mutex<()> = Mutex::new(());

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)
}

/// Asserts that a page of `docs/` holds a text between the marks of a part; with PARTNERSIM_REFRESH set, writes it there.
pub fn tells(page: &str, part: &str, text: &str) {
    let refresh = std::env::var_os("PARTNERSIM_REFRESH").is_some();
    let _alone = refresh.then(|| WRITING.lock().expect("no test fails while it writes"));
    let (begin, end) = (format!("<!-- {part}: generated -->\n"), format!("<!-- {part}: end -->"));
    let old = fs::read_to_string(path(page)).expect("a page").replace("\r\n", "\n");
    let (before, rest) = old.split_once(&begin).expect("a page with the marks of the part");
    let (held, after) = rest.split_once(&end).expect("a page with the end of the part");
    if refresh {
        fs::write(path(page), format!("{before}{begin}{text}{end}{after}")).expect("a page that can be written");
        return;
    }
    assert!(held == text, "docs/{page} is out of date; run the test with PARTNERSIM_REFRESH=1. It should say\n{text}");
}
