//! A folder of its own to run commands in, and the small scenarios that most of them are about.

use std::fs;
use tempfile::TempDir;

/// Two partners with skills of their own, and a need that asks for both.
const TWO: &str = r#"
[[partner]]
name = "council"
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

/// As little as two can be, over three months: for runs of very many replications.
const LEAST: &str = r#"
horizon_months = 3
replications = 1000
seed = 7

[[partner]]
name = "council"

[[partner]]
name = "charity"
resources.money = 40

[[need]]
name = "help at home"
skills = { social = 1 }
"#;

/// The scenario of two partners, with what a test says of it before they are listed.
pub fn two_together(head: &str) -> String {
    format!("title = \"Two together\"\n{head}{TWO}")
}

/// A folder with these files in it.
pub fn holding(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// A folder with the least scenario in it, `two.toml`.
pub fn of_the_least() -> TempDir {
    holding(&[("two.toml", LEAST)])
}
