//! The words of one language, each under its dotted key.

use crate::faults::Faults;
use std::collections::{BTreeMap, BTreeSet};
use toml::Value;

/// The forms that a text may have by how many things it tells of.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// A language.
#[derive(Debug)]
pub struct Language {
    /// The name of its file: `en`.
    pub code: String,
    /// Every text by its key, with its forms; one that does not count has the form `other` only.
    pub texts: BTreeMap<String, BTreeMap<String, String>>,
    /// Keys of what is no text.
    strange: Vec<String>,
}

impl Language {
    /// Takes the file of a language.
    ///
    /// # Errors
    /// When it is no TOML.
    pub fn read(code: &str, file: &str) -> Result<Language, Faults> {
        let words: toml::Table =
            toml::from_str(file).map_err(|error| Faults::one(format!("{code}.toml: {}", error.to_string().trim())))?;
        let mut language = Language { code: code.to_string(), texts: BTreeMap::new(), strange: Vec::new() };
        language.take("", &Value::Table(words));
        Ok(language)
    }

    fn take(&mut self, key: &str, value: &Value) {
        let below = |name: &str| if key.is_empty() { name.to_string() } else { format!("{key}.{name}") };
        match value {
            Value::String(text) => {
                self.texts.insert(key.to_string(), BTreeMap::from([("other".to_string(), text.clone())]));
            }
            Value::Table(forms) if has_forms(forms) => {
                let forms = forms.iter().filter_map(|(form, text)| Some((form.clone(), text.as_str()?.to_string())));
                self.texts.insert(key.to_string(), forms.collect());
            }
            Value::Table(table) => table.iter().for_each(|(name, value)| self.take(&below(name), value)),
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(at, value)| self.take(&below(&at.to_string()), value));
            }
            _ => self.strange.push(key.to_string()),
        }
    }

    /// What is wrong with it alone.
    pub fn odd(&self) -> Vec<String> {
        let file = format!("{}.toml", self.code);
        let mut wrong: Vec<String> = self.strange.iter().map(|key| format!("{file}: {key} is no text")).collect();
        if self.texts.get("language.code").and_then(|forms| forms.get("other")) != Some(&self.code) {
            wrong.push(format!("{file}: language.code must be \"{}\", the name of the file", self.code));
        }
        for (key, forms) in &self.texts {
            if forms.values().any(|text| text.trim().is_empty()) {
                wrong.push(format!("{file}: {key} is empty"));
            }
            let all = blanks(&forms["other"]);
            for (form, text) in forms {
                for blank in blanks(text).difference(&all) {
                    wrong.push(format!("{file}: {key}.{form} fills in {{{blank}}}, which {key}.other does not"));
                }
            }
        }
        wrong
    }

    /// Where it does not fit the language that it translates.
    pub fn misfits(&self, first: &Language) -> Vec<String> {
        let file = format!("{}.toml", self.code);
        let mut wrong = Vec::new();
        for (key, forms) in &first.texts {
            let Some(own) = self.texts.get(key) else {
                wrong.push(format!("{file} lacks {key}: \"{}\"", forms["other"]));
                continue;
            };
            let (wanted, found) = (blanks(&forms["other"]), blanks(&own["other"]));
            if wanted != found {
                wrong.push(format!(
                    "{file}: {key} fills in {}, and {}.toml {}",
                    told(&found),
                    first.code,
                    told(&wanted)
                ));
            }
        }
        let beyond = self.texts.keys().filter(|key| !first.texts.contains_key(*key));
        wrong.extend(beyond.map(|key| format!("{file} has {key}, which {}.toml does not", first.code)));
        wrong
    }
}

fn has_forms(table: &toml::Table) -> bool {
    let is_form = |(name, value): (&String, &Value)| FORMS.contains(&name.as_str()) && value.is_str();
    table.contains_key("other") && table.iter().all(is_form)
}

/// The names in braces: what the page fills in.
pub fn blanks(text: &str) -> BTreeSet<String> {
    let names = text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name);
    let is_name = |name: &&str| !name.is_empty() && name.chars().all(|sign| sign.is_alphanumeric() || sign == '_');
    names.filter(is_name).map(str::to_string).collect()
}

fn told(blanks: &BTreeSet<String>) -> String {
    let names: Vec<String> = blanks.iter().map(|name| format!("{{{name}}}")).collect();
    if names.is_empty() { "nothing".to_string() } else { names.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "[language]\ncode = \"en\"\n[run]\ndone = \"{done} of {of}\"\nleft = { one = \"one month\", other = \"{count} months\" }\n\
                           [lesson]\nquestions = [{ question = \"Why?\" }]\n";

    #[test]
    fn a_language_that_says_the_same_fits() {
        let english = Language::read("en", ENGLISH).unwrap();
        let keys: Vec<&str> = english.texts.keys().map(String::as_str).collect();
        assert_eq!(keys, ["language.code", "lesson.questions.0.question", "run.done", "run.left"]);
        // Polish has more forms.
        let polish =
            ENGLISH.replace("\"en\"", "\"pl\"").replace("one month\",", "miesiąc\", few = \"{count} miesiące\",");
        let polish = Language::read("pl", &polish).unwrap();
        assert_eq!((english.odd(), polish.odd(), polish.misfits(&english)), (Vec::new(), Vec::new(), Vec::new()));
    }

    #[test]
    fn what_a_translation_lacks_invents_or_fills_in_otherwise_is_told() {
        let english = Language::read("en", ENGLISH).unwrap();
        let german =
            "[language]\ncode = \"ge\"\n[run]\ndone = \"{done} von {off}\"\nleft = \" \"\nright = 3\nmore = \"mehr\"\n";
        let german = Language::read("de", german).unwrap();
        assert_eq!(
            german.odd(),
            [
                "de.toml: run.right is no text",
                "de.toml: language.code must be \"de\", the name of the file",
                "de.toml: run.left is empty"
            ]
        );
        assert_eq!(
            german.misfits(&english),
            [
                "de.toml lacks lesson.questions.0.question: \"Why?\"",
                "de.toml: run.done fills in {done} {off}, and en.toml {done} {of}",
                "de.toml: run.left fills in nothing, and en.toml {count}",
                "de.toml has run.more, which en.toml does not",
            ]
        );
    }
}
