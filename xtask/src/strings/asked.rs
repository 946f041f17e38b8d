//! The keys that the page asks for, against those that are there.

use super::File;
use super::language::{Language, blanks};
use super::literals::{Literal, literals};
use std::collections::BTreeSet;

/// Tables whose keys are made from names in the data: what the model declares, the lessons, the language itself, what teachers get on paper.
const BY_NAME: [&str; 4] = ["model.", "lesson.", "language.", "teaching."];

/// Endings by which a text is the name of a file and no key: `results.csv`.
const FILES: [&str; 8] = [".csv", ".svg", ".png", ".toml", ".json", ".html", ".mjs", ".txt"];

/// What is asked for and not there, and what a text wants filled in and is not given.
pub fn missing(files: &[File], words: &Language) -> Vec<String> {
    let mut wrong = Vec::new();
    for (file, text) in files {
        if file.ends_with(".html") {
            let lost = keys_of_frame(text).into_iter().filter(|key| !words.texts.contains_key(key));
            wrong.extend(lost.map(|key| format!("{file} asks for {key}, which en.toml does not have")));
            continue;
        }
        for literal in literals(text) {
            let place = format!("{file}, line {}", literal.line);
            if (is_argument(text, &literal) || looks_like_a_key(&literal, words)) && !finds(&literal, words) {
                let key = literal.parts.join("…");
                wrong.push(format!("{place}: asks for {key}, which en.toml does not have"));
            }
            wrong.extend(unfilled(text, &literal, words).iter().map(|told| format!("{place}: {told}")));
        }
    }
    wrong
}

/// What is there and nobody asks for.
pub fn never(files: &[File], words: &Language) -> Vec<String> {
    let mut asked: Vec<Vec<String>> = Vec::new();
    for (file, text) in files {
        match file.ends_with(".html") {
            true => asked.extend(keys_of_frame(text).into_iter().map(|key| vec![key])),
            false => asked.extend(literals(text).into_iter().map(|literal| literal.parts)),
        }
    }
    let asked: Vec<Vec<String>> = asked.into_iter().filter(|parts| parts[0].contains('.')).collect();
    let is_asked = |key: &str| asked.iter().any(|parts| matches(parts, key));
    let by_page = words.texts.keys().filter(|key| !BY_NAME.iter().any(|table| key.starts_with(table)));
    by_page
        .filter(|key| !is_asked(key))
        .map(|key| format!("en.toml has {key}, which the page never asks for"))
        .collect()
}

/// The keys of `data-text="…"` and `data-label="…"`.
fn keys_of_frame(html: &str) -> BTreeSet<String> {
    let of = |name: &str| {
        html.split(&format!("{name}=\""))
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .map(str::to_string)
            .collect::<Vec<_>>()
    };
    of("data-text").into_iter().chain(of("data-label")).collect()
}

/// Whether a text is what `text(` or `texts(` is called with.
fn is_argument(script: &str, literal: &Literal) -> bool {
    let before = script[..literal.start].trim_end();
    ["text(", "texts("].iter().any(|call| {
        let rest = before.strip_suffix(call);
        rest.is_some_and(|rest| !rest.ends_with(|sign: char| sign.is_alphanumeric() || sign == '_' || sign == '.'))
    })
}

/// Whether a text can be nothing but a key: `page.title`, where there is a table `page`.
fn looks_like_a_key(literal: &Literal, words: &Language) -> bool {
    let Some(text) = literal.plain() else { return false };
    let is_dotted = text.contains('.')
        && text
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(|sign| sign.is_ascii_lowercase() || sign == '_'));
    let table = text.split('.').next().unwrap_or_default();
    let has_table = words.texts.keys().any(|key| key.split('.').next() == Some(table));
    is_dotted && has_table && !FILES.iter().any(|ending| text.ends_with(ending))
}

/// Whether at least one text stands under such a key, or below it.
fn finds(literal: &Literal, words: &Language) -> bool {
    words.texts.keys().any(|key| matches(&literal.parts, key))
}

