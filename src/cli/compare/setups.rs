//! Which set-ups are compared: several files, or one file and changes to it.

use super::super::failure::Failure;
use super::super::reading::ScenarioText;
use super::super::scenario_arguments::Changes;
use crate::output::comparison::Setup;
use crate::scenario::Override;
use crate::scenario::diagnostic::Diagnostic;
use std::path::PathBuf;

/// What the set-up of all `--set` together is called where they are too many to be its name.
const CHANGED: &str = "variant";
/// Letters at most of the changes that are a set-up's name.
const LONGEST_CHANGES: usize = 40;
/// Letters of the name of a folder at most.
const LONGEST_NAME: usize = 80;

/// A set-up before it is read.
struct Asked<'a> {
    text: &'a ScenarioText,
    /// Its name, where it is not that of the file.
    name: Option<String>,
    changes: Vec<Override>,
}

/// Reads all set-ups; every fault of any of them is told. All have the seed and the number of replications of the first.
pub fn read(files: &[PathBuf], changes: &Changes, variants: &[String]) -> Result<Vec<Setup>, Failure> {
    let mut faults: Vec<Diagnostic> = Vec::new();
    let mut texts = Vec::new();
    for file in files {
        match ScenarioText::read(file) {
            Ok(text) => texts.push(text),
            Err(fault) => faults.extend(fault),
        }
    }
    if !faults.is_empty() {
        return Err(Failure::Scenario(faults));
    }
    let of_sheet = match &texts[..] {
        [text] if changes.set.is_empty() && variants.is_empty() => text.set_ups(),
        _ => Vec::new(),
    };
    let variants = if of_sheet.is_empty() { check(files, changes, variants)? } else { of_sheet };
    let asked = asked(&texts, &changes.set, variants);
    let of_all = Changes { set: Vec::new(), ..changes.clone() }.overrides();
    let mut common: Vec<Override> = Vec::new();
    let mut setups: Vec<Setup> = Vec::new();
    for asked in asked {
        match asked.text.load(&[asked.changes, common.clone(), of_all.clone()].concat()) {
            Err(more) => faults.extend(more.into_iter().filter(|fault| !faults.contains(fault)).collect::<Vec<_>>()),
            Ok(scenario) => {
                if setups.is_empty() {
                    let of_first = |path: &str, value: String| Override { path: path.to_string(), value };
                    common = vec![
                        of_first("replications", scenario.replications.to_string()),
                        of_first("seed", scenario.seed.to_string()),
                    ];
                }
                setups.push(Setup { name: asked.name.unwrap_or_else(|| scenario.name.clone()), scenario });
            }
        }
    }
    if !faults.is_empty() {
        return Err(Failure::Scenario(faults));
    }
    distinct(&setups)?;
    Ok(setups)
}

/// Whether files and changes make two set-ups or more; the variants read.
fn check(files: &[PathBuf], changes: &Changes, variants: &[String]) -> Result<Vec<(String, Vec<Override>)>, Failure> {
    let (is_changed, is_varied) = (!changes.set.is_empty(), !variants.is_empty());
    let fault = match (files.len(), is_changed, is_varied) {
        (1, false, false) => {
            "one file alone is nothing to compare: give another file, --set PATH=VALUE or --variant 'NAME: PATH=VALUE', or a workbook with set-ups"
        }
        (1, true, true) => "--set and --variant do not go together: write the changes of every variant into it",
        (1, _, _) | (_, false, false) => "",
        _ => "--set and --variant make set-ups of one file: give one file, or write the changes into the files",
    };
    if !fault.is_empty() {
        return Err(Failure::Input(fault.to_string()));
    }
    let read = variants.iter().map(|text| variant(text)).collect::<Vec<_>>();
    let mut faults: Vec<String> = read.iter().filter_map(|read| read.as_ref().err().cloned()).collect();
    let read: Vec<(String, Vec<Override>)> = read.into_iter().filter_map(Result::ok).collect();
    let every = changes.set.iter().chain(read.iter().flat_map(|(_, changes)| changes));
    faults.extend(every.filter(|change| ["seed", "replications"].contains(&change.path.as_str())).map(|change| {
        format!("all set-ups have the same {0}: give --{0} {1} for all of them", change.path, change.value)
    }));
    if faults.is_empty() { Ok(read) } else { Err(Failure::Input(faults.join("\nerror: "))) }
}

/// Name and changes of `NAME: path=value; path=value`.
fn variant(text: &str) -> Result<(String, Vec<Override>), String> {
    let form = "write it as 'NAME: path=value; path=value', as in 'better talk: communication.quality=0.8'";
    let Some((name, changes)) = text.split_once(':').filter(|(name, _)| !name.trim().is_empty() && !name.contains('='))
    else {
        return Err(format!("the variant `{text}` has no name: {form}"));
    };
    let changes = parts(changes).into_iter().map(|change| Override::parse(&change)).collect::<Result<Vec<_>, _>>();
    let changes = changes.map_err(|fault| format!("the variant `{}`: {fault}", name.trim()))?;
    if changes.is_empty() {
        return Err(format!("the variant `{}` changes nothing: {form}", name.trim()));
    }
    Ok((name.trim().to_string(), changes))
}

/// What stands between semicolons that are in neither quotes nor brackets.
fn parts(text: &str) -> Vec<String> {
    let (mut quote, mut depth) = (None, 0_usize);
    let split = text.split(|character: char| {
        match (quote, character) {
            (Some(open), _) if open == character => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']') => depth = depth.saturating_sub(1),
            _ => {}
        }
        character == ';' && quote.is_none() && depth == 0
    });
    split.map(str::trim).filter(|part| !part.is_empty()).map(str::to_string).collect()
}

