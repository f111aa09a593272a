//! Findings as workflow commands of GitHub Actions, which become annotations: one line a sample.

use std::fmt::Write as _;

use vitrina_codegen::Lang;
use vitrina_codegen::model::CheckSeverity;

use super::data::{Finding, Report, Sample};
use super::sarif::place;
use crate::explain;

/// The commands, one a line.
pub fn commands(report: &Report, lang: Lang) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        if finding.samples.is_empty() {
            command(finding, None, lang, &mut out);
        }
        for sample in &finding.samples {
            command(finding, Some(sample), lang, &mut out);
        }
    }
    out
}

fn command(finding: &Finding, sample: Option<&Sample>, lang: Lang, out: &mut String) {
    out.push_str(match finding.severity {
        CheckSeverity::Error => "::error ",
        CheckSeverity::Warning => "::warning ",
    });
    let file = sample
        .and_then(|sample| sample.file.as_ref())
        .or(finding.file.as_ref());
    if let Some(file) = file {
        let _ = write!(out, "file={},", property(file));
    }
    if let Some(line) = sample.and_then(|sample| sample.line) {
        let _ = write!(out, "line={line},");
        if let Some(position) = sample.and_then(|sample| sample.position) {
            let _ = write!(out, "col={position},");
        }
    }
    let code = finding.code;
    let title = format!("{}: {}", code.as_str(), explain::title(code, lang));
    let mut words = place(finding);
    if !words.is_empty() {
        words.push_str(": ");
    }
    words.push_str(finding.message.get(lang));
    if let Some(key) = sample.and_then(|sample| sample.key.as_ref()) {
        let _ = write!(words, " [{key}]");
    }
    words.push('\n');
    words.push_str(finding.advice.get(lang));
    let _ = writeln!(out, "title={}::{}", property(&title), data(&words));
}

/// The message of a command: what would end the line or start an escape is escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property: besides, what would end the property or the list.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::sample::report;
    use super::*;

    #[test]
    fn one_line_a_sample() {
        let report = report();
        let text = commands(&report, Lang::Ru);
        let samples: usize = report
            .findings
            .iter()
            .map(|one| one.samples.len().max(1))
            .sum();
        assert_eq!(text.lines().count(), samples);
        let whole = |line: &str| {
            let head = line.starts_with("::error ") || line.starts_with("::warning ");
            head && line.contains("title=V")
        };
        assert!(text.lines().all(whole), "{text}");
    }
}
