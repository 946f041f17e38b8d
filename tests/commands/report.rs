//! The page about results: that it holds all that was found, needs nothing else, and cannot be made to do anything by a name.
//! `tests/outside/report.rs` opens it in a browser.
use crate::left::{contents, same};
use crate::program::{said, told};
use crate::reported::{RESULTS, partnersim, workplace};
use base64::Engine;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs;

fn page(result: &str) -> String {
    fs::read_to_string(workplace().join(format!("{result}.html"))).unwrap()
}

/// A tag with its attributes.
#[derive(Debug)]
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// The opening tags of a page and its text, read as a browser reads them: what a script or a style sheet holds is neither.
fn read(page: &str) -> (Vec<Tag>, String) {
    let (mut tags, mut text, mut rest) = (Vec::new(), String::new(), page);
    while let Some(at) = rest.find('<') {
        text += &rest[..at];
        let end = end_of_tag(&rest[at..]);
        let inside = &rest[at + 1..at + end - 1];
        rest = &rest[at + end..];
        if inside.starts_with(['/', '!']) {
            text.push(' ');
            continue;
        }
        let tag = tag(inside);
        if ["script", "style"].contains(&tag.name.as_str()) {
            rest = &rest[rest.find(&format!("</{}", tag.name)).unwrap()..];
        }
        tags.push(tag);
    }
    (
        tags,
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&"),
    )
}

/// Length of a tag: to its `>` outside of quotes.
fn end_of_tag(text: &str) -> usize {
    let mut quoted = false;
    for (at, sign) in text.char_indices() {
        match sign {
            '"' => quoted = !quoted,
            '>' if !quoted => return at + 1,
            _ => {}
        }
    }
    panic!("a tag without an end: {}", &text[..text.len().min(80)]);
}

fn tag(inside: &str) -> Tag {
    let inside = inside.trim_end_matches('/');
    let (name, mut rest) = inside.split_once(|sign: char| sign.is_whitespace()).unwrap_or((inside, ""));
    let mut attributes = Vec::new();
    while let Some((attribute, more)) = rest.split_once("=\"") {
        let (value, after) = more.split_once('"').unwrap();
        attributes.push((attribute.trim().to_string(), value.to_string()));
        rest = after;
    }
    Tag { name: name.to_string(), attributes }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn findings(result: &str) -> Vec<String> {
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(workplace().join(result).join("manifest.json")).unwrap()).unwrap();
    manifest["findings"].as_array().unwrap().iter().map(|sentence| sentence.as_str().unwrap().to_string()).collect()
}

#[test]
fn a_page_refers_to_nothing_outside_itself() {
    for result in RESULTS {
        let page = page(result);
        let (tags, _) = read(&page);
        let ids: BTreeSet<&str> = tags.iter().filter_map(|tag| tag.attribute("id")).collect();
        for tag in &tags {
            assert!(
                !["link", "img", "iframe", "object", "embed", "base", "form", "image", "use"]
                    .contains(&tag.name.as_str()),
                "{tag:?}"
            );
            for (name, value) in &tag.attributes {
                assert!(!["src", "srcset", "style", "xlink:href", "action"].contains(&name.as_str()), "{tag:?}");
                assert!(!name.starts_with("on"), "{tag:?}");
                assert!(name != "href" || value.strip_prefix('#').is_some_and(|id| ids.contains(id)), "{tag:?}");
                let refers = value.contains("url(") && !value.starts_with("url(#");
                assert!(!refers, "{tag:?}");
            }
        }
        assert_eq!(
            tags.iter().filter_map(|tag| tag.attribute("id")).count(),
            ids.len(),
            "{result}: an id stands for one thing"
        );
    }
}

