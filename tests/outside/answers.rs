//! `--format json` on every command: one document that the published schema describes, whether the command did what it was asked or
//! not. That the schema takes it is said by a validator of others; all the rest is looked at without one too.

use crate::left::{manifest, number, records};
use crate::program::{self, flat, said, told};
use crate::tools::{self, Tool};
use crate::walk::{commands, fresh_copy, page, root, words};
use crate::workplace::{holding, two_together};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// What this file says of its scenario before the partners, one of whom a spreadsheet would take for a formula.
const HEAD: &str = r#"
question = "Will it last?"
horizon_months = 12
replications = 200
seed = 18446744073709551615

[communication]
quality = { uniform = [0.2, 0.9] }
"#;

const EXPERIMENT: &str = r#"
title = "How often to meet"
scenario = "two.toml"
replications = 60
outcomes = ["premium", "survival"]

[design]
kind = "factorial"

[[factor]]
name = "meetings"
path = "communication.meetings"
levels = [1, 4]

[[factor]]
name = "quality"
path = "communication.quality"
levels = [0.3, 0.8]
"#;

const LEVERS: &str = r#"
title = "Levers for two"
scenario = "two.toml"
replications = 20
fresh_replications = 60
population = 8
generations = 2

[[lever]]
path = "contributions.pooled_share"
range = [0.05, 0.6]

[[lever]]
path = "communication.meetings"
range = [0, 8]
whole = true

[[objective]]
quantity = "premium"

[[objective]]
quantity = "trust"
"#;

const OBSERVED: &str = "measure,month,value,standard_error\nneed_met,,0.3,0.1\ntrust,,0.5,0.1\n";

/// The campsite of Taha, Operations Research: costs of four sizes in four worlds.
const CAMPSITE: &str = "\
point,policy,guests,cost
1,size 200,200,5
1,size 250,200,8
2,size 200,250,10
2,size 250,250,7
3,size 200,300,18
3,size 250,300,12
4,size 200,350,25
4,size 250,350,23
";

/// As much of the playground as `play` looks at.
const PLAYGROUND: &str = r#"<!doctype html>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<script type="application/x-lzma;base64" id="module">H4sI</script>
"#;

/// A command by its words, arguments that it can use, arguments that it cannot, and the exit code for these.
struct Case {
    command: &'static str,
    good: &'static [&'static str],
    bad: &'static [&'static str],
    code: i32,
}

