//! The programs of others, each started so that tests may use it side by side: with a profile of its own, and without network.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A program of others that a test needs.
#[derive(Clone, Copy, Debug)]
pub enum Tool {
    /// LibreOffice without a window.
    Soffice,
    /// Python with the readers of `requirements.txt`.
    Python,
    /// Chromium, driven by node.
    Browser,
    /// Firefox, driven by node.
    Firefox,
    /// The playground that is built already. It is no program of others, and takes longer to build than a test may.
    Playground,
}

impl Tool {
    /// What has to be there.
    fn files(self) -> Vec<PathBuf> {
        match self {
            Tool::Soffice => vec!["/usr/bin/soffice".into()],
            // Both lists are copied when all of them is installed.
            Tool::Python => vec![folder().join("python/bin/python"), folder().join("python/requirements.txt")],
            Tool::Browser => vec!["/usr/bin/chromium".into(), folder().join("node/installed")],
            Tool::Firefox => vec!["/usr/bin/firefox-esr".into(), folder().join("node/installed")],
            Tool::Playground => vec![playground()],
        }
    }

    /// What to do where it is missing.
    fn remedy(self) -> &'static str {
        match self {
            Tool::Playground => "`cargo run -p xtask -- playground` builds it",
            Tool::Soffice | Tool::Python | Tool::Browser | Tool::Firefox => ".ci/tools installs it",
        }
    }
}

/// Where `.ci/tools` puts what is no package of the system.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("tools")
}

/// Where the playground is built.
pub fn playground() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("playground.html")
}

/// Whether all these are there. If not, says what is skipped and how to get it, and where `CI` is set nothing may be skipped.
pub fn are_there(tools: &[Tool]) -> bool {
    let missing: Vec<&Tool> = tools.iter().filter(|tool| !tool.files().iter().all(|file| file.exists())).collect();
    if !missing.is_empty() {
        let remedies: Vec<String> =
            missing.iter().map(|tool| format!("{tool:?} is missing: {}", tool.remedy())).collect();
        let message = remedies.join("; ");
        assert!(std::env::var_os("CI").is_none(), "{message}");
        eprintln!("skipped: {message}");
    }
    missing.is_empty()
}

/// What a command prints; it must succeed.
fn printed(command: &mut Command) -> String {
    let program = command.get_program().to_owned();
    let output = command.output().unwrap_or_else(|error| panic!("{program:?}: {error}"));
    let told = [&output.stderr, &output.stdout].map(|bytes| String::from_utf8_lossy(bytes));
    assert!(output.status.success(), "{program:?}:\n{}", told.concat());
    String::from_utf8(output.stdout).unwrap()
}

/// Makes LibreOffice compute every formula anew when it opens a workbook, whatever values are written beside them.
const RECALCULATES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode"><value>0</value></prop></item>
</oor:items>
"#;

/// Lets LibreOffice open files, compute them anew and save them in another format (`xlsx`, `pdf`, `csv`) under their own names in
/// a folder. It starts slowly, so one call for many files is best. No file may be missing afterwards.
pub fn soffice(files: &[PathBuf], format: &str, into: &Path) {
    let profile = TempDir::new().unwrap();
    fs::create_dir(profile.path().join("user")).unwrap();
    fs::write(profile.path().join("user/registrymodifications.xcu"), RECALCULATES).unwrap();
    let told = printed(
        Command::new("/usr/bin/soffice")
            .arg(format!("-env:UserInstallation=file://{}", profile.path().display()))
            .args(["--headless", "--norestore", "--nologo", "--convert-to", format, "--outdir"])
            .arg(into)
            .args(files),
    );
    for file in files {
        let saved = into.join(file.file_name().unwrap()).with_extension(format);
        assert!(saved.is_file(), "LibreOffice could not open {} or save it as {format}:\n{told}", file.display());
    }
}

/// What a script in Python prints. The arguments are `sys.argv[1:]`.
pub fn python(script: &str, arguments: &[&OsStr]) -> String {
    printed(Command::new(folder().join("python/bin/python")).args(["-I", "-c", script]).args(arguments))
}

/// What a script of this folder in JavaScript prints. `browser.mjs` opens pages for it, and our program is at hand to it.
pub fn browser(script: &str, arguments: &[&OsStr]) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outside").join(script);
    let mut node = Command::new("node");
    node.env("PARTNERSIM_NODE", folder().join("node")).env("PARTNERSIM_PROGRAM", env!("CARGO_BIN_EXE_partnersim"));
    printed(node.arg(path).args(arguments))
}

/// What an automated checker finds wrong with a page.
#[derive(Debug, serde::Deserialize)]
pub struct Violation {
    /// The rule, such as `image-alt`; beside the checker's rules `network` for a page that asks for anything but itself, and `script`
    /// for one whose script fails.
    pub rule: String,
    /// What the rule asks for.
    pub help: String,
    /// Where it is broken, and how.
    pub places: Vec<String>,
}

/// What axe finds wrong with a page by the rules of WCAG 2.2 up to AA and its own best practice, in a window so many pixels wide and in
/// the colours of a scheme, `light` or `dark`.
pub fn axe(page: &Path, width: u32, scheme: &str) -> Vec<Violation> {
    let told = browser("axe.mjs", &[page.as_os_str(), width.to_string().as_ref(), scheme.as_ref()]);
    serde_json::from_str(&told).unwrap_or_else(|error| panic!("{error}: {told}"))
}

/// Takes a picture (PNG) of a whole page, from its top to its end.
pub fn screenshot(page: &Path, width: u32, scheme: &str, to: &Path) {
    let width = width.to_string();
    browser("screenshot.mjs", &[page.as_os_str(), width.as_ref(), scheme.as_ref(), to.as_os_str()]);
}
