//! A worksheet: a page to print, with room to write.

use super::Told;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use partnersim::experiment::quantity::Condition;

/// How all sheets look: A4, in black, with lines to write on.
pub const STYLE: &str = "\
@page { size: A4; margin: 16mm 17mm 14mm; }
* { box-sizing: border-box; }
body { font: 11pt/1.4 'Noto Sans', 'Segoe UI', Arial, sans-serif; color: #000; background: #fff; max-width: 176mm; margin: 8mm auto; }
h1 { font-size: 17pt; margin: 0 0 2mm; } h2 { font-size: 12.5pt; margin: 6mm 0 1.5mm; break-after: avoid; } h3 { font-size: 11pt; margin: 4mm 0 1mm; break-after: avoid; }
p { margin: 1.5mm 0; } section, li, tr, .keep { break-inside: avoid; }
.names { display: flex; gap: 8mm; margin: 0 0 4mm; } .names span { flex: 2; border-bottom: 0.3mm solid #000; padding-bottom: 5mm; } .names span:last-child { flex: 1; }
.line { border-bottom: 0.25mm solid #767676; height: 9mm; }
ul.boxes { list-style: none; padding: 0; margin: 1mm 0; } ul.boxes li::before { content: ''; display: inline-block; width: 3.6mm; height: 3.6mm; border: 0.35mm solid #000; margin-right: 2.5mm; vertical-align: -0.4mm; }
table { border-collapse: collapse; width: calc(100% - 0.5mm); margin: 2mm 0; } th, td { border: 0.25mm solid #555; padding: 1.4mm 2mm; text-align: left; vertical-align: top; } thead { display: table-header-group; }
.write td { height: 10mm; } .tall td { height: 15mm; } .heads th { font-size: 9.5pt; font-weight: normal; } .small { font-size: 9.5pt; color: #333; } code { font-family: 'Noto Sans Mono', Consolas, monospace; font-size: 9.5pt; overflow-wrap: anywhere; }
@media print { body { max-width: none; margin: 0; } }
.right { font-weight: bold; } .right::after { content: ' ✓'; }
";

/// A page with a heading.
pub fn frame(told: &Told, title: &str, body: &Markup) -> String {
    let code = told.words.text(&["language", "code"]);
    let page = html! {
        (DOCTYPE)
        html lang=(code) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { (body) } }
        }
    };
    page.into_string() + "\n"
}

/// The worksheet of a lesson.
pub fn page(told: &Told) -> String {
    let title = told.common("sheet_of").replace("{title}", &told.own(&["title"]));
    let body = html! {
        div class="names" { span { (told.common("name_line")) } span { (told.common("date_line")) } }
        h1 { (title) }
        p { (told.own(&["story"])) }
        (predictions(told))
        (word_list(told))
        (results(told))
        section {
            h2 { (told.common("noticed")) }
            p { (told.common("noticed_text")) }
            (lines(4))
        }
        (tries(told))
        (challenge(told))
        (questions(told))
        section { h2 { (told.common("judge")) } (lines(3)) }
    };
    frame(told, &title, &body)
}

fn lines(n: usize) -> Markup {
    html! { @for _ in 0..n { div class="line" {} } }
}

fn predictions(told: &Told) -> Markup {
    html! {
        h2 { (told.common("predict")) }
        @for question in &told.lesson.predict {
            section {
                p { (told.own(&["predict", &question.name, "question"])) }
                ul class="boxes" {
                    @for option in &question.option { li { (told.own(&["predict", &question.name, &option.name])) } }
                }
                p class="small" { (told.common("why")) }
                (lines(2))
            }
        }
    }
}

/// Words that a sheet cannot do without, as the page explains them.
const WORDS: [&str; 4] = ["replication", "interval", "premium", "coordination"];

fn word_list(told: &Told) -> Markup {
    let of = |word: &str, part: &str| told.words.text(&["results", "words", word, part]);
    html! {
        section {
            h3 { (told.common("words")) }
            ul class="small" { @for word in WORDS { li { b { (of(word, "name")) } ": " (of(word, "meaning")) } } }
        }
    }
}

fn results(told: &Told) -> Markup {
    html! {
        section {
            h2 { (told.common("run")) }
            p { (told.common("run_text")) }
            table class="write" {
                thead { tr { @for key in ["outcome", "first", "second", "difference"] { th scope="col" { (told.common(key)) } } } }
                tbody { @for variable in told.watched() { tr { th scope="row" { (told.outcome(variable)) } td {} td {} td {} } } }
            }
        }
    }
}

fn tries(told: &Told) -> Markup {
    html! {
        h2 { (told.common("try")) }
        table class="tall" {
            thead { tr { th scope="col" { (told.common("changed")) } th scope="col" { (told.common("saw")) } } }
            tbody {
                @for one in &told.lesson.tries {
                    tr {
                        td { b { (told.own(&["try", &one.name, "label"])) } br; (told.own(&["try", &one.name, "look"])) }
                        td style="width: 45%" {}
                    }
                }
            }
        }
    }
}

fn challenge(told: &Told) -> Markup {
    let conditions: Vec<Condition> =
        told.lesson.challenge.conditions.iter().filter_map(|text| Condition::parse(text).ok()).collect();
    html! {
        section {
            h2 { (told.common("challenge")) }
            p { b { (told.common("goal")) } " " (told.own(&["challenge", "goal"])) }
            p { b { (told.common("rules")) } " " (told.own(&["challenge", "rules"])) }
            table class="write heads" {
                thead {
                    tr {
                        th scope="col" { (told.common("attempt")) }
                        @for condition in &conditions { th scope="col" { (told.condition(condition)) } }
                        th scope="col" { (told.common("met")) }
                    }
                }
                tbody { @for _ in 0..5 { tr { td style="width: 30%" {} @for _ in &conditions { td {} } td {} } } }
            }
            p { (told.common("best")) }
            (lines(2))
        }
    }
}

fn questions(told: &Told) -> Markup {
    let asked = told.words.pairs(&["lesson", &told.lesson.name, "questions"], ["question", "answer"]);
    html! {
        h2 { (told.common("questions")) }
        @for (number, [question, _]) in asked.iter().enumerate() {
            section { p { (number + 1) ". " (question) } (lines(4)) }
        }
    }
}
