//! Results of every kind that a page is made about, and the page of each: for the tests of commands, and for those in a browser.

pub use crate::program::ended as partnersim;
use crate::workplace::two_together;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use tempfile::TempDir;

/// What the scenario of two partners says of this besides.
const HEAD: &str = "question = \"Will it last?\"\nhorizon_months = 12\nreplications = 300\nseed = 7\n";

const MORE: &str = "
[communication]
quality = { pert = [0.3, 0.6, 0.9] }

[membership]
exit_hazard = 0.02
";

const EXPERIMENT: &str = r#"
title = "What matters, and where it fails"
question = "On what does the premium depend?"
scenario = "two.toml"
replications = 16
seed = 3
outcomes = ["premium", "P(premium > 0)"]

[design]
kind = "saltelli"
base = 32

[discovery]
when = "premium > 10"

[[factor]]
name = "quality"
path = "communication.quality"
from = "scenario"

[[factor]]
name = "trust"
path = "trust.initial"
range = [0.2, 0.8]
"#;

/// Names that would become markup, a script or an address, or turn the order of signs round, if they were not taken for text.
const HOSTILE: [&str; 6] = [
    "<script>window.harmed = 1</script>",
    "\\\"><img src=x onerror=\\\"window.harmed = 2\\\">",
    "javascript:window.harmed=3",
    "]]></title></style></svg><svg onload=window.harmed=4>",
    "\\u202Eeht ,gnorw\\u2066",
    "&lt;b&gt; {{7*7}} ${window.harmed=5} `x`",
];

fn scenario() -> String {
    two_together(HEAD) + MORE
}

/// A folder with a run, a comparison, an experiment and a run with hostile names, and the page of each; made once.
pub fn workplace() -> &'static Path {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let workplace = tempfile::tempdir().unwrap();
        let folder = workplace.path();
        fs::write(folder.join("two.toml"), scenario()).unwrap();
        fs::write(folder.join("e.toml"), EXPERIMENT).unwrap();
        fs::write(folder.join("hostile.toml"), hostile()).unwrap();
        let changes = ["--variant", "pool <b>more</b>: contributions.pooled_share=0.6; communication.quality=0.8"];
        let variant = ["--variant", "one: communication.quality=0.9"];
        partnersim(folder, &["run", "two.toml", "-q", "--out", "run"], 0);
        partnersim(folder, &["run", "hostile.toml", "-q", "--out", "hostile"], 0);
        let compare = ["compare", "two.toml", "--replications", "200", "-q", "--out", "comparison"];
        partnersim(folder, &[&compare[..], &changes[..], &variant[..]].concat(), 0);
        partnersim(folder, &["experiment", "e.toml", "-q", "--out", "experiment"], 0);
        for result in RESULTS {
            partnersim(folder, &["report", result, "-q"], 0);
        }
        workplace
    });
    made.path()
}

/// The folders of the results; the page of each is beside it.
pub const RESULTS: [&str; 4] = ["run", "comparison", "experiment", "hostile"];

/// The scenario with hostile names wherever a scenario has names.
fn hostile() -> String {
    let [script, image, address, ends, turned, braces] = HOSTILE;
    let long = "long ".repeat(20) + &"w".repeat(10_000);
    scenario()
        .replace("\"Two together\"", &format!("\"{script} {ends} {turned}\""))
        .replace(
            "\"Will it last?\"",
            &format!("\"{image} {address} {long}\"\nsources = [\"{braces} {image}\", \"{address}\"]"),
        )
        .replace("name = \"council\"", &format!("name = \"{image}\""))
        .replace("sector = \"council\"", &format!("sector = \"{ends}\""))
        .replace("name = \"charity\"", &format!("name = \"{script}\""))
        .replace("name = \"help at home\"", &format!("name = \"{address}\""))
}
