//! A worksheet: a page to print, with room to write.

use super::Told;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use partnersim::experiment::quantity::Condition;

/// How all sheets look: A4, in black. Letters that every machine has in the same widths, so that a page ends where it does here.
pub const STYLE: &str = "\
@page { size: A4; margin: 11mm 15mm 10mm; }
* { box-sizing: border-box; }
body { font: 10.5pt/1.35 Arial, 'Liberation Sans', Helvetica, sans-serif; color: #000; background: #fff; max-width: 180mm; margin: 8mm auto; padding: 0 3mm; }
h1 { font-size: 16pt; margin: 0 0 1.5mm; } h2 { font-size: 12pt; margin: 3.5mm 0 0.8mm; break-after: avoid; } h3 { font-size: 10.5pt; margin: 3mm 0 0.5mm; break-after: avoid; }
p { margin: 1mm 0; } ul { margin: 1mm 0; padding-left: 6mm; } section, li, tr, .keep { break-inside: avoid; }
table { border-collapse: collapse; width: calc(100% - 0.5mm); margin: 1.5mm 0; } th, td { border: 0.25mm solid #555; padding: 1mm 1.8mm; text-align: left; vertical-align: top; } thead { display: table-header-group; }
.small { font-size: 9pt; color: #333; } code { font-family: 'Courier New', 'Liberation Mono', monospace; font-size: 9pt; overflow-wrap: anywhere; }
@media print { body { max-width: none; margin: 0; padding: 0; } }
.right { font-weight: bold; } .right::after { content: ' ✓'; }
.names { display: flex; gap: 8mm; margin: 0 0 2.5mm; } .names span { flex: 2; border-bottom: 0.3mm solid #000; padding-bottom: 2mm; } .names span:last-child { flex: 1; }
.line { border-bottom: 0.25mm solid #767676; height: 7mm; } .why { display: flex; align-items: end; gap: 2mm; } .why span { border-bottom: 0.25mm solid #767676; flex: 1; height: 7mm; }
.boxes { list-style: none; padding: 0; margin: 0.5mm 0; display: flex; flex-wrap: wrap; gap: 0.5mm 8mm; } .boxes li::before { content: ''; display: inline-block; width: 3.2mm; height: 3.2mm; border: 0.35mm solid #000; margin-right: 2mm; vertical-align: -0.3mm; }
.words { border: 0.25mm solid #767676; padding: 0 2mm; margin: 2.5mm 0; font-size: 8.5pt; line-height: 1.25; } .words p { margin: 0.6mm 0; }
.write th { font-size: 9.5pt; } .write thead th { white-space: nowrap; } .write td { height: 6.9mm; } .tall th, .tall td { font-size: 9pt; line-height: 1.25; } .heads thead th { font-size: 8.5pt; line-height: 1.2; font-weight: normal; white-space: normal; } .over { break-before: page; margin-top: 0; }
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
            (lines(3))
        }
        (tries(told))
        (challenge(told))
        (questions(told))
        section { h2 { (told.common("judge")) } (lines(2)) }
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
                p class="why small" { (told.common("why")) span {} }
                (lines(1))
            }
        }
    }
}

/// Words that a sheet cannot do without, as the page explains them.
const WORDS: [&str; 4] = ["replication", "interval", "premium", "coordination"];

fn word_list(told: &Told) -> Markup {
    let of = |word: &str, part: &str| told.words.text(&["results", "words", word, part]);
    html! {
        section class="words" {
            @for word in WORDS { p { b { (of(word, "name")) } ": " (of(word, "meaning")) } }
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
                tbody {
                    @for variable in told.watched() {
                        tr { th scope="row" { (told.outcome(variable)) } td {} td {} td style="width: 36%" {} }
                        @if variable.name() == "premium" {
                            tr { th scope="row" { (told.words.text(&["panel", "watch", "beats"])) } td {} td {} td {} }
                        }
                    }
                }
            }
        }
    }
}

fn tries(told: &Told) -> Markup {
    html! {
        h2 class="over" { (told.common("try")) }
        table class="tall" {
            thead { tr { th scope="col" { (told.common("changed")) } th scope="col" { (told.common("saw")) } } }
            tbody {
                @for one in &told.lesson.tries {
                    tr {
                        td style="width: 64%" { b { (told.own(&["try", &one.name, "label"])) } br; (told.own(&["try", &one.name, "look"])) }
                        td {}
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
                tbody { @for _ in 0..4 { tr { td style="width: 34%" {} @for _ in &conditions { td {} } td {} } } }
            }
            p class="why" { (told.common("best")) span {} }
        }
    }
}

fn questions(told: &Told) -> Markup {
    let asked = told.words.pairs(&["lesson", &told.lesson.name, "questions"], ["question", "answer"]);
    html! {
        h2 { (told.common("questions")) }
        @for (number, [question, _]) in asked.iter().enumerate() {
            section { p { (number + 1) ". " (question) } (lines(2)) }
        }
    }
}
