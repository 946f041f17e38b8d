//! The pictures of a result as files in a folder of their own: each as SVG and PNG, and a page that shows them with their words.

use super::failure::Failure;
use crate::output::chart::look::{Look, Scheme};
use crate::output::chart::of::charts;
use crate::output::chart::{Chart, contents, png::png, svg::svg};
use crate::output::kept::Kept;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Width of the pictures in pixels: that of a column of text.
const WIDTH: f64 = 720.0;

/// The place for pictures as it was given, unless there is a file.
///
/// # Errors
/// That a folder is needed.
pub fn place(given: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(given);
    match given.is_empty() || (path.exists() && !path.is_dir()) {
        true => Err("it is no folder, and pictures need one".to_string()),
        false => Ok(path),
    }
}

/// Writes all pictures of a result into a folder, which is made where there is none. Gives how many they are.
///
/// # Errors
/// When files are in the way that are not pictures of the same result and `force` is not given, or what could not be written;
/// then no file is changed.
pub fn write(folder: &Path, kept: &Kept, force: bool) -> Result<usize, Failure> {
    let charts = charts(kept);
    let page = contents::page(&kept.about, &charts);
    let look = Look::alone(WIDTH, Scheme::Light);
    let mut names: Vec<String> = charts.iter().flat_map(|chart| files(chart)).collect();
    names.push(contents::NAME.to_string());
    let before = held(folder);
    refuse(folder, &names, before.as_deref().filter(|before| contents::is_of_same(before, &page)), force)?;
    fs::create_dir_all(folder).map_err(|error| failure("make the folder", folder, &error))?;
    let written = charts.iter().try_for_each(|chart| {
        let [vector, painted] = files(chart);
        begin(folder, &vector, svg(chart, &look).as_bytes())?;
        let dots = png(chart, &look).map_err(|error| failure("paint", &folder.join(&painted), &error))?;
        begin(folder, &painted, &dots)
    });
    let written = written.and_then(|()| begin(folder, contents::NAME, page.as_bytes()));
    if let Err(failure) = written {
        names.iter().for_each(|name| _ = fs::remove_file(temporary(folder, name)));
        return Err(failure);
    }
    // What was drawn before and is not any more goes, and so do its words.
    let earlier = before.map(|before| contents::files(&before)).unwrap_or_default();
    for name in earlier.iter().filter(|name| !names.contains(name)) {
        let _ = fs::remove_file(folder.join(name));
    }
    for name in &names {
        let path = folder.join(name);
        fs::rename(temporary(folder, name), &path).map_err(|error| failure("put in place", &path, &error))?;
    }
    Ok(charts.len())
}

/// The files of a picture.
fn files(chart: &Chart) -> [String; 2] {
    ["svg", "png"].map(|ending| format!("{}.{ending}", chart.name))
}

/// The page of pictures that a folder holds.
fn held(folder: &Path) -> Option<String> {
    fs::read_to_string(folder.join(contents::NAME)).ok().filter(|text| contents::is_page(text))
}

/// Refuses to write over files that are not those of the same result.
fn refuse(folder: &Path, names: &[String], same: Option<&str>, force: bool) -> Result<(), Failure> {
    let ours = same.map(contents::files).unwrap_or_default();
    let is_in_the_way = |name: &&String| {
        let path = folder.join(name);
        path.is_dir()
            || (!force && path.exists() && !ours.contains(name) && !(same.is_some() && *name == contents::NAME))
    };
    let Some(name) = names.iter().find(is_in_the_way) else { return Ok(()) };
    Err(Failure::Files(format!(
        "{} is not a picture of this result, and would be replaced.\n  Choose another folder with --charts DIR, or give --force.",
        folder.join(name).display()
    )))
}

fn temporary(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!(".{name}.partial"))
}

/// Writes a file under its temporary name and brings it to disk.
fn begin(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    let written =
        File::create(temporary(folder, name)).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    written.map_err(|error| failure("write", &folder.join(name), &error))
}

fn failure(action: &str, path: &Path, error: &std::io::Error) -> Failure {
    match Failure::files(action, path, error) {
        Failure::Files(message) => Failure::Files(message.replace("--out DIR", "--charts DIR")),
        other => other,
    }
}