const fn case(command: &'static str, good: &'static [&'static str], bad: &'static [&'static str]) -> Case {
    Case { command, good, bad, code: 2 }
}

/// Every command; one uses what those before it wrote.
const CASES: &[Case] = &[
    case("new", &["new.toml --from food_network"], &["--from food_netwrok", "--colour"]),
    case("scenarios", &[""], &["--all"]),
    case("describe", &["premium", "communication.quality", "governance.form", "A13", ""], &["premum"]),
    case("check", &["two.toml new.toml"], &["two.toml broken.toml", "broken.toml"]),
    case(
        "import",
        &[
            "table.csv --mapping mapping.toml --list",
            "table.csv --mapping mapping.toml --select Verbund=Süd --out sued.toml",
        ],
        &["table.csv --mapping mapping.toml --select Verbund=Nord --out nord.toml", "table.csv --list"],
    ),
    case("digest", &["two.toml --replications 32"], &["broken.toml"]),
    case(
        "trace",
        &["two.toml --replication 3", "two.toml --replication 4 --out traced"],
        &["two.toml --replication 200", "broken.toml --replication 1"],
    ),
    case(
        "run",
        &["two.toml --out run", "two.toml --out run --resume", "two.toml --out precise --precision survival=0.2"],
        &["broken.toml", "two.toml --replications many", "two.toml --out run --threads 0"],
    ),
    case(
        "compare",
        &["two.toml --set communication.quality=0.8 --explain-replications 50 --out compared"],
        &["two.toml --variant talk --outcome premum --difference trust=none", "two.toml"],
    ),
    case(
        "experiment",
        &["points.toml --dry-run", "points.toml --out points", "points.toml --out points --resume"],
        &["levers.toml"],
    ),
    case(
        "threshold",
        &["two.toml --vary communication.quality=0.2..0.8:0.3 --until trust>=0.1 --out threshold"],
        &[
            "two.toml --vary communication.quality=0.2..0.8 --until trust",
            "two.toml --vary communication.colour=0.2..0.8:0.3 --until trust>=0.1",
        ],
    ),
    case(
        "calibrate",
        &[
            "two.toml --observed observed.csv --vary delivery.effectiveness=0.3..0.95 --replications 16 --particles 20 --trials 60 --out calibrated",
        ],
        &["two.toml --observed points.toml --vary delivery.effectiveness=0.3..0.95"],
    ),
    case("optimise", &["levers.toml --out optimised"], &["points.toml"]),
    case("discover", &["two.toml --when failed --out discovered"], &["two.toml --when flown"]),
    case("analyse summary", &["run --by ending --out summary"], &["run --by colour"]),
    case("analyse compare", &["choices.csv --by policy --outcome cost --out groups"], &["choices.csv --by colour"]),
    case(
        "analyse choose",
        &["choices.csv --outcome cost --lower cost --inputs guests --out chosen"],
        &["choices.csv --outcome price"],
    ),
    case("analyse discover", &["run --when failed --out where"], &["run --when flown"]),
    case(
        "analyse sensitivity",
        &["choices.csv --inputs guests --outcome cost --method rank --out what_matters"],
        &["choices.csv --outcome price"],
    ),
    case(
        "export",
        &["run --csv-style excel-eu --out for_excel", "points --parquet --out exported"],
        &["run --out run", "nowhere --out copy"],
    ),
    case("report", &["run --out run.html", "compared run --out both.html"], &["nowhere", "run --colour"]),
    case("plot", &["run", "run --list", "run survival", "run --charts pictures"], &["run survivl", "nowhere"]),
    case("diff", &["run run"], &["run nowhere"]),
    case("play", &["--page page.html --save saved.html"], &["--page two.toml", "--page nowhere.html"]),
    Case { command: "document", good: &["generated", "generated --check"], bad: &["nowhere --check"], code: 4 },
];

fn scenario() -> String {
    two_together(HEAD).replace("\"council\"\nsector", "\"=council\"\nsector")
}

/// The same with two faults.
fn broken() -> String {
    scenario().replace("quality", "qualty").replace("demand = 150", "demand = -150")
}

/// A folder with everything that the cases name.
fn workplace() -> TempDir {
    let page = page("docs/import.md");
    holding(&[
        ("two.toml", &scenario()),
        ("page.html", PLAYGROUND),
        ("broken.toml", &broken()),
        ("points.toml", EXPERIMENT),
        ("levers.toml", LEVERS),
        ("observed.csv", OBSERVED),
        ("choices.csv", CAMPSITE),
        ("table.csv", &block(&page, "csv", 0)),
        ("mapping.toml", &block(&page, "toml", 0)),
    ])
}

fn partnersim(folder: &TempDir, command: &str, arguments: &str) -> Output {
    let words = command.split(' ').chain(arguments.split_whitespace()).chain(["--format", "json"]);
    program::run(folder, &words.collect::<Vec<_>>())
}

/// The one document on standard output.
fn document(output: &Output) -> Value {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    assert!(text.ends_with("}\n") && text.matches('\n').count() == 1, "{text:.200}: {}", told(output));
    serde_json::from_str(text).unwrap()
}

fn published() -> Value {
    serde_json::from_str(&page("docs/answer.schema.json")).unwrap()
}

/// Says of each line of a file, a document, what the published schema finds wrong with it. The schema must itself be one by the words
/// of the standard.
const VALIDATES: &str = r#"
import json, pathlib, sys
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
schema = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
told = lambda fault: "" if fault is None else f"{fault.json_path}: {fault.message:.2000}"
refused = lambda line: told(best_match(validator.iter_errors(json.loads(line))))
print(json.dumps([refused(line) for line in open(sys.argv[2], encoding="utf-8")]))
"#;

/// What the schema finds wrong with each document, nothing where it takes it.
fn refused(documents: &[Value]) -> Vec<String> {
    let lines: String = documents.iter().map(|document| format!("{document}\n")).collect();
    let folder = holding(&[("documents", &lines)]);
    let (schema, documents) = (root().join("docs/answer.schema.json"), folder.path().join("documents"));
    let told = tools::python(VALIDATES, &[schema.as_os_str(), documents.as_os_str()]);
    serde_json::from_str(&told).unwrap()
}

/// Asserts that the schema takes all of them.
fn taken(documents: &[Value]) {
    if tools::are_there(&[Tool::Python]) {
        let refused = refused(documents);
        assert_eq!(refused.len(), documents.len());
        for (document, why) in documents.iter().zip(&refused) {
            assert_eq!(why, "", "{document:.2000}");
        }
    }
}

#[test]
fn every_command_prints_one_document_that_the_schema_takes_whether_it_succeeds_or_not() {
    let folder = workplace();
    let published = published();
    let known = published["properties"]["command"]["enum"].as_array().unwrap();
    let known: BTreeSet<&str> = known.iter().filter_map(Value::as_str).collect();
    assert_eq!(known, CASES.iter().map(|case| case.command).collect::<BTreeSet<_>>());
    let mut documents = Vec::new();
    for Case { command, good, bad, code } in CASES {
        for arguments in *good {
            let output = partnersim(&folder, command, arguments);
            let document = document(&output);
            assert_eq!(output.status.code(), Some(0), "{command} {arguments}: {}", told(&output));
            assert_eq!((&document["command"], &document["status"]), (&json!(command), &json!("complete")));
            documents.push(document);
        }
        for arguments in *bad {
            let output = partnersim(&folder, command, arguments);
            let document = document(&output);
            assert_eq!(output.status.code(), Some(*code), "{command} {arguments}: {}", told(&output));
            assert_eq!((&document["command"], &document["status"]), (&json!(command), &json!("failed")));
            assert_eq!(document["exit_code"], json!(code));
            // What a person is told stands on standard error as ever.
            let first = document["error"]["faults"][0]["message"].as_str().unwrap();
            assert!(flat(&told(&output)).contains(&flat(first)), "{first}: {}", told(&output));
            documents.push(document);
        }
    }
    taken(&documents);
}

#[test]
fn two_results_that_differ_are_an_answer_with_what_differs() {
    let folder = workplace();
    for (seed, out) in [("1", "a"), ("2", "b")] {
        program::ended(&folder, &["run", "two.toml", "--seed", seed, "--out", out, "--quiet"], 0);
    }
    let output = partnersim(&folder, "diff", "a b");
    assert_eq!(output.status.code(), Some(5), "{}", told(&output));
    let document = document(&output);
    assert_eq!((&document["status"], &document["exit_code"]), (&json!("complete"), &json!(5)));
    assert_eq!(document["answer"]["is_same"], json!(false));
    let differences = document["answer"]["differences"].as_array().unwrap();
    assert!(
        differences.iter().any(|one| one["found"][0].as_str().unwrap().contains("Seed: 1 against 2")),
        "{document}"
    );
    taken(&[document]);
}

#[test]
fn a_run_and_a_study_hold_the_figures_of_their_files_to_the_last_bit() {
    let folder = workplace();
    for (command, arguments) in
        [("run", "two.toml --out result"), ("analyse summary", "result --by ending --out other")]
    {
        let document = document(&partnersim(&folder, command, arguments));
        let answer = &document["answer"];
        let kept = folder.path().join(answer["folder"].as_str().unwrap());
        assert_eq!(answer["manifest"], manifest(&kept));
        let tables = answer["tables"].as_array().unwrap();
        assert!(!tables.is_empty());
        for table in tables {
            let records = records(&kept, table["file"].as_str().unwrap());
            let (columns, rows) = (table["columns"].as_array().unwrap(), table["rows"].as_array().unwrap());
            assert_eq!(rows.len(), records.len());
            for (row, record) in rows.iter().zip(&records) {
                assert_eq!(row.as_array().unwrap().len(), columns.len());
                for (cell, column) in row.as_array().unwrap().iter().zip(columns) {
                    let name = column["name"].as_str().unwrap();
                    match cell {
                        Value::Null => assert_eq!(record[name], "", "{name}"),
                        Value::Number(held) => {
                            assert_eq!(held.as_f64().map(f64::to_bits), Some(number(record, name).to_bits()), "{name}");
                        }
                        // What spreadsheets must not take for a formula needs no mark here.
                        text => assert_eq!(text.as_str().unwrap(), record[name].trim_start_matches('\'')),
                    }
                }
            }
        }
    }
}

#[test]
fn the_data_come_with_quiet_too_and_the_seed_is_text() {
    let folder = workplace();
    let document = document(&partnersim(&folder, "run", "two.toml --quiet --out result"));
    assert_eq!(document["answer"]["manifest"]["seed"], "18446744073709551615");
    assert_eq!(document["answer"]["tables"][3]["rows"][0][1], "=council");
    assert_eq!(document["answer"]["question"], "Will it last?");
}

#[test]
fn warnings_are_in_the_document_of_what_succeeds_and_of_what_fails_after_them() {
    let folder = workplace();
    let odd = scenario().replace("uniform = [0.2, 0.9]", "normal = [0.9, 0.1]");
    fs::write(folder.path().join("odd.toml"), odd).unwrap();
    let documents = ["odd.toml --out result", "odd.toml --out two.toml"].map(|arguments| {
        let output = partnersim(&folder, "run", arguments);
        let document = document(&output);
        let warning = &document["warnings"][0];
        assert_eq!(warning["file"], "odd.toml", "{document:.600}");
        assert!(warning["line"].as_u64() > Some(1) && told(&output).contains(warning["message"].as_str().unwrap()));
        assert_eq!(document["error"].is_null(), arguments.ends_with("result"));
        document
    });
    taken(&documents);
}

#[test]
fn every_fault_of_a_scenario_is_there_with_its_place_and_what_to_do() {
    let folder = workplace();
    let document = document(&partnersim(&folder, "run", "broken.toml"));
    let faults = document["error"]["faults"].as_array().unwrap();
    assert_eq!(faults.len(), 2, "{faults:?}");
    let line = |word: &str| 1 + broken().lines().position(|line| line.starts_with(word)).unwrap();
    for (fault, word) in faults.iter().zip(["qualty", "demand"]) {
        assert!(fault["message"].as_str().unwrap().contains(word), "{fault}");
        assert_eq!((&fault["file"], &fault["line"]), (&json!("broken.toml"), &json!(line(word))), "{fault}");
        assert_ne!(fault["help"], "");
    }
}

#[test]
fn a_result_without_some_replications_is_an_answer_with_an_error_beside_it() {
    let folder = workplace();
    let output = partnersim(&folder, "run", "two.toml --break-replication 7 --out result");
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    let document = document(&output);
    assert_eq!((&document["status"], &document["exit_code"]), (&json!("complete"), &json!(3)));
    assert!(document["error"]["message"].as_str().unwrap().contains("1 of 200 replications could not be computed"));
    assert_eq!(document["answer"]["manifest"]["replications_completed"], 199);
    assert!(document["answer"]["tables"].as_array().unwrap().iter().any(|table| table["name"] == "failures"));
    taken(&[document]);
}

#[test]
fn a_fault_of_the_program_is_a_document_too() {
    let folder = workplace();
    let output = partnersim(
        &folder,
        "run",
        "two.toml --replications 1000 --break-replication 1,2,3,4,5,6,7,8,9,10,11 --out result",
    );
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    let document = document(&output);
    assert_eq!((&document["status"], &document["answer"]), (&json!("failed"), &Value::Null));
    assert!(document["error"]["message"].as_str().unwrap().contains("please report it"));
    taken(&[document]);
}

#[cfg(unix)]
#[test]
fn what_an_interrupted_run_has_so_far_is_an_answer() {
    let folder = workplace();
    let words = "run two.toml --replications 50000000 --checkpoint-pause 1 --out long --format json";
    let mut program = program::partnersim(&folder);
    let mut child = program.args(words.split(' ')).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while !folder.path().join("long/.checkpoint").exists() {
        assert_eq!(child.try_wait().unwrap(), None, "it ended by itself");
        std::thread::yield_now();
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", told(&output));
    let document = document(&output);
    assert_eq!((&document["status"], &document["exit_code"]), (&json!("interrupted"), &json!(130)));
    assert!(document["error"]["message"].as_str().unwrap().contains("--resume"));
    assert!(document["answer"]["manifest"]["replications_completed"].as_u64() > Some(0));
    taken(&[document]);
}

#[test]
fn text_stays_text_and_help_stays_help() {
    let folder = workplace();
    let said = |arguments: &[&str]| {
        let output = program::run(&folder, arguments);
        (output.status.code(), said(&output))
    };
    let (code, text) = said(&["describe", "premium"]);
    assert_eq!((code, &said(&["describe", "premium", "--format", "text"]).1), (Some(0), &text));
    assert!(text.starts_with("premium (outcome)\n"));
    let (code, text) = said(&["run", "--help", "--format", "json"]);
    assert!(code == Some(0) && text.contains("--format"), "{text}");
    assert_eq!(said(&["run", "--format", "yaml"]), (Some(2), String::new()));
}

#[test]
fn the_schema_refuses_what_is_none_of_its_documents() {
    if !tools::are_there(&[Tool::Python]) {
        return;
    }
    let good = document(&partnersim(&workplace(), "describe", "premium"));
    let others = [
        ("schema", json!("partnersim answer 2")),
        ("command", json!("fly")),
        ("command", json!("run")),
        ("status", json!("failed")),
        ("exit_code", json!(2)),
        ("warnings", json!([{}])),
        ("answer", Value::Null),
        ("answer", json!({ "name": "premium" })),
        ("more", json!(1)),
    ];
    let other = |(key, value): &(&str, Value)| {
        let mut other = good.clone();
        other[*key] = value.clone();
        other
    };
    for (why, (key, value)) in refused(&others.iter().map(other).collect::<Vec<_>>()).iter().zip(&others) {
        assert_ne!(why, "", "{key} {value}");
    }
    taken(&[good]);
}

/// What a page says behind a fence with these words.
fn block(page: &str, fence: &str, at: usize) -> String {
    page.split(&format!("```{fence}\n")).nth(at + 1).unwrap().split_once("```").unwrap().0.to_string()
}

#[test]
fn the_commands_of_the_page_give_what_it_says() {
    let (page, folder) = (page("docs/json.md"), fresh_copy());
    let all = commands(&page);
    assert_eq!(all.len(), 1, "{all:?}");
    let (line, file) = all[0].split_once(" > ").unwrap();
    let mut words = words(line);
    assert_eq!(words.remove(0), "partnersim");
    let output = program::run(&folder, &words.iter().map(String::as_str).collect::<Vec<_>>());
    fs::write(folder.path().join(file), &output.stdout).unwrap();
    let summary = records(folder.path().join("results/town"), "summary.csv");
    let premium = summary.iter().find(|row| row["outcome"] == "premium_thousand_pounds").unwrap();
    let shell = |line: &str| {
        let path = Path::new(env!("CARGO_BIN_EXE_partnersim")).parent().unwrap();
        let path = format!("{}:{}", path.display(), std::env::var("PATH").unwrap_or_default());
        let ran = Command::new("sh").args(["-c", line]).env("PATH", path).current_dir(&folder).output().unwrap();
        assert!(ran.stderr.is_empty() || !ran.stdout.is_empty(), "{line}: {}", told(&ran));
        String::from_utf8(ran.stdout).unwrap()
    };
    if Command::new("jq").arg("--version").stdout(Stdio::null()).status().is_err() {
        eprintln!("skipped: there is no jq here");
    } else {
        let share: f64 = shell(&block(&page, "sh jq", 0)).trim().parse().unwrap();
        assert_eq!(share, number(premium, "share_above_target"));
        fs::write(folder.path().join("my_town.toml"), scenario().replace("demand = 150", "demand = -150")).unwrap();
        let told = shell(&block(&page, "sh jq", 1));
        assert!(told.contains(": `demand` is -150, below the least allowed (give a number from 0 "), "{told}");
    }
    if Command::new("python3").arg("--version").stdout(Stdio::null()).status().is_err() {
        eprintln!("skipped: there is no Python here");
    } else {
        fs::write(folder.path().join("example.py"), block(&page, "python", 0)).unwrap();
        let told = shell("python3 example.py");
        let kept = manifest(folder.path().join("results/talk"));
        assert!(told.starts_with(kept["findings"][0].as_str().unwrap()), "{told}");
        assert!(told.contains("paired "), "{told}");
    }
}
