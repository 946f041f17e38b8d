//! `partnersim play`: the playground in a browser, served to this machine alone.

mod server;

use super::answer::Answer;
use super::failure::Failure;
use super::single_file;
use server::Server;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The name under which the page is built and given away.
const PAGE: &str = "playground.html";
/// What is in every playground and in no other page.
const SIGN: &str = "<script type=\"application/x-lzma;base64\" id=\"module\">";

/// Open the playground in a browser: set-ups, pictures and lessons on one page that works offline
#[derive(Debug, clap::Args)]
#[command(after_help = "The page is served to this machine alone, until Ctrl-C. It needs no server: saved to a file\n\
it opens in any browser of 2023 or later, from a stick or a phone too.\n\n\
Examples:\n  partnersim play\n  partnersim play --save playground.html")]
pub struct Arguments {
    /// The page, where it does not lie beside the program
    #[arg(long, value_name = "FILE")]
    page: Option<PathBuf>,
    /// Only print the address, and open no browser
    #[arg(long)]
    no_open: bool,
    /// Save the page to a file, to give it to others, and serve nothing
    #[arg(long, value_name = "FILE", conflicts_with = "no_open")]
    save: Option<PathBuf>,
    /// Overwrite the file
    #[arg(long, requires = "save")]
    force: bool,
}

/// Serves the page until Ctrl-C, or saves it.
///
/// # Errors
/// When there is no page, or nothing can be served or saved.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let path = found(arguments.page.as_deref())?;
    let page = read(&path)?;
    let lies = path.display().to_string();
    if let Some(saved) = &arguments.save {
        single_file::write(saved, &page, arguments.force)?;
        let told = format!("saved the playground to {}\n", saved.display());
        return Ok(Answer::text(told).with("page", lies).with("saved", saved.display().to_string()));
    }
    let server = Server::new(page).map_err(|error| cannot("be served", &error))?;
    let address = server.address();
    let is_over = Arc::new(AtomicBool::new(false));
    let (over, knock) = (Arc::clone(&is_over), server.knock());
    let installed = ctrlc::set_handler(move || {
        over.store(true, Ordering::Relaxed);
        knock();
    });
    installed.map_err(|error| Failure::Program(format!("cannot watch for Ctrl-C: {error}")))?;
    eprintln!("The playground is at {address} until Ctrl-C.");
    if !arguments.no_open && open::that_detached(&address).is_err() {
        eprintln!("No browser could be opened here: open the address, or the file {lies}, in one.");
    }
    let answered = server.serve(&is_over).map_err(|error| cannot("be served any longer", &error))?;
    Ok(Answer::text("").with("page", lies).with("address", address).with("answered", answered))
}

fn cannot(what: &str, error: &std::io::Error) -> Failure {
    Failure::Files(format!("the playground cannot {what}: {error}.\n  The file itself opens in a browser too."))
}

/// Where the page lies: where it is said to, beside the program, or in the folder above, as where cargo builds both.
fn found(given: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(path) = given {
        return Ok(path.to_path_buf());
    }
    let program = std::env::current_exe().and_then(fs::canonicalize).unwrap_or_default();
    let places: Vec<PathBuf> = program.ancestors().skip(1).take(2).map(|folder| folder.join(PAGE)).collect();
    let is_there = |path: &&PathBuf| path.is_file();
    places.iter().find(is_there).cloned().ok_or_else(|| {
        let looked: Vec<String> = places.iter().map(|path| path.display().to_string()).collect();
        Failure::Input(format!(
            "the playground is not here: there is neither {}.\n  A release holds it beside the program; from the source, `cargo run -p xtask -- playground` builds it. \
             Name it with --page FILE where it lies elsewhere.",
            looked.join(" nor ")
        ))
    })
}

/// The page, which must be one of ours: whatever else is in a file is not shown to a browser.
fn read(path: &Path) -> Result<String, Failure> {
    let page = fs::read(path);
    let page = page.map_err(|error| Failure::Input(format!("{} cannot be read: {error}", path.display())))?;
    let page = String::from_utf8(page).ok().filter(|page| page.contains(SIGN) && server::policy(page).is_some());
    page.ok_or_else(|| {
        Failure::Input(format!(
            "{} is not the playground; `cargo run -p xtask -- playground` builds it",
            path.display()
        ))
    })
}
