//! A set-up as the page gives it, text and changes, and the scenario it stands for or what is wrong with it.

use partnersim::scenario::diagnostic::Diagnostic;
use partnersim::scenario::{Override, Scenario, load};
use serde::{Deserialize, Serialize};

/// A scenario with changes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// Its name: that of a file without its ending.
    pub name: String,
    /// The text of the scenario.
    pub text: String,
    /// Path and new value of each change, as `--set` takes them; a later one wins.
    #[serde(default)]
    pub changes: Vec<(String, String)>,
}

/// What is wrong, or odd, with a set-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Position of the set-up in the request.
    pub setup: usize,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What is allowed and what to do.
    pub help: String,
    /// Line in the text or in the change, from 1.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// The whole line.
    pub text: Option<String>,
    /// Position of the change it stands in; none where it is in the text or in the whole.
    pub change: Option<usize>,
}

impl Setup {
    /// The scenario with these and further changes, which are not the page's.
    ///
    /// # Errors
    /// Every fault, of the set-up at position `at` of a request.
    pub fn load(&self, at: usize, further: &[Override]) -> Result<Scenario, Vec<Fault>> {
        let changes = self.changes.iter().map(|(path, value)| Override { path: path.clone(), value: value.clone() });
        let changes: Vec<Override> = changes.chain(further.iter().cloned()).collect();
        let loaded = load(&self.text, &format!("{}.toml", self.name), &changes, &no_files);
        loaded.map_err(|faults| self.faults(at, &faults))
    }

    /// Diagnostics as the page takes them.
    pub fn faults(&self, at: usize, found: &[Diagnostic]) -> Vec<Fault> {
        found.iter().map(|one| self.fault(at, one)).collect()
    }

    fn fault(&self, at: usize, found: &Diagnostic) -> Fault {
        let place = found.place.as_ref();
        let change = place.filter(|place| place.file == "--set").and_then(|place| {
            // A change knows its own text, not its number; of two alike the later one is in force.
            self.changes.iter().rposition(|(path, value)| {
                let whole = format!("{path}={value}");
                whole.lines().nth(place.line - 1).is_some_and(|line| line.starts_with(&place.text))
            })
        });
        Fault {
            setup: at,
            message: found.message.clone(),
            help: found.help.clone(),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            text: place.map(|place| place.text.clone()),
            change,
        }
    }
}

/// Nothing is read beside the text.
pub(crate) fn no_files(_: &str) -> Result<Vec<u8>, String> {
    Err("a scenario on a page cannot name files: write the partners into it".to_string())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A small scenario for tests.
    pub const TOWN: &str = r#"
title = "Help in a town"
question = "Does it last?"
horizon_months = 12
replications = 300
seed = "18446744073709551615"
[[partner]]
name = "council"
sector = "council"
skills = { clinical = 0.2, social = 0.8 }
[[partner]]
name = "clinic"
sector = "hospital"
resources = { money = 60, staff = 8 }
skills = { clinical = 0.9, social = 0.1 }
[[partner]]
name = "charity <b>"
sector = "charity"
resources = { money = { pert = [20, 30, 50] }, staff = 5 }
[[need]]
name = "help at home"
skills = { clinical = 0.5, social = 0.5 }
[[event]]
name = "reform"
kind = "policy_change"
month = 4
[[intervention]]
name = "away days"
kind = "facilitated_events"
start = 2
dose = 1
cost = 2
decay = 0.1
end = 10
partners = ["council", "clinic"]
[communication]
quality = { pert = [0.3, 0.6, 0.9] }
[targets]
premium = 50
"#;

    /// The set-up of these changes.
    pub fn setup(name: &str, changes: &[(&str, &str)]) -> Setup {
        let changes = changes.iter().map(|(path, value)| (path.to_string(), value.to_string())).collect();
        Setup { name: name.to_string(), text: TOWN.to_string(), changes }
    }

    #[test]
    fn a_fault_names_the_change_it_stands_in() {
        let changes = [("trust.initial", "0.5"), ("comunication.quality", "0.8"), ("trust.initial", "2")];
        let faults = setup("town", &changes).load(1, &[]).unwrap_err();
        let told: Vec<_> = faults.iter().map(|fault| (fault.setup, fault.change, fault.line)).collect();
        assert_eq!(told, [(1, Some(1), Some(1)), (1, Some(2), Some(1))], "{faults:#?}");
        assert!(faults[0].help.contains("communication.quality"));
    }

    #[test]
    fn a_fault_of_the_text_has_its_line_and_one_of_the_whole_has_none() {
        let broken = Setup { text: "title = \"x\"\nhorizon_months = -1\n".to_string(), ..setup("town", &[]) };
        let faults = broken.load(0, &[]).unwrap_err();
        assert_eq!((faults[0].line, faults[0].change), (Some(2), None));
        assert!(faults.iter().any(|fault| fault.line.is_none()), "that there are no partners: {faults:#?}");
    }

    #[test]
    fn hostile_texts_are_refused_in_words() {
        let refused = |text: String| {
            let faults = Setup { text, ..setup("town", &[]) }.load(0, &[]).unwrap_err();
            faults.into_iter().map(|fault| fault.message).collect::<Vec<_>>().join("; ")
        };
        assert!(refused(String::new()).contains("empty"));
        assert!(refused("x".repeat(5 << 20)).contains("MiB"));
        assert!(refused("a = [".repeat(100_000)).len() > 10);
        assert!(refused("<script>alert(1)</script>".to_string()).len() > 10);
        assert!(refused("partners = \"/etc/passwd\"".to_string()).contains("cannot name files"));
        let many = format!("{}\n[[partner]]\nname = \"x\"\ncount = 1000000000\n", setup("town", &[]).text);
        assert!(refused(many).contains("count"));
    }
}
