//! Pictures of results as files and on the terminal, with the program itself.

use crate::left::{contents, same};
use crate::program::{ended, partnersim, said, told};
use crate::workplace::{holding, two_together};
use std::fs;
use tempfile::TempDir;

/// Two partners of whom one would run a script, and a title that would be bold.
fn scenario() -> String {
    let text = two_together("question = \"Will it last?\"\nhorizon_months = 12\nreplications = 300\nseed = 7\n");
    let text = text.replace("\"Two together\"", "\"Two & <b>together</b>\"");
    text.replace("\"council\"\nsector", "\"</title><script>alert(1)</script>\"\nsector")
}

/// A folder of its own with a result in `results/two`, drawn on the way where `more` says so.
fn workplace(more: &[&str]) -> TempDir {
    let workplace = holding(&[("two.toml", &scenario())]);
    ended(&workplace, &[&["run", "two.toml"], more].concat(), 0);
    workplace
}

/// What `plot` says of the result.
fn plotted(workplace: &TempDir, more: &[&str]) -> String {
    said(&ended(workplace, &[&["plot", "results/two"], more].concat(), 0))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn every_picture_is_there_as_svg_and_png_and_in_words() {
    let workplace = workplace(&["--charts", "pictures"]);
    let drawn = contents(workplace.path().join("pictures"));
    let page = text(&drawn["index.md"]);
    let listed = plotted(&workplace, &["--list"]);
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
    let workplace = workplace(&["--charts", "pictures"]);
    let later = plotted(&workplace, &["--charts", "deep/later"]);
    assert!(later.contains("deep/later"), "{later}");
    let [one, other] = ["pictures", "deep/later"].map(|folder| contents(workplace.path().join(folder)));
    same(&one, &other);
}

#[test]
fn files_that_are_not_of_the_result_are_replaced_only_when_asked() {
    let workplace = workplace(&[]);
    let folder = workplace.path().join("mine");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("index.md"), "my notes").unwrap();
    let plot = ["plot", "results/two", "--charts", "mine"];
    let refused = told(&ended(&workplace, &plot, 4));
    assert!(refused.contains("index.md") && refused.contains("--force"), "{refused}");
    assert_eq!(contents(&folder).len(), 1);
    ended(&workplace, &[&plot[..], &["--force"]].concat(), 0);
    assert!(contents(&folder).len() > 3);
    // Those of the same result are its own.
    ended(&workplace, &plot, 0);
    fs::write(workplace.path().join("file"), "").unwrap();
    ended(&workplace, &["run", "two.toml", "--charts", "file"], 2);
}

#[test]
fn the_terminal_shows_a_picture_that_fits_with_its_words() {
    let workplace = workplace(&[]);
    for (more, width) in [(&[][..], 80), (&["--width", "60"][..], 60), (&["survival", "--ascii"][..], 80)] {
        let drawn =
            partnersim(&workplace).env("COLUMNS", "80").args(["plot", "results/two"]).args(more).output().unwrap();
        let shown = said(&drawn);
        assert!(drawn.status.success() && shown.lines().count() > 10, "{shown}{}", told(&drawn));
        assert!(shown.lines().all(|line| line.chars().count() <= width), "{shown}");
        assert!(!shown.contains('\u{1b}') && (!more.contains(&"--ascii") || shown.is_ascii()), "{shown}");
    }
}

#[test]
fn a_picture_that_there_is_not_gets_the_nearest_name() {
    let workplace = workplace(&[]);
    let told_of = told(&ended(&workplace, &["plot", "results/two", "survivall"], 2));
    assert!(told_of.contains("did you mean `survival`?"), "{told_of}");
    ended(&workplace, &["plot", "results/three"], 2);
}
