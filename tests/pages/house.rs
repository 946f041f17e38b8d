//! The rules of the house that a compiler does not know, read from the source itself.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room of the library with the rooms it may use: imports point down the layers of ARCHITECTURE.md.
const ROOMS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("scenario", &["model"]),
    ("import", &["model", "scenario"]),
    ("simulate", &["model"]),
    ("experiment", &["model", "scenario", "simulate"]),
    ("analyse", &["model", "simulate", "experiment"]),
    ("output", &["model", "scenario", "simulate", "experiment", "analyse"]),
    ("cli", &["model", "scenario", "import", "simulate", "experiment", "analyse", "output"]),
];

/// What touches the world outside the program. Only the command line may.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::process",
    "std::net",
    "std::thread",
    "std::time",
    "println!",
    "print!",
    "dbg!",
    "stdout()",
    "stderr()",
    "stdin()",
];

/// Mathematics that the platform computes, each its own way.
const PLATFORM_MATHS: &[&str] = &[
    ".exp()",
    ".exp2()",
    ".exp_m1()",
    ".ln()",
    ".ln_1p()",
    ".log10()",
    ".log2()",
    ".log(",
    ".powf(",
    ".powi(",
    ".sin()",
    ".cos()",
    ".tan()",
    ".atan",
    ".asin()",
    ".acos()",
    ".sinh()",
    ".cosh()",
    ".tanh()",
    ".cbrt()",
    ".hypot(",
    ".mul_add(",
    "libm::",
];

/// A file of source: its path below the crate, its text, and its code without comments and tests.
struct Source {
    path: String,
    text: String,
    code: Vec<(usize, String)>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder that has one of the endings.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && name != ".git" && name != "results" {
            found.extend(files(&path, endings));
        } else if endings.contains(&ending.as_str()) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The sources of the program, of the module and of what builds them.
fn every_crate() -> Vec<Source> {
    ["src", "web/src", "xtask/src"].into_iter().flat_map(sources).collect()
}

/// The scripts of the playground, without their tests.
fn scripts() -> Vec<Source> {
    let mut scripts = sources_of("web/page", &["mjs", "js"]);
    scripts.retain(|script| !script.path.starts_with("web/page/tests/"));
    scripts
}

fn sources(folder: &str) -> Vec<Source> {
    sources_of(folder, &["rs"])
}

fn sources_of(folder: &str, endings: &[&str]) -> Vec<Source> {
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("source is readable");
        let path = path.strip_prefix(root()).expect("source lies in the crate").to_string_lossy().replace('\\', "/");
        let tests = ["#[cfg(test)]\nmod tests", "#[cfg(test)]\npub(crate) mod tests"]
            .iter()
            .find_map(|start| text.find(start))
            .unwrap_or(text.len());
        let code = text[..tests].lines().enumerate().map(|(i, line)| (i + 1, line.trim().to_string()));
        let code = code.filter(|(_, line)| !line.starts_with("//")).collect();
        Source { path, text, code }
    };
    let sources: Vec<Source> = files(&root().join(folder), endings).into_iter().map(read).collect();
    assert!(!sources.is_empty(), "{folder} holds source");
    sources
}

/// Every line of code that holds one of the words, as `path:line: word`.
fn uses(sources: &[Source], words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        for (number, line) in &source.code {
            let words = words.iter().filter(|word| line.contains(**word));
            found.extend(words.map(|word| format!("{}:{number}: {word}", source.path)));
        }
    }
    found
}

