//! The page put together from its parts.

use super::packed::packed;
use crate::faults::Faults;
use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// What a page is made of.
#[derive(Debug)]
pub struct Parts {
    /// The page without script and style sheet.
    pub frame: String,
    pub style: String,
    /// The script that unpacks the others.
    pub unpack: String,
    /// The script of the page; it goes in packed.
    pub script: String,
    /// Packed.
    pub module: String,
    /// Packed.
    pub data: String,
    /// The words in which it stands before its script runs, and where none may run.
    pub words: Value,
}

/// The whole page.
///
/// # Errors
/// When the frame has no place for a part, or asks for words that are not there.
pub fn html(parts: &Parts) -> Result<String, Faults> {
    let Parts { style, unpack, script, module, data, .. } = parts;
    let frame = worded(&parts.frame, &parts.words)?;
    let (charset, head_end, body_end) = ("<meta charset=\"utf-8\">\n", "</head>", "</body>");
    let has_places = [charset, head_end, body_end].iter().all(|place| frame.matches(place).count() == 1);
    if !has_places || style.contains("</") || unpack.contains("</") {
        return Err(Faults::one(format!(
            "index.html needs `{}`, `{head_end}` and `{body_end}` once each, and neither the first script nor the style sheet may hold a closing tag",
            charset.trim()
        )));
    }
    let policy = format!(
        "{charset}<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n",
        policy(style, [unpack, script])
    );
    let script = packed(script.as_bytes());
    let blocks = format!(
        "<script type=\"application/x-lzma;base64\" id=\"module\">{module}</script>\n\
         <script type=\"application/x-lzma;base64\" id=\"data\">{data}</script>\n\
         <script type=\"application/x-lzma;base64\" id=\"script\">{script}</script>\n\
         <script>{unpack}</script>\n{body_end}"
    );
    let page = frame.replacen(head_end, &format!("<style>{style}</style>\n{head_end}"), 1);
    Ok(page.replacen(charset, &policy, 1).replacen(body_end, &blocks, 1))
}

/// What the page may do: run these scripts and the module, in a worker too; look like this. Its icon is an empty one of its own, so that
/// no browser asks for another. Nothing else, and nothing from anywhere.
fn policy(style: &str, scripts: [&str; 2]) -> String {
    let [unpack, script] = scripts.map(digest);
    format!(
        "default-src 'none'; script-src '{unpack}' '{script}' 'wasm-unsafe-eval'; worker-src blob:; style-src '{}'; img-src data:; base-uri 'none'; \
         form-action 'none'",
        digest(style)
    )
}

fn digest(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// The frame with words where it names them, `data-text="page.title"` and `data-label="…"`: so it can be read before its script runs.
fn worded(frame: &str, words: &Value) -> Result<String, Faults> {
    let (mut text, mut wrong, mut rest) = (String::new(), Vec::new(), frame);
    while let Some(at) = rest.find(" data-") {
        let (before, after) = rest.split_at(at);
        text.push_str(before);
        let (attribute, follows) = split_attribute(after);
        text.push_str(attribute);
        rest = follows;
        let Some((kind, key)) = attribute.split_once("=\"") else { continue };
        let key = key.trim_end_matches('"');
        let found = key.split('.').fold(words, |table, name| &table[name]).as_str().map(escaped);
        match (kind, found) {
            (" data-text" | " data-label", None) => {
                wrong.push(format!("index.html asks for the text {key}, which en.toml does not have"))
            }
            (" data-label", Some(found)) => text.push_str(&format!(" aria-label=\"{found}\"")),
            (" data-text", Some(found)) => match rest.split_once('>') {
                Some((more, after)) if after.starts_with("</") => {
                    text.push_str(&format!("{more}>{found}"));
                    rest = after;
                }
                _ => wrong.push(format!("index.html: the element of {key} must be empty: its words come from en.toml")),
            },
            _ => {}
        }
    }
    text.push_str(rest);
    Faults::none_of(wrong).map(|()| text)
}

/// An attribute up to the quotation mark that ends it, and what follows; of one without a value, its name.
fn split_attribute(text: &str) -> (&str, &str) {
    let name = text[1..].find(['=', ' ', '>']).map_or(text.len(), |at| at + 1);
    let value = text[name..].strip_prefix("=\"").and_then(|value| value.find('"')).map_or(0, |at| at + 3);
    text.split_at(name + value)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn parts(frame: &str) -> Parts {
        Parts {
            frame: frame.to_string(),
            style: "p { color: red; }".to_string(),
            unpack: "open();".to_string(),
            script: "alert(1);".to_string(),
            module: "TU9E".to_string(),
            data: "REFU".to_string(),
            words: json!({ "page": { "title": "Tea & <b>", "list": "Languages" } }),
        }
    }

    const FRAME: &str = "<head>\n<meta charset=\"utf-8\">\n<title data-text=\"page.title\"></title>\n</head><body><nav data-label=\"page.list\" \
                         data-open></nav></body>";

    #[test]
    fn a_page_holds_its_parts_and_lets_in_nothing_else() {
        let page = html(&parts(FRAME)).unwrap();
        // `printf 'alert(1);' | openssl dgst -sha256 -binary | base64`
        assert!(page.contains("' 'sha256-5jFwrAK0UV47oFbVg/iCCBbxD8X1w+QvoOUepu4C2YA=' 'wasm-unsafe-eval'"), "{page}");
        assert!(page.find("Content-Security-Policy") < page.find("<style>"), "{page}");
        for part in [
            "<style>p { color: red; }</style>",
            "<script>open();</script>",
            "id=\"module\">TU9E</script>",
            "id=\"data\">REFU</script>",
            "<title data-text=\"page.title\">Tea &amp; &lt;b&gt;</title>",
            "<nav data-label=\"page.list\" aria-label=\"Languages\" data-open></nav>",
        ] {
            assert!(page.contains(part), "{part}:\n{page}");
        }
    }

    #[test]
    fn a_frame_without_a_place_or_with_words_of_its_own_is_refused() {
        assert!(html(&parts("<head></head><body></body>")).unwrap_err().to_string().contains("needs `<meta charset"));
        let frame = FRAME.replace("page.list", "page.lost").replace("\"></title>", "\">Tea</title>");
        let told = html(&parts(&frame)).unwrap_err().to_string();
        assert!(
            told.contains("page.lost, which en.toml does not have") && told.contains("page.title must be empty"),
            "{told}"
        );
    }
}
