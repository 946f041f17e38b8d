//! `xtask release`: what is given away, as one archive, and the playground beside it for whoever wants nothing else.

use crate::faults::{self, Faults};
use crate::{places, playground};
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// What goes along as it lies in the repository: files, and folders with all that is in them.
const ALONG: [&str; 5] = ["README.md", "LICENSE", "CHANGELOG.md", "docs", "scenarios"];

/// The page, under the name by which `partnersim play` finds it beside the program.
const PAGE: &str = "playground.html";

/// Build what is given away: the program with the playground, the documents and the scenarios, in one archive for this kind of machine
#[derive(Debug, clap::Args)]
pub struct Arguments {}

/// Builds program and page, packs them and tells what was made.
///
/// # Errors
/// When something cannot be built, read or written.
pub fn run(_: &Arguments) -> Result<String, Faults> {
    let told = playground::run(&playground::Arguments::default())?;
    built()?;
    let name = format!("partnersim-{}-{}", version()?, host()?);
    let program = format!("partnersim{}", std::env::consts::EXE_SUFFIX);
    let page = places::target().join(PAGE);
    let mut files =
        vec![(program.clone(), places::target().join("release").join(program)), (PAGE.to_string(), page.clone())];
    for part in ALONG {
        collect(part, &places::root().join(part), &mut files)?;
    }
    let folder = places::target().join("release-files");
    let archive = folder.join(format!("{name}.zip"));
    faults::write(&archive, &packed(&name, &files)?)?;
    faults::write(&folder.join(PAGE), &read(&page)?)?;
    Ok(format!("{told}wrote {} with {} files\nwrote {}\n", archive.display(), files.len(), folder.join(PAGE).display()))
}

fn built() -> Result<(), Faults> {
    let build = ["build", "--release", "--locked", "--package", "partnersim"];
    let is_built = places::cargo(&build).status().is_ok_and(|status| status.success());
    if is_built { Ok(()) } else { Err(Faults::one("the program could not be built; what cargo says stands above")) }
}

/// The version of the program, which is not that of this task.
fn version() -> Result<String, Faults> {
    let path = places::root().join("Cargo.toml");
    let manifest: Option<toml::Table> = toml::from_str(&faults::text_of(&path)?).ok();
    let version = manifest.as_ref().and_then(|table| table.get("package")?.get("version")?.as_str());
    version.map(str::to_string).ok_or_else(|| Faults::one(format!("{} tells no version", path.display())))
}

/// The kind of machine that is built for: `x86_64-unknown-linux-gnu`.
fn host() -> Result<String, Faults> {
    let told = Command::new("rustc").arg("-vV").output();
    let told = told.map_err(|error| Faults::one(format!("rustc does not say what it builds for: {error}")))?;
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let host = told.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_string);
    host.ok_or_else(|| Faults::one("rustc does not say what it builds for"))
}

/// Every file below a path, by name, with its name in the archive.
fn collect(name: &str, path: &Path, files: &mut Vec<(String, PathBuf)>) -> Result<(), Faults> {
    if path.is_file() {
        files.push((name.to_string(), path.to_path_buf()));
        return Ok(());
    }
    let entries = fs::read_dir(path);
    let entries = entries.map_err(|error| Faults::one(format!("{} cannot be read: {error}", path.display())))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let own = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        collect(&format!("{name}/{own}"), &path, files)?;
    }
    Ok(())
}

/// An archive with all of them in one folder. Times are left out, so that the same files give the same bytes.
fn packed(folder: &str, files: &[(String, PathBuf)]) -> Result<Vec<u8>, Faults> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, path) in files {
        let is_program = name.starts_with("partnersim");
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(if is_program { 0o755 } else { 0o644 });
        let bytes = read(path)?;
        let begun = archive.start_file(format!("{folder}/{name}"), options).map_err(std::io::Error::from);
        let written = begun.and_then(|()| archive.write_all(&bytes));
        written.map_err(|error| Faults::one(format!("{name} cannot be packed: {error}")))?;
    }
    let done = archive.finish().map_err(|error| Faults::one(format!("the archive cannot be packed: {error}")))?;
    Ok(done.into_inner())
}

fn read(path: &Path) -> Result<Vec<u8>, Faults> {
    fs::read(path).map_err(|error| Faults::one(format!("{} cannot be read: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn a_release_holds_what_a_reader_needs_in_one_folder_and_the_same_bytes_each_time() {
        let mut files = Vec::new();
        for part in ALONG {
            collect(part, &places::root().join(part), &mut files).unwrap();
        }
        files.push(("partnersim".to_string(), places::root().join("LICENSE")));
        let bytes = packed("partnersim-0", &files).unwrap();
        assert!(bytes == packed("partnersim-0", &files).unwrap());
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let program = archive.by_name("partnersim-0/partnersim").unwrap().unix_mode();
        assert_eq!(program.map(|mode| mode & 0o777), Some(0o755));
        let mut found = String::new();
        archive.by_name("partnersim-0/docs/scenario.md").unwrap().read_to_string(&mut found).unwrap();
        assert_eq!(found, fs::read_to_string(places::root().join("docs/scenario.md")).unwrap());
        assert!(version().unwrap().split('.').all(|part| part.parse::<u64>().is_ok()));
        assert!(archive.file_names().all(|name| name.unwrap().starts_with("partnersim-0/")));
    }
}
