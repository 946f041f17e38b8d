//! Reading a scenario from disk: its bytes, and the partner table beside it.

use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::source::{MOST_BYTES, decode, too_long};
use crate::scenario::{Override, Scenario, load};
use std::fs;
use std::path::Path;

/// Loads the scenario at `path`; files it names are looked for beside it.
///
/// # Errors
/// Every fault found, an unreadable file among them.
pub fn scenario(path: &Path, overrides: &[Override]) -> Result<Scenario, Vec<Diagnostic>> {
    let origin = path.display().to_string();
    let bytes = bytes(path).map_err(|why| vec![unreadable(&origin, &why)])?;
    let text = decode(&bytes, &origin).map_err(|fault| vec![fault])?;
    let folder = path.parent().unwrap_or(Path::new(""));
    load(&text, &origin, overrides, &|name| self::bytes(&folder.join(name)))
}

/// The bytes of a file that is not too long to be one of ours; a device without end is not read to its end.
fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    use std::io::Read;
    let file = fs::File::open(path).map_err(|error| error.to_string())?;
    let length = file.metadata().map_err(|error| error.to_string())?.len();
    if length > MOST_BYTES as u64 {
        return Err(too_long("it", usize::try_from(length).unwrap_or(usize::MAX)).message);
    }
    let mut bytes = Vec::new();
    file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}

fn unreadable(origin: &str, why: &str) -> Diagnostic {
    Diagnostic {
        message: format!("{origin} cannot be read: {why}"),
        help: "give the path of a scenario, a text file such as scenarios/health_and_social_care.toml".to_owned(),
        place: None,
    }
}
