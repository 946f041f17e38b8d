//! Pictures of results as files and on the terminal, with the program itself.

#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const SCENARIO: &str = r#"
title = "Two & <b>together</b>"
question = "Will it last?"
horizon_months = 12
replications = 300
seed = 7

[[partner]]
name = "</title><script>alert(1)</script>"
sector = "council"
resources.money = 160
resources.staff = 24
skills = { social = 0.7, clinical = 0.3 }

[[partner]]
name = "charity"
sector = "charity"
resources.money = 40
resources.staff = 8
skills = { social = 0.5, clinical = 0.5 }

[[need]]
name = "help at home"
demand = 150
days = 3
value = 1500
skills = { clinical = 0.4, social = 0.6 }
"#;

fn partnersim(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_partnersim"));
    command.current_dir(folder).env("COLUMNS", "80").args(arguments).output().unwrap()
}

/// A folder of its own with a result in `results/two` and its pictures in `pictures`.
fn workplace() -> TempDir {
    let workplace = tempfile::tempdir().unwrap();
    fs::write(workplace.path().join("two.toml"), SCENARIO).unwrap();
    let ran = partnersim(workplace.path(), &["run", "two.toml", "--charts", "pictures"]);
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    workplace
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn every_picture_is_there_as_svg_and_png_and_in_words() {
    let workplace = workplace();
    let drawn = files(&workplace.path().join("pictures"));
    let page = text(&drawn["index.md"]);
    let listed = text(&partnersim(workplace.path(), &["plot", "results/two", "--list"]).stdout);
    let names: Vec<&str> =
        listed.lines().filter(|line| !line.starts_with(' ')).map(|line| line.split(' ').next().unwrap()).collect();
    assert!(names.len() > 3, "{listed}");
    assert_eq!(drawn.len(), 2 * names.len() + 1);
    for name in names {
        let svg = text(&drawn[&format!("{name}.svg")]);
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{svg}");
        assert!(
            !svg.contains("<script")
                && !svg.contains("<b>")
                && !svg.contains("NaN")
                && !svg.contains(">-0<")
                && !svg.contains(">-0.0<"),
            "{name}: {svg}"
        );
        assert!(drawn[&format!("{name}.png")].starts_with(b"\x89PNG"), "{name}");
        assert!(page.contains(&format!("]({name}.svg)")), "{page}");
    }
    assert!(!page.contains("<b>") && !page.contains("<script"), "{page}");
}

#[test]
fn a_result_drawn_later_from_its_folder_gives_the_same_files() {
    let workplace = workplace();
    let later = partnersim(workplace.path(), &["plot", "results/two", "--charts", "deep/later"]);
    assert!(later.status.success(), "{}", text(&later.stderr));
    assert!(text(&later.stdout).contains("deep/later"), "{}", text(&later.stdout));
    let [one, other] = ["pictures", "deep/later"].map(|folder| files(&workplace.path().join(folder)));
    assert!(one == other, "{:?} {:?}", one.keys(), other.keys());
}

#[test]
fn files_that_are_not_of_the_result_are_replaced_only_when_asked() {
    let workplace = workplace();
    let folder = workplace.path().join("mine");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("index.md"), "my notes").unwrap();
    let plot =
        |more: &[&str]| partnersim(workplace.path(), &[&["plot", "results/two", "--charts", "mine"], more].concat());
    let refused = plot(&[]);
    assert_eq!(refused.status.code(), Some(4), "{}", text(&refused.stderr));
    assert!(text(&refused.stderr).contains("index.md") && text(&refused.stderr).contains("--force"));
    assert_eq!(files(&folder).len(), 1);
    assert!(plot(&["--force"]).status.success());
    assert!(files(&folder).len() > 3);
    // Those of the same result are its own.
    assert!(plot(&[]).status.success());
    fs::write(workplace.path().join("file"), "").unwrap();
    let file = partnersim(workplace.path(), &["run", "two.toml", "--charts", "file"]);
    assert_eq!(file.status.code(), Some(2), "{}", text(&file.stderr));
}

#[test]
fn the_terminal_shows_a_picture_that_fits_with_its_words() {
    let workplace = workplace();
    for (more, width) in [(&[][..], 80), (&["--width", "60"][..], 60), (&["survival", "--ascii"][..], 80)] {
        let drawn = partnersim(workplace.path(), &[&["plot", "results/two"], more].concat());
        let shown = text(&drawn.stdout);
        assert!(drawn.status.success() && shown.lines().count() > 10, "{shown}{}", text(&drawn.stderr));
        assert!(shown.lines().all(|line| line.chars().count() <= width), "{shown}");
        assert!(!shown.contains('\u{1b}') && (!more.contains(&"--ascii") || shown.is_ascii()), "{shown}");
    }
}

#[test]
fn a_picture_that_there_is_not_gets_the_nearest_name() {
    let workplace = workplace();
    let drawn = partnersim(workplace.path(), &["plot", "results/two", "survivall"]);
    assert_eq!(drawn.status.code(), Some(2));
    assert!(text(&drawn.stderr).contains("did you mean `survival`?"), "{}", text(&drawn.stderr));
    let nowhere = partnersim(workplace.path(), &["plot", "results/three"]);
    assert_eq!(nowhere.status.code(), Some(2), "{}", text(&nowhere.stderr));
}