#[test]
fn only_the_style_sheet_and_the_script_of_the_page_itself_are_let_in() {
    let page = page("run");
    let (tags, _) = read(&page);
    let policy = tags.iter().find(|tag| tag.attribute("http-equiv") == Some("Content-Security-Policy")).unwrap();
    let policy = policy.attribute("content").unwrap().replace("&#39;", "'");
    assert!(
        policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe") && !policy.contains("http"),
        "{policy}"
    );
    for name in ["style", "script"] {
        assert_eq!(tags.iter().filter(|tag| tag.name == name).count(), 1);
        let held = page.split_once(&format!("<{name}>")).unwrap().1.split_once(&format!("</{name}>")).unwrap().0;
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(held.as_bytes()));
        assert!(policy.contains(&format!("{name}-src 'sha256-{hash}'")), "{name}: {policy}");
    }
}

#[test]
fn every_sentence_that_was_found_stands_in_the_page() {
    for result in RESULTS {
        let text = squeezed(&read(&page(result)).1).replace('\u{2060}', "");
        let findings = findings(result);
        assert!(findings.len() >= 4, "{result}: {findings:?}");
        for sentence in findings {
            // A sign that turns the order of others round is not shown.
            let shown = sentence.replace(['\u{202e}', '\u{2066}'], "\u{fffd}");
            assert!(text.contains(&squeezed(&shown)), "{result}: {shown}");
        }
    }
}

#[test]
fn every_picture_has_its_words_and_its_numbers_in_a_table_under_it() {
    for (result, least) in [("run", 6), ("hostile", 6), ("comparison", 4), ("experiment", 3)] {
        let page = page(result);
        let figures: Vec<&str> =
            page.split("<figure").skip(1).map(|part| part.split_once("</figure>").unwrap().0).collect();
        assert!(figures.len() >= least, "{result}: {} pictures", figures.len());
        for figure in figures {
            let (tags, text) = read(&format!("<figure{figure}"));
            let svgs: Vec<&Tag> = tags.iter().filter(|tag| tag.name == "svg").collect();
            assert!(svgs.len() == 2 && svgs.iter().all(|svg| svg.attribute("role") == Some("img")), "{text}");
            assert!(svgs.iter().all(|svg| svg.attribute("aria-labelledby").is_some()));
            let of = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
            assert!(of("table") == 1 && of("caption") == 1 && of("td") > 0, "{text}");
            assert!(tags.iter().filter(|tag| tag.name == "th").all(|head| head.attribute("scope").is_some()));
        }
    }
}

#[test]
fn a_result_is_told_under_the_topics_that_it_has_something_for() {
    let headings = |result: &str| {
        let page = page(result);
        let parts: Vec<String> =
            page.split("<h2>").skip(1).map(|part| part.split_once("</h2>").unwrap().0.to_string()).collect();
        parts
    };
    let ends = ["What this rests on", "What this leaves out", "How to repeat this", "Words"];
    for (result, topics) in [
        (
            "run",
            &[
                "What was found",
                "How long it lasts",
                "Is it better than working alone?",
                "What comes of it",
                "Who gains and who loses",
            ][..],
        ),
        (
            "comparison",
            &[
                "What was found",
                "What was compared",
                "What differs, in the same worlds",
                "Which change makes the difference",
            ],
        ),
        ("experiment", &["What was found", "What was varied", "What outcomes depend on", "Where it happens"]),
    ] {
        let headings = headings(result);
        for topic in topics.iter().chain(&ends) {
            assert!(headings.iter().any(|heading| heading == topic), "{result}: {topic} is not in {headings:?}");
        }
        let page = page(result);
        assert!(page.contains("partnersim 0.") && page.contains("seed "), "{result}");
        assert!(read(&page).1.contains("partnersim experiment e.toml") == (result == "experiment"));
    }
}

#[test]
fn what_the_conclusion_leans_on_is_told_with_its_evidence() {
    let text = squeezed(&read(&page("run")).1);
    assert!(text.contains("are assumptions that no study supports") && text.contains("leans on"), "{text}");
    let comparison = squeezed(&read(&page("comparison")).1);
    assert!(comparison.contains("are assumptions that no study supports"), "told from the scenario that it keeps");
}

#[test]
fn the_same_result_gives_the_same_page_and_the_folder_stays_as_it_is() {
    let folder = workplace();
    let before = contents(folder.join("run"));
    for again in ["again.html", "and_again.html"] {
        partnersim(folder, &["report", "run/manifest.json", "--out", again, "-q", "--force"], 0);
        assert!(fs::read(folder.join(again)).unwrap() == fs::read(folder.join("run.html")).unwrap());
    }
    same(&before, &contents(folder.join("run")));
}