/// Whether a key is one that the parts of a text make, with something put in between, or stands below it.
fn matches(parts: &[String], key: &str) -> bool {
    let Some(mut rest) = key.strip_prefix(parts[0].as_str()) else { return false };
    for part in &parts[1..] {
        match rest.find(part.as_str()) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    // What ends in something put in may end anywhere; one that ends in a dot goes on by adding a name.
    let is_open = parts.last().is_some_and(|last| last.is_empty() || last.ends_with('.'));
    rest.is_empty() || rest.starts_with('.') || is_open
}

/// What a text wants filled in, `{n}`, and the call does not give.
fn unfilled(script: &str, literal: &Literal, words: &Language) -> Vec<String> {
    let Some(forms) = literal.plain().and_then(|key| words.texts.get(key)).filter(|_| is_argument(script, literal))
    else {
        return Vec::new();
    };
    let Some(given) = given(script[literal.end..].trim_start()) else { return Vec::new() };
    let key = literal.parts.concat();
    let wanted = blanks(&forms["other"]);
    let lacking = wanted.iter().filter(|name| !given.contains(*name));
    let mut wrong: Vec<String> = lacking.map(|name| format!("{key} wants {{{name}}} filled in")).collect();
    if forms.len() > 1 && !given.contains("count") {
        wrong.push(format!("{key} has forms by number and wants a count"));
    }
    wrong
}

/// The names that the rest of a call gives: `, { n: 7, of })`. `None` where that cannot be read.
fn given(rest: &str) -> Option<BTreeSet<String>> {
    if rest.starts_with(')') {
        return Some(BTreeSet::new());
    }
    let rest = rest.strip_prefix(',')?.trim_start().strip_prefix('{')?;
    let (mut depth, mut entry, mut entries) = (0_usize, String::new(), Vec::new());
    for sign in rest.chars() {
        match sign {
            '}' if depth == 0 => break,
            ',' if depth == 0 => entries.push(std::mem::take(&mut entry)),
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 0 || sign != ',' {
            entry.push(sign);
        }
    }
    entries.push(entry);
    if entries.iter().any(|entry| entry.trim().starts_with("...")) {
        return None;
    }
    Some(entries.iter().map(|entry| entry.split(':').next().unwrap_or_default().trim().to_string()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Language {
        let file = "[page]\ntitle = \"T\"\nidle = \"I\"\n[run]\ndone = \"{done} of {of}\"\nmonths = { one = \"a month\", other = \"{count} months\" }\n\
                    [end]\nalive = \"A\"\nbroken = \"B\"\n[lesson.x]\ntitle = \"X\"\n";
        Language::read("en", file).unwrap()
    }

    fn files(script: &str) -> Vec<File> {
        vec![
            ("a.mjs".to_string(), script.to_string()),
            ("index.html".to_string(), "<h1 data-text=\"page.title\"></h1>".to_string()),
        ]
    }

    #[test]
    fn what_the_page_asks_for_is_there() {
        let sound = "text(\"run.done\", { done, of: a.map((b) => [b, 1]) }); text(`end.${ending}`); text(\"run.months\", { count: 3 });\n\
                     const key = isLate ? \"page.idle\" : \"page.title\"; save(\"run.csv\"); text(key); text(\"run.done\", { ...all });\n";
        assert_eq!(missing(&files(sound), &words()), Vec::<String>::new());
        assert_eq!(never(&files(sound), &words()), Vec::<String>::new());
    }

    #[test]
    fn what_is_not_there_not_filled_in_or_never_asked_for_is_told() {
        let script = "text(\"run.lost\");\ntext(\"run.done\", { done: f(1, 2) });\ntext(\"run.months\");\nconst key = \"page.tilte\";\ntext(`ends.${x}`);\n";
        assert_eq!(
            missing(&files(script), &words()),
            [
                "a.mjs, line 1: asks for run.lost, which en.toml does not have",
                "a.mjs, line 2: run.done wants {of} filled in",
                "a.mjs, line 3: run.months wants {count} filled in",
                "a.mjs, line 3: run.months has forms by number and wants a count",
                "a.mjs, line 4: asks for page.tilte, which en.toml does not have",
                "a.mjs, line 5: asks for ends.…, which en.toml does not have",
            ]
        );
        let never = never(&files(script), &words());
        assert_eq!(never.len(), 3, "{never:?}");
        assert!(
            never[0].contains("end.alive") && never[1].contains("end.broken") && never[2].contains("page.idle"),
            "{never:?}"
        );
        let frame = vec![("index.html".to_string(), "<p data-label=\"page.lost\">".to_string())];
        assert_eq!(missing(&frame, &words()), ["index.html asks for page.lost, which en.toml does not have"]);
    }
}
