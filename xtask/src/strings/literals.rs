//! The texts within a script: what stands between quotation marks, told from code, comments and regular expressions.
//!
//! No parser of the language, but enough of one for scripts that are written as ours are.

/// A text in a script.
#[derive(Debug, PartialEq)]
pub struct Literal {
    /// The line it begins in, counted from 1.
    pub line: usize,
    /// Its parts between what is put in: one, but for a text in backticks.
    pub parts: Vec<String>,
    /// Where it begins and ends in the script, with its marks.
    pub start: usize,
    /// Behind its last mark.
    pub end: usize,
}

impl Literal {
    /// The whole text, where nothing is put into it.
    pub fn plain(&self) -> Option<&str> {
        if let [text] = self.parts.as_slice() { Some(text) } else { None }
    }
}

/// Every text of a script, in the order in which they begin.
pub fn literals(script: &str) -> Vec<Literal> {
    let mut reader = Reader { script, at: 0, found: Vec::new() };
    while reader.at < script.len() {
        reader.code();
        // A closing brace too many: whatever it was, go on behind it.
        reader.at += 1;
    }
    reader.found.sort_by_key(|literal| literal.start);
    reader.found
}

struct Reader<'a> {
    script: &'a str,
    at: usize,
    found: Vec<Literal>,
}

impl Reader<'_> {
    fn sign(&self, ahead: usize) -> u8 {
        self.script.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    /// Goes through code up to the brace that closes what is around it, or the end.
    fn code(&mut self) {
        let mut depth = 0_usize;
        while self.at < self.script.len() {
            match (self.sign(0), self.sign(1)) {
                (mark @ (b'"' | b'\''), _) => self.quoted(mark),
                (b'`', _) => self.template(),
                (b'/', b'/') => self.skip_to("\n"),
                (b'/', b'*') => self.skip_to("*/"),
                (b'/', _) if self.begins_an_expression() => self.expression(),
                (b'}', _) if depth == 0 => return,
                (sign, _) => {
                    depth = depth + usize::from(sign == b'{') - usize::from(sign == b'}');
                    self.at += 1;
                }
            }
        }
    }

    fn skip_to(&mut self, end: &str) {
        let rest = self.script.get(self.at..).unwrap_or_default();
        self.at += rest.find(end).map_or(rest.len(), |length| length + end.len());
    }

    /// Whether a slash here begins a regular expression: where a value may stand, and no division.
    fn begins_an_expression(&self) -> bool {
        let before = self.script[..self.at].trim_end();
        let is_value = before.ends_with(|sign: char| sign.is_alphanumeric() || "_$)]}".contains(sign));
        !is_value || before.ends_with("return")
    }

    fn expression(&mut self) {
        let mut is_in_class = false;
        self.at += 1;
        while self.at < self.script.len() && self.sign(0) != b'\n' {
            match self.sign(0) {
                b'\\' => self.at += 1,
                b'[' => is_in_class = true,
                b']' => is_in_class = false,
                b'/' if !is_in_class => break,
                _ => {}
            }
            self.at += 1;
        }
        self.at += 1;
    }

    fn quoted(&mut self, mark: u8) {
        let start = self.at;
        self.at += 1;
        let part = self.part(|reader| reader.sign(0) == mark || reader.sign(0) == b'\n');
        self.at += 1;
        self.keep(start, vec![part]);
    }

    fn template(&mut self) {
        let (start, mut parts) = (self.at, Vec::new());
        self.at += 1;
        loop {
            parts.push(self.part(|reader| reader.sign(0) == b'`' || (reader.sign(0), reader.sign(1)) == (b'$', b'{')));
            if self.sign(0) != b'$' {
                break;
            }
            self.at += 2;
            self.code();
            self.at += 1;
        }
        self.at += 1;
        self.keep(start, parts);
    }

    /// A stretch of text as it stands, up to where it ends.
    fn part(&mut self, ends: impl Fn(&Self) -> bool) -> String {
        let start = self.at;
        while self.at < self.script.len() && !ends(self) {
            self.at += if self.sign(0) == b'\\' { 2 } else { 1 };
        }
        self.at = self.at.min(self.script.len());
        self.script.get(start..self.at).unwrap_or_default().to_string()
    }

    fn keep(&mut self, start: usize, parts: Vec<String>) {
        let line = self.script[..start].matches('\n').count() + 1;
        self.found.push(Literal { line, parts, start, end: self.at });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(script: &str) -> Vec<Vec<String>> {
        literals(script).into_iter().map(|literal| literal.parts).collect()
    }

    #[test]
    fn texts_are_told_from_comments_divisions_and_regular_expressions() {
        let script = "// no \"comment\"\nconst a = \"one\" + 'it\\'s'; /* 'nor\n this' */\nconst b = 4 / 2 / \"x\".length;\n\
                      a.replace(/[/\"]\\/'/g, \"two\");\nreturn /'/.test(\"three\");\n";
        assert_eq!(parts(script), [["one"], ["it\\'s"], ["x"], ["two"], ["three"]]);
        assert_eq!(literals(script)[3].line, 5);
    }

    #[test]
    fn a_text_in_backticks_is_known_by_its_parts_and_what_is_put_in_is_code() {
        let script = "text(`results.${kind ? \"a\" : `b.${{ c: 1 }.c}`}.title`)";
        let found = parts(script);
        assert_eq!(found, [vec!["results.", ".title"], vec!["a"], vec!["b.", ""]]);
        assert_eq!(parts("const broken = \"never closed"), [["never closed"]]);
        assert_eq!(parts("} const late = `ü`;"), [["ü"]]);
    }
}
