//! The page that lists pictures written as files: each shown under its title, with what it says in words for who does not see it.

use super::Chart;
use crate::output::kept::About;

/// Name of its file.
pub const NAME: &str = "index.md";

/// What every such page begins with.
const BEGINNING: &str = "<!-- partnersim: pictures of ";

/// The page about the pictures of a result.
pub fn page(about: &About, charts: &[Chart]) -> String {
    let mut text = format!("{BEGINNING}{} {} -->\n\n# {}\n", about.kind, about.name, plain(&about.title));
    if !about.question.is_empty() {
        text.push_str(&format!("\n{}\n", plain(&about.question)));
    }
    for chart in charts {
        let (title, told, name) = (plain(&chart.title), plain(&chart.told), &chart.name);
        text.push_str(&format!("\n## {title}\n\n![{told}]({name}.svg)\n\n{told}\n\nFiles: {name}.svg, {name}.png\n"));
    }
    text
}

/// Whether a text is such a page.
pub fn is_page(text: &str) -> bool {
    text.starts_with(BEGINNING)
}

/// Whether two such pages are about the same result.
pub fn is_of_same(one: &str, other: &str) -> bool {
    is_page(one) && one.lines().next() == other.lines().next()
}

/// The files of the pictures that such a page lists.
pub fn files(page: &str) -> Vec<String> {
    let lists = page.lines().filter_map(|line| line.strip_prefix("Files: "));
    // Only plain names: a page that somebody edited must not reach outside its folder.
    let is_plain = |name: &&str| !name.contains(['/', '\\', ':']) && !name.starts_with('.');
    lists.flat_map(|list| list.split(", ")).filter(is_plain).map(str::to_string).collect()
}

/// Words that mean nothing but themselves in Markdown, on one line.
fn plain(words: &str) -> String {
    let mut text = String::new();
    for character in words.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '&' => text.extend(['\\', character]),
            character if character.is_control() => text.push(' '),
            character => text.push(character),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::tests::samples;
    use super::*;
    use crate::output::kept::About;

    fn about(name: &str) -> About {
        let text = |text: &str| text.to_string();
        About {
            kind: text("run"),
            name: text(name),
            title: text("<b>Two</b>, together](x)"),
            question: text("Will it last?"),
            command: String::new(),
            version: String::new(),
            is_interrupted: false,
            seed: String::new(),
            points: 1,
            replications: 10,
            scenarios: Vec::new(),
            settings: Vec::new(),
            findings: Vec::new(),
        }
    }

    #[test]
    fn a_page_lists_its_pictures_and_their_words() {
        let charts = samples();
        let written = page(&about("two"), &charts);
        let names: Vec<String> =
            charts.iter().flat_map(|chart| ["svg", "png"].map(|end| format!("{}.{end}", chart.name))).collect();
        assert_eq!(files(&written), names);
        assert!(charts.iter().all(|chart| written.contains(&format!("![{}](", chart.told))), "{written}");
        assert!(written.contains("# \\<b\\>Two\\</b\\>, together\\](x)"), "{written}");
    }

    #[test]
    fn pictures_of_another_result_are_told_apart() {
        let [one, other] = ["two", "three"].map(|name| page(&about(name), &[]));
        assert!(is_of_same(&one, &one) && !is_of_same(&one, &other) && !is_of_same("# Notes", "# Notes"));
        assert_eq!(files("Files: ../a.svg, .b, c.png"), ["c.png"]);
    }
}
