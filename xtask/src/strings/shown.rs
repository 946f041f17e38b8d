//! Words that a reader would see and no translator would find: in scripts and in the frame.

use super::File;
use super::literals::literals;

/// What stands before a text of several words that nobody reads: names for style sheets and selectors, and what only engineers see.
const UNSEEN: [&str; 20] = [
    "class:",
    "className =",
    "\"class\",",
    "classList.add(",
    "querySelector(",
    "querySelectorAll(",
    "closest(",
    "closest?.(",
    "matches(",
    "matchMedia(",
    "\"aria-labelledby\":",
    "\"aria-describedby\":",
    "\"aria-describedby\",",
    "\"aria-controls\":",
    "rel:",
    "type:",
    "font =",
    "transform:",
    "\"transform\",",
    "Error(",
];

/// Attributes of the frame that a reader sees or hears.
const SEEN: [&str; 4] = [" title=\"", " alt=\"", " placeholder=\"", " aria-label=\""];

/// Every place with words of its own.
pub fn own_words(files: &[File]) -> Vec<String> {
    let own = |(file, text): &File| if file.ends_with(".html") { of_frame(file, text) } else { of_script(file, text) };
    files.iter().flat_map(own).collect()
}

fn of_script(file: &str, script: &str) -> Vec<String> {
    let own = literals(script).into_iter().filter(|literal| {
        let before = &script[..literal.start];
        literal.parts.iter().any(|part| has_words(part)) && !is_unseen(&literal.parts, before)
    });
    own.map(|literal| format!("{file}, line {}: \"{}\" belongs into en.toml", literal.line, literal.parts.join("…")))
        .collect()
}

/// Whether a text behind such code is read by nobody: a command, a name, or what something is compared with.
fn is_unseen(parts: &[String], before: &str) -> bool {
    let close = before.trim_end();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let is_name = parts.iter().all(|part| !part.chars().any(char::is_uppercase))
        && UNSEEN.iter().any(|unseen| line.contains(unseen));
    let is_compared = ["===", "!==", "case"].iter().any(|sign| close.ends_with(sign));
    is_name || is_compared || parts[0].starts_with("partnersim ") || UNSEEN.iter().any(|unseen| close.ends_with(unseen))
}

/// Whether two words stand side by side.
fn has_words(text: &str) -> bool {
    let words: Vec<bool> = text.split(' ').map(is_word).collect();
    words.windows(2).any(|pair| pair[0] && pair[1])
}

/// Letters, at least two, with at most a sign of punctuation around them.
fn is_word(text: &str) -> bool {
    let bare = text.trim_matches(|sign: char| ".,:;!?…()\u{201c}\u{201d}".contains(sign));
    bare.chars().count() >= 2 && bare.chars().all(char::is_alphabetic)
}

fn of_frame(file: &str, html: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for part in html.split('<').skip(1) {
        let text = part.split_once('>').map_or("", |(_, text)| text).trim();
        if !part.starts_with("!--") && text.chars().any(char::is_alphabetic) {
            wrong.push(format!("{file}: \"{text}\" belongs into en.toml"));
        }
        let tag = part.split('>').next().unwrap_or_default();
        let seen = SEEN.iter().filter(|attribute| tag.contains(**attribute));
        wrong.extend(seen.map(|attribute| {
            format!("{file}: {} of <{tag}> belongs into en.toml", attribute.trim_end_matches("=\"").trim())
        }));
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_a_script_or_the_frame_are_found_and_names_are_not() {
        let script = "make(\"p\", { class: \"lesson hint\" }, \"No clear difference\");\nthrow new Error(\"no such thing\");\n\
                      const path = `M ${x} 0 L ${y} 1`;\nif (unit === \"thousand pounds\") give(path, \"class\", trust ? \"tie none\" : \"tie\");\n\
                      fill(`${n} months left`);\nbyId(\"setup\");\n";
        let html =
            "<!doctype html><html><!-- a comment --><p title=\"Run it\" data-text=\"run.it\"></p><b>Stop</b></html>";
        let files = [("a.mjs".to_string(), script.to_string()), ("index.html".to_string(), html.to_string())];
        assert_eq!(
            own_words(&files),
            [
                "a.mjs, line 1: \"No clear difference\" belongs into en.toml",
                "a.mjs, line 5: \"… months left\" belongs into en.toml",
                "index.html: title of <p title=\"Run it\" data-text=\"run.it\"> belongs into en.toml",
                "index.html: \"Stop\" belongs into en.toml",
            ]
        );
    }
}
