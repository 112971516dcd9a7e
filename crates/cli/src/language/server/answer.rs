//! What the server says of a text: diagnostics, hovers and quick fixes.

use std::fmt::Write as _;
use std::ops::Range;

use serde_json::{Value, json};
use tessera_language::{Checker, Finding, Report, Severity, Suppressed};

use super::text::Text;

/// An open text with what was found in it.
pub(super) struct Open {
    pub(super) text: Text,
    pub(super) version: Value,
    report: Report,
}

impl Open {
    pub(super) fn new(text: Text, version: Value, checker: &Checker, least: Severity) -> Self {
        let mut open = Self { text, version, report: Report::default() };
        open.check(checker, least);
        open
    }

    pub(super) fn check(&mut self, checker: &Checker, least: Severity) {
        self.report = checker.check(self.text.text());
        self.report.findings.retain(|finding| finding.severity >= least);
    }

    pub(super) fn diagnostics(&self) -> Value {
        self.report.findings.iter().map(|finding| self.diagnostic(finding)).collect()
    }

    fn diagnostic(&self, finding: &Finding) -> Value {
        let alternatives = finding.fitted().join("; ");
        let mut diagnostic = json!({
            "range": self.text.span(&finding.span.bytes),
            // Advice is never an error: a person decides.
            "severity": match finding.severity {
                Severity::MustChange => 2,
                Severity::Consider => 3,
                Severity::Style => 4,
            },
            "code": finding.entry,
            "source": "tessera language",
            "message": format!("{}. {} Try: {alternatives}.", finding.message, finding.why),
        });
        if let (Some(link), Some(fields)) = (link(finding), diagnostic.as_object_mut()) {
            fields.insert("codeDescription".to_owned(), json!({ "href": link }));
        }
        diagnostic
    }

    /// The reason and the source of the words at a byte; also why words were let pass.
    pub(super) fn hover(&self, byte: usize) -> Value {
        let holds = |bytes: &Range<usize>| bytes.start <= byte && byte <= bytes.end;
        let found = self.report.findings.iter().find(|finding| holds(&finding.span.bytes));
        if let Some(finding) = found {
            return self.hover_text(&finding.span.bytes, &explain(finding));
        }
        let passed = self.report.suppressed.iter().find(|passed| holds(&passed.span.bytes));
        passed.map_or(Value::Null, |passed| {
            self.hover_text(&passed.span.bytes, &explain_passed(passed))
        })
    }

    fn hover_text(&self, bytes: &Range<usize>, text: &str) -> Value {
        json!({ "contents": { "kind": "markdown", "value": text }, "range": self.text.span(bytes) })
    }

    /// One quick fix for each alternative that can stand in place of words in `range`.
    pub(super) fn actions(&self, uri: &str, range: &Range<usize>) -> Value {
        let touches = |finding: &&Finding| {
            finding.span.bytes.start <= range.end && range.start <= finding.span.bytes.end
        };
        let action = |finding: &Finding, nth: usize, wording: &str| {
            json!({
                "title": format!("Write “{wording}”"),
                "kind": "quickfix",
                "isPreferred": nth == 0,
                "diagnostics": [self.diagnostic(finding)],
                "edit": { "changes": { uri: [
                    { "range": self.text.span(&finding.span.bytes), "newText": wording },
                ] } },
            })
        };
        let mut actions = Vec::new();
        for finding in self.report.findings.iter().filter(touches) {
            let wordings = finding.wordings();
            actions.extend(
                wordings.iter().enumerate().map(|(nth, wording)| action(finding, nth, wording)),
            );
        }
        Value::Array(actions)
    }
}

fn link(finding: &Finding) -> Option<&str> {
    let urls = finding.sources.iter().map(|source| source.url.as_str());
    urls.into_iter().find(|url| url.starts_with("http"))
}

fn explain(finding: &Finding) -> String {
    let mut text = format!("**{}**\n\n{}\n\nInstead:\n\n", finding.message, finding.why);
    for alternative in finding.fitted() {
        let _ = writeln!(text, "- {alternative}");
    }
    text.push_str("\nSource: ");
    for (nth, source) in finding.sources.iter().enumerate() {
        let between = if nth == 0 { "" } else { "; " };
        let _ = if source.url.starts_with("http") {
            write!(text, "{between}[{}]({})", source.title, source.url)
        } else {
            write!(text, "{between}{}", source.title)
        };
    }
    let _ = write!(text, "\n\n`{}` ({})", finding.entry, finding.severity.name());
    text
}

fn explain_passed(passed: &Suppressed) -> String {
    let words = passed.matched.split_whitespace().collect::<Vec<_>>().join(" ");
    let context = passed.context.name();
    format!("“{words}” is let pass here ({context}): {}.\n\n`{}`", passed.because, passed.entry)
}
