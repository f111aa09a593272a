//! Why a build script could not generate.

use std::fmt;
use std::path::Path;

use crate::artifacts::WriteError;
use crate::diagnostic::{Code, Diagnostic, Format, Lang, Report, code};
use crate::source::files::LoadError;
use crate::source::{SourceSet, Span};
use crate::text;

/// A build that failed. `Debug` prints the whole report, `Display` its first line: a build script's
/// `main` that returns this error shows the report.
pub struct BuildError {
    rendered: String,
    short: Vec<String>,
    codes: Vec<Code>,
}

impl BuildError {
    /// The report as people read it, without colour.
    pub fn rendered(&self) -> &str {
        &self.rendered
    }

    /// One line a finding: place, code, message. What cargo shows again at the end of its output.
    pub fn short(&self) -> &[String] {
        &self.short
    }

    /// The codes of the findings, in the report's order.
    pub fn codes(&self) -> &[Code] {
        &self.codes
    }

    pub(super) fn findings(report: Report, sources: &SourceSet, lang: Lang) -> Self {
        BuildError {
            rendered: Format::Text.render(&[(&report, sources)], lang, false),
            short: short(&report, sources, lang),
            codes: report.sorted().iter().map(|finding| finding.code).collect(),
        }
    }

    pub(super) fn write(error: &WriteError, lang: Lang) -> Self {
        BuildError::one(error.to_diagnostic(), lang)
    }

    pub(super) fn load(error: &LoadError, lang: Lang) -> Self {
        let finding = Diagnostic::new(code::UNREADABLE_FILE, error.message());
        BuildError::one(finding, lang)
    }

    pub(super) fn io(path: &Path, error: &std::io::Error, lang: Lang) -> Self {
        let path = path.display();
        let words = text!("`{path}`: {error}", "`{path}`: {error}");
        BuildError::one(Diagnostic::new(code::OUTPUT_FAILED, words), lang)
    }

    pub(super) fn no_out_dir(lang: Lang) -> Self {
        let words = text!(
            "cargo's `OUT_DIR` is not set",
            "переменная cargo `OUT_DIR` не задана"
        );
        let help = text!(
            "run from `build.rs`, or name a folder with `.out_dir(…)`",
            "вызывайте из `build.rs` или укажите папку через `.out_dir(…)`"
        );
        BuildError::one(Diagnostic::new(code::OUTPUT_FAILED, words).help(help), lang)
    }

    pub(super) fn unknown_target(id: &str, lang: Lang) -> Self {
        let words = text!("there is no target `{id}`", "цели `{id}` нет");
        let known: Vec<&str> = crate::target::TARGETS.iter().map(|t| t.id()).collect();
        let known = known.join("`, `");
        let help = text!("the targets are `{known}`", "есть цели `{known}`");
        BuildError::one(
            Diagnostic::new(code::TARGET_UNKNOWN, words).help(help),
            lang,
        )
    }

    fn one(finding: Diagnostic, lang: Lang) -> Self {
        let mut report = Report::new();
        report.push(finding);
        BuildError::findings(report, &SourceSet::default(), lang)
    }
}

/// `model/types.yaml:3:9: E0301: unknown type …`, one line a finding.
pub(super) fn short(report: &Report, sources: &SourceSet, lang: Lang) -> Vec<String> {
    let line = |finding: &&Diagnostic| {
        let message = finding.message.get(lang).replace(['\n', '\r'], " ");
        let place = finding
            .primary
            .as_ref()
            .map(|label| place(sources, label.span));
        let place = place.unwrap_or_default();
        format!("{place}{}: {message}", finding.code)
    };
    report.sorted().iter().map(line).collect()
}

fn place(sources: &SourceSet, span: Span) -> String {
    let place = crate::diagnostic::Place::of(sources, span);
    let path = place.file.replace(['\n', '\r'], " ");
    format!("{path}:{}:{}: ", place.line, place.column)
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The first line would otherwise stand behind cargo's `Error: `.
        write!(f, "\n{}", self.rendered)
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.rendered.lines().next().unwrap_or("the build failed"))
    }
}

impl std::error::Error for BuildError {}
