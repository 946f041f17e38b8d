//! What surrounds the contents: the head with what the page may do, the way through it, and its end.

use super::{Section, Told};
use crate::output::chart::look;
use crate::output::manifest::VERSION;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("values.js");

/// The whole page.
pub fn page(title: &str, body: Markup) -> String {
    let style = style();
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(&style));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="generator" content={ "partnersim " (VERSION) };
                title { (shortened(title, 120)) " – partnersim" }
                style { (PreEscaped(&style)) }
            }
            body {
                a.skip href="#main" { "Skip to the contents" }
                main #main tabindex="-1" { (body) }
                footer {
                    p {
                        "Made by partnersim " (VERSION) ", an agent-based Monte Carlo simulator of partnership working. The page holds "
                        "all it shows: it loads nothing, sends nothing and can be forwarded as it is."
                    }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    cleaned(&page.into_string())
}

/// The way through the page.
pub fn contents(parts: &[(Told, Vec<Section>)], last: &Section) -> Markup {
    html! {
        nav.contents aria-label="Contents" {
            p.label { "Contents" }
            @if let [(_, sections)] = parts {
                (links(sections.iter().chain([last])))
            } @else {
                ol {
                    li { a href="#overview" { "Overview" } }
                    @for (told, sections) in parts {
                        li {
                            a href={ "#" (told.id("top")) } { (shortened(told.reported.kept.title(), 60)) }
                            (links(sections))
                        }
                    }
                    li { a href={ "#" (last.id) } { (last.title) } }
                }
            }
        }
    }
}

fn links<'s>(sections: impl IntoIterator<Item = &'s Section>) -> Markup {
    html! { ol { @for section in sections { li { a href={ "#" (section.id) } { (section.title) } } } } }
}

/// The style sheet, with the colours of the pictures.
fn style() -> String {
    let (light, dark) = (look::css(false), look::css(true));
    format!(":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{STYLE}")
}

/// Allows the one style sheet and the one script of the page, known by their hashes, and nothing else.
fn policy(style: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())));
    format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(SCRIPT)
    )
}

/// The text without characters that would turn the order of their neighbours round or that no page may hold.
fn cleaned(text: &str) -> String {
    let is_turning = |sign: char| matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}');
    // A sign stays beside its amount, where lines would be broken between them.
    let text = text.replace("-£", "-\u{2060}£").replace("+£", "+\u{2060}£");
    let is_foul = |sign: char| is_turning(sign) || (sign.is_control() && sign != '\n' && sign != '\t');
    text.chars().map(|sign| if is_foul(sign) { '\u{fffd}' } else { sign }).collect()
}

/// At most so many characters of a text.
pub fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_string(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_the_order_of_signs_round_does_not_reach_the_page() {
        assert_eq!(cleaned("a\u{202e}b\u{0}c\nd\u{2066}\u{85}"), "a\u{fffd}b\u{fffd}c\nd\u{fffd}\u{fffd}");
        assert_eq!(cleaned("council של العربية 市"), "council של العربية 市");
    }

    #[test]
    fn a_long_title_is_cut_between_characters() {
        assert_eq!(shortened("äöü", 2), "äö…");
        assert_eq!(shortened("äöü", 3), "äöü");
    }

    #[test]
    fn the_style_sheet_and_the_script_cannot_end_their_elements() {
        assert!(!STYLE.contains("</") && !STYLE.contains("url(") && !STYLE.contains("@import"));
        assert!(!SCRIPT.contains("</") && !SCRIPT.contains("fetch") && !SCRIPT.contains("innerHTML"));
    }
}
