//! All faults and warnings of one scenario, collected as they are found and told in the order of the text.

use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::source::{Mark, Sources};

/// Faults told at most; a text with more is broken in some one way that the first ones show.
const MOST_TOLD: usize = 100;

/// The collector that goes through parsing, checking and resolving.
#[derive(Debug, Default)]
pub struct Faults {
    /// The texts in which the faults lie.
    pub sources: Sources,
    faults: Vec<Finding>,
    untold: usize,
    warnings: Vec<Finding>,
    syntax_lines: Vec<(usize, usize)>,
}

#[derive(Debug)]
struct Finding {
    mark: Option<Mark>,
    message: String,
    help: String,
    consequence: bool,
}

impl Faults {
    /// Records what is wrong at a place.
    pub fn fault(&mut self, mark: Mark, message: impl Into<String>, help: impl Into<String>) {
        self.record(Some(mark), message.into(), help.into(), false);
    }

    /// Records what is missing or does not fit together: not told when the text has faults of syntax, whose consequence it may be.
    pub fn whole(&mut self, mark: Option<Mark>, message: impl Into<String>, help: impl Into<String>) {
        self.record(mark, message.into(), help.into(), true);
    }

    /// Records a fault of syntax.
    pub fn syntax(&mut self, mark: Mark, message: impl Into<String>, help: impl Into<String>) {
        self.syntax_lines.push(self.sources.line(mark));
        self.record(Some(mark), message.into(), help.into(), false);
    }

    /// Records what looks odd and is allowed.
    pub fn warning(&mut self, mark: Option<Mark>, message: impl Into<String>, help: impl Into<String>) {
        if self.warnings.len() < MOST_TOLD {
            let finding = Finding { mark, message: message.into(), help: help.into(), consequence: false };
            self.warnings.push(finding);
        }
    }

    /// Whether anything is wrong so far.
    pub fn any(&self) -> bool {
        !self.faults.is_empty()
    }

    /// Whether further faults are only counted.
    pub fn full(&self) -> bool {
        self.faults.len() >= MOST_TOLD
    }

    /// The warnings when nothing is wrong, else the faults; each ordered by place, those of the whole last.
    pub fn finish(mut self) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        if !self.any() {
            return Ok(told(&self.sources, self.warnings));
        }
        if !self.syntax_lines.is_empty() {
            let (sources, lines) = (&self.sources, &self.syntax_lines);
            let mut seen: Vec<(usize, usize)> = Vec::new();
            // Of several faults in a broken line the first is the cause; what is missing may stand in it.
            self.faults.retain(|finding| {
                let line = finding.mark.map(|mark| sources.line(mark));
                let broken = line.is_some_and(|line| lines.contains(&line));
                let first = line.is_none_or(|line| !seen.contains(&line));
                seen.extend(line);
                !finding.consequence && (!broken || first)
            });
        }
        let mut faults = told(&self.sources, self.faults);
        if self.untold > 0 {
            let message = format!("there are {} more faults", self.untold);
            faults.push(Diagnostic { message, help: "mend these first and check again".to_owned(), place: None });
        }
        Err(faults)
    }

    fn record(&mut self, mark: Option<Mark>, message: String, help: String, consequence: bool) {
        if self.faults.len() < MOST_TOLD {
            self.faults.push(Finding { mark, message, help, consequence });
        } else {
            self.untold += 1;
        }
    }
}

fn told(sources: &Sources, mut findings: Vec<Finding>) -> Vec<Diagnostic> {
    findings.sort_by_key(|finding| (finding.mark.is_none(), finding.mark));
    let diagnostic = |finding: Finding| Diagnostic {
        message: finding.message,
        help: finding.help,
        place: finding.mark.map(|mark| sources.place(mark)),
    };
    findings.into_iter().map(diagnostic).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::source::Kind;

    fn three_lines() -> (Faults, [Mark; 3]) {
        let mut faults = Faults::default();
        let source = faults.sources.add("a", "one\ntwo\nsix\n", Kind::Scenario);
        let marks = [0, 4, 8].map(|at| faults.sources.mark(source, at..at + 3));
        (faults, marks)
    }

    #[test]
    fn faults_are_told_in_the_order_of_the_text_and_those_of_the_whole_last() {
        let (mut faults, [one, two, _]) = three_lines();
        faults.whole(None, "whole", "");
        faults.fault(two, "second", "");
        faults.fault(one, "first", "");
        let messages: Vec<String> = faults.finish().unwrap_err().into_iter().map(|fault| fault.message).collect();
        assert_eq!(messages, ["first", "second", "whole"]);
    }

    #[test]
    fn what_may_follow_from_a_fault_of_syntax_is_not_told() {
        let (mut faults, [one, two, six]) = three_lines();
        faults.syntax(one, "syntax", "");
        faults.fault(one, "same line", "");
        faults.fault(two, "other line", "");
        faults.whole(Some(six), "missing", "");
        let messages: Vec<String> = faults.finish().unwrap_err().into_iter().map(|fault| fault.message).collect();
        assert_eq!(messages, ["syntax", "other line"]);
    }

    #[test]
    fn beyond_a_hundred_faults_only_their_number_is_told() {
        let (mut faults, [one, ..]) = three_lines();
        for _ in 0..150 {
            faults.fault(one, "again", "");
        }
        let told = faults.finish().unwrap_err();
        assert_eq!(told.len(), 101);
        assert_eq!(told[100].message, "there are 50 more faults");
    }
}
