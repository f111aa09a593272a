//! Plain rendering of findings for the tests: every part of a finding, one per line, places as
//! `file:line:column-column`, so that expected texts do not depend on how the command draws them.

use std::fmt::Write;

use vitrina_codegen::diagnostic::{Lang, Report, Severity};
use vitrina_codegen::source::{SourceSet, Span};

/// All findings, sorted.
pub(crate) fn render(report: &Report, sources: &SourceSet, lang: Lang) -> String {
    let mut out = String::new();
    for finding in report.sorted() {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        let place = finding
            .primary
            .as_ref()
            .map_or("-".to_owned(), |l| place(l.span, sources));
        let (code, message) = (finding.code, finding.message.get(lang));
        writeln!(out, "{place}: {severity} {code}: {message}").expect("a string");
        if let Some(label) = finding
            .primary
            .as_ref()
            .filter(|label| !label.text.is_empty())
        {
            writeln!(out, "    here: {}", label.text.get(lang)).expect("a string");
        }
        for label in &finding.secondary {
            let place = self::place(label.span, sources);
            writeln!(out, "    {place}: {}", label.text.get(lang)).expect("a string");
        }
        if let Some(help) = &finding.help {
            writeln!(out, "    help: {}", help.get(lang)).expect("a string");
        }
        if let Some(suggestion) = &finding.suggestion {
            writeln!(out, "    instead: {suggestion}").expect("a string");
        }
    }
    out
}

/// `file:line:column`, and behind the last character's column; columns count characters from 1.
fn place(span: Span, sources: &SourceSet) -> String {
    let file = sources.get(span.file);
    let position = |at: u32| {
        let before = &file.text[..at as usize];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    };
    let ((line, from), (last, to)) = (position(span.start), position(span.end));
    match (line == last, from == to) {
        (_, true) if line == last => format!("{}:{line}:{from}", file.path),
        (true, _) => format!("{}:{line}:{from}-{to}", file.path),
        (false, _) => format!("{}:{line}:{from}-{last}:{to}", file.path),
    }
}