fn none(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

#[test]
fn imports_point_down_the_layers() {
    let mut wrong = Vec::new();
    for (room, below) in ROOMS {
        let above: Vec<&str> =
            ROOMS.iter().map(|(name, _)| *name).filter(|name| name != room && !below.contains(name)).collect();
        let mut paths: Vec<String> = above.iter().map(|name| format!("crate::{name}::")).collect();
        paths.extend(above.iter().map(|name| format!("crate::{name};")));
        paths.extend(above.iter().map(|name| format!("crate::{{{name}")));
        let words: Vec<&str> = paths.iter().map(String::as_str).collect();
        wrong.extend(uses(&sources(&format!("src/{room}")), &words));
    }
    none(&wrong, "a room uses only the rooms below it");
}

#[test]
fn every_room_of_the_library_has_its_place_in_the_layers() {
    for entry in
        fs::read_dir(root().join("src")).expect("src is readable").flatten().filter(|entry| entry.path().is_dir())
    {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(
            ROOMS.iter().any(|(room, _)| *room == name),
            "src/{name} is in no layer: add it to ROOMS and to ARCHITECTURE.md"
        );
    }
}

#[test]
fn only_the_command_line_touches_files_and_the_terminal() {
    let rooms = ROOMS.iter().filter(|(room, _)| *room != "cli").map(|(room, _)| format!("src/{room}"));
    let below: Vec<Source> = rooms.chain(["web/src".to_string()]).flat_map(|folder| sources(&folder)).collect();
    none(
        &uses(&below, OUTSIDE),
        "below the command line nothing opens a file, prints, exits, looks at the clock or starts a thread",
    );
}

#[test]
fn the_model_knows_no_platform_mathematics() {
    let mut wrong = uses(&sources("src/model"), PLATFORM_MATHS);
    wrong.extend(uses(&sources("src/simulate"), PLATFORM_MATHS));
    none(&wrong, "the model computes with model::math, or its bits would differ between platforms");
}

#[test]
fn nothing_iterates_in_an_order_of_its_own() {
    none(
        &uses(&every_crate(), &["HashMap", "HashSet"]),
        "use BTreeMap and BTreeSet, whose order is that of their keys",
    );
}

#[test]
fn unsafe_code_stands_only_where_the_processor_is_asked() {
    let mut wrong = uses(&sources("src"), &["unsafe "]);
    wrong.retain(|place| !place.starts_with("src/simulate/dispatch.rs"));
    none(&wrong, "only the call of a function for another instruction set is unsafe");
}

#[test]
fn nothing_unwraps_outside_tests() {
    let mut wrong = uses(&every_crate(), &[".unwrap()"]);
    // Tests that have a file of their own.
    wrong.retain(|place| !place.starts_with("xtask/src/lessons/held.rs"));
    none(&wrong, "a user's fault is a value, a programmer's an assertion with its reason");
}

#[test]
fn nothing_on_the_page_becomes_markup_or_script() {
    let words = [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "createContextualFragment",
        "srcdoc",
        "eval(",
        "new Function",
        "javascript:",
        "setAttribute(\"style\"",
        "setAttribute(\"on",
        "parseFromString",
    ];
    let mut wrong = uses(&scripts(), &words);
    // What the module drew, and it escapes every text.
    wrong.retain(|place| {
        !["shared/dom.mjs", "shared/painting.mjs"]
            .iter()
            .any(|file| place.starts_with(&format!("web/page/{file}:")) && place.ends_with("parseFromString"))
    });
    none(&wrong, "texts are set as texts: a name in a file or an address may hold anything");
}

#[test]
fn folders_of_the_page_import_down_too() {
    // What a folder may import from besides itself. `main.mjs` hands everything its place.
    let above =
        ["sharing", "controls", "lesson", "picture", "results"].map(|folder| (folder, &["shared", "state"][..]));
    let allowed: Vec<(&str, &[&str])> =
        [("shared", &[][..]), ("state", &["shared"][..])].into_iter().chain(above).collect();
    let mut wrong = Vec::new();
    for script in scripts().iter().filter(|script| script.path.matches('/').count() == 3) {
        let own = script.path.split('/').nth(2).unwrap_or_default();
        let below = allowed.iter().find(|(folder, _)| *folder == own).map(|(_, below)| *below);
        let below =
            below.unwrap_or_else(|| panic!("web/page/{own} is in no layer: add it here and to ARCHITECTURE.md"));
        let imports = script.code.iter().filter_map(|(_, line)| line.split_once(" from \"../")?.1.split('/').next());
        wrong.extend(
            imports.filter(|from| !below.contains(from)).map(|from| format!("{} imports from {from}/", script.path)),
        );
    }
    none(&wrong, "a folder of the page imports from shared/ and state/ alone, state/ from shared/, shared/ from none");
}

#[test]
fn every_mechanism_has_its_six_headings_in_order() {
    let headings = ["Does", "Why", "Equation", "Reads", "Writes", "References"];
    let mut wrong = Vec::new();
    // What lies deeper is a part of the mechanism whose folder it is in.
    let heads = |source: &&Source| !source.path.ends_with("/mod.rs") && source.path.split('/').count() == 4;
    for source in sources("src/model/mechanisms").iter().filter(heads) {
        let document = source.text.lines().take_while(|line| line.starts_with("//!"));
        let found: Vec<&str> = document.filter_map(|line| line.strip_prefix("//! # ")).map(str::trim).collect();
        if found != headings {
            wrong.push(format!("{}: {found:?}", source.path));
        }
    }
    none(&wrong, "a mechanism's module doc has the headings Does, Why, Equation, Reads, Writes, References");
}

#[test]
fn every_dependency_has_its_reason_in_the_architecture() {
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the architecture is written down");
    let reasons = architecture.split_once("## Dependencies").expect("it tells of dependencies").1;
    for manifest in ["Cargo.toml", "web/Cargo.toml", "xtask/Cargo.toml"] {
        let text = fs::read_to_string(root().join(manifest)).expect("a manifest");
        let manifest: toml::Table = toml::from_str(&text).expect("a manifest is TOML");
        let tables = ["dependencies", "dev-dependencies"].iter().filter_map(|key| manifest.get(*key)?.as_table());
        for name in tables.flat_map(|table| table.keys()) {
            assert!(reasons.contains(&format!("`{name}`")), "{name} needs a line of reason in ARCHITECTURE.md");
        }
    }
}

#[test]
fn the_table_of_rooms_in_the_architecture_is_complete() {
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the architecture is written down");
    for (room, _) in ROOMS {
        assert!(architecture.contains(&format!("| `src/{room}/` |")), "{room} is missing in ARCHITECTURE.md");
    }
}

#[test]
fn the_month_in_the_architecture_is_the_month_of_the_source() {
    let source = fs::read_to_string(root().join("src/model/mechanisms/mod.rs")).expect("the month is readable");
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the architecture is written down");
    let step = |line: &str| {
        let (name, told) = line.trim().split_once("::step(world")?;
        let (number, told) = told.split_once("//")?.1.trim().split_once(". ")?;
        Some(format!("{number}. **{name}**: {told}"))
    };
    let in_source: Vec<String> = source.lines().filter_map(step).collect();
    let listed =
        architecture.lines().filter(|line| line.contains(". **") && line.starts_with(|c: char| c.is_numeric()));
    assert_eq!(in_source, listed.collect::<Vec<_>>(), "the list under \"The month\" follows the schedule");
    assert_eq!(in_source.len(), source.matches("::step(world").count(), "every step has its number and its words");
}

#[test]
fn no_module_is_a_drawer_for_odds_and_ends() {
    let drawers = ["utils", "util", "helpers", "helper", "common", "misc"];
    for source in every_crate().iter().chain(&scripts()) {
        let stem = Path::new(&source.path).file_stem().unwrap_or_default().to_string_lossy();
        assert!(!drawers.contains(&stem.as_ref()), "{} needs the name of its one concept", source.path);
    }
}

#[test]
fn no_file_names_a_folder_of_one_machine() {
    // Put together here, so that this file does not name them either.
    let folders = ["work", "root", "home", "Users"].map(|name| format!("/{name}/"));
    let mut wrong = Vec::new();
    for path in
        files(root(), &["rs", "toml", "md", "yml", "yaml", "html", "js", "mjs", "css", "py", "csv", "json", "sh"])
    {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let named = folders.iter().filter(|folder| {
            let begins_a_path = |at: usize| text[..at].chars().last().is_none_or(|c| " \t\n\"'`(=".contains(c));
            text.match_indices(folder.as_str()).any(|(at, _)| begins_a_path(at))
        });
        wrong.extend(named.map(|folder| format!("{}: {folder}", path.display())));
    }
    none(&wrong, "what is kept in the repository means the same on every machine");
}
