//! `xtask playground`: one page that needs nothing but a browser.
//!
//! The library as a WebAssembly module, the words of every language and the lessons are packed into blocks of the page; what `web/page`
//! holds goes in with it, its scripts joined to one. The page asks nothing of anybody, and its policy says so: its script, the few lines
//! that unpack it and the style sheet are let in by their digests. The same input gives the same bytes.

mod data;
mod module;
mod packed;
mod page;
pub mod script;

use crate::faults::{self, Faults};
use crate::{places, strings};
use std::path::PathBuf;

/// What a page may weigh, in bytes: it travels by mail, on sticks and over a school's line.
const LIMIT: usize = 1_000_000;

/// Build the playground: one page that works offline.
#[derive(Debug, Default, clap::Args)]
pub struct Arguments {
    /// A WebAssembly module that is there already, in place of the one that is built
    #[arg(long, value_name = "FILE")]
    module: Option<PathBuf>,
    /// Where the page goes [default: target/playground.html]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The words of the page, one file a language [default: web/strings]
    #[arg(long, value_name = "DIR")]
    strings: Option<PathBuf>,
}

/// Builds the page and tells what it weighs.
///
/// # Errors
/// When something is missing, does not fit together, or the page becomes too large.
pub fn run(arguments: &Arguments) -> Result<String, Faults> {
    let root = places::root();
    let page = root.join("web/page");
    let words = arguments.strings.clone().unwrap_or_else(|| root.join("web/strings"));
    // What takes seconds comes before what takes minutes.
    strings::check(&page, &words)?;
    let script = script::joined(&page)?;
    let data = data::read(root, &words)?;
    let module = module::bytes(arguments.module.as_deref())?;
    let parts = page::Parts {
        frame: faults::text_of(&page.join("index.html"))?,
        style: faults::text_of(&page.join("style.css"))?,
        unpack: faults::text_of(&page.join("unpack.js"))?,
        script: script.text,
        module: packed::packed(&module),
        data: packed::packed(data.json().as_bytes()),
        words: data.english()?,
    };
    let html = page::html(&parts)?;
    let out = arguments.out.clone().unwrap_or_else(|| places::target().join("playground.html"));
    faults::write(&out, html.as_bytes())?;
    let told = format!("{}: {}", out.display(), weight(&parts, html.len()));
    // Written all the same, for whoever works on it.
    if html.len() >= LIMIT {
        return Err(Faults::one(format!(
            "the page is too large to be given away, which is {LIMIT} bytes and more. {told}"
        )));
    }
    let idle: String = script.idle.iter().map(|name| format!("left out: {name}, which nothing imports\n")).collect();
    Ok(format!("{idle}wrote {told}\n"))
}

/// The bytes of a page and of its parts.
fn weight(parts: &page::Parts, whole: usize) -> String {
    let sizes = [
        ("the module", parts.module.len()),
        ("words and lessons", parts.data.len()),
        ("the script", packed::packed(parts.script.as_bytes()).len()),
        ("the style sheet", parts.style.len()),
        ("the frame", parts.frame.len()),
    ];
    let told: Vec<String> = sizes.iter().map(|(name, bytes)| format!("{name} {bytes}")).collect();
    format!("{whole} bytes, of which {}", told.join(", "))
}