/// The set-ups in their order, the one that all are held against first.
fn asked<'a>(texts: &'a [ScenarioText], set: &[Override], variants: Vec<(String, Vec<Override>)>) -> Vec<Asked<'a>> {
    let as_it_is = |text| Asked { text, name: None, changes: Vec::new() };
    let mut asked: Vec<Asked> = texts.iter().map(as_it_is).collect();
    let Some(text) = texts.first() else { return asked };
    if !set.is_empty() {
        asked.push(Asked { text, name: Some(named(set)), changes: set.to_vec() });
    }
    asked.extend(variants.into_iter().map(|(name, changes)| Asked { text, name: Some(name), changes }));
    asked
}

/// A set-up named by its changes where they are few: `communication.quality 0.8`; where that is long, by the last words of their
/// paths: `quality 0.8, pooled_share 0.5`.
fn named(set: &[Override]) -> String {
    let told = |path: &dyn Fn(&Override) -> String| {
        let each = set.iter().map(|change| match change.value.trim_matches(['"', '\'']) {
            // An uncertainty, or an intervention with all that belongs to it: levers.csv tells the whole of it.
            value if value.starts_with(['{', '[']) || value.is_empty() => path(change),
            value => format!("{} {value}", path(change)),
        });
        Some(each.collect::<Vec<_>>().join(", ")).filter(|name| name.chars().count() <= LONGEST_CHANGES)
    };
    let last_word = |change: &Override| change.path.rsplit('.').next().unwrap_or_default().to_string();
    let mut last_words: Vec<String> = set.iter().map(last_word).collect();
    last_words.sort();
    last_words.dedup();
    let in_short = || told(&last_word).filter(|_| last_words.len() == set.len());
    told(&|change| change.path.clone()).or_else(in_short).unwrap_or_else(|| CHANGED.to_string())
}

/// Tables and sentences tell set-ups apart by name.
fn distinct(setups: &[Setup]) -> Result<(), Failure> {
    for (position, setup) in setups.iter().enumerate() {
        if setups[..position].iter().any(|other| other.name == setup.name) {
            return Err(Failure::Input(format!(
                "two set-ups have the name {}: each file, without its ending, and each variant needs one of its own",
                setup.name
            )));
        }
    }
    Ok(())
}

/// A name for the folder of the result: all names, with nothing in them that a file system minds.
pub fn folder_name(names: &[&str]) -> String {
    let plain = |name: &&str| -> String {
        let letters =
            name.chars().map(|letter| if letter.is_alphanumeric() || "-.".contains(letter) { letter } else { '_' });
        letters.collect()
    };
    let name = names.iter().map(plain).collect::<Vec<_>>().join("_vs_");
    name.chars().take(LONGEST_NAME).collect::<String>().trim_start_matches('.').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variant_is_read_with_its_name_and_all_its_changes() {
        let (name, changes) =
            variant("better talk: communication.quality=0.8; partner.\"a;b\".autonomy=0.1 ;").unwrap();
        assert_eq!((name.as_str(), changes.len()), ("better talk", 2));
        assert_eq!(changes[1].path, "partner.\"a;b\".autonomy");
        for (text, words) in [
            ("communication.quality=0.8", "has no name"),
            (": a=1", "has no name"),
            ("empty:", "changes nothing"),
            ("bad: quality", "not of the form path=value"),
        ] {
            assert!(variant(text).unwrap_err().contains(words), "{text}");
        }
    }

    #[test]
    fn a_variant_may_hold_whole_tables_and_quotes() {
        let text = "facilitator: intervention.facilitator={ kind = \"facilitated_events\", start = 1, end = 36; x = 'a;}' }; b=[1; 2]; c='d;e'";
        let (name, changes) = variant(text).unwrap();
        assert_eq!((name.as_str(), changes.len()), ("facilitator", 3));
        assert_eq!(changes[0].path, "intervention.facilitator");
        assert!(changes[0].value.starts_with("{ kind =") && changes[0].value.ends_with("'a;}' }"), "{changes:?}");
        assert_eq!((changes[1].value.as_str(), changes[2].value.as_str()), ("[1; 2]", "'d;e'"));
    }

    #[test]
    fn few_changes_are_the_name_of_their_set_up() {
        let of =
            |changes: &[&str]| named(&changes.iter().map(|text| Override::parse(text).unwrap()).collect::<Vec<_>>());
        assert_eq!(of(&["trust.initial=0.8", "governance.form=\"lead\""]), "trust.initial 0.8, governance.form lead");
        let two = ["communication.quality=0.8", "contributions.pooled_share=0.5"];
        assert_eq!(of(&two), "quality 0.8, pooled_share 0.5");
        assert_eq!(of(&["trust.initial={ uniform = [0.2, 0.4] }"]), "trust.initial");
        assert_eq!(
            of(&["morale.initial=0.81", "trust.initial=0.8", "tension.initial=0.8"]),
            CHANGED,
            "which is which?"
        );
    }

    #[test]
    fn a_folder_is_named_after_its_set_ups_without_what_a_file_system_minds() {
        assert_eq!(folder_name(&["town", "better talk"]), "town_vs_better_talk");
        assert_eq!(folder_name(&["../x", "a/b:c=0.5"]), "_x_vs_a_b_c_0.5");
        assert!(folder_name(&["x".repeat(100).as_str(), "y"]).len() <= LONGEST_NAME);
    }
}