#[test]
fn several_results_make_one_page_with_an_overview() {
    let folder = workplace();
    let output = partnersim(folder, &["report", "run", "comparison", "run", "--out", "three.html", "--force"], 0);
    assert!(said(&output).contains("three.html"), "{}", said(&output));
    let page = fs::read_to_string(folder.join("three.html")).unwrap();
    let (tags, text) = read(&page);
    let ids: Vec<&str> = tags.iter().filter_map(|tag| tag.attribute("id")).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    assert_eq!(tags.iter().filter(|tag| tag.name == "h1").count(), 1);
    assert_eq!(tags.iter().filter(|tag| tag.name == "article").count(), 3);
    let levels: Vec<u8> = tags.iter().filter_map(|tag| tag.name.strip_prefix('h')?.parse().ok()).collect();
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "no level of headings is left out: {levels:?}");
    assert!(text.contains("Overview"));
}

#[test]
fn a_file_that_is_there_is_not_overwritten_unasked() {
    let folder = workplace();
    fs::write(folder.join("mine.html"), "mine").unwrap();
    let output = partnersim(folder, &["report", "run", "--out", "mine.html"], 4);
    assert!(told(&output).contains("mine.html exists"), "{}", told(&output));
    assert_eq!(fs::read_to_string(folder.join("mine.html")).unwrap(), "mine");
    let output = partnersim(folder, &["report", "run", "--out", "run/summary.csv", "--force"], 4);
    assert!(told(&output).contains("is a file of the result"), "{}", told(&output));
}

#[test]
fn every_folder_that_holds_no_result_is_named_at_once() {
    let folder = workplace();
    let output = partnersim(folder, &["report", "run", "nowhere", "two.toml", "--out", "none.html"], 2);
    let told = told(&output);
    assert!(told.contains("nowhere holds no result") && told.contains("two.toml holds no result"), "{told}");
    assert!(!folder.join("none.html").exists());
    partnersim(folder, &["report", "run", "--out", "no/such/folder.html"], 2);
}

#[test]
fn a_table_that_was_changed_since_is_told_in_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let result = folder.path().join("changed");
    fs::create_dir(&result).unwrap();
    for (name, bytes) in contents(workplace().join("run")) {
        fs::write(result.join(name), bytes).unwrap();
    }
    let survival = result.join("survival.csv");
    fs::write(&survival, fs::read_to_string(&survival).unwrap().replacen(",300,", ",301,", 1)).unwrap();
    let output = partnersim(folder.path(), &["report", "changed"], 0);
    assert!(told(&output).contains("survival.csv"), "{}", told(&output));
    let page = fs::read_to_string(folder.path().join("changed.html")).unwrap();
    assert!(page.contains("were changed or taken away: survival.csv."));
}

#[test]
fn a_hostile_name_stays_text() {
    let page = page("hostile");
    let (tags, text) = read(&page);
    let known = [
        "html", "head", "meta", "title", "style", "body", "a", "nav", "p", "ol", "ul", "li", "main", "header", "h1",
        "h2", "h3", "h4", "section", "div", "figure", "details", "summary", "table", "caption", "thead", "tbody", "tr",
        "th", "td", "span", "dl", "dt", "dd", "pre", "code", "strong", "footer", "script", "svg", "desc", "g", "path",
        "rect", "circle", "text", "tspan", "line", "defs", "pattern", "polygon", "clipPath",
    ];
    for tag in &tags {
        assert!(known.contains(&tag.name.as_str()), "{tag:?}");
    }
    for name in [
        "<script>window.harmed = 1</script>",
        "\"><img src=x onerror=\"window.harmed = 2\">",
        "javascript:window.harmed=3",
    ] {
        assert!(text.contains(name), "{name} is told as it is");
    }
    assert!(!page.contains(['\u{202e}', '\u{2066}']), "nothing turns the order of signs round");
}
