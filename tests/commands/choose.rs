//! Choosing among policies from a table, with the program itself.

use crate::left::records;
use crate::program::{ended, said, told};
use crate::workplace::holding;
use std::collections::BTreeMap;
use std::fs;
use std::process::Output;
use tempfile::TempDir;

/// The campsite of Taha, Operations Research: costs of four sizes in four worlds.
const CAMPSITE: &str = "\
point;policy;guests;cost
1;size 200;200;5
1;size 250;200;8
1;size 300;200;21
1;size 350;200;30
2;size 200;250;10
2;size 250;250;7
2;size 300;250;18
2;size 350;250;22
3;size 200;300;18
3;size 250;300;12
3;size 300;300;12
3;size 350;300;19
4;size 200;350;25
4;size 250;350;23
4;size 300;350;21
4;size 350;350;15
";

fn workplace(table: &str) -> TempDir {
    holding(&[("table.csv", table)])
}

/// Chooses from the table with further arguments and expects an exit code.
fn choose(workplace: &TempDir, arguments: &[&str], code: i32) -> Output {
    ended(workplace, &[&["analyse", "choose", "table.csv"], arguments].concat(), code)
}

#[test]
fn the_campsite_of_the_textbook_is_chosen_as_there() {
    let workplace = workplace(CAMPSITE);
    let output = choose(&workplace, &["--outcome", "cost", "--lower", "cost", "--inputs", "guests", "--out", "out"], 0);
    let told = said(&output);
    assert!(told.contains("size 250 is best on average"), "{told}");
    let folder = workplace.path().join("out");
    let preferred: BTreeMap<String, String> = records(&folder, "choosing.csv")
        .into_iter()
        .map(|row| (row["policy"].clone(), row["preferred_by"].clone()))
        .collect();
    // Laplace and Savage choose the second, Wald the third.
    assert_eq!(preferred["size 250"], "mean; greatest regret");
    assert!(preferred["size 300"].starts_with("worst world"));
    let information = records(&folder, "information.csv");
    assert_eq!((information[0]["known"].as_str(), information[0]["value"].as_str()), ("everything", "2.75"));
    assert_eq!(information[1]["value"], "", "without standard errors the noise is not known");
    let dictionary = records(&folder, "data_dictionary.csv");
    for file in ["choosing.csv", "regret.csv", "dominance.csv", "pareto.csv", "information.csv"] {
        let columns = csv::Reader::from_path(folder.join(file)).unwrap().headers().unwrap().len();
        assert_eq!(dictionary.iter().filter(|row| row["file"] == file).count(), columns, "{file}");
    }
    assert_eq!(records(&folder, "regret.csv").len(), 16);
}

#[test]
fn replications_of_a_world_are_averaged_and_their_spread_is_the_noise() {
    let table = "point,policy,gain\n1,a,1\n1,a,3\n1,b,4\n1,b,4\n2,a,6\n2,a,6\n2,b,0\n2,b,2\n";
    let workplace = workplace(table);
    choose(&workplace, &["--outcome", "gain", "--out", "out", "-q"], 0);
    let rows = records(workplace.path().join("out"), "choosing.csv");
    assert_eq!((rows[0]["mean"].as_str(), rows[1]["mean"].as_str()), ("4", "2.5"));
    let information = records(workplace.path().join("out"), "information.csv");
    let value = |row: usize| information[row]["value"].parse::<f64>().unwrap();
    // The best of each world: 4 and 6; the better policy: 4. The noise is taken off.
    assert_eq!(value(0), 1.0);
    assert!(value(1) < 1.0 && value(1) > 0.0, "{}", value(1));
}

#[test]
fn all_that_is_wrong_is_told_at_once_and_nothing_is_written() {
    let workplace = workplace(CAMPSITE);
    let arguments = ["--outcome", "csot", "--policy", "polcy", "--target", "profit=1", "--lower", "x", "--out", "out"];
    let text = told(&choose(&workplace, &arguments, 2));
    for words in ["did you mean `cost`?", "did you mean `policy`?", "`profit`", "--lower names `x`"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!workplace.path().join("out").exists());
    let text = told(&choose(&workplace, &["--outcome", "cost", "--inputs", "cost"], 2));
    assert!(text.contains("differs between the rows of world 1"), "{text}");
    let text = told(&choose(&workplace, &[], 2));
    assert!(text.contains("--outcome"), "{text}");
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    let workplace = workplace(CAMPSITE);
    for out in ["one", "two"] {
        choose(&workplace, &["--outcome", "cost", "--target", "cost=20", "--out", out, "-q"], 0);
    }
    let read = |out: &str| fs::read(workplace.path().join(out).join("dominance.csv")).unwrap();
    assert_eq!(read("one"), read("two"));
}
